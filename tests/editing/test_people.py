"""`people merge` and `people split`: everything changes together, and not a byte more."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.build.opening import open_sources
from site_builder.cli import cli
from site_builder.config import load
from site_builder.problems import Refusal
from tests.conftest import ROOT
from tests.pipeline.test_build import article, run, tree

MakeSite = Callable[..., Path]


def people(site: Path, *words: str, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "site_builder", "people", *words, "--site", str(site)],
        cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


ARCHIVE: dict[str, str | bytes] = {
    "content/people/nader-kazemi.md":
        "---\r\nname: 'Nader Kazemi' # he\r\naliases: ['N. Kazemi']\r\nroles: []\r\n---\r\n",
    "content/people/nadir-kazimi.md":
        "---\nname: Nadir Kazimi\naliases:\n  - نادر کاظمی\ncountry: IR\nroles:\n"
        "  - title: Minister of Roads # since the vote\n    from: 2011\n---\n\nHe built roads.\n",
    "content/articles/a.md": article("A", people="[Nadir Kazimi, 'Someone Else']  # both"),
    "content/articles/b.md": article("B", people="[nadir-kazimi, Nader Kazemi]"),
    "content/articles/c.md": b"\xef\xbb\xbf---\r\ntitle: C\r\ndate: 2022-11-29\r\npeople:\r\n"
                             b"- Kazimi\r\n---\r\nRoads.\r\n",
    "content/articles/d.md": article("D", body="Nadir Kazimi spoke of roads."),
    "content/articles/e.md": article("E", people="[Someone Else]"),
}


def test_a_merge_is_shown_first_and_then_made(make_site: MakeSite) -> None:
    site = make_site(ARCHIVE)
    run(site)
    before = tree(site / "content")
    said = people(site, "merge", "nader-kazemi", "Nadir Kazimi", "--reason", "One passport")
    assert "-people: [Nadir Kazimi, 'Someone Else']  # both" in said
    assert "+people: [Nader Kazemi, 'Someone Else']  # both" in said
    assert "6 files would change" in said
    assert tree(site / "content") == before
    people(site, "merge", "nader-kazemi", "Nadir Kazimi", "--reason", "One passport", "--write")
    after = tree(site / "content")
    assert "people/nadir-kazimi.md" not in after
    record = after["people/nader-kazemi.md"].decode()
    assert record.startswith(
        "---\r\nname: 'Nader Kazemi' # he\r\n"
        "aliases: ['N. Kazemi', 'Nadir Kazimi', 'نادر کاظمی']\r\n")
    assert "title: Minister of Roads # since the vote\r\n" in record
    assert 'redirect_from: ["/people/nadir-kazimi/"]' in record
    assert record.endswith("He built roads.\n")
    assert after["articles/b.md"] == before["articles/b.md"].replace(b"nadir-kazimi, ", b"")
    assert after["articles/c.md"] == before["articles/c.md"].replace(b"Kazimi", b"Nader Kazemi")
    assert after["articles/d.md"] == before["articles/d.md"]
    assert after["articles/e.md"] == before["articles/e.md"]
    assert b'reason = "One passport"' in after["people/ledger.toml"]
    report = run(site)
    assert not report.failed, report.problems
    public = site / "public"
    assert "url=/record/people/nader-kazemi/" in (
        public / "people/nadir-kazimi/index.html").read_text()
    page = (public / "people/nader-kazemi/index.html").read_text()
    for title in "ABCD":
        assert f">{title}</a>" in page
    assert "One passport" in (public / "people/changes/index.html").read_text()


def test_a_name_without_a_record_is_merged_too(make_site: MakeSite) -> None:
    site = make_site({**ARCHIVE, "content/articles/f.md": article("F", people="[Nader Kazimy]")})
    run(site)
    people(site, "merge", "nader-kazemi", "Nader Kazimy", "--write")
    assert "people: [Nader Kazemi]" in (site / "content/articles/f.md").read_text()
    run(site)
    assert (site / "public/people/nader-kazimy/index.html").exists()


@pytest.mark.parametrize("speaker", ["lee-ming", "Lee Ming", "id:lee-ming", "'L. Ming'"])
def test_a_merge_rewrites_who_is_said_to_speak(make_site: MakeSite, speaker: str) -> None:
    site = make_site({
        "content/people/li-ming.md": "---\nname: Li Ming\n---\n",
        "content/people/lee-ming.md": "---\nname: Lee Ming\naliases: [L. Ming]\n---\n",
        "content/articles/a.md": (
            "---\ntitle: A\ndate: 2022-11-29\nstatements: [{quote: The rain,  speaker: none}, "
            f"{{quote: 'The town', speaker:  {speaker} }}] # said\n---\n"
            "“The town is small,” said the visitor.\n"),
    })
    run(site)
    before = (site / "content/articles/a.md").read_text()
    said = people(site, "merge", "li-ming", "lee-ming", "--write")
    assert "1 article to rewrite" in said
    new = {"lee-ming": "li-ming", "id:lee-ming": '"id:li-ming"', "Lee Ming": "Li Ming"}.get(
        speaker, "'Li Ming'")
    assert (site / "content/articles/a.md").read_text() == before.replace(
        f"speaker:  {speaker}", f"speaker:  {new}")
    assert not run(site).failed
    assert ">A</a>" in (site / "public/people/li-ming/index.html").read_text()


LI_AND_LEE: dict[str, str | bytes] = {
    "content/people/li-ming.md": "---\nname: Li Ming\n---\n",
    "content/people/lee-ming.md": "---\nname: Lee Ming\n---\n",
}


def test_links_to_an_old_address_lead_to_the_new_one(make_site: MakeSite) -> None:
    site = make_site(LI_AND_LEE | {
        "content/articles/a.md": "---\ntitle: A\ndate: 2022-11-29\npeople: [lee-ming, li-ming]\n"
                                 "aliases: [/old/a/]\n---\nWords.\n",
        "content/articles/b.md": "---\ntitle: B\ndate: 2022-11-29\n---\n"
                                 "See [him](/people/lee-ming/), [again](/people/lee-ming) and [A](/old/a/).\n",
    })
    assert not run(site).failed
    people(site, "merge", "li-ming", "lee-ming", "--write")
    report = run(site)
    assert not report.failed, report.problems
    text = (site / "public/articles/2022/11/b/index.html").read_text()
    assert text.count('href="/record/people/li-ming/">') >= 2
    assert 'href="/record/articles/2022/11/a/">A</a>' in text


def below(out: Path, *names: str) -> set[str]:
    """The addresses below a person's page, files and folders of pages."""
    return {path.removesuffix("index.html") for path in tree(out) if path.startswith(
        tuple(f"people/{name}/" for name in names)) or any(f"/{name}/" in path for name in names)}


