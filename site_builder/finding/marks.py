"""What finding in a text takes from the records, apart from the rules: those load slowly."""

from __future__ import annotations

import msgspec

from site_builder.finding.countries import Atlas
from site_builder.model import Person


def country_mark(atlas: Atlas, language: str) -> bytes:
    """Stands for all that reading a text takes from the countries and the site's language."""
    return msgspec.msgpack.encode(
        [language, [(c.id, c.code, c.name, c.aliases) for c in atlas.records]])


def person_mark(person: Person) -> bytes:
    """Stands for all that reading a text takes from a person's record."""
    return msgspec.msgpack.encode(
        [
        person.id, person.name, person.sort_name, person.aliases, person.former, person.withhold,
        person.path, person.roles, person.country if person.roles else ""])
