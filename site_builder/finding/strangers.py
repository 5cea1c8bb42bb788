"""Whether the words around a name of the records make it somebody else's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from site_builder.finding.demonyms import adjectives
from site_builder.finding.filing import family_comes_first, generation
from site_builder.finding.folding import fold
from site_builder.finding.gazetteer import Match
from site_builder.finding.genders import contradicts, gender, tells_gender
from site_builder.finding.lookalikes import (
    NO_NAME,
    TITLES,
    begins_sentence,
    is_given,
    is_in_title_case,
)
from site_builder.finding.roles import is_title
from site_builder.finding.senses import Sense
from site_builder.finding.signs import given_names, is_of_no_person
from site_builder.finding.spelling import name_key, words
from site_builder.model import Person

HONORIFICS: Final = TITLES | words(
    "Mr Mr. Mrs Mrs. Ms Ms. Dr Dr. Sir Lady Lord Dame Prof. Professor Sen. Senator Rep. Gov. "
    "Governor Gen. Colonel Col. Captain Capt. Sgt. Lt. Judge Justice Chief Ayatollah Sheikh Imam "
    "Pope Archbishop Cardinal Bishop Reverend Rev. Congressman Congresswoman Mayor Chairman "
    "Chairwoman Director Commissioner Spokesman Spokeswoman spokesman spokeswoman Candidate "
    "candidate Leader Admiral Major MP president minister premier chancellor senator governor"
)
"""What stands before a surname."""
_PARTICLES: Final = words(
    "al el bin ibn bint van von de del della der den la las los da dos di du ten ter")
_LONGEST: Final = max(map(len, _PARTICLES)) + 2
_BEGIN: Final = frozenset(particle[0] for particle in _PARTICLES)
_MEAN_OF: Final = words("de del della la las los da do du dos di")
_INITIAL: Final = re.compile(r"[A-Z]\.(?:-?[A-Z]\.)*")
_NEXT: Final = re.compile(r"[ \u00a0]([A-Z][\w-]*)(?:[ \u00a0]([A-Z][\w-]*))?")
_NEXT_NAME: Final = re.compile(
    rf"[ \u00a0](?:(?:{'|'.join(sorted(_PARTICLES))})[ -]){{0,3}}([A-Z][\w’'-]*)")
_ENDED: Final = ("'s", "’s", "s'", "s’", ".")  # of a possessive, or of a sentence
_KIN_AFTER: Final = re.compile(
    r", (?:his|her|their|whose|[A-Z][\w-]*['’]s) (?:[a-z]+ )?([a-z]+)\b(?!['’])")
_SPOUSE: Final = re.compile(r"['’]s (?:\w+ )?(?:(wife|widow|ex-wife)|husband|widower|ex-husband)\b")
_GENERATION: Final = re.compile(r",?[ \u00a0](Jr|Sr|II|III|IV)\b")


class Strangers:
    """Tells the people of the records from others of their names in one article.

    `senses` are those of all forms, `people` the records by id.
    """

    def __init__(self, senses: Mapping[str, Sense], people: Mapping[str, Person]) -> None:
        self._senses, self._people = senses, people
        self._genders: dict[str, str] = {}

    def note(self, id: str, text: str, end: int) -> None:
        """Look at what follows a full name: "Oscar Brandt's wife" is of a man."""
        if text[end : end + 1] in ("'", "’") and (spouse := _SPOUSE.match(text, end)):
            self._genders.setdefault(id, "m" if spouse[1] else "f")

    def is_other_generation(self, text: str, match: Match, id: str) -> bool:
        """Whether a full name is the father's or the son's: "Oscar Brandt Sr." is not Jr."""
        if text[match.end : match.end + 1] not in (",", " ", "\u00a0"):
            return False
        follows = _GENERATION.match(text, match.end)
        if follows is None or generation(match.form)[1]:
            return False
        own = {generation(name)[1].rstrip(".") for name in self._people[id].names} - {""}
        return bool(own) and follows[1] not in own

    def is_in_longer_name(self, text: str, match: Match, people: tuple[str, ...]) -> bool:
        """Whether a whole name is but a part of somebody else's: "Ali" of "Haider Ali" and
        "Ali Hassan", "Angeles Perez" of "Maria de los Angeles Perez"."""
        form, start = match.form, match.start
        last = text[max(0, start - _LONGEST) : max(0, start - 1)].rpartition(" ")[2]
        if last in _PARTICLES:
            means_of = True
            while last in _PARTICLES:
                means_of = means_of and last in _MEAN_OF
                start -= len(last) + 1
                last = word_before(text, start)
            if name_key(last) in given_names() or (last[:1].isupper() and not means_of):
                return not self._has(people, last)
        elif " " not in form:
            last = word_before(text, start)
            if last and last[0].isupper() and last != form and (
                    _INITIAL.fullmatch(last) or (self._is_given(text, start - 1, last, people)
                    and (name_key(last) in given_names() or not is_in_title_case(text)))):
                return not self._has(people, last)
        after = text[match.end + 1 : match.end + 2]
        return (after.isupper() or after in _BEGIN) and _may_go_on(form) \
            and self._begins_another(text, match, people)

    def _begins_another(self, text: str, match: Match, people: tuple[str, ...]) -> bool:
        """Whether more of somebody else's name follows: "Martin Luther King"."""
        follows = _NEXT_NAME.match(text, match.end)
        if follows is None:
            return False
        word = follows[1]
        for ending in ("'s", "’s", "'", "’"):
            word = word.removesuffix(ending)
        if is_title(word) and _NEXT.match(text, follows.end()):
            return False
        if self._has(people, word) or is_of_no_person(word) or word in NO_NAME \
                or word in adjectives() or word.isupper():
            return False
        known = self._senses.get(fold(word))
        if known is not None and known.country:
            return False
        return not is_in_title_case(text) or name_key(word) in given_names()

    def is_another(self, text: str, match: Match, last: str, sense: Sense) -> bool:
        """Whether the words around a surname make it somebody else's: "Samir Haddad" and
        "Mr Haddad" are not Layla Haddad, but "L. Haddad" and "Iraq's Haddad" may be."""
        people = sense.surname_of
        if self._contradicted(text, match, last, people):
            return True
        end = match.end
        follows = _NEXT.match(text, end) if text[end + 1 : end + 2].isupper() else None
        if follows and (family_comes_first([match.form, follows[1]]) or (
                follows[2] and family_comes_first([match.form, follows[1], follows[2]]))):
            return not self._has(people, follows[1])  # Li Wei
        start = match.start - len(last) - 1
        while last in _PARTICLES:
            last = word_before(text, start)  # Samir van den Berg
            start -= len(last) + 1
        if not last or not last[0].isupper():
            return False
        if _INITIAL.fullmatch(last):
            earlier = word_before(text, start)
            if not _INITIAL.fullmatch(earlier) and self._is_given(text, start, earlier, people):
                return not self._has(people, earlier)  # Samir M. Haddad
            return not any(
                word[0] == last[0] for id in people for word in _words(self._people[id].names))
        return self._is_given(text, start + len(last) + 1, last, people) \
            and not self._has(people, last)

    def _contradicted(
        self, text: str, match: Match, last: str, people: tuple[str, ...]
    ) -> bool:
        """Whether a title or what follows says that it is a woman, or a man, unlike those of the
        records: "Mrs Haddad", "Haddad, her uncle"."""
        signs = [last] if tells_gender(last) else []
        if text.startswith(", ", match.end) and (kin := _KIN_AFTER.match(text, match.end)):
            signs.append(kin[1])
        if not signs:
            return False
        return any(all(contradicts(sign, self._gender(id, match.form)) for id in people)
                   for sign in signs)

    def _gender(self, id: str, surname: str) -> str:
        known = gender(self._people[id].names, surname)
        return known or self._genders.get(id, "")

    def _has(self, people: tuple[str, ...], word: str) -> bool:
        return any(word in _words(self._people[id].names) for id in people)

    def _is_given(self, text: str, start: int, word: str, people: tuple[str, ...]) -> bool:
        """Whether a word that ends at `start` is a given name, and not one that means `people`."""
        if not word or not word[0].isalpha() or not is_given(word) or word in HONORIFICS \
                or is_title(word) or word in NO_NAME or word.endswith(_ENDED):
            return False
        known = self._senses.get(fold(word))
        if known is not None and (
            not (known.people or known.surname_of) or not set(people).isdisjoint(known.people)
        ):
            return False
        return name_key(word) in given_names() or not begins_sentence(
            text, start - len(word) - 1)


