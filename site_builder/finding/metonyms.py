"""Whether a capital stands for its government, where it stands: "Tehran says".

What governments do is told by the verb alone ("Moscow vetoed"), or by a verb of which anybody may
be the subject and what it is done to: "Washington left the agreement" is the state, "London sent
its best players" is the city.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

import msgspec

from site_builder.finding import arabic
from site_builder.finding.arabic import is_arabic
from site_builder.finding.demonyms import adjectives, demonyms
from site_builder.finding.gazetteer import Match
from site_builder.finding.signs import DATES
from site_builder.finding.spelling import words
from site_builder.finding.states import after_place
from site_builder.finding.territories import DATA

_TIES: Final = re.compile(
    r"\b(?:ties|relations|talks|tensions?|deal|agreement|negotiations|dialogue|pressure|sanctions"
    r"|cooperation|pact|accord|contacts|alliance|dispute|war|row|rift|détente)"
    r" (?:with|against|on|upon|between|among)(?: \w+ and)? $", re.IGNORECASE)
_BETWEEN: Final = re.compile(
    r"\b(?:between|among) (?:[A-Z][\w-]+(?:, | and ))*$", re.IGNORECASE)
_TRAFFIC: Final = re.compile(
    r"\b(?:flights?|fl(?:ew|y|ies|ying)|trains?|rail(?:way|road)?|roads?|routes?|distances?|bus(?:es)?"
    r"|highways?|lines?|travel\w*|dr(?:ive|ives|ove|iving)|miles|kilomet\w+|halfway|midway|shuttl\w+"
    r"|commut\w+|border|ferr(?:y|ies)|pipelines?|motorway|tracks?|journeys?|trips?|time)\b",
    re.IGNORECASE)
_NAME: Final = r"(?:the )?(?:U\.[SK]\.|[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,2})"
_AND_BEFORE: Final = re.compile(
    rf"(?:(?:{_NAME}, )+{_NAME},?|{_NAME}) (?:and|n?or) (?:the )?$")
_AND_AFTER: Final = re.compile(rf"(?:(?:, {_NAME})+,?)? (?:and|n?or) {_NAME}")
_LIST_BEFORE: Final = re.compile(rf"(?:{_NAME}, )+(?:the )?$")
_PLACE_FIRST: Final = re.compile(
    r"(?:In|At|From|To|Near|Outside|Inside|Around|Across|Through|Into|Toward|Towards) ")
_MEET: Final = re.compile(
    r"(?:['’]s?)? (?:ties|relations|talks|tensions|summit|rivalry|dispute|alliance|deal|agreement"
    r"|treaty|trade|(?:have |had |has )?(?:met|held|hold) |(?:are|were|remain\w*) (?:at |allies"
    r"|rivals|enemies|close to|discussing|negotiating|preparing|ready|bound by|not speaking))")
_JOINED: Final = re.compile(r"[-–—/](?=[A-Z])")
_JOINED_BEFORE: Final = re.compile(r"[A-Za-z][-–—/]$")
_CLAUSE: Final = re.compile(r"[^.;:!?()\"“”\n]{0,100}")
_ASIDE: Final = re.compile(
    r",? (?:and|along with|together with|with) (?:its|their) (\w+)(?: (\w+))?"
    r"|, (?:for its part|in turn|in response|meanwhile|however|too|therefore|which [^,.;]{1,60}),")
_WORD: Final = re.compile(r"[\w’'-]+")
_BEFORE: Final = re.compile(r"([.:;!?“\"‘(—–-]?)[ \u00a0]?([\w’'-]+)[ \u00a0]$")
_HELPS: Final = words(
    "has have had will would could may might must should can cannot shall did does do won’t won't "
    "wouldn’t wouldn't hasn’t hasn't haven’t haven't hadn’t hadn't didn’t didn't doesn’t doesn't "
    "don’t don't can’t can't couldn’t couldn't shouldn’t shouldn't to")
_BE: Final = words("is are was were been being be isn’t isn't aren’t aren't wasn’t wasn't remains "
                   "remained seems seemed appears appeared feels felt became becomes grew")
_MEANWHILE: Final = words(
    "also now still then again soon already long never ever not no longer once often always rather "
    "instead thus therefore alone too both all more less very so far almost even just only later "
    "reportedly hardly barely scarcely seldom rarely meanwhile")


class Metonyms(msgspec.Struct, frozen=True):
    """metonyms.json; data/README.md says how it was made."""

    about: str
    acts: tuple[str, ...]
    acts_on: tuple[str, ...]
    asks: tuple[str, ...]
    speak: tuple[str, ...]
    objects: frozenset[str]
    passive: frozenset[str]
    ready: frozenset[str]
    under: frozenset[str]
    with_: frozenset[str] = msgspec.field(name="with")
    possessions: frozenset[str]


class _Verbs:
    """Forms of verbs: `finite` behind a subject, `bare` behind "will", `lasting` in -ing."""

    def __init__(self, entries: Iterable[str]) -> None:
        self.finite: set[str] = set()
        self.bare: set[str] = set()
        self.lasting: set[str] = set()
        for entry in entries:
            base, *more = entry.split("/")
            self.bare.add(base)
            self.finite.add(_with(base, "s"))
            self.finite.update(form for form in more if not form.endswith("ing"))
            self.lasting.update([form for form in more if form.endswith("ing")]
                                or [_with(base, "ing")])
            if not more:
                self.finite.add(_with(base, "ed"))


def _with(verb: str, ending: str) -> str:
    """A regular form: "denies", "urged", "recognising"."""
    if ending == "ing":
        return f"{verb.removesuffix('e')}ing"
    if verb.endswith("y") and verb[-2] not in "aeou":
        return f"{verb[:-1]}ie{ending[-1]}"
    if verb.endswith("e"):
        return verb + ending[-1]
    if ending == "s" and verb.endswith(("s", "sh", "ch", "x", "o")):
        return f"{verb}es"
    return verb + ending


@cache
def metonyms() -> Metonyms:
    """The shipped data."""
    return msgspec.json.decode((DATA / "metonyms.json").read_bytes(), type=Metonyms)


@cache
def _verbs(kind: str) -> _Verbs:
    return _Verbs(getattr(metonyms(), kind))


@cache
def _capitals() -> frozenset[str]:
    return frozenset(form for place in demonyms().countries.values() for form in place.stands)


def stands_for_state(text: str, match: Match) -> bool:
    """Whether a capital is its government here ("Tehran says", "Tehran-Baghdad ties")."""
    start, end = match.start, match.end
    if is_arabic(text, start):
        return arabic.stands_for_state(text, start, end)
    before = text[max(0, start - 60) : start]
    if _JOINED.match(text, end) or _JOINED_BEFORE.search(before):
        return not _TRAFFIC.search(text[end : end + 30])
    listed = _list(text, start, end)
    if listed is not None:
        start, end = listed
        before = text[max(0, start - 60) : start]
    if _TIES.search(before):
        return True
    if between := _BETWEEN.search(before):
        return not _TRAFFIC.search(before[: between.start()][-40:])
    if after_place(text, start) or _PLACE_FIRST.match(text, start) or _ends_name(before):
        return False
    return _acts(text, end, before, several=listed is not None) or (
        listed is not None and _MEET.match(text, end) is not None)


def _list(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the list of names begins and ends that a name stands in: "Moscow, Beijing and
    Tehran"; None where it stands alone. In "In Geneva, Tehran and Rome" the first is none of it.
    """
    before = text[max(0, start - 80) : start]
    after = _AND_AFTER.match(text, end) if text[end : end + 1] in (" ", ",") else None
    if before.endswith((" and ", " or ", " nor ", " the ")) and (
            left := _AND_BEFORE.search(before)):
        pass
    elif after is None:
        return None
    else:
        left = _LIST_BEFORE.search(before)
    begin = start - len(before) + left.start() if left else start
    if _PLACE_FIRST.match(text, begin):
        comma = text.find(", ", begin, start + 1)
        if comma >= 0:
            begin = comma + 2
    return begin, after.end() if after else end


