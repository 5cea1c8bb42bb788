"""Whom phrases between commas name together: “the expert on dams, Oda Lane, said”."""

from __future__ import annotations

from typing import Final

from site_builder.finding.statements.naming import Naming
from site_builder.finding.statements.nouns import (
    DETERMINERS,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    ROLES,
    kind_of,
)
from site_builder.finding.statements.phrases import Phrase, before_verb, is_named, is_role
from site_builder.finding.statements.pronouns import SURE
from site_builder.finding.statements.speaker import NOBODY, Speaker, by_person
from site_builder.finding.statements.speakers import GUESSED

_PLACING: Final = frozenset("of in at from".split())
_RELATIVE: Final = frozenset("who which whom whose where".split())
_NO_APPOSITION: Final = _RELATIVE | PREPOSITIONS | {"such"}
_OF_A_NAME: Final = ROLES | PARTICLES
_OTHERS: Final = frozenset("Another another Other other One one A a An an Some some".split())

class Appositions(Naming):
    """Finds whom the phrases before, or behind, a verb name."""

    def described(self, first: Speaker, phrases: list[Phrase]) -> Speaker:
        """Who is meant by a role, or body, and the phrases behind it: his wife, Amanda, …"""
        for place in range(1, min(len(phrases), 4)):
            phrase = phrases[place]
            words = phrase.words
            if len(words) < 7 and (first.confidence < SURE or is_role(phrases[place - 1])) and all(
                    word[0].isupper() or word.lower() in _OF_A_NAME for word in words):
                found = self.phrase(phrase, True, forward=True)
                if found.kind == "person":
                    return found
            if place == 1 and first.kind == "role" and len(phrases) > 2 and len(words) < 4 \
                    and all(word[0].isupper() for word in words):
                return Speaker("", self._text[phrase.start() : phrase.end()], "person", 0.7)
            if not is_role(phrase) or not (words[0] in DETERMINERS or is_role(phrase.part(0, 1))
                                           or all(word[0].isupper() for word in words[:-1])):
                break
        return first

    def beside(self, phrases: list[Phrase], plain: bool) -> Speaker:
        """The subject that stands right before its verb."""
        if len(phrases) > 1:
            phrases = _without_examples(phrases)
        last = phrases[-1]
        words = last.words
        if words[0] in ("who", "which", "whom") and len(words) > 1 and (
                words[1] in DETERMINERS or words[1][0].isupper()
                or (len(words) > 2 and words[2][0].isupper() and kind_of(words[1]))):
            last = last.part(1)  # a novel, which the paper called
            words = last.words
        elif len(words) > 1 and words[-1] == "which" and words[-2] not in PREPOSITIONS:
            return self.antecedent(last.part(0, len(words) - 1), "which")
        elif len(words) > 2 and words[-2] in ("which", "who", "whom") and kind_of(words[-1]):
            return self.phrase(last.part(len(words) - 1), plain)  # proclamations which analysts say
        elif words[0] in ("who", "which") and len(phrases) > 1:
            place = len(phrases) - 2
            if place and phrases[place].words[0].isdigit():
                place -= 1  # Ada Lane, 24, who
            while words[0] == "who" and place and phrases[place].words[0] in ("a", "an", "the") \
                    and is_role(phrases[place]):
                place -= 1  # Ada Lane, a geologist at the institute, who
            return self.antecedent(phrases[place], words[0])
        found = self.phrase(self._coordinated(last), plain)
        if len(phrases) == 1:
            return found
        if len(words) < 3 and found.kind == "organisation" and words[0][0].isupper() and (
                phrases[-2].words[-2:-1] or ("",))[0] in ("in", "of", "at", "from"):
            body = self.phrase(phrases[-2], plain)  # the ministry in Munich, Germany
            if body.kind != "none":
                return body
        if found.confidence == GUESSED and is_role(phrases[-2]) \
                and len(before_verb(phrases[-2]).words) == len(phrases[-2].words):
            return self.somebody(found)  # his daughter and successor, Ada Lane said
        if found.kind != "none":
            return found
        return NOBODY if words[0] in PREPOSITIONS else self.phrase(phrases[-2], False)

    def _coordinated(self, phrase: Phrase) -> Phrase:
        """The second subject of “it held and the ministry”, with a verb before the “and”."""
        words = phrase.words
        for place in range(len(words) - 2, 1, -1):
            if words[place] in ("and", "but"):
                before = phrase.part(0, place)
                after = words[place + 1 :]
                if (after[0] in DETERMINERS or after[0] in PREPOSITIONS or after[0] in PRONOUNS
                        or (len(after) < 4 and kind_of(after[-1].lower()))) \
                        and len(before_verb(before).words) < place:
                    return phrase.part(place + 1)
                break
        return phrase

    def _whose_place(self, phrases: list[Phrase], phrase: Phrase) -> Speaker:
        """Whom “Ada Lane, the mayor of Port Ellen, Essex,” names: Essex only looks like one."""
        place = phrases.index(phrase)
        if place < 2 or phrase.words[0] in DETERMINERS:
            return NOBODY
        before = phrases[place - 1]
        words = before.words
        if words[0] not in DETERMINERS or not words[-1][0].isupper() or not is_role(before) \
                or _PLACING.isdisjoint(words):
            return NOBODY
        first = phrases[place - 2]
        bearer = self.named(first) if first.words[0] not in PREPOSITIONS \
            and first.words[0] != "According" else None
        return by_person(bearer, 0.8) if bearer is not None else NOBODY

    def before_comma(self, phrases: list[Phrase], plain: bool) -> Speaker:
        """The subject, where a comma closes an apposition, or a clause about the subject."""
        phrases = _without_examples(phrases)
        best, rank, chosen = NOBODY, 0, None
        last = phrases[-1]
        for phrase in reversed(phrases):
            found = self.phrase(phrase, plain, titles=False)
            opening = phrase.words[0]
            if found.kind == "person" and (
                    opening not in _NO_APPOSITION or opening in ("As", "as")):
                first = self._whose_place(phrases, phrase)
                return found if first.kind == "none" else first
            if found.kind == "none" or opening in _RELATIVE:
                continue
            if found.confidence == GUESSED and any(
                    is_role(other) for other in phrases if other is not phrase):
                found = self.somebody(found, least=1)  # the expert, Ada Lane, said
                if found.kind == "person":
                    return found
            here = 2 if found.name[:1].isupper() and found.kind == "organisation" else 1
            if not rank or (phrase is not last and is_named(phrase) and here >= rank):
                best, rank, chosen = found, here, phrase
        if best.kind == "role" and chosen is not None:
            holder = self.phrase(chosen, plain)
            if holder.kind == "person":
                return holder  # the premier, for his part, said
            bearer = self.bearer(best.name) if chosen.words[0] not in _OTHERS \
                else None  # the princess, 67, said
            if bearer is not None:
                return by_person(bearer, 0.7)
        return best


def _without_examples(phrases: list[Phrase]) -> list[Phrase]:
    """The phrases before those that tell who is one of them: officials, including Ada Lane."""
    for place in range(1, len(phrases) if phrases[-1].words[0] not in _RELATIVE else 0):
        words = phrases[place].words
        if (words[0] == "including" or words[:2] == ["such", "as"]) \
                and is_role(phrases[place - 1]):
            return phrases[:place]
    return phrases
