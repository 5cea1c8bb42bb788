"""Titles as styles set them: in the case of English headlines, quotation marks in turn.

Both do what citeproc-js does, the program behind most reference managers; the
tests compare them.
"""

from __future__ import annotations

import functools
import re
from typing import Final

_SMALL: Final = frozenset(
    "about above across afore after against al along alongside amid amidst among amongst anenst "
    "apropos apud around as aside astride at athwart atop barring before behind below beneath "
    "beside besides between beyond but by circa despite down during et except for forenenst from "
    "given in inside into lest like modulo near next notwithstanding of off on onto out over per "
    "plus pro qua sans since than through throughout thruout till to toward towards under "
    "underneath until unto up upon versus vs. v. vs v via vis-à-vis with within without or yet so "
    "and nor a an the de d' von van c ca".split()
)
_PIECE: Final = re.compile(r"([‘’“”\"'\-–—/.,;?!:\[\]()])")
_MARKS: Final = re.compile(r"[\"'‘’“”„‚«»‹›]")


def headline(title: str) -> str:
    """English title case: words get a capital but for small ones within.

    Words that hold a capital stay as they are (CSL 1.0.2, "Title Case Conversion").
    """
    pieces = _PIECE.split(title)
    if len(pieces) == 1:
        words = title.split(" ")
        cased = [_cased(word) for word in words]
        cased[0] = _capital(words[0])
        if len(words[-1]) > 1:
            cased[-1] = _capital(words[-1])
        return " ".join(cased)
    return _headline(pieces)


@functools.lru_cache(maxsize=50_000)
def _cased(word: str) -> str:
    return word if len(word) < 2 or word in _SMALL else _capital(word)


def _capital(word: str) -> str:
    return word[0].upper() + word[1:] if word and word == word.lower() else word


def _headline(pieces: list[str]) -> str:
    first = after = True
    last: tuple[int, int] | None = None
    cut: dict[int, list[str]] = {}
    for place in range(0, len(pieces), 2):
        sign = pieces[place - 1] if place else ""
        if sign in ("!", "?", ":"):
            after = True
        # the s of an apostrophe
        within = (sign in ("'", "’") and pieces[place - 2][-1:].isalnum()
                  and pieces[place][:1].isalnum())
        words = cut[place] = pieces[place].split(" ")
        hyphen = not place and pieces[1] == "-"
        for n, word in enumerate(words):
            if not word:
                continue
            if not (within and n == 0):
                words[n] = _capital(word) if (
                    first or after or (hyphen and n == len(words) - 1)) else _cased(word)
            first = after = False
            last = None if within and sign == "’" else (place, n)
    if last is not None:
        place, n = last
        if cut[place][n] in _SMALL and len(cut[place][n]) > 1:
            cut[place][n] = _capital(cut[place][n])
    for place, words in cut.items():
        pieces[place] = " ".join(words)
    return "".join(pieces)


def quoted(title: str, marks: tuple[str, str, str, str]) -> tuple[str, str]:
    """The title with its quotation marks turned: inner ones inside outer ones, and back.

    Two forms: for a style that sets the title without quotation marks, and for
    one that sets it between the outer ones. `marks` are the four of a
    language: opening and closing, outer and inner. Apostrophes become
    typographic; marks without a partner stay.
    """
    if not _MARKS.search(title):
        return title, title
    quotes = _Quotes(title, marks)
    return quotes.turned(within=False), quotes.turned(within=True)


class _Quotes:
    def __init__(self, title: str, marks: tuple[str, str, str, str]) -> None:
        self.title, self.marks = title, marks
        openers = {'"': ('"', 0), "'": ("'", 0), marks[0].strip(): (marks[1].strip(), 0)}
        openers.setdefault(marks[2].strip(), (marks[3].strip(), 1))
        self.openers = openers
        self.pairs: dict[int, tuple[int, int]] = {}
        self._pair()

    def _pair(self) -> None:
        open_: list[tuple[int, str, int]] = []
        title = self.title
        for match in _MARKS.finditer(title):
            at, sign = match.start(), match[0]
            before = title[at - 1 : at]
            after = title[at + 1 : at + 2]
            if sign in "'’" and before.isalnum() and after.isalnum():
                continue
            closing = next((n for n in range(len(open_) - 1, -1, -1) if open_[n][1] == sign), None)
            if closing is not None and (before.strip() or sign not in self.openers):
                start, _, kind = open_[closing]
                del open_[closing:]
                self.pairs[start] = (at, kind)
            elif sign in self.openers and not before.isalnum() and after and not after.isspace():
                end, kind = self.openers[sign]
                open_.append((at, end, kind))

    def turned(self, *, within: bool) -> str:
        """The title with its marks by depth."""
        signs = list(self.title.replace("'", "’"))
        stack: list[tuple[int, int]] = []
        for start in sorted(self.pairs):
            end, kind = self.pairs[start]
            while stack and stack[-1][0] < start:
                stack.pop()
            outer = stack[-1][1] if stack else 0 if within else -1
            if kind == outer:
                kind = 1 - kind
            signs[start], signs[end] = self.marks[2 * kind], self.marks[2 * kind + 1]
            stack.append((end, kind))
        return "".join(signs)
