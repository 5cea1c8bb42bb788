"""Pages are light: on a slow line an article is there at once, and no script is needed to read."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from benchmarks.archive import Archive, write_site
from site_builder.build import Options, build
from tests.conftest import ROOT

PAGE, STYLE, SCRIPT = 30_000, 15_000, 6_000
"""Bytes as they travel, compressed."""


def weight(data: bytes) -> int:
    return len(gzip.compress(data, 6, mtime=0))


@pytest.fixture(scope="module", params=["sample", "large"])
def out(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive; and one whose lists are full, a hundred articles to a page."""
    folder = tmp_path_factory.mktemp("weight")
    site = ROOT
    if request.param == "large":
        site = folder / "site"
        write_site(Archive(500), site, settings="")
    report = build(Options(site=site, output=folder / "out", jobs=1))
    assert report.published
    return folder / "out"


def test_pages_and_style_sheets_are_light(out: Path) -> None:
    heavy = [(path.name if path.suffix == ".css" else str(path.relative_to(out)), size)
             for path in out.rglob("*.*") if path.suffix in (".html", ".css")
             for size in [weight(path.read_bytes())]
             if size > (STYLE if path.suffix == ".css" else PAGE)]
    assert not heavy


def test_what_is_read_needs_no_script_or_a_small_one(out: Path) -> None:
    for path in out.rglob("*.html"):
        sources = re.findall(r"<script(?! type=.application/ld\+json)([^>]*)>", path.read_text())
        size = 0
        for attributes in sources:
            src = re.search(r' src="([^"]+)"', attributes)
            assert src, (path, "a script in the page itself")
            name = src[1].removeprefix("https://example.org").lstrip("/")
            size += weight((out / name).read_bytes())
        if "search" not in path.relative_to(out).parts:
            assert size <= SCRIPT, (path, size)
