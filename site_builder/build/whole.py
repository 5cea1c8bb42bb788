"""A whole build: every group of pages is looked at, and made where it is not as it was."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from site_builder.build import crawling, kept, outline, planning, publication, secrecy
from site_builder.build.addresses import Ledger
from site_builder.build.claims import Claims
from site_builder.build.report import Report
from site_builder.build.scene import Scene, mark_of, sorted_out
from site_builder.build.sources import Sources
from site_builder.problems import Problems

if TYPE_CHECKING:
    from site_builder.build.run import Run


def make(run: Run, sources: Sources, scene: Scene, clock: int) -> Report:
    """Everything, but for the pages that the last build made of the same."""
    memory, new = scene.memory, scene.new
    drawn, planner = outline.drawn(run, sources, scene, clock)
    new.since, new.until, new.alike = drawn.since, drawn.until, drawn.alike
    new.base = planning.base(planner, scene.base, scene.assets)
    last_rows = memory.rows() if memory is not None and memory.base == new.base else []
    known = {row.id: row for row in last_rows}
    groups, found = drawn.all_groups(), Problems(drawn.found)
    rows, todo = sorted_out(groups, known, scene)
    run.problems.extend(found)
    pages = {page.path: page.key for row in last_rows for page in row.pages
             if page.path not in scene.damaged}
    hidden = [sources.by_path[path] for path in drawn.hidden]
    job = run.begun(planner, groups.some(todo), scene, pages, sources, hidden, drawn.ids,
                    anew=not known)
    stage = job.stage
    rules = crawling.hosting(planner, job, scene.assets, run.config,
                             portable=run.options.portable)
    made = run.made(job, sources, drawn.ids)
    rows |= {result.row.id: result.row for result in made}
    ordered = [rows[group.id] for group in groups]
    told, addresses = Problems(), Ledger(run.site, drawn.ids, drawn.urls)
    addresses.compare(
        sources.by_path, {page.url for row in ordered for page in row.pages}, run.config, told)
    run.problems.extend(told)
    found.extend(told)
    last = [crawling.sitemap(ordered, job, run.config), rules]
    made += last
    ordered += [result.row for result in last]
    run.lap("making pages")
    search = run.searched(planner, sources, stage, scene)
    claims = Claims(run.site, ordered, scene.statics, search, run.album)
    clash = claims.clash(run.problems) or secrecy.leaked(made, planner, run.problems)
    unsafe = any(p.code == "MD010" for p in run.problems.errors)
    if run.inspection and not clash:
        run.problems.extend(run.inspection.problems(ordered, claims.files(), scene.statics))
        run.lap("looking at the pages")
    report = publication.told(run, sources, planner, made, drawn.left_out,
                              sum(len(r.pages) for r in ordered))
    stop = clash or unsafe or (report.failed and not run.options.keep_going)
    if stop or stage is None:
        return publication.dropped(run, report)
    run.job, run.rows, run.new = job, ordered, new
    new.keep_rows(ordered)
    used = {source for row in ordered for source in row.media}
    files, staged = run.copied(used, scene, stage)
    for page in chain.from_iterable(row.pages for row in ordered):
        if memory is not None and page.path in scene.old and page.path in memory.files:
            files[page.path] = scene.old[page.path]
            new.files[page.path] = memory.files[page.path]
    # a session goes on with the archive as it is
    keeps = run.shortcut and not run.options.keep_going and not report.failed
    new.index = mark_of(new) if keeps else ""
    report = publication.publish(run, report, files, staged, made, search, scene)
    if report.published and keeps:
        kept.save(run.memory_path, kept.Kept(
            new.index, drawn.index, drawn.urls, drawn.cited, run.shows, sorted(used),
            drawn.hidden, list(found)))
        run.lap("keeping the index")
        report = publication.finished(run, report)
    whole = not (run.options.drafts or run.options.future)
    if report.published and whole and run.output == run.site / run.config.output:
        addresses.record()
    return report
