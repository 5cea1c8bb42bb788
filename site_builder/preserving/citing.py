"""The citations of a packet: one file for each kind of reference manager."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from urllib.parse import unquote

import msgspec

from site_builder.build.looking import Looked
from site_builder.model import Article
from site_builder.pages.citations import citation

FOLDER = "citations"


def files(looked: Looked, articles: Iterable[Article]) -> dict[str, bytes]:
    """BibTeX, RIS and CSL-JSON of these articles, as their pages offer them, by path.

    A second article with the same key gets a number behind it.
    """
    texts: dict[str, list[str]] = {}
    keys: Counter[str] = Counter()
    for article in articles:
        for file in citation(looked.planner.site, article).files:
            key, _, ending = file.file.rpartition(".")
            keys[file.file] += 1
            text = unquote(file.href.partition(",")[2])
            if keys[file.file] > 1:
                text = _renamed(text, ending, key, f"{key}-{keys[file.file]}")
            texts.setdefault(ending, []).append(text)
    packed = {}
    for ending, found in texts.items():
        if ending == "json":
            items = [item for text in found for item in _items(text)]
            data = msgspec.json.format(msgspec.json.encode(items), indent=2) + b"\n"
        else:
            data = "\n".join(f"{text.strip(chr(10))}\n" for text in found).encode()
        packed[f"{FOLDER}/citations.{ending}"] = data
    return packed


def _items(text: str) -> list[object]:
    items = msgspec.json.decode(text)
    return items if isinstance(items, list) else [items]


def _renamed(text: str, ending: str, key: str, new: str) -> str:
    if ending == "bib":
        return text.replace(f"{{{key},", f"{{{new},", 1)
    return text.replace(f'"{key}"', f'"{new}"', 1) if ending == "json" else text
