"""Files that are copied as they are, and whether what stands in the output is intact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder import cache
from site_builder.build.making import Stage
from site_builder.cache import Output
from site_builder.pages.site import medium_path
from site_builder.reading.scan import SourceFile

if TYPE_CHECKING:
    from site_builder.build.pictures import Album, Files


class Copies:
    """The static files and media of a site, as they go into the output."""

    def __init__(
        self, site: Path, used: Iterable[str], statics: Files,
        media: Mapping[str, SourceFile], album: Album | None,
    ) -> None:
        """`used` are those of the `media` that pages show."""
        self._sources = dict(statics)
        for source in used:
            self._sources |= album.outputs(source) if album else {}
            self._sources.setdefault(medium_path(source), (site / source, media[source]))

    def put(
        self, stage: Stage, new: Output, memory: Output | None, old: Mapping[str, str],
    ) -> tuple[dict[str, str], list[str]]:
        """Stage what the last build has not copied already; path → SHA-256, and what is staged.

        `new` learns the looks of sources and copies.
        """
        files: dict[str, str] = {}
        staged: list[str] = []
        for path, (place, file) in sorted(self._sources.items()):
            new.assets[path] = file
            if (memory is not None and memory.assets.get(path) == file and path in old
                    and cache.settled(file, memory.started_ns) and path in memory.files
                    and not _differs(stage.output / path, memory.files[path])):
                files[path], new.files[path] = old[path], memory.files[path]
                continue
            written = stage.put(path, place.read_bytes())
            files[path], new.files[path] = written.sum, (written.size, written.mtime_ns)
            if written.staged:
                staged.append(path)
        return files, staged


def _differs(path: Path, looks: tuple[int, int]) -> bool:
    try:
        status = path.stat()
    except OSError:
        return True
    return (status.st_size, status.st_mtime_ns) != looks
