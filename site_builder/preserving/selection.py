"""Which people, countries and articles somebody means by the names that they give."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from site_builder.build.looking import Looked
from site_builder.finding.countries import AmbiguousCountry
from site_builder.finding.people import AmbiguousName
from site_builder.model import Article
from site_builder.problems import Problems

KINDS: Final = ("person", "country", "article")


class Subject(msgspec.Struct, frozen=True, order=True):
    """One thing that a packet is about: its kind, its id (an article's path) and its name."""

    kind: str
    key: str
    name: str


def choose(looked: Looked, names: Iterable[str], problems: Problems) -> list[Subject]:
    """What the names mean, in their order, each once; what they do not becomes problems.

    A name is the id, name or alias of a person or country, or the id, path,
    address or headline of an article; `person:`, `country:` or `article:` in
    front of it says which.
    """
    found: dict[Subject, None] = {}
    for name in names:
        kind, colon, rest = name.partition(":")
        wanted, text = ([kind], rest.strip()) if colon and kind in KINDS else (list(KINDS), name)
        before = len(problems)
        fits = [s for k in wanted for s in _FINDERS[k](looked, text, problems)]
        if len(fits) == 1:
            found[fits[0]] = None
        elif len(fits) > 1:
            problems.add(
                "PK002", f"{name!r} fits " + " and ".join(f"{s.kind} {s.name}" for s in fits),
                hint="write " + " or ".join(f'"{s.kind}:{s.key}"' for s in fits))
        elif len(problems) == before:
            problems.add(
                "PK001", f"nothing in the archive is called {name!r}",
                hint="give the id, name or alias of a person or country, or the id, path, address "
                "or headline of an article; drafts and embargoed articles are in no packet")
    return list(found)


def _people(looked: Looked, name: str, problems: Problems) -> list[Subject]:
    known = looked.planner.site.archive.people
    try:
        person = looked.people.resolve(name) or looked.people.implied(name)
    except AmbiguousName as error:
        return [Subject("person", p.id, p.name) for p in error.candidates if p.id in known]
    if person.withhold:
        problems.add(
            "PK003", f"{name!r} is withheld: no packet is made about this person",
            file=person.path, line=person.lines.get("withhold", 1), column=1,
            hint="the record says withhold: true")
        return []
    key = name if name in known else person.id
    return [Subject("person", key, known[key].name)] if key in known else []


def _countries(looked: Looked, name: str, problems: Problems) -> list[Subject]:
    known = looked.planner.site.archive.countries
    try:
        country = looked.planner.site.atlas.resolve(name, None)
    except AmbiguousCountry as error:
        return [Subject("country", key, known[key].name) for key in error.codes if key in known]
    if country is None or country.id not in known:
        return []
    return [Subject("country", country.id, known[country.id].name)]


def _articles(looked: Looked, name: str, problems: Problems) -> list[Subject]:
    site = looked.planner.site
    archive = site.archive
    found: Article | None = archive.by_id.get(name) or archive.by_path.get(_path(looked, name))
    if found is None:
        address = name.removeprefix(looked.config.base_url).partition("#")[0]
        if address.startswith("/"):
            short = address.rstrip("/")
            found = next((a for a in archive.articles if site.urls[a.path].rstrip("/") == short
                          or short in [alias.rstrip("/") for alias in a.aliases]), None)
    if found is not None:
        return [Subject("article", found.path, found.title)]
    return [Subject("article", a.path, a.title) for a in archive.articles
            if a.title.casefold() == name.casefold()]


def _path(looked: Looked, name: str) -> str:
    """A file as it is seen from here, relative to the site; `name` where it lies elsewhere."""
    file = Path(os.path.abspath(name))  # noqa: PTH100 - a link keeps its own name
    for path in (file, file.resolve()):
        if path.is_relative_to(looked.folder):
            return path.relative_to(looked.folder).as_posix() if path.exists() else name
    return name


_FINDERS: Final = {"person": _people, "country": _countries, "article": _articles}