def test_all_that_hung_below_an_address_leads_on_after_a_merge(
    make_site: MakeSite, tmp_path: Path
) -> None:
    """A feed stays a feed; pages of a list, of statements and of two lead to those of today."""
    settings = "lists.page_size = 2\nlists.people_pair_threshold = 2\nfeeds.archives = 'all'\nfeeds.list_size = 2\n"
    said = "Lee Ming met Ada Bell and Zoe Zand. “We met and we talked a lot about the dam,” Lee Ming said on day {}."
    site = make_site(LI_AND_LEE | {
        "content/people/ada-bell.md": "---\nname: Ada Bell\n---\n",
        "content/people/zoe-zand.md": "---\nname: Zoe Zand\n---\n",
        **{f"content/articles/{n}.md": article(
            f"N{n}", f"2020-01-{n + 1:02}", people="[lee-ming, ada-bell, zoe-zand]", body=said.format(n))
           for n in range(13)},
        **{f"content/articles/x{n}.md": article(f"X{n}", people=f"[Somebody X{n}]") for n in range(3)},
        "content/articles/old.md": article("Old", "2019-01-01", people="[li-ming, lee-ming, ada-bell]",
                                           body="Li Ming met Lee Ming and Ada Bell."),
        "content/articles/older.md": article("Older", "2018-01-01", people="[li-ming, lee-ming, ada-bell]",
                                             body="Li Ming met Lee Ming and Ada Bell."),
    }, settings)
    assert not run(site).failed
    out = site / "public"
    before = below(out, "lee-ming")
    for name in ("feed.xml", "feed.json", "page/1/", "statements/", "statements/page/1/", "zoe-zand/",
                 "zoe-zand/feed.xml", "zoe-zand/page/2/", "li-ming/"):
        assert f"people/lee-ming/{name}" in before
    assert {"people/ada-bell/lee-ming/", "people/ada-bell/lee-ming/feed.json",
            "people/li-ming/lee-ming/"} <= before
    people(site, "merge", "li-ming", "lee-ming", "--write")
    report = run(site)
    assert {p.code for p in report.problems} == {"ID001"}
    lost = {path for path in before - below(out, "lee-ming") if "/li-ming/" not in path}
    assert lost == set()
    for old, new in (("lee-ming/", "li-ming/"), ("lee-ming/page/1/", "li-ming/page/1/"),
                     ("lee-ming/statements/", "li-ming/statements/"), ("lee-ming/li-ming/", "li-ming/"),
                     ("li-ming/lee-ming/", "li-ming/"), ("lee-ming/zoe-zand/", "li-ming/zoe-zand/"),
                     ("zoe-zand/lee-ming/", "li-ming/zoe-zand/"), ("ada-bell/lee-ming/", "ada-bell/li-ming/"),
                     ("lee-ming/zoe-zand/page/2/", "li-ming/zoe-zand/page/2/")):
        assert f'url=/record/people/{new}"' in (out / "people" / old / "index.html").read_text(), old
        assert (out / "people" / new / "index.html").exists(), new
    for name in ("feed.xml", "feed.json", "zoe-zand/feed.xml"):
        assert (out / "people/lee-ming" / name).read_bytes() == (out / "people/li-ming" / name).read_bytes()
    assert "/record/people/lee-ming/feed.xml /record/people/li-ming/feed.xml 301" in (
        out / "_redirects").read_text().splitlines()
    # another old address reaches the pages of two as well, as in a build from nothing
    record = site / "content/people/ada-bell.md"
    record.write_text("---\nname: Ada Bell\nredirect_from: [a-bell]\n---\n")
    run(site)
    made = tree(out)
    assert "people/a-bell/lee-ming/feed.xml" in made
    # and so does the edit of one text, after which older pages of lists stay
    (site / "content/articles/3.md").write_text(article(
        "N3", "2020-01-04", people="[lee-ming, ada-bell, zoe-zand]", body=said.format("four")))
    for number in range(2):
        (site / "content/articles/3.md").write_text(
            (site / "content/articles/3.md").read_text().replace("lee-ming", "Li Ming") + f"\n\nLater Ada Bell and Li Ming met at {number}.\n")
        run(site)
    made = tree(out)
    shutil.copytree(site, tmp_path / "fresh", ignore=shutil.ignore_patterns("public", ".site-builder"))
    run(tmp_path / "fresh")
    assert tree(tmp_path / "fresh/public") == made


