"""The whole archive: articles in order of time, and the lists every index is made of."""

from __future__ import annotations

import functools
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import combinations

from site_builder.config import SiteConfig
from site_builder.finding.countries import AmbiguousCountry, Atlas
from site_builder.finding.people import AmbiguousName, PeopleResolver
from site_builder.indexing import notes
from site_builder.indexing.namesakes import Namesakes, namesakes
from site_builder.indexing.related import (
    Nearest,
    both_ways,
    mark_of,
    nearest,
)
from site_builder.indexing.shelf import Shelf, paths_of
from site_builder.indexing.terms import RESERVED, assign, spellings, term_key
from site_builder.indexing.withheld import Withheld
from site_builder.model import Article, Country, FreePage, IdentityChange, Person, Trace
from site_builder.problems import Problems, Severity


class Subject:
    """A person, country, tag, desk, author, month or issue, and its articles, newest first.

    `name` is what pages call it: with the qualifier for a person of whose name
    there is another. `mark` is all that pages show of it apart from its articles,
    and the `key`, by which those with equally many articles are ordered.
    """

    __slots__ = ("articles", "key", "mark", "name", "slug")

    def __init__(self, key: str, name: str, slug: str, articles: Sequence[Article]) -> None:
        self.key = key
        self.name = name
        self.slug = slug
        self.mark = f"{key}\0{name}\0{slug}"
        self.articles = articles


def hidden_of(people: PeopleResolver) -> tuple[Person, ...]:
    """Those of whom a name is to be printed nowhere."""
    return tuple(p for p in people.records if p.hidden or p.withhold)


def changes_shown(
    changes: Iterable[IdentityChange], people: PeopleResolver
) -> tuple[IdentityChange, ...]:
    """The changes that name nobody who is withheld."""
    withheld = {p.id for p in people.records if p.withhold}
    return tuple(
        one for one in changes if one.into not in withheld and one.source not in withheld)


