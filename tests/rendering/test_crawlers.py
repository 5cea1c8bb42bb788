"""robots.txt, sitemaps and the news sitemap."""

from __future__ import annotations

import json
import re
import urllib.robotparser
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.build import Options, build
from site_builder.config import parse
from site_builder.pages import crawlers
from site_builder.problems import Refusal

BASE = "https://news.example/record"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
TEXT = "---\ntitle: {title}\ndate: {date}\n{more}---\nWords.\n"


def _built(site: Path) -> Path:
    report = build(Options(site=site, output=site / "out", jobs=1))
    assert report.published, report.problems
    return site / "out"


def _robots(out: Path) -> urllib.robotparser.RobotFileParser:
    parser = urllib.robotparser.RobotFileParser()
    parser.parse((out / "robots.txt").read_text().splitlines())
    return parser


def test_crawlers_are_welcome_unless_the_site_says_otherwise(
    make_site: Callable[..., Path]
) -> None:
    robots = _robots(_built(make_site(
        {"content/articles/1.md": TEXT.format(title="One", date="2022-11-01", more="")})))
    assert robots.can_fetch("Googlebot", f"{BASE}/articles/")
    assert robots.can_fetch("GPTBot", f"{BASE}/articles/")
    assert robots.site_maps() == [f"{BASE}/sitemap.xml"]


def test_crawlers_for_language_models_can_be_turned_away(make_site: Callable[..., Path]) -> None:
    out = _built(make_site(
        {"content/articles/1.md": TEXT.format(title="One", date="2022-11-01", more="")},
        toml='[robots]\nai = "disallow"\ndisallow = ["/media/", "/data/"]\n'))
    robots = _robots(out)
    for name in crawlers.agents():
        assert not robots.can_fetch(name, f"{BASE}/articles/"), name
    assert robots.can_fetch("Googlebot", f"{BASE}/articles/")
    assert robots.can_fetch("Applebot", f"{BASE}/articles/")
    assert not robots.can_fetch("Googlebot", f"{BASE}/media/a.png")
    assert not robots.can_fetch("anybody", f"{BASE}/data/")
    # RFC 9309, 2.2: each line is a key, a colon and a value
    for line in (out / "robots.txt").read_text().splitlines():
        assert re.fullmatch(r"|(User-agent|Disallow|Sitemap):( \S.*)?", line), line


def test_the_list_of_crawlers_has_sources_and_no_search_engine() -> None:
    import tomllib

    found = tomllib.loads(crawlers.AGENTS.read_text("utf-8"))["operator"]
    names = crawlers.agents()
    assert len(names) == len({name.casefold() for name in names}) > 40
    assert all(entry["source"].startswith("https://") and entry["name"] for entry in found)
    assert not {"googlebot", "bingbot", "applebot", "duckduckbot", "*"} & {
        name.casefold() for name in names}
    assert {"GPTBot", "ClaudeBot", "CCBot", "Google-Extended"} <= set(names)


