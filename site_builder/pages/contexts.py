"""What each template is given: the declared inputs of every page.

A page is a pure function of its context, the templates and the site's
configuration. Nothing else reaches a template, so the key of a page
(`site_builder.pages.keys`) covers all that can change its bytes.

Urls are site paths (`/people/ebrahim-raisi/`); the filter `href` in the
templates adds the base path or makes them relative.
"""

from __future__ import annotations

from typing import Any

import msgspec

from site_builder.model import (
    Capture,
    Correction,
    Image,
    Moment,
    Picture,
    PrintIssue,
    Role,
    Section,
    Source,
)


class Link(msgspec.Struct, frozen=True):
    """A name that leads somewhere. `lang` is set where it differs from the site's language."""

    name: str
    url: str
    lang: str = ""


class Content(msgspec.Struct, frozen=True):
    """The text of an article for a feed; `targets` as in `ArticleContext`."""

    html: str
    targets: tuple[tuple[str, str], ...]


class Card(msgspec.Struct, frozen=True):
    """An article as lists show it. `digest` stands for the whole card in page keys.

    `urn` is its id in feeds; `tags` and `content` are for feeds, too: the latter
    is there where they hold the whole text.
    """

    url: str
    title: str
    date: Moment
    updated: Moment | None
    summary: str
    section: Link | None
    image: Image | None
    authors: tuple[str, ...]
    lang: str
    rtl: bool
    urn: str
    digest: str
    corrections: tuple[Correction, ...] = ()
    tags: tuple[str, ...] = ()
    content: Content | None = None

    @property
    def changed(self) -> Moment:
        """The last change: the publication where nothing later is known."""
        updated = self.updated
        return updated if updated and updated.epoch > self.date.epoch else self.date


class Bar(msgspec.Struct, frozen=True):
    """One bar of a coverage chart: `label` is a year (`2022`) or month (`2022-11`)."""

    label: str
    count: int
    url: str = ""


class Coverage(msgspec.Struct, frozen=True):
    """How much was written when. Bars are contiguous in time; `unit` is `year` or `month`."""

    unit: str
    bars: tuple[Bar, ...]

    @property
    def highest(self) -> int:
        """The largest count, at least 1."""
        return max((bar.count for bar in self.bars), default=1) or 1

    @property
    def total(self) -> int:
        """The number of articles."""
        return sum(bar.count for bar in self.bars)


class Facts(msgspec.Struct, frozen=True):
    """First and last appearance and the number of articles."""

    count: int
    first: Card
    last: Card


class Companion(msgspec.Struct, frozen=True):
    """Someone or some country that shares articles with a subject.

    `cards` are the newest shared articles; `count` is the number of all of
    them; `pair_url` leads to the page of the two, where there is one, and
    `pair_count` says how many are there: of two countries those that have to
    do with both, not each that names them.
    """

    link: Link
    count: int
    cards: tuple[Card, ...]
    pair_url: str = ""
    pair_count: int = 0


class PageStep(msgspec.Struct, frozen=True):
    """One page of a long list: `label` is the span of dates on it."""

    number: int
    url: str
    first: str
    last: str
    current: bool = False


class Pager(msgspec.Struct, frozen=True):
    """The pages of a list that is cut into several; empty `steps` when there is only one."""

    steps: tuple[PageStep, ...] = ()
    newer: str = ""
    older: str = ""
    total: int = 0


class Named(msgspec.Struct, frozen=True):
    """A person or country in an article: how often it is named, and the passages that do.

    `wikidata` is the Q number of the record.
    """

    link: Link
    count: int = 0
    anchors: tuple[str, ...] = ()
    wikidata: str = ""


class Line(msgspec.Struct, frozen=True):
    """A name in its context; `url` leads to the passage.

    Where two are looked for, `other` is the second name, behind `between`.
    """

    before: str
    form: str
    after: str
    url: str
    between: str = ""
    other: str = ""


class InContext(msgspec.Struct, frozen=True):
    """The passages of one article that name a subject; `more` is how many are not shown.

    `office` is what the person held on the article's day.
    """

    card: Card
    lines: tuple[Line, ...]
    more: int = 0
    office: str = ""