def test_several_are_merged_one_by_one(make_site: MakeSite) -> None:
    said = people(make_site(LI_AND_LEE), "merge", "li-ming", "lee-ming", "Lee M.", code=2)
    assert "site-builder people merge li-ming lee-ming" in said


def test_who_is_named_by_id_is_named_by_id_after_a_merge(make_site: MakeSite) -> None:
    site = make_site(LI_AND_LEE | {
        "content/articles/a.md": "---\ntitle: A\ndate: 2022-11-29\n"
                                 "people: [ lee-ming ]  # who\n---\nWords.\n",
        "content/articles/b.md": "---\ntitle: B\ndate: 2022-11-29\npeople:\n- 'id:lee-ming'\n---\nWords.\n",
    })
    people(site, "merge", "li-ming", "lee-ming", "--write")
    assert "people: [ li-ming ]  # who\n" in (site / "content/articles/a.md").read_text()
    assert "people:\n- 'id:li-ming'\n" in (site / "content/articles/b.md").read_text()
    assert not run(site).failed


def test_a_merge_that_would_lose_something_is_refused(make_site: MakeSite) -> None:
    site = make_site({**ARCHIVE, "content/people/nader-kazemi.md":
                      "---\nname: Nader Kazemi\ncountry: IQ\n---\n"})
    before = tree(site / "content")
    said = people(site, "merge", "nader-kazemi", "nadir-kazimi", "--write", code=1)
    assert "ED003" in said
    assert "`country`" in said
    assert tree(site / "content") == before
    people(site, "merge", "nader-kazemi", "nadir-kazimi", "--write", "--drop")
    assert "country: IQ" in (site / "content/people/nader-kazemi.md").read_text()


