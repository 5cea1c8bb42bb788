"""Changes to several files of a site, shown first, then made all or not at all."""

from __future__ import annotations

import contextlib
import difflib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from site_builder.editing.frontmatter import Edit, Unsure, edit
from site_builder.problems import Problem, Refusal


class Change(msgspec.Struct, frozen=True):
    """What a file is and what it is to become; None: there is no file."""

    before: bytes | None
    after: bytes | None


class Changes:
    """A set of changes below the folder `site`; nothing is written before `write`.

    `refused` are the problems of the files that cannot be edited with certainty.
    """

    def __init__(self, site: Path) -> None:
        self.site = site
        self.refused: list[Problem] = []
        self._files: dict[str, Change] = {}

    def __len__(self) -> int:
        return len(self.paths)

    @property
    def paths(self) -> list[str]:
        """The files that change, sorted, relative to the site."""
        return sorted(path for path, one in self._files.items() if one.before != one.after)

    def read(self, path: str) -> bytes | None:
        """The file as it is to become. Raises `OSError` where a file cannot be read."""
        if path not in self._files:
            place = self.site / path
            data = place.read_bytes() if place.exists() else None
            self._files[path] = Change(data, data)
        return self._files[path].after

    def edit(self, path: str, edits: Sequence[Edit]) -> bool:
        """Change lists of a file's front matter; False, and a word in `refused`, where unsure."""
        data = self.read(path)
        try:
            if data is None:
                raise Unsure(Problem(path, 0, 0, "ED001", "the file is gone"))
            self.put(path, edit(data, edits, file=path))
        except Unsure as error:
            self.refused.append(error.problem)
            return False
        return True

    def put(self, path: str, data: bytes | None) -> None:
        """Give a file other bytes; None removes it."""
        self.read(path)
        self._files[path] = Change(self._files[path].before, data)

    def diff(self) -> Iterator[str]:
        """The changes as lines of a unified diff, without line ends: for people to read."""
        for path in self.paths:
            one = self._files[path]
            old, new = (
                [] if data is None else data.decode("utf-8", "replace").splitlines(keepends=True)
                for data in (one.before, one.after))
            for line in difflib.unified_diff(
                old, new, f"a/{path}" if one.before is not None else "/dev/null",
                f"b/{path}" if one.after is not None else "/dev/null", n=1,
            ):
                yield line.rstrip("\r\n")

    def write(self) -> None:
        """Make every change, or none.

        Each file is written beside its place first and then renamed, with the
        mode that it had. Raises `Refusal`: with exit code 1 where a file was
        changed meanwhile, with 4 where the disk fails; all is as before then.
        """
        drafts: list[tuple[Path, Path | None, Change]] = []
        done: list[tuple[Path, Change]] = []
        try:
            for path in self.paths:
                one = self._files[path]
                place = (self.site / path).resolve()
                now = place.read_bytes() if place.exists() else None
                if now != one.before:
                    raise Refusal(Problem(
                        path, 0, 0, "ED002", "the file was changed meanwhile; nothing was written",
                        "run the command again"), exit_code=1)
                draft = None
                if one.after is not None:
                    draft = _draft(place, one.after)
                drafts.append((place, draft, one))
            for place, draft, one in drafts:
                done.append((place, one))
                if draft is None:
                    place.unlink()
                else:
                    draft.replace(place)
        except OSError as error:
            for place, one in done:
                with contextlib.suppress(OSError):
                    _put_back(place, one)
            raise Refusal(Problem(
                str(error.filename or ""), 0, 0, "OU003",
                f"the file cannot be written: {error.strerror}; nothing was changed",
            ), exit_code=4) from error
        finally:
            for _, draft, _ in drafts:
                if draft is not None:
                    with contextlib.suppress(OSError):
                        draft.unlink()


def _draft(place: Path, data: bytes) -> Path:
    """The new bytes, on the disk, beside the file that they are for."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if place.exists():
        draft.chmod(place.stat().st_mode & 0o7777)
    return draft


def _put_back(place: Path, one: Change) -> None:
    if one.before is None:
        place.unlink(missing_ok=True)
    elif not place.exists() or place.read_bytes() != one.before:
        _draft(place, one.before).replace(place)
