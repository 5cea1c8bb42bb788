"""The forms in which a text may name a person of the records."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from site_builder.finding.filing import surname_keys
from site_builder.finding.folding import fold
from site_builder.finding.spelling import name_key, words
from site_builder.model import Person

_ARTICLES: Final = words("al el ad an ar as ash at az")


def forms_of(person: Person) -> frozenset[str]:
    """The folded forms of a record: a text without any of them is not touched by it."""
    return frozenset(map(fold, (*full_forms(person), *surname_forms(person))))


def full_forms(person: Person) -> Iterator[str]:
    """Every name of a record."""
    for form in person.names:
        yield form
        yield form[:1].upper() + form[1:]


def surname_forms(person: Person) -> Iterator[str]:
    """The surname of every name of a record."""
    for form in person.names:
        yield from surnames_of(form)


@cache
def surnames_in(form: str) -> tuple[str, ...]:
    """The folded surnames of a full name."""
    return tuple(dict.fromkeys(map(fold, surnames_of(form))))


def surnames_of(name: str) -> Iterator[str]:
    """The surname of a full name as texts write it: "al-Sudani", "Al-Sudani", "Sudani"."""
    keys = surname_keys(name)
    parts = name.split()
    if len(parts) < 2 or not keys:
        return
    ends = [" ".join(parts[place:]) for place in range(1, len(parts))]
    ends += [end.partition("-")[2] for end in ends if "-" in end]
    for form in (*ends, parts[0]):
        if len(form) > 1 and name_key(form) in keys:
            yield form
            yield form[:1].upper() + form[1:]
            article, _, bare = form.partition("-")
            if article.lower() in _ARTICLES and bare:
                yield bare
