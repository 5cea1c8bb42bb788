"""The fast way through plain prose gives what Python-Markdown gives, to the byte."""

from __future__ import annotations

import base64
import csv
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slugify import slugify

from site_builder.config import LimitConfig, MarkdownConfig
from site_builder.problems import Problem, Problems
from site_builder.reading.body import Body, prose, render, sanitize, shortcodes
from site_builder.reading.body.anchors import passage_id
from site_builder.reading.body.render import by_markdown
from site_builder.reading.slugs import RESERVED, anchor, slug
from tests.conftest import ROOT

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


# Differences that the search or the corpora found while the fast way was written.
FOUND = (
    "> \n\n",  # an empty quotation is written without a line break
    "    1\n-",  # code, not a heading with a line below it
    "[](u) \ufb01",  # the space before the first word is not counted
    "text\n\n# \n\ntext",  # a heading of nothing has no place in the contents
)


def near_prose(rare: int) -> st.SearchStrategy[str]:
    """Texts of which one piece in `rare` or so is not a word, simple markup or an ordinary line."""
    piece = st.one_of(
        *[st.sampled_from(WORDS)] * rare, st.sampled_from(INLINE), st.sampled_from(SIGNS)
    )
    glue = st.sampled_from((" ", " ", " ", "", ", ", ". "))
    line = st.builds(
        lambda start, parts, end: start + "".join(a + b for a, b in parts).rstrip(" ,") + end,
        st.sampled_from(STARTS + ("", "", "- ", "> ", "## ") * (rare // 2)),
        st.lists(st.tuples(piece, glue), max_size=6),
        st.sampled_from(ENDS + ("\n\n",) * 2 * rare),
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
        # template code is taken out before the ways part
        found.append((body, [p for p in problems.sorted() if p.code != "MD006"]))
    return found


def assert_equal(text: str, config: MarkdownConfig) -> None:
    fast, trimmed, reference = three_ways(text, config)
    assert fast == reference
    assert trimmed == reference


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.one_of(near_prose(2), near_prose(8), near_prose(30)), smart=st.booleans())
def test_near_prose_reads_the_same_every_way(text: str, smart: bool) -> None:
    assert_equal(text, MarkdownConfig(smart_quotes=smart))


@pytest.mark.parametrize("smart", [False, True])
@pytest.mark.parametrize("text", FOUND)
def test_what_once_differed_reads_the_same(text: str, smart: bool) -> None:
    assert_equal(text, MarkdownConfig(smart_quotes=smart))


@pytest.mark.corpora
@pytest.mark.parametrize("corpus", ["18f", "digitalgov", "wikinews_en"])
def test_real_articles_read_the_same_every_way(corpus: str) -> None:
    folder = ROOT.parent / "shared/corpora" / corpus
    if not folder.is_dir():
        pytest.skip(f"the corpus {corpus} is not part of this repository")
    quick = 0
    for text in corpus_bodies(folder):
        body, _ = shortcodes.reduce(text)
        assert_equal(body, MarkdownConfig())
        quick += prose.parse(body, path=FILE) is not None
    assert quick  # a test of the slow way alone would prove nothing


def corpus_bodies(folder: Path) -> Iterator[str]:
    for table in sorted(folder.glob("*.csv")):
        with table.open(encoding="utf-8", newline="") as file:
            yield from (row["text"] for row in csv.DictReader(file))
    for page in sorted(folder.rglob("*.md")):
        text = page.read_text(encoding="utf-8", errors="replace")
        yield text.split("\n---\n", 1)[-1] if text.startswith("---\n") else text


NEVER = re.compile(r"(?!)")
MISTAKES = {
    "a line may begin with anything": ("_PROSE", re.compile(r"[^\n]+(?:\n[^\n]+)*")),
    "an entity is text": ("_ENTITY", NEVER),
    "two spaces do not break a line": ("_BREAK", NEVER),
    "a definition is text": ("_DEFINITION", NEVER),
    "a leftover delimiter is text": ("_DELIMITER", NEVER),
    "brackets beside brackets are text": ("_REFERENCE", NEVER),
    "HTML and code are text": ("_FOREIGN", ("\r", "\x02", "\x03")),
    "a picture is a link": ("_FOREIGN_BRACKETS", ("[^",)),
    "smart quotes are not wanted": ("_SMART", ()),
    "spaces may stand inside emphasis": (
        "_EMPHASIS", re.compile(r"(\*\*?)([^*_]*)\1|(?!)(_)(_)")
    ),
}  # fmt: skip


def samples(number: int) -> Iterator[tuple[str, MarkdownConfig]]:
    """Many texts like `near_prose`'s, always the same: for what needs numbers, not shrinking."""
    random = Random(1)
    for _ in range(number):
        rare = random.choice((2, 8, 30))
        lines = []
        for _ in range(random.randint(1, 6)):
            parts = [
                random.choice(random.choices((WORDS, INLINE, SIGNS), (rare, 1, 1))[0])
                + random.choice((" ", " ", " ", "", ", ", ". "))
                for _ in range(random.randint(0, 6))
            ]
            start = random.choice(STARTS) if random.random() < 0.6 else ""
            end = random.choice(ENDS) if random.random() < 0.6 else "\n\n"
            lines.append(start + "".join(parts).rstrip(" ,") + end)
        yield "".join(lines), MarkdownConfig(smart_quotes=random.random() < 0.3)


def first_difference(number: int) -> str | None:
    """The first of so many samples that the fast way reads differently."""
    for text, config in samples(number):
        if prose.parse(text, path=FILE, smart_quotes=config.smart_quotes) is not None:
            fast, _, reference = three_ways(text, config)
            if fast != reference:
                return text
    return None


def test_a_sweep_finds_no_difference() -> None:
    assert first_difference(50_000) is None


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_sweep_finds_a_mistake(mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, wrong = MISTAKES[mistake]
    monkeypatch.setattr(prose, name, wrong)
    assert first_difference(50_000) is not None


def test_what_is_left_out_of_python_markdown_is_not_missed() -> None:
    for text, config in samples(4_000):
        _, trimmed, reference = three_ways(text, config)
        assert trimmed == reference, text


def test_the_sanitizer_would_change_nothing() -> None:
    looked_at = 0
    for text, config in samples(50_000):
        found = prose.parse(text, path=FILE, smart_quotes=config.smart_quotes)
        if found is None:
            continue
        looked_at += 1
        assert not sanitize.removed(found.html)
        clean = sanitize.sanitize(found.html, lambda tag, name, value: value)
        # the sanitizer writes a no-break space as its entity
        assert clean.replace("&nbsp;", "\xa0") == found.html
    assert looked_at > 1_000


@settings(max_examples=300, deadline=None)
@given(
    parts=st.lists(
        st.sampled_from(
            ("<p>", "</p>", '<p id="a">', '<a href="x" onclick="y">', "<A HREF=x>", "<a href='x'>",
             "<td style=\"x\">", "<td colspan=\"2\">", "<script>", "</script>", "<b", "<", ">",
             "text", '"', "<style>", "<!-- a -->", "<p/>", "<hr>", "<img src=\"a\" alt=\"b\">")
        )
    )
)  # fmt: skip
def test_a_first_look_at_html_misses_nothing(parts: list[str]) -> None:
    text = "".join(parts)
    assert sanitize.removed(text) == sanitize.removed("<!-- no first look -->" + text)


@pytest.mark.parametrize(
    "shape",
    ["*a ", " _a", "_a_", "[", "[a](b", "[a](b ", "(", "#", "a#", "- a\n", "> a\n", "- ", "a \n",
     " ", "\n", "&", "&a", "1", "-", "[a](x(y)", "x\n\n", "# x\n", "**a", '[a](b "c'],
)  # fmt: skip
def test_a_long_text_of_one_shape_is_read_in_its_time(shape: str) -> None:
    text = "a" + shape * (300_000 // len(shape)) + "x"
    prose.parse(text, path=FILE)  # squares of 300,000 would exceed the suite's time limit


@given(text=st.one_of(st.text(min_size=1), st.text("aÄß_ .’“–…\u0301\ufb01", min_size=1)))
def test_a_passage_is_named_after_its_letters(text: str) -> None:
    letters = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold()) or text
    raw = hashlib.blake2b(letters.encode(), digest_size=4).digest()
    assert passage_id(text) == "p-" + base64.b32encode(raw).decode().lower()[:6]


@given(text=st.one_of(st.from_regex(r"[A-Za-z0-9 -]{0,90}", fullmatch=True), st.text()))
def test_a_slug_is_what_python_slugify_makes(text: str) -> None:
    name = slugify(text, max_length=80, word_boundary=True)
    assert slug(text) == (f"{name}-" if name in RESERVED else name)
    assert anchor(text) == slugify(text, max_length=80, word_boundary=True, allow_unicode=True)
