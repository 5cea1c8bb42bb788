"""The words of a sentence: clauses, the phrases between their commas, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from site_builder.finding.signs import DATES
from site_builder.finding.statements.nouns import (
    ADVERBS,
    DETERMINERS,
    PREPOSITIONS,
    ROLES,
    TOKEN,
    kind_of,
)

_CUT: Final = re.compile(r"[;:()—–“”«»\"]|\x01+")
_SOONER: Final = frozenset("Earlier earlier Later later Early early Late late".split())
_THIS: Final = frozenset("Last last This this Next next That that".split())
_SPANS: Final = DATES.union("year month week night spring summer autumn fall winter decade".split())
_AGO: Final = frozenset("years months weeks days hours minutes".split())
TIMED: Final = _SOONER | _THIS | _AGO
"""With one of these begins what tells when."""

_MARKED: Final = re.compile(r"[;:()—–\x01“”„«»\"]")
_PAST: Final = frozenset(
    "said told went came left made took gave sent wrote held met saw won lost became began "
    "spoke drove ran fell rose broke chose drew fought knew led sold stood taught thought threw "
    "read brought built bought caught paid struck spent kept felt grew flew fled told understood "
    "got set rang sang wore tore swore bore shot hid hung rode ate drank shook stole lent dealt "
    "slept swept wept did does is was are were has had have will would been "
    # and those of the present tense that are no nouns
    "say says believe believes think thinks argue argues recommend recommends suggest suggests "
    "insist insists deny denies describe describes explain explains expect expects know knows seek "
    "seeks agree agrees write writes tell tells accuse accuses admit admits add adds concede "
    "concedes contend contends acknowledge acknowledges conclude concludes".split())


class Clause:
    """The words and marks between two places of a sentence.

    Where they stand is worked out when it is first asked for: mostly it is not.
    """

    __slots__ = ("_base", "_begin", "_frame", "_starts", "since", "until", "words")

    def __init__(self, frame: str, begin: int, end: int, base: int) -> None:
        text = frame[begin:end]
        if _MARKED.search(text) is None:  # the common case
            self.words = text.replace(",", " , ").split()
        else:
            self.words = TOKEN.findall(text)
        self._frame, self._begin, self._base = frame, begin, base
        self.since, self.until = base + begin, base + end  # both in the passage
        self._starts: list[int] | None = None

    def starts(self) -> list[int]:
        """Where each word of the clause begins in its passage."""
        starts = self._starts
        if starts is None:
            starts, index, at, base = [], self._frame.index, self._begin, self._base
            for word in self.words:
                at = index(word, at)  # nothing but space stands between two of them
                starts.append(base + at)
                at += len(word)
            self._starts = starts
        return starts

    def phrases(self) -> list[Phrase]:
        """What stands between the commas."""
        words = self.words
        if "," not in words:
            return [Phrase(self, words, 0)] if words else []
        found, begin = [], 0
        for place, word in enumerate(words):
            if word == "," and not (
                    words[place - 1].isdigit() and words[place + 1 : place + 2] and
                    words[place + 1].isdigit() and len(words[place + 1]) == 4):  # May 14, 2019
                if place > begin:
                    found.append(Phrase(self, words[begin:place], begin))
                begin = place + 1
        if begin < len(words):
            found.append(Phrase(self, words[begin:], begin))
        return found


class Phrase:
    """Words of a clause that follow one another; the first is the clause's word `at`."""

    __slots__ = ("at", "clause", "words")

    def __init__(self, clause: Clause, words: list[str], at: int) -> None:
        self.clause, self.words, self.at = clause, words, at

    def part(self, start: int, end: int | None = None) -> Phrase:
        """Some of its words."""
        return Phrase(self.clause, self.words[start:end], self.at + start)

    def start(self, place: int = 0) -> int:
        """Where a word of it begins in the passage."""
        return self.clause.starts()[self.at + place]

    def end(self, place: int = -1) -> int:
        """Where a word of it, the last if none is named, ends in the passage."""
        words = self.words
        if place < 0:
            place += len(words)
        return self.clause.starts()[self.at + place] + len(words[place])


def clauses(frame: str, end: int, begin: int = 0) -> Iterator[tuple[int, int]]:
    """Spans of what stands between marks, between two places."""
    for cut in _CUT.finditer(frame, begin, end):
        yield begin, cut.end()
        begin = cut.end()
    if end > begin:
        yield begin, end


def before_verb(phrase: Phrase) -> Phrase:
    """The words of a phrase before its first verb."""
    words = phrase.words
    for place in range(1, len(words)):
        word = words[place]
        if word in _PAST or (word.endswith("ed") and len(word) > 2 and word.isascii()
                             and word.isalpha() and word.islower()):
            while place > 1 and words[place - 1] in ADVERBS:
                place -= 1
            return phrase.part(0, place)
    return phrase


def inner(phrase: Phrase) -> Phrase | None:
    """The subject after “on Monday”, “in a speech”: from its article, or its capitals."""
    words = phrase.words
    for place in range(len(words) - 1, 0, -1):
        if words[place] in DETERMINERS and words[place - 1] not in PREPOSITIONS:
            return phrase.part(place)
    place = len(words)
    while place > 1 and words[place - 1][0].isupper() and words[place - 1] not in ADVERBS:
        place -= 1
    if place < len(words) and words[place - 1] not in PREPOSITIONS \
            and words[place - 1] not in DETERMINERS:
        return phrase.part(place)
    if kind_of(words[-1].lower()) and len(words) > 2 and words[-2] not in PREPOSITIONS:
        return phrase.part(-1 + len(words))
    return None


def is_role(phrase: Phrase) -> bool:
    """Whether one of its words is a role."""
    return not ROLES.isdisjoint([word.lower() for word in phrase.words])


def is_named(phrase: Phrase) -> bool:
    """Whether it begins as the name of somebody or something does."""
    return phrase.words[0][0].isupper() or phrase.words[0] in DETERMINERS


def told_when(words: list[str]) -> int:
    """How many of three words or more tell when, and are followed by others: last year Google, days
    ago a clerk."""
    place = 1 if words[0] in _SOONER and len(words) > 3 else 0
    if words[place] in _THIS and words[place + 1] in _SPANS:
        return place + 2
    return 2 if words[0] in _AGO and words[1] in ("ago", "later", "earlier") else 0