def test_a_robots_file_of_the_sites_own_wins(make_site: Callable[..., Path]) -> None:
    site = make_site({
        "content/articles/1.md": TEXT.format(title="One", date="2022-11-01", more=""),
        "static/robots.txt": "User-agent: *\nDisallow: /\n"}, toml='[robots]\nai = "disallow"\n')
    assert (_built(site) / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize("path", ["media/", "/a b/", "/x\nAllow: /"])
def test_a_path_that_would_break_the_file_is_refused(path: str) -> None:
    toml = {"title": "T", "base_url": "https://x.example", "robots": {"disallow": [path]}}
    with pytest.raises(Refusal, match="not a path of the site"):
        parse(toml, json.dumps(toml))


def _news(out: Path) -> list[tuple[str, str, str]]:
    root = ET.parse(out / "news-sitemap.xml").getroot()
    return [(url.findtext(f"{MAP}loc") or "", url.findtext(f"{NEWS}news/{NEWS}title") or "",
             url.findtext(f"{NEWS}news/{NEWS}publication_date") or "")
            for url in root.findall(f"{MAP}url")]


def test_news_are_the_two_days_before_the_newest_article(make_site: Callable[..., Path]) -> None:
    dates = ("2022-11-10T12:00Z", "2022-11-10", "2022-11-08T12:00Z", "2022-11-08T11:59Z",
             "2022-11-01")
    site = make_site(
        {f"content/articles/{n}.md": TEXT.format(title=f"N{n} & more", date=date, more="")
         for n, date in enumerate(dates)}, toml="[metadata]\nnews_sitemap = true\n")
    out = _built(site)
    assert [title for _, title, _ in _news(out)] == ["N0 & more", "N1 & more", "N2 & more"]
    assert _news(out)[0][2] == "2022-11-10T12:00:00Z"
    root = ET.parse(out / "news-sitemap.xml").getroot()
    publication = root.find(f"{MAP}url/{NEWS}news/{NEWS}publication")
    assert publication is not None
    assert [x.text for x in publication] == ["The Test Record", "en"]
    assert _robots(out).site_maps() == [f"{BASE}/sitemap.xml", f"{BASE}/news-sitemap.xml"]
    first = (out / "news-sitemap.xml").read_bytes()
    (site / "content/articles/9.md").write_text(
        TEXT.format(title="Later", date="2022-11-20", more=""))
    assert [title for _, title, _ in _news(_built(site))] == ["Later"]
    (site / "content/articles/9.md").unlink()
    assert (_built(site) / "news-sitemap.xml").read_bytes() == first


def test_there_is_no_news_sitemap_unless_asked_for(make_site: Callable[..., Path]) -> None:
    out = _built(make_site(
        {"content/articles/1.md": TEXT.format(title="One", date="2022-11-01", more="")}))
    assert not (out / "news-sitemap.xml").exists()


def test_the_sitemap_names_every_page_with_its_last_change(make_site: Callable[..., Path]) -> None:
    site = make_site({
        "content/articles/1.md": TEXT.format(
            title="One", date="2022-11-01", more="updated: 2022-12-05\nsection: Trade\n"),
        "content/articles/2.md": TEXT.format(
            title="Two", date="2022-11-03", more="section: Trade\naliases: [/old/]\n"),
        "content/articles/3.md": TEXT.format(title="Three", date="2022-11-02", more="")
        + "\n“We have all seen the water,” Mona Writer said.\n"})
    out = _built(site)
    root = ET.parse(out / "sitemap.xml").getroot()
    found = {url.findtext(f"{MAP}loc"): url.findtext(f"{MAP}lastmod")
             for url in root.findall(f"{MAP}url")}
    pages = {f"{BASE}/{path.parent.relative_to(out).as_posix()}/".replace("/./", "/")
             for path in out.rglob("index.html")} - {f"{BASE}/old/", f"{BASE}/search/"}
    assert set(found) == pages
    assert found[f"{BASE}/articles/2022/11/1/"] == "2022-12-05"
    assert found[f"{BASE}/sections/trade/"] == "2022-12-05"
    assert found[f"{BASE}/statements/"] == found[f"{BASE}/statements/2022/11/"] == "2022-11-02"


def test_a_sitemap_too_large_is_cut_and_indexed() -> None:
    entries = [(f"/articles/{n}/", f"2022-11-{1 + n % 28:02}T10:00:00+03:30") for n in range(50_001)]
    sheet = crawlers.sitemap(entries, BASE)
    assert [page.url for page in sheet.pages] == [
        "/sitemap-1.xml", "/sitemap-2.xml", "/sitemap.xml"]
    assert [len(page.context.entries) for page in sheet.pages] == [50_000, 1, 0]
    assert sheet.pages[-1].context.parts == (
        ("/sitemap-1.xml", "2022-11-28"), ("/sitemap-2.xml", "2022-11-21"))
    long = [(f"/{'x' * 1900}/{n}/", "") for n in range(30_000)]
    sheet = crawlers.sitemap(long, BASE)
    assert len(sheet.pages) == 3, "more than 50 MB"
    for page in sheet.pages[:-1]:
        assert sum(len(BASE + url) + 60 for url, _ in page.context.entries) < 52_428_800
