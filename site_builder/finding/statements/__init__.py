"""Who says what: quotations with their speaker, and sentences that report what somebody said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from site_builder.finding.new_names import Name
from site_builder.finding.offices import NONE, Offices
from site_builder.finding.statements.corrections import Ruling, Unfit, correct
from site_builder.finding.statements.reading import Reading
from site_builder.finding.statements.tongues import tongue
from site_builder.finding.statements.verbs import speech
from site_builder.model import Mention, Passage, Statement

__all__ = ["Ruling", "Unfit", "correct", "statements"]


def statements(
    passages: Sequence[Passage], mentions: Iterable[Mention], names: Iterable[Name] = (),
    lang: str = "en", offices: Offices = NONE,
) -> tuple[Statement, ...]:
    """Every statement in the passages, in their order; `offices` are those held by the named.

    Direct quotations are found in any language, speakers and reported speech
    where data/speech.json has its verbs.
    """
    reading = Reading(passages, mentions, names, speech(lang) or tongue(lang), offices)
    return tuple(reading.statements())
