"""`import`: texts from outside become articles."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from site_builder import config as configuration
from site_builder.cli import options
from site_builder.problems import Problems


def _pairs(values: tuple[str, ...], option: str) -> dict[str, str]:
    found = {}
    for value in values:
        key, sign, text = value.partition("=")
        if not sign or not key:
            raise click.UsageError(f"{option} takes FIELD=VALUE, not {value!r}")
        found[key] = text
    return found


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@options.site
@click.option("--from", "kind", metavar="KIND", default="",
              help="What the files are, where it is not plain: jekyll, hugo, pelican, eleventy, "
                   "html, wxr, feed, table or text.")
@click.option("--into", default="", metavar="FOLDER", help="A folder below the articles folder.")
@click.option("--media", multiple=True, metavar="FOLDER",
              type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="Where the pictures are: stands for the root of the old site.")
@click.option("--old-url", default="", metavar="URL", help="The address of the old site.")
@click.option("--permalink", default="", metavar="PATTERN",
              help="The old site's addresses, such as /:year/:month/:title/.")
@click.option("--date", default="", help="The date of texts that say none.")
@click.option("--map", "maps", multiple=True, help="FIELD=NAME of a column or key.")
@click.option("--set", "constants", multiple=True, help="FIELD=VALUE for every article.")
@click.option("--limit", type=click.IntRange(0), default=0, help="At most so many new articles.")
@click.option("--duplicates", is_flag=True, help="Import texts that are nearly the same, too.")
@click.option("--dry-run", is_flag=True, help="Only show what would be written.")
def take(
    files: tuple[Path, ...], site: Path, kind: str, into: str, media: tuple[Path, ...],
    old_url: str, permalink: str, date: str, maps: tuple[str, ...], constants: tuple[str, ...],
    limit: int, duplicates: bool, dry_run: bool,
) -> None:
    """Bring an archive in: texts, tables, saved pages, feeds, and whole sites.

    Reads plain texts, CSV and JSON Lines, saved HTML pages, WordPress exports, RSS and Atom files,
    and the folders of Jekyll, Hugo, Pelican and Eleventy. Nothing is overwritten, and what is
    there already is not imported again. What was dropped, changed and guessed is shown for each
    article: look at it with --dry-run first.

    \b
    Examples:
      site-builder import talks.txt --date 2022-11-29 --dry-run
      site-builder import archive.csv --map title=headline --map body=content
      site-builder import export.xml --media wp-content/uploads
      site-builder import ../old-blog --from jekyll --old-url https://old.example
      site-builder import saved-pages --set section=Diplomacy --limit 20
    """
    from site_builder import build as pipeline
    from site_builder.cli import report as reports
    from site_builder.importing import detecting, report
    from site_builder.importing.run import Request, run_import

    if kind and kind not in detecting.KINDS:
        raise click.UsageError(f"--from takes one of {', '.join(detecting.KINDS)}")
    config = configuration.load(site)
    into = into.strip("/").removeprefix(config.content.articles.strip("/")).strip("/")
    if any(part in ("", ".", "..") or part.startswith(".") for part in into.split("/") if into):
        raise click.UsageError(f"--into takes a folder below {config.content.articles}")
    people, countries = pipeline.read_records(site.resolve(), config, Problems())
    result = run_import(
        site.resolve(), config, files,
        Request(
            kind=kind, date=date, field_map=_pairs(maps, "--map"),
            constants=_pairs(constants, "--set"), into=into, media=media, base=old_url,
            permalink=permalink, limit=limit, duplicates=duplicates, dry_run=dry_run,
        ),
        people=people, countries=countries,
        show=lambda item: _say(report.item(item, whole=dry_run)), progress=_progress,
    )
    _say(report.summary(result, dry_run=dry_run))
    for line in reports.as_text(result.problems, most=10**9):
        click.echo(line, err=True)
    if result.problems.errors:
        sys.exit(1)


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _progress(stage: str, done: int, total: int) -> None:
    """A count on the terminal where a person watches and the list goes elsewhere."""
    if not sys.stderr.isatty() or sys.stdout.isatty() or (done % 20 and done != total):
        return
    of = f"/{total:,}" if total else ""
    click.echo(f"\r{stage} {done:,}{of}\033[K", nl=done == total, err=True)
