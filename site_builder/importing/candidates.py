"""What an import has found before it writes anything."""

from __future__ import annotations

import msgspec

from site_builder.model import Source


class Dropped(msgspec.Struct, frozen=True):
    """A line of the source that is not in the article, and why. Lines count from 1."""

    line: int
    text: str
    reason: str


class Candidate(msgspec.Struct, frozen=True):
    """One article to be. `body` is Markdown; `origin` names the file, and the row of a table."""

    origin: str
    title: str
    body: str
    date: str = ""
    summary: str = ""
    sources: tuple[Source, ...] = ()
    people: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    dropped: tuple[Dropped, ...] = ()
    guessed: tuple[str, ...] = ()
