"""Feeds by the rules of Atom, RFC 5005, JSON Feed and OPML; ids that survive every move."""

from __future__ import annotations

import datetime as dt
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.build import Options, Report, build
from site_builder.pages.feeds import cut
from tests.conftest import ROOT
from tests.rendering import feed_rules as rules
from tests.rendering.feed_rules import ATOM

BASE = "https://news.example/record"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("feeds") / "out"
    build(Options(site=ROOT, output=out, jobs=1))
    return out


def _build(site: Path, out: str = "out", **more: object) -> Path:
    report: Report = build(Options(site=site, output=site / out, jobs=1, **more))  # type: ignore[arg-type]
    assert report.published, report.problems
    return site / out


def test_every_feed_of_the_sample_keeps_the_rules(sample: Path) -> None:
    feeds = rules.documents(sample, "https://example.org", "**/feed.xml")
    ids = set()
    assert len(feeds) > 200
    for address, data in feeds.items():
        assert rules.atom(data) == [], address
        root = ET.fromstring(data)
        assert root.findtext(f"{ATOM}id") not in ids, "two feeds with one id (4287 4.2.6)"
        ids.add(root.findtext(f"{ATOM}id"))
        own = [x.get("href") for x in root.findall(f"{ATOM}link") if x.get("rel") == "self"]
        assert own == [address]
        times = [dt.datetime.fromisoformat(e.findtext(f"{ATOM}updated") or "")
                 for e in root.findall(f"{ATOM}entry")]
        assert dt.datetime.fromisoformat(root.findtext(f"{ATOM}updated") or "") == max(times)
        for entry in root.findall(f"{ATOM}entry"):
            where = urlsplit(entry.find(f"{ATOM}link").get("href"))  # type: ignore[union-attr]
            assert (sample / where.path[1:] / "index.html").is_file()
        other = json.loads((sample / urlsplit(address).path[1:]).with_suffix(".json").read_bytes())
        assert [item["id"] for item in other["items"]] == [
            e.findtext(f"{ATOM}id") for e in root.findall(f"{ATOM}entry")]
        assert other["title"] == root.findtext(f"{ATOM}title")
    for path in sample.rglob("feed.json"):
        assert rules.json_feed(path.read_bytes()) == [], path


def test_a_tag_that_is_the_section_too_is_one_category_and_seconds_are_kept(
    make_site: Callable[..., Path]
) -> None:
    site = make_site({"content/articles/a.md": "---\ntitle: A\ndate: 2022-11-29T10:00:41+03:30\n"
                      "section: Trade\ntags: [Trade, mills]\n---\nText.\n"})
    entry = ET.fromstring((_build(site) / "feed.xml").read_bytes()).find(f"{ATOM}entry")
    assert entry is not None
    assert [x.get("term") for x in entry.findall(f"{ATOM}category")] == ["Trade", "mills"]
    assert entry.findtext(f"{ATOM}published") == "2022-11-29T10:00:41+03:30"


@pytest.mark.parametrize(("head", "body", "place"), [
    ('title: "Bell \\a"', "Text.", (2, 1)), ('title: A\nauthors: ["A\\x01B"]', "Text.", (3, 11)),
    ("title: A", "Well.\n\nHello &#8; world.", (6, 7)), ("title: A", "Hello &#xFFFE;.", (4, 7))])
def test_what_no_feed_can_hold_is_an_error_however_it_is_written(
    make_site: Callable[..., Path], head: str, body: str, place: tuple[int, int]
) -> None:
    site = make_site({"content/articles/2022-11-29-a.md": f"---\n{head}\n---\n{body}\n"}, "[feeds]\nfull_text = true\n")
    report = build(Options(site=site, jobs=1))
    assert [(p.code, p.line, p.column) for p in report.problems] == [("RD002", *place)]
    site = make_site({"content/articles/2022-11-29-a.md": "---\ntitle: A\n---\nWrite `&#8;` here.\n"})
    assert not build(Options(site=site, jobs=1)).problems


