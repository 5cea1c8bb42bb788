"""Packets of evidence: a ZIP that opens from a disk and says of itself whether it is whole."""

from __future__ import annotations

import hashlib
import html
import json
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import bibtexparser
import pytest
import rispy
from click.testing import CliRunner, Result

from site_builder.cli import cli
from site_builder.problems import Refusal
from tests.conftest import ROOT
from tests.pipeline.test_build import article, tree

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082")
FILES = {
    "content/articles/2022/talks.md": article(
        "Talks & <tea>", people="[Mona Writer]", aliases="[/old/talks.html]", section="Desk",
        body="Iraq spoke. See [another](other.md), [the rest](third.md) and "
             "[the agency](https://agency.example/1).\n\n![A plan](plan.png)\n\n"
             "Write href=\"/record/x/\" as text."),
    "content/articles/2022/other.md": article("Other", "2021-01-01", people="[Mona Writer]"),
    "content/articles/2022/third.md": article("Third", "2020-01-01", countries="[Jordan]"),
    "content/articles/2022/draft.md": article("Draft", people="[Mona Writer]", draft="yes"),
    "content/articles/2022/plan.png": PICTURE,
    "content/people/mona.md": "---\nname: Mona Writer\naliases: [M. W.]\n---\nA *clerk*.\n",
    "content/people/jordan.md": "---\nname: Jordan\n---\n",
    "content/people/hidden.md": "---\nname: Hidden Name\naliases: [Hush]\nwithhold: true\n---\n",
}


def packet(site: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["packet", *words, "--site", str(site)])


def unpacked(file: Path, into: Path) -> Path:
    with zipfile.ZipFile(file) as archive:
        archive.extractall(into)
    (top,) = into.iterdir()
    return top


@pytest.fixture
def site(make_site: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make_site(FILES)


def test_a_packet_holds_the_pages_their_sources_and_what_they_show(site: Path, tmp_path: Path) -> None:
    result = packet(site, "Mona Writer")
    assert result.exit_code == 0, result.output
    top = unpacked(tmp_path / "mona-writer.zip", tmp_path / "un")
    assert {p for p in tree(top) if not p.endswith(".js")} == {
        "index.html", "manifest-sha256.txt", "assets/site.css", "favicon.svg",
        "people/mona-writer/index.html", "articles/2022/11/talks/index.html",
        "articles/2021/01/other/index.html", "media/articles/2022/plan.png",
        "sources/content/articles/2022/talks.md", "sources/content/articles/2022/other.md",
        "sources/content/people/mona.md", "citations/citations.bib", "citations/citations.json",
        "citations/citations.ris",
    }
    for name, data in tree(top / "sources").items():
        assert data == (site / name).read_bytes()
    for line in (top / "manifest-sha256.txt").read_text().splitlines():
        if not line.startswith("#"):
            sum_, _, path = line.partition("  ")
            assert hashlib.sha256((top / path).read_bytes()).hexdigest() == sum_
    assert subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "manifest-sha256.txt"],
                          cwd=top, check=False).returncode == 0


def test_links_lead_into_the_packet_or_to_the_web_and_never_into_nothing(
    site: Path, tmp_path: Path
) -> None:
    packet(site, "Mona Writer", "--output", "p.zip")
    top = unpacked(tmp_path / "p.zip", tmp_path / "un")
    outside = set()
    for page in top.rglob("*.html"):
        for tag in re.findall(r"<(?:a|img|link|script)\b[^>]*>", page.read_text()):
            for target in re.findall(r' (?:href|src)="([^"]*)"', tag):
                target = html.unescape(target).partition("#")[0]
                if re.match(r"https?:", target):
                    outside.add(target)
                elif target.startswith("data:"):
                    assert " download=" in tag  # a citation that the page itself holds
                elif target:
                    assert (page.parent / target).is_file(), (page, target)
    assert "https://news.example/record/articles/2020/01/third/" in outside
    assert "https://agency.example/1" in outside
    talks = (top / "articles/2022/11/talks/index.html").read_text()
    assert 'href="../../../../articles/2021/01/other/index.html"' in talks
    assert 'Write href="/record/x/" as text.' in talks
    assert 'main a[href^="https://news.example/record"]::after' in (top / "assets/site.css").read_text()


