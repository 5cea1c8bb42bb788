"""What a command costs: wall time, processor time, memory of the whole process tree."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.02
"""Seconds between two looks at the memory. A look may take a tenth of the time at most."""


@dataclass(frozen=True)
class Cost:
    """One run. Seconds and bytes; `peak` is the largest sum over the tree that was seen.

    `failure` says in one line why the run does not count, and is empty if it does. `apart` are
    the seconds of `wall` that went into what is told apart.
    """

    wall: float
    cpu: float
    peak: int
    failure: str = ""
    apart: float = 0.0


def run(
    command: Sequence[str], *, cwd: Path, log: Path, env: Mapping[str, str] = {},
    limit: float = 3600,
) -> Cost:
    """Run a command to its end, its output into `log`; `limit` in seconds."""
    os.sync()  # what the last command left to write is not this one's
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with log.open("wb") as out:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            env={**os.environ, **env}, start_new_session=True,
        )
        peak, late = _watch(process, started + limit)
        wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    failure = ""
    if late:
        failure = f"stopped after {limit:.0f} s"
    elif process.returncode:
        lines = log.read_text(errors="replace").strip().splitlines() or [""]
        failure = f"exit code {process.returncode}: {lines[-1][:200]}"
    if not peak:  # too short for a look, or a system without /proc: the largest one process
        unit = 1 if sys.platform == "darwin" else 1024
        peak = after.ru_maxrss * unit
    return Cost(wall, cpu, peak, failure)


def _watch(process: subprocess.Popen[bytes], end: float) -> tuple[int, bool]:
    """Wait for the process and look at its tree; the peak, and whether it had to be stopped."""
    peak, pause = 0, INTERVAL
    while True:
        try:
            process.wait(pause)
            return peak, False
        except subprocess.TimeoutExpired:
            pass
        started = time.perf_counter()
        if started > end:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return peak, True
        peak = max(peak, sum(map(_memory, _tree(process.pid))))
        pause = max(INTERVAL, 9 * (time.perf_counter() - started))


def _tree(pid: int) -> list[int]:
    """A process and all that descend from it, as far as they live."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            found += _tree(int(child))
    return found


def _memory(pid: int) -> int:
    """Bytes of a process; what forked processes share is divided among them (Pss, proc(5))."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


Snapshot = dict[str, tuple[int, int, int]]
"""Path below a folder → inode, time of the last change in nanoseconds, bytes."""


def snapshot(folder: Path) -> Snapshot:
    """All files below a folder; empty if there is none."""
    found: Snapshot = {}
    pending = [str(folder)] if folder.is_dir() else []
    start = len(str(folder)) + 1
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                else:
                    stat = entry.stat(follow_symlinks=False)
                    found[entry.path[start:]] = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
    return found


def written(before: Snapshot, after: Snapshot) -> tuple[int, int]:
    """Files that are new or were written again, and their bytes."""
    sizes = [entry[2] for path, entry in after.items() if before.get(path) != entry]
    return len(sizes), sum(sizes)
