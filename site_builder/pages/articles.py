"""The page of an article, and free pages."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from site_builder.indexing.terms import term_key
from site_builder.model import Article, Findings, FreePage
from site_builder.pages import calendar, citations, mentions, voices
from site_builder.pages import contexts as c
from site_builder.pages.keys import digest
from site_builder.pages.links import Links
from site_builder.pages.sheets import Sheet
from site_builder.pages.site import Site
from site_builder.reading.fields import is_web_address
from site_builder.reading.languages import is_rtl


def article(site: Site, links: Links, sheet: Sheet, place: int) -> None:
    """The page of the article at `place` in the order of time, and its redirects."""
    articles = site.archive.articles
    article = articles[place]
    detail, findings = site.detail(article), site.findings(article)
    url = site.urls[article.path]
    section = site.section(article)
    image = article.image
    if image is not None and not is_web_address(image.src):
        where = links.medium(sheet, image.src, article.path, article.lines.get("image", 1))
        image = msgspec.structs.replace(
            image, src=where, picture=site.pictures.get(image.src)) if where else None
    issue_link = None
    if article.issue:
        subject = site.archive.issues[term_key(article.issue.number)]
        issue_link = c.Link(site.words("issue", number=subject.name), f"/issues/{subject.slug}/")
    context = c.ArticleContext(
        head=c.Head(
            article.title, url, site.card(article).summary, kind="article",
            breadcrumbs=(section,) if section else (), feed="/feed",
        ),
        id=article.id,
        title=article.title,
        summary=article.summary,
        date=article.date,
        updated=site.changed(article),
        authors=site.authors(article),
        section=section,
        people=voices.named(site, findings, site.archive.people_of[article.path], "person"),
        countries=voices.named(site, findings, site.archive.countries_of[article.path], "country"),
        tags=site.tags(article),
        sources=detail.sources,
        archived=detail.archived,
        issue=article.issue,
        issue_link=issue_link,
        image=image,
        lang=article.lang or site.config.language,
        rtl=is_rtl(article.lang or site.config.language),
        corrections=article.corrections,
        comments=detail.comments,
        translations=tuple(
            c.Link(other.title, site.urls[other.path], other.lang or site.config.language)
            for other in site.archive.versions(article)
        ),
        extra=detail.extra,
        toc=detail.toc,
        words=detail.words,
        newer=_neighbour(site, place - 1),
        older=_neighbour(site, place + 1),
        targets=links.targets(
            sheet, article, detail.anchors, links=article.links, media=article.media),
        pictures=links.pictures(article.media),
        digest=digest(article.page_digest, site.archive.traces[article.path].digest),
        original=_original(site, article),
        citation=citations.citation(site, article),
        related=site.cards(_related(site, article)),
        day=calendar.same_day(site, article),
    )
    sheet.add(
        url, "article.html", context, article.path, line=article.lines.get("slug", 1),
        lastmod=(site.changed(article) or article.date).iso,
        body=_body(site, findings, detail.html),
    )
    redirects(site, sheet, article, article.title)


def _body(site: Site, findings: Findings, html: str) -> str:
    """The text of an article; names lead to the pages of those who bear them, but no name that
    is hidden there."""
    if not site.config.finding.links:
        return html
    if site.hidden:
        findings = msgspec.structs.replace(findings, mentions=tuple(
            m for m in findings.mentions if not site.hidden.form(m)))
    return mentions.linked(html, findings, site.mention_links.get)


def redirects(site: Site, sheet: Sheet, article: Article, title: str) -> None:
    """The old addresses of an article, under a title that may be shown."""
    for address in old_addresses(article):
        sheet.lead_on(address, site.urls[article.path], title, article.path,
                      line=article.lines.get("aliases", 1))


def _original(site: Site, article: Article) -> str:
    versions = site.archive.versions(article)
    return site.urls[(versions[0] if article.translation_of and versions else article).path]


def old_addresses(article: Article) -> Iterator[str]:
    """Where the article was, as addresses of pages or files."""
    for alias in article.aliases:
        ending = alias.rsplit("/", 1)[-1]
        yield alias if alias.endswith("/") or "." in ending else alias + "/"


def _related(site: Site, article: Article) -> list[Article]:
    archive = site.archive
    return [archive.by_path[path] for path in archive.related.get(article.path, ())]


def _neighbour(site: Site, place: int) -> c.Link | None:
    articles = site.archive.articles
    if not 0 <= place < len(articles):
        return None
    other = articles[place]
    return c.Link(other.title, site.urls[other.path], site.lang(other))


def mark(site: Site, links: Links, place: int, own: str) -> str:
    """All that the page of an article depends on, apart from what every page shows.

    `own` is what `Site.mark` says of the article.
    """
    articles = site.archive.articles
    article = articles[place]
    parts = [article.page_digest, own, site.archive.traces[article.path].digest]
    parts += [site.archive.author_filed[name] for name in article.authors]
    for near in (place - 1, place + 1):
        if 0 <= near < len(articles):
            other = articles[near]
            parts += (other.title, site.urls[other.path], other.lang)
        else:
            parts.append("")
    for other in _related(site, article):
        parts += (other.title, site.urls[other.path], other.lang, other.date.day)
    parts.append("\0" if calendar.same_day(site, article) else "")
    for version in site.archive.versions(article):
        parts += (version.title, site.urls[version.path], version.lang)
    if article.links or article.media:
        parts.append(links.mark(article))
    return "\0".join(parts)


def free_page(site: Site, links: Links, sheet: Sheet, page: FreePage) -> None:
    """A page that is not an article."""
    language = page.lang or site.config.language
    sheet.add(f"/{page.slug}/", "page.html", c.PageContext(
        head=c.Head(page.title, f"/{page.slug}/", page.summary),
        title=page.title, summary=page.summary, lang=language, rtl=is_rtl(language),
        body=page.body, archived=page.archived, extra=page.extra,
        targets=links.targets(sheet, page, page.anchors, links=page.links, media=page.media),
        pictures=links.pictures(page.media),
    ), page.path)
