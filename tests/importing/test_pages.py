"""Saved web pages: metadata by JSON-LD, Open Graph and the page; no word of the text is lost."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from site_builder.build import Options, build
from site_builder.importing.detecting import kind_of
from tests.conftest import ROOT
from tests.importing.sites import Archive, told, write

PASSAGES = re.compile(r'<(?:p|li) id="(p-[\w-]+)"')

TEXT = "".join(
    f"<p>Paragraph {n} of the report tells at some length what was agreed on day {n}.</p>"
    for n in range(1, 6))


def page(head: str = "", body: str = TEXT, after: str = "") -> str:
    return f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Talks on water | The Old Paper</title>{head}</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Talks on water</h1><p class="byline">By Nadia Farhoud</p>{body}
<div class="share-buttons"><a href="#">Share this</a></div></article>{after}
<aside>Most read: <a href="/x">Something else altogether, and more of it</a></aside>
<footer>Copyright The Old Paper, all rights reserved everywhere</footer></body></html>"""


JSON_LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "WebSite", "name": "The Old Paper"},
{"@type": "NewsArticle", "headline": "Talks on water: day one",
 "datePublished": "2019-03-05T10:20:00+03:00", "dateModified": "2019-03-07T10:00:00+03:00",
 "author": [{"@type": "Person", "name": "Nadia Farhoud"}, {"name": "Karim Jawdat"}],
 "publisher": {"name": "The Old Paper"}, "articleSection": "Diplomacy", "keywords": "water, rivers",
 "description": "Both sides spoke.", "image": {"url": "https://old.example/hall.jpg"},
 "mainEntityOfPage": {"@id": "https://old.example/2019/talks-on-water.html"}}]}</script>"""
OPEN_GRAPH = """<meta property="og:title" content="Talks on water: day one">
<meta property="og:url" content="https://old.example/2019/talks-on-water.html">
<meta property="og:description" content="Both sides spoke.">
<meta property="og:site_name" content="The Old Paper">
<meta property="og:image" content="https://old.example/hall.jpg">
<meta property="article:published_time" content="2019-03-05T10:20:00+03:00">
<meta property="article:modified_time" content="2019-03-07T10:00:00+03:00">
<meta property="article:section" content="Diplomacy">
<meta property="article:tag" content="water"><meta property="article:tag" content="rivers">
<meta name="author" content="Nadia Farhoud, Karim Jawdat">"""


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


@pytest.mark.parametrize("head", [JSON_LD, OPEN_GRAPH])
def test_metadata(archive: Archive, tmp_path: Path, head: str) -> None:
    saved = write(tmp_path / "saved", {"talks.html": page(head)})
    report = archive.take(saved)
    assert not told(report)
    assert archive.matter("talks-on-water.md") == {
        "title": "Talks on water: day one", "date": "2019-03-05T10:20:00+03:00",
        "updated": "2019-03-07T10:00:00+03:00", "summary": "Both sides spoke.",
        "authors": ["Nadia Farhoud", "Karim Jawdat"], "section": "Diplomacy",
        "tags": ["water", "rivers"], "lang": "en-GB",
        "image": {"src": "https://old.example/hall.jpg"},
        "source": [{"name": "The Old Paper",
                    "url": "https://old.example/2019/talks-on-water.html"}]}
    gone = [d.text for d in report.imported[0].candidate.dropped]
    assert "By Nadia Farhoud" in gone
    assert "Share this" in gone
    body = archive.body("talks-on-water.md")
    assert body.count("Paragraph") == 5
    assert "Most read" not in body
    assert "Copyright" not in body
    archive.builds()


def test_code_tables_captions_and_joiners_are_not_lost(archive: Archive, tmp_path: Path) -> None:
    more = ("<pre><code>if a &lt; b:\n    c_d_e()</code></pre><table><tr><th>Year</th><th>m³</th>"
            "</tr><tr><td>2019</td><td>12</td></tr></table><figure><img src='talks_files/h.png' "
            "alt='Hall'><figcaption>The hall. Photo: A. Salim</figcaption></figure>"
            "<p>می‌گوید و نخست‌وزیر، in one sentence of some length.</p><ul><li>One</li></ul>"
            "<blockquote>Quoted words that somebody said.</blockquote><h2>Next <em>steps</em></h2>")
    saved = write(tmp_path / "saved", {
        "talks.html": page(JSON_LD, TEXT + more), "talks_files/h.png": b"\x89PNG",
        "talks_files/frame.html": "<p>an advertisement</p>"})
    report = archive.take(saved)
    assert len(report.imported) == 1
    body = archive.body("talks-on-water.md")
    for kept in ("if a < b:\n    c_d_e()", "| 2019 | 12 |", "The hall. Photo: A. Salim",
                 "می‌گوید و نخست‌وزیر", "- One", "> Quoted words", "## Next *steps*",
                 "/media/talks-files/h.png"):
        assert kept in body, kept
    assert not any("differs" in c for c in report.imported[0].candidate.changed)
    archive.builds()


@pytest.mark.parametrize(("encoding", "declared", "guessed"), [
    ("utf-8", "utf-8", False), ("utf-8", "iso-8859-1", False), ("utf-16", "utf-16", False),
    ("windows-1252", "iso-8859-1", False), ("windows-1252", "utf-8", True),
    ("koi8-r", "koi8-r", False),
])
def test_the_encoding_is_found_or_the_guess_is_told(
    archive: Archive, tmp_path: Path, encoding: str, declared: str, guessed: bool
) -> None:
    words = "Переговоры о воде" if encoding == "koi8-r" else "Erdoğan “café” Müller".replace(
        "ğ", "g" if encoding == "windows-1252" else "ğ")
    text = page('<meta name="date" content="2019-03-05">', f"<p>{words} and others.</p>" + TEXT)
    data = text.replace("utf-8", declared).encode(encoding)
    report = archive.take(write(tmp_path / "saved", {"talks.html": data}))
    assert f"{words} and others." in archive.body("talks.md")
    assert bool(report.imported[0].candidate.guessed) == guessed


def test_pages_that_are_no_articles_are_told(archive: Archive, tmp_path: Path) -> None:
    deep = "<div>" * 20_000 + TEXT + "</div>" * 20_000
    saved = write(tmp_path / "saved", {
        "a.html": "", "b.html": "<html><body></body></html>", "c.html": page(),
        "d.html": page('<meta name="date" content="2019-03-05">', deep)})
    report = archive.take(saved)
    assert told(report) == ["MD009", "MD009", "FM007"]
    assert archive.body("d.md").count("Paragraph") == 5


def test_a_page_of_this_program_comes_back_as_it_was(archive: Archive, tmp_path: Path) -> None:
    """The whole way round: articles are built, the pages saved, imported and built again."""
    old = shutil.copytree(ROOT / "tests/golden/site", tmp_path / "old")
    build(Options(site=old, output=tmp_path / "public", jobs=1))
    pages = [p for p in sorted((tmp_path / "public/articles").rglob("index.html"))
             if PASSAGES.search(p.read_text())]
    assert len(pages) >= 5
    for path in pages:
        write(tmp_path / "saved", {f"{path.parent.name}.html": path.read_bytes()})
    report = archive.take(tmp_path / "saved")
    assert not told(report), list(report.problems)
    build(Options(site=archive.folder, jobs=1, drafts=True, future=True))
    for path in pages:
        (again,) = (archive.folder / "public/articles").rglob(f"{path.parent.name}/index.html")
        # the id of a passage is made of its text
        before = PASSAGES.findall(path.read_text())
        assert [p for p in PASSAGES.findall(again.read_text()) if p in before] == before, path


def test_what_a_file_is_shows(tmp_path: Path) -> None:
    files = write(tmp_path, {
        "a.html": page(), "b.xml": "<?xml version='1.0'?><rss version='2.0'></rss>",
        "c.xml": '<rss xmlns:wp="http://wordpress.org/export/1.2/"></rss>', "d.csv": "a,b\n",
        "e.jsonl": "{}\n", "f.txt": "Words\n", "g.atom": '<feed xmlns="http://www.w3.org/2005/Atom"/>',
        "h.md": "+++\ntitle='x'\n+++\n", "i.md": "Title: x\nDate: 2019-01-01\n\nx\n",
        "2019-01-01-j.md": "---\ntitle: x\n---\nx\n", "k.md": "Just words.\n"})
    assert {p.name: kind_of(p) for p in sorted(files.iterdir())} == {
        "a.html": "html", "b.xml": "feed", "c.xml": "wxr", "d.csv": "table", "e.jsonl": "table",
        "f.txt": "text", "g.atom": "feed", "h.md": "hugo", "i.md": "pelican",
        "2019-01-01-j.md": "jekyll", "k.md": "text"}
