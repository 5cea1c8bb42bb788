"""The last look before publication: nothing of an unpublished article may be in any page.

Drafts and embargoed articles never enter the page set; this finds what gets
there all the same, by a template or a defect.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape

SHINGLE = 40
_TAG = re.compile(r"<[^>]+>")
_SHORTEST = 12


def signs(title: str, slug: str, html: str) -> list[str]:
    """What would give an unpublished article away: its title, its address, some of its words.

    `html` is its body. Of the text, three passages of 40 characters stand for
    all: the beginning, the middle and the end.
    """
    text = " ".join(unescape(_TAG.sub(" ", html)).split())
    found = [title, f"/{slug}/"]
    for start in (0, (len(text) - SHINGLE) // 2, len(text) - SHINGLE):
        if len(text) >= SHINGLE:
            found.append(text[start : start + SHINGLE])
    return [sign for sign in dict.fromkeys(found) if len(sign) >= _SHORTEST]


class Watch:
    """Looks for signs in finished files."""

    def __init__(self, signs: Iterable[str]) -> None:
        self.signs = list(signs)
        self._forms = [
            (sign, form) for sign in self.signs
            for form in {sign.encode(), escape(sign, quote=False).encode(), escape(sign).encode()}
        ]

    def __bool__(self) -> bool:
        return bool(self._forms)

    def found(self, data: bytes) -> set[str]:
        """The signs that a file holds."""
        return {sign for sign, form in self._forms if form in data}
