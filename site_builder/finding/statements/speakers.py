"""Whom the words of a phrase name: a person, a body, a role."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from site_builder.finding.demonyms import adjectives
from site_builder.finding.new_names import given_names
from site_builder.finding.signs import is_of_no_person
from site_builder.finding.statements.bearers import SINGULAR, Bearers, is_owned, owner_in
from site_builder.finding.statements.described import OPPOSITE
from site_builder.finding.statements.heads import Head, head_of
from site_builder.finding.statements.holders import SOMEBODY_ELSE
from site_builder.finding.statements.nouns import (
    ADVERBS,
    DETERMINERS,
    OPENERS,
    PRONOUNS,
    THING,
    is_capital,
    kind_of,
)
from site_builder.finding.statements.phrases import Phrase
from site_builder.finding.statements.sources import NO_SOURCE, size
from site_builder.finding.statements.spans import plain
from site_builder.finding.statements.speaker import NOBODY, Speaker, by_person
from site_builder.finding.statements.titles import ranked

_POSSESSED: Final = ("’", "'", "’s", "'s")
_NATIONALS: Final = frozenset(
    "Pole Dane Swede Finn Turk Scot Briton Spaniard Serb Croat Slovak Czech Greek Thai Brit Kurd "
    "Englishman Englishwoman Frenchman Frenchwoman Irishman Irishwoman Welshman Welshwoman "
    "Scotsman Scotswoman Dutchman Dutchwoman Icelander New-Zealander".split())
_SOMEBODY: Final = frozenset(
    "man woman singer actor actress author writer player guitarist musician driver pilot artist "
    "scientist researcher professor student teenager politician cleric poet".split())
_HIS: Final = frozenset("His Her Their his her their".split())
_STYLES: Final = frozenset("Highness Majesty Excellency Holiness Eminence Beatitude Honour".split())
_PAPERS: Final = frozenset(
    "publication newspaper paper website outlet magazine broadcaster tabloid daily weekly "
    "site".split())
_ISSUED: Final = frozenset("statement communiqué communique readout".split())
_OF: Final = frozenset("de da di du del van von der den la le".split())
_WITHIN: Final = _OF.union("dela della dos das al bin ibn y".split())
_NAME: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_INITIALS: Final = re.compile(r"(?:[A-Z]\.)+")
_PLURAL: Final = ("tion", "ment", "ity", "ies", "ics", "als", "rts", "ghts", "ing", "national")
AUXILIARY: Final = frozenset("is was are were did does has had have will would".split())
_POST_NOMINAL: Final = frozenset(
    "QC KC SC MP MSP MEP MLA MPP TD MBE OBE CBE DBE KBE FRS MD PhD Ph.D DDS RN JP Esq Jr Sr"
    .split())
_AL: Final = ("al-", "el-")
_NO_FAMILY: Final = frozenset(
    "qaeda qaida shabaab shabab jazeera arabiya ahram azhar nusra mayadeen manar alam aqsa quds "
    "hayat sharq watan masdar hashd monitor awsat akhbar iraqiya sumaria forat adl islam".split())
"""Behind al- these name papers, channels and bodies, and no family."""

_COUNTED: Final = re.compile(
    r"\b(?:(?:the )?(?:two|three|four|five|six|seven|eight|nine|ten|many)|both|several|some|all"
    r"|(?<!the )most) $", re.IGNORECASE)
"""Before a role or a body: without it another number of them would speak."""

_NUMBERS: Final = tuple(
    form for word in "two three four five six seven eight nine ten many both several some all most"
    .split() for form in (f"{word} ", f"{word.title()} "))
"""Looked for first: that is faster."""

_COUNTED_WITHIN: Final = 14
_FOR_PART: Final = (["For", "his", "part"], ["For", "her", "part"])
_NO_NAME: Final = frozenset(
    "According Further Furthermore Moreover Nobody Everybody Mass I We You Maybe Perhaps Here "
    "There Hey Besides Thereafter Hence Thus Likewise Overnight Tonight Tomorrow "
    "Have Let Think Imagine Consider Ask Read See Use Make Take Try Note Thanks Hello Yes "
    "Well Rest Sometimes Often Overall Please".split()).union(PRONOUNS, OPENERS, DETERMINERS)

GUESSED: Final = 0.66
"""How sure it is that capitalised words, of which nothing is known, are a body."""

_KEPT: Final = 4096
"""Of so many clauses it is remembered who speaks: “the ministry said” comes again and again."""


class Speakers(Bearers):
    """Finds whom phrases name."""

    def author(self) -> Speaker:
        """Who issued what the words call the statement."""
        raise NotImplementedError

    def unnamed(self, phrase: Phrase, plain: bool, titles: bool) -> Speaker:
        """A role or a body that the words name."""
        if len(phrase.words) > 2 and phrase.words[-1] in _POST_NOMINAL \
                and phrase.words[-2][0].isupper():
            phrase = phrase.part(0, len(phrase.words) - 1)  # Ada Lane QC
        if len(phrase.words) > 2 and phrase.words[0] in _HIS \
                and (phrase.words[1] in _STYLES or phrase.words[2] in _STYLES):
            styled = 2 if phrase.words[1] in _STYLES else 3
            if styled < len(phrase.words):
                phrase = phrase.part(styled)  # His Royal Highness the Crown Prince
        if phrase.words == ["One"]:
            return Speaker("", "One", "role", 0.6)
        head = head_of(tuple(phrase.words))
        if head is None:
            return NOBODY
        if head.person >= 0:
            return self._behind_role(phrase, head.person, head.size)
        word, low, kind, cut = head.word, head.low, head.kind, head.cut
        headline = kind == "role" and head.start == 0 and low[-1] != "s" and low != "police" \
            and not head.the and low not in ("president", "counterpart")
        if titles and headline and not is_owned(phrase.words):
            holder = self.held_by(phrase, head)  # says finance minister
            if holder is not None and holder is not SOMEBODY_ELSE:
                return by_person(holder, 0.66)
        elif titles and (kind == "role" or low in OPPOSITE) and (
                head.the or (phrase.words[0] in ("its", "Its") and low in SINGULAR)
                or low in ("president", "counterpart", "majesty", "highness", "holiness")
                or (low in OPPOSITE and phrase.words[0] in _HIS) or is_owned(phrase.words)):
            holder = self.held_by(phrase, head)
            if holder is SOMEBODY_ELSE:
                return Speaker("", self._name(phrase, head), "role", 0.76)
            if holder is not None:
                return by_person(holder, 0.72)
            title = ranked(low, phrase.words[cut - 2]) if cut > 1 else low
            owner = owner_in(phrase.words)
            bearer = self._people.titled(title, owner) \
                if cut == head.size or not any(
                    word[0].isupper() for word in phrase.words[cut:]) else None
            if bearer is not None and self.is_none(bearer, phrase, head):
                self.pure = False
                return Speaker("", self._name(phrase, head), kind, 0.76)
            if bearer is not None:
                self.pure = False
                near = None if owner else self._people.bearer_before(
                    title, self.number, phrase.start())
                return by_person(near or bearer, 0.7)
            self._asked.append(("title", title, 0, 0))
            if low in SINGULAR and head.the:
                self.pure = False
                bearer = self.of_field(phrase, low)
                if bearer is not None and not self.is_none(bearer, phrase, head):
                    return by_person(bearer, 0.65)
            if cut == head.size and head.the:
                before = self.those_before(phrase, head, low)
                if before and low in _SOMEBODY and (topics := self.topics.all()):
                    return by_person(topics[-1], 0.5)  # the singer: who was spoken of before
                if low in SINGULAR and len({span.key for span in before}) == 1:
                    return by_person(before[0], 0.55)
        capital = word[:1].isupper() or word[1:2].isupper() or (  # eMarketer, al-Kadhimi
            word[2:3] == "-" and word[3:4].isupper())
        if capital and not kind and not (cut > head.start + 1 and word == "Today") \
                and word.partition("’")[0].partition("'")[0] in _NO_NAME:
            return NOBODY
        if capital and cut == 1 and not kind:
            bearer = self._called(low if low == word else word.removesuffix("’s"))
            if bearer is not None:
                return by_person(bearer, 0.72)
        if head.the and cut == head.size == 2 and _is_anybody(word):
            self.pure = False
            if topics := self.topics.all():
                return by_person(topics[-1], 0.6)
        if self.is_country(phrase.start(head.start), phrase.end(cut - 1)):
            return Speaker("", self._name(phrase, head), "organisation", 0.7)
        if low in _PAPERS and head.the and cut == head.size \
                and not is_owned(phrase.words):
            author = self.author()
            if author.kind == "organisation" and author.name[:1].isupper():
                return author.times(0.9)  # the paper added: the Herald, of which it was told
        if low in _ISSUED and head.the and cut == head.size == 2:
            author = self.author()
            if author.kind != "none":
                return author.times(0.9)  # the statement said: whoever issued it
        if kind:
            return Speaker("", self._name(phrase, head), kind, 0.76)
        if capital and (
                phrase.start(head.start) != self.start or head.until > head.start + 1
                or not word[1:].isalpha() or not word[1:].islower()
                or (len(phrase.words) == 1 and low not in ADVERBS and not low.endswith("ly"))
                or self._is_name(word)):
            return self._proper(phrase.part(head.start, cut), self._name(phrase, head))
        if plain and head.agent and word[:1].isalpha() and word not in PRONOUNS:
            kind = "organisation" if THING.fullmatch(low) else "role"
            if titles and kind == "role" and head.the:
                holder = self.held_by(phrase, head)  # the trader
                if holder is not None and holder is not SOMEBODY_ELSE:
                    return by_person(holder, 0.66)
            return Speaker("", self._name(phrase, head), kind, 0.6 if head.definite else 0.55)
        return NOBODY

    def somebody(self, guessed: Speaker, least: int = 2) -> Speaker:
        """A person, where `least` to four capitalised words behind a verb look like a name."""
        words = guessed.name.split()
        if least <= len(words) <= 4 and words[0][0].isupper() and is_capital(words[-1]) and all(
                (is_capital(word) or word in _WITHIN) and not word.isupper()
                and _NAME.fullmatch(word) for word in words if not _INITIALS.fullmatch(word)) \
                and not words[-1].isupper() \
                and not any(word.endswith(_PLURAL) for word in words) \
                and not any(kind_of(word.lower()) or is_of_no_person(word) for word in words):
            return Speaker("", guessed.name, "person", 0.6)
        return guessed

    def source(self, phrase: Phrase) -> Speaker:
        """What the words behind “according to” name, as far as it may say something."""
        words = phrase.words
        end = size(words)
        word = words[end - 1].lower()
        if word in NO_SOURCE or words[0][:1] in "<[(" or not word[:1].isalpha() \
                or words[0].lower() in PRONOUNS:
            return NOBODY
        start = 1 if words[0] in DETERMINERS and end > 1 else 0
        name = self._text[phrase.start(start) : phrase.end(end - 1)]
        return Speaker("", name, "organisation", 0.55)

    def _name(self, phrase: Phrase, head: Head) -> str:
        at = phrase.start(head.start)
        name = self._text[at : phrase.end(head.until - 1)].rstrip(".")
        if self._text.endswith(_NUMBERS, 0, at):
            counted = _COUNTED.search(self._text, max(0, at - _COUNTED_WITHIN), at)
            if counted is not None and not (counted[0] in ("both ", "Both ") and " and " in name):
                name = f"{counted[0].lower()}{name}"  # the two leaders, most doctors
        if name.endswith(_POSSESSED):
            name = name[: -1 if name[-1] != "s" else -2]
        return name

    def _behind_role(self, phrase: Phrase, start: int, end: int) -> Speaker:
        form = _unpossessed(self._text[phrase.start(start) : phrase.end(end - 1)])
        if " " not in form:
            bearer = self._called(form)
            if bearer is not None:
                return by_person(bearer, 0.75)
        return Speaker("", form, "person", 0.72)

    def _proper(self, phrase: Phrase, name: str) -> Speaker:
        """Capitalised words that no record and no list knows: a person, or a body."""
        words = phrase.words
        size = len(words)
        if size == 1 or words[0].rstrip(".") in ("Mr", "Mrs", "Ms", "Dr"):
            bearer = self._called(_unpossessed(words[-1]))
            if bearer is not None:
                return by_person(bearer, 0.72)
        if size == 2 and words[0].lower() in _OF:
            bearer = self._called(words[-1])
            if bearer is not None:
                return by_person(bearer, 0.72)  # de Blasio
        elif 1 < size < 4 and words[-2] not in ("and", "of") \
                and not is_of_no_person(words[-1]) and not kind_of(words[-1].lower()) \
                and (bearer := self._called(_unpossessed(words[-1]))) is not None \
                and plain(bearer.name).endswith(f" {plain(_unpossessed(name))}"):
            return by_person(bearer, 0.72)  # Peshraw Haji Omar, or Haji Omar
        given = given_names()
        if size == 1 and words[0][:3].lower() in _AL and words[0][3:4].isupper() \
                and _unpossessed(words[0][3:]).lower() not in _NO_FAMILY:
            return Speaker("", _unpossessed(name), "person", 0.6)
        if size == 1 and phrase.clause.words[:3] in _FOR_PART:
            return Speaker("", _unpossessed(name), "person", 0.67)
        if size == 1 and plain(words[0]) in given and phrase.at \
                and phrase.clause.words[phrase.at - 1].endswith("-year-old"):
            return Speaker("", _unpossessed(name), "person", 0.67)
        if size == 1 and not self._text.startswith(("the ", "The "), max(0, phrase.start() - 4)) \
                and self._people.is_somebody(_unpossessed(words[0])):
            self.pure = False
            return Speaker("", _unpossessed(name), "person", 0.7)
        for place in range(size - 1):
            if size - place <= 4 and plain(words[place]) in given \
                    and not is_of_no_person(_unpossessed(words[-1])) \
                    and all(is_capital(word) for word in words[place:]):
                form = self._text[phrase.start(place) : phrase.end()]
                return Speaker("", _unpossessed(form), "person", 0.7)
        first, _, body = name.partition(" of ")
        at = phrase.start()
        if not body and self._text.startswith((" of the ", " of a "), phrase.end()):
            body = "the "
        if (body[:4] == "the " or body[:1].isupper()) \
                and self._text[max(0, at - 4) : at].lower() != "the ":  # Ada Lane of the Board
            person = self.somebody(Speaker("", first, "organisation", GUESSED))
            if person.kind == "person":
                return person
        if len(name.split()) > 9:
            return NOBODY
        return Speaker("", name, "organisation", GUESSED)


def _is_anybody(word: str) -> bool:
    """Whether “the” and a word mean who was spoken of: the Hungarian, the 52-year-old."""
    return word.endswith("-year-old") or word in _NATIONALS or (
        word.endswith("an") and word != "Vatican" and word in adjectives())


def _unpossessed(form: str) -> str:
    return form.removesuffix("’s").removesuffix("'s")


@lru_cache(maxsize=_KEPT)
def is_name(name: str) -> bool:
    """Whether the words of a name mean nothing else before a verb, as May and Will may."""
    words = name.split(" ")
    if len(words) == 1:
        return name not in OPENERS  # with a capital, and nothing else before the verb
    return words[0] not in OPENERS and words[-1] not in ADVERBS \
        and AUXILIARY.isdisjoint(words)