class Form(msgspec.Struct, frozen=True):
    """A name by which the texts call a subject: how often, and in how many articles.

    `url` leads to the first passage that has it, of the article of `date`.
    """

    name: str
    count: int
    articles: int
    url: str
    date: Moment


class Said(msgspec.Struct, frozen=True):
    """One statement: its words, the passage it stands in, and who said it.

    `speaker` is set for a person with a page; `name` is the speaker as the text
    has it, empty where it names none. `office` was held on the article's day.
    Of very long statements `parts` has the beginning.
    """

    parts: tuple[str, ...]
    url: str
    title: str
    date: Moment
    direct: bool
    speaker: Link | None
    name: str
    office: str
    lang: str = ""
    rtl: bool = False


class CitedAs(msgspec.Struct, frozen=True):
    """An entry in a bibliography: its words before the site's name, between it and the address,
    and after that.
    """

    style: str
    before: str
    between: str
    after: str


class CitationFile(msgspec.Struct, frozen=True):
    """A file for a reference manager, whole in its link; `file` is the name to save it under."""

    name: str
    file: str
    href: str


class Citation(msgspec.Struct, frozen=True):
    """How to cite an article. `urn` stays when the address changes."""

    entries: tuple[CitedAs, ...]
    files: tuple[CitationFile, ...]
    urn: str


class Head(msgspec.Struct, frozen=True):
    """What stands in a page's head. `breadcrumbs` runs from home's child to the page's parent.

    `feed` is the address of the page's feed without its ending: `/people/feed`
    stands for `feed.xml` and `feed.json`.
    """

    title: str
    url: str
    description: str = ""
    kind: str = "website"
    feed: str = ""
    breadcrumbs: tuple[Link, ...] = ()
    lang: str = ""
    index: bool = True


class SectionBlock(msgspec.Struct, frozen=True):
    """A desk on the home page, or a page of a printed issue."""

    link: Link
    cards: tuple[Card, ...]
    count: int = 0


class Counted(msgspec.Struct, frozen=True):
    """A link with the number of articles behind it; `note` is a role or a region."""

    link: Link
    count: int
    note: str = ""


class LetterGroup(msgspec.Struct, frozen=True):
    """One letter of an A–Z index, or one region of the countries."""

    letter: str
    id: str
    items: tuple[Counted, ...]


class HomeContext(msgspec.Struct, frozen=True):
    """`home.html`."""

    head: Head
    lead: Card | None
    latest: tuple[Card, ...]
    blocks: tuple[SectionBlock, ...]
    people: tuple[Counted, ...]
    countries: tuple[Counted, ...]
    coverage: Coverage
    articles: int
    people_total: int
    countries_total: int
    first: Moment | None
    last: Moment | None


class ArticleContext(msgspec.Struct, frozen=True):
    """`article.html`. The template also gets `body`, the sanitised HTML; `digest` stands for it.

    `targets` maps the internal links of the body, as the reader wrote them, to
    site paths; `pictures` those that lead to pictures to what is known of them.
    `original` is the site path of the version that the others were
    translated from. `day` leads to what was written on the same day of other years.
    """

    head: Head
    id: str
    title: str
    summary: str
    date: Moment
    updated: Moment | None
    authors: tuple[Link, ...]
    section: Link | None
    people: tuple[Named, ...]
    countries: tuple[Named, ...]
    tags: tuple[Link, ...]
    sources: tuple[Source, ...]
    archived: tuple[Capture, ...]
    issue: PrintIssue | None
    issue_link: Link | None
    image: Image | None
    lang: str
    rtl: bool
    corrections: tuple[Correction, ...]
    comments: bool
    translations: tuple[Link, ...]
    extra: dict[str, Any]
    toc: tuple[Section, ...]
    words: int
    newer: Link | None
    older: Link | None
    targets: tuple[tuple[str, str], ...]
    digest: str
    citation: Citation
    related: tuple[Card, ...] = ()
    day: Link | None = None
    original: str = ""
    pictures: tuple[tuple[str, Picture], ...] = ()


