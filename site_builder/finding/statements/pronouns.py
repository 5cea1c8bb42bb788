"""Who is meant by he and she, it and they."""

from __future__ import annotations

import re
from typing import Final

from site_builder.finding.genders import HE, SHE
from site_builder.finding.spelling import words
from site_builder.finding.statements.nouns import PREPOSITIONS, ROLES
from site_builder.finding.statements.people import People
from site_builder.finding.statements.ranks import is_head
from site_builder.finding.statements.spans import Span
from site_builder.finding.statements.speaker import NOBODY, Speaker, by_person, is_many
from site_builder.finding.statements.speakers import Speakers

_MANY: Final = words("people police others some many men women several staff family parents")
_NEAR: Final = 25
"""So far into a sentence a pronoun may mean the subject of that sentence."""

SURE: Final = 0.65
"""Less sure are words that only look like somebody who does something."""

_ROLE: Final = re.compile(r"\b[Tt]he (?:\w+ )?(\w+)(?=[ ,.’'])")
_POSSESSED: Final = ("’s ", "'s ")
_BACK: Final = 5
"""So many passages back somebody may stand whom a pronoun means."""

_AHEAD: Final = 3
"""So many passages, this one and those behind it, may name whom a pronoun means that opens one."""


_SOON: Final = 2
"""So many passages later nobody means by “the statement” what was told before."""


