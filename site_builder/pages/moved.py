"""Old addresses of people: whatever hung below one leads on to what hangs below the new one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Final

from site_builder.model import Person
from site_builder.pages import contexts as c
from site_builder.pages.feeds import ENDINGS
from site_builder.pages.sheets import Page, Sheet
from site_builder.reading.slugs import slug

_WHOLE: Final = re.compile(r"/people/([\w-]+)/")
"""An address that a page of a person can have had."""


def old(record: Person) -> tuple[str, ...]:
    """The old addresses of a person, but for those that spell a hidden name."""
    hidden = {slug(name) for name in record.hidden}
    return tuple(address for address in record.redirect_from
                 if hidden.isdisjoint(address.split("/")))


def _slugs(record: Person) -> list[str]:
    return [found[1] for address in old(record) if (found := _WHOLE.fullmatch(address))]


def person(sheet: Sheet, record: Person, url: str) -> None:
    """The pages at the old addresses of a person whose page is at `url`; theirs are planned.

    Where the older pages of the list and the statements were, a page leads to those of the same
    number; where a feed was, there is a copy of the feed, since few programs that read feeds
    follow a page. A page with somebody who is the same person now leads to this person.
    """
    own = url.split("/")[2]
    planned = _below(sheet, url)
    line = record.lines.get("redirect_from", 1)
    for address in old(record):
        sheet.lead_on(address, url, record.name, record.path, line=line)
        if _WHOLE.fullmatch(address):
            _echo(sheet, planned, url, address, record.path, line)
    slugs = [own, *_slugs(record)]
    for one, other in product(slugs, slugs):
        if one != other:
            sheet.lead_on(
                f"/people/{one}/{other}/", url, record.name, record.path, line=line)


def pair(sheet: Sheet, a: Person, b: Person, url: str, heading: str, owner: str) -> None:
    """The pages at the old addresses of two people whose page is at `url`, in either order."""
    first, second = url.split("/")[2:4]
    planned = _below(sheet, url)
    for one, other in product((first, *_slugs(a)), (second, *_slugs(b))):
        if (one, other) != (first, second):
            was, turned = sorted((f"/people/{one}/{other}/", f"/people/{other}/{one}/"))
            sheet.lead_on(was, url, heading, owner)
            _echo(sheet, planned, url, was, owner)
            sheet.lead_on(turned, url, heading, owner)


def rules(record: Person, url: str, formats: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Old address → address, of a person's page and their feeds, for hosts that redirect."""
    for address in old(record):
        yield address, url
        if _WHOLE.fullmatch(address):
            for form in formats:
                yield f"{address}feed.{ENDINGS[form]}", f"{url}feed.{ENDINGS[form]}"


def _below(sheet: Sheet, url: str) -> list[Page]:
    return [page for page in sheet.pages if page.url.startswith(url) and page.url != url]


def _echo(sheet: Sheet, pages: list[Page], new: str, was: str, owner: str, line: int = 0) -> None:
    """What lies below an address, once more below another one: feeds, and pages that lead on."""
    for page in pages:
        address = was + page.url.removeprefix(new)
        if page.stays:
            sheet.add(address, "redirect.html", None, owner, line=line, stays=True)
        elif isinstance(page.context, c.FeedContext):
            sheet.add(address, page.template, page.context, owner, line=line)
        else:
            sheet.lead_on(address, page.url, page.context.head.title, owner, line=line)
