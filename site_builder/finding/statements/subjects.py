"""Who is the subject of a verb of speech: a person, a pronoun, a body, a role."""

from __future__ import annotations

import re
from typing import Final

from site_builder.finding.statements.following import Following
from site_builder.finding.statements.kinds import HIDDEN, NAMING, Verb, cited
from site_builder.finding.statements.looking import TITLED
from site_builder.finding.statements.nouns import (
    ADVERBS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    kind_of,
)
from site_builder.finding.statements.phrases import (
    Clause,
    before_verb,
    clauses,
)
from site_builder.finding.statements.pronouns import SURE
from site_builder.finding.statements.sources import is_source
from site_builder.finding.statements.spans import Span
from site_builder.finding.statements.speaker import NOBODY, Speaker, by_person
from site_builder.finding.statements.speakers import is_name

_CLAUSE: Final = re.compile(  # each branch begins with a letter of its own: several times faster
    r";|\(|\)|—|–|\x01+|“|”|«|»|\"|:(?!\d)"
    r"|, (?:and|but|while|though|although|with|where|so|yet|as|because)(?= )"
    r"| (?:(?:that|whether|where)(?= )(?! [a-z]+ ?$)"
    r"|(?:because|while|although|but|if|when)(?= )"
    r"(?! (?:it|he|she|they|[a-z]+ed|[a-z]+ing|[a-z]+ly|was|is) ?$)"
    r"|(?:after|before|until|once|since)(?= (?:he|she|it|they|the|his|her|[A-Z])))")
_AS_SAYING: Final = re.compile(r" (?:(?:by|in|on) [\w’' ]{1,40})?as (?:saying|telling|adding)\b")
_HIM: Final = {"him": "he", "her": "she", "them": "they", "it": "it"}
_NAMING: Final = frozenset("calls called call".split())
_OPENING: Final = (" “", " \"", f" {HIDDEN}")
_OF_THINGS: Final = frozenset(
    "tells tell explains explain writes write emphasizes emphasises emphasize stresses".split())
"""A design emphasises, a key tells: nothing that nobody knows for a speaker says it with these."""

_REPLYING: Final = frozenset("replied responded answered retorted countered replies".split())
_QUOTING: Final = frozenset("quoted reported reports cited quotes".split())
_HIM_AS_SAYING: Final = re.compile(
    r" ([\w’'. -]{2,60}?)(?:, [^,.;]{1,60},)? as (?:saying|telling|adding)\b")
_CONFIRMING: Final = frozenset("confirmed confirms".split())
_WITH: Final = re.compile(r" with (?:[\w’'.-]+ ){1,6}that\b")
_BY: Final = re.compile(r"(?: \w+){0,3}? by ")
_AS_BY: Final = re.compile(r" as (?:[\w’'.-]+ ){1,8}?by ")
_QUOTED_BY: Final = re.compile(r"(?: as)? (?:an? |the )?[“\"\x01][^.;]{1,60}[”\"\x01],? by ")
_FIRST: Final = frozenset(
    word + end for word in ("I", "we", "We", "you", "You")
    for end in ("", "’ve", "'ve", "’ll", "'ll", "’d", "'d", "’m", "'m", "’re", "'re"))
_PARTED: Final = ("; ", ", but ", ", while ")
_HIS: Final = {"his": "he", "her": "she", "their": "they"}
_MANY_VIEWS: Final = frozenset("accounts reports estimates".split())
_ONE: Final = frozenset("One Another".split())
_TURNED: Final = frozenset("reported reports".split())
_TRANSITIVE: Final = frozenset(
    "told tells tell blamed blames denied denies confirmed confirms repeated".split())
"""What stands behind these is whom they tell, or what they deny, and not who speaks."""

_VERBS_TOO: Final = frozenset("studies leads heads supports guards guides hosts chairs".split())
_GOING_ON: Final = frozenset("went liked likes rushed hastened was were took".split())
_TIMES: Final = frozenset("later earlier ago afterwards before".split())
_BEHIND_QUOTE: Final = f"{HIDDEN} "
_QUOTED: Final = ("\x01", "”", "\"", "»", "’")
_OPEN_MARKS: Final = ("“", "«", "„")
_WHO: Final = (" that", " who", " which")
_SUBORDINATE: Final = frozenset(
    "When While After Before Since Although Though If Because As".split())
_FAR: Final = 2000
"""So far before a verb its clause begins, at most: a sentence may be as long as a book."""

