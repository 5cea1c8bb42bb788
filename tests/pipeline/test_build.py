"""The whole path, through the public face: a folder of Markdown in, a site out."""

from __future__ import annotations

import gc
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import feedparser
import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.build import Options, Report, build, memory_path
from site_builder.build.memory import Memory
from site_builder.build.run import Run
from site_builder.build.sources import kept_rows, library_path
from site_builder.cache import Library, load
from site_builder.problems import Problem, Refusal
from tests.conftest import ROOT

MakeSite = Callable[..., Path]


def article(title: str, date: str = "2022-11-29", body: str = "Some words here.", **extra: str) -> str:
    lines = [f"title: {title}", f"date: {date}", *(f"{k}: {v}" for k, v in extra.items())]
    return "---\n" + "\n".join(lines) + f"\n---\n{body}\n"


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def run(site: Path, **options: Any) -> Report:
    return build(Options(site=site, jobs=1, **options))


def run_beside(site: Path, **options: Any) -> Report:
    """As `run`, by a process that ends with it and may fork for what can be done meanwhile."""
    def hold(run: Run) -> None:
        run.last = True

    try:
        return build(Options(site=site, jobs=2, **options), hold=hold)
    finally:
        gc.enable()


def codes(report: Report) -> set[str]:
    return {p.code for p in report.problems}


def test_the_sample_archive_builds_without_errors(tmp_path: Path) -> None:
    report = build(Options(site=ROOT, output=tmp_path / "out", jobs=1))
    assert not report.failed
    assert report.articles >= 24
    page = (tmp_path / "out/articles/2022/11/al-sudani-in-tehran/index.html").read_text()
    assert '<section id="regional-threats">' in page
    assert '<section id="close-cooperation">' in page
    assert (tmp_path / "out/countries/iran/iraq/index.html").exists()
    persian = (tmp_path / "out/articles/2022/11/al-sudani-in-tehran-fa/index.html").read_text()
    assert 'dir="rtl"' in persian


def test_every_link_of_the_sample_leads_somewhere_under_a_base_path(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert build(Options(site=ROOT, output=out, base_url="https://user.github.io/repo/",
                         jobs=1)).published
    for path in out.rglob("*.html"):
        text = path.read_text()
        ids = set(re.findall(r'\bid="([^"]+)"', text))
        for link in re.findall(r'\b(?:href|src)="([^"]+)"', text):
            if link.startswith(("http", "mailto:", "data:")):
                continue
            target, _, fragment = link.partition("#")
            if not target:
                assert fragment in ids, (path, link)
                continue
            assert target.startswith("/repo/"), (path, link)
            file = out / target.removeprefix("/repo/")
            file = file / "index.html" if target.endswith("/") else file
            assert file.is_file(), (path, link)
            if fragment:
                assert f'id="{fragment}"' in file.read_text(), (path, link)


def test_a_portable_site_has_only_relative_links_to_files(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert build(Options(site=ROOT, output=out, portable=True, jobs=1)).published
    for path in out.rglob("*.html"):
        for link in re.findall(r'\b(?:href|src)="([^"#]+)', path.read_text()):
            if not link.startswith(("http", "mailto:", "data:")):
                assert (path.parent / link).is_file(), (path, link)


def test_no_ids_are_used_twice_and_every_page_parses(tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(Options(site=ROOT, output=out, jobs=1))
    for path in out.rglob("*.html"):
        text = path.read_text()
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), path
        assert 'rel="canonical"' in text, path
        assert "Content-Security-Policy" in text, path
    parser = html5lib.HTMLParser(strict=False)
    parser.parse((out / "index.html").read_text())


def test_columns_of_a_table_keep_their_alignment(make_site: MakeSite) -> None:
    table = "| a | b | c | d |\n| :-- | --: | :-: | --- |\n| 1 | 2 | 3 | 4 |\n\n> | e |\n> | --: |\n> | 5 |"
    site = make_site({"content/articles/a.md": article("A", body=table)})
    run(site)
    page = (site / "public/articles/2022/11/a/index.html").read_text()
    for cell in ('<td class="left">1', '<td class="right">2', '<td class="center">3', "<td>4",
                 '<th class="right">b', '<td class="right">5'):
        assert cell in page


def test_the_feed_is_well_formed_and_has_stable_ids(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("Oil & gas <deal>")})
    run(site)
    first = feedparser.parse((site / "public/feed.xml").read_bytes())
    assert not first.bozo
    assert first.entries[0].title == "Oil & gas <deal>"
    (site / "content/articles/a.md").write_text(article("Oil & gas <deal>", slug="new-slug"))
    run(site)
    second = feedparser.parse((site / "public/feed.xml").read_bytes())
    assert second.entries[0].id == first.entries[0].id
    assert second.entries[0].link != first.entries[0].link


def test_a_build_that_changes_nothing_touches_no_file(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("A"), "static/x.txt": "x"})
    run(site)
    before = {p: p.stat().st_mtime_ns for p in (site / "public").rglob("*")}
    report = run(site)
    assert report.changed == ()
    assert {p: p.stat().st_mtime_ns for p in (site / "public").rglob("*")} == before


