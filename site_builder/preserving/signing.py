"""Signing off an archive, and looking later whether everything is still there."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import msgspec

from site_builder.config import SiteConfig
from site_builder.preserving import files, manifest
from site_builder.preserving.manifest import Difference, Manifest
from site_builder.problems import Problem, Problems, Refusal, Severity


class Signing(msgspec.Struct, frozen=True):
    """What signing off wrote, and how it differs from the manifest before, if there was one."""

    path: Path
    manifest: Manifest
    before: Manifest | None = None
    difference: Difference | None = None


def sign_off(
    site: Path, config: SiteConfig, output: Path, *, note: str, now: int, problems: Problems
) -> Signing:
    """Write the manifest of sources and output beside site.toml; `now` in seconds since 1970.

    Raises `Refusal` when nothing has been built, or the manifest before is damaged.
    """
    made = files.built(output)
    if not made:
        raise Refusal(Problem("", 0, 0, "VF004", f"there is no site in {output}",
                              "build it first: site-builder build"), exit_code=2)
    path = site / manifest.FILE_NAME
    before = manifest.read(path, manifest.FILE_NAME) if path.exists() else None
    sources = files.sources(site, config, problems)
    moment = dt.datetime.fromtimestamp(now, dt.UTC)
    top = _relative(output, site)
    facts = {
        "archive": config.title,
        "signed off": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        **({"note": note} if note.strip() else {}),
        "sources": _size(site, sources),
        "output": f"{_size(output, made)} in {top}",
    }
    new = Manifest({**_sums(site, sources, ""), **_sums(output, made, f"{top}/")}, facts)
    waiting = path.with_name(f".{path.name}.new")
    with waiting.open("w", encoding="utf-8") as file:
        file.write(new.text())
        file.flush()
        os.fsync(file.fileno())
    waiting.replace(path)
    return Signing(path, new, before, manifest.compare(before.files, new.files) if before else None)


def verify(
    site: Path, config: SiteConfig, output: Path, problems: Problems
) -> tuple[Manifest, Difference]:
    """Compare sources and output with the manifest. Raises `Refusal` where there is none."""
    known = manifest.read(site / manifest.FILE_NAME, manifest.FILE_NAME)
    now = {
        **_sums(site, files.sources(site, config, problems), ""),
        **_sums(output, files.built(output), f"{_relative(output, site)}/"),
    }
    return known, manifest.compare(known.files, now)


def say(
    difference: Difference, since: str, problems: Problems, *,
    added: Severity = Severity.ERROR, hint: str = "take it from a backup",
) -> None:
    """A problem for each path of a difference; `since` says since when.

    `added` is how much a new file matters, `hint` what to do about a changed one.
    """
    for path in difference.missing:
        problems.add("VF001", f"missing {since}", file=path, hint="take it from a backup")
    for path in difference.changed:
        problems.add("VF002", f"changed {since}", file=path, hint=hint)
    for path in difference.added:
        problems.add("VF003", f"added {since}", file=path, severity=added)


def _relative(path: Path, site: Path) -> str:
    return Path(os.path.relpath(path, site)).as_posix()


def _size(top: Path, paths: list[str]) -> str:
    size = sum((top / path).stat().st_size for path in paths)
    return f"{len(paths)} files, {size} bytes"


def _sums(top: Path, paths: list[str], prefix: str) -> dict[str, str]:
    found = {}
    for path in paths:
        with (top / path).open("rb") as file:
            found[prefix + path] = manifest.sum_of(file)
    return found