class ListContext(msgspec.Struct, frozen=True):
    """`list.html`: a desk, tag, author, month, pair or any other list of articles in order of time.

    `kicker` says what kind of list it is ("Section", "Tag", "Month").
    `ascending` is set for chronicles (pairs), which run from the oldest.
    """

    head: Head
    kicker: str
    heading: str
    intro: str
    cards: tuple[Card, ...]
    pager: Pager
    facts: Facts | None
    coverage: Coverage | None
    related: tuple[Counted, ...] = ()
    ascending: bool = False


class PersonContext(msgspec.Struct, frozen=True):
    """`person.html`: the first page of a person; later pages of their list are `list.html`."""

    head: Head
    name: str
    sort_name: str
    aliases: tuple[str, ...]
    country: Link | None
    roles: tuple[Role, ...]
    born: str
    died: str
    wikidata: str
    bio: str
    has_record: bool
    facts: Facts | None
    coverage: Coverage | None
    people: tuple[Companion, ...]
    countries: tuple[Companion, ...]
    cards: tuple[Card, ...]
    pager: Pager
    extra: dict[str, Any]
    statements: tuple[Said, ...] = ()
    statements_total: int = 0
    statements_url: str = ""
    contexts: tuple[InContext, ...] = ()
    qualifier: str = ""
    former: tuple[str, ...] = ()
    namesakes: tuple[Counted, ...] = ()
    forms: tuple[Form, ...] = ()
    archived: tuple[Capture, ...] = ()


class Namesake(msgspec.Struct, frozen=True):
    """One of several people of one name, as the page that tells them apart shows them."""

    link: Link
    qualifier: str
    roles: tuple[Role, ...]
    born: str
    died: str
    count: int
    first: Moment
    last: Moment


class NamesakesContext(msgspec.Struct, frozen=True):
    """`namesakes.html`: the address of a name that fits several people."""

    head: Head
    name: str
    people: tuple[Namesake, ...]


class IdentityEntry(msgspec.Struct, frozen=True):
    """A merge or split as readers see it; `person` is who has the articles now."""

    date: str
    kind: str
    person: Link
    other: Link | None
    names: tuple[str, ...]
    reason: str


class ChangesContext(msgspec.Struct, frozen=True):
    """`changes.html`: merges and splits of people, newest first."""

    head: Head
    entries: tuple[IdentityEntry, ...]


class CountryContext(msgspec.Struct, frozen=True):
    """`country.html`: the first page of a country."""

    head: Head
    name: str
    code: str
    aliases: tuple[str, ...]
    region: str
    subregion: str
    wikidata: str
    bio: str
    has_record: bool
    facts: Facts | None
    coverage: Coverage | None
    people: tuple[Companion, ...]
    countries: tuple[Companion, ...]
    cards: tuple[Card, ...]
    pager: Pager
    extra: dict[str, Any]
    contexts: tuple[InContext, ...] = ()
    forms: tuple[Form, ...] = ()
    statements: tuple[Said, ...] = ()
    archived: tuple[Capture, ...] = ()


class PairContext(msgspec.Struct, frozen=True):
    """`pair.html`: everything that concerns two countries or people, oldest first, by year."""

    head: Head
    a: Link
    b: Link
    facts: Facts
    coverage: Coverage
    people: tuple[Companion, ...]
    cards: tuple[Card, ...]
    pager: Pager
    contexts: tuple[InContext, ...] = ()
    countries: tuple[Companion, ...] = ()


class StatementsContext(msgspec.Struct, frozen=True):
    """`statements.html`: what was said, newest first; `months` lead to all of it."""

    head: Head
    heading: str
    intro: str
    statements: tuple[Said, ...]
    months: tuple[Counted, ...]
    pager: Pager


class SearchContext(msgspec.Struct, frozen=True):
    """The search page: its filters (name, label), the words that its script shows, ways around."""

    head: Head
    heading: str
    filters: tuple[tuple[str, str], ...]
    words: str
    rooms: tuple[Link, ...]


class FileContext(msgspec.Struct, frozen=True):
    """A file that no template makes: its text, or its bytes."""

    data: str | bytes


