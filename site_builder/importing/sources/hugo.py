"""A Hugo site: `content/`, page bundles, term pages, shortcodes (gohugo.io/documentation)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from site_builder.importing.candidates import Candidate, Found, RefusedItem
from site_builder.importing.fields import text as plain_text
from site_builder.importing.shortcodes import hugo
from site_builder.importing.shortcodes.reduced import Reduced
from site_builder.importing.sources.folders import Site, named, permalink
from site_builder.importing.sources.matter import Text, split
from site_builder.importing.sources.options import Options, text_of
from site_builder.importing.sources.settings import any_file
from site_builder.reading.slugs import slug as make_slug

_PLAIN_SECTIONS = frozenset("posts post blog news articles article content stories".split())


def read(path: Path, options: Options) -> Iterator[Found]:
    """The regular pages of a site, or one file. Sections, terms and lists are left to the build."""
    yield from Hugo(path, options).read()


class Hugo(Site):
    """What Hugo does its own way."""

    def prepare(self) -> None:
        """Read the configuration, and the names on the authors' term pages."""
        config = any_file(self.root, ("hugo", "config", "config/_default/hugo"))
        links = config.get("permalinks") or {}
        self._patterns: dict[str, Any] = links.get("page", links) if isinstance(links, dict) else {}
        self._known = bool(config or self.options.permalink)
        content = self.root / str(config.get("contentDir") or config.get("contentdir") or "content")
        self._site = self.root
        if content.is_dir():
            self.root = content
        self._authors = dict(self._term_pages("authors"))

    def _term_pages(self, taxonomy: str) -> Iterator[tuple[str, str]]:
        for path in sorted((self.root / taxonomy).glob("*/_index.md")):
            try:
                values = split(text_of(path), file=path.name).values
            except RefusedItem:
                continue
            name = next((plain_text(values[key]) for key in ("display_name", "title", "name")
                         if values.get(key)), "")
            if name:
                yield path.parent.name, name
                if values.get("slug"):
                    yield plain_text(values["slug"]), name

    def is_text(self, file: str, text: Text) -> bool:
        """`_index.md` is about a folder."""
        return posixpath.basename(file) != "_index.md" and super().is_text(file, text)

    def values(self, file: str, values: dict[str, Any]) -> dict[str, Any]:
        """`[params]` and taxonomies count as fields; the folder is the section."""
        found = {k: v for k, v in values.items() if k not in ("params", "taxonomies")}
        for group in ("params", "taxonomies"):
            inner = values.get(group)
            if isinstance(inner, dict):
                found |= {k: v for k, v in inner.items() if k not in found}
        top = file.partition("/")[0] if "/" in file else ""
        if top and top not in _PLAIN_SECTIONS and not any(
            found.get(k) for k in ("section", "categories", "category")
        ):
            found["section"] = top.replace("-", " ").replace("_", " ").title()
        return found

    def reduce(self, body: str, values: Mapping[str, Any], file: str) -> Reduced:
        """Shortcodes as Markdown."""
        return hugo.reduce(body)

    def author(self, name: str) -> str:
        """By the term page in content/authors/."""
        return self._authors.get(name) or self._authors.get(make_slug(name), name)

    def address(self, found: Candidate, stem: str) -> tuple[str, str]:
        """By `permalinks` of the configuration, or by the folder, which is Hugo's default."""
        folder = posixpath.dirname(found.file)
        if posixpath.basename(found.file) in ("index.md", "index.markdown"):
            folder = posixpath.dirname(folder)
        section = folder.partition("/")[0]
        pattern = self.options.permalink or self._patterns.get(section)
        # Hugo makes addresses of file names as they are, dates included
        own = found.slug if found.slug != named(found.file)[0] else \
            posixpath.splitext(posixpath.basename(found.file))[0]
        if isinstance(pattern, str):
            given = found.slug if found.slug != stem else ""
            return permalink(
                pattern, found, own, section=section, sections=folder,
                title=make_slug(found.title), slug=make_slug(given or found.title)), ""
        guess = "" if self._known else (
            "the old address is by Hugo's default, the folder: --permalink says another")
        name = own if own not in ("index",) else stem
        return f"/{folder}/{name.lower()}/".replace("//", "/"), guess
