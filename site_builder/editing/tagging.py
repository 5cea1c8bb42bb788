"""Whom and which countries texts name and front matter does not: proposals with their evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from site_builder.config import SiteConfig
from site_builder.editing.alike import Pair, alike
from site_builder.editing.changes import Changes
from site_builder.editing.frontmatter import Edit, Unsure
from site_builder.editing.rewriting import article_key
from site_builder.editing.scalars import written
from site_builder.finding.countries import AmbiguousCountry, Atlas
from site_builder.finding.mentions import Finder
from site_builder.finding.new_names import Name, new_names
from site_builder.finding.passages import passages
from site_builder.finding.people import AmbiguousName, PeopleResolver
from site_builder.finding.signs import WEIGHTS
from site_builder.finding.spelling import name_key, tidy
from site_builder.model import Article, Mention, Passage, Person, Unclear
from site_builder.reading.slugs import slug

_EACH_MORE: Final = 0.1
"""What each further article weighs that has the name, up to five."""
_FILED: Final = 0.95
"""The weight of an editor who wrote the name into front matter."""
_WIDTH: Final = 40


class Proposal(msgspec.Struct, frozen=True):
    """A name for the front matter of one article.

    `kind` is `person`, `country` or `new` (a person without record), `id` the
    record's or country's, `name` what would be written. `passage` is the anchor
    of the first place, `context` its words.
    """

    kind: str
    id: str
    name: str
    confidence: float
    evidence: str
    passage: str
    context: str


class NewPerson(msgspec.Struct, frozen=True):
    """Somebody without a record, by what the whole archive says; `alike` names whom it may be."""

    name: str
    confidence: float
    evidence: str
    articles: tuple[str, ...]
    filed: int
    alike: str = ""


class Tags(msgspec.Struct, frozen=True):
    """What is proposed: by article in the order of paths, new people, and names that are alike.

    `unclear` are names in texts that fit several people, by article.
    """

    files: tuple[tuple[str, tuple[Proposal, ...]], ...]
    people: tuple[NewPerson, ...]
    alike: tuple[Pair, ...]
    unclear: tuple[tuple[str, Unclear], ...] = ()


class _Seen:
    """One name without a record, over all texts."""

    def __init__(self) -> None:
        self.spellings: dict[str, int] = {}
        self.evidence: set[str] = set()
        self.places: dict[str, tuple[str, str, int]] = {}
        self.filed: list[str] = []


class Tagger:
    """Reads texts and proposes; `html` gives the finished body of an article."""

    def __init__(
        self, config: SiteConfig, people: PeopleResolver, atlas: Atlas,
        html: Callable[[Article], str],
    ) -> None:
        self.config, self.people, self.atlas, self.html = config, people, atlas, html
        self._finder = Finder(people.records, atlas, config.language)
        self._withheld = {person.id for person in people.records if person.withhold}

    def propose(self, articles: Sequence[Article], wanted: Iterable[Article]) -> Tags:
        """Read the `wanted` of all `articles`; the front matter of all counts as evidence."""
        seen: dict[str, _Seen] = {}
        self._unclear: dict[str, Unclear] = {}
        for article in articles:
            for name in article.people:
                if self._is_new(name):
                    one = seen.setdefault(name_key(name), _Seen())
                    one.filed.append(article.path)
                    _count(one.spellings, tidy(name))
        known: dict[str, list[Proposal]] = {}
        read = sorted(wanted, key=lambda article: article.path)
        for article in read:
            known[article.path] = self._read(article, seen)
        read_paths = set(known)
        found = []
        for key in sorted(seen):
            one = seen[key]
            if not one.places and not read_paths.intersection(one.filed):
                continue
            confidence, evidence = _weigh(one)
            name = min(one.spellings, key=lambda form: (-one.spellings[form], form))
            found.append(NewPerson(
                name, confidence, evidence, tuple(sorted({*one.places, *one.filed})),
                len(one.filed)))
            for path, (anchor, context, _) in one.places.items():
                known[path].append(Proposal(
                    "new", "", name, confidence, evidence, anchor, context))
        pairs = alike(articles, self.people, {one.name: len(one.articles) for one in found})
        new = {one.name for one in found}
        doubted = {pair.keep: pair.merge_name for pair in reversed(pairs)
                   if pair.merge not in new}  # a commoner spelling of somebody recorded
        doubted |= {pair.merge: pair.keep_name for pair in reversed(pairs)}
        people = tuple(sorted(
            (msgspec.structs.replace(one, alike=doubted.get(one.name, "")) for one in found),
            key=lambda one: (-one.confidence, -len(one.articles), one.name)))
        return Tags(
            tuple((path, tuple(sorted(all_, key=lambda p: (-p.confidence, p.kind, p.name))))
                  for path, all_ in known.items() if all_),
            people, tuple(p for p in pairs if not new.isdisjoint((p.keep, p.merge))),
            tuple(self._unclear.items()))

    def _is_new(self, name: str) -> bool:
        if name.startswith("id:"):
            return False
        try:
            return self.people.resolve(name) is None
        except AmbiguousName:
            return False

    def _read(self, article: Article, seen: dict[str, _Seen]) -> list[Proposal]:
        found = passages(self.html(article))
        lang = article.lang or self.config.language
        ids, codes = set(self._ids(article)), set(self._codes(article))
        mentions, unclear = self._finder.find_all(found, tuple(ids), tuple(codes), lang)
        if unclear:
            self._unclear[article.path] = unclear
        if self._withheld:  # their passages are not quoted
            silent = {m.passage for m in mentions
                      if m.kind == "person" and m.id in self._withheld}
            found = tuple(
                msgspec.structs.replace(passage, kind="silent") if number in silent else passage
                for number, passage in enumerate(found))
        filed = {name_key(name) for name in article.people}
        for name in new_names(found, mentions, lang):
            if not self._is_new(name.form):
                continue
            one = seen.setdefault(name_key(name.form), _Seen())
            one.evidence.update(name.evidence.split(", "))
            if name_key(name.form) not in filed:
                self._place(article, found, name, one)
            _count(one.spellings, tidy(name.form))
        return [*self._missing(found, mentions, "person", ids, lang),
                *self._missing(found, mentions, "country", codes, lang)]

    def _place(
        self, article: Article, found: Sequence[Passage], name: Name, one: _Seen
    ) -> None:
        number, start, end = name.spans[0]
        one.places[article.path] = (
            _anchor(found, number), _context(found[number], start, end), len(name.spans))

    def _missing(
        self, found: Sequence[Passage], mentions: Sequence[Mention], kind: str, filed: set[str],
        lang: str,
    ) -> Iterator[Proposal]:
        """Recorded people, or countries, that the text names and the front matter does not."""
        by_id: dict[str, list[Mention]] = {}
        for mention in mentions:
            if mention.kind == kind and mention.id not in filed and not (
                    kind == "person" and mention.id in self._withheld):
                by_id.setdefault(mention.id, []).append(mention)
        for id, places in by_id.items():
            if kind == "person":
                full = {name_key(form) for form in self.people.get(id).names}
                name = self._reference(self.people.get(id))
            else:
                full = {name_key(form) for form in self.atlas.names(id, lang)}
                name = self._country(id)
            named = sum(name_key(m.form) in full for m in places)
            confidence = (0.9 if kind == "person" else 0.75) if named else 0.6
            confidence = 1 - (1 - confidence) * 0.7 ** min(len(places) - 1, 4)
            evidence = f"named {_times(named)} in full" if named else "never named in full"
            if len(places) > named:
                other = "a surname" if kind == "person" else "an adjective or a capital"
                evidence += f", {_times(len(places) - named)} by {other}"
            first = places[0]
            yield Proposal(
                kind, id, name, round(confidence, 2), evidence, _anchor(found, first.passage),
                _context(found[first.passage], first.start, first.end))

    def _ids(self, article: Article) -> Iterator[str]:
        for name in article.people:
            try:
                person = self.people.resolve(name)
            except AmbiguousName:
                continue
            if person is not None:
                yield person.id

    def _codes(self, article: Article) -> Iterator[str]:
        for name in article.countries:
            try:
                country = self.atlas.resolve(name, article.lang or None)
            except AmbiguousCountry:
                continue
            if country is not None:
                yield country.id

    def _reference(self, person: Person) -> str:
        try:
            return person.name if self.people.resolve(person.name) is person else person.id
        except AmbiguousName:
            return person.id

    def _country(self, id: str) -> str:
        country = self.atlas.get(id)
        try:
            found = self.atlas.resolve(country.name)
        except AmbiguousCountry:
            found = None
        return country.name if found is not None and found.id == id else country.code or id


def accept(
    site: Path, config: SiteConfig, tags: Tags, at_least: float
) -> tuple[Changes, tuple[str, ...]]:
    """The changes that put what is sure enough into front matter and records, and the new records.

    A name that may be somebody else's other spelling is left to an editor.
    """
    changes = Changes(site)
    new = {one.name for one in tags.people if one.confidence >= at_least and not one.alike}
    for path, proposals in tags.files:
        taken = [p for p in proposals if p.confidence >= at_least
                 and (p.kind != "new" or p.name in new)]
        data = changes.read(path) if taken else None
        if data is None:
            continue
        try:
            edits = [
                Edit(article_key(config, data, field, path), add=names,
                     splits=field == "countries")
                for field, kinds in (("people", ("person", "new")), ("countries", ("country",)))
                if (names := tuple(dict.fromkeys(p.name for p in taken if p.kind in kinds)))
            ]
        except Unsure as error:
            changes.refused.append(error.problem)
            continue
        changes.edit(path, edits)
    records = []
    folder = config.content.people.strip("/")
    for one in tags.people:
        stem = slug(one.name)
        if one.name not in new or not stem:
            continue
        path, number = f"{folder}/{stem}.md", 1
        while path in records or (site / path).exists():
            number += 1
            path = f"{folder}/{stem}-{number}.md"
        changes.put(path, f"---\nname: {written(one.name)}\naliases: []\nroles: []\n---\n".encode())
        records.append(path)
    return changes, tuple(records)


def _weigh(one: _Seen) -> tuple[float, str]:
    doubt = 1.0
    for kind in one.evidence:
        doubt *= 1 - WEIGHTS.get(kind, 0.0)
    said = sorted(one.evidence, key=lambda kind: (-WEIGHTS.get(kind, 0.0), kind))
    if len(one.places) > 1:
        doubt *= (1 - _EACH_MORE) ** min(len(one.places) - 1, 5)
        said.append(f"in {len(one.places)} texts")
    if one.filed:
        doubt *= 1 - _FILED
        said.insert(0, f"in the front matter of {len(one.filed)} "
                    f"article{'' if len(one.filed) == 1 else 's'}")
    return round(1 - doubt, 2), ", ".join(said)


def _count(spellings: dict[str, int], form: str) -> None:
    spellings[form] = spellings.get(form, 0) + 1


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _anchor(found: Sequence[Passage], number: int) -> str:
    return next((found[n].anchor for n in range(number, -1, -1) if found[n].anchor), "")


def _context(passage: Passage, start: int, end: int) -> str:
    if passage.kind == "silent":
        return ""
    text = passage.text
    before = text[max(0, start - _WIDTH) : start]
    after = text[end : end + _WIDTH]
    if start > _WIDTH:
        before = "…" + before[before.find(" ") + 1 :]
    if len(text) > end + _WIDTH:
        after = after[: after.rfind(" ") + 1] + "…" if " " in after else after + "…"
    return f"{before}{text[start:end]}{after}"
