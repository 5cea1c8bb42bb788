"""Where the work is done: in this process, in processes beside it, or on a cluster."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from site_builder.problems import Problem, Refusal

if TYPE_CHECKING:
    from concurrent.futures import Executor

CHUNK = 50
WORTH_WORKERS = 200

T = TypeVar("T")
R = TypeVar("R")


class Workers:
    """`jobs` processes (0: one for each processor); used only where there is enough to do."""

    shares_memory = True
    """Whether `work` sees the globals of this process."""

    def __init__(self, jobs: int = 0) -> None:
        self.jobs = jobs or os.cpu_count() or 1
        self.shares_memory = self.jobs < 2 or hasattr(os, "fork")

    def map(
        self, work: Callable[[T], R], parts: Sequence[T], *, size: int
    ) -> Iterable[R]:
        """The results of `work` over `parts`, in their order; `size` is the number of items.

        With processes, `work` runs in a fork of this one where the system can
        fork, so that globals set before are seen and nothing large is pickled.
        """
        if self.jobs < 2 or size <= WORTH_WORKERS:
            yield from map(work, parts)
            return
        with _processes(self.jobs) as pool:
            yield from pool.map(work, parts)

    def close(self) -> None:
        """Let go of what is held between calls."""


class Cluster(Workers):
    """The workers of a Dask scheduler; they must see the site and the output under one path.

    A worker that dies has its part done by another one: every part can be done twice.
    """

    shares_memory = False

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise Refusal(
                Problem("", 0, 0, "CF006", "Dask is not installed",
                        "pip install 'site-builder[dask]'"), exit_code=2) from None
        try:
            self._client = Client(address.replace("dask://", "tcp://"), timeout=5)
        except (OSError, TimeoutError, ValueError) as error:
            raise Refusal(
                Problem("", 0, 0, "CF006", f"no Dask scheduler answers at {address}: {error}",
                        "start one with: dask scheduler"), exit_code=2) from None
        self.jobs = max(1, len(self._client.scheduler_info()["workers"]))

    def map(
        self, work: Callable[[T], R], parts: Sequence[T], *, size: int
    ) -> Iterable[R]:
        """As `Workers.map`, on the cluster."""
        if size <= WORTH_WORKERS:
            yield from map(work, parts)
            return
        for future in self._client.map(work, parts, pure=False, retries=3):
            yield future.result()

    def close(self) -> None:
        """Leave the cluster."""
        self._client.close()


def apart(work: Callable[..., bytes], *arguments: object) -> bytes:
    """What `work` gives in a fork of this process, which then is gone with all that it held.

    Raises what it raises.
    """
    global _task
    _task = lambda: work(*arguments)  # noqa: E731 - nothing of it is pickled
    try:
        with _processes(1) as pool:
            return pool.submit(_work_apart).result()
    finally:
        _task = None


_task: Callable[[], bytes] | None = None


def _work_apart() -> bytes:
    assert _task is not None
    return _task()


def workers(executor: str, jobs: int) -> Workers:
    """What `--executor` names: `processes`, or a scheduler as `dask://HOST:PORT`.

    Raises `Refusal` (exit code 2) for anything else, and when nobody answers.
    """
    if executor == "processes":
        return Workers(jobs)
    if executor.startswith("dask://"):
        return Cluster(executor)
    raise Refusal(
        Problem("", 0, 0, "CF006", f"unknown executor {executor!r}",
                "processes, or dask://HOST:PORT"), exit_code=2)


def _processes(jobs: int) -> Executor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    context: Any = None
    with contextlib.suppress(ValueError):  # no fork on this system
        context = get_context("fork")
    # what a fork is born with is not looked through for garbage, and so stays shared
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=gc.freeze)
