"""The archive as files of data."""

from __future__ import annotations

import asyncio
import csv
import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import jsonschema
import networkx
import pytest

from site_builder.build import Options
from site_builder.build.session import Session
from site_builder.pages.data.dictionary import STORED
from site_builder.pages.data.rows import plain
from tests.pipeline.test_build import article, run, tree
from tests.pipeline.test_withheld import PNG

ENABLED = "[data]\nenabled = true\n"
SQLITE = ENABLED + "sqlite = true\n"
MONA = "---\nname: Mona Writer\nroles: [{title: Clerk of Iraq, from: 2020}]\n---\n"


def rows(site: Path, name: str) -> list[dict[str, Any]]:
    lines = (site / f"public/data/{name}.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def test_everything_that_was_found_is_in_the_files(make_site: Callable[..., Path]) -> None:
    site = make_site({
        "content/articles/a.md": article(
            "=1+1", people="[Somebody Else]", tags="[water]",
            body="Words of Iran.\n\n“We have all seen the water,” Mona Writer said."),
        "content/articles/draft.md": article("Draft", draft="yes", body="Mona Writer in Chad."),
        "content/people/mona.md": MONA,
    }, ENABLED)
    run(site)
    (found,) = rows(site, "articles-2022")
    assert found["title"] == "=1+1"
    assert found["people"] == ["name:somebody else", "mona"]
    assert found["countries"] == ["ir"]
    assert {r["id"] for r in rows(site, "people")} == set(found["people"])
    mentions = rows(site, "mentions-2022")
    assert [(m["kind"], m["id"], m["form"]) for m in mentions] == [
        ("country", "ir", "Iran"), ("person", "mona", "Mona Writer")]
    (said,) = rows(site, "statements-2022")
    assert said["text"] == "We have all seen the water,"
    assert (said["speaker"], said["office"], said["kind"]) == ("mona", "Clerk of Iraq", "direct")
    page = (site / "public/articles/2022/11/a/index.html").read_text()
    assert f'id="{said["url"].partition("#")[2]}"' in page
    assert "Chad" not in "".join(p.read_text() for p in (site / "public/data").rglob("*.*"))


PLACES = """Iran’s note: Iraq met Iran.[^1] Iran stayed, Côte d`Ivoire, too.

| Country | Number |
|---|---|
| Iran | 3 |
| Chad, then Iraq and `Iran` | 4 |

![A map of Iraq](a.png "Iraq by night, *not* Chad")

- One of  Iran,
  with Chad & Iraq
- Two

> Quote of Iran.
>
> More of Chad.

Term
:   Iran in a definition

    and Iraq

محمد ي. كريم نصّار قال في ايران ذلك. كريم نصار

[^1]: A note on Chad.

    And on Iran’s note.

Last in Iran<br>and Iraq.
"""


@pytest.mark.parametrize("body", [PLACES, "| Iran | Chad |\n|---|---|\n| Iraq | Iran’s |\n\nLast of Iran."])
def test_every_place_has_the_words_of_the_text_and_where_they_begin(
    make_site: Callable[..., Path], body: str
) -> None:
    """As somebody counts who has the article's page."""
    site = make_site({
        "content/articles/a.md": article("A", lang="ar" if "محمد" in body else "en", body=body),
        "content/people/karim.md": "---\nname: Karim Nassar\naliases: [کریم نصار]\n---\n",
        "content/articles/a.png": PNG,
    }, SQLITE)
    run(site)
    page = (site / "public/articles/2022/11/a/index.html").read_text()
    text = page.partition('<div class="body">')[2]
    text = text[: text.index('<details class="cite"')]
    found = rows(site, "mentions-2022")
    assert len(found) > 3
    for row in found:
        anchor = row["url"].partition("#")[2]
        part = text[text.index(f'id="{anchor}"') :].partition(">")[2] if anchor else text
        assert plain(part)[row["start"] :].startswith(row["form"]), row
    forms = {row["form"] for row in found}
    if "محمد" in body:
        assert {"كريم نصّار", "كريم نصار", "Côte d`Ivoire"} <= forms
        assert sum("#fn" in row["url"] and row["start"] > 15 for row in found) == 1
    with database(site) as db:
        assert db.execute("SELECT form, start FROM mentions ORDER BY number").fetchall() == [
            (row["form"], row["start"]) for row in found]


def test_a_spreadsheet_runs_nothing(make_site: Callable[..., Path]) -> None:
    site = make_site({"content/articles/a.md": article("=HYPERLINK(1)", summary="'@SUM(1)'")}, ENABLED)
    run(site)
    with (site / "public/data/articles-2022.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["title"], row["summary"]) == ("'=HYPERLINK(1)", "'@SUM(1)")


def test_the_page_explains_every_column_and_links_every_file(
    make_site: Callable[..., Path]
) -> None:
    site = make_site({"content/articles/a.md": article("A"),
                      "content/articles/b.md": article("B", "2020-01-01")}, SQLITE)
    run(site)
    page = (site / "public/data/index.html").read_text()
    files = {p.name for p in (site / "public/data").iterdir()} - {"index.html"}
    assert files == set(re.findall(r'<a href="[^"]*/data/([^"/]+)"', page))
    for name in files:
        if name.endswith(".csv"):
            header = (site / f"public/data/{name}").read_text().splitlines()[0]
            assert all(f"<code>{column}</code>" in page for column in header.split(","))
        if name.endswith(".jsonl"):
            for row in rows(site, name.removesuffix(".jsonl")):
                assert all(f"<code>{column}</code>" in page for column in row)
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    data = json.loads(found)["@graph"][0]
    assert data["@type"] == "Dataset"
    assert {d["name"] for d in data["distribution"]} == files


def test_a_person_who_is_withheld_is_in_no_list_and_no_data(make_site: Callable[..., Path]) -> None:
    site = make_site({
        "content/articles/a.md": article(
            "A", people="[Mona Writer]", body="“We have all seen the water,” Mona Writer said."),
        "content/articles/b.md": article("B", body="Nothing of her."),
        "content/people/mona.md": MONA.replace("roles", "withhold: true\nroles"),
    }, SQLITE)
    report = run(site)
    assert [(p.code, p.file) for p in report.problems] == [("ID010", "content/articles/a.md")]
    holding = {p.relative_to(site / "public").as_posix() for p in (site / "public").rglob("*")
               if p.is_file() and "Mona" in p.read_text(errors="ignore")}
    # the article's own words are the editor's: its page, and the excerpts made of them
    assert "articles/2022/11/a/index.html" in holding
    assert not any(p.startswith(("data/mentions", "data/people", "data/edges", "data/archive.graphml",
                                 "people", "statements")) for p in holding)
    with database(site) as db:
        for table in ("people", "mentions", "said", "named", "articles_people", "edges_people"):
            assert "Mona" not in str(db.execute(f"SELECT * FROM {table}").fetchall()), table
        assert db.execute("SELECT people FROM articles WHERE id = 'a'").fetchone() == ("[]",)
    assert not (site / "public/people/mona-writer").exists()


def test_texts_may_be_left_unread(make_site: Callable[..., Path]) -> None:
    """And read again: what the last build remembers is that of its own settings."""
    files = {
        "content/articles/a.md": article(
            "A", countries="[Chad]", body="Iran.\n\n“We have all seen the water,” Mona Writer said."),
        "content/people/mona.md": MONA,
    }
    site = make_site(files)
    run(site)
    whole = {p.relative_to(site): p.read_bytes() for p in (site / "public").rglob("*.html")}
    assert (site / "public/countries/iran/index.html").exists()
    make_site({}, "[finding]\nenabled = false\n")
    run(site, allow_removal=True)
    assert (site / "public/countries/chad/index.html").exists()
    for gone in ("countries/iran", "people/mona-writer", "statements"):
        assert not (site / "public" / gone).exists(), gone
    make_site({})
    run(site, allow_removal=True)
    assert {p.relative_to(site): p.read_bytes() for p in (site / "public").rglob("*.html")} == whole


TWO = {
    "content/articles/old.md": article(
        "Old", "2021-03-01", people="[Mona Writer, Nobody Known]", authors="[A. Writer]",
        summary="Of rivers.", tags="[water, maps]",
        corrections="[{date: 2021-04-01, text: The river was another.}]",
        body="Iran and Iraq met.\n\n“We have all seen the water,” Mona Writer said.\n\n- A *list*\n- of things"),
    "content/articles/new.md": article("New", people="[Mona Writer]", body="Only Iraq & <3 here."),
    "content/articles/draft.md": article("Draft", draft="yes", body="Chad and Kuvempu."),
    "content/people/mona.md": MONA,
}


@contextmanager
def database(site: Path) -> Iterator[sqlite3.Connection]:
    file = site / "public/data/archive.db"
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
        yield db


def test_the_database_holds_what_the_files_hold(make_site: Callable[..., Path]) -> None:
    site = make_site(TWO, SQLITE + "[lists]\npair_threshold = 1\n")
    run(site)
    with database(site) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        db.row_factory = sqlite3.Row
        for table in STORED:
            kept = [dict(r) for r in db.execute(f'SELECT * FROM "{table.name}"')]
            assert kept, table.name
            if table.only == "database":
                continue
            names = [f"{table.name}-{y}" for y in (2021, 2022)] if table.yearly else [table.name]
            offered = [row for name in names for row in rows(site, name)]
            assert len(offered) == len(kept), table.name
            both = {c.name: c.type for c in table.in_files
                    if c.name in {d.name for d in table.in_database} - {"article"}}
            for row in kept:
                shown = {name: json.loads(row[name]) if kind == "list" else "" if row[name] is None else row[name]
                         for name, kind in both.items()}
                assert shown in [{n: r[n] for n in both} for r in offered], row
        found = db.execute(
            "SELECT a.title, a.text FROM articles_fts f JOIN articles a ON a.number = f.rowid"
            " WHERE articles_fts MATCH 'rivers AND seen'").fetchall()
        assert [tuple(r) for r in found] == [
            ("Old", "Iran and Iraq met.\n“We have all seen the water,” Mona Writer said.\nA list\nof things")]
        assert db.execute("SELECT text FROM articles WHERE id = 'new'").fetchone()[0] == (
            "Only Iraq & <3 here.")
        (said,) = db.execute("SELECT * FROM said").fetchall()
        (row,) = rows(site, "statements-2021")
        assert (said["speaker"], said["office"], said["url"]) == (
            "Mona Writer", "Clerk of Iraq", row["url"])
        places = {r["url"] for r in db.execute("SELECT url FROM named")}
        assert places == {r["url"] for y in (2021, 2022) for r in rows(site, f"mentions-{y}")}
        assert [tuple(r) for r in db.execute("SELECT * FROM forms WHERE id IN ('iq', 'mona')")] == [
            ("country", "iq", "Iraq", "Iraq", 2, 2, "2021-03-01"),
            ("person", "mona", "Mona Writer", "Mona Writer", 1, 1, "2021-03-01")]
        assert [tuple(r) for r in db.execute("SELECT * FROM years")] == [("2021", 1, 1), ("2022", 1, 0)]
    assert "Kuvempu" not in (site / "public/data/archive.db").read_bytes().decode("latin-1")


def test_every_table_and_column_of_the_database_is_described(
    make_site: Callable[..., Path]
) -> None:
    site = make_site(TWO, SQLITE)
    run(site)
    told = json.loads((site / "public/data/metadata.json").read_text())
    told = told["databases"]["archive"]["tables"]
    page = (site / "public/data/index.html").read_text()
    with database(site) as db:
        tables = [name for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
            " AND name NOT LIKE 'articles_fts%' AND name NOT LIKE 'sqlite_%'")]
        assert set(tables) == set(told)
        for table in tables:
            columns = [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')]
            assert columns == list(told[table]["columns"]), table
            assert all(told[table]["columns"].values()) and told[table]["description"], table
            assert f'id="_{table}"' in page
            assert all(f"<code>{column}</code>" in page for column in columns)


def test_datasette_opens_it_as_it_is(make_site: Callable[..., Path]) -> None:
    app = pytest.importorskip("datasette.app")
    site = make_site(TWO, SQLITE)
    run(site)
    folder = site / "public/data"

    async def asked() -> list[Any]:
        metadata = json.loads((folder / "metadata.json").read_text())
        datasette = app.Datasette([str(folder / "archive.db")], metadata=metadata)
        await datasette.invoke_startup()
        addresses = ["/archive/articles.json?_shape=array&_search=rivers",
                     "/archive/articles", "/archive/mentions", "/archive/said.json?_shape=array"]
        return [await datasette.client.get(address) for address in addresses]

    found, articles, mentions, said = asyncio.run(asked())
    assert [row["title"] for row in found.json()] == ["Old"]
    assert articles.status_code == mentions.status_code == 200
    assert 'name="_search"' in articles.text
    assert "the day or moment of publication, ISO 8601" in articles.text
    assert ">Mona Writer</a>" in mentions.text  # a label behind the foreign key
    assert [row["speaker"] for row in said.json()] == ["Mona Writer"]


def test_the_same_archive_gives_the_same_database_whatever_came_before(
    make_site: Callable[..., Path], tmp_path: Path
) -> None:
    site = make_site(TWO, SQLITE)
    run(site)
    before = (site / "public/data/archive.db").read_bytes()
    assert before[96:100] == bytes(4)
    assert run(site).changed == ()
    (site / "content/articles/new.md").write_text(article("Newer", body="Other words."))
    assert "data/archive.db" in run(site).changed
    (site / "content/articles/new.md").write_text(TWO["content/articles/new.md"])
    run(site)
    assert (site / "public/data/archive.db").read_bytes() == before
    long = "Words of the beginning, many enough for an excerpt. " * 9
    for last in ("One end.", "Another end."):  # which nothing but the text shows
        (site / "content/articles/new.md").write_text(article("New", body=f"{long}\n\n{last}"))
        assert "data/archive.db" in run(site).changed
    (site / "content/articles/new.md").write_text(TWO["content/articles/new.md"])
    run(site)
    shutil.copytree(site / "content", tmp_path / "other/content")
    shutil.copy(site / "site.toml", tmp_path / "other")
    run(tmp_path / "other")
    assert tree(tmp_path / "other/public/data") == tree(site / "public/data")


def test_an_edit_writes_the_files_of_its_year_alone(make_site: Callable[..., Path]) -> None:
    site = make_site(TWO, ENABLED)
    run(site)
    (site / "content/articles/new.md").write_text(
        TWO["content/articles/new.md"].replace("title: New", "title: Newer"))
    written = {path for path in run(site).changed if path.startswith("data/")}
    assert written == {"data/articles-2022.csv", "data/articles-2022.jsonl"}
    (site / "content/articles/new.md").write_text(
        TWO["content/articles/new.md"].replace("title: New", "title: Newer").replace("here.", "here, too."))
    written = {path for path in run(site).changed if path.startswith("data/")}
    assert written == {f"data/{table}-2022.{ending}" for table in ("articles", "mentions", "texts")
                       for ending in ("csv", "jsonl")}  # the excerpt, the passage's id, the text
    assert rows(site, "texts-2022") == [{"article": "new", "text": "Only Iraq & <3 here, too."}]
    site_toml = (site / "site.toml").read_text()
    (site / "site.toml").write_text(site_toml.replace("enabled = true", "enabled = true\ntexts = false", 1))
    run(site, allow_removal=True)
    assert not list((site / "public/data").glob("texts*"))
    assert "texts-2022" not in (site / "public/data/index.html").read_text()
    assert "texts" not in (site / "public/data/datapackage.json").read_text()


def test_every_article_says_its_permanent_id(make_site: Callable[..., Path]) -> None:
    site = make_site(TWO, SQLITE)
    run(site)
    (row,) = rows(site, "articles-2022")
    page = (site / "public/articles/2022/11/new/index.html").read_text()
    assert row["urn"].startswith("urn:uuid:")
    assert page.count(row["urn"]) == 2  # beside the citations, and for programs
    assert f'"identifier":"{row["urn"]}"' in page
    with database(site) as db:
        assert db.execute("SELECT urn FROM articles WHERE id = 'new'").fetchone() == (row["urn"],)


@pytest.mark.parametrize(
    ("text", "words"),
    [("北京大学今天宣布。", ["北京大学", "北京", "大学", "宣布"]),
     ("関係者は東京で会った。ネタニヤフ首相の中東和平会議への演説", ["東京", "会った", "ネタニヤフ", "首相", "中東和平会議"]),
     ("آن‌ها کتاب‌های علی را می‌خوانند.", ["می‌خوانند", "میخوانند", "علي", "كتابهاي", "کتاب", "على"]),
     ("قال الرئيس إن المفاوضات بدأت", ["الرئیس", "ان", "بدأت", "بدات"]),
     ("Ebrahim Raïsi spoke.", ["raisi", "RAÏSI"])],
)
def test_the_full_text_search_knows_other_spellings(
    make_site: Callable[..., Path], text: str, words: list[str]
) -> None:
    site = make_site({"content/articles/a.md": article("A", body=f"Words.\n\n{text}"),
                      "content/articles/b.md": article("B", body="Other words.")}, SQLITE)
    run(site)
    with database(site) as db:
        for word in words:  # as Datasette asks: each word in quotation marks
            found = db.execute("SELECT articles.title FROM articles JOIN articles_fts ON number = articles_fts.rowid"
                               " WHERE articles_fts MATCH ?", (f'"{word}"',)).fetchall()
            assert found == [("A",)], word
        assert db.execute("SELECT variants FROM articles WHERE id = 'b'").fetchone() == ("",)


def test_the_preview_makes_no_database(make_site: Callable[..., Path], tmp_path: Path) -> None:
    site = make_site(TWO, SQLITE)
    Session(Options(site=site, output=tmp_path / "preview", jobs=1)).build()
    assert (tmp_path / "preview/data/people.csv").exists()
    assert not (tmp_path / "preview/data/archive.db").exists()
    assert "archive.db" not in (tmp_path / "preview/data/index.html").read_text()


def test_programs_are_told_what_the_tables_hold(make_site: Callable[..., Path]) -> None:
    site = make_site(TWO, ENABLED + '[license]\nname = "CC BY 4.0"\nurl = "https://x.example/by"\n')
    run(site)
    folder = site / "public/data"
    package = json.loads((folder / "datapackage.json").read_text())
    jsonschema.validate(package, PACKAGE)
    tables = {r["name"]: r for r in package["resources"] if "schema" in r}
    cells: dict[str, list[dict[str, str]]] = {}
    for name, resource in tables.items():
        paths = resource["path"] if isinstance(resource["path"], list) else [resource["path"]]
        cells[name] = []
        for path in paths:
            with (folder / path).open(newline="", encoding="utf-8") as file:
                reader = csv.DictReader(file)
                found = list(reader)
                assert reader.fieldnames == [f["name"] for f in resource["schema"]["fields"]]
                assert len(found) == len((folder / path).with_suffix(".jsonl").read_text().splitlines())
                cells[name] += found
        kinds = {"integer": int, "number": float, "string": str}
        for field in resource["schema"]["fields"]:
            assert field["description"]
            for row in cells[name]:
                kinds[field["type"]](row[field["name"]])
    for name, resource in tables.items():
        keys = resource["schema"].get("primaryKey", [])
        if keys:
            assert len({tuple(r[k] for k in keys) for r in cells[name]}) == len(cells[name])
        for foreign in resource["schema"].get("foreignKeys", []):
            known = {r["id"] for r in cells[foreign["reference"]["resource"]]}
            assert {r[foreign["fields"]] for r in cells[name]} - {""} <= known
    on_disk = {p.name for p in folder.iterdir()}
    for resource in package["resources"]:
        path = resource["path"]
        assert set(path if isinstance(path, list) else [path]) <= on_disk


PACKAGE = {
    # the parts of specs.frictionlessdata.io/schemas/data-package.json that these files use
    "type": "object", "required": ["name", "resources"],
    "properties": {
        "name": {"pattern": "^([-a-z0-9._/])+$"},
        "licenses": {"type": "array", "minItems": 1, "items": {
            "anyOf": [{"required": ["name"]}, {"required": ["path"]}],
            "properties": {"name": {"pattern": "^([-a-zA-Z0-9._])+$"}}}},
        "resources": {"type": "array", "minItems": 1, "items": {
            "type": "object", "required": ["name", "path"],
            "properties": {
                "name": {"pattern": "^([-a-z0-9._/])+$"},
                "path": {"anyOf": [
                    {"type": "string", "pattern": r"^(?=^[^./~])(^((?!\\.{2}).)*$).*$"},
                    {"type": "array", "minItems": 1, "items": {"type": "string"}}]},
                "schema": {"required": ["fields"], "properties": {"fields": {
                    "type": "array", "minItems": 1, "items": {
                        "required": ["name"], "properties": {
                            "type": {"enum": ["string", "integer", "number"]}}}}}},
            }}},
    },
}


def test_who_appears_with_whom_is_a_graph(make_site: Callable[..., Path]) -> None:
    site = make_site({**TWO, "content/articles/third.md": article(
        "Third & <last>", "2023-01-01", people="[Mona Writer, '<Nobody> & Known']", body="Of Iraq.")},
        ENABLED)
    run(site)
    graph = networkx.read_graphml(site / "public/data/archive.graphml")
    assert not graph.is_directed()
    assert graph.nodes["person/mona"]["name"] == "Mona Writer"
    assert graph.nodes["person/mona"]["articles"] == 3
    assert {d["name"] for _, d in graph.nodes(data=True)} == {
        "Mona Writer", "Nobody Known", "<Nobody> & Known", "Iraq", "Iran"}
    edge = graph.edges["person/mona", "country/iq"]
    assert (edge["articles"], edge["first"], edge["last"], edge["kind"]) == (
        3, "2021-03-01", "2023-01-01", "people_countries")
    files = {"people": ("a", "b"), "countries": ("a", "b"), "people_countries": ("person", "country")}
    for kind, (a, b) in files.items():
        found = rows(site, f"edges_{kind}")
        assert len(found) == sum(d["kind"] == kind for *_, d in graph.edges(data=True)), kind
        assert all(row[a] < row[b] for row in found) or kind == "people_countries"
    assert {"a": "iq", "b": "ir"} not in rows(site, "edges_countries")
    (pair,) = rows(site, "edges_countries")
    assert pair == {"a": "iq", "b": "ir", "articles": 1, "first": "2021-03-01", "last": "2021-03-01"}


def test_a_file_that_is_too_large_for_hosts_is_warned_of(make_site: Callable[..., Path]) -> None:
    site = make_site(TWO, SQLITE + "largest = 90000\n")
    report = run(site)
    (told,) = [p for p in report.problems if p.code == "DA001"]
    assert "data/archive.db has" in told.message
    assert (site / "public/data/archive.db").exists()
    assert run(site).problems == report.problems