@lru_cache(maxsize=4096)
def _may_go_on(form: str) -> bool:
    """Whether a name is of given names and titles only, so that a surname may follow."""
    return all(is_title(word) or name_key(word) in given_names() for word in form.split(" "))


@lru_cache(maxsize=4096)
def _words(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for name in names for word in name.split())


def begins_name(text: str, match: Match) -> bool:
    """Whether a surname is a given name here, with another surname behind it."""
    if not _is_given_form(match.form):
        return False
    follows = _NEXT_NAME.match(text, match.end)
    return follows is not None and not is_title(follows[1]) and not (
        len(follows[1]) > 1 and is_of_no_person(follows[1]))  # William A. Brandt


@cache
def _is_given_form(form: str) -> bool:
    return name_key(form) in given_names()


def word_before(text: str, start: int) -> str:
    """The word before a place, where nothing but space is between."""
    if start < 2 or text[start - 1] not in " \u00a0":
        return ""
    word = text[max(0, start - 60) : start - 1].rpartition(" ")[2]
    if word.isalnum():
        return word
    begin = start - 1
    while begin and text[begin - 1] in " \u00a0":
        begin -= 1
    end = begin
    least = max(0, start - 60)
    while begin > least and (text[begin - 1].isalnum() or text[begin - 1] in "_’'.-"):
        begin -= 1
    return text[begin:end]
