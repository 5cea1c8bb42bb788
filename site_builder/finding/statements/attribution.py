"""Who speaks in one sentence: the subjects of its verbs, and the speaker of each quotation."""

from __future__ import annotations

import re
from typing import Final

from site_builder.finding.statements.kinds import Verb, closes
from site_builder.finding.statements.orders import Orders
from site_builder.finding.statements.quotes import Quote
from site_builder.finding.statements.speaker import NOBODY, Speaker, is_many
from site_builder.finding.statements.subjects import Subjects
from site_builder.finding.statements.tongues import Tongue
from site_builder.finding.statements.verbs import Speech

_AS_TOLD: Final = re.compile(r"[\s,—–-]*as\b")
_SECOND: Final = re.compile(
    r"(?:, (?:and|but|while|though|although|however,|with) |; )(?!.*\bthat\b).{1,70}$"
    r"|\band (?:several|others|many|some|one) $")
_SECOND_WITHIN: Final = 90
"""So far before a verb what tells that it has another subject stands, at most."""

_WOULD: Final = re.compile(r"\b(?:would|did|does|went on to|goes on to|continued to)\b|\bto $")
_PLURAL: Final = ("ists ", "ers ", "ors ", "and colleagues ", "and her colleagues ",
                  "and his colleagues ", "and their colleagues ")
_MANY: Final = frozenset(("report",))
"""Verbs that are nouns behind the name of a body: a UN report."""

_CITING: Final = frozenset("reported reports".split())
"""An official said that it was late, the paper reported: he speaks."""

_PARTED: Final = re.compile(r"; |, (?:and|but|while) ")
_ARRANGED: Final = re.compile(
    r"\b(?:organi[sz]ed|arranged|sorted|ranked|grouped|divided|classified|ordered|distributed|"
    r"allocated|var(?:y|ies|ied)|differs?) $")
"""Before “according to”: nobody says anything."""

_AGENT: Final = (" as ", " by ", " in ", " on ")
"""Behind a verb in the passive voice that may yet say whose words they are."""

_WHICH: Final = ("which ", "whom ", "what ", "how ", "whether ")
"""Behind “according to”: an agreement according to which they leave."""

_HE: Final = {"him": "he", "her": "she"}
_HIM: Final = re.compile(r"(?:him|her)(?=[,.;]|$)")
"""Behind “according to”: according to her, they left."""

_IF: Final = re.compile(r"\b(?:if|If|unless|Unless|whether) (?:[\w’'-]+ ){1,4}$")
"""Nobody says what he may say: if the court found that."""

_ASKING: Final = re.compile(
    r"(?:^|[,;:?] |\b(?:how|what|why|when|where|who|How|What|Why|When|Where) )"
    r"(?:should|can|could|would|will|do|does|did|may|might|shall|Should|Can|Will|Do|Does|Did) "
    r"(?:[\w’'-]+ ){1,4}$")
"""How should managers report it?"""

_LISTED: Final = re.compile(
    r"\b(?:will|to|can|may|should|must|help|helps|would) .*(?:,|\band|\bor) $")
"""The board will find, list and report them."""

_IF_WITHIN: Final = 50
_SIGNED: Final = re.compile(r"\s?(?:—|–|--?)[\s\u200b-\u200f]*(?=[^\W\d_a-z])")
"""Behind a quotation: its speaker's name follows."""

_GOES_ON: Final = re.compile(r",? (?:while|but|and|after|when|whereas|although|though)\b")


