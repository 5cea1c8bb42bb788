"""The pictures that articles use: looked at once, kept by content beside the cache."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from site_builder import cache
from site_builder.build.workers import Workers
from site_builder.cache import FOLDER
from site_builder.config import SiteConfig
from site_builder.model import Picture
from site_builder.problems import Problem, Problems, Severity
from site_builder.reading.pictures import SUFFIXES, prepare
from site_builder.reading.scan import SourceFile

Files = dict[str, tuple[Path, SourceFile]]
_ONE_PICTURE = 20  # as much work as so many articles


class _Row(msgspec.Struct, array_like=True, frozen=True):
    """`files` are output paths with the names below the folder of pictures that hold them,
    `kept` how those looked when they were made."""

    file: SourceFile
    picture: Picture | None
    files: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    kept: tuple[SourceFile, ...] = ()


class _Album(msgspec.Struct):
    generation: str
    started_ns: int
    rows: dict[str, _Row] = {}


class Album:
    """What is known of pictures: `pictures` by their name in articles, `files` to publish."""

    def __init__(self, site: Path) -> None:
        self._folder = site / FOLDER / "pictures"
        self._path = site / FOLDER / "pictures.msgpack"
        self._site = site
        self._rows: dict[str, _Row] = {}

    @property
    def pictures(self) -> dict[str, Picture]:
        """Name (a source path, or `/path` of a static file) → picture."""
        return {name: row.picture for name, row in self._rows.items() if row.picture}

    def outputs(self, source: str) -> Files:
        """Output path → the file with its bytes, for a source that is a picture; else nothing."""
        row = self._rows.get(source)
        return {path: (self._folder / file.path, file)
                for (path, _), file in zip(row.files, row.kept, strict=True)} if row else {}

    def look(
        self, names: Iterable[str], find: Callable[[str], tuple[Path, SourceFile] | None],
        config: SiteConfig, workers: Workers, problems: Problems, *, keep: bool,
    ) -> None:
        """Look at every picture among `names`; `find` gives its file.

        With `keep` what is published is made; a picture that has not changed is not read again.
        """
        wanted = {name: found for name in sorted(set(names))
                  if os.path.splitext(name)[1].lower() in SUFFIXES  # noqa: PTH122
                  and (found := find(name))}
        if not wanted:
            return
        import PIL

        started = time.time_ns()
        limit = config.limits.picture_pixels
        generation = f"2 {PIL.__version__} {limit}"
        known = cache.load(self._path, _Album)
        if known is None or known.generation != generation:
            known = _Album(generation, 0)
        todo = []
        for name, (_, file) in wanted.items():
            row = known.rows.get(name)
            if row and row.file == file and cache.settled(file, known.started_ns) and (
                    self._kept(row) == row.kept) and (
                    row.files or not keep or name.startswith("/")):
                self._rows[name] = row
            else:
                todo.append((name, str(wanted[name][0]), file))
        folder = str(self._folder) if keep else ""
        if keep:
            self._folder.mkdir(parents=True, exist_ok=True)
        work = functools.partial(_looked, folder, limit)
        decoder = msgspec.msgpack.Decoder(_Row)
        answers = workers.map(work, todo, size=len(todo) * _ONE_PICTURE)
        for (name, _, _), answer in zip(todo, answers, strict=True):
            row = decoder.decode(answer)
            self._rows[name] = msgspec.structs.replace(row, kept=self._kept(row))
        for row in self._rows.values():
            problems.extend(row.problems)
        if keep and todo:  # what others of this site's builds show is kept, too
            rest = {name: row for name, row in known.rows.items()
                    if row.files and (self._site / name).exists()}
            cache.save(self._path, _Album(generation, started, {**rest, **self._rows}))
            self._forget({**rest, **self._rows})

    def _kept(self, row: _Row) -> tuple[SourceFile, ...]:
        """How the files that hold what is published of a picture look now, those that are there."""
        found = []
        for _, name in row.files:
            with contextlib.suppress(FileNotFoundError):
                status = (self._folder / name).stat()
                found.append(SourceFile(name, status.st_size, status.st_mtime_ns,
                                        status.st_ctime_ns, status.st_ino))
        return tuple(found)

    def _forget(self, rows: Mapping[str, _Row]) -> None:
        kept = {name for row in rows.values() for _, name in row.files}
        for file in self._folder.iterdir():
            if file.name not in kept:
                file.unlink()


def _looked(folder: str, limit: int, item: tuple[str, str, SourceFile]) -> bytes:
    """Runs in a worker: one picture to an encoded `_Row`."""
    from site_builder.pages.site import medium_path

    name, place, file = item
    data = Path(place).read_bytes()
    own = not name.startswith("/")  # those in static/ are published as they are
    found = prepare(data, pixels=limit, variants=own and bool(folder))
    problems = []
    if found.wrong and own:
        problems.append(Problem(
            name, 0, 0, "MD011", f"the picture is broken: {found.wrong}",
            "open it in a program for pictures and save it anew", Severity.WARNING))
    if found.huge and own:
        problems.append(Problem(
            name, 0, 0, "MD012", f"the picture has {found.width} × {found.height} pixels: no "
            "smaller ones are made of it" if found.width else "the picture has too many pixels",
            "make it smaller, or raise limits.picture_pixels", Severity.WARNING))
    key = hashlib.blake2b(data, digest_size=16).hexdigest()
    files: list[tuple[str, str]] = []
    variants: list[tuple[int, str]] = []
    if own and folder:
        path = medium_path(name)
        stem, suffix = os.path.splitext(path)  # noqa: PTH122
        files.append((path, f"{key}{suffix.lower()}"))
        parts: Mapping[str, bytes] = {files[0][1]: found.data}
        for width, smaller in found.smaller:
            target = f"{stem}.{width}w.webp"
            files.append((target, f"{key}-{width}.webp"))
            variants.append((width, f"/{target}"))
            parts = {**parts, f"{key}-{width}.webp": smaller}
        for part, content in parts.items():
            _write(Path(folder, part), content)
    picture = Picture(found.width, found.height, tuple(variants)) if found.width else None
    return msgspec.msgpack.encode(_Row(file, picture, tuple(files), tuple(problems)))


def _write(path: Path, data: bytes) -> None:
    if path.is_file() and path.read_bytes() == data:  # another picture of the same bytes has it
        return
    waiting = path.with_name(f"{path.name}.{os.getpid()}")
    waiting.write_bytes(data)
    waiting.replace(path)
