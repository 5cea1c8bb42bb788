"""Work that is begun in a fork of this process while this one goes on.

After the edit of one text, half of the time goes into two things that do not need each other:
reading who is named in it, for which all rules of finding are loaded, and looking what of the
last build still holds.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import msgspec

from site_builder import cache
from site_builder.build.scene import damaged_of
from site_builder.build.sources import FEW, Sources
from site_builder.cache import Output
from site_builder.problems import Problems

if TYPE_CHECKING:
    from site_builder.build.run import Run

MANY_FILES: Final = 500_000
"""Bytes of what the last build remembered from which on (2,000 files, about) a fork pays."""


class Ahead:
    """What `work` gives, asked of a fork; where there is none, or it failed, there is no answer."""

    def __init__(self, work: Callable[[], bytes]) -> None:
        self._child, self._answer = 0, b""
        if not hasattr(os, "fork"):
            return
        self._from, into = os.pipe()
        try:
            self._child = os.fork()
        except OSError:
            os.close(self._from)
            os.close(into)
            return
        if self._child:
            os.close(into)
            return
        # from here on in the fork, which must never return into what called it
        code = 1
        with contextlib.suppress(BaseException):
            os.close(self._from)
            with open(into, "wb") as pipe:  # noqa: PTH123 - a descriptor
                pipe.write(work())
            code = 0
        os._exit(code)

    def result(self) -> bytes:
        """The answer, which is waited for; empty where there is none."""
        if self._child:
            with open(self._from, "rb") as pipe:  # noqa: PTH123 - a descriptor
                answer = pipe.read()
            if self._ended() == 0:
                self._answer = answer
        return self._answer

    def close(self) -> None:
        """End the fork, whose answer nobody wants any more."""
        if self._child:
            os.close(self._from)
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._child, signal.SIGKILL)
            self._ended()

    def _ended(self) -> int:
        child, self._child = self._child, 0
        return os.waitpid(child, 0)[1]


def looking(run: Run) -> Ahead | None:
    """Which files are not as the last build left them, as a list, if it left many."""
    def damaged() -> bytes:
        assert run.folder is not None
        return msgspec.msgpack.encode(damaged_of(
            run.output, cache.load(run.memory_path, Output), run.folder.manifest()))

    try:
        many = run.memory_path.stat().st_size > MANY_FILES
    except OSError:
        many = False
    return _begun(run, damaged) if many else None


def finding(run: Run, sources: Sources) -> Ahead | None:
    """What is found in the texts of edited articles, for `Texts` to take up, if they are few."""
    def found() -> bytes:
        from site_builder.build import planning
        from site_builder.build.texts import Texts

        known = planning.authorities(sources, run.site, run.config, Problems())
        texts = Texts(run.site, run.config, known.people, known.atlas, details=sources.details)
        return texts.read_few([new for _, new in sources.edits or ()])

    few = run.config.finding.enabled and 0 < len(sources.edits or ()) <= FEW
    return _begun(run, found) if few else None


def _begun(run: Run, work: Callable[[], bytes]) -> Ahead | None:
    # only by a process that ends with the build: another may have threads
    if not (run.last and run.folder and run.workers.shares_memory and run.workers.jobs > 1):
        return None
    run.begun_ahead.append(Ahead(work))
    return run.begun_ahead[-1]