def test_one_file_that_cannot_be_edited_stops_all(make_site: MakeSite) -> None:
    site = make_site({**ARCHIVE, "content/articles/f.md":
                      "---\ntitle: F\ndate: 2022-11-29\npeople: |\n  Nadir Kazimi\n---\nText.\n"})
    before = tree(site / "content")
    said = people(site, "merge", "nader-kazemi", "nadir-kazimi", "--write", code=1)
    assert "content/articles/f.md:4:9: error ED001" in said
    assert tree(site / "content") == before


@pytest.mark.parametrize(("words", "told"), [
    (("merge", "nader-kazemi", "Nobody Known"), "ID011"),
    (("merge", "Someone Else", "nader-kazemi"), "ID001"),
    (("merge", "nader-kazemi", "N. Kazemi"), "ED003"),
    (("split", "nader-kazemi", "--into", "nadir-kazimi", "--before", "2030-01-01"), "OU002"),
    (("split", "nader-kazemi", "--into", "Nadir K", "--before", "2030-01-01"), "FM011"),
    (("split", "nader-kazemi", "--into", "other"), "no article is said to go"),
    (("split", "nader-kazemi", "--into", "other", "--before", "2022-11-29"), "ED003: none of the"),
    (("split", "nader-kazemi", "--into", "other", "--after", "2022-11-29"), "ED003: none of the"),
    (("split", "nader-kazemi", "--into", "other", "--articles", "2021/*"), "ED003: none of the"),
])
def test_wrong_use_is_refused(make_site: MakeSite, words: tuple[str, ...], told: str) -> None:
    site = make_site(ARCHIVE)
    before = tree(site / "content")
    refused = CliRunner().invoke(cli, ["people", *words, "--write", "--site", str(site)]).exception
    assert isinstance(refused, Refusal)
    assert refused.exit_code == 2
    (problem,) = refused.problems
    assert told in f"{problem.code}: {problem.message}"
    assert tree(site / "content") == before


def test_a_split_moves_articles_and_leaves_two_pages_that_name_each_other(make_site: MakeSite) -> None:
    site = make_site({
        "content/people/li-ming.md": "---\nname: Li Ming\nqualifier: goalkeeper # since 2019\n---\n",
        "content/articles/old.md": article("Old", "1999-01-02", people="[Li Ming] # who"),
        "content/articles/text.md": article("Text", "1999-03-02", body="Li Ming opened a dam."),
        "content/articles/new.md": article("New", "2022-01-02", people="\n  - Li Ming"),
        "content/articles/only.md": article("Only", "2022-02-02", body="Li Ming saved a ball."),
    })
    run(site)
    assert "content/articles/only.md" in people(
        site, "split", "li-ming", "--into", "li-ming-minister", "--qualifier", "minister",
        "--before", "2010-01-01", "--reason", "Two lives", "--write")
    folder = site / "content/articles"
    assert "people: [li-ming-minister] # who" in (folder / "old.md").read_text()
    assert "people: [li-ming-minister]" in (folder / "text.md").read_text()
    assert "  - li-ming\n" in (folder / "new.md").read_text()
    assert "people" not in (folder / "only.md").read_text()
    report = run(site)
    assert not report.failed, report.problems
    public = site / "public/people"
    goalkeeper = (public / "li-ming/index.html").read_text()
    assert 'href="/record/people/li-ming-minister/"' in goalkeeper
    assert ">New</a>" in goalkeeper
    minister = (public / "li-ming-minister/index.html").read_text()
    assert ">Old</a>" in minister
    assert ">Text</a>" in minister
    assert ">New</a>" not in minister
    assert 'href="/record/people/li-ming/"' in minister
    assert "Two lives" in (public / "changes/index.html").read_text()


