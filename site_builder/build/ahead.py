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
