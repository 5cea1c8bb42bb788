"""What of an article no search may find or quote: names that are to be printed nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from site_builder.finding.forms import AnyOf
from site_builder.model import Person, Trace
from site_builder.pages.keys import digest
from site_builder.pages.site import Site
from site_builder.searching.spelling import joined, words

_ENDINGS: Final = ("es", "e", "n", "en", "er", "ers", "em", "ern")
"""Besides an s, those that words.js overlooks, so that a name finds a word that has one."""
_PREFIXES: Final = "وبلفكک"
"""Particles that Arabic writes together with a name: and, in, to, so, like."""


class _Names(msgspec.Struct, frozen=True):
    """Names of one person, each as its words; `kept` are words that may be found all the same."""

    each: tuple[tuple[str, ...], ...]
    kept: frozenset[str]
    pattern: AnyOf | None


class Unsaid:
    """Strikes hidden former names and all names of withheld people from the words of articles."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._of = {person.id: _names(person) for person in site.archive.hidden}
        self.mark = digest(*(f"{id} {names.each} {sorted(names.kept)}"
                             for id, names in sorted(self._of.items())))

    def __bool__(self) -> bool:
        return bool(self._of)

    def strike(self, trace: Trace, text: str, found: dict[str, int]) -> None:
        """Take the words of such names out of those `found` in an article and its `text`.

        The words of a name go one by one where the article means that person by it; words that
        are all `found` are taken for a withheld name, wherever they stand.
        """
        meant = set(self._site.hidden.meant(trace))
        for id, names in self._of.items():
            for name in names.each:
                one = "".join(name)  # a hashtag
                if id in meant or (
                    all(any(word + end in found for end in ("", "s")) for word in name)
                    and (names.pattern is None or names.pattern.search(text))
                ):
                    struck = {*name, one} - names.kept
                else:
                    struck = {one} - names.kept if len(name) > 1 else set()
                for word in struck:
                    for form in _forms(word):
                        found.pop(form, None)


def _names(person: Person) -> _Names:
    if person.withhold:
        return _Names(_each((*person.names, person.sort_name)), frozenset(), None)
    shown = {word for name in (person.name, *person.searchable) for word in words(name)}
    return _Names(_each(person.hidden), frozenset(shown), AnyOf(person.hidden))


def _each(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    spelt = (spelling for name in names for spelling in (words(name), joined(name)))
    return tuple(dict.fromkeys(tuple(spelling) for spelling in spelt if spelling))


def _forms(word: str) -> Iterator[str]:
    yield word
    yield f"{word}s"
    for ending in _ENDINGS:
        if len(word) >= 5 or (len(word) == 4 and len(ending) > 1):
            yield word + ending
    if "\u0600" <= word[0] <= "\u06ff":
        for prefix in _PREFIXES:
            yield prefix + word
