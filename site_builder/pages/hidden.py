"""Former names that are to be printed nowhere: which quoted passages hold one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from site_builder.finding.filing import surname_keys
from site_builder.finding.spelling import name_key
from site_builder.model import Findings, Mention, Person, Statement


class Hidden:
    """Knows the hidden former names of people; articles themselves are not changed by it."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._forms: dict[str, frozenset[str]] = {}
        names: set[str] = set()
        for person in people:
            if not person.hidden:
                continue
            shown = {key for form in (person.name, *person.searchable) for key in _keys(form)}
            own = {key for form in person.hidden for key in _keys(form)}
            self._forms[person.id] = frozenset(own - shown)
            names.update(form for form in person.hidden if name_key(form) not in shown)
        self._names = re.compile(
            "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(names)), re.IGNORECASE,
        ) if names else None

    def __bool__(self) -> bool:
        return self._names is not None

    def mention(self, findings: Findings, mention: Mention) -> bool:
        """Whether the passage of a mention, or its form, gives a hidden name away."""
        if self._names is None:
            return False
        forms = self._forms.get(mention.id) if mention.kind == "person" else None
        if forms and name_key(mention.form) in forms:
            return True
        return self.text(findings.passages[mention.passage].text)

    def statement(self, findings: Findings, said: Statement) -> bool:
        """Whether the words of a statement, or who is named for it, give a hidden name away."""
        if self._names is None:
            return False
        forms = self._forms.get(said.speaker)
        if forms and name_key(said.name) in forms:
            return True
        return any(self.text(findings.passages[n].text[a:b]) for n, a, b in said.parts)

    def text(self, text: str) -> bool:
        """Whether a text holds a hidden name."""
        return self._names is not None and self._names.search(text) is not None


def _keys(form: str) -> Iterable[str]:
    return (name_key(form), *surname_keys(form))
