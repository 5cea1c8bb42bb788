"""One run of the pipeline: scan → read → find → index → plan → render → publish."""

from __future__ import annotations

import gc
import os
import shutil
import time
from collections.abc import Callable, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from site_builder import cache
from site_builder.build import digests
from site_builder.build.folders import memory_path
from site_builder.build.planning import theme_folders
from site_builder.build.records import at_odds, reading_generation
from site_builder.build.report import Options, Report
from site_builder.build.showing import now, published, say_future, static_files
from site_builder.build.sources import FEW, Progress, Sources, read_all
from site_builder.build.workers import workers
from site_builder.cache import FOLDER as CACHE_FOLDER
from site_builder.cache import GroupRow, Output
from site_builder.config import SiteConfig
from site_builder.indexing.related import Nearest
from site_builder.model import Article, Picture
from site_builder.pages.keys import digest
from site_builder.problems import Problems
from site_builder.publishing.folder import OutputFolder
from site_builder.publishing.hosting import near_limits
from site_builder.publishing.vanishing import vanished
from site_builder.reading import ledger
from site_builder.reading.scan import Listing, SourceFile

if TYPE_CHECKING:
    from site_builder.build.inspection import Inspection
    from site_builder.build.making import Job, Made, Stage, Written
    from site_builder.build.pictures import Album, Files
    from site_builder.build.texts import Texts
    from site_builder.finding.people import PeopleResolver
    from site_builder.pages.plan import Group, Planner


