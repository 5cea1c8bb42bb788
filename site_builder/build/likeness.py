"""What is like what: names that are nearly the same, and the articles nearest to each other.

Both are known from earlier builds, since to find them takes long and they hardly ever change.
"""

from __future__ import annotations

from pathlib import Path

from site_builder import cache
from site_builder.build import digests
from site_builder.cache import Output
from site_builder.indexing.archive import Archive
from site_builder.indexing.related import Nearest
from site_builder.pages.keys import digest
from site_builder.problems import Problems


def say_duplicates(
    archive: Archive, memory: Output | None, problems: Problems
) -> tuple[str, list[tuple[str, str, float]]]:
    """Say which names are nearly the same; they are given, with what they were found in."""
    names = archive.names_to_compare()
    alike = digest(*names), list[tuple[str, str, float]]()
    if memory is not None and memory.alike[0] == alike[0]:
        alike = memory.alike
    elif names:
        from site_builder.finding.names import near_duplicates

        alike[1].extend((a, b, s) for a, b, s in near_duplicates(names, at_least=0.75))
    archive.say_duplicates(alike[1], problems)
    return alike


def nearest(site: Path) -> Nearest:
    """Which articles an earlier build found to be nearest to each; nothing of another program."""
    known = cache.load(_path(site), Nearest)
    if known is None or known.made_by != digests.program():
        return Nearest(digests.program())
    return known


def keep_nearest(site: Path, found: Nearest) -> None:
    """Keep them for the next build."""
    cache.save(_path(site), found)


def _path(site: Path) -> Path:
    return site / cache.FOLDER / "nearest.msgpack"
