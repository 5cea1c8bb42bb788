"""Notes on statements in front matter, compared with what texts and records hold."""

from __future__ import annotations

from site_builder.finding.people import AmbiguousName, PeopleResolver
from site_builder.model import Article, Trace
from site_builder.problems import Problems, Severity
from site_builder.reading.slugs import slug


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
