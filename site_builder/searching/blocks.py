"""A block: the articles of a year or a month, inverted.

What a browser reads is made of blocks, so a changed article costs its block
and no other. For each word a block says in which of its articles it stands and
how much it matters there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from operator import sub
from typing import Final

import msgspec

from site_builder.indexing.archive import Subject
from site_builder.model import Article
from site_builder.pages.keys import digest
from site_builder.pages.site import Site
from site_builder.searching.encoding import bucket, encode, patch
from site_builder.searching.spelling import joined, plain, words
from site_builder.searching.unsaid import Unsaid

LARGEST: Final = 1000
"""A year with more articles is cut into its months."""
CHUNK: Final = 50
"""Articles in one file of titles."""
ONCE, OFTEN, NAMED, TITLE = range(4)
"""How much a word matters in an article; two bits in the index."""
_OFTEN: Final = 3


class Block(msgspec.Struct, frozen=True):
    """Articles that are indexed together, oldest first; `label` is `2022` or `2022-11`."""

    label: str
    articles: Sequence[Article]


class Indexed(msgspec.Struct, frozen=True, array_like=True):
    """What became of a block: a part for each bucket, files of titles, a file for filters."""

    parts: tuple[bytes, ...]
    titles: tuple[bytes, ...]
    facets: bytes


def blocks(years: Mapping[str, Subject], months: Mapping[str, Subject]) -> list[Block]:
    """The archive in blocks, oldest first, from its years and months.

    Where a block begins depends on its own year alone, so that an article
    more in one year leaves all others as they are.
    """
    found = []
    for year, several in sorted(years.items()):
        if len(several.articles) <= LARGEST:
            found.append(Block(year, several.articles[::-1]))
        else:
            found += [Block(label, month.articles[::-1])
                      for label, month in sorted(months.items()) if label[:4] == year]
    return found


def bucket_count(articles: int) -> int:
    """How many buckets: a power of two, so that one holds the words of 20 to 40 articles."""
    count = 16
    while count * 40 < articles and count < 4096:
        count *= 2
    return count


class Was(msgspec.Struct, frozen=True):
    """The words of an article before an edit."""

    title: str
    summary: str
    html: str


class Indexer:
    """Inverts blocks of one site into so many buckets.

    By a name that is printed nowhere no article is found, and of an article that has one in its
    text nothing but the standfirst is quoted: its row of titles says so.
    """

    def __init__(self, site: Site, buckets: int) -> None:
        self.site, self.buckets = site, buckets
        self._unsaid = Unsaid(site)
        self._mark = digest(f"{buckets}", site.config.language, self._unsaid.mark)

    def key(self, block: Block) -> str:
        """All that a block's index depends on besides this program."""
        site, traces = self.site, self.site.archive.traces
        parts = [self._mark]
        for a in block.articles:
            parts += (a.page_digest, site.mark(a), traces[a.path].digest)
        return digest(*parts)

    def index(self, block: Block) -> Indexed:
        """Invert a block. Raises what `site.detail` raises."""
        inverted: dict[str, list[int]] = defaultdict(list)
        for place, article in enumerate(block.articles):
            base = place * 4
            for word, weight in self._words(article).items():
                inverted[word].append(base + weight)
        facets = self._facets(block)
        for kind, found in facets.items():
            for slug, (_, places) in found.items():
                inverted[f"={kind}/{slug}"] = [place * 4 for place in places]
        return Indexed(
            parts=encode(inverted, self.buckets),
            titles=tuple(self._titles(block, n) for n in range(0, len(block.articles), CHUNK)),
            facets=msgspec.json.encode({
                kind: [(slug, name, [*map(sub, places, [0, *places])])
                       for slug, (name, places) in sorted(found.items())]
                for kind, found in facets.items()
            }),
        )

    def patched(self, block: Block, known: Indexed, before: Mapping[str, Was]) -> Indexed:
        """A block after only headline, standfirst and text of some articles changed, by path.

        It is what `index` makes. Raises what `site.detail` raises.
        """
        titles = list(known.titles)
        changes: dict[int, dict[str, dict[int, int | None]]] = defaultdict(dict)
        for place, article in enumerate(block.articles):
            if article.path not in before:
                continue
            was = before[article.path]
            worded = msgspec.structs.replace(article, title=was.title, summary=was.summary)
            old, new = self._words(worded, was.html), self._words(article)
            if was.title != article.title or self._unsaid:
                titles[place // CHUNK] = b""
            for word in old.keys() | new.keys():
                if old.get(word) != new.get(word):
                    changes[bucket(word, self.buckets)].setdefault(word, {})[place] = new.get(word)
        parts = list(known.parts)
        for number, some in changes.items():
            parts[number] = patch(parts[number], some)
        for number, chunk in enumerate(titles):
            if not chunk:
                titles[number] = self._titles(block, number * CHUNK)
        return Indexed(tuple(parts), tuple(titles), known.facets)

    def _words(self, article: Article, html: str | None = None) -> dict[str, int]:
        """Word → weight, of the article's body or of another one."""
        site, archive = self.site, self.site.archive
        text = plain(site.detail(article).html if html is None else html)
        body = words(text) + joined(text)
        found = {word: OFTEN if n >= _OFTEN else ONCE for word, n in Counter(body).items()}
        card = site.card(article)
        named = [article.summary, *card.authors, *article.tags,
                 card.section.name if card.section else ""]
        named += [archive.person_records[key].name for key in archive.people_of[article.path]]
        named += [archive.countries[key].name for key in archive.countries_of[article.path]]
        found.update(dict.fromkeys(words("\n".join(named)), NAMED))
        found.update(dict.fromkeys(words(article.title), TITLE))
        if self._unsaid:
            self._unsaid.strike(
                archive.traces[article.path], "\n".join((article.title, *named, text)), found)
        return found

    def _titles(self, block: Block, first: int) -> bytes:
        return msgspec.json.encode([self._title(a) for a in block.articles[first : first + CHUNK]])

    def _title(self, article: Article) -> tuple[str, ...]:
        card = self.site.card(article)
        section = card.section.name if card.section else ""
        row = (card.title, card.url, card.date.day, section, card.lang)
        if self._unsaid and self.site.gives_away(article, plain(self.site.detail(article).html)):
            return (*row, card.summary)  # that shows no such name
        return row

    def _facets(self, block: Block) -> dict[str, dict[str, tuple[str, list[int]]]]:
        """Kind → slug → name and places, for all by which articles are filtered."""
        site, archive = self.site, self.site.archive
        kinds: dict[str, dict[str, tuple[str, list[int]]]] = {
            "people": {}, "countries": {}, "sections": {}, "languages": {}}

        def add(kind: str, slug: str, name: str, place: int) -> None:
            kinds[kind].setdefault(slug, (name, []))[1].append(place)

        for place, article in enumerate(block.articles):
            for key in archive.people_of[article.path]:
                add("people", archive.people[key].slug, archive.people[key].name, place)
            for key in archive.countries_of[article.path]:
                add("countries", archive.countries[key].slug, archive.countries[key].name, place)
            section = site.section(article)
            if section is not None:
                add("sections", section.url.split("/")[2], section.name, place)
            language = article.lang or site.config.language
            add("languages", language, language, place)
        return kinds
