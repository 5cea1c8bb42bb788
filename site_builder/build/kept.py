"""What is kept of a whole build for those after it in which only texts are edited."""

from __future__ import annotations

from pathlib import Path

import msgspec

from site_builder import cache
from site_builder.cache import Output
from site_builder.indexing.kept import Index
from site_builder.problems import Problem


class Kept(msgspec.Struct, array_like=True):
    """The index of the archive, and what else an edit of a text leaves as it is.

    `mark` stands for all that it was made from but the texts. `urls` are the addresses of
    articles, `cited` the articles to whose passages a text links, `media` what texts show and
    `used` what is copied of it, `hidden` the articles that are not published, `problems` what
    indexing found.
    """

    mark: str
    index: Index
    urls: dict[str, str]
    cited: list[str]
    media: list[str]
    used: list[str]
    hidden: list[str]
    problems: list[Problem]


def load(memory_path: Path, memory: Output) -> Kept | None:
    """What was kept for the last build into an output; None where it is not that build's."""
    kept = cache.load(_path(memory_path), Kept) if memory.index else None
    return kept if kept is not None and kept.mark == memory.index else None


def save(memory_path: Path, kept: Kept) -> None:
    """Keep it beside what the build remembers."""
    cache.save(_path(memory_path), kept)


def _path(memory_path: Path) -> Path:
    return memory_path.with_suffix(".kept")
