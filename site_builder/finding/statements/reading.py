"""Reading a text sentence by sentence for what is said in it, and by whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from site_builder.finding.new_names import Name
from site_builder.finding.offices import Offices
from site_builder.finding.statements.attribution import Attribution
from site_builder.finding.statements.blocks import block
from site_builder.finding.statements.kinds import HIDDEN, Verb
from site_builder.finding.statements.orders import Orders
from site_builder.finding.statements.people import People
from site_builder.finding.statements.quotes import (
    LEAST_WORDS,
    Frames,
    Quote,
    has_rare_marks,
    quotes,
    sentences,
    trimmed,
)
from site_builder.finding.statements.reports import reports_beside
from site_builder.finding.statements.spans import Span
from site_builder.finding.statements.speaker import (
    NOBODY,
    Speaker,
    end_of,
    made,
    says,
    speaker_of,
)
from site_builder.finding.statements.subjects import Subjects
from site_builder.finding.statements.terms import is_clause, is_mine, is_speech, is_term, is_title
from site_builder.finding.statements.tongues import Tongue
from site_builder.finding.statements.utterances import as_parts, with_utterances
from site_builder.finding.statements.verbs import Speech
from site_builder.model import Mention, Passage, Statement

_OPENING: Final = re.compile(r"[“\"«„‘]")
_POSSESSED: Final = ("’s ", "'s ")
_LIKE: Final = re.compile(
    r"\b(?:like|such as|titled|entitled|named|headlined|including|topics|words|phrases?|e\.g\.,?)"
    r"[ :]*$")
_SHORT: Final = 6
"""A sentence of more words tells more than who speaks next."""

_TAIL: Final = 8
"""So many words stand behind a verb that only says who speaks below."""

_HE: Final = ("He ", "She ")
_CLAUSE: Final = re.compile(r"\b(?:that|who|which|when|while|whether|because)\b|;|, (?!on |in )")

_KNOWN: Final = 0.7
"""Less sure are words that are a body for their capitals alone: the title of a book."""

_NICKNAMED: Final = tuple(
    f"{word} {article}" for word in ("nicknamed", "known as", "so-called", "titled")
    for article in ("", "the ", "a ", "an "))


class Reading:
    """One text; read once."""

    def __init__(
        self, passages: Sequence[Passage], mentions: Iterable[Mention], names: Iterable[Name],
        speech: Speech | Tongue | None, offices: Offices,
    ) -> None:
        self._passages, self._speech = passages, speech
        self._people = People(passages, mentions, names, offices, speech.titles if isinstance(
            speech, Tongue) else ())
        texts = [passage.text for passage in passages]
        joined = " ".join(texts)
        self._rare_marks = has_rare_marks(joined)
        self._cue = isinstance(speech, Speech) and speech.cue in joined
        self._places = speech.places(texts, joined) if speech is not None else {}
        subjects: Subjects | Orders = Orders(self._people, speech) if isinstance(
            speech, Tongue) else Subjects(self._people)
        self._subjects, self._topics = subjects, subjects.topics
        self._attribution = Attribution(subjects, speech)
        self._open: list[tuple[int, int, int]] = []  # parts of a quotation that goes on
        self._before = NOBODY  # who speaks it
        self._spoke = NOBODY  # who spoke last, in this passage or the one before
        self._introduced = NOBODY  # “X said:” at the end of the passage before
        self._below = -1, NOBODY  # the block quotation that follows such a passage, and its speaker

    def statements(self) -> list[Statement]:
        """Every statement, in order."""
        all_: list[Statement] = []
        done = 0
        for number, passage in enumerate(self._passages):
            if number < done:
                continue
            if passage.kind == "quote":
                whole, done = self._block(number)
                if whole is not None:
                    all_.append(whole)
                    continue
            if passage.kind == "h":
                self._open, self._before, self._spoke = [], NOBODY, NOBODY
                continue
            found = self._passage(number, passage.text)
            if len(found) > 1:
                found.sort(key=end_of)
            all_ += found
        if self._open:
            all_.append(made("direct", self._open, self._before))
        return all_

    def _passage(self, number: int, text: str) -> list[Statement]:
        speech, places = self._speech, self._places.get(number, ())
        marks: Sequence[Quote] = quotes(text) if self._rare_marks or "“" in text else ()
        cue = self._cue and isinstance(speech, Speech) and speech.cue in text
        colon = text[-1:] == ":"
        if marks and False in [quote.long for quote in marks]:  # faster than all()
            marks = as_parts(text, marks, bool(self._open), self._continues(number))
            if places:
                marks = with_utterances(text, marks, places)
        if not marks and not places and not cue:
            self._nothing_said(number, text, colon)
            return []
        spoke, self._spoke = self._spoke, NOBODY
        introduced, self._introduced = self._introduced, NOBODY
        subjects, topics, persons = self._subjects, self._topics, self._people.names(number)
        found: list[Statement] = []
        frames = Frames(text, marks)
        subjects.turn(number, frames)
        following = iter(places)
        place = next(following, None)
        before = sentence = None
        announced = NOBODY
        inside: Sequence[Quote] = ()
        for sentence in sentences(text, marks, places):
            start, end = sentence
            here: list[tuple[int, int]] = []
            while place is not None and place[0] < end:
                here.append(place)
                place = next(following, None)
            if marks:
                inside = frames.quotes(start, end)
            sources: dict[int, Speaker] = {}
            if here or inside or cue:
                frame = frames.frame(start, end, inside)
                subjects.look(start, end, frame, before)
                leads = colon and end == len(text) and self._is_block(number + 1)
                verbs = speech.found(f"{frame} {HIDDEN}" if leads else frame, here, start) \
                    if speech is not None else []
                if verbs or cue:
                    sources = self._attribution.sources(frame, verbs, cue)
                said: list[Statement] = []
                if inside:
                    said = self._direct(
                        number, frames, frame, sentence, inside, verbs, sources,
                        NOBODY if start else introduced, NOBODY if start else spoke)
                for speaker in sources.values():
                    if leads:
                        self._below = number + 1, speaker
                    if _leads_only(frame, verbs) if leads else (
                            colon and end == len(text) and self._only_introduces(
                                number, frame, verbs)):
                        announced = speaker
                    elif self._open and self._opens(speaker, number, start):
                        continue  # its words are those of the passages that follow
                    elif not said or not says(speaker, said, bool(inside)):
                        said.append(made(
                            "reported", ((number, start, end),), speaker, 0.9))
                if said and verbs and said[-1].kind == "direct" \
                        and reports_beside(
                            frame, inside[0].start - start, inside[-1].end - start, verbs,
                            text[inside[0].start].islower()):
                    said.append(made(
                        "reported", ((number, start, end),), speaker_of(said[-1]), 0.9))
                found += said
            if persons:
                topics.begin(text, number, start, end, inside)
            for speaker in sources.values():
                subjects.heard(speaker)
                break
            before = sentence
        if colon and sentence:
            self._introduced = announced if announced.kind != "none" else self._introducing(
                found, self._opening(number, text, sentence, inside) if persons else None)
        return found

    def _is_block(self, number: int) -> bool:
        return number < len(self._passages) and self._passages[number].kind == "quote"

    def _block(self, start: int) -> tuple[Statement | None, int]:
        """The statement that a block quotation is, if the text says whose it is, behind it or
        right before it; and the number behind that of its last passage."""
        below = self._below[1] if self._below[0] == start else NOBODY
        found = None if self._open else block(self._passages, start)
        if found is None:
            return None, start
        if found.signed is not None:
            number, at = found.signed
            text = self._passages[number].text
            self._subjects.turn(number, Frames(text, ()))
            self._subjects.look(at, len(text), text[at:], None)
            author = self._subjects.after(text[at:], 0, 0.9)
            if author.kind == "person" or author.confidence >= _KNOWN:
                below = author
        if below.kind == "none":
            return None, start
        self._introduced = NOBODY
        self._speaks(below)
        return made("direct", found.parts, below), found.end

    def _only_introduces(self, number: int, frame: str, verbs: list[Verb]) -> bool:
        """Whether a sentence is no report but the speaker of the next passage: he added:"""
        return verbs[-1:] != [] and verbs[-1].end >= len(frame.rstrip()) - 1 \
            and len(frame.split()) <= _SHORT and self._continues(number)

    def _nothing_said(self, number: int, text: str, colon: bool) -> None:
        """A passage without quotations and verbs of speech: it may say of whom the text is."""
        self._spoke = self._introduced = NOBODY
        if self._speech is not None and self._people.names(number):
            self._topics.begin(text, number)
            if colon:
                topic = self._opening(number, text, sentences(text, ())[-1], ())
                self._introduced = self._introducing((), topic)

    def _opening(
        self, number: int, text: str, sentence: tuple[int, int], inside: Sequence[Quote]
    ) -> Span | None:
        """With whom a sentence begins; nobody where it is he, who wrote to Ada Lane:"""
        if text.startswith(_HE, sentence[0]):
            return None
        return self._people.opening(number, text, *sentence, inside)

    def _introducing(self, found: Sequence[Statement], topic: Span | None) -> Speaker:
        """Who speaks in the next passage, when this one ends with a colon."""
        if found and found[-1].kind == "reported":
            return speaker_of(found[-1])
        return Speaker(topic.id, topic.name, "person", 0.6) if topic is not None else NOBODY

    # -- direct quotations

    def _direct(
        self, number: int, frames: Frames, frame: str, sentence: tuple[int, int],
        inside: Sequence[Quote], verbs: list[Verb], sources: dict[int, Speaker],
        introduced: Speaker, spoke: Speaker,
    ) -> list[Statement]:
        found: list[Statement] = []
        start, text = sentence[0], frames.text
        alone = not frame.strip("\x01 .,>*_-•")
        listed = False
        for place, quote in enumerate(inside):
            until = inside[place + 1].start if place + 1 < len(inside) else sentence[1]
            since = inside[place - 1].end if place else start
            speaker = self._attribution.of_quote(
                text, frame, start, since, quote, until, verbs, sources)
            if speaker.kind == "none" and found:
                speaker = speaker_of(found[-1])
                speaker = speaker.times(0.9)
            goes_on = bool(self._open) and place == 0 and not text[: quote.start].strip(" “\"«„")
            if goes_on and speaker.kind == "none":
                speaker = self._before
            if speaker.kind == "none" and alone:
                if start and self._spoke.kind != "none":
                    speaker = self._spoke.times(0.85)
                elif start and self._subjects.last_number == number:
                    speaker = self._subjects.last.times(0.8)
                elif start and (near := self._people.within(number, 0, start)) \
                        and (topics := self._topics.all()):
                    span = topics[-1]
                    if all(other.key != span.key for other in near):
                        span = next((other for other in reversed(near) if not text.startswith(
                            _POSSESSED, other.end)), span)  # not whose bridge it is
                    speaker = Speaker(span.id, span.name, "person", 0.5)
                elif introduced.kind != "none":
                    speaker = introduced
                elif spoke.kind != "none":
                    speaker = Speaker(spoke.id, spoke.name, spoke.kind, 0.45)
            parts = [*(self._open if goes_on else ()), (number, *trimmed(text, quote))]
            if goes_on:
                self._open = []
            if not quote.closed and self._continues(number):
                self._open, self._before = parts, speaker
                continue
            if goes_on:
                found.append(made("direct", parts, speaker))
                self._speaks(speaker)
                continue
            if quote.tagged and speaker.kind == "none":
                continue
            if not alone and not quote.tagged and is_title(text, quote):
                continue
            if text.endswith(_NICKNAMED, 0, quote.start - 1):
                continue
            if speaker.kind == "none" and (
                    _LIKE.search(text, max(0, quote.start - 20), quote.start - 1)
                    or (listed and text[since + 1 : quote.start - 1].strip(" ,") in (
                        "", "and", "or"))):
                listed = True  # topics like “What we do,” and “Who we are”
                continue
            if speaker.kind == "none" and not alone and self._speech is not None \
                    and is_term(text, quote):
                if not isinstance(self._speech, Speech):
                    words = text[slice(*trimmed(text, quote))]
                    if len(words.split()) > LEAST_WORDS and (
                            words[-1] in ".!?…؟" or not words[0].isupper()):
                        found.append(made("direct", parts, speaker))
                    continue
                if not is_clause(text, quote):
                    continue
                if verbs and text[quote.end + 1 : quote.end + 2] == ",":
                    found.append(made("direct", parts, speaker))  # “…”, he told them
                    continue
                if start:
                    speaker = self._spoke.times(0.7)  # what was said before goes on
                    last = self._subjects.last
                    if speaker.kind == "none" and last.kind == "person" \
                            and self._subjects.last_number == number and is_mine(text, quote):
                        speaker = last.times(0.7)
                if speaker.kind == "none" and is_speech(text, quote):
                    speaker = self._subjects.main(frame, quote.start - start).times(0.6)
                    if speaker.kind != "person":
                        speaker = Speaker(spoke.id, spoke.name, spoke.kind, 0.4)
                if speaker.kind == "none":
                    continue
            if frames.short and speaker.kind != "none" and len(parts) == 1:
                parts = self._whole(number, frames, quote, sentence)
            found.append(made("direct", parts, speaker))
            self._speaks(speaker)
        return found

    def _speaks(self, speaker: Speaker) -> None:
        """Remember who speaks, if that is known."""
        if speaker.kind != "none":
            self._spoke = speaker
            self._subjects.heard(speaker)

    def _opens(self, speaker: Speaker, number: int, start: int) -> bool:
        """Whether a quotation of theirs begins in a sentence and goes on in the next passage."""
        return self._open[-1][0] == number and self._open[-1][1] >= start \
            and (self._before.id or self._before.name) == (speaker.id or speaker.name)

    def _whole(
        self, number: int, frames: Frames, quote: Quote, sentence: tuple[int, int]
    ) -> list[tuple[int, int, int]]:
        """The parts of a quotation, with a half of it that is too short for one by itself."""
        before, after = frames.halves(quote, *sentence)
        return [(number, *trimmed(frames.text, part))
                for part in (before, quote, after) if part is not None]

    def _continues(self, number: int) -> bool:
        return number + 1 < len(self._passages) and bool(
            _OPENING.match(self._passages[number + 1].text))


def _leads_only(frame: str, verbs: Sequence[Verb]) -> bool:
    """Whether a sentence says nothing but who speaks below it: she said in a statement:"""
    since = verbs[0].end if verbs else 0
    return len(verbs) < 2 and _CLAUSE.search(frame, since) is None \
        and len(frame[since:].split()) <= _TAIL
