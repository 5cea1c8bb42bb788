"""Archived copies of the pages that a text links to."""

from __future__ import annotations

import pytest

from site_builder.config import parse
from site_builder.model import Capture
from site_builder.reading.articles import ReadArticle, read

CONFIG = parse({"title": "T", "base_url": "https://x.example"})
BODY = "As [it](https://a.example/1?x=1&y=2 \"Title\") and <https://b.example/> say."


def article(archived: str, body: str = BODY) -> ReadArticle:
    text = f"---\ntitle: T\ndate: 2022-11-29\narchived: {archived}\n---\n{body}\n"
    return read(text.encode(), path="content/articles/a.md", config=CONFIG)


def test_a_copy_is_an_address_or_an_address_with_a_date() -> None:
    found = article('{"https://a.example/1?x=1&y=2": {url: "https://c.example/1", date: 2022-11},'
                    ' "https://b.example/": "https://c.example/2"}')
    assert found.problems == ()
    assert found.detail is not None
    assert found.detail.archived == (
        Capture("https://a.example/1?x=1&y=2", "https://c.example/1", "2022-11"),
        Capture("https://b.example/", "https://c.example/2"))


def test_the_day_on_which_a_page_was_read_will_do() -> None:
    found = article('{"https://b.example/": {date: 2022}}')
    assert found.problems == ()
    assert found.detail is not None
    assert found.detail.archived == (Capture("https://b.example/", "", "2022"),)


@pytest.mark.parametrize(
    ("archived", "code", "severity", "column"),
    [("true", "FM006", "warning", 1), ('{"https://b.example/": [x]}', "FM006", "error", 12),
     ('{"https://b.example/": {}}', "FM007", "error", 12),
     ('{"https://b.example/": "javascript:x"}', "FM009", "error", 12),
     ('{"b.example": "https://c.example/"}', "FM009", "error", 12),
     ('{"https://b.example/": {url: "https://c.example/", date: soon}}', "FM008", "error", 62),
     ('{"https://b.example": "https://c.example/"}', "LK004", "warning", 12)],
)
def test_what_is_wrong_is_told_at_its_place(
    archived: str, code: str, severity: str, column: int
) -> None:
    (problem,) = article(archived).problems
    assert (problem.code, problem.severity, problem.line) == (code, severity, 4)
    assert problem.column == column
