"""What finding costs: `python -m benchmarks.finding` prints milliseconds of CPU an article.

The texts are the generator's, or those in the column `text` of CSV files: `--texts FILE ...`.
"""

from __future__ import annotations

import argparse
import csv
import gc
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from benchmarks.archive import Archive
from site_builder.build.workers import CHUNK
from site_builder.config import LimitConfig, MarkdownConfig
from site_builder.finding.countries import Atlas
from site_builder.finding.folding import BETWEEN, Folded
from site_builder.finding.mentions import Finder
from site_builder.finding.new_names import new_names
from site_builder.finding.passages import passages
from site_builder.finding.people import PeopleResolver
from site_builder.finding.statements import statements
from site_builder.finding.texts import Reader
from site_builder.model import Article, Moment, Passage, Person
from site_builder.problems import Problems
from site_builder.reading.body import render

T = TypeVar("T")


def main() -> None:
    """Read texts with many people in the records."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--texts", type=Path, nargs="+", default=())
    options = parser.parse_args()
    archive = Archive(options.articles)
    people = [Person(id=f"p{n}", name=person.name) for n, person in enumerate(archive.people)]
    people += [Person(id=f"x{n}", name=f"Ada{n % 997} Surname{n}")
               for n in range(options.people - len(people))]
    bodies = [_html(text) for text in _texts(options.texts)] if options.texts else [
        _html(archive.body(article)) for article in archive]
    bodies.sort(key=len)
    texts = [passages(body) for body in bodies]
    started = time.perf_counter()
    finder = Finder(people, Atlas("en"), "en")
    print(f"{len(people):,} people: {time.perf_counter() - started:.2f} s once")
    mentions = {id(text): finder.find(text) for text in texts}
    found = sum(map(len, mentions.values())) / len(texts)
    print(f"{len(texts)} articles of {_words(texts):.0f} words, {found:.1f} mentions each")
    folded = {id(text): Folded(BETWEEN.join([p.text for p in text])) for text in texts}
    for whole in folded.values():
        assert whole.words is not None  # found once for all who look for names
    reader = Reader(PeopleResolver(people), Atlas("en"), "en")
    gc.freeze()
    _print("passages", passages, bodies)
    _print("mentions", lambda text: finder.find(
        text, whole=Folded(BETWEEN.join([p.text for p in text]))), texts)
    _print("new names", lambda text: new_names(
        text, mentions[id(text)], whole=folded[id(text)]), texts)
    _print("statements", lambda text: statements(text, mentions[id(text)]), texts)
    # all of it, as builds read texts
    article = Article(id="a", path="a.md", title="A", slug="a", date=Moment("2020-01-01", 0))
    third = len(bodies) // 3 or 1
    for begin in range(0, len(bodies), third):
        part = bodies[begin : begin + third]
        if len(part) == third:
            _print(f"{_words(texts[begin : begin + third]):.0f} words",
                   lambda some: reader.read_all([(article, body) for body in some]),
                   [part[i : i + CHUNK] for i in range(0, third, CHUNK)], third)


def _texts(files: Sequence[Path]) -> list[str]:
    """The texts in CSV files, with a line for a paragraph."""
    csv.field_size_limit(10**9)
    found = []
    for path in files:
        with path.open(encoding="utf-8", newline="") as file:
            found += ["\n\n".join(row["text"].splitlines()) for row in csv.DictReader(file)]
    return found


def _words(texts: Sequence[Sequence[Passage]]) -> float:
    return sum(len(p.text.split()) for text in texts for p in text) / len(texts)


def _html(text: str) -> str:
    body = render(text, file="content/articles/a.md", first_line=1, config=MarkdownConfig(),
                  limits=LimitConfig(), problems=Problems())
    assert body is not None
    return body.html


def _print(name: str, do: Callable[[T], object], items: list[T], number: int = 0) -> None:
    best = min(_seconds(do, items) for _ in range(7))
    print(f"{name:12} {best / (number or len(items)) * 1000:.2f} ms an article")


def _seconds(do: Callable[[T], object], items: list[T]) -> float:
    started = time.process_time()
    for item in items:
        do(item)
    return time.process_time() - started


if __name__ == "__main__":
    main()
