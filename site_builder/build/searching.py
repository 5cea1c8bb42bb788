"""The search index as a stage of a build: blocks that changed are inverted, the rest is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from site_builder import cache
from site_builder.build import digests
from site_builder.build.making import Stage, Written
from site_builder.build.workers import Workers
from site_builder.cache import Store
from site_builder.pages.keys import digest
from site_builder.pages.site import Site
from site_builder.searching.blocks import Block, Indexed, Indexer, blocks, bucket_count

if TYPE_CHECKING:
    from site_builder.model import Person


class _Known(msgspec.Struct):
    """The last index: what it was made from, its blocks, its files."""

    key: str
    labels: list[str]
    paths: list[str]


def make(
    site: Site, people: Iterable[Person], folder: Path, stage: Stage, workers: Workers,
    intact: Mapping[str, tuple[int, int]],
) -> list[Written]:
    """Stage the files of the index; `folder` holds the cache.

    `intact` are the files of the last build that stand in the output as it left
    them, with size and mtime: an index made from the same is not made again.
    """
    from site_builder.searching.files import files
    from site_builder.searching.subjects import subjects

    archive = site.archive
    withheld = {p.id: (p.name, p.sort_name, *p.aliases) for p in people if p.withhold}
    indexer = Indexer(site, bucket_count(len(archive.articles)), withheld)
    found = blocks(archive.articles)
    keys = [digest(digests.program(), indexer.key(block)) for block in found]
    everybody = subjects(site, indexer.buckets)
    key = digest(*keys, *everybody.parts, *everybody.titles)
    path = folder / "search.msgpack"
    known = cache.load(path, _Known)
    if known is not None and known.key == key and all(
            file in intact and file in stage.old for file in known.paths):
        return [Written(file, stage.old[file], *intact[file], False) for file in known.paths]
    store: Store[Indexed] = Store(folder / "search.sqlite", Indexed)
    kept = {block.label: store.get(block.label, key)
            for block, key in zip(found, keys, strict=True)}
    todo = [(place, block) for place, block in enumerate(found) if kept[block.label] is None]
    for (place, block), data in zip(todo, _indexed(indexer, todo, workers), strict=True):
        store.put(block.label, keys[place], data)
        kept[block.label] = msgspec.msgpack.decode(data, type=Indexed)
    store.forget(sorted({*(known.labels if known else ())} - kept.keys()))
    store.commit()
    made = files(found, [one for one in kept.values() if one is not None], everybody)
    written = [stage.put(file, data) for file, data in made.items()]
    cache.save(path, _Known(key, [block.label for block in found], list(made)))
    return written


def _indexed(
    indexer: Indexer, todo: list[tuple[int, Block]], workers: Workers
) -> Iterable[bytes]:
    global current
    if not workers.shares_memory:  # the archive would have to be sent with every block
        workers = Workers(1)
    current = indexer
    try:
        yield from workers.map(
            _index, [block for _, block in todo], size=sum(len(b.articles) for _, b in todo))
    finally:
        current = None


current: Indexer | None = None
"""What the workers of this build do; set before they fork."""


def _index(block: Block) -> bytes:
    assert current is not None
    return msgspec.msgpack.encode(current.index(block))
