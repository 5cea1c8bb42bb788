"""Whom the names in articles mean, as one archive's records stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.finding.people import AmbiguousName, PeopleResolver
from site_builder.finding.spelling import name_key
from site_builder.indexing.archive import Archive
from site_builder.model import Article, Person


class Meaning:
    """The people of an archive before any change, and the articles that name them."""

    def __init__(self, archive: Archive, people: PeopleResolver) -> None:
        self.archive, self.people = archive, people

    def means(self, name: str, person: Person, people: PeopleResolver | None = None) -> bool:
        """Whether a written name means a person, with other `people` than now if given."""
        people = people or self.people
        text = " ".join(name.split())
        try:
            found = people.resolve(text)
        except AmbiguousName:
            return False
        if found is None:
            return not person.has_record and people.implied(text).id == person.id
        return found.id == person.id

    def articles(self, person: Person) -> Iterator[Article]:
        """The articles that name a person, in front matter or text, in the order of their paths."""
        for path in sorted(self.archive.by_path):
            article = self.archive.by_path[path]
            if self.in_text(article, person) or any(
                    self.means(name, person) for name in (*article.authors, *named(article))):
                yield article

    def in_text(self, article: Article, person: Person) -> bool:
        """Whether the text of an article names a person."""
        trace = self.archive.traces[article.path]
        return person.id in trace.people or person.id in dict(trace.withheld)

    def only_noted(self, article: Article, person: Person) -> bool:
        """Whether notes on statements alone name somebody: they say which of two it is."""
        return not self.in_text(article, person) and not any(
            self.means(name, person) for name in article.people) and any(
            self.means(note.speaker, person) for note in article.statements)

    def used(self, person: Person, name: str, articles: Iterable[Article]) -> Iterator[str]:
        """The names of `person` but `name` by which some articles call them.

        Who is to be found in these articles needs them: a name that is another
        record's alone is that person's, whomever front matter names.
        """
        used: set[str] = set()
        for article in articles:
            used.update(map(name_key, (*named(article), *article.authors)))
            trace = self.archive.traces[article.path]
            if person.id in trace.people:
                lines = trace.forms[trace.people.index(person.id)].split("\n")
                used.update(name_key(line.partition(" ")[2]) for line in lines)
        known = {name_key(name)}
        for form in (person.name, *person.aliases):
            key = name_key(form)
            # of the withheld no form is kept
            if key not in known and (key in used or person.withhold):
                known.add(key)
                yield form

    def spellings(self, person: Person) -> Iterator[str]:
        """The names of a record, or every way in which articles write a name without one."""
        if person.has_record:
            yield from (person.name, *person.aliases)
            return
        yield person.name
        for article in self.articles(person):
            yield from (name for name in article.people if self.means(name, person))


def named(article: Article) -> Iterator[str]:
    """The names of people, or of speakers at least, in an article's front matter."""
    yield from article.people
    yield from (note.speaker for note in article.statements if note.speaker)
