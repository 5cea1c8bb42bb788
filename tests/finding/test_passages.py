"""Bodies as passages: reading by blocks gives what reading by tags gives."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from site_builder.config import LimitConfig, MarkdownConfig
from site_builder.finding.passages import passages
from site_builder.problems import Problems
from site_builder.reading.body import render

INLINE = st.sampled_from([
    "Ada left.", "*Iran*", "**b *c* d**", "`code`", "[a](https://x.example/#y)", "a.b@c.example", "&amp;",
    "&nbsp;", "a  b", "a\nb", "\u00a0", "\u2003", "www.x.example", "#tag", "12.7", "x < y > z", "“q”", "[^1]",
    "https://iq.example.org.", "news.iq", "\x0b", "~~d~~", "<em>e</em>", "<a>f</a>", "<del>g</del>", "h<br>i",
    "<h2>, and", "</p>",
])
LINES = st.lists(INLINE, min_size=1, max_size=5).map(" ".join)
BLOCKS = st.one_of(
    LINES, LINES.map("## {}".format), LINES.map("- {0}\n- {0}".format), LINES.map("> {0}\n>\n> {0}".format),
    LINES.map("1. {}\n\n   more".format), LINES.map("    {}".format), LINES.map("[^1]: {}".format),
    LINES.map("a | b\n--|--\n{} | c".format), st.just("---"), LINES.map("<div>{}</div>".format),
    LINES.map("<blockquote><p>{}</p></blockquote>".format),
)


@settings(max_examples=150, deadline=None)
@example(blocks=["## &nbsp; <h2>, and"])
@given(blocks=st.lists(BLOCKS, min_size=1, max_size=6))
def test_blocks_are_read_as_their_tags_say(blocks: list[str]) -> None:
    body = render(
        "\n\n".join(blocks), file="content/articles/a.md", first_line=1,
        config=MarkdownConfig(), limits=LimitConfig(), problems=Problems())
    assert body is not None
    by_tags = passages(f"\n{body.html}")  # what does not begin with a tag is read tag by tag
    assert passages(body.html) == by_tags
    for passage in by_tags:
        assert passage.text == " ".join(passage.text.split())
        assert "¶" not in passage.text


def test_signs_of_tags_in_attributes_text_between_blocks_and_odd_space() -> None:
    html = ('<p>Zero\t\x0bzero</p> nor <p id="a">One <abbr title="x > y <p>">two</abbr>.</p>'
            '<h2 id="b">Three\n\u2003three</h2><p id="a">Four&nbsp; four</p>')
    wanted = [
        ("", "Zero zero", "p"), ("", "nor", "p"), ("a", "One two.", "p"),
        ("b", "Three three", "h"), ("", "Four four", "p")]
    for body in (html, html.replace(' title="x > y <p>"', "")):
        assert [(p.anchor, p.text, p.kind) for p in passages(body)] == wanted
