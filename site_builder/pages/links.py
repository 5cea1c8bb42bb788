"""Where the links and pictures of a text lead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from site_builder.model import INTERNAL, Article, BodyLink, FreePage, Picture
from site_builder.pages.contexts import Content
from site_builder.pages.sheets import Sheet
from site_builder.pages.site import Site
from site_builder.problems import Severity

Targets = tuple[tuple[str, str], ...]
_WRITTEN = re.compile(rf'="(?:{INTERNAL}([^"]*)|(#[^"]+))"')


def addresses(html: str) -> Iterator[str]:
    """The links into the site that a finished text holds, as written."""
    for path, mark in _WRITTEN.findall(html):
        yield unescape(path or mark)


class Links:
    """Finds what a link means: another article's file, an address of the site, a medium."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._names: dict[str, Article] | None = None
        self._addresses: frozenset[str] | None = None
        self._moved: dict[str, str] | None = None

    def article(self, target: str) -> Article | None:
        """The article whose file or, for Hugo's `ref`, whose name a link gives."""
        if not target.startswith("ref:"):
            archive = self._site.archive
            return archive.by_path.get(target) or archive.removed.get(target)
        if self._names is None:
            self._names = {}
            for article in self._site.archive.articles:
                stem = article.path.rsplit("/", 1)[-1].removesuffix(".md")
                self._names.setdefault(stem, article)
                self._names.setdefault(article.slug, article)
        return self._names.get(target[4:].rstrip("/").rsplit("/", 1)[-1].removesuffix(".md"))

    def address(self, target: str) -> str:
        """The site path for a link by address, by a page's file or to a medium; or empty."""
        site = self._site
        for page in site.archive.pages:
            if target in (page.path, f"/{page.slug}/", f"/{page.slug}"):
                return f"/{page.slug}/"
        if target.lstrip("/") in site.static:
            return target
        if self._addresses is None:
            self._addresses = frozenset(site.addresses())
        for form in (target, target + "/"):
            if form in self._addresses:
                return form
        return site.medium_url(target) or self._new_address(target)

    def _new_address(self, old: str) -> str:
        """Where an old address of a person or an article leads; or empty."""
        if self._moved is None:
            archive, self._moved = self._site.archive, {}
            for article in archive.articles:
                self._moved.update(dict.fromkeys(article.aliases, self._site.urls[article.path]))
            for key, record in archive.person_records.items():
                if record.redirect_from and key in archive.people:
                    self._moved.update(dict.fromkeys(
                        record.redirect_from, self._site.person_link(key).url))
        return self._moved.get(old) or self._moved.get(f"{old}/", "")

    def mark(self, article: Article | FreePage) -> str:
        """All that resolving the links of a text depends on, for the key of its page."""
        parts = []
        for link in article.links:
            target, _, fragment = link.target.partition("#")
            other = self.article(target) if target else None
            if other is not None:
                parts.append(self._site.urls[other.path])
                parts.append(other.page_digest if fragment else "")
            elif target:
                parts.append(self.address(target))
        site = self._site
        parts += [f"{name in site.files or name[1:] in site.static} {site.pictures.get(name)}"
                  for name in (medium.target for medium in article.media)]
        parts += [f"{told.line}:{told.column}" for told in (*article.links, *article.media)]
        return "\0".join(parts)

    def targets(
        self, sheet: Sheet, page: Article | FreePage, anchors: str, *,
        links: Iterable[BodyLink], media: Iterable[BodyLink],
    ) -> Targets:
        """Pairs of a link as written and its site path; broken ones become problems.

        `anchors` are the ids of the text itself, separated by spaces.
        """
        severity = Severity(self._site.config.checks.broken_links)
        found: dict[str, str] = {}
        for link in links:
            target, _, fragment = link.target.partition("#")

            def problem(code: str, message: str, hint: str = "", at: BodyLink = link) -> None:
                sheet.problems.add(code, message, file=page.path, line=at.line, column=at.column,
                                   severity=severity, hint=hint)

            other = self.article(target) if target else None
            if other is not None:
                if other.removed:  # the note at its address has no anchors
                    found[link.target] = self._site.urls[other.path]
                    continue
                where = self._site.urls[other.path]
                if fragment:
                    known = self._site.detail(other).anchors.split()
                    if fragment not in known:
                        readable = [a for a in known if not a.startswith("p-")][:8]
                        problem("LK002", f"{other.path} has no anchor #{fragment}",
                                "its anchors: " + ", ".join(readable))
                        sheet.told.add(f"{where}#{fragment}")
            elif target:
                where = self.address(target)
                if not where:
                    problem("LK001", f"nothing in the site is at {target.removeprefix('ref:')}",
                            "link to the other article's file, such as ../2022/name.md")
                    where = target if target.startswith("/") else f"/{target.removeprefix('ref:')}"
                    sheet.told.add(where + (f"#{fragment}" if fragment else ""))
            else:
                if fragment and fragment not in anchors.split():
                    problem("LK002", f"this page has no anchor #{fragment}")
                    sheet.told.add(f"#{fragment}")
                continue
            found[link.target] = where + (f"#{fragment}" if fragment else "")
        for medium in media:
            name = medium.target
            found[name] = self.medium(sheet, name, page.path, medium.line, medium.column) or name
        return tuple(sorted(found.items()))

    def content(self, article: Article) -> Content:
        """The text of an article with where its links lead; its own page says what is broken."""
        detail = self._site.detail(article)
        return Content(detail.html, self.targets(
            Sheet(), article, detail.anchors, links=article.links, media=article.media))

    def pictures(self, media: Iterable[BodyLink]) -> tuple[tuple[str, Picture], ...]:
        """What is known of the pictures among the media of a text."""
        known = self._site.pictures
        return tuple((name, known[name]) for name in sorted(medium.target for medium in media)
                     if name in known)

    def medium(self, sheet: Sheet, target: str, page: str, line: int, column: int = 1) -> str:
        """The site path of a picture or file; empty, with a problem, when there is none."""
        if target.startswith("/") and target[1:] in self._site.static:
            return target
        where = self._site.medium_url(target)
        if where:
            sheet.media.add(target)
            return where
        sheet.problems.add(
            "LK003", f"there is no file {target}", file=page, line=line, column=column,
            severity=Severity(self._site.config.checks.broken_links),
            hint="name it relative to the article, or put it in static/ and write /name",
        )
        sheet.told.add(target)
        return ""
