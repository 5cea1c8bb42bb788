"""`serve`: the preview, with a build of its own that nobody deploys."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from site_builder import config as configuration
from site_builder.cli import options as shared
from site_builder.problems import Refusal, Severity


@click.command()
@shared.site
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="0 takes a free one.")
@click.option("--drafts", is_flag=True, help="Show drafts.")
@click.option("--future", is_flag=True, help="Show articles of the future and under embargo.")
def serve(site: Path, port: int, drafts: bool, future: bool) -> None:
    """Preview the site on this machine, live.

    Open the address that is shown in a browser: the page follows every file you save, and problems
    appear over it. Ctrl-C ends the preview. Only this machine can see it, and the site that build
    makes is not touched.

    \b
    Examples:
      site-builder serve --site news
      site-builder serve --drafts --future    what readers do not see yet
      site-builder serve --port 0             any free port
    """
    from site_builder import build as pipeline
    from site_builder.build.session import Session
    from site_builder.serving import BuildOutcome
    from site_builder.serving import serve as run

    site = site.resolve()
    config = configuration.load(site)
    output = site / pipeline.CACHE_FOLDER / "preview"
    options = pipeline.Options(
        site=site, output=output, drafts=drafts, future=future, allow_removal=True,
        base_url=f"http://127.0.0.1:{port or 8000}{config.base_path}",
    )

    session = Session(options)

    def build(changed: frozenset[Path] | None) -> BuildOutcome:
        try:
            return outcome(session.build(changed))
        except Refusal as refusal:
            return BuildOutcome(
                problems=tuple(refusal.problems), failed=True, changed=(),
                summary=refusal.problems[0].message,
            )

    def rest() -> BuildOutcome | None:
        report = session.rest()
        return outcome(report) if report else None

    def outcome(report: pipeline.Report) -> BuildOutcome:
        shown = tuple(p for p in report.problems if p.severity is not Severity.NOTE)
        return BuildOutcome(
            problems=shown, failed=report.failed, changed=(*report.changed, *report.removed),
            summary=f"{report.articles:,} articles, {len(report.changed):,} files changed, "
            f"{report.seconds:.2f} s",
        )

    watched = [site / name for name in ("content", "templates", "static", "site.toml")]
    contents = {site / folder for folder in msgspec.structs.astuple(config.content)}
    watched += [folder for folder in sorted(contents) if not folder.is_relative_to(watched[0])]
    run(build, rest=rest, output=output, base_path=config.base_path or "/", watch=watched,
        port=port, say=click.echo)
