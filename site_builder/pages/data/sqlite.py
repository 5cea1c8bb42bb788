"""The archive as one SQLite file with full-text search: the same input gives the same bytes.

It is made whole, in a fixed order and without a journal, so nothing in it
tells how it came to be; docs/decisions/0028-open-data.md has what that costs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from site_builder.pages.data import rows
from site_builder.pages.data.dictionary import BY_NAME, STORED, Column, Table
from site_builder.pages.data.graph import edges
from site_builder.pages.data.variants import variants
from site_builder.pages.site import Site

APPLICATION: Final = 0x53424152
"""`PRAGMA application_id`: "SBAR"."""
VERSION: Final = 2
"""`PRAGMA user_version`: of the tables and their columns."""
_TYPES: Final = {"text": "TEXT", "list": "TEXT", "integer": "INTEGER", "number": "REAL"}
_INDEXES: Final = (
    ("articles", "date"), ("articles", "section"), ("articles_people", "person"),
    ("articles_countries", "country"), ("mentions", "article"), ("mentions", "person"),
    ("mentions", "country"), ("statements", "article"), ("statements", "speaker"),
    ("corrections", "article"),
    ("edges_people", "b"), ("edges_countries", "b"), ("edges_people_countries", "country"),
    ("pairs", "b"),
)
FULL_TEXT: Final = """
CREATE VIRTUAL TABLE "articles_fts" USING fts5(title, summary, text, variants, content="articles",
content_rowid="number", tokenize="unicode61 remove_diacritics 2")
"""


def database(site: Site) -> bytes:
    """The bytes of the database over everything that the site shows."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        db.execute("PRAGMA page_size = 4096")
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute(f"PRAGMA user_version = {VERSION}")
        db.execute("BEGIN")
        for table in STORED:
            db.execute(definition(table))
        for name, values in _tables(site):
            width = len(BY_NAME[name].in_database)
            marks = ", ".join("?" * width)
            db.executemany(f'INSERT INTO "{name}" VALUES ({marks})', values)  # noqa: S608
        for table_name, column in _INDEXES:
            db.execute(f'CREATE INDEX "{table_name}_{column}" ON "{table_name}" ("{column}")')
        db.execute(FULL_TEXT)
        # one segment at once: a page of the index is then written once
        db.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('hashsize', 67108864)")
        db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
        db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")
        db.execute("COMMIT")
        # in memory, SQLite leaves out its own version (sqlite.org/fileformat2.html, 1.3.18)
        return db.serialize()
    finally:
        db.close()


def definition(table: Table) -> str:
    """The statement that makes a table or view."""
    if table.view:
        return f'CREATE VIEW "{table.name}" AS {table.view}'
    columns = table.in_database
    keys = [c.name for c in columns if c.key]
    single = "number" if "number" in keys else keys[0] if len(keys) == 1 else ""
    parts = [_column(column, column.name == single) for column in columns]
    ending = ""
    if not single:
        parts.append("PRIMARY KEY (" + ", ".join(f'"{key}"' for key in keys) + ")")
        ending = " WITHOUT ROWID"
    whole = ",\n  ".join(parts)
    return f'CREATE TABLE "{table.name}" (\n  {whole}\n){ending}'


def _column(column: Column, primary: bool) -> str:
    text = f'"{column.name}" {_TYPES[column.type]}'
    if primary:
        text += " PRIMARY KEY"
    elif column.name == "id":
        text += " UNIQUE"
    if not column.optional:
        text += " NOT NULL"
    if column.refers:
        goal = "number" if column.type == "integer" else "id"
        text += f' REFERENCES "{column.refers}" ("{goal}")'
    return text


Cells = tuple[str | int | float | None, ...]


def _tables(site: Site) -> Iterator[tuple[str, Iterable[Cells]]]:
    archive = site.archive
    found = edges(archive)
    yield "people", (_cells("people", row) for row in rows.people(site))
    yield "countries", (_cells("countries", row) for row in rows.countries(site))
    yield "pairs", (_cells("pairs", row) for row in rows.pairs(site))
    texts = _Texts(site)
    yield "articles", texts.articles()
    yield "articles_people", texts.of(archive.people_of)
    yield "articles_countries", texts.of(archive.countries_of)
    yield "mentions", texts.mentions
    yield "statements", texts.statements
    yield "corrections", texts.corrections()
    yield "edges_people", found.people
    yield "edges_countries", found.countries
    yield "edges_people_countries", found.people_countries


class _Texts:
    """What stands in the articles, oldest first; the findings of each are looked at once."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._articles = site.archive.articles[::-1]
        self.mentions: list[Cells] = []
        self.statements: list[Cells] = []

    def articles(self) -> Iterator[Cells]:
        site = self._site
        for number, article in enumerate(self._articles, start=1):
            findings = site.findings(article)
            anchors = [passage.anchor for passage in findings.passages]
            for mention in findings.mentions:
                if site.hidden.mention(findings, mention):
                    continue
                of_person = mention.kind == "person"
                self.mentions.append((
                    len(self.mentions) + 1, number, anchors[mention.passage], mention.kind,
                    mention.id or None if of_person else None, None if of_person else mention.id,
                    *rows.place(findings, mention)))
            shown = (s for s in findings.statements if not site.hidden.statement(findings, s))
            for row, said in zip(rows.statements(site, [article]), shown, strict=True):
                self.statements.append(_cells("statements", {
                    **row, "number": len(self.statements) + 1, "article": number,
                    "passage": anchors[said.parts[0][0]], "speaker": row["speaker"] or None}))
            (row,) = rows.articles(site, [article])
            text = rows.text_of(site, article)
            yield _cells("articles", {
                **row, "number": number, "text": text,
                "variants": variants(f"{row['title']}\n{row['summary']}\n{text}")})

    def corrections(self) -> Iterator[Cells]:
        count = 0
        for number, article in enumerate(self._articles, start=1):
            for row in rows.corrections(self._site, [article]):
                count += 1
                yield _cells("corrections", {**row, "number": count, "article": number})

    def of(self, names: Mapping[str, Iterable[str]]) -> Iterator[Cells]:
        for number, article in enumerate(self._articles, start=1):
            for key in names[article.path]:
                yield number, key


def _cells(name: str, row: Mapping[str, Any]) -> Cells:
    return tuple(
        msgspec.json.encode(value).decode() if isinstance(value := row[column], list) else value
        for column in _COLUMNS[name])


_COLUMNS: Final = {
    table.name: tuple(c.name for c in table.in_database) for table in STORED if not table.view}
