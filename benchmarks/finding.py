"""What finding costs: `python -m benchmarks.finding` prints milliseconds of CPU an article."""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable
from typing import TypeVar

from benchmarks.archive import Archive
from site_builder.config import LimitConfig, MarkdownConfig
from site_builder.finding.countries import Atlas
from site_builder.finding.folding import BETWEEN, Folded
from site_builder.finding.mentions import Finder
from site_builder.finding.new_names import new_names
from site_builder.finding.passages import passages
from site_builder.finding.statements import statements
from site_builder.model import Person
from site_builder.problems import Problems
from site_builder.reading.body import render

T = TypeVar("T")


def main() -> None:
    """Read the generator's texts with many people in the records."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--people", type=int, default=20_000)
    options = parser.parse_args()
    archive = Archive(options.articles)
    people = [Person(id=f"p{n}", name=person.name) for n, person in enumerate(archive.people)]
    people += [Person(id=f"x{n}", name=f"Ada{n % 997} Surname{n}")
               for n in range(options.people - len(people))]
    bodies = [_html(archive.body(article)) for article in archive]
    texts = [passages(body) for body in bodies]
    started = time.perf_counter()
    finder = Finder(people, Atlas("en"), "en")
    print(f"{len(people):,} people: {time.perf_counter() - started:.2f} s once")
    words = sum(len(p.text.split()) for text in texts for p in text) / len(texts)
    mentions = {id(text): finder.find(text) for text in texts}
    found = sum(map(len, mentions.values())) / len(texts)
    print(f"{len(texts)} articles of {words:.0f} words, {found:.1f} mentions each")
    folded = {id(text): Folded(BETWEEN.join([p.text for p in text])) for text in texts}
    for whole in folded.values():
        assert whole.words is not None  # found once for all who look for names
    gc.freeze()
    _print("passages", passages, bodies)
    _print("mentions", lambda text: finder.find(
        text, whole=Folded(BETWEEN.join([p.text for p in text]))), texts)
    _print("new names", lambda text: new_names(
        text, mentions[id(text)], whole=folded[id(text)]), texts)
    _print("statements", lambda text: statements(text, mentions[id(text)]), texts)


def _html(text: str) -> str:
    body = render(text, file="content/articles/a.md", first_line=1, config=MarkdownConfig(),
                  limits=LimitConfig(), problems=Problems())
    assert body is not None
    return body.html


def _print(name: str, do: Callable[[T], object], items: list[T]) -> None:
    best = min(_seconds(do, items) for _ in range(7))
    print(f"{name:12} {best / len(items) * 1000:.2f} ms an article")


def _seconds(do: Callable[[T], object], items: list[T]) -> float:
    started = time.process_time()
    for item in items:
        do(item)
    return time.process_time() - started


if __name__ == "__main__":
    main()
