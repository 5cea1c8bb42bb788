"""Ids, links and pictures of a page of HTML: exactly, or fast and hardly ever wrong.

`Scanner` looks at every page while it is made. It knows how the templates of
this program write attributes, and takes a link that a text only shows for a
real one; so what it suspects is looked at again by `exactly`, which reads
HTML as browsers do (HTML Living Standard, 13.2.5).
"""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Final
from urllib.parse import unquote
from zlib import crc32

import msgspec

_START: Final = re.compile(
    r"<!--.*?(?:-->|--!>|\Z)|<[!/?][^>]*>|<([a-zA-Z][^\s/>]*)"
    r"((?:[^>\"'=]++|=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"'][^\s>]*)?|[\"'])*+)>", re.DOTALL)
_ATTRIBUTE: Final = re.compile(
    r"([^\s\"'>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"'][^\s>]*)))?")
_RAW: Final = frozenset(
    "script style textarea title xmp iframe noembed noframes plaintext".split())
_ELSEWHERE: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")

_FOUND: Final = re.compile(
    rb'="((?<=(?:href|cset)=")(?!data:|https?:)[^"]*|(?<= src=")(?!data:|https?:)[^"]*".'
    rb'|(?<= id=")[^"]*")', re.DOTALL)
"""A link as it is; the address of a picture or a script with two characters more; an id with
the quote that ends it. One pattern that starts with two fixed letters: three times as fast as
one for whole tags."""
_BARE: Final = re.compile(rb"<img(?![^>]* alt[ =>])")
_PLAIN: Final = re.compile(rb"/(?![/.])(?:[^%&?#\s,/]+/(?!\.))*(?:#(?!(?i:top)$)[^%&?#\s:]+)?")
_SET: Final = re.compile(r"\S+ [0-9.]+[wx](?:, \S+ [0-9.]+[wx])*")

_JINJA: Final = re.compile(r"{[{%#].*?[}%#]}", re.DOTALL)
_WRITTEN: Final = re.compile(r"(?i)(?<![\w-])(?:href|src|srcset|id|alt)\s*=")
_USUAL: Final = re.compile(r"(?<= )(?:href|src|srcset|id|alt)=(?=\")")
_UNUSUAL: Final = re.compile(
    r"(?i)\|\s*(?:safe|xmlattr)\b|Markup|<!--|<(?:style|textarea|xmp|iframe|noembed|noframes)\b"
    r"|<script(?![^>]*\ssrc=)|<img(?![^>]* src=)")


class Seen(msgspec.Struct, frozen=True):
    """The ids of a page in their order, its links as browsers take them, pictures without alt."""

    ids: list[str]
    links: list[str]
    bare: list[str]


def exactly(text: str) -> Seen:
    """Read a page tag by tag."""
    seen = Seen([], [], [])
    place = 0
    while (match := _START.search(text, place)) is not None:
        place = match.end()
        if not match[1]:
            continue
        tag = match[1].lower()
        attributes: dict[str, str] = {}
        for name, *values in _ATTRIBUTE.findall(match[2]):
            attributes.setdefault(name.lower(), unescape("".join(values)))
        if tag in _RAW:
            end = re.compile(rf"</{tag}[\s/>]", re.IGNORECASE).search(text, place)
            place = end.start() if end else len(text)
        if attributes.get("id"):
            seen.ids.append(attributes["id"])
        seen.links.extend([attributes[name].strip() for name in ("href", "src")
                           if name in attributes])
        if "srcset" in attributes:
            seen.links.extend([part.split()[0] for part in attributes["srcset"].split(",")
                               if part.strip()])
        if tag == "img" and "alt" not in attributes:
            seen.bare.append(attributes.get("src", "a picture"))
    return seen


def usual(template: str) -> bool:
    """Whether a template writes its attributes so that `Scanner` finds them in its pages."""
    text = _JINJA.sub("", template)
    return (len(_WRITTEN.findall(text)) == len(_USUAL.findall(text))
            and not _UNUSUAL.search(template))


def resolved(page: str, link: str, base: str) -> tuple[str, str] | None:
    """Output path and fragment of a link into the site; None for one that leads elsewhere.

    `base` is the path that the site lies under. A link to the host but outside the site
    gets its address with the slash: no file of ours has such a path.
    """
    if not link or _ELSEWHERE.match(link):
        return None
    address, _, fragment = link.partition("#")
    address = unquote(address.partition("?")[0])
    fragment = unquote(fragment.partition(":~:")[0])  # what follows is for the browser alone
    if fragment.lower() == "top":  # always there: HTML Living Standard, 7.4.6.3
        fragment = ""
    if not address:
        return page, fragment
    if address.startswith("/"):
        if "/." in address:
            end = "/" if address.endswith(("/", "/.", "/..")) else ""
            address = posixpath.normpath(address).rstrip("/") + end
        if not f"{address}/".startswith(f"{base}/"):
            return address, fragment
        path = address[len(base) + 1 :]
    else:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), address))
        path += "/" if address.endswith(("/", "/.", "/..")) and path != "." else ""
        path = "" if path == "." else path
    if not path or path.endswith("/"):
        path += "index.html"
    return path, fragment


