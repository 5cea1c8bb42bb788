"""Surnames that are words: whether "May", "Rice" or "Young" is somebody where it stands."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Literal

from site_builder.finding.demonyms import adjectives
from site_builder.finding.lookalikes import (
    ACTS,
    NO_NAME,
    OFTEN,
    PERSON_AFTER,
    begins_sentence,
    lookalikes,
)
from site_builder.finding.roles import is_title

Kind = Literal["", "months", "pronouns", "adjectives", "nouns", "places"]
_KINDS: Final[tuple[Kind, ...]] = (
    "months", "pronouns", "adjectives", "nouns", "places")
_HEADLINE_AFTER: Final = re.compile(rf"['’]s\b|:|{OFTEN} {ACTS}\b", re.IGNORECASE)
_IS_OR_HAS: Final = re.compile(
    r" (?:was|is|has|had|will|would|could|can|did|does|went|came|took|made|gave|got|ran|sat|stood"
    r"|stayed|began|became|kept|held|saw|felt|looked|turned|walked|worked|and [A-Z])\b")
_OF_PERSON: Final = re.compile(
    r" (?:government|administration|cabinet|campaign|famil\w+|era|team|years|presidency|case|trial"
    r"|ministry|premiership|camp)\b")
_DATE_BEFORE: Final = re.compile(
    r"(?:\b(?:in|since|until|till|during|last|next|this|that|past|early|late|mid|every|each|one|the"
    r"|each|of last|of this)[ -]|\d(?:st|nd|rd|th)?(?: of)? |(?:end|start|beginning|middle|months?"
    r"|half|weeks?|days?|first|second|third|rest) of )$", re.IGNORECASE)
_DATE_PERHAPS: Final = re.compile(
    r"\b(?:by|from|to|for|before|after|on|through|between|and|or|around|about) $", re.IGNORECASE)
_MONTH: Final = "|".join(sorted(lookalikes().words["months"]))
_DATE_AFTER: Final = re.compile(
    rf",? \d| (?:to|through|and|or|until) (?:{_MONTH})\b|[-–/](?:\d|{_MONTH})| of (?:that|this|last"
    r"|next|the|each|every) ")


@cache
def _kinds() -> dict[str, Kind]:
    kinds: dict[str, Kind] = {}
    for name in _KINDS:
        for word in lookalikes().words[name]:
            kinds[word] = kinds[word.upper()] = name
    return kinds


def kind(form: str) -> Kind:
    """Which kind of word a surname is besides; empty for most."""
    return _kinds().get(form, "")


def is_surname(text: str, start: int, end: int, form: str, *, headline: bool, article: str) -> bool:
    """Whether a surname that is a word is meant as a surname where it stands, without a title.

    At the beginning of a sentence, and in a headline, the capital says nothing: what follows has
    to. `article` is the whole text: a noun that it has in small letters as well takes more.
    """
    sort = kind(form)
    before = text[max(0, start - 30) : start]
    if sort == "pronouns":
        return False
    if sort == "months":
        if _DATE_BEFORE.search(before) or _DATE_AFTER.match(text, end):
            return False
        if headline:
            return _HEADLINE_AFTER.match(text, end) is not None
        return PERSON_AFTER.match(text, end) is not None or not (
            _DATE_PERHAPS.search(before) or begins_sentence(text, start))
    last = before[:-1].rpartition(" ")[2]
    if last in ("the", "The", "a", "A", "an", "An", "no", "every"):
        return _OF_PERSON.match(text, end) is not None
    if headline or text[start:end].isupper():
        return _HEADLINE_AFTER.match(text, end) is not None
    if text[end : end + 1] == " " and text[end + 1 : end + 2].isupper():
        return False  # Rice University
    if sort != "places" and begins_sentence(text, start):
        if PERSON_AFTER.match(text, end):
            return True
        return _IS_OR_HAS.match(text, end) is not None and (
            sort == "adjectives"
            or re.search(rf"(?<!\w){re.escape(form.lower())}(?!\w)", article) is None)
    return not _goes_before(text, start, last)


def _goes_before(text: str, start: int, last: str) -> bool:
    """Whether the word before makes a longer name with it: "Capitol Hill"."""
    return last[:1].isupper() and last.isalpha() and not (
        begins_sentence(text, start - len(last) - 1) or last in NO_NAME or is_title(last)
        or last in adjectives())
