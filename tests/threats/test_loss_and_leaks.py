"""Loud about loss and leaks: nothing vanishes in silence, nothing unpublished gets out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pipeline.test_build import article, codes, run, tree

SECRET = "The minister was warned of the flood on three days in May, and did nothing about it."


@pytest.mark.parametrize("sign", ["A secret headline", "/a-secret-headline/", SECRET[:50]])
@pytest.mark.parametrize("hide", [{"draft": "yes"}, {"publish_at": "2099-01-01"}])
def test_a_template_that_gives_a_draft_away_stops_publication(
    make_site: Callable[..., Path], sign: str, hide: dict[str, str]
) -> None:
    site = make_site({
        "content/articles/a.md": article("A"),
        "content/articles/a-secret-headline.md": article(
            "A secret headline", body=SECRET, **hide),
    })
    run(site)
    before = tree(site / "public")
    (site / "templates").mkdir()
    (site / "templates/404.html").write_text(f"<!DOCTYPE html><title>404</title><p>{sign}</p>")
    report = run(site)
    assert report.failed
    assert "OU006" in codes(report)
    assert tree(site / "public") == before


def test_what_a_published_article_says_as_well_is_no_leak(make_site: Callable[..., Path]) -> None:
    site = make_site({
        "content/articles/a.md": article("The same headline", body=SECRET + " *More* words."),
        "content/articles/b.md": article("The same headline", body=SECRET, draft="yes"),
        "content/pages/about.md": "---\ntitle: About\n---\nWho repeats a draft of ours\n",
        "content/articles/c.md": article("Who repeats a draft", body="x", draft="yes"),
    })
    assert not run(site).failed


def test_many_pages_do_not_vanish_without_a_word(make_site: Callable[..., Path]) -> None:
    site = make_site({f"content/articles/{n}.md": article(f"T{n}") for n in range(60)})
    run(site)
    before = tree(site / "public")
    kept = site.parent / "kept"
    (site / "content/articles").rename(kept)
    (site / "content/articles").mkdir()
    for n in range(30):
        shutil.copy(kept / f"{n}.md", site / f"content/articles/{n}.md")
    report = run(site)
    assert report.failed
    assert codes(report) == {"OU005", "UR004"}
    assert tree(site / "public") == before
    assert run(site, allow_removal=True).published
    assert not (site / "public/articles/2022/11/59").exists()


def test_a_build_that_cannot_write_leaves_the_site_and_no_litter(
    make_site: Callable[..., Path]
) -> None:
    site = make_site({"content/articles/a.md": article("A")})
    run(site)
    before = tree(site / "public")
    (site / "content/articles/b.md").write_text(article("B"))
    (site / "static").mkdir()
    (site / "static/book.pdf").write_bytes(bytes(4_000_000))
    limited = ("import resource, sys\nresource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000,) * 2)\n"
               "from site_builder.cli import main\nsys.argv[1:] = ['build']\nmain()")
    done = subprocess.run([sys.executable, "-c", limited], cwd=site, capture_output=True, text=True)
    assert done.returncode == 4
    assert "File too large" in done.stderr
    assert tree(site / "public") == before
    assert not list(site.glob(".*stage*"))
    assert run(site).published
