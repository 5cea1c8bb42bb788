"""People whose records say `withhold`, in the front matter of articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import msgspec

from site_builder.finding.forms import any_of, surnames_of
from site_builder.finding.spelling import name_key
from site_builder.model import Article, Person, Trace
from site_builder.problems import Problems, Severity
from site_builder.reading.text import position

INSTEAD: Final = "…"
"""What stands in the place of a withheld name."""


class Withheld:
    """Knows the names of withheld people; false where there are none."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._keys: dict[str, str] = {}
        self._full: dict[str, tuple[str, re.Pattern[str]]] = {}
        self._surnames: dict[str, re.Pattern[str]] = {}
        for person in people:
            if person.withhold:
                for name in (person.id, *person.names):
                    self._keys[name_key(name)] = person.name
                self._full[person.id] = person.name, any_of(person.names)
                if surnames := {form for name in person.names for form in surnames_of(name)}:
                    self._surnames[person.id] = any_of(surnames)

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
            for pattern in patterns:
                text = pattern.sub(INSTEAD, text)
            return text

        image, removed = article.image, article.removed
        shown = msgspec.structs.replace(
            article,
            title=mask(article.title), summary=mask(article.summary),
            section="" if mask(article.section) != article.section else article.section,
            authors=tuple(name for name in article.authors if name_key(name) not in self._keys),
            tags=tuple(name for name in article.tags if name_key(name) not in self._keys),
            corrections=tuple(
                msgspec.structs.replace(one, text=mask(one.text)) for one in article.corrections),
            image=image and msgspec.structs.replace(
                image, alt=mask(image.alt), caption=mask(image.caption)),
            removed=removed and msgspec.structs.replace(removed, reason=mask(removed.reason)),
        )
        if shown == article:
            return article
        return msgspec.structs.replace(shown, digest=f"{article.digest} {INSTEAD}")

    def say(
        self, articles: Iterable[Article], traces: Mapping[str, Trace],
        source: Callable[[Article], str], problems: Problems,
    ) -> None:
        """Tell where articles name them, in front matter and text; `source` gives a whole file."""
        for article in articles:
            trace = traces.get(article.path)
            fields, named = list(self._told(article, trace)), trace.withheld if trace else ()
            if not fields and not named:
                continue
            text = source(article)
            body = max(text.find("\n---", 1), 0)
            for field, name in fields:
                key = re.compile(rf"^{field}\s*:", re.MULTILINE).search(text, 0, body)
                line, _ = position(text, key.start() if key else 0)
                problems.add(
                    "ID010", f"`{field}` names {name}, who is withheld", file=article.path,
                    line=article.lines.get(field, line), column=1, severity=Severity.WARNING,
                    hint="its address shows the name" if field == "slug"
                    else "it is left out: write a role in place of the name")
            for id, count in named:
                line, column = position(text, body + self._place(id, text[body:]))
                often = f", {count} times" if count > 1 else ""
                problems.add(
                    "ID010", f"the text names {self._full[id][0]}, who is withheld{often}",
                    file=article.path, line=line, column=column, severity=Severity.WARNING,
                    hint="write a role in place of the name, if the person is at risk")

    def _told(self, article: Article, trace: Trace | None) -> Iterator[tuple[str, str]]:
        """What front matter shows of them: the field and the person's name, once each."""
        image, removed = article.image, article.removed
        fields = {
            "title": (article.title,), "summary": (article.summary,), "authors": article.authors,
            "tags": article.tags, "section": (article.section,),
            "image": (image.alt, image.caption) if image else (),
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

    def _place(self, id: str, text: str) -> int:
        """Where a text names a withheld person first; 0 for nowhere."""
        found = [pattern.search(text) for pattern in
                 (self._full[id][1], self._surnames.get(id)) if pattern is not None]
        return min((match.start() for match in found if match), default=0)

    def _patterns(self, trace: Trace | None) -> list[re.Pattern[str]]:
        """The longest names first: a surname within a whole one is gone with it."""
        return [pattern for _, pattern in self._full.values()] + [
            self._surnames[id] for id in _named(trace) if id in self._surnames]


def _named(trace: Trace | None) -> list[str]:
    return [id for id, _ in trace.withheld] if trace else []
