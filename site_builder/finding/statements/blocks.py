"""Block quotations: how far their words go, and the line that says whose they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from site_builder.finding.statements.quotes import quotes, trimmed
from site_builder.model import Passage

_SIGNED: Final = re.compile(
    r"(?:^|(?<=[.!?…”»\"’)])\s+)(?:—|–|―|---?|-(?=\s))\s*"
    r"(?=((?:the|an?|The|An?)\s)?(\S[^,;:(]*))")
"""A dash that begins a line of its own, as far as a text without lines tells that."""

_MARKS: Final = frozenset("“\"«„‘")
_WORD: Final = re.compile(r"(?:[^\W\d_a-z]|al-|el-)[\w.’'-]*")
_SMALL: Final = frozenset(
    "de da di do du del della des dos la le van von den der ten ter bin ibn al el y e and of the "
    "for in".split())
_ENDS: Final = re.compile(r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z][a-z])[.!?]\s")
_LONGEST: Final = 90
"""More characters has no line that says whose words a block is."""

_MOST: Final = 7
"""More words has no name in it."""


class Block(NamedTuple):
    """A block quotation: its words as parts of a statement, where the name of its author begins
    (passage, place), if a line behind it has one, and the number of the passage behind it all."""

    parts: list[tuple[int, int, int]]
    signed: tuple[int, int] | None
    end: int


def block(passages: Sequence[Passage], start: int) -> Block | None:
    """The block quotation that begins with a passage.

    None where its words stand in quotation marks, but with others beside them,
    or with no line behind them: these are read as all quotations are.
    """
    end = start
    while end < len(passages) and passages[end].kind == "quote":
        end += 1
    signed = None
    parts = [(number, 0, len(passages[number].text)) for number in range(start, end)]
    found = signature(passages[end - 1].text)
    if found is not None:
        signed = end - 1, found[1]
        parts[-1] = (end - 1, 0, found[0])
        if not found[0]:
            parts.pop()
    elif end < len(passages) and passages[end].kind == "p" \
            and (found := signature(passages[end].text)) is not None and not found[0]:
        signed = end, found[1]
        end += 1
    if not parts:
        return None
    if passages[start].text[0] in _MARKS:
        if signed is None:
            return None
        for place, (number, _, until) in enumerate(parts):
            marks = quotes(passages[number].text[:until])
            if len(marks) != 1 or marks[0].start > 1 or marks[0].end < until - 1:
                return None
            parts[place] = (number, *trimmed(passages[number].text, marks[0]))
    return Block(parts, signed, end)


def signature(text: str) -> tuple[int, int] | None:
    """Where the words of a block end in its last passage, and where the name of its author begins.

    `We left. — Ada Lane, clerk` gives the places of the first space and of Ada. None
    where no such line ends it.
    """
    for found in _SIGNED.finditer(text):
        name = found[2].split()
        if len(text) - found.end() > _LONGEST or len(name) > _MOST \
                or _ENDS.search(text, found.end()):
            continue
        if found[1] or (_WORD.fullmatch(name[0]) and all(
                _WORD.fullmatch(word) or word in _SMALL for word in name)):
            return found.start(), found.end()
    return None