class Run:
    """One run of the pipeline; afterwards it holds what the run knew, for `build.session`."""

    def __init__(
        self, options: Options, site: Path, config: SiteConfig, output: Path,
        folder: OutputFolder | None, progress: Progress,
    ) -> None:
        self.options, self.site, self.config = options, site, config
        self.output, self.folder, self.progress = output, folder, progress
        self.problems = Problems()
        self.workers = workers(options.executor, options.jobs)
        self.memory_path = memory_path(site, output)
        self.started = self.clock = time.perf_counter()
        self.timings: list[tuple[str, float]] = []
        self.shortcut = True
        self.settled = False
        self.job: Job | None = None
        self.texts: Texts | None = None
        self.people: PeopleResolver | None = None
        self.album: Album | None = None
        self.rows: list[GroupRow] = []
        self.new: Output | None = None
        self.inspection: Inspection | None = None
        self.had: dict[str, set[str]] = {}

    def run(self) -> Report:
        """Everything, or as little as is needed."""
        gc.disable()  # what is read now stays: there is nothing to collect
        try:
            return self._run_all()
        finally:
            gc.enable()

    def _run_all(self) -> Report:
        looked = time.time_ns()
        program = digests.program()
        self.generation = reading_generation(self.config, program)
        listing = Listing(self.site, self.problems)
        media = listing.media()
        sources = read_all(
            self.site, self.config, self.generation, self.workers,
            self.problems, keep=self.folder is not None, progress=self.progress, listing=listing,
        )
        self._lap("reading")
        templates = digests.templates(theme_folders(self.site, "templates"))
        statics = static_files(self.site, self.problems)
        options = self.options
        base = digest(program, msgspec.json.encode(self.config), str(options.portable))
        inputs = digest(
            base, *templates.values(), *(f"{k}" for k in templates), f"{options.drafts}",
            f"{options.future}", f"{options.keep_going}",
            msgspec.msgpack.encode([[path, file] for path, (_, file) in statics.items()]),
            msgspec.msgpack.encode(list(media.values())), ledger.data(self.site, self.config),
        )
        memory = cache.load(self.memory_path, Output)
        old = self.folder.manifest() if self.folder else {}
        damaged = damaged_of(self.output, memory, old) if self.folder else set()
        clock = now()
        self.settled = (
            self.shortcut and memory is not None and self.folder is not None and not damaged
            and memory.inputs == inputs
            and memory.since <= clock and (clock < memory.until or not memory.until)
            and set(memory.files) == set(old)
        )
        if self.settled and memory is not None and memory.sources == sources.digest:
            self._lap("comparing")
            known = msgspec.msgpack.decode(memory.report, type=Report)
            return msgspec.structs.replace(
                known, changed=(), removed=(), seconds=self.clock - self.started,
                timings=tuple(self.timings), slowest=())
        self.problems.extend(sources.problems())
        shown, left_out, since, until = published(sources, options, clock)
        say_future(shown, clock, self.problems)
        gc.freeze()
        if not sources.edits or len(sources.edits) > FEW:  # else there is little to make
            gc.enable()
        try:
            return self._make(
                sources, shown, left_out, memory, old, damaged, base, templates, statics, media,
                Output(inputs, sources.digest, "", looked, since, until, templates,
                       msgspec.Raw(b"\x90"), {}, {}, ("", []), msgspec.Raw(b"\xc0"),
                       self.config.base_path),
            )
        finally:
            gc.unfreeze()

    def look(self) -> tuple[Planner, PeopleResolver, dict[str, Path]]:
        """Everything but making pages; the static files by output path."""
        self.generation = reading_generation(self.config, digests.program())
        listing = Listing(self.site, self.problems)
        media = listing.media()
        sources = read_all(self.site, self.config, self.generation, self.workers, self.problems,
                           keep=False, progress=self.progress, listing=listing)
        self.problems.extend(sources.problems())
        statics = static_files(self.site, self.problems)
        shown, _, _, _ = published(sources, self.options, now())
        planner = self._planner(sources, shown, statics, media, None, None)
        assert self.people is not None
        return planner, self.people, {path: place for path, (place, _) in statics.items()}

    def _lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.timings.append((stage, now - self.clock))
        self.clock = now

    def _make(
        self, sources: Sources, shown: list[Article], left_out: list[tuple[str, str]],
        memory: Output | None, old: dict[str, str], damaged: set[str], base: str,
        templates: dict[str, str], statics: Files,
        media: dict[str, SourceFile], new: Output,
    ) -> Report:
        from site_builder.build import crawling, planning, secrecy
        from site_builder.build.addresses import Ledger
        from site_builder.build.assets import fingerprinted
        from site_builder.build.claims import Claims
        from site_builder.build.making import Job, Stage

        assets = fingerprinted(theme_folders(self.site, "templates"), statics)
        statics |= {name[1:]: statics[plain[1:]] for plain, name in assets.items()}
        planner = self._planner(sources, shown, statics, media, memory, new)
        if self.options.keep_going:
            homeless = self._without_address(planner.site.urls)
            if homeless:
                left_out += homeless.items()
                shown = [a for a in shown if a.path not in homeless]
                planner = self._planner(sources, shown, statics, media, memory, new)
        archive = planner.site.archive
        kept = self.site / CACHE_FOLDER / "nearest.msgpack"
        before = cache.load(kept, Nearest)
        if before is None or before.made_by != digests.program():
            before = Nearest(digests.program())
        archive.nearest = before
        new.base = digest(base, msgspec.msgpack.encode(
            [planner.menu(), planner.footer(), list(assets.items()),
             [(p.id, p.names, p.searchable, p.hidden, p.withhold) for p in archive.hidden]]))
        same_base = memory is not None and memory.base == new.base
        known_rows = {row.id: row for row in memory.rows()} if memory and same_base else {}
        quick = self._edited(planner, sources, memory, known_rows)
        groups = list(planner.groups()) if quick is None else quick
        if self.folder is not None and archive.nearest is not before:
            cache.save(kept, archive.nearest)
        self._lap("indexing")
        stale = {name for name, mark in templates.items()
                 if memory is None or memory.templates.get(name) != mark}
        rows: dict[str, GroupRow] = {}
        todo: list[Group] = []
        for group in groups:
            row = known_rows.get(group.id)
            if row is not None and group.fingerprint and row.fingerprint == group.fingerprint \
                    and not any(p.template in stale or p.path in damaged for p in row.pages):
                rows[group.id] = row
            else:
                todo.append(group)
        errors = bool(self.problems.errors) and not self.options.keep_going
        renderer = stage = None
        if self.folder is not None and not errors:
            renderer = planning.renderer(
                self.site, self.config, planner, self.options.portable, assets)
            stage = Stage(self.output, self.folder.stage, old)
        known = {page.path: page.key for row in known_rows.values() for page in row.pages
                 if page.path not in damaged}
        watch = secrecy.watch(planner, sources, shown) if stage else None
        if stage is not None:
            from site_builder.build.inspection import Inspection

            self.inspection = Inspection(
                self.config, theme_folders(self.site, "templates"), memory if known_rows else None,
                stage, self.memory_path, templates, portable=self.options.portable,
                damaged=damaged, had=self.had)
        job = Job(planner, todo, base=new.base, templates=templates, known=known,
                  renderer=renderer, stage=stage, watch=watch,
                  scanner=self.inspection.scanner if self.inspection else None)
        made = self._run(job, sources, shown)
        spent: dict[str, float] = {}
        for result in made:
            rows[result.row.id] = result.row
            for name, seconds in result.seconds.items():
                spent[f"templates/{name}"] = spent.get(f"templates/{name}", 0.0) + seconds
        ledger = Ledger(self.site)
        if quick is not None:
            ordered = [rows.get(id, row) for id, row in known_rows.items()]
            if any(crawling.listed(rows[group.id]) != crawling.listed(known_rows[group.id])
                   for group in quick):  # a list has a page more, or less
                sitemap = crawling.sitemap(ordered, job, self.config)
                made.append(sitemap)
                ordered = [sitemap.row if row.id == "sitemap:" else row for row in ordered]
        else:
            ordered = [rows[group.id] for group in groups]
            ledger.compare(shown, planner.site.urls,
                           {page.url for row in ordered for page in row.pages}, self.config,
                           self.problems)
            last = [crawling.sitemap(ordered, job, self.config),
                    crawling.hosting(planner, job, assets, self.config,
                                     portable=self.options.portable)]
            made += last
            ordered += [result.row for result in last]
        self._lap("making pages")
        found: list[Written] = []
        if stage is not None and self.config.search.enabled and not self.options.portable:
            found = self._search(planner, sources, stage, memory, damaged)
            self._lap("search index")
        claims = Claims(self.site, ordered, statics, found, self.album)
        clash = claims.clash(self.problems) or secrecy.leaked(made, planner, self.problems)
        unsafe = any(p.code == "MD010" for p in self.problems.errors)
        if self.inspection and not clash:
            self.problems.extend(self.inspection.problems(
                ordered, made, claims.files(), statics))
            self._lap("looking at the pages")
        report = Report(
            problems=tuple(self.problems.sorted()), failed=bool(self.problems.errors),
            articles=len(archive.articles), people=len(archive.people),
            countries=len(archive.countries), left_out=tuple(left_out),
            pages=sum(len(row.pages) for row in ordered),
            output=str(self.output),
            slowest=tuple(sorted(
                [*sources.slowest, *((s, name) for name, s in spent.items())], reverse=True)),
        )
        stop = clash or unsafe or (report.failed and not self.options.keep_going)
        if stop or self.folder is None or stage is None:
            if self.folder is not None:
                shutil.rmtree(self.folder.stage, ignore_errors=True)
            return self._finished(report)
        self.job, self.rows, self.new = job, ordered, new
        report = self._publish(report, ordered, made, found, memory, old, stage, statics,
                               media, new)
        whole = not (self.options.drafts or self.options.future)
        if report.published and whole and self.output == self.site / self.config.output:
            ledger.record(shown, planner.site.urls)
        return report

    def _edited(
        self, planner: Planner, sources: Sources, memory: Output | None,
        known_rows: Mapping[str, GroupRow],
    ) -> list[Group] | None:
        """The groups to make where the texts of a few articles are all that changed, or None."""
        if not self.settled or memory is None or not known_rows or self.texts is None \
                or memory.sources != sources.before:
            return None
        from site_builder.build import edits

        groups = edits.groups(planner, sources.edits or (), self.texts.replaced)
        known = groups is not None and all(group.id in known_rows for group in groups)
        return groups if known else None

    def _search(
        self, planner: Planner, sources: Sources, stage: Stage, memory: Output | None,
        damaged: set[str],
    ) -> list[Written]:
        from site_builder.build import searching

        edit = None
        if self.settled and memory is not None and memory.sources == sources.before:
            edit = searching.edit_of(sources, planner.site.archive, self.texts)
        intact = {} if memory is None else {
            path: looks for path, looks in memory.files.items() if path not in damaged}
        return searching.make(planner.site, sources.people, self.site / CACHE_FOLDER, stage,
                              self.workers, intact, state=sources.digest, edit=edit)

    def _planner(
        self, sources: Sources, shown: list[Article], statics: Files,
        media: dict[str, SourceFile], memory: Output | None, new: Output | None,
    ) -> Planner:
        from site_builder.build import planning
        from site_builder.build.texts import Texts

        people, atlas = planning.authorities(sources, self.site, self.config)
        self.people = people
        at_odds(people, atlas, self.problems)
        self.texts = texts = Texts(
            self.site, self.config, people, atlas, details=sources.details,
            keep=self.folder is not None)
        traces = texts.find_all([a for a in shown if a.removed is None], self.workers)
        self._lap("finding")
        planner = planning.planner(
            self.site, self.config, shown, sources.pages, people, atlas, self.problems,
            statics=statics, media=media, texts=texts, traces=traces,
            pictures=self._pictures(sources, shown, statics, media),
        )
        if new is None:
            return planner
        archive = planner.site.archive
        names = archive.names_to_compare()
        mark = digest(*names)
        if memory is not None and memory.alike[0] == mark:
            new.alike = memory.alike
        else:
            from site_builder.finding.names import near_duplicates

            new.alike = (mark, [(a, b, s) for a, b, s in near_duplicates(names, at_least=0.75)])
        archive.say_duplicates(new.alike[1], self.problems)
        return planner

    def _pictures(
        self, sources: Sources, shown: list[Article], statics: Files,
        media: dict[str, SourceFile],
    ) -> dict[str, Picture]:
        """What is known of the pictures that texts show; they are prepared for publication."""
        names = {name for article in shown if article.removed is None
                 for name in article.media}
        names.update(name for page in sources.pages for name in page.media)
        if not names:
            return {}
        from site_builder.build.pictures import Album

        def find(name: str) -> tuple[Path, SourceFile] | None:
            if name in media:
                return self.site / name, media[name]
            return statics.get(name[1:]) if name.startswith("/") else None

        self.album = Album(self.site)
        self.album.look(names, find, self.config, self.workers, self.problems,
                        keep=self.folder is not None)
        self._lap("pictures")
        return self.album.pictures

    def _without_address(self, urls: dict[str, str]) -> dict[str, str]:
        """The articles whose address another file has taken, with the reason."""
        from site_builder.pages.paths import Registry

        registry = Registry(self.problems)
        return {path: f"its address {url} is taken" for path, url in sorted(urls.items())
                if not registry.claim(f"{url[1:]}index.html", path, line=1)}

    def _run(self, job: Job, sources: Sources, shown: list[Article]) -> list[Made]:
        from site_builder.build import making

        light = ("article", "pair", "people_pair")
        parts = making.spans(job.groups, lambda g: 1 if g.kind in light else 8)
        decoder = msgspec.msgpack.Decoder(list[making.Made])
        work: Callable[[tuple[int, int]], bytes] = making.make_span
        if not self.workers.shares_memory:
            from site_builder.build import remote

            work = remote.work(job, self.site, self.config, sources, shown, self.options.portable)
        made: list[Made] = []
        making.current = job
        try:
            for answer in self.workers.map(work, parts, size=len(job.groups)):
                made += decoder.decode(answer)
                self.progress("making pages", len(made), len(job.groups))
        finally:
            making.current = None
        return made

    def _publish(
        self, report: Report, rows: list[GroupRow], made: list[Made], search: list[Written],
        memory: Output | None, old: dict[str, str], stage: Stage,
        statics: Files, media: dict[str, SourceFile], new: Output,
    ) -> Report:
        from site_builder.build.copying import Copies

        assert self.folder is not None
        files, staged = Copies(self.site, rows, statics, media, self.album).put(
            stage, new, memory, old)
        for row in rows:
            for page in row.pages:
                if memory is not None and page.path in old and page.path in memory.files:
                    files[page.path] = old[page.path]
                    new.files[page.path] = memory.files[page.path]
        for written in chain(*(result.written for result in made), search):
            files[written.path] = written.sum
            new.files[written.path] = (written.size, written.mtime_ns)
            if written.staged:
                staged.append(written.path)
        self._lap("copying files")
        gone = vanished(old, files, self.config.limits.vanished_percent)
        if gone and not self.options.allow_removal:
            self.problems.add(
                "OU005", f"{gone} since the last build",
                hint="look for missing sources; if it is meant, build with --allow-removal")
            shutil.rmtree(self.folder.stage, ignore_errors=True)
            return self._finished(msgspec.structs.replace(
                report, failed=True, problems=tuple(self.problems.sorted())))
        near_limits(
            {path: size for path, (size, _) in new.files.items()}, self.config, self.problems)
        report = msgspec.structs.replace(report, problems=tuple(self.problems.sorted()))
        changed, removed = self.folder.publish(staged, files, self.problems)
        self._lap("publishing")
        new.groups = msgspec.Raw(msgspec.msgpack.encode(rows))
        if self.inspection:
            new.inspected = self.inspection.remember()
        report = msgspec.structs.replace(report, published=True)
        # without what publishing said: that was of this build, and is not to be said again
        new.report = msgspec.Raw(msgspec.msgpack.encode(report))
        report = msgspec.structs.replace(report, problems=tuple(self.problems.sorted()))
        cache.save(self.memory_path, new)
        self._lap("remembering")
        return self._finished(msgspec.structs.replace(
            report, changed=tuple(changed), removed=tuple(removed)))

    def _finished(self, report: Report) -> Report:
        return msgspec.structs.replace(
            report, seconds=time.perf_counter() - self.started, timings=tuple(self.timings))


def damaged_of(output: Path, memory: Output | None, old: dict[str, str]) -> set[str]:
    """Files of the last build that are not as it left them."""
    if memory is None:
        return set()
    top = f"{output}/"
    damaged = set()
    for path, (size, mtime_ns) in memory.files.items():
        try:
            status = os.stat(top + path)  # noqa: PTH116 - ten thousands of them
            if status.st_size != size or status.st_mtime_ns != mtime_ns or path not in old:
                damaged.add(path)
        except OSError:
            damaged.add(path)
    return damaged
