"""Georgia: the country in the Caucasus, or the state of the United States."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache
from typing import Final

from site_builder.finding.lookalikes import lookalikes

FORMS: Final = frozenset({"Georgia", "GEORGIA", "Georgians", "GEORGIANS"})
"""What may be either; "Georgian" is of the country."""

_CITY_BEFORE: Final = re.compile(r"([A-Z][\w’'.-]+), $")
_AMERICAN_BEFORE: Final = re.compile(
    r"(?:\b(?:[Ss]tate of|[Ss]en(?:ators?|\.|s\.)(?: [A-Z][\w.]+)* (?:from|of)|rural|coastal"
    r"|[Gg]ov(?:ernor|\.) of|(?:congress\w+|Rep(?:resentative|\.)|Democrats?|Republicans?)"
    r"(?: [A-Z][\w.]+)* (?:from|of|in)|[Rr]unoffs? in|[Mm]iddle"
    r"|(?:[Gg]overnor|[Ss]enate|[Ss]heriff|[Cc]ongress|[Cc]ount(?:y|ies)|[Gg]ubernatorial)"
    r"(?: [\w.]+){0,2} (?:in|across|throughout)) |\b[RD]-)$")
_AMERICAN_AFTER: Final = re.compile(
    r"-based\b|, (?:the |an? )?(?:U\.?S\.?|USA|United States|American)\b"
    r"|(?:['’]s)? (?:Gov(?:\.|ernor\b)|governors?\b|Sen(?:\.|ators?\b)|senators?\b|Reps?\."
    r"|Republican|Democrat|[Ss]ecretary of [Ss]tate|[Ss]enate|House\b|[Ll]egislat\w+|lawmakers"
    r"|voters|Lt\.|General Assembly|Tech\b|Bulldogs|Power\b|State\b|county|counties|electors"
    r"|gubernatorial|electoral votes|runoffs?\b|primary|[Aa]ttorney [Gg]eneral|congress\w+"
    r"|peach\w*|Dome)")
_CAUCASIAN_BEFORE: Final = re.compile(
    r"\b(?:[Pp]resident|[Pp]rime [Mm]inister|[Pp]remier|[Ff]oreign [Mm]inister|[Pp]arliament"
    r"|[Rr]epublic|[Gg]overnment|[Cc]apital|[Pp]atriarch) of $")
_CAUCASIAN_AFTER: Final = re.compile(
    r"['’]?s?(?: [a-z-]+)? (?:parliament|presiden\w+|prime|foreign|interior|defen[cs]e minist\w+"
    r"|NATO|EU |territorial integrity|government|independence|ambassador|embassy)\b", re.IGNORECASE)
_SHOWN: Final = 3  # what it weighs that the words around the name show one
_AND: Final = r"(?:,? and|,? or|,)"


@cache
def _next_to_a_state() -> tuple[re.Pattern[str], re.Pattern[str]]:
    states = "|".join(lookalikes().us_states)
    return (re.compile(rf"\b(?:{states}){_AND} $"),
            re.compile(rf"{_AND} (?:(?:and|or) )?(?:{states})\b"))


def is_the_american_state(text: str, start: int, end: int) -> bool | None:
    """Whether the words around "Georgia" or "Georgians" show the state; None: they show nothing."""
    before = text[max(0, start - 60) : start]
    georgia = lookalikes().georgia
    if city := _CITY_BEFORE.search(before):
        if city[1].capitalize() in georgia["state"]["3"]:
            return True
        if city[1].capitalize() in georgia["country"]["3"]:
            return False
    left, right = _next_to_a_state()
    if _AMERICAN_BEFORE.search(before) or _AMERICAN_AFTER.match(text, end) \
            or left.search(before) or right.match(text, end):
        return True
    if _CAUCASIAN_BEFORE.search(before) or _CAUCASIAN_AFTER.match(text, end):
        return False
    return None


def is_about_the_state(words: Set[str], names_us: bool, state: int, country: int) -> bool:
    """Whether an article that has these capitalised words means the state by "Georgia".

    `state` and `country` are how often words around the name show the one and the other.
    """
    words = words | {word.capitalize() for word in words if word.isupper() and len(word) > 3}
    sums = {side: sum(int(weight) * len(signs & words) for weight, signs in weights.items())
            for side, weights in lookalikes().georgia.items()}
    return sums["state"] + names_us + _SHOWN * state > sums["country"] + _SHOWN * country
