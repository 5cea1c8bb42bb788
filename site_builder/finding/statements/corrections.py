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

_MORE: Final = 12
"""So many characters more than a ruling has are compared of each statement."""

Unfit = tuple[int, tuple[str, ...]]
"""The place of a ruling that puts nothing right, with the nearest statement, or with all that it
fits, of which it says too little."""


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
) -> tuple[tuple[Statement, ...], tuple[Unfit, ...]]:
    """The statements put right, and the rulings that put none right.

    Of several rulings that fit a statement the longest decides. One that decides
    statements of different words is of no use, but that it has the whole of one.
    Marks, case and the kind of quotation mark do not count.
    """
    statements = list(found)
    wanted = [_words(ruling.quote) for ruling in rulings]
    texts, beginnings = [], []
    decided: dict[int, list[int]] = {}
    for place, statement in enumerate(statements):
        number, start, end = statement.parts[0]
        texts.append(passages[number].text[start:end])
        words = _words(texts[-1])
        beginnings.append(" ".join(words))
        fits = [i for i, quote in enumerate(wanted) if quote and words[: len(quote)] == quote]
        for i in fits:
            decided.setdefault(i, [])
        if fits:
            decided[max(fits, key=lambda i: len(wanted[i]))].append(place)
    unfit: list[Unfit] = []
    dropped: set[int] = set()
    for i, ruling in enumerate(rulings):
        places = decided.get(i)
        if places is None:
            unfit.append((i, _nearest(" ".join(wanted[i]), beginnings, texts)))
            continue
        whole = [place for place in places if beginnings[place] == " ".join(wanted[i])]
        places = whole or places
        if len({beginnings[place] for place in places}) > 1:
            unfit.append((i, tuple(_cut(texts[place]) for place in places)))
            continue
        for place in places:
            if ruling.ignore:
                dropped.add(place)
            statements[place] = msgspec.structs.replace(
                statements[place], speaker=ruling.id, name=ruling.name,
                speaker_kind=ruling.kind, confidence=1.0)
    return tuple(s for place, s in enumerate(statements) if place not in dropped), tuple(unfit)


def _nearest(quote: str, beginnings: Sequence[str], texts: Sequence[str]) -> tuple[str, ...]:
    """The statement that begins most like a quotation, if one does."""
    size = len(quote) + _MORE
    near = nearest(quote, [beginning[:size] for beginning in beginnings], cutoff=0.5)
    return tuple(_cut(text) for beginning, text in zip(beginnings, texts, strict=True)
                 if near and beginning.startswith(near))[:1]


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + "…"


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