def test_errors_of_all_files_in_one_run_and_the_good_site_stays(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("A")})
    run(site)
    before = tree(site / "public")
    (site / "content/articles/b.md").write_text("---\ntitle: [broken\n---\n")
    (site / "content/articles/c.md").write_text(article("C", "2022-02-30"))
    (site / "content/articles/d.md").write_bytes(b"---\ntitle: D\ndate: 2022-01-01\n---\nZ\xfcrich")
    report = run(site)
    assert report.failed
    places = {p.place: p.code for p in report.problems}
    assert places["content/articles/c.md:3:1"] == "FM008"
    assert places["content/articles/d.md:5:2"] == "RD001"
    assert "FM002" in codes(report)
    assert tree(site / "public") == before


def test_keep_going_publishes_the_rest_and_says_what_is_missing(make_site: MakeSite) -> None:
    site = make_site({
        "content/articles/a.md": article("A"),
        "content/articles/b.md": "---\ntitle: [broken\n---\n",
        "content/articles/x/c.md": article("C"),
        "content/articles/y/c.md": article("Another C"),
    })
    assert not run(site).published
    report = run(site, keep_going=True)
    assert report.failed
    assert report.published
    assert codes(report) == {"FM002", "UR001"}
    assert report.left_out == (
        ("content/articles/y/c.md", "its address /articles/2022/11/c/ is taken"),)
    assert (site / "public/articles/2022/11/a/index.html").is_file()
    assert "<h1>C</h1>" in (site / "public/articles/2022/11/c/index.html").read_text()
    assert b"Another C" not in b"".join(tree(site / "public").values())
    assert run(site, keep_going=True).problems == report.problems


def test_a_key_given_twice_matters_only_where_it_is_used(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("A", expires="1", source="X").replace(
        "expires: 1", "expires: 1\nexpires: 2")})
    report = run(site)
    assert not report.failed
    assert "the first is kept" in next(p.message for p in report.problems if p.code == "FM003")


def test_drafts_and_embargoed_articles_are_named_and_leave_no_trace(make_site: MakeSite) -> None:
    site = make_site({
        "content/articles/a.md": article("A"),
        "content/articles/b.md": article("Secretword", draft="Yes", people="[Hidden Person]"),
        "content/articles/c.md": article("Laterword", publish_at="2099-01-01"),
        "content/articles/d.md": article("Futureword", date="2099-05-05"),
    })
    report = run(site)
    assert {path: why.split()[0] for path, why in report.left_out} == {
        "content/articles/b.md": "draft",
        "content/articles/c.md": "embargoed",
        "content/articles/d.md": "dated",
    }
    text = b"".join(tree(site / "public").values())
    for word in (b"Secretword", b"Hidden", b"Laterword", b"Futureword"):
        assert word not in text


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles", "UTC"])
def test_a_civil_date_shows_as_written_under_every_time_zone(
    make_site: MakeSite, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site({"content/articles/a.md": article("A")}, f'timezone = "{zone}"\n')
    run(site)
    page = (site / "public/articles/2022/11/a/index.html").read_text()
    assert "29 November 2022" in page
    assert 'datetime="2022-11-29"' in page


def test_two_articles_on_one_address_are_an_error_that_names_both(make_site: MakeSite) -> None:
    site = make_site({
        "content/articles/a/x.md": article("A"), "content/articles/b/x.md": article("B"),
    })
    report = run(site)
    assert report.failed
    message = next(p.message for p in report.problems if p.code == "UR001")
    assert "content/articles/a/x.md" in message
    assert "content/articles/b/x.md" in message


def test_names_that_share_a_slug_stay_apart(make_site: MakeSite) -> None:
    site = make_site({
        "content/articles/a.md": article(
            "A", people="[José Silva, Jose Silva, 李明, 黎明]", tags="[C, C++, 'C#', ';)']"),
    })
    report = run(site)
    assert not report.failed
    people = [p for p in (site / "public/people").iterdir() if p.is_dir()]
    tags = [p for p in (site / "public/tags").iterdir() if p.is_dir()]
    assert len(people) == 4
    assert len(tags) == 4
    assert (site / "public/people/jose-silva").is_dir()


def test_nfc_and_nfd_are_one_person(make_site: MakeSite) -> None:
    site = make_site({
        "content/articles/a.md": article("A", people='["Jos\u00e9 Silva"]'),
        "content/articles/b.md": article("B", people='["Jose\u0301 Silva"]'),
    })
    assert run(site).people == 1


def test_an_alias_a_surname_and_a_country_code_lead_to_one_record(make_site: MakeSite) -> None:
    site = make_site({
        "content/people/raisi.md": "---\nname: Ebrahim Raisi\nslug: raisi\n"
        "aliases: [Sayyid Raisi]\nroles: ['President of Iran, 2021–2024']\n---\nA jurist.\n",
        "content/articles/a.md": article("A", people="[Raisi]", countries="[IR]"),
        "content/articles/b.md": article("B", people="[Sayyid Raisi]", countries="[ایران]"),
        "content/articles/c.md": article("C", people="[Ebrahim Raisi]", countries="[Iran]"),
    })
    report = run(site)
    assert (report.people, report.countries) == (1, 1)
    page = (site / "public/people/raisi/index.html").read_text()
    assert "President of Iran" in page


def test_norway_stays_norway_and_an_unknown_country_is_an_error(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("A", countries="[NO]")})
    assert not run(site).failed
    assert (site / "public/countries/norway").is_dir()
    (site / "content/articles/a.md").write_text(article("A", countries="[Iraqq]"))
    problem = next(p for p in run(site).problems if p.code == "ID004")
    assert "Iraq" in problem.hint


