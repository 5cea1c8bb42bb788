"""Citations as readers use them: in a real browser, with the policy of our pages, with and without
scripts."""

from __future__ import annotations

import functools
import http.server
import json
import re
import threading
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from site_builder.build import Options, build

ARTICLE = """\
---
title: Who owes “whom” for the gas?
date: 2022-11-29
authors: [Selim Okkan, Reuters]
id: gas-2022
---
Baghdad owes Tehran for gas.

The bill is paid in dates.
"""
PATH = "articles/2022/11/gas/"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def page(tmp_path: Path, make_site: Callable[..., Path], chromium: str) -> Iterator[Callable[..., Any]]:
    playwright = pytest.importorskip("playwright.sync_api")
    site = make_site({"content/articles/gas.md": ARTICLE})
    handler = functools.partial(Quiet, directory=str(site / "public"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        assert build(Options(site=site, base_url=address)).published
        with playwright.sync_playwright() as run:
            browser = run.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"])

            def opened(path: str = PATH, **options: Any) -> Any:
                found = browser.new_context(accept_downloads=True, **options).new_page()
                found.goto(f"{address}/{path}")
                return found

            yield opened
            browser.close()
        server.shutdown()


@pytest.mark.browser
def test_files_download_without_a_script_under_our_policy(page: Callable[..., Any]) -> None:
    shown = page(java_script_enabled=False)
    said: list[str] = []
    shown.on("console", lambda message: said.append(message.text))
    shown.click("#_cite summary")
    assert "APA" in shown.inner_text("#_cite")
    assert not shown.query_selector_all("#_cite button"), "no button that does nothing"
    names = {}
    for link in shown.query_selector_all("#_cite a[download]"):
        with shown.expect_download() as download:
            link.click()
        names[download.value.suggested_filename] = Path(download.value.path()).read_text("utf-8")
    assert set(names) == {"gas-2022-11-29.bib", "gas-2022-11-29.ris", "gas-2022-11-29.json"}
    names = {name.rpartition(".")[2]: text for name, text in names.items()}
    assert names["bib"].startswith("@article{gas-2022-11-29,\n  author = {Okkan, Selim and {Reuters}},")
    assert "TI  - Who owes “whom” for the gas?\n" in names["ris"].replace("\r\n", "\n")
    assert json.loads(names["json"])[0]["title"] == "Who owes “whom” for the gas?"
    assert "put its address in place of the article’s" in shown.inner_text("#_cite")
    assert said == []


@pytest.mark.browser
def test_one_click_copies_and_a_passage_can_be_cited(page: Callable[..., Any]) -> None:
    shown = page(permissions=["clipboard-read", "clipboard-write"])
    url = shown.url
    shown.click("#_cite summary")
    shown.click("#_cite dd button >> nth=0")
    assert shown.inner_text("#_cite [role=status]") == "Copied"
    assert shown.evaluate("navigator.clipboard.readText()") == (
        f"Okkan, S. & Reuters. (2022, November 29). Who owes “whom” for the gas? The Test Record. {url}")
    anchor = shown.get_attribute(".body p >> nth=1", "id")
    shown.click("#_cite summary")
    shown.hover(f"#{anchor}")
    shown.click(f"#{anchor} .anchor")
    shown.click(".body button")
    assert "Passage 2: The bill is paid in dates." in shown.inner_text("#_cite")
    shown.click("#_cite dd button >> nth=2")
    assert shown.evaluate("navigator.clipboard.readText()").endswith(f"{url}#{anchor}.")
    with shown.expect_download() as download:
        shown.click("#_cite a[download$=ris]")
    said = Path(download.value.path()).read_text("utf-8")
    assert f"UR  - {url}#{anchor}\n" in said
    assert f"ID  - gas-2022-11-29-{anchor}\n" in said
    assert download.value.suggested_filename == f"gas-2022-11-29-{anchor}.ris"
    for ending, key in (("bib", "{{{},"), ("json", '"id":"{}"')):
        with shown.expect_download() as download:
            shown.click(f"#_cite a[download$={ending}]")
        assert key.format(f"gas-2022-11-29-{anchor}") in Path(download.value.path()).read_text("utf-8")
    shown.click("#_cite p button")
    shown.click("#_cite dd button >> nth=2")
    assert shown.evaluate("navigator.clipboard.readText()").endswith(f"{url}.")
    # an address with a passage offers the same at once
    again = page(f"{PATH}#{anchor}")
    assert again.inner_text(f"#{anchor} button") == "Cite this passage"


def test_no_file_is_made_for_citations_and_an_authors_record_says_how_to_file_them(
    make_site: Callable[..., Path],
) -> None:
    site = make_site({
        "content/articles/gas.md": ARTICLE.replace("Reuters", "Abiy Ahmed"),
        "content/people/abiy.md": "---\nname: Abiy Ahmed\nsort_name: Abiy Ahmed\n---\n",
    })
    build(Options(site=site))
    out = site / "public"
    assert {p.name for p in (out / PATH).iterdir()} == {"index.html"}

    def chicago() -> str:
        text = (out / PATH / "index.html").read_text()
        found = re.search(r"<dt>Chicago</dt><dd><span[^>]*>(.*?)</span>", text)
        assert found
        return unescape(re.sub(r"<[^>]+>", "", found[1]))

    assert chicago().startswith("Okkan, Selim and Abiy Ahmed. “Who Owes ‘Whom’ for the Gas?”")
    record = site / "content/people/abiy.md"
    record.write_text(record.read_text().replace("sort_name: Abiy Ahmed", "sort_name: 'Ahmed, Abiy'"))
    build(Options(site=site))
    assert chicago().startswith("Okkan, Selim, and Abiy Ahmed.")


def test_the_script_is_small() -> None:
    from tests.conftest import ROOT

    assert (ROOT / "static/assets/cite.js").stat().st_size < 2560
