"""Who speaks where several may: talks between two, names in parts, he and she, replies."""

from __future__ import annotations

import pytest

from tests.finding.test_statements import FINDER, Passage, new_names, said

DAM = "that the dam would hold."
TALKS = ("The presidents of Iraq, Laura Stone, and Iran, Farid Mansouri, met in Ur.",)


def names(text: str) -> list[str]:
    passages = [Passage("", text)]
    return [name.form for name in new_names(passages, FINDER.find(passages))]


@pytest.mark.parametrize(("text", "found"), [
    # one person, however the name begins
    ("Minister Ada von der Lane left. Von der Lane said it was late.", ["Ada von der Lane"]),
    ("Laura Al Stone left. Ms Al Stone said it was late.", ["Laura Al Stone"]),
    # given names with marks, and the first of two surnames
    ("Rubén Moor Duarte came to town.", ["Rubén Moor Duarte"]),
    # an office told whole, also before a comma
    ("The President of the Republic Oskal Tamarin came.", ["Oskal Tamarin"]),
    ("The ambassador to Iraq, Oskal Tamarin, came.", ["Oskal Tamarin"]),
    # what somebody does
    ("The care worker Oskal Tamarin came.", ["Oskal Tamarin"]),
    ("The spokesperson Oskal Tamarin came.", ["Oskal Tamarin"]),
    ("A co-author Oskal Tamarin came.", ["Oskal Tamarin"]),
    ("Homeowner Laura Tamarin said it was late.", ["Laura Tamarin"]),
    ("Minister of Foreign Affairs and Expatriates Laura Stone came.", ["Laura Stone"]),
    ("Cllr Laura Stone said it was late.", ["Laura Stone"]),
    # offices and parts of the world, and firms, are nobody
    ("The Chief Information Officer agrees. Latin America said it was late.", []),
    ("Laura Foods said that it was late. Laura Foods is a firm.", []),
])
def test_names(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(("texts", "speakers"), [
    # named again by a part of the name
    (("Minister Oskal al-Tamari came.", f"Al-Tamari said {DAM}", f"He added {DAM}"),
     ["Oskal al-Tamari", "Oskal al-Tamari"]),
    (("Minister Oskal al-Tamari came.", f"Tamari said {DAM}"), ["Oskal al-Tamari"]),
    (("President Rubén Moor Duarte came.", f"Moor said {DAM}"), ["Rubén Moor Duarte"]),
    (("Minister Ada Stone came.", f"Stone said {DAM}", "Ambassador Ben Stone left."),
     ["Ada Stone"]),
    # talks
    ((*TALKS, f"The Iraqi head of state said {DAM}"), ["Laura Stone"]),
    ((*TALKS, f"The Iranian leader said {DAM}"), ["Farid Mansouri"]),
    ((*TALKS, f"Mansouri said {DAM}", f"His host said {DAM}"), ["Farid Mansouri", "Laura Stone"]),
    (("Turkish President Ada Lane met her Iraqi counterpart Ben Moor.",
      f"The Iraqi president said {DAM}"), ["Ben Moor"]),
    (("Ada Lane met her Iraqi counterpart Ben Moor.", f"The Iraqi premier said {DAM}"),
     ["Ben Moor"]),
    (("His Highness the Crown Prince Sheikh Farid Stone came.",
      f"His Highness the Crown Prince said {DAM}"), ["Farid Stone"]),
    (("King Farid Stone came.", f"His Majesty said {DAM}"), ["Farid Stone"]),
    (("German Foreign Minister Ada Lane met Foreign Minister Ben Moor.",
      f"After her talks with Moor, the German minister said {DAM}"), ["Ada Lane"]),
    (("The President of the Harbour Board, Ada Lane, came.",
      f"The president of the Ur Chamber said {DAM}"), ["president of the Ur Chamber"]),
    (("Rear Admiral Ben Moor came.", f"The navy has a dam, with its commander saying {DAM}"),
     ["Ben Moor"]),
    (("Ada Lane met Ben Moor. It was late, the latter said.",), ["Ben Moor"]),
    # bodies of somebody
    ((f"Ada Lane came. The Lane administration said {DAM}",), ["Lane administration"]),
    ((f"Ada Lane came. The Lane transition team said {DAM}",), ["Lane transition team"]),
    ((f"Ada Lane came. The office of President Lane said {DAM}",), ["office of President Lane"]),
    ((f"Ada Lane came. A statement from Lane’s office said {DAM}",),
     ["statement from Lane’s office"]),
    (("Ada Lane came. Lane told him it was late, an official told reporters.",), ["official"]),
    ((f"Sadr’s spokesman Oskal al-Tamari said {DAM}",), ["Oskal al-Tamari"]),
    # he and she
    (("Zakaria Moor said it was late. “We should leave this town,” she said.",),
     ["Zakaria Moor", "Zakaria Moor"]),
    (("Spokesman Ben Moor came.",
      f"In response to a question on the visit of the Iraqi prime minister, he said {DAM}"),
     ["Ben Moor"]),
    (("Spokesman Ben Moor came.", f"Oskal al-Tamari’s office said {DAM} He stressed {DAM}"),
     ["Oskal al-Tamari’s office", "Oskal al-Tamari"]),
    (("Ben Moor came.", "A reporter asked him to stay.", f"He answered {DAM}"),
     ["reporter", "Ben Moor"]),
    (("Ben Moor, the coach, came.", "“We knew that it would rain,” the Hungarian said."),
     ["Ben Moor"]),
    (("Ben Moor, the coach, came.", "“We knew that it would rain,” said the 52-year-old."),
     ["Ben Moor"]),
    (("My first caller had moved. “It is only the house that is gone,” he said.",),
     ["first caller"]),
    (("Former Oil Minister Ada Lane came.", f"The ex-minister said {DAM}"), ["Ada Lane"]),
    (("A sheikh, Abbas al-Fadhli, blamed Baghdad.",), ["Abbas al-Fadhli"]),
    # the words around
    ((f"Ada Lane, who came while receiving guests, said {DAM}",), ["Ada Lane"]),
    ((f"An official who asked not to be named said {DAM}",), ["official"]),
    ((f"The forecaster Ditas Umal said {DAM}",), ["Ditas Umal"]),
    ((f"Our manager, Steph, said {DAM}",), ["Steph"]),
    (("“A letter is not a deed,” Ada Lane shot back.",), ["Ada Lane"]),
    (("Ada Lane said that it rained. It was late. “We never saw a thing like it.”",),
     ["Ada Lane", "Ada Lane"]),
    (("The Harbour Board said it was late.", "“We never saw a thing like it,” the statement read."),
     ["Harbour Board", "Harbour Board"]),
    (("Ada Lane said it was late.", "“We never saw a thing like it,” the statement read."),
     ["Ada Lane", "statement"]),
    (("Turkey considers the dam a part of the UN, and says it will not leave.",), ["Turkey"]),
    (("“We heard it every autumn,” said one of them.",), ["one of them"]),
])
def test_who_speaks(texts: tuple[str, ...], speakers: list[str]) -> None:
    assert [speaker for _, speaker, _ in said(*texts)] == speakers


@pytest.mark.parametrize(("text", "kinds"), [
    ("“We never saw a thing like it,” Ada Lane said, adding that it would rain again.",
     ["reported", "direct"]),
    ("Ada Lane said that the board had done all it could, calling it “a thing to be proud of”.",
     ["reported", "direct"]),
    ("Ada Lane said that the board had done all it could, saying “it is a thing to be proud of”.",
     ["direct"]),
    ("Ada Lane said that the board had done all it could and that “it was a thing to be proud of”.",
     ["reported", "direct"]),
    ("Ada Lane said that the board had done all it could, “which is a thing to be proud of”.",
     ["reported", "direct"]),
    ("Ada Lane said that the board had done all it could to make “a thing to be proud of”.",
     ["direct"]),
    ("Ada Lane said that the board and its “things to be proud of” had gone.", ["direct"]),
    ("“We never saw a thing like it,” Ada Lane said.", ["direct"]),
    ("The Harbour Board has not yet commented.", []),
    ("The Harbour Board offered its condolences to the family.", ["reported"]),
    ("The Harbour Board renewed its call for an end to it.", ["reported"]),
])
def test_what_is_reported_beside_a_quotation(text: str, kinds: list[str]) -> None:
    assert sorted(kind for kind, _, _ in said(text)) == sorted(kinds)
