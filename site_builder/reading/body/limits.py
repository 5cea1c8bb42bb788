"""A time limit for one article: some inputs make a Markdown parser quadratic or worse."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TimeExceeded(Exception):  # noqa: N818
    """The work took longer than its limit."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise `TimeExceeded` in the block after `seconds` of wall time.

    Works in a process's main thread where the system has interval timers
    (POSIX); elsewhere there is no limit.
    """
    if not hasattr(signal, "setitimer") or (
        threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeExceeded

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
