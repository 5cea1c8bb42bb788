"""Which addresses articles have had: an address that was given out should lead somewhere.

The list lies beside the cache, so that it is there wherever the cache is; a
build that forgets everything else keeps it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
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
    """Address → the id and file of the article that had it."""

    def __init__(self, site: Path) -> None:
        self._path = site / FOLDER / NAME
        self._known = (cache.load(self._path, _Ledger) or _Ledger()).known

    def compare(
        self, articles: Iterable[Article], urls: Mapping[str, str], taken: Container[str],
        config: SiteConfig, problems: Problems,
    ) -> None:
        """Say which addresses lead nowhere now. `urls` are those of articles by file, `taken`
        holds every address of the site.
        """
        lost = {url: who for url, who in self._known.items()
                if url not in taken and not any(url.startswith(x) for x in config.urls.gone)}
        shown = list(articles)
        self._compare_ids(shown, urls, problems)
        if not lost:
            return
        by_id, by_path = {a.id: a for a in shown}, {a.path: a for a in shown}
        for url, (id_, path) in sorted(lost.items()):
            article = by_id.get(id_) or by_path.get(path)
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

    def _compare_ids(
        self, shown: list[Article], urls: Mapping[str, str], problems: Problems
    ) -> None:
        """Say which articles stay where they are and have another id: feeds show them as new."""
        ids = {a.id for a in shown}
        for article in shown:
            before, path = self._known.get(urls[article.path], (article.id, ""))
            if before != article.id and before not in ids and not article.guid:
                problems.add(
                    "UR003", f"the article's id was {before} and is {article.id} now: readers of "
                    f"feeds get it as a new one (its file was {path})", file=article.path,
                    line=article.lines.get("id", 1), column=1, severity=Severity.WARNING,
                    hint=f"if it is the same article, write: id: {before}")

    def record(self, articles: Iterable[Article], urls: Mapping[str, str]) -> None:
        """Add what is published now."""
        new = {urls[a.path]: (a.id, a.path) for a in articles}
        if new.items() <= self._known.items():
            return
        cache.save(self._path, _Ledger({**self._known, **new}))
