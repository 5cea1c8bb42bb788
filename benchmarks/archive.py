"""A seeded generator of realistic news archives, as large as you like.

`python -m benchmarks.archive --articles 10000 --seed 1 --into DIR` writes a site for
site-builder. Article n of a seed and a size is the same on every machine, and can be made
without the others; nothing is kept in memory but the people.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import random
import re
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from benchmarks import words

T = TypeVar("T")
FIRST_DAY = dt.datetime(2004, 1, 1)
YEARS = 20
ZIPF = 0.9
"""The exponent by which people and countries get rarer. News names follow 0.8 to 1.0."""

SITE_TOML = """\
title = "The Benchmark Record"
base_url = "https://bench.example"
description = "An archive of invented news"
publisher = "The Benchmark Record"
"""
# The peers have no pages for two countries or people, and link no names in texts;
# the benchmark builds what all of them build.
NO_PAIRS = """
[lists]
pair_threshold = 1000000000
people_pair_threshold = 1000000000
[finding]
links = false
"""
# What the peers do not have at all.
SAME = """
[lists]
pair_threshold = 1000000000
people_pair_threshold = 1000000000
[finding]
enabled = false
[search]
enabled = false
[related]
number = 0
[feeds]
formats = ["atom"]
archives = "none"
"""


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the archive; `slug` names the record."""

    name: str
    family: str
    slug: str
    role: str
    country: str
    since: int
    bio: str


@dataclass(frozen=True, slots=True)
class Article:
    """The front matter of one article; `folder` is its year and month, `2019/03`."""

    number: int
    date: dt.datetime
    title: str
    slug: str
    summary: str
    section: str
    author: str
    people: tuple[Person, ...]
    countries: tuple[str, ...]

    @property
    def folder(self) -> str:
        """Year and month, as in the address."""
        return f"{self.date:%Y/%m}"

    @property
    def path(self) -> str:
        """Where it lies below the folder of articles, without its ending."""
        return f"{self.folder}/{self.slug}"


class _Choice:
    """Draws from a sequence, the first most often."""

    def __init__(self, size: int) -> None:
        self.sums = list(itertools.accumulate((n + 1) ** -ZIPF for n in range(size)))

    def several(self, rng: random.Random, number: int) -> list[int]:
        """Up to `number` different places."""
        return list(dict.fromkeys(
            bisect(self.sums, rng.random() * self.sums[-1]) for _ in range(number)))


