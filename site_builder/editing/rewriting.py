"""Other names in the front matter of articles: who meant one person means another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from site_builder.config import SiteConfig
from site_builder.editing.changes import Changes
from site_builder.editing.frontmatter import Edit, Unsure, items
from site_builder.editing.meaning import Meaning
from site_builder.finding.people import AmbiguousName, PeopleResolver
from site_builder.model import Article, Person
from site_builder.problems import Problem


class Rewriter:
    """Puts names into front matter, and looks whether each article names whom it should."""

    def __init__(self, config: SiteConfig, meaning: Meaning) -> None:
        self.config, self.meaning = config, meaning

    def rewrite(
        self, changes: Changes, of: Callable[[Article], str], now: PeopleResolver,
        person: Person, old: Person,
    ) -> int:
        """Name `person` in front matter that names `old`; how many articles that are.

        `of` gives the id of `old` for an article that is concerned. A name that
        means `person` with the people of `now` is left as it is where it meant
        them before.
        """
        count = 0
        for article in self.meaning.articles(old):
            if of(article) != old.id:
                continue
            edits = list(self._edits(changes, article, now, person, old))
            if edits and changes.edit(article.path, edits):
                count += 1
        return count

    def _edits(
        self, changes: Changes, article: Article, now: PeopleResolver, person: Person, old: Person
    ) -> Iterator[Edit]:
        data = changes.read(article.path)
        if data is None:
            return
        reference = _reference(now, person)
        means = self.meaning.means

        def instead_of(text: str) -> str:
            by_id = person.has_record and text.removeprefix("id:") == old.id
            return text.removesuffix(old.id) + person.id if by_id else reference

        try:
            for field in ("people", "authors"):
                key = article_key(self.config, data, field, article.path)
                listed = items(data, key, file=article.path)
                texts = [" ".join(item.split()) if isinstance(item, str) else "" for item in listed]
                replace: dict[int, str | None] = {}
                there = any(means(text, person, now) and not means(text, old)
                            for text in texts)
                for number, text in enumerate(texts):
                    if not text or not means(text, old):
                        continue
                    if field == "authors" and means(text, person, now):
                        continue
                    if person.id == old.id and means(text, person, now):
                        continue
                    replace[number] = None if there and field == "people" else instead_of(text)
                    there = there or field == "people"
                add: tuple[str, ...] = ()
                if field == "people" and not any(means(text, old) for text in texts):
                    if any(means(name, old) for name in article.people):
                        raise Unsure(Problem(
                            article.path, article.lines.get("people", 1), 1, "ED001",
                            "this front matter is not edited: several names stand in one text",
                            "write the names as a list, then try again"))
                    if person.id != old.id and person.has_record and old.has_record and \
                            old in now.records and not self.meaning.only_noted(article, old):
                        add = (reference,)  # the text alone would not say which of the two
                if replace or add:
                    yield Edit(key, replace, add)
            key = article_key(self.config, data, "statements", article.path)
            speakers = {
                number: instead_of(text)
                for number, text in enumerate(_speakers(items(data, key, file=article.path)))
                if means(text, old) and not (
                    person.id == old.id and means(text, person, now))}
            if speakers:
                yield Edit(key, speakers, part="speaker")
        except Unsure as error:
            changes.refused.append(error.problem)

    def check(
        self, changes: Changes, now: PeopleResolver, moved: dict[str, str],
        going: set[str] | None = None,
    ) -> None:
        """Look whether every article names after the change whom it named before."""
        if changes.refused:
            return
        changed = set(changes.paths)
        for article in self.meaning.archive.articles:
            path = article.path
            goes = going is None or path in going
            before = [_id(self.meaning.people, name) for name in article.people]
            wanted = {moved.get(id, id) if goes else id for id in before if id}
            names: Iterable[str] = article.people
            if path in changed:
                data = changes.read(path) or b""
                key = article_key(self.config, data, "people", path)
                names = [n for n in items(data, key, file=path) if isinstance(n, str)]
                wanted |= set(moved.values()) if going and path in going else set()
            after = {_id(now, " ".join(name.split())) for name in names}
            if not wanted <= after:
                changes.refused.append(Problem(
                    path, article.lines.get("people", 1), 1, "ED003",
                    "this article would name somebody else after the change",
                    "write ids in place of names here, then try again"))


def _reference(now: PeopleResolver, person: Person) -> str:
    try:
        found = now.resolve(person.name)
    except AmbiguousName:
        return person.id
    return person.name if found is not None and found.id == person.id else person.id


def _id(people: PeopleResolver, name: str) -> str:
    try:
        found = people.resolve(name)
    except AmbiguousName:
        return ""
    return found.id if found else people.implied(name).id


def article_key(config: SiteConfig, data: bytes, field: str, path: str) -> str:
    """The key that an article's front matter has for one of our fields: the first that is filled.

    Raises `Unsure` where the front matter cannot be read.
    """
    mapped = config.fields.get(field, field)
    if isinstance(mapped, str):
        return mapped
    return next((key for key in mapped if items(data, key, file=path)),
                next(iter(mapped), field))


def _speakers(notes: Iterable[object]) -> Iterator[str]:
    """The speaker of each note on a statement, or an empty text."""
    for note in notes:
        speaker = note.get("speaker") if isinstance(note, dict) else None
        yield " ".join(speaker.split()) if isinstance(speaker, str) else ""
