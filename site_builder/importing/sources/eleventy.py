"""An Eleventy site: Markdown with front matter and directory data (11ty.dev/docs)."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from site_builder.importing.candidates import Candidate, Found
from site_builder.importing.shortcodes import liquid
from site_builder.importing.shortcodes.reduced import Reduced
from site_builder.importing.sources.folders import Site, permalink
from site_builder.importing.sources.options import Options

_COLLECTIONS = frozenset("post posts all nav page pages blog article articles featured".split())


def read(path: Path, options: Options) -> Iterator[Found]:
    """The Markdown texts of a site, or one of them."""
    yield from Eleventy(path, options).read()


class Eleventy(Site):
    """What Eleventy does its own way."""

    def prepare(self) -> None:
        """Find the input folder."""
        self._data: dict[str, dict[str, Any]] = {}
        for name in ("src", "content"):
            if (self.root / name).is_dir() and not any(self.root.glob("*.md")):
                self.root = self.root / name
                break

    def values(self, file: str, values: dict[str, Any]) -> dict[str, Any]:
        """Directory data below front matter; tags that only make collections are no tags."""
        merged: dict[str, Any] = {}
        folder = posixpath.dirname(file)
        parts = folder.split("/")
        folders = [posixpath.join(*parts[: depth + 1]) for depth in range(len(parts))]
        for name in folders if folder else []:
            merged |= self._directory_data(name)
        merged |= values
        tags = [*_list(merged.get("tags")), *(
            _list(values.get("tags")) if merged.get("tags") is not values.get("tags") else [])]
        merged["tags"] = [t for t in dict.fromkeys(tags) if str(t).lower() not in _COLLECTIONS]
        return merged

    def _directory_data(self, folder: str) -> dict[str, Any]:
        if folder not in self._data:
            found: dict[str, Any] = {}
            base = posixpath.basename(folder)
            for name in (f"{base}.json", f"{base}.11tydata.json"):
                try:
                    data = json.loads((self.root / folder / name).read_text(encoding="utf-8"))
                except (OSError, ValueError):
                    continue
                if isinstance(data, dict):
                    found |= data
            self._data[folder] = found
        return self._data[folder]

    def reduce(self, body: str, values: Mapping[str, Any], file: str) -> Reduced:
        """Liquid or Nunjucks as Markdown."""
        return liquid.reduce(body, values)

    def address(self, found: Candidate, stem: str) -> tuple[str, str]:
        """By the file's path without date and ending, which is Eleventy's default."""
        if self.options.permalink:
            return permalink(self.options.permalink, found, stem), ""
        folder = posixpath.dirname(found.file)
        if posixpath.basename(found.file).startswith("index."):
            folder = posixpath.dirname(folder)
        return f"/{folder}/{stem}/".replace("//", "/"), ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
