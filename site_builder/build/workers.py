"""Where the work is done: in this process, in processes beside it, or on a cluster."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor

CHUNK = 50
WORTH_WORKERS = 200

T = TypeVar("T")
R = TypeVar("R")


class Workers:
    """`jobs` processes (0: one for each processor); used only where there is enough to do."""

    def __init__(self, jobs: int = 0) -> None:
        self.jobs = jobs or os.cpu_count() or 1

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


def _processes(jobs: int) -> Executor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    context: Any = None
    with contextlib.suppress(ValueError):  # no fork on this system
        context = get_context("fork")
    return ProcessPoolExecutor(jobs, mp_context=context)
