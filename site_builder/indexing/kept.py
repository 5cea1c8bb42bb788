"""What an archive's index was, for a build that need not make it again.

Articles stand for themselves by their places in the order of time. Everything is as the full
index has it, but that articles are decoded when somebody asks for them.
"""

from __future__ import annotations

import functools
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from site_builder.config import SiteConfig
from site_builder.finding.people import PeopleResolver
from site_builder.indexing.archive import Archive, Subject, changes_shown, hidden_of
from site_builder.indexing.namesakes import Namesakes
from site_builder.indexing.shelf import Lazy, Scroll, Shelf
from site_builder.indexing.withheld import Withheld
from site_builder.model import Article, Country, FreePage, IdentityChange, Person, Trace

_ROOMS = ("people", "countries", "sections", "tags", "authors", "issues", "months", "years")


class _Subject(msgspec.Struct, array_like=True, gc=False):
    key: str
    name: str
    slug: str
    mark: str
    places: bytes


class Index(msgspec.Struct, array_like=True, dict=True):
    """An `Archive` without its articles and pages; those are known by path, and by place."""

    paths: list[str]
    removed: list[str]
    rooms: list[list[_Subject]]
    people_of: Scroll
    countries_of: Scroll
    related: Scroll
    pairs: list[tuple[str, str, bytes]]
    people_pairs: list[tuple[str, str, bytes]]
    originals: dict[str, str]
    translated: dict[str, bytes]
    days: dict[str, bytes]
    person_records: list[Person]
    country_records: list[Country]
    namesakes: Namesakes
    author_of: dict[str, str]
    author_filed: dict[str, str]
    corrected: bool
    languages: list[str]
    spoken: bytes

    @functools.cached_property
    def places(self) -> dict[str, int]:
        """Where each article stands in the order of time, by its path."""
        return {path: place for place, path in enumerate(self.paths)}


def index_of(archive: Archive) -> Index:
    """All that a later build needs to have the same archive again."""
    places = {article.path: place for place, article in enumerate(archive.articles)}

    def placed(articles: Iterable[Article]) -> bytes:
        return array("I", [places[a.path] for a in articles]).tobytes()

    rooms: list[dict[str, Subject]] = [getattr(archive, room) for room in _ROOMS]
    related, encode = archive.related, msgspec.msgpack.Encoder().encode
    return Index(
        paths=list(places),
        removed=list(archive.removed),
        rooms=[[_Subject(s.key, s.name, s.slug, s.mark, placed(s.articles))
                for s in room.values()] for room in rooms],
        people_of=Scroll.of(encode(archive.people_of[path]) for path in places),
        countries_of=Scroll.of(encode(archive.countries_of[path]) for path in places),
        related=Scroll.of(encode([places[path] for path in related[path]])
                          for path in places if related),
        pairs=[(a, b, placed(found)) for (a, b), found in archive.pairs.items()],
        people_pairs=[(a, b, placed(found)) for (a, b), found in archive.people_pairs.items()],
        originals=archive.originals,
        translated={id: placed(found) for id, found in archive.translated.items()},
        days={label: placed(found) for label, found in archive.days.items()},
        person_records=list(archive.person_records.values()),
        country_records=list(archive.country_records.values()),
        namesakes=archive.namesakes,
        author_of=archive.author_of,
        author_filed=archive.author_filed,
        corrected=archive.corrected,
        languages=archive.languages,
        spoken=array("I", [archive.traces[path].statements for path in places]).tobytes(),
    )


def recalled(
    index: Index, config: SiteConfig, articles: Mapping[str, Article], people: PeopleResolver,
    pages: Iterable[FreePage], traces: Mapping[str, Trace], changes: Iterable[IdentityChange],
    edited: Iterable[str] = (),
) -> Archive:
    """The archive that `index` was made of, over articles that differ in their texts alone.

    `articles` has those that were removed, too, as `traces` has not; `edited` are the paths of
    those that differ.
    """
    archive = Archive.__new__(Archive)
    paths, places = index.paths, index.places
    withheld = Withheld(people.records)
    if withheld:
        shown: Mapping[str, Article] = Lazy(
            articles, lambda path: withheld.without(articles[path], traces.get(path)))
    else:
        shown = articles

    def shelf(found: bytes) -> Shelf:
        return Shelf(shown, paths, memoryview(found).cast("I"))

    archive.config, archive.traces = config, traces
    archive.pages = sorted(pages, key=lambda page: page.slug)
    archive.articles = Shelf(shown, paths, range(len(paths)))
    archive.removed = {path: shown[path] for path in index.removed}
    archive.by_path = Lazy(places, lambda path: shown[path])
    for room, subjects in zip(_ROOMS, index.rooms, strict=True):
        setattr(archive, room, {one.key: _subject(one, shelf(one.places)) for one in subjects})
    keys: Callable[[memoryview], tuple[str, ...]] = msgspec.msgpack.Decoder(
        tuple[str, ...]).decode
    numbers: Callable[[memoryview], list[int]] = msgspec.msgpack.Decoder(list[int]).decode
    archive.people_of = Lazy(places, lambda path: keys(index.people_of[places[path]]))
    archive.countries_of = Lazy(places, lambda path: keys(index.countries_of[places[path]]))
    archive.related = Lazy(
        places if len(index.related) else {},
        lambda path: tuple([paths[near] for near in numbers(index.related[places[path]])]))
    archive.pairs = {(a, b): shelf(found) for a, b, found in index.pairs}
    archive.people_pairs = {(a, b): shelf(found) for a, b, found in index.people_pairs}
    archive.originals = index.originals
    archive.translated = {id: shelf(found) for id, found in index.translated.items()}
    archive.days = {label: shelf(found) for label, found in index.days.items()}
    archive.person_records = {person.id: person for person in index.person_records}
    archive.country_records = {country.id: country for country in index.country_records}
    archive.hidden, archive.changes = hidden_of(people), changes_shown(changes, people)
    archive.namesakes = index.namesakes
    archive.author_of, archive.author_filed = index.author_of, index.author_filed
    archive.corrected, archive.languages = index.corrected, index.languages
    spoken = array("I", index.spoken)
    for path in edited:
        spoken[places[path]] = traces[path].statements
    archive.spoken = spoken
    return archive


def _subject(kept: _Subject, articles: Sequence[Article]) -> Subject:
    subject = Subject(kept.key, kept.name, kept.slug, articles)
    subject.mark = kept.mark
    return subject
