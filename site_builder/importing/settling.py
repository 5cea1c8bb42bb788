"""Where the links and pictures of an imported article lead now."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import msgspec

from site_builder.importing import links
from site_builder.importing.candidates import Candidate, Dropped
from site_builder.importing.media import Media
from site_builder.reading.fields import is_web_address
from site_builder.reading.scan import MEDIA

_STRAY = re.compile(r"\bref:[\w/][^\s()\"'<>]*")
_POST_URL = re.compile(r"(?:\d{4}-\d{2}-\d{2}-)?(.+)")


def address_key(path: str) -> str:
    """An old address without what one generator writes and the next leaves out."""
    path = unquote(path.partition("#")[0].partition("?")[0]).casefold()
    return re.sub(r"/(?:index\.html?)?$|\.html?$", "", path) or "/"


class Directory:
    """Which old addresses, source files and names have become which article.

    `base` is the address at which the old site stood; addresses below it are the
    site's own.
    """

    def __init__(self, base: str = "") -> None:
        self.base = base.rstrip("/") + "/" if base else ""
        self._host = _host(base)
        self._prefix = urlsplit(base).path.rstrip("/") if base else ""
        self._addresses: dict[str, str] = {}
        self._files: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def add(self, candidate: Candidate, path: str) -> None:
        """`candidate` is the article at `path` (relative to the site)."""
        for address in candidate.addresses:
            self._addresses.setdefault(address_key(address), path)
        if candidate.url:
            self._addresses.setdefault(
                _host(candidate.url) + address_key(_rest(candidate.url)), path)
            self._addresses.setdefault(address_key(urlsplit(candidate.url).path), path)
        if candidate.file:
            self._files.setdefault(candidate.file, path)
            stem = posixpath.splitext(posixpath.basename(candidate.file))[0]
            if stem in ("index", "_index"):
                stem = posixpath.basename(posixpath.dirname(candidate.file))
            self._names.setdefault(stem.casefold(), path)
            dated = _POST_URL.fullmatch(stem)
            self._names.setdefault(dated[1].casefold() if dated else stem, path)
        if candidate.slug:
            self._names.setdefault(candidate.slug.casefold(), path)

    def own(self, target: str) -> str:
        """The path of an address of the old site (`/a/b/`), or nothing for one of another site."""
        if target.startswith("//"):
            target = "https:" + target
        if not is_web_address(target):
            return target if target.startswith("/") else ""
        if not self._host or _host(target) != self._host:
            return ""
        return (urlsplit(target).path or "/").removeprefix(self._prefix) or "/"

    def find(self, target: str, file: str) -> str:
        """The article that a link leads to, written in the source file `file`; or nothing."""
        if target.startswith("ref:"):
            name = posixpath.splitext(target[4:].partition("#")[0].rstrip("/"))[0]
            whole = self._files.get(target[4:].lstrip("/"))
            last = name.rsplit("/", 1)[-1]
            if last in ("index", "_index"):
                last = posixpath.basename(posixpath.dirname(name))
            return whole or self._names.get(last.casefold(), "")
        if is_web_address(target) or target.startswith("//"):
            found = self._addresses.get(_host(target) + address_key(_rest(target)))
            if found:
                return found
            target = self.own(target)
            if not target:
                return ""
        path = target.partition("#")[0].partition("?")[0]
        if path.startswith("/"):
            return self._addresses.get(address_key(path)) or self._files.get(path[1:], "")
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(path)))
        return self._files.get(beside) or self._files.get(beside + ".md", "")


def settle(
    candidate: Candidate, path: str, directory: Directory, media: Media
) -> Candidate:
    """`candidate` with links to imported articles and to pictures that come along.

    A link to a place of the old site that was not imported leads there still, if its
    address is known; else its words stay and the report says so.
    """
    folder = Path(candidate.folder) if candidate.folder else None
    dropped: list[Dropped] = []
    here = posixpath.dirname(path)

    def judge(target: str, picture: bool) -> str | None:
        target = target.strip()
        if picture or _is_medium(target):
            found = media.find(target, folder)
            if found:
                return found
        if not picture:
            if target.startswith(("#", "mailto:", "tel:")):
                return target
            other = directory.find(target, candidate.file)
            if other:
                fragment = target.partition("#")[2] if target.startswith("#") else ""
                return posixpath.relpath(other, here) + (f"#{fragment}" if fragment else "")
        old = _absolute(target, candidate, directory)
        if old:
            if picture:
                dropped.append(Dropped(0, old, "a picture that stays on another server"))
            return old
        what = "a picture" if picture else "a link"
        dropped.append(Dropped(0, target, f"{what} to something that is not here"))
        return None

    body = links.rewrite(candidate.body, judge)
    if any("link within the archive" in change for change in candidate.changed):
        # what a template made of a name that stands in no link: shown as an address
        body = _STRAY.sub(
            lambda m: _absolute(m[0], candidate, directory) or m[0][len("ref:"):], body)
    image = candidate.image
    if image:
        src = judge(image.src, True)
        image = msgspec.structs.replace(image, src=src) if src else None
    return msgspec.structs.replace(
        candidate, body=body, image=image,
        dropped=(*candidate.dropped, *dict.fromkeys(dropped)),
    )


def _absolute(target: str, candidate: Candidate, directory: Directory) -> str:
    if target.startswith("//"):
        return "https:" + target
    if re.match(r"https?://\S", target, re.IGNORECASE):
        return target
    if target.startswith("ref:") and directory.base and "/" in target:
        path = re.sub(r"(?:(?:^|/)_?index)?\.md$", "", target[4:].partition("#")[0])
        return f"{directory.base}{path.strip('/')}/"
    if target.startswith("ref:") or re.match(r"[a-zA-Z][\w+.-]*:", target):
        return ""
    base = candidate.url or directory.base
    if directory.base and target.startswith("/"):
        return directory.base + target.lstrip("/")
    return urljoin(base, target) if base and is_web_address(urljoin(base, target)) else ""


def _is_medium(target: str) -> bool:
    return posixpath.splitext(urlsplit(target).path)[1].lower() in MEDIA


def _host(url: str) -> str:
    if url.startswith("//"):
        url = "https:" + url
    try:
        return urlsplit(url).netloc.casefold().removeprefix("www.") if "//" in url else ""
    except ValueError:
        return ""


def _rest(url: str) -> str:
    parts = urlsplit("https:" + url if url.startswith("//") else url)
    return parts.path + (f"\0{parts.query}" if parts.query else "")
