"""Who is meant by an office: “the Iraqi premier” is whoever the text, or a record, calls so."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final

import msgspec

from site_builder.finding.statements.nouns import DETERMINERS, PREPOSITIONS, kind_of
from site_builder.finding.statements.people import People, Span
from site_builder.finding.statements.ranks import Office, is_head, ranks
from site_builder.finding.statements.topics import Topics

_FAR: Final = 120
"""So far before and behind a name its offices stand, at most."""

_WORD: Final = 20
"""Longer is no noun of an office."""

_LINKS: Final = frozenset("of for to the and in at on de du &".split())
"""Between an office and the name behind it: Minister of Trade and Industry Ada Lane."""

_MARKS: Final = ",;:.!?()“”\"—–"
_OWN: Final = ("’s", "'s", "s’", "s'")
_QUALIFIERS: Final = 6
_FIELD: Final = 8
_STOPS: Final = PREPOSITIONS | DETERMINERS | frozenset(
    "and but or is was are were has had have who when while that will would as".split())
_BEHIND: Final = PREPOSITIONS | frozenset("who which and whose".split())
"""What may follow an office that stands behind a name."""

_NEAR: Final = 4
"""So many passages back somebody is named whom a wide word means: the official, the diplomat."""

_ASIDE: Final = frozenset((", ", " ("))
_HONORIFICS: Final = frozenset(
    "Dr Dr. Mr Mr. Mrs Mrs. Ms Ms. Prof. Sayyid Seyyed Sheikh Haji Hajj Gen. Lt. Col. Brig. Maj."
    .split())
"""Between an office and a name."""

_OPENING: Final = 3
"""In the first passages an office may be told before its holder’s name."""

_SOON: Final = 2
"""So many passages later the name is told, at most."""

_SAYS: Final = re.compile(
    r" (?:also |later |has )?(?:said|told|says|added|stressed|noted|wrote|stated|tweeted)\b")
_AGE: Final = re.compile(r", \d\d?,")


SOMEBODY_ELSE: Final = Span(-1, -1, "", "")
"""Nobody who is named: an official in Ur, the official."""


class _Held(msgspec.Struct, frozen=True, gc=False):
    """That somebody holds an office, with the countries and words told with it."""

    office: Office
    countries: frozenset[str]
    words: frozenset[str]


class Holders:
    """The offices of those whom a text names; looked for when one is first asked for."""

    def __init__(self, people: People, topics: Topics) -> None:
        self._people, self._topics = people, topics
        self._held: dict[str, list[_Held]] = {}  # key of a person → offices
        self._named: list[tuple[int, int, Span]] | None = None  # all places, in order
        self._callers: set[str] = set()  # nouns that may ask for one of them
        self._heard: list[tuple[int, Span]] = []

    def heard(self, number: int, start: int, name: str) -> None:
        """Somebody spoke whom no record and no other sign makes a person."""
        at = self._people.text(number).find(name, start)
        if at >= 0:
            self._heard.append((number, Span(at, at + len(name), "", name)))
            self._people.heard(name)

    def _all(self) -> list[tuple[int, int, Span]]:
        named = self._named
        if named is None:
            people = self._people
            named = self._named = [
                (number, span.start, span) for number in people.numbers()
                for span in people.of(number)]
            for number, start, span in named:
                text = people.text(number)
                if text[span.end : span.end + 2] in _ASIDE or (start and text[start - 2] == ",") \
                        or " " in span.name or _is_office(text, start):
                    self._describe(number, span)
            for id, titles in people.offices.items():
                for title in titles:
                    self._hold(id, title.split(), len(title.split()) - 1, (), frozenset())
        if self._heard:
            for number, span in self._heard:
                if span.key not in self._held:
                    named.append((number, span.start, span))
                    self._describe(number, span)
            self._heard.clear()
            named.sort()
        return named

    def _describe(self, number: int, span: Span) -> None:
        text = self._people.text(number)
        title, _, rest = span.name.partition(" ")
        if rest and kind_of(title.lower()):  # a record’s form: Ayatollah Ali Khamenei
            self._note(number, span, [title], [], span.start, span.start + len(title))
        if span.start:
            self._before(number, text, span)
        if text[span.end : span.end + 2] in _ASIDE:
            self._behind(number, text, span)

    def _before(self, number: int, text: str, span: Span) -> None:
        """Iraqi Prime Minister X; Iran’s deputy minister for trade, X, …"""
        at = span.start
        if text[at - 1] != " ":
            return
        comma = at > 1 and text[at - 2] == ","
        if comma:
            if text[span.end : span.end + 1] != ",":
                return
        elif not _is_office(text, at):
            return  # as nearly always
        begin = max(0, at - _FAR)
        before = text[begin:at]
        words = before.split()
        while len(words) > 1 and words[-1] in _HONORIFICS:
            words.pop()
            comma = words[-1][-1] == ","
        if begin and words and text[begin - 1].isalnum():
            del words[0]
        if not words:
            return
        words[-1] = words[-1].rstrip(",")
        head = len(words) - 1
        least = max(0, head - _FIELD)
        while head >= least:
            word = words[head]
            low = word.lower()
            if kind_of(low.rstrip(".")) == "role":
                break
            if not word or word[-1] in _MARKS or not (
                    comma or word[0].isupper() or low in _LINKS):
                return
            head -= 1
        if head < least:
            return
        if comma and head < len(words) - 1 and words[head + 1] not in PREPOSITIONS:
            return
        first = head
        while first and head - first < _QUALIFIERS:
            word = words[first - 1]
            if not word or word[-1] in _MARKS or word in _STOPS \
                    or (word.islower() and word.endswith("ed")):
                break
            first -= 1
            if word.endswith(_OWN):
                break
        since = begin + before.find(" ".join(words[first : head + 1]))
        self._note(number, span, words[first : head + 1], words[head + 1 :], since, at)

    def _behind(self, number: int, text: str, span: Span) -> None:
        """X, the Iraqi prime minister, …; X (Iraq’s premier)"""
        start = span.end + 2
        age = _AGE.match(text, span.end)
        if age is not None:
            start = age.end() + 1
        words = text[start : start + _FAR].split()
        if not words or not (words[0].lower() in _ARTICLES or words[0].endswith(_OWN)
                             or words[0][0].isupper() or is_head(words[0])):
            return
        head, end = -1, len(words)
        for place, word in enumerate(words):
            bare = word.rstrip(_MARKS)
            if head < 0 and is_head(bare.lower()) and not (
                    place + 1 < len(words) and bare == word
                    and is_head(words[place + 1].rstrip(_MARKS).lower())):
                head = place
                if bare == word and place + 1 < len(words) and words[place + 1] not in _BEHIND:
                    return  # Ada Lane, the producers finally agreed
            if head < 0 and place and word in _STOPS:
                return
            if bare != word or word in ("who", "which", "and", "whose"):
                end = place + (bare != word)
                break
        if head < 0:
            return
        words = [word.rstrip(_MARKS) for word in words[:end]]
        first = 1 if words[0].lower() in _ARTICLES else 0
        until = start + len(" ".join(words)) + 1
        self._note(number, span, words[first : head + 1], words[head + 1 :], start, until)

    def _note(
        self, number: int, span: Span, words: list[str], behind: list[str], start: int, end: int
    ) -> None:
        before = _without(self._people.country_words(number, start, end), words)
        after = [word.lower() for word in behind]
        at = end if not behind or behind[0] != "to" else start + len(" ".join(words))
        countries = self._people.countries(number, start, at)
        for place, word in enumerate(before):
            if is_head(word):
                self._hold(span.key, before, place, after if place == len(before) - 1 else (),
                           countries)

    def _hold(
        self, key: str, words: list[str], head: int, behind: Sequence[str],
        countries: frozenset[str],
    ) -> None:
        office = ranks().office(words, head, behind)
        self._held.setdefault(key, []).append(
            _Held(office, countries, frozenset(words).union(behind)))
        self._callers.update(ranks().callers(office.name))

    # -- who is meant

    def may_tell(self, head: str, number: int) -> bool:
        """Whether the text may know who is meant by an office of which a word is the noun."""
        if number <= _OPENING and head in ranks().opening:
            return True
        self._all()
        return head in self._callers or (head == "counterpart" and bool(self._held))

    def holder(
        self, words: list[str], behind: list[str], number: int, start: int, at: int, end: int
    ) -> Span | None:
        """Who is meant by the words of an office, the last of which is its noun.

        `behind` are those that follow it; they stand from `at` to `end` in a passage, in a
        sentence that begins at `start`.
        """
        named = self._all()
        if not self.may_tell(words[-1].lower().rstrip("."), number):
            return None
        asked, wanted = self._asked(words, behind, number, at, end)
        fits: dict[str, int] = {}
        exact = asked.name in ranks().offices
        for key, held in self._held.items():
            nations = frozenset().union(*(one.countries for one in held))
            best = 0
            for one in held:
                theirs = one.countries or nations
                if wanted and theirs and wanted.isdisjoint(theirs):
                    continue
                if not ranks().may_be(asked, one.office) or not asked.fields <= one.words | _SMALL:
                    continue
                wide = asked.name != one.office.name  # the leader is whoever was last called so
                best = max(best, 2 if not wanted or theirs or wide else 1)
            if best:
                fits[key] = best
        if not fits:
            return self._told_later(asked, wanted, number, at) if exact else None
        sure = max(fits.values())
        meant = {key for key, rank in fits.items() if rank == sure}
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
        low = _without(people.country_words(number, at, end) if wanted else (), words)
        return ranks().office(low, len(low) - 1, [word.lower() for word in behind]), wanted

    def is_none(
        self, span: Span, words: list[str], behind: list[str], number: int, at: int, end: int
    ) -> bool:
        """Whether somebody is known to hold such an office elsewhere, or only as a deputy."""
        self._all()
        held = self._held.get(span.key)
        if not held:
            return False
        asked, wanted = self._asked(words, behind, number, at, end)
        nations = frozenset().union(*(one.countries for one in held))
        return bool(wanted and nations and wanted.isdisjoint(nations)) or any(
            one.office.name == asked.name and one.office.lesser != asked.lesser for one in held)

    def _told_later(
        self, asked: Office, countries: frozenset[str], number: int, at: int
    ) -> Span | None:
        """Who holds an office with which an article opens: the finance minister said … “…,” Ada
        Lane told reporters."""
        named = self._named or []
        before = {span.key for there, place, span in named if (there, place) < (number, at)}
        later = next(((there, span) for there, place, span in named
                      if (there, place) > (number, at)), None)
        if number > _OPENING or later is None or later[0] - number > _SOON \
                or later[1].key in self._held or not before <= {later[1].key} \
                or _SAYS.match(self._people.text(later[0]), later[1].end) is None:
            return None
        self._held[later[1].key] = [_Held(asked, countries, asked.fields)]
        self._callers.update(ranks().callers(asked.name))
        return later[1]

    def _another(self, head: str, there: int, since: int, number: int, until: int) -> bool:
        """Whether somebody else was called so between: an official in Ur said."""
        other = re.compile(
            rf"\b(?:[Aa]n?|[Oo]ne|[Aa]nother|unnamed)(?: [\w-]+){{0,4}}? {re.escape(head)}\b",
            re.IGNORECASE)
        for passage in range(there, number + 1):
            text = self._people.text(passage)
            begin = since if passage == there else 0
            found = other.search(text, begin, until if passage == number else len(text))
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


def _is_office(text: str, at: int) -> bool:
    """Whether the word before a name may be an office, or belong to one."""
    last = text[at - _WORD if at > _WORD else 0 : at - 1].rpartition(" ")[2] if at else ""
    return last != "" and (
        not last[0].islower() or last in _LINKS or kind_of(last) == "role")


def _without(countries: Collection[str], words: Iterable[str]) -> list[str]:
    """Words in lower case, without points and without those that are countries."""
    low = [word.lower().rstrip(".") for word in words]
    return [word for word in low if word.removesuffix("’s").removesuffix("'s") not in countries] \
        if countries else low


_ARTICLES: Final = frozenset("the a an his her its their".split())
_SMALL: Final = frozenset("of the for in a an to and on".split())
