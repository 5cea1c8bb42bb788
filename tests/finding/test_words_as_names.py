"""Names that are words, too: May, Will, Said; and names of one word."""

from __future__ import annotations

import pytest

from site_builder.finding.countries import Atlas
from site_builder.finding.mentions import Finder
from site_builder.finding.new_names import new_names
from site_builder.finding.statements import statements
from site_builder.model import Passage, Person

FINDER = Finder([
    Person(id="may", name="Theresa May"), Person(id="will", name="Will Stone"),
    Person(id="said", name="Edward Said"), Person(id="march", name="Ada March"),
    Person(id="lane", name="Bea Lane", aliases=("Bea",)),
    Person(id="moor", name="Bea Moor", aliases=("Bea",)),
    Person(id="lula", name="Luiz da Silva", aliases=("Lula",)),
], Atlas("en"), "en")


def who(*texts: str, finder: Finder = FINDER) -> list[tuple[str, str]]:
    """(kind of speaker, speaker) of each statement."""
    passages = [Passage("", text) for text in texts]
    mentions = finder.find(passages)
    found = statements(passages, mentions, new_names(passages, mentions))
    return [(s.speaker_kind, s.speaker or s.name) for s in found]


@pytest.mark.parametrize(("texts", "speaker"), [
    (("Theresa May, the premier, came.", "“The water will come soon,” May said on Tuesday."), "may"),
    (("Theresa May came.", "May said on Tuesday that it was late."), "may"),
    (("Theresa May came.", "Mrs May said that it was late."), "may"),
    (("Theresa May came.", "Prime Minister May said that it was late."), "may"),
    (("Will Stone came. Will said that it was late.",), "will"),
    (("Will Stone came. “The water will come soon,” Will said.",), "will"),
    (("Ada March came. “The water will come soon,” March told them.",), "march"),
    (("Edward Said came. Said told the paper that it was late.",), "said"),
    (("Edward Said came. “The water will come soon,” Said said.",), "said"),
    (("“The water will come soon,” Lula said.",), "lula"),
])
def test_a_name_that_is_a_word_speaks(texts: tuple[str, ...], speaker: str) -> None:
    assert who(*texts) == [("person", speaker)]


@pytest.mark.parametrize(("text", "speakers"), [
    ("Theresa May came. In May the board said that it was late.", ["board"]),
    ("Theresa May came. In May said it was late.", []),
    ("Theresa May came. She may say that it is late.", []),
    ("Will Stone came. Will the board say that it is late?", []),
    ("Edward Said was born in Ur.", []),
    ("Edward Said came. Said was late that day.", []),
    ("Edward Said came. Said Ben Moor: “The water will come soon.”", ["Ben Moor"]),
    ("The essay by Edward Said that Ben Moor read was good.", []),
])
def test_a_word_that_is_a_name_says_nothing(text: str, speakers: list[str]) -> None:
    assert [name for _, name in who(text)] == speakers


@pytest.mark.parametrize(("text", "kind"), [
    ("Bea said that it was late.", "person"),  # two records have the name
    ("“The water will come soon,” said Annika.", "person"),
    ("Annika told the company that it was late. She left.", "person"),
    ("Tesla said that it was late.", "organisation"),
    ("Ford said that it was late.", "organisation"),
    ("Marina said that it was late. The company has its office in Ur.", "organisation"),
    ("The Marina said that it was late.", "organisation"),
    ("AMAL said that it was late.", "organisation"),
])
def test_a_given_name_alone_is_somebody(text: str, kind: str) -> None:
    assert [found for found, _ in who(text)] == [kind]


@pytest.mark.parametrize(("text", "reports"), [
    ("Iran and Qatar agreed on water.", False),
    ("The ministers agreed on a price.", False),
    ("Iran and Qatar agreed in principle.", False),
    ("Iran and Qatar agreed to a truce.", False),
    ("Iran and Qatar agreed that it was late.", True),
    ("Iran and Qatar agreed on Monday that it was late.", True),
    ("Iran and Qatar agreed in Doha on Monday.", True),
    ("“It is late for us all,” Bea Lane agreed.", True),
])
def test_who_agrees_on_a_thing_says_nothing(text: str, reports: bool) -> None:
    assert bool(who(text)) == reports
