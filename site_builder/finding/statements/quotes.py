"""Quotations and sentences: where they begin and end."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Final

import msgspec

from site_builder.finding.statements.verbs import HIDDEN, WORD

LEAST_WORDS: Final = 4
"""A quotation of fewer words is a term, a title or a nickname."""

_MARK: Final = re.compile("[“\"«„‘']")
_QUOTE: Final = re.compile(
    r"“(?P<a>[^“”]*(?:“[^“”]*”[^“”]*)*)(?P<ax>”|$)"
    r"|«(?P<b>[^«»]*)(?P<bx>»|$)"
    r"|„(?P<c>[^„“”]*)(?P<cx>[“”]|$)"
    r"|(?<![\w‘’'])[‘'](?P<e>(?:[^‘’']|(?<=\w)[’'](?=\w)|(?<=s)[’'](?= ))*)(?P<ex>[’'](?!\w))"
)
_SENTENCE: Final = re.compile(r"([.!?…][”“\"’»)]*)\s+(?=[“\"‘«„(]*[^\W_a-z])")
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Capt|Lt|Sgt|Prof|Rev|St|Jr|Sr|No|vs|Inc|Corp|Ltd|Co"
    r"|Sept|Oct|Nov|Dec|Jan|Feb|Aug|U\.S|D\.C|a\.m|p\.m|[A-Z])\.)\s+$")
_LONGEST: Final = 5
"""More letters than any abbreviation has."""

_SUBJECT: Final = re.compile(
    r"(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Hh]e|[Ss]he|[Tt]hey|[a-z]+(?=\s[a-z])"
    r"|[^\W\d_a-z][\w’'.-]*)\s+){0,5}$")


class Quote(msgspec.Struct, frozen=True, gc=False):
    """A quotation, without its marks; `closed` is whether its last mark stands in the passage."""

    start: int
    end: int
    closed: bool
    long: bool


def quotes(text: str) -> list[Quote]:
    """The quotations of a passage, in order."""
    found: list[Quote] = []
    mark = _MARK.search(text)
    while mark is not None:
        begin = mark.start()
        span = _span(text, begin)
        if span is None:
            mark = _MARK.search(text, begin + 1)
            continue
        start, end, closed = span
        words = text[start:end].split(None, LEAST_WORDS - 1)
        found.append(Quote(start, end, closed, len(words) >= LEAST_WORDS))
        mark = _MARK.search(text, end + closed)
    return found


def _span(text: str, begin: int) -> tuple[int, int, bool] | None:
    """The quotation that a mark at a place opens; the two common marks need no pattern."""
    mark, start = text[begin], begin + 1
    if mark == "“":
        end = text.find("”", start)
        closed = end >= 0
        if text.find("“", start, end if closed else len(text)) < 0:
            return start, end if closed else len(text), closed
    elif mark == "\"":
        if begin and (text[begin - 1].isalnum() or text[begin - 1] in "_\""):
            return None
        end = text.find(mark, start)
        return (start, end, True) if end >= 0 else (start, len(text), False)
    match = _QUOTE.match(text, begin)
    if match is None:
        return None
    group = match.lastgroup
    assert group is not None
    return *match.span(group[0]), bool(match[group])


def sentences(
    text: str, marks: Sequence[Quote], verbs: Set[str] = frozenset()
) -> list[tuple[int, int]]:
    """Spans of the sentences; a quotation is never cut, nor parted from who said it after it."""
    found = []
    start = 0
    for match in _SENTENCE.finditer(text):
        at, next_ = match.start(), match.end()
        if text[at] == "." and text[next_] not in "“\"" \
                and not (at >= _LONGEST and text[at - _LONGEST : at].isalpha()) \
                and _ABBREVIATED.search(text[max(start, at - 8) : next_]):
            continue
        inside = _around(at, marks) if marks else None
        if inside is not None and (
                at < inside.end - 1 or not inside.closed
                or _spoken(text, next_, verbs, text[at] == ".")):
            continue
        found.append((start, match.end(1)))
        start = next_
    if start < len(text):
        found.append((start, len(text.rstrip())))
    return found


def _around(at: int, marks: Sequence[Quote]) -> Quote | None:
    for quote in marks:
        if quote.start <= at < quote.end:
            return quote
    return None


def _spoken(text: str, at: int, verbs: Set[str], full: bool) -> bool:
    """Whether a subject and its verb of speech follow: “Why?” Laura Stone asked."""
    if verbs.isdisjoint(WORD.findall(text, at, at + 60)):
        return False
    verb = next((word for word in WORD.finditer(text, at, at + 60) if word[0] in verbs), None)
    if verb is None or (full and text[verb.end() : verb.end() + 1] not in (".", ",", "")):
        return False  # after a full stop the words may begin a sentence of their own
    return _SUBJECT.match(text[at : verb.start()]) is not None


def hide(text: str, start: int, end: int, marks: Sequence[Quote]) -> str:
    """The sentence from `start` to `end`, with its long quotations and their marks hidden."""
    parts: list[str] = []
    at = start
    for quote in marks:
        if quote.long and quote.end > start and quote.start < end:
            since = max(at, quote.start - 1)
            to = min(quote.end + quote.closed, end)
            parts += (text[at:since], HIDDEN * (to - since))
            at = to
    parts.append(text[at:end])
    return "".join(parts)
