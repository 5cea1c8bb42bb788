"""The look at the built pages in the build itself.

Whoever makes a page looks at it (`publishing.scanning`). What it links to is compared with
all pages here, when they are there. An unchanged page is looked at again only when something
that it links to has vanished; what was wrong with it is told again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from site_builder import cache
from site_builder.build import digests
from site_builder.build.linkage import Extent, Linkage
from site_builder.build.making import Made, Stage
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
    number,
    resolved,
    usual,
)
from site_builder.reading.scan import SourceFile


class Remembered(msgspec.Struct, array_like=True):
    """What the next build is told.

    `unusual` are templates whose pages are read exactly, `copied` pages that are static files.
    """

    faults: list[Fault]
    unusual: list[str]
    copied: list[str]
    links: Extent


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
        path: Path, *, portable: bool, damaged: set[str],
    ) -> None:
        self._base, self._stage, self._damaged = config.base_path, stage, damaged
        self._broken_links = Severity(config.checks.broken_links)
        self._memory, self._old = memory, recalled(memory)
        self._linkage = Linkage(
            path.with_suffix(".links"), self._old.links if self._old else Extent())
        self._unusual = digests.using(folders, lambda text: not usual(text))
        # a file that is copied has no template, and may be written in any way
        self.scanner = Scanner(config.base_path, portable=portable, unusual=[
            "", *self._unusual, *(self._old.unusual if self._old else ())])
        self._files: set[str] = set()
        self._looks: dict[str, Look] = {}
        self._copies: dict[str, Path] = {}
        self._ids: dict[str, frozenset[str]] = {}
        self._faults: list[Fault] = []
        self._kept: set[str] = set()

    def problems(
        self, rows: Sequence[GroupRow], made: Iterable[Made], files: set[str],
        copies: Mapping[str, tuple[Path, SourceFile]],
    ) -> list[Problem]:
        """What is wrong with any page.

        `files` are all output paths, `copies` those that are static files, with where they lie.
        """
        self._files = files
        self._copies = {path: place for path, (place, _) in copies.items()
                        if path.endswith(".html")}
        self._looks = {look.page: look for result in made for look in result.looks}
        for path, place in self._copies.items():
            if not self._is_kept(path, copies[path][1]):
                self._looks[path] = self.scanner.look(path, place.read_bytes())
        templates = {page.path: page.template for row in rows for page in row.pages
                     if page.path.endswith(".html")}
        self._kept = (templates.keys() | self._copies.keys()) - self._looks.keys()
        gone = self._gone()
        suspects: set[str] | None = set()
        if self._kept and (gone or self._old is None):
            suspects = self._linkage.pages(gone) if self._old else None
        if suspects is None:  # nothing is known: as if all pages were new
            for path in sorted(self._kept):
                self._looks[path] = self.scanner.look(
                    path, self._read(path), templates.get(path, ""))
            self._kept, suspects, self._old = set(), set(), None
        self._faults = self._judged(gone, suspects & self._kept)
        return inspecting.problems(
            self._faults, origins(rows, self._copies), self._broken_links)

    def _is_kept(self, path: str, file: SourceFile) -> bool:
        memory = self._memory
        return (memory is not None and memory.assets.get(path) == file
                and path not in self._damaged and path in memory.files
                and cache.settled(file, memory.started_ns))

    def _gone(self) -> set[int]:
        """Numbers of what is not there any more, or may not be."""
        if self._memory is None:
            return set()
        gone = {number(path) for path in self._memory.files.keys() - self._files}
        for look in self._looks.values():
            gone.update([number(look.page, mark) for mark in look.lost])
            if look.page in self._damaged or look.page in self._copies:
                gone.add(number(look.page))  # which ids it had is not known
        return gone

    def _judged(self, gone: set[int], suspects: set[str]) -> list[Fault]:
        found: set[Fault] = set()
        asked: set[tuple[str, str]] = set()
        for look in self._looks.values():
            found.update(look.faults)
            for link in look.fresh:
                target, _, fragment = link.partition("\0")
                asked.add((target, fragment))
        for fault in self._old.faults if self._old else ():
            if not fault.code.startswith("LK"):
                found.update([fault] if fault.page in self._kept else ())
            elif code := self._verdict(fault.target, fault.fragment):
                asked.add((fault.target, fault.fragment))
                if fault.page in self._kept:
                    found.add(msgspec.structs.replace(fault, code=code))
        wanted = set(gone)
        for target, fragment in asked:
            code = self._verdict(target, fragment)
            if code:
                wanted.add(number(target, fragment if code == "LK005" else ""))
        if wanted:
            suspects |= {look.page for look in self._looks.values()
                         if not wanted.isdisjoint(memoryview(look.links).cast("I"))}
        for page in suspects:
            for link in exactly(self._read(page).decode("utf-8", "replace")).links:
                target_of = resolved(page, link, self._base)
                if target_of and (code := self._verdict(*target_of)):
                    found.add(Fault(page, code, *target_of))
        return sorted(found)

    def _verdict(self, target: str, fragment: str) -> str:
        if target not in self._files:
            return "LK006"
        if not fragment or not target.endswith(".html"):
            return ""
        look = self._looks.get(target)
        if look is not None and look.has(fragment):
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
        extent = self._linkage.keep(
            self._looks.values(), self._kept | self._looks.keys(), anew=not self._kept)
        return msgspec.Raw(msgspec.msgpack.encode(Remembered(
            self._faults, sorted(self._unusual), sorted(self._copies), extent)))


def origins(rows: Iterable[GroupRow], copies: Iterable[str]) -> dict[str, Origin]:
    """Where each page comes from."""
    found = {
        page.path: Origin(page.owner if "/" in page.owner else page.path, row.told, row.soft)
        for row in rows for page in row.pages if page.path.endswith(".html")}
    found.update({path: Origin(f"static/{path}", copied=True) for path in copies})
    return found
