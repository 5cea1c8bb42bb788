"""What reading the text of an article costs, and what each way of saving brings.

`python -m benchmarks.markdown FOLDER…` reads the Markdown files below the folders
(by default the sample articles), each in several ways by turns in one process,
and prints processor time for each article and its ratio to bare Python-Markdown.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import markdown

from site_builder.config import LimitConfig, MarkdownConfig
from site_builder.problems import Problems
from site_builder.reading.body import prose, render, shortcodes
from site_builder.reading.body.render import by_markdown

ROUNDS = 5
FILE = "content/articles/a.md"


def bodies(folder: Path) -> list[str]:
    """The texts below the front matter, without template code."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.md")))
    parts = (text.split("\n---\n", 1)[-1] for text in texts if text.startswith("---\n"))
    return [shortcodes.reduce(part)[0] for part in parts if part.strip()]


def ways(smart: bool) -> dict[str, Callable[[str], object]]:
    """Each way to read a text, by its name in the table."""
    config = MarkdownConfig(smart_quotes=smart)
    bare = markdown.Markdown(extensions=["smarty"] if smart else [])
    common: dict[str, Any] = {
        "file": FILE, "first_line": 1, "config": config, "problems": Problems()
    }  # fmt: skip
    return {
        "bare Python-Markdown, HTML only": lambda text: bare.reset().convert(text),
        "all that an article needs, untrimmed": partial(by_markdown, trimmed=False, **common),
        "trimmed to the article": partial(by_markdown, **common),
        "as a build reads it": partial(render, limits=LimitConfig(), **common),
    }


def measure(texts: list[str], smart: bool) -> dict[str, float]:
    """Milliseconds of processor time for each article, the best of some rounds for each way."""
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, read in ways(smart).items():
            read(texts[0])
            start = time.process_time()
            for text in texts:
                read(text)
            spent = (time.process_time() - start) / len(texts) * 1000
            best[name] = min(spent, best.get(name, spent))
    return best


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[Path("content/articles")])
    parser.add_argument("--smart-quotes", action="store_true")
    given = parser.parse_args()
    for folder in given.folders:
        texts = bodies(folder)
        words = sum(len(text.split()) for text in texts) / len(texts)
        plain = sum(
            prose.parse(text, path=FILE, smart_quotes=given.smart_quotes) is not None
            for text in texts
        )
        print(f"{folder}: {len(texts)} articles of {words:.0f} words; "
              f"{plain / len(texts):.0%} are plain prose")  # fmt: skip
        found = measure(texts, given.smart_quotes)
        base = next(iter(found.values()))
        for name, spent in found.items():
            print(f"  {spent:7.3f} ms  {spent / base:5.2f}  {name}")


if __name__ == "__main__":
    main()
