"""Building again and again in one process: what the preview does.

Most of the time somebody writes the text of one article. Nothing but its own
page depends on that, and those that quote it, so a session keeps the planner and
makes that page first; whatever else changes is an ordinary build.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import msgspec

from site_builder import config as configuration
from site_builder.build.edits import in_data, same_finds, text_alone
from site_builder.build.folders import locked, source_folders
from site_builder.build.readings import ChangedMeanwhile, read_one
from site_builder.build.report import Options, Report
from site_builder.build.run import Run
from site_builder.model import Article, Detail, Findings, Trace
from site_builder.pages import articles
from site_builder.pages.keys import digest
from site_builder.pages.plan import Group
from site_builder.problems import Problems
from site_builder.publishing.folder import MANIFEST, OutputFolder
from site_builder.publishing.scanning import ids_in


class Session:
    """Builds one site as often as it is asked."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._run: Run | None = None
        self._report: Report | None = None
        self._pending: dict[str, Group] = {}  # what shows words of a text that was changed
        self._unkept = False  # whether the caches on the disk are behind
        self._cited: set[str] = set()  # files whose anchors others link to
        self._files: tuple[dict[str, str], tuple[int, ...]] = {}, ()  # the manifest, its looks
        self._known: dict[str, str] = {}  # the key of every page as it stands in the output
        self._had: dict[str, set[str]] = {}  # ids of pages before they were made alone

    def build(self, changed: Iterable[Path] | None = None) -> Report:
        """Build what the change of these files asks for; None stands for anything.

        After the change of a text that is the article's own page: `rest` makes the others that
        show some of its words, so that whoever waits for the page need not wait for them.
        Raises `Refusal` as `build.build` does.
        """
        started = time.perf_counter()
        report = self._texts(changed) if changed is not None else None
        if report is None:
            report = self._everything()
        self._report = report
        return msgspec.structs.replace(report, seconds=time.perf_counter() - started)

    def _everything(self) -> Report:
        options = self._options
        site = options.site.resolve()
        config = configuration.load(site, base_url=options.base_url)
        # a database is made whole: too long for somebody who waits to see a word
        config = msgspec.structs.replace(
            config, data=msgspec.structs.replace(config.data, sqlite=False))
        output = (options.output or site / config.output).absolute()
        with ExitStack() as stack:
            stack.enter_context(locked(output))
            folder = OutputFolder(output, site=site, sources=source_folders(config))
            folder.recover()
            if self._run and self._run.texts and self._unkept:
                self._run.texts.commit()
            self._run, self._unkept = None, False
            self._pending.clear()
            run = Run(options, site, config, output, folder, lambda stage, done, total: None)
            run.shortcut = False
            run.had = self._had
            stack.callback(run.workers.close)
            report = run.run()
        if report.published:
            self._had = {}
        if report.published and not report.failed and run.job is not None:
            self._run = run
            run.job.known = self._known = {
                page.path: page.key for row in run.rows for page in row.pages}
            run.job.scanner = None  # and the next whole build looks at it
            self._cited = run.job.planner.cited()
        return report

    def _texts(self, changed: Iterable[Path]) -> Report | None:
        """The build after a change of texts alone, or None where that is not what happened."""
        run = self._run
        if run is None or run.job is None or run.folder is None or self._report is None:
            return None
        if run.config.feeds.full_text:  # the text stands in feeds, too
            return None
        archive = run.job.planner.site.archive
        found: list[tuple[Article, bytes]] = []
        for file in changed:
            try:
                old = archive.by_path[file.resolve().relative_to(run.site).as_posix()]
            except (KeyError, ValueError):
                return None
            reading = read_one(run.site, run.config, run.generation, "articles", old.path, "")
            new = msgspec.msgpack.decode(reading.record, type=Article | None)
            if (
                new is None or reading.problems or not text_alone(old, new)
                or old.path in self._cited
                or any(p.file == old.path for p in self._report.problems)
            ):
                return None
            found.append((new, reading.detail))
        before = self._before(run, found)
        if before is None:
            return None
        traces = self._traces(run, found)
        if traces is None:
            return None
        self._unkept = True
        with locked(run.output):
            return self._publish(run, found, traces, before)

    def _before(
        self, run: Run, found: list[tuple[Article, bytes]]
    ) -> dict[str, Findings] | None:
        """What was found in the old texts, which are no longer on the disk."""
        assert run.job is not None
        assert run.texts is not None
        known = run.job.planner.site.archive.by_path
        try:
            return {new.path: run.texts.of(known[new.path]) for new, _ in found}
        except ChangedMeanwhile:
            return None

    def _traces(
        self, run: Run, found: list[tuple[Article, bytes]]
    ) -> dict[str, Trace] | None:
        """What is found in the new texts; None where the lists of people and countries change."""
        assert run.job is not None
        assert run.texts is not None
        known = run.job.planner.site.archive.traces
        traces = {}
        for article, detail in found:
            html = msgspec.msgpack.decode(detail, type=Detail).html
            data, trace = run.texts.find(article, html)
            if not same_finds(known[article.path], trace):
                return None
            run.texts.keep(article, data)
            traces[article.path] = trace
        return traces

    def _publish(
        self, run: Run, found: list[tuple[Article, bytes]], traces: dict[str, Trace],
        before: dict[str, Findings],
    ) -> Report:
        """Make the articles' own pages; the others that show their words are for `rest`."""
        assert run.job is not None
        assert run.texts is not None
        site, links = run.job.planner.site, run.job.planner.links
        for article, detail in found:
            run.texts.details.put(article.path, article.page_digest, detail)
        own = []
        for article, _ in found:
            archive = site.archive
            place = next(i for i, a in enumerate(archive.articles) if a.path == article.path)
            archive.replace(place, article)
            said = traces[article.path].digest != archive.traces[article.path].digest
            archive.traces = {**archive.traces, **traces}
            if said:
                self._pending.update(
                    (group.id, group)
                    for group in run.job.planner.groups_of(article, before[article.path]))
            self._pending.update((group.id, group) for group in in_data(run.config, article))
            mark = articles.mark(site, links, place, site.mark(article))
            own.append(Group(f"article:{article.path}", digest(mark), "article", str(place)))
        return self._made(run, own)

    def rest(self) -> Report | None:
        """Make what the last builds left for later; None where there was nothing."""
        run, pending = self._run, list(self._pending.values())
        if run is None or not self._unkept:
            return None
        started = time.perf_counter()
        assert run.texts is not None
        run.texts.commit()
        self._unkept = False
        if not pending:
            return None
        with locked(run.output):
            report = self._made(run, pending)
        self._pending.clear()
        return msgspec.structs.replace(report, seconds=time.perf_counter() - started)

    def _manifest(self, folder: OutputFolder) -> dict[str, str]:
        """The folder's manifest; that of the last build where it still is the one."""
        files, looks = self._files
        return files if looks and looks == _looks(folder) else folder.manifest()

    def _made(self, run: Run, groups: Iterable[Group]) -> Report:
        job, folder = run.job, run.folder
        assert job is not None
        assert job.stage is not None
        assert folder is not None
        assert self._report is not None
        old = self._manifest(folder)
        job.stage.old, files = old, dict(old)
        job.stage.forget_folders()
        staged: list[str] = []
        keys: dict[str, str] = {}
        for group in groups:
            made = job.make(group)
            keys.update((page.path, page.key) for page in made.row.pages)
            for written in made.written:
                files[written.path] = written.sum
                if written.staged:
                    staged.append(written.path)
                    self._had.setdefault(written.path, set()).update(
                        ids_in(run.output / written.path))
        changed, removed = folder.publish(staged, files, Problems(), old=old)
        self._files = files, _looks(folder)
        self._known.update(keys)
        return msgspec.structs.replace(
            self._report, changed=tuple(changed), removed=tuple(removed))


def _looks(folder: OutputFolder) -> tuple[int, ...]:
    try:
        found = (folder.path / MANIFEST).stat()
    except OSError:
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size
