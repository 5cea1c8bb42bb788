"""Who is meant by an office: “the Iraqi premier” is whoever the text, or a record, calls so."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from site_builder.finding.statements.described import OPPOSITE, SMALL, Described, Held, without
from site_builder.finding.statements.ranks import COUNTERPART, Office, ranks
from site_builder.finding.statements.spans import Span

_NEAR: Final = 4
"""So many passages back somebody is named whom a wide word means: the official, the diplomat."""

_OPENING: Final = 3
"""In the first passages an office may be told before its holder’s name."""

_SOON: Final = 2
"""So many passages later the name is told, at most."""

_SAYS: Final = re.compile(
    r" (?:also |later |has )?(?:said|told|says|added|stressed|noted|wrote|stated|tweeted|asked|"
    r"pointed out|warned|emphasi[sz]ed|explained|insisted|reiterated|called|urged|replied)\b")

_FORMER: Final = ("ex-", "Ex-")
_SOLE: Final = frozenset((
    "prime minister", "president", "foreign minister", "defence minister", "interior minister",
    "finance minister", "oil minister", "supreme leader", "king", "emir"))
"""Offices of which a country has one, and nobody has two."""

SOMEBODY_ELSE: Final = Span(-1, -1, "", "")
"""Nobody who is named: an official in Ur, the official."""


@lru_cache(maxsize=256)
def _other(head: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:[Aa]n?|[Oo]ne|[Aa]nother|unnamed)(?: [\w-]+){{0,4}}? {re.escape(head)}\b",
        re.IGNORECASE)


class Holders(Described):
    """The offices of those whom a text names, and who is meant by one."""

    def may_tell(self, head: str, number: int) -> bool:
        """Whether the text may know who is meant by an office of which a word is the noun."""
        head = head.removeprefix("ex-")
        if number <= _OPENING and head in ranks().opening:
            return True
        self._all()
        return head in self._callers or (head in OPPOSITE and bool(self._held))

    def holder(
        self, words: list[str], behind: list[str], number: int, start: int, at: int, end: int
    ) -> Span | None:
        """Who is meant by the words of an office, the last of which is its noun.

        `behind` are those that follow it; they stand from `at` to `end` in a passage, in a
        sentence that begins at `start`.
        """
        named = self._all()
        if words[-1].startswith(_FORMER):
            words = [*words[:-1], "former", words[-1][3:]]
        if not self.may_tell(words[-1].lower().rstrip("."), number):
            return None
        asked, wanted = self._asked(words, behind, number, at, end)
        fits: dict[str, int] = {}
        told: set[str] = set()  # whom the text itself calls so
        exact = asked.name in ranks().offices
        for key, held in self._held.items():
            nations = frozenset().union(*(one.countries for one in held))
            best = 0
            for one in held:
                theirs = one.countries or nations
                if one.office is COUNTERPART and not wanted:
                    continue
                if wanted and (wanted.isdisjoint(theirs) if theirs else not one.told):
                    continue
                if not ranks().may_be(asked, one.office) or not asked.fields <= one.words | SMALL:
                    continue
                wide = asked.name != one.office.name  # the leader is whoever was last called so
                best = max(best, 3 if wanted and theirs else 2 if not wanted or wide else 1)
                if one.told:
                    told.add(key)
            if best:
                fits[key] = best
        if not fits:
            return self._told_later(asked, wanted, number, at) if exact else None
        sure = max(fits.values())
        meant = {key for key, rank in fits.items() if rank == sure}
        if len(meant) > 1 and wanted and sure == 1:
            return SOMEBODY_ELSE  # of several presidents none is known to be that of Iraq
        if len(meant) > 1:
            meant &= told
            if not meant:
                return SOMEBODY_ELSE  # records know of two, and the text calls neither so
        if len(meant) > 1 and not wanted and meant.isdisjoint(
                span.key for span in self._people.within(number, start, at)):
            # whoever of them spoke last
            topic = next((span for span in reversed(self._topics.all()) if span.key in meant), None)
            meant = {topic.key} if topic is not None else meant
        for there, place, span in reversed(named):
            if (there, place) >= (number, at) or span.key not in meant:
                continue
            if not exact and number - there > _NEAR:
                return None
            return SOMEBODY_ELSE if self._another(
                words[-1], there, span.end, number, at) else span
        return next((span for _, _, span in named if span.key in meant), None) \
            if exact else None

    def _asked(
        self, words: list[str], behind: list[str], number: int, at: int, end: int
    ) -> tuple[Office, frozenset[str]]:
        people = self._people
        wanted = people.countries(number, at, end)
        theirs = people.country_words(number, at, end) if wanted else ()
        low = without(theirs, words)
        return ranks().office(low, len(low) - 1, without(theirs, behind)), wanted

    def is_none(
        self, span: Span, words: list[str], behind: list[str], number: int, at: int, end: int
    ) -> bool:
        """Whether somebody is known to hold such an office elsewhere, or only as a deputy, or by
        the records another one of which a country has one."""
        self._all()
        held = self._held.get(span.key)
        if not held:
            return False
        asked, wanted = self._asked(words, behind, number, at, end)
        nations = frozenset().union(*(one.countries for one in held))
        if wanted and nations and wanted.isdisjoint(nations):
            return True
        if any(one.office.name == asked.name and one.office.lesser != asked.lesser
               for one in held):
            return True
        return asked.name in _SOLE and any(
            not one.told and one.office.name in _SOLE for one in held) and not any(
            ranks().may_be(asked, one.office) for one in held)

    def _told_later(
        self, asked: Office, countries: frozenset[str], number: int, at: int
    ) -> Span | None:
        """Who holds an office with which an article opens, named soon behind it: the finance
        minister said … “…,” Ada Lane told reporters; or, behind a headline, Finance Minister Ada
        Lane. Whoever is named before, or only with another office, is not meant."""
        if number > _OPENING:
            return None
        before: set[str] = set()
        seen: set[str] = set()
        for there, place, span in self._named or ():
            key = span.key
            if (there, place) < (number, at):
                before.add(key)
            elif there - number > _SOON:
                return None
            elif key not in seen and (key not in before or len(before) == 1):
                seen.add(key)
                if self._may_hold(asked, countries, there, span):
                    self._held.setdefault(key, []).append(Held(asked, countries, asked.fields))
                    self._callers.update(ranks().callers(asked.name))
                    return span
        return None

    def _may_hold(
        self, asked: Office, countries: frozenset[str], number: int, span: Span
    ) -> bool:
        """Whether somebody who is named in a passage is called so there, or speaks and is called
        nothing."""
        held = self._held.get(span.key)
        if not held:
            return _SAYS.match(self._people.text(number), span.end) is not None
        nations = frozenset().union(*(one.countries for one in held))
        return not (countries and nations and countries.isdisjoint(nations)) \
            and any(ranks().may_be(asked, one.office) for one in held)

    def _another(self, head: str, there: int, since: int, number: int, until: int) -> bool:
        """Whether somebody else was called so between: an official in Ur said."""
        low = head.lower()
        for passage in range(there, number + 1):
            text = self._people.text(passage)
            begin = since if passage == there else 0
            end = until if passage == number else len(text)
            if low not in text[begin:end].lower():
                continue  # as nearly always: the pattern is slow
            found = _other(head).search(text, begin, end)
            if found is not None and not text.startswith((", ",), begin, begin + 2):
                return True
        return False


    def counterpart(self, number: int, at: int, end: int) -> Span | None:
        """Who holds the same office elsewhere: his Turkish counterpart."""
        named = self._all()
        wanted = self._people.countries(number, at, end)
        mine: frozenset[str] = frozenset()
        me = ""
        for there, place, span in reversed(named):
            if (there, place) >= (number, at) or span.key == me:
                continue
            held = self._held.get(span.key, ())
            names = ranks().offices.intersection(one.office.name for one in held)
            if not names:
                continue
            if wanted:
                if any(not wanted.isdisjoint(one.countries) for one in held):
                    return span
            elif not me:
                me, mine = span.key, names
            elif not mine.isdisjoint(names):
                return span
        return None
