"""Who appears with whom: people and countries that share articles, as edges and as a graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from itertools import combinations, product
from typing import NamedTuple

from site_builder.indexing.archive import Archive
from site_builder.pages.site import Site


class Edge(NamedTuple):
    """Two ids, how many articles name both, and the days of the first and the last of them."""

    a: str
    b: str
    articles: int
    first: str
    last: str


class Edges(NamedTuple):
    """All edges, each kind in the order of its ids."""

    people: list[Edge]
    countries: list[Edge]
    people_countries: list[Edge]


def edges(archive: Archive) -> Edges:
    """The edges of an archive: two that one article names, in its front matter or its text."""
    people: dict[tuple[str, str], list[str]] = {}
    countries: dict[tuple[str, str], list[str]] = {}
    mixed: dict[tuple[str, str], list[str]] = {}
    for article in reversed(archive.articles):
        day = article.date.day
        persons = sorted(archive.people_of[article.path])
        states = sorted(archive.countries_of[article.path])
        for found, pairs in ((people, combinations(persons, 2)),
                             (countries, combinations(states, 2)),
                             (mixed, product(persons, states))):
            for pair in pairs:
                if pair in found:
                    found[pair].append(day)
                else:
                    found[pair] = [day]
    return Edges(*(
        [Edge(a, b, len(days), days[0], days[-1]) for (a, b), days in sorted(found.items())]
        for found in (people, countries, mixed)))


def mark(archive: Archive) -> str:
    """All that the edges and the graph's nodes depend on but names and addresses."""
    return "\n".join([
        f"{a.date.day}\0{archive.people_of[a.path]}\0{archive.countries_of[a.path]}"
        for a in archive.articles])


_KEYS = (
    ("node", "kind", "string"), ("node", "name", "string"), ("node", "url", "string"),
    ("node", "articles", "int"), ("edge", "kind", "string"), ("edge", "articles", "int"),
    ("edge", "first", "string"), ("edge", "last", "string"),
)


def graphml(site: Site, found: Edges) -> str:
    """One undirected graph of people and countries in GraphML 1.0 (graphml.graphdrawing.org).

    Nodes are called `person/ID` and `country/ID`; an edge weighs its `articles`.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        *(f'<key id="{of[0]}_{name}" for="{of}" attr.name="{name}" attr.type="{type_}"/>'
          for of, name, type_ in _KEYS),
        '<graph id="archive" edgedefault="undirected">',
    ]
    for kind, room, subjects in (("person", "people", site.archive.people),
                                 ("country", "countries", site.archive.countries)):
        for key, subject in subjects.items():
            lines += _element("node", f'id="{escape(f"{kind}/{key}")}"', {
                "n_kind": kind, "n_name": subject.name,
                "n_url": f"{site.config.base_url}/{room}/{subject.slug}/",
                "n_articles": len(subject.articles)})
    for kind, (one, other), some in (
        ("people", ("person", "person"), found.people),
        ("countries", ("country", "country"), found.countries),
        ("people_countries", ("person", "country"), found.people_countries),
    ):
        for edge in some:
            ends = (f'source="{escape(f"{one}/{edge.a}")}" '
                    f'target="{escape(f"{other}/{edge.b}")}"')
            lines += _element("edge", ends, {
                "e_kind": kind, "e_articles": edge.articles, "e_first": edge.first,
                "e_last": edge.last})
    return "\n".join([*lines, "</graph>", "</graphml>", ""])


def _element(name: str, attributes: str, values: Mapping[str, str | int]) -> Iterator[str]:
    yield f"<{name} {attributes}>"
    for key, value in values.items():
        yield f'<data key="{key}">{escape(str(value), quote=False)}</data>'
    yield f"</{name}>"
