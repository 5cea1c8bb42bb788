"""People of one name: addresses of their own, and a page that tells them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from site_builder.finding.spelling import name_key
from site_builder.indexing.terms import RESERVED
from site_builder.model import Person
from site_builder.reading.slugs import slug

CHANGES = "changes"
"""The room of people has a page of that address: no person gets it."""


class Namesakes(msgspec.Struct, frozen=True):
    """`pages` maps the slug of a name to that name and the ids of those who go by it.

    `others` has for a person the ids of their namesakes, `told_apart` the name with the
    qualifier of those whose main name is another's, too, `fixed` slugs that
    records ask for or namesakes get, `reserved` those that no person gets.
    """

    pages: Mapping[str, tuple[str, tuple[str, ...]]] = {}
    others: Mapping[str, tuple[str, ...]] = {}
    told_apart: Mapping[str, str] = {}
    fixed: Mapping[str, str] = {}
    reserved: frozenset[str] = RESERVED

    def without(self, taken: Iterable[str]) -> Namesakes:
        """Without the pages whose address is a person's: they lead to the others from there."""
        gone = set(taken)
        pages = {name: found for name, found in self.pages.items() if name not in gone}
        return msgspec.structs.replace(self, pages=pages)


def namesakes(
    groups: Iterable[tuple[str, Sequence[Person]]], shown: Mapping[str, Person]
) -> Namesakes:
    """Who of those who are `shown` shares a name; `groups` are names with their people.

    People of one main name leave its address to the page that tells them apart:
    theirs are made of the records' ids, or of name and qualifier. Where it is
    the main name of one only, that person keeps the address; so does whose
    record asks for it as its `slug`.
    """
    fixed = {key: person.slug for key, person in shown.items() if person.slug}
    reserved = RESERVED | {CHANGES}
    found: dict[str, tuple[str, dict[str, None]]] = {}
    others: dict[str, dict[str, None]] = {}
    sharing: set[str] = set()
    for form, people in groups:
        ids = [person.id for person in people if person.id in shown]
        sharing.update(ids if len(ids) > 1 else ())
        base = slug(form)
        if len(ids) < 2 or not base:
            continue
        found.setdefault(base, (form, {}))[1].update(dict.fromkeys(ids))
        for id in ids:
            others.setdefault(id, {}).update(dict.fromkeys(o for o in ids if o != id))
    for base, (_, members) in sorted(found.items()):
        holders = [id for id in members if slug(shown[id].name) == base and id not in fixed]
        if len(holders) < 2 and base not in fixed.values():
            continue
        reserved |= {base}
        for id in holders:
            person = shown[id]
            wanted = (slug(id), slug(f"{person.name} {person.qualifier}"))
            own = next((w for w in wanted if w and w != base and w not in fixed.values()
                        and w not in reserved), "")
            if own:
                fixed[id] = own
    return Namesakes(
        {base: (form, tuple(members)) for base, (form, members) in sorted(found.items())
         if base not in RESERVED and base != CHANGES},
        {id: tuple(ids) for id, ids in others.items()}, _told_apart(shown, sharing), fixed,
        frozenset(reserved),
    )


def _told_apart(shown: Mapping[str, Person], sharing: Iterable[str]) -> dict[str, str]:
    """What tells apart the ones of one main name, of those who share any name."""
    people = [shown[id] for id in sorted(sharing)]
    count = Counter(name_key(person.name) for person in people)
    return {
        person.id: f"{person.name} ({person.qualifier})" for person in people
        if person.qualifier and count[name_key(person.name)] > 1}
