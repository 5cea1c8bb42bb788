"""Reading every source of a site: what is unchanged comes from the cache."""

from __future__ import annotations

import functools
import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from site_builder import cache
from site_builder.build.readings import Reading, read_part
from site_builder.build.workers import CHUNK, Workers
from site_builder.cache import ArticleRow, Library, Row, Rows, RowsChange
from site_builder.cache.packs import Store
from site_builder.cache.since import Since
from site_builder.config import SiteConfig
from site_builder.indexing.shelf import Lazy, Scroll
from site_builder.model import Article, Country, Detail, FreePage, Person
from site_builder.problems import Problem, Problems, Severity
from site_builder.reading.scan import Listing, SourceFile

KINDS: dict[str, Any] = {
    "articles": Article, "people": Person, "countries": Country, "pages": FreePage
}

FEW = 50
"""Of so many edited articles the old texts are kept: a build that knows them has less to do."""

AnyRow = ArticleRow | Row[Any]
R = TypeVar("R", ArticleRow, Row[Person], Row[Country], Row[FreePage])
T = TypeVar("T", Person, Country, FreePage)

Progress = Callable[[str, int, int], None]
Few = Callable[[Rows, Sequence[int]], None]


class Sources:
    """The records of a whole site, each kind in the order of its paths.

    `digest` stands for the content of every file. `slowest` holds (seconds, path) of
    the articles that took longest to read. `details` holds the bodies of articles.
    Where nothing changed the records are decoded when they are asked for.

    `before` is the digest of what the last reading knew, and `edits` are the articles
    that differ from it, old and new; None where anything else does, or could not be read.
    `bodies` has the old text of each, where those are few.
    """

    def __init__(
        self, rows: Callable[[], Rows], digest: str, details: Store[Detail],
        slowest: Sequence[tuple[float, str]] = (),
    ) -> None:
        self._decoded, self.digest, self.details = rows, digest, details
        self.slowest = list(slowest)
        self.before = ""
        self.edits: list[tuple[Article, Article]] | None = None
        self.bodies: dict[str, str] = {}

    @functools.cached_property
    def rows(self) -> Rows:
        """All that reading gave."""
        return self._decoded()

    @functools.cached_property
    def articles(self) -> list[Article]:
        """Every article that could be read."""
        found = [row.article() for row in self.rows.articles]
        return [article for article in found if article is not None]

    @functools.cached_property
    def by_path(self) -> Mapping[str, Article]:
        """Every article by its path, decoded when it is asked for. Raises `KeyError`."""
        rows = {row.file.path: row for row in self.rows.articles}

        def article(path: str) -> Article:
            found = rows[path].article()
            if found is None:
                raise KeyError(path)
            return found

        return Lazy(rows, article)

    def pack(self) -> None:
        """Put all articles into one piece of memory, for processes that fork to share.

        Afterwards only `by_path` and the records of other kinds are there.
        """
        places = {row.file.path: place for place, row in enumerate(self.rows.articles)}
        scroll = Scroll.of(row.record for row in self.rows.articles)
        _ = self.people, self.countries, self.pages  # decoded now
        decode = msgspec.msgpack.Decoder(Article | None).decode

        def article(path: str) -> Article:
            found: Article | None = decode(scroll[places[path]])
            if found is None:
                raise KeyError(path)
            return found

        self.__dict__["by_path"] = Lazy(places, article)
        self._decoded = Rows
        self.__dict__.pop("rows")
        self.__dict__.pop("articles", None)

    @property
    def number(self) -> int:
        """How many articles there are."""
        return len(self.rows.articles)

    @functools.cached_property
    def people(self) -> list[Person]:
        """Every person's record."""
        return [row.record for row in self.rows.people if row.record is not None]

    @functools.cached_property
    def countries(self) -> list[Country]:
        """Every country's record."""
        return [row.record for row in self.rows.countries if row.record is not None]

    @functools.cached_property
    def pages(self) -> list[FreePage]:
        """Every free page."""
        return [row.record for row in self.rows.pages if row.record is not None]

    def problems(self) -> Iterator[Problem]:
        """What reading found wrong, now or in an earlier build."""
        rows: Iterator[AnyRow] = chain(
            self.rows.articles, self.rows.people, self.rows.countries, self.rows.pages)
        for row in rows:
            yield from row.problems


def library_path(site: Path) -> Path:
    """Where the records of a site are kept."""
    return site / cache.FOLDER / "library.msgpack"


