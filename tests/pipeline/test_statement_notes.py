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


TWO = ("“We came by the river,” said the clerk.\n\n“We left by the road,” said the guard.\n\n"
       "“We left,” said the cook.\n\n“We came by the river,” said the choir.")


@pytest.mark.parametrize(("notes", "fits", "speakers"), [
    ("[{quote: We, speaker: mona}]", 4, ["clerk", "guard", "cook", "choir"]),
    ("[{quote: We, ignore: true}]", 4, ["clerk", "guard", "cook", "choir"]),
    # what another note says more of does not count
    ("[{quote: We left, speaker: none}, {quote: We left by, speaker: mona}]", 0,
     ["clerk", "Mona Writer", "", "choir"]),
    # all words of one
    ("[{quote: We left, speaker: mona}]", 0, ["clerk", "guard", "Mona Writer", "choir"]),
    # the same words twice
    ("[{quote: We came, speaker: mona}]", 0, ["Mona Writer", "guard", "cook", "Mona Writer"]),
])
def test_a_note_that_fits_several_statements_is_told(
    make_site: Callable[..., Path], notes: str, fits: int, speakers: list[str]
) -> None:
    files = written(notes)
    files["content/articles/a.md"] = article("A", body=TWO, statements=notes)
    site = make_site(files, ENABLED)
    problems = run(site).problems
    assert [name for _, _, name in said(site)] == speakers
    assert [(p.code, p.line, p.message) for p in problems] == [
        ("ID016", 4, f"{fits} statements of the text begin with 'We'")] * bool(fits)
    if fits:
        assert "We came by the river, / We left by the road, / We left," in str(problems[0].hint)


SHARED = {
    "content/people/lane.md": "---\nname: Annie Lane\naliases: [Annie]\n---\n",
    "content/people/moor.md": "---\nname: Annie Moor\naliases: [Annie]\n---\n",
}


def test_a_speaker_who_may_be_two_is_told_as_elsewhere(make_site: Callable[..., Path]) -> None:
    site = make_site(written('[{quote: The ministry, ignore: true}, {quote: We have, speaker: Annie}]')
                     | SHARED)
    [problem] = [p for p in run(site).problems if p.code == "ID003"]
    assert problem.message == ("'Annie' fits several people: Annie Lane (content/people/lane.md), "
                               "Annie Moor (content/people/moor.md)")
    assert (problem.file, problem.line) == ("content/articles/a.md", 4)
    assert "lane or moor" in str(problem.hint)
    site = make_site(written("[{quote: We have, speaker: moor}]") | SHARED, ENABLED)
    assert "ID003" not in [p.code for p in run(site).problems]
    assert said(site)[0][1:] == ("moor", "Annie Moor")


@pytest.mark.parametrize("speaker", ["Rose Carver", "Carver", "'Carver, Rose'"])
@pytest.mark.parametrize("show", ["search", "hidden"])
def test_a_former_name_in_a_note_is_not_published(
    make_site: Callable[..., Path], speaker: str, show: str
) -> None:
    site = make_site(written(f"[{{quote: We have, speaker: {speaker}}}]") | {
        "content/people/lane.md":
            f"---\nname: Robin Lane\nformer: [{{name: Rose Carver, show: {show}}}]\n---\n"}, ENABLED)
    assert not run(site).problems
    assert said(site)[0][1:] == ("lane", "Robin Lane")
    shown = [p for p in (site / "public").rglob("*") if p.is_file()
             and "Carver" in p.read_text(errors="ignore")]
    assert [p.relative_to(site / "public").parts[0] for p in shown] == (
        ["search"] if show == "search" else [])


def test_the_surname_of_somebody_now_goes_before_that_of_a_former_name(
    make_site: Callable[..., Path]
) -> None:
    site = make_site(written("[{quote: We have, speaker: Carver}]") | {
        "content/people/lane.md": "---\nname: Robin Lane\nformer: [Rose Carver]\n---\n",
        "content/people/carver.md": "---\nname: John Carver\n---\n"}, ENABLED)
    assert not run(site).problems
    assert said(site)[0][1:] == ("carver", "John Carver")


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