class Attribution:
    """Finds who speaks in the sentence that `subjects` looks at."""

    def __init__(self, subjects: Subjects | Orders, speech: Speech | Tongue | None) -> None:
        self._subjects, self._speech = subjects, speech

    def sources(self, frame: str, verbs: list[Verb], cue: bool) -> dict[int, Speaker]:
        """Place of the verb → who is its subject: the first, and others in clauses of their own."""
        found: dict[int, Speaker] = {}
        names: list[str] = []
        cued = -1
        speech = self._speech
        if cue and isinstance(speech, Speech) and speech.cue in frame:
            according = speech.according.search(frame)
            if according and not _ARRANGED.search(frame, 0, according.start()):
                whom = _HIM.match(frame, according.end())
                if whom is not None and isinstance(self._subjects, Subjects):
                    speaker = self._subjects.pronoun(
                        _HE[whom[0]], self._subjects.start + according.start())
                else:
                    speaker = NOBODY if frame.startswith(_WHICH, according.end()) \
                        else self._subjects.after(frame, according.end(), 0.9, cited=True)
                if speaker.kind != "none":
                    cued = according.start()
                    found[cued] = speaker
                    names.append(speaker.name)
        if len(verbs) > 1 and closes(frame, verbs[-1]):
            # they left, the ministry said: whatever comes before it is what it says
            first = verbs[0]
            cites = verbs[-1].kind.name in _CITING and first.kind.plain and not first.passive \
                and self._subjects.of_verb(frame, first).kind in ("person", "role")
            speaker = self._subjects.of_verb(frame, verbs[-1])
            if speaker.kind != "none" and not cites:
                return {verbs[-1].start: speaker}
        for verb in verbs:
            start, base = verb.start, verb.kind.base
            if cued >= 0 and verb.kind.plain and not verb.passive and not verb.kind.participle \
                    and len(found) == 1:
                # according to the paper, a spokesman said: he speaks
                speaker = self._subjects.of_verb(frame, verb)
                if speaker.kind in ("person", "role") or speaker.confidence > 0.7:
                    found, names = {start: speaker}, [speaker.name]
                    cued = -1
                    continue
            if verb.passive and found and not frame.startswith(_AGENT, verb.end):
                continue
            if found and not _is_second(frame, start) \
                    and not (verb.end < cued and _PARTED.search(frame, verb.end, cued)):
                continue
            near = frame[start - _IF_WITHIN if start > _IF_WITHIN else 0 : start]
            if ("if " in near or "If " in near or "nless " in near or "ther " in near) \
                    and _IF.search(near):
                continue
            if base and _ASKING.search(frame, max(0, start - _IF_WITHIN), start):
                continue
            speaker = self._subjects.of_verb(frame, verb)
            if base and (speaker.kind in ("person", "role") or verb.kind.name in _MANY) \
                    and not is_many(speaker.name) \
                    and not frame.endswith(_PLURAL, 0, start) \
                    and not _WOULD.search(frame, max(0, start - 20), start):
                continue
            if base and speaker.kind == "organisation" and not is_many(speaker.name) \
                    and _LISTED.search(frame, max(0, start - 90), start):
                continue
            if speaker.kind != "none" and speaker.name not in names:
                found[start] = speaker
                names.append(speaker.name)
        return found

    def of_quote(
        self, text: str, frame: str, start: int, since: int, quote: Quote, until: int,
        verbs: list[Verb], sources: dict[int, Speaker],
    ) -> Speaker:
        """Who says a quotation: by the words after it, before it, around it."""
        behind: list[Verb] = []
        ahead: list[Verb] = []
        for verb in verbs:
            if verb.end + start <= quote.start:
                if verb.start + start >= since:
                    ahead.append(verb)
            elif verb.start + start >= quote.end and verb.end + start <= until:
                behind.append(verb)
        closed_off = text[quote.end - 1 : quote.end] in (",", "?", "!", "—", "-") or text[
            quote.end + 1 : quote.end + 2] == ","
        closed_off = closed_off and not _GOES_ON.match(text, quote.end + 1)
        if ahead and behind and behind[0].kind.participle:
            closed_off = False  # said that “…”, adding that
        order = ("behind", "ahead") if closed_off or not ahead else ("ahead", "behind")
        for side in order:
            if side == "behind" and behind:
                verb = behind[0]
                between = text[quote.end + 1 : start + verb.start]
                if len(between.split()) > 14 or _AS_TOLD.match(between):
                    continue
                if not closed_off and ahead:
                    continue
                found = self._subject(frame, verb, sources)
            elif side == "ahead" and ahead:
                found = next((f for verb in reversed(ahead) if (
                    f := self._subject(frame, verb, sources)).kind != "none"), NOBODY)
            else:
                continue
            if found.kind != "none":
                return found
        if closed_off and not behind:
            found = self._subjects.beside_quote(frame, quote.end + quote.closed - start)
            if found.kind != "none":
                return found
        signed = _SIGNED.match(text, quote.end + 1)
        if signed is not None:
            found = self._subjects.after(frame, signed.end() - start, 0.8)
            if found.kind == "person":
                return found
        before = text[since:quote.start].rstrip("“\"«„‘' ")
        colon = before.endswith(":")
        if colon or (before.endswith(",") and not ahead and text[quote.start].isupper()):
            found = self._subjects.main(frame, quote.start - start)
            if found.kind == "person" or (colon and found.kind != "none"):
                return found
        if sources:
            return next(iter(sources.values()))
        return NOBODY

    def _subject(self, frame: str, verb: Verb, sources: dict[int, Speaker]) -> Speaker:
        found = sources.get(verb.start)
        return found if found is not None else self._subjects.of_verb(frame, verb)


def _is_second(frame: str, at: int) -> bool:
    """Whether a verb, not the first of its sentence, may have a subject of its own."""
    near = frame[max(0, at - _SECOND_WITHIN) : at]
    return (", " in near or "; " in near or near.endswith((
        " and several ", " and others ", " and many ", " and some ", " and one "))) \
        and _SECOND.search(near) is not None
