"""XML with one element for each article (WXR, RSS, Atom) → those elements, one by one.

The file is cut at its items before any of it is parsed, so that a control
character in post 5 of 10, a stray byte or a torn end costs no more than the
item in which it is, and memory holds one item at a time. Each item is parsed
by defusedxml with the name spaces of the file's root; a DTD, and with it
every entity of the file's own making, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import msgspec

from site_builder.importing.candidates import RefusedItem
from site_builder.importing.missing import required

CHUNK = 1 << 20
MAX_ITEM = 64 << 20
_TOKEN = re.compile(
    rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->|<(?P<close>/)?(?P<name>(?:[\w.-]+:)?(?:item|entry))"
    rb"(?=[\s>/])[^<>]*>",
    re.DOTALL,
)
_ROOT = re.compile(r"<((?:[\w.-]+:)?(?:rss|feed|RDF))\b([^>]*)>")
_DECLARED = re.compile(r"""(xmlns(?::[\w.-]+)?)\s*=\s*("[^"]*"|'[^']*')""")
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']""")
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|&#(?:x0*1?[0-9a-f]|0*[12]?\\d);",
    re.IGNORECASE)
_ENTITY = re.compile(r"(<!\[CDATA\[.*?\]\]>)|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)",
                     re.DOTALL)


class Item(msgspec.Struct, frozen=True):
    """One element of the file.

    `line` is where it begins, `element` its tree, `problem` says why there is none,
    `mended` what had to be changed so that it could be read.
    """

    line: int
    element: Any = None
    problem: RefusedItem | None = None
    mended: tuple[str, ...] = ()


