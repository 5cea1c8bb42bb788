"""What may be cited by “according to” and “per”, and what things are only done by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from site_builder.finding.statements.nouns import PREPOSITIONS, kind_of

NO_SOURCE: Final = frozenset(
    "plan plans schedule law laws tradition custom rules rule need needs taste age size rank "
    "ability wishes date order type kind design me you us whether how what which when where "
    "availability circumstances season policy policies procedure procedures requirements criteria "
    "interest interests skill skills level levels location colour color priority theme topic "
    "specifications instructions standards regulations protocol protocols needs "
    "preferences".split())
"""Things may be done according to them, but they say nothing."""

_DONE: Final = frozenset("heard seen made held given taken read put sent told".split())
_SOURCES: Final = frozenset("police data research media staff state".split())


def size(words: Sequence[str]) -> int:
    """How many words name what something is done according to."""
    return next((i for i, word in enumerate(words) if i and (
        word in PREPOSITIONS or word == "and"
        or (i > 1 and (word.endswith("ed") or word in _DONE)))), len(words))


def is_measure(words: Sequence[str]) -> bool:
    """Whether things are done according to it, and it says nothing: the plan, their interests."""
    return words[size(words) - 1].lower() in NO_SOURCE


def is_source(name: str) -> bool:
    """Whether a body or role may be cited by “per”: a report, officials, but no request."""
    return any(kind_of(word.lower()) for word in name.split()) and not name.endswith(("’s", "'s"))


def is_bare(word: str) -> bool:
    """Whether a word without an article is what things are done by, and no source: size, group."""
    return word.islower() and not word.endswith("s") and word not in _SOURCES \
        and kind_of(word) != "role"
