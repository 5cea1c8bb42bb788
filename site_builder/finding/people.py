"""Which record a written name means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import combinations

from site_builder.finding.duplicates import loose_key
from site_builder.finding.filing import generation, sort_name, surname_keys
from site_builder.finding.spelling import name_key, tidy
from site_builder.model import Person

_WORD = re.compile(r"[^\s,،\-]+")


class AmbiguousName(Exception):  # noqa: N818 - it is a finding, not a defect
    """A name that fits several records; `candidates` are in the order of their ids."""

    def __init__(self, name: str, candidates: tuple[Person, ...]) -> None:
        self.name = name
        self.candidates = candidates
        super().__init__(f"{name}: {', '.join(p.id for p in candidates)}")

    @property
    def hint(self) -> str:
        """What to write instead, so that it is clear who is meant."""
        ids = f"the record's id: {' or '.join(p.id for p in self.candidates)}"
        if len({name_key(p.name) for p in self.candidates}) == len(self.candidates):
            return f"write the full name, or {ids}"
        full = [f"{p.name} ({p.qualifier})" for p in self.candidates if p.qualifier]
        return f"write {' or '.join(map(repr, full))}, or {ids}" if full else f"write {ids}"


class PeopleResolver:
    """The people with records, by every name that they go by.

    Every method gives the same answer for the same records in any order. `merged` are ids that
    were given up, and whose they are now: front matter may still say them.
    """

    def __init__(self, records: Iterable[Person], merged: Mapping[str, str] = {}) -> None:
        self.records: tuple[Person, ...] = tuple(sorted(records, key=lambda p: (p.id, p.path)))
        self._ids: dict[str, Person] = {}
        self._full: dict[str, list[Person]] = {}
        for person in self.records:
            self._ids.setdefault(person.id, person)
            for form in person.names:
                _add(self._full, name_key(form), person)
            if person.qualifier:
                _add(self._full, name_key(f"{person.name} ({person.qualifier})"), person)
        for old in merged:
            new, seen = merged[old], {old}
            while new in merged and new not in self._ids and new not in seen:
                seen.add(new)
                new = merged[new]
            if new in self._ids:
                self._ids.setdefault(old, self._ids[new])
        self._words: dict[str, list[Person]] | None = None
        self._memo: dict[str, Person | tuple[Person, ...] | None] = {}
        self._implied: dict[str, Person] = {}

    def resolve(self, name: str) -> Person | None:
        """The record that `name` means, or None when it means none.

        In this order: a record's id, exactly, also as `id:ebrahim-raisi`, which means
        nothing else; a name, alias or former name, also as `Name (qualifier)`; the form in which
        a name is filed ("Raisi, Ebrahim"); a name without its "Jr."; a surname alone; that of a
        former name. The first of them that fits any record decides. Raises `AmbiguousName` when it
        fits several.
        """
        try:
            found = self._memo[name]
        except KeyError:
            found = self._memo[name] = self._look_up(name)
        if type(found) is tuple:
            raise AmbiguousName(name, found)
        return found  # type: ignore[return-value]  # mypy does not narrow by exact type

    def get(self, id: str) -> Person:
        """The record with this id. Raises `KeyError`."""
        return self._ids[id]

    def duplicates(self) -> list[tuple[Person, Person, str]]:
        """Pairs of records that claim one name or alias, with the form that the first of them uses.

        In the order of their ids; a pair that shares several names is given with each.
        """
        pairs = []
        for key, people in self._full.items():
            for first, second in combinations(people, 2):
                forms = first.names
                pairs.append((first, second, next(
                    (f for f in forms if name_key(f) == key),
                    f"{first.name} ({first.qualifier})")))
        return sorted(pairs, key=lambda pair: (pair[0].id, pair[1].id, pair[2]))

    def namesakes(self) -> list[tuple[str, tuple[Person, ...]]]:
        """Names by which several people are openly known, with those people in order.

        Neither withheld people nor hidden former names count.
        """
        found = []
        for key, people in self._full.items():
            if len(people) < 2:
                continue
            forms = {
                p.id: form for p in people if not p.withhold
                for form in reversed((p.name, *p.aliases, *(
                    f.name for f in p.former if f.show == "shown"))) if name_key(form) == key
            }
            if len(forms) > 1:
                known = tuple(p for p in people if p.id in forms)
                found.append((forms[known[0].id], known))
        return sorted(found, key=lambda pair: (pair[0], [p.id for p in pair[1]]))

    def implied(self, name: str) -> Person:
        """The `Person` for somebody without a record, known by the name that articles give.

        Every spelling of one `name_key` gives the same id, but each keeps its own
        `name`; which of them a page shows is the caller's choice.
        """
        try:
            return self._implied[name]
        except KeyError:
            shown = tidy(name)
            person = Person(id=f"name:{name_key(name)}", name=shown, sort_name=sort_name(shown))
            return self._implied.setdefault(name, person)

    def _look_up(self, name: str) -> Person | tuple[Person, ...] | None:
        if name in self._ids:
            return self._ids[name]
        if name.startswith("id:"):
            return self._ids.get(name[3:].strip())
        key = name_key(name)
        if not key:
            return None
        found = self._full.get(key)
        if found is None:
            found = self._look_up_in_part(key)
        if not found:
            return None
        return found[0] if len(found) == 1 else tuple(found)

    def _look_up_in_part(self, key: str) -> list[Person]:
        """Those whose filed form is `key`, or else those whose surname it is, or once was.

        How a record is filed is worked out only for the few that share a word with `key`.
        """
        if self._words is None:
            self._words = {}
            for person in self.records:
                for form in (*person.names, person.sort_name):
                    for word in _WORD.findall(name_key(form)):
                        _add(self._words, word, person)
        words = _WORD.findall(key)
        if not words or any(word not in self._words for word in words):
            return []
        people = min((self._words[word] for word in words), key=len)
        for keys in (_filed_keys, _shorter_keys, _surnames, _former_surnames):
            if found := [person for person in people if key in keys(person)]:
                return found
        return []


def _filed_keys(person: Person) -> set[str]:
    forms = {sort_name(form) for form in person.names}
    return {name_key(form) for form in (*forms, person.sort_name) if form}


def _shorter_keys(person: Person) -> set[str]:
    shorter = map(generation, person.names)
    return {name_key(name) for name, suffix in shorter if suffix}


def _former_surnames(person: Person) -> set[str]:
    return {key for former in person.former for key in surname_keys(former.name)}


def _surnames(person: Person) -> set[str]:
    keys = set(surname_keys(person.sort_name or person.name))
    for alias in person.names[1:]:
        if _is_variant(alias, person.name):
            keys.update(surname_keys(alias))
    return keys


def _add(index: dict[str, list[Person]], key: str, person: Person) -> None:
    people = index.setdefault(key, [])
    if not people or people[-1] is not person:  # records are added one after the other
        people.append(person)


def _is_variant(alias: str, name: str) -> bool:
    """Whether an alias ends in a surname as the name does: "Ebrahim Raeisi" does, while "the
    Butcher of Tehran" would make everybody who is called Tehran this person."""
    first, second = loose_key(alias).split(" "), loose_key(name).split(" ")
    return first[0] == second[0] and len(first) > 1
