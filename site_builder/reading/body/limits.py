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
    """Raise `TimeExceeded` in the block after `seconds` of this process's processor time.

    Not of the clock's: whether an article is given up must not depend on what else a machine
    does, nor on whether it was suspended meanwhile. Works in a process's main thread where the
    system has interval timers (POSIX); elsewhere there is no limit.
    """
    if not hasattr(signal, "setitimer") or (
        threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeExceeded

    previous = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, previous)