def test_the_same_archive_gives_the_same_packet(site: Path, tmp_path: Path) -> None:
    packet(site, "mona", "--output", "one.zip")
    for path in site.rglob("*"):
        path.touch()
    packet(site, "M. W.", "--output", "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile("one.zip") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("name", [
    "2022/talks", "content/articles/2022/talks.md", "talks & <tea>", "/articles/2022/11/talks/",
    "https://news.example/record/articles/2022/11/talks/#p-1", "/old/talks.html", "article:2022/talks",
])
def test_an_article_by_each_of_its_names(site: Path, tmp_path: Path, name: str) -> None:
    assert packet(site, name, "--output", "a.zip").exit_code == 0
    top = unpacked(tmp_path / "a.zip", tmp_path / "un")
    assert {p for p in tree(top) if p.startswith("articles/")} == {"articles/2022/11/talks/index.html"}


def test_a_file_is_found_from_where_one_stands(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site / "content")
    assert packet(site, "articles/2022/talks.md", "--output", str(tmp_path / "a.zip")).exit_code == 0


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_written(site: Path) -> None:
    for path in ("content/articles/2022/third.md",):
        (site / path).write_text(article("Third", "2020-01-01", countries="[Jordan]", people="[jordan]"))
    before = {p for p in tree(Path()) if "/.site-builder/" not in p}
    result = packet(site, "Nobody", "Hush", "Jordan", "2022/draft", "mona")
    assert isinstance(result.exception, Refusal)
    assert result.exception.exit_code == 2
    told = sorted((p.code, p.message) for p in result.exception.problems)
    assert [code for code, _ in told] == ["PK001", "PK001", "PK002", "PK003"]
    assert told[2][1] == "'Jordan' fits person Jordan and country Jordan"
    assert {p for p in tree(Path()) if "/.site-builder/" not in p} == before
    assert packet(site, "country:Jordan", "--output", "j.zip").exit_code == 0


def test_what_is_there_is_not_overwritten(site: Path) -> None:
    Path("mine.zip").write_bytes(b"mine")
    refused = packet(site, "mona", "--output", "mine.zip").exception
    assert isinstance(refused, Refusal)
    assert [p.code for p in refused.problems] == ["PK005"]
    assert Path("mine.zip").read_bytes() == b"mine"


@pytest.mark.parametrize("how", ["front matter", "alias in the text", "a record"])
def test_nobody_who_is_withheld_is_named_in_a_packet(site: Path, tmp_path: Path, how: str) -> None:
    if how == "front matter":
        (site / "content/articles/2022/other.md").write_text(
            article("Other", "2021-01-01", people="[Mona Writer, hidden]"))
    elif how == "alias in the text":
        (site / "content/articles/2022/other.md").write_text(
            article("Other", "2021-01-01", people="[Mona Writer]", note="ask hidden  name"))
    else:
        (site / "content/people/mona.md").write_text(
            FILES["content/people/mona.md"].replace("name: Mona", "note: met HUSH\nname: Mona"))
    result = packet(site, "mona", "--output", "p.zip")
    assert result.exit_code == 0
    assert "PK004" in result.stderr
    top = unpacked(tmp_path / "p.zip", tmp_path / "un")
    held = [p for p, data in tree(top).items()
            if re.search(rb"hidden.{1,3}name|hush", data.lower())]
    assert held == []
    assert (top / "articles/2021/01/other/index.html").exists()


