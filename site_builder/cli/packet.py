"""`packet`: pages, sources and a manifest, to hand to somebody."""

from __future__ import annotations

from pathlib import Path

import click

from site_builder.cli import options
from site_builder.cli.report import as_text
from site_builder.problems import Problems, Refusal


@click.command()
@click.argument("names", nargs=-1, required=True)
@options.site
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="The ZIP to write (default: here, called after what it is about).")
def packet(names: tuple[str, ...], site: Path, output: Path | None) -> None:
    """Pack everything about people, countries or articles into a ZIP that opens from a disk.

    It holds their pages and those of every article that names them, the Markdown of each, and a
    manifest that verify checks. Name them by id, name, alias, path, address or headline; write
    person:, country: or article: in front where that is not clear. People who are withheld are
    refused. The same archive gives the same bytes.

    \b
    Examples:
      site-builder packet "Ebrahim Raisi"
      site-builder packet country:iq content/articles/talks.md --output evidence.zip
      site-builder verify evidence.zip
    """
    from site_builder.build import Options
    from site_builder.build.looking import look
    from site_builder.preserving import packets
    from site_builder.preserving.selection import choose

    looked = look(Options(site=site, publish=False))
    problems = Problems()
    subjects = choose(looked, names, problems)
    top = packets.name_of(subjects)
    target = output or Path(f"{top}.zip")
    if subjects and target.exists():
        problems.add("PK005", f"{target} is there already",
                     hint="move it away, or name another file with --output")
    if problems.errors:
        raise Refusal(problems.sorted(), exit_code=2)
    packed = packets.pack(looked, subjects, problems)
    packets.write(packed, target, top)
    for line in as_text(problems):
        click.echo(line, err=True)
    pages = sum(path.endswith(".html") for path in packed)
    size = target.stat().st_size / 1_000_000
    click.echo(f"{pages:,} pages, {len(packed):,} files, {size:,.1f} MB: {target}")
