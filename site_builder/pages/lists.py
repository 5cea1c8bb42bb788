"""Cutting a list into pages so that adding an article changes as few of them as possible.

Older pages are full and numbered from the oldest article; the list's own
address shows the newest ones, between one page and nearly two. A page that is
full never changes again (docs/decisions/0003-pages-of-a-list.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar, overload

from site_builder.model import Moment
from site_builder.pages.contexts import Pager, PageStep

T = TypeVar("T")


class Dated(Protocol):
    """What lists are made of."""

    @property
    def date(self) -> Moment:
        """The day that puts it in order."""


def cut(items: Sequence[T], size: int, *, ascending: bool = False) -> list[Sequence[T]]:
    """Pages of a list; the first one stands at the list's own address.

    `items` run newest first, or oldest first with `ascending`. For the former
    the numbered pages follow from page 1, the oldest.
    """
    if ascending:
        return [items[i : i + size] for i in range(0, len(items), size)] or [items]
    full = max(0, len(items) // size - 1)
    newest = len(items) - full * size
    older = [items[newest + i * size : newest + (i + 1) * size] for i in range(full)]
    return [items[:newest], *reversed(older)]


def page_url(url: str, index: int, *, ascending: bool = False) -> str:
    """The address of a page of the list at `url`; index 0 is the list's own."""
    if index == 0:
        return url
    return f"{url}page/{index + 1 if ascending else index}/"


class Pagers(Sequence[Pager]):
    """The pager of each page, in the order of `pages`; made when it is asked for."""

    def __init__(
        self, url: str, pages: Sequence[Sequence[Dated]], *, ascending: bool = False
    ) -> None:
        self._url, self._pages, self._ascending = url, pages, ascending
        self._order = range(len(pages)) if ascending else [0, *range(len(pages) - 1, 0, -1)]
        self._total = sum(map(len, pages))
        self._days: dict[int, tuple[str, str]] = {}

    def __len__(self) -> int:
        return len(self._pages)

    @overload
    def __getitem__(self, index: int) -> Pager: ...

    @overload
    def __getitem__(self, index: slice) -> list[Pager]: ...

    def __getitem__(self, index: int | slice) -> Pager | list[Pager]:
        if isinstance(index, slice):
            return [self[place] for place in range(len(self))[index]]
        order = self._order
        if not 0 <= index < len(order):
            raise IndexError(index)
        if len(order) == 1:
            return Pager(total=self._total)
        place = index if self._ascending or not index else len(order) - index
        numbers = sorted({0, len(order) - 1, *range(max(0, place - 2), min(len(order), place + 3))})
        before = self._address(place - 1) if place else ""
        after = self._address(place + 1) if place + 1 < len(order) else ""
        return Pager(
            steps=tuple(self._step(number, number == place) for number in numbers),
            newer=after if self._ascending else before,
            older=before if self._ascending else after,
            total=self._total,
        )

    def _address(self, place: int) -> str:
        return page_url(self._url, self._order[place], ascending=self._ascending)

    def _step(self, place: int, current: bool) -> PageStep:
        days = self._days.get(place)
        if days is None:
            of = [item.date.day for item in self._pages[self._order[place]]]
            days = self._days[place] = min(of), max(of)
        return PageStep(number=place + 1, url=self._address(place), first=days[0], last=days[1],
                        current=current)
