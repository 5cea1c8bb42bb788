"""Two people become one, or one becomes two: records and front matter change together."""

from __future__ import annotations

import fnmatch
import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from site_builder.config import SiteConfig
from site_builder.editing.changes import Changes
from site_builder.editing.frontmatter import Edit, Unsure, carry, items
from site_builder.editing.ledger import with_entry
from site_builder.editing.scalars import written
from site_builder.finding.people import AmbiguousName, PeopleResolver
from site_builder.finding.spelling import name_key
from site_builder.indexing.archive import Archive
from site_builder.model import Article, IdentityChange, Person
from site_builder.problems import Problem, Problems, Refusal
from site_builder.reading import authorities, frontmatter, ledger
from site_builder.reading.slugs import slug

_OWN = ("name", "id", "slug", "aliases", "redirect_from", "sort_name", "withhold")
"""Fields that a merge treats by itself; all others are carried over."""


class Outcome(msgspec.Struct, frozen=True):
    """What is to be done, and what somebody should look at first.

    `undecided` are articles that name the person in their text only.
    """

    changes: Changes
    said: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()


class Desk:
    """Merges and splits the people of one archive; nothing is written here."""

    def __init__(
        self, site: Path, config: SiteConfig, archive: Archive, people: PeopleResolver, today: str
    ) -> None:
        self.site, self.config, self.archive = site, config, archive
        self.people, self.today = people, today

    def merge(self, a: str, b: str, *, reason: str = "", drop: bool = False) -> Outcome:
        """Everything of `b` becomes `a`'s: names, fields, articles, address.

        Each is an id or a name; `b` may have no record. Raises `Refusal` (exit
        code 2 for wrong names, 1 for ED003: `b`'s record says something that
        `a`'s says otherwise, unless `drop`).
        """
        one, two = self._person(a), self._person(b)
        if not one.has_record:
            raise _refusal("ID001", f"{one.name} has no record",
                           f'site-builder new person "{one.name}" starts one')
        if one.id == two.id:
            raise _refusal("ED003", f"{a} and {b} are one person already: {one.path}")
        if two.has_record and one.withhold != two.withhold:
            raise _refusal("ED003", f"only one of {one.path} and {two.path} is withheld",
                           "write withhold: true into both, or into neither", exit_code=1)
        changes = Changes(self.site)
        spelt = {name_key(name): name for name in reversed(list(self._spellings(two)))}
        known = {name_key(name) for name in one.names}
        names = tuple(name for key, name in reversed(spelt.items()) if key not in known)
        if two.has_record:
            self._carry(changes, one, two, drop)
        addresses = tuple(self._addresses(one, two))
        changes.edit(one.path, [
            Edit(self._key("aliases"), add=names), Edit(self._key("redirect_from"), add=addresses)])
        if changes.refused:
            return Outcome(changes)
        merged = self._read(changes, one.path)
        rest = [p for p in self.people.records if p.path not in (one.path, two.path)]
        now = PeopleResolver([*rest, merged])
        moved = self._rewrite(changes, lambda article: two.id, now, merged, two)
        if two.has_record:
            changes.put(two.path, None)
        self._enter(changes, IdentityChange(
            self.today, "merge", two.id if two.has_record else slug(two.name), one.id,
            (two.name, *(n for n in names if n != two.name)), moved, reason))
        self._check(changes, now, {two.id: one.id})
        said = (
            f"{two.name} becomes {one.name} ({one.path})",
            f"{_number(moved, 'article')} to rewrite",
            *(f"new alias: {name}" for name in names),
            *(f"redirect: {address}" for address in addresses),
        )
        return Outcome(changes, said)

    def split(
        self, a: str, into: str, *, name: str = "", qualifier: str = "",
        globs: Sequence[str] = (), before: str = "", after: str = "", reason: str = "",
    ) -> Outcome:
        """Some articles of `a` become those of a new record with the id `into`.

        Those whose path matches one of `globs`, and those dated before `before`
        or after `after` (between them, where both are given). Raises `Refusal`.
        """
        one = self._person(a)
        if not one.has_record:
            raise _refusal("ID001", f"{one.name} has no record",
                           f'site-builder new person "{one.name}" starts one')
        path = f"{self.config.content.people.strip('/')}/{into}.md"
        if slug(into) != into:
            raise _refusal("FM011", f"{into!r} is no id for a new record",
                           f"write small letters, digits and hyphens: {slug(into) or 'li-ming-2'}")
        if (self.site / path).exists() or any(p.id == into for p in self.people.records):
            raise _refusal("OU002", f"there is a person with the id {into} already",
                           "choose another id")
        if not (globs or before or after):
            raise _refusal("ED003", "no article is said to go",
                           "say which with --articles, --before or --after")
        changes = Changes(self.site)
        concerned = list(self._articles(one))
        going = {a.path for a in concerned if self._goes(a, globs, before, after)}
        record = f"---\nname: {written(name or one.name)}\n"
        if qualifier:
            record += f"qualifier: {written(qualifier)}\n"
        if one.withhold:
            record += "withhold: true\n"
        names = ", ".join(written(alias) for alias in self._used(
            one, name or one.name, [a for a in concerned if a.path in going]))
        changes.put(path, f"{record}aliases: [{names}]\nroles: []\n---\n".encode())
        other = self._read(changes, path)
        now = PeopleResolver([*self.people.records, other])
        undecided = [
            article.path for article in concerned if article.path not in going
            and not any(self._means(name, one) for name in article.people)
            and not self._only_noted(article, one)]
        if not going:
            raise _refusal("ED003", f"none of the articles that name {one.name} is among these",
                           "look at the person's page for their paths and dates")
        moved = self._rewrite(
            changes, lambda article: one.id if article.path in going else "", now, other, one)
        self._rewrite(
            changes, lambda article: "" if article.path in going else one.id, now, one, one)
        self._enter(changes, IdentityChange(
            self.today, "split", one.id, into, (other.name,), moved, reason))
        self._check(changes, now, {one.id: into}, going - {
            a.path for a in concerned if self._only_noted(a, one)})
        said = (
            f"{one.name} ({one.path}) is divided: {into} is new ({path})",
            f"{_number(moved, 'article')} to rewrite for {into}",
        )
        return Outcome(changes, said, tuple(undecided))

    def _person(self, name: str) -> Person:
        try:
            found = self.people.resolve(name)
        except AmbiguousName as error:
            fits = ", ".join(f"{p.id} ({p.path})" for p in error.candidates)
            raise _refusal("ID003", f"{name!r} fits several people: {fits}", error.hint) from None
        if found is None:
            found = self.people.implied(name)
            if found.id not in self.archive.person_records:
                raise _refusal("ID011", f"no record and no article has the name {name!r}",
                               "write a name as articles have it, or a record's id")
        return found

    def _means(self, name: str, person: Person, people: PeopleResolver | None = None) -> bool:
        people = people or self.people
        text = " ".join(name.split())
        try:
            found = people.resolve(text)
        except AmbiguousName:
            return False
        if found is None:
            return not person.has_record and people.implied(text).id == person.id
        return found.id == person.id

    def _articles(self, person: Person) -> Iterator[Article]:
        """The articles that name a person, in front matter or text, in the order of their paths."""
        for path in sorted(self.archive.by_path):
            article = self.archive.by_path[path]
            if self._in_text(article, person) or any(
                    self._means(name, person) for name in (*article.authors, *_named(article))):
                yield article

    def _in_text(self, article: Article, person: Person) -> bool:
        trace = self.archive.traces[article.path]
        return person.id in trace.people or person.id in dict(trace.withheld)

    def _only_noted(self, article: Article, person: Person) -> bool:
        """Whether notes on statements alone name somebody: they say which of two it is."""
        return not self._in_text(article, person) and not any(
            self._means(name, person) for name in article.people) and any(
            self._means(note.speaker, person) for note in article.statements)

    def _used(self, person: Person, name: str, articles: Iterable[Article]) -> Iterator[str]:
        """The names of `person` but `name` by which some articles call them.

        Who is to be found in these articles needs them: a name that is another
        record's alone is that person's, whomever front matter names.
        """
        used: set[str] = set()
        for article in articles:
            used.update(map(name_key, (*_named(article), *article.authors)))
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

    def _spellings(self, person: Person) -> Iterator[str]:
        if person.has_record:
            yield from (person.name, *person.aliases)
            return
        yield person.name
        for article in self._articles(person):
            yield from (name for name in article.people if self._means(name, person))

    def _goes(self, article: Article, globs: Sequence[str], before: str, after: str) -> bool:
        below = posixpath.relpath(article.path, self.config.content.articles)
        if any(fnmatch.fnmatchcase(form, glob) for glob in globs for form in (article.path, below)):
            return True
        day = article.date.day
        return bool(before or after) and (not before or day < before) and (
            not after or day > after)

    def _carry(self, changes: Changes, one: Person, two: Person, drop: bool) -> None:
        """Bring the fields and the text of a record into another that lacks them."""
        data, other = changes.read(one.path), changes.read(two.path)
        assert data is not None
        assert other is not None
        mine, theirs = (self._matter(d, p) for d, p in ((data, one.path), (other, two.path)))
        own = {self._key(field) for field in _OWN}
        keys, lost = [], []
        for key, value in theirs.values.items():
            if key in own or value in (None, "", []):
                continue
            if mine.values.get(key) in (None, "", []):
                if key != self._key("qualifier"):  # it told the two apart
                    keys.append(key)
            elif mine.values[key] != value:
                lost.append(f"`{key}`")
        if theirs.body.strip() and mine.body.strip() and theirs.body.strip() != mine.body.strip():
            lost.append("the text")
        if lost and not drop:
            raise _refusal(
                "ED003", f"{', '.join(lost)} of {two.path} would be lost: {one.path} has another",
                "bring over by hand what is to stay, or give --drop", exit_code=1)
        try:
            if keys:
                data = carry(data, other, keys, file=one.path)
        except Unsure as error:
            changes.refused.append(error.problem)
            return
        if theirs.body.strip() and not mine.body.strip():
            data = data.rstrip(b"\r\n") + b"\n" + theirs.body.encode()
        changes.put(one.path, data)

    def _addresses(self, one: Person, two: Person) -> Iterator[str]:
        """Addresses that would be gone: the other's, and those of the name that both had."""
        people = self.archive.people
        found: dict[str, None] = {}
        if two.id in people:
            found[f"/people/{people[two.id].slug}/"] = None
        found.update(dict.fromkeys(two.redirect_from))
        kept = one.slug or slug(one.name)
        if one.id in people and people[one.id].slug != kept:
            found[f"/people/{people[one.id].slug}/"] = None
        for base, (_, ids) in self.archive.namesakes.pages.items():
            if base != kept and set(ids) <= {one.id, two.id}:
                found[f"/people/{base}/"] = None
        hidden = {slug(name) for name in one.hidden}
        for address in found:
            if address not in one.redirect_from and hidden.isdisjoint(address.split("/")):
                yield address

    def _rewrite(
        self, changes: Changes, of: Callable[[Article], str], now: PeopleResolver,
        person: Person, old: Person,
    ) -> int:
        """Name `person` in front matter that names `old`; how many articles that are.

        `of` gives the id of `old` for an article that is concerned. A name that
        means `person` with the people of `now` is left as it is where it meant
        them before.
        """
        count = 0
        for article in self._articles(old):
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
        reference = self._reference(now, person)
        try:
            for field in ("people", "authors"):
                key = self._article_key(data, field, article.path)
                listed = items(data, key, file=article.path)
                texts = [" ".join(item.split()) if isinstance(item, str) else "" for item in listed]
                replace: dict[int, str | None] = {}
                there = any(self._means(text, person, now) and not self._means(text, old)
                            for text in texts)
                for number, text in enumerate(texts):
                    if not text or not self._means(text, old):
                        continue
                    if field == "authors" and self._means(text, person, now):
                        continue
                    if person.id == old.id and self._means(text, person, now):
                        continue
                    replace[number] = None if there and field == "people" else reference
                    there = there or field == "people"
                add: tuple[str, ...] = ()
                if field == "people" and not any(self._means(text, old) for text in texts):
                    if any(self._means(name, old) for name in article.people):
                        raise Unsure(Problem(
                            article.path, article.lines.get("people", 1), 1, "ED001",
                            "this front matter is not edited: several names stand in one text",
                            "write the names as a list, then try again"))
                    if person.id != old.id and person.has_record and old.has_record and \
                            old in now.records and not self._only_noted(article, old):
                        add = (reference,)  # the text alone would not say which of the two
                if replace or add:
                    yield Edit(key, replace, add)
            key = self._article_key(data, "statements", article.path)
            speakers = {
                number: reference
                for number, text in enumerate(_speakers(items(data, key, file=article.path)))
                if self._means(text, old) and not (
                    person.id == old.id and self._means(text, person, now))}
            if speakers:
                yield Edit(key, speakers, part="speaker")
        except Unsure as error:
            changes.refused.append(error.problem)

    def _reference(self, now: PeopleResolver, person: Person) -> str:
        try:
            found = now.resolve(person.name)
        except AmbiguousName:
            return person.id
        return person.name if found is not None and found.id == person.id else person.id

    def _check(
        self, changes: Changes, now: PeopleResolver, moved: dict[str, str],
        going: set[str] | None = None,
    ) -> None:
        """Look whether every article names after the change whom it named before."""
        if changes.refused:
            return
        changed = set(changes.paths)
        for article in self.archive.articles:
            path = article.path
            goes = going is None or path in going
            before = [self._id(self.people, name) for name in article.people]
            wanted = {moved.get(id, id) if goes else id for id in before if id}
            names: Iterable[str] = article.people
            if path in changed:
                data = changes.read(path) or b""
                key = self._article_key(data, "people", path)
                names = [n for n in items(data, key, file=path) if isinstance(n, str)]
                wanted |= set(moved.values()) if going and path in going else set()
            after = {self._id(now, " ".join(name.split())) for name in names}
            if not wanted <= after:
                changes.refused.append(Problem(
                    path, article.lines.get("people", 1), 1, "ED003",
                    "this article would name somebody else after the change",
                    "write ids in place of names here, then try again"))

    @staticmethod
    def _id(people: PeopleResolver, name: str) -> str:
        try:
            found = people.resolve(name)
        except AmbiguousName:
            return ""
        return found.id if found else people.implied(name).id

    def _enter(self, changes: Changes, entry: IdentityChange) -> None:
        path = ledger.path(self.config)
        changes.put(path, with_entry(changes.read(path), entry))

    def _read(self, changes: Changes, path: str) -> Person:
        problems = Problems()
        person = authorities.read_person(
            changes.read(path) or b"", path=path, config=self.config, problems=problems)
        if person is None or problems.errors:
            raise Refusal(problems.errors, exit_code=1)
        return person

    def _matter(self, data: bytes, path: str) -> frontmatter.FrontMatter:
        from site_builder.reading.text import decode

        problems = Problems()
        text = decode(data, file=path, problems=problems)
        matter = frontmatter.split(text, file=path, problems=problems) if text else None
        if matter is None:
            raise Refusal(problems.errors, exit_code=1)
        return matter

    def _key(self, field: str) -> str:
        """The key that records of people have for one of our fields."""
        mapped = self.config.people_fields.get(field, field)
        return mapped if isinstance(mapped, str) else next(iter(mapped), field)

    def _article_key(self, data: bytes, field: str, path: str) -> str:
        return article_key(self.config, data, field, path)


def article_key(config: SiteConfig, data: bytes, field: str, path: str) -> str:
    """The key that an article's front matter has for one of our fields: the first that is filled.

    Raises `Unsure` where the front matter cannot be read.
    """
    mapped = config.fields.get(field, field)
    if isinstance(mapped, str):
        return mapped
    return next((key for key in mapped if items(data, key, file=path)),
                next(iter(mapped), field))


def _named(article: Article) -> Iterator[str]:
    """The names of people, or of speakers at least, in an article's front matter."""
    yield from article.people
    yield from (note.speaker for note in article.statements if note.speaker)


def _speakers(notes: Iterable[object]) -> Iterator[str]:
    """The speaker of each note on a statement, or an empty text."""
    for note in notes:
        speaker = note.get("speaker") if isinstance(note, dict) else None
        yield " ".join(speaker.split()) if isinstance(speaker, str) else ""


def _refusal(code: str, message: str, hint: str = "", *, exit_code: int = 2) -> Refusal:
    return Refusal(Problem("", 0, 0, code, message, hint), exit_code=exit_code)


def _number(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
