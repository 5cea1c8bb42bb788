"""Whose verb it is by the order of words: in languages of which only that, and lists, are known."""

from __future__ import annotations

import re
from typing import Final

from site_builder.finding.new_names import given_names
from site_builder.finding.statements.kinds import HIDDEN, Verb
from site_builder.finding.statements.people import People
from site_builder.finding.statements.pronouns import Pronouns
from site_builder.finding.statements.spans import plain
from site_builder.finding.statements.speaker import NOBODY, Speaker, by_person
from site_builder.finding.statements.tongues import BEHIND, SOURCE, Tongue

_WORD: Final = re.compile(r"[^\s,;:.!?…()—–\x01“”„«»\"،؛؟]+|[,;:.!?…()—–\x01“”„«»\"،؛؟]")
_MARKS: Final = frozenset(",;:.!?…()—–\x01“”„«»\"،؛؟")
_ELIDED: Final = re.compile(r"^(?:[lLdD]|[qQ]u)[’']")
_CLAUSES: Final = re.compile(r"[;:()—–“”„«»\"\x01؛]|[,،](?=\s)")
_INVERTED: Final = (HIDDEN, ",", "»", "”", "“", "\"", "،", ".", "!", "?", "…")
_ARABIC: Final = re.compile("[\u0600-\u06ff]")
_LEFT_OUT: Final = 0.6
"""How sure it is who a pronoun that is left out would mean."""

UNKNOWN: Final = Speaker("", "", "none", -1.0)
"""There is a subject, but it names nobody that the text or the lists know."""

_SHORTEST: Final = 3
"""No longer are titles that stand before a name alone: Dr, Mme."""

_BETWEEN: Final = frozenset(
    "de du des d la le van von der den zu di da do dos del y e el bin ben al".split())
"""Small words within a name."""

_BEFORE: Final = frozenset("de du d van von di da del al el".split())
"""Those with which a name begins, too."""

_ENDS: Final = frozenset(".!?…")
_OPEN: Final = 2
_LONGEST: Final = 9
"""More words does no subject have, as far as it names somebody."""


