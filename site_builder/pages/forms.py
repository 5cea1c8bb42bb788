"""By which names the texts call a person or a country."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.finding.spelling import plain_key
from site_builder.model import Article, Country, Person
from site_builder.pages import contexts as c
from site_builder.pages.site import Site


class _Name:
    """What is known of a name: the ways to write it, how often each, and the first place."""

    __slots__ = ("articles", "count", "line", "place", "ways")

    def __init__(self) -> None:
        self.ways: dict[str, int] = {}
        self.count = self.articles = 0
        self.place, self.line = -1, 0  # in the articles, and among the names there


def seen(
    site: Site, articles: Sequence[Article], key: str, record: Person | Country
) -> tuple[c.Form, ...]:
    """The names in the texts of `articles` (newest first) that mean `key`, most frequent first.

    What differs in case or typography alone is one name, as it is written most
    often. Former names are left out unless the record shows them.
    """
    is_person = isinstance(record, Person)
    traces = site.archive.traces
    counts: dict[str, int] = {}  # many texts use the same names equally often
    first: dict[str, int] = {}
    for place, article in enumerate(articles):
        trace = traces[article.path]
        try:
            number = trace.people.index(key) if is_person else (
                len(trace.people) + trace.countries.index(key))
        except ValueError:
            continue
        said = trace.forms[number]
        counts[said] = counts.get(said, 0) + 1
        first[said] = place
    names: dict[str, _Name] = {}
    of = _Names(site, record, names)
    for said, texts in counts.items():
        place = first[said]
        here: list[_Name] = []
        for line, row in enumerate(said.split("\n")[:-1]):
            times, _, form = row.partition(" ")
            name = of[form]
            if name is None:
                continue
            count = texts * int(times)
            name.count += count
            name.ways[form] = name.ways.get(form, 0) + count
            if name in here:
                continue
            here.append(name)
            name.articles += texts
            if place > name.place:
                name.place, name.line = place, line
    return tuple(
        _form(site, name, articles[name.place], key, is_person)
        for written, name in sorted(names.items(), key=lambda item: (-item[1].count, item[0])))


def _form(site: Site, name: _Name, article: Article, key: str, is_person: bool) -> c.Form:
    trace, url = site.archive.traces[article.path], site.urls[article.path]
    number = trace.people.index(key) if is_person else (
        len(trace.people) + trace.countries.index(key))
    anchor = trace.places[number].split("\n")[name.line]
    way = min(name.ways, key=lambda way: (-name.ways[way], way.isupper(), way))
    return c.Form(
        way, name.count, name.articles, f"{url}#{anchor}" if anchor else url, article.date)


class _Names(dict[str, _Name | None]):
    """Each form in a text → its name; None for those that are not to be shown."""

    def __init__(self, site: Site, record: Person | Country, names: dict[str, _Name]) -> None:
        self._names, self._printed = names, site.hidden
        self._hidden = _hidden(record) if isinstance(record, Person) else frozenset()

    def __missing__(self, form: str) -> _Name | None:
        if self._printed.text(form) or (self._hidden and _folded(form) in self._hidden):
            self[form] = None
        else:
            self[form] = self._names.setdefault(plain_key(form), _Name())
        return self[form]


def _folded(form: str) -> str:
    from site_builder.finding.folding import fold

    return fold(form)


def _hidden(person: Person) -> frozenset[str]:
    """The forms that mean the person by a former name alone, of those that are not shown."""
    if all(former.show == "shown" for former in person.former):
        return frozenset()
    from site_builder.finding.forms import forms_of

    former = [former.name for former in person.former if former.show != "shown"]
    shown = [former.name for former in person.former if former.show == "shown"]
    return forms_of(Person("", former[0], aliases=tuple(former[1:]))) - forms_of(
        Person("", person.name, aliases=(*person.aliases, *shown)))