def test_a_guid_that_is_the_id_of_another_article_is_told(make_site: Callable[..., Path]) -> None:
    page = "---\ntitle: A\ndate: 2022-11-29\n{}\n---\nText.\n".format
    site = make_site({"content/articles/a.md": page("id: same"), "content/articles/b.md": page("guid: same")})
    (problem,) = build(Options(site=site, jobs=1)).problems
    assert (problem.code, problem.hint) == ("ID008", "readers' programs would take the two for one: change one")


def test_the_list_of_feeds_names_every_feed_once(sample: Path) -> None:
    data = (sample / "feeds.opml").read_bytes()
    assert rules.opml(data) == []
    named = [x.get("xmlUrl") for x in ET.fromstring(data).iter("outline") if x.get("xmlUrl")]
    assert sorted(named) == sorted(rules.documents(sample, "https://example.org", "**/feed.xml"))
    page = (sample / "feeds/index.html").read_text()
    linked = set(re.findall(r'href="([^"]+/feed\.(?:xml|json)|/feed\.xml)"', page))
    assert len(linked - {"/feed.xml"}) + 1 >= 2 * len(named) - 1
    for url in linked:
        assert (sample / urlsplit(url).path[1:]).is_file(), url


def _articles(count: int) -> dict[str, str | bytes]:
    return {
        f"content/articles/{n:02}.md":
        f"---\ntitle: Report {n} & <more>\ndate: 2022-{1 + n // 28:02}-{1 + n % 28:02}\n"
        f"section: Trade\ntags: [tolls]\nauthors: [Ann Hale]\n---\nThe toll rose {n} times.\n"
        for n in range(count)}


@pytest.mark.parametrize("archives", ["site", "all", "none"])
def test_archive_documents_reach_every_article_once(
    make_site: Callable[..., Path], archives: str
) -> None:
    site = make_site(_articles(23), toml=(
        f'[feeds]\nsize = 6\nlist_size = 5\narchives = "{archives}"\n'))
    out = _build(site)
    documents = rules.documents(out, BASE, "*.xml")
    documents = {url: data for url, data in documents.items() if "sitemap" not in url}
    for url, data in documents.items():
        assert rules.atom(data) == [], url
    every = {e.findtext(f"{ATOM}id") for data in documents.values()
             for e in ET.fromstring(data).findall(f"{ATOM}entry")}
    for start, goes_on in (("/feed.xml", archives != "none"),
                           ("/sections/trade/feed.xml", archives == "all")):
        wrong, ids = rules.archive(documents, BASE + start)
        assert wrong == []
        assert len(ids) == len(set(ids))
        assert len(ids) == (23 if goes_on else 6 if start == "/feed.xml" else 5)
        if goes_on:
            assert set(ids) == every
    assert len(list(out.rglob("archive/*.xml"))) == {
        "site": 6, "all": 6 + 3 * 9, "none": 0}[archives]


@given(st.integers(0, 400), st.integers(1, 60))
def test_no_feed_is_larger_than_asked_and_none_is_left_out(total: int, size: int) -> None:
    part, full = cut(total, size)
    newest = total - part * full
    assert 0 <= newest <= size
    assert newest > size // 2 or newest == total
    assert full == 0 or total > size


def test_a_full_archive_document_stays_as_it_is(make_site: Callable[..., Path]) -> None:
    site = make_site(_articles(12), toml="[feeds]\nsize = 4\n")
    before = rules.documents(_build(site), BASE, "feed/archive/*.xml")
    for name, text in _articles(17).items():
        (site / name).write_text(str(text))
    after = rules.documents(_build(site), BASE, "feed/archive/*.xml")
    assert len(before) == 4
    assert len(after) > len(before)
    last = f"{BASE}/feed/archive/{len(before)}.xml"
    for url, data in before.items():
        if url != last:  # which now leads on to the next
            assert after[url] == data
        entries = [ET.fromstring(x).findall(f"{ATOM}entry") for x in (data, after[url])]
        assert [e.findtext(f"{ATOM}id") for e in entries[0]] == [
            e.findtext(f"{ATOM}id") for e in entries[1]]


