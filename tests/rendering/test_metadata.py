"""What a page's head says to machines: search engines, Zotero, readers of feeds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from site_builder.build import Options, build
from tests.conftest import ROOT
from tests.rendering import schema_rules

BASE = "https://news.example/record"


class Head(HTMLParser):
    """The elements of a page's head, in their order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.metas: list[tuple[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.data: list[Any] = []
        self.title = ""
        self._in = ""
        self.feed(text.partition("</head>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._in = tag if tag == "title" or values.get("type") == "application/ld+json" else ""
        if tag == "meta" and (name := values.get("name") or values.get("property")):
            self.metas.append((name, values["content"]))
        if tag == "link":
            self.links.append(values)

    def handle_data(self, data: str) -> None:
        if self._in == "title":
            self.title += data.strip()
        elif self._in and data.strip():
            self.data.append(json.loads(data))

    def all(self, name: str) -> list[str]:
        return [content for other, content in self.metas if other == name]

    def one(self, name: str) -> str:
        found = self.all(name)
        assert len(found) == 1, (name, found)
        return found[0]

    def rel(self, name: str, **more: str) -> list[dict[str, str]]:
        return [x for x in self.links if x.get("rel") == name and more.items() <= x.items()]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("metadata") / "out"
    build(Options(site=ROOT, output=out, jobs=1))
    return out


ARTICLE = """---
title: The “toll” & <the> mill</script>
date: 2022-11-02T10:00
updated: 2022-11-04
summary: What the mill "costs" & why.
authors: [Ann Hale, Jón Ek]
section: Trade
people: [amal]
countries: [IR, IQ]
tags: [tolls & fees, mills]
issue: {number: 412, page: 3}
image: {src: mill.png, alt: A "mill" by night, caption: The mill, credit: B. Ray}
source: [{name: The Agency, url: "https://agency.example/1", archived: "https://archive.example/1"}, A letter]
corrections: [{date: 2022-11-05, text: The toll was lower.}]
---
Amal Haddad came to the mill. She said: “It is late.”
"""
PERSON = """---
name: Amal Haddad
aliases: [Amal al-Haddad]
born: 1970-02
wikidata: Q42
roles: [{title: Mayor, from: 2020}, {title: Clerk, from: 2010, to: 2012}]
---
"""


@pytest.fixture
def site(make_site: Callable[..., Path]) -> Path:
    version = "---\ntitle: {t}\ndate: 2022-11-03\nlang: {lang}\ntranslation_of: mill\n---\nText.\n"
    return make_site({
        "content/articles/mill.md": ARTICLE, "content/articles/mill.png": b"\x89PNG\r\n\x1a\n",
        "content/articles/asiab.md": version.format(t="آسیاب", lang="fa"),
        "content/articles/muehle.md": version.format(t="Die Mühle", lang="de-CH"),
        "content/articles/bare.md": "---\ntitle: Bare\ndate: 2022-10-01\n---\nNothing else.\n",
        "content/people/amal.md": PERSON,
        "content/pages/about.md": "---\ntitle: About\n---\nWe are.\n",
    }, toml='description = "News of the mills"\npublisher = "Mill Press"\ntimezone = "Asia/Tehran"\n'
            '[license]\nname = "CC BY 4.0"\nurl = "https://creativecommons.org/licenses/by/4.0/"\n'
            "[data]\nenabled = true\n[lists]\npair_threshold = 1\npage_size = 2\n")


def test_a_translation_of_a_translation_is_one_of_all(make_site: Callable[..., Path]) -> None:
    page = "---\ntitle: {0}\ndate: 2022-11-0{1}\nlang: {0}\n{2}\n---\nText.\n".format
    site = make_site({"content/articles/mill.md": page("en", 1, ""), "content/articles/muehle.md": page("de", 2, "translation_of: mill"),
                      "content/articles/moulin.md": page("fr", 3, "translation_of: muehle")})
    out = _built(site)
    found = {name: set(re.findall(r'hreflang="(\w\w)"', (out / f"articles/2022/11/{name}/index.html").read_text()))
             for name in ("mill", "muehle", "moulin")}
    assert all({"en", "de", "fr"} <= one | {tongue} for one, tongue in zip(found.values(), ("en", "de", "fr"), strict=True))


def test_a_reader_is_told_in_which_languages_an_article_is_there(make_site: Callable[..., Path]) -> None:
    page = "---\ntitle: Mill {0}\ndate: 2022-11-0{1}\nlang: {0}\n{2}\n---\nText.\n".format
    site = make_site({f"content/articles/{lang}.md": page(lang, day, "translation_of: en" if day > 1 else "")
                      for day, lang in enumerate(("en", "fa", "pt-BR", "tlh"), 1)})
    text = (_built(site) / "articles/2022/11/fa/index.html").read_text()
    line = re.search(r'<div class="dateline-more" lang="en" dir="ltr">\s*<p>Also in (.*)</p>', text)
    assert line
    assert dict(re.findall(r' lang="([^"]+)" dir="auto" title="Mill [^"]+">([^<]+)<', line[1])) == {
        "en": "English", "pt-BR": "português (Brasil)", "tlh": "tlh"}


def test_a_desk_or_an_agency_is_no_person_to_programs(make_site: Callable[..., Path]) -> None:
    names = ["Ann Hale", "Trade Desk", "AFP", "Reuters", "The Mill Press", "Ann Hale, Trade Reporter", "Bo"]
    authors = ", ".join(f'"{name}"' for name in names)
    site = make_site({"content/articles/mill.md": f"---\ntitle: Mill\ndate: 2022-11-02\nauthors: [{authors}]\n---\nText.\n"},
                     toml='[data]\nenabled = false\n')
    page = (_built(site) / "articles/2022/11/mill/index.html").read_text()
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    article = json.loads(found)["@graph"][0]
    assert {a["name"]: a["@type"] for a in article["author"]} == {
        "Ann Hale": "Person", "Trade Desk": "Organization", "AFP": "Organization", "Reuters": "Organization",
        "The Mill Press": "Organization", "Ann Hale, Trade Reporter": "Person", "Bo": "Person"}


def _built(site: Path, out: str = "out", **more: Any) -> Path:
    report = build(Options(site=site, output=site / out, jobs=1, **more))
    assert report.published, report.problems
    return site / out


def _pages(out: Path) -> dict[str, Head]:
    found = {path.relative_to(out).as_posix(): path.read_text() for path in out.rglob("*.html")}
    return {name: Head(text) for name, text in sorted(found.items())
            if 'http-equiv="refresh"' not in text}


def test_every_page_says_what_it_is(site: Path) -> None:
    pages = _pages(_built(site))
    assert len(pages) > 25
    for name, head in pages.items():
        url = f"{BASE}/{name.removesuffix('index.html')}"
        assert head.title
        assert head.one("description")
        assert [x["href"] for x in head.rel("canonical")] == [url]
        assert head.one("og:url") == url
        assert head.one("og:title") and head.one("og:site_name") == "The Test Record"
        assert head.one("og:description") == head.one("description")
        assert head.one("og:type") == (
            "article" if name.startswith("articles/") else
            "profile" if name.startswith("people/") and name.count("/") == 2 else "website"), name
        assert head.one("twitter:card") in ("summary", "summary_large_image")
        assert not [m for m in head.metas if not m[1].strip()], name
        for feed in head.rel("alternate", type="application/atom+xml"):
            assert feed["href"].startswith(BASE)
            assert (site / "out" / feed["href"].removeprefix(BASE + "/")).is_file()


def test_all_json_ld_is_valid_by_the_vocabulary(site: Path) -> None:
    kinds: dict[str, set[str]] = {}
    for name, head in _pages(_built(site)).items():
        if name == "404.html":
            assert head.data == []
            continue
        (data,) = head.data
        assert schema_rules.check(data, BASE) == [], name
        for node in data["@graph"]:
            kinds.setdefault(node["@type"], set()).add(name)
    assert {"NewsArticle", "Person", "Country", "CollectionPage", "WebPage", "WebSite",
            "Organization", "BreadcrumbList", "Dataset"} == set(kinds)


def test_all_json_ld_of_the_sample_is_valid(sample: Path) -> None:
    pages = _pages(sample)
    assert len(pages) > 300
    for name, head in pages.items():
        for data in head.data:
            assert schema_rules.check(data, "https://example.org") == [], name


@pytest.mark.parametrize(("change", "said"), [
    ({"author": "x"}, "author"), ({"headline": ""}, "empty"), ({"birthDate": "2020"}, "no such"),
    ({"datePublished": "2022-11-02T10:00"}, "datePublished"), ({"mentions": []}, "empty"),
    ({"wordCount": "3"}, "wordCount"), ({"url": "/articles/"}, "url"),
    ({"mainEntityOfPage": "https://other.example/"}, "elsewhere"), ({"@type": "Newspiece"}, "type"),
    ({"publisher": {"@type": "Country", "name": "Iraq"}}, "Country is none of"),
])
def test_the_validator_sees_what_is_wrong(change: dict[str, Any], said: str) -> None:
    node = {"@type": "NewsArticle", "headline": "H", "url": f"{BASE}/a/"}
    good = {"@context": "https://schema.org", "@graph": [node]}
    assert schema_rules.check(good, BASE) == []
    bad = {"@context": "https://schema.org", "@graph": [node | change]}
    (wrong,) = schema_rules.check(bad, BASE)
    assert said in wrong


def _article(out: Path) -> dict[str, Any]:
    head = Head((out / "articles/2022/11/mill/index.html").read_text())
    node: dict[str, Any] = head.data[0]["@graph"][0]
    return node


def test_an_article_says_who_and_what_is_in_it(site: Path) -> None:
    data = _article(_built(site))
    assert data["headline"] == "The “toll” & <the> mill</script>"
    assert data["datePublished"] == "2022-11-02T10:00:00+03:30"
    assert data["dateModified"] == "2022-11-05"
    assert [a["name"] for a in data["author"]] == ["Ann Hale", "Jón Ek"]
    assert data["publisher"]["name"] == "Mill Press"
    assert data["articleSection"] == "Trade"
    assert data["mentions"][0] == {
        "@type": "Person", "@id": f"{BASE}/people/amal-haddad/#person", "name": "Amal Haddad",
        "url": f"{BASE}/people/amal-haddad/", "sameAs": "https://www.wikidata.org/wiki/Q42"}
    assert [(m["@type"], m["name"]) for m in data["mentions"][1:]] == [
        ("Country", "Iran"), ("Country", "Iraq")]
    assert data["citation"] == [
        {"@type": "CreativeWork", "name": "The Agency", "url": "https://agency.example/1",
         "archivedAt": "https://archive.example/1"},
        {"@type": "CreativeWork", "name": "A letter"}]
    assert data["correction"] == [{
        "@type": "CorrectionComment", "text": "The toll was lower.", "datePublished": "2022-11-05"}]
    assert data["image"] == {
        "@type": "ImageObject", "url": f"{BASE}/media/articles/mill.png", "caption": "The mill",
        "creditText": "B. Ray"}
    assert (data["printEdition"], data["printPage"]) == ("412", "3")


def test_a_change_of_wikidata_reaches_the_articles(site: Path) -> None:
    _built(site)
    (site / "content/people/amal.md").write_text(PERSON.replace("Q42", "Q43"))
    assert _article(_built(site))["mentions"][0]["sameAs"].endswith("/Q43")


def test_a_person_has_one_id_everywhere(site: Path) -> None:
    out = _built(site)
    page = Head((out / "people/amal-haddad/index.html").read_text()).data[0]["@graph"]
    person = next(node for node in page if node["@type"] == "Person")
    assert person["@id"] == _article(out)["mentions"][0]["@id"]
    assert person["alternateName"] == ["Amal al-Haddad"]
    assert (person["birthDate"], person["jobTitle"]) == ("1970-02", ["Mayor"])
    assert page[0]["about"] == {"@id": person["@id"]}


def test_open_graph_of_an_article(site: Path) -> None:
    head = Head((_built(site) / "articles/2022/11/mill/index.html").read_text())
    assert head.one("og:title") == "The “toll” & <the> mill</script>"
    assert head.one("article:published_time") == "2022-11-02T10:00:00+03:30"
    assert head.one("article:modified_time") == "2022-11-05T00:00:00+03:30"
    assert head.one("article:section") == "Trade"
    assert head.all("article:tag") == ["tolls & fees", "mills"]
    assert head.all("article:author") == [
        f"{BASE}/authors/ann-hale/", f"{BASE}/authors/jon-ek/"]
    assert head.one("og:image") == f"{BASE}/media/articles/mill.png"
    assert head.one("og:image:alt") == 'A "mill" by night'
    assert head.one("twitter:card") == "summary_large_image"


def test_versions_name_each_other(site: Path) -> None:
    out = _built(site)
    urls = {"en": f"{BASE}/articles/2022/11/mill/", "fa": f"{BASE}/articles/2022/11/asiab/",
            "de-CH": f"{BASE}/articles/2022/11/muehle/"}
    for url in urls.values():
        head = Head((out / url.removeprefix(BASE + "/") / "index.html").read_text())
        found = {x["hreflang"]: x["href"] for x in head.links if "hreflang" in x}
        assert found == urls | {"x-default": urls["en"]}
        origin = head.data[0]["@graph"][0].get("translationOfWork", {}).get("@id", "")
        assert origin == ("" if url == urls["en"] else f"{urls['en']}#article")
    bare = Head((out / "articles/2022/10/bare/index.html").read_text())
    assert not [x for x in bare.links if "hreflang" in x]


# What Zotero's translators "Embedded Metadata" and "RDF" do with a page, as of their versions
# of 2024: the type of an item, and which field is taken from which name, the first that is there.
_DELIMITER = re.compile(r"[.:_]")
_PREFIXES = {"dc", "dcterms", "og", "article", "z", "prism", "bibo", "eprints"}
_TYPES = {"newspaperArticle", "journalArticle", "webpage", "blogPost"}


def zotero(head: Head) -> dict[str, Any]:
    statements: dict[str, list[str]] = {}
    highwire: dict[str, list[str]] = {}
    for name, content in head.metas:
        cut = _DELIMITER.search(name)
        prefix = name[: cut.start()].lower() if cut else ""
        if cut and prefix in _PREFIXES:
            prop = name[cut.end()].lower() + name[cut.end() + 1 :]
            statements.setdefault(f"{prefix}:{prop}", []).append(content)
        elif name.startswith("citation_"):
            highwire.setdefault(name, []).append(content)
    guess = "journalArticle" if {"citation_journal_title", "citation_title"} & set(highwire) \
        else "webpage"
    said = statements.get("z:itemType", [""])[0]
    kind = statements.get("dc:type", [""])[0]
    item: dict[str, Any] = {
        "itemType": said if said in _TYPES else kind if kind in _TYPES else guess}
    for field, names in {
        "title": ["citation_title", "dc:title", "og:title"],
        "date": ["citation_publication_date", "citation_date", "dc:date",
                 "article:published_time"],
        "publicationTitle": ["citation_journal_title", "prism:publicationName", "dc:source",
                             "og:site_name"],
        "language": ["citation_language", "dc:language"],
        "url": ["citation_public_url", "og:url"],
        "rights": ["dc:rights"],
        "section": ["article:section"],
        "abstractNote": ["citation_abstract", "dc:description", "og:description"],
        "pages": ["citation_firstpage"],
        "publisher": ["citation_publisher", "dc:publisher"],
    }.items():
        found = [v for n in names for v in (*highwire.get(n, ()), *statements.get(n, ()))]
        if found:
            item[field] = found[0]
    item["creators"] = highwire.get("citation_author") or statements.get("dc:creator", [])
    item["tags"] = highwire.get("citation_keywords", [])
    return item


def test_zotero_saves_an_article_of_a_newspaper(site: Path) -> None:
    item = zotero(Head((_built(site) / "articles/2022/11/mill/index.html").read_text()))
    assert item == {
        "itemType": "newspaperArticle",
        "title": "The “toll” & <the> mill</script>",
        "creators": ["Ann Hale", "Jón Ek"],
        "date": "2022/11/02",
        "publicationTitle": "The Test Record",
        "language": "en",
        "url": f"{BASE}/articles/2022/11/mill/",
        "rights": "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/",
        "section": "Trade",
        "abstractNote": 'What the mill "costs" & why.',
        "pages": "3",
        "publisher": "Mill Press",
        "tags": ["tolls & fees", "mills"],
    }


def test_dublin_core_says_the_same(site: Path) -> None:
    head = Head((_built(site) / "articles/2022/11/asiab/index.html").read_text())
    assert head.rel("schema.DC") == [
        {"rel": "schema.DC", "href": "http://purl.org/dc/elements/1.1/"}]
    assert head.one("DC.title") == head.one("citation_title") == "آسیاب"
    assert head.one("DC.date") == "2022-11-03"
    assert head.one("DC.type") == "Text", "of the DCMI Type Vocabulary"
    assert head.one("DC.language") == head.one("citation_language") == "fa"
    assert head.one("DC.identifier") == head.one("citation_public_url")
    assert head.one("DC.publisher") == "Mill Press"


def test_addresses_are_absolute_from_a_disk_too_and_follow_the_domain(site: Path) -> None:
    out = _built(site, base_url="https://elsewhere.example", portable=True)
    for name, head in _pages(out).items():
        urls = [x["href"] for x in head.links if x.get("rel") in ("canonical", "alternate")]
        urls += [content for key, content in head.metas if key in (
            "og:url", "og:image", "DC.identifier", "citation_public_url", "article:author")]
        assert urls, name
        assert all(u.startswith("https://elsewhere.example/") for u in urls), name
        for data in head.data:
            assert schema_rules.check(data, "https://elsewhere.example") == [], name
            assert "news.example" not in json.dumps(data)
    for path in (*out.rglob("feed*"), *out.rglob("*.opml"), *out.rglob("sitemap*.xml")):
        if path.is_file():
            found = re.findall(r'(?:href|xmlUrl|htmlUrl|_url|url)=?"?:?"(https?://[^"]+)"',
                               path.read_text()) or re.findall("<loc>(.*?)</loc>", path.read_text())
            assert found, path
            assert {urlsplit(u).netloc for u in found} <= {
                "elsewhere.example", "creativecommons.org"}, path