class Pronouns(Speakers):
    """Finds whom pronouns mean; who is the subject of a sentence is for `main` to say."""

    def __init__(self, people: People) -> None:
        super().__init__(people)
        self.body: Speaker = NOBODY  # the last body or role that spoke
        self.last, self.last_number = NOBODY, -1  # who spoke last, and in which passage
        self._asking = False

    def heard(self, speaker: Speaker) -> None:
        """Somebody spoke: he, she or it may be meant from here on."""
        self.last, self.last_number = speaker, self.number
        if speaker.kind == "person":
            self.topics.add(speaker)
            if not speaker.id:
                self.holders.heard(self.number, self.start, speaker.name)
        elif speaker.kind != "none":
            self.body = speaker

    def main(self, frame: str, end: int, since: int = 0) -> Speaker:
        """The subject of the sentence between two places."""
        raise NotImplementedError

    def author(self) -> Speaker:
        """Who issued what the words call the statement: the body, or the several people, that
        spoke last, right before it."""
        self.pure = False
        last = self.last
        return last if self.number - self.last_number < _SOON and (
            last.kind == "organisation" or (last.kind == "role" and is_many(last.name))) \
            else NOBODY

    def pronoun(self, word: str, at: int) -> Speaker:
        """Who is meant by a pronoun, in lower case, at a place of the passage."""
        self.pure = False
        if word == "who":
            near = self._people.within(self.number, self.start, at)
            return by_person(near[-1], 0.85) if near else NOBODY
        if word in ("he", "she"):
            return self._somebody("f" if word == "she" else "m", at)
        if word == "that":
            return NOBODY  # a note that says what to do
        before = NOBODY
        if word in ("it", "they"):
            before = self._main_here(at)
            if before.kind not in ("organisation", "role") or before.confidence < SURE:
                before = self._main_before()
        if before.kind not in ("organisation", "role") or (word == "it" and before.kind == "role"):
            before = self.body
        return before.times(0.8)

    def _somebody(self, wanted: str, at: int) -> Speaker:
        here = self._main_here(at)
        if self._fits(here, wanted):
            return here.times(0.8)
        before = self._main_before()
        last = self.last if self.last_number == self.number else NOBODY
        for found in (before, last) if before.kind == "person" else (last, before):
            if self._fits(found, wanted):
                return found.times(0.8)
        people, topics = self._people, self.topics.all()
        near = people.within(self.number, 0, at)
        if before.kind == "person" and {span.key for span in near} == {before.id or before.name}:
            people.is_of(before.id or before.name, wanted)  # whatever the name may tell
            return before.times(0.7)
        if self._before is not None:
            owner = people.within(self.number, *self._before)[:1]
            if owner and before.kind != "person" and self._fits(by_person(owner[0], 0.7), wanted) \
                    and (before.name.startswith(self._text[owner[0].start : owner[0].end + 1])
                         or (owner[0].start == self._before[0]
                             and self._text.startswith(_POSSESSED, owner[0].end))):
                return by_person(owner[0], 0.7)  # Ada Lane’s office said … She
            for role in _ROLE.findall(self._text, *self._before):
                bearer = people.titled(role.lower()) if role.lower() in ROLES else None
                if bearer is not None and people.gender(bearer) in ("", wanted):
                    return by_person(bearer, 0.7)
        free = [span for span in near if not self._is_governed(span)]
        if near and (not topics or people.gender(topics[-1]) != wanted):
            for span in (*reversed(free), *reversed(near)):
                if people.gender(span) == wanted and (span.start < self.start or span in free):
                    return by_person(span, 0.7)
        for span in reversed(topics):
            if people.gender(span) in ("", wanted) and not (
                    self.replying and span.key == (self.last.id or self.last.name)):
                return by_person(span, 0.76)
        for span in near:
            if people.gender(span) in ("", wanted):
                return by_person(span, 0.6)
        for number in range(self.number - 1, max(-1, self.number - _BACK), -1):
            for span in people.of(number):
                if people.gender(span) in ("", wanted):
                    return by_person(span, 0.6)
        if not topics:
            return self._named_next(wanted, at)
        before = self._main_before()  # a given name may be a woman's here, and a man's there
        if before.kind != "person":
            return NOBODY
        people.is_of(before.id or before.name, wanted)
        return before.times(0.6)

    def _named_next(self, wanted: str, at: int) -> Speaker:
        """Who is named first behind a pronoun, where nobody was before it: “…,” she said."""
        people = self._people
        for number in range(self.number, self.number + _AHEAD):
            for span in people.of(number):
                if (number > self.number or span.start > at) \
                        and people.gender(span) in ("", wanted):
                    return by_person(span, 0.55)
        return NOBODY

    def _fits(self, speaker: Speaker, wanted: str) -> bool:
        """Whether a subject may be he, or she."""
        if self.replying and speaker.kind == self.last.kind and (speaker.id or speaker.name) == (
                self.last.id or self.last.name):
            return False
        if speaker.kind == "person":
            return self._people.gender(Span(-1, -1, speaker.id, speaker.name)) in ("", wanted)
        if speaker.kind != "role":
            return False
        name = speaker.name.split()
        if name[:2] in (["One", "of"], ["one", "of"]):
            return True
        end = next((i for i, word in enumerate(name) if word in PREPOSITIONS), len(name))
        word = name[end - 1] if end else ""
        return is_head(word.lower()) and word.lower() not in _MANY and not word.endswith("s") \
            and word not in (HE if wanted == "f" else SHE)

    def _is_governed(self, span: Span) -> bool:
        """Whether a preposition stands before somebody: speaking to the journalist Laura Stone."""
        before = self._text[max(0, span.start - 60) : span.start].split()
        while before and before[-1][-1] != "," and before[-1] not in PREPOSITIONS and (
                before[-1][0].isupper() or before[-1].lower() in ROLES
                or before[-1] in ("the", "a", "an")):
            before.pop()
        return bool(before) and before[-1] in PREPOSITIONS

    def _main_here(self, at: int) -> Speaker:
        """The subject with which this sentence begins."""
        if self._asking or at - self.start <= _NEAR:
            return NOBODY
        self._asking = True
        found = self.main(self._frame, at - self.start)
        self._asking = False
        return found

    def _main_before(self, _: int = 0) -> Speaker:
        """The subject of the sentence before this one, in the same passage."""
        before = self._before
        if before is None or self._asking:
            return NOBODY
        here = self.start, self.end, self._asking
        self.start, self.end = before
        self._asking = True
        frame = self._frames.frame(*before, self._frames.quotes(*before))
        found = self.main(frame, len(frame))
        self.start, self.end, self._asking = here
        return found
