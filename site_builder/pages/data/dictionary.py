"""The data dictionary: every table that the archive offers, and what each column holds.

The files, the SQLite database, their page and the descriptions for programs
(Table Schema, Datasette) are all made from these tables, so none can lack a word.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

Type = Literal["text", "integer", "number", "list"]


class Column(msgspec.Struct, frozen=True):
    """One column. A list is one cell in CSV (joined by "; "), an array in JSON and SQLite.

    `key` columns together name a row; `refers` is the table whose `id` the cell
    holds (or in the database its `number`), unless it is `optional` and empty.
    `only` is `files` or `database` for a column that the other lacks.
    """

    name: str
    meaning: str
    type: Type = "text"
    key: bool = False
    refers: str = ""
    optional: bool = False
    only: Literal["", "files", "database"] = ""


class Table(msgspec.Struct, frozen=True):
    """One table; `only` says where it is. `yearly` tables have a file for each year."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    yearly: bool = False
    only: Literal["", "files", "database"] = ""
    view: str = ""

    @property
    def in_files(self) -> tuple[Column, ...]:
        """The columns of the CSV and JSON Lines files, in their order."""
        return tuple(c for c in self.columns if c.only != "database")

    @property
    def in_database(self) -> tuple[Column, ...]:
        """The columns of the SQLite table, in their order."""
        return tuple(c for c in self.columns if c.only != "files")


def _counted(*ends: Column) -> tuple[Column, ...]:
    return (
        *ends,
        Column("articles", "how many articles name both", "integer"),
        Column("first", "the day of the first of them"),
        Column("last", "the day of the last of them"),
    )


_NUMBER: Final = Column("number", "counts the rows, oldest article first", "integer",
                        key=True, only="database")
_ARTICLE: Final = (
    Column("article", "the article's id", refers="articles", only="files"),
    Column("url", "the passage", only="files"),
    Column("article", "the article's number", "integer", refers="articles", only="database"),
    Column("passage", "the passage: its anchor in the article's page", only="database"),
)

