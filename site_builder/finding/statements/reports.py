"""Reports beside a quotation: a sentence that tells more in other words than it quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from site_builder.finding.statements.kinds import HIDDEN, Verb
from site_builder.finding.statements.nouns import PREPOSITIONS
from site_builder.finding.statements.quotes import LEAST_WORDS

_ADDING: Final = frozenset("adding describing calling noting stressing reiterating".split())
"""Before a quotation these tell more than what was reported; “saying” only gives its words."""

_ANOTHER: Final = re.compile(
    r"(?:,? (?:and|but)(?: (?!and |but )[^\s,;:\x01“\"]+){1,8}|, but|,) $")
"""Behind a report: another one, of which the quotation is the end: that it was late, and that “…”.
"""

_TOLD: Final = 6
"""A report of more words stands by itself beside the quotation that follows it."""


def reports_beside(
    frame: str, begin: int, end: int, verbs: Sequence[Verb], small: bool
) -> bool:
    """Whether the speaker of quotations that stand from `begin` to `end` in a sentence reports
    beside them as well; `small` is whether the first goes on within the sentence."""
    return _reports_before(frame, begin, [v for v in verbs if v.end <= begin], small) \
        or _reports_behind(frame, [v for v in verbs if v.start >= end])


def _reports_before(frame: str, begin: int, verbs: Sequence[Verb], small: bool) -> bool:
    """She praised the law, calling it “…”; said that it was late, and that “…”."""
    if not verbs:
        return False
    first, last = verbs[0], verbs[-1]
    if last is not first and last.kind.name in _ADDING \
            and len(frame[first.end : last.start].split()) > _TOLD:
        return True
    between = frame[first.end : begin - 1]
    if HIDDEN in between:
        return False
    if last is first and first.kind.plain and between.endswith(": ") \
            and len(between.split()) > _TOLD:
        return True  # he told them that it was late: “…”
    if not small:
        return False
    another = _ANOTHER.search(between)
    if another is not None and len(between[: another.start()].split()) > _TOLD:
        return True
    if between[:1] != "," or first.kind.view or HIDDEN in frame[: first.start]:
        return False
    told = frame[: first.start].rpartition(", ")[0]  # all this, he said, and “…”
    return told != "" and told.split(None, 1)[0] not in PREPOSITIONS \
        and len(f"{told}{between}".split()) > _TOLD


def _reports_behind(frame: str, verbs: Sequence[Verb]) -> bool:
    """“…,” she said, adding that they had left."""
    return len(verbs) > 1 and frame.startswith(" that ", verbs[-1].end) \
        and len(frame[verbs[-1].end :].split()) > LEAST_WORDS
