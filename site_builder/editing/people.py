"""Two people become one, or one becomes two: records and front matter change together."""

from __future__ import annotations

import fnmatch
import posixpath
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from site_builder.config import SiteConfig
from site_builder.editing.changes import Changes
from site_builder.editing.frontmatter import Edit, Unsure, carry
from site_builder.editing.ledger import with_entry
from site_builder.editing.meaning import Meaning
from site_builder.editing.rewriting import Rewriter
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
        self.meaning = Meaning(archive, people)
        self.rewriter = Rewriter(config, self.meaning)

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
        spelt = {name_key(name): name for name in reversed(list(self.meaning.spellings(two)))}
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
        moved = self.rewriter.rewrite(changes, lambda article: two.id, now, merged, two)
        if two.has_record:
            changes.put(two.path, None)
        self._enter(changes, IdentityChange(
            self.today, "merge", two.id if two.has_record else slug(two.name), one.id,
            (two.name, *(n for n in names if n != two.name)), moved, reason))
        self.rewriter.check(changes, now, {two.id: one.id})
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
        concerned = list(self.meaning.articles(one))
        going = {a.path for a in concerned if self._goes(a, globs, before, after)}
        record = f"---\nname: {written(name or one.name)}\n"
        if qualifier:
            record += f"qualifier: {written(qualifier)}\n"
        if one.withhold:
            record += "withhold: true\n"
        names = ", ".join(written(alias) for alias in self.meaning.used(
            one, name or one.name, [a for a in concerned if a.path in going]))
        changes.put(path, f"{record}aliases: [{names}]\nroles: []\n---\n".encode())
        other = self._read(changes, path)
        kept = self._keep(changes, one, other)
        now = PeopleResolver([*self.people.records, other])
        undecided = [
            article.path for article in concerned if article.path not in going
            and not any(self.meaning.means(name, one) for name in article.people)
            and not self.meaning.only_noted(article, one)]
        if not going:
            raise _refusal("ED003", f"none of the articles that name {one.name} is among these",
                           "look at the person's page for their paths and dates")
        moved = self.rewriter.rewrite(
            changes, lambda article: one.id if article.path in going else "", now, other, one)
        self.rewriter.rewrite(
            changes, lambda article: "" if article.path in going else one.id, now, one, one)
        self._enter(changes, IdentityChange(
            self.today, "split", one.id, into, (other.name,), moved, reason))
        self.rewriter.check(changes, now, {one.id: into}, going - {
            a.path for a in concerned if self.meaning.only_noted(a, one)})
        said = (
            f"{one.name} ({one.path}) is divided: {into} is new ({path})",
            f"{_number(moved, 'article')} to rewrite for {into}",
            *((f"/people/{kept}/ and all below it stays {one.name}'s ({one.id}), and says that "
               f"there is another one; the new page is /people/{into}/",) if kept else ()),
        )
        return Outcome(changes, said, tuple(undecided))

    def _keep(self, changes: Changes, one: Person, other: Person) -> str:
        """Let a person keep an address that is also that of another's name; the slug, if so."""
        subject = self.archive.people.get(one.id)
        if one.slug or subject is None or slug(other.name) != subject.slug:
            return ""
        key = self._key("slug")
        data = changes.read(one.path) or b""
        try:
            changes.put(one.path, carry(
                data, f"---\n{key}: {subject.slug}\n---\n".encode(), [key], file=one.path))
        except Unsure as error:
            changes.refused.append(error.problem)
        return subject.slug

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


def _refusal(code: str, message: str, hint: str = "", *, exit_code: int = 2) -> Refusal:
    return Refusal(Problem("", 0, 0, code, message, hint), exit_code=exit_code)


def _number(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
