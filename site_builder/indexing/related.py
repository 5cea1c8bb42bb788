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
from collections.abc import Callable, Sequence
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
_SOON: Final = ((7, 6), (31, 4), (183, 2), (731, 1))
"""Points for being near in time: days, points."""
_WORD: Final = re.compile(r"\w{4,}")


class Item(NamedTuple):
    """What is compared of an article; `things` are (name, how much its kind counts).

    Only articles in one language are compared. `day` counts days.
    """

    lang: str
    day: int
    things: Sequence[tuple[str, int]]


def words_of(text: str) -> list[tuple[str, int]]:
    """The words of a title as things to share; common ones weigh nothing."""
    return [(word, WORD) for word in dict.fromkeys(_WORD.findall(text.lower()))]


class Nearest(msgspec.Struct, array_like=True):
    """What was found before: a mark for all that is compared of each article, the oldest
    first, and the places of its nearest older ones, the best first, up to `number`.

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
    marks = [b""] * len(items)
    return both_ways(nearest(marks, items.__getitem__, number, Nearest()), number)


def nearest(
    marks: list[bytes], item: Callable[[int], Item], number: int, known: Nearest
) -> Nearest:
    """The nearest older articles of each; what is `known` is found anew only where it has to be.

    `item` gives the article at a place; it is asked for none where nothing changed.
    """
    same = _same(marks, known) if known.number == number else 0
    older = known.older[:same]
    if same == len(marks):
        return known if same == len(known.marks) else Nearest(known.made_by, number, marks, older)
    days: list[int] = []
    postings: dict[str, dict[str, list[int]]] = {}
    counts: dict[str, int] = {}
    for place in range(len(marks)):
        lang, day, things = item(place)
        posted = postings.setdefault(lang, {})
        if place >= same:
            older.append(_best(posted, counts.get(lang, 0), things, day, days, number))
        days.append(day)
        counts[lang] = counts.get(lang, 0) + 1
        for thing, _ in things:
            posting = posted.get(thing)
            if posting is None:
                posted[thing] = [1, place]  # how many there are, and the newest of them
            else:
                posting[0] += 1
                posting.append(place)
                if len(posting) > 2 * WINDOW:
                    del posting[1:-WINDOW]
    return Nearest(known.made_by, number, marks, older)


def _same(marks: list[bytes], known: Nearest) -> int:
    """How many articles, from the oldest on, are what they were."""
    if len(known.older) != len(known.marks):
        return 0
    if marks[: len(known.marks)] == known.marks:
        return len(known.marks)
    for place, (mark, old) in enumerate(zip(marks, known.marks, strict=False)):
        if mark != old:
            return place
    return len(marks)


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
    days: list[int], number: int,
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
