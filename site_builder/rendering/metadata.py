"""What stands in a page's head for machines: search engines, readers of feeds, Zotero.

It is made here and not by a template, for it is the same in every theme, and
what many pages share (an author, a section, a feed) is made once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from markupsafe import Markup, escape

from site_builder.config import SiteConfig
from site_builder.pages import contexts as c
from site_builder.rendering.compiling import markup
from site_builder.rendering.jsonld import JsonLd

FEEDS: Final = {"atom": ("xml", "application/atom+xml"), "json": ("json", "application/feed+json")}
_DUBLIN_CORE: Final = '<link rel="schema.DC" href="http://purl.org/dc/elements/1.1/">\n'


class Metadata:
    """Makes the metadata of pages."""

    def __init__(self, config: SiteConfig, absolute: Callable[[str], str]) -> None:
        self.config, self.absolute = config, absolute
        self.jsonld = JsonLd(config, absolute)
        self._authors: dict[tuple[str, str], str] = {}
        self._site_name = _property("og:site_name", str(escape(config.title)))
        name = str(escape(config.publisher or config.title))
        self._publisher = _meta("citation_publisher", name) + _meta("DC.publisher", name)
        rights = " ".join(filter(None, (
            config.license.notice, config.license.name, config.license.url)))
        self._whole_feed = self._feed_links(c.Head("", "/", feed="/feed"))
        self._rights = _meta("DC.rights", str(escape(rights))) if rights else ""

    def of(self, context: Any) -> Markup:
        """The metadata of one page, each on its line."""
        head: c.Head = context.head
        url = str(escape(self.absolute(head.url)))
        title = str(escape(head.title or self.config.title))
        text = str(escape(head.description or self._fallback(head)))
        parts = [_meta("description", text)]
        if not head.index:
            parts.append('<meta name="robots" content="noindex">\n')
        parts.append(f'<link rel="canonical" href="{url}">\n')
        if head.feed:
            parts.append(self._whole_feed if head.feed == "/feed" else self._feed_links(head))
        parts.append(self._site_name)
        parts.append(
            f'<meta property="og:type" content="{head.kind}">\n'
            f'<meta property="og:title" content="{title}">\n'
            f'<meta property="og:url" content="{url}">\n'
            f'<meta property="og:description" content="{text}">\n')
        if isinstance(context, c.ArticleContext):
            self._article(context, parts, title, url)
        else:
            parts.append('<meta name="twitter:card" content="summary">\n')
        data = self.jsonld.of(context)
        if data:
            parts.append(f'<script type="application/ld+json">{data}</script>\n')
        return markup("".join(parts))

    def _fallback(self, head: c.Head) -> str:
        of = self.config.description or self.config.title
        return of if head.title in (self.config.title, of) else f"{head.title} · {of}"

    def _feed_links(self, head: c.Head) -> str:
        title = self.config.title if head.feed == "/feed" else \
            f"{head.title} · {self.config.title}"
        base, name = escape(self.absolute(head.feed)), escape(title)
        return "".join(
            f'<link rel="alternate" type="{FEEDS[form][1]}" title="{name}" '
            f'href="{base}.{FEEDS[form][0]}">\n' for form in self.config.feeds.formats)

    def _article(
        self, article: c.ArticleContext, parts: list[str], title: str, url: str
    ) -> None:
        date = article.date
        if article.translations:
            parts.append(self._versions(article))
        parts.append(_property("article:published_time", date.rfc3339))
        if article.updated:
            parts.append(_property("article:modified_time", article.updated.rfc3339))
        if article.section:
            parts.append(_property("article:section", str(escape(article.section.name))))
        for tag in article.tags:
            name = str(escape(tag.name))
            parts.append(_property("article:tag", name) + _meta("citation_keywords", name))
        if article.image:
            parts.append(_property("og:image", str(escape(self.absolute(article.image.src)))))
            if article.image.alt:
                parts.append(_property("og:image:alt", str(escape(article.image.alt))))
            parts.append('<meta name="twitter:card" content="summary_large_image">\n')
        else:
            parts.append('<meta name="twitter:card" content="summary">\n')
        # Highwire and Dublin Core, as scholar.google.com/intl/en/scholar/inclusion.html and
        # Zotero's translator "Embedded Metadata" read them
        parts.append(
            f'<meta name="citation_title" content="{title}">\n'
            f'<meta name="citation_publication_date" content="{date.day.replace("-", "/")}">\n'
            f'<meta name="citation_language" content="{article.lang}">\n'
            f'<meta name="citation_public_url" content="{url}">\n'
            f'{_DUBLIN_CORE}'
            f'<meta name="DC.title" content="{title}">\n'
            f'<meta name="DC.date" content="{date.day}">\n'
            f'<meta name="DC.type" content="Text">\n'
            f'<meta name="DC.language" content="{article.lang}">\n'
            f'<meta name="DC.identifier" content="{url}">\n'
            # without it Zotero takes whatever has a citation_title for a journal's
            f'<meta name="z:itemType" content="newspaperArticle">\n')
        parts.append(self._publisher)
        parts.append(self._rights)
        for author in article.authors:
            parts.append(self._authors.get((author.name, author.url)) or self._author(author))
        if article.issue:
            parts.append(_meta("citation_issue", str(escape(article.issue.number))))
            if article.issue.page:
                parts.append(_meta("citation_firstpage", str(article.issue.page)))

    def _author(self, author: c.Link) -> str:
        name = str(escape(author.name))
        found = self._authors[author.name, author.url] = (
            _meta("citation_author", name) + _meta("DC.creator", name)
            + _property("article:author", str(escape(self.absolute(author.url)))))
        return found

    def _versions(self, article: c.ArticleContext) -> str:
        """Every version names all, itself too (developers.google.com, "Localized versions")."""
        pages = {article.lang: article.head.url}
        for other in article.translations:
            pages.setdefault(other.lang, other.url)
        pages["x-default"] = article.original
        return "".join(
            f'<link rel="alternate" hreflang="{lang}" href="{escape(self.absolute(page))}">\n'
            for lang, page in sorted(pages.items()))


def _meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">\n'


def _property(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">\n'
