"""People whose records say `withhold`, in the front matter of articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from site_builder.finding.forms import Glance, any_of, surnames_of
from site_builder.finding.spelling import name_key
from site_builder.model import Article, Person, Trace
from site_builder.problems import Problems, Severity
from site_builder.reading.text import position

_ADDRESSES: Final = ("slug", "id", "aliases", "redirect_from")
_KNOWN: Final = ("people", "statements")
"""Fields of front matter whose names are no words of the site."""
_FIELD: Final = re.compile(r"^(\w[\w-]*)\s*:", re.MULTILINE)
_COMMENT: Final = re.compile(r"(?<!\S)#.*")
INSTEAD: Final = "…"
_SHOWN: Final = f" {INSTEAD}"
"""What stands in the place of a withheld name."""


def digest_as_read(article: Article) -> str:
    """The digest of an article as it was read, whatever is left out of what is shown of it."""
    return article.digest.removesuffix(_SHOWN)


class Withheld:
    """Knows the names of withheld people; false where there are none."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._keys: dict[str, str] = {}
        self._full: dict[str, tuple[str, re.Pattern[str]]] = {}
        self._surnames: dict[str, re.Pattern[str]] = {}
        names: list[str] = []
        for person in people:
            if person.withhold:
                own = (person.id, *person.names)
                self._keys.update((name_key(name), person.name) for name in own)
                names += own
                self._full[person.id] = person.name, any_of(person.names)
                if surnames := {form for name in person.names for form in surnames_of(name)}:
                    self._surnames[person.id] = any_of(surnames)
        self._glance = Glance(names)

    def __bool__(self) -> bool:
        return bool(self._full)

    def without(self, article: Article, trace: Trace | None = None) -> Article:
        """The article without them in its front matter.

        Neither a byline, a tag nor a section may have a page or a feed; in titles, standfirsts,
        captions and corrections something else stands in the place of the name. The surname
        counts where the text, which is `trace`d, names them.
        """
        patterns = self._patterns(trace)

        def mask(text: str) -> str:
            return _masked(text, patterns) if self._glance.may_find(text) else text

        def given_away(name: str) -> bool:
            return name_key(name) in self._keys or mask(name) != name

        image, removed, issue = article.image, article.removed, article.issue
        shown = msgspec.structs.replace(
            article,
            title=mask(article.title), summary=mask(article.summary),
            section="" if mask(article.section) != article.section else article.section,
            authors=tuple(name for name in article.authors if not given_away(name)),
            tags=tuple(name for name in article.tags if not given_away(name)),
            people=tuple(name for name in article.people if name_key(name) in self._keys
                         or not any(full.fullmatch(name) for _, full in self._full.values())),
            issue=issue and (None if mask(issue.number) != issue.number else issue),
            corrections=tuple(
                msgspec.structs.replace(one, text=mask(one.text)) for one in article.corrections),
            image=image and msgspec.structs.replace(
                image, alt=mask(image.alt), caption=mask(image.caption),
                credit=mask(image.credit)),
            removed=removed and msgspec.structs.replace(removed, reason=mask(removed.reason)),
        )
        if shown == article:
            return article
        return msgspec.structs.replace(shown, digest=f"{article.digest}{_SHOWN}")

    def say(
        self, articles: Iterable[Article], traces: Mapping[str, Trace],
        source: Callable[[str], str], problems: Problems,
    ) -> None:
        """Tell where articles name them, in front matter and text; `source` gives a file's text
        by its path."""
        for article in articles:
            trace = traces.get(article.path)
            named = dict(trace.withheld) if trace else {}
            text = source(article.path)
            if not (named or self._glance.may_find(text)):
                continue
            body = max(text.find("\n---", 1), 0)
            fields = dict(self._told(article, trace))
            written = list(_written(text[:body]))
            shown = {key: name for key, name in self._shown(written, article) if key not in fields}
            lines = {key: line for key, line, _ in reversed(written)} | article.lines
            for field, name in (*fields.items(), *shown.items()):
                problems.add(
                    "ID010", f"`{field}` names {name}, who is withheld", file=article.path,
                    line=lines.get(field, 1), column=1, severity=Severity.WARNING,
                    hint="its address shows the name" if field in _ADDRESSES
                    else "the site shows it: write a role in place of the name" if field in shown
                    else "it is left out: write a role in place of the name")
            for id, (name, full) in self._full.items():
                surname = self._surnames.get(id) if id in named else None
                whole = [match.span() for match in full.finditer(text, body)]
                places = [start for start, _ in whole]
                places += [match.start() for match in surname.finditer(text, body)
                           if not any(a <= match.start() < b for a, b in whole)] if surname else []
                if not places and id not in named:
                    continue
                _tell(problems, article.path, text, sorted(places) or [body], name,
                      named.get(id, 1))

    def say_elsewhere(
        self, paths: Iterable[str], source: Callable[[str], str], problems: Problems
    ) -> None:
        """Tell where other files name them: records and free pages."""
        for path in paths:
            text = source(path) if path else ""
            if not self._glance.may_find(text):
                continue
            for name, full in self._full.values():
                if places := [match.start() for match in full.finditer(text)]:
                    _tell(problems, path, text, places, name)

    def _shown(
        self, written: Iterable[tuple[str, int, str]], article: Article
    ) -> Iterator[tuple[str, str]]:
        """Other fields of front matter that hold a name, and whose."""
        for field, line, value in written:
            if field in _KNOWN or line == article.lines.get("people"):
                continue
            for name, full in self._full.values():
                if full.search(value):
                    yield field, name
                    break

    def _told(self, article: Article, trace: Trace | None) -> Iterator[tuple[str, str]]:
        """What front matter shows of them: the field and the person's name, once each."""
        image, removed, issue = article.image, article.removed, article.issue
        fields = {
            "title": (article.title,), "summary": (article.summary,), "authors": article.authors,
            "tags": article.tags, "section": (article.section,),
            "image": (image.alt, image.caption, image.credit) if image else (),
            "issue": (issue.number,) if issue else (),
            "corrections": tuple(correction.text for correction in article.corrections),
            "removed": (removed.reason,) if removed else (),
            "slug": (article.slug.replace("-", " "),),
        }
        patterns = list(self._full.values())
        patterns += [(self._full[id][0], self._surnames[id]) for id in _named(trace)
                     if id in self._surnames]
        for field, texts in fields.items():
            for text in texts:
                person = next((name for name, pattern in patterns if pattern.search(text)), "")
                if not person and field in ("authors", "tags"):
                    person = self._keys.get(name_key(text), "")
                if person:
                    yield field, person
                    break

    def _patterns(self, trace: Trace | None) -> list[re.Pattern[str]]:
        """The longest names first: a surname within a whole one is gone with it."""
        return [pattern for _, pattern in self._full.values()] + [
            self._surnames[id] for id in _named(trace) if id in self._surnames]


