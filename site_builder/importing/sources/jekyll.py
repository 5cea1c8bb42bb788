"""A Jekyll site: `_posts`, `_drafts`, pages at the top; Liquid (jekyllrb.com/docs)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from site_builder.importing.candidates import Candidate, Found
from site_builder.importing.shortcodes import liquid
from site_builder.importing.shortcodes.reduced import Reduced
from site_builder.importing.sources.folders import MARKDOWN, Site, permalink
from site_builder.importing.sources.matter import Text
from site_builder.importing.sources.options import Options
from site_builder.importing.sources.settings import yaml_file

# Built-in permalink styles (jekyllrb.com/docs/permalinks).
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "none": "/:categories/:title.html",
    "ordinal": "/:categories/:year/:y_day/:title.html",
}


def read(path: Path, options: Options) -> Iterator[Found]:
    """Posts, drafts and pages of a folder, or one post."""
    yield from Jekyll(path, options).read()


class Jekyll(Site):
    """What Jekyll does its own way."""

    endings = MARKDOWN | {".html"}

    def prepare(self) -> None:
        """Read _config.yml and the names in _data/authors.yml."""
        config = yaml_file(self.root / "_config.yml")
        style = self.options.permalink or str(config.get("permalink") or "date")
        self._pattern = _STYLES.get(style, style)
        self._known = bool(self.options.permalink or config)
        authors = yaml_file(self.root / "_data/authors.yml")
        self._authors = {
            key: str(value.get("name") or value.get("display_name") or key)
            for key, value in authors.items() if isinstance(value, dict)
        }
        self._posts = any(self.root.rglob("_posts"))

    def enters(self, folder: str) -> bool:
        """`_posts` and `_drafts` and collections; what _NOT_TEXTS names is passed over before."""
        return not folder.startswith(".")

    def is_text(self, file: str, text: Text) -> bool:
        """Files without front matter are copied by Jekyll, not texts."""
        if not text.values or file.endswith("404.html"):
            return False
        if re.search(r"(?:^|/)_(?!posts/|drafts/)[^/]+/", file):  # a collection of something
            return "date" in text.values
        return not file.endswith(".html") or "_posts/" in file

    def values(self, file: str, values: dict[str, Any]) -> dict[str, Any]:
        """Categories from folders before `_posts`; what lies in `_drafts` is a draft."""
        if "_drafts/" in file:
            values = {**values, "draft": "true"}
        folders = re.match(r"(.+?)/_posts/", file)
        if folders and not values.get("categories") and not values.get("category"):
            values = {**values, "categories": folders[1].split("/")}
        return values

    def reduce(self, body: str, values: Mapping[str, Any], file: str) -> Reduced:
        """Liquid as Markdown."""
        return liquid.reduce(body, values)

    def author(self, name: str) -> str:
        """By _data/authors.yml."""
        return self._authors.get(name, name)

    def address(self, found: Candidate, stem: str) -> tuple[str, str]:
        """By the site's pattern, or Jekyll's default."""
        if found.kind == "page":
            return f"/{stem}/" if stem != "index" else "", ""
        guess = "" if self._known else (
            f"the old address is by Jekyll's default, {self._pattern}: --permalink says another")
        return permalink(self._pattern, found, stem), guess
