"""HTML becomes Markdown, and the text that a reader sees stays the same to the word."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.config import LimitConfig, MarkdownConfig
from site_builder.importing.markup.blocks import from_html
from site_builder.importing.markup.tree import TooDeep, parse, plain
from site_builder.problems import Problems
from site_builder.reading.body import render


def page(markdown: str) -> str:
    problems = Problems()
    body = render(markdown, file="content/articles/2022/11/a.md", first_line=1,
                  config=MarkdownConfig(), limits=LimitConfig(), problems=problems)
    assert body is not None, list(problems)
    return body.html


def shown(html: str) -> str:
    """The words a reader sees, without the marks that a build adds to passages."""
    return plain(parse(html)[0])


def signs(text: str) -> str:
    return "".join(text.split())


def same(html: str) -> None:
    written = from_html(html)
    assert shown(page(written.markdown)) == shown(html), written.markdown


WORDS = st.lists(
    st.sampled_from(
        ["word", "a_b", "_x_", "*", "**b**", "1.", "12.", "3.5", "#", "# h", "-", "--", "---",
         "+", ">", "<b>", "</p>", "&", "&amp;", "&#65;", "&lt", "AT&T", "[sic]", "[a](b)", "[a]:",
         "[^1]", "![i](j)", "{", "}", "{: .x}", "{{ x }}", "`", "```", "`c`", "\\", "\\*", "|",
         "a|b", ":", ": d", "=", "===", "~", "~~~", "!", "“q”", "it's", '"q"', "http://a.b/c_d_e",
         "ا", "日本", "\u00a0", "x*y*z", "(c)", "<!-- c -->", "<", "?", "...", "C#", "a  b"]),
    min_size=1, max_size=5,
).map(" ".join)
TEXT = WORDS.map(lambda t: escape(t, quote=False))
INLINE = st.recursive(
    TEXT,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["em", "strong", "b", "i", "sup", "code", "span", "q", "u"]),
                  inner).map(lambda x: f"<{x[0]}>{x[1]}</{x[0]}>"),
        inner.map(lambda x: f'<a href="https://a.example/x_(y)?b=1&amp;c=*">{x}</a>'),
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.tuples(inner, inner).map("<br>".join),
    ),
    max_leaves=5,
)
BLOCK = st.recursive(
    st.one_of(
        INLINE.map(lambda x: f"<p>{x}</p>"), INLINE.map(lambda x: f"<div>{x}</div>"), INLINE,
        INLINE.map(lambda x: f"<h2>{x}</h2>"), TEXT.map(lambda x: f"<pre>{x}\n  y\n\n# z</pre>"),
        st.just("<hr>"),
        st.lists(INLINE, min_size=2, max_size=2).map(
            lambda c: "<table><tr><th>A</th><th>B</th></tr><tr>"
            + "".join(f"<td>{x}</td>" for x in c) + "</tr></table>"),
        INLINE.map(lambda x: f'<figure><img src="/a.jpg" alt="{escape("[x] *y*")}">'
                             f"<figcaption>{x}</figcaption></figure>"),
        st.tuples(INLINE, INLINE).map(lambda x: f"<dl><dt>{x[0]}</dt><dd>{x[1]}</dd></dl>"),
    ),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["ul", "ol"]), st.lists(inner, min_size=1, max_size=3)).map(
            lambda x: f"<{x[0]}>" + "".join(f"<li>{i}</li>" for i in x[1]) + f"</{x[0]}>"),
        inner.map(lambda x: f"<blockquote>{x}</blockquote>"),
        st.lists(inner, min_size=1, max_size=3).map("".join),
    ),
    max_leaves=6,
)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(INLINE)
def test_a_paragraph_of_any_html_says_the_same(html: str) -> None:
    same(f"<p>{html}</p>")


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.lists(BLOCK, min_size=1, max_size=4).map("\n".join))
def test_blocks_of_any_html_say_the_same(html: str) -> None:
    same(html)


def test_20000_divisions_are_read_and_absurd_nesting_is_refused() -> None:
    assert from_html("<div>" * 20_000 + "x" + "</div>" * 20_000).markdown == "x\n"
    with pytest.raises(TooDeep):
        from_html("<div>x" * 40_000)
