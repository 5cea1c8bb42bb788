"""One sentence after the other: whom it names, and what was found before for the same words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from site_builder.finding.statements.holders import Holders
from site_builder.finding.statements.nouns import (
    PREPOSITIONS,
    ROLES,
)
from site_builder.finding.statements.people import People
from site_builder.finding.statements.phrases import Phrase
from site_builder.finding.statements.quotes import Frames
from site_builder.finding.statements.spans import Span
from site_builder.finding.statements.speaker import Speaker
from site_builder.finding.statements.titles import is_adjective
from site_builder.finding.statements.topics import Topics

POSSESSIVE: Final = re.compile(r"[’']s\b|(?<=s)[’'](?= )")

TITLED: Final = ROLES.union("mr mrs ms dr prof sen rep gov gen col sir".split())
_OWN_WORDS: Final = re.compile(
    r"[’']s? (?:\w+ )?(?:statement|tweet|letter|post|message|speech|memo|email|e-mail)\b")


_Asked = tuple[str, str, int, int]
"""What a text did not know: who bears a title, who goes by a name, or whether a country stands
between two places."""

_LEARNT: Final[dict[tuple[str, bool], tuple[Speaker, list[_Asked]]]] = {}
_KEPT: Final = 4096
"""Of so many clauses it is remembered who speaks: “the ministry said” comes again and again."""

class Looking:
    """Looks at one sentence after the other, and remembers who spoke in clauses like it."""

    def __init__(self, people: People) -> None:
        self._people = people
        self.topics = Topics(people)
        self.holders = Holders(people, self.topics)
        self.number = 0
        self.start = self.end = 0
        self._before: tuple[int, int] | None = None  # the sentence before, in the same passage
        self._text = self._frame = ""
        self._frames = Frames("", ())
        self.spans: Sequence[Span] = ()  # the people whom the passage names
        self.replying = False  # whether the verb at hand answers whoever spoke last
        self.pure = False
        self._asked: list[_Asked] = []

    def turn(self, number: int, frames: Frames) -> None:
        """Turn to a passage."""
        self.number, self._text, self._frames = number, frames.text, frames
        self.spans = self._people.of(number)

    def look(self, start: int, end: int, frame: str, before: tuple[int, int] | None) -> None:
        """Turn to a sentence of it, behind another: all that follows is asked of it."""
        self.start, self.end, self._frame, self._before = start, end, frame, before
        self.replying = False

    # -- what was found before for the same words

    def ask(self) -> None:
        """Note from here on of what in this text the answer depends."""
        self.pure = True
        self._asked = []

    def learn(self, words: str, plain: bool, since: int, found: Speaker) -> None:
        """Remember what was found for the words of a clause, if it hangs on little else."""
        if self.pure:
            if len(_LEARNT) >= _KEPT:
                _LEARNT.clear()
            _LEARNT[words, plain] = found, [
                (what, word, start - since, end - since)
                for what, word, start, end in self._asked]

    def known(self, words: str, plain: bool, since: int) -> Speaker | None:
        """What was found before for the words of a clause, unless this text knows better."""
        learnt = _LEARNT.get((words, plain))
        if learnt is None:
            return None
        people = self._people
        for what, word, start, end in learnt[1]:
            if what == "title":
                if people.titled(word) is not None:
                    return None
            elif what == "office":
                if self.holders.may_tell(word, self.number):
                    return None
            elif what == "name":
                if people.called(word) is not None:
                    return None
            elif self.number in people.places \
                    and people.is_country(self.number, start + since, end + since):
                return None
        return learnt[0]

    def named(self, phrase: Phrase) -> Span | None:
        """The person whom the phrase is about; not one of whom another is the spokesman."""
        clause = phrase.clause
        spans = [span for span in self.spans
                 if span.start >= clause.since and span.end <= clause.until]
        if not spans:
            return None
        begin, end, words = phrase.start(), phrase.end(), phrase.words
        if "such" in words and words[0] != "such":  # commentators such as Ada Lane
            such = words.index("such")
            end = phrase.end(such) if words[such + 1 : such + 2] == ["as"] else end
        first = last = None
        for span in spans:
            if span.start < begin or span.end > end:
                continue
            place = bisect_left(clause.starts(), span.start, phrase.at) - phrase.at
            if place >= len(words):
                place = 0
            while place and words[place - 1].rstrip(".").lower() in TITLED:
                place -= 1
            before = words[place - 1] if place else ""
            aside = self._frame[span.start - self.start : span.end - self.start]
            if aside.isspace():
                continue
            if end > span.end + 2 and (
                    is_adjective(self._text, span.end)
                    if self._text[span.end] == " " else
                    POSSESSIVE.match(self._text, span.end)
                    and not _OWN_WORDS.match(self._text, span.end)):
                continue
            if before in PREPOSITIONS and before not in ("as", "As", "like"):
                continue
            if before.endswith("ing") and before.islower():
                continue  # a lawyer representing her
            if self._text[max(0, span.start - 4) : span.start].lower() == "the " and (
                    not span.id or (end > span.end and self._text[span.end] in " -")):
                continue  # the Revolutionary Guards, the Lane transition team
            if first is None:
                first = span
            last = span
        if first is not last and first is not None and last is not None \
                and " and " not in self._text[first.end : last.start]:
            return last
        return first

    def _is_name(self, word: str) -> bool:
        self.pure = False
        return self._people.is_name(word)

    def bearer(self, role: str) -> Span | None:
        """Who bears a title in this text that is one word."""
        return self._people.titled(role.lower()) if role.isalpha() else None

    def _called(self, word: str) -> Span | None:
        bearer = self._people.called(word)
        if bearer is not None:
            self.pure = False
            if bearer.start < 0 and not bearer.id and " " not in bearer.name:
                return self._people.first_called(bearer.name, self.number, self.start) or bearer
        else:
            self._asked.append(("name", word, 0, 0))
        return bearer

    def is_country(self, start: int, end: int) -> bool:
        """Whether the words between two places of the passage are a country."""
        people = self._people
        if self.number in people.places and people.is_country(self.number, start, end):
            self.pure = False
            return True
        self._asked.append(("country", "", start, end))
        return False

