"""Which addresses articles have had: an address that was given out should lead somewhere.

The list lies beside the cache, so that it is there wherever the cache is; a
build that forgets everything else keeps it.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from pathlib import Path

import msgspec

from site_builder import cache
from site_builder.cache import FOLDER
from site_builder.config import SiteConfig
from site_builder.model import Article
from site_builder.problems import Problems, Severity

NAME = "addresses.msgpack"


class _Ledger(msgspec.Struct):
    known: dict[str, tuple[str, str]] = {}


class Ledger:
    """Address → the id and file of the article that had it, and of those that have it now."""

    def __init__(self, site: Path, ids: Mapping[str, str], urls: Mapping[str, str]) -> None:
        """`ids` are those of the articles by file, `urls` their addresses."""
        self._path = site / FOLDER / NAME
        self._known = (cache.load(self._path, _Ledger) or _Ledger()).known
        self._urls = urls
        self._now = {urls[path]: (id, path) for path, id in ids.items()}

    def compare(
        self, articles: Mapping[str, Article], taken: Container[str], config: SiteConfig,
        problems: Problems,
    ) -> None:
        """Say which addresses lead nowhere now. `taken` holds every address of the site."""
        lost = {url: who for url, who in self._known.items()
                if url not in taken and not any(url.startswith(x) for x in config.urls.gone)}
        self._compare_ids(articles, problems)
        if not lost:
            return
        urls, by_id = self._urls, dict(self._now.values())
        paths = set(by_id.values())
        for url, (id_, path) in sorted(lost.items()):
            here = by_id.get(id_) or (path if path in paths else "")
            article = articles[here] if here else None
            if article is None:
                problems.add(
                    "UR004", f"nothing is at {url} any more, where {path} was", file="site.toml",
                    severity=Severity.WARNING,
                    hint="an article that stands in for it can name it in `aliases`; if it is "
                    f'gone for good: [urls] gone = ["{url}"]')
                continue
            aliases = ", ".join([*article.aliases, url])
            problems.add(
                "UR003", f"the article was at {url} and is at {urls[article.path]} now",
                file=article.path, severity=Severity.WARNING,
                line=article.lines.get("aliases") or article.lines.get("slug", 1), column=1,
                hint=f"so that links to it still work, write: aliases: [{aliases}]")

    def _compare_ids(self, articles: Mapping[str, Article], problems: Problems) -> None:
        """Say which articles stay where they are and have another id: feeds show them as new."""
        ids = {id for id, _ in self._now.values()}
        for url, (id, here) in self._now.items():
            before, path = self._known.get(url, (id, ""))
            if before != id and before not in ids and not (article := articles[here]).guid:
                problems.add(
                    "UR003", f"the article's id was {before} and is {article.id} now: readers of "
                    f"feeds get it as a new one (its file was {path})", file=article.path,
                    line=article.lines.get("id", 1), column=1, severity=Severity.WARNING,
                    hint=f"if it is the same article, write: id: {before}")

    def record(self) -> None:
        """Add what is published now."""
        if self._now.items() <= self._known.items():
            return
        cache.save(self._path, _Ledger({**self._known, **self._now}))
