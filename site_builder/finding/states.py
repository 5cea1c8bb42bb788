"""Whether the name of a country or a capital means the state, where it stands."""

from __future__ import annotations

import re
from typing import Final

from site_builder.finding.gazetteer import Match
from site_builder.finding.spelling import words

_GOES_ON: Final = re.compile(
    r"(?:['’]s?)?((?:[ \u00a0](?:[A-Z][\w’'-]*|of|and|for|the|&))*[ \u00a0][A-Z][\w’'-]*)")
_NO_STATE: Final = words(
    "Airlines Airline Airways Party Post Times Daily News Newspaper Corporation Company Inc Ltd "
    "University Institute Association Society League Cup Open Championship Championships Games "
    "Express Press Today Journal Tribune Telegraph Foundation Church Motors Petroleum Telecom Idol "
    "Prix Museum College School Hospital Hotel Club Masters Awards Festival Orchestra Broadcasting "
    "Democrats Republicans Studios Records Theatre Theater Magazine Review Monitor Gazette Herald "
    "Observer Network Television Media Entertainment Football Rugby Cricket Basketball Shield "
    "Derby Stakes Marathon Trophy Trail Gas Steel Nickel Sugar Mobile Online"
)
_BODY_OF: Final = re.compile(
    r"(?:Bank|University|Church|Party|Association|Federation|College|Museum|Institute|Club|Society"
    r"|Tour|Bay|Gulf|Times|Voice|Socialists?|Democrats|Radio|Boy Scouts|Miss)"
    r" (?:of|for|in)? ?(?:the )?$"
)
_BODY_ENDS: Final = (
    "the ", "of ", "for ", "in ", "of", "for", "in", "Bank ", "University ", "Church ", "Party ",
    "Association ", "Federation ", "College ", "Museum ", "Institute ", "Club ", "Society ",
    "Tour ", "Bay ", "Gulf ", "Times ", "Voice ", "Socialist ", "Socialists ", "Democrats ",
    "Radio ", "Scouts ", "Miss ")
_BODY_LENGTH: Final = len("Boy Scouts Association for the ")  # and every such phrase has a capital
_MAY_GO_ON: Final = frozenset(" \u00a0'’")
_GOING_ON: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZoaft&")
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
    r" (?:with|against|on|upon|between)(?: \w+ and)? $"
    r"|\bbetween (?:[A-Z][\w-]+(?:, | and ))*$", re.IGNORECASE)
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
    r"|sees|saw|needs?|gave|gives|made|makes|took|takes|wish\w*|confirm\w*|withdr\w+)\b")
_JOINED: Final = re.compile(r"[-–—/](?=[A-Z])")
_JOINED_BEFORE: Final = re.compile(r"[A-Za-z][-–—/]$")
_BIRD: Final = re.compile(
    r" (?:sandwich|breast|dinner|meat|soup|hunt|leg|bacon|burger|farm|vulture|stuffing|trot)s?\b",
    re.IGNORECASE)


def names_state(text: str, match: Match) -> bool:
    """Whether a country's name is no part of another name, nor the bird."""
    if match.form in ("Turkey", "TURKEY") and _BIRD.match(text, match.end):
        return False
    end = match.end
    if text[end : end + 1] in _MAY_GO_ON and (
        text[end] != " " or text[end + 1 : end + 2] in _GOING_ON
    ):
        follows = _GOES_ON.match(text, match.end)
        if follows and not _NO_STATE.isdisjoint(follows[1].split()):
            return False
    start = match.start
    if text[start - 1 : start] != " " and text[start].isascii():
        return True
    before = text[max(0, start - _BODY_LENGTH) : start]
    return before.islower() or not (
        before.endswith(_BODY_ENDS) and _BODY_OF.search(before) is not None)


def stands_for_state(text: str, match: Match) -> bool:
    """Whether a capital is its government here ("Tehran says", "Tehran-Baghdad ties")."""
    before = text[max(0, match.start - 60) : match.start]
    if _JOINED.match(text, match.end) or _JOINED_BEFORE.search(before):
        return True
    if _TIES.search(before):
        return True
    return bool(_ACTS.match(text, match.end)) and not after_place(text, match.start)


def after_place(text: str, start: int) -> bool:
    """Whether a word of place stands before: "in Georgia", "to the Congo"."""
    if start < 2 or text[start - 1] != " ":
        return False
    last = text[max(0, start - 16) : start - 1].rpartition(" ")[2]
    if last.isalpha() and last.lower() not in _PLACE_WORDS:
        return False
    return _PLACE.search(text[max(0, start - 40) : start]) is not None