class Orders(Pronouns):
    """Finds the subjects of verbs by word order; what `Subjects` is for English."""

    def __init__(self, people: People, tongue: Tongue) -> None:
        super().__init__(people)
        self._tongue = tongue

    def of_verb(self, frame: str, verb: Verb) -> Speaker:
        """The subject of a verb, or the source that stands behind words like “according to”."""
        if verb.kind is SOURCE:
            return _or_nobody(self._following(frame, verb.end))
        before = frame[: verb.start].rstrip()
        begin = max((cut.end() for cut in _CLAUSES.finditer(before)), default=0)
        if verb.kind is BEHIND:
            return _or_nobody(self._preceding(frame, begin, verb.start))
        tied = self._tongue.enclitic(frame, verb.start, verb.end)
        if tied:
            return self._pronoun(tied, verb.start)
        order = self._tongue.order
        sides = [self._preceding(frame, begin, verb.start)]
        if order == "vso" or (order == "svo" and (not before or before.endswith(_INVERTED))):
            sides.insert(0, self._following(frame, verb.end))
        elif order == "svo" and sides[0].kind == "none":
            sides.append(self._following(frame, verb.end))
        found = next((side for side in sides if side.kind != "none"), NOBODY)
        if before[-1:] in (",", "،") and found.kind in ("none", "role"):
            first = self.main(frame, verb.start)  # X, the minister, has said
            if found.kind == "none" or first.kind == "person":
                found = first
        if found.kind == "none" and order == "sov" and begin:
            found = self.main(frame, verb.start)
        if found.kind == "none" and UNKNOWN not in sides and found is not UNKNOWN:
            if self.last.kind != "none" and self.last_number >= self.number - 1:
                last = self.last  # these languages leave pronouns out
                return Speaker(last.id, last.name, last.kind, _LEFT_OUT)
            return self._pronoun("", verb.start).times(0.9)
        return _or_nobody(found)

    def beside_quote(self, frame: str, at: int) -> Speaker:
        """Nobody: a verb that no list has tells nothing here."""
        return NOBODY

    def main(self, frame: str, end: int, since: int = 0) -> Speaker:
        """The subject with which a sentence begins."""
        verb = self._tongue.pattern.search(frame, since, end)
        return _or_nobody(self._preceding(
            frame, since, verb.start() if verb is not None else end))

    def after(self, frame: str, begin: int, sure: float, *, cited: bool = False) -> Speaker:
        """Whom the words behind a place name."""
        return _or_nobody(self._following(frame, begin))

    def _following(self, frame: str, begin: int) -> Speaker:
        found: list[tuple[str, int]] = []
        for match in _WORD.finditer(frame, begin):
            word = match[0]
            if word == "." and self._is_short(found):
                continue
            if word in _MARKS or word in self._tongue.stop or len(found) > _LONGEST:
                break
            found.append((word, match.start()))
        else:
            return self._named(found[:_OPEN])
        if word in _ENDS and self._tongue.order == "vso":
            found = found[:_OPEN]  # no mark and no other word says how far it goes
        return self._named(found, guess=True)

    def _preceding(self, frame: str, begin: int, end: int) -> Speaker:
        found: list[tuple[str, int]] = []
        for match in _WORD.finditer(frame, begin, end):
            word = match[0]
            if word == "." and self._is_short(found):
                continue
            if word in _MARKS or word.lower() in self._tongue.stop:
                if found:
                    break
                if word not in _MARKS:
                    return self._past(frame, match.end(), end)
                continue
            found.append((word, match.start()))
        return self._named(found[:_LONGEST])

    def _is_short(self, found: list[tuple[str, int]]) -> bool:
        """Whether the last word is short for another, so that its point ends nothing: M. Moreau."""
        return bool(found) and (
            found[-1][0] in self._tongue.titles or (
                len(found[-1][0]) == 1 and found[-1][0].isupper()))

    def _past(self, frame: str, begin: int, end: int) -> Speaker:
        """The person named last behind “on Monday”, right before the verb."""
        spans = [span for span in self.spans
                 if span.start >= begin + self.start and span.end <= end + self.start]
        if spans and not frame[spans[-1].end - self.start : end].strip():
            return by_person(spans[-1], 0.8)
        return NOBODY

    def _pronoun(self, word: str, at: int) -> Speaker:
        gender = self._tongue.pronouns.get(word.lower(), "")
        if gender:
            return self._somebody(gender, self.start + at).times(0.9)
        topics = self.topics.all()
        return by_person(topics[-1], 0.6) if topics else NOBODY

    def _named(self, found: list[tuple[str, int]], *, guess: bool = False) -> Speaker:
        """Whom words name: somebody of the text, a body, a role; UNKNOWN if it is none of them.

        `guess` is whether words without capitals may be somebody’s name.
        """
        if not found:
            return NOBODY
        tongue = self._tongue
        begin = self.start + found[0][1]
        end = self.start + found[-1][1] + len(found[-1][0])
        first = found[0][0].lower()
        if first in tongue.pronouns and (len(found) < 3 or tongue.order == "sov") and (
                first not in tongue.articles or len(found) == 1):
            return self._pronoun(first, found[0][1])
        while len(found) > 1 and found[0][0].lower() in tongue.articles \
                and found[0][0] not in tongue.titles:
            found = found[1:]
        addressed = found[0][0] in tongue.titles
        for span in self.spans:
            if span.start >= begin and span.end <= end and (span.id or not addressed):
                return by_person(span, 0.9)
        words = [word for word, _ in found]
        if addressed:
            person = self._addressed(words)
            if person.kind != "none":
                return person
            if len(words) == 1:  # eine Frau
                return Speaker("", words[0], "role", 0.6) if len(words[0]) > _SHORTEST else UNKNOWN
            if words[1] in tongue.joints:  # die Frau des Ministers
                return Speaker("", self._whole("", words, 0), "role", 0.6)
            while len(found) > 1 and (
                    found[0][0] in tongue.titles or found[0][0].lower() in tongue.articles):
                found = found[1:]  # Madame la ministre
        text = self._text[self.start + found[0][1] : end]
        text = _ELIDED.sub("", text)
        parts = [_ELIDED.sub("", word) for word, _ in found]
        if parts[0].startswith("ل") and parts[0] in tongue.bodies | tongue.roles:
            bare = parts[0][1:]  # written together with “to”
            text = ("ا" + bare if bare.startswith("ل") else bare) + text[len(parts[0]) :]
        for place, word in enumerate(parts):
            low = word.lower()
            kind = "organisation" if low in tongue.bodies else "role" if low in tongue.roles \
                else ""
            if kind:
                person = self._titled(parts) if kind == "role" else NOBODY
                return person if person.kind != "none" else Speaker(
                    "", self._whole(text, parts, place), kind, 0.7)
        if self.is_country(self.start + found[0][1], self.start + found[0][1] + len(found[0][0])):
            return Speaker("", parts[0], "organisation", 0.7)
        if _ARABIC.match(text):
            return Speaker("", text, "person", 0.55) if guess and tongue.order == "vso" \
                and 2 <= len(parts) <= 4 and not parts[0].startswith(("ال", "لل")) else UNKNOWN
        if not parts[0][:1].isupper():
            return UNKNOWN
        if len(parts) > 1 and all(word[:1].isupper() for word in parts) and (
                plain(parts[0]) in given_names() or text[1:2] == "."):
            return Speaker("", text, "person", 0.7)
        if len(parts) == 1:
            bearer = self._people.called(parts[0])
            if bearer is not None:
                return by_person(bearer, 0.72)
        if not found[0][1] and parts[1:] and parts[1].islower() \
                and not self._people.is_name(parts[0]):
            return UNKNOWN  # a word that only begins a sentence
        capital = next((i for i, word in enumerate(parts) if not word[:1].isupper()), len(parts))
        return Speaker("", " ".join(parts[:capital]), "organisation", 0.55)

    def _whole(self, text: str, parts: list[str], place: int) -> str:
        """The name whose head is a word: as far as its nouns go, where they have capitals."""
        if not self._tongue.joints:
            return " ".join(text.split()[place:]) if _ARABIC.match(text) else text
        end = place + 1
        while end < len(parts) and (
                parts[end][:1].isupper() or (parts[end] in self._tongue.joints
                                             and end + 1 < len(parts))):
            end += 1
        return " ".join(parts[:end])

    def _addressed(self, found: list[str]) -> Speaker:
        """Who is named behind Mme, Herr, el señor: capitals, and small words between them."""
        names: list[str] = []
        for word in found:
            if not names and word in self._tongue.titles:
                continue
            if not (word[:1].isupper() or word in (_BETWEEN if names else _BEFORE)
                    or (_ARABIC.match(word) and word not in self._tongue.roles)):
                break
            names.append(word)
        while names and names[-1] in _BETWEEN:
            names.pop()
        if not names or names[0].lower() in self._tongue.roles:
            return NOBODY
        name = " ".join(names)
        bearer = self._people.called(names[-1])
        if bearer is not None and (
                len(names) == 1 or plain(bearer.name).endswith(f" {plain(name)}")):
            return by_person(bearer, 0.8)
        return Speaker("", name, "person", 0.7)

    def _titled(self, parts: list[str]) -> Speaker:
        """Whoever is named behind a role, with capitals: le ministre Karl Benz."""
        place = len(parts)
        while place and parts[place - 1][:1].isupper() \
                and parts[place - 1].lower() not in self._tongue.roles | self._tongue.bodies:
            place -= 1
        names = parts[place:]
        if names and names[0] in self._tongue.titles:
            return self._addressed(names)
        if len(names) > 1 and plain(names[0]) in given_names():
            return Speaker("", " ".join(names), "person", 0.7)
        if len(names) == 1 and (bearer := self._people.called(names[0])) is not None:
            return by_person(bearer, 0.7)
        return NOBODY


def _or_nobody(found: Speaker) -> Speaker:
    return NOBODY if found is UNKNOWN else found
