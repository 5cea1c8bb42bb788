"""Every page of the site, decided in one place, so that links cannot disagree.

Pages are planned in groups: an article with its redirects, a person with all
pages of their list and their feed. A group has a fingerprint over everything
its planning looks at; the same fingerprint as last time means the same pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

import msgspec

from site_builder.indexing.archive import Subject
from site_builder.model import Article, Findings
from site_builder.pages import (
    articles,
    calendar,
    corrections,
    coverage,
    crawlers,
    data,
    feeds,
    identities,
    moved,
    subjects,
    voices,
)
from site_builder.pages import contexts as c
from site_builder.pages.keys import digest
from site_builder.pages.links import Links
from site_builder.pages.sheets import Sheet
from site_builder.pages.site import Site, last_change


class Group(NamedTuple):
    """Pages that are planned together; without a fingerprint they are planned every time."""

    id: str
    fingerprint: str
    kind: str
    argument: str


class Planner:
    """Knows all groups, and the pages of each."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.links = Links(site)
        site.content = self.links.content

    def groups(self) -> Iterator[Group]:
        """Every group of the site but the sitemap, in a fixed order."""
        site, archive = self.site, self.site.archive
        marks = {article.path: site.mark(article) for article in archive.articles}
        if site.config.feeds.full_text:
            marks = {a.path: f"{marks[a.path]}\0{a.page_digest}\0{self.links.mark(a)}"
                     for a in archive.articles}
        calendar_mark = digest(*sorted(archive.months))

        def group(kind: str, argument: str, *parts: str | bytes) -> Group:
            return Group(f"{kind}:{argument}", digest(*parts), kind, argument)

        def lists(found: Iterable[Article]) -> str:
            return "\0".join([marks[a.path] for a in found])

        traces = archive.traces

        def texts(found: Iterable[Article]) -> str:
            return "\0".join([traces[a.path].digest for a in found])

        if site.config.data.enabled and site.config.data.sqlite and archive.articles:
            yield self._database(marks)  # first: it takes longest
        yield Group("home:", "", "home", "")
        for place, article in enumerate(archive.articles):
            yield Group(
                f"article:{article.path}",
                digest(articles.mark(site, self.links, place, marks[article.path])),
                "article", str(place),
            )
        for key, subject in archive.people.items():
            record = archive.person_records[key]
            country = subjects.country_of(site, record.country)
            yield group("person", key, _record(record), _subject(subject), calendar_mark,
                        lists(subject.articles), f"{country}", texts(subject.articles),
                        identities.mark(site, key), "\0".join(archive.partners.get(key, ())))
        for base, (name, ids) in archive.namesakes.pages.items():
            yield group("namesakes", base, name, *(
                part for key in ids for part in (
                    _record(archive.person_records[key]), _subject(archive.people[key]),
                    lists(archive.people[key].articles))))
        said_of_people = identities.entries(site)
        if said_of_people:
            yield group("changes", "", msgspec.msgpack.encode(said_of_people))
        for key, subject in archive.countries.items():
            said = {speaker for a in voices.speaking(site, subject.articles)
                    for speaker in traces[a.path].speakers}
            yield group("country", key, _record(archive.country_records[key]), _subject(subject),
                        calendar_mark, lists(subject.articles), texts(subject.articles),
                        *(_record(archive.person_records[key]) for key in sorted(said)))
        for (a, b), found in archive.pairs.items():
            names = archive.countries[a].mark + archive.countries[b].mark
            yield group("pair", f"{a} {b}", names, calendar_mark, lists(found), texts(found))
        for (a, b), found in archive.people_pairs.items():
            names = archive.people[a].mark + archive.people[b].mark
            before = (moved.old(archive.person_records[key]) for key in (a, b))
            yield group("people_pair", f"{a}\n{b}", names, calendar_mark, lists(found),
                        texts(found), f"{[*before]}")
        for room in subjects.TERMS:
            for key, subject in getattr(archive, room).items():
                yield group(room, key, _subject(subject), calendar_mark, lists(subject.articles))
        if archive.issues:
            found = [a for s in archive.issues.values() for a in s.articles]
            yield group("issues", "", lists(found), *(_subject(s) for s in archive.issues.values()))
        for label, subject in archive.months.items():
            yield group("month", label, lists(subject.articles))
            if any(traces[a.path].statements for a in subject.articles):
                said = {key for a in subject.articles for key in traces[a.path].speakers}
                yield group("statements", label, lists(subject.articles), texts(subject.articles),
                            *(_record(archive.person_records[key]) for key in sorted(said)))
        years = sorted(archive.years)
        for label in years:
            yield group("year", label, calendar_mark, lists(archive.years[label].articles))
        days = calendar.days(site)
        for label, found in days.items():
            yield group("day", label, lists(found))
        if days:
            yield Group("days:", "", "days", "")
        yield Group("overview:", "", "overview", "")
        if archive.countries:
            yield group("map", "", *(
                f"{key}\0{_subject(subject)}{len(subject.articles)}"
                for key, subject in archive.countries.items()))
        if archive.people or archive.countries:
            yield Group("timeline:", "", "timeline", "")
        for room in ("people", "countries", *subjects.TERMS):
            found_here: dict[str, Subject] = getattr(archive, room)
            if found_here:
                yield Group(f"index:{room}", self._index_mark(room, found_here), "index", room)
        for page in archive.pages:
            yield group("page", page.path, _record(page), self.links.mark(page))
        if site.config.data.enabled and archive.articles:
            hidden = [_record(record) for record in archive.person_records.values()
                      if record.withhold or record.hidden]
            for label in years:
                found = archive.years[label].articles
                said = {key for a in found for key in traces[a.path].speakers}
                yield group("data", label, lists(found), texts(found),
                            *(_record(archive.person_records[key]) for key in sorted(said)))
                if site.config.data.texts:
                    yield group("texts", label, *(
                        f"{a.id}\0{a.page_digest}\0{traces[a.path].digest}" for a in found),
                        *hidden)
            yield self._graph()
            yield Group("data:", "", "data", "")
        if self._said():
            yield Group("statements:", "", "statements", "")
        older = list(feeds.archives(site))
        for number, part in enumerate(older, 1):
            yield group("feed", str(number), lists(part), str(number < len(older)))
        if site.config.feeds.formats:
            yield Group("feeds:", "", "feeds", "")
        yield Group("crawlers:", "", "crawlers", "")
        if corrections.any_of(site):
            yield group("corrections", "", corrections.mark(site))
            for article in archive.removed.values():
                yield group("removed", article.path, corrections.note_mark(site, article))
        if site.config.search.enabled:
            yield Group("search:", "", "search", "")
        yield Group("404:", "", "404", "")

    def _graph(self) -> Group:
        archive = self.site.archive
        names = (_subject(s) for s in (*archive.people.values(), *archive.countries.values()))
        return Group("graph:", digest(data.graph.mark(archive), *names), "graph", "")

    def _database(self, marks: Mapping[str, str]) -> Group:
        archive = self.site.archive
        articles = [
            f"{marks[a.path]}\0{archive.traces[a.path].digest}\0{a.page_digest}"
            for a in archive.articles]
        records = (*archive.person_records.values(), *archive.country_records.values())
        return Group("database:", digest("\n".join(articles), *map(_record, records)),
                     "database", "")

    def _said(self) -> bool:
        return any(trace.statements for trace in self.site.archive.traces.values())

    def cited(self) -> set[str]:
        """The files of the articles to whose passages a text links: it says whether they exist."""
        archive = self.site.archive
        found: set[str] = set()
        for links in (page.links for some in (archive.articles, archive.pages) for page in some):
            for link in links:
                target, _, fragment = link.target.partition("#")
                other = self.links.article(target) if target and fragment else None
                if other is not None:
                    found.add(other.path)
        return found

    def groups_of(self, article: Article, before: Findings) -> Iterator[Group]:
        """The groups whose pages show other words of an article's text now; without fingerprints.

        `before` is what was found in the text when those pages were made.
        """
        archive, hidden = self.site.archive, self.site.hidden
        found = self.site.findings(article)
        people, countries = archive.people_of[article.path], archive.countries_of[article.path]
        old, new = voices.excerpts(before), voices.excerpts(found)
        others = {(kind, key) for kind, keys in (("person", people), ("country", countries))
                  for key in keys if hidden or old.get((kind, key)) != new.get((kind, key))}
        for key in people:
            if ("person", key) in others:
                yield Group(f"person:{key}", "", "person", key)
        for key in countries:
            if ("country", key) in others:
                yield Group(f"country:{key}", "", "country", key)
        for a, b in archive.pairs:
            if a in countries and b in countries and {("country", a), ("country", b)} & others:
                yield Group(f"pair:{a} {b}", "", "pair", f"{a} {b}")
        for a, b in archive.people_pairs:
            if a in people and b in people and {("person", a), ("person", b)} & others:
                yield Group(f"people_pair:{a}\n{b}", "", "people_pair", f"{a}\n{b}")
        if self.site.config.data.enabled:
            yield Group(f"data:{article.date.year}", "", "data", article.date.year)
            yield Group("data:", "", "data", "")
        if hidden or old.get(("", "")) != new.get(("", "")):
            label = article.date.day[:7]
            yield Group(f"statements:{label}", "", "statements", label)
            yield Group("statements:", "", "statements", "")

    def _index_mark(self, room: str, found: dict[str, Subject]) -> str:
        parts = [f"{_subject(s)}\0{len(s.articles)}" for s in found.values()]
        if room == "people":
            for key, person in self.site.archive.person_records.items():
                role = person.roles[-1].title if person.roles else ""
                parts.append(f"{key}\0{person.sort_name}\0{role}\0{person.qualifier}")
            parts.append(f"{identities.changes_link(self.site)}")
        if room == "countries":
            for key, country in self.site.archive.country_records.items():
                parts.append(f"{key}\0{country.region}\0{country.subregion}")
        return digest("\0".join(parts))

    def pages(self, group: Group, *, lists: bool = True) -> Sheet:
        """The pages of one group; without `lists` the older pages of lists stay as they are."""
        site, sheet, argument = self.site, Sheet(lists=lists), group.argument
        match group.kind:
            case "home":
                self._home(sheet)
            case "article":
                articles.article(site, self.links, sheet, int(argument))
            case "person":
                subjects.person(site, sheet, argument)
            case "namesakes":
                identities.tell_apart(site, sheet, argument)
            case "changes":
                identities.changes(site, sheet)
            case "country":
                subjects.country(site, sheet, argument)
            case "pair":
                subjects.pair(site, sheet, *argument.split(" "))
            case "people_pair":
                subjects.people_pair(site, sheet, *argument.split("\n"))
            case "issues":
                calendar.issues(site, sheet)
            case "month":
                calendar.month(site, sheet, argument)
            case "year":
                calendar.year(site, sheet, argument)
            case "day":
                calendar.day(site, sheet, argument)
            case "days":
                calendar.all_days(site, sheet)
            case "data":
                if argument:
                    data.year(site, sheet, argument)
                else:
                    data.whole(site, sheet)
            case "texts":
                data.texts(site, sheet, argument)
            case "graph":
                data.together(site, sheet)
            case "database":
                data.database(site, sheet)
            case "statements":
                if argument:
                    voices.month(site, sheet, argument)
                else:
                    voices.overview(site, sheet)
            case "feed":
                feeds.archive(site, sheet, int(argument))
            case "feeds":
                feeds.overview(site, sheet)
            case "crawlers":
                crawlers.robots(site, sheet)
                crawlers.news(site, sheet)
            case "map":
                coverage.add_map(site, sheet)
            case "timeline":
                coverage.add_timeline(site, sheet)
            case "corrections":
                corrections.overview(site, sheet)
            case "removed":
                corrections.note(site, sheet, site.archive.removed[argument])
            case "overview":
                calendar.overview(site, sheet)
            case "index":
                self._index(sheet, argument)
            case "page":
                page = next(p for p in site.archive.pages if p.path == argument)
                articles.free_page(site, self.links, sheet, page)
            case "404":
                sheet.add("/404.html", "404.html", c.NotFoundContext(
                    c.Head(site.words("not_found"), "/404.html", index=False),
                    (c.Link(site.words("front_page"), "/"), *self._rooms())),
                    "the page for missing addresses")
            case "search":
                self._search(sheet)
            case room:
                subjects.term(site, sheet, room, argument)
        return sheet

    def _search(self, sheet: Sheet) -> None:
        words = self.site.words
        filters = ("person", "country", "section", "year", "language")
        said = {
            "found": "n_articles_found", "phrase": "n_articles_looked_into",
            "looked": "search_looked", "short": "search_short",
            "nothing": "search_nothing", "no_word": "search_no_word", "some": "search_some",
            "failed": "search_failed", "articles": "n_articles",
            "person": "person", "country": "country",
        }
        sheet.add("/search/", "search.html", c.SearchContext(
            c.Head(words("search"), "/search/", index=False), words("search"),
            tuple((name, words(name)) for name in filters),
            msgspec.json.encode({name: words.forms(key) for name, key in said.items()}).decode(),
            self._rooms(),
        ), "the search page")

    def _index(self, sheet: Sheet, room: str) -> None:
        if room == "people":
            subjects.people_index(self.site, sheet)
        elif room == "countries":
            subjects.countries_index(self.site, sheet)
        else:
            found = getattr(self.site.archive, room)
            subjects.index(self.site, sheet, room, found)

    def _home(self, sheet: Sheet) -> None:
        site = self.site
        newest = site.archive.articles
        front = next((a for a in newest if not site.lang(a)), newest[0] if newest else None)
        own = front.path if front else ""
        latest = islice((a for a in newest if a.path != own), 6)
        blocks = tuple(
            c.SectionBlock(
                c.Link(s.name, f"/sections/{s.slug}/"),
                site.cards(islice(
                    (a for a in s.articles if a.path != own and not site.lang(a)), 4)),
                len(s.articles),
            )
            for s in site.most(site.archive.sections, 8)
        )
        title = site.config.title
        sheet.add("/", "home.html", c.HomeContext(
            head=c.Head(title, "/", site.config.description, feed="/feed"),
            lead=site.lead(front) if front else None,
            latest=site.cards(latest),
            blocks=blocks,
            people=tuple(site.counted(site.most(site.archive.people, 12), "people")),
            countries=tuple(site.counted(site.most(site.archive.countries, 12), "countries")),
            coverage=site.coverage(newest),
            articles=len(newest),
            people_total=len(site.archive.people),
            countries_total=len(site.archive.countries),
            first=newest[-1].date if newest else None,
            last=newest[0].date if newest else None,
        ), "the home page", lastmod=last_change(site.cards(newest[:1])))
        feeds.add_whole(site, sheet)

    def menu(self) -> tuple[c.Link, ...]:
        """The main menu: the site's own, or a link to every room that has something."""
        site = self.site
        if site.config.menu:
            return tuple(c.Link(item.label, item.url) for item in site.config.menu)
        free = [c.Link(p.title, f"/{p.slug}/", p.lang) for p in site.archive.pages if p.menu]
        return (*self._rooms(), *free)

    def _rooms(self) -> tuple[c.Link, ...]:
        site = self.site
        rooms = ("sections", "people", "countries", "tags", "issues")
        found = [room for room in rooms if getattr(site.archive, room)]
        said = ["statements"] if self._said() else []
        return tuple(c.Link(site.words(room), f"/{room}/") for room in (*found, *said, "archive"))

    def footer(self) -> tuple[c.Link, ...]:
        """A link to every free page, and to the data."""
        site = self.site
        own = [c.Link(site.words("data"), "/data/")] if (
            site.config.data.enabled and site.archive.articles) else []
        if site.config.feeds.formats:
            own.append(c.Link(site.words("feeds"), "/feeds/"))
        if corrections.any_of(site):
            own.insert(0, c.Link(site.words("corrections_made"), corrections.URL))
        return (*(c.Link(p.title, f"/{p.slug}/", p.lang) for p in site.archive.pages), *own)


def _record(record: msgspec.Struct) -> bytes:
    return msgspec.msgpack.encode(record)


def _subject(subject: Subject) -> str:
    return f"{subject.name}\0{subject.slug}\0"
