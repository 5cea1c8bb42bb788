"""`tag`: whom and which countries texts name and front matter does not."""

from __future__ import annotations

import json
import sys
from collections.abc import Set
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder import config as configuration
from site_builder.cli import options
from site_builder.problems import Problem, Refusal

if TYPE_CHECKING:
    from site_builder.editing.changes import Changes


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@options.site
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.8, show_default=True,
              help="How sure a proposal has to be, from 0 to 1.")
@click.option("--all", "every", is_flag=True, help="Show proposals that are less sure, too.")
@click.option("--json", "as_json", is_flag=True, help="For programs; less sure ones included.")
@click.option("--write", is_flag=True, help="Write what is sure enough; without it nothing is.")
def tag(
    files: tuple[Path, ...], site: Path, min_confidence: float, every: bool, as_json: bool,
    write: bool,
) -> None:
    """Propose people and countries for the front matter of articles, with evidence.

    FILES are articles, or folders of them; without any, all are read, and what they say of a name
    together counts. People without a record are proposed, too: --write starts a record for each.
    Names that may be another spelling of somebody are shown with the merge, never written, and so
    are names in texts that fit several people. Only the lists in front matter change, not a byte
    beside them.

    \b
    Examples:
      site-builder tag                            what is sure enough, in all articles
      site-builder tag content/articles/2022/a.md --all
      site-builder tag --min-confidence 0.9 --write
    """
    from site_builder.build.opening import open_sources
    from site_builder.editing.tagging import Tagger, accept

    config = configuration.load(site)
    top = site.resolve()
    opened = open_sources(top, config, without_bad=True)
    articles = opened.sources.articles
    wanted = articles
    if files:
        by_place = {(top / article.path).resolve(): article for article in articles}
        unread = {(top / problem.file).resolve() for problem in opened.unread}
        meant = {file: _meant(file.resolve(), {*by_place, *unread}) for file in files}
        strange = [file for file, places in meant.items() if not places]
        if strange:
            raise Refusal([
                Problem(str(file), 0, 0, "RD006", "no article of this site",
                        f"articles lie below {config.content.articles}") for file in strange],
                exit_code=2)
        places = dict.fromkeys(chain.from_iterable(meant.values()))
        wanted = [by_place[place] for place in places if place in by_place]
    tagger = Tagger(config, opened.people, opened.atlas, opened.html)
    tags = tagger.propose(articles, wanted)
    if as_json:
        click.echo(json.dumps({
            "articles": [
                {"file": path, "proposals": [
                    {"kind": p.kind, "id": p.id, "name": p.name, "confidence": p.confidence,
                     "evidence": p.evidence, "passage": p.passage, "context": p.context}
                    for p in proposals]}
                for path, proposals in tags.files],
            "people": [
                {"name": one.name, "confidence": one.confidence, "evidence": one.evidence,
                 "articles": list(one.articles), "alike": one.alike} for one in tags.people],
            "alike": [{"keep": one.keep, "merge": one.merge, "score": one.score}
                      for one in tags.alike],
            "unclear": [{"file": path, "name": name, "people": list(ids)}
                        for path, names in tags.unclear for name, ids in names],
        }, ensure_ascii=False, indent=2))
    else:
        least = 0.0 if every else min_confidence
        for path, proposals in tags.files:
            shown = [p for p in proposals if p.confidence >= least]
            if not shown:
                continue
            click.echo(path)
            for p in shown:
                field = "countries" if p.kind == "country" else "people"
                new = " (no record)" if p.kind == "new" else ""
                place = f"#{p.passage} " if p.passage else ""
                click.echo(f"  {p.confidence:.0%}  {field}: {p.name}{new}: {p.evidence}")
                click.echo(f"       {place}{p.context}")
        sure = [one for one in tags.people if one.confidence >= least]
        if sure:
            click.echo("people without a record:")
        for one in sure:
            doubt = f"; may be {one.alike}" if one.alike else ""
            number = len(one.articles)
            click.echo(f"  {one.confidence:.0%}  {one.name}, {number} "
                       f"article{'' if number == 1 else 's'}: {one.evidence}{doubt}")
        for pair in tags.alike:
            click.echo(f"  {pair.score:.0%} alike: {pair.keep_name} and {pair.merge_name}: "
                       f"{pair.command}")
        for path, names in tags.unclear:
            for name, ids in names:
                click.echo(f"{path}: {name} may be {' or '.join(ids)}: "
                           "say in `people` who is meant")
    changes, records = accept(top, config, tags, min_confidence)
    _finish(changes, records, opened.unread, write, quiet=as_json)


def _finish(
    changes: Changes, records: tuple[str, ...], unread: tuple[Problem, ...], write: bool, *,
    quiet: bool,
) -> None:
    from site_builder.cli import report as reports

    left = [*unread, *changes.refused]
    for line in reports.as_text(left):
        click.echo(line, err=True)
    number = len(changes) - len(records)
    said = (f"{number} article{'' if number == 1 else 's'} and {len(records)} new "
            f"record{'' if len(records) == 1 else 's'}")
    if write:
        changes.write()
    click.echo(f"wrote {said}" if write else f"{said} would be written: --write does it",
               err=quiet)
    if left:
        number = len({problem.file for problem in left})
        click.echo(f"{number} article{'' if number == 1 else 's'} left as "
                   f"{'it is' if number == 1 else 'they are'}: mend the errors above", err=True)
        sys.exit(1)


def _meant(place: Path, known: Set[Path]) -> list[Path]:
    """The known files that a place means: itself, or all below it, in order."""
    if place in known:
        return [place]
    return sorted(file for file in known if file.is_relative_to(place)) if place.is_dir() else []
