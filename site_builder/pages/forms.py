"""By which names the texts call a person or a country."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from site_builder.finding.spelling import plain_key
from site_builder.model import Article, Country, Person
from site_builder.pages import contexts as c
from site_builder.pages.site import Site


class _Found:
    """What is known of a name while articles are gone through, the newest first."""

    __slots__ = ("anchor", "article", "articles", "count", "ways")

    def __init__(self) -> None:
        self.count = self.articles = 0
        self.article: Article | None = None
        self.anchor = ""
        self.ways: dict[str, int] = {}  # to write it, and how often


def seen(
    site: Site, articles: Iterable[Article], key: str, record: Person | Country
) -> tuple[c.Form, ...]:
    """The names in the texts of `articles` (newest first) that mean `key`, most frequent first.

    What differs in case or typography alone is one name, as it is written most
    often. Former names are left out unless the record shows them.
    """
    traces = site.archive.traces
    is_person = isinstance(record, Person)
    hidden = _hidden(record) if isinstance(record, Person) else frozenset()
    names: dict[str, _Found] = {}
    of: dict[str, _Found | None] = {}
    for article in articles:
        trace = traces[article.path]
        ids = trace.people if is_person else trace.countries
        if key not in ids:
            continue
        place = ids.index(key) + (0 if is_person else len(trace.people))
        for line in trace.forms[place].split("\n"):
            times, anchor, form = line.split(" ", 2)
            if form in of:
                found = of[form]
            elif _is_hidden(site, form, hidden):
                found = of[form] = None
            else:
                found = of[form] = names.setdefault(plain_key(form), _Found())
            if found is None:
                continue
            count = int(times)
            found.count += count
            found.ways[form] = found.ways.get(form, 0) + count
            if found.article is not article:
                found.article, found.anchor = article, anchor
                found.articles += 1
    return tuple(
        _form(site, found)
        for name, found in sorted(names.items(), key=lambda item: (-item[1].count, item[0])))


def _form(site: Site, found: _Found) -> c.Form:
    assert found.article is not None
    url = site.urls[found.article.path]
    name = min(found.ways, key=lambda way: (-found.ways[way], way.isupper(), way))
    return c.Form(name, found.count, found.articles,
                  f"{url}#{found.anchor}" if found.anchor else url, found.article.date)


def _is_hidden(site: Site, form: str, hidden: Collection[str]) -> bool:
    if hidden:
        from site_builder.finding.gazetteer import fold

        if fold(form) in hidden:
            return True
    return site.hidden.text(form)


def _hidden(person: Person) -> frozenset[str]:
    """The forms that mean the person by a former name alone, of those that are not shown."""
    if all(former.show == "shown" for former in person.former):
        return frozenset()
    from site_builder.finding.mentions import forms_of

    former = [former.name for former in person.former if former.show != "shown"]
    shown = [former.name for former in person.former if former.show == "shown"]
    return forms_of(Person("", former[0], aliases=tuple(former[1:]))) - forms_of(
        Person("", person.name, aliases=(*person.aliases, *shown)))
