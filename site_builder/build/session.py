"""Building again and again in one process: what the preview does.

Most of the time somebody writes the text of one article. Nothing but its own
page depends on that, so a session keeps the planner and makes that page
alone; whatever else changes is an ordinary build.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import msgspec

from site_builder import config as configuration
from site_builder.build import Options, Report, Run, locked, source_folders
from site_builder.build.edits import same_finds, text_alone
from site_builder.build.sources import ChangedMeanwhile, read_one
from site_builder.model import Article, Detail, Findings, Trace
from site_builder.pages import articles
from site_builder.pages.keys import digest
from site_builder.pages.plan import Group
from site_builder.problems import Problems
from site_builder.publishing.folder import OutputFolder


class Session:
    """Builds one site as often as it is asked."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._run: Run | None = None
        self._report: Report | None = None
        self._cited: set[str] = set()  # files whose anchors others link to

    def build(self, changed: Iterable[Path] | None = None) -> Report:
        """Build what the change of these files asks for; None stands for anything.

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
            self._run = None
            run = Run(options, site, config, output, folder, lambda stage, done, total: None)
            run.shortcut = False
            stack.callback(run.workers.close)
            report = run.run()
        if report.published and not report.failed and run.job is not None:
            self._run = run
            run.job.known = {}  # from here on only what changed is made
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
        job, folder = run.job, run.folder
        assert job is not None
        assert job.stage is not None
        assert folder is not None
        assert self._report is not None
        site = job.planner.site
        assert run.texts is not None
        store = run.texts.details
        for article, detail in found:
            store.put(article.path, article.page_digest, detail)
        store.commit()
        job.stage.old = files = folder.manifest()
        job.stage.forget_folders()
        staged = []
        for article, _ in found:
            place = next(i for i, a in enumerate(site.archive.articles) if a.path == article.path)
            site.archive.replace(place, article)
            mark = articles.mark(site, job.planner.links, place, site.mark(article))
            groups = [Group(f"article:{article.path}", digest(mark), "article", str(place))]
            said = traces[article.path].digest != site.archive.traces[article.path].digest
            if said:
                groups += job.planner.groups_of(article, before[article.path])
            site.archive.traces = {**site.archive.traces, **traces}
            if said:  # the article's own mark has its findings
                mark = articles.mark(site, job.planner.links, place, site.mark(article))
                groups[0] = groups[0]._replace(fingerprint=digest(mark))
            for group in groups:
                for written in job.make(group).written:
                    files[written.path] = written.sum
                    staged += [written.path] if written.staged else []
        changed, removed = folder.publish(staged, files, Problems())
        return msgspec.structs.replace(
            self._report, changed=tuple(changed), removed=tuple(removed))
