"""Many values in one file, each found by its path: bodies, what was found in texts, records.

An archive of a hundred thousand articles has as many values of each kind. Their index is a
few flat columns, so that to read it costs next to nothing, and processes that fork share it.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final, Generic, TypeVar

import msgspec

from site_builder.cache import load, save

T = TypeVar("T")

_HEAD: Final = 16
_BUFFER: Final = 1 << 20
_COLUMNS: Final = "QQQII"


class _Index(msgspec.Struct):
    """Which pack it belongs to, how far that was written, and where each value lies in it.

    A value has a place in each column: the number of its path (ascending), that of its digest,
    offset, size, checksum.
    """

    pack: bytes
    end: int
    columns: tuple[bytes, bytes, bytes, bytes, bytes] = (b"", b"", b"", b"", b"")


def number(text: str) -> int:
    """What stands for a name where a name would be too long."""
    # two names of one number take the same place, where the digest tells them apart
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


class _Places:
    """Where values lie: the columns of an index, and what was added since they were sorted."""

    def __init__(self, columns: Iterable[bytes] = (b"",) * len(_COLUMNS)) -> None:
        self.columns = tuple(array(code) for code in _COLUMNS)
        for column, data in zip(self.columns, columns, strict=True):
            column.frombytes(data)
        if len({len(column) for column in self.columns}) > 1:
            raise ValueError("the columns of an index are of one length")
        self._sorted = len(self.columns[0])
        self._added: dict[int, int] = {}

    def find(self, key: int) -> int:
        """The place of a path's value, or -1."""
        keys = self.columns[0]
        place = bisect_left(keys, key, 0, self._sorted)
        if place < self._sorted and keys[place] == key:
            return place
        return self._added.get(key, -1)

    def put(self, key: int, *values: int) -> None:
        place = self.find(key)
        if place < 0:
            self._added[key] = len(self.columns[0])
            for column, value in zip(self.columns, (key, *values), strict=True):
                column.append(value)
        else:
            for column, value in zip(self.columns[1:], values, strict=True):
                column[place] = value

    def sort(self, without: Collection[int] = ()) -> None:
        """Bring what was added into order, `without` these numbers."""
        if not self._added and not without:
            return
        keys = self.columns[0]
        order = sorted([place for place, key in enumerate(keys) if key not in without],
                       key=keys.__getitem__)
        self.columns = tuple(
            array(column.typecode, [column[place] for place in order]) for column in self.columns)
        self._sorted, self._added = len(order), {}

    def __len__(self) -> int:
        return len(self.columns[0])


class Store(Generic[T]):
    """Values one after the other in a pack, and an index: one for each path.

    A value is written at the end and never again; the space of those that were
    replaced or dropped is taken back when it is more than half. A fault is a
    value that is not there: every value has a checksum, and an index that is
    not the pack's counts for nothing. So two builds at once may lose values,
    and never give a wrong one.
    """

    def __init__(self, path: Path, kind: type[T]) -> None:
        self._path = path
        self._decoder = msgspec.msgpack.Decoder(kind)
        self._places: _Places | None = None
        self._pack, self._end = b"", _HEAD
        self._handle = -1
        self._waiting: list[bytes] = []
        self._size = 0
        self._changed = False

    def _open(self) -> _Places:
        if self._places is None:
            self._places = _Places()
            found = load(self._path.with_suffix(".index"), _Index)
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
                pack = os.pread(self._handle, _HEAD, 0)
                if found is not None and found.pack and found.pack == pack \
                        and os.fstat(self._handle).st_size >= found.end:
                    self._places = _Places(found.columns)
                    self._pack, self._end = found.pack, found.end
                else:
                    self._begin_anew()
            except (OSError, ValueError):
                self._handle = -1
        return self._places

    def _begin_anew(self) -> None:
        # under another name first: a process that has the old one open goes on with it
        if self._handle >= 0:
            os.close(self._handle)
        waiting = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        self._handle = os.open(waiting, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o666)
        self._pack, self._end = os.urandom(_HEAD), _HEAD
        os.pwrite(self._handle, self._pack, 0)
        waiting.replace(self._path)

    def ready(self) -> None:
        """Read the index now: before a fork, so that no worker has to."""
        self._open()
        self._flush()

    def get(self, path: str, digest: str) -> T | None:
        """What was kept for `path` under exactly this digest, or None."""
        places = self._open()
        place = places.find(number(path))
        if place < 0 or self._handle < 0:
            return None
        _, marks, offsets, sizes, sums = places.columns
        if marks[place] != number(digest):
            return None
        self._flush()
        try:
            data = os.pread(self._handle, sizes[place], offsets[place])
            return self._decoder.decode(data) if zlib.crc32(data) == sums[place] else None
        except (OSError, msgspec.MsgspecError):
            return None

    def put(self, path: str, digest: str, data: bytes) -> None:
        """Keep an encoded value, until `commit`."""
        places = self._open()
        places.put(number(path), number(digest), self._end, len(data), zlib.crc32(data))
        self._end += len(data)
        self._waiting.append(data)
        self._size += len(data)
        self._changed = True
        if self._size > _BUFFER:
            self._flush()

    def forget(self, paths: Iterable[str]) -> None:
        """Drop what is gone, at `commit`."""
        places = self._open()
        gone = {key for key in map(number, paths) if places.find(key) >= 0}
        if gone:
            self._changed = True
            places.sort(without=gone)

    def commit(self) -> None:
        """End a set of changes."""
        if not self._changed:
            return
        self._changed = False
        self._flush()
        places = self._open()
        places.sort()
        if self._end - _HEAD > 2 * sum(places.columns[3]) + _BUFFER:
            self._compact(places)
        if self._handle >= 0:
            keys, marks, offsets, sizes, sums = (c.tobytes() for c in places.columns)
            save(self._path.with_suffix(".index"), _Index(
                self._pack, self._end, (keys, marks, offsets, sizes, sums)))

    def _flush(self) -> None:
        if not self._waiting:
            return
        data = b"".join(self._waiting)
        self._waiting.clear()
        self._size = 0
        try:
            if self._handle >= 0:
                rest, at = memoryview(data), self._end - len(data)
                while rest:
                    written = os.pwrite(self._handle, rest, at)
                    rest, at = rest[written:], at + written
        except OSError:  # nothing more is kept in this run
            self._handle = -1

    def _compact(self, places: _Places) -> None:
        old = self._handle
        offsets, sizes = places.columns[2:4]
        try:
            self._handle = -1
            self._begin_anew()
            for place in sorted(range(len(places)), key=offsets.__getitem__):
                os.pwrite(self._handle, os.pread(old, sizes[place], offsets[place]), self._end)
                offsets[place] = self._end
                self._end += sizes[place]
        except OSError:
            self._handle = -1
        finally:
            os.close(old)

    def close(self) -> None:
        """Close the file in this process, without what was not committed."""
        if self._handle >= 0:
            os.close(self._handle)
        self._places, self._handle = None, -1
        self._waiting.clear()
        self._size = 0
