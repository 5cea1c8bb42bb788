"""The site's own words: in its language everywhere, in English where a language lacks them."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter

import jinja2
import pytest
from jinja2 import nodes

from site_builder.build import Options, build
from site_builder.pages.words import FOLDER, Words
from site_builder.reading.body import structure
from tests.conftest import ROOT

LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.*ml"))
SHOWN = {"aria-label", "title", "alt", "placeholder"}
NAMES = {"Wikidata", "ISO", "Atom", "JSON", "OPML"}
STYLES = {"APA", "Chicago", "MLA", "BibTeX", "RIS", "CSL", "JSON"}
NOT_WORDS = {"", "rtl", "ltr", "group", "img", "100", "93"}


def _texts(tag: str) -> dict[str, str | dict[str, str]]:
    return tomllib.loads((FOLDER / f"{tag}.toml").read_text("utf-8"))


def _forms(value: str | dict[str, str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value.values())


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


class _Shown(HTMLParser):
    """What of a page is read or spoken: words of text and of attributes."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = 0
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        for name, value in attrs:
            if name in SHOWN:
                self.handle_data(value or "")
            if tag == "meta" and name == "content" and dict(attrs).get("name") == "description":
                self.handle_data(value or "")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words += re.findall(r"[A-Za-z]{2,}", re.sub(r"\S*://\S*|urn:\S*", "", data))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_words_of_a_language(path: Path) -> None:
    source = path.read_text()
    env = jinja2.Environment()
    bare = re.sub(r"{% block kind %}.*?{% endblock %}|{#.*?#}|{%.*?%}|{{.*?}}|<\?xml.*?\?>", "", source, flags=re.DOTALL)
    bare = re.sub(r' (?:lang|dir)="[^"]*"', "", bare)
    if path.suffix == ".html":
        assert set(_Shown(bare).words) <= NAMES
    tree = env.parse(source)
    translated = {id(f.node) for f in tree.find_all(nodes.Filter) if f.name == "t"}
    for const in tree.find_all(nodes.Const):
        if isinstance(const.value, str) and id(const) not in translated:
            assert not re.search(r"^[A-Z][a-z]|^[a-z]+ [a-z]+ [a-z]", const.value), const.value
    for choice in tree.find_all(nodes.CondExpr):
        for part in (choice.expr1, choice.expr2):
            if isinstance(part, nodes.Const) and isinstance(part.value, str):
                assert part.value in NOT_WORDS


def _keys_in_templates() -> Iterator[str]:
    for path in TEMPLATES:
        for found in jinja2.Environment().parse(path.read_text()).find_all(nodes.Filter):
            if found.name == "t" and isinstance(found.node, nodes.Const):
                yield found.node.value


def _keys_in_pages() -> Iterator[str]:
    for path in (ROOT / "site_builder/pages").glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and re.search(r"\bwords$", ast.unparse(call.func)) \
                    and call.args and isinstance(call.args[0], ast.Constant):
                yield call.args[0].value


def test_english_has_every_word_that_is_used() -> None:
    assert {*_keys_in_templates(), *_keys_in_pages()} <= set(_texts("en"))


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_language_has_the_same_words_with_the_same_blanks(tag: str) -> None:
    english, own = _texts("en"), _texts(tag)
    assert set(own) == set(english)
    for key, value in own.items():
        allowed = set().union(*(_blanks(form) for form in _forms(english[key])))
        for form in _forms(value):
            assert _blanks(form) <= allowed, (key, form)
        if isinstance(value, dict):
            assert "other" in value
            assert _blanks(value["other"]) == allowed, key
        else:
            assert _blanks(value) == allowed, key


def test_words_fall_back_and_count() -> None:
    assert Words("sw")("latest") == "Latest"
    assert Words("de-AT")("latest") == "Neueste Artikel"
    assert [Words("en")("n_people", n) for n in (0, 1, 2, 1200)] == [
        "0 people", "1 person", "2 people", "1,200 people"]
    assert [Words("ar")("n_articles", n) for n in (1, 2, 3, 11, 100)] == [
        "مقال واحد", "مقالان", "3 مقالات", "11 مقالًا", "100 مقال"]
    assert Words("fa")("n_articles", 1234) == "۱٬۲۳۴ مقاله"
    assert Words("fa").month("2022-11") == "نوامبر ۲۰۲۲"
    assert Words("fr").region("Western Asia") == "Asie de l’Ouest"


def test_the_labels_of_a_text_are_those_that_the_reading_room_writes() -> None:
    english = Words("en")
    assert english("link_to_passage") == structure.PASSAGE_LABEL
    assert english("link_to_section") == structure.SECTION_LABEL


PERSIAN = """---
title: سفر به تهران {n}
date: 2022-11-{n:02}
section: دیپلماسی
tags: [سفر]
authors: [آرش کریمی]
people: [ابراهیم رئیسی, محمد شیاع السودانی]
countries: [ایران, عراق]
issue: {{number: 41{n}, page: {n}}}
updated: 2023-01-0{n}
source: {{name: خبرگزاری, url: "https://example.com/", retrieved: 2023-01-02, archived: "https://example.net/"}}
aliases: [/old/{n}/]
corrections:
  - {{date: 2023-01-05, text: نام درست شد.}}
---
خلاصهٔ سفر.[^1]

## بخش نخست

متن بخش نخست.

## بخش دوم

| نام | شمار |
| --- | --: |
| الف | ۱ |

[^1]: پانوشت.
"""


def test_a_persian_site_has_no_english_word(make_site: Callable[..., Path]) -> None:
    site = make_site(
        {f"content/articles/{n}.md": PERSIAN.format(n=n) for n in range(1, 8)}
        | {"content/people/raisi.md": "---\nname: ابراهیم رئیسی\naliases: [سید ابراهیم رئیسی]\n"
           "country: ایران\nborn: 1960\ndied: 2024-05-19\n"
           "roles: [{title: رئیس‌جمهور, from: 2021, to: 2024}, {title: قاضی, from: 2019}]\n"
           "wikidata: Q5954\n---\nزندگی.\n"},
        toml='language = "fa"\n[lists]\npage_size = 2\n',
    )
    toml = site / "site.toml"
    toml.write_text(toml.read_text().replace("The Test Record", "روزنامهٔ آزمون"))
    report = build(Options(site=site, output=site / "out", jobs=1))
    assert not report.failed, report.problems
    pages = sorted((site / "out").rglob("*.html"))
    assert len(pages) > 40
    for page in pages:
        text = page.read_text()
        assert set(_Shown(text).words) <= NAMES | {"IR", "IQ", "UTC", "Enter", "Esc", *STYLES}, page
        assert '<html lang="fa" dir="rtl">' in text
        assert not re.search(r">[^<]*[0-9]{4}[^<]*<", re.sub(
            r"<script.*?</script>|(?s:<details class=.cite.*?</details>)|[^<>]*://[^<>]*|Wikidata Q\d+|ISO 3166-1|&#\d+;", "", text)), page
