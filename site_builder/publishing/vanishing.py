"""Whether so many pages are gone that it can hardly be meant."""

from __future__ import annotations

from collections.abc import Container, Iterable

MANY = 50


def vanished(old: Iterable[str], new: Container[str], percent: float) -> str:
    """A sentence when more than `percent` of the pages among `old` paths are gone; else empty.

    A site of fewer than 50 pages may change as it likes.
    """
    before = [path for path in old if path.endswith("index.html")]
    gone = sum(path not in new for path in before)
    if len(before) >= MANY and gone * 100 > len(before) * percent:
        return f"{gone:,} of {len(before):,} pages would be gone"
    return ""
