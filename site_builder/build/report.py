"""What one build is asked for, and what it did."""

from __future__ import annotations

from pathlib import Path

import msgspec

from site_builder.problems import Problem


class Options(msgspec.Struct, frozen=True):
    """What the command line says of one build. `jobs` 0 means one for each processor.

    `executor` is `processes` or the address of a Dask scheduler. With
    `keep_going` errors do not stop publication: what cannot be read or has no
    address of its own is left out, and said.
    """

    site: Path
    output: Path | None = None
    base_url: str | None = None
    drafts: bool = False
    future: bool = False
    jobs: int = 0
    clean: bool = False
    portable: bool = False
    publish: bool = True
    keep_going: bool = False
    executor: str = "processes"
    allow_removal: bool = False


class Report(msgspec.Struct, frozen=True):
    """What a build did. `left_out` names articles and the reason; paths are below the output.

    `failed` says that there were errors, `published` that the output now shows
    this state. `timings` are (stage, seconds), `slowest` (seconds, article or
    template).
    """

    problems: tuple[Problem, ...]
    failed: bool
    published: bool = False
    articles: int = 0
    people: int = 0
    countries: int = 0
    pages: int = 0
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0
    output: str = ""
    timings: tuple[tuple[str, float], ...] = ()
    slowest: tuple[tuple[float, str], ...] = ()
