"""`deploy`: a build, and its output as the next commit of a branch."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from site_builder import config as configuration
from site_builder.cli import options
from site_builder.problems import Severity

_SHOWN = 10


@click.command()
@options.site
@click.option("--remote", default="origin", help="A remote of this repository, or its address.")
@click.option("--branch", default="gh-pages", help="The branch that holds the built site.")
@click.option("--message", default="", help="The first line of the commit.")
@click.option("--base-url", help="The address that readers will type; wins over site.toml.")
@click.option("--clean", is_flag=True, help="Build without what earlier builds remembered.")
@click.option("--dry-run", is_flag=True, help="Build and compare; put nothing online.")
@click.option("--allow-removal", is_flag=True,
              help="Deploy even when many pages are gone, or the branch shows another site.")
def deploy(
    site: Path, remote: str, branch: str, message: str, base_url: str | None, clean: bool,
    dry_run: bool, allow_removal: bool,
) -> None:
    """Build the site and put it online, on a branch of a git remote.

    This is for GitHub Pages and other hosts that show a branch. Your own branches and files are
    not touched. A branch that site-builder did not make is never written to, and nothing is ever
    forced. Where nothing has changed, nothing is pushed.

    \b
    Examples:
      site-builder deploy --dry-run                     what would change online
      site-builder deploy --site news                   to the branch gh-pages of origin
      site-builder deploy --remote git@host:site.git --branch main
    """
    from site_builder import build as pipeline
    from site_builder.cli import report as reports
    from site_builder.deploying.deploy import Wish
    from site_builder.deploying.deploy import deploy as run
    from site_builder.publishing.folder import MANIFEST, manifest_of

    report = pipeline.build(pipeline.Options(
        site=site, base_url=base_url, clean=clean, allow_removal=allow_removal))
    for line in reports.as_text(p for p in report.problems if p.severity is not Severity.NOTE):
        click.echo(line, err=True)
    for line in reports.summary(report):
        click.echo(line)
    if report.failed or not report.published:
        click.echo("Nothing was put online: mend the errors above.", err=True)
        sys.exit(1)
    site = site.resolve()
    output = Path(report.output)
    files = manifest_of((output / MANIFEST).read_bytes())
    done = run(site, configuration.load(site, base_url=base_url), output, files, Wish(
        remote=remote, branch=branch, message=message, dry_run=dry_run,
        allow_removal=allow_removal, articles=report.articles))
    for line in reports.as_text(done.problems):
        click.echo(line, err=True)
    counts = f"{len(done.added):,} new, {len(done.changed):,} changed, {len(done.removed):,} gone"
    if not (done.added or done.changed or done.removed):
        click.echo(f"Nothing to do: {branch} of {done.url} shows this site already.")
        return
    if dry_run:
        for sign, paths in (("+", done.added), ("~", done.changed), ("-", done.removed)):
            for path in paths[:_SHOWN]:
                click.echo(f"    {sign} {path}")
            if len(paths) > _SHOWN:
                click.echo(f"    {sign} … and {len(paths) - _SHOWN:,} more")
        click.echo(f"Would be put on {branch} of {done.url}: {counts}")
        return
    click.echo(f"{counts}: {branch} of {done.url} is now at {done.commit[:10]}")