class DataTable(msgspec.Struct, frozen=True):
    """One table of data: its columns with what they hold.

    `links` are its files, JSON Lines and CSV together, one pair for each year
    of a yearly table.
    """

    name: str
    meaning: str
    columns: tuple[tuple[str, str], ...]
    links: tuple[tuple[Link, ...], ...]


class DataContext(msgspec.Struct, frozen=True):
    """`data.html`: the tables of data with their dictionary; `first` and `last` are days.

    `files` are those that hold more than one table, or speak of them, with what they are.
    """

    head: Head
    heading: str
    intro: str
    tables: tuple[DataTable, ...]
    files: tuple[tuple[Link, str], ...]
    first: str
    last: str


class PacketRow(msgspec.Struct, frozen=True):
    """One article of a packet, and its Markdown, where that is in the packet."""

    card: Card
    source: str


class PacketContext(msgspec.Struct, frozen=True):
    """`packet.html`: the first page of a packet of evidence.

    `subjects` lead to the pages that it is about, `files` to citations;
    `manifest` is the name of the list of SHA-256 sums, `commands` verify it.
    """

    head: Head
    kicker: str
    subjects: tuple[Link, ...]
    rows: tuple[PacketRow, ...]
    files: tuple[Link, ...]
    manifest: str
    commands: tuple[str, ...]


class IndexContext(msgspec.Struct, frozen=True):
    """`index_az.html`: an A–Z index (people, countries, tags, sections, authors, issues).

    `regions` is filled for countries; `letters` lists the pages of an index
    that is cut by letter.
    """

    head: Head
    kicker: str
    heading: str
    intro: str
    groups: tuple[LetterGroup, ...]
    regions: tuple[LetterGroup, ...]
    letters: tuple[Link, ...]
    total: int
    top: tuple[Counted, ...] = ()
    views: tuple[Link, ...] = ()


class Land(msgspec.Struct, frozen=True):
    """A country on the map: its outline, or the place of its point; without link: no articles."""

    link: Link | None
    count: int
    shade: int
    path: str = ""
    place: tuple[int, int] = (0, 0)


class Shade(msgspec.Struct, frozen=True):
    """A line of the map's legend: from `least` to `most` articles."""

    level: int
    least: int
    most: int


class MapContext(msgspec.Struct, frozen=True):
    """`map.html`: the world, shaded by articles, and the same as rows."""

    head: Head
    width: int
    height: int
    lands: tuple[Land, ...]
    islands: tuple[Land, ...]
    shades: tuple[Shade, ...]
    rows: tuple[Counted, ...]


class Dot(msgspec.Struct, frozen=True):
    """A count and the radius of its dot, in units of a cell of 20."""

    count: int
    radius: float


class TimelineRow(msgspec.Struct, frozen=True):
    """A person or country, with a dot for each column."""

    link: Link
    count: int
    dots: tuple[Dot, ...]


class Timeline(msgspec.Struct, frozen=True):
    """The rows of one table, all drawn to one scale, and dots that explain it."""

    rows: tuple[TimelineRow, ...]
    legend: tuple[Dot, ...]


class TimelineContext(msgspec.Struct, frozen=True):
    """`timeline.html`: who was in the news when; `columns` are years or months with their pages."""

    head: Head
    by_month: bool
    columns: tuple[Link, ...]
    people: Timeline
    countries: Timeline


class YearMonth(msgspec.Struct, frozen=True):
    """One month in the archive's calendar: `label` is `2022-11`; no `url` when it is empty."""

    label: str
    count: int
    url: str


class ArchiveYear(msgspec.Struct, frozen=True):
    """One year in the archive's calendar, with its twelve months."""

    year: str
    url: str
    count: int
    months: tuple[YearMonth, ...]


class ArchiveContext(msgspec.Struct, frozen=True):
    """`archive.html`: all years with their months."""

    head: Head
    years: tuple[ArchiveYear, ...]
    coverage: Coverage
    total: int
    days: Link | None = None


class MonthBlock(msgspec.Struct, frozen=True):
    """The articles of one month on a year's page: the first of them, and how many there are."""

    label: str
    url: str
    count: int
    cards: tuple[Card, ...]


