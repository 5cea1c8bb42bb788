"""What finding costs: `python -m benchmarks.finding` prints milliseconds an article."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from benchmarks.archive import Archive
from site_builder.finding.countries import Atlas
from site_builder.finding.mentions import Finder
from site_builder.finding.new_names import new_names
from site_builder.finding.passages import plain_passages
from site_builder.finding.statements import statements
from site_builder.model import Passage, Person


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
    texts = [plain_passages(archive.body(article))[0] for article in archive]
    started = time.perf_counter()
    finder = Finder(people, Atlas("en"), "en")
    print(f"{len(people):,} people: {time.perf_counter() - started:.2f} s once")
    words = sum(len(p.text.split()) for text in texts for p in text) / len(texts)
    mentions = {id(text): finder.find(text) for text in texts}
    found = sum(map(len, mentions.values())) / len(texts)
    print(f"{len(texts)} articles of {words:.0f} words, {found:.1f} mentions each")
    work: dict[str, Callable[[tuple[Passage, ...]], object]] = {
        "mentions": finder.find,
        "new names": lambda text: new_names(text, mentions[id(text)]),
        "statements": lambda text: statements(text, mentions[id(text)]),
    }
    for name, do in work.items():
        best = min(_seconds(do, texts) for _ in range(5))
        print(f"{name:12} {best / len(texts) * 1000:.2f} ms an article")


def _seconds(
    do: Callable[[tuple[Passage, ...]], object], texts: list[tuple[Passage, ...]]
) -> float:
    started = time.perf_counter()
    for text in texts:
        do(text)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
