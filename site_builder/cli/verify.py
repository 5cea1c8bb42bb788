"""`verify`: is everything still there? And `export`: an archive for a library's repository."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click
import msgspec

from site_builder import config as configuration
from site_builder.cli import options
from site_builder.cli.report import MOST, as_github, as_json, as_text
from site_builder.problems import Problem, Problems, Severity


@click.command()
@click.argument("thing", required=False, type=click.Path(path_type=Path, exists=True))
@options.site
@click.option("--output", type=click.Path(path_type=Path),
              help="Where the built site is, if not where site.toml says.")
@click.option("--sign-off", is_flag=True, help="Write the manifest: this is how it should be.")
@click.option("--note", default="", metavar="TEXT", help="Words to keep in the manifest.")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text",
              help="For people, programs or a pull request.")
@click.option("--all", "every", is_flag=True, help="Show every path, not the first 50.")
def verify(
    thing: Path | None, site: Path, output: Path | None, sign_off: bool, note: str, form: str,
    every: bool,
) -> None:
    """Compare an archive with its signed-off manifest: what was added, changed, is missing.

    --sign-off writes manifest-sha256.txt beside site.toml: the SHA-256 of every source and of
    every file of the built site, dated. Later, verify without it names every path that is not as
    it was, and exits with 1 if one is changed or missing. Given a bag or a packet, it checks that.

    \b
    Examples:
      site-builder verify --sign-off --note "as delivered"   after a build
      site-builder verify                                    a year later
      site-builder verify talks.zip                          a packet
      site-builder verify /mnt/bags/record                   a bag
    """
    from site_builder.build import now
    from site_builder.preserving import signing

    most = 10**9 if every else MOST
    problems = Problems()
    if thing is not None:
        from site_builder.preserving import found

        if sign_off or output:
            raise click.UsageError("a bag or a packet is only verified")
        count, kind = found.verify(thing, problems)
        _show(problems, form, most)
        _end(problems, f"{count:,} files of this {kind} are as they were", form)
        return
    place = site.resolve()
    config = configuration.load(place)
    built = (output or place / config.output).absolute()
    if not sign_off:
        known, difference = signing.verify(place, config, built, problems)
        since = known.facts.get("signed off", "")
        signing.say(difference, f"since the sign-off of {since}", problems, added=Severity.NOTE,
                    hint="compare it with a backup; if it is meant, sign off again")
        _show(problems, form, most)
        if form == "text":
            click.echo(f"{len(difference.missing):,} missing, {len(difference.changed):,} changed, "
                       f"{len(difference.added):,} added")
        _end(problems, f"{len(known.files):,} files are as signed off {since}", form)
        return
    signed = signing.sign_off(place, config, built, note=note, now=now(), problems=problems)
    if signed.difference and signed.before:
        since = signed.before.facts.get("signed off", "")
        signing.say(signed.difference, f"since the sign-off of {since}", problems,
                    added=Severity.NOTE)
        softened = [_softened(p) for p in problems]
        _show(softened, form, most)
    click.echo(f"{len(signed.manifest.files):,} files signed off: {signed.path}",
               err=form != "text")


def _softened(problem: Problem) -> Problem:
    """What was changed before a new sign-off was meant, and is only told."""
    return msgspec.structs.replace(problem, severity=Severity.NOTE, hint="")


def _show(problems: Iterable[Problem], form: str, most: int) -> None:
    found = sorted(set(problems))
    if form == "json":
        click.echo(as_json(found))
        return
    for line in as_github(found) if form == "github" else as_text(found, most=most):
        click.echo(line)


def _end(problems: Problems, sentence: str, form: str) -> None:
    if problems.errors:
        sys.exit(1)
    if form == "text":
        click.echo(sentence)


@click.command()
@options.site
@click.option("--bagit", type=click.Path(path_type=Path, file_okay=False), required=True,
              metavar="DIRECTORY", help="The bag's folder: new, or empty.")
def export(site: Path, bagit: Path) -> None:
    """Write the archive as a BagIt bag, the form in which libraries keep files.

    The bag holds every source and the site built of them, with the SHA-256 of each. It is
    complete: drafts and the records of people who are withheld are in it, so it is for a
    repository and not for readers. SOURCE_DATE_EPOCH stands in for the day of bagging.

    \b
    Examples:
      site-builder export --bagit ../record-2024
      site-builder verify ../record-2024
    """
    from site_builder.build import now
    from site_builder.preserving import bags

    place = site.resolve()
    report = bags.export(place, configuration.load(place), bagit.absolute(), now=now())
    click.echo(f"{report.articles:,} articles and {report.pages:,} pages: {bagit}")
    for path, reason in report.left_out:
        if reason.startswith("removed"):
            continue  # its note is there
        click.echo(f"the bag's site has no page for {path}: {reason}")
    click.echo("The bag holds drafts and withheld records, too: it is not for publication.")
