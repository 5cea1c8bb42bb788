"""Finding who is named and quoted in every text: what was found before comes from the cache."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from site_builder import cache
from site_builder.build import digests
from site_builder.build.sources import FEW, detail_of
from site_builder.build.workers import CHUNK, WORTH_WORKERS, Workers
from site_builder.cache import Store, Traces
from site_builder.config import SiteConfig
from site_builder.finding.countries import Atlas
from site_builder.finding.people import PeopleResolver
from site_builder.model import Article, Detail, Findings, Trace
from site_builder.pages.keys import digest

if TYPE_CHECKING:
    from site_builder.finding.texts import Reader


def traces_path(site: Path) -> Path:
    """Where the summaries of what was found are kept."""
    return site / cache.FOLDER / "traces.msgpack"


T = TypeVar("T")

MANY_FORMS = 500
"""With more forms than this to look for, looking costs as much as reading."""


class Texts:
    """The findings of every article, made once, kept in a pack beside the bodies."""

    def __init__(
        self, site: Path, config: SiteConfig, people: PeopleResolver, atlas: Atlas, *,
        details: Store[Detail], keep: bool = True,
    ) -> None:
        from site_builder.finding.texts import country_mark, person_mark

        self._site, self._config, self._keep = site, config, keep
        self._people, self._atlas = people, atlas
        self.mark = digest(digests.program(), country_mark(atlas, config.language))
        self._marks = {f"{p.id}\0{p.path}": digest(person_mark(p)) for p in people.records}
        self.details = details
        self._store: Store[Findings] = Store(site / cache.FOLDER / "findings.pack", Findings)
        self._memory: dict[str, Findings] = {}
        self.replaced: dict[str, tuple[Trace, Findings | None]] = {}
        """What was known of the texts that were read again, by path, where those are few."""

    @functools.cached_property
    def _reader(self) -> Reader:
        from site_builder.finding.texts import Reader

        return Reader(self._people, self._atlas, self._config.language)

    @property
    def identity(self) -> str:
        """Stands for all that is looked for in texts."""
        return digest(self.mark, *chain.from_iterable(sorted(self._marks.items())))

    def key(self, article: Article) -> str:
        """The identity of one reading of a text but for the people who were looked for."""
        return f"{article.page_digest}{article.digest}{self.mark}"

    def find_all(self, articles: Sequence[Article], workers: Workers) -> dict[str, Trace]:
        """The summary for each article, by path; what is new is found, in processes if many."""
        if not self._config.finding.enabled:
            self.details.ready()
            paths = [article.path for article in articles]
            self.replaced = dict.fromkeys(paths, (Trace(), Findings()))
            return dict.fromkeys(paths, Trace())
        path = traces_path(self._site)
        known = cache.load(path, Traces)
        if known is None or known.mark != self.mark:
            known = Traces(self.mark)
        rows = known.rows
        people, forms = self._changed(known)
        keys = {article.path: self.key(article) for article in articles}
        todo = [a for a in articles if rows.get(a.path, ("",))[0] != keys[a.path]
                or (forms and self._touched(forms, a))]
        gone = rows.keys() - keys.keys()
        known_parts: dict[Any, Any] = {}
        for article, (data, trace) in zip(todo, self._found(todo, workers), strict=True):
            key = keys[article.path]
            if len(todo) <= FEW and (old := rows.get(article.path)) is not None:
                self.replaced[article.path] = (old[1], self._store.get(article.path, old[0]))
            rows[article.path] = (key, _thrifty(trace, known_parts))
            if self._keep:
                self._store.put(article.path, key, data)
            else:
                self._memory[article.path] = msgspec.msgpack.decode(data, type=Findings)
        if self._keep and (todo or gone or forms):
            self._store.forget(sorted(gone))
            self._store.commit()
            cache.save(path, Traces(self.mark, people, {path: rows[path] for path in keys}))
        self.details.ready()
        self._store.ready()
        return {path: rows[path][1] for path in keys}

    def _changed(
        self, known: Traces
    ) -> tuple[dict[str, tuple[str, frozenset[str]]], frozenset[str]]:
        """The people looked for now, and every form, old or new, of those who have changed."""
        from site_builder.finding.forms import forms_of

        people: dict[str, tuple[str, frozenset[str]]] = {}
        forms: set[str] = set()
        for person in self._people.records:
            key = f"{person.id}\0{person.path}"
            old, mark = known.people.get(key), self._marks[key]
            if old is not None and old[0] == mark:
                people[key] = old
                continue
            people[key] = (mark, forms_of(person))
            forms |= people[key][1] | (old[1] if old else frozenset())
        for id in known.people.keys() - people.keys():
            forms |= known.people[id][1]
        return people, frozenset(forms)

    def _touched(self, forms: frozenset[str], article: Article) -> bool:
        from site_builder.finding.texts import touched

        if len(forms) > MANY_FORMS:
            return True
        html = detail_of(article, self.details, self._site, self._config).html
        return touched(forms, article, html)

    def _found(
        self, todo: Sequence[Article], workers: Workers
    ) -> Iterator[tuple[bytes, Trace]]:
        """The findings of each article, encoded, and their summary, as they are made.

        Those of a whole archive at once would be half a gigabyte.
        """
        global current
        if not todo:
            return
        parts = [todo[i : i + CHUNK] for i in range(0, len(todo), CHUNK)]
        decoder = msgspec.msgpack.Decoder(list[tuple[bytes, Trace]])
        if not workers.shares_memory and len(todo) > WORTH_WORKERS and self._keep:
            from site_builder.build import remote

            names = [[(article.path, article.page_digest) for article in part] for part in parts]
            work = remote.finding(self._site, self._config, self.identity)
            for answer in workers.map(work, names, size=len(todo)):
                yield from decoder.decode(answer)
            return
        if not workers.shares_memory:
            workers = Workers(1)
        assert self._reader  # made before the fork, and so is what follows
        self.details.ready()
        current = self.read_part
        try:
            for answer in workers.map(_read, parts, size=len(todo)):
                yield from decoder.decode(answer)
        finally:
            current = None

    def read_part(self, part: Sequence[Article]) -> bytes:
        """What `find` gives for each of some articles, encoded."""
        return msgspec.msgpack.encode([self._read(article) for article in part])

    def _read(self, article: Article) -> tuple[bytes, Trace]:
        return self.find(
            article, detail_of(article, self.details, self._site, self._config).html)

    def keep(self, article: Article, data: bytes) -> None:
        """Remember the encoded findings of one article, until `commit` in this process only."""
        self._store.put(article.path, self.key(article), data)

    def commit(self) -> None:
        """Write what was kept, and the bodies, to the disk."""
        self._store.commit()
        self.details.commit()

    def find(self, article: Article, html: str) -> tuple[bytes, Trace]:
        """The encoded findings of an article with this body, and their summary."""
        if not self._config.finding.enabled:
            return msgspec.msgpack.encode(Findings()), Trace()
        from site_builder.finding.texts import trace

        findings = self._reader.read(article, html)
        data = msgspec.msgpack.encode(findings)
        return data, trace(findings, digest(data)[:16])

    def of(self, article: Article) -> Findings:
        """The findings of one article, from the cache or made once more.

        Raises `ChangedMeanwhile` when its file is no longer the one that was read.
        """
        if not self._config.finding.enabled:
            return Findings()
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


def _thrifty(trace: Trace, known: dict[Any, Any]) -> Trace:
    """The trace with the ids, pairs and names that others have, too, held once."""

    def one(part: T) -> T:
        return known.setdefault(part, part)  # type: ignore[no-any-return]

    return msgspec.structs.replace(
        trace, people=one(tuple(map(one, trace.people))),
        countries=one(tuple(map(one, trace.countries))), speakers=tuple(map(one, trace.speakers)),
        pairs=tuple(map(one, trace.pairs)), meetings=tuple(map(one, trace.meetings)),
        forms=tuple(map(one, trace.forms)))
