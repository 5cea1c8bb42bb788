"""Whom the words behind a verb, a quotation or “according to” name."""

from __future__ import annotations

import re
from typing import Final

from site_builder.finding.statements.appositions import Appositions
from site_builder.finding.statements.kinds import Verb
from site_builder.finding.statements.nouns import DETERMINERS, PREPOSITIONS
from site_builder.finding.statements.phrases import Clause, Phrase
from site_builder.finding.statements.sources import is_bare, is_measure
from site_builder.finding.statements.speaker import NOBODY, Speaker
from site_builder.finding.statements.speakers import GUESSED

_FORWARD_END: Final = re.compile(
    r";|\(|\)|—|–|\x01|“|”|«|»|\"|:(?!\d)|\.(?<!\b[A-Z]\.)(?<!\b[A-Z][rst]\.)(?<!\b(?:Mrs|Gen|Sen|Rep|Gov|Col)\.)"
    r"(?<!\bProf\.)(?:\s|$)|!(?:\s|$)|\?(?:\s|$)"
    r"| (?:who|that|and said|but|as|when) ")
_INVERTED: Final = re.compile(r" ((?:[\w’'.-]++ ?){1,7})(?:,|$)")
_NOT_INVERTED: Final = PREPOSITIONS.union("that he she it they".split())
_DOING: Final = re.compile(
    r",? (?:((?:[hH]e|[sS]he|[tT]hey|[tT]he (?:[\w-]+ ){0,2}[\w-]+|[A-Z][\w.’'-]*"
    r"(?: [A-Z][\w.’'-]*){0,3})) (?:\w+ly )?(?:[a-z]{2,}(?:ed|s|gan|nt on)"
    r"|shot|cut|broke|put|gave|came|threw|hit|sang|read|ran|burst|chimed)(?=[ ,.])"
    r"|[a-z]{2,}ed(?= (?:[A-Z]|the |an? |his |her )))")
_VERBS: Final = frozenset(
    "was is were are had has have would will does did do could should may might must can not"
    .split())
_TAIL: Final = 110
"""How far behind a verb its subject may begin."""

_LONGEST_END: Final = 12
"""No match of the pattern of what ends a clause is longer."""


class Following(Appositions):
    """Finds the speaker who is told behind something."""

    def after(
        self, frame: str, begin: int, sure: float, *, cited: bool = False
    ) -> Speaker:
        """The subject that begins at `begin` and follows its verb.

        `cited` is whether it may be anything that says something: agreed facts.
        """
        until = min(len(frame), begin + _TAIL)
        stop = _FORWARD_END.search(frame, begin, until + _LONGEST_END)
        if stop is not None and stop.start() < until:
            until = stop.start()
        since, text = self.start + begin, f"\0{frame[begin:until]}"
        known = None
        alone = not any(since <= span.start < self.start + until for span in self.spans)
        if alone:
            known = self.known(text, cited, since)
        if known is None:
            if alone:
                self.ask()
            known = self._after(Clause(frame, begin, until, self.start).phrases(), cited)
            if alone:
                self.learn(text, cited, since, known)
        return known if known.confidence <= sure else Speaker(
            known.id, known.name, known.kind, sure)

    def _after(self, phrases: list[Phrase], cited: bool) -> Speaker:
        if not phrases:
            return NOBODY
        first = self.phrase(phrases[0], True, forward=True)
        if first.kind == "organisation" and not cited and first.confidence == GUESSED:
            first = self.somebody(first)
        words = phrases[0].words
        if cited and (is_measure(words) or (len(words) == 1 and is_bare(words[0]))):
            return NOBODY  # sorted according to group
        if first.kind == "none" and cited:
            first = self.source(phrases[0])
        if first.kind not in ("none", "person"):
            first = self.described(first, phrases)
        return first

    def beside_quote(self, frame: str, at: int) -> Speaker:
        """Who does something right behind a quotation: “…,” she laughed, “…,” sighed Ada Lane."""
        found = _DOING.match(frame, at)
        if found is None:
            return NOBODY
        if found[1] is None:
            return self.after(frame, found.end(), 0.7)
        clause = Clause(frame, found.start(1), found.end(1), self.start)
        return self.phrase(Phrase(clause, clause.words, 0), False, forward=True).times(0.8)

    def inverted(self, frame: str, verb: Verb) -> Speaker:
        """“The dam, said Raisi, would hold”: the subject between the verb and a comma."""
        close = _INVERTED.match(frame, verb.end)
        if close is None or close[1].split(None, 1)[0] in _NOT_INVERTED:
            return NOBODY
        clause = Clause(frame, verb.end, close.end(1), self.start)
        words = clause.words
        if not _VERBS.isdisjoint(words) or (
                close[0][-1] != "," and len(words) > 2
                and not (words[0][0].isupper() or words[0] in DETERMINERS)):
            return NOBODY
        return self.phrase(Phrase(clause, clause.words, 0), False, forward=True)
