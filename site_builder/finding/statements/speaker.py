"""Who speaks: a person, a body, a role, or nobody."""

from __future__ import annotations

from typing import Final

import msgspec

from site_builder.finding.statements.people import Span


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