class Archive:
    """All that is decided by the number of articles and the seed."""

    def __init__(self, articles: int, seed: int = 1) -> None:
        self.size = articles
        self.seed = seed
        rng = random.Random(f"{seed}/people")
        self.people = _people(rng, max(12, round(500 * (articles / 10_000) ** 0.5)))
        self.authors = [_name(rng)[0] for _ in range(max(6, len(self.people) // 10))]
        self._person = _Choice(len(self.people))
        self._country = _Choice(len(words.COUNTRIES))

    def __iter__(self) -> Iterator[Article]:
        return map(self.article, range(self.size))

    def article(self, number: int) -> Article:
        """The front matter of article `number`, 0 being the oldest."""
        rng = random.Random(f"{self.seed}/{number}")
        span = dt.timedelta(days=365.25 * YEARS) / self.size
        date = FIRST_DAY + span * number + span * 0.9 * rng.random()
        people = tuple(self.people[n] for n in self._person.several(rng, rng.randint(1, 6)))
        countries = tuple(
            words.COUNTRIES[n] for n in self._country.several(rng, rng.randint(1, 4)))
        writer = _Writer(rng, people, countries, self.people)
        title = writer.fill(rng.choice(_TITLES))
        return Article(
            number=number,
            date=date.replace(second=0, microsecond=0),
            title=title,
            slug=f"{_slug(title)[:48].strip('-')}-{number:06}",
            summary=writer.sentence(),
            section=rng.choice(words.SECTIONS),
            author=rng.choice(self.authors),
            people=people,
            countries=countries,
        )

    def body(self, article: Article) -> str:
        """The Markdown of an article: 500 to 700 words.

        Links to other articles are written `article:2019/03/slug`.
        """
        rng = random.Random(f"{self.seed}/{article.number}/body")
        writer = _Writer(rng, article.people, article.countries, self.people)
        goal = rng.randint(500, 640)
        crosshead_every = goal / rng.randint(3, 5)
        blocks: list[str] = []
        count, crossheads = 0, 1
        heads = rng.sample(_CROSSHEADS, 6)
        while count < goal:
            if count > crosshead_every * crossheads:
                level = "###" if crossheads > 1 and rng.random() < 0.15 else "##"
                blocks.append(f"{level} {writer.fill(heads[crossheads])}")
                crossheads += 1
            block = self._block(writer, rng, article.number)
            blocks.append(block)
            count += block.count(" ") + 1
        return "\n\n".join(blocks) + "\n"

    def _block(self, writer: _Writer, rng: random.Random, number: int) -> str:
        kind = rng.random()
        if kind < 0.02:
            return "\n".join(f"- {writer.fill(line)}" for line in rng.sample(_ITEMS, 3))
        if kind < 0.04:
            return f"> {writer.sentence()}"
        first = writer.fill(rng.choice(_QUOTES)) if kind < 0.30 else writer.sentence()
        rest = [writer.sentence() for _ in range(1 if kind < 0.30 else rng.randint(1, 2))]
        if 0.30 <= kind < 0.36:
            first = _mark(first, rng, "*", "*")
        elif 0.36 <= kind < 0.38:
            first = _mark(first, rng, "**", "**")
        elif 0.38 <= kind < 0.42 and number:
            other = self.article(rng.randrange(number))
            first = _mark(first, rng, "[", f"](article:{other.path})")
        elif 0.42 <= kind < 0.43:
            paper = f"https://example.com/papers/{rng.randrange(10**6)}"
            first = _mark(first, rng, "[", f"]({paper})")
        return " ".join([first, *rest])


def _mark(sentence: str, rng: random.Random, before: str, after: str) -> str:
    """Emphasise, or link, a few words in the middle."""
    found = sentence.split(" ")
    start = rng.randrange(1, max(2, len(found) - 3))
    end = min(start + rng.randint(1, 3), len(found) - 1)
    return " ".join(
        [*found[:start], before + " ".join(found[start:end]) + after, *found[end:]])


def _name(rng: random.Random) -> tuple[str, str]:
    family = rng.choice(words.FAMILY)
    if rng.random() < 0.1:
        family = f"{family}-{rng.choice(words.FAMILY)}"
    return f"{rng.choice(words.GIVEN)} {family}", family


def _people(rng: random.Random, number: int) -> list[Person]:
    people: dict[str, Person] = {}
    while len(people) < number:
        name, family = _name(rng)
        country = words.COUNTRIES[rng.randrange(60)]
        role, since = rng.choice(words.ROLES), rng.randint(1998, 2020)
        people.setdefault(name, Person(
            name, family, _slug(name), f"{role} of {country}", country, since,
            f"{name} has been {role} of {country} since {since}.",
        ))
    return list(people.values())


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("’", "")).strip("-")


Template = list[tuple[str, str]]
"""Text and the name of what follows it."""


def _template(line: str) -> Template:
    parts = re.split(r"\{(\w+(?:!c)?)\}", line)
    return list(itertools.zip_longest(parts[::2], parts[1::2], fillvalue=""))


def _templates(lines: Sequence[str]) -> list[Template]:
    return [_template(line) for line in lines]


_SENTENCES = _templates(words.SENTENCES)
_QUOTES = _templates(words.QUOTES)
_CROSSHEADS = _templates(words.CROSSHEADS)
_TITLES = _templates(words.TITLES)
_ITEMS = _templates(words.ITEMS)


class _Writer:
    """Fills sentences with the people and countries of one article."""

    def __init__(
        self, rng: random.Random, people: Sequence[Person], countries: Sequence[str],
        everybody: Sequence[Person],
    ) -> None:
        self.rng, self.people, self.countries = rng, people, countries
        self.everybody = everybody
        self.person: Person | None = None
        self.country: str | None = None
        self.introduced: set[str] = set()
        self.deck: list[Template] = []

    def sentence(self) -> str:
        """A sentence that this article has not used yet, as long as there is one."""
        if not self.deck:
            self.deck = self.rng.sample(_SENTENCES, len(_SENTENCES))
        return self.fill(self.deck.pop())

    def fill(self, template: Template) -> str:
        """One sentence."""
        text = "".join([part + self._word(name) for part, name in template])
        return text[0].upper() + text[1:]

    def _word(self, name: str) -> str:
        if not name:
            return ""
        if name.endswith("!c"):
            word = self._word(name[:-2])
            return word[0].upper() + word[1:]
        rng = self.rng
        fillers = words.FILLERS.get(name)
        if fillers:
            return fillers[int(rng.random() * len(fillers))]
        if name in ("person", "person2", "speaker"):
            return self._mention(name)
        if name.startswith("surname"):
            return self._person(name).family
        if name.startswith("country"):
            return self._country(name)
        if name == "season2":
            return words.FILLERS["season"][int(rng.random() * 4)]
        if name == "ordinal":
            return ("third", "fourth", "fifth", "seventh", "eleventh")[int(rng.random() * 5)]
        if name == "percent":
            return f"{int(rng.random() * 30) + 1}.{int(rng.random() * 10)}"
        if name.startswith("digit"):
            return str(int(rng.random() * 5))
        if name == "number":
            return str(int(rng.random() * 96) + 4)
        raise KeyError(name)

    def _person(self, name: str) -> Person:
        self.person = self._one(name, self.people, self.everybody, self.person)
        return self.person

    def _country(self, name: str) -> str:
        self.country = self._one(name, self.countries, words.COUNTRIES, self.country)
        return self.country

    def _one(self, name: str, found: Sequence[T], others: Sequence[T], last: T | None) -> T:
        """One of the article's own; a name that ends in 2 is not the last one again."""
        if not name.endswith("2"):
            return found[int(self.rng.random() * len(found))]
        pool = found if len(found) > 1 else others
        place = int(self.rng.random() * len(pool))
        return pool[place] if pool[place] != last else pool[place - 1]

    def _mention(self, name: str) -> str:
        """The full name the first time, later the surname."""
        person = self._person(name)
        if person.name in self.introduced:
            return person.family
        self.introduced.add(person.name)
        return person.name


def front_matter(fields: Mapping[str, str | Sequence[str]]) -> str:
    """YAML that needs no library: every text in double quotes, lists in brackets."""
    lines = ["---"]
    for key, value in fields.items():
        if isinstance(value, str):
            lines.append(f"{key}: {value if key == 'date' else _quoted(value)}")
        else:
            lines.append(f"{key}: [{', '.join(map(_quoted, value))}]")
    return "\n".join([*lines, "---", "", ""])


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def resolve_links(body: str, before: str, after: str) -> str:
    """Write links to other articles as a tool wants them."""
    return re.sub(r"\]\(article:([^)]*)\)", lambda m: f"]({before}{m[1]}{after})", body)


def article_fields(article: Article) -> dict[str, str | Sequence[str]]:
    """The front matter that all tools share."""
    return {
        "title": article.title,
        "date": f"{article.date:%Y-%m-%dT%H:%M:%SZ}",
        "summary": article.summary,
        "authors": [article.author],
        "section": article.section,
        "people": [person.name for person in article.people],
        "countries": article.countries,
    }


def write_text(path: Path, text: str, made: set[Path] | None = None) -> None:
    """Write a file; `made` remembers folders, which saves most of the system calls."""
    if made is None or path.parent not in made:
        path.parent.mkdir(parents=True, exist_ok=True)
        if made is not None:
            made.add(path.parent)
    path.write_text(text, encoding="utf-8")


def person_record(person: Person, *, name: str = "") -> str:
    """An authority record; with another `name`, the old one becomes an alias, the address stays."""
    fields = [f"name: {name or person.name}"]
    if name:
        fields += [f"aliases: [{person.name}]", f"slug: {person.slug}"]
    return "\n".join([
        "---", *fields, f"country: {person.country}", "roles:", f"  - title: {person.role}",
        f"    from: {person.since}", "---", "", person.bio, "",
    ])


def article_text(article: Article, body: str) -> str:
    """An article as site-builder reads it."""
    return front_matter(article_fields(article)) + resolve_links(body, "../../", ".md")


def write_site(archive: Archive, into: Path, *, settings: str = NO_PAIRS) -> None:
    """Write the archive as a site for site-builder, with these settings in its site.toml."""
    write_text(into / "site.toml", SITE_TOML + settings)
    made: set[Path] = set()
    for person in archive.people:
        write_text(into / f"content/people/{person.slug}.md", person_record(person), made)
    for article in archive:
        text = article_text(article, archive.body(article))
        write_text(into / f"content/articles/{article.path}.md", text, made)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--pairs", action="store_true", help="with pages for pairs of countries")
    given = parser.parse_args()
    write_site(Archive(given.articles, given.seed), given.into,
               settings="" if given.pairs else NO_PAIRS)


if __name__ == "__main__":
    main()
