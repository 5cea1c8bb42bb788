"""What finding related articles costs, and how many lists one more article changes.

`python -m benchmarks.related --sizes 10000,100000`
"""

from __future__ import annotations

import argparse
import time
import tracemalloc

from benchmarks.archive import Archive
from site_builder.indexing.related import COUNTRY, PERSON, TAG, Item, related, words_of

NUMBER = 5


def items(size: int) -> list[Item]:
    """A generated archive as the index sees it, the oldest article first."""
    found = []
    for article in Archive(size):
        things = [(f"p{person.slug}", PERSON) for person in article.people]
        things += [(f"c{country}", COUNTRY) for country in article.countries]
        things += [(f"t{article.section}", TAG)]
        things += words_of(article.title)
        found.append(Item("en", article.date.toordinal(), things))
    return found


def changed(made: list[Item], at: int, extra: Item) -> int:
    """How many lists differ once `extra` stands at place `at`, besides its own."""
    before = related(made, NUMBER)
    after = related([*made[:at], extra, *made[at:]], NUMBER)
    del after[at]
    moved = [tuple(p + (p >= at) for p in places) for places in before]
    return sum(old != new for old, new in zip(moved, after, strict=True))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000")
    for size in map(int, parser.parse_args().sizes.split(",")):
        made = items(size)
        started = time.process_time()
        for n in range(0, size, max(1, size // 1000)):
            words_of("The ministers met in the rain and spoke of what was owed for gas" + str(n))
        words = (time.process_time() - started) / min(size, 1000)
        best = min(_seconds(made) for _ in range(3 if size < 50_000 else 1))
        tracemalloc.start()
        related(made, NUMBER)
        memory = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        new = made[size // 2]._replace(day=made[-1].day)
        ends = [changed(made[: -n], size - n, made[-n]) for n in (1, 2)]
        middle = changed(made, size // 2, new._replace(day=made[size // 2].day))
        print(f"{size:,} articles: {(best / size + words) * 1e6:.1f} µs CPU an article, "
              f"{memory / 1e6:.1f} MB; lists changed by one more article: at the end {ends}, "
              f"in the middle {middle}", flush=True)


def _seconds(made: list[Item]) -> float:
    started = time.process_time()
    related(made, NUMBER)
    return time.process_time() - started


if __name__ == "__main__":
    main()
