"""Which page links to what, kept so that a question about all pages takes milliseconds.

A file to which every build appends a batch with the pages that it made. A link is its checksum
(`publishing.scanning.Look`): equal ones are a reason to look at the page, no more.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path
from typing import Final
from zlib import crc32

import msgspec

from site_builder.publishing.scanning import Look

_LENGTH: Final = 8
_FEW: Final = 8


class Extent(msgspec.Struct, frozen=True, array_like=True):
    """How far the file counts, the checksum up to there, and its length when it was begun."""

    size: int = 0
    sum: int = 0
    begun: int = 0


class _Batch(msgspec.Struct, array_like=True, gc=False):
    pages: list[str]
    counts: bytes
    links: bytes


class Linkage:
    """The links of the pages of one output folder, as the build that left `extent` knew them."""

    def __init__(self, path: Path, extent: Extent) -> None:
        self._path, self._extent = path, extent

    def pages(self, wanted: set[int]) -> set[str] | None:
        """The pages that seem to link to one of these; None when that is not known."""
        batches = self._batches()
        if batches is None:
            return None
        found: set[str] = set()
        for batch in batches:
            if found:
                found.difference_update(batch.pages)
            found |= _linking(batch, wanted)
        return found

    def _batches(self) -> list[_Batch] | None:
        try:
            data = memoryview(self._path.read_bytes())[: self._extent.size]
        except OSError:
            return None
        if not data or len(data) < self._extent.size or crc32(data) != self._extent.sum:
            return None
        found, place = [], 0
        decoder = msgspec.msgpack.Decoder(_Batch)
        while place < len(data):
            end = place + _LENGTH + int.from_bytes(data[place : place + _LENGTH], "big")
            try:
                found.append(decoder.decode(data[place + _LENGTH : end]))
            except msgspec.MsgspecError:
                return None
            place = end
        return found

    def keep(self, looks: Iterable[Look], pages: set[str], *, anew: bool) -> Extent:
        """Keep the links of these pages, after those that are known or instead of them.

        `pages` are all that there are. What cannot be kept is not known next time.
        """
        extent = self._extent
        data = _encoded(looks)
        if not anew and extent.size + len(data) > 2 * extent.begun + (1 << 20):
            batches = self._batches()
            if batches is not None:
                data, anew = _encoded([*_live(batches, pages), *looks]), True
        try:
            if anew:
                waiting = self._path.with_name(self._path.name + ".new")
                self._path.parent.mkdir(parents=True, exist_ok=True)
                waiting.write_bytes(data)
                waiting.replace(self._path)
                return Extent(len(data), crc32(data), len(data))
            with self._path.open("r+b") as file:
                file.truncate(extent.size)  # a build that was broken off may have left more
                file.seek(extent.size)
                file.write(data)
        except OSError:
            return Extent()
        return Extent(extent.size + len(data), crc32(data, extent.sum), extent.begun)


def _encoded(looks: Iterable[Look]) -> bytes:
    looks = list({look.page: look for look in looks}.values())
    counts = array("I", [len(look.links) // 4 for look in looks])
    data = msgspec.msgpack.encode(_Batch(
        [look.page for look in looks], counts.tobytes(), b"".join([k.links for k in looks])))
    return len(data).to_bytes(_LENGTH, "big") + data


def _live(batches: list[_Batch], pages: set[str]) -> list[Look]:
    found: dict[str, Look] = {}
    for batch in batches:
        end = 0
        for page, count in zip(batch.pages, memoryview(batch.counts).cast("I"), strict=True):
            start, end = end, end + 4 * count
            if page in pages:
                found[page] = Look(page, b"", batch.links[start:end], [])
    return list(found.values())


def _linking(batch: _Batch, wanted: set[int]) -> set[str]:
    counts = memoryview(batch.counts).cast("I")
    found: set[str] = set()
    if len(wanted) > _FEW:
        end, links = 0, memoryview(batch.links).cast("I")
        for page, count in zip(batch.pages, counts, strict=True):
            start, end = end, end + count
            if not wanted.isdisjoint(links[start:end]):
                found.add(page)
        return found
    ends = list(accumulate(counts))
    for value in wanted:
        mark = value.to_bytes(4, sys.byteorder)
        place = batch.links.find(mark)
        while place >= 0:
            if place % 4 == 0:
                found.add(batch.pages[bisect_right(ends, place // 4)])
            place = batch.links.find(mark, place + 1)
    return found
