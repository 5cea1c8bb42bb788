"""`check --built`: the built pages as a browser finds them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from site_builder.build import Options, build, inspect
from site_builder.publishing.inspecting import CODES
from tests.conftest import ROOT
from tests.pipeline.test_build import article, run

MakeSite = Callable[..., Path]


def found(site: Path) -> list[tuple[str, str, str]]:
    return [(p.code, p.file, p.message) for p in inspect(site)]


def test_nothing_is_wrong_with_the_sample(tmp_path: Path) -> None:
    import shutil

    site = tmp_path / "site"
    for name in ("content", "templates", "static"):
        shutil.copytree(ROOT / name, site / name)
    shutil.copy(ROOT / "site.toml", site)
    build(Options(site=site, jobs=1, base_url="https://jane.github.io/news"))
    assert found(site) == []


def test_what_leads_nowhere_is_told_with_page_and_source(make_site: MakeSite) -> None:
    site = make_site({
        "content/articles/a.md": article("A", body='Words <b id="x">one</b>, [own](#x).'),
        "templates/article.html": '{% extends "base.html" %}{% block main %}{{ body }}'
        '<a href="/record/none/?q=1">n</a> <a href="/elsewhere/">e</a> <a href="#none">f</a>'
        '<a href="/record/#_main">ok</a> <a href="../../../../index.html#no">no</a>'
        '<img src="/record/p.png" srcset="/record/p2.png 2x"> <p id="x">'
        "<code>&lt;a href=\"/record/text/\"></code>{% endblock %}",
    })
    report = run(site, keep_going=True)
    a = "content/articles/a.md"
    page = "the page /articles/2022/11/a/"
    assert found(site) == [
        ("LK005", a, f"{page} links to #no of /, which has no such anchor"),
        ("LK005", a, f"{page} links to #none of /articles/2022/11/a/, which has no such anchor"),
        ("LK006", a, f"{page} links to /elsewhere/, where nothing is"),
        ("LK006", a, f"{page} links to /none/, where nothing is"),
        ("LK006", a, f"{page} links to /p.png, where nothing is"),
        ("LK006", a, f"{page} links to /p2.png, where nothing is"),
        ("OU009", a, f"{page} has the id `x` twice"),
        ("OU010", a, f"{page} shows /record/p.png without an alternative text"),
    ]
    assert inspect(site) == [p for p in report.problems if p.code in CODES]


def test_what_all_pages_share_is_told_once(make_site: MakeSite) -> None:
    site = make_site({f"content/articles/{n}.md": article(n) for n in "abc"},
                     '[[menu]]\nlabel = "Shop"\nurl = "/shop/"\n')
    run(site, keep_going=True)
    ((code, _, message),) = found(site)
    assert code == "LK006"
    assert "more pages)" in message


def test_a_page_that_was_lost_is_missed(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("A")})
    run(site)
    assert found(site) == []
    (site / "public/articles/2022/11/a/index.html").unlink()
    assert {code for code, _, _ in found(site)} == {"LK006"}


def test_a_portable_site_is_looked_at_in_the_same_way(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("A")})
    run(site, portable=True)
    assert found(site) == []
    (site / "public/archive/2022/index.html").unlink()
    assert {code for code, _, _ in found(site)} == {"LK006"}
