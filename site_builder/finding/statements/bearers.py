"""Who is meant by an office or a title, as far as the text names whoever bears it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from site_builder.finding.statements.described import OPPOSITE
from site_builder.finding.statements.heads import Head
from site_builder.finding.statements.holders import SOMEBODY_ELSE
from site_builder.finding.statements.looking import Looking
from site_builder.finding.statements.nouns import kind_of
from site_builder.finding.statements.phrases import Phrase
from site_builder.finding.statements.spans import Span

SINGULAR: Final = frozenset(
    "leader president minister premier chancellor senator mayor governor candidate princess prince "
    "king queen pope director chairman chairwoman founder coach captain commander general bishop "
    "chief ambassador secretary judge archbishop cardinal sheriff".split())
"""Of these there is one in a passage that names one person: the Iranian leader."""

_OF_WHOM: Final = ("’s", "'s")
_PASSAGES: Final = 3
_TITLE: Final = 40


class Bearers(Looking):
    """Finds who bears an office."""

    def those_before(self, phrase: Phrase, head: Head, low: str) -> list[Span]:
        """Who was named before in the passage, or two or more in the one before it, and is not
        known to hold such an office elsewhere."""
        before: Sequence[Span] = self._people.within(self.number, 0, phrase.start())
        if not before and low in SINGULAR and self.number:
            before = self._people.of(self.number - 1)
            if len({span.key for span in before}) == 1:
                before = ()  # nothing tells that it is this one
        self.pure = self.pure and not before
        return [span for span in before if not self.is_none(span, phrase, head)]

    def held_by(self, phrase: Phrase, head: Head) -> Span | None:
        """Who holds the office that the words name."""
        if head.low[-1] == "s" and kind_of(head.low[:-1]) == "role":
            return SOMEBODY_ELSE  # more than one: the officers
        number, at, end = self.number, phrase.start(), phrase.end()
        if head.low in OPPOSITE:
            found = self.holders.counterpart(number, at, end)
        else:
            found = self.holders.holder(
                phrase.words[head.start : head.cut], phrase.words[head.cut :], number,
                self.start, at, end)
        if found is not None:
            self.pure = False
        else:
            self._asked.append(("office", head.low, 0, 0))
        return found

    def is_none(self, span: Span, phrase: Phrase, head: Head) -> bool:
        """Whether somebody is known to hold such an office elsewhere, or none."""
        return self.holders.is_none(span, phrase.words[head.start : head.cut],
                                    phrase.words[head.cut :], self.number, phrase.start(),
                                    phrase.end())

    def of_field(self, phrase: Phrase, low: str) -> Span | None:
        """Who was named with another word for an office: the Foreign Secretary Ada Lane, or the
        foreign minister; archbishop Monsignor Ben Moor."""
        wanted = {word.lower() for word in phrase.words if len(word) > 4}
        if len(wanted) > 1:
            wanted.discard(low)
        for number in range(self.number, max(-1, self.number - _PASSAGES), -1):
            for span in reversed(self._people.of(number)):
                if number < self.number or span.end < phrase.start():
                    before = self._people.before(number, span.start, _TITLE).lower().split()[-3:]
                    if not wanted.isdisjoint(before):
                        return span
        return None


def is_owned(words: Sequence[str]) -> bool:
    """Whether one of the words says whose a role is: Port Ellen’s governor."""
    return any(word.endswith(_OF_WHOM) for word in words)


def owner_in(words: Sequence[str]) -> str:
    """The word that says whose a role is; empty if none does."""
    return next((word[:-2] for word in words if word.endswith(_OF_WHOM)), "")
