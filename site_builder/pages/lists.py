"""Cutting a list into pages so that adding an article changes as few of them as possible.

Older pages are full and numbered from the oldest article; the list's own
address shows the newest ones, between one page and nearly two. A page that is
full never changes again (docs/decisions/0003-pages-of-a-list.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

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


def pagers(
    url: str, pages: Sequence[Sequence[Dated]], *, ascending: bool = False
) -> list[Pager]:
    """The pager of each page, in the order of `pages`."""
    if len(pages) == 1:
        return [Pager(total=len(pages[0]))]
    total = sum(len(page) for page in pages)
    newest_first = [0, *range(len(pages) - 1, 0, -1)]
    order = list(range(len(pages))) if ascending else newest_first
    result: list[Pager] = [Pager()] * len(pages)
    for place, index in enumerate(order):
        steps = tuple(
            PageStep(
                number=number + 1,
                url=page_url(url, other, ascending=ascending),
                first=min(a.date.day for a in pages[other]),
                last=max(a.date.day for a in pages[other]),
                current=other == index,
            )
            for number, other in enumerate(order)
            if _near(number, place, len(order))
        )
        before = page_url(url, order[place - 1], ascending=ascending) if place else ""
        after = (
            page_url(url, order[place + 1], ascending=ascending)
            if place + 1 < len(order) else ""
        )
        result[index] = Pager(
            steps=steps,
            newer=after if ascending else before,
            older=before if ascending else after,
            total=total,
        )
    return result


def _near(number: int, place: int, count: int) -> bool:
    return number in (0, count - 1) or abs(number - place) <= 2
