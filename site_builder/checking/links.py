"""Which web addresses an archive points to, and where each of them stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag

import msgspec

from site_builder.pages.site import Site
from site_builder.reading.captures import outgoing


class Link(msgspec.Struct, frozen=True, order=True):
    """One outgoing link of one file; `archived` is its copy and `date` the copy's, if there is one.

    `address` has no fragment: servers do not see it.
    """

    file: str
    written: str
    archived: str = ""
    date: str = ""

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
        copies = {capture.target: capture for capture in detail.archived}
        for target in outgoing(detail.html):
            copy = copies.get(target)
            yield Link(article.path, target, copy.url if copy else "", copy.date if copy else "")
        for source in detail.sources:
            if source.url:
                yield Link(article.path, source.url, source.archived, source.retrieved)
            if source.archived:
                yield Link(article.path, source.archived)
        for capture in detail.archived:
            yield Link(article.path, capture.url)
    for page in archive.pages:
        yield from (Link(page.path, target) for target in outgoing(page.body))
    for person in archive.person_records.values():
        yield from (Link(person.path, target) for target in outgoing(person.bio))
    for country in archive.country_records.values():
        yield from (Link(country.path, target) for target in outgoing(country.bio))


def place(site: Path, link: Link) -> tuple[int, int]:
    """Line and column of a link in its file; (1, 1) where it is written otherwise."""
    try:
        text = (site / link.file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return 1, 1
    for form in (link.written, link.written.replace("&", "&amp;"), link.address):
        found = re.search(rf"{re.escape(form)}(?![\w/])", text) or re.search(re.escape(form), text)
        if found:
            at = found.start()
            return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return 1, 1
