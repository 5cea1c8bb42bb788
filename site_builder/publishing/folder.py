"""The output folder: whose it is, what we wrote there, and the burst that changes it.

New files are staged beside the output. A journal names every move and removal;
once it is on the disk the change is decided, and a build that was killed in
between is finished by the next one. Before that, the stage is simply dropped.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from site_builder.problems import Problem, Problems, Refusal, Severity

MANIFEST = ".site-builder-manifest.json"
FORMAT = 1
MANY = 200


class _Manifest(msgspec.Struct):
    format: int
    files: dict[str, str]


def digest(data: bytes) -> str:
    """SHA-256, as the manifest keeps it."""
    return hashlib.sha256(data).hexdigest()


def manifest_of(data: bytes) -> dict[str, str]:
    """What a manifest says (output path → SHA-256); empty for a broken one."""
    try:
        manifest = msgspec.json.decode(data, type=_Manifest)
    except msgspec.MsgspecError:
        return {}
    return manifest.files if manifest.format == FORMAT else {}


class OutputFolder:
    """One output folder and its manifest (output path → SHA-256)."""

    def __init__(self, path: Path, *, site: Path, sources: Iterable[Path]) -> None:
        self.path = path
        self.stage = path.parent / f".{path.name}.site-builder-stage"
        self.journal = path.parent / f".{path.name}.site-builder-journal"
        self._refuse_foreign(site, [site / source for source in sources])

    def _refuse_foreign(self, site: Path, sources: list[Path]) -> None:
        out = self.path.resolve()
        if out in (Path.home().resolve(), Path(out.anchor)):
            raise self._refused("it is a home folder or the root of the disk")
        if site.resolve().is_relative_to(out):
            raise self._refused("it holds the site's sources")
        for source in sources:
            real = source.resolve()
            if real.is_relative_to(out) or out.is_relative_to(real):
                raise self._refused(f"it holds or lies in {source.name}/")
        if out.exists() and not out.is_dir():
            raise self._refused("it is a file")
        if out.is_dir() and not (out / MANIFEST).exists() and any(out.iterdir()):
            raise self._refused("it holds files that site-builder did not write")

    def _refused(self, reason: str) -> Refusal:
        return Refusal(
            Problem("", 0, 0, "OU001", f"{self.path} is not written to: {reason}",
                    "choose an empty folder with --output"), exit_code=2,
        )

    def recover(self) -> None:
        """Finish a decided change that was interrupted, or drop an undecided one."""
        if self.journal.exists():
            try:
                plan = msgspec.json.decode(self.journal.read_bytes())
            except (OSError, msgspec.MsgspecError):
                plan = None
            if isinstance(plan, dict) and plan.get("decided"):
                self._burst(plan)
        shutil.rmtree(self.stage, ignore_errors=True)
        self.journal.unlink(missing_ok=True)

    def drop(self) -> None:
        """Remove what was staged, unless a change that was decided still needs it.

        Also where a build broke off: on a full disk nothing else gives the room back.
        """
        if not self.journal.exists():
            shutil.rmtree(self.stage, ignore_errors=True)

    def manifest(self) -> dict[str, str]:
        """What we wrote, by output path; empty for a new folder or a broken manifest."""
        try:
            return manifest_of((self.path / MANIFEST).read_bytes())
        except OSError:
            return {}

    def publish(
        self, staged: Iterable[str], files: Mapping[str, str], problems: Problems, *,
        old: Mapping[str, str] | None = None,
    ) -> tuple[list[str], list[str]]:
        """Move the staged files into place and remove what the site no longer has.

        `files` is the whole new manifest, `old` the present one if the caller has just read
        it. Returns the changed and the removed
        paths. Raises `Refusal` when a file that is not ours is in the way.
        """
        if old is None:
            old = self.manifest()
        changed = sorted(staged)
        is_new = self._is_new()
        in_the_way = [] if is_new else [
            p for p in changed if p not in old and (self.path / p).exists()]
        if in_the_way:
            raise Refusal(
                [Problem(p, 0, 0, "OU002", f"{self.path / p} was not written by site-builder",
                         "move it away; files of your own belong into static/")
                 for p in in_the_way], exit_code=2,
            )
        gone = []
        for path in sorted(old.keys() - files.keys()):
            target = self.path / path
            if not target.exists():
                continue
            if digest(target.read_bytes()) != old[path]:
                problems.add("OU004", f"{target} was changed by hand and stays", file=path,
                             severity=Severity.WARNING, hint="delete it if it is not needed")
                continue
            gone.append(path)
        if not changed and old == files:  # nor is anything gone then
            shutil.rmtree(self.stage, ignore_errors=True)
            return [], []
        manifest = _Manifest(FORMAT, {path: files[path] for path in sorted(files)})
        text = msgspec.json.format(msgspec.json.encode(manifest), indent=0).decode()
        self.stage.mkdir(parents=True, exist_ok=True)
        (self.stage / MANIFEST).write_text(text)
        if is_new and len(changed) == len(files):
            self.stage.replace(self.path)  # all at once: the stage becomes the output
            return changed, gone
        plan = {"decided": True, "move": changed, "remove": gone}
        self._settle([*changed, MANIFEST])
        with self.journal.open("wb") as journal:
            journal.write(msgspec.json.encode(plan))
            journal.flush()
            os.fsync(journal.fileno())
        self._burst(plan)
        shutil.rmtree(self.stage, ignore_errors=True)
        self.journal.unlink(missing_ok=True)
        return changed, gone

    def _settle(self, staged: list[str]) -> None:
        """What is to replace a good page must be on the disk before the journal says so."""
        if len(staged) > MANY:
            os.sync()
            return
        for path in staged:
            handle = os.open(self.stage / path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def _is_new(self) -> bool:
        """Whether nothing stands in the output yet."""
        return not self.path.is_symlink() and not (self.path.exists() and any(self.path.iterdir()))

    def _burst(self, plan: Mapping[str, object]) -> None:
        """Carry out a journal; safe to repeat."""
        self.path.mkdir(parents=True, exist_ok=True)
        moves, removals = plan["move"], plan["remove"]
        assert isinstance(moves, list)
        assert isinstance(removals, list)
        for path in moves:
            source, target = self.stage / path, self.path / path
            if source.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                source.replace(target)
        for path in removals:
            target = self.path / path
            target.unlink(missing_ok=True)
            for parent in target.parents:
                if parent == self.path:
                    break
                try:
                    parent.rmdir()
                except FileNotFoundError:
                    continue  # a burst that was broken off had come so far
                except OSError:
                    break  # something else is in it
        if (self.stage / MANIFEST).exists():  # else a burst that was broken off had come so far
            (self.stage / MANIFEST).replace(self.path / MANIFEST)
