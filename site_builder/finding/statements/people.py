"""The people of a text, as far as who speaks depends on them: titles, and names of one word."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from site_builder.finding.genders import HE, SHE, genders
from site_builder.finding.new_names import Name, given_names
from site_builder.finding.offices import NONE, Offices
from site_builder.finding.signs import DATES
from site_builder.finding.spelling import words
from site_builder.finding.statements.nouns import (
    DETERMINERS,
    OPENERS,
    PREPOSITIONS,
    ROLES,
    WHEN,
    kind_of,
)
from site_builder.finding.statements.spans import Named, Span, plain
from site_builder.finding.statements.titles import (
    is_anothers,
    is_office,
    is_title,
    title_after,
    title_before,
)
from site_builder.model import Mention, Passage

_TITLES: Final = words("Mr Mr. Mrs Ms Dr Prof Sen Rep Gov Gen Col Capt Lt Sgt Rev President")
_ADDRESS: Final = SHE | HE | _TITLES
_FOREIGN: Final = words("Mme Mlle Madame Monsieur Herr Frau Sr Sra Srta Señor Señora Don Doña")
_NO_BEGINNING: Final = DETERMINERS | OPENERS | PREPOSITIONS
_JUNIOR: Final = (" jr.", " sr.", " jr", " sr", " iii", " ii")

_NO_LETTERS: Final = (
    r"\x7b-\u00bf\u00d7\u00f7\u0300-\u036f\u2000-\u2018\u201a-\u2bff\ud800-\uf8ff\ufe00-\ufe6f"
    r"\ufeff-\uff20\uffe0-\U0010ffff")
"""What is no letter, from the end of ASCII's on, but for the apostrophe. A pattern with ranges is
several times faster than one with \\w; `re` compiles these sooner than those of the letters."""

_CAPITAL: Final = rf"[^\0-@\[-z{_NO_LETTERS}’][^\0-&(-,./:-@\[-^`{_NO_LETTERS}]*+"
_RUN: Final = re.compile(
    rf"{_CAPITAL}(?: (?:[A-Z]\.|{_CAPITAL}|al-[^\0-/:-@\[-^`{_NO_LETTERS}’]+|bin|de|van))+")
_NO_GIVEN: Final = frozenset(
    "alexa armenia bentley ford lloyd macy mercedes porsche royce siri victoria".split())
"""Given names that rather are firms, states and machines, alone before a verb of speech."""

_SHE: Final = re.compile(r"\b(?:[Ss]he|[Hh]er|Mrs|Ms)\b")
_HE: Final = re.compile(r"\b(?:[Hh]e|[Hh]is|[Hh]im|Mr)\b")
_BODILY: Final = re.compile(
    r"\b(?:[Ii]ts|firm|company|maker|carmaker|bank|brand|newspaper|airline|magazine)\b")
_WITHIN: Final = re.compile(r"[a-z,] ([A-Z][a-z]+)")
_LONGEST: Final = 60
"""No name has more letters before its surname."""


class People(Named):
    """Who bears which title, and goes by which word alone."""

    def __init__(
        self, passages: Sequence[Passage], mentions: Iterable[Mention], names: Iterable[Name],
        offices: Offices = NONE, titles: Collection[str] = (),
    ) -> None:
        super().__init__(passages, mentions, names, titles)
        self.offices = offices
        self._titles: dict[str, Span | None] = {}
        self._lowered: list[tuple[int, str]] | None = None  # of passages that name somebody
        self._parts: dict[str, Span | None] | None = None
        self._others: dict[str, Span | None] = {}  # whom no part means, if the text has a name
        self._names: dict[str, bool] = {}
        self._heard: list[str] = []  # names of those who spoke, and whom nothing else makes people
        self._text: str | None = None  # all passages

    def titled(self, role: str, owner: str = "") -> Span | None:
        """Who bears a title in this text: `minister` → the Minister Anna Kovač of it.

        With `owner` (the town’s lawyer), it is nobody who is named as another’s.
        """
        key = f"{owner} {role}"
        if key not in self._titles:
            self._titles[key] = self._bearer(role, owner)
        return self._titles[key]

    def _bearer(self, role: str, owner: str) -> Span | None:
        if self._lowered is None:
            self._lowered = [(number, self._passages[number].text.lower())
                             for number in sorted(self._named)]
        title = role.rpartition(" ")[2]
        for number, lowered in self._lowered:
            if title in lowered:
                text = self._passages[number].text
                for span in self.of(number):
                    if _bears(role, text, lowered, span) \
                            and not (owner and is_anothers(
                                role, text, span.start, span.end, owner)):
                        return span
        return self._in_office(role)

    def _in_office(self, role: str) -> Span | None:
        """The only one of those who are named who holds an office, by the records."""
        holders = {id for id, offices in self.offices.items()
                   if any(role == office.title for office in offices)}
        if len(holders) != 1:
            return None
        return next((span for number in sorted(self._named) for span in self.of(number)
                     if span.id in holders), None)

    def before(self, number: int, at: int, size: int) -> str:
        """The words that stand before a place of a passage."""
        return self._passages[number].text[max(0, at - size) : at]

    def bearer_before(self, role: str, number: int, at: int) -> Span | None:
        """Who bears a title in this passage, last before a place: Minister Ada Lane … he."""
        text = self._passages[number].text
        lowered = text[:at].lower()
        if lowered.find(role.rpartition(" ")[2]) < 0:
            return None
        for span in reversed(self.of(number)):
            if span.end <= at and _bears(role, text, lowered, span):
                return span
        return None

    def called(self, word: str) -> Span | None:
        """Who of the text goes by one capitalised word: a surname or a given name."""
        if self._parts is None:
            self._parts = {}
            for number in self._named:
                for span in self.of(number):
                    self._part(self._parts, span)
            for name in self._heard:
                self._part(self._parts, Span(-1, -1, "", name))
        key = plain(word)
        if key in self._parts:
            return self._parts[key]
        if key not in self._others:
            self._others[key] = self._full(word)
        return self._others[key]

    def first_called(self, surname: str, number: int, at: int) -> Span | None:
        """Of several with one surname, who alone was named with more than it before a place."""
        wanted = plain(surname)
        found = {
            span.key: span for there in range(number + 1) for span in self.of(there)
            if (there < number or span.start < at) and " " in span.name
            and plain(span.name).split()[-1] == wanted}
        return found.popitem()[1] if len(found) == 1 else None

    def heard(self, name: str) -> None:
        """Somebody spoke who is a person by the words around the name alone."""
        if name not in self._heard:
            self._heard.append(name)
            if self._parts is not None:
                self._part(self._parts, Span(-1, -1, "", name))

    @staticmethod
    def _part(parts: dict[str, Span | None], span: Span) -> None:
        """Note by which words alone somebody may go."""
        key = plain(span.name)
        if key.endswith(_JUNIOR):
            key = key.rpartition(" ")[0].rstrip(",")
        words = key.replace("-", " ").split()
        surname = key.split()[-1]
        middle = [word for word in words[1:-1] if len(word) > 3 and word not in given_names()]
        for part in {words[0], *middle, words[-1], surname}:
            other = parts.get(part, span)
            if other is not None and other.key != span.key:
                # two of one surname: a person still, but neither of them for sure
                other = Span(-1, -1, "", span.name.split()[-1]) if part == surname else None
            parts[part] = other

    def is_name(self, word: str) -> bool:
        """Whether a word has its capital within a sentence of the text too."""
        if word not in self._names:
            behind = f" {word}"
            self._names[word] = any(
                behind in passage.text and word in _WITHIN.findall(passage.text)
                for passage in self._passages)
        return self._names[word]

    def whole(self) -> str:
        """The words of all passages."""
        if self._text is None:
            self._text = "\n".join([passage.text for passage in self._passages])
        return self._text

    def is_somebody(self, word: str) -> bool:
        """Whether a word alone is somebody: a given name of women or of men, of whom the text
        says he or she; or of which it speaks as of no body."""
        key = plain(word)
        gender = genders().get(key) if key not in _NO_GIVEN and word[1:].islower() else None
        if gender is None:
            return False
        text = self.whole()
        return (_SHE if gender == "f" else _HE).search(text) is not None \
            or _BODILY.search(text) is None

    def _full(self, surname: str) -> Span | None:
        """A full name in the text that ends with the surname; or the surname, if titled."""
        text, at = self.whole(), -1
        while (at := text.find(surname, at + 1)) >= 0:
            end = at + len(surname)
            if text[at - 1 : at] != " " or text[end : end + 1].isalnum():
                continue
            begin = max(0, at - _LONGEST)
            begin = text.find(" ", begin, at) + 1 if begin else 0
            # a name is sought near the surname alone: in the whole text it would cost as much as
            # all else that is asked of it
            for match in _RUN.finditer(text, begin, end + _LONGEST):
                if match.end() < end:
                    continue
                name = self._name(text, *match.span()) if match.end() == end else ""
                if name:
                    return Span(-1, -1, "", name)
                break
        return None

    def _name(self, text: str, start: int, end: int) -> str:
        run = text[start:end]
        if run[0].islower() or text[start - 1 : start].isalpha():
            return ""  # the end of a word: señora Moor
        first, _, rest = run.partition(" ")
        before = text[max(0, start - 8) : start].lower().split()
        if first in DATES and before and before[-1] in WHEN:
            run = rest  # in March Iran
        if " " not in run:
            return ""
        return _full_name(run.split(), text[max(0, start - 4) : start].lower() == "the ")


def _bears(role: str, text: str, lowered: str, span: Span) -> bool:
    """Whether somebody is named with a title."""
    return is_title(role, title_before(text, span.start)) \
        or lowered.startswith(f"{role} ", span.start) \
        or is_title(role, title_after(text, span.end)) \
        or is_office(role, text, span.start)


def _full_name(run: list[str], the: bool) -> str:
    """The name that words with capitals, perhaps behind “the”, are; empty if they are none."""
    owner = next((i for i, word in enumerate(run[:-1]) if word.endswith(("’s", "'s"))), -1)
    run = run[owner + 1 :]  # the board’s Ada Lane
    if run[0] in _NO_BEGINNING or run[0].endswith("-year-old"):
        run = run[1:]
    if len(run) < 2 or run[-1].lower() in ROLES or run[-1].isupper():
        return ""
    title = run[0].rstrip(".")
    if title.lower() in ROLES or title in _ADDRESS or title in _FOREIGN:
        return " ".join(run[1:])
    if plain(run[0]) not in given_names() and (
            kind_of(run[-1].lower()) or kind_of(run[0].lower())
            or the or len(run) > 2):
        return ""
    return " ".join(run)

