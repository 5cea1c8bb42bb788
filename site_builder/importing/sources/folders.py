"""The folder of another generator → candidates; each generator says what is its own."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from site_builder.importing import fields
from site_builder.importing.candidates import Candidate, Dropped, Found, RefusedItem
from site_builder.importing.markup.blocks import from_html
from site_builder.importing.markup.tree import TooDeep
from site_builder.importing.shortcodes.reduced import Reduced
from site_builder.importing.sources.matter import Text, split
from site_builder.importing.sources.options import Options, text_of
from site_builder.reading.slugs import slug as make_slug

MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_HTML = frozenset({".html", ".htm"})
_NOT_TEXTS = frozenset(
    """node_modules _site public resources themes theme layouts archetypes _includes _layouts
    _sass _data vendor output __pycache__ i18n bower_components""".split()
)
_SMALL = re.compile(
    r"readme|license|contributing|changelog|code_of_conduct|security", re.IGNORECASE)
_DATED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[-_ ](.+)")
_STRUCK = re.compile(r"(?<![~\w])~~(?=\S)([^~\n]+?)(?<=\S)~~(?![~\w])")


class Site:
    """One folder. A generator overrides what differs: see jekyll, hugo, pelican, eleventy."""

    endings = MARKDOWN

    def __init__(self, root: Path, options: Options) -> None:
        self.root = root if root.is_dir() else root.parent
        self.only = None if root.is_dir() else root
        self.options = options
        self.prepare()

    def prepare(self) -> None:
        """Read what the generator keeps beside the texts: settings, names of authors."""

    def split(self, text: str, file: str) -> Text:
        """Front matter and body."""
        return split(text, file=file)

    def is_text(self, file: str, text: Text) -> bool:
        """Whether the file is a text of its own, not a page about a folder or a list."""
        return bool(text.values) or not _SMALL.match(posixpath.basename(file))

    def is_page(self, file: str, values: Mapping[str, Any]) -> bool:
        """Whether a text without a date is a free page."""
        return "/" not in file

    def values(self, file: str, values: dict[str, Any]) -> dict[str, Any]:
        """The front matter with what the folder adds to it."""
        return values

    def reduce(self, body: str, values: Mapping[str, Any], file: str) -> Reduced:
        """The body without template code."""
        return Reduced(body)

    def address(self, found: Candidate, stem: str) -> tuple[str, str]:
        """The old address of an article, and a word about how it was guessed."""
        return "", ""

    def author(self, name: str) -> str:
        """The name to show for an author as the front matter gives them."""
        return name

    def files(self) -> Iterator[tuple[Path, str]]:
        """Every file that may be a text, with its path in the folder, in order."""
        if self.only is not None:
            yield self.only, self.only.name
            return
        for top, folders, names in os.walk(self.root):
            folders[:] = sorted(f for f in folders if f not in _NOT_TEXTS and self.enters(f))
            for name in sorted(names):
                path = Path(top, name)
                if path.suffix.lower() in self.endings and not path.is_symlink():
                    yield path, path.relative_to(self.root).as_posix()

    def enters(self, folder: str) -> bool:
        """Whether texts lie in a folder of this name."""
        return not folder.startswith((".", "_"))

    def read(self) -> Iterator[Found]:
        """Every text, as a candidate or as the reason why it is none."""
        for path, file in self.files():
            try:
                found = self._read(path, file)
            except RefusedItem as refused:
                yield refused.problem(file)
                continue
            if found is not None:
                yield found

    def _read(self, path: Path, file: str) -> Candidate | None:
        text = self.split(text_of(path, max_bytes=self.options.max_bytes), file)
        if not self.is_text(file, text):
            return None
        values = self.values(file, text.values)
        stem, day = named(file)
        reduced = self.reduce(text.body, values, file)
        dropped = tuple(
            msgspec.structs.replace(d, line=d.line + text.line - 1) if d.line else d
            for d in reduced.dropped)
        body, plain, changed = reduced.text, "", reduced.changed
        if path.suffix.lower() in _HTML:
            try:
                written = from_html(body)
            except TooDeep as error:
                raise RefusedItem("MD005", str(error)) from None
            body, plain = written.markdown, written.plain
            dropped += tuple(Dropped(0, t, r) for t, r in written.dropped)
            changed += written.changed
        elif "~~" in body:
            body, times = _STRUCK.subn(r"<del>\1</del>", body)
            changed += (f"struck-out words ({times} times) are HTML now",) if times else ()
        found = fields.candidate(
            values, origin=file, body=body.strip("\n") + "\n", zone=self.options.zone,
            field_map=self.options.field_map, file=file, folder=str(path.parent), plain=plain,
            dropped=dropped, changed=changed,
        )
        return self._finished(found, values, stem, day)

    def _finished(
        self, found: Candidate, values: Mapping[str, Any], stem: str, day: str
    ) -> Candidate:
        guessed = list(found.guessed)
        title = found.title
        if not title:
            heading = re.match(r"\s*#\s+(.+?)\s*#*\n", found.body)
            title = heading[1] if heading else stem.replace("-", " ").replace("_", " ").strip()
            guessed.append("the title is " + (
                "the first heading" if heading else "made of the file's name"))
            title = title[:1].upper() + title[1:]
            if heading:
                found = msgspec.structs.replace(found, body=found.body[heading.end():].lstrip("\n"))
        date = found.date or day
        kind = "page" if not date and self.is_page(found.file, values) else "article"
        found = msgspec.structs.replace(
            found, title=title, date=date, kind=kind, slug=found.slug or stem,
            authors=tuple(dict.fromkeys(map(self.author, found.authors))))
        explicit = [a for a in found.addresses if a.startswith("/") or "//" in a]
        explicit += [f"/{a}" for a in found.addresses if a not in explicit]
        if not explicit or not _has_own_address(values):
            old, guess = self.address(found, stem)
            if old:
                explicit.insert(0, old)
                if guess:
                    guessed.append(guess)
        return msgspec.structs.replace(
            found, addresses=tuple(dict.fromkeys(explicit)), guessed=tuple(guessed))


def named(file: str) -> tuple[str, str]:
    """The part of a file's name that names the text, and the date before it."""
    stem = posixpath.splitext(posixpath.basename(file))[0]
    if stem in ("index", "_index"):
        stem = posixpath.basename(posixpath.dirname(file)) or stem
    dated = _DATED.fullmatch(stem)
    if not dated:
        return stem, ""
    return dated[4], f"{dated[1]}-{int(dated[2]):02}-{int(dated[3]):02}"


def permalink(pattern: str, found: Candidate, stem: str, **more: str) -> str:
    """An address by a pattern of `:year`, `:month`, `:day`, `:title`, `:slug`, `:categories` …"""
    day = (found.date or "0000-00-00")[:10]
    year, month, date = day.split("-")
    values = {
        "year": year, "month": month, "day": date, "short_year": year[2:],
        "i_month": str(int(month)), "i_day": str(int(date)),
        "title": make_slug(found.slug or stem), "slug": make_slug(found.slug or stem),
        "slugorfilename": found.slug or stem, "contentbasename": stem, "filename": stem,
        "basename": stem, "name": stem, "output_ext": ".html",
        "categories": make_slug(found.section), "section": make_slug(found.section), **more,
    }
    address = re.sub(r":(\w+)", lambda m: values.get(m[1].lower(), ""), pattern)
    address = re.sub(r"/{2,}", "/", f"/{address.lstrip('/')}")
    return address if "." in address.rsplit("/", 1)[-1] or address.endswith("/") else address + "/"


def _has_own_address(values: Mapping[str, Any]) -> bool:
    return any(isinstance(values.get(k), str) and "{" not in values[k]
               for k in ("permalink", "url", "save_as"))