def number(target: str, fragment: str = "") -> int:
    """32 bits that stand for a target: small to keep; equal ones are looked at again."""
    found = crc32(target.encode("utf-8", "replace"))
    return crc32(b"\0" + fragment.encode("utf-8", "replace"), found) if fragment else found


def _four(value: int) -> bytes:
    return value.to_bytes(4, sys.byteorder)


class Fault(msgspec.Struct, frozen=True, order=True, array_like=True):
    """One thing that is wrong with one page: a link to `target`, an id, or a picture."""

    page: str
    code: str
    target: str
    fragment: str = ""


class Look(msgspec.Struct, array_like=True, gc=False):
    """What the look at one page gave.

    `ids` end with a quote each, `links` are numbers of four bytes (for a link to a place also
    that of its page), `fresh` is what this scanner had not seen before, as target, NUL and
    fragment. `lost` are ids that the page had before. `faults` are those that the page alone
    shows.
    """

    page: str
    ids: bytes
    links: bytes
    fresh: list[str]
    faults: list[Fault] = []
    lost: list[str] = []

    def has(self, fragment: str) -> bool:
        """Whether something in the page has this id."""
        mark = fragment.encode() + b'"'
        return self.ids.startswith(mark) or b'"' + mark in self.ids


class Scanner:
    """Looks at pages. One lives in each worker; what it gives of a page depends on that alone.

    `unusual` are templates whose pages are read exactly at once.
    """

    def __init__(self, base: str, *, portable: bool, unusual: Iterable[str] = ()) -> None:
        self._base, self._portable = base, portable
        self.unusual = frozenset(unusual)
        self._cut = len(base) + 1
        self._under = (base + "/").encode()
        self._known: dict[int, dict[bytes, bytes]] = {}
        self._sources: set[bytes] = set()
        self._paths: dict[bytes, tuple[bytes, int]] = {}

    def look(
        self, page: str, data: bytes, template: str = "", before: bytes | None = None
    ) -> Look:
        """Look at the bytes of a page; `before` are those that it had until now.

        With them only links that it did not have are `fresh`.
        """
        if template in self.unusual:
            return self._exact_look(page, data, before)
        # in a portable site, what leads up to the root means the same on one level
        known = self._known.setdefault(page.count("/") if self._portable else 0, {})
        found = _FOUND.findall(data)
        every = set(found)
        had = set(_FOUND.findall(before)) if before is not None else set()
        look = Look(page, b"", b"", [])
        ids: list[bytes] = []
        own: list[bytes] = []
        alone: list[bytes] = []
        for raw in every.difference(known):
            if raw[-1:] == b'"':
                ids.append(raw)
            elif raw[:1] == b"#":
                own.append(raw)
            elif not self._learn(raw, page, known, look.fresh if raw not in had else []):
                alone.append(raw)
        marks = b"".join(found)
        shared = every.difference(ids, own, alone)
        look.links = b"".join(map(known.__getitem__, shared))
        if alone:
            here: dict[bytes, bytes] = {}
            for raw in alone:
                self._general(raw, page, here, look.fresh if raw not in had else [])
            look.links += b"".join(here.values())
        look.ids = b"".join(ids)
        if had:
            look.lost = [unescape(raw[:-1].decode("utf-8", "replace")) for raw in had - every
                         if raw[-1:] == b'"']
        sources = self._sources & every
        if (
            (marks.count(b'"') != len(ids) + len(sources)  # an id or a picture twice, mostly
             and len([raw for raw in found if raw[-1:] == b'"']) != len(ids))
            or not every.issuperset([raw[1:] + b'"' for raw in own])
            or (sources and _BARE.search(data))
            or b"&" in look.ids
        ):
            self._exact(look, exactly(data.decode("utf-8", "replace")))
        return look

    def _learn(
        self, raw: bytes, page: str, known: dict[bytes, bytes], fresh: list[str]
    ) -> bool:
        """Remember where a link leads; False for one that leads elsewhere from other pages."""
        if raw.startswith(self._under) and _PLAIN.fullmatch(raw):
            address, _, fragment = raw.partition(b"#")
            path, numbered = self._paths.get(address) or self._path(address)
            if fragment:
                known[raw] = _four(numbered) + _four(crc32(b"\0" + fragment, numbered))
                fresh.append((path + b"\0" + fragment).decode("utf-8", "replace"))
            else:
                known[raw] = _four(numbered)
                fresh.append(path.decode("utf-8", "replace"))
            return True
        if raw[-2:-1] == b'"':
            self._sources.add(raw)
        up = b"../" * page.count("/")
        if not raw or raw[:1] == b"/" or _ELSEWHERE.match(raw.decode("utf-8", "replace")) or (
                self._portable and raw.startswith(up) and raw[len(up):len(up) + 2] != b".."
                and b" " not in raw):
            self._general(raw, page, known, fresh)
            return True
        return False

    def _path(self, address: bytes) -> tuple[bytes, int]:
        path = address[self._cut :] + b"index.html"
        found = self._paths[address] = path, crc32(path)
        return found

    def _general(
        self, raw: bytes, page: str, known: dict[bytes, bytes], fresh: list[str]
    ) -> None:
        text = unescape((raw[:-2] if raw[-2:-1] == b'"' else raw).decode("utf-8", "replace"))
        links = [text]
        if " " in text and _SET.fullmatch(text):
            links = [part.split()[0] for part in text.split(",")]
        known[raw] = b"".join(self._numbers(page, links, fresh))

    def _numbers(self, page: str, links: Iterable[str], fresh: list[str]) -> Iterator[bytes]:
        for link in links:
            target = resolved(page, link.strip(), self._base)
            if target is None:
                continue
            path, fragment = target
            yield _four(number(path))
            if fragment:
                yield _four(number(path, fragment))
            fresh.append(f"{path}\0{fragment}" if fragment else path)

    def _exact_look(self, page: str, data: bytes, before: bytes | None) -> Look:
        seen = exactly(data.decode("utf-8", "replace"))
        had = exactly(before.decode("utf-8", "replace")) if before is not None else None
        look = Look(page, "".join([f'{mark}"' for mark in dict.fromkeys(seen.ids)]).encode(), b"",
                    [])
        links = list(dict.fromkeys(seen.links))
        look.links = b"".join(self._numbers(page, links, look.fresh))
        if had is not None:
            look.fresh = []
            old = set(had.links)
            b"".join(self._numbers(page, [link for link in links if link not in old], look.fresh))
            look.lost = sorted(set(had.ids) - set(seen.ids))
        self._exact(look, seen)
        return look

    def _exact(self, look: Look, seen: Seen) -> None:
        look.ids = "".join([f'{mark}"' for mark in dict.fromkeys(seen.ids)]).encode()
        look.faults += own_faults(look.page, seen)
        ids = set(seen.ids)
        for link in seen.links:
            target = resolved(look.page, link, self._base)
            if target and link.startswith("#") and target[1] and target[1] not in ids:
                look.faults.append(Fault(look.page, "LK005", look.page, target[1]))
        look.faults = sorted(set(look.faults))


def own_faults(page: str, seen: Seen) -> list[Fault]:
    """Ids that a page has twice, and its pictures without an alternative text."""
    twice = {mark for mark in seen.ids if seen.ids.count(mark) > 1} if (
        len(set(seen.ids)) < len(seen.ids)) else set()
    return sorted({*(Fault(page, "OU009", mark) for mark in twice),
                   *(Fault(page, "OU010", source) for source in seen.bare)})