def apart(people: Sequence[Person]) -> Sequence[Person]:
    """The records, in which nobody's office or qualifier names a withheld person."""
    full = [any_of(person.names) for person in people if person.withhold]
    return [_without(person, full) for person in people] if full else people


def _without(person: Person, full: Sequence[re.Pattern[str]]) -> Person:
    if person.withhold or not (person.roles or person.qualifier):
        return person
    roles = tuple(
        msgspec.structs.replace(role, title=_masked(role.title, full)) for role in person.roles)
    return msgspec.structs.replace(
        person, roles=roles, qualifier=_masked(person.qualifier, full))


def _masked(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    for pattern in patterns:
        text = pattern.sub(INSTEAD, text)
    return text


def _written(head: str) -> Iterator[tuple[str, int, str]]:
    """The fields of a front matter as they are written: key, line, value without comments."""
    fields = list(_FIELD.finditer(head))
    ends = [*(found.start() for found in fields[1:]), len(head)]
    for found, end in zip(fields, ends, strict=True):
        line, _ = position(head, found.start())
        yield found[1], line, _COMMENT.sub("", head[found.end() : end])


def _tell(
    problems: Problems, path: str, text: str, places: Sequence[int], name: str, count: int = 1
) -> None:
    line, column = position(text, places[0])
    others = sorted({position(text, place)[0] for place in places[1:]} - {line})
    count = max(count, len(places))
    often = f", {count} times" if count > 1 else ""
    also = f" (lines {line}, {', '.join(map(str, others))})" if others else ""
    problems.add(
        "ID010", f"the text names {name}, who is withheld{often}{also}", file=path, line=line,
        column=column, severity=Severity.WARNING,
        hint="write a role in place of the name, if the person is at risk")


def _named(trace: Trace | None) -> list[str]:
    return [id for id, _ in trace.withheld] if trace else []