def _feeds(out: Path) -> dict[str, tuple[str, list[str]]]:
    result = {}
    for path in out.rglob("feed.xml"):
        root = ET.parse(path).getroot()
        result[root.findtext(f"{ATOM}title") or ""] = (root.findtext(f"{ATOM}id") or "", [
            e.findtext(f"{ATOM}id") or "" for e in root.findall(f"{ATOM}entry")])
    return result


def test_ids_stay_when_slug_and_domain_change(make_site: Callable[..., Path]) -> None:
    text = ("---\ntitle: {n}\ndate: 2022-11-0{n}\nupdated: {updated}\nsection: Trade\n"
            "people: [ann]\n{more}---\nWords.\n")
    files: dict[str, str | bytes] = {
        "content/articles/1.md": text.format(n=1, updated="2022-12-05T01:00:00+03:30", more=""),
        "content/articles/2.md": text.format(n=2, updated="2022-12-04T23:00:00Z", more=""),
        "content/people/ann.md": "---\nname: Ann Hale\n---\n",
    }
    site = make_site(files, toml='id = "record.example"\n')
    before = _feeds(_build(site, "a"))
    (site / "content/articles/1.md").write_text(text.format(
        n=1, updated="2022-12-05T01:00:00+03:30", more="slug: moved\n"))
    (site / "content/people/ann.md").write_text("---\nname: Ann Hale\nslug: hale\n---\n")
    out = _build(site, "b", base_url="https://elsewhere.example/x")
    assert (out / "people/hale/feed.xml").is_file()
    assert _feeds(out) == before
    assert len(before) == 3
    root = ET.parse(out / "feed.xml").getroot()
    assert root.findtext(f"{ATOM}updated") == "2022-12-04T23:00:00Z", "the later instant"


def test_an_imported_guid_is_kept(make_site: Callable[..., Path]) -> None:
    text = "---\ntitle: {n}\ndate: 2022-11-0{n}\n{line}\n---\nWords.\n"
    lines = ("guid: https://old.example/?p=17", "guid: 4711", "id: tag:old.example,2005:9",
             "id: plain")
    site = make_site({f"content/articles/{n}.md": text.format(n=n, line=line)
                      for n, line in enumerate(lines, 1)})
    out = _build(site)
    ids = {item["title"]: item["id"] for item in json.loads((out / "feed.json").read_text())["items"]}
    assert ids["1"] == "https://old.example/?p=17"
    assert ids["3"] == "tag:old.example,2005:9"
    assert ids["2"].startswith("urn:uuid:") and ids["4"].startswith("urn:uuid:"), "atom:id is an IRI"
    (site / "content/articles/2.md").rename(site / "content/articles/renamed.md")
    again = json.loads((_build(site) / "feed.json").read_text())["items"]
    assert ids["2"] in {item["id"] for item in again}
    (site / "content/articles/1.md").write_text(text.format(n=1, line="guid: 4711"))
    report = build(Options(site=site, output=site / "out", jobs=1))
    assert [p.code for p in report.problems if p.severity == "error"] == ["ID008"]


FULL = """---
title: Tolls
date: 2022-11-02T10:00
lang: de
image: {src: mill.png, alt: Eine Mühle}
---
Die Maut steigt, siehe [früher](1.md), [hier](#der-rat) und [außen](https://a.example/?x=1&y=2).

## Der Rat

Er tagte.[^1] ![Mühle](mill.png)

[^1]: Am Abend.
"""


