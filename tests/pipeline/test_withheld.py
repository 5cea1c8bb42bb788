"""People at risk: `withhold: true` keeps a name out of everything but the article's own words."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.pipeline.test_build import article, run

SETTINGS = "[data]\nenabled = true\nsqlite = true\n[feeds]\nfull_text = true\n"
RECORDS = {
    "content/people/zq.md": "---\nname: Zuleika Quimbart\naliases: [Witness X]\nwithhold: true\n---\n",
    "content/people/helen-ward.md": "---\nname: Helen Ward\n---\n",
}


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001"
    "0001e221bc330000000049454e44ae426082")


def holding(site: Path, *words: str) -> list[str]:
    """The files of the output that hold one of the words, whatever they are."""
    return sorted(path.relative_to(site / "public").as_posix()
                  for path in (site / "public").rglob("*") if path.is_file()
                  and any(word.encode() in path.read_bytes().lower() for word in words))


def test_a_withheld_name_stands_in_the_text_that_has_it_and_nowhere_else(
    make_site: Callable[..., Path]
) -> None:
    site = make_site(RECORDS | {
        "content/articles/a.md": article("Lorries", body=(
            "Zuleika Quimbart saw the lorries leave Basra. Helen Ward listened.\n\n"
            "“It was late and it was dark,” said Zuleika Quimbart’s lawyer.\n\n"
            "“We saw them all go away,” Helen Ward said of Quimbart.")),
    }, SETTINGS)
    report = run(site)
    assert holding(site, "quimbart") == ["articles/2022/11/a/index.html"]
    page = (site / "public/articles/2022/11/a/index.html").read_text()
    assert page.lower().count("quimbart") == page.partition('<div class="body">')[2].lower().count(
        "quimbart") == 3
    assert [(p.code, p.file, p.line, p.column) for p in report.problems] == [
        ("ID010", "content/articles/a.md", 5, 1)]


def test_a_withheld_name_with_a_generation_is_kept_out_without_it(
    make_site: Callable[..., Path]
) -> None:
    site = make_site({
        "content/people/zq.md": "---\nname: Zuleika Quimbart III\nwithhold: true\n---\n",
        "content/people/helen-ward.md":
            "---\nname: Helen Ward\nformer: [Helena Zyxford Jr.]\n---\n",
        "content/articles/a.md": article(
            "On Zuleika Quimbart", summary="Helena Zyxford and Zuleika Quimbart met.", body=(
                "Zuleika Quimbart saw the lorries leave Basra with Helena Zyxford.\n\n"
                "“It was late and it was dark,” said Quimbart. “It was,” said Zyxford.")),
    }, SETTINGS)
    run(site)
    assert holding(site, "quimbart", "zuleika") == ["articles/2022/11/a/index.html"]
    page = (site / "public/articles/2022/11/a/index.html").read_text()
    assert "zuleika" not in page.partition('<div class="body">')[0].lower()
    helen = (site / "public/people/helen-ward/index.html").read_text()
    assert "basra" not in helen.lower()
    assert "it was late" not in helen.lower()


def test_a_withheld_person_has_no_page_as_an_author_or_a_tag_and_front_matter_is_told(
    make_site: Callable[..., Path]
) -> None:
    site = make_site(RECORDS | {
        "content/articles/b.md": article(
            "The case of Zuleika Quimbart", summary="On Zuleika Quimbart.",
            authors="[Witness X, Ada Bell]", tags="[Zuleika Quimbart, water]",
            body="Helen Ward was in Iraq."),
    }, SETTINGS)
    told = {p.message.partition(" ")[0] for p in run(site).problems if p.code == "ID010"}
    assert told == {"`title`", "`summary`", "`authors`", "`tags`"}
    assert not list((site / "public").glob("*/*quimbart*"))
    assert not list((site / "public").glob("*/*witness*"))
    assert holding(site, "witness x") == []
    assert holding(site, "zuleika") == []
    page = (site / "public/articles/2022/11/b/index.html").read_text()
    assert ">The case of …</h1>" in page
    lists = (site / "public/index.html").read_text()
    assert "The case of …" in lists
    (site / "content/people/zq.md").write_text(
        RECORDS["content/people/zq.md"].replace("withhold: true\n", ""))
    run(site)
    assert (site / "public/tags/zuleika-quimbart/index.html").exists()


def test_the_surname_of_a_hidden_former_name_gives_it_away_as_the_whole_does(
    make_site: Callable[..., Path]
) -> None:
    site = make_site({
        "content/people/rose-miller.md":
            "---\nname: Rose Miller\nformer: [{name: Ross Mueller, show: hidden}]\n---\n",
        "content/articles/c.md": article("Race", body=(
            "Ross Mueller ran. Iraq won.\n\nThe coach, Maria Long, praised Mueller. "
            "“It is ours and it was ours,” Mueller said.")),
    }, "[search]\nenabled = false\n" + SETTINGS)
    run(site)
    assert holding(site, "mueller") == ["articles/2022/11/c/index.html"]


def test_other_spellings_markup_sections_corrections_and_removals_give_nobody_away(
    make_site: Callable[..., Path]
) -> None:
    site = make_site(RECORDS | {
        "content/people/e.md": "---\nname: Jale Erdoğan-Kaya\nwithhold: true\n---\n",
        "content/articles/a.md": article(
            "Quimbart was there", section="Zuleika Quimbart", image='{src: a.png, alt: Zuleika  Quimbart at sea}',
            corrections="[{date: 2022-12-01, text: ZULEIKA-QUIMBART was there on Monday.}]",
            body="Zuleika *Quimbart* saw\nthe lorries. Jale Erdogan\nKaya did not."),
        "content/articles/a.png": PNG,
        "content/articles/r.md": article(
            "About JALE ERDOGAN-KAYA", removed="{date: 2022-12-02, reason: Jale Erdogan Kaya is at risk., show_title: true}"),
    }, SETTINGS)
    report = run(site)
    told = {(p.file.rpartition("/")[2], p.line, p.message.partition(" names")[0])
            for p in report.problems if p.code == "ID010"}
    assert told == {("a.md", 2, "`title`"), ("a.md", 4, "`section`"), ("a.md", 5, "`image`"),
                    ("a.md", 6, "`corrections`"), ("a.md", 8, "the text"), ("a.md", 9, "the text"), ("r.md", 2, "`title`"),
                    ("r.md", 4, "`removed`")}
    page = "articles/2022/11/a/index.html"
    assert holding(site, "quimbart", "erdogan", "erdoğan", "jale") == [page]
    text = (site / "public" / page).read_text()
    assert "erdogan" not in text.lower().partition('<div class="body">')[0].lower()
    assert "… was there</h1>" in text
    note = (site / "public/articles/2022/11/r/index.html").read_text()
    assert "About …" in note
    assert "… is at risk." in note
    report = run(site)
    assert report.changed == ()
    for name in ("zq", "e"):
        record = site / f"content/people/{name}.md"
        record.write_text(record.read_text().replace("withhold: true\n", ""))
    run(site)
    assert "<h1>Quimbart was there</h1>" in re.sub(r"<h1 [^>]*>", "<h1>", (site / "public" / page).read_text())


def test_check_tells_every_place_where_the_site_still_shows_a_name(
    make_site: Callable[..., Path]
) -> None:
    site = make_site(RECORDS | {
        "content/people/helen-ward.md": "---\nname: Helen Ward\nroles:\n"
                                        "- {title: Friend of Zuleika Quimbart, from: 2010}\n---\nA nurse.\n",
        "content/countries/iraq.md": "---\ncode: IQ\n---\nHome of\nZuleika Quimbart.\n",
        "content/pages/about.md": "---\ntitle: About\n---\nThanks to Zuleika Quimbart.\n",
        "content/articles/a.md": article(
            "One", source='{name: Blog of Zuleika Quimbart, url: "https://b.example/"}',
            image="{src: a.png, alt: A door, credit: Zuleika Quimbart}", id="zuleika-quimbart-1",
            tags="[zuleika-quimbart, ZuleikaQuimbart, sea]", issue="{number: Zuleika Quimbart, page: 1}",
            people="[Helen Ward, Zuleika Quimbart, Zuleïka Quimbart]  # Zuleika Quimbart",
            body="Zuleïka Quimbart came.\n\n`Zuleika Quimbart` and Zuleika Quimbarts Haus.\n\n#ZuleikaQuimbart"),
        "content/articles/a.png": PNG,
    }, SETTINGS)
    report = run(site)
    assert not report.failed, report.problems
    told = {(p.file.partition("/")[2], p.line, p.message.partition(" names")[0])
            for p in report.problems if p.code == "ID010"}
    assert told == {
        ("people/helen-ward.md", 4, "the text"), ("countries/iraq.md", 5, "the text"),
        ("pages/about.md", 4, "the text"), ("articles/a.md", 4, "`source`"),
        ("articles/a.md", 5, "`image`"), ("articles/a.md", 6, "`id`"), ("articles/a.md", 7, "`tags`"),
        ("articles/a.md", 8, "`issue`"), ("articles/a.md", 11, "the text")}
    text = next(p.message for p in report.problems if p.line == 11)
    assert text == "the text names Zuleika Quimbart, who is withheld, 4 times (lines 11, 13, 15)"
    shown = holding(site, "quimbart")
    assert not [path for path in shown if path.startswith(("tags/", "issues/", "search/", "people/z"))], shown
    assert set(shown) <= {
        "articles/2022/11/a/index.html", "about/index.html", "countries/iraq/index.html",
        "data/archive.db", "data/articles-2022.jsonl", "data/articles-2022.csv",
        "data/texts-2022.jsonl", "data/texts-2022.csv"}, "source and id"
    assert "Friend of …" in (site / "public/people/helen-ward/index.html").read_text()
    record = site / "content/people/zq.md"
    text = record.read_text()
    record.write_text(text.replace("withhold: true\n", ""))
    run(site)
    assert "Friend of Zuleika" in (site / "public/people/helen-ward/index.html").read_text()
    record.write_text(text)
    run(site)
    assert holding(site, "quimbart") == shown


def test_a_build_after_an_edit_tells_a_name_that_only_its_spelling_shows(
    make_site: Callable[..., Path]
) -> None:
    site = make_site(RECORDS | {"content/articles/a.md": article("One", summary="Short."),
                                "content/articles/b.md": article("Two")})
    run(site)
    path = site / "content/articles/a.md"
    for words, line in (("Some words, #ZuleikaQuimbart.", 6), ("Some words.", 0)):
        path.write_text(article("One", body=words, summary="Short."))
        told = [(p.file, p.line) for p in run(site).problems if p.code == "ID010"]
        assert told == ([("content/articles/a.md", line)] if line else [])
