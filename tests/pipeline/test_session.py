"""Building again and again in one process gives what building once gives."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from site_builder.build import Options
from site_builder.build.session import Session
from tests.pipeline.test_build import EDITS, article, article_file, edit, run, tree

NO_SEARCH = "[search]\nenabled = false\n"
"""The index follows with the next whole build; these tests are about pages."""


def test_a_change_of_the_text_makes_that_page_alone(make_site: Callable[..., Path]) -> None:
    site = make_site({
        f"content/articles/{n}.md": article(f"T{n}", summary="Short.", people="[A B]")
        for n in range(3)
    }, NO_SEARCH)
    session = Session(Options(site=site, jobs=1))
    session.build()
    file = site / "content/articles/1.md"
    for text in ("More words.", "Some words here.", "More words."):
        file.write_text(article("T1", summary="Short.", people="[A B]", body=text))
        report = session.build([file])
        assert report.changed == ("articles/2022/11/1/index.html",)
        assert text in (site / "public/articles/2022/11/1/index.html").read_text()
        assert run(site).changed == ()


def test_what_a_text_says_of_people_is_shown_at_once(make_site: Callable[..., Path]) -> None:
    def text(words: str) -> str:
        return article("T", summary="Short.", body=f"“{words},” Mona Writer said.")

    site = make_site({
        "content/articles/a.md": text("The water is high"),
        "content/people/mona.md": "---\nname: Mona Writer\n---\n",
    }, NO_SEARCH)
    session = Session(Options(site=site, jobs=1))
    session.build()
    file = site / "content/articles/a.md"
    file.write_text(text("The water is low now"))
    assert session.build([file]).changed == ("articles/2022/11/a/index.html",)
    page = site / "public/people/mona-writer/index.html"
    assert "low now" not in page.read_text()
    rest = session.rest()
    assert rest is not None
    assert set(rest.changed) == {
        "people/mona-writer/index.html", "statements/index.html", "statements/2022/11/index.html",
    }
    assert "low now" in page.read_text()
    assert session.rest() is None
    assert run(site).changed == ()


def test_a_text_that_is_as_it_was_before_is_shown_as_it_was(
    make_site: Callable[..., Path]
) -> None:
    words = [article("T", summary="Short.", body=f"“{said},” Mona Writer said.")
             for said in ("The water is high", "The water is low now")]
    site = make_site({"content/articles/a.md": words[0],
                      "content/people/mona.md": "---\nname: Mona Writer\n---\n"}, NO_SEARCH)
    session = Session(Options(site=site, jobs=1))
    session.build()
    before = tree(site / "public")
    file = site / "content/articles/a.md"
    for text in (words[1], words[0]):
        file.write_text(text)
        session.build([file])
        session.rest()
    assert tree(site / "public") == before


def test_the_data_hold_what_a_text_says_now(make_site: Callable[..., Path]) -> None:
    site = make_site({f"content/articles/{name}.md": article(name, summary="Short.")
                      for name in ("a", "b")}, NO_SEARCH + "[data]\nenabled = true\n")
    session = Session(Options(site=site, jobs=1))
    session.build()
    file = site / "content/articles/a.md"
    file.write_text(article("a", summary="Short.", body="The water is low now."))
    assert session.build([file]).changed == ("articles/2022/11/a/index.html",)
    session.rest()
    run(site, output=site.parent / "clean", clean=True)
    assert tree(site / "public") == tree(site.parent / "clean")


@pytest.mark.parametrize("change", ["title", "alias", "anchor", "broken"])
def test_what_others_depend_on_is_an_ordinary_build(
    make_site: Callable[..., Path], change: str
) -> None:
    site = make_site({
        "content/articles/a.md": article("A", summary="S", body="## Part\n\nWords."),
        "content/articles/b.md": article("B", body="See [it](a.md#part)."),
    }, '[checks]\nbroken_links = "warning"\n')
    session = Session(Options(site=site, jobs=1))
    session.build()
    file = site / "content/articles/a.md"
    file.write_text({
        "title": article("New A", summary="S", body="## Part\n\nWords."),
        "alias": article("A", summary="S", body="## Part\n\nWords.", aliases="[/old/]"),
        "anchor": article("A", summary="S", body="## Another\n\nWords."),
        "broken": article("A", "2022-02-31", summary="S"),
    }[change])
    report = session.build([file])
    expected = run(site)
    assert report.problems == expected.problems
    assert report.failed is expected.failed
    assert expected.changed == ()


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=EDITS)
def test_a_session_gives_what_a_clean_build_gives(
    edits: list[tuple[int, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = tmp_path_factory.mktemp("site")
    (site / "content/articles").mkdir(parents=True)
    (site / "site.toml").write_text(
        'title = "T"\nbase_url = "https://x.example"\n[checks]\nbroken_links = "warning"\n'
        "[data]\nenabled = true\n" + NO_SEARCH)
    (site / "content/articles/n0.md").write_text(article_file(0, "named"))
    session = Session(Options(site=site, jobs=1))
    session.build()
    for number, action in edits:
        edit(site, number, action)
        for file in (site / "content/articles").glob("*.md"):
            if "\nsummary:" not in (text := file.read_text()):  # else words are the standfirst
                file.write_text(text.replace("---\n", "---\nsummary: Short.\n", 1))
        alone = number >= 0 and action not in ("rename", "delete")
        session.build([site / f"content/articles/n{number}.md"] if alone else None)
        if number % 2:
            session.rest()
    session.rest()
    shutil.copytree(site, site.parent / "clean", ignore=shutil.ignore_patterns("public", ".*"))
    run(site.parent / "clean")
    try:
        assert tree(site / "public") == tree(site.parent / "clean/public")
    finally:
        shutil.rmtree(site.parent / "clean")