def test_script_and_foreign_requests_never_reach_the_page(make_site: MakeSite) -> None:
    body = (
        "Text <script>alert(1)</script> kept.\n\n[x](javascript:alert(1)) "
        "[y](java&#x0A;script:alert(1)) ![p](https://evil.example/p.png)\n\n"
        '<img src=x onerror=alert(1)><iframe src="https://evil.example"></iframe>\n\n'
        "para\n{: onclick=alert(1) }\n\n<!-- never closed"
    )
    site = make_site({"content/articles/a.md": article("A </script><b>", body=body)},
                     '[checks]\nbroken_links = "warning"\n')
    assert not run(site).failed
    page = (site / "public/articles/2022/11/a/index.html").read_text()
    main = page[page.index('<div class="body">'):]
    assert "alert(1)</script>" not in page
    assert "javascript:" not in main
    assert "onerror=" not in main.replace("&lt;", "")
    assert "onclick" not in main
    assert "<iframe" not in main
    assert 'src="https://evil' not in page
    assert "colophon" in page  # nothing swallowed the footer
    assert "\\u003c/script\\u003e" in page


def test_template_code_in_a_text_means_itself(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("A", body="Set {{ 7 * 7 }} {% raw %} now.")})
    run(site)
    assert "{{ 7 * 7 }}" in (site / "public/articles/2022/11/a/index.html").read_text()


def test_a_slow_article_is_an_error_and_not_the_end(make_site: MakeSite) -> None:
    site = make_site(
        {"content/articles/a.md": article("A", body="[" * 20_000 + " `x`"),
         "content/articles/b.md": article("B", body="- " * 900 + "x")},
        "[limits]\narticle_seconds = 0.3\n",
    )
    report = run(site)
    assert report.failed
    assert "MD004" in codes(report)


def test_an_output_folder_with_other_files_is_refused(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("A"), "public/mine.txt": "mine"})
    for output in (None, site, site.parent, site / "content", Path.home(), Path("/")):
        with pytest.raises(Refusal) as caught:
            run(site, output=output)
        assert caught.value.exit_code == 2
    assert (site / "public/mine.txt").read_text() == "mine"


def test_only_own_and_unchanged_files_are_removed(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("A"), "content/articles/b.md": article("B"),
                      "content/articles/c.md": article("C")})
    run(site)
    (site / "public/CNAME").write_text("news.example")
    edited = site / "public/articles/2022/11/c/index.html"
    edited.write_text("edited by hand")
    (site / "content/articles/b.md").unlink()
    (site / "content/articles/c.md").unlink()
    report = run(site)
    assert not (site / "public/articles/2022/11/b").exists()
    assert (site / "public/CNAME").exists()
    assert edited.read_text() == "edited by hand"
    assert "OU004" in codes(report)


def test_a_site_overrides_templates_and_static_files_by_name(make_site: MakeSite) -> None:
    site = make_site({
        "content/articles/a.md": article("A"),
        "templates/404.html": "{% extends 'base.html' %}{% block main %}<h1>Ours</h1>{% endblock %}",
        "static/favicon.svg": "<svg/>",
    })
    run(site)
    assert "<h1>Ours</h1>" in (site / "public/404.html").read_text()
    assert (site / "public/favicon.svg").read_text() == "<svg/>"


def test_an_error_in_a_template_names_template_line_and_page(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("A"),
                      "templates/article.html": "<p>\n{{ nosuch.thing }}\n"})
    with pytest.raises(Refusal) as caught:
        run(site)
    problem = caught.value.problems[0]
    assert problem.place == "templates/article.html:2:1"
    assert "/articles/2022/11/a/" in problem.message


def test_two_builds_are_identical_whatever_the_environment(make_site: MakeSite) -> None:
    site = make_site({
        f"content/articles/{n}.md": article(f"Title {n}", f"20{10 + n % 9}-0{1 + n % 9}-11",
                                            people=f"[Person {n % 7}, Person {n % 5}]",
                                            countries="[Iran, Iraq]", tags=f"[t{n % 4}, shared]")
        for n in range(230)
    })
    outputs = []
    for number, (jobs, zone, seed) in enumerate([("1", "UTC", "1"), ("3", "Asia/Tokyo", "77")]):
        out = site.parent / f"out{number}"
        environ = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C"}
        command = [sys.executable, "-m", "site_builder", "build", "--site", str(site),
                   "--output", str(out), "--jobs", jobs, "--clean"]
        subprocess.run(command, env=environ, cwd=ROOT, check=True, capture_output=True)
        outputs.append(tree(out))
    assert outputs[0] == outputs[1]


