"""`check --built`: the built pages as a browser finds them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.build import Options, Report, build, inspect
from site_builder.problems import Problem, Refusal
from site_builder.publishing.inspecting import CODES
from tests.conftest import ROOT
from tests.pipeline.test_build import article, run, tree

MakeSite = Callable[..., Path]


def found(site: Path) -> list[tuple[str, str, str]]:
    return [(p.code, p.file, p.message) for p in inspect(site)]


def test_nothing_is_wrong_with_the_sample(tmp_path: Path) -> None:
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


def told(report: Report) -> list[Problem]:
    return [p for p in report.problems if p.code in CODES]


def test_what_a_template_has_wrong_stops_the_build(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("A")})
    run(site)
    before = tree(site / "public")
    template = site / "templates/404.html"
    template.parent.mkdir()
    for text, code in (('<a href="/record/none/">n</a>', "LK006"), ('<a href="#none">n</a>', "LK005"),
                       ('<p id="x"><p id="x">', "OU009"), ('<img src="/record/favicon.svg">', "OU010"),
                       ("<IMG SRC='/none.png' ALT=''>", "LK006")):
        template.write_text(text)
        report = run(site)
        assert report.failed
        assert [(p.code, p.severity.value) for p in told(report)] == [(code, "error")]
        assert tree(site / "public") == before
        report = run(site, keep_going=True)
        assert report.published
        assert told(report) == inspect(site)
        before = tree(site / "public")
    template.unlink()
    assert not run(site).problems


def test_a_broken_link_of_a_text_is_told_once_and_counts_as_it_is_set(
    make_site: MakeSite,
) -> None:
    site = make_site({
        "content/articles/a.md": article(
            "A", body="[a](none.md) [b](#none) [c](b.md#none) [d](/none/?q=1) ![e](none.png)",
            people="[Jane Doe]"),
        "content/articles/b.md": article("B"),
        "content/people/jane.md": "---\nname: Jane Doe\n---\nSee [this](/nowhere/).\n",
        "static/old.html": "<A HREF='nothing.html'>x</A><img src=none.gif>",
    }, '[checks]\nbroken_links = "warning"\n')
    report = run(site)
    assert report.published
    assert {p.code for p in report.problems if p.file.endswith("/a.md")} == {
        "LK001", "LK002", "LK003"}
    assert [(p.code, p.file, p.severity.value) for p in told(report)] == [
        ("LK006", "content/people/jane.md", "warning"),
        ("LK006", "static/old.html", "warning"), ("LK006", "static/old.html", "warning"),
        ("OU010", "static/old.html", "warning")]
    assert inspect(site) == told(report)
    again = run(site)
    assert again.problems == report.problems
    (site / "site.toml").write_text((site / "site.toml").read_text().replace("warning", "error"))
    assert {p.code for p in run(site).problems if p.severity.value == "error"} == {
        "LK001", "LK002", "LK003", "LK006"}


def test_what_is_only_shown_or_commented_out_is_no_link(make_site: MakeSite) -> None:
    site = make_site({
        "content/articles/a.md": article(
            "A", body='`<a href="/shown/" id="p">` and `<img src="/x.png">` `<b id="p">` '
                      '[top](#top)'),
        "templates/404.html": '<!-- <a href="/old/"> --><script src="/record/assets/cite.js">'
                              'x = \'<a href="/in-a-script/">\'</script><a href="/record/#top">t</a>'
                              '<a href="/record/index.html#:~:text=a">t</a><a href="articles/../">r</a>',
    }, '[checks]\nbroken_links = "warning"\n')
    report = run(site)
    assert told(report) == inspect(site) == []


PARTS = {
    "content/articles/a.md": [
        article("A", body="## One\n\nWords of Jane Doe.\n\n## Two\n\nMore.", people="[Jane Doe]"),
        article("A", body="## Two\n\nWords of Jane Doe, and more.", people="[Jane Doe]"),
        article("A", body="[b](b.md#one) [c](/about/#here) [d](/old.html#x)"),
    ],
    "content/articles/b.md": [article("B", body="## One\n\nWords."), article("B", date="2021-01-01")],
    "content/people/jane.md": [
        "---\nname: Jane Doe\n---\n[a](/about/#here) [b](/articles/2022/11/a/#two) [c](/none/)\n",
        "---\nname: Jane Doe\n---\nA life.\n",
    ],
    "content/pages/about.md": [
        "---\ntitle: About\n---\n<b id=\"here\">Here</b>\n", "---\ntitle: About\n---\n[a](/old.html)\n",
    ],
    "templates/page.html": [
        "{% extends 'base.html' %}{% block main %}{{ body }}<a href='/old.html#y'>o</a>"
        "<b id=one>1</b>{% endblock %}",
        "{% extends 'base.html' %}{% block main %}<a href=\"{{ '/about/#one' | href }}\">o</a>"
        "<a href=\"{{ '/articles/2022/11/a/#one' | href }}\">o</a>{% endblock %}",
        "{% extends 'base.html' %}{% block main %}<i id=\"x\"></i><i id=\"x\"></i>"
        "<img src=\"{{ '/favicon.svg' | href }}\"><a href=\"../about/#here\">.</a>{% endblock %}",
    ],
    "static/old.html": [
        "<a id=x href='about/#here'>x</a>", "<p id=y><p ID=y><img src=about/>",
    ],
    "site.toml": [
        f'title = "T"\nbase_url = "https://x.example{path}"\n[checks]\nbroken_links = "{severity}"\n'
        f"{menu}"
        for path, severity, menu in (
            ("", "warning", ""), ("/record", "warning", ""),
            ("", "error", '[[menu]]\nlabel = "X"\nurl = "/old.html#y"\n'))
    ],
}
STEPS = st.lists(st.one_of(
    *(st.tuples(st.just(name), st.integers(-1, len(texts) - 1)) for name, texts in PARTS.items()),
    st.tuples(st.sampled_from(["pack lost", "pack damaged", "page damaged", "page lost"]),
              st.just(0)),
), min_size=1, max_size=6)


def step(site: Path, name: str, number: int) -> None:
    """One change of a source, or a misfortune."""
    if name in PARTS:
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if number >= 0:
            path.write_text(PARTS[name][number])
        elif name != "site.toml":
            path.unlink(missing_ok=True)
    elif name.startswith("pack"):
        for path in (site / ".site-builder").glob("*.links"):
            path.write_bytes(path.read_bytes()[:-3] + b"abc")
            if name == "pack lost":
                path.unlink()
    else:
        path = site / "public/about/index.html"
        if path.exists():
            path.write_text("damaged")
            if name == "page lost":
                path.unlink()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS, portable=st.booleans())
def test_every_build_tells_what_a_clean_one_and_a_look_at_the_files_tell(
    steps: list[tuple[str, int]], portable: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = tmp_path_factory.mktemp("inspected") / "site"
    site.mkdir()
    for name in PARTS:
        step(site, name, 0)
    for name, number in [("site.toml", 0), *steps]:
        step(site, name, number)
        try:
            report = run(site, keep_going=True, portable=portable)
        except Refusal:  # an archive without a single article
            continue
        assert told(report) == inspect(site), (name, number)
        assert run(site, keep_going=True, portable=portable).problems == report.problems
    shutil.copytree(site, site.parent / "clean", ignore=shutil.ignore_patterns("public", ".*"))
    clean = run(site.parent / "clean", keep_going=True, portable=portable)
    assert told(clean) == told(report)
    shutil.rmtree(site.parent)