class Items:
    """The items of one file. `head` is the tree of what stands before the first one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opening, self._closing = "", ""
        with path.open("rb") as file:
            start = file.read(CHUNK)
        declared = _ENCODING.search(start[:500])
        self._encoding = declared[1].decode().lower() if declared else "utf-8"
        if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise RefusedItem("RD004", "the file is UTF-16", "save it as UTF-8")
        try:
            "".encode(self._encoding)
        except LookupError:
            raise RefusedItem("RD001", f"an unknown encoding: {self._encoding}") from None
        text = start.decode(self._encoding, "replace")
        root = _ROOT.search(text)
        if "<!DOCTYPE" in text[: root.start() if root else len(text)].upper():
            raise RefusedItem(
                "IM002", "the file brings a DTD, which could read files and fill the memory",
                "delete the lines from <!DOCTYPE up to ]> in an editor")
        if root is None:
            raise RefusedItem("IM002", "the file is neither RSS nor Atom nor a WordPress export")
        self.kind = root[1]
        names = "".join(f" {name}={value}" for name, value in _DECLARED.findall(root[2]))
        self._opening, self._closing = f"<{root[1]}{names}>", f"</{root[1]}>"
        token = next((m for m in _TOKEN.finditer(start) if m["name"]), None)
        before = start[: token.start()] if token else start
        head = before.decode(self._encoding, "replace")
        opened = _ROOT.search(head)
        self.head = self._head(head[opened.end():] if opened else "")

    def _head(self, text: str) -> Element:
        """What stands before the items, as far as it can be read."""
        opened = re.search(r"<channel\b[^>]*>", text)
        inside = text[opened.end():] if opened else text
        inside = re.sub(r"</(?:channel|rss|feed|(?:\w+:)?RDF)>\s*\Z", "", inside.rstrip())
        try:
            return self._parse(_CONTROL.sub("", inside))
        except RefusedItem:
            return Element("none")

    def __iter__(self) -> Iterator[Item]:
        return self.holding(b"")

    def holding(self, mark: bytes) -> Iterator[Item]:
        """The items whose text holds `mark`; the others are not even parsed."""
        line, held, start, opened = 1, b"", -1, b""
        with self._path.open("rb") as file:
            at = 0  # where to look on within `held`
            while True:
                chunk = file.read(CHUNK)
                held += chunk
                while True:
                    token = _TOKEN.search(held, at)
                    opening = _unended(held, at, token.start() if token else len(held))
                    if opening >= 0:
                        at = opening  # a CDATA section or comment that goes on
                        break
                    if token is None:
                        # a tag may begin in this chunk and end in the next
                        at = max(at, len(held) - 4096) if chunk else len(held)
                        break
                    at = token.end()
                    name = token["name"]
                    if not name:
                        continue
                    if start < 0 and not token["close"]:
                        start, opened = token.start(), name
                    elif start >= 0 and token["close"] and name == opened:
                        here = line + held.count(b"\n", 0, start)
                        if mark in held[start:at]:
                            yield self._item(held[start:at], here)
                        line += held.count(b"\n", 0, at)
                        held, at, start = held[at:], 0, -1
                if start < 0 and at:
                    line += held.count(b"\n", 0, at)
                    held, at = held[at:], 0
                if len(held) > MAX_ITEM:
                    yield Item(line, problem=RefusedItem(
                        "RD003", "an item is larger than 64 MB, or the file is torn"))
                    return
                if not chunk:
                    break
        if start >= 0:
            yield Item(line + held.count(b"\n", 0, start), problem=RefusedItem(
                "IM002", "the file ends in the middle of this item",
                "export it again: the download was cut off"))
        elif not re.search(rb"</(?:[\w.-]+:)?(?:rss|feed|RDF)>", self._end()):
            yield Item(line + held.count(b"\n"), problem=RefusedItem(
                "IM002", "the file is cut off after its last whole item",
                "export it again: articles may be missing"))

    def _end(self) -> bytes:
        with self._path.open("rb") as file:
            file.seek(max(0, self._path.stat().st_size - 2000))
            return file.read()

    def _item(self, data: bytes, line: int) -> Item:
        mended: list[str] = []
        try:
            text = data.decode(self._encoding)
        except UnicodeDecodeError as error:
            text = _mixed(data)
            near = text[max(0, len(data[: error.start].decode("latin-1")) - 20):][:40]
            mended.append(
                f"bytes that are not {self._encoding.upper()} were read as Windows-1252, "
                f"near “{' '.join(near.split())}”")
        if found := _CONTROL.findall(text):
            text = _CONTROL.sub(_gone, text)
            mended.append(f"{len(found)} control character{'s' if len(found) > 1 else ''} "
                          "taken out")
        text = _ENTITY.sub(lambda m: m[1] or "&amp;", text)
        try:
            element = self._parse(text)
        except RefusedItem as refused:
            return Item(line, problem=refused)
        return Item(line, next(iter(element), None), None, tuple(mended))

    def _parse(self, text: str) -> Element:
        etree = required("defusedxml.ElementTree", "XML files")
        from xml.etree.ElementTree import ParseError

        try:
            found: Element = etree.fromstring(
                self._opening + text + self._closing, forbid_dtd=True)
        except (ParseError, ValueError) as error:  # defusedxml's own are ValueErrors
            raise RefusedItem("IM002", f"not well-formed XML: {error}") from None
        return found


def _gone(match: re.Match[str]) -> str:
    """References such as &#10; are text; those to control characters are not."""
    if not match[0].startswith("&"):
        return ""
    digits = match[0][2:-1]
    number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    return match[0] if number in (9, 10, 13) or number > 31 else ""


def _unended(held: bytes, start: int, end: int) -> int:
    """Where a CDATA section or comment begins that does not end in `held`; -1 for none."""
    found = [at for mark in (b"<![CDATA[", b"<!--") if (at := held.find(mark, start, end)) >= 0]
    return min(found, default=-1)


def _mixed(data: bytes) -> str:
    """UTF-8 where it is that, Windows-1252 where it is not."""
    out, at = [], 0
    while at < len(data):
        try:
            out.append(data[at:].decode("utf-8"))
            break
        except UnicodeDecodeError as error:
            out.append(data[at : at + error.start].decode("utf-8"))
            out.append(data[at + error.start : at + error.end].decode("windows-1252", "replace"))
            at += error.end
    return "".join(out)


def child(element: Element, name: str) -> str:
    """The text of the first child with this local name (`post_date`) or qualified name."""
    for part in element:
        if part.tag == name or part.tag.rpartition("}")[2] == name:
            return "".join(part.itertext()).strip()
    return ""
