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


def files(blocks: Sequence[Block], indexed: Sequence[Indexed], subjects: Indexed) -> dict[
        str, bytes]:
    """Path below the output → bytes. `indexed` are those of `blocks`, in the same order."""
    made: dict[str, bytes] = {}
    buckets = len(subjects.parts)
    everything = (subjects, *indexed)
    width = len(str(buckets - 1))
    sums = []
    for number in range(buckets):
        parts: list[bytes] = []
        for place, block in enumerate(everything):
            part = block.parts[number]
            if part:
                parts += (varint(place), varint(len(part)), part)
        data = b"".join(parts)
        made[f"{FOLDER}/words/{number:0{width}}.bin"] = data
        sums.append(_sum(data))
    rows: list[tuple[str, int, str]] = []
    labels = [(SUBJECTS, 0), *((block.label, len(block.articles)) for block in blocks)]
    for (label, count), block in zip(labels, everything, strict=True):
        for number, data in enumerate(block.titles):
            made[f"{FOLDER}/titles/{label}-{number}.json"] = data
        if block.facets:
            made[f"{FOLDER}/facets/{label}.json"] = block.facets
        rows.append((label, count, _sum(b"".join((*block.titles, block.facets)))))
    made[f"{FOLDER}/index.json"] = msgspec.json.encode({
        "lead": LEAD, "chunk": CHUNK, "width": width, "sums": "".join(sums), "blocks": rows})
    return made


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:6]
