"""`import`: texts from outside become articles."""

from __future__ import annotations

import sys
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
@click.option("--date", help="The date of texts that say none.")
@click.option("--map", "maps", multiple=True, help="FIELD=COLUMN of a table.")
@click.option("--set", "constants", multiple=True, help="FIELD=VALUE for every article.")
@click.option("--dry-run", is_flag=True, help="Only show what would be written.")
def take(
    files: tuple[Path, ...], site: Path, date: str | None, maps: tuple[str, ...],
    constants: tuple[str, ...], dry_run: bool,
) -> None:
    """Turn scraped texts, or the rows of CSV files, into articles. Nothing is overwritten.

    What was dropped and guessed is shown, line by line; people and countries that the archive
    knows are filled in. Look at it with --dry-run first. A text says its date with --date; a table
    needs columns for title, date and body, by these or usual names, or as --map says.

    \b
    Examples:
      site-builder import talks.txt --date 2022-11-29 --dry-run
      site-builder import *.txt --date 2022-11-29 --set section=Diplomacy
      site-builder import archive.csv --map title=headline --map body=content
    """
    from site_builder import build as pipeline
    from site_builder.cli import report as reports
    from site_builder.importing import report
    from site_builder.importing.run import run_import

    config = configuration.load(site)
    people, countries = pipeline.read_records(site.resolve(), config, Problems())
    result = run_import(
        site.resolve(), config, files, date=date, field_map=_pairs(maps, "--map"),
        constants=_pairs(constants, "--set"), people=people, countries=countries, dry_run=dry_run,
    )
    for line in report.lines(result, dry_run=dry_run):
        click.echo(line)
    for line in reports.as_text(result.problems):
        click.echo(line, err=True)
    if result.problems.errors:
        sys.exit(1)
