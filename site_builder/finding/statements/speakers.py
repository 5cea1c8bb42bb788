"""Whom the words of a phrase name: a person, a body, a role."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

import msgspec

from site_builder.finding.new_names import given_names
from site_builder.finding.statements.nouns import (
    ADVERBS,
    AGENT,
    DETERMINERS,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    ROLES,
    kind_of,
)
from site_builder.finding.statements.people import People, Span, plain
from site_builder.finding.statements.phrases import Phrase

_POSSESSED: Final = ("’", "'", "’s", "'s")
_POSSESSIVE: Final = re.compile(r"[’']s\b|(?<=s)[’'](?= )")
_SOMEBODY: Final = frozenset(
    "man woman singer actor actress author writer player guitarist musician driver pilot artist "
    "scientist researcher professor student teenager politician cleric poet".split())
_TITLED: Final = ROLES.union("mr mrs ms dr prof sen rep gov gen col sir".split())
_NO_NOUN: Final = frozenset(
    "i we you us we’ve we're we’re i’ve i'm i’m you’re you've "
    "you’ve you're how what why whether is was are were "
    "be been".split())
_NO_NAME: Final = frozenset(
    "According Further Furthermore Moreover Additionally Nobody Everybody Mass I We You "
    "Reportedly Please".split()).union(PRONOUNS, OPENERS, DETERMINERS)
_ENDS: Final = PREPOSITIONS.union(("who", "which", "that"))


class Speaker(msgspec.Struct, frozen=True, gc=False):
    """Who speaks; `kind` is that of model.Statement."""

    id: str
    name: str
    kind: str
    confidence: float

    def times(self, factor: float) -> Speaker:
        """The same, less sure."""
        return Speaker(self.id, self.name, self.kind, self.confidence * factor)


NOBODY: Final = Speaker("", "", "none", 0.0)


class Speakers:
    """Finds whom phrases name, with an eye on one sentence after the other."""

    def __init__(self, people: People, texts: Sequence[str]) -> None:
        self._people, self._texts = people, texts
        self.topics: list[Span] = []  # people who spoke or were the subject, the last one last
        self.number = 0
        self.start = self.end = 0
        self._text = self._frame = self._frame_before = ""
        self._previous = (-1, 0, 0)

    def look(self, number: int, start: int, end: int, frame: str) -> None:
        """Turn to a sentence: all that follows is asked of it."""
        self._previous = (self.number, self.start, self.end)
        self._frame_before, self._frame = self._frame, frame
        self.number, self.start, self.end = number, start, end
        self._text = self._texts[number]

    def named(self, phrase: Phrase) -> Span | None:
        """The person whom the phrase is about; not one of whom another is the spokesman."""
        clause = phrase.clause
        spans = [span for span in self._people.spans.get(self.number, ())
                 if span.start >= clause.since and span.end <= clause.until]
        if not spans:
            return None
        begin, end, words = phrase.start(), phrase.end(), phrase.words
        first = last = None
        for span in spans:
            if span.start < begin or span.end > end:
                continue
            place = bisect_left(clause.starts(), span.start, phrase.at) - phrase.at
            if place >= len(words):
                place = 0
            while place and words[place - 1].rstrip(".").lower() in _TITLED:
                place -= 1
            before = words[place - 1] if place else ""
            aside = self._frame[span.start - self.start : span.end - self.start]
            if aside.isspace():
                continue
            if end > span.end + 2 and _POSSESSIVE.match(self._text, span.end):
                continue
            if before in PREPOSITIONS and before not in ("as", "like"):
                continue
            if not span.id and self._text[max(0, span.start - 4) : span.start].lower() == "the ":
                continue  # the Revolutionary Guards
            if first is None:
                first = span
            last = span
        if first is not last and first is not None and last is not None \
                and " and " not in self._text[first.end : last.start]:
            return last
        return first

    def unnamed(self, phrase: Phrase, plain: bool, titles: bool) -> Speaker:
        """A role or a body that the words name."""
        words = phrase.words
        person = self._behind_role(phrase)
        if person is not None:
            return person
        if not _NO_NOUN.isdisjoint([word.lower() for word in words]):
            return NOBODY
        size, start = len(words), 0
        while start < size - 1 and words[start] in DETERMINERS:
            start += 1
        cut = start + 1
        while cut < size and words[cut] not in _ENDS:
            cut += 1
        last = words[cut - 1]
        word = last.rstrip(".")
        if 1 < cut < size:
            person = self._behind_role(phrase.part(0, cut))
            if person is not None:
                return person
        if cut > 2 and word.endswith("ed") and word.islower():
            place = cut - 1  # some of those whom the paper interviewed, or nothing of ours
            while place and words[place - 1][0].isupper():
                place -= 1
            return self.unnamed(phrase.part(0, place), plain, titles) \
                if 0 < place < cut - 1 else NOBODY
        capital = word[:1].isupper()
        until = _until(words, cut) if capital or kind_of(word.lower()) else cut
        low = word.lower().removesuffix("’s").removesuffix("'s")
        kind = kind_of(low)
        definite = words[0] in ("the", "The") or (start == 0 and word == low)
        if titles and kind == "role" and (words[0] in ("the", "The") or low == "president"):
            bearer = self._people.titled(low)
            if bearer is not None:
                return by_person(bearer, 0.7)
            if low in _SOMEBODY and self.topics and cut == size \
                    and self._people.within(self.number, 0, phrase.start()):
                return by_person(self.topics[-1], 0.5)  # the singer: who was spoken of before
        if capital and cut == 1 and not kind:
            bearer = self._people.called(low if low == word else word.removesuffix("’s"))
            if bearer is not None:
                return by_person(bearer, 0.72)
        if self.number in self._people.places and self._people.is_country(
                self.number, phrase.start(start), phrase.end(cut - 1)):
            return Speaker("", self._name(phrase, start, until), "organisation", 0.7)
        if kind:
            return Speaker("", self._name(phrase, start, until), kind, 0.76)
        if capital and word not in _NO_NAME:
            return self._proper(phrase.part(start, cut), self._name(phrase, start, until))
        if not plain or not word[:1].isalpha() or word in PRONOUNS:
            return NOBODY
        if (start and words[0] not in ("no", "No", "this", "This")) or AGENT.match(low):
            return Speaker("", self._name(phrase, start, until), "role",
                           0.6 if definite else 0.55)
        return NOBODY

    def _name(self, phrase: Phrase, start: int, until: int) -> str:
        name = self._text[phrase.start(start) : phrase.end(until - 1)].rstrip(".")
        if name.endswith(_POSSESSED):
            name = name[: -1 if name[-1] != "s" else -2]
        return name

    def _behind_role(self, phrase: Phrase) -> Speaker | None:
        """The name at the end of “UCL astronomer Angelos Tsiaras”, “his wife Mary”."""
        words = phrase.words
        size = place = len(words)
        while place and words[place - 1][0].isupper() and words[place - 1] not in ADVERBS \
                and not kind_of(words[place - 1].lower()):
            place -= 1
        if place == size:
            return None
        given = given_names()
        known = next((i for i in range(place, size - 1) if plain(words[i]) in given), None)
        if known and size - known <= 4:
            place = known
        elif not place or size - place > 4 or words[place - 1].lower() not in ROLES:
            return None
        if place and words[place - 1] in PREPOSITIONS:
            return None  # a spokesman for her
        form = _unpossessed(self._text[phrase.start(place) : phrase.end()])
        if " " not in form:
            bearer = self._people.called(form)
            if bearer is not None:
                return by_person(bearer, 0.75)
        return Speaker("", form, "person", 0.72)

    def _proper(self, phrase: Phrase, name: str) -> Speaker:
        """Capitalised words that no record and no list knows: a person, or a body."""
        words = phrase.words
        size = len(words)
        if size == 1 or words[0].rstrip(".") in ("Mr", "Mrs", "Ms", "Dr"):
            person = self._people.called(_unpossessed(words[-1]))
            if person is not None:
                return by_person(person, 0.72)
        given = given_names()
        for place in range(size - 1):
            if size - place <= 4 and plain(words[place]) in given \
                    and all(word[0].isupper() for word in words[place:]):
                form = self._text[phrase.start(place) : phrase.end()]
                return Speaker("", _unpossessed(form), "person", 0.7)
        if len(name.split()) > 9:
            return NOBODY
        return Speaker("", name, "organisation", 0.66)


def by_person(span: Span, sure: float) -> Speaker:
    """The speaker that a person is."""
    return Speaker(span.id, span.name, "person", sure)


def _unpossessed(form: str) -> str:
    return form.removesuffix("’s").removesuffix("'s")


def _until(words: list[str], cut: int) -> int:
    """Where a name ends of which the words before `cut` are the head: Bank of England."""
    size, until = len(words), cut
    while until + 1 < size and words[until] in ("of", "for", "at", "from"):
        after = until + 1
        while after < size and (words[after][0].isupper() or words[after] in ("the", "and", "&")):
            after += 1
        if after == until + 1 or words[after - 1] in ("the", "and"):
            break
        until = after
    return until
