"""The command line: the only room that prints and exits."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from site_builder import __version__
from site_builder.cli import options
from site_builder.cli.deploy import deploy
from site_builder.cli.new import new
from site_builder.cli.packet import packet
from site_builder.cli.people import people
from site_builder.cli.serve import serve
from site_builder.cli.tag import tag
from site_builder.cli.take import take
from site_builder.cli.verify import export, verify
from site_builder.problems import Problems, Refusal, Severity

if TYPE_CHECKING:
    from site_builder.build.run import Run


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="site-builder")
def cli() -> None:
    """Turn a folder of news articles in Markdown into a website.

    A site is a folder with a site.toml, articles in content/articles and, if you like, records
    of people and countries. Each command explains itself with --help.

    \b
    Examples:
      site-builder new site news          start a site in the folder news
      site-builder serve --site news      write, and see the pages change
      site-builder check --site news      what is wrong, and how to mend it
      site-builder build --site news      make the website in news/public
      site-builder deploy --site news     put it online

    Exit codes: 0 fine, 1 problems in the content, 2 wrong use or configuration,
    3 locked by another build, 4 input or output failed, 130 interrupted.
    """


@cli.command()
@options.site
@click.option("--output", type=click.Path(path_type=Path), help="Where the site goes.")
@click.option("--base-url", help="The address that readers will type; wins over site.toml.")
@click.option("--drafts", is_flag=True, help="Include drafts.")
@click.option("--future", is_flag=True, help="Include articles of the future and under embargo.")
@click.option("--jobs", type=click.IntRange(0), default=0, help="Processes (0: one a processor).")
@click.option("--clean", is_flag=True, help="Forget what earlier builds remembered.")
@click.option("--portable", is_flag=True, help="Links that work from a disk, without a server.")
@click.option("--keep-going", is_flag=True,
              help="Publish the rest when articles have errors; the exit code is still 1.")
@click.option("--allow-removal", is_flag=True,
              help="Publish even when many pages are gone since the last build.")
@click.option("--executor", default="processes", metavar="NAME",
              help="processes, or a Dask cluster as dask://HOST:PORT.")
@click.option("--timings", is_flag=True, help="Say where the time went.")
def build(
    site: Path, output: Path | None, base_url: str | None, drafts: bool, future: bool,
    jobs: int, clean: bool, portable: bool, keep_going: bool,
    allow_removal: bool, executor: str, timings: bool,
) -> None:
    """Build the site: every page, feed and picture.

    It goes into public/, or the folder that site.toml names. Only what has changed is written.
    Nothing is published when an article has an error: the site stays as it was. Files that
    site-builder did not write are never touched.

    \b
    Examples:
      site-builder build                                the site in this folder
      site-builder build --site news --output /srv/www  elsewhere
      site-builder build --drafts --future --output preview
                                                        everything, to look at
      site-builder build --portable --output disk       to read without a server
    """
    from site_builder import build as pipeline
    from site_builder.cli import report as reports

    wanted = pipeline.Options(
        site=site, output=output, base_url=base_url, drafts=drafts, future=future, jobs=jobs,
        clean=clean, portable=portable, keep_going=keep_going,
        executor=executor, allow_removal=allow_removal,
    )
    report = pipeline.build(wanted, progress=_progress(), hold=_hold)
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
@options.site
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text",
              help="For people, programs or a pull request.")
@click.option("--all", "every", is_flag=True, help="Show every problem, not the first 50.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings, too.")
@click.option("--drafts", is_flag=True, help="Check drafts as if they were published.")
@click.option("--future", is_flag=True, help="Check articles of the future, too.")
@click.option("--external", is_flag=True, help="Ask for every outgoing link, too: is it alive?")
@click.option("--limit", type=click.IntRange(0), default=0, metavar="NUMBER",
              help="With --external: ask for no more than so many addresses in this run.")
@click.option("--again", is_flag=True,
              help="With --external: ask even where the last answer is fresh.")
@click.option("--private", is_flag=True,
              help="With --external: ask addresses of this machine and of private networks, too.")
@click.option("--built", is_flag=True, help="Look at the pages that the last build made, too.")
def check(
    site: Path, form: str, every: bool, strict: bool, drafts: bool, future: bool,
    external: bool, limit: int, again: bool, private: bool, built: bool,
) -> None:
    """Say everything that build would complain about, and write nothing.

    Each problem has its place, a code and a hint; docs/problems.md explains the codes. Errors stop
    a build, warnings and notes do not. The exit code is 1 if there are errors.

    With --external, servers are asked whether the pages that the archive cites are still there:
    one request a second and host, and only those that were not answered lately.

    \b
    Examples:
      site-builder check --site news       the first 50 problems, errors first
      site-builder check --all --strict    all of them; warnings count as errors
      site-builder check --format github   remarks on a pull request
      site-builder check --external --limit 200
      site-builder check --built           links, anchors and ids of the built pages, too
    """
    from site_builder import build as pipeline
    from site_builder.cli import report as reports

    options = pipeline.Options(site=site, drafts=drafts, future=future, publish=False)
    report = pipeline.build(options)
    outcome = None
    if external and report.failed:
        click.echo("Outgoing links are asked for when the errors are mended.", err=True)
    elif external:
        from site_builder.build.looking import look
        from site_builder.checking.external import check as ask

        looked, found = look(options), Problems(report.problems)
        outcome = ask(looked.folder, looked.planner.site, found, now=pipeline.now(), limit=limit,
                      again=again, private=private, progress=_progress())
        report = msgspec.structs.replace(report, problems=tuple(found.sorted()))
    if built:
        told = tuple(sorted({*report.problems, *pipeline.inspect(site)}))
        report = msgspec.structs.replace(
            report, problems=told, failed=any(p.severity is Severity.ERROR for p in told))
    if form == "json":
        click.echo(reports.as_json(report.problems))
    elif form == "github":
        for line in reports.as_github(report.problems):
            click.echo(line)
    else:
        for line in reports.as_text(report.problems, most=10**9 if every else reports.MOST):
            click.echo(line)
        if outcome:
            click.echo(f"{outcome.addresses:,} outgoing addresses: {outcome.asked:,} asked now, "
                       f"{outcome.unknown:,} not asked yet; links with neither a capture date nor "
                       f"an archived copy: {outcome.bare:,}")
        for line in reports.verdict(report.problems):
            click.echo(line)
    strict_failure = strict and any(p.severity is Severity.WARNING for p in report.problems)
    if report.failed or strict_failure:
        sys.exit(1)


cli.add_command(deploy)
cli.add_command(new)
cli.add_command(people)
cli.add_command(serve)
cli.add_command(tag)
cli.add_command(take)
cli.add_command(verify)
cli.add_command(packet)
cli.add_command(export)


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


_held: list[Run] = []
"""What need not be taken apart before the process ends."""
_alone = False
"""Whether the process is ours, and ends with the command."""


def _hold(run: Run) -> None:
    _held[:] = [run]
    run.last = _alone


def program() -> None:
    """`main` in a process of its own, which ends at once: nothing is taken apart first."""
    global _alone
    _alone = True
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except OSError:  # nobody reads what we say
            code = code or 4
        os._exit(code)


def main() -> None:
    """Run the command line; a `Refusal` becomes its message and its exit code."""
    from site_builder.cli import report as reports

    try:
        sys.exit(cli.main(prog_name="site-builder", standalone_mode=False))
    except click.Abort:
        click.echo("interrupted", err=True)
        sys.exit(130)  # 128 + SIGINT, as shells have it
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except Refusal as refusal:
        for line in reports.as_text(refusal.problems):
            click.echo(line, err=True)
        sys.exit(refusal.exit_code)
    except OSError as error:
        click.echo(f"input/output failed: {error}", err=True)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            click.echo("    make room on the disk, then run the command again", err=True)
        sys.exit(4)
    except Exception as error:
        if os.environ.get("SITE_BUILDER_TRACEBACK"):
            raise
        click.echo(f"site: error PG001: {defect(error)}", err=True)
        sys.exit(70)  # EX_SOFTWARE of sysexits.h


def defect(error: Exception) -> str:
    """Keep the traceback in a file; a sentence that says what happened and where that is."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="site-builder-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write("".join(traceback.format_exception(error)))
    return (f"the program broke off ({type(error).__name__}: {error}).\n"
            f"    The published site is as it was. Please report this with {file.name}")
