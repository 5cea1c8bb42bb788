"""The fast way through plain prose gives what Python-Markdown gives, to the byte."""

from __future__ import annotations

from functools import partial

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.config import LimitConfig, MarkdownConfig
from site_builder.problems import Problem, Problems
from site_builder.reading.body import Body, render
from site_builder.reading.body.render import by_markdown

FILE = "content/articles/2022/a.md"

WORDS = (
    "Talks", "the minister", "Baghdad", "1986", "snake_case", "don't", "“quoted”", "don’t",
    "al-Kadhimi", "é", "ﬁ", "بغداد", "٣", "Straße", "12.5%", "S&P", "AT&T;", "U.S.", "C#", "#1",
    "x", "a b  c", "Dr", "2:1", "😀", "\u0301", "e\u0301", "\u200f", "\xa0", "\u2003", "\u2028",
    "\x85", "klzzwxh:0000", "wzxhzdk:0", "amp", "///Footnotes Go Here///",
)  # fmt: skip
SIGNS = (
    "*", "**", "***", "_", "__", "`", "``", "[", "]", "(", ")", "!", "<", ">", "&", ";", "#", "##",
    "+", "-", "--", "---", "=", "==", "|", ":", ".", "...", "'", '"', "\\", "{", "}", "~", "^",
    "\t", " ", "  ", "   ", "    ", "\n", "\n\n", "  \n", " \n", "\n ", "\n    ", "\r\n",
    "\x02", "\x03", "{: #id }", "{.c}", "&amp;", "&copy", "&copy;", "&#39;", "&#x2014;", "&#65 ",
    "[^1]", "[1]", "][", "](", "]:", "![", "<b>", "</b>", "<br>", "<!--", "-->", "<p>",
    "<https://x.example>", "<a@x.example>", "https://x.example/a_b_c",
)  # fmt: skip
INLINE = (
    "*Day*", "**Day**", "_Day_", "__Day__", "*two words*", "***both***", "**a *b* c**", "*a\nb*",
    "[text](https://x.example/a_b)", "[*em*](../b.md)", "[t](/tags/oil/ \"A title\")",
    "[t](b.md#p-aaaaaa)", "[a](javascript:x)", "[a](//x.example)", "[](u)", "[ ](u)", "[a](u v)",
    "[a](x_(y))", "[a](x(y)", "[the]", "[a] [b]", "[a][b]", "[[a](b)](c)", "*[a](b)*", "[a](b)*c*",
    "[a](%22&lt;)", "[a](?x=1&copy=2)", "![alt](c.jpg)", "`code`", "\\*", "[a](<b c>)",
    "[a](b 'c')", "[a](ref:b.md)", "[a](#x)", "(*a*)", "“*a*”", "*a*s", "a*b*c", "*a _b_ c*",
)  # fmt: skip
STARTS = (
    "", "", "", "- ", "* ", "+ ", "-", "1. ", "1986. ", "٣. ", "  - ", "    ", "     - ", "> ", ">",
    "> > ", "> - ", "# ", "## ", "### ", "#", "##", "####### ", ": ", ":", "| ", "   ", " ",
    "[^1]: ", "[1]: ", "[the]: ", "*[the]: ", "---", "***", "* * *", "_ _ _", "===", "```", "~~~",
    "-- ", "\u2003", "\xa0", "- - ", "- # ", "- > ", "- 1. ", "**", "*", "_", "(", "<div>",
)  # fmt: skip
ENDS = ("\n\n", "\n\n", "\n\n", "\n", "\n", "\n\n\n", "  \n", " \n\n", "\n \n", "\n---\n", "\n==\n\n",
        "\n    ", " ##\n", "\r\n", "\n> ", "\n- ", ":\n", "\n|-|\n", "")  # fmt: skip


def near_prose(rare: int) -> st.SearchStrategy[str]:
    """Texts of which one piece in `rare` or so is not a word or simple markup."""
    piece = st.one_of(
        *[st.sampled_from(WORDS)] * rare, st.sampled_from(INLINE), st.sampled_from(SIGNS)
    )
    glue = st.sampled_from((" ", " ", " ", "", ", ", ". "))
    line = st.builds(
        lambda start, parts, end: start + "".join(a + b for a, b in parts).rstrip(" ,") + end,
        st.sampled_from(STARTS), st.lists(st.tuples(piece, glue), max_size=6),
        st.sampled_from(ENDS),
    )  # fmt: skip
    return st.lists(line, min_size=1, max_size=6).map("".join)


def three_ways(text: str, config: MarkdownConfig) -> list[tuple[Body | None, list[Problem]]]:
    """A body and its problems: as a build reads it, by trimmed and by plain Python-Markdown."""
    found = []
    for read in (
        partial(render, limits=LimitConfig()),
        partial(by_markdown, trimmed=True),
        partial(by_markdown, trimmed=False),
    ):
        problems = Problems()
        body = read(text, file=FILE, first_line=5, config=config, problems=problems)
        found.append((body, problems.sorted()))
    return found


def assert_equal(text: str, config: MarkdownConfig) -> None:
    fast, trimmed, reference = three_ways(text, config)
    assert fast == reference
    assert trimmed == reference


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.one_of(near_prose(2), near_prose(8)), smart=st.booleans())
def test_near_prose_reads_the_same_both_ways(text: str, smart: bool) -> None:
    assert_equal(text, MarkdownConfig(smart_quotes=smart))
