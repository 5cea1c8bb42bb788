"""From a folder of sources to a published site."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from site_builder import config as configuration
from site_builder.build.folders import forget, forget_all, locked, memory_path, source_folders
from site_builder.build.memory import Memory
from site_builder.build.planning import theme_folders
from site_builder.build.records import read_records
from site_builder.build.report import Options, Report
from site_builder.build.run import Run
from site_builder.build.showing import now
from site_builder.build.sources import Progress
from site_builder.cache import FOLDER as CACHE_FOLDER
from site_builder.problems import Problem, Refusal, Severity
from site_builder.publishing.folder import OutputFolder

__all__ = ["CACHE_FOLDER", "Options", "Progress", "Report", "build", "forget", "inspect",
           "memory_path", "now", "read_records", "theme_folders"]


def build(
    options: Options, *, progress: Progress = lambda stage, done, total: None,
    hold: Callable[[Run], None] = lambda run: None,
) -> Report:
    """Build the site. Raises `Refusal` when that is not possible at all.

    `hold` gets all that the build knows: a process that ends anyway may keep it until then,
    for taking it apart costs as much as writing some hundred pages, and so does looking for
    garbage (`Run.last`).
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
            stack.callback(folder.drop)
        if options.clean and options.publish:
            forget_all(site / CACHE_FOLDER)
        run = Run(options, site, config, output, folder, progress)
        hold(run)
        stack.callback(run.workers.close)
        return run.run()


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
    memory = Memory(memory_path(site, output)).load()
    known = recalled(memory)
    inspector = Inspector(output, [f for f in files if (output / f).is_file()],
                          memory.base_path if memory else config.base_path)
    return problems(
        inspector.faults(),
        origins(memory.rows() if memory else (), known.copied if known else (), files),
        Severity(config.checks.broken_links))
