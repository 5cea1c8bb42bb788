"""Short quotations: what somebody said, and nothing but that."""

from __future__ import annotations

import pytest

from tests.finding.test_statements import said
from tests.finding.test_tongues import said as said_in


@pytest.mark.parametrize(("texts", "found"), [
    (("Laura White came. “I disagree,” White said.",), [("Laura White", "I disagree,")]),
    (("Ada Lane came. “No,” she said.",), [("Ada Lane", "No,")]),
    (("“Never!” said Ada Lane.",), [("Ada Lane", "Never!")]),
    (("“Why now?” the mayor asked.",), [("mayor", "Why now?")]),
    (("‘Not yet’, said Ada Lane, and left.",), [("Ada Lane", "Not yet")]),
    (("“No comment,” a spokesman for the board said on Friday.",), [("spokesman", "No comment,")]),
    (("Ada Lane was asked about it. She said: “Never again.”",), [("Ada Lane", "Never again.")]),
    (("Ada Lane told the board, “We won.”",), [("Ada Lane", "We won.")]),
    (("“No,” Ada Lane said. “We will not go there.”",),
     [("Ada Lane", "No,"), ("Ada Lane", "We will not go there.")]),
    # halves of one
    (("“No,” Ada Lane said, “not now.”",), [("Ada Lane", "No, | not now.")]),
    (("“Last year,” Ada Lane said, “I went there by train.”",),
     [("Ada Lane", "Last year, | I went there by train.")]),
    # nobody is known to say it
    (("“No,” he said.",), []),
])
def test_an_utterance_is_a_quotation(texts: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    assert said(*texts) == [("direct", *statement) for statement in found]


@pytest.mark.parametrize("text", [
    "Ada Lane called it “a mistake”.",
    "Ada Lane said that it was “very bad,” and left.",
    "“A mistake,” Ada Lane called it.",
    "“Hamlet,” Ada Lane said, is his best play.",
    "Ada Lane said it was “Very Bad.”",
    "He sang “Hey Now,” Ada Lane said.",
])
def test_a_fragment_is_part_of_a_report(text: str) -> None:
    assert said(text) == [("reported", "Ada Lane", text)]


@pytest.mark.parametrize("text", [
    "“Blue Water,” a film that critics say is good, came to Ur.",
    "“Blue Water,” a song he wrote for Ada Lane, came first.",
    "Ada Lane sang “Blue Water,” “Dark Star,” and “Truck.”",
])
def test_titles_are_no_utterances(text: str) -> None:
    assert [kind for kind, _, _ in said(text) if kind == "direct"] == []


@pytest.mark.parametrize(("lang", "text", "speaker", "words"), [
    ("fr", "« Jamais », a répondu Anne Moreau.", "Anne Moreau", "Jamais"),
    ("fr", "Anne Moreau a dit : « Jamais. »", "Anne Moreau", "Jamais."),
    ("de", "„Niemals!“, rief Laura Stein.", "Laura Stein", "Niemals!"),
    ("de", "„Nein“, sagte Laura Stein.", "Laura Stein", "Nein"),
    ("es", "«Nunca», dijo Laura Gómez.", "Laura Gómez", "Nunca"),
])
def test_utterances_in_other_languages(lang: str, text: str, speaker: str, words: str) -> None:
    assert said_in(lang, text) == [("direct", speaker, words)]


FIRST = "“This is the first part of it."


@pytest.mark.parametrize(("texts", "found"), [
    # a sentence that opens a quotation is no report beside it
    ((f"Ada Lane said: {FIRST}", "“This is the second.", "“This is the last of it.”"),
     [("Ada Lane", "This is the first part of it. | This is the second. | This is the last of it.")]),
    ((f"Ada Lane wrote: {FIRST}", "“This is the last of it.” Ben Moor left."),
     [("Ada Lane", "This is the first part of it. | This is the last of it.")]),
    # parts may be short, and what follows much later is no part
    ((f"Ada Lane spoke. {FIRST}", "“Never again.”", "Ada Lane left.",
      "“It was late for us all,” Ben Moor said."),
     [("Ada Lane", "This is the first part of it. | Never again."),
      ("Ben Moor", "It was late for us all,")]),
    (("Ada Lane said: “Never.", "“We will not go there at all.", "“Not now.”"),
     [("Ada Lane", "Never. | We will not go there at all. | Not now.")]),
    ((FIRST, "“Never,” Ada Lane said."),
     [("Ada Lane", "This is the first part of it. | Never,")]),
    # it was never closed
    ((FIRST, "Ada Lane left.", "“It was late for us all,” Ben Moor said."),
     [("", "This is the first part of it."), ("Ben Moor", "It was late for us all,")]),
])
def test_a_quotation_over_passages_is_one_statement(
    texts: tuple[str, ...], found: list[tuple[str, str]]
) -> None:
    assert said(*texts) == [("direct", *statement) for statement in found]


def test_a_report_before_a_quotation_over_passages_stays() -> None:
    assert [kind for kind, _, _ in said(
        f"Ben Moor said that it was late. Ada Lane said: {FIRST}", "“This is the last of it.”",
    )] == ["reported", "direct"]
