"""What earlier builds knew. It can be deleted, and is never believed blindly.

Every file carries a checksum over its bytes and every fact the digest of what
it was made from; whatever does not fit is made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import mmap
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, Generic, TypeVar

import msgspec

from site_builder.model import Article, Country, FreePage, Person
from site_builder.problems import Problem
from site_builder.reading.scan import SourceFile

FOLDER = ".site-builder"

T = TypeVar("T")
S = TypeVar("S", bound=msgspec.Struct)

_SUM: Final = 16
"""Bytes of a checksum, with which a file begins."""
_MUCH: Final = 1_000_000
_COARSE = 2_000_000_000
_FINE = 50_000_000


def settled(file: SourceFile, looked_ns: int) -> bool:
    """Whether a file that still looks as it did at `looked_ns` is the same for sure.

    One that was written within the clock's grain of that look could have
    changed since without showing it (git calls such an entry racy).
    """
    mtime, ctime = file.mtime_ns, file.ctime_ns
    if mtime < looked_ns - _COARSE > ctime:  # as nearly all are
        return True
    grain = _COARSE if mtime % 1_000_000 == 0 else _FINE
    return max(mtime, ctime) < looked_ns - grain


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


class RowsChange(msgspec.Struct):
    """What is different of `Rows`: their stamp, and the rows of some articles by their places."""

    stamp: str
    articles: dict[int, ArticleRow]


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


class TracesChange(msgspec.Struct):
    """What is different of `Traces`: the rows of some texts."""

    rows: dict[str, tuple[str, msgspec.Raw]]


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


NO_GROUPS: Final = msgspec.Raw(b"\x80")


class Output(msgspec.Struct):
    """What the last build into one output folder made, and from what.

    `inputs` stands for everything but the sources, `sources` for those, `base`
    for what every page shows. `files` gives size and mtime of each file as it
    was written, `assets` the looks of each copied file at `started_ns`. The
    report holds while the clock is between `since` and `until` (seconds since
    1970; 0 stands for ever): then another article is due. `inspected` is what the look at the
    pages gave. `index` stands for what is kept for a build after the edit of a text
    (`build.kept`), and `edited` are the paths of the texts that were edited since that was kept.
    `troubled` are the groups with problems, `later` has the groups that were made
    since the others were written (`OutputChange`).
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
    later: msgspec.Raw = NO_GROUPS
    edited: list[str] = []

    def rows(self) -> list[GroupRow]:
        """The groups; none where another version wrote them in another form.

        A build in which nothing changed leaves them encoded.
        """
        try:
            found = msgspec.msgpack.decode(self.groups, type=dict[str, GroupRow])
            found |= msgspec.msgpack.decode(self.later, type=dict[str, GroupRow])
            return list(found.values())
        except msgspec.MsgspecError:
            return []

    def encoded_rows(self) -> dict[str, msgspec.Raw]:
        """The groups by their ids, each still encoded."""
        found = msgspec.msgpack.decode(self.groups, type=dict[str, msgspec.Raw])
        return found | msgspec.msgpack.decode(self.later, type=dict[str, msgspec.Raw])

    def keep_rows(self, rows: Iterable[GroupRow]) -> None:
        """Remember the groups."""
        by_id = {row.id: row for row in rows}
        self.groups, self.later = msgspec.Raw(msgspec.msgpack.encode(by_id)), NO_GROUPS
        self.troubled = [id for id, row in by_id.items() if row.problems]


class OutputChange(msgspec.Struct):
    """What is different of an `Output`: all but `groups` and `files`, of which those are told
    that are new or others; `gone` are the files that are no more.
    """

    output: Output
    gone: list[str]


def save(path: Path, value: msgspec.Struct) -> None:
    """Write a checksummed file in one step; a cache that cannot be written is no fault."""
    data = msgspec.msgpack.encode(value)
    waiting = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with waiting.open("wb") as file, _summing(memoryview(data)) as sum_of:
            file.seek(_SUM)
            file.write(data)
            file.seek(0)
            file.write(sum_of())
        waiting.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            waiting.unlink()


def load(path: Path, kind: type[S]) -> S | None:
    """Read a file that `save` wrote; None when it is missing, damaged or of another version."""
    found = load_summed(path, kind)
    return found[0] if found is not None else None


def load_summed(path: Path, kind: type[S]) -> tuple[S, bytes] | None:
    """As `load`, with the checksum of what the file holds."""
    try:
        data = seen(path)
    except OSError:
        return None
    body = data[_SUM:]
    with _summing(body) as sum_of:
        try:
            found = msgspec.msgpack.decode(body, type=kind)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None
        sum_ = sum_of()
        return (found, sum_) if sum_ == data[:_SUM] else None


def seen(path: Path) -> memoryview:
    """The bytes of a file that is only ever replaced as a whole. Raises `OSError`.

    Large ones are not copied into memory of this process, which takes as long as decoding them.
    Windows would not let such a file be replaced while somebody looks at it.
    """
    with path.open("rb") as file:
        if os.name == "posix" and os.fstat(file.fileno()).st_size >= _MUCH:
            with contextlib.suppress(OSError):  # not all file systems know how
                return memoryview(mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ))
        return memoryview(file.read())


@contextlib.contextmanager
def _summing(data: memoryview) -> Iterator[Callable[[], bytes]]:
    """Gives what gives the checksum, which a thread works out meanwhile if that takes a while."""
    if len(data) < _MUCH:
        yield lambda: _sum(data)
        return
    found: list[bytes] = []
    thread = threading.Thread(target=lambda: found.append(_sum(data)))
    thread.start()
    try:
        def sum_of() -> bytes:
            thread.join()
            return found[0]

        yield sum_of
    finally:
        thread.join()  # a process that forks should have no threads


def _sum(data: memoryview) -> bytes:
    return hashlib.sha256(data).digest()[:_SUM]  # in hardware, where blake2b is not
