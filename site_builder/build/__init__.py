"""The pipeline: scan → read → index → plan → render → publish."""

from __future__ import annotations

import datetime as dt
import gc
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from site_builder import cache
from site_builder import config as configuration
from site_builder.build import digests
from site_builder.build.planning import theme_folders
from site_builder.build.sources import (
    FEW,
    Progress,
    Sources,
    read_all,
)
from site_builder.build.workers import Workers, workers
from site_builder.cache import FOLDER as CACHE_FOLDER
from site_builder.cache import GroupRow, Output
from site_builder.config import SiteConfig
from site_builder.indexing.related import Nearest
from site_builder.model import Article, Country, Person, Picture
from site_builder.pages.keys import digest
from site_builder.problems import Problem, Problems, Refusal, Severity
from site_builder.publishing.folder import OutputFolder
from site_builder.publishing.hosting import near_limits
from site_builder.publishing.vanishing import vanished
from site_builder.reading import ledger
from site_builder.reading.scan import STATIC, Listing, SourceFile, scan

if TYPE_CHECKING:
    from site_builder.build.inspection import Inspection
    from site_builder.build.making import Job, Made, Stage, Written
    from site_builder.build.pictures import Album, Files
    from site_builder.build.texts import Texts
    from site_builder.finding.countries import Atlas
    from site_builder.finding.people import PeopleResolver
    from site_builder.pages.plan import Group, Planner
    from site_builder.pages.site import Site
    from site_builder.publishing.leaks import Watch

__all__ = ["CACHE_FOLDER", "Options", "Progress", "Report", "build", "forget", "now",
           "read_records", "theme_folders"]


class Options(msgspec.Struct, frozen=True):
    """What the command line says of one build. `jobs` 0 means one for each processor.

    `executor` is `processes` or the address of a Dask scheduler. With
    `keep_going` errors do not stop publication: what cannot be read or has no
    address of its own is left out, and said.
    """

    site: Path
    output: Path | None = None
    base_url: str | None = None
    drafts: bool = False
    future: bool = False
    jobs: int = 0
    clean: bool = False
    portable: bool = False
    publish: bool = True
    keep_going: bool = False
    executor: str = "processes"
    allow_removal: bool = False


class Report(msgspec.Struct, frozen=True):
    """What a build did. `left_out` names articles and the reason; paths are below the output.

    `failed` says that there were errors, `published` that the output now shows
    this state. `timings` are (stage, seconds), `slowest` (seconds, article or
    template).
    """

    problems: tuple[Problem, ...]
    failed: bool
    published: bool = False
    articles: int = 0
    people: int = 0
    countries: int = 0
    pages: int = 0
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0
    output: str = ""
    timings: tuple[tuple[str, float], ...] = ()
    slowest: tuple[tuple[float, str], ...] = ()


