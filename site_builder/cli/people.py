"""`people`: who is one person and who is not; records and front matter change together."""

from __future__ import annotations

import datetime as dt
import json
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder import config as configuration
from site_builder.cli import options

if TYPE_CHECKING:
    from site_builder.editing.people import Desk, Outcome

_WRITE = click.option("--write", is_flag=True, help="Make the changes; without it they are shown.")
_REASON = click.option("--reason", default="", metavar="TEXT",
                       help="Why; it stands in the ledger and on the site.")


@click.group()
def people() -> None:
    """Merge and split people, and find names that may be one person.

    Records, front matter of all articles, old addresses and the ledger change together or not at
    all, and not a byte but the names. Nothing is written without --write: you see a diff.

    \b
    Examples:
      site-builder people duplicates
      site-builder people merge ali-khamenei "Ali Khamene'i" --reason "another spelling"
      site-builder people split li-ming --into li-ming-minister --before 2010-01-01
    """


@people.command()
@click.argument("a")
@click.argument("b", nargs=-1, required=True, metavar="B")
@options.site
@_REASON
@click.option("--drop", is_flag=True, help="Leave out what B's record says otherwise than A's.")
@_WRITE
def merge(a: str, b: tuple[str, ...], site: Path, reason: str, drop: bool, write: bool) -> None:
    """Make B one person with A, whose record stays.

    Each is a record's id or a name; B may be a name without a record. B's names become aliases of
    A, articles that name B name A, B's address leads to A's page, and what only B's record says is
    brought over. The ledger in the people folder gets an entry.

    \b
    Example:
      site-builder people merge ali-khamenei "Ali Khamene'i" --reason "another spelling" --write
    """
    if len(b) > 1:
        raise click.UsageError(
            "two at a time: a merge is looked at before the next one; first "
            f"{shlex.join(['site-builder', 'people', 'merge', a, b[0]])}")
    _finish(_desk(site).merge(a, b[0], reason=reason, drop=drop), write)


@people.command()
@click.argument("a")
@options.site
@click.option("--into", required=True, metavar="ID", help="The id of the new record.")
@click.option("--name", default="", help="The new person's name (default: the same).")
@click.option("--qualifier", default="", help="What tells the new person apart: minister.")
@click.option("--articles", "globs", multiple=True, metavar="GLOB",
              help="Articles that go, by path: 2022/*.md. May be given several times.")
@click.option("--before", default="", metavar="DATE", help="Articles dated before this go.")
@click.option("--after", default="", metavar="DATE", help="Articles dated after this go.")
@_REASON
@_WRITE
def split(
    a: str, site: Path, into: str, name: str, qualifier: str, globs: tuple[str, ...],
    before: str, after: str, reason: str, write: bool,
) -> None:
    """Make two people of A: the articles that you name go to a new record.

    With --before and --after together, those between go. Articles that name A in their text only
    and are not among these are listed: look at them. A keeps the address, and the two pages name
    each other where both have the name.

    \b
    Examples:
      site-builder people split li-ming --into li-ming-minister --articles "2022/*" --write
      site-builder people split li-ming --into li-ming-elder --before 1990-01-01
    """
    for day in (before, after):
        if day:
            _day(day)
    _finish(_desk(site).split(
        a, into, name=name, qualifier=qualifier, globs=globs, before=before, after=after,
        reason=reason), write)


@people.command()
@options.site
@click.option("--at-least", type=click.FloatRange(0, 1), default=0.75, show_default=True,
              help="How alike two names have to be.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def duplicates(site: Path, at_least: float, as_json: bool) -> None:
    """Names that may be one person, each pair with the command that would merge them.

    Compared are the names of records and those in front matter, with other spellings of one
    sound, misspelt words and initials. Whom more articles name is to stay, whichever spelling has
    a record. Withheld people are left out. Nothing is written.

    \b
    Examples:
      site-builder people duplicates
      site-builder people duplicates --at-least 0.6 --json
    """
    from site_builder.build.opening import open_archive, open_sources
    from site_builder.editing.alike import alike

    config = configuration.load(site)
    site = site.resolve()
    opened = open_sources(site, config)
    archive = open_archive(site, config, opened)
    found = alike(opened.sources.articles, opened.people, at_least=at_least,
                  traces=archive.traces)
    if as_json:
        click.echo(json.dumps([
            {"keep": one.keep, "merge": one.merge, "names": [one.keep_name, one.merge_name],
             "score": one.score, "articles": [one.keep_articles, one.merge_articles]}
            for one in found], ensure_ascii=False, indent=2))
        return
    for one in found:
        click.echo(f"{one.score:.0%}  {one.keep_name} ({one.keep_articles}) and "
                   f"{one.merge_name} ({one.merge_articles})")
        click.echo(f"      {one.command}")
    click.echo(f"{len(found)} pair{'' if len(found) == 1 else 's'} of names that may be one person")


def _day(text: str) -> None:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"{text!r} is not a date: write 2022-11-29") from None


def _desk(site: Path) -> Desk:
    from site_builder.build.opening import open_archive, open_sources
    from site_builder.editing.people import Desk

    config = configuration.load(site)
    site = site.resolve()
    opened = open_sources(site, config)
    archive = open_archive(site, config, opened)
    return Desk(site, config, archive, opened.people, dt.date.today().isoformat())


def _finish(outcome: Outcome, write: bool) -> None:
    from site_builder.cli import report as reports

    changes = outcome.changes
    if changes.refused:
        for line in reports.as_text(changes.refused):
            click.echo(line, err=True)
        click.echo("Nothing was changed.", err=True)
        sys.exit(1)
    if not write:
        for line in changes.diff():
            click.echo(line)
    for line in outcome.said:
        click.echo(line)
    if outcome.undecided:
        click.echo(f"only the text names the person in {len(outcome.undecided)} more: look at them")
        for path in outcome.undecided:
            click.echo(f"    {path}")
    files = f"{len(changes)} file{'' if len(changes) == 1 else 's'}"
    if write:
        changes.write()
        click.echo(f"{files} changed")
    else:
        click.echo(f"{files} would change: --write does it")
