"""What readers and their software see: real pages in a real browser, and by the HTML standard."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from site_builder.build import Options, build, memory_path
from site_builder.cache import Output, load
from tests.conftest import ROOT

MODULES = Path(__file__).parent / "node_modules"
AXE = MODULES / "axe-core/axe.min.js"
VNU = MODULES / "vnu-jar/build/dist/vnu.jar"

ALWAYS = ["articles/2022/11/al-sudani-in-tehran/index.html",
          "articles/2022/11/al-sudani-in-tehran-fa/index.html"]
"""Looked at besides the longest page of each template: what is worth it in the sample."""
NO_PAGE = {"base.html", "packet.html"}  # tests/preserving looks at packets
MORE = {
    "people/li-ming-minister.md": "---\nname: Li Ming\nqualifier: minister, born 1961\n"
                                  "born: 1961\nroles: [{title: Minister of Water}]\n---\n",
    "people/li-ming.md": "---\nname: Li Ming\nqualifier: goalkeeper\n---\n",
    "people/ledger.toml": '[[change]]\ndate = 2024-03-01\nkind = "split"\nsource = "li-ming"\n'
                          'into = "li-ming-minister"\nreason = "Two people."\n',
    "articles/2024/dams.md": "---\ntitle: Dams\ndate: 2024-02-01\npeople: [li-ming-minister]\n---\n"
                             "The dams are full.\n",
    "articles/2024/save.md": "---\ntitle: A save\ndate: 2024-02-02\npeople: ['id:li-ming']\n---\n"
                             "He held the ball.\n",
    "articles/2024/gone.md": "---\ntitle: Gone\ndate: 2024-02-03\nremoved: {date: 2024-03-01, "
                             "reason: A person named in it asked for it.}\n---\n",
}
"""What the sample archive does not have, so that every template makes a page."""


@pytest.fixture(scope="module")
def pages(site: tuple[Path, str]) -> list[str]:
    """The longest page that each template makes, so that no kind of page can be forgotten."""
    memory = load(memory_path(site[0].parent, site[0]), Output)
    assert memory is not None
    longest: dict[str, tuple[int, str]] = {}
    for row in memory.rows():
        for page in row.pages:
            size = memory.files[page.path][0]
            if page.template.endswith(".html"):
                longest[page.template] = max(longest.get(page.template, (0, "")), (size, page.path))
    there = {path.name for path in (ROOT / "templates").glob("*.html")} - NO_PAGE
    assert there == set(longest), "the sample archive has no page of a template"
    return [*ALWAYS, *sorted({path for _, path in longest.values()} - set(ALWAYS))]


@pytest.fixture(scope="module")
def shown(pages: list[str], site: tuple[Path, str]) -> list[str]:
    """Those of them that a reader stays at."""
    return [path for path in pages if 'http-equiv="refresh"' not in (site[0] / path).read_text()]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    folder = tmp_path_factory.mktemp("browser")
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "site.toml", folder)
    for name, text in MORE.items():
        (folder / "content" / name).write_text(text)
    out = folder / "out"
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(out))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        build(Options(site=folder, output=out, base_url=address, jobs=1))
        yield out, address
        server.shutdown()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[object]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as run:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        yield run.chromium.launch(executable_path=chromium, args=arguments)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_type_passes_axe(
    site: tuple[Path, str], browser: object, shown: list[str], scheme: str
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm ci in tests/browser")
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[attr-defined]
    page = context.new_page()
    found = []
    for path in shown:
        page.goto(f"{site[1]}/{path}")
        page.add_script_tag(path=str(AXE))
        result = page.evaluate("axe.run()")
        found += [(path, v["id"], v["nodes"][0]["html"][:160]) for v in result["violations"]]
    context.close()
    assert not found


@pytest.mark.browser
def test_pages_ask_nothing_of_others_and_break_no_rule_of_their_own(
    site: tuple[Path, str], browser: object, shown: list[str]
) -> None:
    page = browser.new_page()  # type: ignore[attr-defined]
    foreign, said = [], []
    page.on("request", lambda r: None if r.url.startswith(site[1]) else foreign.append(r.url))
    page.on("console", lambda m: said.append(m.text))
    for path in shown:
        page.goto(f"{site[1]}/{path}")
    page.close()
    assert foreign == []
    assert said == []


@pytest.mark.browser
def test_no_page_is_wider_than_a_phone(
    site: tuple[Path, str], browser: object, shown: list[str]
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})  # type: ignore[attr-defined]
    for path in shown:
        page.goto(f"{site[1]}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
    page.close()


@pytest.mark.browser
def test_everything_to_touch_is_large_enough_or_apart(
    site: tuple[Path, str], browser: object, shown: list[str]
) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 pixels, or as much between the middles of two."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm ci in tests/browser")
    context = browser.new_context(  # type: ignore[attr-defined]
        viewport={"width": 390, "height": 844}, bypass_csp=True)
    page = context.new_page()
    found = []
    for path in shown:
        page.goto(f"{site[1]}/{path}")
        page.add_script_tag(path=str(AXE))
        result = page.evaluate("axe.run({ runOnly: { type: 'rule', values: ['target-size'] } })")
        found += [(path, node["html"][:120]) for v in result["violations"] for node in v["nodes"]]
    context.close()
    assert found == []


@pytest.mark.browser
def test_a_portable_site_opens_from_a_disk(tmp_path: Path, browser: object) -> None:
    build(Options(site=ROOT, output=tmp_path / "out", portable=True, jobs=1))
    page = browser.new_page()  # type: ignore[attr-defined]
    page.goto((tmp_path / "out/index.html").as_uri())
    family = page.evaluate("getComputedStyle(document.querySelector('.nameplate')).fontFamily")
    assert "Times" not in family.split(",")[0]
    page.click(".lead a >> nth=1" if page.locator(".lead a").count() > 1 else "h2 a >> nth=0")
    assert page.url.endswith("index.html")
    assert page.locator("h1").count() == 1
    page.close()


def test_every_page_type_is_valid_html(site: tuple[Path, str], pages: list[str]) -> None:
    if not VNU.exists() or not shutil.which("java"):
        pytest.skip("the Nu HTML Checker or Java is not installed: npm ci in tests/browser")
    files = [str(site[0] / path) for path in pages]
    run = subprocess.run(
        ["java", "-jar", str(VNU), "--errors-only", "--format", "json", *files],
        capture_output=True, text=True, check=False,
    )
    messages = json.loads(run.stderr)["messages"]
    assert [(m["url"].rsplit("/out/")[-1], m.get("lastLine"), m["message"]) for m in messages] == []


class _UnderAPath(http.server.SimpleHTTPRequestHandler):
    """A host of project pages: the site lies below /repo/, a miss shows 404.html."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/repo") or "/")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)


@pytest.mark.browser
def test_a_missing_page_deep_below_a_base_path_is_whole(
    browser: Any, tmp_path: Path
) -> None:
    """agusmakmun.github.io#33; ericdaat/research-lab-website#9; poole/lanyon#37."""
    out = tmp_path / "out"
    handler = functools.partial(_UnderAPath, directory=str(out))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/repo"
        build(Options(site=ROOT, output=out, base_url=address, jobs=1))
        page = browser.new_page()
        failed: list[str] = []
        page.on("response", lambda r: failed.append(r.url) if r.status >= 400 else None)
        missing = f"{address}/no/such/page/at/all/"
        page.goto(missing)
        assert failed == [missing]
        assert page.evaluate("document.styleSheets[0].cssRules.length") > 20
        links = page.eval_on_selector_all("main a, header a", "all => all.map(a => a.href)")
        assert len(links) > 3
        for link in links:
            assert page.request.get(link).ok, link
        page.close()
        server.shutdown()