def build(
    options: Options, *, progress: Progress = lambda stage, done, total: None,
    hold: Callable[[object], None] = lambda run: None,
) -> Report:
    """Build the site. Raises `Refusal` when that is not possible at all.

    `hold` gets all that the build knows: a process that ends anyway may keep it until then,
    for taking it apart costs as much as writing some hundred pages.
    """
    site = options.site.resolve()
    config = configuration.load(site, base_url=options.base_url)
    output = (options.output or site / config.output).absolute()
    with ExitStack() as stack:
        folder = None
        if options.publish:
            stack.enter_context(locked(output))
            folder = OutputFolder(output, site=site, sources=source_folders(config))
            folder.recover()
        if options.clean and options.publish:
            _forget(site / CACHE_FOLDER)
        run = Run(options, site, config, output, folder, progress)
        hold(run)
        stack.callback(run.workers.close)
        return run.run()


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
        statics = _static_files(self.site, self.problems)
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
        damaged = self._damaged(memory, old)
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
        shown, left_out, since, until = _published(sources, options, clock)
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
        statics = _static_files(self.site, self.problems)
        shown, _, _, _ = _published(sources, self.options, now())
        planner = self._planner(sources, shown, statics, media, None, None)
        assert self.people is not None
        return planner, self.people, {path: place for path, (place, _) in statics.items()}

    def _lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.timings.append((stage, now - self.clock))
        self.clock = now

    def _damaged(self, memory: Output | None, old: dict[str, str]) -> set[str]:
        """Files of the last build that are not as it left them."""
        if memory is None or self.folder is None:
            return set()
        top = f"{self.output}/"
        damaged = set()
        for path, (size, mtime_ns) in memory.files.items():
            try:
                status = os.stat(top + path)  # noqa: PTH116 - ten thousands of them
                if status.st_size != size or status.st_mtime_ns != mtime_ns or path not in old:
                    damaged.add(path)
            except OSError:
                damaged.add(path)
        return damaged

    def _make(
        self, sources: Sources, shown: list[Article], left_out: list[tuple[str, str]],
        memory: Output | None, old: dict[str, str], damaged: set[str], base: str,
        templates: dict[str, str], statics: Files,
        media: dict[str, SourceFile], new: Output,
    ) -> Report:
        from site_builder.build import planning
        from site_builder.build.addresses import Ledger
        from site_builder.build.assets import fingerprinted
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
             [(p.id, p.name, p.searchable, p.hidden) for p in archive.hidden]]))
        same_base = memory is not None and memory.base == new.base
        known_rows = {row.id: row for row in memory.rows()} if memory and same_base else {}
        quick = self._quick(planner, sources, memory, known_rows) if known_rows else None
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
        watch = self._watch(planner, sources, shown) if stage else None
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
            if any(_listed(rows[group.id]) != _listed(known_rows[group.id]) for group in quick):
                sitemap = self._sitemap(ordered, job)  # a list has a page more, or less
                made.append(sitemap)
                ordered = [sitemap.row if row.id == "sitemap:" else row for row in ordered]
        else:
            ordered = [rows[group.id] for group in groups]
            ledger.compare(shown, planner.site.urls,
                           {page.url for row in ordered for page in row.pages}, self.config,
                           self.problems)
            last = [self._sitemap(ordered, job), self._rules(planner, job, assets)]
            made += last
            ordered += [result.row for result in last]
        self._lap("making pages")
        found: list[Written] = []
        if stage is not None and self.config.search.enabled and not self.options.portable:
            found = self._search(planner, sources, stage, memory, damaged, quick is not None)
            self._lap("search index")
        clash = self._claim(ordered, statics, found) or self._leaks(made, planner)
        unsafe = any(p.code == "MD010" for p in self.problems.errors)
        if self.inspection and not clash:
            self.problems.extend(self.inspection.problems(
                ordered, made, self._outputs(ordered, statics, found), statics))
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

    def _quick(
        self, planner: Planner, sources: Sources, memory: Output | None,
        known_rows: Mapping[str, GroupRow],
    ) -> list[Group] | None:
        """The groups to make where the texts of a few articles are all that changed, or None."""
        from site_builder.build import edits

        config, changed = self.config, sources.edits
        if (
            not self.settled or memory is None or not changed or self.texts is None
            or memory.sources != sources.before or config.feeds.full_text or config.data.sqlite
            or len(changed) > FEW
            or not all(edits.text_alone(old, new) for old, new in changed)
        ):
            return None
        groups = edits.groups(planner, [new for _, new in changed], self.texts.replaced)
        known = groups is not None and all(group.id in known_rows for group in groups)
        return groups if known else None

    def _search(
        self, planner: Planner, sources: Sources, stage: Stage, memory: Output | None,
        damaged: set[str], quick: bool,
    ) -> list[Written]:
        from site_builder.build import searching

        edit = None
        if quick and sources.bodies.keys() == {new.path for _, new in sources.edits or ()}:
            edit = searching.Edit(sources.before, sources.bodies)

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
        _records_at_odds(people, atlas, self.problems)
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

    def _watch(self, planner: Planner, sources: Sources, shown: list[Article]) -> Watch:
        """Looks for what is not published, but not for what a published article says as well."""
        from site_builder.publishing.leaks import Watch, signs

        kept = {article.path for article in shown if article.removed is None}
        own = {form for a in shown if a.path in kept for form in (a.title, f"/{a.slug}/")}
        hidden = [a for a in sources.articles if a.path not in kept]
        return Watch(
            sign for article in hidden
            for sign in signs(
                "" if article.removed and article.removed.show_title else article.title,
                "" if article.removed else article.slug,  # a note stands at its address
                planner.site.detail(article).html)
            if sign not in own
        )

    def _leaks(self, made: list[Made], planner: Planner) -> bool:
        """Whether a page gives away an unpublished article: not where a published one says it."""
        from site_builder.publishing.leaks import Watch

        found: dict[str, list[str]] = {}
        for result in made:
            for path, sign in result.leaks:
                found.setdefault(sign, []).append(path)
        leaked = False
        for sign, paths in sorted(found.items()):
            if any(Watch([sign]).found(text.encode()) for text in _published_texts(planner.site)):
                continue
            leaked = True
            self.problems.add(
                "OU006", f"{len(paths)} pages hold words of an unpublished article: {sign!r}",
                file=paths[0], hint="a template shows what it should not; nothing was published",
            )
        return leaked

    def _sitemap(self, rows: list[GroupRow], job: Job) -> Made:
        from site_builder.pages.crawlers import sitemap

        entries = [
            (page.url, page.lastmod) for row in rows for page in row.pages
            if page.path.endswith("index.html")
            and page.template not in ("redirect.html", "removed.html", "search.html")
        ]
        return job.make_sheet("sitemap:", "", sitemap(entries, self.config.base_url))

    def _rules(self, planner: Planner, job: Job, assets: dict[str, str]) -> Made:
        from site_builder.pages.articles import old_addresses
        from site_builder.pages.contexts import FileContext
        from site_builder.pages.sheets import Sheet
        from site_builder.rendering import rules

        sheet, urls = Sheet(), planner.site.urls
        if self.config.hosting.rules and not self.options.portable:
            moved = [(old, urls[a.path]) for a in planner.site.archive.articles if a.aliases
                     for old in old_addresses(a)]
            for name, text in (("/_headers", rules.headers(self.config, assets)),
                               ("/_redirects", rules.redirects(self.config, moved))):
                if text:
                    sheet.add(name, "", FileContext(text), "the rules for hosts")
        return job.make_sheet("rules:", "", sheet)

    def _claim(
        self, rows: list[GroupRow], statics: Files, search: list[Written],
    ) -> bool:
        """Give every output file to its owner; whether something was claimed twice."""
        from site_builder.pages.paths import Registry

        registry = Registry(self.problems)
        claims = [registry.claim(path, f"static/{path}") for path in sorted(statics)]
        for row in rows:
            self.problems.extend(row.problems)
            claims += [registry.claim(p.path, p.owner, line=p.line) for p in row.pages]
        claims += [registry.claim(file.path, "the search index") for file in search]
        media = {source for row in rows for source in row.media}
        for source in sorted(media):
            if source.lower().endswith(".svg"):
                self._look_at_svg(source)
        claims += [registry.claim(path, source) for source in sorted(media)
                   for path in self._made_of(source)]
        return not all(claims)

    def _outputs(self, rows: list[GroupRow], statics: Files, search: list[Written]) -> set[str]:
        """Every file that the site has."""
        files = {page.path for row in rows for page in row.pages}
        files.update(statics, [file.path for file in search])
        for source in {source for row in rows for source in row.media}:
            files.update(self._made_of(source))
        return files

    def _made_of(self, source: str) -> Iterable[str]:
        """The output paths of a medium: itself, or what is made of a picture."""
        from site_builder.pages.site import medium_path

        return (self.album and self.album.outputs(source)) or (medium_path(source),)

    def _look_at_svg(self, source: str) -> None:
        from site_builder.reading.svg import dangers

        found = dangers((self.site / source).read_bytes())
        if found:
            self.problems.add(
                "MD010", "the picture holds " + ", ".join(found[:3]), file=source, line=1,
                column=1, hint="export it as a plain SVG, or as a PNG; yours alone may lie in "
                "static/",
            )

    def _publish(
        self, report: Report, rows: list[GroupRow], made: list[Made], search: list[Written],
        memory: Output | None, old: dict[str, str], stage: Stage,
        statics: Files, media: dict[str, SourceFile], new: Output,
    ) -> Report:
        from site_builder.pages.site import medium_path

        assert self.folder is not None
        files: dict[str, str] = {}
        staged: list[str] = []
        sources = {path: (place, file) for path, (place, file) in statics.items()}
        for source in {source for row in rows for source in row.media}:
            sources |= self.album.outputs(source) if self.album else {}
            sources.setdefault(medium_path(source), (self.site / source, media[source]))
        for path, (place, file) in sorted(sources.items()):
            new.assets[path] = file
            if (memory is not None and memory.assets.get(path) == file and path in old
                    and cache.settled(file, memory.started_ns) and path in memory.files
                    and not self._damaged_one(path, memory)):
                files[path], new.files[path] = old[path], memory.files[path]
                continue
            written = stage.put(path, place.read_bytes())
            files[path], new.files[path] = written.sum, (written.size, written.mtime_ns)
            if written.staged:
                staged.append(path)
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

    def _damaged_one(self, path: str, memory: Output) -> bool:
        try:
            status = (self.output / path).stat()
        except OSError:
            return True
        return (status.st_size, status.st_mtime_ns) != memory.files[path]

    def _finished(self, report: Report) -> Report:
        return msgspec.structs.replace(
            report, seconds=time.perf_counter() - self.started, timings=tuple(self.timings))