@pytest.mark.parametrize("harm", ["changed", "missing", "added", "twice", "no zip", "cut"])
def test_verify_finds_what_was_done_to_a_packet(site: Path, tmp_path: Path, harm: str) -> None:
    packet(site, "mona", "--output", "p.zip")
    good = CliRunner().invoke(cli, ["verify", "p.zip"])
    assert good.exit_code == 0
    assert "files of this packet are as they were" in good.output
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile("p.zip") as old, zipfile.ZipFile(bad, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename.endswith("talks.md"):
                if harm == "missing":
                    continue
                data = data + b" " if harm == "changed" else data
            new.writestr(entry, data)
            if harm == "twice" and entry.filename.endswith("talks.md"):
                new.writestr(entry.filename, data)
        if harm == "added":
            new.writestr("mona-writer/more.html", "more")
    if harm in ("no zip", "cut"):
        bad.write_bytes(b"PK" if harm == "no zip" else Path("p.zip").read_bytes()[:-2000])
    result = CliRunner().invoke(cli, ["verify", str(bad), "--format", "json"])
    if harm in ("no zip", "cut"):
        assert isinstance(result.exception, Refusal)
        assert [p.code for p in result.exception.problems] == ["VF004"]
        return
    assert result.exit_code == 1
    (told,) = json.loads(result.output)
    assert (told["code"], told["file"]) == {
        "changed": ("VF002", "sources/content/articles/2022/talks.md"),
        "missing": ("VF001", "sources/content/articles/2022/talks.md"),
        "added": ("VF003", "more.html"),
        "twice": ("VF003", "sources/content/articles/2022/talks.md")}[harm]


def test_an_unpacked_packet_is_verified_too(site: Path, tmp_path: Path) -> None:
    packet(site, "mona", "--output", "p.zip")
    top = unpacked(tmp_path / "p.zip", tmp_path / "un")
    assert CliRunner().invoke(cli, ["verify", str(top)]).exit_code == 0
    (top / "index.html").write_text("other")
    assert CliRunner().invoke(cli, ["verify", str(top)]).exit_code == 1


@pytest.mark.browser
def test_a_packet_opens_from_a_disk_in_a_browser(
    tmp_path: Path, chromium: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert packet(ROOT, "Ebrahim Raisi", "--output", "p.zip").exit_code == 0
    top = unpacked(tmp_path / "p.zip", tmp_path / "un")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as run:
        browser = run.chromium.launch(executable_path=chromium, args=[
            "--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        page = browser.new_page()
        said: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.on("requestfailed", lambda request: None if request.failure == "net::ERR_ABORTED"
                else said.append(request.url))  # aborted by going on to the next page
        page.goto((top / "index.html").as_uri())
        page.get_by_role("link", name="Ebrahim Raisi").first.click()
        assert page.url == (top / "people/ebrahim-raisi/index.html").as_uri()
        for file in sorted(top.rglob("*.html")):
            page.goto(file.as_uri())
            for image in page.locator("img").all():
                image.scroll_into_view_if_needed()
                page.wait_for_function("i => i.complete", arg=image.element_handle())
                assert image.evaluate("i => i.naturalWidth") > 0
        mark = "getComputedStyle(document.querySelector('main a[href^=\"https://example.org\"]'), '::after').content"
        assert "↗" in page.evaluate(mark)
        browser.close()
    assert said == []
    assert {url.partition(":")[0] for url in asked} == {"file"}


def test_a_packet_has_the_citations_of_its_articles(site: Path, tmp_path: Path) -> None:
    (site / "content/articles/2022/again").mkdir()
    (site / "content/articles/2022/again/talks.md").write_text(
        article("Talks again", "2021-05-01", people="[Mona Writer]"))  # the same key
    packet(site, "mona", "--output", "p.zip")
    top = unpacked(tmp_path / "p.zip", tmp_path / "un")
    titles = {"Talks & <tea>", "Other", "Talks again"}
    csl = json.loads((top / "citations/citations.json").read_text())
    assert {item["title"] for item in csl} == titles
    assert len({item["id"] for item in csl}) == 3
    with (top / "citations/citations.ris").open() as file:
        assert {entry["title"] for entry in rispy.load(file)} == titles
    library = bibtexparser.parse_string((top / "citations/citations.bib").read_text())
    assert library.failed_blocks == []
    assert len({entry.key for entry in library.entries}) == 3
    assert "citations/citations.bib" in (top / "index.html").read_text()
