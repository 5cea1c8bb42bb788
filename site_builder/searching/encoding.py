"""Words and the articles in which they stand, as bytes that a browser reads without a library.

A part is what one bucket (a file of words) gets of a block: for each word, in
order, its length in bytes (one byte), itself in UTF-8, the length of what
follows (varint), and for each article, ascending, the gap (varint) to
`4 * place + weight` of the one before. A varint has seven bits a byte, the
lowest first; the high bit says that more follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import sub
from typing import Final
from zlib import crc32

from site_builder.searching.spelling import is_spaceless

LEAD: Final = 3
"""Characters of a word that say which bucket holds it: all that begin alike lie together.

Of a pair of characters that are written without spaces only the first counts.
"""
_TABLED: Final = 4000

_TABLE: Final[list[bytes]] = []


def encode(inverted: Mapping[str, Sequence[int]], buckets: int) -> tuple[bytes, ...]:
    """A part for each bucket: words → ascending values."""
    if not _TABLE:
        _TABLE.extend(_varint(n) for n in range(_TABLED))
    parts: list[list[bytes]] = [[] for _ in range(buckets)]
    for word in sorted(inverted):
        values = inverted[word]
        if len(values) == 1:
            data = varint(values[0])
        else:
            gaps = [values[0], *map(sub, values[1:], values)]
            try:
                data = b"".join([_TABLE[gap] for gap in gaps])
            except IndexError:
                data = b"".join(map(_varint, gaps))
        name = word.encode()
        parts[bucket(word, buckets)] += (
            bytes((len(name),)), name, varint(len(data)), data)
    return tuple(b"".join(part) for part in parts)


def patch(part: bytes, changes: Mapping[str, Mapping[int, int | None]]) -> bytes:
    """A part in which some words stand elsewhere: word → place → weight, None for not there.

    It is what `encode` makes of the whole anew.
    """
    names = {word.encode(): places for word, places in changes.items()}
    waiting = sorted(names, reverse=True)
    made: list[bytes] = []
    position = copied = 0
    while position < len(part):
        start = position
        name = part[start + 1 : start + 1 + part[start]]
        size, position = _number(part, start + 1 + part[start])
        position += size
        while waiting and waiting[-1] <= name:
            made.append(part[copied:start])
            copied = start
            word = waiting.pop()
            values: list[int] = []
            if word == name:
                values = _numbers(part[position - size : position])
                copied = position
            made.append(_entry(word, values, names[word]))
    made.append(part[copied:])
    made += [_entry(word, [], names[word]) for word in reversed(waiting)]
    return b"".join(made)


def _entry(name: bytes, values: Sequence[int], places: Mapping[int, int | None]) -> bytes:
    kept = [value for value in values if value // 4 not in places]
    kept += [place * 4 + weight for place, weight in places.items() if weight is not None]
    kept.sort()
    data = b"".join(map(_varint, map(sub, kept, _before(kept))))
    return b"".join((bytes((len(name),)), name, _varint(len(data)), data)) if kept else b""


def _numbers(data: bytes) -> list[int]:
    values, position, value = [], 0, 0
    while position < len(data):
        gap, position = _number(data, position)
        value += gap
        values.append(value)
    return values


def _number(data: bytes, position: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[position]
        position += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, position
        shift += 7


def _before(values: Sequence[int]) -> Iterator[int]:
    yield 0
    yield from values


def bucket(word: str, buckets: int) -> int:
    """Which bucket holds a word: by how it begins; `buckets` is a power of two."""
    if word[0] == "=":
        start = word
    elif is_spaceless(word):
        start = word[0]
    else:
        start = word[:LEAD]
    return crc32(start.encode()) & (buckets - 1)


def varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    return _TABLE[value] if value < len(_TABLE) else _varint(value)


def _varint(value: int) -> bytes:
    made = bytearray()
    while value > 127:
        made.append(value & 127 | 128)
        value >>= 7
    made.append(value)
    return bytes(made)
