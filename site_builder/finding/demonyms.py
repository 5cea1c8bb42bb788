"""What the people of each country are called, its capital, and what stands for it in the news."""

from __future__ import annotations

from functools import cache

import msgspec

from site_builder.finding.territories import DATA


class Place(msgspec.Struct, frozen=True):
    """One country of demonyms.json."""

    demonyms: tuple[str, ...]
    capital: str
    stands: tuple[str, ...]


class Demonyms(msgspec.Struct, frozen=True):
    """demonyms.json; data/README.md says how it was made."""

    about: str
    not_countries: tuple[str, ...]
    also_persons: tuple[str, ...]
    parts: dict[str, tuple[str, ...]]
    countries: dict[str, Place]


@cache
def demonyms() -> Demonyms:
    """The shipped demonyms and capitals."""
    return msgspec.json.decode((DATA / "demonyms.json").read_bytes(), type=Demonyms)


@cache
def adjectives() -> frozenset[str]:
    """Every demonym: "Iraqi", "Chinese"."""
    return frozenset(d for place in demonyms().countries.values() for d in place.demonyms)
