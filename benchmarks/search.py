"""What search costs: `python -m benchmarks.search` compares our index with Pagefind's.

Processor time and memory of indexing, what one edited article costs, files and
bytes, and what a browser downloads until a first query shows ten results. Our
figures are of the stage of the build; Pagefind gets pages that hold title,
date, year and text alone. Without the package `pagefind` or a browser their
columns are left out.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import re
import resource
import shutil
import sys
import threading
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.archive import Archive, write_site
from benchmarks.measure import run
from site_builder.build import Options, build, searching

SHARD = 500
WORDS = ("ceasefire", "railwaymen strike", "the audit office")
_PAGEFIND = """async (query) => {
  const pagefind = await import('/pf/pagefind.js');
  const { results } = await pagefind.search(query);
  await Promise.all(results.slice(0, 10).map((result) => result.data()));
}"""


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--work", type=Path, default=Path("benchmarks/work/search"))
    options = parser.parse_args()
    work = options.work.absolute()
    site, out = work / "site", work / "site/public"
    shutil.rmtree(work, ignore_errors=True)
    write_site(Archive(options.articles), site)

    cold, whole = _build(site)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    edited = sorted((site / "content/articles").rglob("*.md"))[options.articles // 2]
    edits = []
    for n in range(3):
        edited.write_text(f"{edited.read_text()}\nThe word zq{n}q is new.\n")
        edits.append(_build(site))
    edit, edit_whole = min(edits)
    files, size = _files(out / "search")
    print(f"{options.articles:,} articles; whole build {whole:.1f} s of processor time, "
          f"{peak} MB; after an edit {edit_whole:.2f} s")
    print(f"ours      {cold:7.2f} s cold {edit:6.2f} s edit {files:7,} files {size / 1e6:6.1f} MB")
    if find_spec("pagefind") is None:
        print("pagefind is not installed: nothing to compare with")
        return
    other, one = _pagefind(work, out, options.articles), _pagefind(work, out, SHARD)
    files, size = _files(work / f"pf{options.articles}")
    print(f"pagefind  {other.cpu:7.2f} s cold {one.cpu:6.2f} s edit {files:7,} files "
          f"{size / 1e6:6.1f} MB, {other.peak / 1e6:.0f} MB of memory")
    print(f"          (edit: one shard of {SHARD} articles, {one.peak / 1e6:.0f} MB of memory)")
    print(f"ratio     {cold / other.cpu:7.2f}        {edit / one.cpu:6.2f}")
    _downloads(work, out, options.articles)


def _build(site: Path) -> tuple[float, float]:
    """Processor time of the search stage and of the whole build, in this process alone."""
    spent: list[float] = []
    make = searching.make

    def timed(*given: Any) -> Any:
        started = time.process_time()
        made = make(*given)
        spent.append(time.process_time() - started)
        return made

    searching.make = timed  # type: ignore[assignment]
    try:
        started = time.process_time()
        build(Options(site=site, jobs=1))
        return spent[0], time.process_time() - started
    finally:
        searching.make = make


def _files(folder: Path) -> tuple[int, int]:
    sizes = [p.stat().st_size for p in folder.rglob("*") if p.is_file()]
    return len(sizes), sum(sizes)


def _pagefind(work: Path, out: Path, articles: int) -> Any:
    source = work / f"pages{articles}"
    for path in sorted(out.glob("articles/**/index.html"))[:articles]:
        text = path.read_text()
        title = re.findall(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)[0]
        day = re.findall(r'datetime="([\d-]{10})', text)[0]
        body = text.partition('<div class="body">')[2].partition("<footer class=")[0]
        body = re.sub(r'<a [^>]*class="anchor".*?</a>', "", body)
        target = source / path.relative_to(out)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(
            f'<!doctype html><html lang="en"><title>{title}</title><h1>{title}</h1>'
            f'<p data-pagefind-sort="date">{day}</p><p data-pagefind-filter="year">{day[:4]}</p>'
            f"<div data-pagefind-body>{body}</div></html>")
    return run(
        [sys.executable, "-m", "pagefind", "--site", str(source), "--output-path",
         str(work / f"pf{articles}"), "--quiet"], cwd=work, log=work / "pagefind.log")


def _downloads(work: Path, out: Path, articles: int) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None or find_spec("playwright") is None:
        print("no browser: nothing is downloaded")
        return
    from playwright.sync_api import sync_playwright

    shutil.copytree(out / "search", work / "www/search")
    for name in ("assets", "articles"):
        (work / "www" / name).symlink_to(out / name)
    (work / "www/pf").symlink_to(work / f"pf{articles}")
    (work / "www/index.html").write_text("<!doctype html><title>Pagefind</title>")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *given: Any) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(work / "www"))
    with (http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server,
          sync_playwright() as play):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        chrome = play.chromium.launch(
            executable_path=browser, args=["--no-sandbox", "--disable-background-networking"])

        def bytes_of(act: Callable[[Any], None]) -> tuple[int, int, int]:
            page = chrome.new_context().new_page()
            answers: list[Any] = []
            page.on("response", lambda answer: answers.append(answer))
            act(page)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(300)
            bodies = [answer.body() for answer in answers if answer.status == 200]
            packed = sum(min(len(body), len(gzip.compress(body))) for body in bodies)
            return len(answers), sum(map(len, bodies)), packed

        for query in WORDS:
            def ours(page: Any, query: str = query) -> None:
                page.goto(f"{address}/search/?q={query}")

            def other(page: Any, query: str = query) -> None:
                page.goto(address)
                page.evaluate(_PAGEFIND, query)

            number, size, packed = bytes_of(ours)
            others, other_size, other_packed = bytes_of(other)
            print(f"{query!r}: ours {size / 1000:.0f} kB ({packed / 1000:.0f} compressed) in "
                  f"{number} requests, pagefind {other_size / 1000:.0f} ({other_packed / 1000:.0f})"
                  f" in {others}; ratio {size / other_size:.2f} ({packed / other_packed:.2f})")
        chrome.close()
        server.shutdown()


if __name__ == "__main__":
    main()
