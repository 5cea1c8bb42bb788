"""Finding who is named and quoted in every text: what was found before comes from the cache."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from site_builder import cache
from site_builder.build import digests
from site_builder.build.sources import detail_of, details
from site_builder.build.workers import CHUNK, Workers
from site_builder.cache import Store, Traces
from site_builder.config import SiteConfig
from site_builder.finding.countries import Atlas
from site_builder.finding.people import PeopleResolver
from site_builder.model import Article, Findings, Trace
from site_builder.pages.keys import digest

if TYPE_CHECKING:
    from site_builder.finding.texts import Reader


def traces_path(site: Path) -> Path:
    """Where the summaries of what was found are kept."""
    return site / cache.FOLDER / "traces.msgpack"


class Texts:
    """The findings of every article, made once, kept in an SQLite file beside the bodies."""

    def __init__(
        self, site: Path, config: SiteConfig, people: PeopleResolver, atlas: Atlas, *,
        keep: bool = True,
    ) -> None:
        from site_builder.finding.texts import authority_mark

        self._site, self._config, self._keep = site, config, keep
        self._people, self._atlas = people, atlas
        self.mark = digest(digests.program(), authority_mark(people, atlas, config.language))
        self._details = details(site)
        self._store: Store[Findings] = Store(site / cache.FOLDER / "findings.sqlite", Findings)
        self._memory: dict[str, Findings] = {}

    @functools.cached_property
    def _reader(self) -> Reader:
        from site_builder.finding.texts import Reader

        return Reader(self._people, self._atlas, self._config.language)

    def key(self, article: Article) -> str:
        """The identity of one reading of a text: its words, its front matter, all records."""
        return digest(article.page_digest, article.digest, self.mark)

    def find_all(self, articles: Sequence[Article], workers: Workers) -> dict[str, Trace]:
        """The summary for each article, by path; what is new is found, in processes if many."""
        path = traces_path(self._site)
        known = cache.load(path, Traces)
        rows = known.rows if known is not None and known.mark == self.mark else {}
        keys = {article.path: self.key(article) for article in articles}
        todo = [a for a in articles if rows.get(a.path, ("",))[0] != keys[a.path]]
        gone = rows.keys() - keys.keys()
        for article, (data, trace) in zip(todo, self._found(todo, workers), strict=True):
            key = keys[article.path]
            rows[article.path] = (key, trace)
            if self._keep:
                self._store.put(article.path, key, data)
            else:
                self._memory[article.path] = msgspec.msgpack.decode(data, type=Findings)
        if self._keep and (todo or gone):
            self._store.forget(sorted(gone))
            self._store.commit()
            cache.save(path, Traces(self.mark, {path: rows[path] for path in keys}))
        return {path: rows[path][1] for path in keys}

    def _found(
        self, todo: Sequence[Article], workers: Workers
    ) -> list[tuple[bytes, Trace]]:
        global current
        if not todo:
            return []
        if not workers.shares_memory:  # the records would have to be sent with every part
            workers = Workers(1)
        parts = [todo[i : i + CHUNK] for i in range(0, len(todo), CHUNK)]
        decoder = msgspec.msgpack.Decoder(list[tuple[bytes, Trace]])
        assert self._reader  # made before the fork
        current = self._read_part
        try:
            return [found for answer in workers.map(_read, parts, size=len(todo))
                    for found in decoder.decode(answer)]
        finally:
            current = None

    def _read_part(self, part: Sequence[Article]) -> bytes:
        return msgspec.msgpack.encode([self._read(article) for article in part])

    def _read(self, article: Article) -> tuple[bytes, Trace]:
        return self.find(
            article, detail_of(article, self._details, self._site, self._config).html)

    def keep(self, article: Article, data: bytes) -> None:
        """Remember the encoded findings of one article."""
        self._store.put(article.path, self.key(article), data)
        self._store.commit()

    def find(self, article: Article, html: str) -> tuple[bytes, Trace]:
        """The encoded findings of an article with this body, and their summary."""
        from site_builder.finding.texts import trace

        findings = self._reader.read(article, html)
        data = msgspec.msgpack.encode(findings)
        return data, trace(findings, digest(data)[:16])

    def of(self, article: Article) -> Findings:
        """The findings of one article, from the cache or made once more.

        Raises `ChangedMeanwhile` when its file is no longer the one that was read.
        """
        if not self._keep and (kept := self._memory.get(article.path)) is not None:
            return kept
        found = self._store.get(article.path, self.key(article))
        if found is None:
            found = msgspec.msgpack.decode(self._read(article)[0], type=Findings)
        return found


current: Callable[[Sequence[Article]], bytes] | None = None
"""What the workers of this build do; set before they fork."""


def _read(part: Sequence[Article]) -> bytes:
    assert current is not None
    return current(part)
