"""Who is the subject of a verb of speech: a person, a pronoun, a body, a role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from site_builder.finding.new_names import given_names
from site_builder.finding.statements.nouns import (
    ADVERBS,
    AGENT,
    DETERMINERS,
    OPENERS,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    ROLES,
    TOKEN,
    kind_of,
)
from site_builder.finding.statements.people import People, Span, plain
from site_builder.finding.statements.verbs import Verb

_CLAUSE: Final = re.compile(  # each branch begins with a letter of its own: several times faster
    r";|\(|\)|—|–|\x01|“|”|«|»|\"|:(?!\d)"
    r"|, (?:and|but|while|though|although|with|where|so|yet|as|because)(?= )"
    r"| (?:that|because|while|although|whether|where|but|if|when)(?= )(?! [a-z]+ ?$)"
    r"| (?:after|before|until|once|since)(?= (?:he|she|it|they|the|his|her|[A-Z]))")
_FORWARD_END: Final = re.compile(
    r";|\(|\)|—|–|\x01|“|”|«|»|\"|:(?!\d)|\.(?<!\b[A-Z]\.)(?:\s|$)|!(?:\s|$)|\?(?:\s|$)"
    r"| (?:who|that|and said|but|as|when) ")
_BY: Final = re.compile(r"(?: \w+){0,3}? by ")
_POSSESSED: Final = re.compile(r"(?:[’']s?)$")
_POSSESSIVE: Final = re.compile(r"[’']s\b|(?<=s)[’'](?= )")
_PAST: Final = re.compile(
    r"[a-z]+ed|said|told|went|came|left|made|took|gave|sent|wrote|held|met|saw|won|lost|became|began"
    r"|got|set|did|does|is|was|are|were|has|had|have|will|would|been")
_AUXILIARY: Final = frozenset("is was are were did does has had have will would".split())
_SOMEBODY: Final = frozenset(
    "man woman singer actor actress author writer player guitarist musician driver pilot artist "
    "scientist researcher professor student teenager politician cleric poet".split())
_HONORIFICS: Final = frozenset("mr mrs ms dr prof sen rep gov gen col sir".split())
_NO_NOUN: Final = frozenset(
    "i we you us we’ve we're we’re i’ve i'm i’m you’re you've "
    "you’ve you're how what why whether is was are were "
    "be been".split())
_NO_NAME: Final = frozenset(
    "According Further Furthermore Moreover Additionally Nobody Everybody Mass I We You "
    "Reportedly Please".split())
_QUOTED: Final = ("\x01", "”", "\"", "»", "’")
_SUBORDINATE: Final = frozenset(
    "When While After Before Since Although Though If Because As".split())
_TAIL: Final = 110
"""How far behind a verb its subject may begin."""


class Speaker(NamedTuple):
    """Who speaks; `kind` is that of model.Statement."""

    id: str
    name: str
    kind: str
    confidence: float


NOBODY: Final = Speaker("", "", "none", 0.0)


class Token(NamedTuple):
    """A word or mark of a passage."""

    text: str
    start: int
    end: int


class Subjects:
    """Finds subjects in the sentences of a text, which it must see in their order."""

    def __init__(self, people: People, texts: Sequence[str]) -> None:
        self._people, self._texts = people, texts
        self.topics: list[Span] = []  # people who spoke or were the subject, the last one last
        self.body: Speaker = NOBODY  # the last body or role that spoke
        self.number = 0
        self.start = self.end = 0
        self._text = ""
        self._previous = (-1, 0, 0)
        self._frames: list[str] = []
        self._asking = False

    def look(self, number: int, start: int, end: int, frame: str) -> None:
        """Turn to a sentence: all that follows is asked of it."""
        self._previous = (self.number, self.start, self.end)
        self._frames = [*self._frames[-1:], frame]
        self.number, self.start, self.end = number, start, end
        self._text = self._texts[number]

    def of_verb(self, frame: str, verb: Verb) -> Speaker:
        """The subject of a verb in the sentence, `frame` being its words without quotations."""
        if verb.passive:
            by = _BY.match(frame, verb.end)
            return self.after(frame, by.end(), 0.9) if by else NOBODY
        begin = 0
        for cut in _CLAUSE.finditer(frame, 0, verb.start):
            begin = cut.end()
        tokens = self._tokens(frame, begin, verb.start)
        comma = bool(tokens) and tokens[-1].text == ","
        while tokens and (tokens[-1].text in ADVERBS or tokens[-1].text == ","
                          or tokens[-1].text.endswith("ly")):
            comma = comma or tokens[-1].text == ","
            tokens.pop()
        if verb.participle:
            near = self._phrase(_segments(tokens)[-1], False) if tokens and not comma else NOBODY
            return near if near.kind == "person" else self.main(frame, verb.start)
        if tokens and tokens[-1].text in ("and", "or", "but", "then"):
            return self.main(frame, verb.start)
        if tokens and comma and verb.plain:
            inverted = self._inverted(frame, verb)
            if inverted.kind != "none":
                return inverted
        found = self._of_segments(tokens, comma, verb.plain) if tokens else NOBODY
        if found.kind == "none" and (
                (not begin and not tokens) or frame[begin - 1 : begin] in _QUOTED):
            found = self.after(frame, verb.end, 0.9)
        if found.kind == "none" and begin and not tokens:
            found = self.main(frame, begin)
        return found

    def main(self, frame: str, end: int) -> Speaker:
        """The subject of the sentence as far as `end`: the first phrase that can be one."""
        for begin, until in _clauses(frame, end):
            best = NOBODY
            for segment in _segments(self._tokens(frame, begin, until)):
                if best.kind == "none" and segment[0].text in _SUBORDINATE:
                    continue
                found = self._phrase(_before_verb(segment), True, first=True)
                if best.kind != "none":
                    return found if found.kind == "person" and best.kind == "role" else best
                if found.kind not in ("none", "role"):
                    return found
                best = found
            if best.kind != "none":
                return best
        return NOBODY

    def after(self, frame: str, begin: int, sure: float) -> Speaker:
        """The subject that begins at `begin` and follows its verb."""
        stop = _FORWARD_END.search(frame, begin)
        until = min(stop.start() if stop else len(frame), begin + _TAIL)
        segments = _segments(self._tokens(frame, begin, until))
        first = NOBODY
        for place, segment in enumerate(segments[:4]):
            if not segment:
                continue
            found = self._phrase(segment, True, forward=True)
            if place == 0:
                first = found
                if first.kind in ("none", "person"):
                    break
                continue
            lone = len(segment) < 4 and all(t.text[0].isupper() for t in segment)
            named = len(segment) < 7 and all(
                t.text[0].isupper() or t.text.lower() in ROLES | PARTICLES for t in segment)
            if found.kind == "person" and named and _is_role(segments[place - 1]):
                first = found
                break
            if place == 1 and lone and first.kind == "role" and len(segments) > 2:
                form = self._text[segment[0].start : segment[-1].end]
                first = Speaker("", form, "person", 0.7)  # his wife, Amanda, …
                break
            if not _is_role(segment):
                break
        return first._replace(confidence=min(first.confidence, sure))

    def _inverted(self, frame: str, verb: Verb) -> Speaker:
        """“The dam, said Raisi, would hold”: the subject between the verb and a comma."""
        close = re.match(r" ((?:[\w’'.-]+ ?){1,7})(?:,|$)", frame[verb.end :])
        if close is None or close[1].split()[0] in (
                *PREPOSITIONS, "that", "he", "she", "it", "they"):
            return NOBODY
        tokens = self._tokens(frame, verb.end, verb.end + close.end(1))
        if any(token.text in ("was", "is", "were", "are", "had", "has", "would", "will")
               for token in tokens):
            return NOBODY
        found = self._phrase(tokens, False, forward=True)
        return found if found.kind != "none" else NOBODY

    def _of_segments(self, tokens: list[Token], comma: bool, plain: bool) -> Speaker:
        """The subject in what stands before the verb, parted by commas."""
        segments = _segments(tokens)
        last = segments[-1]
        if not comma:
            if last[0].text in ("who", "which", "whom") and len(last) > 1 and (
                    last[1].text in DETERMINERS or last[1].text[0].isupper()):
                last = last[1:]  # a novel, which the paper called
            elif last[0].text in ("who", "which") and len(segments) > 1:
                return self._antecedent(segments[-2], last)
            found = self._phrase(last, plain)
            if len(segments) > 1 and len(last) < 3 and last[0].text[0].isupper() and (
                    len(segments[-2]) > 1 and segments[-2][-2].text in ("in", "of", "at", "from")):
                place = self._phrase(segments[-2], plain)  # the ministry in Munich, Germany
                if place.kind != "none" and found.kind == "organisation":
                    return place
            if found.kind != "none" or len(segments) == 1:
                return found
            return NOBODY if last[0].text in PREPOSITIONS else self._phrase(segments[-2], False)
        # A comma before the verb closes an apposition, or a clause about the subject before it
        best = NOBODY
        for segment in reversed(segments):
            found = self._phrase(segment, plain, titles=False)
            if found.kind == "person" and segment[0].text not in (
                    "who", "which", "whose", "where", *PREPOSITIONS):
                return found
            if best.kind == "none" or (found.kind != "none" and segment is not last
                                       and best.kind != "person" and _names(segment)):
                best = found if segment[0].text not in ("who", "which", "whose", "where") else best
        return best

    def _antecedent(self, before: list[Token], clause: list[Token]) -> Speaker:
        people = self._people.within(self.number, before[0].start, before[-1].end)
        if people:
            return _person(people[-1], 0.9)
        if clause[0].text == "which" and self.body.kind != "none":
            return self.body
        return self._phrase(before, False)

    def _phrase(
        self, tokens: list[Token], plain: bool, *, first: bool = False, forward: bool = False,
        titles: bool = True,
    ) -> Speaker:
        """The speaker whom a phrase without commas names."""
        while tokens and tokens[0].text in OPENERS and len(tokens) > 1:
            tokens = tokens[1:]
        if not tokens:
            return NOBODY
        for place, token in enumerate(tokens):
            if place and token.text in _AUXILIARY:
                tokens = tokens[:place]  # the subject of this verb, and of ours after it
                break
        person = self._named(tokens)
        if person is not None:
            return _person(person, 0.95)
        pronoun = tokens[0] if forward or first else tokens[-1]
        if pronoun.text in PRONOUNS and (first or forward or len(tokens) < 3
                                         or tokens[-2].text not in PREPOSITIONS):
            return self._pronoun(pronoun)
        if tokens[0].text in PREPOSITIONS:
            if forward:
                return NOBODY
            tokens = _inner(tokens)
            if not tokens:
                return NOBODY
        return self._unnamed(tokens, plain, titles)

    def _named(self, tokens: list[Token]) -> Span | None:
        """The person whom the phrase is about; not one of whom another is the spokesman."""
        if self.number not in self._people.spans:
            return None
        spans = self._people.within(self.number, tokens[0].start, tokens[-1].end)
        good: list[Span] = []
        for span in spans:
            place = next((i for i, t in enumerate(tokens) if t.start >= span.start), 0)
            while place and tokens[place - 1].text.rstrip(".").lower() in ROLES | _HONORIFICS:
                place -= 1
            before = tokens[place - 1].text if place else ""
            aside = self._frames[-1][span.start - self.start : span.end - self.start]
            if aside.isspace():
                continue
            if _POSSESSIVE.match(self._text, span.end) and tokens[-1].end > span.end + 2:
                continue
            if before in PREPOSITIONS and before not in ("as", "like"):
                continue
            direct = self._text[max(0, span.start - 4) : span.start]
            if not span.id and direct.lower().endswith("the "):
                continue  # the Revolutionary Guards
            good.append(span)
        if not good:
            return None
        if len(good) > 1 and " and " not in self._text[good[0].end : good[-1].start]:
            return good[-1]
        return good[0]

    def _pronoun(self, token: Token) -> Speaker:
        word = token.text.lower()
        if word in ("it", "they", "which", "that"):
            before = NOBODY
            if word in ("it", "they"):
                before = self._main_here(token) if token.start - self.start > 25 else NOBODY
                if before.kind not in ("organisation", "role"):
                    before = self._main_before()
            if before.kind not in ("organisation", "role") or (
                    word == "it" and before.kind == "role"):
                before = self.body
            return before._replace(confidence=before.confidence * 0.8)
        if word == "who":
            people = self._people.within(self.number, self.start, token.start)
            return _person(people[-1], 0.85) if people else NOBODY
        wanted = "f" if word == "she" else "m"
        here = [s for s in self._people.within(self.number, 0, token.start)
                if self._people.gender(s) == wanted]
        last = self.topics[-1] if self.topics else None
        if here and (last is None or self._people.gender(last) != wanted):
            return _person(here[-1], 0.7)
        for span in reversed(self.topics):
            if self._people.gender(span) in ("", wanted):
                return _person(span, 0.76)
        near = self._people.within(self.number, 0, token.start)
        earlier = (span for number in range(self.number - 1, max(-1, self.number - 5), -1)
                   for span in self._people.spans.get(number, ()))
        for span in (*near, *earlier):
            if self._people.gender(span) in ("", wanted):
                return _person(span, 0.6)
        return NOBODY

    def _main_here(self, token: Token) -> Speaker:
        """The subject with which this sentence begins."""
        if self._asking:
            return NOBODY
        self._asking = True
        found = self.main(self._frames[-1], token.start - self.start)
        self._asking = False
        return found

    def _main_before(self) -> Speaker:
        """The subject of the sentence before this one, in the same passage."""
        number, start, end = self._previous
        if number != self.number or self._asking or start == self.start:
            return NOBODY
        here = self.start, self.end, self._asking
        self.start, self.end, self._asking = start, end, True
        frame = self._frames[-2] if len(self._frames) > 1 else ""
        found = self.main(frame, len(frame))
        self.start, self.end, self._asking = here
        return found

    def _unnamed(self, tokens: list[Token], plain: bool, titles: bool) -> Speaker:
        """A role or a body that the words name."""
        person = self._behind_role(tokens)
        if person is not None:
            return person
        if not _NO_NOUN.isdisjoint([token.text.lower() for token in tokens]):
            return NOBODY
        start = 0
        while start < len(tokens) - 1 and tokens[start].text in DETERMINERS:
            start += 1
        cut = next((i for i, t in enumerate(tokens) if i > start and (
            t.text in PREPOSITIONS or t.text in ("who", "which", "that"))), len(tokens))
        head = tokens[cut - 1]
        word = head.text.rstrip(".")
        if cut < len(tokens) and cut > 1:
            person = self._behind_role(tokens[:cut])
            if person is not None:
                return person
        if word.endswith("ed") and word.islower() and cut > 2:
            place = cut - 1  # some of those whom the paper interviewed, or nothing of ours
            while place and tokens[place - 1].text[0].isupper():
                place -= 1
            return self._unnamed(tokens[:place], plain, titles) if 0 < place < cut - 1 else NOBODY
        until = cut
        if word[:1].isupper() or kind_of(word.lower()):
            while until + 1 < len(tokens) and tokens[until].text in ("of", "for", "at", "from"):
                after = until + 1
                while after < len(tokens) and (tokens[after].text[0].isupper()
                                               or tokens[after].text in ("the", "and", "&")):
                    after += 1
                if after == until + 1 or tokens[after - 1].text in ("the", "and"):
                    break
                until = after
        name = self._text[tokens[start].start : tokens[until - 1].end]
        name = _POSSESSED.sub("", name.rstrip("."))
        low = word.lower().removesuffix("’s").removesuffix("'s")
        kind = kind_of(low)
        definite = tokens[0].text in ("the", "The") or (start == 0 and word == low)
        if kind == "role" and (tokens[0].text in ("the", "The") or low == "president"):
            bearer = self._people.titled(low) if titles else None
            if bearer is not None:
                return _person(bearer, 0.7)
            if titles and low in _SOMEBODY and self.topics and cut == len(tokens) \
                    and self._people.within(self.number, 0, tokens[0].start):
                return _person(self.topics[-1], 0.5)  # the singer: who was spoken of before
        if cut - start == 1 and word[:1].isupper() and not kind and start == 0:
            bearer = self._people.called(low if low == word else word.removesuffix("’s"))
            if bearer is not None:
                return _person(bearer, 0.72)
        if self._people.is_country(self.number, tokens[start].start, head.end):
            return Speaker("", name, "organisation", 0.7)
        if kind:
            return Speaker("", name, kind, 0.76)
        if word[:1].isupper() and word not in PRONOUNS and word not in OPENERS \
                and word not in DETERMINERS and word not in _NO_NAME:
            return self._proper(tokens[start:cut], name)
        if not plain or not word[:1].isalpha() or word in PRONOUNS:
            return NOBODY
        if AGENT.match(low) or (start and tokens[0].text not in ("no", "No", "this", "This")):
            return Speaker("", name, "role", 0.6 if definite else 0.55)
        return NOBODY

    def _behind_role(self, tokens: list[Token]) -> Speaker | None:
        """The name at the end of “UCL astronomer Angelos Tsiaras”, “his wife Mary”."""
        place = len(tokens)
        while place and tokens[place - 1].text[0].isupper() \
                and not kind_of(tokens[place - 1].text.lower()) \
                and tokens[place - 1].text not in ADVERBS:
            place -= 1
        size = len(tokens) - place
        if not size:
            return None
        known = next((i for i in range(place, len(tokens) - 1)
                      if plain(tokens[i].text) in given_names()), None)
        titled = place and tokens[place - 1].text.lower() in ROLES
        if known is not None and len(tokens) - known <= 4 and (place or known):
            place = known
        elif not titled or size > 4:
            return None
        if place and tokens[place - 1].text in PREPOSITIONS:
            return None  # a spokesman for her
        form = self._text[tokens[place].start : tokens[-1].end]
        form = form.removesuffix("’s").removesuffix("'s")
        if " " not in form:
            bearer = self._people.called(form)
            if bearer is not None:
                return _person(bearer, 0.75)
        return Speaker("", form, "person", 0.72)

    def _proper(self, tokens: list[Token], name: str) -> Speaker:
        """Capitalised words that no record and no list knows: a person, or a body."""
        last = tokens[-1].text.removesuffix("’s").removesuffix("'s")
        if len(tokens) == 1 or tokens[0].text.rstrip(".") in ("Mr", "Mrs", "Ms", "Dr"):
            person = self._people.called(last)
            if person is not None:
                return _person(person, 0.72)
        for place in range(len(tokens) - 1):
            if plain(tokens[place].text) in given_names() and len(tokens) - place <= 4 \
                    and all(t.text[0].isupper() for t in tokens[place:]):
                form = self._text[tokens[place].start : tokens[-1].end]
                return Speaker("", form.removesuffix("’s").removesuffix("'s"), "person", 0.7)
        if len(name.split()) > 9:
            return NOBODY
        return Speaker("", name, "organisation", 0.66)

    def _tokens(self, frame: str, begin: int, end: int) -> list[Token]:
        base, new = self.start, tuple.__new__  # the class's own would cost as much as the rest
        return [new(Token, (m[0], base + m.start(), base + m.end()))
                for m in TOKEN.finditer(frame, begin, end) if m[0] != "\x01"]


def _person(span: Span, sure: float) -> Speaker:
    return Speaker(span.id, span.name, "person", sure)


def _segments(tokens: list[Token]) -> list[list[Token]]:
    found: list[list[Token]] = [[]]
    for token in tokens:
        if token.text == ",":
            if found[-1]:
                found.append([])
        else:
            found[-1].append(token)
    if len(found) > 1 and not found[-1]:
        found.pop()
    return found if found != [[]] else []


def _clauses(frame: str, end: int) -> list[tuple[int, int]]:
    cuts = [m.end() for m in re.finditer(r"[;:()—–\x01“”«»\"]", frame[:end])]
    begins = [0, *cuts]
    return [(a, b) for a, b in zip(begins, [*cuts, end], strict=True) if b > a]


def _before_verb(tokens: list[Token]) -> list[Token]:
    """The words of a clause before its first verb."""
    for place, token in enumerate(tokens):
        if place and _PAST.fullmatch(token.text):
            return tokens[:place]
    return tokens


def _inner(tokens: list[Token]) -> list[Token]:
    """The subject after “on Monday”, “in a speech”: from its article, or its capitals."""
    for place in range(len(tokens) - 1, 0, -1):
        if tokens[place].text in DETERMINERS and tokens[place - 1].text not in PREPOSITIONS:
            return tokens[place:]
    place = len(tokens)
    while place > 1 and tokens[place - 1].text[0].isupper() \
            and tokens[place - 1].text not in ADVERBS:
        place -= 1
    if place < len(tokens) and tokens[place - 1].text not in PREPOSITIONS \
            and tokens[place - 1].text not in DETERMINERS:
        return tokens[place:]
    if kind_of(tokens[-1].text.lower()) and len(tokens) > 2 \
            and tokens[-2].text not in PREPOSITIONS:
        return tokens[-1:]
    return []


def _is_role(segment: list[Token]) -> bool:
    return any(token.text.lower() in ROLES for token in segment)


def _names(segment: list[Token]) -> bool:
    return segment[0].text[0].isupper() or segment[0].text in DETERMINERS
