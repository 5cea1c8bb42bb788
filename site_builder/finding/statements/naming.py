"""Whom a phrase without commas names, pronouns and all."""

from __future__ import annotations

from typing import Final

from site_builder.finding.signs import DATES
from site_builder.finding.statements.looking import POSSESSIVE
from site_builder.finding.statements.nouns import (
    DETERMINERS,
    DOCUMENTS,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    WHEN,
    kind_of,
)
from site_builder.finding.statements.phrases import TIMED, Phrase, before_verb, inner, told_when
from site_builder.finding.statements.pronouns import Pronouns
from site_builder.finding.statements.speaker import NOBODY, Speaker, by_person
from site_builder.finding.statements.speakers import AUXILIARY
from site_builder.finding.statements.titles import is_adjective

_WITHOUT: Final = frozenset("with from to about after during before via".split())
_WHAT: Final = frozenset("what where how why".split())
_OWN: Final = frozenset(
    "statement tweet letter post message speech memo email release answer response reply advice "
    "comment announcement".split())
_HIS: Final = {"his": "he", "her": "she", "its": "it", "their": "they"}
_POSSESSED: Final = ("’s", "'s")
_HE: Final = frozenset("he she they it who".split())


class Naming(Pronouns):
    """Finds the speaker whom a phrase names."""

    def phrase(
        self, phrase: Phrase, plain: bool, *, first: bool = False, forward: bool = False,
        titles: bool = True,
    ) -> Speaker:
        """The speaker whom a phrase without commas names."""
        words = phrase.words
        if not words:
            return NOBODY
        if forward and not _WITHOUT.isdisjoint(words[1:]):  # the agency with her brother
            phrase = phrase.part(0, next(
                (i for i, word in enumerate(words) if i and word in _WITHOUT and not (
                    word == "from" and (words[i - 1][0].isupper() or words[i - 1] in DOCUMENTS)
                    and words[i + 1 : i + 2] and (
                        words[i + 1][0].isupper() or words[i + 1] in DETERMINERS))), len(words)))
            words = phrase.words
        start, size = 0, len(words)
        while start < size - 1 and words[start] in OPENERS:
            start += 1
        if not first and not forward and size > 3 and words[-1] == "it" and "who" in words[1:-2]:
            phrase = phrase.part(start, words.index("who", 1))  # two people who saw it
            words, start, size = phrase.words, 0, len(phrase.words)
        if not first and not forward and size > 2 and words[-1] in _HE \
                and words[-2] not in PREPOSITIONS:
            meant = self.pronoun(words[-1], phrase.start(size - 1))
            return meant if meant.kind != "none" or words[-1] != "who" \
                else self.phrase(phrase.part(0, size - 1), plain)  # an official who asked
        while start < size - 2 and words[start].lower() in WHEN and words[start + 1] in DATES:
            start += 2  # in March Iran announced
        if words[start] in TIMED and size - start > 2:
            start += told_when(words[start:])
        if forward and self.spans and words[0][0].isupper():
            begin, until = phrase.start(), phrase.end()
            for span in self.spans:  # according to Stone officials know of it
                if span.start == begin and is_adjective(self._text, span.end) \
                        and " " in self._text[span.end + 1 : until]:
                    return by_person(span, 0.8)
        end = size
        if not AUXILIARY.isdisjoint(words):  # the subject of this verb, and of ours after it
            end = next((place for place in range(start + 1, size) if words[place] in AUXILIARY),
                       size)
            other = next((place for place in range(end, size) if words[place] in _WHAT), size)
            if not first and other < size - 1:
                start, end = other + 1, size  # it was what its diplomats have said
                end = next((place for place in range(start + 1, size)
                            if words[place] in AUXILIARY or words[place] == "have"), size)
        if start or end < size:
            phrase = phrase.part(start, end)
            words = phrase.words
        if "named" in words and words[-1][0].isupper() and kind_of(
                words[words.index("named") - 1].lower()):
            phrase = phrase.part(words.index("named") + 1)  # a student named Lane
            person = self.named(phrase)
            return by_person(person, 0.95) if person is not None else Speaker(
                "", " ".join(phrase.words), "person", 0.7)
        person = self.named(phrase)
        if person is not None:
            return by_person(person, 0.95)
        if words == ["the", "latter"]:
            self.pure = False
            if named := self._people.within(self.number, 0, phrase.start()):
                return by_person(named[-1], 0.7)
        if words[-1] in _OWN and len(words) > 1:
            whose = _HIS.get(words[0].lower()) if len(words) < 4 else None
            if whose is not None:
                return self.pronoun(whose, phrase.start())  # his tweet read
            if words[-2].endswith(_POSSESSED):
                owner = self.unnamed(phrase.part(0, len(words) - 1), plain, titles)
                if owner.kind == "person":
                    return owner  # the judge’s statement
        place = 0 if forward or first else len(words) - 1
        if words[place] in PRONOUNS and (first or forward or len(words) < 3
                                         or words[-2] not in PREPOSITIONS):
            return self.pronoun(words[place].lower(), phrase.start(place))
        if first and ((
            words[-1].islower() and words[1:2] != ["and"]
            and not any(word[0].isupper() or kind_of(word) for word in words[1:])
        ) or (words[2:3] and words[2] in DETERMINERS and words[1].endswith("s"))) \
                and self.is_country(phrase.start(), phrase.end(0)):
            return Speaker("", words[0], "organisation", 0.7)
        if words[0] in PREPOSITIONS:
            within = None if forward else inner(phrase)
            if within is None:
                return NOBODY
            phrase = within
        return self.unnamed(phrase, plain, titles)

    def antecedent(self, before: Phrase, pronoun: str) -> Speaker:
        """Whom who or which means, behind a phrase."""
        people = self._people.within(self.number, before.start(), before.end())
        self.pure = False
        last = before.words[-1]
        if people:
            person = people[-1]
            if not POSSESSIVE.match(self._text, person.end):
                return by_person(person, 0.9)
            if kind := kind_of(last.lower()):  # they met Ada Lane’s lawyers, who
                return Speaker("", self._text[person.start : before.end()], kind, 0.7)
        if pronoun == "who" and last[:1].isupper() and (bearer := self._people.called(last)):
            return by_person(bearer, 0.7)
        if last in DOCUMENTS:  # the firm released a statement which read
            before = before_verb(before)
        found = self.phrase(before, False, first=last in DOCUMENTS)
        if pronoun == "which" and (found.kind != "organisation" or found.name[:1].islower()) \
                and self.body.kind != "none":
            return self.body
        return found
