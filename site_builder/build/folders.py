"""The folders of a build: what it may not write to, who writes now, what is remembered where."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from site_builder.cache import FOLDER
from site_builder.config import SiteConfig
from site_builder.pages.keys import digest
from site_builder.problems import Problem, Refusal


def memory_path(site: Path, output: Path) -> Path:
    """Where a build keeps what it knows of an output folder."""
    return site / FOLDER / f"output-{digest(str(output))[:12]}.msgpack"


def source_folders(config: SiteConfig) -> Iterable[Path]:
    """Where sources lie, below the site: the output may be none of them."""
    content = config.content
    return [
        Path(p) for p in
        (content.articles, content.people, content.countries, content.pages, "templates", "static")
    ]


def locked(output: Path) -> ExitStack:
    """Keep other builds away from an output folder. Raises `Refusal` (exit code 3)."""
    import filelock

    path = output.parent / f".{output.name}.site-builder.lock"
    holder = path.with_suffix(".pid")  # the lock's own file is emptied by whoever tries it
    stack = ExitStack()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stack.enter_context(filelock.FileLock(path, timeout=0))
        holder.write_text(f"process {os.getpid()}, since {time.strftime('%Y-%m-%d %H:%M:%S')}")
        stack.callback(holder.unlink, missing_ok=True)
    except filelock.Timeout:
        try:
            who = f" ({holder.read_text()})"
        except OSError:
            who = ""
        raise Refusal(
            Problem("", 0, 0, "OU007", f"another build is writing to {output}{who}",
                    "wait for it to end"), exit_code=3,
        ) from None
    except OSError as error:
        stack.close()
        raise Refusal(
            Problem("", 0, 0, "OU003", f"{output} cannot be written: {error.strerror}"),
            exit_code=4,
        ) from None
    return stack


def forget(site: Path, output: Path) -> None:
    """Drop what is remembered of an output folder that is not kept."""
    memory = memory_path(site.resolve(), output.absolute())
    memory.unlink(missing_ok=True)
    for ending in (".links", ".kept", ".msgpack.since"):
        memory.with_suffix(ending).unlink(missing_ok=True)


def forget_all(folder: Path) -> None:
    """Remove what earlier builds remembered, but for the addresses that they gave out."""
    from site_builder.build import addresses

    for entry in folder.iterdir() if folder.is_dir() else ():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        elif entry.name != addresses.NAME:
            entry.unlink(missing_ok=True)