def rows_path(site: Path) -> Path:
    """Where what reading gave is kept, beside the library that it belongs to."""
    return library_path(site).with_suffix(".rows")


class KeptRows:
    """The rows that belong to a library; of edited texts only what is different is written.

    `rows` is None where they are damaged or another one's.
    """

    def __init__(self, site: Path, library: Library) -> None:
        self._kept = Since(rows_path(site), Rows, RowsChange)
        self._changed: dict[int, ArticleRow] = {}
        self.rows: Rows | None = None
        found = self._kept.load()
        if found is None:
            return
        rows, change = found
        if rows.stamp == library.stamp:
            self.rows = rows
        elif change is not None and change.stamp == library.stamp:
            self.rows, self._changed = rows, change.articles
            for place, row in change.articles.items():
                rows.articles[place] = row
            rows.stamp = change.stamp

    def keep(self, rows: Rows) -> None:
        """Keep these for the next reading."""
        was = self.rows
        if was is not None and len(was.articles) == len(rows.articles) and all(
                getattr(was, kind) == getattr(rows, kind) for kind in KINDS if kind != "articles"):
            changed = {place: row for place, (row, old) in enumerate(
                zip(rows.articles, was.articles, strict=True)) if row is not old}
            if self._kept.save_change(RowsChange(rows.stamp, self._changed | changed)):
                return
        self._kept.save(rows)


def kept_rows(site: Path, library: Library) -> Rows | None:
    """The rows of a library; None where they are damaged or another one's."""
    return KeptRows(site, library).rows


def details(site: Path) -> Store[Detail]:
    """Where the bodies of a site's articles are kept, under their page digests."""
    return Store(site / cache.FOLDER / "details.pack", Detail)


def read_all(
    site: Path,
    config: SiteConfig,
    generation: str,
    workers: Workers,
    problems: Problems,
    *,
    keep: bool = True,
    kinds: Sequence[str] = tuple(KINDS),
    progress: Progress = lambda stage, done, total: None,
    listing: Listing | None = None,
    few: Few = lambda rows, places: None,
) -> Sources:
    """Read every source; `keep` writes the cache, `listing` may know the files.

    `few` is told what earlier builds read, and the places of the articles of which there is
    another file now, before any is read: if they are few and none was added or taken away.

    What reading finds wrong is in `Sources.problems`, and for unchanged files, too;
    what listing the files finds wrong is added to `problems`.
    """
    started = time.time_ns()
    path = library_path(site)
    known = cache.load(path, Library)
    if known is None or known.generation != generation:
        known = Library(generation, 0)
    store = details(site)
    folders = {
        "articles": config.content.articles, "people": config.content.people,
        "countries": config.content.countries, "pages": config.content.pages,
    }
    listing = listing or Listing(site, problems)
    files = {
        kind: _records(kind, folder, listing.texts(folder), problems)
        if kind in kinds else [] for kind, folder in folders.items()
    }
    if known.looks == files and all(
            cache.settled(file, known.started_ns) for found in files.values() for file in found):
        def decoded() -> Rows:
            if (rows := kept_rows(site, known)) is not None:
                return rows
            path.unlink(missing_ok=True)  # the rows are damaged: everything is read anew
            return read_all(site, config, generation, workers, problems, keep=keep, kinds=kinds,
                            progress=progress, listing=listing).rows

        return Sources(decoded, known.digest, store)
    reader = _Reader(site, config, known, workers, store if keep else None, progress, few)
    rows = Rows(
        articles=reader.read("articles", files["articles"], _encoded),
        people=reader.read("people", files["people"], _decoded(Person)),
        countries=reader.read("countries", files["countries"], _decoded(Country)),
        pages=reader.read("pages", files["pages"], _decoded(FreePage)))
    hasher = hashlib.blake2b(digest_size=16)
    for kind in files:
        found: list[AnyRow] = getattr(rows, kind)
        hasher.update("\0".join([kind, *(f"{r.file.path}\0{r.key}" for r in found)]).encode())
    if keep and reader.touched:
        store.forget(reader.gone)
        store.commit()
        library = Library(generation, started, files, hasher.hexdigest())
        rows.stamp = library.stamp
        reader.kept.keep(rows)
        cache.save(path, library)
    sources = Sources(
        lambda: rows, hasher.hexdigest(), store, sorted(reader.seconds, reverse=True)[:10])
    sources.before, sources.edits, sources.bodies = known.digest, reader.edits, reader.bodies
    return sources


