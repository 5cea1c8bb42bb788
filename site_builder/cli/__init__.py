"""The command line: the only room that prints and exits."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from site_builder import __version__
from site_builder.cli.new import new
from site_builder.cli.serve import serve
from site_builder.cli.take import take
from site_builder.problems import Refusal, Severity

_site = click.option(
    "--site", type=click.Path(path_type=Path, file_okay=False), default=Path(),
    help="The site's folder, the one with site.toml (default: here).",
)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: site-builder new site NEWS; then site-builder build --site NEWS.",
)
@click.version_option(__version__, prog_name="site-builder")
def cli() -> None:
    """Turn a folder of news articles in Markdown into a website.

    Exit codes: 0 fine, 1 problems in the content, 2 wrong use or configuration,
    3 locked by another build, 4 input or output failed.
    """


@cli.command()
@_site
@click.option("--output", type=click.Path(path_type=Path), help="Where the site goes.")
@click.option("--base-url", help="The address that readers will type; wins over site.toml.")
@click.option("--drafts", is_flag=True, help="Include drafts.")
@click.option("--future", is_flag=True, help="Include articles of the future and under embargo.")
@click.option("--jobs", type=click.IntRange(0), default=0, help="Processes (0: one a processor).")
@click.option("--clean", is_flag=True, help="Forget what earlier builds remembered.")
@click.option("--portable", is_flag=True, help="Links that work from a disk, without a server.")
@click.option("--keep-going", is_flag=True,
              help="Publish the rest when articles have errors; the exit code is still 1.")
@click.option("--executor", default="processes", metavar="NAME",
              help="processes, or a Dask cluster as dask://HOST:PORT.")
@click.option("--timings", is_flag=True, help="Say where the time went.")
def build(
    site: Path, output: Path | None, base_url: str | None, drafts: bool, future: bool,
    jobs: int, clean: bool, portable: bool, keep_going: bool,
    executor: str, timings: bool,
) -> None:
    """Build the site. Nothing is published when an article has an error."""
    from site_builder import build as pipeline
    from site_builder.cli import report as reports

    options = pipeline.Options(
        site=site, output=output, base_url=base_url, drafts=drafts, future=future, jobs=jobs,
        clean=clean, portable=portable, keep_going=keep_going,
        executor=executor,
    )
    report = pipeline.build(options, progress=_progress())
    for line in reports.as_text(
        p for p in report.problems if p.severity is not Severity.NOTE
    ):
        click.echo(line, err=True)
    for line in reports.summary(report):
        click.echo(line)
    if timings:
        for line in reports.timings(report):
            click.echo(line)
    if not report.published:
        click.echo("Nothing was published: mend the errors above.", err=True)
        sys.exit(1)
    click.echo(f"{len(report.changed):,} files written, {len(report.removed):,} removed: "
               f"{report.output}")
    if report.failed:
        click.echo("Some files were left out: mend the errors above.", err=True)
        sys.exit(1)


@cli.command()
@_site
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text")
@click.option("--all", "every", is_flag=True, help="Show every problem, not the first 50.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings, too.")
@click.option("--drafts", is_flag=True, help="Check drafts as if they were published.")
@click.option("--future", is_flag=True, help="Check articles of the future, too.")
def check(site: Path, form: str, every: bool, strict: bool, drafts: bool, future: bool) -> None:
    """Say everything that build would complain about, and write nothing."""
    from site_builder import build as pipeline
    from site_builder.cli import report as reports

    options = pipeline.Options(site=site, drafts=drafts, future=future, publish=False)
    report = pipeline.build(options)
    if form == "json":
        click.echo(reports.as_json(report.problems))
    elif form == "github":
        for line in reports.as_github(report.problems):
            click.echo(line)
    else:
        for line in reports.as_text(report.problems, most=10**9 if every else reports.MOST):
            click.echo(line)
        counts = {s: sum(p.severity is s for p in report.problems) for s in Severity}
        click.echo(", ".join(f"{n} {s}s" for s, n in counts.items()))
    strict_failure = strict and any(p.severity is Severity.WARNING for p in report.problems)
    if report.failed or strict_failure:
        sys.exit(1)


cli.add_command(new)
cli.add_command(serve)
cli.add_command(take)


def _progress() -> Any:
    """A bar where a person watches; nothing where none does."""
    if not sys.stderr.isatty():
        return lambda stage, done, total: None

    def show(stage: str, done: int, total: int) -> None:
        width = 30
        filled = width * done // max(total, 1)
        end = "\r" if done < total else "\r\033[K"
        click.echo(f"\r{stage:10} {'█' * filled}{'·' * (width - filled)} {done:,}/{total:,}{end}",
                   nl=False, err=True)

    return show


def main() -> None:
    """Run the command line; a `Refusal` becomes its message and its exit code."""
    from site_builder.cli import report as reports

    try:
        cli()
    except Refusal as refusal:
        for line in reports.as_text(refusal.problems):
            click.echo(line, err=True)
        sys.exit(refusal.exit_code)
    except OSError as error:
        click.echo(f"input/output failed: {error}", err=True)
        sys.exit(4)
