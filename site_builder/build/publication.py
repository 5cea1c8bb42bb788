"""How a run ends: what it did is told, published and remembered; or all of it is dropped."""

from __future__ import annotations

import time
from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from site_builder.build.report import Report
from site_builder.build.scene import Scene
from site_builder.build.sources import Sources
from site_builder.pages.plan import Planner
from site_builder.publishing.hosting import near_limits
from site_builder.publishing.vanishing import vanished

if TYPE_CHECKING:
    from site_builder.build.making import Made, Written
    from site_builder.build.run import Run


def told(
    run: Run, sources: Sources, planner: Planner, made: Iterable[Made],
    left_out: Iterable[tuple[str, str]], pages: int,
) -> Report:
    """What this build did, before anything is published."""
    spent: dict[str, float] = {}
    for result in made:
        for name, seconds in result.seconds.items():
            spent[f"templates/{name}"] = spent.get(f"templates/{name}", 0.0) + seconds
    archive = planner.site.archive
    return Report(
        problems=tuple(run.problems.sorted()), failed=bool(run.problems.errors),
        articles=len(archive.articles), people=len(archive.people),
        countries=len(archive.countries), left_out=tuple(left_out), pages=pages,
        output=str(run.output),
        slowest=tuple(sorted(
            [*sources.slowest, *((s, name) for name, s in spent.items())], reverse=True)),
    )


def dropped(run: Run, report: Report) -> Report:
    """The build ends without publishing anything."""
    if run.folder is not None:
        run.folder.drop()
    return finished(run, report)


def publish(
    run: Run, report: Report, files: dict[str, str], staged: list[str], made: Iterable[Made],
    search: Iterable[Written], scene: Scene,
) -> Report:
    """Put everything into the output and remember it. `files` are those not made now."""
    assert run.folder is not None
    old, new = scene.old, scene.new
    for written in chain(*(result.written for result in made), search):
        files[written.path] = written.sum
        new.files[written.path] = (written.size, written.mtime_ns)
        if written.staged:
            staged.append(written.path)
    gone = vanished(old, files, run.config.limits.vanished_percent)
    if gone and not run.options.allow_removal:
        run.problems.add(
            "OU005", f"{gone} since the last build",
            hint="look for missing sources; if it is meant, build with --allow-removal")
        return dropped(run, msgspec.structs.replace(
            report, failed=True, problems=tuple(run.problems.sorted())))
    near_limits(
        {path: size for path, (size, _) in new.files.items()}, run.config, run.problems)
    report = msgspec.structs.replace(report, problems=tuple(run.problems.sorted()))
    changed, removed = run.folder.publish(staged, files, run.problems, old=old)
    run.lap("publishing")
    if run.inspection:
        new.inspected = run.inspection.remember()
    report = msgspec.structs.replace(report, published=True)
    # without what publishing said: that was of this build, and is not to be said again
    new.report = msgspec.Raw(msgspec.msgpack.encode(report))
    report = msgspec.structs.replace(report, problems=tuple(run.problems.sorted()))
    run.memory.keep(new)
    run.lap("remembering")
    return finished(run, msgspec.structs.replace(
        report, changed=tuple(changed), removed=tuple(removed)))


def finished(run: Run, report: Report) -> Report:
    """The report with the time that everything took."""
    return msgspec.structs.replace(
        report, seconds=time.perf_counter() - run.started, timings=tuple(run.timings))