def _listed(row: GroupRow) -> list[tuple[str, str]]:
    """What a sitemap has of a group."""
    return [(page.url, page.lastmod) for page in row.pages]


def inspect(site: Path) -> list[Problem]:
    """What is wrong with the pages that the last build left in the site's output folder.

    Raises `Refusal` where there are none.
    """
    from site_builder.build.inspection import origins, recalled
    from site_builder.publishing.inspecting import Inspector, problems

    site = site.resolve()
    config = configuration.load(site)
    output = (site / config.output).absolute()
    files = OutputFolder(output, site=site, sources=source_folders(config)).manifest()
    if not files:
        raise Refusal(Problem("", 0, 0, "OU011", f"there is no built site in {output}",
                              "build it first"), exit_code=2)
    memory = cache.load(memory_path(site, output), Output)
    known = recalled(memory)
    inspector = Inspector(output, [f for f in files if (output / f).is_file()],
                          memory.base_path if memory else config.base_path)
    return problems(
        inspector.faults(),
        origins(memory.rows() if memory else (), known.copied if known else (), files),
        Severity(config.checks.broken_links))


def memory_path(site: Path, output: Path) -> Path:
    """Where a build keeps what it knows of an output folder."""
    return site / CACHE_FOLDER / f"output-{digest(str(output))[:12]}.msgpack"


