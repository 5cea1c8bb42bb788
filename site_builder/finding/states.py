"""Whether the name of a country means the state, where it stands."""

from __future__ import annotations

import re
from typing import Final

from site_builder.finding.demonyms import adjectives
from site_builder.finding.gazetteer import Match
from site_builder.finding.lookalikes import lookalikes, shows_country
from site_builder.finding.spelling import words

_GOES_ON: Final = re.compile(
    r"[ \u00a0]([A-Z][\w’'-]*(?:[ \u00a0](?:(?:of|and|for|the|&)[ \u00a0]){0,2}[A-Z][\w’'-]*)*)")
_AND: Final = re.compile(r"[ \u00a0](?:and|&)[ \u00a0]")
_BODIES: Final = lookalikes().bodies
_AFTER: Final = frozenset(_BODIES.after)
_BODY_OF: Final = re.compile(
    rf"(?<!\w)(?:{'|'.join(_BODIES.before)}|Radio Free|M(?:rs?|s)\.?"
    rf"|(?<!Central )(?:{'|'.join(_BODIES.before_of)}) (?:of|for|in)(?: the)?) $")
_BODY_ENDS: Final = frozenset(_BODIES.before) | words("Free of for in the Mr Mrs Ms Mr. Mrs. Ms.")
_BODY_LENGTH: Final = len("Broadcasting Association for the ")  # each such phrase has a capital
_CAPITALS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_BUILDING: Final = re.compile(rf" (?:{'|'.join(lookalikes().buildings)})\b", re.IGNORECASE)
_STATES: Final = rf"(?:{'|'.join(lookalikes().us_states)}|Queens)\b"
_AMERICAN: Final = re.compile(
    rf", (?:{_STATES}(?!,? (?:and|or) |, [A-Z])|{'|'.join(map(re.escape, lookalikes().us_postal))})"
    rf"| \((?:{_STATES}|{'|'.join(map(re.escape, lookalikes().us_postal))})\)")
_PLACE: Final = re.compile(
    r"\b(?:in|at|near|from|to|into|of|outside|around|through|via|toward|towards|inside|central"
    r"|downtown|north|south|east|west|northern|southern|eastern|western|for|across|leave|left"
    r"|visit|visits|visited|visiting|reach|reached|entered|over) (?:the )?$", re.IGNORECASE)
_PLACE_WORDS: Final = words(
    "the in at near from to into of outside around through via toward towards inside central "
    "downtown north south east west northern southern eastern western for across leave left visit "
    "visits visited visiting reach reached entered over")
_BIRDS: Final = frozenset({"Turkey", "TURKEY"})
_BIRD: Final = re.compile(
    r" (?:sandwich|breast|dinner|meat|soup|hunt|leg|bacon|burger|farm|vulture|stuffing|trot)"
    r"(?:e?s)?\b",
    re.IGNORECASE)
_TABLE: Final = re.compile(
    r"\b(?:Thanksgiving|stuffing|cranberr\w+|gravy|roast(?:ed|ing)?|ovens?|carv(?:e|ed|ing)|recipes?"
    r"|leftovers|poultry|drumsticks?|giblets|eaten|feathers)\b", re.IGNORECASE)


def names_state(text: str, match: Match) -> bool:
    """Whether a country's name is no part of another name, nor the bird."""
    end, form = match.end, match.form
    after = text[end : end + 2]
    if after[:1] == " ":
        if after[1:] in _CAPITALS and _is_body(text, end):
            return False
        if (form in _BIRDS and _BIRD.match(text, end)) or (
                form == "Georgian" and _BUILDING.match(text, end)):
            return False
    if after in (", ", " (") and _AMERICAN.match(text, end):
        return False  # Cuba, New York
    if form in _BIRDS and _is_bird(text, match):
        return False
    start = match.start
    if text[start - 1 : start] != " " and text[start].isascii():
        return True
    before = text[max(0, start - _BODY_LENGTH) : start]
    return before[:-1].rpartition(" ")[2] not in _BODY_ENDS or before.islower() \
        or _BODY_OF.search(before) is None


def _is_bird(text: str, match: Match) -> bool:
    """Whether a sentence is about the table: "Turkey is served at Thanksgiving"."""
    begin = text.rfind(". ", 0, match.start) + 1
    end = text.find(". ", match.end)
    return _TABLE.search(text, begin, end if end > 0 else len(text)) is not None \
        and not shows_country(text, match.start, match.end)


def _is_body(text: str, end: int) -> bool:
    """Whether words that follow make a country's word part of a company's or paper's name."""
    follows = _GOES_ON.match(text, end)
    if follows is None:
        return False
    named = follows[1].replace("’s", "").replace("'s", "")
    run = named.split()
    if run[0] == "Air" and not (len(run) > 1 and run[1] in _BODIES.air_not):
        return True
    if _AFTER.isdisjoint(run):
        return "Finance House" in named
    # the Iranian Army and Turkish Airlines are two
    first, *rest = _AND.split(named, maxsplit=1)
    return not _AFTER.isdisjoint(first.split()) or not (
        rest and rest[0].removeprefix("the ").split()[0] in adjectives())


def after_place(text: str, start: int) -> bool:
    """Whether a word of place stands before: "in Georgia", "to the Congo"."""
    if start < 2 or text[start - 1] != " ":
        return False
    last = text[max(0, start - 16) : start - 1].rpartition(" ")[2]
    if last.isalpha() and last.lower() not in _PLACE_WORDS:
        return False
    return _PLACE.search(text[max(0, start - 40) : start]) is not None
