"""What every page is made of: addresses, links, cards, charts and lists."""

from __future__ import annotations

import functools
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

import msgspec

from site_builder.config import SiteConfig
from site_builder.finding.countries import Atlas
from site_builder.indexing.archive import Archive, Subject
from site_builder.indexing.shelf import SMALL, Recent
from site_builder.indexing.terms import term_key
from site_builder.model import INTERNAL, Article, Detail, Findings, Moment, Picture
from site_builder.pages import contexts as c
from site_builder.pages.hidden import Hidden
from site_builder.pages.keys import digest
from site_builder.pages.lists import Pagers, cut, page_url
from site_builder.pages.sheets import Sheet
from site_builder.pages.words import Words
from site_builder.reading import dates
from site_builder.reading.languages import is_rtl
from site_builder.reading.slugs import slug

_IRI = re.compile(r"(?:https?://|urn:|tag:)[^\s<>\"{}|\\^`\x00-\x1f]+")
_NAMESPACE_URL = bytes.fromhex("6ba7b8119dad11d180b400c04fd430c8")  # RFC 9562, 6.6
COMPANIONS = 8
COMPANION_CARDS = 12
CARDS = 6_000
"""So many are held, and up to as many again: more than that, in each worker, would be much.
Of a small archive all are held."""


class Site:
    """The archive as pages see it.

    `content` gives the text of an article with the targets of its links; the
    planner sets it. `detail` gives what only an article's own page shows, `findings` what its
    text names and quotes; `static` are the
    output paths of static files, `files` the media files of the content
    folders, relative to the site, `pictures` what is known of those and of
    static ones (`/path`). `urls` has the addresses of articles by file, where an earlier build
    knew them. `base_path` is set where addresses within the site are
    the same on every page: names in texts can then lead there as they are.
    """

    def __init__(
        self,
        archive: Archive,
        atlas: Atlas,
        detail: Callable[[Article], Detail],
        *,
        findings: Callable[[Article], Findings],
        static: Iterable[str] = (),
        files: Iterable[str] = (),
        pictures: Mapping[str, Picture] = {},
        urls: dict[str, str] | None = None,
    ) -> None:
        self.archive = archive
        self.config: SiteConfig = archive.config
        self.words = Words(self.config.language)
        self.atlas = atlas
        self.detail = detail
        self.findings = findings
        self.static = frozenset(static)
        self.files = frozenset(files)
        self.pictures = pictures
        self.hidden = Hidden(archive.hidden)
        self.urls = self._article_urls() if urls is None else urls
        self.content: Callable[[Article], c.Content] = lambda article: c.Content("", ())
        self.base_path: str | None = None
        self._cards: Recent[str, c.Card] = Recent(
            SMALL if len(archive.articles) <= SMALL else CARDS)
        self._people: dict[str, c.Link] = {}

    def _article_urls(self) -> dict[str, str]:
        pattern = self.config.urls.articles
        sections = self.archive.sections
        urls = {}
        for article in (*self.archive.articles, *self.archive.removed.values()):
            section = sections.get(term_key(article.section)) if article.section else None
            desk = section.slug if section else "news"
            if article.removed and article.section and not section:
                desk = slug(article.section) or desk
            urls[article.path] = pattern.format(
                year=article.date.year, month=article.date.month, day=article.date.day[8:],
                slug=article.slug, section=desk,
            )
        return urls

    def section(self, article: Article) -> c.Link | None:
        """The article's desk."""
        subject = self.archive.sections.get(term_key(article.section))
        return c.Link(subject.name, f"/sections/{subject.slug}/") if subject else None

    def lang(self, article: Article) -> str:
        """The article's language where it is not the site's."""
        return article.lang if article.lang != self.config.language else ""

    def card(self, article: Article) -> c.Card:
        """An article as lists show it, made once as a rule."""
        found = self._cards.get(article.path)
        if found is None:
            card = c.Card(
                url=self.urls[article.path],
                title=article.title,
                date=article.date,
                updated=self.changed(article),
                summary=self._summary(article),
                section=self.section(article),
                image=None,
                authors=tuple(dict.fromkeys(self.archive.author_of[n] for n in article.authors)),
                lang=self.lang(article),
                rtl=is_rtl(article.lang or self.config.language),
                urn=self.feed_id(article),
                digest="",
                corrections=article.corrections,
                tags=tuple(self.archive.tags[key].name
                           for key in dict.fromkeys(map(term_key, article.tags))),
            )
            mark = digest(msgspec.msgpack.encode(card))
            found = self._cards.put(article.path, msgspec.structs.replace(card, digest=mark))
        return found

    def _summary(self, article: Article) -> str:
        """The standfirst, or the first words; empty where it holds a name that is hidden."""
        text = article.summary or article.excerpt
        return "" if self.gives_away(article, text) else text

    def gives_away(self, article: Article, text: str) -> bool:
        """Whether a text of an article holds a name that is printed nowhere else."""
        hidden = self.hidden
        return bool(hidden) and hidden.text(
            text, hidden.meant(self.archive.traces[article.path]))

    def full_card(self, article: Article) -> c.Card:
        """An article with its text, for feeds that hold it; without, where it has a hidden name."""
        card = self.card(article)
        if self.gives_away(article, self.detail(article).html):
            return card
        content = self.content(article)
        mark = digest(card.digest, article.page_digest, msgspec.msgpack.encode(content.targets))
        return msgspec.structs.replace(card, content=content, digest=mark)

    def changed(self, article: Article) -> Moment | None:
        """When the text was last changed, as far as we know: a correction is a change."""
        latest = article.updated
        for correction in article.corrections:
            # of a month that is all we know, its first day: feeds must not miss it
            day = (correction.date + "-01-01")[: len("2022-12-01")]
            moment = dates.parse(day, self.config.timezone)
            if latest is None or latest.epoch < moment.epoch:
                latest = moment
        return latest

    def mark(self, article: Article) -> str:
        """All that lists and indexes depend on in an article, with the names it resolves to."""
        archive = self.archive
        parts = [article.digest, self.urls[article.path], article.section and
                 archive.sections[term_key(article.section)].mark]
        parts += [archive.people[key].mark for key in archive.people_of[article.path]]
        parts.append("")
        parts += [archive.countries[key].mark for key in archive.countries_of[article.path]]
        parts.append("")
        parts += [archive.authors[term_key(archive.author_of[n])].mark for n in article.authors]
        parts += [archive.tags[term_key(name)].mark for name in article.tags]
        if article.image:
            parts.append(str(self.pictures.get(article.image.src)))
        if article.issue:
            parts.append(archive.issues[term_key(article.issue.number)].mark)
        return "\0".join(parts)

    def authors(self, article: Article) -> tuple[c.Link, ...]:
        """Links to the article's authors."""
        keys = dict.fromkeys(term_key(self.archive.author_of[name]) for name in article.authors)
        return self._terms("authors", keys)

    def tags(self, article: Article) -> tuple[c.Link, ...]:
        """Links to the article's tags."""
        return self._terms("tags", dict.fromkeys(term_key(name) for name in article.tags))

    def _terms(self, room: str, keys: Iterable[str]) -> tuple[c.Link, ...]:
        subjects: dict[str, Subject] = getattr(self.archive, room)
        return tuple(c.Link(subjects[k].name, f"/{room}/{subjects[k].slug}/") for k in keys)

    def addresses(self) -> Iterator[str]:
        """The address of every page but the free ones and the older pages of lists."""
        archive = self.archive
        yield from ("/", "/archive/")
        if self.config.search.enabled:
            yield "/search/"
        yield from self.urls.values()
        for room in ("people", "countries", "sections", "tags", "authors", "issues"):
            subjects: dict[str, Subject] = getattr(archive, room)
            if subjects:
                yield f"/{room}/"
            yield from (f"/{room}/{subject.slug}/" for subject in subjects.values())
        yield from (f"/people/{base}/" for base in archive.namesakes.pages)
        for a, b in archive.pairs:
            yield self.pair(a, b)[0]
        for a, b in archive.people_pairs:
            yield self.people_pair_url(a, b)
        yield from (self.archive_url(label) for label in (*archive.years, *archive.months))

    def lead(self, article: Article) -> c.Card:
        """The card of a leading story, with its picture."""
        card, image = self.card(article), article.image
        if image is None or image.src not in self.files:
            return card
        return msgspec.structs.replace(card, image=msgspec.structs.replace(
            image, src=self.medium_url(image.src), picture=self.pictures.get(image.src)))

    def cards(self, articles: Iterable[Article]) -> tuple[c.Card, ...]:
        """The cards of articles, in their order."""
        return tuple(self.card(article) for article in articles)

    def facts(self, articles: Sequence[Article]) -> c.Facts | None:
        """First and last appearance; `articles` newest first."""
        if not articles:
            return None
        return c.Facts(
            len(articles), self.card(articles[-1]), self.card(articles[0])
        )

    def coverage(self, articles: Sequence[Article]) -> c.Coverage:
        """How much was written when: by month for a short span, by year for a long one."""
        if not articles:
            return c.Coverage("year", ())
        months = self.archive.months_of(articles)
        first, last = min(months), max(months)
        if int(last[:4]) - int(first[:4]) < 3:
            bars = tuple(
                c.Bar(label, months[label], self.archive_url(label))
                for label in _month_range(first, last)
            )
            return c.Coverage("month", bars)
        years: Counter[str] = Counter()
        for label, count in months.items():
            years[label[:4]] += count
        bars = tuple(
            c.Bar(label, years[label], self.archive_url(label))
            for label in (f"{y:04}" for y in range(int(first[:4]), int(last[:4]) + 1))
        )
        return c.Coverage("year", bars)

    def archive_url(self, label: str) -> str:
        """The page of a year or month that has articles."""
        if label in self.archive.years or label in self.archive.months:
            return f"/archive/{label.replace('-', '/')}/"
        return ""

    def person_link(self, key: str) -> c.Link:
        """The person with this id."""
        found = self._people.get(key)
        if found is None:
            subject = self.archive.people[key]
            found = self._people[key] = c.Link(subject.name, f"/people/{subject.slug}/")
        return found

    def country_link(self, key: str) -> c.Link:
        """The country with this id."""
        subject = self.archive.countries[key]
        return c.Link(subject.name, f"/countries/{subject.slug}/")

    def pair(self, a: str, b: str) -> tuple[str, int]:
        """The page of two countries, where they have one, and the number of articles on it."""
        first, second = sorted((a, b), key=lambda key: self.archive.countries[key].slug)
        articles = self.archive.pairs.get((first, second))
        if articles is None:
            return "", 0
        slugs = self.archive.countries[first].slug, self.archive.countries[second].slug
        return f"/countries/{slugs[0]}/{slugs[1]}/", len(articles)

    @functools.cached_property
    def mention_links(self) -> dict[tuple[str, str], str]:
        """The tag that opens the link of a name in running text, by kind and id."""
        rooms = {"person": ("people", self.archive.people),
                 "country": ("countries", self.archive.countries)}
        before = INTERNAL if self.base_path is None else escape(self.base_path)
        return {
            (kind, key): f'<a class="mention" href="{before}{escape(f"/{room}/{s.slug}/")}">'
            for kind, (room, subjects) in rooms.items() for key, s in subjects.items()}

    def people_pair_url(self, a: str, b: str) -> str:
        """The page of two people, where they have one."""
        first, second = sorted((a, b), key=lambda key: self.archive.people[key].slug)
        if (first, second) not in self.archive.people_pairs:
            return ""
        return f"/people/{self.archive.people[first].slug}/{self.archive.people[second].slug}/"

    def companions(
        self, articles: Sequence[Article], *, person: str = "", country: str = "",
        but: Sequence[str] = (),
    ) -> tuple[tuple[c.Companion, ...], tuple[c.Companion, ...]]:
        """The people and countries that appear most often in `articles`, without the subject.

        Whoever has a page together with the person is there, too, without the
        articles, which that page has. `but` are people that are left out besides.
        """
        def first(shared: list[int]) -> tuple[c.Card, ...]:
            return self.cards(articles[number] for number in shared[:COMPANION_CARDS])

        partners = self.archive.partners.get(person, ())
        people = tuple(
            c.Companion(
                self.person_link(key), len(shared),
                first(shared) if place < COMPANIONS else (),
                *((self.people_pair_url(person, key), len(shared)) if key in partners else ()),
            )
            for place, (key, shared) in enumerate(self.archive.together(
                articles, self.archive.people_of, (person, *but), COMPANIONS, partners))
        )
        countries = tuple(
            c.Companion(
                self.country_link(key), len(shared), first(shared),
                *(self.pair(country, key) if country else ()),
            )
            for key, shared in self.archive.together(
                articles, self.archive.countries_of, (country,), COMPANIONS)
        )
        return people, countries

    def counted(
        self, subjects: Iterable[Subject], room: str, notes: Mapping[str, str] = {}
    ) -> list[c.Counted]:
        """Links to subjects with the number of their articles."""
        return [
            c.Counted(c.Link(s.name, f"/{room}/{s.slug}/"), len(s.articles), notes.get(s.key, ""))
            for s in subjects
        ]

    def most(self, subjects: Mapping[str, Subject], number: int) -> list[Subject]:
        """Those with the most articles."""
        return sorted(subjects.values(), key=lambda s: (-len(s.articles), s.slug))[:number]

    def medium_url(self, target: str) -> str:
        """The site path of a media file of the content folders, or empty."""
        return "/" + medium_path(target) if target in self.files else ""

    def add_list(
        self,
        sheet: Sheet,
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
        of = Pagers(url, cuts, ascending=ascending)
        for index, part in enumerate(cuts):
            address = page_url(url, index, ascending=ascending)
            if index and not sheet.lists:
                sheet.add(address, "list.html", None, owner, stays=True)
                continue
            cards, pager = self.cards(part), of[index]
            if index == 0:
                template, context = first(cards, pager)
            else:
                template = "list.html"
                context = c.ListContext(
                    head=c.Head(
                        self.words("numbered", heading=heading, page=self.words.digits(
                            address.rstrip("/").rsplit("/", 1)[-1])), address,
                        breadcrumbs=(*crumbs, c.Link(heading, url)),
                    ),
                    kicker=kicker, heading=heading, intro="", cards=cards, pager=pager,
                    facts=None, coverage=None, ascending=ascending,
                )
            sheet.add(address, template, context, owner, lastmod=last_change(cards))

    def urn(self, id: str) -> str:
        """An id that survives a change of address and domain (RFC 4287, 4.2.6).

        A UUID made of the name (version 5: RFC 9562, 5.5); Python's own takes ten times as long.
        """
        name = _NAMESPACE_URL + f"{self.config.id}/{id}".encode()
        data = bytearray(hashlib.sha1(name, usedforsecurity=False).digest()[:16])
        data[6] = data[6] & 0x0F | 0x50
        data[8] = data[8] & 0x3F | 0x80
        text = data.hex()
        return f"urn:uuid:{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"

    def feed_id(self, article: Article) -> str:
        """The id of an article in feeds: the one that it had elsewhere where that can be one.

        Readers' programs compare ids by their characters (RFC 4287, 4.2.6.1), so an
        imported one stays as it is, if it is an absolute IRI.
        """
        for known in (article.guid, article.id):
            if _IRI.fullmatch(known):
                return known
        return self.urn(article.guid or article.id)


def last_change(cards: Iterable[c.Card]) -> str:
    """The last change of any of these articles, for the sitemap; empty where there are none."""
    moments = [card.changed for card in cards]
    return max(moments, key=lambda moment: moment.epoch).iso if moments else ""


def medium_path(source: str) -> str:
    """Where a media file of the content folders goes in the output."""
    below = source.removeprefix("content/")
    return below if below.startswith("media/") else f"media/{below}"


def _month_range(first: str, last: str) -> Iterator[str]:
    year, month = int(first[:4]), int(first[5:7])
    while (label := f"{year:04}-{month:02}") <= last:
        yield label
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