def reading_generation(config: SiteConfig, program: str) -> str:
    """Stands for all that the reading of a file depends on but the file."""
    return digest(program, msgspec.json.encode([
        config.content, config.markdown, config.limits, config.timezone, config.fields,
        config.people_fields, config.country_fields,
    ]))


def read_records(
    site: Path, config: SiteConfig, problems: Problems
) -> tuple[list[Person], list[Country]]:
    """The authority records of a site."""
    sources = read_all(site, config, "", Workers(1), problems, keep=False,
                       kinds=("people", "countries"))
    problems.extend(sources.problems())
    return sources.people, sources.countries


def forget(site: Path, output: Path) -> None:
    """Drop what is remembered of an output folder that is not kept."""
    memory = memory_path(site.resolve(), output.absolute())
    memory.unlink(missing_ok=True)
    memory.with_suffix(".links").unlink(missing_ok=True)


def _forget(folder: Path) -> None:
    """Remove what earlier builds remembered, but for the addresses that they gave out."""
    from site_builder.build import addresses

    for entry in folder.iterdir() if folder.is_dir() else ():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        elif entry.name != addresses.NAME:
            entry.unlink(missing_ok=True)


def now() -> int:
    """The clock, read here only; `SOURCE_DATE_EPOCH` stands in (reproducible-builds.org)."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or dt.datetime.now(dt.UTC).timestamp())


def _published(
    sources: Sources, options: Options, now: int
) -> tuple[list[Article], list[tuple[str, str]], int, int]:
    """The articles that this build shows, and those that it leaves out with the reason.

    An article that was removed is in both: a note is shown in its place.

    An article is out of the future when its day has begun in the site's time
    zone. The last two values bound the span of time for which this holds.
    """
    shown, left_out = [], []
    since, until = 0, 0
    for article in sources.articles:
        embargo = article.publish_at
        due = (embargo or article.date).epoch
        if article.draft and not options.drafts:
            left_out.append((article.path, "draft"))
        elif due > now and not options.future:
            until = min(until or due, due)
            left_out.append((article.path, f"embargoed until {embargo.iso}" if embargo else
                             f"dated in the future ({article.date.iso})"))
        else:
            since = max(since, due) if due <= now else since
            shown.append(article)
            if article.removed:
                left_out.append((article.path, f"removed on {article.removed.date}"))
    return shown, left_out, since, until


def _records_at_odds(people: PeopleResolver, atlas: Atlas, problems: Problems) -> None:
    for one, two, name in people.duplicates():
        if one.qualifier and two.qualifier and one.qualifier != two.qualifier:
            continue  # two people of one name, and known to be
        problems.add(
            "ID005", f"{name!r} is a name in {one.path} and in {two.path}", file=two.path,
            line=two.lines.get("name", 1), column=1,
            hint="leave it in one of the two, or give each a qualifier if these are two people",
            severity=Severity.WARNING,
        )
    for first, second, name in atlas.duplicates():
        problems.add(
            "ID005", f"{name!r} is a name in {first.path} and in {second.path}",
            file=second.path, line=1, column=1, hint="leave it in one of the two",
        )


def _static_files(site: Path, problems: Problems) -> Files:
    """Output path → file, the site's own before the theme's."""
    found: dict[str, tuple[Path, SourceFile]] = {}
    for folder in theme_folders(site, "static"):
        for source in scan(folder, ".", problems, wanted=lambda s: s in STATIC or s == ""):
            path = source.path.removeprefix("./")
            found.setdefault(path, (folder / path, source))
    return found


def _published_texts(site: Site) -> Iterator[str]:
    """Everything that the site's authors chose to show."""
    archive = site.archive
    for article in archive.articles:
        yield f"{article.title}\n{article.summary}\n{article.aliases}"
        yield site.detail(article).html
    for page in archive.pages:
        yield f"{page.title}\n{page.summary}\n{page.body}"
    for person in archive.person_records.values():
        yield f"{person.name}\n{person.aliases}\n{person.bio}"
    for country in archive.country_records.values():
        yield f"{country.name}\n{country.aliases}\n{country.bio}"
    yield f"{site.config.title}\n{site.config.description}"


def source_folders(config: SiteConfig) -> Iterable[Path]:
    content = config.content
    return [
        Path(p) for p in
        (content.articles, content.people, content.countries, content.pages, "templates", "static")
    ]


def locked(output: Path) -> ExitStack:
    """Keep other builds away from an output folder. Raises `Refusal` (exit code 3)."""
    import filelock

    path = output.parent / f".{output.name}.site-builder.lock"
    holder = path.with_suffix(".pid")  # the lock's own file is emptied by whoever tries it
    stack = ExitStack()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stack.enter_context(filelock.FileLock(path, timeout=0))
        holder.write_text(f"process {os.getpid()}, since {time.strftime('%Y-%m-%d %H:%M:%S')}")
        stack.callback(holder.unlink, missing_ok=True)
    except filelock.Timeout:
        try:
            who = f" ({holder.read_text()})"
        except OSError:
            who = ""
        raise Refusal(
            Problem("", 0, 0, "OU007", f"another build is writing to {output}{who}",
                    "wait for it to end"), exit_code=3,
        ) from None
    except OSError as error:
        stack.close()
        raise Refusal(
            Problem("", 0, 0, "OU003", f"{output} cannot be written: {error.strerror}"),
            exit_code=4,
        ) from None
    return stack
