"""Offices, as texts tell them: what they are called, and which words mean the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Final

import msgspec

from site_builder.finding.statements.nouns import ADVERBS, AGENT, THING, kind_of
from site_builder.finding.territories import DATA

_LONGEST: Final = 6
"""No office of data/offices.json has more words."""


class Office(msgspec.Struct, frozen=True, gc=False):
    """An office: its name, of those that mean the same, and what makes it another.

    `lesser` are words like “deputy”, `fields` those that say of what it is (the
    health minister), all in lower case.
    """

    name: str
    lesser: frozenset[str]
    fields: frozenset[str]


COUNTERPART: Final = Office("counterpart", frozenset(), frozenset())
"""Whoever holds the office of somebody else in another country; which it is, is not told."""


class _Offices(msgspec.Struct, frozen=True):
    same: list[str]
    general: dict[str, str]
    offices: str
    neutral: str
    lesser: str


class Ranks(msgspec.Struct, frozen=True):
    """data/offices.json, ready for use."""

    same: dict[tuple[str, ...], str]
    general: dict[str, frozenset[str]]
    offices: frozenset[str]
    neutral: frozenset[str]
    lesser: frozenset[str]
    heads: dict[str, frozenset[str]]
    opening: frozenset[str]

    def callers(self, office: str) -> frozenset[str]:
        """The nouns by which a text may ask for who holds an office."""
        return self.heads.get(office) or frozenset((office.rpartition(" ")[2],))

    def office(self, words: Sequence[str], head: int, behind: Sequence[str] = ()) -> Office:
        """The office of which the word at `head` is the noun, all words in lower case.

        `behind` are the words that follow it; those before it that are countries are left out.
        """
        for begin in range(max(0, head - _LONGEST), head + 1):
            for end in range(min(len(behind), _LONGEST), -1, -1):
                name = self.same.get((*words[begin : head + 1], *behind[:end]))
                if name is not None:
                    before = words[:begin]
                    return Office(name, self.lesser.intersection(before), frozenset(
                        word for word in (*before, *behind[end:])
                        if word not in self.neutral and word not in self.lesser))
        before = words[:head]
        return Office(words[head], self.lesser.intersection(before), frozenset(
            word for word in (*before, *behind)
            if word not in self.neutral and word not in self.lesser))

    def may_be(self, asked: Office, held: Office) -> bool:
        """Whether one who holds an office may be called by another name of it, or a wider word."""
        if asked.name == held.name:
            return asked.lesser == held.lesser
        if held is COUNTERPART:
            return asked.name in self.offices
        return held.name in self.general.get(asked.name, ()) and (
            asked.lesser <= held.lesser and (not held.lesser or asked.name in _WIDE))


_WIDE: Final = frozenset("official diplomat politician minister".split())
"""Of these a deputy is one, too."""


@cache
def ranks() -> Ranks:
    """The offices of data/offices.json."""
    found = msgspec.json.decode((DATA / "offices.json").read_bytes(), type=_Offices)
    same = {}
    for line in found.same:
        names = line.split("|")
        same.update({tuple(name.split()): names[0] for name in names})
    general = {name: frozenset(all_.split("|")) for name, all_ in found.general.items()}
    nouns: dict[str, set[str]] = {}
    for name, office in same.items():
        nouns.setdefault(office, {office.rpartition(" ")[2]}).update(name)
    heads = {office: set(nouns.get(office, (office.rpartition(" ")[2],)))
             for office in (*same.values(), *general, *chain.from_iterable(general.values()))}
    for wide, offices in general.items():
        for office in offices:
            heads[office].update(nouns.get(wide, (wide,)))
    return Ranks(
        same, general,
        frozenset(found.offices.split("|")), frozenset(found.neutral.split()),
        frozenset(found.lesser.split()),
        {office: frozenset(words) for office, words in heads.items()},
        frozenset(word for office in found.offices.split("|")
                  for word in heads.get(office, (office.rpartition(" ")[2],))))


def is_head(word: str) -> bool:
    """Whether a word, in lower case, is the noun of an office, or of a trade."""
    kind = kind_of(word)
    return kind == "role" or (not kind and AGENT.fullmatch(word) is not None
                              and THING.fullmatch(word) is None and word not in ADVERBS)
