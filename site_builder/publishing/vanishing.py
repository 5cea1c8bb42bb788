"""Whether so many pages are gone that it can hardly be meant."""

from __future__ import annotations

from collections.abc import Mapping

MANY = 50


def vanished(old: Mapping[str, object], new: Mapping[str, object], percent: float) -> str:
    """A sentence when more than `percent` of the pages among `old` paths are gone; else empty.

    A site of fewer than 50 pages may change as it likes.
    """
    gone = sum(path.endswith("index.html") for path in old.keys() - new.keys())
    before = sum(path.endswith("index.html") for path in old) if gone else 0
    if before >= MANY and gone * 100 > before * percent:
        return f"{gone:,} of {before:,} pages would be gone"
    return ""
