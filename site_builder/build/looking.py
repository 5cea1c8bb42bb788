"""The whole archive, read and indexed, for commands that look at it and make nothing of it."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path
from typing import NamedTuple

from site_builder import config as configuration
from site_builder.build.report import Options
from site_builder.build.run import Run
from site_builder.build.sources import Progress
from site_builder.config import SiteConfig
from site_builder.finding.people import PeopleResolver
from site_builder.pages.plan import Planner
from site_builder.problems import Problems, Refusal
from site_builder.rendering.environment import Renderer


class Looked(NamedTuple):
    """What is known of an archive. `static` maps output paths to files."""

    folder: Path
    config: SiteConfig
    planner: Planner
    people: PeopleResolver
    static: dict[str, Path]
    problems: Problems


def look(
    options: Options, *, progress: Progress = lambda stage, done, total: None
) -> Looked:
    """Read everything that a build with these options would show.

    Raises `Refusal` (exit code 1) with all problems when some are errors.
    """
    folder = options.site.resolve()
    config = configuration.load(folder, base_url=options.base_url)
    run = Run(options, folder, config, folder / config.output, None, progress)
    try:
        planner, people, static = run.look()
    finally:
        run.workers.close()
    if run.problems.errors:
        raise Refusal(run.problems.sorted(), exit_code=1)
    return Looked(folder, config, planner, people, static, run.problems)


def renderer(looked: Looked, inside: Container[str]) -> Renderer:
    """A renderer of portable pages without menus, whose other links lead to the web."""
    from site_builder.build.planning import theme_folders

    return Renderer(looked.config, theme_folders(looked.folder, "templates"), menu=(), footer=(),
                    portable=True, inside=inside,
                    assets={f"/{path}": f"/{path}" for path in looked.static})
