"""Texts from outside become articles, and nothing of them is lost."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import markdown

from site_builder.config import SiteConfig
from site_builder.importing.markup.escaping import escape
from site_builder.importing.run import ImportReport, Request, run_import
from site_builder.importing.sources.text import judge
from site_builder.model import Person
from tests.conftest import ROOT

CONFIG = SiteConfig(title="T", base_url="https://x.example")

TEXT = """Ministers Agree on Water

Both sides will share the readings of their gauges
Ministers Agree on Water

The ministers met on Monday, Example.ir reported.

They spoke of *rain* and of item_no_7.

Next Steps

1. is what they called the first paragraph of the paper.

Print this page

Add new comment
"""


def run(
    site: Path, text: str = TEXT, name: str = "a.txt", people: tuple[Person, ...] = (),
    **options: object,
) -> ImportReport:
    file = site / name
    file.write_text(text)
    options.setdefault("date", "2022-11-29")
    return run_import(site, CONFIG, [file], Request(**options), people=people)  # type: ignore[arg-type]


def test_headline_standfirst_crossheads_and_sources_are_found(tmp_path: Path) -> None:
    candidate = judge(TEXT, origin="a.txt")
    assert candidate.title == "Ministers Agree on Water"
    assert candidate.summary == "Both sides will share the readings of their gauges"
    assert re.findall(r"^## .*", candidate.body, re.M) == ["## Next Steps"]
    assert [s.name for s in candidate.sources] == ["Example.ir"]
    assert [d.text for d in candidate.dropped] == [
        "Ministers Agree on Water", "Print this page", "Add new comment"]
    page = markdown(candidate.body)
    assert "*rain*" in page
    assert "item_no_7" in page
    assert "1. is what" in page


def test_nothing_is_overwritten_and_a_second_run_skips(tmp_path: Path) -> None:
    path = tmp_path / "content/articles/2022/11/ministers-agree-on-water.md"
    assert not run(tmp_path, dry_run=True).problems
    assert not path.exists()
    assert len(run(tmp_path).imported) == 1
    assert len(run(tmp_path).skipped) == 1
    path.write_text("mine")
    other = run(tmp_path)
    assert [i.path for i in other.imported] == [
        "content/articles/2022/11/ministers-agree-on-water-2.md"]
    assert path.read_text() == "mine"


def test_a_text_without_date_is_refused_with_a_hint(tmp_path: Path) -> None:
    report = run(tmp_path, date="")
    assert "--date" in next(iter(report.problems)).hint


def test_people_with_records_are_proposed(tmp_path: Path) -> None:
    report = run(tmp_path, TEXT + "\nJane Doe spoke.\n", people=(Person("jane", "Jane Doe"),))
    assert report.imported[0].candidate.people == ("Jane Doe",)


def test_a_bad_row_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    rows = 'url,date,title,text\nhttps://a.example/1,2020-01-02,One,"Monday, January 2, 2020\n\nText"\n'
    report = run(tmp_path, rows + ",2020-01-03,,No title\n", "t.csv", date="",
                 constants={"section": "World: news", "source.name": "Wire"})
    assert [i.candidate.title for i in report.imported] == ["One"]
    text = (tmp_path / report.imported[0].path).read_text()
    assert "section: 'World: news'" in text
    assert "name: Wire" in text
    assert [p.line for p in report.problems] == [5]


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.text(alphabet="ab *_[]<>#+-.1`{}&~|=!", min_size=1, max_size=40))
def test_escaped_prose_means_itself(text: str) -> None:
    words = " ".join(text.split())
    page = markdown(escape(words), extensions=["tables", "attr_list", "def_list", "fenced_code"])
    shown = html.unescape(re.sub(r"<[^>]*>", "", page))
    assert " ".join(shown.split()) == words


def test_the_scraped_article_loses_no_word(tmp_path: Path) -> None:
    seed = ROOT.parent / "shared/seed/000_d5a9699990273fe1.txt"
    if not seed.exists():
        pytest.skip("../shared is not here: the scraped article")
    text = seed.read_text()
    candidate = judge(text, origin="seed")
    assert re.findall(r"^## (.*)", candidate.body, re.M) == ["Regional Threats", "Close Cooperation"]
    gone = [d.text for d in candidate.dropped]
    assert len(gone) == 4
    words = " ".join([candidate.title, candidate.summary, candidate.body.replace("## ", "")]).split()
    left = text
    for line in gone:
        left = left[::-1].replace(line[::-1], "", 1)[::-1]
    assert sorted(words) == sorted(left.split())


def test_real_world_news_come_in_from_a_table(tmp_path: Path) -> None:
    folder = ROOT.parent / "shared/corpora/wikinews_en"
    if not folder.is_dir():
        pytest.skip("../shared is not here: the archive wikinews_en")
    report = run_import(tmp_path, CONFIG, sorted(folder.glob("*.csv")), Request())
    assert len(report.imported) >= 280
    assert len(report.imported) + len(report.problems.errors) == 295
