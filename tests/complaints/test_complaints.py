"""What users of other generators complain about: one test for each pain, with the threads.

Drafts, staleness, base paths, rewritten files and pages on a disk have theirs
in tests/pipeline, tests/threats and tests/browser.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.pipeline.test_build import article, codes, run, tree

MakeSite = Callable[..., Path]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"])
@pytest.mark.parametrize("machine", ["Asia/Tokyo", "America/Los_Angeles"])
def test_an_article_of_today_appears_today_under_its_own_date(
    make_site: MakeSite, zone: str, machine: str
) -> None:
    """gohugoio/hugo#12940, #6320; jekyll/jekyll#3998; llnl/llnl.github.io#655."""
    site = make_site({
        "content/articles/today.md": article("Today", "2022-11-29"),
        "content/articles/later.md": article("Later", "2022-12-02"),
    }, f'timezone = "{zone}"\n')
    noon = 1669723200 - {"Pacific/Kiritimati": 14, "Pacific/Pago_Pago": -11, "UTC": 0}[zone] * 3600
    command = [sys.executable, "-m", "site_builder", "build", "--site", str(site), "--jobs", "1"]
    done = subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, text=True,
        env={**os.environ, "TZ": machine, "SOURCE_DATE_EPOCH": str(noon)})
    assert "left out 1" in done.stdout
    assert "later.md: dated in the future (2022-12-02)" in done.stdout
    page = (site / "public/articles/2022/11/today/index.html").read_text()
    assert "29 November 2022" in page


def test_terms_never_collide_or_take_the_place_of_an_index(make_site: MakeSite) -> None:
    """getzola/zola#2338; spress/spress#83; McShelby/hugo-theme-relearn#664; getzola/zola#1135."""
    names = [";)", "bash", "баш", "C", "C++", "C#", "Zürich", "Zurich", "page", "index", "😀"]
    listed = "[" + ", ".join(f"'{name}'" for name in names) + "]"
    site = make_site({"content/articles/a.md": article("A", tags=listed)})
    assert not run(site).failed
    links = dict(re.findall(r'href="/record/tags/([^"/]+)/">([^<]+)</a>', (
        site / "public/articles/2022/11/a/index.html").read_text()))
    assert sorted(links.values()) == sorted(names)
    assert len({slug.casefold() for slug in links}) == len(names)
    for slug, name in links.items():
        assert f"<h1>{name}</h1>" in (site / f"public/tags/{slug}/index.html").read_text()
        assert slug.isascii()
    assert "<title>Tags · " in (site / "public/tags/index.html").read_text()


def test_a_slug_does_not_depend_on_who_came_first(make_site: MakeSite, tmp_path: Path) -> None:
    """wintermeyer/vutuv#1337; getpelican/pelican-plugins#657."""
    def addresses(order: list[str]) -> set[str]:
        site = make_site({
            f"content/articles/{place}.md": article("A", tags=f"['{name}']")
            for place, name in enumerate(order)
        })
        run(site, clean=True)
        return {path for path in tree(site / "public") if path.startswith("tags/")}

    assert addresses(["C", "C++", "C#"]) == addresses(["C#", "C++", "C"])


def test_two_records_that_ask_for_one_address_are_both_named(make_site: MakeSite) -> None:
    """getzola/zola#1135; gohugoio/hugo#12202."""
    site = make_site({
        "content/people/one.md": "---\nname: Li Ming\nslug: li\n---\n",
        "content/people/two.md": "---\nname: Li Min\nslug: li\n---\n",
        "content/articles/a.md": article("A", people="[Li Ming, Li Min]"),
    })
    report = run(site)
    assert report.failed
    assert any(
        "content/people/one.md" in p.message and "content/people/two.md" in p.message
        for p in report.problems if p.code == "UR001")