class Subjects(Following):
    """Finds the subjects of verbs in the sentences of a text, which it must see in their order."""

    def of_verb(self, frame: str, verb: Verb) -> Speaker:
        """The subject of a verb in the sentence, `frame` being its words without quotations."""
        if verb.kind.view:
            return self._cited(frame, verb)
        if verb.passive:
            if _AS_SAYING.match(frame, verb.end):  # Raisi was quoted as saying
                return self.main(frame, verb.start)
            by = (_AS_BY if verb.kind.name == "identified" else _BY).match(frame, verb.end) \
                or (verb.kind.name in NAMING and _QUOTED_BY.match(frame, verb.end))
            return self.after(frame, by.end(), 0.9) if by else NOBODY
        plain = verb.kind.plain and verb.kind.name not in _OF_THINGS
        self.replying = verb.kind.name in _REPLYING
        if not verb.start and frame[0].isupper() and frame[verb.end + 1 : verb.end + 2].islower() \
                and self._called(frame[: verb.end]) is not None:
            return NOBODY  # Edward Said came. Said told them
        if verb.kind.name in _CONFIRMING and _WITH.match(frame, verb.end):
            # the paper confirmed with the firm that
            return self.after(frame, verb.end + len(" with "), 0.8)
        if verb.kind.name in _QUOTING:
            told = _HIM_AS_SAYING.match(frame, verb.end)
            if told is not None:  # the website quoted him as saying
                who = _HIM.get(told[1])
                if who is not None:
                    return self.pronoun(who, self.start + verb.start)
                return self.after(frame, told.start(1), 0.8)
        until = self.start + verb.start
        for span in self.spans:  # “…,” Ada Lane said
            if span.end == until - 1:
                place = span.start - self.start
                if (place == 0 or frame[place - 2 : place] == _BEHIND_QUOTE) \
                        and not verb.kind.participle and is_name(frame[place : verb.start - 1]):
                    return by_person(span, 0.95)
        begin = verb.start - _FAR if verb.start > _FAR else 0
        for cut in _CLAUSE.finditer(frame, begin, verb.start):
            begin = cut.end()
        text = frame[begin : verb.start]
        since = self.start + begin
        alone = verb.kind.participle or "," in text or "  " in text
        for span in () if alone else self.spans:
            if span.start >= since and span.end <= until:
                if self._is_all(text, span, since):
                    return by_person(span, 0.95)
                alone = True
        found = None if alone else self.known(text, plain, since)
        if found is None:
            clause = Clause(frame, begin, verb.start, self.start)
            words = clause.words
            comma = False
            while words and (words[-1] == "," or (
                words[-1] in ADVERBS and not self._is_somebody(words)) or (
                words[-1].endswith("ly") and words[-1].islower() and not kind_of(words[-1]))):
                comma = words.pop() == "," or comma
            if words[-1:] == ["to"]:
                del words[_gone_on(words):]
            phrases = clause.phrases()
            if verb.kind.participle:
                near = self.phrase(phrases[-1], False) if words and not comma else NOBODY
                with_them = not comma and (frame.endswith(" with", 0, begin) or (
                    bool(words) and phrases[-1].words[0] == "with"))
                return near if near.kind == "person" or with_them \
                    else self.main(frame, verb.start)
            if verb.kind.name in _NAMING and "which" in words and frame[
                    verb.end : verb.end + 2] not in _OPENING:
                return NOBODY  # which Iraq calls the dry canal
            if words and words[-1] in _FIRST:
                return NOBODY  # whoever writes speaks: nobody's words are reported
            if words and words[-1] in ("and", "or", "but", "then"):
                first = self.main(frame, verb.start)
                return first if plain or first.confidence >= SURE else NOBODY
            if words and comma and (plain or verb.kind.name in _TURNED) \
                    and verb.kind.name not in _TRANSITIVE:
                inverted = self.inverted(frame, verb)
                if inverted.kind != "none":
                    return inverted
            if not words:
                return self._behind(frame, verb, begin)
            if comma and begin and words[0].endswith("ing") and words[0].islower():
                return self.main(frame, begin)  # Ada Lane, who spoke while receiving them, said
            doing = bool(begin) and frame.endswith(_WHO, 0, begin) and _is_verb(words[0])
            if comma:
                found = self.before_comma(phrases, plain)
                if doing and found.confidence < SURE:
                    found = self.main(frame, begin)  # the union that represents them, said
                if found.kind != "person" and begin and frame[begin] == ",":
                    whole = self.main(frame, begin)  # Ada Lane of “Our City”, a charity, said
                    found = whole if whole.kind == "person" else found
            elif doing:
                return self.main(frame, begin)  # the union that represents them has said
            else:
                self.ask()
                found = self.beside(phrases, plain)
                if not alone:
                    self.learn(text, plain, since, found)
        if found.kind == "none" and frame[begin - 1 : begin] in _QUOTED \
                and frame[begin : verb.start].strip(" ,") not in PRONOUNS:
            return self.after(frame, verb.end, 0.9)
        return found

    def _cited(self, frame: str, verb: Verb) -> Speaker:
        """Whose view it is: in his view, in the words of Ada Lane, by most accounts."""
        found = cited(frame, verb.end)
        if found is None:  # per the decree
            source = self.after(frame, verb.end, 0.8)
            return source if source.kind == "person" or is_source(source.name) else NOBODY
        noun = frame[found.end() : verb.end]
        if found["whose"]:
            return self.pronoun(_HIS[found["whose"]], self.start + verb.start).times(0.9)
        if found["the"]:
            if not frame.startswith(" of ", verb.end) or noun in _MANY_VIEWS:
                return NOBODY
            return self.after(frame, verb.end + len(" of "), 0.8)
        if found[0].strip(" (\x01") in ("By", "by"):
            return Speaker("", noun, "organisation", 0.6) if noun in _MANY_VIEWS else NOBODY
        if found["all"]:
            return Speaker("", f"{found['all']}{noun}", "organisation", 0.6) \
                if noun in _MANY_VIEWS and found[0].strip(" (\x01")[:2] in ("by", "By") else NOBODY
        if noun in _MANY_VIEWS:
            return NOBODY
        return self.after(frame[: found.end("who")], found.start("who"), 0.8)

    def _behind(self, frame: str, verb: Verb, begin: int) -> Speaker:
        """The subject of a verb with which its clause begins."""
        found = NOBODY
        if begin and verb.kind.noun and frame[begin - 1] not in _QUOTED:
            return NOBODY  # it is large; reports said
        if frame[:begin].endswith(" that"):
            return NOBODY  # banners that called it a day
        if not begin or frame[begin - 1 : begin] in _QUOTED:
            found = self.after(frame, verb.end, 0.9)
        if begin and found.kind == "none":
            parted = max(frame.rfind(mark, 0, begin - 5) for mark in _PARTED)
            first = self.main(frame, begin, parted) if parted > 0 else NOBODY
            if first.kind == "none":
                first = self.main(frame, begin)
            found = first if verb.kind.plain or first.confidence >= SURE else NOBODY
        return found

    def _is_somebody(self, words: list[str]) -> bool:
        """Whether a month before a verb is a name: May, or Mrs May, where the text names one."""
        return words[-1][0].isupper() and (
            len(words) == 1 or words[-2].rstrip(".").lower() in TITLED
        ) and self._called(words[-1]) is not None

    def _is_all(self, text: str, span: Span, since: int) -> bool:
        """Whether somebody's name is all that stands before a verb."""
        name = text.strip()
        return len(name) == span.end - span.start and text.startswith(
            name, span.start - since) and is_name(name)

    def main(self, frame: str, end: int, since: int = 0) -> Speaker:
        """The subject of the sentence between two places: the first phrase that can be one."""
        for begin, until in clauses(frame, end, since):
            best = NOBODY
            if frame[begin - 1 : begin] in _OPEN_MARKS:
                continue  # a short quotation
            clause = Clause(frame, begin, until, self.start)
            if not _FIRST.isdisjoint(clause.words):
                return NOBODY
            for place, phrase in enumerate(clause.phrases()):
                if best.kind == "none" and phrase.words[0] in _SUBORDINATE:
                    continue
                subject = before_verb(phrase)
                if subject.words[-1] in _TIMES or (
                        self._asking and subject.words[0] in PREPOSITIONS):
                    continue  # a month later; on the visit of the premier, he said
                found = self.phrase(subject, True, first=True)
                if len(subject.words) == 1 and subject.words[0] in _ONE and (
                        bearer := self.named(phrase)) is not None:
                    return by_person(bearer, 0.8)  # another was Ada Lane
                if subject.words[0] in PREPOSITIONS:
                    found = found.times(0.8)  # in a message, Raisi
                if best.confidence >= SURE:
                    if found.kind == "person" and best.kind == "role" \
                            and subject.words[0] not in PREPOSITIONS:
                        return found  # but not: officials, including Ada Lane
                    if found.kind == "organisation" and best.name[:1].islower() \
                            and found.name[:1].isupper() and place == 1 \
                            and subject.words[0] in ("the", "The"):
                        return found  # one of these groups, the Harbour Board
                    return best
                if found.kind not in ("none", "role") and found.confidence >= SURE \
                        and not found.name[:1].islower():
                    return found
                if found.confidence > best.confidence:
                    best = found
            if best.kind != "none":
                return best
        return NOBODY



def _is_verb(word: str) -> bool:
    """Whether a word behind “that” rather is a verb than a noun: represents, studied."""
    return len(word) > 4 and word.islower() and word.endswith(("s", "ed")) \
        and word[-2:] not in ("ss", "us", "is") and word not in DETERMINERS \
        and word not in ADVERBS and word not in PREPOSITIONS \
        and (not kind_of(word) or word in _VERBS_TOO)


def _gone_on(words: list[str]) -> int:
    """Where the verb stands behind whose “to” another follows: went on to, took to X to."""
    return next((place for place in range(len(words) - 1, max(-1, len(words) - 7), -1)
                 if words[place] in _GOING_ON), len(words) - 1)