def _ends_name(before: str) -> bool:
    """Whether a capital is the last word of another name: "Imperial College London"."""
    found = _BEFORE.search(before)
    return found is not None and found[2][0].isupper() and not found[1] \
        and len(found[0]) < len(before) and found[2] not in DATES


def _acts(text: str, end: int, before: str, several: bool) -> bool:
    """Whether what follows is done by states, or is theirs. `several` are the subject."""
    if text.startswith(("'", "’"), end):
        return _owns(text[end + 1 : end + 61].removeprefix("s"))
    aside = _ASIDE.match(text, end)
    while aside:
        end = aside.end()
        if aside[1]:
            number = next((n for n in (1, 2) if aside[n] in metonyms().with_), 0)
            if not number:
                return False
            several, end = True, aside.end(number)
        aside = _ASIDE.match(text, end)
    if text[end : end + 1] != " ":
        return False
    clause = _CLAUSE.match(text, end + 1)[0]  # type: ignore[index]  # it may be empty
    return _does(clause, several, before.endswith((" that ", " which ", "What ", " what ")))


def _owns(text: str) -> bool:
    """Whether a thing of states is among the two words behind a possessive."""
    if not text.startswith(" "):
        return False
    for number, found in enumerate(_WORD.finditer(text)):
        if found[0] in metonyms().possessions:
            return True
        if number or not found[0].islower():
            break
    return False


