"""Build, watch, build again: the loop behind the preview."""

from __future__ import annotations

import os
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from site_builder.problems import Problem, Refusal
from site_builder.serving.server import Server
from site_builder.serving.state import BuildOutcome, State

_TICK = 100  # milliseconds between looks at what the system does not report
_EDITORS_LEFTOVERS = ("~", ".swp", ".swx", ".tmp", ".bak")

Outcome = TypeVar("Outcome", bound=BuildOutcome | None)
Stamp = tuple[tuple[int, ...], ...]


def serve(
    build: Callable[[frozenset[Path] | None], BuildOutcome],
    *,
    output: Path,
    base_path: str,
    watch: Sequence[Path],
    port: int,
    say: Callable[[str], None],
    stop: threading.Event | None = None,
    on_ready: Callable[[int], None] | None = None,
    rest: Callable[[], BuildOutcome | None] = lambda: None,
) -> None:
    """Serve `output` and build again after every change under `watch`, until stopped.

    `build` runs in the calling thread: once at the start and once after each change, with
    the files that changed, or None where that is not known. As soon as
    nothing changes for a moment `rest` does what a build left for later, if anything.
    Whatever it raises is shown in the browser and told to `say`; so is each summary. The
    problems of an outcome are shown in the browser only. `watch` may name files and folders,
    also ones that do not exist yet; hidden files and `output` are left out. `on_ready` gets
    the port after the first build. Returns when `stop` is set or on Ctrl-C; raises a
    `Refusal` with exit code 2 if `port` (0: any free one) cannot be used.
    """
    stop = stop or threading.Event()
    state = State()
    server = Server(output, base_path, port, state)
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="preview", daemon=True
    )
    thread.start()
    try:
        changes = _changes(watch, output, stop)
        if next(changes, None) is None:  # the watch begins here: no change gets lost
            return
        state.publish(_outcome(build, None, say))
        say(f"http://localhost:{server.port}{quote(server.base_path)}/ – Ctrl-C ends the preview")
        if on_ready:
            on_ready(server.port)
        for changed in changes:
            if changed is not None:
                state.publish(_outcome(build, changed or None, say))
            elif (later := _outcome(lambda _: rest(), None, say)) is not None:
                state.publish(later)
    except KeyboardInterrupt:
        pass  # the ordinary way to end a preview
    finally:
        state.close()
        server.shutdown()
        server.server_close()
        thread.join()


def _outcome(
    build: Callable[[frozenset[Path] | None], Outcome],
    changed: frozenset[Path] | None,
    say: Callable[[str], None],
) -> Outcome | BuildOutcome:
    try:
        outcome = build(changed)
    except Refusal as refusal:
        for problem in refusal.problems:
            say(f"{problem.place}: {problem.message} {problem.hint}".rstrip())
        return BuildOutcome(tuple(refusal.problems), True, (), "The build was refused.")
    except Exception as error:  # noqa: BLE001 - the preview outlives whatever goes wrong
        say(traceback.format_exc())
        problem = Problem(
            file="",
            line=0,
            column=0,
            code="PG001",
            message=f"The build broke off: {type(error).__name__}: {error}",
            hint="The terminal has the details. Saving a file tries again.",
        )
        return BuildOutcome((problem,), True, (), "The build broke off.")
    if outcome is not None and outcome.summary:
        say(outcome.summary)
    return outcome


def _changes(
    watch: Sequence[Path], output: Path, stop: threading.Event
) -> Iterator[frozenset[Path] | None]:
    """Yield once when the watch has begun, and then the files of every batch of changes.

    None stands for a moment in which nothing changed.

    Folders are watched by the system. Single files are looked at on every tick, because
    editors replace them and the system then goes on watching the file that is gone; for
    folders that come, go or are replaced the watch begins anew.
    """
    from watchfiles import watch as watch_folders  # only the preview pays for it

    roots = sorted({Path(os.path.realpath(path)) for path in watch})
    hidden = Path(os.path.realpath(output))
    begun = False
    before = _stamp(roots)
    while not stop.is_set():
        folders = [root for root in roots if root.is_dir()]
        ticks = watch_folders(
            *folders,
            watch_filter=lambda _, path: _matters(Path(path), roots, hidden),
            stop_event=stop,
            debounce=50,
            step=10,
            rust_timeout=_TICK,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        )
        for batch in ticks:
            now = _stamp(roots)
            moved = now != before
            before = now
            if moved:
                begun = False  # begin anew with the folders that are there now, then report
                break
            if batch or not begun:
                begun = True
                yield frozenset(Path(path) for _, path in batch)
            else:
                yield None
        else:
            return


def _matters(path: Path, roots: Sequence[Path], output: Path) -> bool:
    if path.is_relative_to(output) or path.name.endswith(_EDITORS_LEFTOVERS):
        return False
    parts = [path.relative_to(root).parts for root in roots if path.is_relative_to(root)]
    return any(not any(part.startswith(".") for part in each) for each in parts)


def _stamp(roots: Sequence[Path]) -> Stamp:
    """What tells whether a watched file changed, or a watched folder is another one."""
    stamps: list[tuple[int, ...]] = []
    for root in roots:
        try:
            found = root.stat()
        except OSError:
            stamps.append(())
            continue
        if root.is_dir():
            stamps.append((found.st_dev, found.st_ino))
        else:
            stamps.append((found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns))
    return tuple(stamps)
