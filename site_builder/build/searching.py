"""The search index as a stage of a build: blocks that changed are inverted, the rest is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from site_builder import cache
from site_builder.build import digests
from site_builder.build.edits import same_finds, worded_anew
from site_builder.build.making import Stage, Written
from site_builder.build.workers import Workers
from site_builder.cache.packs import Store
from site_builder.pages.keys import digest
from site_builder.pages.site import Site
from site_builder.searching.blocks import Block, Indexed, Indexer, Was, blocks, bucket_count

if TYPE_CHECKING:
    from site_builder.build.sources import Sources
    from site_builder.build.texts import Texts


class _Known(msgspec.Struct):
    """The last index: what it was made from, its blocks, its files with the digests of their bytes.

    It may never have been published: a build can be broken off.
    """

    key: str
    labels: list[str]
    sums: dict[str, str]
    keys: list[str] = []
    state: str = ""


class Edit(msgspec.Struct):
    """That nothing but the words of some articles changed between two states of all sources.

    `before` has the old ones, by path.
    """

    state: str
    before: dict[str, Was]


def edit_of(sources: Sources, site: Site, texts: Texts | None) -> Edit | None:
    """What was edited since the last build, where words are all that it can be found by."""
    pairs = sources.edits or ()
    if not pairs or texts is None or sources.bodies.keys() != {new.path for _, new in pairs}:
        return None
    archive, hidden = site.archive, site.hidden
    was = {}
    for old, new in pairs:
        trace, before = archive.traces.get(new.path), texts.replaced.get(new.path)
        if trace is None or before is None or not worded_anew(old, new) or not same_finds(
                msgspec.structs.replace(before[0], statements=trace.statements), trace):
            return None
        headed = (old.title, old.summary) == (new.title, new.summary)
        if hidden and not (headed and hidden.meant(before[0]) == hidden.meant(trace)):
            return None  # what was left out of the old one is not known
        shown = archive.by_path[new.path] if headed else old
        was[new.path] = Was(shown.title, shown.summary, sources.bodies[new.path])
    return Edit(sources.before, was)


def make(
    site: Site, folder: Path, stage: Stage, workers: Workers,
    intact: Mapping[str, tuple[int, int]], *, state: str = "", edit: Edit | None = None,
) -> list[Written]:
    """Stage the files of the index; `folder` holds the cache.

    `intact` are the files of the last build that stand in the output as it left
    them, with size and mtime: an index made from the same is not made again.
    `state` stands for all sources as they are now.
    """
    from site_builder.searching.files import files
    from site_builder.searching.subjects import subjects

    archive = site.archive
    indexer = Indexer(site, bucket_count(len(archive.articles)))
    found = blocks(archive.years, archive.months)
    path = folder / "search.msgpack"
    known = cache.load(path, _Known)
    labels = [block.label for block in found]
    if known is None or edit is None or known.state != edit.state or known.labels != labels:
        edit = None
    keys = list(known.keys) if known is not None and edit is not None else [""] * len(found)
    days = [archive.by_path[path].date.day for path in edit.before] if edit is not None else []
    for place, block in enumerate(found):
        if edit is None or any(day.startswith(block.label) for day in days):
            keys[place] = digest(digests.program(), indexer.key(block))
    everybody = subjects(site, indexer.buckets)
    key = digest(*keys, *everybody.parts, *everybody.titles)
    if known is not None and known.key == key and all(
            file in intact and stage.old.get(file) == sum_ for file, sum_ in known.sums.items()):
        return [Written(file, sum_, *intact[file], False) for file, sum_ in known.sums.items()]
    store: Store[Indexed] = Store(folder / "search.pack", Indexed)
    kept = {block.label: store.get(block.label, key)
            for block, key in zip(found, keys, strict=True)}
    if known is not None and edit is not None:
        for place, (block, before) in enumerate(zip(found, known.keys, strict=True)):
            one = None if kept[block.label] else store.get(block.label, before)
            if one is not None:
                kept[block.label] = one = indexer.patched(block, one, edit.before)
                store.put(block.label, keys[place], msgspec.msgpack.encode(one))
    todo = [(place, block) for place, block in enumerate(found) if kept[block.label] is None]
    for (place, block), data in zip(todo, _indexed(indexer, todo, workers), strict=True):
        store.put(block.label, keys[place], data)
        kept[block.label] = msgspec.msgpack.decode(data, type=Indexed)
    store.forget(sorted({*(known.labels if known else ())} - kept.keys()))
    store.commit()
    made = files(found, [one for one in kept.values() if one is not None], everybody)
    written = []
    for file, (data, sum_) in made.items():
        if file in intact and stage.old.get(file) == sum_:
            written.append(Written(file, sum_, *intact[file], False))
        else:
            written.append(stage.put(file, data))
    cache.save(path, _Known(key, labels, {one.path: one.sum for one in written}, keys, state))
    return written


def _indexed(
    indexer: Indexer, todo: list[tuple[int, Block]], workers: Workers
) -> Iterable[bytes]:
    global current
    if not workers.shares_memory:  # the archive would have to be sent with every block
        workers = Workers(1)
    current = indexer, todo
    try:
        yield from workers.map(
            _index, range(len(todo)), size=sum(len(b.articles) for _, b in todo))
    finally:
        current = None


current: tuple[Indexer, list[tuple[int, Block]]] | None = None
"""What the workers of this build do; set before they fork."""


def _index(number: int) -> bytes:
    assert current is not None
    indexer, todo = current
    return msgspec.msgpack.encode(indexer.index(todo[number][1]))
