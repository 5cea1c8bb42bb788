"""Who speaks: a person, a body, a role, or nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec

from site_builder.finding.statements.spans import Span
from site_builder.model import Statement

_GOVERNING: Final = re.compile(r" (?:of|for|from|in|at|on|with|to|who) ")


class Speaker(msgspec.Struct, frozen=True, gc=False):
    """Who speaks; `kind` is that of model.Statement."""

    id: str
    name: str
    kind: str
    confidence: float

    def times(self, factor: float) -> Speaker:
        """The same, less sure."""
        return Speaker(self.id, self.name, self.kind, self.confidence * factor)


NOBODY: Final = Speaker("", "", "none", 0.0)


def by_person(span: Span, sure: float) -> Speaker:
    """The speaker that a person is."""
    return Speaker(span.id, span.name, "person", sure)


def is_many(name: str) -> bool:
    """Whether a speaker is more than one."""
    found = _GOVERNING.search(name)
    head = name[: found.start()] if found else name
    return head.endswith(("s", "men", "people", "police", "staff")) or " and " in name \
        or head.lower() in ("some", "many", "several", "they", "few", "most", "couple")


def says(speaker: Speaker, said: Sequence[Statement], inside: bool) -> bool:
    """Whether statements of the sentence are already this speaker's."""
    for statement in said:
        if statement.speaker_kind == "none" and inside:
            return True
        if (statement.speaker or statement.name) == (speaker.id or speaker.name):
            return True
    return False


def speaker_of(statement: Statement) -> Speaker:
    """Who makes a statement."""
    return Speaker(
        statement.speaker, statement.name, statement.speaker_kind, statement.confidence)


def made(
    kind: str, parts: Sequence[tuple[int, int, int]], speaker: Speaker, factor: float = 1.0
) -> Statement:
    """The statement of a speaker; `factor` is how sure it is that it is one."""
    return Statement(kind, tuple(parts), speaker.id, speaker.name, speaker.kind,
                     _rounded(speaker.confidence * factor))


@lru_cache(maxsize=256)
def _rounded(confidence: float) -> float:
    return round(confidence, 2)


def end_of(statement: Statement) -> tuple[int, int, int]:
    """The last part of a statement: by it they are put in order."""
    return statement.parts[-1]
