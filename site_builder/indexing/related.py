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
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

PERSON, TAG, COUNTRY, WORD = 4, 4, 2, 2
"""How much each kind of thing in common counts, times the bits of its rarity."""
RAREST: Final = 6
"""So many things of an article are looked at, the rarest first."""
WINDOW: Final = 12
"""So many of the newest older articles that share a thing are looked at."""
ENOUGH: Final = 12
"""A person, say, whom one article in eight names (3 bits)."""
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


def related(items: Iterable[Item], number: int) -> list[tuple[int, ...]]:
    """For each item, the oldest first, the places of up to `number` related ones, best first.

    Time per item is bounded by RAREST * WINDOW, memory by WINDOW places for each thing.
    """
    older: list[list[int]] = []
    later: list[list[int]] = []
    days: list[int] = []
    postings: dict[str, dict[str, list[int]]] = {}
    counts: dict[str, int] = {}
    for place, (lang, day, things) in enumerate(items):
        known = postings.setdefault(lang, {})
        best = _best(known, counts.get(lang, 0), things, day, days, number)
        for near in best[:NEAREST]:
            if len(later[near]) < max(LATER, number - len(older[near])):
                later[near].append(place)
        older.append(best)
        later.append([])
        days.append(day)
        counts[lang] = counts.get(lang, 0) + 1
        for thing, _ in things:
            posting = known.get(thing)
            if posting is None:
                known[thing] = [1, place]  # how many there are, and the newest of them
            else:
                posting[0] += 1
                posting.append(place)
                if len(posting) > 2 * WINDOW:
                    del posting[1:-WINDOW]
    return [(*new, *old)[:number] for new, old in zip(later, older, strict=True)]


def _best(
    known: dict[str, list[int]], count: int, things: Sequence[tuple[str, int]], day: int,
    days: list[int], number: int,
) -> list[int]:
    shared = []
    for thing, kind in things:
        posting = known.get(thing)
        if posting is not None and (bits := (count // posting[0]).bit_length() - 1) > 0:
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
