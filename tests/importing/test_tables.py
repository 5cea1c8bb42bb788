"""CSV, TSV, JSON Lines and JSON: columns and keys become fields."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.importing.sites import Archive, told, write

ROWS = [
    {"headline": "One", "published": "2020-01-02", "content": "Words of *one*, a_b_c.",
     "url": "https://wire.example/1", "authors": "Nadia Farhoud; Karim Jawdat", "mood": "dry"},
    {"headline": "Two", "published": "5 March 2020", "content": "<p>Words of <b>two</b>.</p>",
     "url": "https://wire.example/2", "authors": "", "mood": ""},
    {"headline": "", "published": "2020-01-04", "content": "No title.", "url": "", "authors": "",
     "mood": ""},
]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def as_csv(rows: list[dict[str, str]], sign: str) -> str:
    return "\n".join([sign.join(rows[0]), *(
        sign.join(f'"{v}"' for v in row.values()) for row in rows)]) + "\n"


@pytest.mark.parametrize(("name", "text"), [
    ("a.csv", as_csv(ROWS, ",")), ("a.csv", "\ufeff" + as_csv(ROWS, ";")),
    ("a.tsv", as_csv(ROWS, "\t")), ("a.json", json.dumps(ROWS)),
    ("a.jsonl", "\n".join(map(json.dumps, ROWS)) + "\n"),
])
def test_every_kind_of_table_says_the_same(
    archive: Archive, tmp_path: Path, name: str, text: str
) -> None:
    report = archive.take(write(tmp_path, {name: text}) / name)
    assert told(report) == ["FM007"]
    assert archive.matter("one.md") == {
        "title": "One", "date": "2020-01-02", "authors": ["Nadia Farhoud", "Karim Jawdat"],
        "source": [{"url": "https://wire.example/1"}], "mood": "dry"}
    assert archive.body("one.md") == "Words of \\*one\\*, a_b_c.\n"
    assert archive.matter("two.md")["date"] == "2020-03-05"
    assert archive.body("two.md") == "Words of **two**.\n"
    archive.builds()
    again = archive.take(tmp_path / name)
    assert [s.reason for s in again.skipped] == ["the same address"] * 2


def test_a_field_map_names_any_column(archive: Archive, tmp_path: Path) -> None:
    row = {"Titel": "Eins", "Tag": "2020-01-02", "Inhalt": "# Kein *Kopf*", "Ressort": "Ausland",
           "Wer": ["A B", {"name": "C D"}], "Bild": "https://x.example/a.jpg", "nested": {"a": [1]}}
    write(tmp_path, {"a.jsonl": json.dumps(row) + "\n[1]\n{bad\n"})
    report = archive.take(tmp_path / "a.jsonl", field_map={
        "title": "Titel", "date": "Tag", "body": "Inhalt", "section": "Ressort", "authors": "Wer",
        "image": "Bild"})
    assert told(report) == ["FM002", "FM002"]
    assert archive.matter("eins.md") == {
        "title": "Eins", "date": "2020-01-02", "authors": ["A B", "C D"], "section": "Ausland",
        "image": {"src": "https://x.example/a.jpg"}, "nested": {"a": ["1"]}}
    assert archive.body("eins.md") == "\\# Kein \\*Kopf\\*\n"


def test_a_table_that_is_none_is_told(archive: Archive, tmp_path: Path) -> None:
    write(tmp_path, {"a.csv": 'title,date,text\n"One,2020-01-02,x\n', "b.json": "[{",
                     "c.csv": b"title,date,text\nCaf\xe9,2020-01-02,x\n"})
    for name in ("a.csv", "b.json", "c.csv"):
        assert told(archive.take(tmp_path / name)) in (["FM002"], ["RD001"])
    assert archive.paths() == []