@pytest.mark.parametrize("comma", ["،", "，", "、"])
def test_foreign_commas_are_noticed_with_their_line(make_site: MakeSite, comma: str) -> None:
    """sebastienrousseau/static-site-generator#695."""
    site = make_site({"content/articles/a.md": article("A", tags=comma.join(["نفت", "ماء"] * 40))})
    report = run(site)
    problem = next(p for p in report.problems if p.code == "FM010")
    assert problem.place.startswith("content/articles/a.md:4:")


def test_no_segment_of_an_address_is_too_long_for_a_disk(make_site: MakeSite) -> None:
    """sebastienrousseau/static-site-generator#695."""
    site = make_site({"content/articles/a.md": article(
        "A" * 400, tags=f"[{'very long tag ' * 40}]", people=f"[{'ن' * 190}]")})
    assert not run(site).failed
    for path in tree(site / "public"):
        assert all(len(part.encode()) <= 200 for part in path.split("/")), path


def test_heading_ids_are_never_empty_and_never_double(make_site: MakeSite) -> None:
    """Python-Markdown/markdown#1118, #970; gohugoio/hugo#6616."""
    body = ("## 石油\n\na\n\n## النفط\n\nb\n\n## 石油\n\nc\n\n## !!!\n\nd\n\n## ???\n\ne\n\n"
            "## A new wording {#old-wording}\n\nf")
    site = make_site({"content/articles/a.md": article("A", body=body)})
    run(site)
    page = (site / "public/articles/2022/11/a/index.html").read_text()
    ids = re.findall(r'<section id="([^"]*)"', page)
    assert len(ids) == 6
    assert all(ids)
    assert len(set(ids)) == 6
    assert ids[-1] == "old-wording"
    assert 'href="#old-wording"' in page


@pytest.mark.parametrize("files", [
    {"content/articles/b.md": article("B", aliases="[/articles/2022/11/a/]")},
    {"content/articles/b.md": article("B", slug="A")},
    {"static/articles/2022/11/a/index.html": "<p>mine</p>"},
    {"content/pages/people.md": "---\ntitle: People\n---\nOurs.\n"},
])
def test_two_sources_of_one_page_are_always_said(
    make_site: MakeSite, files: dict[str, str]
) -> None:
    """gohugoio/hugo#6928, #1867; influxdata/docs-v2#7408."""
    site = make_site({"content/articles/a.md": article("A", people="[P Q]"), **files})
    report = run(site)
    assert report.failed
    assert codes(report) & {"UR001"}
    said = next(p.message for p in report.problems if p.code == "UR001")
    assert " and by " in said


def test_values_stay_what_was_written(make_site: MakeSite) -> None:
    """openENTRANCE/openentrance#348 and the Norway problem: NO, 1.10, 012, 12:30, yes."""
    site = make_site({"content/articles/a.md": article(
        "1.10", countries="[NO]", tags="[012, 12:30, yes, null-day, 2022-11-29]")})
    run(site)
    page = (site / "public/articles/2022/11/a/index.html").read_text()
    assert "<h1>1.10</h1>" in page
    for word in ("Norway", "012", "12:30", "yes", "2022-11-29"):
        assert f">{word}</a>" in page, word


def test_a_misspelt_key_is_said_with_its_place_and_the_likely_one(make_site: MakeSite) -> None:
    """getzola/zola#2558; metaphorex/metaphorex#2358; vellum-ai/vellum-assistant#34800."""
    site = make_site({"content/articles/a.md": article("A", sumary="S", colour="red")})
    report = run(site)
    assert not report.failed
    [problem] = [p for p in report.problems if p.code == "FM005"]
    assert problem.place == "content/articles/a.md:4:1"
    assert "`summary`" in f"{problem.message} {problem.hint}"
    assert (site / "public/articles/2022/11/a/index.html").exists()


