"""People whose records say `withhold`, in the front matter of articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from site_builder.finding.forms import any_of
from site_builder.finding.spelling import name_key
from site_builder.model import Article, Person


class Withheld:
    """Knows the names of withheld people; false where there are none."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._keys: dict[str, str] = {}
        names: dict[str, str] = {}
        for person in people:
            if person.withhold:
                for name in (person.id, *person.names):
                    self._keys[name_key(name)] = person.name
                names.update(dict.fromkeys(person.names, person.name))
        self._names = any_of(names) if names else None
        self._of = {name.casefold(): person for name, person in names.items()}

    def __bool__(self) -> bool:
        return self._names is not None

    def without(self, article: Article) -> Article:
        """The article without them in its byline and tags: neither may have a page or a feed."""
        authors = tuple(name for name in article.authors if name_key(name) not in self._keys)
        tags = tuple(name for name in article.tags if name_key(name) not in self._keys)
        if authors == article.authors and tags == article.tags:
            return article
        return msgspec.structs.replace(article, authors=authors, tags=tags)

    def told(self, article: Article) -> Iterator[tuple[str, str]]:
        """What front matter shows of them: the field and the person's name, once each."""
        fields = {
            "title": (article.title,), "summary": (article.summary,), "authors": article.authors,
            "tags": article.tags, "section": (article.section,),
            "image": (article.image.alt, article.image.caption) if article.image else (),
            "corrections": tuple(correction.text for correction in article.corrections),
            "slug": (article.slug.replace("-", " "),),
        }
        for field, texts in fields.items():
            for text in texts:
                found = self._names.search(text) if self._names is not None else None
                if found:
                    yield field, self._of[found[0].casefold()]
                    break
                if field in ("authors", "tags") and name_key(text) in self._keys:
                    yield field, self._keys[name_key(text)]
                    break
