"""What earlier builds knew. It can be deleted, and is never believed blindly.

Every file carries a checksum over its bytes and every fact the digest of what
it was made from; whatever does not fit is made anew.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Generic, TypeVar

import msgspec

from site_builder.model import Article, Country, FreePage, Person
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


_ARTICLE: Final = msgspec.msgpack.Decoder(Article | None)


class ArticleRow(msgspec.Struct, array_like=True, gc=False):
    """An article's file, as a `Row`; its record stays encoded until somebody asks for it."""

    file: SourceFile
    key: str
    record: msgspec.Raw
    problems: tuple[Problem, ...] = ()

    def article(self) -> Article | None:
        """The record, decoded anew; None where the file gave none."""
        found: Article | None = _ARTICLE.decode(self.record)
        return found


class Rows(msgspec.Struct):
    """What reading every source file gave, each kind in the order of its paths.

    `stamp` stands for the library that they belong to.
    """

    articles: list[ArticleRow] = []
    people: list[Row[Person]] = []
    countries: list[Row[Country]] = []
    pages: list[Row[FreePage]] = []
    stamp: str = ""


class Library(msgspec.Struct):
    """All source files as the last build found them; `started_ns` is when it began to look.

    `looks` are those of every file, by kind, and `digest` stands for their content:
    a build in which nothing changed needs no more, and leaves the `Rows` on the disk.
    """

    generation: str
    started_ns: int
    looks: dict[str, list[SourceFile]] = {}
    digest: str = ""

    @property
    def stamp(self) -> str:
        """What the rows that belong to it are stamped with."""
        return f"{self.generation} {self.digest}"

    def trusts(self, looks: SourceFile, found: SourceFile) -> bool:
        """Whether a file is surely the one that was read, by its looks alone."""
        return looks == found and settled(found, self.started_ns)


class Traces(msgspec.Struct):
    """What was found in each article's text: path → (key of the reading, summary, encoded).

    `people` are the records that were looked for: id → (digest, all forms).
    """

    mark: str
    people: dict[str, tuple[str, frozenset[str]]] = {}
    rows: dict[str, tuple[str, msgspec.Raw]] = {}


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
    """Pages that are planned together, the problems that planning found, the media they use.

    `told` are links that a problem names already, `soft` others that content holds, as
    `publishing.inspecting.Origin` has them.
    """

    id: str
    fingerprint: str
    pages: tuple[PageRow, ...]
    media: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    told: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()


class Output(msgspec.Struct):
    """What the last build into one output folder made, and from what.

    `inputs` stands for everything but the sources, `sources` for those, `base`
    for what every page shows. `files` gives size and mtime of each file as it
    was written, `assets` the looks of each copied file at `started_ns`. The
    report holds while the clock is between `since` and `until` (seconds since
    1970; 0 stands for ever): then another article is due. `inspected` is what the look at the
    pages gave. `index` stands for what is kept for a build after the edit of a text
    (`build.kept`), `troubled` are the groups with problems.
    """

    inputs: str
    sources: str
    base: str
    started_ns: int
    since: int
    until: int
    templates: dict[str, str]
    groups: msgspec.Raw
    files: dict[str, tuple[int, int]]
    assets: dict[str, SourceFile]
    alike: tuple[str, list[tuple[str, str, float]]]
    report: msgspec.Raw
    base_path: str = ""
    inspected: msgspec.Raw = msgspec.Raw(b"\xc0")
    index: str = ""
    troubled: list[str] = []

    def rows(self) -> list[GroupRow]:
        """The groups; none where another version wrote them in another form.

        A build in which nothing changed leaves them encoded.
        """
        try:
            return list(msgspec.msgpack.decode(self.groups, type=dict[str, GroupRow]).values())
        except msgspec.MsgspecError:
            return []

    def encoded_rows(self) -> dict[str, msgspec.Raw]:
        """The groups by their ids, each still encoded."""
        return msgspec.msgpack.decode(self.groups, type=dict[str, msgspec.Raw])

    def keep_rows(self, rows: Iterable[GroupRow]) -> None:
        """Remember the groups."""
        by_id = {row.id: row for row in rows}
        self.groups = msgspec.Raw(msgspec.msgpack.encode(by_id))
        self.troubled = [id for id, row in by_id.items() if row.problems]


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
    return hashlib.sha256(data).digest()[:16]  # in hardware, where blake2b is not


