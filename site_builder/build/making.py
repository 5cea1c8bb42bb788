"""Planning and rendering groups of pages, in whichever process does the work."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from sys import intern

import msgspec

from site_builder.build.readings import ChangedMeanwhile
from site_builder.cache import GroupRow, PageRow
from site_builder.pages.keys import digest as digests
from site_builder.pages.page_keys import page_key
from site_builder.pages.plan import Group, Planner
from site_builder.pages.sheets import Sheet
from site_builder.problems import Problem
from site_builder.publishing.folder import digest
from site_builder.publishing.leaks import Watch
from site_builder.publishing.scanning import Look, Scanner
from site_builder.rendering.environment import Renderer


class Written(msgspec.Struct, array_like=True, gc=False):
    """One page that was rendered; `staged` when its bytes are not those in the output."""

    path: str
    sum: str
    size: int
    mtime_ns: int
    staged: bool


class Made(msgspec.Struct, array_like=True, gc=False):
    """What making one group gave; `seconds` by template.

    `leaks` are pages (path, sign) that hold a sign of an unpublished article, `looks` what was
    seen in each page of HTML.
    """

    row: GroupRow
    written: list[Written]
    seconds: dict[str, float]
    leaks: tuple[tuple[str, str], ...] = ()
    looks: tuple[Look, ...] = ()


def slim(made: Made) -> None:
    """Drop the looks, which were taken, and hold every path, template and owner once."""
    made.looks = ()
    pages = [msgspec.structs.replace(page, path=intern(page.path), template=intern(page.template),
                                     owner=intern(page.owner)) for page in made.row.pages]
    made.row = msgspec.structs.replace(made.row, pages=tuple(pages))
    for written in made.written:
        written.path = intern(written.path)


class Stage:
    """Puts bytes beside the output unless the output holds them already."""

    def __init__(self, output: Path, stage: Path, old: Mapping[str, str]) -> None:
        self.output, self.stage, self.old = output, stage, old
        self._made: set[str] = set()

    def forget_folders(self) -> None:
        """The stage was published and is gone."""
        self._made.clear()

    def put(self, path: str, data: bytes) -> Written:
        """Stage the file `path` of the output."""
        sum_ = digest(data)
        if self.old.get(path) == sum_:
            try:
                with (self.output / path).open("rb") as file:
                    if file.read() == data:
                        status = os.fstat(file.fileno())
                        return Written(path, sum_, status.st_size, status.st_mtime_ns, False)
            except OSError:
                pass
        target = f"{self.stage}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in self._made:
            _make_folder(folder)
            self._made.add(folder)
        # plain calls: Path and file objects cost twice as much for a small file
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(handle, rest) :]
            status = os.fstat(handle)
        finally:
            os.close(handle)
        return Written(path, sum_, status.st_size, status.st_mtime_ns, True)


def _make_folder(folder: str) -> None:
    try:
        os.mkdir(folder)  # noqa: PTH102
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103


class Job:
    """All that making pages needs. Workers are forks that find it in `current`.

    `known` holds the keys of the pages that stand in the output, intact;
    without a `renderer` pages are planned and not rendered. `last` has the rows of the last
    build's pages, if nothing but what texts say has changed since: no list of articles has.
    """

    def __init__(
        self,
        planner: Planner,
        groups: Sequence[Group],
        *,
        base: str,
        templates: Mapping[str, str],
        known: Mapping[str, str],
        renderer: Renderer | None = None,
        stage: Stage | None = None,
        watch: Watch | None = None,
        scanner: Scanner | None = None,
        last: Mapping[str, PageRow] | None = None,
    ) -> None:
        self.planner, self.groups = planner, groups
        self.base, self.templates, self.known = base, templates, known
        self.renderer, self.stage, self.watch = renderer, stage, watch or Watch(())
        self.scanner, self.last = scanner, last

    def make(self, group: Group) -> Made:
        """Plan a group and render those of its pages whose keys are new."""
        if self.renderer is None and group.kind == "database":
            return Made(GroupRow(group.id, "", ()), [], {})  # making it is all of its planning
        try:
            sheet = self.planner.pages(group, lists=self.last is None)
        except ChangedMeanwhile as changed:
            problem = Problem(str(changed), 0, 0, "RD006", "the file was changed during the build",
                              "build again")
            return Made(GroupRow(group.id, "", (), (), (problem,)), [], {})
        return self.make_sheet(group.id, group.fingerprint, sheet)

    def make_sheet(self, id: str, fingerprint: str, sheet: Sheet) -> Made:
        """Render those pages of a sheet whose keys are new."""
        rows, written, leaks, looks = [], [], [], []
        seconds: dict[str, float] = {}
        for page in sheet.pages:
            if page.stays and self.last is not None:
                rows.append(self.last[page.path])
                continue
            template = self.templates.get(page.template, "")
            if fingerprint and page.body:  # an article's page is all that its group is made from
                key = digests(page.url, template, self.base, fingerprint)
            else:
                key = page_key(page.url, template, self.base, page.context)
            rows.append(PageRow(page.path, page.url, page.template, key, page.owner, page.line,
                                page.lastmod))
            if self.renderer is None or self.stage is None or self.known.get(page.path) == key:
                continue
            started = time.perf_counter()
            data = self.renderer.render(page.template, page.context, page.url, page.body)
            written.append(self.stage.put(page.path, data))
            if self.scanner is not None and page.path.endswith(".html"):
                looks.append(self.scanner.look(
                    page.path, data, page.template,
                    self._before(page.path, data if not written[-1].staged else None)))
            if self.watch:
                leaks += [(page.path, sign) for sign in sorted(self.watch.found(data))]
            spent = time.perf_counter() - started
            seconds[page.template] = seconds.get(page.template, 0.0) + spent
        row = GroupRow(id, fingerprint, tuple(rows), tuple(sorted(sheet.media)),
                       tuple(sheet.problems), tuple(sorted(sheet.told)),
                       tuple(sorted(sheet.soft)))
        return Made(row, written, seconds, tuple(leaks), tuple(looks))

    def _before(self, path: str, same: bytes | None) -> bytes | None:
        """A page that is about to be replaced, if it is as the last build left it."""
        if path not in self.known or self.stage is None:
            return None
        if same is not None:
            return same
        try:
            return (self.stage.output / path).read_bytes()
        except OSError:
            return None


current: Job | None = None
"""The job of this build; set before workers fork."""


def make_span(span: tuple[int, int]) -> bytes:
    """Runs in a worker: groups by number to a MessagePack list of `Made`."""
    job = current
    assert job is not None
    return msgspec.msgpack.encode([job.make(group) for group in job.groups[span[0] : span[1]]])


def spans(groups: Sequence[Group], weight: Callable[[Group], int]) -> list[tuple[int, int]]:
    """Cut groups into parts of about equal weight."""
    parts, start, heavy = [], 0, 0
    for place, group in enumerate(groups):
        heavy += weight(group)
        if heavy >= 50:
            parts.append((start, place + 1))
            start, heavy = place + 1, 0
    if start < len(groups):
        parts.append((start, len(groups)))
    return parts
