"""Feeds: of the site and of every list, their archives, and the lists of all feeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final, NamedTuple

import msgspec

from site_builder.model import Article
from site_builder.pages import contexts as c
from site_builder.pages.sheets import Sheet
from site_builder.pages.site import Site

ENDINGS: Final = {"atom": "xml", "json": "json"}
NAMES: Final = {"atom": "Atom", "json": "JSON"}
ROOMS: Final = ("sections", "people", "countries", "pairs", "people_pairs", "tags", "authors")
_PAIRED: Final = {"pairs": ("two_countries", "countries"), "people_pairs": ("two_people", "people")}
LISTED: Final = 1000
"""Feeds of one room that /feeds/ names; a larger room is left to its own index and to OPML."""


def cut(total: int, size: int) -> tuple[int, int]:
    """How many articles an archive document holds, and how many of them there are.

    Every article stands in one document: those that fill no archive document
    stay in the current feed, `size` at most. An archive document is full from
    its first day, so that its set of entries never changes (RFC 5005, 4: clients
    fetch it once).
    """
    part = max(1, size // 2)
    return part, max(0, -((size - total) // part))


def _archived(articles: Sequence[Article], size: int, number: int) -> Sequence[Article]:
    """The entries of an archive document; 1 is the oldest. `articles` run newest first."""
    part, _ = cut(len(articles), size)
    end = len(articles) - (number - 1) * part
    return articles[end - part : end]


def add(
    site: Site, sheet: Sheet, key: str, url: str, title: str, articles: Sequence[Article]
) -> None:
    """The feeds of the list at `url`, newest articles first, in every format.

    `key` names the list whatever its address; it is what the feed's id is made of.
    """
    config = site.config.feeds
    archived = config.archives == "all" and "atom" in config.formats
    count = cut(len(articles), config.list_size)[1] if archived else 0
    feed = _Feed(key, url, f"{title} · {site.config.title}", "", config.list_size, count)
    _add_current(site, sheet, feed, articles)
    for number in range(1, count + 1):
        _add_archive(site, sheet, feed, number, articles)


def add_whole(site: Site, sheet: Sheet) -> None:
    """The feeds of the site, without their archive documents."""
    _add_current(site, sheet, _whole(site), site.archive.articles)


def archives(site: Site) -> Iterator[Sequence[Article]]:
    """The entries of each archive document of the site's feed, from the oldest."""
    articles, size = site.archive.articles, site.config.feeds.size
    return (_archived(articles, size, number) for number in range(1, _whole(site).archives + 1))


def archive(site: Site, sheet: Sheet, number: int) -> None:
    """Archive document `number` of the site's feed; the oldest is 1."""
    _add_archive(site, sheet, _whole(site), number, site.archive.articles)


class _Feed(NamedTuple):
    key: str
    url: str
    title: str
    subtitle: str
    size: int
    archives: int


def _whole(site: Site) -> _Feed:
    config = site.config
    archived = config.feeds.archives != "none" and "atom" in config.feeds.formats
    count = cut(len(site.archive.articles), config.feeds.size)[1] if archived else 0
    return _Feed("", "/", config.title, config.description, config.feeds.size, count)


def _add_current(site: Site, sheet: Sheet, feed: _Feed, articles: Sequence[Article]) -> None:
    if feed.archives:
        part, full = cut(len(articles), feed.size)
        articles = articles[: len(articles) - full * part]
    context = _context(site, feed, articles[: feed.size])
    for form in site.config.feeds.formats:
        address = f"{feed.url}feed.{ENDINGS[form]}"
        sheet.add(address, f"feed.{ENDINGS[form]}", msgspec.structs.replace(
            context, head=c.Head(feed.title, address),
            previous=_archive_url(feed, feed.archives) if form == "atom" else "",
        ), f"the feed of {feed.title}")


