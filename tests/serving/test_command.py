"""The command `serve`, as a person starts it."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", ["articles", "people", "countries", "pages"])
def test_sources_that_lie_elsewhere_are_watched(
    make_site: Callable[..., Path], kind: str
) -> None:
    site = make_site(
        {"pages/about.md": "---\ntitle: About\n---\nThe first words.\n"},
        'content = {articles = "articles", people = "people", countries = "countries", pages = "pages"}\n',
    )
    new, address = {
        "articles": ("title: Talks\ndate: 2022-11-29", "articles/2022/11/new/"),
        "people": ("name: Jane Doe", ""),
        "countries": ("name: Atlantis", ""),
        "pages": ("title: New", "new/"),
    }[kind]
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "site_builder", "serve", "--site", str(site), "--port", "0"],
        stdout=subprocess.PIPE, text=True, cwd=ROOT,
    ) as run:
        try:
            assert run.stdout
            started = re.search(r"http://localhost:(\d+)/record/", _line(run, "http://"))
            assert started
            (site / kind).mkdir(exist_ok=True)
            (site / kind / "new.md").write_text(f"---\n{new}\n---\nNew words.\n")
            assert "articles" in _line(run, "articles")  # a build that the new file has caused
            if address:
                page = urllib.request.urlopen(f"http://localhost:{started[1]}/record/{address}")
                assert "New words." in page.read().decode()
        finally:
            run.send_signal(signal.SIGINT)
    assert run.returncode == 0


def _line(run: subprocess.Popen[str], word: str) -> str:
    assert run.stdout
    for line in run.stdout:
        if word in line:
            return line
    raise AssertionError(f"the preview ended without {word!r}")
