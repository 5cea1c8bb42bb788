"""Which articles belong together: by the people, tags, countries and rare words they share.

An article is compared with older ones alone, and what is rare is judged by
them alone, so that a new article changes nothing of what was found before.
The way forward is the way back turned round: an article also shows the first
few later ones that name it as their nearest. Once those places are taken they
stay taken. So an article that is added at the end of the archive changes the
lists of `NEAREST` others at most (docs/decisions/0027-citations.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

PERSON, TAG, COUNTRY, WORD = 4, 4, 2, 2
"""How much each kind of thing in common counts, times the bits of its rarity."""
RAREST: Final = 6
"""So many things of an article are looked at, the rarest first."""
WINDOW: Final = 12
"""So many of the newest older articles that share a thing are looked at."""
ENOUGH: Final = 12
"""A person, say, whom one article in eight names (3 bits)."""
FEWEST: Final = 24
"""In a small archive a thing is as rare as among so many articles: else nothing in it is."""
NEAREST: Final = 2
LATER: Final = 2
"""Places for later articles: more where there are not enough older ones."""
FEW: Final = 20
"""So many changed articles are looked at one by one; after more, all later ones are."""
NEEDLES: Final = 60
_SOON: Final = ((7, 6), (31, 4), (183, 2), (731, 1))
"""Points for being near in time: days, points."""
_WORD: Final = re.compile(r"\w{4,}")
_FIRST_SPACELESS: Final = "\u0e00"
# long to compile, and seldom needed
_SPACELESS: Final = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"


class Item(NamedTuple):
    """What is compared of an article; `things` are (name, how much its kind counts).

    Only articles in one language are compared. `day` counts days.
    """

    lang: str
    day: int
    things: Sequence[tuple[str, int]]


def words_of(text: str) -> list[tuple[str, int]]:
    """The words of a title as things to share; common ones weigh nothing.

    What is written without spaces is cut into threes.
    """
    words = _WORD.findall(text.lower())
    if not text.isascii():
        words = [part for word in words for part in _parts(word)]
    return [(word, WORD) for word in dict.fromkeys(words)]


def _parts(word: str) -> list[str]:
    if max(word) < _FIRST_SPACELESS or not re.search(_SPACELESS, word):
        return [word]
    return [word[n : n + 3] for n in range(len(word) - 2)]


def mark_of(
    lang: str, day: int, title: str, people: Iterable[str], countries: Iterable[str],
    tags: Iterable[str],
) -> bytes:
    """All that is compared of an article, as bytes: equal ones are compared alike."""
    parts = (lang, str(day), title.lower(), *[f"p{key}" for key in people],
             *[f"c{key}" for key in countries], *[f"t{key}" for key in tags])
    return "\0".join(parts).encode()


_KINDS: Final = {"p": PERSON, "c": COUNTRY, "t": TAG}


def item_of(mark: bytes) -> Item:
    """What a mark says."""
    lang, day, title, *keys = mark.decode().split("\0")
    shared = [(key, _KINDS[key[0]]) for key in dict.fromkeys(keys)]
    return Item(lang, int(day), [*shared, *words_of(title)])


class Nearest(msgspec.Struct, array_like=True):
    """What was found before: the mark of each article, the oldest first, and the places
    of its nearest older ones, the best first, up to `number`.

    An article's nearest hold as long as it and all older ones have the same marks.
    `made_by` stands for the program.
    """

    made_by: str = ""
    number: int = 0
    marks: list[bytes] = []
    older: list[list[int]] = []


def related(items: Sequence[Item], number: int) -> list[tuple[int, ...]]:
    """For each item, the oldest first, the places of up to `number` related ones, best first.

    Time per item is bounded by RAREST * WINDOW, memory by WINDOW places for each thing.
    """
    older, known = [], _Postings()
    for place, item in enumerate(items):
        older.append(known.best(item, number))
        known.add(place, item)
    return both_ways(Nearest(older=older), number)


def nearest(marks: list[bytes], number: int, known: Nearest) -> Nearest:
    """The nearest older articles of each; what is `known` is found anew only where it has to be."""
    if known.number != number or len(known.older) != len(known.marks):
        known = Nearest(known.made_by, number)
    if marks == known.marks:
        return known
    older = _edited(marks, known) if len(marks) == len(known.marks) else None
    if older is None:
        same = next((place for place, (mark, old) in enumerate(
            zip(marks, known.marks, strict=False)) if mark != old),
            min(len(marks), len(known.marks)))
        older, found = known.older[:same], _Postings()
        for place, mark in enumerate(marks):
            item = item_of(mark)
            if place >= same:
                older.append(found.best(item, number))
            found.add(place, item)
    return Nearest(known.made_by, number, marks, older)


def _edited(marks: list[bytes], known: Nearest) -> list[list[int]] | None:
    """The nearest of each where few articles changed and none came or went, or None.

    A later article looks at a changed one, or at the number of those that share a
    thing, only by the things that the changed one lost or gained.
    """
    changed = {place: (item_of(old), item_of(mark)) for place, (mark, old) in enumerate(
        zip(marks, known.marks, strict=True)) if mark != old}
    if len(changed) > FEW or any(
            (old.lang, old.day) != (new.lang, new.day) for old, new in changed.values()):
        return None
    moved = {thing for old, new in changed.values() for thing in {*old.things} ^ {*new.things}}
    concerned = {place: new for place, (_, new) in changed.items()}
    for place in _holding(marks, moved, min(changed)):
        item = item_of(marks[place])
        if place not in concerned and not moved.isdisjoint(item.things):
            concerned[place] = item
    if len(concerned) > len(marks) // 20 + FEW:
        return None
    wanted = {thing for item in concerned.values() for thing in item.things}
    older, found = list(known.older), _Postings()
    places = _holding(marks, wanted, 0) if len(wanted) <= NEEDLES else range(len(marks))
    langs = [mark[: mark.index(b"\0")].decode() for mark in marks]
    last = max(concerned)
    nearby = iter([*places, last + 1])
    following = next(nearby)
    for place in range(last + 1):
        if place in concerned:
            older[place] = found.best(concerned[place], known.number)
        if place == following:
            following = next(nearby)
            found.add(place, item_of(marks[place]))
        else:
            found.count(place, langs[place])
    return older


def _holding(marks: list[bytes], things: Iterable[tuple[str, int]], first: int) -> list[int]:
    """The places of the marks, from `first` on, that may hold one of these things."""
    needles = [thing.encode() for thing, _ in things]
    return [place for place in range(first, len(marks))
            if any(needle in marks[place] for needle in needles)]


class _Postings:
    """Where each thing stands in the articles so far, the newest places of each."""

    def __init__(self) -> None:
        self._days: dict[int, int] = {}
        self._posted: dict[str, dict[str, list[int]]] = {}
        self._counts: dict[str, int] = {}

    def count(self, place: int, lang: str) -> None:
        """An article that shares nothing with those that are asked for."""
        self._counts[lang] = self._counts.get(lang, 0) + 1

    def add(self, place: int, item: Item) -> None:
        """The next article."""
        self._days[place] = item.day
        self.count(place, item.lang)
        posted = self._posted.setdefault(item.lang, {})
        for thing, _ in item.things:
            posting = posted.get(thing)
            if posting is None:
                posted[thing] = [1, place]  # how many there are, and the newest of them
            else:
                posting[0] += 1
                posting.append(place)
                if len(posting) > 2 * WINDOW:
                    del posting[1:-WINDOW]

    def best(self, item: Item, number: int) -> list[int]:
        """The nearest of the articles so far, the best first."""
        known, count = self._posted.get(item.lang, {}), self._counts.get(item.lang, 0)
        return _best(known, count, item.things, item.day, self._days, number)


def both_ways(found: Nearest, number: int) -> list[tuple[int, ...]]:
    """The related ones of each article: first the later ones that have it among their nearest."""
    later: list[list[int]] = [[] for _ in found.older]
    for place, best in enumerate(found.older):
        for near in best[:NEAREST]:
            if len(later[near]) < max(LATER, number - len(found.older[near])):
                later[near].append(place)
    return [(*new, *old)[:number] for new, old in zip(later, found.older, strict=True)]


def _best(
    known: dict[str, list[int]], count: int, things: Sequence[tuple[str, int]], day: int,
    days: Mapping[int, int], number: int,
) -> list[int]:
    shared = []
    for thing, kind in things:
        posting = known.get(thing)
        if posting is not None and (
                bits := (max(count, FEWEST) // posting[0]).bit_length() - 1) > 0:
            shared.append((kind * bits, thing, posting))
    shared.sort(reverse=True)
    points: dict[int, int] = {}
    for weight, _, posting in shared[:RAREST]:
        for other in posting[-WINDOW:] if len(posting) > WINDOW else posting[1:]:
            points[other] = points.get(other, 0) + weight
    found = []
    for other, sum_ in points.items():
        if sum_ >= ENOUGH:
            apart = day - days[other]
            for limit, soon in _SOON:
                if apart <= limit:
                    sum_ += soon
                    break
            found.append((sum_, other))
    found.sort(reverse=True)
    return [other for _, other in found[:number]]