@pytest.mark.parametrize("qualifier", ["", "qualifier: goalkeeper\n"])
def test_who_stays_after_a_split_keeps_the_address_and_nothing_is_wrong(
    make_site: MakeSite, tmp_path: Path, qualifier: str
) -> None:
    record = f"---\nname: Li Ming\naliases: [Ming Li]\n{qualifier}---\nHe plays.\n"
    site = make_site({
        "content/people/li-ming.md": record,
        "content/articles/old.md": article("Old", "1999-01-02", people="[Li Ming]", body="Ming Li spoke."),
        "content/articles/new.md": article("New", "2022-01-02", people="[Ming Li]", body="Ming Li spoke."),
    })
    run(site)
    before = {path for path in tree(site / "public") if path.startswith("people/")}
    said = people(site, "split", "li-ming", "--into", "li-ming-elder", "--before", "2000-01-01", "--write")
    assert "/people/li-ming/ and all below it stays Li Ming's (li-ming)" in said
    assert "/people/li-ming-elder/" in said
    assert (site / "content/people/li-ming.md").read_text() == record.replace(
        "---\nHe", "slug: li-ming\n---\nHe")
    report = run(site)
    assert [p.code for p in report.problems] == []
    after = tree(site / "public")
    assert before <= set(after)
    assert {path for path in after if path.startswith("people/") and path.endswith("index.html")} == {
        f"people/{name}index.html" for name in ("", "changes/", "li-ming/", "li-ming-elder/", "ming-li/")}
    run(site, clean=True, output=tmp_path / "fresh")
    assert tree(tmp_path / "fresh") == after


def test_two_records_of_one_name_are_told_where_no_split_made_them(make_site: MakeSite) -> None:
    site = make_site({f"content/people/{n}.md": "---\nname: Li Ming\n---\n" for n in ("li-ming", "elder")} | {
        "content/articles/a.md": article("A", people="[li-ming, elder]"),
        "content/people/ledger.toml": '[[change]]\ndate = 2024-03-01\nkind = "split"\nsource = "x"\ninto = "elder"\n'})
    assert "ID005" in [p.code for p in run(site).problems]


def test_a_split_under_another_name_writes_no_address(make_site: MakeSite) -> None:
    site = make_site(ARCHIVE)
    said = people(site, "split", "nader-kazemi", "--into", "omar-said", "--name", "Omar Said", "--before", "2030-01-01", "--write")
    assert "stays" not in said
    assert (site / "content/people/nader-kazemi.md").read_bytes() == ARCHIVE["content/people/nader-kazemi.md"].encode()  # type: ignore[union-attr]


def test_a_merge_undoes_a_split_and_no_address_is_lost(make_site: MakeSite) -> None:
    site = make_site({
        "content/people/li-ming.md": "---\nname: Li Ming\nqualifier: goalkeeper\n---\n",
        "content/articles/old.md": article("Old", "1999-01-02", people="[Li Ming]"),
        "content/articles/new.md": article("New", "2022-01-02", people="[Li Ming]"),
    })
    run(site)
    people(site, "split", "li-ming", "--into", "li-ming-elder", "--after", "2010-01-01", "--write")
    run(site)
    addresses = {path for path in tree(site / "public") if path.startswith("people/")
                 and path.endswith("index.html")}
    people(site, "merge", "li-ming", "li-ming-elder", "--write")
    report = run(site)
    assert not report.failed, report.problems
    assert addresses <= set(tree(site / "public"))
    assert "Old" in (site / "public/people/li-ming/index.html").read_text()


