"""Every page of the site, decided in one place, so that links cannot disagree."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from site_builder.config import SiteConfig
from site_builder.finding.countries import Atlas
from site_builder.finding.names import letter, sort_name
from site_builder.finding.people import PeopleResolver
from site_builder.indexing.archive import Archive, Subject
from site_builder.indexing.terms import term_key
from site_builder.model import Article, BodyLink, FreePage
from site_builder.pages import contexts as c
from site_builder.pages.lists import cut, page_url, pagers
from site_builder.pages.paths import Registry
from site_builder.problems import Problems, Severity
from site_builder.reading.languages import is_rtl

COMPANIONS = 8
COMPANION_CARDS = 12
SITEMAP_PART = 50_000


class Page(msgspec.Struct, frozen=True):
    """One output file: where it goes, which template makes it, and what that is given."""

    url: str
    path: str
    template: str
    context: Any


class Asset(msgspec.Struct, frozen=True):
    """A file that is copied: `source` is relative to the site, `path` to the output."""

    path: str
    source: str


class Plan(msgspec.Struct, frozen=True):
    """All pages and the files that articles bring along."""

    pages: list[Page]
    media: list[Asset]
    menu: tuple[c.Link, ...]
    footer: tuple[c.Link, ...]


def plan(
    archive: Archive,
    people: PeopleResolver,
    atlas: Atlas,
    problems: Problems,
    *,
    static: Iterable[str] = (),
    files: Iterable[str] = (),
) -> Plan:
    """Decide every page of the site; `static` are output paths that static files take,

    `files` the media files of the content folder, relative to the site.
    """
    return _Planner(archive, people, atlas, problems, set(static), set(files)).run()


def _month_range(first: str, last: str) -> Iterator[str]:
    year, month = int(first[:4]), int(first[5:7])
    while (label := f"{year:04}-{month:02}") <= last:
        yield label
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


class _Planner:
    def __init__(
        self,
        archive: Archive,
        people: PeopleResolver,
        atlas: Atlas,
        problems: Problems,
        static: set[str],
        files: set[str],
    ) -> None:
        self.archive = archive
        self.config: SiteConfig = archive.config
        self.resolver = people
        self.atlas = atlas
        self.problems = problems
        self.files = files
        self.static = static
        self.registry = Registry(problems)
        for path in sorted(static):
            self.registry.claim(f"/{path}", f"static/{path}")
        self.pages: list[Page] = []
        self.media: dict[str, Asset] = {}
        self.urls: dict[str, str] = {}
        self.cards: dict[str, c.Card] = {}
        self.cards_made = False

    def run(self) -> Plan:
        self._article_urls()
        for article in self.archive.articles:
            self.cards[article.path] = self._card(article)
        self.menu = self._menu()
        self._home()
        self._articles()
        self._people()
        self._countries()
        self._pairs()
        self._terms(self.archive.sections, "sections", "Section", "Sections")
        self._terms(self.archive.tags, "tags", "Tag", "Tags")
        self._terms(self.archive.authors, "authors", "Author", "Authors")
        self._issues()
        self._calendar()
        self._free_pages()
        self._redirects()
        self._add("/404.html", "404.html", c.NotFoundContext(
            c.Head("Not found", "/404.html", index=False)), "the page for missing addresses")
        self._sitemap()
        footer = tuple(c.Link(p.title, f"/{p.slug}/", p.lang) for p in self.archive.pages)
        return Plan(self.pages, sorted(self.media.values(), key=lambda m: m.path),
                    self.menu, footer)

    # -- small parts

    def _add(self, url: str, template: str, context: Any, owner: str, line: int = 0) -> None:
        path = self.registry.claim(url, owner, line=line)
        if path is not None:
            self.pages.append(Page(url, path, template, context))

    def _article_urls(self) -> None:
        for article in self.archive.articles:
            section = self.archive.sections.get(term_key(article.section))
            self.urls[article.path] = self.config.urls.articles.format(
                year=article.date.year, month=article.date.month, day=article.date.day[8:],
                slug=article.slug, section=section.slug if section else "news",
            )

    def _section(self, article: Article) -> c.Link | None:
        subject = self.archive.sections.get(term_key(article.section))
        return c.Link(subject.name, f"/sections/{subject.slug}/") if subject else None

    def _lang(self, article: Article) -> str:
        return article.lang if article.lang != self.config.language else ""

    def _card(self, article: Article) -> c.Card:
        return c.Card(
            url=self.urls[article.path],
            title=article.title,
            date=article.date,
            summary=article.summary or article.excerpt,
            section=self._section(article),
            image=None,
            authors=tuple(dict.fromkeys(self.archive.author_of[n] for n in article.authors)),
            lang=self._lang(article),
            rtl=is_rtl(article.lang or self.config.language),
            digest=article.digest,
        )

    def _lead(self, article: Article) -> c.Card:
        """The card of a leading story, with its picture."""
        card, image = self.cards[article.path], article.image
        if image is None or image.src not in self.files:
            return card
        src = self._medium_url(image.src)
        return msgspec.structs.replace(card, image=msgspec.structs.replace(image, src=src))

    def _cards(self, articles: Iterable[Article]) -> tuple[c.Card, ...]:
        return tuple(self.cards[article.path] for article in articles)

    def _facts(self, articles: Sequence[Article]) -> c.Facts | None:
        """`articles` newest first."""
        if not articles:
            return None
        return c.Facts(
            len(articles), self.cards[articles[-1].path], self.cards[articles[0].path]
        )

    def _coverage(self, articles: Sequence[Article]) -> c.Coverage:
        if not articles:
            return c.Coverage("year", ())
        months = Counter(a.date.day[:7] for a in articles)
        first, last = min(months), max(months)
        if int(last[:4]) - int(first[:4]) < 3:
            bars = tuple(
                c.Bar(label, months[label], self._archive_url(label))
                for label in _month_range(first, last)
            )
            return c.Coverage("month", bars)
        years = Counter(a.date.year for a in articles)
        bars = tuple(
            c.Bar(label, years[label], self._archive_url(label))
            for label in (f"{y:04}" for y in range(int(first[:4]), int(last[:4]) + 1))
        )
        return c.Coverage("year", bars)

    def _archive_url(self, label: str) -> str:
        if label in self.archive.years or label in self.archive.months:
            return f"/archive/{label.replace('-', '/')}/"
        return ""

    def _person_link(self, key: str) -> c.Link:
        subject = self.archive.people[key]
        return c.Link(subject.name, f"/people/{subject.slug}/")

    def _country_link(self, key: str) -> c.Link:
        subject = self.archive.countries[key]
        return c.Link(subject.name, f"/countries/{subject.slug}/")

    def _pair_url(self, a: str, b: str) -> str:
        first, second = sorted((a, b), key=lambda key: self.archive.countries[key].slug)
        if (first, second) not in self.archive.pairs:
            return ""
        slugs = self.archive.countries[first].slug, self.archive.countries[second].slug
        return f"/countries/{slugs[0]}/{slugs[1]}/"

    def _companions(
        self, articles: Sequence[Article], *, person: str = "", country: str = ""
    ) -> tuple[tuple[c.Companion, ...], tuple[c.Companion, ...]]:
        people = tuple(
            c.Companion(
                self._person_link(key), len(shared), self._cards(shared[:COMPANION_CARDS])
            )
            for key, shared in self.archive.together(
                articles, self.archive.people_of, person, COMPANIONS)
        )
        countries = tuple(
            c.Companion(
                self._country_link(key), len(shared), self._cards(shared[:COMPANION_CARDS]),
                self._pair_url(country, key) if country else "",
            )
            for key, shared in self.archive.together(
                articles, self.archive.countries_of, country, COMPANIONS)
        )
        return people, countries

    def _counted(
        self, subjects: Iterable[Subject], room: str, notes: Mapping[str, str] = {}
    ) -> list[c.Counted]:
        return [
            c.Counted(c.Link(s.name, f"/{room}/{s.slug}/"), len(s.articles), notes.get(s.key, ""))
            for s in subjects
        ]

    def _most(self, subjects: Mapping[str, Subject], number: int) -> list[Subject]:
        return sorted(subjects.values(), key=lambda s: (-len(s.articles), s.slug))[:number]

    def _menu(self) -> tuple[c.Link, ...]:
        if self.config.menu:
            return tuple(c.Link(item.label, item.url) for item in self.config.menu)
        rooms = [
            ("Sections", "sections", self.archive.sections),
            ("People", "people", self.archive.people),
            ("Countries", "countries", self.archive.countries),
            ("Tags", "tags", self.archive.tags),
            ("Issues", "issues", self.archive.issues),
        ]
        links = [c.Link(name, f"/{room}/") for name, room, found in rooms if found]
        links.append(c.Link("Archive", "/archive/"))
        links += [c.Link(p.title, f"/{p.slug}/", p.lang) for p in self.archive.pages if p.menu]
        return tuple(links)

    def _list(
        self,
        url: str,
        owner: str,
        articles: Sequence[Article],
        first: Any,
        heading: str,
        kicker: str,
        crumbs: tuple[c.Link, ...],
        *,
        ascending: bool = False,
    ) -> None:
        """The pages of a list: `first(cards, pager)` gives the first, `list.html` the others."""
        cuts = cut(articles, self.config.lists.page_size, ascending=ascending)
        for index, (part, pager) in enumerate(
            zip(cuts, pagers(url, cuts, ascending=ascending), strict=True)
        ):
            cards = self._cards(part)
            address = page_url(url, index, ascending=ascending)
            if index == 0:
                template, context = first(cards, pager)
            else:
                template = "list.html"
                context = c.ListContext(
                    head=c.Head(
                        f"{heading}, page {address.rstrip('/').rsplit('/', 1)[-1]}", address,
                        breadcrumbs=(*crumbs, c.Link(heading, url)),
                    ),
                    kicker=kicker, heading=heading, intro="", cards=cards, pager=pager,
                    facts=None, coverage=None, ascending=ascending,
                )
            self._add(address, template, context, owner)

    def _feed(self, url: str, title: str, articles: Sequence[Article]) -> None:
        newest = articles[: self.config.feeds.size]
        updated = max((a.date.rfc3339 for a in newest), default="1970-01-01T00:00:00Z")
        self._add(f"{url}feed.xml", "feed.xml", c.FeedContext(
            head=c.Head(title, f"{url}feed.xml"), title=title, home=url, updated=updated,
            cards=self._cards(newest), ids=tuple(self._feed_id(a) for a in newest),
        ), f"the feed of {title}")

    def _feed_id(self, article: Article) -> str:
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{self.config.id}/{article.id}").urn

    # -- pages

    def _home(self) -> None:
        articles = self.archive.articles
        languages = [a for a in articles if not self._lang(a)] or articles
        front = languages[:1]
        latest = [a for a in articles if a not in front][:6]
        blocks = tuple(
            c.SectionBlock(
                c.Link(s.name, f"/sections/{s.slug}/"),
                self._cards([a for a in s.articles if a not in front and not self._lang(a)][:4]),
                len(s.articles),
            )
            for s in self._most(self.archive.sections, 8)
        )
        title = self.config.title
        self._add("/", "home.html", c.HomeContext(
            head=c.Head(title, "/", self.config.description, feed="/feed.xml"),
            lead=self._lead(front[0]) if front else None,
            latest=self._cards(latest),
            blocks=blocks,
            people=tuple(self._counted(self._most(self.archive.people, 12), "people")),
            countries=tuple(self._counted(self._most(self.archive.countries, 12), "countries")),
            coverage=self._coverage(articles),
            articles=len(articles),
            people_total=len(self.archive.people),
            countries_total=len(self.archive.countries),
            first=articles[-1].date if articles else None,
            last=articles[0].date if articles else None,
        ), "the home page")
        self._feed("/", title, articles)

    def _articles(self) -> None:
        versions: dict[str, list[Article]] = {}
        for article in self.archive.articles:
            if not article.translation_of:
                continue
            original = self.archive.by_id.get(article.translation_of)
            if original is None:
                self.problems.add(
                    "ID009", f"no article has the id {article.translation_of!r}",
                    file=article.path, line=article.lines.get("translation_of", 1), column=1,
                    severity=Severity.WARNING, hint="the id is the original's id, or its path",
                )
                continue
            versions.setdefault(original.id, [original]).append(article)
        articles = self.archive.articles
        for place, article in enumerate(articles):
            newer = articles[place - 1] if place else None
            older = articles[place + 1] if place + 1 < len(articles) else None
            group = versions.get(article.translation_of or article.id, [])
            self._article(article, newer, older, group)

    def _article(
        self, article: Article, newer: Article | None, older: Article | None,
        group: list[Article],
    ) -> None:
        url = self.urls[article.path]
        section = self._section(article)
        crumbs = (section,) if section else ()
        image = article.image
        if image is not None and image.src.startswith(("http:", "https:", "//")) is False:
            where = self._medium(image.src, article.path, article.lines.get("image", 1))
            image = msgspec.structs.replace(image, src=where) if where else None
        issue_link = None
        if article.issue:
            subject = self.archive.issues[term_key(article.issue.number)]
            issue_link = c.Link(subject.name, f"/issues/{subject.slug}/")
        authors = dict.fromkeys(
            term_key(self.archive.author_of[name]) for name in article.authors
        )
        context = c.ArticleContext(
            head=c.Head(
                article.title, url, article.summary or article.excerpt, kind="article",
                breadcrumbs=crumbs, feed="/feed.xml",
            ),
            id=article.id,
            title=article.title,
            summary=article.summary,
            date=article.date,
            updated=article.updated,
            authors=tuple(
                c.Link(self.archive.authors[k].name, f"/authors/{self.archive.authors[k].slug}/")
                for k in authors
            ),
            section=section,
            people=tuple(self._person_link(k) for k in self.archive.people_of[article.path]),
            countries=tuple(
                self._country_link(k) for k in self.archive.countries_of[article.path]),
            tags=tuple(
                c.Link(self.archive.tags[k].name, f"/tags/{self.archive.tags[k].slug}/")
                for k in dict.fromkeys(term_key(t) for t in article.tags)
            ),
            sources=article.sources,
            issue=article.issue,
            issue_link=issue_link,
            image=image,
            lang=article.lang or self.config.language,
            rtl=is_rtl(article.lang or self.config.language),
            corrections=article.corrections,
            comments=article.comments,
            translations=tuple(
                c.Link(other.title, self.urls[other.path], other.lang or self.config.language)
                for other in group if other is not article
            ),
            extra=article.extra,
            toc=article.toc,
            words=article.words,
            newer=c.Link(newer.title, self.urls[newer.path], self._lang(newer)) if newer else None,
            older=c.Link(older.title, self.urls[older.path], self._lang(older)) if older else None,
            targets=self._targets(article, article.links, article.media),
            body_ref=article.body,
            digest=article.digest,
        )
        self._add(url, "article.html", context, article.path, article.lines.get("slug", 1))

    def _targets(
        self, page: Article | FreePage, links: Iterable[BodyLink], media: Iterable[str]
    ) -> tuple[tuple[str, str], ...]:
        severity = Severity(self.config.checks.broken_links)
        found: dict[str, str] = {}
        for link in links:
            target, _, fragment = link.target.partition("#")
            if not target:
                if fragment and fragment not in page.anchors.split():
                    self.problems.add(
                        "LK002", f"this page has no anchor #{fragment}", file=page.path,
                        line=link.line, column=link.column, severity=severity,
                    )
                continue
            other = self._source(target)
            if other is not None:
                if fragment and fragment not in other.anchors.split():
                    self.problems.add(
                        "LK002", f"{other.path} has no anchor #{fragment}", file=page.path,
                        line=link.line, column=link.column, severity=severity,
                        hint="its anchors: " + ", ".join(
                            [a for a in other.anchors.split() if not a.startswith("p-")][:8]),
                    )
                found[link.target] = self.urls[other.path] + (f"#{fragment}" if fragment else "")
                continue
            where = self._known_address(target) or self._medium_url(target)
            if not where:
                self.problems.add(
                    "LK001", f"nothing in the site is at {target.removeprefix('ref:')}",
                    file=page.path, line=link.line, column=link.column, severity=severity,
                    hint="link to the other article's file, such as ../2022/name.md",
                )
                where = target if target.startswith("/") else f"/{target.removeprefix('ref:')}"
            found[link.target] = where + (f"#{fragment}" if fragment else "")
        for target in media:
            where = self._medium(target, page.path, 1)
            found[target] = where or target
        return tuple(sorted(found.items()))

    def _source(self, target: str) -> Article | None:
        if target.startswith("ref:"):
            name = target[4:].rstrip("/").rsplit("/", 1)[-1].removesuffix(".md")
            if not self.cards_made:
                self.names: dict[str, Article] = {}
                for article in self.archive.articles:
                    stem = article.path.rsplit("/", 1)[-1].removesuffix(".md")
                    self.names.setdefault(stem, article)
                    self.names.setdefault(article.slug, article)
                self.cards_made = True
            return self.names.get(name)
        return self.archive.by_path.get(target)

    def _known_address(self, target: str) -> str:
        for page in self.archive.pages:
            if target in (page.path, f"/{page.slug}/", f"/{page.slug}"):
                return f"/{page.slug}/"
        if target.lstrip("/") in self.static:
            return target
        rooms = ("articles", "people", "countries", "archive", "sections", "tags", "authors",
                 "issues")
        if target == "/" or target.strip("/").split("/")[0] in rooms:
            return target  # checked against the plan below
        return ""

    def _medium_url(self, target: str) -> str:
        if target in self.files:
            return "/" + self._medium_path(target)
        return ""

    def _medium_path(self, target: str) -> str:
        below = target.removeprefix("content/")
        return below if below.startswith("media/") else f"media/{below}"

    def _medium(self, target: str, page: str, line: int) -> str:
        if target.startswith("/") and target[1:] in self.static:
            return target
        if target in self.files:
            path = self._medium_path(target)
            if path not in self.media and self.registry.claim(f"/{path}", target):
                self.media[path] = Asset(path, target)
            return f"/{path}"
        self.problems.add(
            "LK003", f"there is no file {target}", file=page, line=line, column=1,
            severity=Severity(self.config.checks.broken_links),
            hint="name it relative to the article, or put it in static/ and write /name",
        )
        return ""

    def _people(self) -> None:
        crumbs = (c.Link("People", "/people/"),)
        for key, subject in self.archive.people.items():
            person = self.archive.person_records[key]
            url = f"/people/{subject.slug}/"
            people, countries = self._companions(subject.articles, person=key)
            country = self.atlas.resolve(person.country) if person.country else None
            link = None
            if country:
                known = self.archive.countries.get(country.id)
                link = c.Link(known.name, f"/countries/{known.slug}/") if known else None

            def first(
                cards: tuple[c.Card, ...], pager: c.Pager, *, subject: Subject = subject,
                person: Any = person, url: str = url, people: Any = people,
                countries: Any = countries, link: c.Link | None = link,
            ) -> tuple[str, Any]:
                role = person.roles[-1].title if person.roles else ""
                return "person.html", c.PersonContext(
                    head=c.Head(
                        subject.name, url, role or f"Articles about {subject.name}",
                        kind="profile", breadcrumbs=crumbs, feed=f"{url}feed.xml",
                    ),
                    name=subject.name,
                    sort_name=person.sort_name or sort_name(subject.name),
                    aliases=person.aliases, country=link, roles=person.roles, born=person.born,
                    died=person.died, wikidata=person.wikidata, bio=person.bio,
                    has_record=person.has_record, facts=self._facts(subject.articles),
                    coverage=self._coverage(subject.articles), people=people,
                    countries=countries, cards=cards, pager=pager, extra=person.extra,
                )

            self._list(url, person.path or f"the person {subject.name}", subject.articles,
                       first, subject.name, "Person", crumbs)
            self._feed(url, subject.name, subject.articles)
        notes = {
            key: person.roles[-1].title if person.roles else ""
            for key, person in self.archive.person_records.items()
        }
        self._index(
            "people", "People", self.archive.people, notes=notes,
            sort_names={
                key: self.archive.person_records[key].sort_name or sort_name(s.name)
                for key, s in self.archive.people.items()
            },
        )

    def _countries(self) -> None:
        crumbs = (c.Link("Countries", "/countries/"),)
        for key, subject in self.archive.countries.items():
            country = self.archive.country_records[key]
            url = f"/countries/{subject.slug}/"
            people, countries = self._companions(subject.articles, country=key)

            def first(
                cards: tuple[c.Card, ...], pager: c.Pager, *, subject: Subject = subject,
                country: Any = country, url: str = url, people: Any = people,
                countries: Any = countries,
            ) -> tuple[str, Any]:
                return "country.html", c.CountryContext(
                    head=c.Head(
                        subject.name, url, f"Articles about {subject.name}",
                        breadcrumbs=crumbs, feed=f"{url}feed.xml",
                    ),
                    name=subject.name, code=country.code, aliases=country.aliases,
                    region=country.region, subregion=country.subregion,
                    wikidata=country.wikidata, bio=country.bio, has_record=country.has_record,
                    facts=self._facts(subject.articles),
                    coverage=self._coverage(subject.articles), people=people,
                    countries=countries, cards=cards, pager=pager, extra=country.extra,
                )

            self._list(url, country.path or f"the country {subject.name}", subject.articles,
                       first, subject.name, "Country", crumbs)
            self._feed(url, subject.name, subject.articles)
        regions: dict[str, list[Subject]] = {}
        for key, subject in self.archive.countries.items():
            country = self.archive.country_records[key]
            region = country.subregion or country.region or "Elsewhere"
            regions.setdefault(region, []).append(subject)
        self._index("countries", "Countries", self.archive.countries, regions=regions)

    def _pairs(self) -> None:
        crumbs = (c.Link("Countries", "/countries/"),)
        for (a, b), articles in self.archive.pairs.items():
            one, two = self.archive.countries[a], self.archive.countries[b]
            url = f"/countries/{one.slug}/{two.slug}/"
            newest = articles[::-1]
            facts = self._facts(newest)
            assert facts is not None
            people, _ = self._companions(newest)
            heading = f"{one.name} and {two.name}"

            def first(
                cards: tuple[c.Card, ...], pager: c.Pager, *, a: str = a, b: str = b,
                url: str = url, heading: str = heading, facts: c.Facts = facts,
                people: Any = people, newest: Any = newest,
            ) -> tuple[str, Any]:
                return "pair.html", c.PairContext(
                    head=c.Head(heading, url, f"Everything that concerns both: {heading}",
                                breadcrumbs=crumbs),
                    a=self._country_link(a), b=self._country_link(b), facts=facts,
                    coverage=self._coverage(newest), people=people, cards=cards, pager=pager,
                )

            self._list(url, f"the pair {heading}", articles, first, heading, "Two countries",
                       crumbs, ascending=True)
            other = f"/countries/{two.slug}/{one.slug}/"
            self._add(other, "redirect.html", c.RedirectContext(
                c.Head(heading, other, index=False), url, heading), f"the pair {heading}")

    def _terms(
        self, subjects: Mapping[str, Subject], room: str, kicker: str, title: str
    ) -> None:
        if not subjects:
            return
        crumbs = (c.Link(title, f"/{room}/"),)
        for subject in subjects.values():
            url = f"/{room}/{subject.slug}/"

            def first(
                cards: tuple[c.Card, ...], pager: c.Pager, *, subject: Subject = subject,
                url: str = url,
            ) -> tuple[str, Any]:
                return "list.html", c.ListContext(
                    head=c.Head(subject.name, url, f"{kicker}: {subject.name}",
                                breadcrumbs=crumbs, feed=f"{url}feed.xml"),
                    kicker=kicker, heading=subject.name, intro="", cards=cards, pager=pager,
                    facts=self._facts(subject.articles),
                    coverage=self._coverage(subject.articles),
                )

            self._list(url, f"{kicker.lower()} {subject.name}", subject.articles, first,
                       subject.name, kicker, crumbs)
            self._feed(url, subject.name, subject.articles)
        self._index(room, title, subjects)

    def _index(
        self,
        room: str,
        title: str,
        subjects: Mapping[str, Subject],
        *,
        notes: Mapping[str, str] = {},
        sort_names: Mapping[str, str] = {},
        regions: Mapping[str, Sequence[Subject]] = {},
    ) -> None:
        if not subjects:
            return
        url = f"/{room}/"
        order = sorted(
            subjects.values(), key=lambda s: (sort_names.get(s.key, s.name).casefold(), s.slug)
        )
        letters: dict[str, list[Subject]] = {}
        for subject in order:
            initial = letter(sort_names.get(subject.key, subject.name))
            letters.setdefault(initial, []).append(subject)

        def groups(
            found: Mapping[str, Sequence[Subject]], prefix: str
        ) -> tuple[c.LetterGroup, ...]:
            return tuple(
                c.LetterGroup(
                    name, f"_{prefix}{number}", tuple(self._counted(found[name], room, notes))
                )
                for number, name in enumerate(sorted(found))
            )

        def shown(subject: Subject) -> Subject:
            name = sort_names.get(subject.key)
            if not name:
                return subject
            other = Subject(subject.key, name, subject.slug)
            other.articles = subject.articles
            return other

        letters = {name: [shown(s) for s in found] for name, found in letters.items()}
        az = groups(letters, "l")
        top = tuple(self._counted(self._most(subjects, 8), room))
        cut_up = len(subjects) > self.config.lists.people_on_one_page
        links: tuple[c.Link, ...] = ()
        if cut_up:
            links = tuple(
                c.Link(g.letter, f"/{room}/index/{number}/") for number, g in enumerate(az)
            )
            for link, group in zip(links, az, strict=True):
                self._add(link.url, "index_az.html", c.IndexContext(
                    head=c.Head(f"{title}: {group.letter}", link.url,
                                breadcrumbs=(c.Link(title, url),)),
                    kicker=title, heading=group.letter, intro="", groups=(group,), regions=(),
                    letters=links, total=len(group.items),
                ), f"the index of {title}")
        self._add(url, "index_az.html", c.IndexContext(
            head=c.Head(title, url), kicker="Index", heading=title, intro="",
            groups=() if cut_up else az,
            regions=groups(
                {name: sorted(found, key=lambda s: s.name) for name, found in regions.items()},
                "r"),
            letters=links, total=len(subjects), top=top,
        ), f"the index of {title}")

    def _issues(self) -> None:
        subjects = sorted(
            self.archive.issues.values(), key=lambda s: (s.articles[0].date.sort_key, s.slug)
        )
        crumbs = (c.Link("Issues", "/issues/"),)
        for place, subject in enumerate(subjects):
            url = f"/issues/{subject.slug}/"
            order = sorted(
                subject.articles,
                key=lambda a: ((a.issue.page if a.issue else 0) or 99_999, a.path),
            )
            by_page: dict[int, list[Article]] = {}
            for article in order:
                by_page.setdefault(article.issue.page if article.issue else 0, []).append(article)
            blocks = tuple(
                c.SectionBlock(
                    c.Link(f"Page {page}" if page else "Other pages", ""),
                    self._cards(found), len(found),
                )
                for page, found in by_page.items()
            )
            newer = subjects[place + 1] if place + 1 < len(subjects) else None
            older = subjects[place - 1] if place else None
            self._add(url, "issue.html", c.IssueContext(
                head=c.Head(f"Issue {subject.name}", url, breadcrumbs=crumbs),
                number=subject.name, date=subject.articles[0].date,
                lead=self._lead(order[0]), blocks=blocks,
                newer=c.Link(f"Issue {newer.name}", f"/issues/{newer.slug}/") if newer else None,
                older=c.Link(f"Issue {older.name}", f"/issues/{older.slug}/") if older else None,
                total=len(order),
            ), f"issue {subject.name}")
        self._index("issues", "Issues", self.archive.issues)

    def _calendar(self) -> None:
        archive = self.archive
        crumbs = (c.Link("Archive", "/archive/"),)
        years = sorted(archive.years, reverse=True)
        rows = []
        for year in years:
            months = []
            for month in range(1, 13):
                label = f"{year}-{month:02}"
                found = archive.months.get(label)
                months.append(c.YearMonth(
                    label, len(found.articles) if found else 0,
                    f"/archive/{year}/{month:02}/" if found else ""))
            rows.append(c.ArchiveYear(
                year, f"/archive/{year}/", len(archive.years[year].articles), tuple(months)))
        self._add("/archive/", "archive.html", c.ArchiveContext(
            head=c.Head("Archive", "/archive/"), years=tuple(rows),
            coverage=self._coverage(archive.articles), total=len(archive.articles),
        ), "the archive")
        for place, year in enumerate(years):
            self._year(year, years[place - 1] if place else "",
                       years[place + 1] if place + 1 < len(years) else "", crumbs)
        for label, subject in archive.months.items():
            year = label[:4]
            url = f"/archive/{year}/{label[5:]}/"

            def first(
                cards: tuple[c.Card, ...], pager: c.Pager, *, url: str = url,
                label: str = label, year: str = year, subject: Subject = subject,
            ) -> tuple[str, Any]:
                return "list.html", c.ListContext(
                    head=c.Head(label, url, breadcrumbs=(
                        *crumbs, c.Link(year, f"/archive/{year}/"))),
                    kicker="Month", heading=label, intro="", cards=cards, pager=pager,
                    facts=None, coverage=None,
                )

            self._list(url, f"the month {label}", subject.articles, first, label, "Month",
                       (*crumbs, c.Link(year, f"/archive/{year}/")))

    def _year(self, year: str, newer: str, older: str, crumbs: tuple[c.Link, ...]) -> None:
        archive = self.archive
        articles = archive.years[year].articles
        blocks = tuple(
            c.MonthBlock(
                label, f"/archive/{year}/{label[5:]}/", len(archive.months[label].articles),
                self._cards(archive.months[label].articles[:10]),
            )
            for label in sorted((m for m in archive.months if m.startswith(year)), reverse=True)
        )
        people = Counter(key for a in articles for key in archive.people_of[a.path])
        countries = Counter(key for a in articles for key in archive.countries_of[a.path])

        def top(found: Counter[str], room: str) -> tuple[c.Counted, ...]:
            link = self._person_link if room == "people" else self._country_link
            best = sorted(found, key=lambda key: (-found[key], key))[:10]
            return tuple(c.Counted(link(key), found[key]) for key in best)

        self._add(f"/archive/{year}/", "year.html", c.YearContext(
            head=c.Head(year, f"/archive/{year}/", breadcrumbs=crumbs), year=year,
            coverage=self._year_coverage(year), blocks=blocks, total=len(articles),
            newer=c.Link(newer, f"/archive/{newer}/") if newer else None,
            older=c.Link(older, f"/archive/{older}/") if older else None,
            people=top(people, "people"), countries=top(countries, "countries"),
        ), f"the year {year}")

    def _year_coverage(self, year: str) -> c.Coverage:
        bars = []
        for month in range(1, 13):
            label = f"{year}-{month:02}"
            found = self.archive.months.get(label)
            bars.append(c.Bar(
                label, len(found.articles) if found else 0, self._archive_url(label)))
        return c.Coverage("month", tuple(bars))

    def _free_pages(self) -> None:
        for page in self.archive.pages:
            self._add(f"/{page.slug}/", "page.html", c.PageContext(
                head=c.Head(page.title, f"/{page.slug}/", page.summary),
                title=page.title, summary=page.summary, lang=page.lang or self.config.language,
                rtl=is_rtl(page.lang or self.config.language), body=page.body,
                targets=self._targets(page, page.links, page.media), extra=page.extra,
            ), page.path)

    def _redirects(self) -> None:
        for article in self.archive.articles:
            for alias in article.aliases:
                ending = alias.rsplit("/", 1)[-1]
                address = alias if alias.endswith("/") or "." in ending else alias + "/"
                self._add(address, "redirect.html", c.RedirectContext(
                    c.Head(article.title, address, index=False),
                    self.urls[article.path], article.title,
                ), article.path, article.lines.get("aliases", 1))

    def _sitemap(self) -> None:
        changed = {
            self.urls[a.path]: (a.updated or a.date).iso for a in self.archive.articles
        }
        entries = [
            (page.url, changed.get(page.url, ""))
            for page in self.pages
            if page.path.endswith("index.html") and page.template != "redirect.html"
        ]
        if len(entries) <= SITEMAP_PART:
            self._add("/sitemap.xml", "sitemap.xml", c.SitemapContext(tuple(entries)),
                      "the sitemap")
            return
        parts = []
        for start in range(0, len(entries), SITEMAP_PART):
            url = f"/sitemap-{start // SITEMAP_PART + 1}.xml"
            parts.append(url)
            self._add(url, "sitemap.xml", c.SitemapContext(
                tuple(entries[start : start + SITEMAP_PART])), "the sitemap")
        self._add("/sitemap.xml", "sitemap.xml", c.SitemapContext((), tuple(parts)),
                  "the sitemap")