def _does(clause: str, several: bool, of_it: bool) -> bool:
    """Whether the verb that a clause begins with is one of states. `several` are its subject,
    `of_it` says that what it is done to came before: "the letter that Tehran sent"."""
    helped, is_ = several, False
    first = True
    for word, rest in _words(clause):
        if word in _MEANWHILE or (word.endswith("ly") and word.islower()):
            continue
        if word in _HELPS:
            helped = True
        elif word in _BE:
            is_ = True
        elif is_:
            return _is_so(word, rest)
        elif first and word[0].isupper() and word.endswith("s"):
            return word.lower() in _verbs("acts").finite  # a headline
        else:
            return _verb_of_states(word, rest, helped, several, of_it)
        first = False
    return False


def _words(clause: str) -> Iterator[tuple[str, str]]:
    """The words that a clause begins with, each with what follows it."""
    for found in _WORD.finditer(clause):
        if clause[found.end() : found.end() + 1] == ",":
            yield found[0], ""
            return
        yield found[0], clause[found.end() :]


def _is_so(word: str, rest: str) -> bool:
    """Whether states are what follows "is": "ready", "under sanctions", "told", "seeking"."""
    known = metonyms()
    if word in known.ready or word in known.passive or word in _verbs("acts").lasting:
        return True
    if word == "under":
        return _has(rest, known.under)
    if word == "at":
        return rest.startswith((" odds", " war"))
    return word in _verbs("acts_on").lasting and _has(rest, known.objects)


def _verb_of_states(word: str, rest: str, helped: bool, several: bool, of_it: bool) -> bool:
    if _is_form("acts", word, helped) or (several and _is_form("speak", word, helped)):
        return True
    if _is_form("acts_on", word, helped) and (of_it or _has(rest, metonyms().objects)):
        return True
    return _is_form("asks", word, helped) and _names_state(rest)


def _is_form(kind: str, word: str, helped: bool) -> bool:
    verbs = _verbs(kind)
    return word in verbs.finite or (helped and word in verbs.bare)


def _has(rest: str, wanted: frozenset[str]) -> bool:
    return any(found[0] in wanted for found in _WORD.finditer(rest))


def _names_state(rest: str) -> bool:
    """Whether the next name is a capital's or a people's: "owes Tehran billions"."""
    for number, found in enumerate(_WORD.finditer(rest)):
        if found[0][0].isupper():
            return found[0] in _capitals() or found[0] in adjectives()
        if number > 1:
            break
    return False
