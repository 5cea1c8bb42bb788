"""Import in two phases: read everything, then write what is new. Nothing is ever overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from site_builder.config import SiteConfig
from site_builder.finding.countries import Atlas
from site_builder.finding.people import PeopleResolver
from site_builder.finding.proposals import propose
from site_builder.importing import scraped, table
from site_builder.importing.candidates import Candidate
from site_builder.model import Country, Person, Source
from site_builder.problems import Problems
from site_builder.reading import dates, frontmatter
from site_builder.reading.slugs import slug
from site_builder.reading.text import decode


class Imported(msgspec.Struct, frozen=True):
    """One article: where it goes (relative to the site) and its whole text."""

    path: str
    candidate: Candidate
    text: str


class ImportReport(msgspec.Struct, frozen=True):
    """What an import did, or would do."""

    imported: tuple[Imported, ...]
    skipped: tuple[str, ...]
    problems: Problems


def run_import(
    site: Path,
    config: SiteConfig,
    files: Sequence[Path],
    *,
    date: str | None = None,
    field_map: Mapping[str, str] = {},
    constants: Mapping[str, str] = {},
    people: Sequence[Person] = (),
    countries: Sequence[Country] = (),
    dry_run: bool = False,
) -> ImportReport:
    """Import `files` into the articles folder of `site`.

    `date` is for texts that say none; `constants` are fields that every article
    gets (`section`, `source.name`, …). A file that is there already with the
    same text is skipped; with another text it is a problem.
    """
    problems = Problems()
    resolver, atlas = PeopleResolver(people), Atlas(config.language, countries)
    imported: dict[str, Imported] = {}
    skipped = []
    for candidate in _candidates(files, field_map, problems):
        candidate = _completed(candidate, date, constants, resolver, atlas)
        path = _path(candidate, config, problems)
        if path is None:
            continue
        text = _text(candidate)
        if path in imported:
            path = path.removesuffix(".md") + f"-{len(imported)}.md"
        if (site / path).exists():
            if (site / path).read_text(encoding="utf-8") == text:
                skipped.append(path)
            else:
                problems.add("OU002", "an article of this name is there already", file=path,
                             hint="rename it, or give the new one another headline")
            continue
        back = frontmatter.split(text, file=path, problems=problems)
        if back is None or back.values["title"] != candidate.title:
            problems.add("FM002", "the front matter does not read back as it was written",
                         file=candidate.origin, line=1, column=1)
            continue
        imported[path] = Imported(path, candidate, text)
    if not dry_run:
        for item in imported.values():
            target = site / item.path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("x", encoding="utf-8") as file:
                file.write(item.text)
    return ImportReport(tuple(imported.values()), tuple(skipped), problems)


def _candidates(
    files: Sequence[Path], field_map: Mapping[str, str], problems: Problems
) -> list[Candidate]:
    found: list[Candidate] = []
    for file in files:
        try:
            text = decode(file.read_bytes(), file=file.name, problems=problems)
        except OSError as error:
            problems.add("RD006", f"the file cannot be read: {error.strerror}", file=file.name)
            continue
        if text is None:
            continue
        if file.suffix.lower() == ".csv":
            found += table.read(text, origin=file.name, field_map=field_map, problems=problems)
        elif text.strip():
            found.append(scraped.read(text, origin=file.name))
        else:
            problems.add("MD009", "the file is empty", file=file.name)
    return found


def _completed(
    candidate: Candidate, date: str | None, constants: Mapping[str, str],
    resolver: PeopleResolver, atlas: Atlas,
) -> Candidate:
    proposal = propose(
        f"{candidate.title}\n\n{candidate.summary}\n\n{candidate.body}", resolver, atlas)
    sources = candidate.sources
    name, url = constants.get("source.name", ""), constants.get("source.url", "")
    if name or url:
        first = sources[0] if sources else Source()
        given = msgspec.structs.replace(first, name=name or first.name, url=url or first.url)
        sources = (given, *sources[1:])
    guessed = [*candidate.guessed]
    guessed += [f"{person} may be a person without a record" for person in proposal.unknown_people]
    return msgspec.structs.replace(
        candidate, date=candidate.date or date or "", sources=sources, people=proposal.people,
        countries=proposal.countries, guessed=tuple(guessed),
        fields=tuple((k, v) for k, v in constants.items() if not k.startswith("source.")),
    )


def _path(candidate: Candidate, config: SiteConfig, problems: Problems) -> str | None:
    if not candidate.date:
        problems.add("FM007", "the text says no date", file=candidate.origin,
                     hint="give one: --date 2022-11-29")
        return None
    try:
        day = dates.parse(candidate.date, config.timezone).day
    except ValueError as error:
        problems.add("FM008", str(error), file=candidate.origin, hint="write 2022-11-29")
        return None
    stem = slug(candidate.title)
    if not stem:
        problems.add("FM011", "the headline gives no file name", file=candidate.origin)
        return None
    return f"{config.content.articles}/{day[:4]}/{day[5:7]}/{stem}.md"


def _quoted(text: str) -> str:
    """A YAML double-quoted scalar (YAML 1.2, 7.3.1)."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _text(candidate: Candidate) -> str:
    lines = ["---", f"title: {_quoted(candidate.title)}", f"date: {candidate.date}"]
    if candidate.summary:
        lines.append(f"summary: {_quoted(candidate.summary)}")
    lines += [f"{key}: {_quoted(value)}" for key, value in candidate.fields]
    for key, names in (("people", candidate.people), ("countries", candidate.countries)):
        if names:
            lines += [f"{key}:", *(f"  - {_quoted(name)}" for name in names)]
    if candidate.sources:
        lines.append("source:")
        for source in candidate.sources:
            parts = [(k, v) for k, v in (("name", source.name), ("url", source.url)) if v]
            for index, (key, value) in enumerate(parts):
                lines.append(f"  {'- ' if index == 0 else '  '}{key}: {_quoted(value)}")
    return "\n".join(lines) + "\n---\n" + candidate.body
