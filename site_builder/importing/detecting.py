"""Of which kind a source is, by its name and its first lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Protocol, cast

from site_builder.importing.candidates import Found
from site_builder.importing.sources.options import Options

KINDS = ("jekyll", "hugo", "pelican", "eleventy", "html", "wxr", "feed", "table", "text")
_TABLES = frozenset({".csv", ".tsv", ".jsonl", ".ndjson", ".json"})
_PAGES = frozenset({".html", ".htm", ".xhtml"})
_MARKS = {
    "jekyll": ("_config.yml", "_config.yaml", "_posts"),
    "hugo": ("hugo.toml", "hugo.yaml", "hugo.json", "archetypes", "config/_default"),
    "pelican": ("pelicanconf.py", "publishconf.py"),
    "eleventy": (".eleventy.js", "eleventy.config.js", "eleventy.config.mjs",
                 "eleventy.config.cjs"),
}
_PELICAN = re.compile(r"(?i)\A\s*(?:title|date|slug|category|tags):[^\n]*\n(?:\w+:[^\n]*\n)*")


class Reader(Protocol):
    """A module of `sources`: candidates of one file or folder, in a stable order."""

    def read(self, path: Path, options: Options) -> Iterator[Found]:
        """Yield what is found."""


def reader(kind: str) -> Reader:
    """The module that reads a kind of source; its libraries are loaded only now."""
    return cast(Reader, import_module(f"site_builder.importing.sources.{kind}"))


def kind_of(path: Path) -> str:
    """One of `KINDS`, or nothing when neither name nor content says it."""
    return _of_folder(path) if path.is_dir() else _of_file(path)


def _of_file(path: Path) -> str:
    ending = path.suffix.lower()
    if ending in _TABLES:
        return "table"
    head = _head(path)
    if "wordpress.org/export" in head:
        return "wxr"
    if re.search(r"<(?:\w+:)?(?:rss|feed|RDF)[\s>]", head):
        return "feed"
    if ending in _PAGES or re.match(r"(?i)\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", head):
        return "html"
    if ending in (".md", ".markdown"):
        return _of_markdown(head, path.name) or "text"
    return "feed" if ending in (".xml", ".rss", ".atom") else "text"


def _of_folder(path: Path) -> str:
    for kind, marks in _MARKS.items():
        if any((path / mark).exists() for mark in marks):
            return kind
    if (path / "content").is_dir() and any((path / f"config.{e}").exists()
                                           for e in ("toml", "yaml", "yml", "json")):
        return "hugo"
    if next(path.rglob("_index.md"), None) is not None:
        return "hugo"
    for file in islice(sorted(path.rglob("*.md")), 50):
        if found := _of_markdown(_head(file), file.name):
            return found
    for pattern, kind in (("*.html", "html"), ("*.htm", "html"), ("*.txt", "text"),
                          ("*.md", "text")):
        if next(path.rglob(pattern), None) is not None:
            return kind
    return ""


def _of_markdown(head: str, name: str) -> str:
    if head.startswith(("+++", "{")) or re.search(r"\{\{[<%]", head):
        return "hugo"
    if head.startswith("---json") or re.search(r"^eleventy\w*:", head, re.MULTILINE):
        return "eleventy"
    if head.startswith("---"):
        return "jekyll" if re.match(r"\d{4}-\d{2}-\d{2}-", name) else "hugo"
    return "pelican" if _PELICAN.match(head) else ""


def _head(path: Path) -> str:
    if not path.is_file():  # a pipe gives its bytes only once
        return ""
    try:
        with path.open("rb") as file:
            return file.read(8192).decode("utf-8", "replace").lstrip("\ufeff")
    except OSError:
        return ""
