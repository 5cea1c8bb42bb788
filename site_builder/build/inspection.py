"""The look at the built pages in the build itself.

Whoever makes a page looks at it (`publishing.scanning`). What it links to is compared with
all pages here, when they are there. An unchanged page is looked at again only when something
that it links to has vanished; what was wrong with it is told again.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from functools import partial
from pathlib import Path
from zlib import crc32

import msgspec

from site_builder import cache
from site_builder.build import digests
from site_builder.build.linkage import Extent, Linkage
from site_builder.build.making import Stage
from site_builder.cache import GroupRow, Output
from site_builder.config import SiteConfig
from site_builder.problems import Problem, Severity
from site_builder.publishing import inspecting
from site_builder.publishing.inspecting import Origin
from site_builder.publishing.scanning import (
    Fault,
    Look,
    Scanner,
    exactly,
    form,
    ids_in,
    links_in,
    resolved,
    usual,
)
from site_builder.reading.scan import SourceFile


class Remembered(msgspec.Struct, array_like=True):
    """What the next build is told.

    `unusual` are templates whose pages are read exactly, `copied` pages that are static files.
    `odd` are links in another form than `scanning.form` has, with target and fragment.
    """

    faults: list[Fault]
    unusual: list[str]
    copied: list[str]
    links: Extent
    odd: list[tuple[bytes, str, str]]


def recalled(memory: Output | None) -> Remembered | None:
    """What the last build told, or None."""
    try:
        return msgspec.msgpack.decode(memory.inspected, type=Remembered) if memory else None
    except msgspec.MsgspecError:
        return None


class Inspection:
    """The look at one site. `memory` is the last build's where pages of it were kept."""

    def __init__(
        self, config: SiteConfig, folders: list[Path], memory: Output | None, stage: Stage,
        path: Path, templates: Mapping[str, str], *, portable: bool, damaged: set[str],
        had: Mapping[str, set[str]] = {},
    ) -> None:
        """`templates` have a digest each.

        `had` are the ids of pages that were made anew since, while `memory` held.
        """
        self._base, self._stage, self._damaged, self._had = config.base_path, stage, damaged, had
        self._broken_links = Severity(config.checks.broken_links)
        self._memory, self._old = memory, recalled(memory)
        self._linkage = Linkage(
            path.with_suffix(".links"), self._old.links if self._old else Extent())
        if self._old and memory and memory.templates == templates:
            self._unusual = self._old.unusual
        else:
            free = config.markdown.raw_html  # then a text, too, may be written in any way
            self._unusual = digests.using(folders, lambda text: free or not usual(text))
        # a file that is copied has no template, and may be written in any way
        unusual = ["", *self._unusual, *(self._old.unusual if self._old else ())]
        self._scanner = partial(Scanner, config.base_path, portable=portable, unusual=unusual)
        self.scanner = self._scanner()
        self._files: set[str] = set()
        self._looks: dict[str, Look] = {}
        self._at: dict[bytes, Look] = {}  # by address, as links have it
        self._waiting: set[bytes] = set()  # links to what has not been seen so far
        self._copies: dict[str, Path] = {}
        self._ids: dict[str, frozenset[str]] = {}
        self._odd: dict[tuple[str, str], set[bytes]] = {}
        for raw, target, fragment in self._old.odd if self._old else ():
            self._odd.setdefault((target, fragment), set()).add(raw)
        self._faults: list[Fault] = []

    def take(self, looks: Iterable[Look]) -> None:
        """Note what was seen in pages; their links to pages that were seen are settled."""
        some = list(looks)
        top = self._base.encode() + b"/"
        for look in some:
            self._looks[look.page] = look
            if look.page == "index.html" or look.page.endswith("/index.html"):
                self._at[top + look.page[: -len("index.html")].encode()] = look
        for look in some:
            self._waiting.update([raw for raw in look.fresh if not self._leads(raw)])
            look.fresh = []

    def _leads(self, raw: bytes) -> bool:
        address, _, fragment = raw.partition(b"#")
        look = self._at.get(address)
        return look is not None and (not fragment or look.has(fragment))

    def problems(
        self, rows: Iterable[GroupRow], files: set[str],
        copies: Mapping[str, tuple[Path, SourceFile]],
    ) -> list[Problem]:
        """What is wrong with any page; those that were made have been given to `take`.

        `files` are all output paths, `copies` those that are static files, with where they lie.
        """
        self._files = files
        self._copies = {path: place for path, (place, _) in copies.items()
                        if path.endswith(".html")}
        for path, place in self._copies.items():
            if not self._is_kept(path, copies[path][1]):
                self.take([self.scanner.look(path, place.read_bytes())])
        # without a memory every page was made anew just now, and has been looked at
        gone = self._gone() if self._old or self._memory is None else None
        suspects: set[str] | None = set()
        if gone != set():
            suspects = self._linkage.pages(self._sums(gone)) if gone else None
        if suspects is None:  # nothing is known: as if all pages were new
            self._look_at_all(rows)
        self._faults = self._judged(gone or set(), {
            page for page in suspects or () if self._is_old(page)})
        if not self._faults:
            return []
        wrong = {fault.page for fault in self._faults}
        return inspecting.problems(
            self._faults, origins(rows, self._copies, wrong), self._broken_links)

    def _look_at_all(self, rows: Iterable[GroupRow]) -> None:
        # those made anew as well: whoever made them told what they did not have before
        templates = {page.path: page.template for row in rows for page in row.pages
                     if page.path.endswith(".html")}
        scanner = self._scanner()
        for path in sorted(templates.keys() | self._copies.keys()):
            self.take([scanner.look(path, self._read(path), templates.get(path, ""))])
        self._old = None

    def _is_kept(self, path: str, file: SourceFile) -> bool:
        memory = self._memory
        return (memory is not None and memory.assets.get(path) == file
                and path not in self._damaged and path in memory.files
                and cache.settled(file, memory.started_ns))

    def _gone(self) -> set[tuple[str, str]] | None:
        """What is not there any more, as output path and id; None when that is not known."""
        gone: set[tuple[str, str]] = set()
        if self._memory is None:
            return gone
        for path in self._memory.files.keys() - self._files:
            gone.add((path, ""))
            if path.endswith(".html"):
                marks = self._marks_before(path)
                if marks is None:
                    return None
                gone.update([(path, mark) for mark in marks])
        for look in self._looks.values():
            if look.page in self._damaged or look.page in self._copies:
                marks = self._marks_before(look.page)
                if marks is None:
                    return None
                gone.update([(look.page, mark) for mark in marks if not _has(look, mark)])
            else:
                gone.update([(look.page, mark) for mark in look.lost])
        return gone

    def _marks_before(self, path: str) -> set[str] | None:
        """The ids of a page as the last build left it; None when it was changed since."""
        assert self._memory is not None
        if path not in self._memory.files:
            return set()
        if path in self._damaged and path not in self._had:
            return None
        try:
            return ids_in(Path(self._stage.output, path)) | self._had.get(path, set())
        except OSError:
            return None

    def _judged(self, gone: set[tuple[str, str]], suspects: set[str]) -> list[Fault]:
        found: set[Fault] = set()
        wanted = self._sums(gone)
        for look in self._looks.values():
            if look.faults:
                found.update(look.faults)
        for raw in self._waiting:
            if not self._leads(raw) and self._is_broken(raw):
                wanted.add(crc32(raw))
        for fault in self._old.faults if self._old else ():
            if not fault.code.startswith("LK"):
                found.update([fault] if self._is_old(fault.page) else ())
            elif code := self._verdict(fault.target, fault.fragment):
                wanted |= self._sums([(fault.target, fault.fragment)])
                if self._is_old(fault.page):
                    found.add(msgspec.structs.replace(fault, code=code))
        if wanted:
            suspects |= {look.page for look in self._looks.values()
                         if not wanted.isdisjoint(memoryview(look.links).cast("I"))}
        for page in suspects:
            for link in exactly(self._read(page).decode("utf-8", "replace")).links:
                target = resolved(page, link, self._base)
                if target and (code := self._verdict(*target)):
                    found.add(Fault(page, code, *target))
        return sorted(found)

    def _is_old(self, page: str) -> bool:
        return page in self._files and page not in self._looks

    def _is_broken(self, raw: bytes) -> bool:
        """Whether a link as `Scanner` found it leads nowhere; one in another form is noted."""
        broken = False
        for link in links_in(raw):
            target = resolved("", link, self._base)
            if target is not None:
                if form(*target, self._base) != raw:
                    self._odd.setdefault(target, set()).add(raw)
                broken |= bool(self._verdict(*target))
        return broken

    def _sums(self, targets: Iterable[tuple[str, str]]) -> set[int]:
        """What stands for links to these in a `Look`."""
        found: set[int] = set()
        for target in targets:
            found.add(crc32(form(*target, self._base)))
            found.update([crc32(raw) for raw in self._odd.get(target, ())])
        return found

    def _verdict(self, target: str, fragment: str) -> str:
        if target not in self._files:
            return "LK006"
        if not fragment or not target.endswith(".html"):
            return ""
        look = self._looks.get(target)
        if look is not None and _has(look, fragment):
            return ""
        if target not in self._ids:
            self._ids[target] = frozenset(
                exactly(self._read(target).decode("utf-8", "replace")).ids)
        return "" if fragment in self._ids[target] else "LK005"

    def _read(self, page: str) -> bytes:
        """A page as it will be published."""
        if page in self._copies:
            return self._copies[page].read_bytes()
        try:
            return Path(self._stage.stage, page).read_bytes()
        except OSError:
            return Path(self._stage.output, page).read_bytes()

    def remember(self) -> msgspec.Raw:
        """What the next build has to know."""
        extent = self._linkage.keep(self._looks.values(), self._files, anew=self._old is None)
        return msgspec.Raw(msgspec.msgpack.encode(Remembered(
            self._faults, sorted(self._unusual), sorted(self._copies), extent,
            sorted((raw, *target) for target, raws in self._odd.items() for raw in raws))))


def _has(look: Look, fragment: str) -> bool:
    return look.has(fragment.encode("utf-8", "replace"))


def origins(
    rows: Iterable[GroupRow], copies: Iterable[str], pages: Container[str]
) -> dict[str, Origin]:
    """Where each of these pages comes from."""
    found = {
        page.path: Origin(page.owner if "/" in page.owner else page.path, row.told, row.soft)
        for row in rows for page in row.pages if page.path in pages}
    found.update({path: Origin(f"static/{path}", copied=True) for path in copies})
    return found
