"""What front matter should say of a text: notes on statements, who is meant by a name."""

from __future__ import annotations

from typing import Final

from site_builder.finding.forms import any_of
from site_builder.finding.people import AmbiguousName, PeopleResolver
from site_builder.model import Article, Trace
from site_builder.problems import Problems, Severity
from site_builder.reading.slugs import slug
from site_builder.reading.text import position

_SHOWN: Final = 4
"""Of so many statements the words are shown."""


def say_unfit(article: Article, trace: Trace, problems: Problems) -> None:
    """Tell which notes put nothing right: they fit no statement (ID013), or several (ID016)."""
    for place, texts in trace.unfit:
        quote, line = article.statements[place].quote, article.lines.get(f"statements.{place}", 1)
        if len(texts) > 1:
            problems.add(
                "ID016", f"{len(texts)} statements of the text begin with {quote!r}",
                file=article.path, line=line, column=1, severity=Severity.WARNING,
                hint=f"write more of the one that is meant: {' / '.join(texts[:_SHOWN])}"
                     f"{' / …' if len(texts) > _SHOWN else ''}",
            )
            continue
        problems.add(
            "ID013", f"no statement of the text begins with {quote!r}",
            file=article.path, line=line, column=1, severity=Severity.WARNING,
            hint=f"the nearest begins: {texts[0]}" if texts
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


def say_ambiguous(error: AmbiguousName, file: str, line: int, problems: Problems) -> None:
    """Tell (ID003) that a name in an article fits several people, and how to say which."""
    fits = ", ".join(f"{p.name} ({p.path})" for p in error.candidates)
    problems.add("ID003", f"{error.name!r} fits several people: {fits}", file=file, line=line,
                 column=1, hint=error.hint)


def say_speakers(article: Article, people: PeopleResolver, problems: Problems) -> None:
    """Tell which speakers fit several people (ID003), or look like ids and are none (ID011).

    Nobody is called `lee-ming`: it is an id that was changed, or is misspelt.
    """
    for place, note in enumerate(article.statements):
        speaker, line = note.speaker, article.lines.get(f"statements.{place}", 1)
        if not speaker or speaker.casefold() == "none":
            continue
        try:
            known = people.resolve(speaker) is not None
        except AmbiguousName as error:
            say_ambiguous(error, article.path, line, problems)
            continue
        if not known and (
                speaker.startswith("id:") or ("-" in speaker and slug(speaker) == speaker)):
            problems.add(
                "ID011", f"no person has the id {speaker.removeprefix('id:').strip()!r}",
                file=article.path, line=line, column=1, severity=Severity.WARNING,
                hint="the id is the name of the record's file; write another speaker's name as "
                     "readers are to see it",
            )
