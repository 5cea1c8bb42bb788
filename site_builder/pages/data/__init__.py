"""The archive as files of data: tables by year and whole, a graph, a database, a dictionary."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from site_builder.model import Article
from site_builder.pages import contexts as c
from site_builder.pages.data import graph, packaging, rows
from site_builder.pages.data.dictionary import BY_NAME, Table
from site_builder.pages.sheets import Sheet
from site_builder.pages.site import Site
from site_builder.problems import Severity

OWNER: Final = "the files of data"
_YEARLY: Final[dict[str, Callable[[Site, Iterable[Article]], Iterable[rows.Row]]]] = {
    "articles": rows.articles, "mentions": rows.mentions, "statements": rows.statements,
    "corrections": rows.corrections,
}


def year(site: Site, sheet: Sheet, label: str) -> None:
    """The files of one year."""
    articles = site.archive.years[label].articles
    for name, some in _YEARLY.items():
        _add_table(site, sheet, f"/data/{name}-{label}", BY_NAME[name], some(site, articles))


def texts(site: Site, sheet: Sheet, label: str) -> None:
    """The texts of one year."""
    _add_table(site, sheet, f"/data/texts-{label}", BY_NAME["texts"],
               rows.texts(site, site.archive.years[label].articles))


def together(site: Site, sheet: Sheet) -> None:
    """The edges between those who appear together, and their graph."""
    found = graph.edges(site.archive)
    for name, edges in (("edges_people", found.people), ("edges_countries", found.countries),
                        ("edges_people_countries", found.people_countries)):
        table = BY_NAME[name]
        columns = [column.name for column in table.in_files]
        _add_table(site, sheet, f"/data/{name}", table,
                   (dict(zip(columns, edge, strict=True)) for edge in edges))
    _add(site, sheet, packaging.GRAPH, graph.graphml(site, found))


def database(site: Site, sheet: Sheet) -> None:
    """The SQLite file, and the words that Datasette shows with it."""
    from site_builder.pages.data import sqlite

    _add(site, sheet, packaging.DATABASE, sqlite.database(site))
    _add(site, sheet, packaging.METADATA, packaging.metadata(site.config))


def whole(site: Site, sheet: Sheet) -> None:
    """The tables that span all years, and the page that explains everything."""
    for name, some in (("people", rows.people), ("countries", rows.countries),
                       ("pairs", rows.pairs)):
        _add_table(site, sheet, f"/data/{name}", BY_NAME[name], some(site))
    _add(site, sheet, packaging.PACKAGE, packaging.package(site))
    title = site.words("data")
    sheet.add("/data/", "data.html", c.DataContext(
        c.Head(title, "/data/", site.words("data_intro")), title, site.words("data_intro"),
        tuple(_described(site, table) for table in packaging.offered(site.config)),
        files=tuple((c.Link(url.rpartition("/")[2], url), meaning)
                    for url, meaning in packaging.files(site.config).items()),
        first=site.archive.articles[-1].date.day, last=site.archive.articles[0].date.day,
    ), OWNER)


def _described(site: Site, table: Table) -> c.DataTable:
    columns = table.columns if site.config.data.sqlite else table.in_files
    where = {"files": " (only in the files)", "database": " (only in the database)"} \
        if site.config.data.sqlite and not table.only else {}
    return c.DataTable(
        table.name, table.meaning,
        tuple((column.name, column.meaning + where.get(column.only, "")) for column in columns),
        tuple(tuple(c.Link(url.rpartition("/")[2], url) for url in pair)
              for pair in packaging.paths(site.archive, table)))


def _add_table(site: Site, sheet: Sheet, url: str, table: Table, some: Iterable[rows.Row]) -> None:
    found = list(some)
    lines = b"".join(msgspec.json.encode(row) + b"\n" for row in found).decode()
    _add(site, sheet, f"{url}.jsonl", lines)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")  # RFC 4180
    columns = [column.name for column in table.in_files]
    writer.writerow(columns)
    for row in found:
        writer.writerow([_cell(row[column]) for column in columns])
    _add(site, sheet, f"{url}.csv", text.getvalue())


def _add(site: Site, sheet: Sheet, url: str, data: str | bytes) -> None:
    size, most = len(data if isinstance(data, bytes) else data.encode()), site.config.data.largest
    if size > most:
        sheet.problems.add(
            "DA001", f"{url[1:]} has {size:,} bytes, more than {most:,}", file="site.toml",
            severity=Severity.WARNING,
            hint="GitHub takes no file over 100 MB; data.largest says what your host takes",
        )
    sheet.add(url, "", c.FileContext(data), OWNER)


def _cell(value: rows.Value) -> str | int | float:
    """A cell that a spreadsheet shows and does not run (OWASP, "CSV Injection")."""
    if isinstance(value, list):
        value = "; ".join(value)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value
