"""`serve`: the preview, with a build of its own that nobody deploys."""

from __future__ import annotations

from pathlib import Path

import click

from site_builder import config as configuration
from site_builder.problems import Refusal, Severity


@click.command()
@click.option(
    "--site", type=click.Path(path_type=Path, file_okay=False), default=Path(),
    help="The site's folder (default: here).",
)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="0 takes a free one.")
@click.option("--drafts", is_flag=True, help="Show drafts.")
@click.option("--future", is_flag=True, help="Show articles of the future and under embargo.")
def serve(site: Path, port: int, drafts: bool, future: bool) -> None:
    """Preview the site on this machine; it rebuilds and reloads when a file changes."""
    from site_builder import build as pipeline
    from site_builder.build.session import Session
    from site_builder.serving import BuildOutcome
    from site_builder.serving import serve as run

    site = site.resolve()
    config = configuration.load(site)
    output = site / pipeline.CACHE_FOLDER / "preview"
    options = pipeline.Options(
        site=site, output=output, drafts=drafts, future=future,
        base_url=f"http://127.0.0.1:{port or 8000}{config.base_path}",
    )

    session = Session(options)

    def build(changed: frozenset[Path] | None) -> BuildOutcome:
        try:
            report = session.build(changed)
        except Refusal as refusal:
            return BuildOutcome(
                problems=tuple(refusal.problems), failed=True, changed=(),
                summary=refusal.problems[0].message,
            )
        shown = tuple(p for p in report.problems if p.severity is not Severity.NOTE)
        return BuildOutcome(
            problems=shown, failed=report.failed, changed=(*report.changed, *report.removed),
            summary=f"{report.articles:,} articles, {len(report.changed):,} files changed, "
            f"{report.seconds:.2f} s",
        )

    watched = [site / name for name in ("content", "templates", "static", "site.toml")]
    contents = {site / f for f in (config.content.articles, config.content.people)}
    watched += [folder for folder in sorted(contents) if not folder.is_relative_to(watched[0])]
    run(build, output=output, base_path=config.base_path or "/", watch=watched, port=port,
        say=click.echo)
