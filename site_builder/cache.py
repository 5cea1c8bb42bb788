"""What earlier builds knew. It can be deleted, and is never believed blindly.

Every file carries a checksum over its bytes and every fact the digest of what
it was made from; whatever does not fit is made anew.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from site_builder.model import Article, Country, FreePage, Person, Trace
from site_builder.problems import Problem
from site_builder.reading.scan import SourceFile

FOLDER = ".site-builder"

T = TypeVar("T")
S = TypeVar("S", bound=msgspec.Struct)

_COARSE = 2_000_000_000
_FINE = 50_000_000


def settled(file: SourceFile, looked_ns: int) -> bool:
    """Whether a file that still looks as it did at `looked_ns` is the same for sure.

    One that was written within the clock's grain of that look could have
    changed since without showing it (git calls such an entry racy).
    """
    grain = _COARSE if file.mtime_ns % 1_000_000 == 0 else _FINE
    return max(file.mtime_ns, file.ctime_ns) < looked_ns - grain


class Row(msgspec.Struct, Generic[T], array_like=True, gc=False):
    """One source file, the key of its content, and what reading it gave."""

    file: SourceFile
    key: str
    record: T | None
    problems: tuple[Problem, ...] = ()


class Library(msgspec.Struct):
    """All source files as the last build found them; `started_ns` is when it began to look."""

    generation: str
    started_ns: int
    articles: list[Row[Article]] = []
    people: list[Row[Person]] = []
    countries: list[Row[Country]] = []
    pages: list[Row[FreePage]] = []

    def trusts(self, row: Row[Any], found: SourceFile) -> bool:
        """Whether a file is surely the one that was read, by its looks alone."""
        return row.file == found and settled(found, self.started_ns)


class Traces(msgspec.Struct):
    """What was found in each article's text: path → (key of the reading, summary).

    `people` are the records that were looked for: id → (digest, all forms).
    """

    mark: str
    people: dict[str, tuple[str, frozenset[str]]] = {}
    rows: dict[str, tuple[str, Trace]] = {}


class PageRow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One page of a group: its key covers all that its bytes are made of."""

    path: str
    url: str
    template: str
    key: str
    owner: str
    line: int = 0
    lastmod: str = ""


class GroupRow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Pages that are planned together, the problems that planning found, the media they use."""

    id: str
    fingerprint: str
    pages: tuple[PageRow, ...]
    media: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class Output(msgspec.Struct):
    """What the last build into one output folder made, and from what.

    `inputs` stands for everything but the sources, `sources` for those, `base`
    for what every page shows. `files` gives size and mtime of each file as it
    was written, `assets` the looks of each copied file at `started_ns`. The
    report holds while the clock is between `since` and `until` (seconds since
    1970; 0 stands for ever): then another article is due.
    """

    inputs: str
    sources: str
    base: str
    started_ns: int
    since: int
    until: int
    templates: dict[str, str]
    groups: list[GroupRow]
    files: dict[str, tuple[int, int]]
    assets: dict[str, SourceFile]
    alike: tuple[str, list[tuple[str, str, float]]]
    report: msgspec.Raw


def save(path: Path, value: msgspec.Struct) -> None:
    """Write a checksummed file in one step; a cache that cannot be written is no fault."""
    data = msgspec.msgpack.encode(value)
    waiting = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with waiting.open("wb") as file:
            file.write(_sum(data))
            file.write(data)
        waiting.replace(path)
    except OSError:
        waiting.unlink(missing_ok=True)


def load(path: Path, kind: type[S]) -> S | None:
    """Read a file that `save` wrote; None when it is missing, damaged or of another version."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    if _sum(data[16:]) != data[:16]:
        return None
    try:
        return msgspec.msgpack.decode(memoryview(data)[16:], type=kind)
    except (msgspec.MsgspecError, ValueError):
        return None


def _sum(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


class Store(Generic[T]):
    """What belongs to each article, in one SQLite file. Any fault empties it.

    Processes each open it for themselves: a connection must not cross a fork.
    """

    def __init__(self, path: Path, kind: type[T]) -> None:
        self._path, self._kind = path, kind
        self._db: sqlite3.Connection | None = None
        self._pid = 0
        self._begun = False

    def _open(self) -> sqlite3.Connection | None:
        if self._pid == os.getpid():
            return self._db
        self._pid, self._db = os.getpid(), None
        for _ in range(2):
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                db = sqlite3.connect(self._path, isolation_level=None)
                db.execute("PRAGMA journal_mode = OFF")  # a torn file fails its checksums
                db.execute("PRAGMA synchronous = OFF")
                db.execute(
                    "CREATE TABLE IF NOT EXISTS details"
                    " (path TEXT PRIMARY KEY, digest TEXT, sum BLOB, data BLOB)"
                )
                db.execute("SELECT path, digest, sum, data FROM details LIMIT 1").fetchone()
                self._db = db
                break
            except (sqlite3.Error, OSError):
                try:
                    self._path.unlink(missing_ok=True)
                except OSError:
                    break
        return self._db

    def get(self, path: str, digest: str) -> T | None:
        """What was kept for `path` under exactly this digest, or None."""
        db = self._open()
        if db is None:
            return None
        try:
            row = db.execute(
                "SELECT sum, data FROM details WHERE path = ? AND digest = ?",
                (path, digest),
            ).fetchone()
            if row is None or row[0] != _sum(row[1]):
                return None
            return msgspec.msgpack.decode(row[1], type=self._kind)
        except (sqlite3.Error, msgspec.MsgspecError, TypeError):
            return None

    def put(self, path: str, digest: str, data: bytes) -> None:
        """Keep an encoded value, until `commit`."""
        self._change("INSERT OR REPLACE INTO details VALUES (?, ?, ?, ?)",
                     (path, digest, _sum(data), data))

    def forget(self, paths: Iterable[str]) -> None:
        """Drop what is gone, at `commit`."""
        for path in paths:
            self._change("DELETE FROM details WHERE path = ?", (path,))

    def commit(self) -> None:
        """End a set of changes and close the file."""
        if self._begun:
            self._begun = False
            self._run("COMMIT")
        self.close()

    def _change(self, statement: str, values: tuple[Any, ...]) -> None:
        if not self._begun:
            self._begun = True
            self._run("BEGIN")
        self._run(statement, values)

    def _run(self, statement: str, values: tuple[Any, ...] = ()) -> None:
        db = self._open()
        try:
            if db is not None:
                db.execute(statement, values)
        except sqlite3.Error:
            self.close()
            self._pid = os.getpid()  # and stays closed: nothing more is kept in this run

    def close(self) -> None:
        """Close the file in this process."""
        if self._db is not None and self._pid == os.getpid():
            self._db.close()
        self._db, self._pid = None, 0