@pytest.mark.parametrize("portable", [False, True])
def test_a_feed_can_hold_the_whole_text(make_site: Callable[..., Path], portable: bool) -> None:
    site = make_site({
        "content/articles/1.md": "---\ntitle: Before\ndate: 2022-11-01\n---\nIt was.\n",
        "content/articles/2.md": FULL, "content/articles/mill.png": b"\x89PNG\r\n\x1a\n",
    }, toml='timezone = "Asia/Tehran"\n[feeds]\nfull_text = true\n')
    out = _build(site, portable=portable)
    assert rules.atom((out / "feed.xml").read_bytes()) == []
    assert rules.json_feed((out / "feed.json").read_bytes()) == []
    read = feedparser.parse((out / "feed.xml").read_bytes())
    assert not read.bozo
    html = read.entries[0].content[0].value
    item = json.loads((out / "feed.json").read_text())["items"][0]
    for text in (html, item["content_html"]):
        assert "Er tagte." in text
        assert "anchor" not in text and "¶" not in text and "/~/" not in text
        links = re.findall(r'(?:href|src)="([^"]*)"', text)
        assert f"{BASE}/articles/2022/11/1/" in links
        assert f"{BASE}/articles/2022/11/2/#der-rat" in links
        assert f"{BASE}/media/articles/mill.png" in links
        assert all(urlsplit(link).scheme == "https" for link in links), links
    assert item["language"] == "de"
    assert [entry.published for entry in read.entries] == [
        "2022-11-02T10:00:00+03:30", "2022-11-01T00:00:00+03:30"]


def test_a_feed_with_texts_follows_a_change_of_text_alone(make_site: Callable[..., Path]) -> None:
    site = make_site(_articles(8), toml="[feeds]\nfull_text = true\nsize = 4\n")
    old = site / "content/articles/00.md"
    old.write_text(f"{old.read_text()}\n{'The miller spoke. ' * 80}\n\nThe toll rose again.\n")
    _build(site)
    old.write_text(old.read_text().replace("rose again", "fell at last"))  # below the excerpt
    out = _build(site)
    assert "fell at last" in (out / "feed/archive/1.xml").read_text()
    clean = _build(site, "clean", clean=True)
    for path in clean.rglob("feed*"):
        if path.is_file():
            assert path.read_bytes() == (out / path.relative_to(clean)).read_bytes(), path


def test_feedparser_understands_every_kind_of_feed(make_site: Callable[..., Path]) -> None:
    site = make_site(_articles(9), toml="[feeds]\nsize = 4\nlist_size = 3\n")
    out = _build(site)
    for name in ("feed.xml", "tags/tolls/feed.xml", "authors/ann-hale/feed.xml",
                 "feed/archive/1.xml"):
        read = feedparser.parse((out / name).read_bytes())
        assert not read.bozo, name
        assert read.version == "atom10"
        assert read.entries[0].title.startswith("Report")
        assert "& <more>" in read.entries[0].title.replace("&lt;", "<").replace("&amp;", "&")
        assert read.entries[0].author == "Ann Hale"
        assert [tag.term for tag in read.entries[0].tags] == ["Trade", "tolls"]
        assert read.entries[0].published_parsed


@pytest.mark.parametrize(("formats", "endings"), [
    ('["json"]', {"json"}), ('["atom"]', {"xml"}), ("[]", set())])
def test_formats_are_a_choice(
    make_site: Callable[..., Path], formats: str, endings: set[str]
) -> None:
    site = make_site(_articles(9), toml=f"[feeds]\nsize = 4\nformats = {formats}\n")
    out = _build(site)
    assert {path.suffix[1:] for path in out.rglob("feed.*")} == endings
    assert (out / "feed/archive/1.xml").is_file() == ("xml" in endings)
    assert (out / "feeds.opml").is_file() == bool(endings)
    page = (out / "sections/trade/index.html").read_text()
    assert set(re.findall(r'rel="alternate" type="application/(\w+)\+', page)) == {
        {"xml": "atom", "json": "feed"}[e] for e in endings}
    assert ("Feed of this page" in page) == bool(endings)


def test_neither_drafts_nor_the_withheld_are_in_any_feed(make_site: Callable[..., Path]) -> None:
    site = make_site(_articles(4) | {
        "content/articles/hidden.md":
        "---\ntitle: Kept back\ndate: 2022-12-01\ndraft: true\n---\nNot yet said.\n",
        "content/articles/named.md":
        "---\ntitle: A witness speaks\ndate: 2022-12-02\npeople: [Zoe Quill]\n---\nShe spoke.\n",
        "content/people/quill.md": "---\nname: Zoe Quill\nwithhold: true\n---\n",
    })
    out = _build(site)
    for path in out.rglob("*"):
        if path.is_file():
            assert not re.search(rb"Kept back|Not yet said|Quill|quill", path.read_bytes()), path
