"""The pages of people, countries, pairs of them and terms, and their A–Z indexes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from site_builder.finding.countries import AmbiguousCountry
from site_builder.finding.names import letter, sort_name
from site_builder.indexing.archive import Subject
from site_builder.model import Article
from site_builder.pages import contexts as c
from site_builder.pages import feeds, forms, identities, moved, voices
from site_builder.pages.coverage import MAP_URL, TIMELINE_URL
from site_builder.pages.links import addresses
from site_builder.pages.sheets import Sheet
from site_builder.pages.site import Site

TERMS = {
    "sections": "section",
    "tags": "tag",
    "authors": "author",
}
"""Room → what one of its lists is called, as a key of the site's words."""
_PAIRS = {
    "countries": ("country", "pairs", "two_countries"),
    "people": ("person", "people-pairs", "two_people"),
}
"""Room → the kind of its subjects, where the feeds of pairs lie, and what a pair is called."""


def person(site: Site, sheet: Sheet, key: str) -> None:
    """A person: their page, the older pages of their list, their feed."""
    subject, record = site.archive.people[key], site.archive.person_records[key]
    url = f"/people/{subject.slug}/"
    crumbs = (c.Link(site.words("people"), "/people/"),)
    people, countries = site.companions(subject.articles, person=key)
    role = record.roles[-1].title if record.roles else ""
    said = list(voices.statements(site, subject.articles, key))
    statements_url = f"{url}statements/"

    def first(cards: tuple[c.Card, ...], pager: c.Pager) -> tuple[str, Any]:
        return "person.html", c.PersonContext(
            head=c.Head(
                subject.name, url, role or site.words("about", name=subject.name), kind="profile",
                breadcrumbs=crumbs, feed=f"{url}feed",
            ),
            name=record.name, sort_name=record.sort_name or sort_name(record.name),
            aliases=record.aliases, country=country_of(site, record.country),
            roles=record.roles, born=record.born, died=record.died, wikidata=record.wikidata,
            bio=record.bio, has_record=record.has_record, facts=site.facts(subject.articles),
            coverage=site.coverage(subject.articles), people=people, countries=countries,
            cards=cards, pager=pager, extra=record.extra,
            statements=tuple(said[: voices.LATEST]), statements_total=len(said),
            statements_url=statements_url,
            contexts=voices.in_context(
                site, subject.articles, lambda m: m.id == key and m.kind == "person",
                record.roles),
            qualifier=record.qualifier, namesakes=identities.namesakes_of(site, key),
            former=tuple(f.name for f in record.former if f.show == "shown"),
            forms=forms.seen(site, subject.articles, key, record), archived=record.archived,
        )

    if len(said) > voices.LATEST:
        heading = site.words("statements_by", name=subject.name)
        voices.add_statements(
            site, sheet, statements_url, heading, (*crumbs, c.Link(subject.name, url)), said,
            f"the statements of {subject.name}")
    sheet.soft.update(addresses(record.bio))
    site.add_list(sheet, url, record.path or f"the person {subject.name}", subject.articles,
                  first, subject.name, site.words("person"), crumbs)
    feeds.add(site, sheet, f"people/{key}", url, subject.name, subject.articles)
    moved.person(sheet, record, url)


def country_of(site: Site, name: str) -> c.Link | None:
    """The page of the country that a person's record names, where it has one."""
    try:
        country = site.atlas.resolve(name) if name else None
    except AmbiguousCountry:  # said by the index
        country = None
    known = site.archive.countries.get(country.id) if country else None
    return c.Link(known.name, f"/countries/{known.slug}/") if known else None


