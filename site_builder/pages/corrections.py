"""What was corrected and what was removed: the list of both, and the note for each removal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from site_builder.model import Article, Moment
from site_builder.pages import contexts as c
from site_builder.pages.articles import redirects
from site_builder.pages.lists import Pagers, cut, page_url
from site_builder.pages.sheets import Sheet
from site_builder.pages.site import Site
from site_builder.reading.languages import is_rtl

URL: Final = "/corrections/"


def any_of(site: Site) -> bool:
    """Whether there is anything to list."""
    archive = site.archive
    return bool(archive.removed) or archive.corrected


def mark(site: Site) -> bytes:
    """All that the list depends on, apart from what every page shows."""
    return msgspec.msgpack.encode([list(_corrected(site)), _removed(site)])


def overview(site: Site, sheet: Sheet) -> None:
    """The corrections, newest first, and the articles that were removed."""
    heading, intro = site.words("corrections_made"), site.words("corrections_intro")
    found = sorted(_corrected(site), key=lambda x: x.date.day, reverse=True)
    cuts = cut(found, site.config.lists.page_size)
    for index, (part, pager) in enumerate(zip(cuts, Pagers(URL, cuts), strict=True)
                                          if found else [((), c.Pager())]):
        address = page_url(URL, index)
        title = heading if index == 0 else site.words(
            "numbered", heading=heading, page=site.words.digits(str(index)))
        sheet.add(address, "corrections.html", c.CorrectionsContext(
            head=c.Head(title, address, intro,
                        breadcrumbs=(c.Link(heading, URL),) if index else ()),
            heading=heading, intro=intro, corrections=tuple(part),
            removed=_removed(site) if index == 0 else (), pager=pager,
        ), "the corrections")


def note(site: Site, sheet: Sheet, article: Article) -> None:
    """The note in the place of an article that was removed, and its old addresses."""
    removal = article.removed
    assert removal is not None
    shown = article.title if removal.show_title else ""
    title = shown or site.words("removed_here")
    language = (article.lang if shown else "") or site.config.language
    url = site.urls[article.path]
    sheet.add(url, "removed.html", c.RemovedContext(
        head=c.Head(title, url, index=False), title=shown, lang=language, rtl=is_rtl(language),
        published=article.date if shown else None, date=removal.date, reason=removal.reason,
    ), article.path, line=article.lines.get("slug", 1))
    redirects(site, sheet, article, title)


def note_mark(site: Site, article: Article) -> bytes:
    """All that a note depends on."""
    assert article.removed is not None
    title = article.title if article.removed.show_title else ""
    return msgspec.msgpack.encode([
        article.removed, title, article.lang, article.date, site.urls[article.path],
        article.aliases, article.lines])


def _corrected(site: Site) -> Iterator[c.Corrected]:
    for article in site.archive.articles:
        link = None
        for correction in reversed(article.corrections):
            link = link or c.Link(
                article.title, f"{site.urls[article.path]}#_corrections", site.lang(article))
            yield c.Corrected(
                Moment((correction.date + "-01-01")[:10], 0), correction.date, correction.text,
                link, article.date,
            )


def _removed(site: Site) -> tuple[c.RemovedArticle, ...]:
    """Without a title, and without the address where that would give it away."""
    found = []
    for article in site.archive.removed.values():
        removal = article.removed
        assert removal is not None
        link = c.Link(article.title, site.urls[article.path], site.lang(article)) \
            if removal.show_title and article.title else None
        found.append(c.RemovedArticle(removal.date, removal.reason, link))
    return tuple(sorted(found, key=lambda x: (x.date, x.reason), reverse=True))
