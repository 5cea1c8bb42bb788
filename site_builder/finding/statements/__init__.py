"""Who says what: quotations with their speaker, and sentences that report what somebody said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from site_builder.finding.new_names import Name
from site_builder.finding.statements.reading import Reading
from site_builder.finding.statements.verbs import speech
from site_builder.model import Mention, Passage, Statement


def statements(
    passages: Sequence[Passage], mentions: Iterable[Mention], names: Iterable[Name] = (),
    lang: str = "en",
) -> tuple[Statement, ...]:
    """Every statement in the passages, in their order.

    Direct quotations are found in any language, speakers and reported speech
    where data/speech.json has its verbs.
    """
    return tuple(Reading(passages, mentions, names, speech(lang)).statements())


def correct(
    found: Iterable[Statement], corrections: Mapping[str, tuple[str, str]],
    passages: Sequence[Passage],
) -> tuple[Statement, ...]:
    """Statements as the editor has put them right.

    `corrections` map the first words of a statement to (id, name) of who said
    it; an empty name means nobody. Of several that fit the longest decides.
    """
    result = []
    for statement in found:
        number, start, end = statement.parts[0]
        text = passages[number].text[start:end]
        fits = [quote for quote in corrections if text.startswith(quote.rstrip("…. "))]
        if fits:
            id, name = corrections[max(fits, key=len)]
            statement = msgspec.structs.replace(
                statement, speaker=id, name=name, confidence=1.0,
                speaker_kind="person" if id else "role" if name else "none")
        result.append(statement)
    return tuple(result)
