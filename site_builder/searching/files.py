"""The files of the index, put together from blocks.

`/search/index.json` says what there is; `/search/words/N.bin` holds one
bucket's part of every block, each behind its number and its length in bytes
(varints); `/search/titles/LABEL-N.json` the titles of 50 articles (`subjects`
for people and countries); `/search/facets/LABEL.json` who and what stands in
which article of a block. A file keeps its name when it changes; the index has
a short digest of each, which the browser asks for, so that no cache mixes two
states of the archive.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

import msgspec

from site_builder.searching.blocks import CHUNK, Block, Indexed
from site_builder.searching.encoding import LEAD, varint

FOLDER: Final = "search"
SUBJECTS: Final = "subjects"
_SHORT: Final = 6
"""Hexadecimal digits of a digest that the browser asks for."""


def files(blocks: Sequence[Block], indexed: Sequence[Indexed], subjects: Indexed) -> dict[
        str, tuple[bytes, str]]:
    """Path below the output → bytes and their SHA-256.

    `indexed` are those of `blocks`, in the same order.
    """
    made: dict[str, tuple[bytes, str]] = {}
    buckets = len(subjects.parts)
    everything = (subjects, *indexed)
    numbered = [(varint(place), block.parts) for place, block in enumerate(everything)]
    width = len(str(buckets - 1))
    sums = []
    for number in range(buckets):
        parts: list[bytes] = []
        for place, of_block in numbered:
            part = of_block[number]
            if part:
                parts += (place, varint(len(part)), part)
        words = made[f"{FOLDER}/words/{number:0{width}}.bin"] = _summed(b"".join(parts))
        sums.append(words[1][:_SHORT])
    rows: list[tuple[str, int, str]] = []
    labels = [(SUBJECTS, 0), *((block.label, len(block.articles)) for block in blocks)]
    for (label, count), block in zip(labels, everything, strict=True):
        for number, data in enumerate(block.titles):
            made[f"{FOLDER}/titles/{label}-{number}.json"] = _summed(data)
        if block.facets:
            made[f"{FOLDER}/facets/{label}.json"] = _summed(block.facets)
        _, sum_ = _summed(b"".join((*block.titles, block.facets)))
        rows.append((label, count, sum_[:_SHORT]))
    made[f"{FOLDER}/index.json"] = _summed(msgspec.json.encode({
        "lead": LEAD, "chunk": CHUNK, "width": width, "sums": "".join(sums), "blocks": rows}))
    return made


def _summed(data: bytes) -> tuple[bytes, str]:
    return data, hashlib.sha256(data).hexdigest()
