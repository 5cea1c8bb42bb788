"""The archive's records: frozen values without input or output.

A record is what one file says, once the schema has judged it. What the whole
archive knows (who appears with whom) is made from records by `indexing`.
"""

from __future__ import annotations

from typing import Any

import msgspec


class Moment(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A date as its author wrote it, and the instant it stands for.

    `day` is the civil date as written (`2022-11-29`); it is what pages show and
    what addresses are made of, whatever the time zone of the reader, the author
    or the machine. `time` is `HH:MM` where the front matter gives one. `offset` is
    in minutes east of UTC: the site's time zone has it where the author gives none.
    `epoch` is the instant in seconds since 1970 UTC: for a date without time,
    the start of that day in the site's time zone.
    """

    day: str
    epoch: int
    time: str = ""
    offset: int = 0

    @property
    def year(self) -> str:
        """Four digits."""
        return self.day[:4]

    @property
    def month(self) -> str:
        """Two digits."""
        return self.day[5:7]

    @property
    def iso(self) -> str:
        """As a machine reads it: a date, or a date-time with its offset (RFC 3339)."""
        if not self.time:
            return self.day
        # offsets are whole minutes, so the seconds of the instant are those of the clock
        return f"{self.day}T{self.time}:{self.epoch % 60:02}{_offset(self.offset)}"

    @property
    def rfc3339(self) -> str:
        """A full date-time, as Atom asks for (RFC 4287, 3.3): midnight where no time is known."""
        if self.time:
            return self.iso
        return f"{self.day}T00:00:00{_offset(self.offset)}"

    @property
    def sort_key(self) -> tuple[str, int]:
        """By civil day first, so that lists agree with the dates they show; then by instant."""
        return (self.day, self.epoch)


def _offset(minutes: int) -> str:
    if not minutes:
        return "Z"
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


class Source(msgspec.Struct, frozen=True):
    """Where an article was taken from."""

    name: str = ""
    url: str = ""
    retrieved: str = ""
    archived: str = ""


class Capture(msgspec.Struct, frozen=True):
    """When a page that a text links to was as the text says, and a copy of it.

    `target` is the address in the text, `url` the archived copy's, `date` the day
    of the copy, or on which the page was read (or a year, a month). One of the two
    may be empty.
    """

    target: str
    url: str = ""
    date: str = ""


class PrintIssue(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The printed issue and page on which an article stood."""

    number: str
    page: int = 0


class Picture(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The size of a picture in pixels, and smaller ones of it: (width, site path)."""

    width: int
    height: int
    variants: tuple[tuple[int, str], ...] = ()


class Image(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An article's picture. `src` is a site path (`/media/…`) or, where allowed, a web address.

    `picture` is known once pages are planned, where the file can be read.
    """

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    picture: Picture | None = None


class Correction(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What was corrected after publication, and on which day (a year, month or day)."""

    date: str
    text: str


class StatementNote(msgspec.Struct, frozen=True, array_like=True):
    """The editor's word on a statement that begins with `quote`: who said it, or `ignore`.

    `speaker` is the id, name or alias of a record, any other name, or `none`.
    """

    quote: str
    speaker: str = ""
    ignore: bool = False


class Removal(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """That an article was taken out of the archive: the day, the reason, whether its title stays.

    Of such an article nothing is shown but a note at its address.
    """

    date: str
    reason: str
    show_title: bool = False


class Section(msgspec.Struct, frozen=True):
    """One crosshead: its anchor, its text and its level (2 for `##`)."""

    id: str
    title: str
    level: int


INTERNAL = "/~/"
"""With this a link within the site begins in a finished body, before its target."""


class BodyLink(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A link in an article's body to another place in the site, as written.

    `target` is normalised: `source:PATH#ANCHOR` for a link to a file of the
    site's content, `/path/#anchor` for a link to an address, `#anchor` within
    the article.
    """

    target: str
    line: int
    column: int = 1


class Article(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the whole archive has to know of one article; the rest is its `Detail`.

    Names are as written; `indexing` resolves them. `id` survives a change of
    slug or address: the front matter's `id`, or the file's path below the
    articles folder without its suffix. `guid` is the id under which feeds knew
    the article before it came here. `summary` is the standfirst, plain text;
    `excerpt` is the first words of the body where there is no standfirst.
    `lines` says where the fields stand that the index can complain about.
    `digest` covers all that lists and indexes use, `page_digest` all that the
    article's own page shows.
    """

    id: str
    path: str
    title: str
    date: Moment
    slug: str
    updated: Moment | None = None
    summary: str = ""
    excerpt: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    people: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    issue: PrintIssue | None = None
    image: Image | None = None
    lang: str = ""
    draft: bool = False
    publish_at: Moment | None = None
    aliases: tuple[str, ...] = ()
    translation_of: str = ""
    guid: str = ""
    corrections: tuple[Correction, ...] = ()
    removed: Removal | None = None
    links: tuple[BodyLink, ...] = ()
    media: tuple[BodyLink, ...] = ()
    statements: tuple[StatementNote, ...] = ()
    lines: dict[str, int] = {}
    digest: str = ""
    page_digest: str = ""


class Detail(msgspec.Struct, frozen=True):
    """What only the article's own page needs; read from the cache when that page is made.

    `archived` are copies of the pages that the body links to.

    `anchors` holds every id of the body, separated by spaces, `words` counts
    its words, `html` is the finished body.
    """

    sources: tuple[Source, ...] = ()
    archived: tuple[Capture, ...] = ()
    comments: bool = False
    extra: dict[str, Any] = {}
    toc: tuple[Section, ...] = ()
    anchors: str = ""
    words: int = 0
    html: str = ""


class Role(msgspec.Struct, frozen=True):
    """An office and when it was held; dates may be years, months or days, or empty."""

    title: str
    start: str = ""
    end: str = ""

    def held_on(self, day: str) -> bool:
        """Whether the office was held on a day (`2022-11-29`).

        Without a beginning and an end nothing is known of a day. A year or month as an
        end runs to its last day.
        """
        return bool(self.start or self.end) and self.start <= day and (
            not self.end or day[: len(self.end)] <= self.end)


class FormerName(msgspec.Struct, frozen=True):
    """A name that a person no longer goes by, and where it may be seen.

    `show` is `shown` (on the person's page), `search` (found by whoever looks
    for it, shown nowhere) or `hidden` (texts that have it are the person's; it
    stands in nothing that we print).
    """

    name: str
    show: str = "hidden"


class Person(msgspec.Struct, frozen=True):
    """An authority record for a person, or the bare name of one without a record.

    `id` is the record's file name without suffix, or the front matter's `id`;
    a person without record has the id `name:` + their normalised name.
    `country` is as written in the record, `qualifier` tells namesakes apart
    ("footballer"), `redirect_from` are old addresses. A person whose record says
    `withhold` is at risk: no page, list, feed or data names them.
    """

    id: str
    name: str
    sort_name: str = ""
    slug: str = ""
    aliases: tuple[str, ...] = ()
    country: str = ""
    roles: tuple[Role, ...] = ()
    born: str = ""
    died: str = ""
    wikidata: str = ""
    bio: str = ""
    path: str = ""
    withhold: bool = False
    extra: dict[str, Any] = {}
    lines: dict[str, int] = {}
    qualifier: str = ""
    former: tuple[FormerName, ...] = ()
    redirect_from: tuple[str, ...] = ()
    archived: tuple[Capture, ...] = ()

    @property
    def has_record(self) -> bool:
        """Whether a file in the people folder describes this person."""
        return bool(self.path)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name by which texts may mean this person, hidden ones included: not to be shown."""
        if not self.former:
            return (self.name, *self.aliases)
        return (self.name, *self.aliases, *(former.name for former in self.former))

    @property
    def searchable(self) -> tuple[str, ...]:
        """The other names under which a search may find this person."""
        return (*self.aliases, *(f.name for f in self.former if f.show != "hidden"))

    @property
    def hidden(self) -> tuple[str, ...]:
        """The former names that nothing of ours may print."""
        return tuple(former.name for former in self.former if former.show == "hidden")


class IdentityChange(msgspec.Struct, frozen=True):
    """One entry of the ledger of merges and splits.

    `source` is the id that was merged away or that was split, `into` the id
    that has its articles now. `names` are those that moved; `articles` counts
    the files that were rewritten. `line` is the entry's in the ledger.
    """

    date: str
    kind: str
    source: str
    into: str
    names: tuple[str, ...] = ()
    articles: int = 0
    reason: str = ""
    line: int = 1


class Country(msgspec.Struct, frozen=True):
    """A country: from its record, from CLDR and ISO 3166-1, or from both.

    `id` is the ISO alpha-2 code in lower case, or the record's file name for a
    country without a code (a historical one). `region` and `subregion` are
    names from the UN M.49 grouping as CLDR gives it.
    """

    id: str
    name: str
    code: str = ""
    slug: str = ""
    aliases: tuple[str, ...] = ()
    region: str = ""
    subregion: str = ""
    wikidata: str = ""
    bio: str = ""
    path: str = ""
    extra: dict[str, Any] = {}
    lines: dict[str, int] = {}
    archived: tuple[Capture, ...] = ()

    @property
    def has_record(self) -> bool:
        """Whether a file in the countries folder describes this country."""
        return bool(self.path)


class FreePage(msgspec.Struct, frozen=True):
    """A page that is not an article: about, comment policy. `body` is finished HTML."""

    id: str
    path: str
    title: str
    slug: str
    summary: str = ""
    lang: str = ""
    body: str = ""
    anchors: str = ""
    links: tuple[BodyLink, ...] = ()
    media: tuple[BodyLink, ...] = ()
    menu: bool = False
    extra: dict[str, Any] = {}
    lines: dict[str, int] = {}
    archived: tuple[Capture, ...] = ()


class Passage(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A piece of an article that can be cited: a paragraph, crosshead, list item or quotation.

    `anchor` is its id in the page (empty for what has none: the nearest one
    before serves), `text` what a reader sees. `skips` are spans of `text`
    (start, end) in which no mention counts: links, code. `kind` is `p`, `h`,
    `li` or `quote`. `offset` says how many characters of text are between the
    anchor and this passage, with one for each passage's end: cells of a table.
    """

    anchor: str
    text: str
    kind: str = "p"
    skips: tuple[tuple[int, int], ...] = ()
    offset: int = 0


class Mention(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One place where a text names a person or country.

    `kind` is `person` or `country`, `id` the record's id (a person without
    record has none, and `form` is the name). `passage` is the number of the
    passage in its article, `start` and `end` the span in that passage's text.
    """

    kind: str
    id: str
    passage: int
    start: int
    end: int
    form: str


class Statement(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What somebody said: the words of a direct quotation, or a sentence that reports them.

    `parts` are spans (passage, start, end), several where a quotation is
    interrupted or goes on over paragraphs. `kind` is `direct` or `reported`.
    `speaker` is a person's id, `name` the speaker as the text has it (empty
    for none); `speaker_kind` is `person`, `organisation`, `role` or `none`.
    `confidence` runs from 0 to 1.
    """

    kind: str
    parts: tuple[tuple[int, int, int], ...]
    speaker: str = ""
    name: str = ""
    speaker_kind: str = "none"
    confidence: float = 0.0


Unclear = tuple[tuple[str, tuple[str, ...]], ...]
"""Names in a text that fit several people and do not say whom it means, each with their ids."""


class Findings(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one article's text names and quotes.

    `passages` are those in which something was found, each with the anchor that
    leads to it; mentions and statements count in them. `withheld` says in how
    many places the text names a person whose record says `withhold`, `unfit` which of
    the article's notes on statements put none right, each with the statement most like it,
    or with the several that it fits; `unclear` which names are several people's.
    """

    passages: tuple[Passage, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    withheld: tuple[tuple[str, int], ...] = ()
    unfit: tuple[tuple[int, tuple[str, ...]], ...] = ()
    unclear: Unclear = ()


class Trace(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the whole archive has to know of an article's findings.

    `people` and `countries` are ids in the order of first mention, `pairs` the
    countries that share a passage, `meetings` the people who do, `speakers` the
    people with records who are quoted. `forms` says for each of `people`, and
    then of `countries`, by which names the text calls them: lines of a number (how often), a
    space and the name. `places` has the anchors of the first place of each, lines too.
    `digest` covers the findings whole.
    """

    digest: str = ""
    people: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    speakers: tuple[str, ...] = ()
    statements: int = 0
    withheld: tuple[tuple[str, int], ...] = ()
    unfit: tuple[tuple[int, tuple[str, ...]], ...] = ()
    meetings: tuple[tuple[str, str], ...] = ()
    forms: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    unclear: Unclear = ()
