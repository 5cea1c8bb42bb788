"""`check --built`: the built pages as a browser finds them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from site_builder.build import Options, Report, build, digests, inspect, theme_folders
from site_builder.build.session import Session
from site_builder.problems import Problem, Refusal
from site_builder.publishing.inspecting import CODES
from site_builder.publishing.scanning import Look, Scanner, exactly, links_in, resolved, usual
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
        f"[search]\nenabled = false\n[data]\nenabled = false\n{menu}"
        for path, severity, menu in (
            ("", "warning", ""), ("/record", "warning", ""),
            ("", "error", '[[menu]]\nlabel = "X"\nurl = "/old.html#y"\n'))
    ],
}
STEPS = st.lists(st.one_of(
    *(st.tuples(st.just(name), st.integers(-1, len(texts) - 1)) for name, texts in PARTS.items()),
    st.tuples(st.sampled_from(["pack lost", "pack damaged", "page damaged", "page lost"]),
              st.just(0)),
), min_size=1, max_size=4)


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


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
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
    shutil.copytree(site, site.parent / "clean", ignore=shutil.ignore_patterns("public", ".*"))
    clean = run(site.parent / "clean", keep_going=True, portable=portable)
    assert told(clean) == told(report)
    shutil.rmtree(site.parent)


def test_the_preview_leaves_nothing_to_find_for_the_next_build(make_site: MakeSite) -> None:
    site = make_site({
        "content/articles/a.md": article("A", summary="S", body="One.\n\n## Here\n\nWords."),
        "content/pages/about.md": "---\ntitle: About\n---\nUs.\n",
        "templates/page.html": "{% extends 'base.html' %}{% block main %}"
        "<a href=\"{{ '/articles/2022/11/a/#here' | href }}\">h</a>{% endblock %}",
    })
    session = Session(Options(site=site, jobs=1, keep_going=True))
    assert not session.build().problems
    file = site / "content/articles/a.md"
    for text in ("Two.\n\n## There\n\nWords.", "Three.\n\n## There\n\nWords."):
        file.write_text(article("A", summary="S", body=text))
        session.build([file])
    (site / "content/articles/b.md").write_text(article("B"))
    report = session.build()
    assert [p.code for p in told(report)] == ["LK005"]
    assert told(run(site, keep_going=True)) == inspect(site) == told(report)


def test_notes_without_a_reference_and_pictures_in_html(make_site: MakeSite) -> None:
    site = make_site({
        "content/articles/a.md": article("A", body=(
            "Text.[^2] <img src='p.png' title='Plan'> <img src='https://b.example/x.png' "
            "alt='A bridge'>\n\n[^1]: Unused.\n[^2]: Used.")),
    })
    Image.new("RGB", (8, 8)).save(site / "content/articles/p.png")
    report = run(site)
    assert report.published
    assert {p.code for p in report.problems} == {"MD003", "MD008"}
    page = (site / "public/articles/2022/11/a/index.html").read_text()
    assert '<img alt=""' in page
    assert "</a></sup> <img" in page
    assert " A bridge" in page
    assert "#fnref:1" not in page
    assert "#fnref:2" in page


def test_the_templates_of_this_program_can_be_looked_at_fast() -> None:
    assert digests.using(theme_folders(ROOT, "templates"), lambda text: not usual(text)) == []


HTML = st.lists(st.sampled_from([
    "<p>", "</p>", "<a href=\"/a/\">", "<A HREF='/b/'>", "<a href=/c/ >", "<a  href = \"/d/#e\" >",
    "</a>", '<b id="x">', "<i ID=y>", "<u id='x y'>", "<img src=p.png>", '<img alt src="q.png">',
    "<!-- <a href='/no/'> -->", "<!doctype x>", "<script>\"<a href='/no/'>\"</script>", " text ",
    "<title><b id=no></title>", "&lt;a href=\"/no/\">", "a=\"b\"", "<br/>", "<hr id=z />", "it's ",
    "<em title=\"a > b\" id=\"w\">", "<em title=it's href=\"/f/\">", "<a href='?a=1&amp;b'>", "< a>",
]), max_size=12)


@settings(max_examples=300, deadline=None)
@given(HTML)
def test_a_page_is_read_as_a_parser_reads_it(pieces: list[str]) -> None:
    text = "<!DOCTYPE html><html><body>" + "".join(pieces)
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    elements = [e for e in tree.iter() if isinstance(e.tag, str)]
    seen = exactly(text)
    assert set(seen.ids) == {e.get("id") for e in elements if e.get("id")}
    assert set(seen.links) == {
        e.get(name) for e in elements for name in ("href", "src") if e.get(name) is not None}
    assert len(seen.bare) == len([e for e in elements if e.tag == "img" and e.get("alt") is None])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([
    '<a href="/r/a/">', '<a href="/r/a/#b">', '<a href="#b">', '<a href="#&amp;">', '<b id="b">',
    '<p class="x" id="c">', '<b id="&amp;">', '<img src="/r/p.png" alt="">', '<img src="q.png">',
    '<script src="/r/s.js" defer></script>', '<img srcset="/r/1.png 1x, /r/2.png 2x" alt="" src="/p">',
    '<a href="../../c/">', '<a href="d.html?x#y">', '<a href="mailto:a@b">', '<a href="//h/x">',
    '<a href="https://h/x">', '<a href="">', '<a href="data:,x">', '<a href="/r/%C3%A4/?q&amp;z">',
    '<link href="/s/">',
]), max_size=15), st.booleans())
def test_the_fast_look_sees_what_the_exact_one_sees(pieces: list[str], portable: bool) -> None:
    data = "\n".join(pieces).encode()
    fast = Scanner("/r", portable=portable)
    look, exact = fast.look("x/y/index.html", data, "t"), Scanner(
        "/r", portable=portable, unusual=["t"]).look("x/y/index.html", data, "t")
    assert set(look.ids.split(b'"')) == set(exact.ids.split(b'"'))
    assert look.faults == exact.faults
    assert targets(look.fresh) == targets(exact.fresh)
    again = fast.look("x/y/index.html", data, "t")
    assert (set(again.links), again.faults) == (set(look.links), look.faults)
    assert again.fresh == []


def targets(fresh: list[bytes]) -> set[tuple[str, str] | None]:
    return {resolved("", link, "/r") for raw in fresh for link in links_in(raw)} - {None}


def test_looking_at_hostile_pages_ends(tmp_path: Path) -> None:
    for text in ("<a " * 200_000, "<a b='" * 100_000 + ">", "<!--" * 200_000, "<p a=" * 200_000 + ">",
                 "<script>" * 50_000, '="' * 200_000):
        exactly(text)
        Scanner("", portable=False).look("a.html", text.encode(), "t")


@pytest.mark.parametrize("pack", ["kept", "lost", "damaged"])
def test_an_unchanged_page_is_judged_anew_when_its_target_goes_and_comes(
    make_site: MakeSite, pack: str
) -> None:
    site = make_site({
        "content/articles/a.md": article("A"),
        "content/pages/about.md": "---\ntitle: About\n---\nUs.\n",
        "templates/page.html": "{% extends 'base.html' %}{% block main %}{{ body }}"
        "<a href=\"/record/old.html#x\">o</a><a href=\"{{ '/articles/2022/11/a/' | href }}\">a</a>"
        "{% endblock %}",
        "static/old.html": "<p id=x>",
    })
    page = "the page /about/ links to "
    steps: list[tuple[str, str, list[str]]] = [
        ("static/old.html", "<p id=x>", []),
        ("static/old.html", "<p id=y>", [f"{page}#x of /old.html, which has no such anchor"]),
        ("static/old.html", "", [f"{page}/old.html, where nothing is"]),
        ("content/articles/b.md", article("B"), [f"{page}/old.html, where nothing is"]),
        ("content/pages/about.md", "---\ntitle: About\n---\nWe.\n",
         [f"{page}/old.html, where nothing is"]),
        ("static/old.html", "<p id=x> ", []),
        ("content/articles/a.md", "", [f"{page}/articles/2022/11/a/, where nothing is"]),
        ("content/articles/a.md", article("A", body="Again."), []),
    ]
    for number, (name, text, messages) in enumerate(steps):
        if text:
            (site / name).write_text(text)
        else:
            (site / name).unlink()
        for path in (site / ".site-builder").glob("*.links"):
            if pack == "lost":
                path.unlink()
            elif pack == "damaged":
                path.write_bytes(path.read_bytes()[:-2] + b"ab")
        report = run(site, keep_going=True)
        assert [p.message for p in told(report)] == messages, name
        assert ("about/index.html" in report.changed) == (
            "about" in name or number == 0), name
        assert run(site, keep_going=True).problems == report.problems


def test_a_clean_build_looks_at_each_page_once(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    look = Scanner.look

    def counted(self: Scanner, page: str, *rest: Any, **more: Any) -> Look:
        looked.append(page)
        return look(self, page, *rest, **more)

    monkeypatch.setattr(Scanner, "look", counted)
    site = make_site({"content/articles/a.md": article("A"), "static/old.html": "<p>"})
    run(site)
    pages = {name for name in tree(site / "public") if name.endswith(".html")}
    assert sorted(looked) == sorted(pages)
    looked.clear()
    (site / "content/articles/a.md").write_text(article("A", body="Other words."))
    report = run(site)
    assert set(looked) - {"old.html"} <= set(report.changed)  # that was written just now
    assert set(looked) < pages


def test_an_address_with_escapes_is_that_of_the_links_to_it(make_site: Callable[..., Path]) -> None:
    site = make_site({"content/articles/a.md": article("A", body="[Here](/about/)."),
                      "content/pages/about.md": "---\ntitle: About\n---\nWe.\n"})
    toml = (site / "site.toml").read_text()
    (site / "site.toml").write_text(toml.replace("news.example/record", "jane.example/my_r%C3%A9cord"))
    report = run(site)
    assert not report.problems
    assert report.published


def test_a_broken_link_is_told_where_it_stands_after_lines_have_moved(
    make_site: Callable[..., Path]
) -> None:
    text = article("A", image="{src: lead.jpg, alt: A hall}",
                   body="See ![one](gone.jpg) and [two](gone.md), or [three](b.md#none).")
    site = make_site({"content/articles/a.md": text, "content/articles/b.md": article("B")},
                     'checks.broken_links = "warning"\n')

    def told(clean: bool = False) -> list[tuple[str, int]]:
        return [(p.code, p.line) for p in run(site, clean=clean).problems if p.code[:2] == "LK"]

    first = told()
    line = text[:text.index("See")].count("\n") + 1
    lead = text[:text.index("image:")].count("\n") + 1
    assert first == [("LK003", lead), ("LK003", line), ("LK001", line), ("LK002", line)]
    (site / "content/articles/a.md").write_text(text.replace("See", "\n\nSee"))
    assert told() == told(clean=True) == [(code, n + 2 * (n == line)) for code, n in first]


def test_what_an_element_that_is_taken_out_leads_to_is_not_looked_for(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("A", body=(
        'Text.\n\n<iframe src="/player/1"></iframe>\n\n<embed src="film.swf"> and more\n\n'
        '<video src="https://video.example/1.mp4"></video>'))})
    report = run(site)
    assert report.published
    assert {(p.code, p.message) for p in report.problems} == {
        ("MD001", f"removed <{tag}>") for tag in ("iframe", "embed", "video")}
