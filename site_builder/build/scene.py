"""What a build starts from, and what of the last one still holds."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Set
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from site_builder.cache import GroupRow, Output
from site_builder.pages.keys import digest
from site_builder.reading.scan import SourceFile

if TYPE_CHECKING:
    from site_builder.build.pictures import Files
    from site_builder.pages.plan import Group


T = TypeVar("T")


class Scene(NamedTuple):
    """What a build starts from, besides its sources.

    `base` stands for the program and the configuration, `assets` are the names of static files
    in links. `memory` is what the last build remembered, `old` the manifest of the output,
    `damaged` are files that are not as that build left them; `new` is to be remembered.
    """

    base: str
    templates: dict[str, str]
    assets: dict[str, str]
    statics: Files
    media: dict[str, SourceFile]
    memory: Output | None
    old: dict[str, str]
    damaged: set[str]
    new: Output


def without(files: Mapping[str, T], lost: Set[str]) -> dict[str, T]:
    """A copy of what is known of files by their paths, but for some."""
    found = dict(files)
    for path in lost:
        found.pop(path, None)
    return found


def mark_of(new: Output) -> str:
    """Stands for everything that a whole build was made from."""
    return digest(new.inputs, new.sources, new.base, f"{new.since} {new.until}")


def sorted_out(
    groups: Iterable[Group], known: Mapping[str, GroupRow], scene: Scene
) -> tuple[dict[str, GroupRow], list[int]]:
    """The groups that are as they were, and the places of those that are to be made."""
    memory = scene.memory
    stale = {name for name, mark in scene.templates.items()
             if memory is None or memory.templates.get(name) != mark}
    rows: dict[str, GroupRow] = {}
    todo: list[int] = []
    for place, group in enumerate(groups):
        row = known.get(group.id)
        if row is not None and group.fingerprint and row.fingerprint == group.fingerprint \
                and not any(p.template in stale or p.path in scene.damaged for p in row.pages):
            rows[group.id] = row
        else:
            todo.append(place)
    return rows, todo


def damaged_of(output: Path, memory: Output | None, old: dict[str, str]) -> set[str]:
    """Files of the last build that are not as it left them."""
    if memory is None:
        return set()
    top = f"{output}/"
    damaged = set()
    for path, (size, mtime_ns) in memory.files.items():
        try:
            status = os.stat(top + path)  # noqa: PTH116 - ten thousands of them
            if status.st_size != size or status.st_mtime_ns != mtime_ns or path not in old:
                damaged.add(path)
        except OSError:
            damaged.add(path)
    return damaged
