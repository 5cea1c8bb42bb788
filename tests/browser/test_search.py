"""The search page in a real browser, on a site below a path, as readers and keyboards use it."""

from __future__ import annotations

import functools
import http.server
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from site_builder.build import Options, build
from site_builder.searching.spelling import joined, words
from tests.browser.test_pages import AXE, _UnderAPath
from tests.browser.test_pages import browser as browser
from tests.pipeline.test_build import article

pytestmark = pytest.mark.browser

FILES = {
    "content/people/benyamin-oren.md": "---\nname: Benyamin Oren\naliases: [Bibo]\n---\n",
    "content/articles/trams.md": article(
        "Trams return", "2020-03-04", "The first tram left the depot.\n\nIn Zürich nobody was surprised.\n\n"
        "## The cost\n\nFour banks paid for it, and Benyamin Oren thanked them.",
        section="City", people="[Benyamin Oren]", countries="[Switzerland]"),
    "content/articles/zurich-wins.md": article(
        "Zurich wins the cup", "2021-05-06", "A goal in the last minute.", section="Sport"),
    "content/articles/bank.md": article(
        "A bank closes", "2018-01-02", "Nobody paid the bank of the old town.\n\nThe old bank of the town is shut.",
        section="City", people="[Benyamin Oren]"),
    "content/articles/zh.md": article("新桥通车", "2021-02-03", "昨天。\n\n北京大学的学生参加了仪式。", lang="zh"),
    "content/articles/ja.md": article("鉄道再開", "2021-02-04", "運転を再開。\n\n東京からの列車が到着した。", lang="ja"),
    "content/articles/ar.md": article("الجسر", "2021-02-05", "كلمة أولى.\n\nوصل الوزير إلى المدينة القديمة.", lang="ar"),
    "content/articles/fa.md": article("پل", "2021-02-06", "آغاز.\n\nدانشجویان کتاب‌ها را می‌خواندند.", lang="fa"),
    "content/articles/treaty.md": article(
        "A treaty", "2017-02-06", "The U.S.A. signed.\n\nدولت آلمان هم بود.", authors="[Selim Okkan]", tags="[Science & Nature]"),
    "content/people/karim.md": "---\nname: Karim Nassar\nwithhold: true\n---\n",
    "content/articles/boats.md": article(
        "Boats at night", "2016-02-06", "Karim Nassar watched the dinghies leave the quay.\n\nDinghies sank.",
        summary="A crossing that failed."),
    "content/articles/ko.md": article("다리", "2021-02-07", "처음.\n\n북한 문제를 논의했다.", lang="ko"),
    **{f"content/articles/n{n}.md": article(f"Note {n}", f"2019-01-{n + 1:02}", "A lantern in the harbour.") for n in range(12)},
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = tmp_path_factory.mktemp("search")
    for name, text in FILES.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text)
    handler = functools.partial(_UnderAPath, directory=str(site / "public"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/repo"
        (site / "site.toml").write_text(f'title = "The Test Record"\nbase_url = "{address}"\n')
        build(Options(site=site, jobs=1))
        yield address
        server.shutdown()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page that fails the test when it asks others, breaks its own rules or throws."""
    page = browser.new_page()
    page.set_default_timeout(10_000)
    wrong: list[str] = []
    page.on("request", lambda r: None if r.url.startswith(address) else wrong.append(r.url))
    page.on("response", lambda r: wrong.append(r.url) if r.status >= 400 else None)
    page.on("console", lambda m: wrong.append(m.text))
    page.on("pageerror", lambda e: wrong.append(str(e)))
    yield page
    page.close()
    assert wrong == []


def until(page: Any, expression: str) -> None:
    """Wait for something to be true; the page's policy forbids what Playwright's own wait does."""
    end = time.monotonic() + 10
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(30)  # milliseconds


def ask(page: Any, address: str, query: str) -> list[str]:
    """The titles that a query finds; waits until the passages are there."""
    page.goto(f"{address}/search/?{query}")
    until(page, "document.getElementById('_status').textContent")
    page.wait_for_load_state("networkidle")
    return [link.inner_text() for link in page.locator("#_results h3 a").all()]


@pytest.mark.parametrize(("query", "title", "word"), [
    ("Zurich", "Trams return", "Zürich"),
    ("zürich", "Trams return", "Zürich"),
    ("bank", "Trams return", "banks"),
    ("大学", "新桥通车", "大学"),
    ("北京大学", "新桥通车", "北京大学"),
    ("列車", "鉄道再開", "列車"),
    ("京", "鉄道再開", "京"),
    ("مدينة", "الجسر", "المدينة"),
    ("وزير", "الجسر", "الوزير"),
    ("كتاب", "پل", "کتاب‌ها"),
    ("می خواندند", "پل", "می‌خواندند"),
    ("دانشج", "پل", "دانشجویان"),
    ("میخواندند", "پل", "می‌خواندند"),
    ("USA", "A treaty", "U.S.A."),
    ("u.s.a.", "A treaty", "U.S.A."),
    ('"北京大学"', "新桥通车", "北京大学"),
    ('"東京"', "鉄道再開", "東京"),
    ('"북한 문제"', "다리", "북한"),
    ("آلمان", "A treaty", "آلمان"),
])
def test_a_result_opens_at_a_passage_with_the_word(
    page: Any, address: str, query: str, title: str, word: str
) -> None:
    assert title in ask(page, address, f"q={query}")
    link = page.locator("#_results h3 a", has_text=title)
    assert word in link.locator("xpath=../..").locator("mark").all_inner_texts()
    link.click()
    page.wait_for_url("**/articles/**")
    anchor = unquote(urlsplit(page.url).fragment)
    assert anchor
    assert word in page.locator(f"[id='{anchor}']").inner_text()


def test_an_alias_finds_its_person_above_all_articles(page: Any, address: str) -> None:
    ask(page, address, "q=bibo")
    person = page.locator("#_subjects li")
    assert person.inner_text().startswith("Benyamin Oren")
    assert "Bibo" in person.inner_text()
    page.locator("#_subjects a").click()
    page.wait_for_url(f"{address}/people/benyamin-oren/")


def test_filters_and_order(page: Any, address: str) -> None:
    assert set(ask(page, address, "q=bank")) == {"Trams return", "A bank closes"}
    page.locator("#_narrow summary").click()
    page.locator("select[name=person] option").nth(1).wait_for(state="attached")
    options = page.locator("select[name=person] option, select[name=country] option").all_inner_texts()
    assert options == ["any", "Benyamin Oren (2)", "any", "Switzerland (1)"]
    page.select_option("select[name=country]", "switzerland")
    until(page, "document.getElementById('_status').textContent.startsWith('1 ')")
    assert "country=switzerland" in page.url
    for query, titles in {
        "q=bank&year=2018": ["A bank closes"],
        "q=zurich&section=sport": ["Zurich wins the cup"],
        "q=old&person=benyamin-oren": ["A bank closes"],
        "language=fa": ["پل"],
        "q=zurich&sort=oldest": ["Trams return", "Zurich wins the cup"],
        "q=zurich&sort=newest": ["Zurich wins the cup", "Trams return"],
        "q=bank&sort=oldest": ["A bank closes", "Trams return"],
    }.items():
        assert ask(page, address, query) == titles, query


def test_words_in_quotes_stand_together(page: Any, address: str) -> None:
    assert ask(page, address, "q=old town") == ["A bank closes"]
    assert page.locator("#_results mark").count() >= 3
    assert ask(page, address, "q=%22bank of the old town%22") == ["A bank closes"]
    assert ask(page, address, "q=%22town of the old bank%22") == []
    assert page.locator("#_status").inner_text() == "Nothing found."
    assert len(ask(page, address, "q=%22lantern in the harbour%22")) == 8
    assert page.inner_text("#_status") == (
        "12 articles have these words; those with the phrase are shown. Looked into so far: 8.")
    assert page.locator("#_status").inner_text().startswith("12 articles have these words;")
    assert ask(page, address, "q=%22harbour lantern%22") == []
    assert page.locator("#_status").inner_text() == "Nothing found."
    assert ask(page, address, "q=%22bank%22") == ["A bank closes"]  # and not the banks
    for quoted in ("Selim Okkan", "Science %26 Nature"):  # a byline, a tag
        assert ask(page, address, f"q=%22{quoted}%22") == ["A treaty"], quoted
    assert ask(page, address, "q=%22学北京%22") == []
    assert ask(page, address, "q=مان") == []  # Germany is not the article and "man"


def test_of_an_article_with_a_withheld_name_the_standfirst_is_quoted(page: Any, address: str) -> None:
    for query in ("dinghies", "dinghies%20karim", "%22leave the quay%22"):
        assert ask(page, address, f"q={query}") == ["Boats at night"], query
        assert page.inner_text("#_results .standfirst") == "A crossing that failed."
        assert "Nassar" not in page.inner_text("main")
    assert ask(page, address, "q=%22Nassar watched the dinghies%22") == []
    assert ask(page, address, "q=nassar") == []


def test_what_is_not_there_is_said(page: Any, address: str) -> None:
    assert ask(page, address, "q=lan*")
    assert ask(page, address, "q=la*") == []
    assert page.locator("#_status").inner_text() == "A star needs at least three letters before it."
    assert ask(page, address, "person=nobody") == []
    assert page.locator("#_status").inner_text() == "Nothing found."
    assert ask(page, address, "q=goal depot")  # no article has both
    assert "some" in page.locator("#_status").inner_text()
    assert ask(page, address, "q=goal qqqq") == ["Zurich wins the cup"]
    assert "“qqqq”" in page.locator("#_status").inner_text()
    assert ask(page, address, "q=%3Cimg src%3Dx onerror%3Dzap()%3E") == []
    assert "onerror" in page.locator("#_status").inner_text()


def test_the_keyboard_is_enough(page: Any, address: str) -> None:
    page.goto(f"{address}/search/")
    until(page, "document.activeElement.name === 'q'")
    page.keyboard.type("lantern")
    until(page, "document.querySelectorAll('#_results h3 a').length === 10")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Note 10"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    assert page.input_value("[name=q]") == "lantern"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    assert page.input_value("[name=q]") == ""
    page.keyboard.type("lantern")
    until(page, "document.querySelectorAll('#_results h3 a').length === 10")
    page.click("#_more")
    until(page, "document.querySelectorAll('#_results h3 a').length === 12")
    assert page.evaluate("document.activeElement.textContent") == "Note 1"
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/2019/01/n1/**")
    page.go_back()
    until(page, "document.querySelectorAll('#_results h3 a').length === 10")


def test_every_page_has_a_form_that_leads_there(page: Any, address: str) -> None:
    page.goto(f"{address}/people/")
    assert page.locator("script[src]").count() == 0
    page.fill(".find input", "Zürich")
    page.keyboard.press("Enter")
    page.wait_for_url("**/repo/search/?q=Z%C3%BCrich")
    until(page, "document.getElementById('_status').textContent === '2 articles found.'")


def test_without_a_script_the_page_says_where_to_go(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/search/?q=tram")
    assert "needs JavaScript" in page.inner_text("main")
    assert not page.locator("main form").is_visible()
    for link in page.locator("#_ways a").all():
        assert page.request.get(address.removesuffix("/repo") + str(link.get_attribute("href"))).ok
    assert page.locator("#_ways a").count() >= 4
    context.close()


def test_a_copy_on_a_disk_says_that_it_cannot(browser: Any, tmp_path: Path) -> None:
    for name, text in {**FILES, "site.toml": 'title = "T"\nbase_url = "https://x.example"\n'}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    build(Options(site=tmp_path, portable=True, jobs=1))
    page = browser.new_page()
    page.goto((tmp_path / "public/search/index.html").as_uri())
    assert "opened from a disk" in page.inner_text("main")
    assert page.locator("form").count() == 0
    assert list((tmp_path / "public/search").iterdir()) == [tmp_path / "public/search/index.html"]
    page.close()


def test_results_pass_axe(browser: Any, address: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm ci in tests/browser")
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme, bypass_csp=True)
        page = context.new_page()
        ask(page, address, "q=bibo bank&person=benyamin-oren")
        page.add_script_tag(path=str(AXE))
        result = page.evaluate("axe.run()")
        assert [(v["id"], v["nodes"][0]["html"][:160]) for v in result["violations"]] == []
        assert page.locator("[role=status]").inner_text()
        context.close()


def test_a_reader_and_the_index_spell_alike(page: Any, address: str) -> None:
    texts = [
        "Zürich's ß Ærø İstanbul ΟΔΟΣ snake_case 1,5 x²", "北京大学的学生 ABC漢字カナ ガギグ ㈱ 서울에서", "والمدينة للوزير الان ألمانيا",
        "مي‌خواهد كتاب‌ها ۱۴۰۱ ـــ مُحَمَّد", "हिन्दी में क्या", "ภาษาไทย", "שָׁלוֹם", "е́ё й Ђ", "a\u00adb c\u200fd", "ﬁn ① Ⅷ", "🙂 a🙂b 𠮷野家",
        *FILES.values(),
    ]
    page.goto(f"{address}/search/")
    found = page.evaluate(
        "([root, texts]) => import(root + 'words.js').then(({ words }) => texts.map(words))",
        [f"{address}/assets/search/", texts])
    for text, own in zip(texts, found, strict=True):
        assert own == words(text), json.dumps(text)
    found = page.evaluate(
        "([root, texts]) => import(root + 'words.js').then(({ joined }) => texts.map(joined))",
        [f"{address}/assets/search/", texts])
    assert found == [joined(text) for text in texts]
    assert "میخواهد" in found[3]


def test_an_article_is_looked_into_when_its_result_comes_near(page: Any, address: str) -> None:
    asked: set[str] = set()
    page.on("request", lambda r: asked.add(r.url) if "/articles/2019/" in r.url else None)
    page.set_viewport_size({"width": 800, "height": 500})
    page.goto(f"{address}/search/?q=lantern")
    until(page, "document.querySelectorAll('li.card').length === 10")
    until(page, "document.querySelectorAll('li.card .standfirst').length >= 3")
    page.wait_for_timeout(300)
    assert len(asked) < 8
    page.locator("li.card a.hit").nth(9).focus()
    until(page, "[...document.querySelectorAll('li.card')].at(-1).querySelector('.standfirst')")


def test_whom_a_search_finds_is_told_in_place_of_nothing(page: Any, address: str) -> None:
    page.goto(f"{address}/search/?q=Bibo")
    until(page, "document.querySelector('#_subjects li')")
    status = page.inner_text("#_status")
    assert "Benyamin Oren" in status
    assert "Nothing" not in status
