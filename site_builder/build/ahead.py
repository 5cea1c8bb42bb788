"""Work that is begun in a fork of this process while this one goes on.

After the edit of one text, half of the time goes into two things that do not need each other:
reading who is named in it, for which all rules of finding are loaded, and looking what of the
last build still holds.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, BinaryIO, Final

import msgspec

from site_builder.build.scene import damaged_of
from site_builder.build.sources import Sources, details
from site_builder.cache import Rows
from site_builder.cache.packs import Store
from site_builder.model import Article, Detail
from site_builder.problems import Problems

if TYPE_CHECKING:
    from site_builder.build.run import Run

MANY_FILES: Final = 500_000
"""Bytes of what the last build remembered from which on (2,000 files, about) a fork pays."""


class Ahead:
    """What `work` gives, asked of a fork; where there is none, or it failed, there is no answer.

    `work` gets what is told to it, which it waits for when it reads that.
    """

    def __init__(self, work: Callable[[BinaryIO], bytes]) -> None:
        self._child, self._answer = 0, b""
        self._to: BinaryIO | None = None
        if not hasattr(os, "fork"):
            return
        ends = [*os.pipe(), *os.pipe()]
        self._from, into, heard, to = ends
        try:
            self._child = os.fork()
        except OSError:
            for end in ends:
                os.close(end)
            return
        if self._child:
            os.close(into)
            os.close(heard)
            self._to = open(to, "wb")  # noqa: PTH123, SIM115 - a descriptor, closed when all is told
            return
        # from here on in the fork, which must never return into what called it
        code = 1
        with contextlib.suppress(BaseException):
            os.close(self._from)
            os.close(to)
            with open(into, "wb") as pipe, open(heard, "rb") as told:  # noqa: PTH123 - descriptors
                pipe.write(work(told))
            code = 0
        os._exit(code)

    def tell(self, what: bytes) -> None:
        """Say what the work waits for; there is no more to say afterwards."""
        to, self._to = self._to, None
        if to is not None:
            with contextlib.suppress(BrokenPipeError), to:  # its work may have failed already
                to.write(what)

    def result(self) -> bytes:
        """The answer, which is waited for; empty where there is none."""
        self.tell(b"")
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
        self.tell(b"")

    def _ended(self) -> int:
        child, self._child = self._child, 0
        return os.waitpid(child, 0)[1]


def looking(run: Run) -> Ahead | None:
    """Which files are not as the last build left them, as a list, if it left many."""
    def damaged(_: BinaryIO) -> bytes:
        assert run.folder is not None
        return msgspec.msgpack.encode(damaged_of(
            run.output, run.memory.load(), run.folder.manifest()))

    try:
        many = run.memory_path.stat().st_size > MANY_FILES
    except OSError:
        many = False
    return _begun(run, damaged) if many else None


class Finding:
    """What is found in the texts of edited articles, for `Texts` to take up, if they are few."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._fork: Ahead | None = None

    def expect(self, rows: Rows, places: Sequence[int]) -> None:
        """The articles at these places have other files than those that gave these rows."""
        run = self._run

        def found(told: BinaryIO) -> bytes:
            from site_builder.build import planning
            from site_builder.build.texts import Texts

            sources = Sources(lambda: rows, "", details(run.site))
            known = planning.authorities(sources, run.site, run.config, Problems())
            texts = Texts(run.site, run.config, known.people, known.atlas, details=sources.details)
            # what rules load when they are first asked is loaded when the new text is there
            before = [rows.articles[place].article() for place in places]
            texts.read_few(_with_bodies([one for one in before if one], sources.details))
            return texts.read_few(
                msgspec.msgpack.decode(told.read(), type=list[tuple[Article, str]]))

        if run.config.finding.enabled:
            self._fork = _begun(run, found)

    def begin(self, sources: Sources) -> Ahead | None:
        """The articles were read, and this is what was edited; who gives what is found in them."""
        if self._fork is None or not sources.edits:
            return None
        edited = _with_bodies([new for _, new in sources.edits], sources.details)
        self._fork.tell(msgspec.msgpack.encode(edited))
        return self._fork


def _with_bodies(
    articles: Iterable[Article], bodies: Store[Detail]
) -> list[tuple[Article, str]]:
    return [(article, detail.html) for article in articles
            if (detail := bodies.get(article.path, article.page_digest)) is not None]


def _begun(run: Run, work: Callable[[BinaryIO], bytes]) -> Ahead | None:
    # only by a process that ends with the build: another may have threads
    if not (run.last and run.folder and run.workers.shares_memory and run.workers.jobs > 1):
        return None
    run.begun_ahead.append(Ahead(work))
    return run.begun_ahead[-1]
