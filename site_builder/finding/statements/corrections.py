"""Statements as the editor has put them right in an article's front matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import msgspec

from site_builder.model import Passage, Statement
from site_builder.problems import nearest

_WORD: Final = re.compile(r"\w+")
_SHOWN: Final = 60
"""So many characters of a statement are shown in a message."""


class Ruling(NamedTuple):
    """One correction: the first words of a statement, and who said it; `ignore` drops it.

    `name` is empty where nobody is to be named.
    """

    quote: str
    id: str = ""
    name: str = ""
    kind: str = "none"
    ignore: bool = False


def correct(
    found: Iterable[Statement], rulings: Sequence[Ruling], passages: Sequence[Passage],
) -> tuple[tuple[Statement, ...], tuple[tuple[int, str], ...]]:
    """The statements put right, and the place of each ruling that fits none, with the nearest.

    Of several rulings that fit a statement the longest decides. Marks, case and
    the kind of quotation mark do not count.
    """
    wanted = [_words(ruling.quote) for ruling in rulings]
    used: set[int] = set()
    kept: list[Statement] = []
    beginnings: dict[str, str] = {}
    for statement in found:
        number, start, end = statement.parts[0]
        text = passages[number].text[start:end]
        words = _words(text)
        beginnings[" ".join(words[:12])] = text
        fits = [i for i, quote in enumerate(wanted) if quote and words[: len(quote)] == quote]
        used.update(fits)
        if fits:
            ruling = rulings[max(fits, key=lambda i: len(wanted[i]))]
            if ruling.ignore:
                continue
            statement = msgspec.structs.replace(
                statement, speaker=ruling.id, name=ruling.name, speaker_kind=ruling.kind,
                confidence=1.0)
        kept.append(statement)
    unfit = []
    for place, quote in enumerate(wanted):
        if place not in used:
            near = nearest(" ".join(quote), [b[: len(" ".join(quote)) + 12] for b in beginnings],
                           cutoff=0.5)
            text = next((t for b, t in beginnings.items() if near and b.startswith(near)), "")
            unfit.append((place, text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + "…"))
    return tuple(kept), tuple(unfit)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
