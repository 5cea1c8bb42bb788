"""A large value, and beside it what has changed since it was written whole.

After the edit of a text, a few entries of a hundred thousand are others. To write all of them
again takes longer than what else there is to do.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final, Generic, TypeVar

import msgspec

from site_builder.cache import load_summed, save

S = TypeVar("S", bound=msgspec.Struct)
C = TypeVar("C", bound=msgspec.Struct)

SHARE: Final = 8
"""A change is written by itself as long as it is no larger than this part of the whole."""


class _Change(msgspec.Struct):
    """`base` is the checksum of the whole that the change belongs to."""

    base: bytes
    change: msgspec.Raw


class Since(Generic[S, C]):
    """A value of kind `S` in a file, and a change of kind `C` in a smaller one.

    The change tells all that is different from the whole, so that there is one at most. It counts
    for nothing beside another whole than the one that it was made for.
    """

    def __init__(self, path: Path, kind: type[S], change: type[C]) -> None:
        self._path, self._kind, self._change = path, kind, change
        self._base = b""

    @property
    def _beside(self) -> Path:
        return self._path.with_name(f"{self._path.name}.since")

    def load(self) -> tuple[S, C | None] | None:
        """The whole and the change; None where the whole is missing, damaged or another version's.

        A damaged change is none: whoever asks has to tell by the value that it is an older one.
        """
        found = load_summed(self._path, self._kind)
        if found is None:
            return None
        whole, self._base = found
        beside = load_summed(self._beside, _Change)
        if beside is None or beside[0].base != self._base:
            return whole, None
        try:
            return whole, msgspec.msgpack.decode(beside[0].change, type=self._change)
        except msgspec.MsgspecError:
            return whole, None

    def save(self, whole: S) -> None:
        """Write the value as a whole; `load` has to be asked again before the next change."""
        self._base = b""
        save(self._path, whole)
        with contextlib.suppress(OSError):  # it counts for nothing now
            self._beside.unlink(missing_ok=True)

    def save_change(self, change: C) -> bool:
        """Write what is different from the whole that was loaded; False where that is too much."""
        data = msgspec.msgpack.encode(change)
        try:
            if not self._base or len(data) * SHARE > self._path.stat().st_size:
                return False
        except OSError:
            return False
        save(self._beside, _Change(self._base, msgspec.Raw(data)))
        return True
