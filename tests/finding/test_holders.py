"""Who is meant by an office: the Iraqi premier, his Turkish counterpart, the top diplomat."""

from __future__ import annotations

import pytest

from site_builder.finding.offices import InOffice, Offices
from site_builder.finding.statements import statements
from tests.finding.test_statements import FINDER, Passage, new_names, said

MET = "Iraqi Prime Minister Mohammed Shia al-Sudani met Iranian President Ebrahim Raisi on Monday."
DAM = "that the dam would hold."


@pytest.mark.parametrize(("text", "speaker"), [
    # by nation, and by other words for the same office
    (f"{MET} The Iraqi premier said {DAM}", "sudani"),
    (f"{MET} The Iranian president said {DAM}", "raisi"),
    (f"{MET} The visiting premier said {DAM}", "sudani"),
    (f"{MET} His Iranian counterpart said {DAM}", "raisi"),
    (f"{MET} Raisi left. His Iraqi counterpart said {DAM}", "sudani"),
    (f"{MET} The head of government said {DAM}", "sudani"),
    (f"{MET} The Turkish president said {DAM}", "Turkish president"),
    ("Ebrahim Raisi, Iran’s president, met Mohammed Shia al-Sudani (the Iraqi premier). "
     f"The president of Iran said {DAM}", "raisi"),
    ("Turkish President Cemal Demir met Iraq’s Laura Stone, the Iraqi president. Demir left. "
     f"The Turkish president said {DAM}", "Cemal Demir"),
    (f"Iranian Foreign Minister Ada Lane came to Ur. The top diplomat said {DAM}", "Ada Lane"),
    (f"Iranian Foreign Minister Ada Lane came to Ur. The top Iranian diplomat said {DAM}",
     "Ada Lane"),
    (f"Defence Minister Ada Lane came to Ur. The defence chief said {DAM}", "Ada Lane"),
    (f"The Minister of Foreign Affairs of Iraq Ada Lane came. The foreign minister said {DAM}",
     "Ada Lane"),
    # told between commas
    (f"Iran’s deputy foreign minister for legal affairs, Ada Lane, came. The deputy minister said "
     f"{DAM}", "Ada Lane"),
    (f"Ada Lane, 45, a lawmaker from Ur, came to town. The MP said {DAM}", "Ada Lane"),
    (f"The commander of the ground forces, General Ben Moor, came. The top commander said {DAM}",
     "Ben Moor"),
    # wide words mean whoever was last called so
    (f"Iranian ambassador Ada Lane came to Ur. The Iranian envoy said {DAM}",
     "Ada Lane"),
    (f"Deputy Foreign Minister Ada Lane came to Ur. The Iranian diplomat said {DAM}", "Ada Lane"),
    (f"UN envoy Ada Lane came to Ur. An envoy in Essex left. The envoy said {DAM}", "envoy"),
    (f"Supreme Leader Ayatollah Ada Lane came. The Leader of the Islamic Revolution said {DAM}",
     "Ada Lane"),
    (f"Ada Lane, a clerk, met Ben Moor, a trader, in Ur. The trader said {DAM}", "Ben Moor"),
    (f"{MET} Laura Stone, the producers agreed, left. The producers said {DAM}", "producers"),
    # who holds another office is not meant
    ("Iranian President Ebrahim Raisi met Mohammed Shia al-Sudani on Monday. "
     f"The Iraqi prime minister said {DAM}", "sudani"),
    # two of one office: whoever spoke last, or is named in the sentence
    ("Prime Minister Ada Lane came. Jordan’s Prime Minister, Dr. Ben Moor, left. Lane said that it "
     f"was cold. Then it rained. The premier said {DAM}", "Ada Lane"),
    (f"Prime Minister Ada Lane came. Prime Minister Ben Moor came, but the premier said {DAM}",
     "Ben Moor"),
    # between commas
    (f"{MET} The Iraqi premier, for his part, said {DAM}", "sudani"),
    # a deputy is not the minister, an opposition leader no president
    (f"Deputy Prime Minister Ada Lane came. The prime minister said {DAM}", "prime minister"),
    (f"President Ada Lane and Laura Stone came to Ur. The opposition leader said {DAM}",
     "opposition leader"),
])
def test_offices(text: str, speaker: str) -> None:
    assert said(text)[-1][1] == speaker


def test_the_records_tell_another_word_for_an_office() -> None:
    text = f"Mohammed Shia al-Sudani and Ada Lane met Ebrahim Raisi in Ur. The premier said {DAM}"
    passages = [Passage("", text)]
    mentions = FINDER.find(passages)
    names = new_names(passages, mentions)
    offices = {"sudani": (InOffice("prime minister"),), "raisi": (InOffice("president"),)}
    assert [s.speaker for s in statements(passages, mentions, names, "en", offices)] == ["sudani"]


