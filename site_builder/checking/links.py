"""Which web addresses an archive points to, and where each of them stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urldefrag

import msgspec

from site_builder.model import Capture
from site_builder.pages.site import Site
from site_builder.reading.captures import outgoing


class Link(msgspec.Struct, frozen=True, order=True):
    """One outgoing link of one file.

    `archived` is its archived copy and `date` the day on which it was read or copied,
    where they are given; `is_copy`: it leads to such a copy itself. `address` has no
    fragment: servers do not see it.
    """

    file: str
    written: str
    archived: str = ""
    date: str = ""
    is_copy: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether nothing says when it was read, nor where a copy is."""
        return not (self.archived or self.date or self.is_copy)

    @property
    def address(self) -> str:
        """What is asked for."""
        return urldefrag(self.written).url


def links(site: Site) -> list[Link]:
    """Every outgoing link of what the site shows: texts, sources, copies, free pages, records."""
    own = site.config.base_url
    return sorted({link for link in _all(site)
                   if link.written != own and not link.written.startswith(f"{own}/")})


def _all(site: Site) -> Iterator[Link]:
    archive = site.archive
    for article in archive.articles:
        detail = site.detail(article)
        yield from _of_text(article.path, detail.html, detail.archived)
        for source in detail.sources:
            if source.url:
                yield Link(article.path, source.url, source.archived, source.retrieved)
            if source.archived:
                yield Link(article.path, source.archived, is_copy=True)
    for page in archive.pages:
        yield from _of_text(page.path, page.body, page.archived)
    for person in archive.person_records.values():
        yield from _of_text(person.path, person.bio, person.archived)
    for country in archive.country_records.values():
        yield from _of_text(country.path, country.bio, country.archived)


def _of_text(path: str, html: str, captures: Iterable[Capture]) -> Iterator[Link]:
    copies = {capture.target: capture for capture in captures}
    none = Capture("")
    for target in outgoing(html):
        copy = copies.get(target, none)
        yield Link(path, target, copy.url, copy.date)
    for copy in copies.values():
        if copy.url:
            yield Link(path, copy.url, is_copy=True)


def place(site: Path, link: Link) -> tuple[int, int]:
    """Line and column of a link in its file; (1, 1) where it is written otherwise."""
    try:
        text = (site / link.file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return 1, 1
    for form in (link.written, link.written.replace("&", "&amp;"), link.address,
                 link.written.removeprefix("https:")):
        exact = re.escape(form)
        found = re.search(rf"{exact}(?![\w/?&=%+~#-])", text) or re.search(exact, text)
        if found:
            at = found.start()
            return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return 1, 1