def test_one_person_on_several_pages_becomes_one(make_site: MakeSite) -> None:
    """acl-org/acl-anthology#884, #2083: three spellings, three pages, merged by hand in YAML."""
    site = make_site({
        "content/people/jorg-muller.md": "---\nname: Jörg Müller\n---\n",
        "content/articles/a.md": article("A", people="[Jörg Müller]"),
        "content/articles/b.md": article("B", people="[Joerg Mueller]  # as printed"),
        "content/articles/c.md": article("C", people="[J. Müller]"),
    })
    run(site)
    assert len([p for p in tree(site / "public") if re.fullmatch(r"people/[^/]+/index.html", p)]) == 3
    for name in ("Joerg Mueller", "J. Müller"):
        command = ["people", "merge", "jorg-muller", name, "--site", str(site), "--write"]
        subprocess.run([sys.executable, "-m", "site_builder", *command], cwd=ROOT, check=True,
                       capture_output=True)
    assert not run(site).failed
    page = (site / "public/people/jorg-muller/index.html").read_text()
    assert all(f">{title}</a>" in page for title in "ABC")
    for old in ("joerg-mueller", "j-muller"):
        redirect = (site / f"public/people/{old}/index.html").read_text()
        assert "url=/record/people/jorg-muller/" in redirect
    assert "  # as printed\n" in (site / "content/articles/b.md").read_text()


def test_several_people_of_one_name_are_told_apart(make_site: MakeSite) -> None:
    """acl-org/acl-anthology#870, #3225: two researchers of one name share a page."""
    site = make_site({
        "content/people/wei-zhang.md": "---\nname: Wei Zhang\nqualifier: chemist\n---\n",
        "content/people/wei-zhang-2.md": "---\nname: Wei Zhang\nqualifier: mayor\n---\n",
        "content/articles/a.md": article("A", people="['id:wei-zhang']"),
        "content/articles/b.md": article("B", people="[Wei Zhang (mayor)]"),
        "content/articles/c.md": article("C", people="[Wei Zhang]"),
    })
    report = run(site)
    [problem] = [p for p in report.problems if p.code == "ID003"]
    assert problem.file == "content/articles/c.md"
    assert "wei-zhang-2.md" in problem.message
    (site / "content/articles/c.md").unlink()
    assert not run(site).failed
    both = (site / "public/people/wei-zhang/index.html").read_text()
    pages = re.findall(r'<h2><a href="/record/(people/[^"]+)"', both)
    assert len(pages) == 2
    texts = [(site / "public" / page / "index.html").read_text() for page in pages]
    assert sorted((">A</a>" in text, ">B</a>" in text) for text in texts) == [
        (False, True), (True, False)]


def test_a_changed_name_keeps_the_work_and_hides_the_old_one(make_site: MakeSite) -> None:
    """acl-org/acl-anthology#4445, #4828: name changes that must not be announced."""
    site = make_site({
        "content/people/sam-reyes.md":
            "---\nname: Sam Reyes\nformer: [{name: Susan Reyes, show: hidden}]\n---\n",
        "content/articles/a.md": article("A", people="[Susan Reyes]", body="## One\n\nText."),
        "content/articles/b.md": article("B", people="[Sam Reyes]"),
    })
    assert not run(site).failed
    page = (site / "public/people/sam-reyes/index.html").read_text()
    assert ">A</a>" in page
    assert ">B</a>" in page
    assert not any(b"Susan" in data or "susan" in path
                   for path, data in tree(site / "public").items())


def test_composed_and_decomposed_spellings_are_one_person(make_site: MakeSite) -> None:
    """getpelican/pelican-plugins#657 and every mix of macOS and Linux: NFC and NFD."""
    import unicodedata

    name = "Zoë Ångström"
    site = make_site({
        "content/articles/a.md": article("A", people=f"[{unicodedata.normalize('NFC', name)}]"),
        "content/articles/b.md": article("B", people=f"[{unicodedata.normalize('NFD', name)}]"),
    })
    report = run(site)
    assert not report.failed
    assert report.people == 1
    [page] = [path for path in tree(site / "public")
              if re.fullmatch(r"people/[^/]+/index.html", path)]
    assert "B</a>" in (site / "public" / page).read_text()