class YearContext(msgspec.Struct, frozen=True):
    """`year.html`: one year, month by month."""

    head: Head
    year: str
    coverage: Coverage
    blocks: tuple[MonthBlock, ...]
    total: int
    newer: Link | None
    older: Link | None
    people: tuple[Counted, ...]
    countries: tuple[Counted, ...]


class DaysContext(msgspec.Struct, frozen=True):
    """`days.html`: the days of the year, by month, with the number of their articles."""

    head: Head
    heading: str
    intro: str
    months: tuple[LetterGroup, ...]


class IssueContext(msgspec.Struct, frozen=True):
    """`issue.html`: a printed issue, front page first; articles without page come last."""

    head: Head
    number: str
    date: Moment
    lead: Card | None
    blocks: tuple[SectionBlock, ...]
    newer: Link | None
    older: Link | None
    total: int


class PageContext(msgspec.Struct, frozen=True):
    """`page.html`: a free page. `targets` and `pictures` as in `ArticleContext`."""

    head: Head
    title: str
    summary: str
    lang: str
    rtl: bool
    body: str
    targets: tuple[tuple[str, str], ...]
    extra: dict[str, Any]
    pictures: tuple[tuple[str, Picture], ...] = ()
    archived: tuple[Capture, ...] = ()


class NotFoundContext(msgspec.Struct, frozen=True):
    """`404.html`: its links are absolute, because the host shows it at any depth.

    `rooms` are the places to look for what is missing: those that exist.
    """

    head: Head
    rooms: tuple[Link, ...]


class Corrected(msgspec.Struct, frozen=True):
    """A correction and the article that it is about; `date` is `written` as a day."""

    date: Moment
    written: str
    text: str
    article: Link
    published: Moment


class RemovedArticle(msgspec.Struct, frozen=True):
    """That an article was removed. `link` leads to its note, where its title may be shown."""

    date: str
    reason: str
    link: Link | None


class CorrectionsContext(msgspec.Struct, frozen=True):
    """`corrections.html`: what was corrected, newest first; `removed` on the first page."""

    head: Head
    heading: str
    intro: str
    corrections: tuple[Corrected, ...]
    removed: tuple[RemovedArticle, ...]
    pager: Pager


class RemovedContext(msgspec.Struct, frozen=True):
    """`removed.html`: what stands in the place of an article.

    `title` and `published` are empty but where the title stays.
    """

    head: Head
    title: str
    lang: str
    rtl: bool
    published: Moment | None
    date: str
    reason: str


class RedirectContext(msgspec.Struct, frozen=True):
    """`redirect.html`: an old address."""

    head: Head
    target: str
    title: str


class FeedContext(msgspec.Struct, frozen=True):
    """A feed: Atom (RFC 4287) or JSON Feed 1.1, or one of its archive documents (RFC 5005, 4).

    `updated` is the newest date among its entries. `id` stays when the site
    moves. `previous` and `following` are the archive documents before and after
    this one; `current` is set in archive documents: the feed that they belong to.
    """

    head: Head
    id: str
    title: str
    subtitle: str
    home: str
    updated: str
    cards: tuple[Card, ...]
    previous: str = ""
    following: str = ""
    current: str = ""


class FeedLink(msgspec.Struct, frozen=True):
    """A list with a feed: its name, its page, and its feeds by format."""

    link: Link
    feeds: tuple[Link, ...]


class FeedRoom(msgspec.Struct, frozen=True):
    """The feeds of one room (people, countries …); `total` is more than `items` in a large one."""

    link: Link
    items: tuple[FeedLink, ...]
    total: int


class FeedsContext(msgspec.Struct, frozen=True):
    """`feeds.html`: every feed of the site; `opml` is the list of them for programs."""

    head: Head
    heading: str
    intro: str
    whole: FeedLink
    rooms: tuple[FeedRoom, ...]
    opml: Link


class SitemapContext(msgspec.Struct, frozen=True):
    """A sitemap: pairs of site path and last change (a date, or empty); or an index of `parts`."""

    entries: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str], ...] = ()


class NewsContext(msgspec.Struct, frozen=True):
    """`news.xml`, a sitemap of the newest articles: site path, language, date, title."""

    name: str
    entries: tuple[tuple[str, str, str, str], ...]
