"""What a verb of speech needs beside it, and whether it reports where it stands."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import msgspec

from site_builder.finding.spelling import words
from site_builder.finding.statements.nouns import (
    ADVERBS,
    AGENT,
    PREPOSITIONS,
    PRONOUNS,
    kind_of,
)

HIDDEN: Final = "\x01"
"""Stands for each character of a quotation when the words around it are looked at."""

_BE: Final = words("is was are were be been being not get got")
_AS: Final = words("as so to")
_MODALS: Final = words("can could may might should must cannot will to")
_NAMES: Final = words("May Will")
_BETWEEN: Final = words("also first then")
_ADJECTIVE: Final = words("the a an his her its their this these having your our my")
_NOUN: Final = words(
    "the a an of in these those several news press media more other with by from no any his her "
    "their its my our this that such new earlier early first for on and some all many most few "
    "both member swing two three four five six seven eight nine ten eleven twelve dozen hundred "
    "own")
_GOING_ON: Final = re.compile(
    r" (?:went on|lik(?:ed|es)|rushed|hastened|was quick|were quick|took the floor|"
    r"took to (?:X|Twitter|Facebook|Instagram|Telegram|TikTok|YouTube|Truth Social|"
    r"social media|the airwaves)(?: \w+)?) to $")
"""Whoever went on to say something, or took to social media to say it, says it."""

_NOT_BEFORE: Final = _ADJECTIVE | _AS | _MODALS
_UNLIKELY: Final = _AS | _MODALS | _BE
_OF_WHOM: Final = ("’s", "'s", "s’", "s'")
_QUOTATION: Final = re.compile(r"[,:]?(?: that)? \x01")
_QUOTING: Final = re.compile(r"[,:] \x01")
_CLOSING: Final = words(
    "revealed reveals reasoned reckoned reckons suspected suspects "
    "maintained maintains answered projected calculated theorised theorized believes believe "
    "hinted signalled signaled concurred guessed agreed thinks think feared hoped hopes")
_BESIDE: Final = re.compile(r", (?!and |but |or |which |as |when |while )(?:[\w.’'-]+ ){1,5}$")
_CLOSED: Final = re.compile(
    r"(?: (?:on|last|this|in|yesterday|today|earlier|later) [\w ]{0,30})?(?:,|\.?$)")
_TOLD: Final = re.compile(r"(?: (?!that\b)[\w’'.-]+){1,5}")
"""They left, the ministry told Reuters."""

_GOES_ON: Final = re.compile(
    r"(?: (?:on|last|this|in|yesterday|today|earlier|later) [\w ]{0,30})?, [a-z]{3,}ing\b.*",
    re.DOTALL)
"""They left, the ministry said, adding that it was late."""

"""The dam had burst, police revealed on Saturday: these report without “that” there."""

_NO_SPEECH: Final = (" unto ", "’ ", "' ")
"""Behind a verb: scripture, states’ rights."""

_VERB_BEHIND: Final = re.compile(
    r" (?:had|have|has|are|were|will|would|can|could|should|must|may|might|is|was)\b")
"""Behind a noun: the member states had."""

_REFUSING: Final = words("denied denies")
_CLOSERS: Final = words("reported reports announced revealed")
_HELPING: Final = re.compile(
    r"\b(?:help|helps|helped|helping|let|lets|letting|make|makes|making|made|have|having|hear|"
    r"heard|saw|see|seeing|watch|watched) (?:(?!(?:that|which|who)\b)[\w’'-]+ ){1,3}$")
"""Before the base of a verb: whoever it is done to does it."""

_SILENT: Final = words("commented responded replied answered")
_SAYERS: Final = words("he she they it who which also")
_NO_OBJECT: Final = re.compile(r",(?! [“\"\x01])| (?:and|or)\b")
_BEING: Final = re.compile(r"\b(?:is|are|was|were|be|been|being) (?:\w+ly )?\w+ed and $")
_BEHIND_QUOTE: Final = re.compile(r"[\x01”\"»],? ?(?:[\w.’'-]+ ){0,5}$")
"""“…,” Ada Lane continued."""

_DASHES: Final = ("—", "–", "-")
_BEFORE_NOUNS: Final = words(
    "some many most several all no any other more few both of with by for from about against over "
    "between without including despite")
_BUILDING: Final = words("added continued claimed dismissed rejected requested")
"""In the passive voice these do not speak: a wing was added by an architect, a bill rejected."""

_FINDING: Final = words(
    "found find finds show shows showed observed discovered ruled determined")
_FINDERS: Final = re.compile(
    r"\b(?:[Rr]esearchers?|[Ss]cientists?|[Aa]uthors?|[Ii]nvestigat(?:ors?|ions?)|[Ss]tud(?:y|ies)|"
    r"[Ss]urveys?|[Rr]eports?|[Tt]eam|[Aa]nalys[ie]s|[Pp]olls?|[Ii]nquiry|[Aa]uditors?|"
    r"[Cc]ourts?|[Jj]udges?|[Tt]ribunals?|[Jj]ury|[Aa]utopsy|[Ii]nquest|[Cc]oroner) "
    r"(?:(?:had|have|has|also|then|later|further|\w+ly) ){0,2}$")
"""Who finds something reports it, and says “that” or not."""

_STUDY: Final = re.compile(
    r", (?:an?|the) (?:[\w-]+ ){0,4}(?:study|survey|report|analysis|poll|review|investigation|"
    r"inquiry|audit|paper|jury|court|judge|tribunal|inquest|panel|watchdog)\b[^,;\x01]{0,80} $")
"""They forgot the way, a study in the journal has found."""

_NO_FINDING: Final = re.compile(r" (?:on|upon) (?!\w+ \d)")
"""Ruled on the appeal; but not: ruled on May 3 the order was void."""

_GOVERNING: Final = PREPOSITIONS - ADVERBS
_TELLING: Final = _NOT_BEFORE | _UNLIKELY | _BEFORE_NOUNS | _GOVERNING | {
    "and", "neither", "nor", "would"}
"""Words before a verb that may tell that it is none, or who is its subject."""

_CALLERS: Final = ADVERBS | PRONOUNS | words("and or but then not never once")

_NAMED: Final = re.compile(r" (?:(?:an?|the) )?[“\"\x01A-Z]")
_WITH: Final = re.compile(r"\bwith (?:[\w’'.-]+ ){1,4}$")
"""With the minister claiming that."""

_MESSAGE: Final = re.compile(
    r"\b(?:issued|issues|released|posted|sent|wrote|published|signed|filed|delivered|gave|made|"
    r"held|shared|uploaded|tweeted|circulated|submitted|read|penned)"
    r"(?: [\w’'.-]+){0,4}? (?:statements?|letters?|messages?|tweets?|posts?|notes?|memos?|"
    r"e-?mails?|rulings?|orders?|warnings?|alerts?|advisor(?:y|ies)|notices?|reports?|"
    r"press releases?|releases?|(?:press|news) conferences?|briefings?|speech|videos?|"
    r"findings|announcements?|decisions?|opinions?|petitions?|resolutions?|bulletins?|"
    r"communiqués?|papers?|stud(?:y|ies)|texts?|to)"
    r"\b[^,;:.\x01]{0,40} $")
"""Before a participle: issued a ruling finding that, wrote to the embassy asking to."""

NAMING: Final = words(
    "described characterised characterized labelled labeled dubbed called hailed")
_AS_QUOTED: Final = re.compile(r" by (?:[\w’'.-]+ ){1,7}(?:as )?[“\"\x01]")
"""A pattern described by the paper as “hectic”."""

_GIVEN: Final = words("reported described identified cited quoted claimed")
_AS_GIVEN: Final = re.compile(r" by (?:[\w’'.-]+ ){1,6}(?:as|to be|to have) ")
"""A plane reported by the press as belonging to the army."""

_MARK: Final = re.compile(r" [“\"\x01]")


class Kind(msgspec.Struct, frozen=True):
    """What a verb is: see data/speech.json. `followed` is a pattern of what must come behind it.

    `base` is whether many have to be its subject, or it stands behind another verb: they say.
    """

    name: str
    plain: bool
    participle: bool
    noun: bool
    base: bool
    followed: str
    view: bool = False

    def voice(self, frame: str, start: int, end: int) -> bool | None:
        """Whether the verb at a place is in the passive voice; None where it reports nothing."""
        if self.view:
            return None if cited(frame, end) is None and _PER.match(frame, start) is None else False
        before = frame[start - 40 if start > 40 else 0 : start]
        if self.followed and not _compiled(self.followed).match(frame, end) \
                and ((self.base and self.noun) or not (
                    _BEHIND_QUOTE.search(before) or _QUOTING.match(frame, end))) \
                and not (self.name in _CLOSING and _CLOSED.match(frame, end)
                         and _BESIDE.search(before)) \
                and not (self.name in _FINDING and _CLOSED.match(frame, end)
                         and _STUDY.search(frame, start - 110 if start > 110 else 0, start)) \
                and not (self.name in _FINDING and _FINDERS.search(before)
                         and not _NO_FINDING.match(frame, end)
                         and "guilty" not in frame[end : end + 40]):
            return None
        mark = before[-1:]
        if mark == "-":
            return None  # self-described
        if self.base and _HELPING.search(before):
            return None  # it helps people say what they mean
        if frame.startswith(_NO_SPEECH, end) or (
                frame[end : end + 1] == "-" and frame[end + 1 : end + 2].isalpha()):
            return None  # states’ rights, stress-reducing
        if self.name in NAMING and frame.startswith(" by ", end) \
                and _AS_QUOTED.match(frame, end) is not None:
            return True
        if self.name in _GIVEN and frame.startswith(" by ", end) \
                and _AS_GIVEN.match(frame, end) is not None:
            return True
        passive = False
        if mark == " ":
            near = before.rsplit(None, 2)
            last = near[-1] if near else ""
            other = near[-2] if len(near) > 1 else ""
            if self.noun or last in _TELLING or other in _TELLING or last[-2:] in _OF_WHOM or (
                    not last.islower() and (
                        last.lower() in _TELLING or other.lower() in _TELLING
                        or last.lower().endswith(_OF_WHOM))):
                if last in _NAMES and not self.base:
                    last = ""  # May said: no modal verb stands before that form
                found = self._voice(frame, end, before, last.lower(), other.lower())
                if found is None:
                    return None
                passive = found
        if self.name == "called" and (
                (before[-2:] == ", " and _MARK.match(frame, end))
                or (_NAMED.match(frame, end) and _is_thing(before))):
            return None
        if self.participle and "," not in before[-2:] and not before.endswith(" by ") \
                and not _QUOTATION.match(frame, end) and not _WITH.search(before) \
                and not _MESSAGE.search(frame, start - 80 if start > 80 else 0, start):
            return None
        return None if passive and self.name in _BUILDING else passive

    def _voice(
        self, frame: str, end: int, before: str, last: str, other: str
    ) -> bool | None:
        if (last in _NOT_BEFORE and not (last == "to" and _GOING_ON.search(before))) \
                or last.endswith(_OF_WHOM):
            return None
        passive = False
        if self.base and not self.plain and "would" in (last, other):
            return None  # many would disagree
        if last in ("neither", "nor"):
            return None  # he neither confirmed nor denied it
        if self.name in _SILENT and ("not" in (last, other) or last.endswith(("n’t", "n't"))):
            return None  # has not yet commented
        if other in _UNLIKELY:
            if other in _MODALS and (last.endswith("ly") or last == "also"):
                return None
            if (last in ("was", "is") and other in ("as", "so")) \
                    or (last == "be" and other == "to"):
                return None
            passive = other in _BE and (last.endswith("ly") or last in _BETWEEN)
        if self.noun:
            if (last.lstrip("“\"") in _NOUN and not before.endswith("Press ")) \
                    or last[-1:].isdigit() or last[-1:] in _DASHES \
                    or _VERB_BEHIND.match(frame, end):
                return None
            if before.rstrip()[-len(last) :].islower() and last not in _SAYERS \
                    and ((_NO_OBJECT.match(frame, end) and kind_of(last) != "role")
                         or (frame[end:] in ("", ".") and not kind_of(last))):
                return None  # weekly team reports, and; to present reports.
        if (last in _GOVERNING and self.name.endswith(("ed", "said"))) or (
                last in _BEFORE_NOUNS and self.name.endswith("ed")):
            return None
        if last == "and" and other.endswith("ed") and not self.plain:
            passive = bool(_BEING.search(before))  # is collected and reported
        return passive or last in _BE


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)  # there are many, and a text has few of the verbs


def cited(frame: str, end: int) -> re.Match[str] | None:
    """What stands before a noun that ends at a place, if it cites somebody: in her own view."""
    noun = frame.rfind(" ", 0, end) + 1
    since = noun - _CITED_WITHIN if noun > _CITED_WITHIN else 0
    if not frame.endswith(_CITING_ENDS, since, noun):  # looked at first: the pattern is slow
        word = frame[since:noun].rstrip(" ").rpartition(" ")[2]
        if not word.isalpha() or not frame.endswith(_PREPOSITIONS, since, noun - len(word) - 1):
            return None
    return _CITING.search(frame, since, noun)


VIEW: Final = Kind("view", True, False, False, False, "", view=True)
_CITING: Final = re.compile(
    r"(?:^|[\s(\x01])(?:[Ii]n|[Bb]y|[Ff]rom|[Oo]n) (?:(?P<whose>his|her|their)(?: own)? "
    r"|(?P<the>the )|(?P<who>(?:the )?(?:[\w’'.-]+ ){0,5}?[\w.-]+)(?:’s|'s|s’|s')(?: own)? "
    r"|(?P<all>[a-z]+ )|)$")
"""Before a noun that cites somebody: in his view, in the words of, by the mayor’s account."""

_PREPOSITIONS: Final = ("in ", "In ", "by ", "By ", "from ", "From ", "on ", "On ")
_CITING_ENDS: Final = (
    "his ", "her ", "their ", "own ", "the ", "’s ", "'s ", "s’ ", "s' ", *_PREPOSITIONS)
"""Unless it is one word behind a preposition, what cites somebody ends with one of these."""

_PER: Final = re.compile(r"(?:^|(?<=, ))[Pp]er (?=(?:the|an?|its|his|her|their|[a-z]+s) |[A-Z])")
"""Per the decree."""

_CITED_WITHIN: Final = 60


def closes(frame: str, verb: Verb) -> bool:
    """Whether a verb and its subject close a sentence, behind a comma: …, the ministry said."""
    return (verb.kind.plain or verb.kind.name in _CLOSERS) and not verb.passive \
        and not verb.kind.view and verb.kind.name not in _REFUSING \
        and not verb.kind.participle and HIDDEN not in frame \
        and (_CLOSED.fullmatch(frame, verb.end) is not None
             or (verb.kind.name == "told" and _TOLD.fullmatch(frame, verb.end) is not None)
             or _GOES_ON.fullmatch(frame, verb.end) is not None) \
        and _BESIDE.search(frame, max(0, verb.start - 60), verb.start) is not None


class Verb(msgspec.Struct, frozen=True, gc=False):
    """A verb of speech at a place of a sentence."""

    start: int
    end: int
    kind: Kind
    passive: bool


def _is_thing(before: str) -> bool:
    """Whether the word before a verb is nobody: a pattern called a “glider”."""
    last = before.rstrip(" ").rpartition(" ")[2]
    return before[-1:] == " " and last.isalpha() and last.islower() and not (
        last in _CALLERS or last.endswith(("ly", "s")) or kind_of(last) or AGENT.match(last))
