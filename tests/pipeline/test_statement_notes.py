"""The editor's word on who said what: from front matter to the pages, and back again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pipeline.test_build import article, run, tree
from tests.pipeline.test_data import ENABLED, MONA, rows

BODY = ("Delegates met.\n\n“We have all seen the water,” said the clerk.\n\n"
        "The ministry said that it would come in May.")


def said(site: Path) -> list[tuple[str, str, str]]:
    return [(s["text"], s["speaker"], s["name"]) for s in rows(site, "statements-2022")]


def written(notes: str) -> dict[str, str]:
    return {"content/articles/a.md": article("A", body=BODY, **({"statements": notes} if notes else {})),
            "content/people/mona.md": MONA}


def test_a_note_names_the_speaker_and_leads_to_the_record(make_site: Callable[..., Path]) -> None:
    site = make_site(written('[{quote: "we have all SEEN…", speaker: Mona Writer}]'), ENABLED)
    assert not run(site).problems
    assert said(site) == [
        ("We have all seen the water,", "mona", "Mona Writer"),
        ("The ministry said that it would come in May.", "", "ministry"),
    ]
    assert "We have all seen the water" in (site / "public/people/mona-writer/index.html").read_text()


@pytest.mark.parametrize(("notes", "left"), [
    ("[{quote: The ministry said, ignore: true}]",
     [("We have all seen the water,", "", "clerk")]),
    ("[{quote: We have, speaker: none}, {quote: The ministry, ignore: yes}]",
     [("We have all seen the water,", "", "")]),
    ("{quote: We have all, speaker: Laura Stone}",
     [("We have all seen the water,", "", "Laura Stone"),
      ("The ministry said that it would come in May.", "", "ministry")]),
    ("[{quote: We have all seen the water, speaker: mona}, {quote: We have, ignore: true},"
     " {quote: The, ignore: true}]", [("We have all seen the water,", "mona", "Mona Writer")]),
])
def test_what_a_note_says(
    make_site: Callable[..., Path], notes: str, left: list[tuple[str, str, str]]
) -> None:
    site = make_site(written(notes), ENABLED)
    assert not run(site).problems
    assert said(site) == left


def test_a_note_that_fits_nothing_names_the_nearest(make_site: Callable[..., Path]) -> None:
    site = make_site(written("[{quote: We have, speaker: mona}, {quote: The ministry says, speaker: mona}]"))
    (problem,) = run(site).problems
    assert (problem.code, problem.file) == ("ID013", "content/articles/a.md")
    assert problem.hint == "the nearest begins: The ministry said that it would come in May."
    assert (site / "public/index.html").exists()


@pytest.mark.parametrize(("notes", "code"), [
    ("[{quote: We have}]", "FM007"), ("[{speaker: mona}]", "FM007"), ("[{quote: …, speaker: mona}]", "FM007"),
    ("[{quote: We have, speaker: mona, ignore: true}]", "FM007"),
    ("[{quote: We have, ignore: maybe}]", "FM006"), ("We have", "FM006"),
    ("[{quote: We have, speaker: [a, b]}]", "FM006"), ("[{quote: We have, speakr: mona}]", "FM005"),
])
def test_a_note_that_cannot_be_read(make_site: Callable[..., Path], notes: str, code: str) -> None:
    site = make_site(written(notes))
    assert code in [p.code for p in run(site).problems]


def test_a_note_that_comes_and_goes_leaves_what_a_clean_build_gives(
    make_site: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> None:
    first = "[{quote: We have all, speaker: mona}]"
    site = make_site(written(""), ENABLED)
    run(site)
    for notes in (first, "[{quote: We have all, speaker: none}]", ""):
        for path, text in written(notes).items():
            (site / path).write_text(text)
        run(site)
        clean = tmp_path_factory.mktemp("clean")
        shutil.copytree(site / "content", clean / "content")
        shutil.copy(site / "site.toml", clean)
        run(clean)
        assert tree(site / "public") == tree(clean / "public")


def test_a_record_that_comes_later_is_who_the_note_means(make_site: Callable[..., Path]) -> None:
    files = written("[{quote: We have all, speaker: Mona Writer}]")
    record = files.pop("content/people/mona.md")
    site = make_site(files, ENABLED)
    run(site)
    assert said(site)[0][1:] == ("", "Mona Writer")
    (site / "content/people").mkdir(parents=True, exist_ok=True)
    (site / "content/people/mona.md").write_text(record)
    run(site)
    assert said(site)[0][1:] == ("mona", "Mona Writer")


def test_a_note_tells_nothing_of_a_person_who_is_withheld(make_site: Callable[..., Path]) -> None:
    files = written("[{quote: We have all, speaker: Mona Writer}]")
    files["content/people/mona.md"] = MONA.replace("roles", "withhold: true\nroles")
    site = make_site(files, ENABLED)
    run(site)
    assert not [p for p in (site / "public").rglob("*")
                if p.is_file() and "Mona" in p.read_text(errors="ignore")]


def test_a_speaker_by_an_id_that_was_merged_away_is_whoever_has_it_now(
    make_site: Callable[..., Path]
) -> None:
    site = make_site(written('[{quote: We have all, speaker: mona-w}]') | {
        "content/people/ledger.toml":
            '[[change]]\ndate = 2022-12-01\nkind = "merge"\nsource = "mona-w"\ninto = "mona"\n'},
        ENABLED)
    assert not run(site).problems
    assert said(site)[0] == ("We have all seen the water,", "mona", "Mona Writer")