TABLES: Final = (
    Table("articles", "Everything that was published.", (
        Column("number", "counts the articles, oldest first: not the same for ever, as the id is",
               "integer", key=True, only="database"),
        Column("id", "names the article for good", key=True),
        Column("urn", "its permanent id, which no change of address or domain changes"),
        Column("url", "its address"),
        Column("title", "the headline"),
        Column("date", "the day or moment of publication, ISO 8601"),
        Column("updated", "when the text was last changed, or empty"),
        Column("summary", "the standfirst, or the first words"),
        Column("authors", "bylines", "list"),
        Column("section", "the desk"),
        Column("tags", "tags", "list"),
        Column("language", "BCP 47 tag"),
        Column("people", "ids of the people whom its front matter or its text names", "list"),
        Column("countries", "ids of the countries, ISO 3166-1 alpha-2 in lower case", "list"),
        Column("statements", "how many statements were found in it", "integer"),
        Column("text", "the text without marks, a line for each paragraph", only="database"),
        Column("variants", "other spellings of its words and parts of words written without "
               "spaces, up to four signs, for the full-text search: look for longer ones "
               "with spaces in between", only="database"),
    ), yearly=True),
    Table("texts", "What the articles say; empty where a text names somebody at risk.", (
        Column("article", "the article's id", key=True, refers="articles"),
        Column("text", "the text without marks, a line for each paragraph"),
    ), yearly=True, only="files"),
    Table("people", "Everybody whom an article names and who has a page.", (
        Column("id", "names the person for good", key=True),
        Column("url", "the person's page"),
        Column("name", "the name to show"),
        Column("sort_name", "as filed in an index"),
        Column("aliases", "other spellings", "list"),
        Column("country", "as the record has it"),
        Column("born", "year, month or day"),
        Column("died", "year, month or day"),
        Column("wikidata", "Q number"),
        Column("articles", "how many articles name the person", "integer"),
    )),
    Table("countries", "Every country that an article names.", (
        Column("id", "ISO 3166-1 alpha-2 in lower case, or the record's id", key=True),
        Column("url", "the country's page"),
        Column("name", "the name to show"),
        Column("region", "UN M.49"),
        Column("subregion", "UN M.49"),
        Column("wikidata", "Q number"),
        Column("articles", "how many articles name the country", "integer"),
    )),
    Table("pairs", "Two countries that share enough articles for a page of their own.", (
        Column("a", "id of one country", key=True, refers="countries"),
        Column("b", "id of the other", key=True, refers="countries"),
        Column("articles", "how many articles concern both", "integer"),
    )),
    Table("mentions", "Every place in a text that names a person or a country.", (
        _NUMBER,
        *_ARTICLE,
        Column("kind", "person or country"),
        Column("id", "the person's or country's id", only="files"),
        Column("person", "the person's id, or null", refers="people", optional=True,
               only="database"),
        Column("country", "the country's id, or null", refers="countries", optional=True,
               only="database"),
        Column("form", "the words as they stand in the text"),
        Column("start", "where they begin in the text from the passage's anchor on, or from its "
               "beginning without one, in characters; cells of a table, captions and paragraphs of "
               "a note are lines of that text, and each line's end counts as one", "integer"),
    ), yearly=True),
    Table("statements", "Who said what: quotations and reported speech.", (
        _NUMBER,
        *_ARTICLE,
        Column("date", "the article's date", only="files"),
        Column("kind", "direct (a quotation) or reported"),
        Column("text", "the words; parts of one quotation are joined by …"),
        Column("speaker", "id of the person who speaks, if they have a record", refers="people",
               optional=True),
        Column("name", "the speaker as the text has it, empty where it names none"),
        Column("speaker_kind", "person, organisation, role or none"),
        Column("office", "the office that the person held on that day"),
        Column("confidence", "0 to 1: how sure the speaker is", "number"),
    ), yearly=True),
    Table("corrections", "What was corrected after publication.", (
        _NUMBER,
        Column("article", "the article's id", refers="articles", only="files"),
        Column("url", "the correction on the article's page", only="files"),
        Column("article", "the article's number", "integer", refers="articles", only="database"),
        Column("date", "year, month or day on which it was made"),
        Column("text", "what was corrected"),
    ), yearly=True),
    Table("edges_people", "Two people whom one article names.", _counted(
        Column("a", "id of one person", key=True, refers="people"),
        Column("b", "id of the other", key=True, refers="people"),
    )),
    Table("edges_countries", "Two countries that one article names.", _counted(
        Column("a", "id of one country", key=True, refers="countries"),
        Column("b", "id of the other", key=True, refers="countries"),
    )),
    Table("edges_people_countries", "A person and a country that one article names.", _counted(
        Column("person", "the person's id", key=True, refers="people"),
        Column("country", "the country's id", key=True, refers="countries"),
    )),
    Table("articles_people", "Which article names whom.", (
        Column("article", "the article's number", "integer", key=True, refers="articles"),
        Column("person", "the person's id", key=True, refers="people"),
    ), only="database"),
    Table("articles_countries", "Which article names which country.", (
        Column("article", "the article's number", "integer", key=True, refers="articles"),
        Column("country", "the country's id", key=True, refers="countries"),
    ), only="database"),
    Table("said", "Statements with the speaker's name and the article's headline.", (
        Column("date", "the article's date"),
        Column("speaker", "the name to show, or the speaker as the text has it"),
        Column("office", "the office that the person held on that day"),
        Column("text", "the words"),
        Column("title", "the article's headline"),
        Column("url", "the passage"),
    ), only="database", view=(
        "SELECT a.date, coalesce(p.name, s.name) AS speaker, s.office, s.text, a.title,"
        " CASE s.passage WHEN '' THEN a.url ELSE a.url || '#' || s.passage END AS url"
        " FROM statements s JOIN articles a ON a.number = s.article"
        " LEFT JOIN people p ON p.id = s.speaker")),
    Table("named", "Mentions with the name to show and the article's headline.", (
        Column("date", "the article's date"),
        Column("name", "the person's or country's name"),
        Column("form", "the words in the text"),
        Column("title", "the article's headline"),
        Column("url", "the passage"),
    ), only="database", view=(
        "SELECT a.date, coalesce(p.name, c.name, m.form) AS name, m.form, a.title,"
        " CASE m.passage WHEN '' THEN a.url ELSE a.url || '#' || m.passage END AS url"
        " FROM mentions m JOIN articles a ON a.number = m.article"
        " LEFT JOIN people p ON p.id = m.person LEFT JOIN countries c ON c.id = m.country")),
    Table("forms", "By which names the texts call a person or a country.", (
        Column("kind", "person or country"),
        Column("id", "the person's or country's id"),
        Column("name", "the name to show"),
        Column("form", "the words in the texts"),
        Column("mentions", "how often", "integer"),
        Column("articles", "in how many articles", "integer"),
        Column("first", "the date of the first of them"),
    ), only="database", view=(
        "SELECT m.kind, coalesce(m.person, m.country) AS id, coalesce(p.name, c.name) AS name,"
        " m.form, count(*) AS mentions, count(DISTINCT m.article) AS articles,"
        " min(a.date) AS first FROM mentions m JOIN articles a ON a.number = m.article"
        " LEFT JOIN people p ON p.id = m.person LEFT JOIN countries c ON c.id = m.country"
        " GROUP BY 1, 2, 4 ORDER BY 1, 2, 5 DESC, 4")),
    Table("years", "How much was published in each year.", (
        Column("year", "four digits"),
        Column("articles", "how many articles", "integer"),
        Column("statements", "how many statements were found in them", "integer"),
    ), only="database", view=(
        "SELECT substr(date, 1, 4) AS year, count(*) AS articles,"
        " sum(statements) AS statements FROM articles GROUP BY 1 ORDER BY 1")),
)
"""Each table after those that it refers to."""

STORED: Final = tuple(table for table in TABLES if table.only != "files")
"""Those of the database."""
BY_NAME: Final = {table.name: table for table in TABLES}
