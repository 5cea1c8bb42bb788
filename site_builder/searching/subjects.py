"""People and countries as results of their own, found by every name they go by."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

import msgspec

from site_builder.pages.site import Site
from site_builder.searching.blocks import CHUNK, Indexed
from site_builder.searching.encoding import encode
from site_builder.searching.spelling import words

_STEPS: Final = (2, 10, 50)
"""From so many articles on somebody weighs one more: the best known come first."""


def subjects(site: Site, buckets: int) -> Indexed:
    """Everybody and every country with a page, in the order of names and addresses."""
    found = sorted([*_people(site), *_countries(site)])
    inverted: dict[str, list[int]] = defaultdict(list)
    for place, (_, _, _, count, names) in enumerate(found):
        weight = sum(count >= step for step in _STEPS)
        for word in dict.fromkeys(words("\n".join(names))):
            inverted[word].append(place * 4 + weight)
    return Indexed(
        parts=encode(inverted, buckets),
        titles=tuple(msgspec.json.encode(found[n : n + CHUNK])
                     for n in range(0, len(found), CHUNK)),
        facets=b"",
    )


_Row = tuple[str, str, str, int, tuple[str, ...]]


def _people(site: Site) -> list[_Row]:
    archive = site.archive
    rows = []
    for key, subject in archive.people.items():
        record = archive.person_records[key]
        names = (record.name, *record.searchable, record.sort_name)
        rows.append((subject.name, f"/people/{subject.slug}/", "person", len(subject.articles),
                     tuple(dict.fromkeys(name for name in names if name))))
    return rows


def _countries(site: Site) -> list[_Row]:
    archive, atlas = site.archive, site.atlas
    languages = sorted({*archive.languages, site.config.language})
    rows = []
    for key, subject in archive.countries.items():
        names = (subject.name, *atlas.names(key),
                 *(atlas.display(key, language) for language in languages))
        rows.append((subject.name, f"/countries/{subject.slug}/", "country",
                     len(subject.articles), tuple(dict.fromkeys(names))))
    return rows
