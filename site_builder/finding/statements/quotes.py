"""Quotations and sentences: where they begin and end."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import Final

import msgspec

from site_builder.finding.statements.kinds import HIDDEN

LEAST_WORDS: Final = 4
"""A quotation of fewer words is a term, a title or a nickname, or an utterance with its tag."""

_MARK: Final = re.compile(r"[“\"«„‘'](?<![\w‘’'][‘'])")
"""What may begin a quotation: no apostrophe within a word, or behind one."""
_QUOTE: Final = re.compile(
    r"“(?P<a>[^“”]*(?:“[^“”]*”[^“”]*)*)(?P<ax>”|$)"
    r"|«(?P<b>[^«»]*)(?P<bx>»|$)"
    r"|„(?P<c>[^„“”]*)(?P<cx>[“”]|$)"
    r"|(?<![\w‘’'])[‘'](?P<e>(?:[^‘’']|(?<=\w)[’'](?=\w)|(?<=s)[’'](?= ))*)(?P<ex>[’'](?!\w))"
)
_REVERSED: Final = re.compile(r"(?:^|[\s(])»(?=\w)[^«»]*«")
_TURN: Final = {ord("»"): "«", ord("«"): "»"}
"""German books and papers turn them round: »…«."""

_BEHIND: Final = r"[”“\"’»)\]]*)\s+(?=[“\"‘«„(]*[^\W_a-z])"
_SENTENCE: Final = re.compile(rf"([.!?…]{_BEHIND}")
_FULL_STOP: Final = re.compile(rf"(\.{_BEHIND}")
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Dra|Sra|Srta|Mme|Mlle"
    r"|Sen|Rep|Gov|Gen|Col|Capt|Lt|Sgt|Prof|Rev|St|Jr|Sr|No|vs|Inc|Corp|Ltd|Co"
    r"|Sept|Oct|Nov|Dec|Jan|Feb|Mar|Apr|Aug|U\.S|D\.C|a\.m|p\.m|[A-Z])\.)\s+$")
_ENDING: Final = re.compile(r"\b(?:Inc|Corp|Ltd|Co|Jr|Sr|U\.S|D\.C|a\.m|p\.m)$")
_BEGINNING: Final = re.compile(
    r"(?:The|They|He|She|It|In|But|This|These|His|Her|One|A|An|Another|Two|At|On|After|When|Some|"
    r"Police|Officials|Witnesses|Residents|No|Its|Their|There) ")
"""After some abbreviations these words begin a sentence."""
_PRONOUNS: Final = ("He ", "She ", "They ", "It ")
_FEW: Final = 8
"""Fewer quotations are looked at one by one: that is faster."""

_LONGEST: Final = 5
"""More letters than any abbreviation has."""

_SUBJECT: Final = re.compile(
    r"(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Hh]e|[Ss]he|[Tt]hey|[a-z]+(?=\s[a-z])"
    r"|[^\W\d_a-z][\w’'.-]*)\s+){0,5}$")


_OPENING: Final = tuple("“\"«„‘")
_BETWEEN: Final = 8
"""So many words stand between the halves of a quotation, at most."""

SUBJECT_WITHIN: Final = 60
"""So far behind a quotation the verb of its speaker ends, at most."""

_ASIDE: Final = re.compile(
    r"\([^()\x01]{1,60}\)|— (?:which|who|an?|the) [^—\x01]{1,80} —")


_I: Final = re.compile(r"I(?:[’'](?:m|ve|d|ll))? ")


class Quote(msgspec.Struct, frozen=True, gc=False):
    """A quotation, without its marks; `closed` is whether its last mark stands in the passage.

    `tagged` is whether it is an utterance though it is short: “No,” she said.
    """

    start: int
    end: int
    closed: bool
    long: bool
    tagged: bool = False


_start: Final = attrgetter("start")


def quotes(text: str) -> list[Quote]:
    """The quotations of a passage, in order."""
    found: list[Quote] = []
    if "»" in text and _REVERSED.search(text):
        text = text.translate(_TURN)
    common = not has_rare_marks(text)
    begin = text.find("“") if common else _mark(text, 0)
    while begin >= 0:
        span = _span(text, begin)
        if span is None:
            begin = _mark(text, begin + 1)
            continue
        start, end, closed = span
        words = text[start:end].split(None, LEAST_WORDS - 1)
        found.append(Quote(start, end, closed, len(words) >= LEAST_WORDS))
        end += closed
        begin = text.find("“", end) if common else _mark(text, end)
    return found


def has_rare_marks(text: str) -> bool:
    """Whether there may be other quotation marks than “ and ”, for which a search is enough."""
    return '"' in text or "'" in text or "‘" in text or "«" in text or "»" in text or "„" in text


def trimmed(text: str, quote: Quote) -> tuple[int, int]:
    """Where a quotation begins and ends without the spaces that French has within its marks."""
    start, end = quote.start, quote.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _mark(text: str, start: int) -> int:
    mark = _MARK.search(text, start)
    return mark.start() if mark is not None else -1


def _span(text: str, begin: int) -> tuple[int, int, bool] | None:
    """The quotation that a mark at a place opens; the two common marks need no pattern."""
    mark, start = text[begin], begin + 1
    if mark == "“":
        end = text.find("”", start)
        closed = end >= 0
        to = end if closed else len(text)
        inner = text.find("“", start, to)
        mixed = _mixed(text, start, to if inner < 0 else inner)
        if mixed is not None or inner < 0:
            return mixed or (start, to, closed)
    elif mark == "\"":
        if begin and (text[begin - 1].isalnum() or text[begin - 1] in "_=\""):
            return None
        end = text.find(mark, start)
        if end > start and text[end - 1] in " (" and text[end + 1 : end + 2].isalnum():
            end = _behind_inner(text, end)
        return (start, end, True) if end >= 0 else (start, len(text), False)
    match = _QUOTE.match(text, begin)
    if match is None:
        return None
    group = match.lastgroup
    assert group is not None
    return *match.span(group[0]), bool(match[group])


def _behind_inner(text: str, begin: int) -> int:
    """Where a quotation with straight marks ends that has another in it, which opens here."""
    close = text.find('"', begin + 1)
    end = text.find('"', close + 1) if close >= 0 else -1
    if end < 0 or text[end - 1] in " (\n" or text[end + 1 : end + 2].isalnum() \
            or text[close - 1] in ".,!?":
        return begin
    other = text.find('"', end + 1)  # the next one opens again, or these were two of their own
    return begin if other >= 0 and not text[other - 1].isspace() else end


def _mixed(text: str, start: int, end: int) -> tuple[int, int, bool] | None:
    """A quotation that begins with “ and ends with a straight mark, behind a mark that ends it."""
    at = text.find('"', start, end)
    if at > start and text[at - 1] in ",.?!…" and text[at + 1 : at + 2] in (" ", ""):
        return start, at, True
    return None


def sentences(
    text: str, marks: Sequence[Quote], verbs: Sequence[tuple[int, int]] = ()
) -> list[tuple[int, int]]:
    """Spans of the sentences; a quotation is never cut, nor parted from who said it after it.

    `verbs` are the places of the verbs of speech in the text.
    """
    if not 0 <= text.find(".") < len(text) - 1 and "?" not in text and "!" not in text \
            and "…" not in text:
        return [(0, len(text.rstrip()))] if text else []  # no more than one, as is often so
    found = []
    start = 0
    if "?" in text or "!" in text or "…" in text:
        ends = _SENTENCE.finditer(text)
    else:
        ends = _FULL_STOP.finditer(text)  # twice as fast
    for match in ends:
        at, close = match.span(1)
        next_ = match.end()
        if text[at] == "." and text[next_] not in "“\"":
            word = text[at - _LONGEST if at > _LONGEST else 0 : at].rpartition(" ")[2]
            if not ((word.islower() and word.isalpha() and word != "vs") or word.isdigit()) \
                    and _ABBREVIATED.search(text[max(start, at - 8) : next_]) \
                    and not (_ENDING.search(text, max(start, at - 8), at)
                             and _BEGINNING.match(text, next_)):
                continue
        if marks:
            inside = _around(at, marks)
            if inside is not None and (
                    close <= inside.end or not inside.closed
                    or (not (text[at] == "." and inside.start > start + 1 and (
                            not inside.long or text.startswith(_PRONOUNS, next_)))
                        and _spoken(text, next_, verbs, text[at] == "."))):
                continue
        found.append((start, close))
        start = next_
    if start < len(text):
        found.append((start, len(text.rstrip())))
    return found


def _around(at: int, marks: Sequence[Quote]) -> Quote | None:
    place = bisect_right(marks, at, key=_start) - 1
    return marks[place] if place >= 0 and at < marks[place].end else None


def _spoken(text: str, at: int, verbs: Sequence[tuple[int, int]], full: bool) -> bool:
    """Whether a subject and its verb of speech follow: “Why?” Laura Stone asked."""
    for start, end in verbs:
        if start >= at:
            return end <= at + SUBJECT_WITHIN and (
                # after a full stop the words may begin a sentence of their own
                not full or text[end : end + 1] in (".", "")
                or (text[end : end + 1] == "," and text[end + 2 : end + 3] not in _OPENING)
            ) and _SUBJECT.match(text[at:start]) is not None
    return False


class Frames:
    """A passage as its sentences are looked at: long quotations and asides are hidden."""

    __slots__ = ("_asides", "_long", "_marks", "short", "text")

    def __init__(self, text: str, marks: Sequence[Quote]) -> None:
        self.text = text
        self._marks = marks
        self._long = [quote for quote in marks if quote.long]
        self.short = len(self._long) < len(marks)  # whether there are short ones, too
        self._asides = "(" in text or "—" in text

    def quotes(self, start: int, end: int) -> list[Quote]:
        """The long quotations that begin in a sentence."""
        long = self._long
        if len(long) < _FEW:
            return [q for q in long if start <= q.start < end] if long else []
        return long[bisect_left(long, start, key=_start) : bisect_left(long, end, key=_start)]

    def halves(self, quote: Quote, start: int, end: int) -> tuple[Quote | None, Quote | None]:
        """The short halves of a quotation that its attribution breaks: “No,” she said, “we …”."""
        marks, text = self._marks, self.text
        place = bisect_left(marks, quote.start, key=_start)
        before = marks[place - 1] if place else None
        after = marks[place + 1] if place + 1 < len(marks) else None
        return (
            before if before is not None and not before.long and before.start > start
            and _is_small(text, quote) and is_broken(text, before, quote) else None,
            after if after is not None and not after.long and after.end <= end
            and _is_small(text, after) and is_broken(text, quote, after) else None)

    def frame(self, start: int, end: int, inside: Sequence[Quote]) -> str:
        """The sentence from `start` to `end`, with its quotations, marks and all, hidden."""
        frame = hide(self.text, start, end, inside) if inside else self.text[start:end]
        if self._asides and ("(" in frame or "—" in frame):
            return _ASIDE.sub(lambda found: " " * len(found[0]), frame)
        return frame


def _is_small(text: str, quote: Quote) -> bool:
    """Whether a quotation does not begin with a capital, but for I."""
    begin = trimmed(text, quote)[0]
    return text[begin].islower() or _I.match(text, begin) is not None


def is_broken(text: str, first: Quote, second: Quote) -> bool:
    """Whether two quotations are halves of one, with its speaker between them."""
    return (text[first.end - 1] in ",?!" or text[first.end + 1 : first.end + 2] in (",", "،")) \
        and text[second.start - 3 : second.start - 1] == ", " \
        and len(text[first.end + 1 : second.start - 1].split()) <= _BETWEEN


def hide(text: str, start: int, end: int, marks: Sequence[Quote]) -> str:
    """The sentence from `start` to `end`, with quotations and their marks hidden."""
    if len(marks) == 1:
        quote = marks[0]
        since, to = max(start, quote.start - 1), min(quote.end + quote.closed, end)
        return f"{text[start:since]}{HIDDEN * (to - since)}{text[to:end]}"
    parts: list[str] = []
    at = start
    for quote in marks:
        since = max(at, quote.start - 1)
        to = min(quote.end + quote.closed, end)
        parts += (text[at:since], HIDDEN * (to - since))
        at = to
    parts.append(text[at:end])
    return "".join(parts)
