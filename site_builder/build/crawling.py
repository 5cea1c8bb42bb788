"""What crawlers and hosts read once all pages are known."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.build.making import Job, Made
from site_builder.cache import GroupRow
from site_builder.config import SiteConfig
from site_builder.pages import crawlers, moved
from site_builder.pages.articles import old_addresses
from site_builder.pages.contexts import FileContext
from site_builder.pages.plan import Planner
from site_builder.pages.sheets import Sheet
from site_builder.rendering import rules


def sitemap(rows: Iterable[GroupRow], job: Job, config: SiteConfig) -> Made:
    """The sitemap of all pages."""
    entries = [
        (page.url, page.lastmod) for row in rows for page in row.pages
        if page.path.endswith("index.html")
        and page.template not in ("redirect.html", "removed.html", "search.html")
    ]
    return job.make_sheet("sitemap:", "", crawlers.sitemap(entries, config.base_url))


def hosting(
    planner: Planner, job: Job, assets: dict[str, str], config: SiteConfig, *, portable: bool
) -> Made:
    """The rules for hosts: headers, and the old addresses of what moved."""
    sheet, urls = Sheet(), planner.site.urls
    if config.hosting.rules and not portable:
        archive = planner.site.archive
        lines = [(old, urls[a.path]) for a in archive.articles if a.aliases
                 for old in old_addresses(a)]
        for key, subject in archive.people.items():
            if (record := archive.person_records[key]).redirect_from:
                lines += moved.rules(record, f"/people/{subject.slug}/", config.feeds.formats)
        for name, text in (("/_headers", rules.headers(config, assets)),
                           ("/_redirects", rules.redirects(config, lines))):
            if text:
                sheet.add(name, "", FileContext(text), "the rules for hosts")
    return job.make_sheet("rules:", "", sheet)


def listed(row: GroupRow) -> list[tuple[str, str]]:
    """What a sitemap has of a group."""
    return [(page.url, page.lastmod) for page in row.pages]
