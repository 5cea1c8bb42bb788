"""What an import has found before it writes anything: one form for every source."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from site_builder.model import Image, Source
from site_builder.problems import Problem


class Dropped(msgspec.Struct, frozen=True):
    """Something of the source that is not in the article, and why.

    `line` counts from 1 within the text of the source; 0 stands for none.
    """

    line: int
    text: str
    reason: str


class Candidate(msgspec.Struct, frozen=True):
    """One article, or free page, to be.

    `origin` names the file, with the row or item in it, and `line` the place for
    problems. `body` is Markdown. Dates are ISO 8601. `id` is the source's own
    name for the article (a feed's GUID), `url` its full old address, `addresses`
    its old paths. `file` is its path within the source's folder and `folder` the folder on
    this machine in which that lies: relative links and pictures resolve against them.
    `people` and `countries` are proposals, `fields` further fields of ours, `extra` keys
    that we do not know. `plain` is the text of the source where it can be compared with
    that of the article.
    """

    origin: str
    title: str
    body: str
    kind: Literal["article", "page"] = "article"
    line: int = 0
    id: str = ""
    url: str = ""
    file: str = ""
    folder: str = ""
    slug: str = ""
    date: str = ""
    updated: str = ""
    publish_at: str = ""
    summary: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    tags: tuple[str, ...] = ()
    lang: str = ""
    draft: bool = False
    image: Image | None = None
    addresses: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    people: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    fields: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    plain: str = ""
    dropped: tuple[Dropped, ...] = ()
    guessed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


class RefusedItem(Exception):  # noqa: N818 - a decision about one item, as `Refusal` is about all
    """One item of a source cannot become an article; the others go on."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint

    def problem(self, file: str, line: int = 0) -> Problem:
        """As a problem at its place."""
        return Problem(file, line, 1 if line else 0, self.code, self.message, self.hint)


Found = Candidate | Problem
"""What a source yields: an article to be, or why one cannot be."""