def country(site: Site, sheet: Sheet, key: str) -> None:
    """A country: its page, the older pages of its list, its feed."""
    subject, record = site.archive.countries[key], site.archive.country_records[key]
    url = f"/countries/{subject.slug}/"
    crumbs = (c.Link(site.words("countries"), "/countries/"),)
    people, countries = site.companions(subject.articles, country=key)

    def first(cards: tuple[c.Card, ...], pager: c.Pager) -> tuple[str, Any]:
        return "country.html", c.CountryContext(
            head=c.Head(subject.name, url, site.words("about", name=subject.name),
                        breadcrumbs=crumbs, feed=f"{url}feed"),
            name=subject.name, code=record.code, aliases=record.aliases,
            region=site.words.region(record.region),
            subregion=site.words.region(record.subregion), wikidata=record.wikidata, bio=record.bio,
            has_record=record.has_record, facts=site.facts(subject.articles),
            coverage=site.coverage(subject.articles), people=people, countries=countries,
            cards=cards, pager=pager, extra=record.extra,
            contexts=voices.in_context(
                site, subject.articles, lambda m: m.id == key and m.kind == "country"),
            statements=voices.naming(site, subject.articles, key),
            forms=forms.seen(site, subject.articles, key, record), archived=record.archived,
        )

    sheet.soft.update(addresses(record.bio))
    site.add_list(sheet, url, record.path or f"the country {subject.name}", subject.articles,
                  first, subject.name, site.words("country"), crumbs)
    feeds.add(site, sheet, f"countries/{key}", url, subject.name, subject.articles)


def pair(site: Site, sheet: Sheet, a: str, b: str) -> None:
    """Everything that concerns two countries, oldest first; the other order redirects."""
    countries = site.archive.countries
    articles = site.archive.pairs[a, b]
    people, _ = site.companions(articles[::-1])
    _pair(site, sheet, "countries", (countries[a], countries[b]), articles,
          (site.country_link(a), site.country_link(b)), (people, ()))


def people_pair(site: Site, sheet: Sheet, a: str, b: str) -> None:
    """Everything in which two people appear, oldest first; the other order redirects."""
    people, records = site.archive.people, site.archive.person_records
    articles = site.archive.people_pairs[a, b]
    where = _pair(site, sheet, "people", (people[a], people[b]), articles,
                  (site.person_link(a), site.person_link(b)),
                  site.companions(articles[::-1], but=(a, b)))
    moved.pair(sheet, records[a], records[b], *where)


def _pair(
    site: Site, sheet: Sheet, room: str, two: tuple[Subject, Subject],
    articles: Sequence[Article], links: tuple[c.Link, c.Link],
    companions: tuple[tuple[c.Companion, ...], tuple[c.Companion, ...]],
) -> tuple[str, str, str]:
    """The list of a pair, its feed and what leads there: its address, heading and owner."""
    one, other = two
    kind, feed, label = _PAIRS[room]
    url = f"/{room}/{one.slug}/{other.slug}/"
    crumbs = (c.Link(site.words(room), f"/{room}/"),)
    newest = articles[::-1]
    facts = site.facts(newest)
    assert facts is not None
    heading = f"{one.name} {site.words('and')} {other.name}"

    def first(cards: tuple[c.Card, ...], pager: c.Pager) -> tuple[str, Any]:
        return "pair.html", c.PairContext(
            head=c.Head(heading, url, site.words("about_both", names=heading),
                        breadcrumbs=crumbs, feed=f"{url}feed"),
            a=links[0], b=links[1], facts=facts, coverage=site.coverage(newest),
            people=companions[0], countries=companions[1], cards=cards, pager=pager,
            contexts=voices.shared(site, newest, one.key, other.key, kind),
        )

    owner = f"the pair {heading}"
    site.add_list(sheet, url, owner, articles, first, heading, site.words(label), crumbs,
                  ascending=True)
    feeds.add(site, sheet, f"{feed}/{one.key}/{other.key}", url, heading, newest)
    sheet.lead_on(f"/{room}/{other.slug}/{one.slug}/", url, heading, owner)
    return url, heading, owner


