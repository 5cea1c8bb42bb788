"""The authority records of a site, and what they claim of each other."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from site_builder.build.sources import read_all
from site_builder.build.workers import Workers
from site_builder.config import SiteConfig
from site_builder.model import Country, IdentityChange, Person
from site_builder.pages.keys import digest
from site_builder.problems import Problems, Severity

if TYPE_CHECKING:
    from site_builder.finding.countries import Atlas
    from site_builder.finding.people import PeopleResolver


def reading_generation(config: SiteConfig, program: str) -> str:
    """Stands for all that the reading of a file depends on but the file."""
    return digest(program, msgspec.json.encode([
        config.content, config.markdown, config.limits, config.timezone, config.fields,
        config.people_fields, config.country_fields,
    ]))


def read_records(
    site: Path, config: SiteConfig, problems: Problems
) -> tuple[list[Person], list[Country]]:
    """The authority records of a site."""
    sources = read_all(site, config, "", Workers(1), problems, keep=False,
                       kinds=("people", "countries"))
    problems.extend(sources.problems())
    return sources.people, sources.countries


def at_odds(
    people: PeopleResolver, atlas: Atlas, changes: Iterable[IdentityChange], problems: Problems
) -> None:
    """Say which ids and names two records claim, but names of people who were split by the
    `changes`, and which names are no person's alone."""
    from site_builder.finding.generic import meaning

    parted = {frozenset((one.source, one.into)) for one in changes if one.kind == "split"}
    by_id: dict[str, Person] = {}
    for person in people.records:
        other = by_id.setdefault(person.id, person)
        if other is not person:  # everything about the one would be said of the other
            problems.add(
                "ID008", f"the id `{person.id}` is that of {other.path}, too", file=person.path,
                line=person.lines.get("id", 1), column=1,
                hint="write a line id: with another; a record without one has its file's name",
            )
        for name in (person.name, *person.aliases):
            if what := meaning(name, atlas.language):
                line = person.lines.get("name" if name == person.name else "aliases", 1)
                problems.add(
                    "ID014", f"{name!r} is {what} in most texts, and found in them as a person",
                    file=person.path, line=line, column=1,
                    hint="leave it out, or write the name in full", severity=Severity.WARNING,
                )
    for one, two, name in people.duplicates():
        if one.qualifier and two.qualifier and one.qualifier != two.qualifier:
            continue  # two people of one name, and known to be
        if frozenset((one.id, two.id)) in parted:
            continue
        problems.add(
            "ID005", f"{name!r} is a name in {one.path} and in {two.path}", file=two.path,
            line=two.lines.get("name", 1), column=1,
            hint="leave it in one of the two, or give each a qualifier if these are two people",
            severity=Severity.WARNING,
        )
    for first, second, name in atlas.duplicates():
        problems.add(
            "ID005", f"{name!r} is a name in {first.path} and in {second.path}",
            file=second.path, line=1, column=1, hint="leave it in one of the two",
        )
