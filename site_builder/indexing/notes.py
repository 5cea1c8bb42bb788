"""What front matter should say of a text: notes on statements, who is meant by a name."""

from __future__ import annotations

from site_builder.finding.forms import any_of
from site_builder.finding.people import AmbiguousName, PeopleResolver
from site_builder.model import Article, Trace
from site_builder.problems import Problems, Severity
from site_builder.reading.slugs import slug
from site_builder.reading.text import position


def say_unfit(article: Article, trace: Trace, problems: Problems) -> None:
    """Tell (ID013) which notes fit no statement of the text."""
    for place, near in trace.unfit:
        problems.add(
            "ID013", f"no statement of the text begins with {article.statements[place].quote!r}",
            file=article.path, line=article.lines.get(f"statements.{place}", 1), column=1,
            severity=Severity.WARNING,
            hint=f"the nearest begins: {near}" if near
            else "write the first words of a quotation, or of a sentence that reports one",
        )


def say_unclear(
    article: Article, trace: Trace, people: PeopleResolver, source: str, problems: Problems
) -> None:
    """Tell (ID015) which names in the text, whose file is `source`, fit several people."""
    body = max(source.find("\n---", 1), 0)
    for name, ids in trace.unclear:
        found = any_of((name,)).search(source, body)
        line, column = position(source, found.start()) if found else (1, 1)
        who = ", ".join(f"{id} ({q})" if (q := people.get(id).qualifier) else id for id in ids)
        problems.add(
            "ID015", f"{name} in the text may be any of {who}", file=article.path,
            line=line, column=column, severity=Severity.WARNING,
            hint=f"say who is meant: people: [{ids[0]}]; until then the place is nobody's")


def say_unknown_speakers(article: Article, people: PeopleResolver, problems: Problems) -> None:
    """Tell (ID011) which speakers look like ids and are none.

    Nobody is called `lee-ming`: it is an id that was changed, or is misspelt.
    """
    for place, note in enumerate(article.statements):
        speaker = note.speaker
        if not (speaker.startswith("id:") or ("-" in speaker and slug(speaker) == speaker)):
            continue
        try:
            known = people.resolve(speaker) is not None
        except AmbiguousName:
            known = True
        if not known:
            problems.add(
                "ID011", f"no person has the id {speaker.removeprefix('id:').strip()!r}",
                file=article.path, line=article.lines.get(f"statements.{place}", 1), column=1,
                severity=Severity.WARNING,
                hint="the id is the name of the record's file; write another speaker's name as "
                     "readers are to see it",
            )
