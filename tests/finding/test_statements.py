"""Who says what."""

from __future__ import annotations

import pytest

from site_builder.finding.countries import Atlas
from site_builder.finding.mentions import Finder
from site_builder.finding.new_names import new_names
from site_builder.finding.statements import correct, statements
from site_builder.model import Passage, Person, Statement

FINDER = Finder([
    Person(id="raisi", name="Ebrahim Raisi"), Person(id="sudani", name="Mohammed Shia al-Sudani"),
], Atlas("en"), "en")


def read(*texts: str) -> tuple[list[Passage], tuple[Statement, ...]]:
    passages = [Passage("", text) for text in texts]
    mentions = FINDER.find(passages)
    return passages, statements(passages, mentions, new_names(passages, mentions))


def said(*texts: str) -> list[tuple[str, str, str]]:
    """(kind, speaker, words) of each statement."""
    passages, found = read(*texts)
    return [
        (s.kind, s.speaker or s.name,
         " | ".join(passages[n].text[start:end] for n, start, end in s.parts))
        for s in found
    ]


@pytest.mark.parametrize(("text", "speaker", "words"), [
    ("“The water will come in May,” Ebrahim Raisi said.", "raisi", "The water will come in May,"),
    ("“The water will come in May,” said Ebrahim Raisi.", "raisi", "The water will come in May,"),
    ("Ebrahim Raisi said: “The water will come in May.”", "raisi", "The water will come in May."),
    ('"The water will come in May," said Ebrahim Raisi.', "raisi", "The water will come in May,"),
    ("‘The water won’t come in May,’ said Ebrahim Raisi.", "raisi", "The water won’t come in May,"),
    ("«The water will come in May», said Ebrahim Raisi.", "raisi", "The water will come in May"),
    ("“The water will come in May,” said Laura Stone, a clerk.", "Laura Stone",
     "The water will come in May,"),
    ("“Will the water come in May?” Laura Stone asked.", "Laura Stone",
     "Will the water come in May?"),
    ("“The water will come in May,” the ministry said.", "ministry",
     "The water will come in May,"),
    ("“The water will come in May,” said a spokesman.", "spokesman",
     "The water will come in May,"),
    ("“The water will come in May.”", "", "The water will come in May."),
])
def test_direct(text: str, speaker: str, words: str) -> None:
    assert said(text) == [("direct", speaker, words)]


def test_a_pronoun_is_the_last_speaker_who_fits() -> None:
    assert said(
        "Ebrahim Raisi came to Baghdad on Monday with two ministers.",
        "“We have signed fourteen papers today,” he said.",
    ) == [("direct", "raisi", "We have signed fourteen papers today,")]


def test_a_quotation_that_is_interrupted_has_one_speaker() -> None:
    assert said("“It was not on my desk,” said Laura Stone, “and nobody told me of it.”") == [
        ("direct", "Laura Stone", "It was not on my desk,"),
        ("direct", "Laura Stone", "and nobody told me of it."),
    ]


def test_a_quotation_that_runs_over_paragraphs_is_one() -> None:
    assert said(
        "Laura Stone, a clerk, spoke on Monday.",
        "“This is the first part of it", "“and this is the last part,” Stone said.",
    ) == [("direct", "Laura Stone", "This is the first part of it | and this is the last part,")]


@pytest.mark.parametrize(("text", "speaker"), [
    ("Ebrahim Raisi said that the dam would hold.", "raisi"),
    ("The dam, Ebrahim Raisi said, would hold.", "raisi"),
    ("According to the ministry, the dam will hold.", "ministry"),
    ("The party of Ebrahim Raisi, the ministry said on Monday, lost two seats.", "ministry"),
])
def test_reported(text: str, speaker: str) -> None:
    assert said(text) == [("reported", speaker, text)]


@pytest.mark.parametrize("text", [
    "It was a “so-called deal” of two firms.",
    "Ebrahim Raisi walked to the river and back.",
    "It is said that the dam will hold.",
    "He wrote “The Long Way” in 1999.",
])
def test_no_statement(text: str) -> None:
    assert said(text) == []


def test_the_next_sentence_does_not_speak_for_the_last() -> None:
    found = said(
        "Laura Stone said “we are keeping the border safe today.” Ebrahim Raisi said on Friday "
        "“we asked for the papers once again.”")
    assert [speaker for _, speaker, _ in found] == ["Laura Stone", "raisi"]


def test_an_editor_corrects_the_speaker() -> None:
    passages, found = read("“The water will come in May,” Ebrahim Raisi said.")
    (mended,) = correct(found, {"The water will come…": ("sudani", "Al-Sudani")}, passages)
    assert (mended.speaker, mended.confidence) == ("sudani", 1.0)
    assert correct(found, {"Another": ("sudani", "")}, passages) == found


@pytest.mark.parametrize(("text", "names"), [
    ("Foreign Minister Anna Kovač came.", ["Anna Kovač"]),
    ("Santa Clara County Sheriff Bill Brown said no.", ["Bill Brown"]),
    ("Ebrahim Raisi met Laura Stone in the Grand Hotel.", ["Laura Stone"]),
    ("The United Nations met the Labour Party in New York on Monday.", []),
    ("They walked over Golden Gate Bridge.", []),
])
def test_new_names(text: str, names: list[str]) -> None:
    passages = [Passage("", text)]
    assert [n.form for n in new_names(passages, FINDER.find(passages))] == names
