"""Corrections are told wherever the article is; a removed article leaves a note and nothing else."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import feedparser

from site_builder.build import Options, build

MakeSite = Callable[..., Path]
DATA = "\n[data]\nenabled = true\n"


def article(*lines: str, title: str = "Talks in Baghdad", body: str = "Delegates met.") -> str:
    return "\n".join(["---", f"title: {title}", "date: 2022-11-29", *lines, "---", body, ""])


def pages(site: Path) -> dict[str, str]:
    out = site / "public"
    return {p.relative_to(out).as_posix(): p.read_text() for p in sorted(out.rglob("*"))
            if p.suffix in (".html", ".xml", ".jsonl", ".csv", ".json")}


CORRECTED = article(
    "summary: Water was the matter.", "corrections:",
    "  - {date: 2022-12-03, text: The river is the Diyala.}",
    "  - {date: 2022-12, text: The minister's name was misspelt.}",
)


def test_corrections_stand_on_the_article_in_the_feed_and_in_a_list(make_site: MakeSite) -> None:
    site = make_site({
        "content/articles/talks.md": CORRECTED,
        "content/articles/other.md": article(
            "corrections: {date: 2023-01-02, text: Ten men and not nine.}", title="Other"),
        "content/articles/plain.md": article(title="Plain"),
    })
    assert build(Options(site=site)).published
    found = pages(site)
    page = found["articles/2022/11/talks/index.html"]
    box = page[page.index('<aside class="corrections"'):]
    assert box.index("The minister&#39;s name") < box.index("The river is the Diyala")
    assert '<time datetime="2022-12-03">3 December 2022</time>' in box
    assert '<time datetime="2022-12">December 2022</time>' in box
    graph = json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])["@graph"]  # type: ignore[index]
    assert len(graph[0]["correction"]) > 1
    listed = found["corrections/index.html"]
    order = [listed.index(text) for text in (
        "Ten men and not nine.", "The river is the Diyala.", "name was misspelt.")]
    assert order == sorted(order)
    assert "/record/articles/2022/11/talks/#_corrections" in listed
    assert 'href="/record/corrections/"' in found["index.html"]
    entries = {e.title: e for e in feedparser.parse(found["feed.xml"]).entries}
    assert entries["Talks in Baghdad"].updated == "2022-12-03T00:00:00Z"
    assert entries["Plain"].updated == "2022-11-29T00:00:00Z"
    assert entries["Talks in Baghdad"].summary == (
        "Water was the matter. Correction: The minister's name was misspelt. "
        "Correction: The river is the Diyala.")
    assert "<lastmod>2022-12-03</lastmod>" in found["sitemap.xml"]


def test_a_site_without_corrections_has_no_page_for_them(make_site: MakeSite) -> None:
    site = make_site({"content/articles/plain.md": article(title="Plain")})
    build(Options(site=site))
    assert not any("corrections/" in text for text in pages(site).values())
    assert not (site / "public/corrections").exists()


def test_many_corrections_are_cut_into_pages(make_site: MakeSite) -> None:
    site = make_site({
        f"content/articles/a{n}.md": article(
            f"corrections: {{date: 2022-12-{n:02}, text: Number {n}.}}", title=f"A{n}")
        for n in range(1, 8)}, "[lists]\npage_size = 2\n")
    build(Options(site=site))
    listed = pages(site)
    texts = [re.findall(r"Number (\d)\.", listed[f"corrections/{part}index.html"])
             for part in ("", "page/2/", "page/1/")]
    assert texts == [["7", "6", "5"], ["4", "3"], ["2", "1"]]


NAMES = ("Farid Talabani", "Quennell Harrow", "Kiribati", "whistling", "Ledger of Sorrows",
         "Ombudsman", "harrowing-tag")
REMOVED = article(
    "id: harrow-case", "slug: case-of-2022", "people: [Quennell Harrow]", "countries: [Kiribati]",
    "authors: [Farid Talabani]", "tags: [harrowing-tag]", "section: Ombudsman",
    "summary: A whistling of some sort.", "aliases: [/old/case.html]",
    "corrections: [{date: 2022-12-01, text: A whistling error.}]",
    "removed: {date: 2023-02-01, reason: The person asked to be forgotten.}",
    title="The Ledger of Sorrows",
    body="Quennell Harrow of Kiribati said “I was whistling in the long dark of that night.”")


def test_of_a_removed_article_no_byte_is_left(make_site: MakeSite) -> None:
    site = make_site({
        "content/articles/case.md": REMOVED,
        "content/articles/talks.md": article(body="See [an older report](case.md#p-abc)."),
        "content/articles/case-fa.md": article("translation_of: harrow-case", title="Version"),
        "content/people/harrow.md": "---\nname: Quennell Harrow\n---\nA whistling man.\n",
    }, DATA)
    report = build(Options(site=site))
    assert report.published, report.problems
    assert report.articles == 2
    assert [p.code for p in report.problems] == []
    assert report.left_out == (("content/articles/case.md", "removed on 2023-02-01"),)
    found = pages(site)
    for path, text in found.items():
        for name in NAMES:
            assert name.casefold() not in text.casefold(), (path, name)
            assert name.casefold() not in path.casefold()
    note = found["articles/2022/11/case-of-2022/index.html"]
    assert "This article was removed" in note
    assert "The person asked to be forgotten." in note
    assert '<meta name="robots" content="noindex">' in note
    assert "url=/record/articles/2022/11/case-of-2022/" in found["old/case.html"]
    assert 'href="/record/articles/2022/11/case-of-2022/"' in found["articles/2022/11/talks/index.html"]
    listed = found["corrections/index.html"]
    assert "The person asked to be forgotten." in listed
    holding = {path for path, text in found.items()
               if "case-of-2022" in text and not path.startswith(".")}  # not the manifest
    assert holding == {"articles/2022/11/case-of-2022/index.html", "old/case.html",
                       "articles/2022/11/talks/index.html"}


def test_a_title_can_stay(make_site: MakeSite) -> None:
    site = make_site({"content/articles/case.md": REMOVED.replace(
        "forgotten.}", "forgotten., show_title: true}")})
    report = build(Options(site=site))
    assert report.published, report.problems
    found = pages(site)
    holding = {path for path, text in found.items() if "Ledger of Sorrows" in text}
    assert holding == {"articles/2022/11/case-of-2022/index.html", "old/case.html",
                       "corrections/index.html"}
    assert not any("Harrow" in text for text in found.values())


def test_the_text_and_title_may_be_gone_from_the_file(make_site: MakeSite) -> None:
    site = make_site({"content/articles/2022-11-29-case.md":
                      "---\nremoved: {date: 2023-02-01, reason: By order of a court.}\n---\n"})
    report = build(Options(site=site))
    assert report.published
    assert report.problems == ()
    assert "By order of a court." in pages(site)["articles/2022/11/case/index.html"]


def test_removing_an_article_and_taking_it_back_is_as_a_clean_build(make_site: MakeSite) -> None:
    files = {"content/articles/case.md": re.sub(r"removed: .*\n", "", REMOVED),
             "content/articles/talks.md": article(body="See [a report](case.md).")}
    site = make_site(files)
    build(Options(site=site))
    before = pages(site)
    assert "Harrow" in before["index.html"]
    for text in (REMOVED, files["content/articles/case.md"]):
        (site / "content/articles/case.md").write_text(text)
        build(Options(site=site))
        made = pages(site)
        build(Options(site=site, clean=True))
        assert made == pages(site)
    assert made == before


def test_a_template_that_shows_a_removed_article_stops_the_build(make_site: MakeSite) -> None:
    site = make_site({
        "content/articles/case.md": REMOVED, "content/articles/talks.md": article(),
        "templates/partials/comments.html": "The Ledger of Sorrows",
        "content/articles/b.md": article("comments: true", title="B"),
    })
    report = build(Options(site=site))
    assert not report.published
    assert [p.code for p in report.problems if p.severity.value == "error"] == ["OU006"]


def test_what_is_wrong_with_a_correction_or_removal_is_told(make_site: MakeSite) -> None:
    site = make_site({
        "content/articles/a.md": article("removed: {date: 2022-02-30, reason: x}", title="A"),
        "content/articles/b.md": article("removed: {reason: x}", title="B"),
        "content/articles/c.md": article("removed: {date: 2022-01-01, reason: x}", title="C"),
        "content/articles/d.md": article("removed: yes", title="D"),
        "content/articles/e.md": article(
            "removed: {date: 2023-01-01, reason: x, show_title: perhaps}", title="E"),
        "content/articles/f.md": article("corrections: [{date: 2022, text: ''}]", title="F"),
        "content/articles/g.md": article("corrections: [{date: soon, text: x}]", title="G"),
    })
    report = build(Options(site=site, publish=False))
    told = {(p.file[-4:-3], p.code, p.line) for p in report.problems if p.code.startswith("FM")}
    assert told == {("a", "FM008", 4), ("b", "FM007", 4), ("c", "FM015", 4), ("d", "FM006", 4),
                    ("e", "FM006", 4), ("f", "FM007", 4), ("g", "FM008", 4)}


def test_corrections_are_data(make_site: MakeSite) -> None:
    site = make_site({"content/articles/talks.md": CORRECTED}, DATA)
    build(Options(site=site))
    lines = (site / "public/data/corrections-2022.jsonl").read_text().splitlines()
    assert [json.loads(line)["text"] for line in lines] == [
        "The minister's name was misspelt.", "The river is the Diyala."]
    with (site / "public/data/corrections-2022.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["date"] for row in rows] == ["2022-12", "2022-12-03"]


def test_a_correction_of_the_future_is_told(make_site: Callable[..., Path]) -> None:
    site = make_site({"content/articles/a.md": "---\ntitle: A\ndate: 2022-11-29\n"
                      "corrections: [{date: 2999, text: Long ago.}]\n---\nText.\n"})
    assert [(p.code, p.severity, p.line) for p in build(Options(site=site)).problems] == [("FM015", "warning", 4)]
