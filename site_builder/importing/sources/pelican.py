"""A Pelican site: Markdown with lines of metadata, or HTML with meta tags (docs.getpelican.com)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

from site_builder.importing.candidates import Candidate, Found, RefusedItem
from site_builder.importing.shortcodes.reduced import Reduced
from site_builder.importing.sources.folders import MARKDOWN, Site, permalink
from site_builder.importing.sources.matter import Text, lines, split
from site_builder.importing.sources.options import Options
from site_builder.reading.slugs import slug as make_slug

_SETTING = r"^{}\s*=\s*[\"']([^\"']*)[\"']"
_INTERNAL = re.compile(r"[{|](?:filename|static|attach|index|author|category|tag)[}|]/?")
_META = re.compile(r"<meta\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(\w+)\s*=\s*[\"']([^\"']*)[\"']")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_BODY = re.compile(r"<body[^>]*>(.*?)(?:</body>|\Z)", re.IGNORECASE | re.DOTALL)


def read(path: Path, options: Options) -> Iterator[Found]:
    """Articles and pages of a site, or one of them. reStructuredText is told, not read."""
    yield from Pelican(path, options).read()


class Pelican(Site):
    """What Pelican does its own way."""

    endings = MARKDOWN | {".html", ".htm", ".rst"}

    def prepare(self) -> None:
        """Find the content folder; of pelicanconf.py only plain texts are read."""
        settings = ""
        for name in ("pelicanconf.py", "publishconf.py"):
            path = self.root / name
            if path.is_file():
                settings += path.read_text(encoding="utf-8", errors="replace") + "\n"
        self._settings = settings
        content = self.root / (self._setting("PATH") or "content")
        if content.is_dir():
            self.root = content
        self._url = self._setting("ARTICLE_URL") or "{slug}.html"

    def _setting(self, name: str) -> str:
        found = re.search(_SETTING.format(name), self._settings, re.MULTILINE)
        return found[1] if found else ""

    def split(self, text: str, file: str) -> Text:
        """Front matter by the kind of file."""
        if file.endswith(".rst"):
            raise RefusedItem("IM001", "reStructuredText is not read",
                              "turn it into Markdown: pandoc -f rst -t markdown")
        if file.endswith((".html", ".htm")):
            return _html(text)
        return split(text, file=file) if text.lstrip().startswith("---") else lines(text)

    def is_page(self, file: str, values: Mapping[str, Any]) -> bool:
        """Pages lie in pages/."""
        return file.startswith("pages/") or super().is_page(file, values)

    def values(self, file: str, values: dict[str, Any]) -> dict[str, Any]:
        """The folder is the category where no other is given."""
        found = {key.lower(): value for key, value in values.items()}
        folder = posixpath.basename(posixpath.dirname(file))
        if not found.get("category") and folder and folder != "pages":
            found["category"] = folder
        for name in ("author", "authors"):
            if isinstance(found.get(name), str) and ";" in found[name]:
                found[name] = [part.strip() for part in found[name].split(";")]
        found.pop("save_as", None)
        if str(found.get("translation", "")).lower() == "true":
            found.pop("translation")
        return found

    def reduce(self, body: str, values: Mapping[str, Any], file: str) -> Reduced:
        """Pelican's own marks in links (`{filename}a.md`) are paths."""
        def path(match: re.Match[str]) -> str:
            rooted = match[0].endswith("/")
            return "/" if rooted else ""

        return Reduced(_INTERNAL.sub(path, body))

    def address(self, found: Candidate, stem: str) -> tuple[str, str]:
        """By ARTICLE_URL, or Pelican's default."""
        if self.options.permalink:
            return permalink(self.options.permalink, found, stem), ""
        pattern = re.sub(r"\{date:%([YmdHb])\}", r"{\1}", self._url)
        year, month, day = (found.date or "0000-00-00")[:10].split("-")
        own = found.slug if found.slug != stem else make_slug(found.title)
        values = {"slug": own, "Y": year, "m": month, "d": day, "lang": found.lang,
                  "category": make_slug(found.section), "author": ""}
        if found.kind == "page":
            pattern = self._setting("PAGE_URL") or "pages/{slug}.html"
        address = re.sub(r"\{(\w+)\}", lambda m: values.get(m[1], ""), pattern)
        return "/" + address.lstrip("/"), ""


def _html(text: str) -> Text:
    values: dict[str, Any] = {}
    for match in _META.finditer(text):
        found = {k.lower(): unescape(v) for k, v in _ATTRIBUTE.findall(match[1])}
        if found.get("name") and "content" in found:
            values[found["name"].lower()] = found["content"]
    if title := _TITLE.search(text):
        values.setdefault("title", unescape(title[1]).strip())
    body = _BODY.search(text)
    return Text(values, body[1] if body else text, 1)
