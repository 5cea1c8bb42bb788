"""How soon the browser shows what was saved: `python -m benchmarks.serve`.

Starts `site-builder serve` over the generator's archive, opens one article in a browser,
saves it again and again with one sentence more, and says how long it takes from the end of
saving until the page shows the sentence and is painted. Needs playwright and a Chromium
(its path in $CHROMIUM, else the one that is found).
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.archive import Archive, write_site

_PAINTED = """(words) => new Promise((done) => {
  const look = () => document.body && document.body.innerText.includes(words)
    ? requestAnimationFrame(() => setTimeout(done)) : requestAnimationFrame(look);
  look();
})"""


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--edits", type=int, default=15)
    parser.add_argument("--work", type=Path, default=Path("benchmarks/work/serve"))
    options = parser.parse_args()
    site = options.work.absolute()
    shutil.rmtree(site, ignore_errors=True)
    archive = Archive(options.articles)
    write_site(archive, site)
    article = archive.article(options.articles // 2)
    file = site / f"content/articles/{article.path}.md"
    server = subprocess.Popen(
        [sys.executable, "-m", "site_builder", "serve", "--site", str(site), "--port", "0"],
        stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        port = next(found[1] for line in server.stdout
                    if (found := re.search(r"http://localhost:(\d+)", line)))
        waits = _waits(f"http://localhost:{port}/articles/{article.path}/", file, options.edits)
    finally:
        server.terminate()
        server.wait()
    shutil.rmtree(site, ignore_errors=True)
    print(f"{options.articles:,} articles, {len(waits)} edits: from saving to the painted page "
          f"{min(waits):.0f} ms at best, {statistics.median(waits):.0f} ms at the median, "
          f"{max(waits):.0f} ms at worst")


def _waits(url: str, file: Path, edits: int) -> list[float]:
    """Milliseconds for each edit."""
    from playwright.sync_api import sync_playwright

    text, waits = file.read_text(), []
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"])
        page = browser.new_page()
        page.goto(url)
        page.wait_for_load_state("networkidle" if edits < 0 else "load")
        for number in range(edits + 1):
            time.sleep(1.0)
            words = f"These are the words of edit {number}."
            file.write_text(f"{text.rstrip()} {words}\n")
            saved = time.perf_counter()
            while True:
                try:
                    page.evaluate(_PAINTED, words)
                    break
                except Exception as error:  # the page was loaded again meanwhile
                    if "context" not in str(error) and "navigat" not in str(error):
                        raise
            waits.append((time.perf_counter() - saved) * 1000)
        browser.close()
    return waits[1:]  # the first one warms up


if __name__ == "__main__":
    main()