class _Index(msgspec.Struct):
    """Which pack it belongs to, how far that was written, and where each value lies in it.

    `places` are path → (digest, offset, size, checksum).
    """

    pack: bytes
    end: int
    places: dict[str, tuple[str, int, int, int]] = {}


_HEAD: Final = 16
_BUFFER: Final = 1 << 20


class Store(Generic[T]):
    """What belongs to each article: values one after the other in a pack, and an index.

    A value is written at the end and never again; the space of those that were
    replaced or dropped is taken back when it is more than half. A fault is a
    value that is not there: every value has a checksum, and an index that is
    not the pack's counts for nothing. So two builds at once may lose values,
    and never give a wrong one.
    """

    def __init__(self, path: Path, kind: type[T]) -> None:
        self._path = path
        self._decoder = msgspec.msgpack.Decoder(kind)
        self._index: _Index | None = None
        self._handle = -1
        self._waiting: list[bytes] = []
        self._size = 0
        self._changed = False

    def _open(self) -> _Index:
        if self._index is None:
            found = load(self._path.with_suffix(".index"), _Index)
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
                pack = os.pread(self._handle, _HEAD, 0)
                if found is None or not found.pack or found.pack != pack \
                        or os.fstat(self._handle).st_size < found.end:
                    found = self._begun_anew()
            except OSError:
                self._handle = -1
            self._index = found if found is not None else _Index(b"", _HEAD)
        return self._index

    def _begun_anew(self) -> _Index:
        # under another name first: a process that has the old one open goes on with it
        if self._handle >= 0:
            os.close(self._handle)
        waiting = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        self._handle = os.open(waiting, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o666)
        head = os.urandom(_HEAD)
        os.pwrite(self._handle, head, 0)
        waiting.replace(self._path)
        return _Index(head, _HEAD)

    def ready(self) -> None:
        """Read the index now: before a fork, so that no worker has to."""
        self._open()
        self._flush()

    def get(self, path: str, digest: str) -> T | None:
        """What was kept for `path` under exactly this digest, or None."""
        place = self._open().places.get(path)
        if place is None or place[0] != digest or self._handle < 0:
            return None
        self._flush()
        try:
            data = os.pread(self._handle, place[2], place[1])
            return self._decoder.decode(data) if zlib.crc32(data) == place[3] else None
        except (OSError, msgspec.MsgspecError):
            return None

    def put(self, path: str, digest: str, data: bytes) -> None:
        """Keep an encoded value, until `commit`."""
        index = self._open()
        index.places[path] = (digest, index.end, len(data), zlib.crc32(data))
        index.end += len(data)
        self._waiting.append(data)
        self._size += len(data)
        self._changed = True
        if self._size > _BUFFER:
            self._flush()

    def forget(self, paths: Iterable[str]) -> None:
        """Drop what is gone, at `commit`."""
        index = self._open()
        for path in paths:
            self._changed |= index.places.pop(path, None) is not None

    def commit(self) -> None:
        """End a set of changes."""
        if not self._changed:
            return
        self._changed = False
        self._flush()
        index = self._open()
        live = sum(place[2] for place in index.places.values())
        if index.end - _HEAD > 2 * live + _BUFFER:
            self._compact(index)
        if self._handle >= 0:
            save(self._path.with_suffix(".index"), index)

    def _flush(self) -> None:
        if not self._waiting:
            return
        data = b"".join(self._waiting)
        self._waiting.clear()
        self._size = 0
        index = self._open()
        try:
            if self._handle >= 0:
                rest, at = memoryview(data), index.end - len(data)
                while rest:
                    written = os.pwrite(self._handle, rest, at)
                    rest, at = rest[written:], at + written
        except OSError:  # nothing more is kept in this run
            self._handle = -1

    def _compact(self, index: _Index) -> None:
        old, places = self._handle, sorted(index.places.items(), key=lambda item: item[1][1])
        try:
            self._handle = -1
            new = self._begun_anew()
            for path, (digest, offset, size, sum_) in places:
                os.pwrite(self._handle, os.pread(old, size, offset), new.end)
                new.places[path] = (digest, new.end, size, sum_)
                new.end += size
            self._index = new
            index.pack, index.end, index.places = new.pack, new.end, new.places
        except OSError:
            self._handle = -1
        finally:
            os.close(old)

    def close(self) -> None:
        """Close the file in this process, without what was not committed."""
        if self._handle >= 0:
            os.close(self._handle)
        self._index, self._handle = None, -1
        self._waiting.clear()
        self._size = 0
