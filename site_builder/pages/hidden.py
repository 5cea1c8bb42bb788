"""Names that are to be printed nowhere, former ones and those of withheld people."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.finding.filing import generation, surname_keys
from site_builder.finding.forms import AnyOf, surnames_of
from site_builder.finding.spelling import name_key
from site_builder.model import Findings, Mention, Person, Statement, Trace


class Hidden:
    """Knows the hidden former names of people, and every name of those who are withheld.

    Texts of articles themselves are not changed by it. A surname gives somebody away in an
    article that means them by it, elsewhere it may be anybody's.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        self._forms: dict[str, frozenset[str]] = {}
        self._surnames: dict[str, AnyOf] = {}
        names: set[str] = set()
        for person in people:
            forms = person.names if person.withhold else person.hidden
            if not forms:
                continue
            shown = set() if person.withhold else {
                key for form in (person.name, *person.searchable) for key in _keys(form)}
            own = {key for form in forms for key in _keys(form)}
            self._forms[person.id] = frozenset(own - shown)
            names.update(form for form in forms if name_key(form) not in shown)
            surnames = {form for name in forms for form in surnames_of(name)
                        if name_key(form) not in shown}
            if surnames:
                self._surnames[person.id] = AnyOf(surnames)
        self._names = AnyOf(names) if names else None

    def __bool__(self) -> bool:
        return self._names is not None

    def mention(self, findings: Findings, mention: Mention) -> bool:
        """Whether the passage of a mention, or its form, gives a hidden name away."""
        if self._names is None:
            return False
        return self.form(mention) or self.text(
            findings.passages[mention.passage].text, self._meant(findings))

    def form(self, mention: Mention) -> bool:
        """Whether a mention is by a hidden name."""
        return mention.kind == "person" and self._is_hidden(mention.id, mention.form)

    def statement(self, findings: Findings, said: Statement) -> bool:
        """Whether the words of a statement, or who is named for it, give a hidden name away."""
        if self._names is None:
            return False
        if self._is_hidden(said.speaker, said.name):
            return True
        meant = self._meant(findings)
        return self.text(said.name, meant) or any(
            self.text(findings.passages[n].text[a:b], meant) for n, a, b in said.parts)

    def text(self, text: str, meant: Iterable[str] = ()) -> bool:
        """Whether a text holds a hidden name, or the surname of somebody whom its article means."""
        if self._names is None:
            return False
        return self._names.search(text) or any(
            self._surnames[id].search(text) for id in meant if id in self._surnames)

    def meant(self, trace: Trace) -> list[str]:
        """Whom an article means by a name that is hidden: ids."""
        found = [id for id, _ in trace.withheld]
        for id, lines in zip(trace.people, trace.forms, strict=False):
            if any(self._is_hidden(id, line.partition(" ")[2]) for line in lines.splitlines()):
                found.append(id)
        return found

    def _meant(self, findings: Findings) -> set[str]:
        found = {mention.id for mention in findings.mentions if self.form(mention)}
        return found.union(id for id, _ in findings.withheld)

    def _is_hidden(self, id: str, form: str) -> bool:
        forms = self._forms.get(id)
        return forms is not None and name_key(form) in forms


def _keys(form: str) -> Iterable[str]:
    return (name_key(form), name_key(generation(form)[0]), *surname_keys(form))
