"""Finding who is named and quoted in every text: what was found before comes from the cache."""

from __future__ import annotations

import functools
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from site_builder import cache
from site_builder.build import digests
from site_builder.build.readings import detail_of
from site_builder.build.sources import FEW
from site_builder.build.workers import CHUNK, WORTH_WORKERS, Workers
from site_builder.cache import Traces, TracesChange
from site_builder.cache.packs import Store, number
from site_builder.cache.since import Since
from site_builder.config import SiteConfig
from site_builder.finding.countries import Atlas
from site_builder.finding.people import PeopleResolver
from site_builder.indexing.shelf import Lazy, Scroll
from site_builder.indexing.withheld import digest_as_read
from site_builder.model import Article, Detail, Findings, Trace
from site_builder.pages.keys import digest

if TYPE_CHECKING:
    from site_builder.build.ahead import Ahead
    from site_builder.finding.texts import Reader


Encoded = dict[str, tuple[str, msgspec.Raw]]
"""For each path the key of a reading, and the summary of what was found."""


def kept_traces(site: Path) -> Traces | None:
    """The summaries of what was found in the texts of a site, if they are kept."""
    return _loaded(_kept(site))[0]


def _kept(site: Path) -> Since[Traces, TracesChange]:
    return Since(site / cache.FOLDER / "traces.msgpack", Traces, TracesChange)


def _loaded(kept: Since[Traces, TracesChange]) -> tuple[Traces | None, Encoded]:
    """The summaries, and those of them that are kept beside the others."""
    found = kept.load()
    if found is None:
        return None, {}
    known, change = found
    rows = change.rows if change is not None else {}
    known.rows |= rows
    return known, rows


trace_of: Callable[[msgspec.Raw], Trace] = msgspec.msgpack.Decoder(Trace).decode
"""An encoded summary."""


MANY_FORMS = 500
"""With more forms than this to look for, looking costs as much as reading."""


