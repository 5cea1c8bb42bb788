"""Static files that a template names with asset() can be kept by browsers for ever."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.problems import Refusal
from tests.pipeline.test_build import article, run, tree

MakeSite = Callable[..., Path]


def test_a_style_sheet_has_a_name_of_its_content(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("A"), "static/assets/site.css": "p { color: red }",
                      "static/own.css": "q {}"})
    run(site)
    out = site / "public"
    (name,) = re.findall(r'href="/record/(assets/site\.\w+\.css)"', (out / "index.html").read_text())
    assert name == f"assets/site.{hashlib.blake2b(b'p { color: red }', digest_size=4).hexdigest()}.css"
    assert (out / name).read_text() == (out / "assets/site.css").read_text() == "p { color: red }"
    assert [p.name for p in out.glob("*.css")] == ["own.css"]
    assert run(site).changed == ()
    (site / "static/assets/site.css").write_text("p { color: green }")
    report = run(site)
    assert name in report.removed
    assert "articles/2022/11/a/index.html" in report.changed
    run(site, output=site.parent / "clean")
    assert tree(out) == tree(site.parent / "clean")


def test_a_file_that_is_not_there_is_an_error_of_the_template(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("A"),
                      "templates/404.html": "<p>\n{{ asset('/assets/none.js') }}"})
    with pytest.raises(Refusal) as refused:
        run(site)
    (problem,) = refused.value.problems
    assert (problem.code, problem.file, problem.line) == ("TP001", "templates/404.html", 2)
    assert "/assets/none.js" in problem.message


def test_a_portable_site_finds_its_style_sheet(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("A")})
    run(site, portable=True)
    page = site / "public/articles/2022/11/a/index.html"
    link = re.search(r'<link rel="stylesheet" href="([^"]+)"', page.read_text())
    assert link and (page.parent / link[1]).is_file()
