"""One run of the pipeline: scan → read → find → index → plan → render → publish."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from site_builder.build import ahead, digests
from site_builder.build.assets import fingerprinted
from site_builder.build.folders import memory_path
from site_builder.build.memory import Memory
from site_builder.build.planning import theme_folders
from site_builder.build.records import at_odds, reading_generation
from site_builder.build.report import Options, Report
from site_builder.build.scene import Scene, damaged_of, without
from site_builder.build.showing import now, published, static_files
from site_builder.build.sources import Progress, Sources, read_all
from site_builder.build.workers import workers
from site_builder.cache import FOLDER as CACHE_FOLDER
from site_builder.cache import GroupRow, Output, PageRow
from site_builder.config import SiteConfig
from site_builder.model import Article, Picture
from site_builder.pages.keys import digest
from site_builder.problems import Problems
from site_builder.publishing.folder import OutputFolder
from site_builder.reading import ledger
from site_builder.reading.scan import Listing, SourceFile

if TYPE_CHECKING:
    from site_builder.build.ahead import Ahead
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
        from site_builder.build import whole

        return whole.make(self, sources, scene, clock)

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
