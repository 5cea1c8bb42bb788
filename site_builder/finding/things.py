"""Whether a person's name is that of a thing called after somebody: an airport, a prize, a ship.

As indexes of names and authority files have it: the Nelson Mandela Foundation is a body of its own
and no mention of Mandela. What is somebody's own doing stays a mention: the Mandela government,
the Trump campaign, the Mueller report.
"""

from __future__ import annotations

import re
from typing import Final

from site_builder.finding.gazetteer import Match
from site_builder.finding.lookalikes import begins_sentence, is_in_title_case, lookalikes

_THINGS: Final = lookalikes().things


def _any(names: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, names))


_AFTER: Final = re.compile(
    rf"(?:[ \u00a0](?!(?:and|or)\b)[A-Z](?:\.|[\w&-]*)){{0,3}}?[ \u00a0](?:{_any(_THINGS.after)})\b"
    rf"|[ \u00a0](?:{_any(_THINGS.after_small)})\b")
_SMALL: Final = frozenset(name[0] for name in _THINGS.after_small)
_MORE: Final = re.compile(r"[ \u00a0][A-Z]")
_PLACE: Final = re.compile(
    rf",?[ \u00a0]D\.?C\b|, (?:{_any(lookalikes().us_states)})\b(?!,? (?:and|or) )")
_COMPOUND: Final = re.compile(rf"-(?:[A-ZÄÖÜ]\w*-)*(?:{_any(_THINGS.compounds)})\b")
_PARTICLE: Final = re.compile(  # Roissy-Charles-de-Gaulle; but pro-Trump
    r"(?<![A-Za-z])(?:de|du|des|del|la|le|di|da|von|van|der)-$")
_BEFORE: Final = frozenset((*_THINGS.before, *_THINGS.before_small))
_BEFORE_LENGTH: Final = 24  # characters


def is_thing(text: str, match: Match) -> bool:
    """Whether the words around a person's name make it a thing's: "Charles de Gaulle Airport"."""
    start, end = match.start, match.end
    after = text[end : end + 1]
    if after in (" ", "\u00a0"):
        begins = text[end + 1 : end + 2]
        found = _AFTER.match(text, end) if begins in _SMALL or begins.isupper() else None
        if found and (" " in match.form or not (
                # "Trump Hospital Visit Ends" is a headline on Trump
                _MORE.match(text, found.end()) and is_in_title_case(text))):
            return True
        if match.form == "Washington" and text.startswith("State", end + 1):
            return True
    elif after == "-" and _COMPOUND.match(text, end):
        return True
    if after in (",", " ") and _PLACE.match(text, end):
        return True  # Lincoln, Nebraska
    if not start:
        return False
    before = text[start - 1]
    if before == "-":
        return _PARTICLE.search(text, max(0, start - 5), start) is not None
    if before in "“\"‘":
        start -= 1
    if text[start - 1 : start] not in (" ", "\u00a0"):
        return False
    last = text[max(0, start - _BEFORE_LENGTH) : max(0, start - 1)].rpartition(" ")[2]
    if "’" in last or "'" in last:
        last = last.rpartition("’")[2].rpartition("'")[2]  # l’aéroport
    return last in _BEFORE and not (
        last == "Place" and begins_sentence(text, start - len("Place ")))
