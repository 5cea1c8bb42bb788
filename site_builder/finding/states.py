"""Whether the name of a country or a capital means the state, where it stands."""

from __future__ import annotations

import re
from typing import Final

from site_builder.finding import arabic
from site_builder.finding.arabic import is_arabic
from site_builder.finding.demonyms import adjectives
from site_builder.finding.gazetteer import Match
from site_builder.finding.lookalikes import lookalikes
from site_builder.finding.spelling import words

_GOES_ON: Final = re.compile(
    r"[ \u00a0]([A-Z][\w’'-]*(?:[ \u00a0](?:(?:of|and|for|the|&)[ \u00a0]){0,2}[A-Z][\w’'-]*)*)")
_AND: Final = re.compile(r"[ \u00a0](?:and|&)[ \u00a0]")
_BODIES: Final = lookalikes().bodies
_AFTER: Final = frozenset(_BODIES.after)
_BODY_OF: Final = re.compile(
    rf"(?<!\w)(?:{'|'.join(_BODIES.before)}|Radio Free|M(?:rs?|s)\.?"
    rf"|(?<!Central )(?:{'|'.join(_BODIES.before_of)}) (?:of|for|in)(?: the)?) $")
_BODY_ENDS: Final = frozenset(_BODIES.before) | words("Free of for in the Mr Mrs Ms Mr. Mrs. Ms.")
_BODY_LENGTH: Final = len("Broadcasting Association for the ")  # each such phrase has a capital
_CAPITALS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_BUILDING: Final = re.compile(rf" (?:{'|'.join(lookalikes().buildings)})\b", re.IGNORECASE)
_AMERICAN: Final = re.compile(
    rf", (?:{'|'.join(lookalikes().us_states)})\b(?!,? (?:and|or) |, [A-Z])")
_PLACE: Final = re.compile(
    r"\b(?:in|at|near|from|to|into|of|outside|around|through|via|toward|towards|inside|central"
    r"|downtown|north|south|east|west|northern|southern|eastern|western|for|across|leave|left"
    r"|visit|visits|visited|visiting|reach|reached|entered|over) (?:the )?$", re.IGNORECASE)
_PLACE_WORDS: Final = words(
    "the in at near from to into of outside around through via toward towards inside central "
    "downtown north south east west northern southern eastern western for across leave left visit "
    "visits visited visiting reach reached entered over")
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
_AND_BEFORE: Final = re.compile(rf"(?:{_NAME}, )*{_NAME},? (?:and|or) (?:the )?$")
_AND_AFTER: Final = re.compile(rf"(?:, {_NAME})*,? (?:and|or) {_NAME}")
_LIST_BEFORE: Final = re.compile(rf"(?:{_NAME}, )+(?:the )?$")
_PLACE_FIRST: Final = re.compile(
    r"(?:In|At|From|To|Near|Outside|Inside|Around|Across|Through|Into|Toward|Towards) ")
_ACTS: Final = re.compile(
    r"['’]s (?:nuclear|government|policy|policies|decision|claims?|all(?:y|ies)|interests?|foreign"
    r"|demands?|offer|proposal|response|position|stance|support|backing|envoy|ambassador|influence"
    r"|military|security|leaders?|rulers|relations|ties|help|sanctions|accusations?|actions?)\b"
    r"|(?: also| now| still| later| already| has| had| have| will| would| could| may| might| must"
    r"| should| can| did| does| officially| formally| repeatedly| long| never)*"
    r" (?:says?|said|saying|wants?|wanted|den(?:y|ies|ied)|accus\w+|insist\w*|announc\w+|warn\w*"
    r"|agree[ds]?|reject\w*|claim\w*|demand\w*|support(?:s|ed)|back(?:s|ed)|condemn\w*|urg\w+"
    r"|refus\w+|impos\w+|recogni[sz]\w+|signed|signs|hop(?:es|ed)|fears?|feared|blam\w+|respond\w*"
    r"|threaten\w*|offer(?:s|ed)|consider\w*|seeks?|sought|expects?|expected|believ\w+|calls?"
    r"|called|maintain\w*|argu\w+|plans|planned|pledg\w+|vow\w*|lift(?:s|ed)|expel\w*|recall\w*"
    r"|summon\w*|sent|sends|cut|severed|welcom\w+|promis\w+|propos\w+|declin\w+|regards?|views?"
    r"|restor\w+|resum\w+|broke|normali[sz]\w+|exchang\w+|ratif\w+|negotiat\w+|cooperat\w+|clash\w*"
    r"|sees|saw|needs?|gave|gives|made|makes|took|takes|wish\w*|confirm\w*|withdr\w+)\b")
