"""`tag`: proposals with evidence, and what --write makes of them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.pipeline.test_build import article, run, tree

MakeSite = Callable[..., Path]


def run_tag(site: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "site_builder", "tag", *words, "--site", str(site)],
        cwd=ROOT, capture_output=True, text=True, check=False)


def tag(site: Path, *words: str, code: int = 0) -> str:
    done = run_tag(site, *words)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def proposed(site: Path, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(tag(site, "--json", *words))
    return found


FILES: dict[str, str | bytes] = {
    "content/people/fuad-hussein.md": "---\nname: Fuad Hussein\n---\n",
    "content/people/sara-nuri.md": "---\nname: Sara Nuri\nwithhold: true\n---\n",
    "content/articles/a.md": (
        b"---\r\ntitle: A   # the first\r\ndate: 2022-11-29\r\ntags: ['x']\r\n---\r\n"
        b"Fuad Hussein met Minister Thomas Keller in Iraq. Keller said Iraq was calm. "
        b"\r\n\r\nSara Nuri drove to Jordan.\r\n"),
    "content/articles/b.md": article(
        "B", people="[Fuad Hussein]", body="Thomas Keller said no. Boris Lindqvist, 41, sang."),
    "content/articles/c.md": article("C", people="[Anna Weber]", body="Nothing more."),
    "content/articles/d.md": article(
        "D", body="Minister Thomas Kellerr, said Thomas Kellerr, is a goat. Kellerr smiled."),
}


def test_proposals_have_evidence_from_the_whole_archive(make_site: MakeSite) -> None:
    site = make_site(FILES)
    before = tree(site / "content")
    found = proposed(site)
    by_file = {one["file"]: {p["name"]: p for p in one["proposals"]} for one in found["articles"]}
    hussein = by_file["content/articles/a.md"]["Fuad Hussein"]
    assert (hussein["kind"], hussein["id"]) == ("person", "fuad-hussein")
    assert hussein["confidence"] >= 0.9
    assert hussein["passage"].startswith("p-")
    assert "met Minister" in hussein["context"]
    assert by_file["content/articles/a.md"]["Iraq"]["kind"] == "country"
    assert "Fuad Hussein" not in by_file["content/articles/b.md"]
    people = {one["name"]: one for one in found["people"]}
    keller = people["Thomas Keller"]
    assert "in 2 texts" in keller["evidence"]
    assert "a title before it" in keller["evidence"]
    alone = {one["name"]: one for one in proposed(site, str(site / "content/articles/b.md"))["people"]}
    assert alone["Thomas Keller"]["confidence"] < keller["confidence"]
    assert people["Anna Weber"]["confidence"] >= 0.95
    assert people["Thomas Kellerr"]["alike"] == "Thomas Keller"
    assert "Nuri" not in tag(site, "--all", "--json")
    assert "content/articles/a.md" in tag(site)
    assert tree(site / "content") == before


def test_what_is_sure_enough_is_written_and_nothing_else(make_site: MakeSite) -> None:
    site = make_site(FILES)
    before = tree(site / "content")
    assert "records" in tag(site, "--write")
    after = tree(site / "content")
    assert after["articles/a.md"] == before["articles/a.md"].replace(
        b"tags: ['x']\r\n", b"tags: ['x']\r\npeople: [Thomas Keller, Fuad Hussein]\r\n"
        b"countries: [Iraq]\r\n")
    assert b"people: [Fuad Hussein, Thomas Keller" in after["articles/b.md"]
    assert after["articles/c.md"] == before["articles/c.md"]
    assert after["articles/d.md"] == before["articles/d.md"]  # Kellerr may be Keller
    assert after["people/thomas-keller.md"].startswith(b"---\nname: Thomas Keller\n")
    assert "people/anna-weber.md" in after
    assert not run(site).failed
    assert tag(site).endswith("0 articles and 0 new records would be written: --write does it\n")


def test_a_file_that_is_no_article_is_refused(make_site: MakeSite) -> None:
    site = make_site(FILES)
    for strange in ("site.toml", "content/people", "content/articles/nowhere"):
        assert tag(site, str(site / strange), code=2) == ""


def test_a_folder_stands_for_the_articles_in_it(make_site: MakeSite) -> None:
    site = make_site({**FILES, "content/articles/old/a.md": FILES["content/articles/a.md"]})
    one, folder = site / "content/articles/old/a.md", site / "content/articles/old"
    assert proposed(site, str(folder)) == proposed(site, str(one)) == proposed(
        site, str(one), str(folder), str(one))
    assert proposed(site, str(site / "content")) == proposed(site)
    assert [found["file"] for found in proposed(site, str(folder))["articles"]] == [
        "content/articles/old/a.md"]


def test_articles_that_cannot_be_edited_or_read_are_told_and_the_others_are_tagged(make_site: MakeSite) -> None:
    bad = {"content/articles/e.md": "---\n{title: E, date: 2022-11-29}\n---\nFuad Hussein spoke in Iraq.\n",
           "content/articles/f.md": "---\ntitle: F\ndate: someday\n---\nFuad Hussein spoke in Iraq.\n"}
    site = make_site({**FILES, **bad})
    before = tree(site / "content")
    dry = run_tag(site)
    assert dry.returncode == 1, "as --write would end"
    assert "e.md:2" in dry.stderr
    assert "f.md:3:1: error FM008" in dry.stderr
    assert "2 articles left as they are" in dry.stderr
    assert tree(site / "content") == before
    assert run_tag(site, "--write").returncode == 1
    after = tree(site / "content")
    assert b"Thomas Keller" in after["articles/b.md"].partition(b"\n---\n")[0]
    for name in bad:
        assert after[name.removeprefix("content/")] == before[name.removeprefix("content/")]
    assert "content/articles/e.md" in tag(site, str(site / "content/articles/e.md"), code=1)
    (site / "content/people/sara-nuri.md").write_text("---\nname: [\n---\n")
    assert "sara-nuri.md" in run_tag(site).stderr, "without a record names may mean somebody else"
    assert run_tag(site).stdout == ""


def test_a_text_with_commas_is_no_list_to_add_to(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article(
        "A", countries="FR, Iraq", body="Iran spoke. Iran left. Iran came. Iran went to Iran.")})
    before = (site / "content/articles/a.md").read_text()
    done = run_tag(site, "--write")
    assert "a.md:4:12: error ED001" in done.stderr + done.stdout
    assert "one text with commas" in done.stderr + done.stdout
    assert (site / "content/articles/a.md").read_text() == before


def test_names_in_texts_that_fit_several_people_are_listed_and_not_written(make_site: MakeSite) -> None:
    site = make_site({
        **{f"content/people/{n}.md": f"---\nname: Sam Hill\nqualifier: {n}\n---\n" for n in ("mayor", "singer")},
        "content/articles/a.md": article("A", body="The fair was opened by Sam Hill."),
        "content/articles/b.md": article("B", people="[singer]", body="Sam Hill sang."),
    })
    before = tree(site / "content")
    assert "content/articles/a.md: Sam Hill may be mayor or singer" in tag(site, "--write")
    assert tree(site / "content") == before
    assert proposed(site)["unclear"] == [
        {"file": "content/articles/a.md", "name": "Sam Hill", "people": ["mayor", "singer"]}]


def test_a_country_by_its_name_in_the_articles_language_is_named_in_full(
    make_site: MakeSite
) -> None:
    site = make_site({"content/articles/a.md": article("A", body=(
        "In Deutschland regnet es. Deutschlands Kanzler kam, und die deutsche Armee."),
        lang="de")})
    ((one,),) = [article["proposals"] for article in proposed(site)["articles"]]
    assert (one["name"], one["evidence"]) == (
        "Germany", "named twice in full, once by an adjective or a capital")
