"""What a saved page says about itself: JSON-LD (schema.org), Open Graph, meta tags, the page.

The first source that says a thing is believed, in this order.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from site_builder.importing import fields

_ARTICLE = re.compile(r"(?:\w*Article|BlogPosting|Report|Review|CreativeWork|WebPage)$")
_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)\s+saved date:\s*([^\n]+)")


class Metadata(msgspec.Struct, frozen=True):
    """Everything that a page says about the article on it; what it does not say is empty."""

    title: str = ""
    date: str = ""
    updated: str = ""
    summary: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    tags: tuple[str, ...] = ()
    lang: str = ""
    url: str = ""
    site: str = ""
    image: str = ""
    image_alt: str = ""
    retrieved: str = ""


def of(tree: Any, html: str) -> Metadata:
    """Read the metadata of a parsed page (lxml) and its text."""
    meta: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            meta.setdefault(name.lower(), []).append(content)
    data = next(_json_ld(tree), {})

    def first(*names: str) -> str:
        return next((meta[name][0] for name in names if meta.get(name)), "")

    saved, single = _SAVED.search(html[:4000]), _SINGLE_FILE.search(html[:4000])
    canonical = next((link.get("href") for link in tree.iter("link")
                      if "canonical" in (link.get("rel") or "").lower()), "")
    heads = [h for h in tree.iter("h1") if h.text_content().strip()]
    title = fields.text(data.get("headline") or data.get("name")) or first(
        "og:title", "dc.title", "twitter:title")
    if not title and len(heads) == 1:
        title = " ".join(heads[0].text_content().split())
    if not title:
        title = _own_title(tree, first("og:site_name"))
    time = next((t.get("datetime") for t in tree.iter("time") if t.get("datetime")), "")
    image = data.get("image") or data.get("thumbnailUrl")
    image = image[0] if isinstance(image, list) and image else image
    return Metadata(
        title=" ".join(title.split()),
        date=_text(data, "datePublished") or _text(data, "dateCreated") or first(
            "article:published_time", "datepublished", "dc.date", "dc.date.issued", "dcterms.date",
            "dcterms.created", "date", "pubdate", "publish-date", "sailthru.date") or time,
        updated=_text(data, "dateModified") or first("article:modified_time", "datemodified"),
        summary=fields.text(data.get("description")) or fields.text(first(
            "og:description", "description", "dc.description", "twitter:description")),
        authors=_authors(data) or fields.texts(", ".join(
            a for a in (*meta.get("author", ()), *meta.get("article:author", ()),
                        *meta.get("dc.creator", ())) if "://" not in a)),
        section=next(iter(fields.texts(data.get("articleSection"))), "")
        or first("article:section"),
        tags=tuple(dict.fromkeys((
            *(fields.texts(data.get("keywords"))
              or fields.texts(first("news_keywords", "keywords"))),
            *meta.get("article:tag", ())))),
        lang=_text(data, "inLanguage") or tree.get("lang") or first("og:locale").replace("_", "-"),
        url=canonical or first("og:url") or _url(data) or (saved[1] if saved else "") or (
            single[1] if single else ""),
        site=_publisher(data) or first("og:site_name", "application-name", "dc.publisher"),
        image=_url({"url": image}) if image else first("og:image", "twitter:image"),
        image_alt=first("og:image:alt", "twitter:image:alt"),
        retrieved=single[2].strip() if single else "",
    )


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    """The records of articles in the page's JSON-LD, the most specific ones first."""
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            found += _flat(json.loads(script.text_content(), strict=False))
        except (ValueError, RecursionError):
            continue
    articles = [r for r in found if any(map(_ARTICLE.match, _types(r)))]
    articles.sort(key=lambda r: (not any("Article" in t or "Posting" in t for t in _types(r)),
                                 "headline" not in r))
    return iter(articles)


def _flat(data: Any, depth: int = 0) -> list[dict[str, Any]]:
    if depth > 6:
        return []
    if isinstance(data, list):
        return [r for item in data for r in _flat(item, depth + 1)]
    if not isinstance(data, dict):
        return []
    return [data, *_flat(data.get("@graph"), depth + 1), *_flat(data.get("mainEntity"), depth + 1)]


def _types(record: dict[str, Any]) -> list[str]:
    kinds = record.get("@type")
    return [str(k) for k in kinds] if isinstance(kinds, list) else [str(kinds)]


def _text(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    return value.strip() if isinstance(value, str) else ""


def _authors(data: dict[str, Any]) -> tuple[str, ...]:
    found = data.get("author")
    items = found if isinstance(found, list) else [found]
    names = [fields.text(i.get("name")) if isinstance(i, dict) else fields.text(i) for i in items]
    return tuple(dict.fromkeys(n for n in names if n and "://" not in n))


def _publisher(data: dict[str, Any]) -> str:
    found = data.get("publisher")
    return fields.text(found.get("name")) if isinstance(found, dict) else ""


def _url(data: dict[str, Any]) -> str:
    value = data.get("url") or data.get("mainEntityOfPage")
    while isinstance(value, dict):
        value = value.get("url") or value.get("@id") or value.get("contentUrl")
    return value.strip() if isinstance(value, str) else ""


def _own_title(tree: Any, site: str) -> str:
    """The title of the window without the site's name."""
    title = next((" ".join(t.text_content().split()) for t in tree.iter("title")), "")
    for sign in (" | ", " – ", " — ", " - ", " :: "):
        head, found, tail = title.rpartition(sign)
        if found and (tail.casefold() == site.casefold() or (not site and len(tail.split()) < 5
                                                              and len(head.split()) > 3)):
            return head
    return title
