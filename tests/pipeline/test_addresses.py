"""Old addresses: pages and rules that lead on, and a word where nothing does."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

from tests.pipeline.test_build import article, run

MakeSite = Callable[..., Path]


def told(site: Path, **options: object) -> list[tuple[str, str]]:
    return [(p.code, p.file) for p in run(site, **options).problems if p.code in ("UR003", "UR004")]


def test_an_article_that_moves_is_told_its_alias_until_it_has_it(make_site: MakeSite) -> None:
    file = "content/articles/a.md"
    site = make_site({file: article("A", aliases="[/older.html]"), "content/articles/b.md": article("B")})
    assert not told(site)
    (site / file).write_text(article("A", aliases="[/older.html]", slug="other"))
    for options in ({"publish": False}, {}, {}, {"clean": True}, {"output": site / "else"}):
        report = run(site, **options)
        (problem,) = report.problems
        assert (problem.code, problem.file, problem.line) == ("UR003", file, 4), options
        assert problem.hint.endswith("write: aliases: [/older.html, /articles/2022/11/a/]")
    (site / file).write_text(article("A", aliases="[/older.html, /articles/2022/11/a/]", slug="other"))
    assert not told(site)
    assert (site / "public/articles/2022/11/a/index.html").exists()
    # renamed with its file, and moved by its date
    (site / file).rename(site / "content/articles/c.md")
    (site / "content/articles/b.md").write_text(article("B", "2021-01-01"))
    assert told(site) == [("UR003", "content/articles/b.md"), ("UR003", "content/articles/c.md")]


def test_a_renamed_file_is_told_the_id_that_feeds_know_it_by(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("A", slug="talks")})
    run(site)
    (site / "content/articles/a.md").rename(site / "content/articles/b.md")
    (problem,) = run(site, publish=False).problems
    assert (problem.code, problem.file) == ("UR003", "content/articles/b.md")
    assert problem.hint.endswith("write: id: a")
    (site / "content/articles/b.md").write_text(article("A", slug="talks", id="a"))
    assert run(site).problems == ()


def test_an_address_that_is_gone_is_told_until_that_is_said_to_be_meant(make_site: MakeSite) -> None:
    site = make_site({f"content/articles/{n}.md": article(n) for n in "abc"})
    run(site, drafts=True)
    assert not (site / ".site-builder/addresses.msgpack").exists(), "not what readers saw"
    run(site)
    (site / "content/articles/a.md").unlink()
    (site / "content/articles/b.md").write_text(article("b", draft="yes"))
    assert told(site) == [("UR004", "site.toml")] * 2
    (site / "content/articles/c.md").write_text(article("c", aliases="[/articles/2022/11/a/]"))
    assert told(site) == [("UR004", "site.toml")]
    with (site / "site.toml").open("a") as file:
        file.write('urls.gone = ["/articles/2022/11/b"]\n')
    assert not told(site)


def test_hosts_are_told_what_has_moved_and_the_policy_of_the_pages(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("A", aliases="[/old/a.html, /news/5, /größe/]")})
    run(site)
    out = site / "public"
    for line in (out / "_redirects").read_text().splitlines():
        old, new, code = line.split(" ")
        assert (new, code) == ("/record/articles/2022/11/a/", "301")
        place = out / unquote(old).removeprefix("/record/")
        assert (place / "index.html" if old.endswith("/") else place).is_file()
    assert len((out / "_redirects").read_text().splitlines()) == 3
    lines = (out / "_headers").read_text().splitlines()
    page = (out / "index.html").read_text()
    meta = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert meta
    assert lines[:2] == ["/record/*", f"  Content-Security-Policy: {html.unescape(meta[1])}"]
    style = re.search(r'rel="stylesheet" href="([^"]+)"', page)
    assert style
    assert lines[lines.index(style[1]) + 1] == "  Cache-Control: public, max-age=31536000, immutable"


def test_rules_can_be_left_out(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("A", aliases="[/a/]")}, "hosting.rules = false\n")
    run(site)
    assert not list((site / "public").glob("_*"))
