"""One run of the pipeline: scan → read → find → index → plan → render → publish."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from site_builder import cache
from site_builder.build import ahead, digests
from site_builder.build.assets import fingerprinted
from site_builder.build.folders import memory_path
from site_builder.build.memory import Memory
from site_builder.build.planning import theme_folders
from site_builder.build.records import at_odds, reading_generation
from site_builder.build.report import Options, Report
from site_builder.build.scene import Scene, damaged_of, mark_of, sorted_out, without
from site_builder.build.showing import now, published, static_files
from site_builder.build.sources import Progress, Sources, read_all
from site_builder.build.workers import workers
from site_builder.cache import FOLDER as CACHE_FOLDER
from site_builder.cache import GroupRow, Output, PageRow
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
    from site_builder.build.ahead import Ahead
    from site_builder.build.inspection import Inspection
    from site_builder.build.making import Job, Made, Stage, Written
    from site_builder.build.pictures import Album, Files
    from site_builder.build.texts import Texts
    from site_builder.finding.people import PeopleResolver
    from site_builder.indexing.archive import Archive
    from site_builder.pages.plan import Group, Planner


NEAREST = "nearest.msgpack"


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
        self.memory = Memory(self.memory_path)
        self.started = self.clock = time.perf_counter()
        self.timings: list[tuple[str, float]] = []
        self.shortcut = True
        self.last = False  # whether the process ends with it: then nothing is collected after it
        self.settled = False
        self.apart = False  # whether this is a process of its own, of which only words are left
        self.ahead: Ahead | None = None  # what is found in edited texts
        self.job: Job | None = None
        self.texts: Texts | None = None
        self.people: PeopleResolver | None = None
        self.album: Album | None = None
        self.shows: list[str] = []  # the media of all texts
        self.rows: list[GroupRow] = []
        self.new: Output | None = None
        self.inspection: Inspection | None = None
        self.had: dict[str, set[str]] = {}
        self.begun_ahead: list[Ahead] = []

    def run(self) -> Report:
        """Everything, or as little as is needed."""
        gc.disable()  # what is read now stays: there is nothing to collect
        try:
            return self._run_all()
        finally:
            for work in self.begun_ahead:
                work.close()
            if self.last:
                gc.disable()
            else:
                gc.unfreeze()
                gc.enable()

    def _run_all(self) -> Report:
        looked = time.time_ns()
        harm = ahead.looking(self)
        program = digests.program()
        self.generation = reading_generation(self.config, program)
        listing = Listing(self.site, self.problems)
        media = listing.media()
        finding = ahead.Finding(self)
        sources = read_all(
            self.site, self.config, self.generation, self.workers, self.problems,
            keep=self.folder is not None, progress=self.progress, listing=listing,
            few=finding.expect,
        )
        del listing
        self.ahead = finding.begin(sources)
        self.lap("reading")
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
        memory = self.memory.load()
        old = self.folder.manifest() if self.folder else {}
        seen = harm.result() if harm else b""
        damaged = set[str]()
        if self.folder:
            damaged = msgspec.msgpack.decode(seen, type=set[str]) if seen else damaged_of(
                self.output, memory, old)
        clock = now()
        self.settled = (
            self.shortcut and memory is not None and self.folder is not None and not damaged
            and memory.inputs == inputs
            and memory.since <= clock and (clock < memory.until or not memory.until)
            and set(memory.files) == set(old)
        )
        if self.settled and memory is not None and memory.sources == sources.digest:
            self.lap("comparing")
            known = msgspec.msgpack.decode(memory.report, type=Report)
            return msgspec.structs.replace(
                known, changed=(), removed=(), seconds=self.clock - self.started,
                timings=tuple(self.timings), slowest=())
        self.problems.extend(sources.problems())
        assets = fingerprinted(theme_folders(self.site, "templates"), statics)
        statics |= {name[1:]: statics[plain[1:]] for plain, name in assets.items()}
        scene = Scene(
            base, templates, assets, statics, media, memory, old, damaged,
            Output(inputs, sources.digest, "", looked, 0, 0, templates, msgspec.Raw(b"\x80"),
                   {}, {}, ("", []), msgspec.Raw(b"\xc0"), self.config.base_path))
        if self.settled and sources.edits:
            from site_builder.build import edited

            report = edited.rebuild(self, sources, scene)
            if report is not None:
                return report
        return self._make(sources, scene, clock)

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
        planner = self.planner(sources, shown, statics, media, self.problems)
        assert self.people is not None
        return planner, self.people, {path: place for path, (place, _) in statics.items()}

    def lap(self, stage: str) -> None:
        """A stage is over."""
        now = time.perf_counter()
        self.timings.append((stage, now - self.clock))
        self.clock = now

    def _make(self, sources: Sources, scene: Scene, clock: int) -> Report:
        """Everything, but for the pages that the last build made of the same."""
        from site_builder.build import crawling, kept, outline, planning, secrecy
        from site_builder.build.addresses import Ledger
        from site_builder.build.claims import Claims

        memory, new = scene.memory, scene.new
        drawn, planner = outline.drawn(self, sources, scene, clock)
        new.since, new.until, new.alike = drawn.since, drawn.until, drawn.alike
        new.base = planning.base(planner, scene.base, scene.assets)
        last_rows = memory.rows() if memory is not None and memory.base == new.base else []
        known = {row.id: row for row in last_rows}
        groups, found = drawn.all_groups(), Problems(drawn.found)
        rows, todo = sorted_out(groups, known, scene)
        self.problems.extend(found)
        pages = {page.path: page.key for row in last_rows for page in row.pages
                 if page.path not in scene.damaged}
        hidden = [sources.by_path[path] for path in drawn.hidden]
        job = self.begun(planner, groups.some(todo), scene, pages, sources, hidden, drawn.ids,
                         anew=not known)
        stage = job.stage
        rules = crawling.hosting(planner, job, scene.assets, self.config,
                                 portable=self.options.portable)
        made = self.made(job, sources, drawn.ids)
        rows |= {result.row.id: result.row for result in made}
        ordered = [rows[group.id] for group in groups]
        told, addresses = Problems(), Ledger(self.site, drawn.ids, drawn.urls)
        addresses.compare(
            sources.by_path, {page.url for row in ordered for page in row.pages}, self.config, told)
        self.problems.extend(told)
        found.extend(told)
        last = [crawling.sitemap(ordered, job, self.config), rules]
        made += last
        ordered += [result.row for result in last]
        self.lap("making pages")
        search = self.searched(planner, sources, stage, scene)
        claims = Claims(self.site, ordered, scene.statics, search, self.album)
        clash = claims.clash(self.problems) or secrecy.leaked(made, planner, self.problems)
        unsafe = any(p.code == "MD010" for p in self.problems.errors)
        if self.inspection and not clash:
            self.problems.extend(self.inspection.problems(
                ordered, claims.files(), scene.statics))
            self.lap("looking at the pages")
        report = self.report(sources, planner, made, drawn.left_out,
                             sum(len(r.pages) for r in ordered))
        stop = clash or unsafe or (report.failed and not self.options.keep_going)
        if stop or stage is None:
            return self.dropped(report)
        self.job, self.rows, self.new = job, ordered, new
        new.keep_rows(ordered)
        used = {source for row in ordered for source in row.media}
        files, staged = self.copied(used, scene, stage)
        for page in chain.from_iterable(row.pages for row in ordered):
            if memory is not None and page.path in scene.old and page.path in memory.files:
                files[page.path] = scene.old[page.path]
                new.files[page.path] = memory.files[page.path]
        # a session goes on with the archive as it is
        keeps = self.shortcut and not self.options.keep_going and not report.failed
        new.index = mark_of(new) if keeps else ""
        report = self.publish(report, files, staged, made, search, scene)
        if report.published and keeps:
            kept.save(self.memory_path, kept.Kept(
                new.index, drawn.index, drawn.urls, drawn.cited, self.shows, sorted(used),
                drawn.hidden, list(found)))
            self.lap("keeping the index")
            report = self._finished(report)
        whole = not (self.options.drafts or self.options.future)
        if report.published and whole and self.output == self.site / self.config.output:
            addresses.record()
        return report

    def begun(
        self, planner: Planner, todo: Sequence[Group], scene: Scene, pages: dict[str, str],
        sources: Sources, hidden: list[Article], shown: Iterable[str], *, anew: bool,
        last: Mapping[str, PageRow] | None = None,
    ) -> Job:
        """The job of making these groups, and the look at their pages.

        `pages` are the keys of those that stand in the output, `hidden` the articles that are
        not published, `shown` the paths of the others; with `anew` nothing is known of any page,
        with `last` no list of articles has changed since the last build, whose pages those are.
        """
        from site_builder.build import planning, secrecy
        from site_builder.build.making import Job, Stage

        errors = bool(self.problems.errors) and not self.options.keep_going
        if self.folder is None or errors:
            return Job(planner, todo, base=scene.new.base, templates=scene.templates, known=pages)
        from site_builder.build.inspection import Inspection

        stage = Stage(self.output, self.folder.stage, scene.old)
        self.inspection = Inspection(
            self.config, theme_folders(self.site, "templates"), None if anew else scene.memory,
            stage, self.memory_path, scene.templates, portable=self.options.portable,
            damaged=scene.damaged, had=self.had)
        return Job(
            planner, todo, base=scene.new.base, templates=scene.templates, known=pages,
            renderer=planning.renderer(
                self.site, self.config, planner, self.options.portable, scene.assets,
                (scene.new.base, scene.templates)),
            stage=stage, watch=secrecy.watch(
                planner, hidden, (sources.by_path[path] for path in shown)),
            scanner=self.inspection.scanner, last=last)

    def report(
        self, sources: Sources, planner: Planner, made: Iterable[Made],
        left_out: Iterable[tuple[str, str]], pages: int,
    ) -> Report:
        """What this build did, before anything is published."""
        spent: dict[str, float] = {}
        for result in made:
            for name, seconds in result.seconds.items():
                spent[f"templates/{name}"] = spent.get(f"templates/{name}", 0.0) + seconds
        archive = planner.site.archive
        return Report(
            problems=tuple(self.problems.sorted()), failed=bool(self.problems.errors),
            articles=len(archive.articles), people=len(archive.people),
            countries=len(archive.countries), left_out=tuple(left_out), pages=pages,
            output=str(self.output),
            slowest=tuple(sorted(
                [*sources.slowest, *((s, name) for name, s in spent.items())], reverse=True)),
        )

    def searched(
        self, planner: Planner, sources: Sources, stage: Stage | None, scene: Scene
    ) -> list[Written]:
        """The files of the search index."""
        if stage is None or not self.config.search.enabled or self.options.portable:
            return []
        from site_builder.build import searching

        edit, memory = None, scene.memory
        if self.settled and memory is not None and memory.sources == sources.before:
            edit = searching.edit_of(sources, planner.site, self.texts)
        intact = without(memory.files, scene.damaged) if memory is not None else {}
        found = searching.make(planner.site, self.site / CACHE_FOLDER, stage,
                               self.workers, intact, state=sources.digest, edit=edit)
        self.lap("search index")
        return found

    def dropped(self, report: Report) -> Report:
        """The build ends without publishing anything."""
        if self.folder is not None:
            self.folder.drop()
        return self._finished(report)

    def planner(
        self, sources: Sources, shown: list[Article], statics: Files,
        media: dict[str, SourceFile], problems: Problems,
    ) -> Planner:
        """The planner over these articles; what is found in their texts is found now."""
        from site_builder.build import planning
        from site_builder.build.texts import Texts

        known = planning.authorities(sources, self.site, self.config, problems)
        self.people = known.people
        at_odds(known.people, known.atlas, known.changes, problems)
        if self.texts is None:
            self.texts = Texts(
                self.site, self.config, known.people, known.atlas, details=sources.details,
                keep=self.folder is not None, ahead=self.ahead)
        texts = self.texts
        traces = texts.find_all([a for a in shown if a.removed is None], self.workers)
        self.lap("finding")
        names = {medium.target for a in shown if a.removed is None for medium in a.media}
        names.update(medium.target for page in sources.pages for medium in page.media)
        self.shows = sorted(names)
        return planning.planner(
            self.site, self.config, shown, sources.pages, known, problems, statics=statics,
            media=media, texts=texts, traces=traces, pictures=self.pictures(statics, media))

    def say_duplicates(
        self, archive: Archive, scene: Scene, problems: Problems
    ) -> tuple[str, list[tuple[str, str, float]]]:
        """Say which names are nearly the same; they are given, with what they were found in."""
        names, memory = archive.names_to_compare(), scene.memory
        alike = digest(*names), list[tuple[str, str, float]]()
        if memory is not None and memory.alike[0] == alike[0]:
            alike = memory.alike
        elif names:
            from site_builder.finding.names import near_duplicates

            alike[1].extend((a, b, s) for a, b, s in near_duplicates(names, at_least=0.75))
        archive.say_duplicates(alike[1], problems)
        return alike

    def recall_nearest(self, archive: Archive) -> None:
        """Give the archive what an earlier build found."""
        known = cache.load(self.site / CACHE_FOLDER / NEAREST, Nearest)
        if known is None or known.made_by != digests.program():
            known = Nearest(digests.program())
        archive.nearest = self._nearest = known

    def keep_nearest(self, archive: Archive) -> None:
        """Keep what this one found for the next."""
        if self.folder is not None and archive.nearest is not self._nearest:
            cache.save(self.site / CACHE_FOLDER / NEAREST, archive.nearest)

    def pictures(self, statics: Files, media: dict[str, SourceFile]) -> dict[str, Picture]:
        """What is known of the pictures that texts show; they are prepared for publication."""
        if not self.shows:
            return {}
        if self.album is not None:  # a build of edits alone has looked, and could do no more
            return self.album.pictures
        from site_builder.build.pictures import Album

        def find(name: str) -> tuple[Path, SourceFile] | None:
            if name in media:
                return self.site / name, media[name]
            return statics.get(name[1:]) if name.startswith("/") else None

        self.album = Album(self.site)
        problems = Problems() if self.apart else self.problems  # who goes on will tell
        self.album.look(self.shows, find, self.config, self.workers, problems,
                        keep=self.folder is not None)
        self.lap("pictures")
        return self.album.pictures

    def without_address(self, urls: dict[str, str]) -> dict[str, str]:
        """The articles whose address another file has taken, with the reason."""
        from site_builder.pages.paths import Registry

        registry = Registry(self.problems)
        return {path: f"its address {url} is taken" for path, url in sorted(urls.items())
                if not registry.claim(f"{url[1:]}index.html", path, line=1)}

    def made(self, job: Job, sources: Sources, shown: Collection[str]) -> list[Made]:
        """What making all groups of a job gives, by all workers; `shown` are paths of articles."""
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
                some = decoder.decode(answer)
                if self.inspection:
                    self.inspection.take(look for result in some for look in result.looks)
                for result in some:
                    making.slim(result)
                made += some
                self.progress("making pages", len(made), len(job.groups))
        finally:
            making.current = None
        return made

    def copied(
        self, used: Iterable[str], scene: Scene, stage: Stage
    ) -> tuple[dict[str, str], list[str]]:
        """The files that are copied, with their SHA-256, and which are staged; see `Copies`."""
        from site_builder.build.copying import Copies

        found = Copies(self.site, used, scene.statics, scene.media, self.album).put(
            stage, scene.new, scene.memory, scene.old)
        self.lap("copying files")
        return found

    def publish(
        self, report: Report, files: dict[str, str], staged: list[str], made: Iterable[Made],
        search: Iterable[Written], scene: Scene,
    ) -> Report:
        """Put everything into the output and remember it. `files` are those not made now."""
        assert self.folder is not None
        old, new = scene.old, scene.new
        for written in chain(*(result.written for result in made), search):
            files[written.path] = written.sum
            new.files[written.path] = (written.size, written.mtime_ns)
            if written.staged:
                staged.append(written.path)
        gone = vanished(old, files, self.config.limits.vanished_percent)
        if gone and not self.options.allow_removal:
            self.problems.add(
                "OU005", f"{gone} since the last build",
                hint="look for missing sources; if it is meant, build with --allow-removal")
            return self.dropped(msgspec.structs.replace(
                report, failed=True, problems=tuple(self.problems.sorted())))
        near_limits(
            {path: size for path, (size, _) in new.files.items()}, self.config, self.problems)
        report = msgspec.structs.replace(report, problems=tuple(self.problems.sorted()))
        changed, removed = self.folder.publish(staged, files, self.problems, old=old)
        self.lap("publishing")
        if self.inspection:
            new.inspected = self.inspection.remember()
        report = msgspec.structs.replace(report, published=True)
        # without what publishing said: that was of this build, and is not to be said again
        new.report = msgspec.Raw(msgspec.msgpack.encode(report))
        report = msgspec.structs.replace(report, problems=tuple(self.problems.sorted()))
        self.memory.keep(new)
        self.lap("remembering")
        return self._finished(msgspec.structs.replace(
            report, changed=tuple(changed), removed=tuple(removed)))

    def _finished(self, report: Report) -> Report:
        return msgspec.structs.replace(
            report, seconds=time.perf_counter() - self.started, timings=tuple(self.timings))
