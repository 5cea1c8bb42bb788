"""Who speaks: a person, a body, a role, or nobody."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from site_builder.finding.statements.people import Span

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
