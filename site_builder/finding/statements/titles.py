"""Offices and those who bear them: the titles before and behind a name."""

from __future__ import annotations

import re
from typing import Final

from site_builder.finding.spelling import words
from site_builder.finding.statements.nouns import ROLES

_LESSER: Final = words("deputy vice assistant former ex acting prime attorney")
"""Before a title they make it another: the deputy governor is not the governor."""

_FIELDS: Final = words(
    "foreign health interior finance defence defense education justice transport environment "
    "energy labour labor agriculture trade culture home district city county police fire")
"""Before a title they part it from others: the health minister is a minister, but not any."""

_TITLE_BEFORE: Final = re.compile(r"([\w-]+),? $")
_OFFICE_BEFORE: Final = re.compile(
    r"\b([A-Za-z]+) (?:of|for)(?: (?:the|and|&|[A-Z][\w’'-]*)){1,6},? (?:[A-Z]\w+\.? )??$")
_LONGEST: Final = 20
"""No role has more letters."""

_TITLE_AFTER: Final = re.compile(
    r", (?:the|an?|its|his|her|their|[^\W\d_a-z][\w’']*[’']s?) "
    r"((?:[\w’'-]+ )*?[\w-]+)(?=[,.;]| (?:of|for|at|in|to)\b)")


_BODIES: Final = words(
    "administration government cabinet campaign office team ministry regime coalition party bloc "
    "faction camp movement foundation institute army militia group presidency delegation family")


def is_adjective(text: str, end: int) -> bool:
    """Whether a role or a body follows a name: a Stone adviser, the Stone administration."""
    if text[end : end + 1] != " ":
        return False
    role = text[end + 1 : end + _LONGEST].split(None, 1)
    if not role:
        return False
    word = role[0].rstrip(".,;:?!")
    return word in ROLES or word in _BODIES


def ranked(role: str, before: str) -> str:
    """A role with the word before it that makes it another, in lower case."""
    before = before.lower()
    return f"{before} {role}" if before in _LESSER or before in _FIELDS else role


def is_title(role: str, found: str) -> bool:
    """Whether a title that was found before a name is a role: the minister, the health minister."""
    return found == role or (found.endswith(f" {role}") and found.partition(" ")[0] in _FIELDS)


def is_office(role: str, text: str, at: int) -> bool:
    """Whether a name has an office before it that is told whole: Minister of Health Ines Moreau."""
    field, _, title = role.rpartition(" ")
    return office_before(text, at) == title and (
        not field or (field in _FIELDS and field in text[max(0, at - 90) : at].lower()))


def title_before(text: str, at: int) -> str:
    """The title right before a name, with the word that makes it another."""
    before = text[max(0, at - 25) : at]
    if before[-1:] != " ":
        return ""
    last = before[:-1].removesuffix(",").rpartition(" ")[2]
    if last.isalpha():
        return ranked(last.lower(), before[: -1 - len(last)].removesuffix(" ").rpartition(" ")[2])
    found = _TITLE_BEFORE.search(before)
    return found[1].lower() if found else ""


def office_before(text: str, at: int) -> str:
    """The title of an office that is told whole: Minister of Health Ines Moreau."""
    before = text[max(0, at - 90) : at]
    found = _OFFICE_BEFORE.search(before) if " of " in before or " for " in before else None
    return found[1].lower() if found else ""


def title_after(text: str, at: int) -> str:
    """The title in an apposition behind a name: Ines Moreau, the health minister."""
    found = _TITLE_AFTER.match(text, at, at + 60) if text.startswith(", ", at) else None
    if found is None:
        return ""
    role = found[1].lower().split()
    return ranked(role[-1], role[-2] if len(role) > 1 else "")


def is_anothers(role: str, text: str, start: int, end: int, owner: str) -> bool:
    """Whether who is named at a place bears a title as somebody else’s than the owner’s: Lane’s
    lawyer Ada Moor is not the town’s, nor is Ada Moor, a lawyer for the board."""
    title = re.escape(role.rpartition(" ")[2])
    before = re.search(
        rf"([\w-]+)(?:[’']s|(?<=s)[’']) (?:[\w-]+ ){{0,3}}{title},? $",
        text[max(0, start - 80) : start], re.IGNORECASE)
    if before is not None:
        return before[1].lower() != owner.lower()
    behind = re.compile(
        rf", (?:an?|the) (?:[\w-]+ ){{0,2}}{title} (?:for|of) ([^,.;]+)", re.IGNORECASE,
    ).match(text, end)
    return behind is not None and owner.lower() not in behind[1].lower()
