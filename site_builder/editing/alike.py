"""Names across the archive that may be one person, with the merge that would make them one."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from site_builder.finding.duplicates import near_duplicates
from site_builder.finding.people import AmbiguousName, PeopleResolver
from site_builder.model import Article, Person, Trace


class Pair(msgspec.Struct, frozen=True):
    """Two names, and whose would stay: `keep` and `merge` are ids, or names without record.

    `score` runs to 1; the numbers are of the articles that name each.
    """

    keep: str
    merge: str
    keep_name: str
    merge_name: str
    score: float
    keep_articles: int
    merge_articles: int
    kept_record: bool

    @property
    def command(self) -> str:
        """What would merge the two."""
        merge = f"site-builder people merge {shlex.quote(self.keep)} {shlex.quote(self.merge)}"
        if self.kept_record:
            return merge
        return f"site-builder new person {shlex.quote(self.keep_name)}, then {merge}"


def alike(
    articles: Iterable[Article], people: PeopleResolver, extra: Mapping[str, int] = {},
    *, at_least: float = 0.75, traces: Mapping[str, Trace] = {},
) -> list[Pair]:
    """Pairs of people, by their names in records, front matter and `extra`, most alike first.

    Who is named in more articles is to stay, by front matter and, where `traces` (by path) are
    given, by texts; `extra` says how many name each of its names. Of equals who has a record,
    then the longer name. Two names of one record are no pair; of withheld people nothing is said.
    """
    counts: Counter[str] = Counter()
    who: dict[str, Person] = {}
    for person in people.records:
        if not person.withhold:
            for name in (person.name, *person.searchable):
                who.setdefault(name, person)

    def meant(name: str) -> Person | None:
        try:
            person = people.resolve(name)
        except AmbiguousName:
            return None
        return people.implied(name) if person is None else person

    for article in articles:
        trace = traces.get(article.path)
        ids = {p.id for name in article.people if (p := meant(name)) is not None}
        counts.update(ids.union(trace.people if trace else ()))
        for name in article.people:
            other = meant(name)
            if other is not None and not other.has_record:
                who.setdefault(other.name, other)
    for name, count in extra.items():
        other = meant(name)
        if other is not None and not other.has_record:
            who.setdefault(other.name, other)
            counts[other.id] = max(counts[other.id], count)
    best: dict[tuple[str, str], Pair] = {}
    for first, second, score in near_duplicates(sorted(who), at_least=at_least):
        one, two = who[first], who[second]
        if one.id == two.id or one.withhold or two.withhold:
            continue
        keep, merge = sorted((one, two), key=lambda p: (
            -counts[p.id], not p.has_record, -len(p.name), p.id))
        best.setdefault((keep.id, merge.id), Pair(
            keep.id if keep.has_record else keep.name, merge.id if merge.has_record else merge.name,
            keep.name, merge.name, score, counts[keep.id], counts[merge.id], keep.has_record))
    return sorted(best.values(), key=lambda p: (-p.score, p.keep, p.merge))