def test_a_split_divides_texts_and_statements_by_the_names_they_use(make_site: MakeSite) -> None:
    said = "“The match is ours,” {} said on Monday in the city.".format
    note = "---\ntitle: Note\ndate: 2016-03-02\nstatements: [{quote: We won, speaker: ali-hassan}]\n"
    site = make_site({
        "content/people/ali-hassan.md":
            "---\nname: Ali Hassan\naliases: [Ali Hasan, Alee Hassan]\n---\n",
        "content/articles/old.md": article("Old", "1999-01-02", people="[Ali Hasan]",
                                           body=said("Ali Hasan")),
        "content/articles/new.md": article("New", "2016-01-02", people="[Ali Hasan]",
                                           body=said("Ali Hasan")),
        "content/articles/note.md": note + "---\n“We won,” the coach said.\n",
        "content/articles/early.md": note.replace("2016", "1998").replace("Note", "Early")
                                     + "---\n“We won,” the coach said.\n",
        "content/articles/word.md": article("Word", "1999-05-02", body=said("Ali Hasan")),
    })
    run(site)
    out = people(site, "split", "ali-hassan", "--into", "ali-hassan-coach", "--after", "2015-01-01",
                 "--qualifier", "coach", "--write")
    assert "content/articles/word.md" in out
    assert "early.md" not in out
    assert "aliases: [Ali Hasan]\n" in (site / "content/people/ali-hassan-coach.md").read_text()
    folder = site / "content/articles"
    assert "speaker: ali-hassan-coach}" in (folder / "note.md").read_text()
    assert "people" not in (folder / "note.md").read_text()
    assert "speaker: ali-hassan}" in (folder / "early.md").read_text()
    assert "people: [ali-hassan]" in (folder / "old.md").read_text()
    report = run(site)
    assert not report.failed, report.problems
    pages = {page.parent.name: page.read_text()
             for page in (site / "public/people").glob("ali-hassan*/index.html")}
    coach = pages["ali-hassan-coach"]
    other = next(text for name, text in pages.items()
                 if name != "ali-hassan-coach" and ">Old</a>" in text)
    assert ">New</a>" in coach
    assert ">Note</a>" in coach
    assert ">Old</a>" not in coach
    assert ">New</a>" not in other
    assert ">Early</a>" in other
    people(site, "merge", "ali-hassan", "ali-hassan-coach", "--write")
    assert "qualifier" not in (site / "content/people/ali-hassan.md").read_text()


def test_names_that_may_be_one_person_are_listed_with_the_merge(make_site: MakeSite) -> None:
    site = make_site({**ARCHIVE, "content/articles/f.md": article("F", people="[Nader Kazimy]"),
                      "content/people/w.md": "---\nname: Nadder Kazemi\nwithhold: true\n---\n"})
    said = people(site, "duplicates")
    assert "site-builder people merge nadir-kazimi nader-kazemi" in said
    assert "'Nader Kazimy'" in said
    assert "Nadder" not in said
    assert '"score"' in people(site, "duplicates", "--json")


def test_the_spelling_that_more_articles_have_is_to_stay(make_site: MakeSite) -> None:
    site = make_site({
        "content/people/rare.md": "---\nname: Karim Nassarr\n---\n",
        "content/people/often.md": "---\nname: Helen Wordsworth\n---\n",
        "content/people/same.md": "---\nname: Petra Lindqvist\n---\n",
        **{f"content/articles/{n}.md": article(f"N{n}", people="[Karim Nassar]", body="Helen Wordsworth spoke.")
           for n in range(3)},
        "content/articles/one.md": article("One", people="[Hellen Wordsworth, Petra Lindquist, Petra Lindqvist]",
                                           body="Karim Nassarr left."),
    })
    said = people(site, "duplicates")
    assert "Karim Nassar (3) and Karim Nassarr (1)" in said
    assert "new person 'Karim Nassar', then site-builder people merge 'Karim Nassar' rare" in said
    assert "people merge often 'Hellen Wordsworth'" in said
    assert "people merge same 'Petra Lindquist'" in said


def test_nobody_is_merged_while_a_file_cannot_be_read(make_site: Callable[..., Path]) -> None:
    """Who knows whom it names: and what reading finds wrong comes with the sources."""
    site = make_site({
        "content/articles/a.md": "---\ntitle: A\ndate: 2022-11-29\n---\nText.\n",
        "content/articles/b.md": "---\ntitle: [B\ndate: 2022-11-29\n---\nText.\n",
    })
    with pytest.raises(Refusal) as caught:
        open_sources(site, load(site))
    assert [p.file for p in caught.value.problems] == ["content/articles/b.md"]