def article_file(number: int, kind: str) -> str:
    """One of several texts of an article; they name each other and the records."""
    extra: dict[str, str] = {
        "plain": {},
        "linked": {"body": f"See [the other](n{(number + 1) % 4}.md#part) and [it](n0.md).\n\n"
                           "![a](pic.png)\n\n## Part\n\nWords."},
        "part": {"body": "## Part\n\nOther words."},
        "named": {"people": f"[P{number % 2}, Old Name, Somebody]", "countries": "[Iran, Iraq]",
                  "tags": f"[t{number % 2}, shared]", "section": "World", "authors": "[A. Writer]"},
        "issue": {"issue": f"{{number: {number % 2}, page: 1}}", "countries": "[IR, IQ, XK]"},
        "moved": {"slug": f"other-{number}", "aliases": f"[/old/{number}/, /n/{number}.html]"},
        "version": {"translation_of": "n0", "lang": "fa"},
        "draft": {"draft": "yes", "people": "[Hidden]"},
        "spoken": {"body": "Old Name met Mona Writer in Iran.\n\n“We have all seen the water,” "
                           "Old Name said.\n\nHidden Hand said that Iraq and Iran would talk."},
        "spoken 2": {"body": "Old Name met Mona Writer in Iran.\n\n“We have all drunk the water,” "
                             "Old Name said.\n\nHidden Hand said that Iraq and Iran had talked."},
        "called": {"body": "Mona Writer and Old Name, an Iranian, saw IRAN.\n\nWriter wrote of Name."},
    }[kind]  # type: ignore[assignment]
    return article(f"Title {number} {kind}", f"202{number}-01-0{number + 1}", **extra)


KINDS = ["plain", "linked", "part", "named", "issue", "moved", "version", "draft", "spoken",
         "spoken 2", "called"]
RECORDS = {
    "record": ("content/people/p0.md", "---\nname: P0\naliases: [Old Name]\n---\nA life.\n"),
    "renamed": ("content/people/p0.md", "---\nname: New Name\naliases: [P0, Old Name]\n"
                                        "country: Iran\nslug: new\n---\nA life.\n"),
    "hidden": ("content/people/hidden.md", "---\nname: Hidden Hand\nwithhold: true\n---\n"),
    "writer": ("content/people/writer.md", "---\nname: Mona Writer\nroles: [Clerk since 2000]\n"
                                           "---\n"),
    "country": ("content/countries/iran.md", "---\ncode: IR\nname: Persia\n---\nA country.\n"),
    "page": ("content/pages/about.md", "---\ntitle: About\nmenu: yes\n---\n[One](../articles/n0.md)\n"),
    "medium": ("content/articles/pic.png", "not a picture"),
    "medium 2": ("content/articles/pic.png", "another one"),
    "static": ("static/robots.txt", "Disallow:"),
    "partial": ("templates/partials/card.html", "<p>{{ card.title }}</p>"),
    "template": ("templates/list.html", "{% extends 'base.html' %}{% block main %}x{% endblock %}"),
    "config": ("site.toml", 'title = "Other"\nbase_url = "https://x.example"\n[lists]\n'
                            'page_size = 2\n[checks]\nbroken_links = "warning"\n'),
}
EDITS = st.lists(
    st.one_of(
        st.tuples(st.integers(0, 3), st.sampled_from([*KINDS, "rename", "delete"])),
        st.tuples(st.just(-1), st.sampled_from(sorted(RECORDS))),
        st.tuples(st.just(-2), st.sampled_from(sorted(RECORDS))),  # taken away again
        st.tuples(st.just(-3), st.sampled_from(["damage", "cache", "touch", "lose"])),
    ),
    min_size=1, max_size=7,
)


def edit(site: Path, number: int, action: str) -> None:
    """One step of an editor, a theme's author, or bad luck."""
    file = site / f"content/articles/n{number}.md"
    if number >= 0 and action == "delete":
        file.unlink(missing_ok=True)
    elif number >= 0 and action == "rename":
        if file.exists():
            file.replace(file.with_name(f"r{number}.md"))
    elif number >= 0:
        file.write_text(article_file(number, action))
    elif number == -1:
        path = site / RECORDS[action][0]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(RECORDS[action][1])
    elif number == -2:
        if action != "config":
            (site / RECORDS[action][0]).unlink(missing_ok=True)
    elif action == "cache":
        for path in (site / ".site-builder").iterdir():
            if path.is_file():
                path.write_bytes(path.read_bytes()[:-9] + b"123456789")
    elif action == "touch":
        for path in (site / "content").rglob("*.md"):
            path.touch()
    elif action == "lose":
        shutil.rmtree(site / "public/archive")
    else:
        (site / "public/index.html").write_text("damaged")


