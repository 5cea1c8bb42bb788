"""Which offices a person holds on a day, as texts call them: "the president" of 2020."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from site_builder.model import Person


class InOffice(NamedTuple):
    """An office by a record: its name in small letters, as texts call it, and the id of the
    country whose it is, empty where neither its title nor the person's record says one."""

    title: str
    country: str = ""


Offices = Mapping[str, tuple[InOffice, ...]]
"""Id of a person → the offices held."""
NONE: Final[Offices] = MappingProxyType({})
_OF: Final = re.compile(r",| (?:of|for|at|in|to) ")
_WHOSE: Final = re.compile(r"\bof (?:the )?([^,]+?)(?=,| of | for | at | in | to |$)")


def offices_on(
    people: Iterable[Person], day: str, country: Callable[[str], str] = lambda name: ""
) -> Offices:
    """The offices of those people who held one on a day (`2022-11-29`).

    `country` gives the id of the country that a name means, or nothing: that of "President of
    Iran", else that of the person's record.
    """
    found = {person.id: tuple(dict.fromkeys(
        InOffice(_OF.split(role.title, maxsplit=1)[0].strip().lower(),
                 next((id for name in _WHOSE.findall(role.title) if (id := country(name))), "")
                 or (country(person.country) if person.country else ""))
        for role in person.roles if role.held_on(day))) for person in people if person.roles}
    return {id: titles for id, titles in found.items() if titles}
