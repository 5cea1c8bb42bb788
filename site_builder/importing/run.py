"""Import in two phases: read everything, then write what is new. Nothing is ever overwritten."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from site_builder.config import SiteConfig
from site_builder.importing import dates, detecting, settling
from site_builder.importing.candidates import Candidate, Dropped, Found, RefusedItem
from site_builder.importing.known import Known
from site_builder.importing.media import Media
from site_builder.importing.proving import prove
from site_builder.importing.sources.options import Options
from site_builder.importing.spool import Spool
from site_builder.model import Country, Person, Source
from site_builder.problems import Problem, Problems
from site_builder.reading.body.limits import TimeExceeded, deadline

PROPOSED = frozenset({"text", "table"})
"""Kinds of source that say nothing of people and countries: names are proposed for them."""


class Imported(msgspec.Struct, frozen=True):
    """One article: where it goes (relative to the site), its whole text, and what it was made of.

    `candidate` is without its body.
    """

    path: str
    candidate: Candidate
    text: str = ""


class Skipped(msgspec.Struct, frozen=True):
    """An item of the source that is there already, where, and how that shows."""

    origin: str
    path: str
    reason: str


class ImportReport(msgspec.Struct, frozen=True):
    """What an import did, or would do. `left_over` is the number of items beyond the limit."""

    imported: tuple[Imported, ...]
    skipped: tuple[Skipped, ...]
    problems: Problems
    media: int = 0
    left_over: int = 0


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


def run_import(
    site: Path,
    config: SiteConfig,
    files: Sequence[Path],
    request: Request,
    *,
    people: Sequence[Person] = (),
    countries: Sequence[Country] = (),
    show: Callable[[Imported], None] = lambda item: None,
    progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
) -> ImportReport:
    """Import `files` into the articles folder of `site`.

    An item that cannot be imported is a problem, and the others go on. `show` is told of
    each article with its whole text; the report keeps the text only on a dry run.
    """
    problems = Problems()
    options = Options(
        zone=config.timezone, field_map=request.field_map, permalink=request.permalink,
        base=request.base, max_bytes=config.limits.article_bytes,
    )
    known = Known.of(site, config)
    directory = settling.Directory(request.base)
    complete = _Completer(config, request, people, countries)
    skipped: list[Skipped] = []
    left_over = 0
    with Spool() as spool:
        for kind, found in _found(files, request.kind, options, problems):
            if isinstance(found, Problem):
                problems.extend([found])
                continue
            if request.limit and len(spool) >= request.limit:
                left_over += 1
                continue
            try:
                candidate = complete(found, kind)
                own = [old for a in candidate.addresses if (old := directory.own(a))]
                path, reason = known.same(candidate, own, like=not request.duplicates)
                if path:
                    skipped.append(Skipped(candidate.origin, path, reason))
                    directory.add(candidate, path)
                    continue
                if candidate.id and known.has_id(candidate.id):
                    candidate = msgspec.structs.replace(
                        candidate, id="", guessed=(*candidate.guessed, "another article has its "
                                                   f"id, {candidate.id}: it goes without"))
                path, address = known.place(candidate, request.into)
            except RefusedItem as refused:
                problems.extend([refused.problem(*_where(found))])
                continue
            directory.add(candidate, path)
            spool.put(path, _with_aliases(candidate, path, address, known, directory))
            progress("reading", len(spool), 0)
        media = Media(site, (*request.media, *_own_media(files)))
        imported = list(_written(
            site, config, spool, directory, media, request.dry_run, problems, show, progress))
    copied = 0 if request.dry_run else media.copy()
    return ImportReport(tuple(imported), tuple(skipped), problems, copied, left_over)


def _found(
    files: Sequence[Path], kind: str, options: Options, problems: Problems
) -> Iterator[tuple[str, Found]]:
    """What each source yields, with the source's kind."""
    for file in files:
        which = kind or detecting.kind_of(file)
        if not which:
            problems.add(
                "IM001", "nobody can tell what this folder holds", file=file.name,
                hint=f"say it: --from {'|'.join(detecting.KINDS)}")
            continue
        for found in detecting.reader(which).read(file, options):
            yield which, found


class _Completer:
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


def _where(found: Candidate) -> tuple[str, int]:
    """File and line of a candidate, for a problem."""
    file = found.origin
    if found.line:
        file = file.removesuffix(f":{found.line}")
    return file, found.line


def _with_aliases(
    candidate: Candidate, path: str, address: str, known: Known, directory: settling.Directory
) -> Candidate:
    """Remember the article; of its old addresses those stay that nobody else has."""
    known.add(candidate, path)
    kept: list[str] = []
    dropped: list[Dropped] = []
    for written in dict.fromkeys((*candidate.addresses, candidate.url)):
        old = directory.own(written) if written else ""
        if not old or old in ("/", address, address.rstrip("/")) or old in kept:
            continue
        if not articles_alias(old):
            dropped.append(Dropped(0, old, "an old address that no file can have"))
        elif not known.alias(old, path):
            dropped.append(Dropped(0, old, "an old address that another article has"))
        else:
            kept.append(old)
    if candidate.kind == "page":
        dropped += [Dropped(0, old, f"the page is at {address} now") for old in kept
                    if old.strip("/") != address.strip("/")]
        kept = []
    return msgspec.structs.replace(
        candidate, addresses=tuple(kept), dropped=(*candidate.dropped, *dropped))


def articles_alias(address: str) -> bool:
    """Whether a redirect can stand at an old address on every platform."""
    from site_builder.pages.paths import output_path

    try:
        return bool(output_path(address))
    except ValueError:
        return False


def _written(
    site: Path, config: SiteConfig, spool: Spool, directory: settling.Directory, media: Media,
    dry_run: bool, problems: Problems, show: Callable[[Imported], None],
    progress: Callable[[str, int, int], None],
) -> Iterator[Imported]:
    """Settle, prove and write what was read, one article after the other."""
    for number, (path, candidate) in enumerate(spool, 1):
        progress("writing", number, len(spool))
        try:
            with deadline(config.limits.article_seconds):
                settled = settling.settle(candidate, path, directory, media)
            proven, text = prove(settled, path, config, slug=_slug(settled, path))
            if not dry_run:
                _write(site / path, text)
        except RefusedItem as refused:
            problems.extend([refused.problem(*_where(candidate))])
            continue
        except TimeExceeded:
            problems.extend([RefusedItem(
                "MD004", "its links take longer to find than limits.article_seconds"
            ).problem(*_where(candidate))])
            continue
        item = Imported(path, msgspec.structs.replace(proven, body="", plain=""), text)
        show(item)
        yield item if dry_run else msgspec.structs.replace(item, text="")


def _own_media(files: Sequence[Path]) -> Iterator[Path]:
    """Folders that belong to the sources themselves.

    Not the folder in which a single file happens to lie: a text from outside could name
    what else is in it.
    """
    for file in files:
        if file.is_dir():
            yield file
        else:  # what browsers save beside a page
            yield from (d for end in ("_files", ".files")
                        if (d := file.parent / f"{file.stem}{end}").is_dir())


def _slug(candidate: Candidate, path: str) -> str:
    """A slug for the front matter where the file's name would give another address."""
    from site_builder.reading.slugs import slug

    stem = posixpath.splitext(posixpath.basename(path))[0]
    return stem if slug(stem) != stem or re.match(r"\d{4}-\d{2}-\d{2}", stem) else ""


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise RefusedItem("OU002", "an article of this name is there already",
                          "rename it, or give the new one another headline") from None