_MEET: Final = re.compile(
    r"(?:['’]s?)? (?:ties|relations|talks|tensions|summit|rivalry|dispute|alliance|deal|agreement"
    r"|treaty|trade|(?:have |had |has )?(?:met|held|hold) |(?:are|were|remain\w*) (?:at |allies"
    r"|rivals|enemies|close to|discussing|negotiating|preparing|ready|bound by|not speaking))")
_JOINED: Final = re.compile(r"[-–—/](?=[A-Z])")
_JOINED_BEFORE: Final = re.compile(r"[A-Za-z][-–—/]$")
_BIRDS: Final = frozenset({"Turkey", "TURKEY"})
_BIRD: Final = re.compile(
    r" (?:sandwich|breast|dinner|meat|soup|hunt|leg|bacon|burger|farm|vulture|stuffing|trot)s?\b",
    re.IGNORECASE)


def names_state(text: str, match: Match) -> bool:
    """Whether a country's name is no part of another name, nor the bird."""
    end, form = match.end, match.form
    after = text[end : end + 2]
    if after[:1] == " ":
        if after[1:] in _CAPITALS and _is_body(text, end):
            return False
        if (form in _BIRDS and _BIRD.match(text, end)) or (
                form == "Georgian" and _BUILDING.match(text, end)):
            return False
    elif after == ", " and _AMERICAN.match(text, end):
        return False  # Cuba, New York
    start = match.start
    if text[start - 1 : start] != " " and text[start].isascii():
        return True
    before = text[max(0, start - _BODY_LENGTH) : start]
    return before.islower() or before[:-1].rpartition(" ")[2] not in _BODY_ENDS \
        or _BODY_OF.search(before) is None


def _is_body(text: str, end: int) -> bool:
    """Whether words that follow make a country's word part of a company's or paper's name."""
    follows = _GOES_ON.match(text, end)
    if follows is None:
        return False
    named = follows[1].replace("’s", "").replace("'s", "")
    run = named.split()
    if run[0] == "Air" and not (len(run) > 1 and run[1] in _BODIES.air_not):
        return True
    if _AFTER.isdisjoint(run):
        return "Finance House" in named
    # the Iranian Army and Turkish Airlines are two
    first, *rest = _AND.split(named, maxsplit=1)
    return not _AFTER.isdisjoint(first.split()) or not (
        rest and rest[0].removeprefix("the ").split()[0] in adjectives())


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
    if after_place(text, start) or _PLACE_FIRST.match(text, start):
        return False
    return _ACTS.match(text, end) is not None or (
        listed is not None and _MEET.match(text, end) is not None)


def _list(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the list of names begins and ends that a name stands in: "Moscow, Beijing and
    Tehran"; None where it stands alone. In "In Geneva, Tehran and Rome" the first is none of it.
    """
    before = text[max(0, start - 80) : start]
    after = _AND_AFTER.match(text, end) if text[end : end + 1] in (" ", ",") else None
    if before.endswith((" and ", " or ", " the ")) and (left := _AND_BEFORE.search(before)):
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


def after_place(text: str, start: int) -> bool:
    """Whether a word of place stands before: "in Georgia", "to the Congo"."""
    if start < 2 or text[start - 1] != " ":
        return False
    last = text[max(0, start - 16) : start - 1].rpartition(" ")[2]
    if last.isalpha() and last.lower() not in _PLACE_WORDS:
        return False
    return _PLACE.search(text[max(0, start - 40) : start]) is not None