def _records(
    kind: str, folder: str, found: list[SourceFile], problems: Problems
) -> list[SourceFile]:
    """Without the pages that another generator keeps for a folder itself (Hugo's `_index.md`)."""
    kept = []
    top = f"{folder.strip('/')}/_index.md"
    for file in found:
        if file.path == top or (kind == "articles" and file.path.endswith("/_index.md")):
            problems.add(
                "RD007", "a page about the folder is left out", file=file.path, line=1, column=1,
                severity=Severity.NOTE, hint="rename it if it is an article",
            )
        else:
            kept.append(file)
    return kept


def _encoded(file: SourceFile, reading: Reading) -> ArticleRow:
    # a copy: else all that its worker gave back, bodies too, would stay in memory with it
    return ArticleRow(file, reading.key, reading.record.copy(), reading.problems)


def _decoded(kind: type[T]) -> Callable[[SourceFile, Reading], Row[T]]:
    decoder = msgspec.msgpack.Decoder(kind | None)
    return lambda file, reading: Row(
        file, reading.key, decoder.decode(reading.record), reading.problems)


class _Reader:
    def __init__(
        self, site: Path, config: SiteConfig, known: Library, workers: Workers,
        store: Store[Detail] | None, progress: Progress,
        few: Few,
    ) -> None:
        self.site, self.config, self.known, self._few = site, config, known, few
        self.kept = KeptRows(site, known)
        self._rows = self.kept.rows or Rows()
        self.workers, self.store, self.progress = workers, store, progress
        self.touched = False
        self.edits: list[tuple[Article, Article]] | None = []
        self.bodies: dict[str, str] = {}
        self.seconds: list[tuple[float, str]] = []
        self.gone: list[str] = []

    def read(
        self, kind: str, found: list[SourceFile], row_of: Callable[[SourceFile, Reading], R]
    ) -> list[R]:
        """The rows of all files of one kind, in the order of their paths."""
        kept: list[R] = getattr(self._rows, kind)
        before: list[R | None] = list(kept)
        if [row.file.path for row in kept] != [file.path for file in found]:
            known = {row.file.path: row for row in kept}
            before = [known.pop(file.path, None) for file in found]
            self.touched, self.edits = True, None
            if kind == "articles":
                self.gone = list(known)
        rows = before.copy()
        todo: list[tuple[int, SourceFile, str]] = []
        for place, (row, file) in enumerate(zip(before, found, strict=True)):
            if row is None or not self.known.trusts(row.file, file):
                rows[place] = None
                todo.append((place, file, row.key if row else ""))
                self.touched = True
        if kind == "articles" and self.edits is not None and 0 < len(todo) <= FEW:
            self._few(self._rows, [place for place, _, _ in todo])
        for (place, file, _), reading in zip(todo, self._readings(kind, todo), strict=True):
            old = before[place]
            if reading.same and old is not None:
                rows[place] = msgspec.structs.replace(old, file=file)
                continue
            row = rows[place] = row_of(file, reading)
            self.seconds.append((reading.seconds, file.path))
            if self.edits is not None:
                self._note(old, row, len(todo) <= FEW)
            if self.store and reading.digest:
                self.store.put(file.path, reading.digest, reading.detail)
        return [row for row in rows if row is not None]

    def _note(self, old: AnyRow | None, new: AnyRow, keep_body: bool) -> None:
        assert self.edits is not None
        before, after = (
            row.article() if isinstance(row, ArticleRow) and not row.problems else None
            for row in (old, new))
        if before is None or after is None:
            self.edits = None
            return
        self.edits.append((before, after))
        body = self.store.get(before.path, before.page_digest) \
            if keep_body and self.store else None
        if body is not None:
            self.bodies[before.path] = body.html

    def _readings(
        self, kind: str, todo: Sequence[tuple[int, SourceFile, str]]
    ) -> Iterator[Reading]:
        parts = [
            [(file.path, key) for _, file, key in todo[i : i + CHUNK]]
            for i in range(0, len(todo), CHUNK)
        ]
        work = partial(read_part, str(self.site), self.config, self.known.generation, kind)
        decoder = msgspec.msgpack.Decoder(list[Reading])
        done = 0
        for answer in self.workers.map(work, parts, size=len(todo)):
            readings = decoder.decode(answer)
            done += len(readings)
            self.progress("reading", done, len(todo))
            yield from readings
