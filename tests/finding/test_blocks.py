"""Block quotations: whose words they are, if the text says so."""

from __future__ import annotations

import pytest

from site_builder.config import LimitConfig, MarkdownConfig
from site_builder.finding.new_names import new_names
from site_builder.finding.passages import passages
from site_builder.finding.statements import statements
from site_builder.problems import Problems
from site_builder.reading.body import render
from tests.finding.test_statements import FINDER

WORDS = "We will not go there."
OTHERS = "The board met on Monday, and sent a letter to the town."


def said(markdown: str, lang: str = "en") -> list[tuple[str, str, str]]:
    """(kind, speaker, words) of each statement in an article's body."""
    body = render(markdown, file="content/articles/a.md", first_line=1, config=MarkdownConfig(),
                  limits=LimitConfig(), problems=Problems())
    assert body is not None
    found = passages(body.html)
    mentions = FINDER.find(found)
    return [(s.kind, s.speaker or s.name,
             " | ".join(found[n].text[start:end] for n, start, end in s.parts))
            for s in statements(found, mentions, new_names(found, mentions), lang)]


@pytest.mark.parametrize(("markdown", "speaker", "words"), [
    # a verb and a colon lead to it
    (f"Ada Lane said:\n\n> {WORDS}", "Ada Lane", WORDS),
    (f"Ada Lane said in a statement:\n\n> {WORDS}\n\nShe left.", "Ada Lane", WORDS),
    (f"{OTHERS} Its clerk, Ada Lane, wrote:\n> {WORDS}\n>\n> It is late.", "Ada Lane",
     f"{WORDS} | It is late."),
    (f"Ebrahim Raisi came. In his letter he wrote:\n\n> {WORDS}", "raisi", WORDS),
    (f"The statement read:\n\n> {WORDS}", "statement", WORDS),
    (f"According to Ada Lane:\n\n> {WORDS}", "Ada Lane", WORDS),
    # all of it is theirs
    (f"Ada Lane wrote:\n\n> Ben Moor told me “we have to leave it.” {WORDS}", "Ada Lane",
     f"Ben Moor told me “we have to leave it.” {WORDS}"),
    # a line of its own is behind it
    (f"{OTHERS}\n\n> {WORDS}\n> — Ada Lane, clerk", "Ada Lane", WORDS),
    (f"{OTHERS}\n\n> {WORDS}\n> It is late.\n>\n> -- Ada Lane, clerk of the board", "Ada Lane",
     f"{WORDS} It is late."),
    (f"{OTHERS}\n\n> {WORDS}\n>\n> – A. B. Lane", "A. B. Lane", WORDS),
    (f"{OTHERS}\n\n> {WORDS}\n\n— Ada Lane, in 1994", "Ada Lane", WORDS),
    (f"{OTHERS}\n\n> {WORDS} — the mayor of Ur", "mayor of Ur", WORDS),
    (f"{OTHERS}\n\n> {WORDS} — The Harbour Board", "Harbour Board", WORDS),
    (f"{OTHERS}\n\n> “{WORDS}”\n>\n> — Ada Lane", "Ada Lane", WORDS),
    # it goes before what leads to it
    (f"Ben Moor wrote:\n\n> {WORDS}\n>\n> — Ada Lane", "Ada Lane", WORDS),
])
def test_a_block_is_a_quotation_of_whoever_is_named(
    markdown: str, speaker: str, words: str
) -> None:
    assert said(markdown) == [("direct", speaker, words)]


@pytest.mark.parametrize("markdown", [
    f"{OTHERS}\n\n> {WORDS}",
    f"These are the rules of Ada Lane:\n\n> {WORDS}",
    f"{OTHERS}\n\n> We left — Ada Lane and I — and came.",
    f"{OTHERS}\n\n> We left. — Ada Lane and I came back to the town.",
    f"{OTHERS}\n\n> {WORDS}\n> — Ada Lane. She came back.",
    f"{OTHERS}\n\n> {WORDS}\n>\n> — The Long Way Home, chapter 3",
    f"{OTHERS}\n\n> {WORDS}\n>\n> — Genesis 15:5",
])
def test_a_block_without_an_author_is_none(markdown: str) -> None:
    assert said(markdown) == []


def test_what_a_block_says_of_others_is_read_as_before() -> None:
    assert said(f"{OTHERS}\n\n> Ada Lane said that it was late.") == [
        ("reported", "Ada Lane", "Ada Lane said that it was late.")]
    assert said("Ada Lane told the paper:\n\n> “We will not go there at all.”") == [
        ("direct", "Ada Lane", "We will not go there at all.")]
    assert said("The ministry said in a statement:\n\n> “We will not go there at all.”") == [
        ("direct", "ministry", "We will not go there at all.")]


def test_a_report_that_leads_to_a_block_stays_one() -> None:
    text = "Ada Lane said on Friday that it was late, and wrote in a letter:"
    assert said(f"{text}\n\n> {WORDS}\n\n“It was cold, too,” she said.") == [
        ("reported", "Ada Lane", text), ("direct", "Ada Lane", WORDS),
        ("direct", "Ada Lane", "It was cold, too,")]


def test_a_list_is_no_block() -> None:
    assert [kind for kind, _, _ in said("Ada Lane said in a post:\n\n- one house\n- two houses")] \
        == ["reported"]


def test_blocks_in_another_language() -> None:
    assert said(f"Anne Moreau a déclaré :\n\n> {WORDS}", "fr") == [("direct", "Anne Moreau", WORDS)]
    assert said(f"> {WORDS}\n>\n> — Anne Moreau, maire", "fr") == [("direct", "Anne Moreau", WORDS)]
