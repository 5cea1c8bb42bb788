"""How each article is cited."""

from __future__ import annotations

import re
from typing import Final

from site_builder.citing.files import files
from site_builder.citing.names import name_of
from site_builder.citing.styles import Cited, entries
from site_builder.model import Article
from site_builder.pages import contexts as c
from site_builder.pages.keys import digest
from site_builder.pages.site import Site

NAMES: Final = ("APA", "Chicago", "MLA")
_NO_KEY: Final = re.compile(r"[^a-z0-9-]")


def _key(article: Article) -> str:
    """What a manuscript calls the article: slugs come again, seldom on the same day.

    Where the slug has no letter for a key, a sum of the id stands for it.
    """
    name = _NO_KEY.sub("", article.slug).strip("-") or digest(article.id)[:8]
    return f"{name}-{article.date.day}"


def citation(site: Site, article: Article) -> c.Citation:
    """The entries and files of an article; what they say is in its group's fingerprint."""
    archive, config = site.archive, site.config
    cited = Cited(
        article.title, config.title, config.base_url + site.urls[article.path], article.date.day,
        tuple([name_of(archive.author_of[name], archive.author_filed[name])
               for name in article.authors]),
        article.lang or config.language,
    )
    key = _key(article)
    issue = article.issue
    made = files(cited, key, number=issue.number if issue else "", page=issue.page if issue else 0)
    styled = []
    for name, entry in zip(NAMES, entries(cited, config.language), strict=True):
        between, _, after = entry.after.partition(cited.url)
        styled.append(c.CitedAs(name, entry.before, between, after))
    return c.Citation(
        tuple(styled),
        tuple([c.CitationFile(f.name, f"{key}.{f.ending}", f.href) for f in made]),
        site.urn(article.id),
    )
