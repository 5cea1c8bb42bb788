"""The archive as files of data."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.pipeline.test_build import article, run

ENABLED = "[data]\nenabled = true\n"
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
                      "content/articles/b.md": article("B", "2020-01-01")}, ENABLED)
    run(site)
    page = (site / "public/data/index.html").read_text()
    files = {p.name for p in (site / "public/data").iterdir()} - {"index.html"}
    assert files == set(re.findall(r'<a href="[^"]*/data/([^"/]+)"', page))
    for name in files:
        if name.endswith(".csv"):
            header = (site / f"public/data/{name}").read_text().splitlines()[0]
            assert all(f"<code>{column}</code>" in page for column in header.split(","))
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    data = json.loads(found)
    assert data["@type"] == "Dataset"
    assert {d["name"] for d in data["distribution"]} == files


def test_a_person_who_is_withheld_is_in_no_list_and_no_data(make_site: Callable[..., Path]) -> None:
    site = make_site({
        "content/articles/a.md": article(
            "A", people="[Mona Writer]", body="“We have all seen the water,” Mona Writer said."),
        "content/articles/b.md": article("B", body="Nothing of her."),
        "content/people/mona.md": MONA.replace("roles", "withhold: true\nroles"),
    }, ENABLED)
    report = run(site)
    assert [(p.code, p.file) for p in report.problems] == [("ID010", "content/articles/a.md")]
    holding = {p.relative_to(site / "public").as_posix() for p in (site / "public").rglob("*")
               if p.is_file() and "Mona" in p.read_text(errors="ignore")}
    # the article's own words are the editor's: its page, and the excerpts made of them
    assert "articles/2022/11/a/index.html" in holding
    assert not any(p.startswith(("data/mentions", "data/people", "people", "statements"))
                   for p in holding)
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
