"""What planning a group of pages gives."""

from __future__ import annotations

from typing import Any

import msgspec

from site_builder.pages import contexts as c
from site_builder.pages.paths import output_path
from site_builder.problems import Problems


class Page(msgspec.Struct, frozen=True):
    """One output file: where it goes, which template makes it, and what that is given.

    `owner` (a source file, or words) and `line` are for the problem that a
    second claim on the address would be. `lastmod` is for the sitemap. One that `stays` is as the
    last build made it, and has no context.
    """

    url: str
    path: str
    template: str
    context: Any
    owner: str
    line: int = 0
    lastmod: str = ""
    body: str = ""
    stays: bool = False


class Sheet:
    """The pages of one group, the media they use, and what is wrong with them.

    `told` are links of their texts that one of the problems names, `soft` links of texts that
    nothing has looked at yet, both as site paths. With `lists` false, the older pages of lists
    are known to be as they were.
    """

    def __init__(self, *, lists: bool = True) -> None:
        self.lists = lists
        self.pages: list[Page] = []
        self.media: set[str] = set()
        self.problems = Problems()
        self.told: set[str] = set()
        self.soft: set[str] = set()
        self._taken: set[str] = set()

    def add(
        self, url: str, template: str, context: Any, owner: str, *, line: int = 0,
        lastmod: str = "", body: str = "", stays: bool = False,
    ) -> None:
        """Add the page at `url`; a second page of the group at one address is left out."""
        try:
            path = output_path(url)
        except ValueError as error:
            self.problems.add(
                "UR002", str(error), file=owner if "/" in owner else "", line=line,
                column=1 if line else 0, hint="give it another slug",
            )
            return
        if path not in self._taken:
            self._taken.add(path)
            self.pages.append(Page(url, path, template, context, owner, line, lastmod, body,
                                   stays))

    def lead_on(self, was: str, url: str, title: str, owner: str, *, line: int = 0) -> None:
        """Add a page at the old address `was` that leads to `url`."""
        self.add(was, "redirect.html", c.RedirectContext(
            c.Head(title, was, index=False), url, title), owner, line=line)
