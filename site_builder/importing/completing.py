"""What the command line says of every article, and what a text shows by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from site_builder.config import SiteConfig
from site_builder.importing import dates
from site_builder.importing.candidates import Candidate, RefusedItem
from site_builder.model import Country, Person, Source

PROPOSED = frozenset({"text", "table"})
"""Kinds of source that say nothing of people and countries: names are proposed for them."""


class Request(msgspec.Struct, frozen=True):
    """What is asked for beside the files.

    `kind` overrides what the files look like. `date` is for items that say none,
    `constants` are fields that every article gets (`section`, `source.name`, …).
    `into` is a folder below the articles folder, `media` one that stands for the old
    site's root, `base` the old site's address, `permalink` the pattern of its addresses.
    `limit` 0 means all. `duplicates` brings in texts that are nearly the same as others.
    """

    kind: str = ""
    date: str = ""
    field_map: Mapping[str, str] = {}
    constants: Mapping[str, str] = {}
    into: str = ""
    media: tuple[Path, ...] = ()
    base: str = ""
    permalink: str = ""
    limit: int = 0
    duplicates: bool = False
    dry_run: bool = False


class Completer:
    """Adds what the command line says, and what the text shows, to a candidate."""

    def __init__(
        self, config: SiteConfig, request: Request, people: Sequence[Person],
        countries: Sequence[Country],
    ) -> None:
        self._config, self._request = config, request
        self._people, self._countries = people, countries
        self._finders: tuple[Any, Any] | None = None

    def __call__(self, candidate: Candidate, kind: str) -> Candidate:
        """The completed candidate. Raises RefusedItem for one without title or date."""
        date = candidate.date or self._request.date
        if not candidate.title:
            raise RefusedItem("FM007", "it has no title", "give it one, or name the field: "
                              "--map title=headline")
        if not date and candidate.kind == "article":
            raise RefusedItem("FM007", "the text says no date", "give one: --date 2022-11-29")
        try:
            date = dates.iso(date, self._config.timezone)
        except ValueError as error:
            raise RefusedItem("FM008", str(error), "write 2022-11-29") from None
        if not candidate.body.strip() and candidate.kind == "article":
            if not (candidate.summary or candidate.image):
                raise RefusedItem("MD009", "it has no text")
            candidate = msgspec.structs.replace(
                candidate, guessed=(*candidate.guessed, "it has no text below its standfirst"))
        candidate = self._with_constants(candidate, date)
        return self._with_proposals(candidate) if kind in PROPOSED else candidate

    def _with_constants(self, candidate: Candidate, date: str) -> Candidate:
        constants = self._request.constants
        sources = candidate.sources
        name, url = constants.get("source.name", ""), constants.get("source.url", "")
        if name or url:
            first = sources[0] if sources else Source()
            given = msgspec.structs.replace(first, name=name or first.name, url=url or first.url)
            sources = (given, *sources[1:])
        own: dict[str, Any] = {}
        fields = dict(candidate.fields)
        for key, value in constants.items():
            if key in ("authors", "tags", "addresses"):
                own[key] = (value,)
            elif key in ("section", "lang", "summary", "slug", "title"):
                own[key] = value
            elif key == "draft":
                own[key] = value.lower() in ("true", "yes", "1")
            elif not key.startswith("source."):
                fields[key] = value
        return msgspec.structs.replace(
            candidate, date=date, sources=sources, fields=fields, **own)

    def _with_proposals(self, candidate: Candidate) -> Candidate:
        from site_builder.finding.countries import Atlas
        from site_builder.finding.people import PeopleResolver
        from site_builder.finding.proposals import propose

        if self._finders is None:
            self._finders = (PeopleResolver(self._people),
                             Atlas(self._config.language, self._countries))
        proposal = propose(
            f"{candidate.title}\n\n{candidate.summary}\n\n{candidate.body}", *self._finders)
        unknown = (f"{person} may be a person without a record"
                   for person in proposal.unknown_people)
        return msgspec.structs.replace(
            candidate,
            people=() if "people" in candidate.fields else proposal.people,
            countries=() if "countries" in candidate.fields else proposal.countries,
            guessed=(*candidate.guessed, *unknown))