@pytest.mark.parametrize(("texts", "speakers"), [
    # an article may open with an office, and tell the name with the next quotation
    ((f"The Iraqi finance minister said {DAM}", "“It is all there,” Ada Lane told reporters."),
     ["Ada Lane", "Ada Lane"]),
    ((f"Iraq’s finance minister said {DAM}", "“It is all there,” Ada Lane told reporters."),
     ["Ada Lane", "Ada Lane"]),
    # but not where that is somebody else, or says nothing
    ((f"The Iraqi finance minister said {DAM}", "“It is all there,” Ada Lane, a clerk, said."),
     ["Iraqi finance minister", "Ada Lane"]),
    (("Ada Lane and Laura Stone came.", f"The Iraqi finance minister said {DAM}",
      "“It is all there,” Ada Lane told reporters."), ["Iraqi finance minister", "Ada Lane"]),
    # others may stand between, with another office
    ((f"Iraq’s finance minister said {DAM}",
      "Speaking beside his Omani counterpart Ben Moor, Ada Lane said it was all there.",
      f"The Omani finance minister said {DAM}"), ["Ada Lane", "Ada Lane", "Ben Moor"]),
    # behind a headline the office may come back beside the name
    ((f"Iraqi minister says {DAM}", f"Iraqi Finance Minister Ada Lane said {DAM}"),
     ["Ada Lane", "Ada Lane"]),
    ((f"The Iraqi finance minister said {DAM}", "Ada Lane came to Ur."),
     ["Iraqi finance minister"]),
])
def test_the_name_may_follow(texts: tuple[str, ...], speakers: list[str]) -> None:
    assert [name for _, name, _ in said(*texts)] == speakers


def test_what_was_read_before_makes_no_difference() -> None:
    plain = (f"The finance minister said {DAM}", "“It is all there,” said a clerk of the town.")
    named = (f"The finance minister said {DAM}", "“It is all there,” Ada Lane told reporters.")
    first = said(*named)
    assert said(*plain)[0][1] == "finance minister"
    assert said(*named) == first
    assert first[0][1] == "Ada Lane"


RECORDS = {"raisi": (InOffice("president", "ir"),), "sudani": (InOffice("prime minister", "iq"),)}
BOTH = {"raisi": (InOffice("president", "ir"),), "sudani": (InOffice("president", "iq"),)}
PAIR = "Ebrahim Raisi met Mohammed Shia al-Sudani in Ur on Monday."


@pytest.mark.parametrize(("text", "offices", "speaker"), [
    # the record says of which country
    (f"{PAIR} The Iranian president said {DAM}", BOTH, "raisi"),
    (f"{PAIR} The president of Iraq said {DAM}", BOTH, "sudani"),
    (f"{PAIR} The Turkish president said {DAM}", BOTH, "Turkish president"),
    (f"{PAIR} The Iraqi president said {DAM}", RECORDS, "Iraqi president"),
    # a record that says no country may mean any, if it is the only one
    (f"{PAIR} The Iranian president said {DAM}", {"raisi": (InOffice("president"),)}, "raisi"),
    (f"{PAIR} The Iranian president said {DAM}",
     {"raisi": (InOffice("president"),), "sudani": (InOffice("president"),)}, "Iranian president"),
    # records know of two, and the text of neither, or of one
    (f"{PAIR} The president said {DAM}", BOTH, "president"),
    (f"{PAIR} It rained, and Raisi left. The president said {DAM}", BOTH, "president"),
    (f"{PAIR} President Raisi left. The president said {DAM}", BOTH, "raisi"),
    # of one alone they are sure
    (f"{PAIR} The president said {DAM}", RECORDS, "raisi"),
    (f"{PAIR} The premier said {DAM}", RECORDS, "sudani"),
    # who holds one office of which there is one holds no other
    (f"Mohammed Shia al-Sudani came. The foreign minister said {DAM}", RECORDS,
     "foreign minister"),
])
def test_offices_by_records(text: str, offices: Offices, speaker: str) -> None:
    passages = [Passage("", text)]
    mentions = FINDER.find(passages)
    found = statements(passages, mentions, new_names(passages, mentions), "en", offices)
    assert [s.speaker or s.name for s in found] == [speaker]


def test_several_are_no_holder_of_an_office() -> None:
    assert said(f"Officers Ada Lane and Ben Moor came. The officers said {DAM}")[-1][1] == "officers"