class Archive:
    """Everything pages are planned from. `articles` run from the newest to the oldest.

    `removed` are those of which only a note is left, by path; nothing else knows them.
    `nearest` may be given what an earlier build found, and is what this one found. `spoken` are
    the numbers of statements, in the order of the articles, where an earlier build counted them.
    """

    spoken: Sequence[int] | None = None

    def __init__(
        self,
        config: SiteConfig,
        articles: Iterable[Article],
        people: PeopleResolver,
        atlas: Atlas,
        pages: Iterable[FreePage],
        problems: Problems,
        traces: Mapping[str, Trace],
        changes: Iterable[IdentityChange] = (),
        text: Callable[[str], str] = lambda path: "",
    ) -> None:
        self.config = config
        self.traces = traces
        self.pages = sorted(pages, key=lambda page: page.slug)
        ordered = sorted(
            articles, key=lambda a: (a.date.day, a.date.epoch, a.id), reverse=True
        )
        withheld = Withheld(people.records)
        if withheld:
            withheld.say(ordered, traces, text, problems)
            withheld.say_elsewhere(
                [person.path for person in people.records if not person.withhold]
                + [country.path for country in atlas.records]
                + [page.path for page in self.pages], text, problems)
            ordered = [withheld.without(a, traces.get(a.path)) for a in ordered]
        self.articles: Sequence[Article] = [a for a in ordered if a.removed is None]
        self.removed = {a.path: a for a in ordered if a.removed is not None}
        self.by_path: Mapping[str, Article] = {a.path: a for a in self.articles}
        self.by_id: dict[str, Article] = {}
        for article in self.articles:
            other = self.by_id.setdefault(article.id, article)
            if other is not article:
                problems.add(
                    "ID008", f"the id `{article.id}` is that of {other.path}, too",
                    file=article.path, line=article.lines.get("id", 1), column=1,
                    hint="give each article an id of its own",
                )
        feeds: dict[str, Article] = {}
        for article in self.articles:
            key = article.guid or article.id
            other = feeds.setdefault(key, article)
            if other is not article and (article.guid or other.guid):  # else it is told above
                field = "guid" if article.guid else "id"
                problems.add(
                    "ID008", f"the {field} `{key}` is that of {other.path}, too",
                    file=article.path, line=article.lines.get(field, 1), column=1,
                    hint="readers' programs would take the two for one: "
                         + ("leave one out" if article.guid and other.guid else "change one"),
                )
        self.person_records: dict[str, Person] = {}
        self.country_records: dict[str, Country] = {}
        self._filed_countries: dict[str, tuple[str, ...]] = {}
        self._resolve(people, atlas, problems, text)
        self.hidden = hidden_of(people)
        self.changes = changes_shown(changes, people)
        self.sections = self._terms(lambda a: (a.section,) if a.section else ())
        self.tags = self._terms(lambda a: a.tags)
        self.author_of: dict[str, str] = {}
        self.author_filed: dict[str, str] = {}  # as their records file them, or empty
        self.authors = self._terms(lambda a: [self._author(name, people) for name in a.authors])
        self.issues = self._terms(lambda a: (a.issue.number,) if a.issue else ())
        self.months = self._dated(lambda a: a.date.day[:7])
        self.years = self._dated(lambda a: a.date.year)
        self.pairs: Mapping[tuple[str, str], Sequence[Article]] = self._pairs()
        self.people_pairs: Mapping[tuple[str, str], Sequence[Article]] = self._people_pairs()
        self.originals: dict[str, str] = {}
        self.translated: Mapping[str, Sequence[Article]] = self._translations(problems)
        self.nearest = Nearest()

    def _translations(self, problems: Problems) -> dict[str, list[Article]]:
        versions: dict[str, list[Article]] = {}
        for article in self.articles:
            if not article.translation_of:
                continue
            original = self.by_id.get(article.translation_of)
            if original is None:
                if any(a.id == article.translation_of for a in self.removed.values()):
                    continue
                problems.add(
                    "ID009", f"no article has the id {article.translation_of!r}",
                    file=article.path, line=article.lines.get("translation_of", 1), column=1,
                    severity=Severity.WARNING, hint="the id is the original's id, or its path",
                )
                continue
            seen = {article.id}
            while original.id not in seen and (first := self.by_id.get(original.translation_of)):
                seen.add(original.id)  # a translation of a translation
                original = first
            versions.setdefault(original.id, [original])
            if article is not original:
                versions[original.id].append(article)
                self.originals[article.path] = original.id
        return versions

    def replace(self, place: int, article: Article) -> None:
        """Put another reading of the article at `place`, one that differs in its text alone."""
        old = self.articles[place]
        assert isinstance(self.by_path, dict)
        self.by_path[article.path] = article
        countries = self.countries_of[article.path]
        lists = [self.articles]
        lists += [self.people[key].articles for key in self.people_of[article.path]]
        lists += [self.countries[key].articles for key in countries]
        lists.append(self.months[article.date.day[:7]].articles)
        lists.append(self.years[article.date.year].articles)
        lists += [found for (a, b), found in self.pairs.items()
                  if a in countries and b in countries and old in found]
        people = self.people_of[article.path]
        lists += [found for (a, b), found in self.people_pairs.items()
                  if a in people and b in people]
        for found in lists:
            assert isinstance(found, list)  # an archive that was recalled stays as it is
            found[place if found is self.articles else found.index(old)] = article

    def versions(self, article: Article) -> list[Article]:
        """The same article in other languages, the original first."""
        group = self.translated.get(self.originals.get(article.path, article.id), ())
        return [other for other in group if other.path != article.path]

    @functools.cached_property
    def corrected(self) -> bool:
        """Whether any article was corrected."""
        return any(article.corrections for article in self.articles)

    @functools.cached_property
    def languages(self) -> list[str]:
        """Every language that an article says it is in, sorted."""
        return sorted({article.lang for article in self.articles if article.lang})

    @functools.cached_property
    def days(self) -> Mapping[str, Sequence[Article]]:
        """Articles by day of the year (`11-29`), for days with more than one year; newest first."""
        found: dict[str, list[Article]] = {}
        for article in self.articles:
            found.setdefault(article.date.day[5:], []).append(article)
        return {label: found[label] for label in sorted(found)
                if found[label][0].date.year != found[label][-1].date.year}

    @functools.cached_property
    def related(self) -> Mapping[str, tuple[str, ...]]:
        """The paths of the articles related to each one, by path; see `indexing.related`."""
        number = self.config.related.number
        if not number:
            return {}
        oldest = self.articles[::-1]
        self.nearest = nearest([self._compared(a) for a in oldest], number, self.nearest)
        paths = [article.path for article in oldest]
        return {path: tuple([paths[n] for n in places])
                for path, places in zip(paths, both_ways(self.nearest, number), strict=True)}

    def _compared(self, article: Article) -> bytes:
        return mark_of(
            article.lang or self.config.language, article.date.epoch // 86_400, article.title,
            self.people_of[article.path], self.countries_of[article.path],
            [term_key(name) for name in article.tags])

    def _author(self, name: str, people: PeopleResolver) -> str:
        shown = self.author_of.get(name)
        if shown is None:
            try:
                person = people.resolve(name)
            except AmbiguousName:
                person = None
            shown = self.author_of[name] = person.name if person else name
            self.author_filed[name] = person.sort_name if person else ""
        return shown

    def _resolve(
        self, people: PeopleResolver, atlas: Atlas, problems: Problems,
        text: Callable[[str], str],
    ) -> None:
        self._unknown: dict[str, tuple[str, str, int]] = {}
        unknown = self._unknown
        people_of: dict[str, tuple[str, ...]] = {}
        countries_of: dict[str, tuple[str, ...]] = {}
        for article in self.articles:
            found: dict[str, None] = {}
            line = article.lines.get("people", 1)
            for name in article.people:
                try:
                    person = people.resolve(name)
                except AmbiguousName as error:
                    notes.say_ambiguous(error, article.path, line, problems)
                    continue
                if person is None and name.startswith("id:"):
                    problems.add(
                        "ID011", f"no person has the id {name[3:].strip()!r}", file=article.path,
                        line=line, column=1, hint="the id is the name of the record's file",
                    )
                    continue
                if person is None:
                    person = people.implied(name)
                    unknown.setdefault(person.id, (person.name, article.path, line))
                if person.withhold:
                    continue
                self.person_records[person.id] = person
                found[person.id] = None
            trace = self.traces[article.path]
            for key in (*trace.people, *trace.speakers):  # a note may name whom no word names
                if key not in found:
                    found[key] = None
                    self.person_records[key] = people.get(key)
            notes.say_unfit(article, trace, problems)
            if trace.unclear:
                notes.say_unclear(article, trace, people, text(article.path), problems)
            notes.say_speakers(article, people, problems)
            people_of[article.path] = tuple(found)
            filed = self._countries(article, atlas, problems)
            self._filed_countries[article.path] = filed
            for code in trace.countries:
                if code not in self.country_records:
                    self.country_records[code] = atlas.get(code)
            countries_of[article.path] = tuple(dict.fromkeys((*filed, *trace.countries)))
        self.people_of: Mapping[str, tuple[str, ...]] = people_of
        self.countries_of: Mapping[str, tuple[str, ...]] = countries_of
        for name, path, line in unknown.values():
            problems.add(
                "ID001", f"{name} has no record", file=path, line=line, column=1,
                hint=f'site-builder new person "{name}" starts one', severity=Severity.NOTE,
            )
        self._known = {name: p.name for p in people.records for name in (p.name, *p.searchable)}
        self.namesakes: Namesakes = namesakes(people.namesakes(), self.person_records)
        self.people = self._subjects(
            {key: p.name for key, p in self.person_records.items()},
            self.namesakes.fixed, self.people_of, self.namesakes.reserved,
        )
        self.namesakes = self.namesakes.without(subject.slug for subject in self.people.values())
        self.countries = self._subjects(
            {key: c.name for key, c in self.country_records.items()},
            {key: c.slug for key, c in self.country_records.items() if c.slug},
            self.countries_of,
        )
        for key, person in self.person_records.items():
            subject = self.people[key]
            subject.name = self.namesakes.told_apart.get(key, subject.name)
            subject.mark = f"{key}\0{subject.name}\0{subject.slug}\0{person.wikidata}"
        for key, country in self.country_records.items():
            self.countries[key].mark += f"\0{country.wikidata}"

    def names_to_compare(self) -> list[str]:
        """Every name that may be a variant of another one; empty when all people have records."""
        if not self._unknown:
            return []
        return sorted({*(name for name, _, _ in self._unknown.values()), *self._known})

    def say_duplicates(
        self, pairs: Iterable[tuple[str, str, float]], problems: Problems
    ) -> None:
        """A warning for each pair of alike names of which one has no record.

        `pairs` come from `finding.names.near_duplicates` over `names_to_compare`.
        """
        places = {name: (path, line) for name, path, line in self._unknown.values()}
        for a, b, score in pairs:
            if a not in places and b not in places:
                continue
            stray, other = (a, b) if a in places else (b, a)
            path, line = places[stray]
            problems.add(
                "ID002", f"{stray} may be {self._known.get(other, other)} ({score:.0%} alike)",
                file=path, line=line, column=1, severity=Severity.WARNING,
                hint="if so, add the spelling to the record's aliases",
            )

    def _countries(
        self, article: Article, atlas: Atlas, problems: Problems
    ) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for name in article.countries:
            line = article.lines.get("countries", 1)
            try:
                country = atlas.resolve(name, article.lang or None)
            except AmbiguousCountry as error:
                problems.add(
                    "ID006", f"{name!r} fits several countries: {', '.join(error.codes)}",
                    file=article.path, line=line, column=1, hint="write the ISO code",
                )
                continue
            if country is None:
                near = atlas.suggest(name)
                problems.add(
                    "ID004", f"unknown country {name!r}", file=article.path, line=line, column=1,
                    hint=f"did you mean {near[0]}?" if near
                    else "add it as an alias to a record in the countries folder",
                )
                continue
            self.country_records[country.id] = country
            found[country.id] = None
        return tuple(found)

    def _subjects(
        self, names: dict[str, str], fixed: Mapping[str, str], of: Mapping[str, tuple[str, ...]],
        reserved: frozenset[str] = RESERVED,
    ) -> dict[str, Subject]:
        slugs = assign(names, fixed, reserved)
        found: dict[str, list[Article]] = {key: [] for key in sorted(names)}
        for article in self.articles:
            for key in of[article.path]:
                found[key].append(article)
        return {key: Subject(key, names[key], slugs[key], some) for key, some in found.items()}

    def _terms(self, names: Callable[[Article], Iterable[str]]) -> dict[str, Subject]:
        shown = spellings([name for a in self.articles for name in names(a)])
        slugs = assign(shown)
        found: dict[str, list[Article]] = {key: [] for key in sorted(shown)}
        for article in self.articles:
            for key in dict.fromkeys(term_key(name) for name in names(article)):
                found[key].append(article)
        return {key: Subject(key, shown[key], slugs[key], some) for key, some in found.items()}

    def _dated(self, label: Callable[[Article], str]) -> dict[str, Subject]:
        found: dict[str, list[Article]] = {}
        for article in self.articles:
            found.setdefault(label(article), []).append(article)
        return {key: Subject(key, key, key, some) for key, some in found.items()}

    def _pairs(self) -> dict[tuple[str, str], list[Article]]:
        """Country pairs with enough articles, a before b by address; oldest article first.

        An article joins the countries that it is filed under, and those that share a passage.
        """
        def slug(key: str) -> str:
            return self.countries[key].slug

        found: dict[tuple[str, str], list[Article]] = {}
        for article in reversed(self.articles):
            filed = sorted(self._filed_countries[article.path], key=slug)
            pairs = dict.fromkeys(combinations(filed, 2))
            for pair in self.traces[article.path].pairs:
                a, b = sorted(pair, key=slug)
                pairs[a, b] = None
            for pair in pairs:
                found.setdefault(pair, []).append(article)
        enough = self.config.lists.pair_threshold
        return {pair: found[pair] for pair in sorted(found) if len(found[pair]) >= enough}

    def _people_pairs(self) -> dict[tuple[str, str], list[Article]]:
        """Two people who are named in one passage somewhere and share enough articles.

        a before b by address; all articles in which both appear, the oldest first. There are
        at most as many pairs as people: those who share the most articles.
        """
        enough = self.config.lists.people_pair_threshold
        met: set[tuple[str, str]] = set()
        places: dict[str, set[int]] = {
            key: set() for key, person in self.people.items() if len(person.articles) >= enough}
        for place, article in enumerate(self.articles):
            met.update(self.traces[article.path].meetings)
            for key in self.people_of[article.path]:
                if key in places:
                    places[key].add(place)
        counts = {(a, b): len(places[a] & places[b]) for a, b in met if a in places and b in places}
        best = sorted((pair for pair, count in counts.items() if count >= enough),
                      key=lambda pair: (-counts[pair], pair))[: len(self.people)]
        found = {}
        for a, b in sorted(
            tuple(sorted(pair, key=lambda key: self.people[key].slug)) for pair in best
        ):
            fewer, other = sorted((a, b), key=lambda key: len(self.people[key].articles))
            found[a, b] = [article for article in reversed(self.people[fewer].articles)
                           if other in self.people_of[article.path]]
        return found

    @functools.cached_property
    def partners(self) -> dict[str, tuple[str, ...]]:
        """With whom a person has a page for two, by id."""
        found: dict[str, list[str]] = {}
        for a, b in self.people_pairs:
            found.setdefault(a, []).append(b)
            found.setdefault(b, []).append(a)
        return {key: tuple(sorted(others)) for key, others in found.items()}

    def together(
        self, articles: Iterable[Article], of: Mapping[str, tuple[str, ...]],
        without: Collection[str], most: int, besides: Collection[str] = (),
    ) -> list[tuple[str, list[int]]]:
        """Who appears in `articles` most often, at most `most`: keys and the numbers of the
        shared articles among them.

        Those of `besides` follow even where others are more frequent.
        """
        shared: dict[str, list[int]] = {}
        for number, path in enumerate(paths_of(articles)):
            for key in of[path]:
                if key not in without:
                    shared.setdefault(key, []).append(number)
        ranked = sorted(shared, key=lambda key: (-len(shared[key]), key))
        best = ranked[:most] + [key for key in ranked[most:] if key in besides]
        return [(key, shared[key]) for key in best]

    def months_of(self, articles: Iterable[Article]) -> Counter[str]:
        """How many of `articles` are of each month (`2022-11`)."""
        if isinstance(articles, Shelf):
            labels, at = self._month_at
            counts = Counter(map(at.__getitem__, articles.places))
            return Counter({labels[month]: count for month, count in counts.items()})
        return Counter(article.date.day[:7] for article in articles)

    @functools.cached_property
    def _month_at(self) -> tuple[list[str], Sequence[int]]:
        """The months, and which of them is that of each article, where those are on shelves."""
        at = array("I", bytes(4 * len(self.articles)))
        for month, subject in enumerate(self.months.values()):
            assert isinstance(subject.articles, Shelf)
            for place in subject.articles.places:
                at[place] = month
        return list(self.months), at

    def statements_in(self, articles: Iterable[Article]) -> int:
        """How many statements were found in the texts of `articles`."""
        if self.spoken is not None and isinstance(articles, Shelf):
            return sum(map(self.spoken.__getitem__, articles.places))
        return sum(self.traces[article.path].statements for article in articles)
