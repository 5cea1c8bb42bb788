"""Which words for an office mean a person on a day: "the president" of 2020."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from site_builder.model import Person

Offices = Mapping[str, frozenset[str]]
"""Id of a person → the offices held, in small letters, as texts call them."""
NONE: Final[Offices] = MappingProxyType({})
_OF: Final = re.compile(r",| (?:of|for|at|in|to) ")


def offices_on(people: Iterable[Person], day: str) -> Offices:
    """The offices of those people who held one on a day (`2022-11-29`)."""
    found = {person.id: frozenset(
        _OF.split(role.title, maxsplit=1)[0].strip().lower()
        for role in person.roles if role.held_on(day)) for person in people if person.roles}
    return {id: titles for id, titles in found.items() if titles}
