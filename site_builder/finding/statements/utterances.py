"""Short quotations that are all that somebody said: “No,” she said."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

import msgspec

from site_builder.finding.statements.kinds import NAMING
from site_builder.finding.statements.quotes import (
    SUBJECT_WITHIN,
    Quote,
    is_broken,
    trimmed,
)

_BEHIND: Final = frozenset(",?!…—")
"""Before its last mark one of these ends an utterance behind which its speaker is told."""

_CLOSING: Final = frozenset(".?!…")
_BEFORE: Final = frozenset(".?!…:”»\")")
"""An utterance begins a sentence, or stands behind one of these."""

_NO_SUBJECT: Final = frozenset(
    "and but or nor so yet as that which who whom whose when while where though although because "
    "if in on at of for to from with by about into than is was are were has had have".split())
_WITHIN: Final = frozenset("that which who whom whose".split())
_PRONOUNS: Final = frozenset("I he she it they we you".split())
_GOES_ON: Final = re.compile(
    r"[^.;:“”\"«»]{0,60}, (?:is|was|are|were|has|had|have|will|would|can|could|remains?)\b")
"""“Hamlet,” critics say, is his best: the words are the subject of the sentence."""

_SUBJECT: Final = re.compile(
    r"(?:[\w’'.-]+ ){0,7}|[^\W\d_a-z](?:[\w’'.-]+ ){0,4}[\w’'.-]+, [\w’' -]{1,60}, ")
"""Between an utterance and its verb: the mayor of Ur, or Ada Lane, a clerk."""

_LEADING: Final = re.compile(r"(?: [\w’'-]+){0,4} ?")
"""Between a verb and the comma or colon before an utterance: she said to him: “No.”"""

_ABOUT: Final = (" that", " it")


def as_parts(
    text: str, marks: Sequence[Quote], goes_on: bool, continues: bool
) -> Sequence[Quote]:
    """The quotations of a passage, of which short ones may be parts of one over several passages.

    `goes_on` is whether one was left open before, `continues` whether the next passage begins
    with a quotation.
    """
    found = list(marks)
    if goes_on and not text[: found[0].start].strip(" “\"«„"):
        found[0] = msgspec.structs.replace(found[0], long=True)
    if continues and not found[-1].closed:
        found[-1] = msgspec.structs.replace(found[-1], long=True)
    return found


def with_utterances(
    text: str, marks: Sequence[Quote], verbs: Sequence[tuple[int, int]]
) -> Sequence[Quote]:
    """The quotations of a passage; the short ones that a verb of speech makes an utterance tagged.

    `verbs` are the places of the verbs of speech. What breaks off for its speaker to be told and
    goes on behind him is half of another, and no utterance by itself.
    """
    found: list[Quote] | None = None
    for place, quote in enumerate(marks):
        if quote.long or not quote.closed or not text[trimmed(text, quote)[0]].strip() \
                or text[trimmed(text, quote)[0]].islower():
            continue
        if _told_behind(text, quote, verbs, marks[place + 1 : place + 2]) \
                or _told_before(text, quote, verbs):
            found = list(marks) if found is None else found
            found[place] = msgspec.structs.replace(quote, long=True, tagged=True)
    return marks if found is None else found


def _told_behind(
    text: str, quote: Quote, verbs: Sequence[tuple[int, int]], following: Sequence[Quote]
) -> bool:
    """Whether a subject and its verb follow: “No,” Ada Lane said."""
    since = quote.end + 1
    if text[trimmed(text, quote)[1] - 1] not in _BEHIND and text[since : since + 1] not in (
            ",", "،"):
        return False
    before = text[: quote.start - 1].rstrip()
    if before and before[-1] not in _BEFORE:
        return False
    if following and following[0].long and is_broken(text, quote, following[0]):
        return False
    place = bisect_left(verbs, (since,))
    if place == len(verbs) or verbs[place][1] > since + SUBJECT_WITHIN:
        return False
    start, end = verbs[place]
    between = text[since:start].lstrip(",، ")
    words = between.split()
    return text[start:end] not in NAMING and not (words and (
        words[0].lower() in _NO_SUBJECT or not _WITHIN.isdisjoint(words)
        or (len(words) > 1 and words[-1] in _PRONOUNS)
    )) and _SUBJECT.fullmatch(between) is not None and _GOES_ON.match(text, end) is None


def _told_before(text: str, quote: Quote, verbs: Sequence[tuple[int, int]]) -> bool:
    """Whether a verb and a comma or colon stand before it, and it ends the sentence."""
    before = text[: quote.start - 1].rstrip()
    if before[-1:] not in (":", ",") or not (
            text[trimmed(text, quote)[1] - 1] in _CLOSING
            or text[quote.end + 1 : quote.end + 2] in _CLOSING):
        return False
    place = bisect_left(verbs, (len(before),)) - 1
    if place < 0:
        return False
    start, end = verbs[place]
    return text[start:end] not in NAMING and not text.startswith(_ABOUT, end) \
        and _LEADING.fullmatch(before, end, len(before) - 1) is not None
