"""Which offices those hold whom a text names: the words before and behind a name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final

import msgspec

from site_builder.finding.statements.nouns import DETERMINERS, PREPOSITIONS, kind_of
from site_builder.finding.statements.people import People
from site_builder.finding.statements.ranks import COUNTERPART, Office, is_head, ranks
from site_builder.finding.statements.spans import Span
from site_builder.finding.statements.topics import Topics

_FAR: Final = 120
"""So far before and behind a name its offices stand, at most."""

_WORD: Final = 20
"""Longer is no noun of an office."""

_LINKS: Final = frozenset("of for to the and in at on de du &".split())
"""Between an office and the name behind it: Minister of Trade and Industry Ada Lane."""

_MARKS: Final = ",;:.!?()“”\"—–"
_OWN: Final = ("’s", "'s", "s’", "s'")
_QUALIFIERS: Final = 6
_FIELD: Final = 8
_STOPS: Final = PREPOSITIONS | DETERMINERS | frozenset(
    "and but or is was are were has had have who when while that will would as".split())
_BEHIND: Final = PREPOSITIONS | frozenset("who which and whose".split())
"""What may follow an office that stands behind a name."""

_ASIDE: Final = frozenset((", ", " ("))
_HONORIFICS: Final = frozenset(
    "Dr Dr. Mr Mr. Mrs Mrs. Ms Ms. Prof. Sayyid Seyyed Sheikh Haji Hajj Gen. Lt. Col. Brig. Maj."
    .split())
"""Between an office and a name."""

OPPOSITE: Final = frozenset("counterpart host guest interlocutor".split())
"""His counterpart, or his host, is the other one of two who hold an office."""

_AGE: Final = re.compile(r", \d\d?,")


class Held(msgspec.Struct, frozen=True, gc=False):
    """That somebody holds an office, with the countries and words told with it.

    `told` is whether the text says so; else a record does.
    """

    office: Office
    countries: frozenset[str]
    words: frozenset[str]
    told: bool = True


class Described:
    """The offices of those whom a text names; looked for when one is first asked for."""

    def __init__(self, people: People, topics: Topics) -> None:
        self._people, self._topics = people, topics
        self._held: dict[str, list[Held]] = {}  # key of a person → offices
        self._named: list[tuple[int, int, Span]] | None = None  # all places, in order
        self._callers: set[str] = set()  # nouns that may ask for one of them
        self._heard: list[tuple[int, Span]] = []

    def heard(self, number: int, start: int, name: str) -> None:
        """Somebody spoke whom no record and no other sign makes a person."""
        at = self._people.text(number).find(name, start)
        if at >= 0:
            self._heard.append((number, Span(at, at + len(name), "", name)))
            self._people.heard(name)

    def _all(self) -> list[tuple[int, int, Span]]:
        named = self._named
        if named is None:
            people = self._people
            named = self._named = [
                (number, span.start, span) for number in people.numbers()
                for span in people.of(number)]
            for number, start, span in named:
                text = people.text(number)
                if text[span.end : span.end + 2] in _ASIDE or (start and text[start - 2] == ",") \
                        or " " in span.name or _is_office(text, start):
                    self._describe(number, span)
            for id, offices in people.offices.items():
                for office in offices:
                    words = office.title.split()
                    self._hold(id, words, len(words) - 1, (), frozenset(
                        (office.country,) if office.country else ()), told=False)
        if self._heard:
            for number, span in self._heard:
                if span.key not in self._held:
                    named.append((number, span.start, span))
                    self._describe(number, span)
            self._heard.clear()
            named.sort()
        return named

    def _describe(self, number: int, span: Span) -> None:
        text = self._people.text(number)
        title, _, rest = span.name.partition(" ")
        if rest and kind_of(title.lower()):  # a record’s form: Ayatollah Ali Khamenei
            self._note(number, span, [title], [], span.start, span.start + len(title))
        if span.start:
            self._before(number, text, span)
        if text[span.end : span.end + 2] in _ASIDE:
            self._behind(number, text, span)

    def _before(self, number: int, text: str, span: Span) -> None:
        """Iraqi Prime Minister X; Iran’s deputy minister for trade, X, …"""
        at = span.start
        if text[at - 1] != " ":
            return
        comma = at > 1 and text[at - 2] == ","
        if comma:
            if text[span.end : span.end + 1] != ",":
                return
        elif not _is_office(text, at):
            return  # as nearly always
        begin = max(0, at - _FAR)
        before = text[begin:at]
        words = before.split()
        while len(words) > 1 and words[-1] in _HONORIFICS:
            words.pop()
            comma = words[-1][-1] == ","
        if begin and words and text[begin - 1].isalnum():
            del words[0]
        if not words:
            return
        words[-1] = words[-1].rstrip(",")
        if comma and len(words) > 2 and words[-2] == "and" and words[-3][-1] == "," and (
                lands := self._people.countries(number, at - len(words[-1]) - 2, at)):
            self._hold_too(span.key, lands)  # …, and Iran, Ben Moor
            return
        head = len(words) - 1
        least = max(0, head - _FIELD)
        while head >= least:
            word = words[head]
            low = word.lower()
            if kind_of(low.rstrip(".")) == "role":
                break
            if not word or word[-1] in _MARKS or not (
                    comma or word[0].isupper() or low in _LINKS):
                return
            head -= 1
        if head < least:
            return
        if comma and head < len(words) - 1 and words[head + 1] not in PREPOSITIONS:
            return
        first = head
        while first and head - first < _QUALIFIERS:
            word = words[first - 1]
            if not word or word[-1] in _MARKS or word in _STOPS \
                    or (word.islower() and word.endswith("ed")):
                break
            first -= 1
            if word.endswith(_OWN):
                break
        since = begin + before.find(" ".join(words[first : head + 1]))
        self._note(number, span, words[first : head + 1], words[head + 1 :], since, at)

    def _behind(self, number: int, text: str, span: Span) -> None:
        """X, the Iraqi prime minister, …; X (Iraq’s premier)"""
        start = span.end + 2
        age = _AGE.match(text, span.end)
        if age is not None:
            start = age.end() + 1
        words = text[start : start + _FAR].split()
        if not words or not (words[0].lower() in _ARTICLES or words[0].endswith(_OWN)
                             or words[0][0].isupper() or is_head(words[0])):
            return
        head, end = -1, len(words)
        for place, word in enumerate(words):
            bare = word.rstrip(_MARKS)
            if head < 0 and is_head(bare.lower()) and not (
                    place + 1 < len(words) and bare == word
                    and is_head(words[place + 1].rstrip(_MARKS).lower())):
                head = place
                if bare == word and place + 1 < len(words) and words[place + 1] not in _BEHIND:
                    return  # Ada Lane, the producers finally agreed
            if head < 0 and place and word in _STOPS:
                return
            if bare != word or word in ("who", "which", "and", "whose"):
                end = place + (bare != word)
                break
        if head < 0:
            return
        words = [word.rstrip(_MARKS) for word in words[:end]]
        first = 1 if words[0].lower() in _ARTICLES else 0
        until = start + len(" ".join(words)) + 1
        self._note(number, span, words[first : head + 1], words[head + 1 :], start, until)

    def _note(
        self, number: int, span: Span, words: list[str], behind: list[str], start: int, end: int
    ) -> None:
        before = without(self._people.country_words(number, start, end), words)
        after = [word.lower() for word in behind]
        at = end if not behind or behind[0] != "to" else start + len(" ".join(words))
        countries = self._people.countries(number, start, at)
        for place, word in enumerate(before):
            if word in OPPOSITE:
                self._hold_too(span.key, countries)
            elif is_head(word):
                if word[-1] == "s" and kind_of(word[:-1]) == "role":
                    before[place] = word[:-1]  # the presidents of Iraq, Ada Lane, and Iran, …
                self._hold(span.key, before, place, after if place == len(before) - 1 else (),
                           countries)

    def _hold_too(self, key: str, countries: frozenset[str]) -> None:
        """Somebody holds the same office as another one, in other countries."""
        self._held.setdefault(key, []).append(Held(self._told_last(key), countries, frozenset()))
        self._callers |= ranks().opening

    def _told_last(self, key: str) -> Office:
        """The office of a counterpart: that which somebody else was told to hold last, if any."""
        for other, held in reversed(self._held.items()):
            for one in held if other != key else ():
                if one.told and one.office.name in ranks().offices:
                    return one.office
        return COUNTERPART

    def _hold(
        self, key: str, words: list[str], head: int, behind: Sequence[str],
        countries: frozenset[str], *, told: bool = True,
    ) -> None:
        office = ranks().office(words, head, behind)
        self._held.setdefault(key, []).append(
            Held(office, countries, frozenset(words).union(behind), told))
        self._callers.update(ranks().callers(office.name))


def _is_office(text: str, at: int) -> bool:
    """Whether the word before a name may be an office, or belong to one."""
    last = text[at - _WORD if at > _WORD else 0 : at - 1].rpartition(" ")[2] if at else ""
    return last != "" and (
        not last[0].islower() or last in _LINKS or kind_of(last) == "role")


def without(countries: Collection[str], words: Iterable[str]) -> list[str]:
    """Words in lower case, without points and without those that are countries."""
    low = [word.lower().rstrip(".") for word in words]
    return [word for word in low if word.removesuffix("’s").removesuffix("'s") not in countries] \
        if countries else low

_ARTICLES: Final = frozenset("the a an his her its their".split())
SMALL: Final = frozenset("of the for in a an to and on".split())