def term(site: Site, sheet: Sheet, room: str, key: str) -> None:
    """A section, tag or author: the pages of the list, and its feed."""
    kicker = site.words(TERMS[room])
    subject: Subject = getattr(site.archive, room)[key]
    url = f"/{room}/{subject.slug}/"
    crumbs = (c.Link(site.words(room), f"/{room}/"),)

    def first(cards: tuple[c.Card, ...], pager: c.Pager) -> tuple[str, Any]:
        return "list.html", c.ListContext(
            head=c.Head(
                subject.name, url, site.words("labelled", label=kicker, text=subject.name),
                breadcrumbs=crumbs, feed=f"{url}feed"),
            kicker=kicker, heading=subject.name, intro="", cards=cards, pager=pager,
            facts=site.facts(subject.articles), coverage=site.coverage(subject.articles),
        )

    site.add_list(sheet, url, f"{TERMS[room]} {subject.name}", subject.articles, first,
                  subject.name, kicker, crumbs)
    feeds.add(site, sheet, f"{room}/{key}", url, subject.name, subject.articles)


def people_index(site: Site, sheet: Sheet) -> None:
    """The A–Z index of people, filed under their sort names."""
    records = site.archive.person_records
    index(
        site, sheet, "people", site.archive.people,
        notes={key: identities.note(p) for key, p in records.items()},
        sort_names={
            key: records[key].sort_name or sort_name(records[key].name)
            for key in site.archive.people
        },
        views=(timeline_link(site), *filter(None, (identities.changes_link(site),))),
    )


def countries_index(site: Site, sheet: Sheet) -> None:
    """The A–Z index of countries, and the same by region."""
    regions: dict[str, list[Subject]] = {}
    for key, subject in site.archive.countries.items():
        record = site.archive.country_records[key]
        name = site.words.region(record.subregion or record.region) or site.words("no_region")
        regions.setdefault(name, []).append(subject)
    index(site, sheet, "countries", site.archive.countries, regions=regions,
          views=(c.Link(site.words("map"), MAP_URL), timeline_link(site)))


def timeline_link(site: Site) -> c.Link:
    """The page that shows who was in the news when."""
    return c.Link(site.words("timeline"), TIMELINE_URL)


def index(
    site: Site,
    sheet: Sheet,
    room: str,
    subjects: Mapping[str, Subject],
    *,
    notes: Mapping[str, str] = {},
    sort_names: Mapping[str, str] = {},
    regions: Mapping[str, Sequence[Subject]] = {},
    views: tuple[c.Link, ...] = (),
) -> None:
    """The A–Z index of a room; one page for each letter where there are too many names."""
    url, title = f"/{room}/", site.words(room)
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
                name, f"_{prefix}{number}", tuple(site.counted(found[name], room, notes))
            )
            for number, name in enumerate(sorted(found))
        )

    def shown(subject: Subject) -> Subject:
        name = sort_names.get(subject.key)
        if not name:
            return subject
        return Subject(subject.key, name, subject.slug, subject.articles)

    letters = {name: [shown(s) for s in found] for name, found in letters.items()}
    az = groups(letters, "l")
    top = tuple(site.counted(site.most(subjects, 8), room))
    cut_up = len(subjects) > site.config.lists.people_on_one_page
    links: tuple[c.Link, ...] = ()
    if cut_up:
        links = tuple(
            c.Link(g.letter, f"/{room}/index/{number}/") for number, g in enumerate(az)
        )
        for link, group in zip(links, az, strict=True):
            sheet.add(link.url, "index_az.html", c.IndexContext(
                head=c.Head(site.words("labelled", label=title, text=group.letter), link.url,
                            breadcrumbs=(c.Link(title, url),)),
                kicker=title, heading=group.letter, intro="", groups=(group,), regions=(),
                letters=links, total=len(group.items),
            ), f"the index of {room}")
    sheet.add(url, "index_az.html", c.IndexContext(
        head=c.Head(title, url), kicker=site.words("index"), heading=title, intro="",
        groups=() if cut_up else az,
        regions=groups(
            {name: sorted(found, key=lambda s: s.name) for name, found in regions.items()},
            "r"),
        letters=links, total=len(subjects), top=top, views=views,
    ), f"the index of {room}")