@pytest.fixture(scope="module", params=["decoded", "encoded", "beside"])
def as_in(request: pytest.FixtureRequest) -> Iterator[str]:
    """A small archive is built as it is, or as a large one: its articles stay encoded.

    Or as by the command, a large one: what can be is done in forks, and only changes are written.
    """
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "beside":
            patch.setattr("tests.pipeline.test_build.run", run_beside)
            patch.setattr("site_builder.build.ahead.MANY_FILES", 0)
            patch.setattr("site_builder.cache.since.SHARE", 0)
        if request.param == "encoded":
            patch.setattr("site_builder.build.outline.APART", 0)
            patch.setattr("site_builder.indexing.shelf.MOST", 1)
        yield request.param


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=EDITS)
def test_an_incremental_build_equals_a_clean_one(
    edits: list[tuple[int, str]], as_in: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = tmp_path_factory.mktemp("site")
    (site / "content/articles").mkdir(parents=True)
    (site / "site.toml").write_text(
        'title = "T"\nbase_url = "https://x.example"\n[checks]\nbroken_links = "warning"\n'
        "[data]\nenabled = true\nsqlite = true\n")
    (site / "content/articles/n0.md").write_text(article_file(0, "named"))
    run(site)
    for number, action in edits:
        edit(site, number, action)
        step = run(site)
        again = run(site)
        assert again.changed == again.removed == ()
        assert again.problems == step.problems
    shutil.copytree(site, site.parent / "clean", ignore=shutil.ignore_patterns("public", ".*"))
    clean = run(site.parent / "clean")
    try:
        assert past(step.problems) == past(clean.problems)
        assert (step.pages, step.articles, step.people) == (clean.pages, clean.articles, clean.people)
        assert tree(site / "public") == tree(site.parent / "clean/public")
    finally:
        shutil.rmtree(site.parent / "clean")


def past(problems: tuple[Problem, ...]) -> list[Problem]:
    """Without what only a site with a past can know: addresses that it gave out before."""
    return [p for p in problems if p.code not in ("UR003", "UR004")]


@pytest.mark.parametrize(
    "name", ["library.msgpack", "library.rows", "details.pack", "details.index", "findings.pack", "findings.index", "traces.msgpack", "output", "nearest.msgpack"])
@pytest.mark.parametrize("damage", [b"", b"not a database", None])
def test_a_damaged_cache_changes_nothing(
    make_site: MakeSite, damage: bytes | None, name: str
) -> None:
    site = make_site({"content/articles/a.md": article("A", body="Words. " * 2000)})
    run(site)
    before = tree(site / "public")
    cache = next((site / ".site-builder").glob(f"{name}*"))
    if damage is None:
        data = bytearray(cache.read_bytes())
        for index in range(len(data) // 2, len(data), 7):
            data[index] ^= 0xFF
        cache.write_bytes(bytes(data))
    else:
        cache.write_bytes(damage)
    (site / "public/articles/2022/11/a/index.html").unlink()  # so that it must be made again
    run(site)
    assert tree(site / "public") == before


@pytest.mark.parametrize("call", ["os.replace", "os.unlink", "os.mkdir", "os.open", "os.fsync",
                                  "os.rmdir"])
@pytest.mark.parametrize("count", [1, 2, 5, 9])
def test_a_build_that_is_killed_leaves_the_old_site_or_the_new_one(
    make_site: MakeSite, call: str, count: int
) -> None:
    """Killed at the n-th call that changes something; the next command settles it."""
    site = make_site({f"content/articles/{n}.md": article(f"A{n}", tags=f"[t{n}]")
                      for n in range(4)})
    run(site)
    old = tree(site / "public")
    (site / "content/articles/0.md").unlink()
    (site / "content/articles/1.md").write_text(article("New", body="Other words."))
    (site / "content/articles/b.md").write_text(article("B"))
    code = (
        "import os\n"
        "from pathlib import Path\n"
        "from site_builder.build import build, Options\n"
        f"real, left = {call}, [{count}]\n"
        "def killed(*args, **options):\n"
        "    left[0] -= 1\n"
        "    if not left[0]:\n"
        "        os._exit(9)\n"
        "    return real(*args, **options)\n"
        f"{call} = killed\n"
        f"build(Options(site=Path({str(site)!r}), jobs=1))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 9, "the build calls this less often"
    decided = (site / ".public.site-builder-journal").exists()
    if not decided and not (site / "public").is_symlink():
        now = tree(site / "public")
        whole = run(site, publish=False)
        assert whole.articles == 4
        assert now == old or "articles/2022/11/b/index.html" in now
    run(site)
    run(site, output=site / "clean", clean=True)
    assert tree(site / "public") == tree(site / "clean")
    assert not list(site.glob(".public.site-builder-[sj]*"))


def test_two_builds_at_once_are_refused_with_exit_code_3(make_site: MakeSite) -> None:
    import filelock

    site = make_site({"content/articles/a.md": article("A")})
    with filelock.FileLock(site / ".public.site-builder.lock"), pytest.raises(Refusal) as caught:
        run(site)
    assert caught.value.exit_code == 3


@pytest.mark.corpora
@pytest.mark.parametrize(("name", "toml", "least"), [
    ("18f", '[content]\narticles = "content/posts"\n[fields]\nsummary = "excerpt"\n'
            '"image.alt" = "image_alt"\n', 509),
    ("digitalgov", '[content]\narticles = "content/news"\npeople = "content/authors"\n'
                   '[fields]\nsummary = ["deck", "summary"]\ntags = "topics"\n'
                   '[people_fields]\nname = "display_name"\n', 2000),
])
def test_a_real_archive_is_read_and_what_fails_is_said(
    tmp_path: Path, name: str, toml: str, least: int
) -> None:
    corpus = ROOT.parent / "shared/corpora" / name
    if not corpus.is_dir():
        pytest.skip(f"../shared is not here: the archive {name}")
    site = tmp_path / name
    site.mkdir()
    shutil.copytree(corpus / "content", site / "content")
    (site / "site.toml").write_text(
        f'title = "{name}"\nbase_url = "https://x.example/{name}"\n' + toml
        + '[markdown]\nshortcodes = "drop"\n[checks]\nbroken_links = "warning"\n')
    report = build(Options(site=site, keep_going=True))
    assert report.published
    assert report.articles >= least
    for problem in report.problems:
        assert problem.file
        assert problem.line


def test_a_page_about_a_folder_is_no_article(make_site: MakeSite) -> None:
    site = make_site({
        "content/articles/_index.md": "---\ntitle: All news\n---\n",
        "content/articles/2022/a/index.md": article("A", authors="[jsnee]"),
        "content/people/_index.md": "---\ntitle: All people\n---\n",
        "content/people/jsnee/_index.md": "---\nname: Jacqueline Snee\n---\n",
    })
    report = run(site)
    assert not report.failed
    assert [p.file for p in report.problems if p.code == "RD007"] == [
        "content/articles/_index.md", "content/people/_index.md"]
    page = (site / "public/articles/2022/11/a/index.html").read_text()
    assert "Jacqueline Snee</a>" in page


SENTENCES = [
    "Old Name met Mona Writer in Iran.", "“We have all seen the water,” Old Name said.",
    "“We have all drunk the water,” Old Name said.", "Mona Writer was silent.", "It rained in Oslo.",
    "It had rained for " + "many and many and " * 12 + "more days before Mona Writer came.",
    "“It is late,” she said.", "Hidden Hand said that Iraq and Iran would talk.", "A. Stranger said no.",
    "See [the part](n1.md#part).", "\n\n## Part\n\n", "\n\n",
]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    edits=st.lists(st.tuples(st.integers(0, 2), st.lists(
        st.sampled_from(SENTENCES), max_size=6)), min_size=1, max_size=6),
    data=st.booleans(), hidden=st.booleans(), finding=st.sampled_from(["true", "true", "false"]),
)
def test_an_edited_text_changes_what_a_clean_build_would_change(
    edits: list[tuple[int, list[str]]], data: bool, hidden: bool, finding: str, as_in: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    site = tmp_path_factory.mktemp("site")
    (site / "content/articles").mkdir(parents=True)
    (site / "site.toml").write_text(
        'title = "T"\nbase_url = "https://x.example"\n[checks]\nbroken_links = "warning"\n'
        f"[data]\nenabled = {str(data).lower()}\n[lists]\npair_threshold = 1\n"
        f"people_pair_threshold = 1\n[finding]\nenabled = {finding}\n")
    for key in ("record", "writer", *(["hidden"] if hidden else [])):
        edit(site, -1, key)
    for number in range(3):
        edit(site, number, "spoken")
    run(site)
    for number, sentences in edits:
        title, date = f"Title {number} spoken", f"202{number}-01-0{number + 1}"
        (site / f"content/articles/n{number}.md").write_text(
            article(title, date, body=" ".join(sentences), summary="Short."))
        step = run(site)
    clean = site.parent / "clean"
    shutil.copytree(site, clean, ignore=shutil.ignore_patterns("public", ".*"))
    try:
        assert run(clean).problems == step.problems
        assert tree(site / "public") == tree(clean / "public")
    finally:
        shutil.rmtree(clean)


def whole(report: Report) -> bool:
    """Whether a build made the archive's index, and did not take the last one's."""
    return "keeping the index" in dict(report.timings)


def built_clean(site: Path) -> tuple[Report, dict[str, bytes]]:
    """What a build of the same sources gives that knows nothing of earlier ones."""
    clean = site.parent / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    shutil.copytree(site, clean, ignore=shutil.ignore_patterns("public", ".*"))
    return run(clean), tree(clean / "public")


@pytest.fixture
def town(make_site: MakeSite) -> Path:
    """An archive whose articles are tied to each other in every way that there is."""
    spoken = "Mona Writer came to Iran.\n\n“We have all seen the water,” Mona Writer said."
    tied = {"tags": "[sea, ships]", "countries": "[Iran, Iraq]", "people": "[Mona Writer, Sombody]",
            "section": "World", "authors": "[A. Writer]", "summary": "Short."}
    return make_site({
        "content/people/mona.md": "---\nname: Mona Writer\n---\nA life.\n",
        "content/people/kept.md": "---\nname: Hidden Hand\nwithhold: true\n---\n",
        "content/people/somebody.md": "---\nname: Somebody\n---\n",
        "content/articles/pic.png": "not a picture",
        "content/articles/a.md": article("The ships of the sea", "2019-05-01", spoken, **tied),
        "content/articles/b.md": article(
            "Ships at sea again", "2020-05-01", f"{spoken}\n\nSee [it](nowhere.md) and "
            "[that](g.md#part).\n\n![A ship](pic.png)", issue="{number: 3, page: 1}", **tied),
        "content/articles/c.md": article(
            "The sea and Hidden Hand", "2021-05-01", f"{spoken}\n\n## Part\n\nHidden Hand went.",
            corrections="[{date: 2021-06-01, text: It was a boat.}]", **tied),
        "content/articles/d.md": article("Das Meer", "2021-05-01", spoken, lang="de",
                                         translation_of="a", aliases="[/old/]", summary="Kurz."),
        "content/articles/e.md": article("Draft of the sea", "2022-05-01", "Secret.", draft="yes"),
        "content/articles/g.md": article("A town", "2018-05-01", "## Part\n\nIt stood.", **tied),
        "content/articles/f.md": article("Removed", "2022-05-01",
                                         removed="{date: 2023-01-01, reason: Asked.}"),
    }, '[lists]\npair_threshold = 1\npeople_pair_threshold = 1\n[checks]\n'
       'broken_links = "warning"\n')


def test_a_page_that_somebody_damaged_is_made_again_where_that_is_looked_for_beside(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("site_builder.build.ahead.MANY_FILES", 0)
    run_beside(town)
    before = tree(town / "public")
    assert run_beside(town).changed == ()
    lost = {"index.html", "articles/2019/05/a/index.html", "archive/index.html"}
    for name in lost:
        (town / "public" / name).write_text("damaged")
    (town / "public/archive/index.html").unlink()
    assert set(run_beside(town).changed) == lost
    assert tree(town / "public") == before


def test_what_was_found_beside_is_taken_up_before_workers_find_the_rest(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("site_builder.build.workers.WORTH_WORKERS", 0)
    run_beside(town)
    (town / ".site-builder/traces.msgpack").unlink()  # all texts are to be read again
    file = town / "content/articles/a.md"
    file.write_text(f"{file.read_text()}\nAnd it was late.\n")
    assert not run_beside(town).failed
    assert tree(town / "public") == built_clean(town)[1]


KEPT = ("library.rows", "traces.msgpack", "output-*.msgpack")


def kept_files(site: Path, ending: str = "") -> dict[str, bytes]:
    return {name: path.read_bytes() for name in KEPT
            for path in (site / ".site-builder").glob(f"{name}{ending}")}


def remembered(site: Path) -> tuple[list[str], dict[str, str], dict[str, int]]:
    """The ids of the groups that are remembered, the keys of their pages, the sizes of all files."""
    found = Memory(memory_path(site, site / "public")).load()
    assert found is not None
    rows = found.rows()
    return ([row.id for row in rows], {page.path: page.key for row in rows for page in row.pages},
            {path: size for path, (size, _) in found.files.items()})


def edit_texts(site: Path, names: str) -> None:
    for name in names:
        file = site / f"content/articles/{name}.md"
        file.write_text(f"{file.read_text()}\n“It is late,” Mona Writer said.\n")


def test_after_an_edit_only_what_is_different_is_remembered(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("site_builder.cache.since.SHARE", 0)
    run(town)
    before = kept_files(town)
    for names in ("a", "d", "a"):
        edit_texts(town, names)
        assert not whole(run(town))
        assert kept_files(town) == before
        assert set(kept_files(town, ".since")) == set(KEPT)
        assert run(town).changed == ()
        clean = town.parent / "clean"
        shutil.copytree(town, clean, ignore=shutil.ignore_patterns("public", ".*"))
        run(clean)
        assert tree(town / "public") == tree(clean / "public")
        assert remembered(town) == remembered(clean)
        library = load(library_path(town), Library)
        assert library is not None
        assert kept_rows(town, library) is not None
        library.digest = "another"
        assert kept_rows(town, library) is None
        shutil.rmtree(clean)
    (town / "content/articles/new.md").write_text(article("New", "2022-05-01", "Words."))
    assert whole(run(town))
    assert kept_files(town, ".since") == {}
    assert all(kept_files(town)[name] != before[name] for name in KEPT)
    assert tree(town / "public") == built_clean(town)[1]


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("damage", ["lost", "cut", "spoilt", "whole lost"])
def test_a_damaged_note_of_what_is_different_changes_nothing(
    town: Path, monkeypatch: pytest.MonkeyPatch, name: str, damage: str
) -> None:
    monkeypatch.setattr("site_builder.cache.since.SHARE", 0)
    run(town)
    edit_texts(town, "ad")
    run(town)
    note = next((town / ".site-builder").glob(f"{name}.since"))
    if damage == "lost":
        note.unlink()
    elif damage == "whole lost":
        note.with_suffix("").unlink()
    else:
        data = note.read_bytes()
        note.write_bytes(data[:-9] + (b"" if damage == "cut" else b"123456789"))
    edit_texts(town, "a")
    for _ in range(2):
        assert not run(town).failed
        assert tree(town / "public") == built_clean(town)[1]


@pytest.mark.parametrize("names", ["a", "ad"])
def test_after_an_edit_only_a_process_beside_loads_the_rules_of_finding(
    town: Path, names: str
) -> None:
    run(town)
    edit_texts(town, names)
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from site_builder.build import Options, build\n"
        "def hold(run):\n    run.last = True\n"
        f"report = build(Options(site=Path({str(town)!r}), jobs=2), hold=hold)\n"
        "assert report.changed and not report.failed, report\n"
        "assert 'site_builder.pages.plan' in sys.modules\n"
        "assert 'site_builder.finding.statements' not in sys.modules\n")
    subprocess.run([sys.executable, "-c", code], check=True)
    assert tree(town / "public") == built_clean(town)[1]


@pytest.mark.parametrize("name", ["a", "b", "d"])
def test_after_the_edit_of_a_text_the_index_of_the_last_build_does(
    town: Path, as_in: str, name: str
) -> None:
    first = run(town)
    assert whole(first)
    file = town / f"content/articles/{name}.md"
    for sentence in ("And it was late.", "“It is late,” Mona Writer said.", "Once more."):
        file.write_text(f"{file.read_text()}\n{sentence}\n")
        report = run(town)
        assert report.changed
        assert not whole(report)
        clean, files = built_clean(town)
        assert tree(town / "public") == files
        assert report.problems == clean.problems
        assert (report.pages, report.articles, report.left_out) == (
            clean.pages, clean.articles, clean.left_out)


@pytest.mark.parametrize(("name", "old", "new"), [
    ("a", "The ships", "All ships"), ("a", "Iran.", "Iran and Norway."), ("a", "[sea,", "[lake,"),
    ("c", "went.", "left."), ("g", "## Part\n\n", ""), ("e", "Secret.", "Open."), ("f", "removed: {date: 2023", "removed: {date: 2022"),
])
def test_what_else_is_edited_needs_a_whole_build(
    town: Path, name: str, old: str, new: str
) -> None:
    run(town)
    file = town / f"content/articles/{name}.md"
    file.write_text(file.read_text().replace(old, new))
    assert whole(run(town))
    assert tree(town / "public") == built_clean(town)[1]


def test_an_error_beside_an_edited_text_stops_the_build(town: Path) -> None:
    run(town)
    before = tree(town / "public")
    file, link = town / "content/articles/a.md", town / "content/articles/out.md"
    file.write_text(f"{file.read_text()}\nAnd it was late.\n")
    (town.parent / "elsewhere.md").write_text(article("Elsewhere"))
    link.symlink_to(town.parent / "elsewhere.md")
    report = run(town)
    assert report.failed
    assert [p.file for p in report.problems if p.severity == "error"] == ["content/articles/out.md"]
    assert tree(town / "public") == before
    link.unlink()
    assert "articles/2019/05/a/index.html" in run(town).changed


@pytest.mark.parametrize("damage", ["cut", "turned", "older", "gone"])
def test_the_kept_index_counts_only_where_it_is_the_last_build_s(town: Path, damage: str) -> None:
    run(town)
    kept = next((town / ".site-builder").glob("*.kept"))
    older = kept.read_bytes()
    file = town / "content/articles/a.md"
    file.write_text(file.read_text().replace("The ships", "All ships"))
    run(town)
    data = kept.read_bytes()
    if damage == "gone":
        kept.unlink()
    else:
        kept.write_bytes({"cut": data[:-9], "turned": data[:-9] + data[-1:-10:-1],
                          "older": older}[damage])
    file.write_text(f"{file.read_text()}\nAnd it was late.\n")
    assert whole(run(town))
    assert tree(town / "public") == built_clean(town)[1]


def test_a_statement_more_makes_a_page_more_and_the_sitemap_has_it(make_site: MakeSite) -> None:
    def spoken(count: int) -> str:
        said = "\n\n".join(f"“We have seen the water {n} times,” Mona Writer said." for n in range(count))
        return article("T", summary="Short.", body=said)

    site = make_site({
        "content/articles/a.md": spoken(2), "content/people/mona.md": "---\nname: Mona Writer\n---\n",
    }, "[lists]\npage_size = 2\n")
    for count in (3, 9, 2):
        run(site)
        (site / "content/articles/a.md").write_text(spoken(count))
        run(site)
        run(site, output=site.parent / "clean", clean=True)
        assert tree(site / "public") == tree(site.parent / "clean")


def test_an_edited_text_costs_its_own_page_alone(make_site: MakeSite) -> None:
    site = make_site({
        f"content/articles/{n}.md": article(
            f"T{n}", summary="Short.", body="Mona Writer spoke of the sea." + " Slowly." * 20)
        for n in range(3)
    } | {"content/people/mona.md": "---\nname: Mona Writer\n---\n"})
    run(site)
    file = site / "content/articles/1.md"
    file.write_text(file.read_text() + "\nAnd it was late.\n")
    report = run(site)
    pages = [path for path in report.changed if path.endswith(".html")]
    assert pages == ["articles/2022/11/1/index.html"]
