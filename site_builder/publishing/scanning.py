"""Ids, links and pictures of a page of HTML: exactly, or fast and hardly ever wrong.

`Scanner` looks at every page while it is made. It knows how the templates of
this program write attributes, and takes a link that a text only shows for a
real one; so what it suspects is looked at again by `exactly`, which reads
HTML as browsers do (HTML Living Standard, 13.2.5).
"""

from __future__ import annotations

import posixpath
import re
from array import array
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import unquote
from zlib import crc32

import msgspec

_RAW: Final = frozenset(
    "script style textarea title xmp iframe noembed noframes plaintext".split())
_START: Final = re.compile(
    r"<!--.*?(?:-->|--!>|\Z)|<([a-zA-Z][^\s/>]*)"
    r"((?:\s+[^\s=<>\"'/]+(?:=\"[^\"]*\")?)++\s*/?(?=>)|"  # as nearly all are
    r"(?:[^>\"'=]++|=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"'][^\s>]*)?|[\"'])*+)>", re.DOTALL)
_ATTRIBUTE: Final = re.compile(
    r"([^\s\"'>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"'][^\s>]*)))?")
_WANTED: Final = re.compile(r"(?i)href|src|id\s*=")
_ELSEWHERE: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")

_FOUND: Final = re.compile(
    rb'="(?<=(?:ref|src|set| id)=")'
    rb'((?<=f=")(?!data:|https?:)[^"]*|(?<=d=")[^"]*"|(?<=cset=")[^"]*'
    rb'|(?<= src=")(?!data:|https?:)[^"]*".)', re.DOTALL)
"""A link as it is; the address of a picture or a script with two characters more; an id with
the quote that ends it. One pattern that starts with two fixed letters: three times as fast as
one for whole tags."""
_BARE: Final = re.compile(rb"<img(?![^>]* alt[ =>])")
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
    place, last = 0, text.rfind(">") + 1  # without one, every tag would be looked for to the end
    while (match := _START.search(text, place, last)) is not None:
        place = match.end()
        tag, written = match.groups()
        if not tag or (not written and len(tag) < 3):
            continue
        tag = tag.lower()
        if tag in _RAW:
            end = re.compile(rf"</{tag}[\s/>]", re.IGNORECASE).search(text, place)
            place = end.start() if end else len(text)
        if not written or (tag != "img" and not _WANTED.search(written)):
            continue
        attributes: dict[str, str] = {}
        for name, *values in _ATTRIBUTE.findall(written):
            attributes.setdefault(name.lower(), unescape("".join(values)))
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


def ids_in(page: Path) -> set[str]:
    """The ids of a page that was built. Raises OSError when it cannot be read."""
    return set(exactly(page.read_text("utf-8", "replace")).ids)


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
    base = unquote(base)  # as links are compared here
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


def form(target: str, fragment: str, base: str) -> bytes:
    """How this program writes a link to a target, in a site that is not portable."""
    if not target.startswith("/"):
        if target == "index.html" or target.endswith("/index.html"):
            target = target[:-10]
        target = f"{base}/{target}"
    return (f"{target}#{fragment}" if fragment else target).encode("utf-8", "replace")


class Fault(msgspec.Struct, frozen=True, order=True, array_like=True):
    """One thing that is wrong with one page: a link to `target`, an id, or a picture."""

    page: str
    code: str
    target: str
    fragment: str = ""


_HELD: Final = 200_000
"""So many links are known to have been seen; others may be called fresh again."""


class Look(msgspec.Struct, array_like=True, gc=False):
    """What the look at one page gave.

    `ids` stand between quotes. `links` are checksums (CRC-32) of its links as `form` has them,
    of those to the site itself that are written in another way as they are written. `fresh`
    are the links that this scanner had not seen before. `lost` are ids that the page had until
    now. `faults` are those that the page alone shows.
    """

    page: str
    ids: bytes
    links: bytes
    fresh: list[bytes]
    faults: tuple[Fault, ...] = ()
    lost: tuple[str, ...] = ()

    def has(self, fragment: bytes) -> bool:
        """Whether something in the page has this id."""
        return b'"%b"' % fragment in self.ids


class Scanner:
    """Looks at pages. One lives in each worker; what it gives of a page depends on that alone.

    `unusual` are templates whose pages are read exactly at once.
    """

    def __init__(self, base: str, *, portable: bool, unusual: Iterable[str] = ()) -> None:
        self._base, self._portable = base, portable
        self.unusual = frozenset(unusual)
        self._seen: set[bytes] = set()
        self._sources: set[bytes] = set()
        self._forms: dict[int, dict[bytes, bytes]] = {}

    def look(
        self, page: str, data: bytes, template: str = "", before: bytes | None = None
    ) -> Look:
        """Look at the bytes of a page; `before` are those that it had until now.

        With them only links that it did not have are `fresh`.
        """
        if len(self._seen) > _HELD:
            self._seen.clear()
        if template in self.unusual:
            return self._exact_look(page, data, before)
        found = _FOUND.findall(data)
        every = set(found)
        ids: list[bytes] = []
        own: list[bytes] = []
        fresh: list[bytes] = []
        relative: list[bytes] = []
        for raw in every - self._seen:
            if raw[-1:] == b'"':
                ids.append(raw)
            elif raw[:1] == b"#":
                own.append(raw)
            elif raw[:1] == b"/":
                fresh.append(raw)
                if raw[-2:-1] == b'"':
                    self._sources.add(raw)
            elif raw[-2:-1] == b'"':
                self._sources.add(raw)
                relative.append(raw)
            elif not self._elsewhere(raw):
                relative.append(raw)
        shared = every.difference(ids, own, relative)
        if relative:
            here = self._forms_of(page, relative)
            fresh += here - shared - self._seen
            shared |= here
        look = Look(page, b'"%b' % b"".join(ids), _sums(shared), fresh)
        if before is None:
            self._seen.update(fresh)
        else:
            self._compare(look, every, set(_FOUND.findall(before)))
        sources = self._sources & every
        if (
            # an id or a picture twice
            (b"".join(found).count(b'"') != len(ids) + len(sources)
             and len([raw for raw in found if raw[-1:] == b'"']) != len(ids))
            or not every.issuperset([raw[1:] + b'"' for raw in own])
            or (any(b".js" not in raw for raw in sources) and _BARE.search(data))
            or b"&" in look.ids
        ):
            self._exact(look, exactly(data.decode("utf-8", "replace")))
        return look

    def _elsewhere(self, raw: bytes) -> bool:
        if raw and not _ELSEWHERE.match(raw.decode("utf-8", "replace")):
            return False
        self._seen.add(raw)
        return True

    def _forms_of(self, page: str, raws: Iterable[bytes]) -> set[bytes]:
        """Relative links as `form` has them."""
        # in a portable site, what leads up to the root means the same on one level
        up = b"../" * page.count("/") if self._portable else b"\0"
        known = self._forms.setdefault(len(up), {})
        found: set[bytes] = set()
        for raw in raws:
            one = known.get(raw)
            if one is None:
                targets = [resolved(page, link, self._base) for link in links_in(raw)]
                forms = [form(*target, self._base) for target in targets if target]
                found.update(forms)
                if len(forms) == 1 and raw.startswith(up) and raw[len(up):len(up) + 1] != b".":
                    known[raw] = forms[0]
            else:
                found.add(one)
        return found

    def _compare(self, look: Look, every: set[bytes], had: set[bytes]) -> None:
        look.lost = tuple(sorted(
            unescape(raw[:-1].decode("utf-8", "replace")) for raw in had - every
            if raw[-1:] == b'"'))
        if look.fresh:
            had |= self._forms_of(look.page, [
                raw for raw in had if raw[:1] not in b'/#' and raw[-1:] != b'"'
                and not self._elsewhere(raw)])
            look.fresh = [raw for raw in look.fresh if raw not in had]

    def _exact_look(self, page: str, data: bytes, before: bytes | None) -> Look:
        seen = exactly(data.decode("utf-8", "replace"))
        links = self._exact_forms(page, seen)
        look = Look(page, b"", _sums(links), list(links - self._seen))
        if before is None:
            self._seen.update(links)
        else:
            had = exactly(before.decode("utf-8", "replace"))
            look.fresh = list(links - self._exact_forms(page, had))
            look.lost = tuple(sorted(set(had.ids) - set(seen.ids)))
        self._exact(look, seen)
        return look

    def _exact_forms(self, page: str, seen: Seen) -> set[bytes]:
        targets = {resolved(page, link, self._base) for link in seen.links
                   if not link.startswith("#")}
        return {form(*target, self._base) for target in targets if target}

    def _exact(self, look: Look, seen: Seen) -> None:
        ids = dict.fromkeys(seen.ids)
        look.ids = "".join(['"', *[f'{mark}"' for mark in ids]]).encode()
        faults = own_faults(look.page, seen)
        for link in seen.links:
            target = resolved(look.page, link, self._base) if link.startswith("#") else None
            if target and target[1] and target[1] not in ids:
                faults.append(Fault(look.page, "LK005", *target))
        look.faults = tuple(sorted(set(faults)))


def links_in(raw: bytes) -> list[str]:
    """The links that one piece of a page holds, as `Scanner` found it."""
    text = unescape((raw[:-2] if raw[-2:-1] == b'"' else raw).decode("utf-8", "replace")).strip()
    return [part.split()[0] for part in text.split(",")] if _SET.fullmatch(text) else [text]


def _sums(links: Iterable[bytes]) -> bytes:
    return array("I", map(crc32, links)).tobytes()


def own_faults(page: str, seen: Seen) -> list[Fault]:
    """Ids that a page has twice, and its pictures without an alternative text."""
    twice = {mark for mark in seen.ids if seen.ids.count(mark) > 1} if (
        len(set(seen.ids)) < len(seen.ids)) else set()
    return sorted({*(Fault(page, "OU009", mark) for mark in twice),
                   *(Fault(page, "OU010", source) for source in seen.bare)})
