"""What crawlers are told: robots.txt, the sitemap, the news sitemap."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path
from typing import Final

from site_builder.pages import contexts as c
from site_builder.pages.sheets import Sheet
from site_builder.pages.site import Site

AGENTS: Final = Path(__file__).parent / "crawlers.toml"
PART_ADDRESSES: Final = 50_000
PART_BYTES: Final = 50_000_000
"""What one sitemap may hold at most (sitemaps.org/protocol.html; there 52,428,800 bytes)."""
NEWS_DAYS: Final = 2
NEWS_ADDRESSES: Final = 1000
"""What a news sitemap may hold (developers.google.com, "Create a News sitemap")."""
_MARKUP: Final = 120
"""Bytes around an address, at most."""


def robots(site: Site, sheet: Sheet) -> None:
    """robots.txt (RFC 9309), unless the site has one of its own in static/.

    Crawlers read it at the root of a host only (RFC 9309, 2.3).
    """
    if "robots.txt" in site.static:
        return
    config = site.config
    base = config.base_path
    lines = ["User-agent: *"]
    lines += [f"Disallow: {base}{path}" for path in config.robots.disallow] or ["Disallow:"]
    if config.robots.ai == "disallow":
        lines += ["", *(f"User-agent: {name}" for name in agents()), f"Disallow: {base}/"]
    lines += ["", f"Sitemap: {config.base_url}/sitemap.xml"]
    if _has_news(site):
        lines.append(f"Sitemap: {config.base_url}/news-sitemap.xml")
    sheet.add("/robots.txt", "", c.FileContext("\n".join(lines) + "\n"), "what crawlers are told")


def agents() -> list[str]:
    """The names by which known crawlers for language models obey robots.txt."""
    found = tomllib.loads(AGENTS.read_text("utf-8"))
    return sorted((name for entry in found["operator"] for name in entry["agents"]),
                  key=str.casefold)


def _has_news(site: Site) -> bool:
    return site.config.metadata.news_sitemap and bool(site.archive.articles)


def news(site: Site, sheet: Sheet) -> None:
    """The articles of the two days up to the newest one, where site.toml asks for it.

    They are counted from the newest article and not from the clock: the same
    input gives the same bytes, on whatever day it is built.
    """
    if not _has_news(site):
        return
    newest = max(article.date.epoch for article in site.archive.articles[:NEWS_ADDRESSES])
    first = newest - int(dt.timedelta(days=NEWS_DAYS).total_seconds())
    day = site.archive.articles[0].date.day
    earliest = (dt.date.fromisoformat(day) - dt.timedelta(days=NEWS_DAYS + 1)).isoformat()
    near = takewhile(lambda a: a.date.day >= earliest, site.archive.articles)
    found = [a for a in near if a.date.epoch >= first][:NEWS_ADDRESSES]
    sheet.add("/news-sitemap.xml", "news.xml", c.NewsContext(site.config.title, tuple(
        (site.urls[a.path], _language(a.lang or site.config.language), a.date.iso, a.title)
        for a in found)), "the news sitemap")


def _language(tag: str) -> str:
    """As Google wants it: ISO 639, but Chinese with its script or region."""
    tag = tag.lower()
    if tag.startswith("zh"):
        return "zh-tw" if {"tw", "hk", "hant"} & set(tag.split("-")) else "zh-cn"
    return tag.partition("-")[0]


def sitemap(entries: Iterable[tuple[str, str]], base_url: str) -> Sheet:
    """The sitemap over (site path, last change) of all pages, in parts where there are too many.

    A part is listed with the latest change in it.
    """
    parts: list[list[tuple[str, str]]] = [[]]
    size = 0
    for url, changed in entries:
        cost = len(base_url) + len(url.encode()) + _MARKUP
        if len(parts[-1]) == PART_ADDRESSES or size + cost > PART_BYTES:
            parts.append([])
            size = 0
        parts[-1].append((url, changed))
        size += cost
    sheet = Sheet()
    if len(parts) == 1:
        sheet.add("/sitemap.xml", "sitemap.xml", c.SitemapContext(tuple(parts[0])), "the sitemap")
        return sheet
    listed = []
    for number, part in enumerate(parts, 1):
        # of dates with and without time and in several zones the day is comparable
        listed.append((f"/sitemap-{number}.xml", max(changed[:10] for _, changed in part)))
        sheet.add(listed[-1][0], "sitemap.xml", c.SitemapContext(tuple(part)), "the sitemap")
    sheet.add("/sitemap.xml", "sitemap.xml", c.SitemapContext((), tuple(listed)), "the sitemap")
    return sheet
