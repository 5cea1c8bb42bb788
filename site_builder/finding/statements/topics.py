"""Of whom a text speaks: whom he or she may be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from site_builder.finding.statements.people import People
from site_builder.finding.statements.quotes import Quote, sentences
from site_builder.finding.statements.spans import Span
from site_builder.finding.statements.speaker import Speaker

_KEPT: Final = 8


class Topics:
    """The people who spoke or began a sentence, the last one last.

    What happens is noted, and looked at when somebody asks: in many texts nobody does.
    """

    def __init__(self, people: People) -> None:
        self._people = people
        self._noted: list[Speaker | tuple[str, int, int, int, Sequence[Quote]]] = []
        self._topics: list[Span] = []

    def add(self, speaker: Speaker) -> None:
        """A person speaks."""
        self._noted.append(speaker)

    def begin(
        self, text: str, number: int, start: int = 0, end: int = -1, inside: Sequence[Quote] = ()
    ) -> None:
        """A sentence of a passage with somebody in it; without `end`, all sentences of it."""
        self._noted.append((text, number, start, end, inside))

    def all(self) -> Sequence[Span]:
        """All of them, as far as they are remembered."""
        noted = self._noted
        if noted:
            for item in noted:
                if isinstance(item, Speaker):
                    self._push(Span(-1, -1, item.id, item.name))
                    continue
                text, number, start, end, inside = item
                for span in (sentences(text, ()) if end < 0 else ((start, end),)):
                    topic = self._people.opening(number, text, *span, inside)
                    if topic is not None:
                        self._push(topic)
            noted.clear()
        return self._topics

    def _push(self, span: Span) -> None:
        topics = self._topics
        if topics and topics[-1].key == span.key:
            return
        topics.append(span)
        if len(topics) > _KEPT:
            del topics[0]
