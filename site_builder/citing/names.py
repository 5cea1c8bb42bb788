"""Who is cited: a byline, split into the parts of a name where that can be told."""

from __future__ import annotations

import functools
import re
from typing import Final

import msgspec

from site_builder.finding.filing import sort_name

_BODY: Final = re.compile(
    r"\b(?:staff|desk|agency|agencies|news|newsroom|press|editors?|editorial|board|team|bureau|"
    r"correspondents?|reporters?|writers?|contributors?|service|services|network|wire|media|daily|"
    r"times|herald|gazette|tribune|journal|magazine|radio|television|tv|institute|university|"
    r"ministry|office|department|committee|council|association|group|project|centre|center|"
    r"foundation|union|international|organi[sz]ation|company|ltd|inc|gmbh|redaktion|agentur|"
    r"rédaction|agence|redacción|agencia|the|of|and|for|und|et|y|with|by|from|our|special|"
    r"anonymous)\b|[\d@/&|+:()_]",
    re.IGNORECASE,
)
"""What stands in the bylines of bodies, and of several people at once; such a byline stays whole.

It is better to leave a person's name whole than to turn an agency into one.
"""
_ORGANISED: Final = re.compile(
    r"\b(?:staff|desk|agency|agencies|news|newsroom|press|editors|editorial|board|team|bureau|"
    r"network|wire|media|daily|times|herald|gazette|tribune|journal|magazine|radio|television|tv|"
    r"institute|university|ministry|department|committee|council|association|project|foundation|"
    r"union|international|organi[sz]ation|company|ltd|inc|gmbh|redaktion|agentur|rédaction|agence|"
    r"redacción|agencia|reuters|xinhua|tass|interfax|bloomberg|anadolu|tasnim|yonhap|kyodo|"
    r"al jazeera|deutsche welle|خبرگزاری|وكالة|تحریریه|هيئة)\b",
    re.IGNORECASE,
)
_SOMEBODY: Final = re.compile(r"\b(?:editor|writer|reporter|correspondent)\b", re.IGNORECASE)
_LETTERS: Final = re.compile(r"[^\W\d_]")
_CASED: Final = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff\u1e00-\u1eff]")
_SUFFIX: Final = re.compile(r"(?:jr|sr)\.?|ii|iii|iv", re.IGNORECASE)
_BY: Final = re.compile(r"^[Bb]y (?=\w)")
_PARTICLES: Final = frozenset("de da di del della van von der den bin ibn la le du dos".split())
_ARTICLED: Final = re.compile(r"(?:al|el|as|ash|at|ad|an|ar|az)-[^\W\d_].*,$")
_HANGING: Final = re.compile(r" ((?:al|el|as|ash|at|ad|an|ar|az)-|al|el)$", re.IGNORECASE)


class Name(msgspec.Struct, frozen=True):
    """An author. One that cannot be split has only `family`, and is `literal`.

    `particle` stands before the family name ("van der", "al-").
    """

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: bool = False

    @property
    def surname(self) -> str:
        """The family name with its particle."""
        if not self.particle:
            return self.family
        gap = "" if self.particle.endswith(("-", "'", "’")) else " "
        return f"{self.particle}{gap}{self.family}"


@functools.lru_cache(maxsize=50_000)
def is_body(byline: str) -> bool:
    """Whether a byline is plainly that of a desk, paper or agency and not of a person."""
    byline, _, place = byline.partition(",")
    if _SOMEBODY.search(byline) or (place and len(byline.split()) > 1):
        return False  # "Jane Doe, Reuters"
    return bool(_ORGANISED.search(byline)) or bool(re.fullmatch(r"[A-Z]{2,6}", byline))


@functools.lru_cache(maxsize=50_000)
def name_of(byline: str, filed: str = "") -> Name:
    """An author's name; `filed` is a record's `sort_name` ("Raisi, Ebrahim"), where there is one.

    Without a record only names in scripts that have capitals are split, and
    only if nothing in them speaks of an organisation.
    """
    recorded = bool(filed)
    if not filed:
        byline = _BY.sub("", byline)
        whole, _, last = (part.strip() for part in byline.partition(","))
        if last and is_body(last):
            return Name(byline, literal=True)
        if _SUFFIX.fullmatch(last):  # "Sammy Davis, Jr."
            byline = f"{whole} {last}"
        words = byline.split()
        if (
            not 2 <= len(words) <= 5 or _BODY.search(byline) or byline.isupper()
            or not all(_CASED.match(sign) for sign in _LETTERS.findall(byline))
            or not (((words[0][0].isupper() or ("," in byline and words[0] in _PARTICLES)
                      or _ARTICLED.match(words[0])) and words[-1].rstrip(".")[:1].isupper())
                    or _HANGING.search(sort_name(byline)))
        ):
            return Name(byline, literal=True)
        filed = sort_name(byline)
    parts = [part.strip() for part in re.split("[,،]", filed)]
    if len(parts) not in (2, 3) or not all(parts):
        return Name(byline, literal=True)
    family, given, suffix = (*parts, "")[:3]
    if suffix and not _SUFFIX.fullmatch(suffix):
        return Name(byline, literal=True)
    particle = ""
    if hanging := _HANGING.search(given):
        given, particle = given[: hanging.start()], hanging[1]
    else:
        words = family.split(" ")
        lower = next((n for n, word in enumerate(words) if not word[:1].islower()), 0)
        particle, family = " ".join(words[:lower]), " ".join(words[lower:])
    if not recorded and any(word.islower() for word in given.split()):
        return Name(byline, literal=True)  # "John Smith in Baghdad"
    return Name(family, given, particle, suffix)


@functools.lru_cache(maxsize=50_000)
def initials(given: str) -> str:
    """`Jean-Paul Q.` → `J.-P. Q.`"""
    found = []
    for word in re.sub(r"\.(?=[^\s.-])", ". ", given).split():
        parts = [part for part in word.split("-") if part]
        if all(part[0].islower() for part in parts):
            found.append(word)
        else:
            found.append("-".join(
                f"{part[0]}." if not part[0].islower() else part for part in parts))
    return " ".join(found)