def _add_archive(
    site: Site, sheet: Sheet, feed: _Feed, number: int, articles: Sequence[Article]
) -> None:
    address = _archive_url(feed, number)
    sheet.add(address, "feed.xml", msgspec.structs.replace(
        _context(site, feed, _archived(articles, feed.size, number)),
        head=c.Head(feed.title, address), previous=_archive_url(feed, number - 1),
        following=_archive_url(feed, number + 1) if number < feed.archives else "",
        current=f"{feed.url}feed.xml",
    ), f"the feed of {feed.title}")


def _archive_url(feed: _Feed, number: int) -> str:
    return f"{feed.url}feed/archive/{number}.xml" if number else ""


def _context(site: Site, feed: _Feed, articles: Sequence[Article]) -> c.FeedContext:
    full = site.config.feeds.full_text
    cards = tuple(map(site.full_card, articles)) if full else site.cards(articles)
    updated = max((card.changed for card in cards), key=lambda moment: moment.epoch).rfc3339 \
        if cards else "1970-01-01T00:00:00Z"
    return c.FeedContext(
        head=c.Head(feed.title, ""), id=site.urn(f"feed:{feed.key}"), title=feed.title,
        subtitle=feed.subtitle, home=feed.url, updated=updated, cards=cards)


# -- the lists of all feeds


def _lists(site: Site, room: str) -> Iterator[tuple[str, str]]:
    """Name and address of every list of a room that has a feed."""
    if room == "pairs":
        for a, b in site.archive.pairs:
            one, two = site.archive.countries[a], site.archive.countries[b]
            yield (f"{one.name} {site.words('and')} {two.name}", site.pair(a, b)[0])
    elif room == "people_pairs":
        for a, b in site.archive.people_pairs:
            first, second = site.archive.people[a], site.archive.people[b]
            yield (f"{first.name} {site.words('and')} {second.name}", site.people_pair_url(a, b))
    else:
        for subject in getattr(site.archive, room).values():
            yield subject.name, f"/{room}/{subject.slug}/"


def overview(site: Site, sheet: Sheet) -> None:
    """All feeds, for people (/feeds/) and for programs (/feeds.opml, opml.org/spec2.opml)."""
    words, config = site.words, site.config
    rooms = {room: sorted(_lists(site, room), key=lambda x: (x[0].casefold(), x[1]))
             for room in ROOMS}
    names = {room: words(_PAIRED[room][0] if room in _PAIRED else room) for room in ROOMS}

    def link(name: str, url: str) -> c.FeedLink:
        return c.FeedLink(c.Link(name, url), tuple(
            c.Link(NAMES[form], f"{url}feed.{ENDINGS[form]}") for form in config.feeds.formats))

    title = words("feeds")
    sheet.add("/feeds/", "feeds.html", c.FeedsContext(
        head=c.Head(title, "/feeds/", words("feeds_intro"), feed="/feed"), heading=title,
        intro=words("feeds_intro"), whole=link(config.title, "/"),
        rooms=tuple(
            c.FeedRoom(
                c.Link(names[room], f"/{_PAIRED[room][1] if room in _PAIRED else room}/"),
                tuple(link(*found) for found in lists) if len(lists) <= LISTED else (),
                len(lists))
            for room, lists in rooms.items() if lists),
        opml=c.Link("OPML", "/feeds.opml"),
    ), "the feeds")
    ending = ENDINGS[config.feeds.formats[0]]

    def outline(name: str, url: str) -> str:
        text, base = escape(name), config.base_url
        return (f'<outline type="rss" text="{text}" title="{text}" '
                f'xmlUrl="{escape(f"{base}{url}feed.{ending}")}" '
                f'htmlUrl="{escape(base + url)}"/>\n')

    parts = [outline(config.title, "/")]
    for room, lists in rooms.items():
        if lists:
            parts.append(f'<outline text="{escape(names[room])}">\n')
            parts += [outline(*found) for found in lists]
            parts.append("</outline>\n")
    head = escape(config.title)
    sheet.add("/feeds.opml", "", c.FileContext(
        '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">\n'
        f"<head><title>{head}</title><docs>http://opml.org/spec2.opml</docs></head>\n"
        f"<body>\n{''.join(parts)}</body>\n</opml>\n"), "the feeds")