class Texts:
    """The findings of every article, made once, kept in a pack beside the bodies."""

    def __init__(
        self, site: Path, config: SiteConfig, people: PeopleResolver, atlas: Atlas, *,
        details: Store[Detail], keep: bool = True, ahead: Ahead | None = None,
    ) -> None:
        """With `keep`, what is found is remembered; `ahead` may have begun `read_few`."""
        from site_builder.finding.marks import country_mark, person_mark

        self._site, self._config, self._keep, self._ahead = site, config, keep, ahead
        self._people, self._atlas = people, atlas
        self.mark = digest(digests.program(), country_mark(atlas, config.language))
        self._marks = {f"{p.id}\0{p.path}": digest(person_mark(p)) for p in people.records}
        self.details = details
        self._kept = _kept(site)
        self._beside: Encoded = {}
        self._store: Store[Findings] = Store(site / cache.FOLDER / "findings.pack", Findings)
        self._memory: dict[str, Findings] = {}
        self._rows: Encoded = {}
        self.replaced: dict[str, tuple[Trace, Findings | None]] = {}
        """What was known of the texts that were read again, by path, where those are few."""

    @functools.cached_property
    def _reader(self) -> Reader:
        from site_builder.finding.texts import Reader

        return Reader(self._people, self._atlas, self._config.language)

    @functools.cached_property
    def _found_ahead(self) -> dict[str, tuple[bytes, Trace]]:
        answer = self._ahead.result() if self._ahead else b""
        return msgspec.msgpack.decode(answer, type=dict[str, tuple[bytes, Trace]]) if answer else {}

    @property
    def identity(self) -> str:
        """Stands for all that is looked for in texts."""
        return digest(self.mark, *chain.from_iterable(sorted(self._marks.items())))

    def key(self, article: Article) -> str:
        """The identity of one reading of a text but for the people who were looked for."""
        return f"{article.page_digest}{digest_as_read(article)}{self.mark}"

    def find_all(self, articles: Sequence[Article], workers: Workers) -> dict[str, Trace]:
        """The summary for each article, by path; what is new is found, in processes if many."""
        if not self._config.finding.enabled:
            self.details.ready()
            paths = [article.path for article in articles]
            self.replaced = dict.fromkeys(paths, (Trace(), Findings()))
            return dict.fromkeys(paths, Trace())
        known = self._known() or Traces(self.mark)
        rows = known.rows
        people, forms = self._changed(known)
        keys = {article.path: self.key(article) for article in articles}
        todo = [a for a in articles if rows.get(a.path, ("",))[0] != keys[a.path]
                or (forms and self._touched(forms, a))]
        gone = rows.keys() - keys.keys()
        for article, (data, trace) in zip(todo, self._found(todo, workers), strict=True):
            self._replace(rows, article, data, trace, len(todo) <= FEW)
        if self._keep and (todo or gone or forms):
            self._store.forget(sorted(gone))
            self._save(people, {path: rows[path] for path in keys})
        self.details.ready()
        self._store.ready()
        self._rows = rows
        return {path: trace_of(rows[path][1]) for path in keys}

    def find_edited(
        self, edited: Sequence[Article], articles: Mapping[str, Article],
        paths: Mapping[str, object],
    ) -> Mapping[str, Trace] | None:
        """As `find_all` for these `paths`, where nothing but some texts was edited.

        What was found in the others is decoded when it is asked for. None where other people
        are looked for than before.
        """
        if not self._config.finding.enabled:
            self.details.ready()
            self.replaced = {article.path: (Trace(), Findings()) for article in edited}
            return self._lazily(articles, paths)
        known = self._known()
        if known is None:
            return None
        people, forms = self._changed(known)
        if forms or not paths.keys() <= known.rows.keys():
            return None
        self._rows = rows = known.rows
        todo = [article for article in edited if rows[article.path][0] != self.key(article)]
        for article in todo:
            self._replace(rows, article, *self._read_one(article), True)
        if self._keep and todo:
            changed = self._beside | {article.path: rows[article.path] for article in todo}
            if people != known.people or not self._keep_change(changed):
                self._save(people, rows)
        return self._lazily(articles, paths)

    def recalled(
        self, articles: Mapping[str, Article], places: Mapping[str, int]
    ) -> Mapping[str, Trace]:
        """The summaries that a build has just found and kept, each decoded when asked for.

        `places` number the articles from 0, in their order.
        """
        self.details.ready()
        self._store.ready()
        known = self._known() if self._config.finding.enabled else None
        if known is None:
            return self._lazily(articles, places)
        nothing = "", msgspec.Raw()
        keys = array("Q", [number(known.rows.get(path, nothing)[0]) for path in places])
        scroll = Scroll.of(known.rows.get(path, nothing)[1] for path in places)
        decode = msgspec.msgpack.Decoder(Trace).decode

        def trace(path: str) -> Trace:
            article, place = articles[path], places[path]
            if keys[place] != number(self.key(article)):  # another build has read it meanwhile
                return trace_of(self._read_one(article)[1])
            return decode(scroll[place])

        return Lazy(places, trace)

    def _lazily(
        self, articles: Mapping[str, Article], paths: Mapping[str, object]
    ) -> Mapping[str, Trace]:
        """The summaries of the texts at these paths, each decoded when it is asked for."""
        if not self._config.finding.enabled:
            return Lazy(paths, lambda path: Trace())
        rows, nothing = self._rows, ("", msgspec.Raw())

        def trace(path: str) -> Trace:
            key, found = rows.get(path, nothing)
            article = articles[path]
            if key != self.key(article):  # another build has read it meanwhile
                found = self._read_one(article)[1]
            return trace_of(found)

        return Lazy(paths, trace)

    def _known(self) -> Traces | None:
        known, self._beside = _loaded(self._kept)
        return known if known is not None and known.mark == self.mark else None

    def _replace(
        self, rows: Encoded, article: Article, data: bytes,
        trace: msgspec.Raw, few: bool,
    ) -> None:
        path, key = article.path, self.key(article)
        if few and (old := rows.get(path)) is not None:
            self.replaced[path] = (trace_of(old[1]), self._store.get(path, old[0]))
        rows[path] = (key, trace)
        if self._keep:
            self._store.put(path, key, data)
        else:
            self._memory[path] = msgspec.msgpack.decode(data, type=Findings)

    def _save(
        self, people: dict[str, tuple[str, frozenset[str]]],
        rows: Encoded,
    ) -> None:
        self._store.commit()
        self._kept.save(Traces(self.mark, people, rows))

    def _keep_change(self, rows: Encoded) -> bool:
        self._store.commit()
        return self._kept.save_change(TracesChange(rows))

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
    ) -> Iterator[tuple[bytes, msgspec.Raw]]:
        """The findings of each article, encoded, and their summary, as they are made.

        Those of a whole archive at once would be half a gigabyte.
        """
        global current
        if not todo:
            return
        parts = [todo[i : i + CHUNK] for i in range(0, len(todo), CHUNK)]
        decoder = msgspec.msgpack.Decoder(list[tuple[bytes, msgspec.Raw]])
        if not workers.shares_memory and len(todo) > WORTH_WORKERS and self._keep:
            from site_builder.build import remote

            names = [[(article.path, article.page_digest) for article in part] for part in parts]
            work = remote.finding(self._site, self._config, self.identity)
            for answer in workers.map(work, names, size=len(todo)):
                for data, found in decoder.decode(answer):
                    yield data, found.copy()
            return
        if not workers.shares_memory:
            workers = Workers(1)
        assert self._reader  # made before the fork, and so is what follows
        _ = self._found_ahead  # a worker cannot wait for a fork of this process
        self.details.ready()
        current = self.read_part
        try:
            for answer in workers.map(_read, parts, size=len(todo)):
                for data, found in decoder.decode(answer):
                    yield data, found.copy()  # else the whole answer stays in memory with it
        finally:
            current = None

    def read_part(self, part: Sequence[Article]) -> bytes:
        """What `find` gives for each of some articles, encoded."""
        return msgspec.msgpack.encode(self._read_some(part))

    def _read_some(self, articles: Sequence[Article]) -> list[tuple[bytes, Trace]]:
        ahead = [self._found_ahead.get(self.key(article)) for article in articles]
        new = iter(self._find([
            (article, detail_of(article, self.details, self._site, self._config).html)
            for article, known in zip(articles, ahead, strict=True) if known is None]))
        return [known or next(new) for known in ahead]

    def read_few(self, articles: Sequence[tuple[Article, str]]) -> bytes:
        """What is found in articles with these bodies, for a `Texts` of the same to take up."""
        keys = (self.key(article) for article, _ in articles)
        return msgspec.msgpack.encode(dict(zip(keys, self._find(articles), strict=True)))

    def _read_one(self, article: Article) -> tuple[bytes, msgspec.Raw]:
        data, trace = self._read(article)
        return data, msgspec.Raw(msgspec.msgpack.encode(trace))

    def _read(self, article: Article) -> tuple[bytes, Trace]:
        return self._read_some([article])[0]

    def keep(self, article: Article, data: bytes) -> None:
        """Remember the encoded findings of one article, until `commit` in this process only."""
        self._store.put(article.path, self.key(article), data)

    def commit(self) -> None:
        """Write what was kept, and the bodies, to the disk."""
        self._store.commit()
        self.details.commit()

    def find(self, article: Article, html: str) -> tuple[bytes, Trace]:
        """The encoded findings of an article with this body, and their summary."""
        return self._find([(article, html)])[0]

    def _find(self, articles: Sequence[tuple[Article, str]]) -> list[tuple[bytes, Trace]]:
        if not self._config.finding.enabled:
            return [(msgspec.msgpack.encode(Findings()), Trace())] * len(articles)
        if not articles:
            return []  # without the rules, which take longer to load than a text to read
        from site_builder.finding.texts import trace

        found = [(findings, msgspec.msgpack.encode(findings))
                 for findings in self._reader.read_all(articles)]
        return [(data, trace(findings, digest(data)[:16])) for findings, data in found]

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
