"""One person, one page: namesakes, former names, ids, old addresses, the ledger."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.pipeline.test_build import article, codes, run, tree

MakeSite = Callable[..., Path]

TWO = {
    "content/people/li-ming-minister.md":
        "---\nname: Li Ming\nqualifier: minister\nborn: 1961\nroles: [{title: Minister of Water, "
        "from: 2003, to: 2010}]\n---\n",
    "content/people/li-ming.md": "---\nname: Li Ming\nqualifier: goalkeeper\n---\n",
    "content/articles/a.md": article("Dams", people="[li-ming-minister]"),
    "content/articles/b.md": article("A save", "2022-11-30", people="['id:li-ming']"),
    "content/articles/c.md": article("A match", "2022-12-01", people="[Li Ming (goalkeeper)]"),
}


def page(site: Path, address: str) -> str:
    return (site / "public" / address.strip("/") / "index.html").read_text()


def heading(text: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", text, re.S)
    assert found
    return re.sub(r"<[^>]+>", "", found[1])


def test_a_name_of_two_people_leads_to_a_page_that_tells_them_apart(make_site: MakeSite) -> None:
    site = make_site(TWO)
    report = run(site)
    assert not report.problems
    both = page(site, "/people/li-ming/")
    assert heading(both) == "Li Ming"
    for words in ("minister", "goalkeeper", "Minister of Water", "1961", "2 articles", "1 article"):
        assert words in both
    own = re.findall(r'<h2><a href="/record(/people/[^"]+)"', both)
    assert own == ["/people/li-ming-goalkeeper/", "/people/li-ming-minister/"]
    goalkeeper = page(site, own[0])
    assert heading(goalkeeper) == "Li Ming (goalkeeper)"
    assert 'href="/record/people/li-ming-minister/">Li Ming</a> (minister)' in goalkeeper
    assert "A match" in goalkeeper
    assert "Dams" not in goalkeeper


def test_what_is_counted_is_said_to_a_screen_reader(make_site: MakeSite) -> None:
    body = "“We will build a dam,” Ann Reed said.\n\n“It is late, and it is dear,” she said."
    site = make_site({"content/people/ann.md": "---\nname: Ann Reed\n---\n",
                      "content/articles/a.md": article("A", people="[ann]", body=body)})
    assert not run(site).failed
    assert '>2<span class="hidden"> statements</span>' in page(site, "/statements/")
    assert '>1<span class="hidden"> article</span>' in page(site, "/people/")


def test_people_of_one_name_are_told_apart_wherever_they_are_named(make_site: MakeSite) -> None:
    said = "“We will build a dam,” {} said on Monday in the city.".format
    site = make_site({
        "content/people/bush-41.md": "---\nname: George Bush\nqualifier: 41st president\n---\n",
        "content/people/bush-43.md": "---\nname: George Bush\nqualifier: 43rd president\n---\n",
        "content/people/ann.md": "---\nname: Ann Reed\nqualifier: envoy\n---\n",
        "content/articles/a.md": article("A", people="[bush-41, ann]", body=said("George Bush")),
        "content/articles/b.md": article("B", "2022-12-01", people="[bush-43, ann]",
                                         body=said("George Bush")),
        "content/articles/c.md": article("C", "2022-12-02", people="[bush-43, bush-41]"),
    }, "[data]\nenabled = true\n")
    report = run(site)
    assert not report.failed, report.problems
    one, two = "George Bush (41st president)", "George Bush (43rd president)"
    for address, names in {
        "/people/ann-reed/": (one, two), "/people/": (one, two), "/archive/2022/": (one, two),
        "/feeds/": (one, two), "/articles/2022/11/a/": (one,), "/articles/2022/12/c/": (one, two),
        "/statements/2022/11/": (one,), "/statements/2022/12/": (two,),
    }.items():
        assert {n for n in (one, two) if n in page(site, address)} == set(names), address
        bare = page(site, address).count(">George Bush</a>")
        assert bare == (1 if address == "/articles/2022/11/a/" else 0), address  # the text itself
        assert "Ann Reed (envoy)" not in page(site, address), address  # nobody else is called Ann Reed
    for key, name in (("bush-41", one), ("bush-43", two)):
        assert f"<title>{name}" in page(site, f"/people/{key}/")
        assert heading(page(site, f"/people/{key}/")) == name
        assert name in (site / f"public/people/{key}/feed.xml").read_text()
        assert name in (site / "public/search/facets/2022.json").read_text()
    assert "president" not in (site / "public/data/people.csv").read_text()
    whole = tree(site / "public")
    record = site / "content/people/bush-43.md"
    text = record.read_text()
    record.write_text(text.replace("George", "Georg"))
    run(site)
    assert one not in page(site, "/people/ann-reed/")
    record.write_text(text)
    run(site)
    assert tree(site / "public") == whole


def test_an_alias_of_two_people_leads_to_such_a_page_and_names_keep_theirs(
    make_site: MakeSite
) -> None:
    site = make_site({
        "content/people/a.md": "---\nname: George H. W. Bush\naliases: [George Bush]\n---\n",
        "content/people/b.md": "---\nname: George W. Bush\naliases: [George Bush]\n---\n",
        "content/people/c.md": "---\nname: Jeb Bush\naliases: [Governor Bush]\n---\n",
        "content/people/d.md": "---\nname: Governor Bush\n---\n",
        "content/articles/x.md": article("X", people="[a, b, c, d]"),
    })
    assert not run(site).failed
    both = page(site, "/people/george-bush/")
    assert "/people/george-h-w-bush/" in both
    assert "/people/george-w-bush/" in both
    assert heading(page(site, "/people/governor-bush/")) == "Governor Bush"
    assert "/people/jeb-bush/" in page(site, "/people/governor-bush/").partition("<main")[2]


def test_a_name_that_fits_several_people_is_an_error_that_lists_them(make_site: MakeSite) -> None:
    site = make_site({**TWO, "content/articles/d.md": article("D", people="[Li Ming]")})
    report = run(site)
    [problem] = [p for p in report.problems if p.code == "ID003"]
    assert report.failed
    assert problem.place == "content/articles/d.md:4:1"
    assert "li-ming.md" in problem.message
    assert "'Li Ming (minister)'" in problem.hint
    assert "li-ming or li-ming-minister" in problem.hint
    assert "li-ming-minister.md" in problem.message


def test_an_unknown_id_is_an_error_not_a_new_person(make_site: MakeSite) -> None:
    site = make_site({**TWO, "content/articles/d.md": article("D", people="['id:li-mign']")})
    assert codes(run(site)) & {"ID011"}


def test_an_unknown_id_of_a_speaker_is_told(make_site: MakeSite) -> None:
    def text(speaker: str) -> str:
        return (f"---\ntitle: D\ndate: 2022-11-29\nstatements:\n- quote: We won\n"
                f"  speaker: {speaker}\n---\n“We won,” the coach said.\n")

    site = make_site(TWO)
    for speaker, told in (("lee-ming", True), ("id:lee-ming", True), ("li-ming", False),
                          ("al-Monitor", False), ("The Agency", False), ("none", False)):
        (site / "content/articles/d.md").write_text(text(speaker))
        report = run(site)
        assert not report.failed
        assert [(p.code, p.place) for p in report.problems] == (
            [("ID011", "content/articles/d.md:5:1")] if told else []), speaker


def test_withheld_namesakes_are_not_told(make_site: MakeSite) -> None:
    hidden = TWO["content/people/li-ming.md"].replace("---\n", "---\nwithhold: true\n", 1)
    site = make_site({**TWO, "content/people/li-ming.md": hidden})
    run(site)
    assert heading(page(site, "/people/li-ming/")) == "Li Ming (minister)"
    for path, data in tree(site / "public").items():
        assert b"goalkeeper" not in data, path


CHANGED = (
    "---\nname: Alex Moore\nformer:\n  - name: Rose Carver\n    show: {show}\n"
    "redirect_from: [rose-carver, /people/a-moore/]\n---\n")


@pytest.mark.parametrize("show", ["shown", "search", "hidden"])
def test_former_names_find_texts_and_are_shown_as_the_person_wishes(
    make_site: MakeSite, show: str
) -> None:
    site = make_site({
        "content/people/alex-moore.md": CHANGED.format(show=show),
        "content/articles/old.md": article(
            "A first novel", "2012-01-01", people="[Rose Carver]",
            body="Rose Carver said: “I wrote it at night in Iraq.” Carver read from it."),
        "content/articles/new.md": article("A prize", body="Alex Moore won, said Alex Moore."),
    }, "[data]\nenabled = true\n")
    assert not run(site).failed
    person = page(site, "/people/alex-moore/")
    assert "A first novel" in person
    assert "A prize" in person
    assert ("Formerly" in person) == (show == "shown")
    assert "url=/record/people/alex-moore/" in page(site, "/people/a-moore/")
    holders = {path for path, data in tree(site / "public").items()
               if b"Carver" in data or b"carver" in path.encode()}
    if show == "hidden":
        assert holders == {"articles/2012/01/old/index.html"}
    else:
        assert "people/rose-carver/index.html" in holders


def test_a_former_name_without_a_word_on_showing_is_hidden(make_site: MakeSite) -> None:
    site = make_site({
        "content/people/alex-moore.md": "---\nname: Alex Moore\nformer: [Rose Carver]\n---\n",
        "content/articles/old.md": article("A first novel", people="[Rose Carver]"),
    })
    run(site)
    assert not any(b"Carver" in data for data in tree(site / "public").values())


LEDGER = """[[change]]
date = 2024-03-01
kind = "merge"
source = "lee-ming"
into = "li-ming"
names = ["Lee Ming"]
articles = 3
reason = "One passport."

[[change]]
date = 2025-01-09
kind = "split"
source = "li-ming"
into = "li-ming-minister"
"""


def test_merges_and_splits_have_a_page(make_site: MakeSite) -> None:
    site = make_site({**TWO, "content/people/ledger.toml": LEDGER})
    assert not run(site).failed
    text = page(site, "/people/changes/")
    assert "Lee Ming" in text
    assert "One passport." in text
    assert text.index("9 January 2025") < text.index("1 March 2024")
    assert 'href="/record/people/changes/"' in page(site, "/people/")
    (site / "content/people/ledger.toml").write_text(LEDGER.replace("passport", "birthday"))
    run(site)
    assert "One birthday." in page(site, "/people/changes/")
    before = tree(site / "public")
    run(site, clean=True)
    assert tree(site / "public") == before


def test_the_ledger_says_nothing_of_people_who_are_withheld(make_site: MakeSite) -> None:
    hidden = TWO["content/people/li-ming.md"].replace("---\n", "---\nwithhold: true\n", 1)
    site = make_site({**TWO, "content/people/li-ming.md": hidden,
                      "content/people/ledger.toml": LEDGER})
    run(site)
    assert not (site / "public/people/changes").exists()
    assert not any(b"passport" in data for data in tree(site / "public").values())


@pytest.mark.parametrize(("old", "new", "line"), [
    ('kind = "merge"', 'kind = "marry"', 1),
    ('into = "li-ming-minister"\n', "", 10),
    ("date = 2025-01-09", "date = 2025-13-09", 11),
    ('reason = "One', 'raeson = "One', 1),
])
def test_a_wrong_entry_is_said_with_its_line(
    make_site: MakeSite, old: str, new: str, line: int
) -> None:
    site = make_site({**TWO, "content/people/ledger.toml": LEDGER.replace(old, new)})
    [problem] = [p for p in run(site).problems if p.code == "ID012"]
    assert problem.place.startswith(f"content/people/ledger.toml:{line}:")


def test_what_changes_of_people_reaches_every_page_as_in_a_clean_build(
    make_site: MakeSite, tmp_path: Path
) -> None:
    """Each step is built upon the last one and from nothing, and must give the same bytes."""
    site = make_site({
        **TWO, "content/people/ledger.toml": LEDGER,
        "content/articles/e.md": article(
            "E", "2021-05-05", countries="[Iraq]",
            body="Rose Carver said: “I saw Iraq.” Iraq greeted Rose Carver and Li Ming."),
        "content/people/alex-moore.md": CHANGED.format(show="shown"),
    }, "[data]\nenabled = true\n")
    goalkeeper, alex = site / "content/people/li-ming.md", site / "content/people/alex-moore.md"

    def steps() -> Iterator[None]:
        alex.write_text(CHANGED.format(show="hidden"))
        yield
        alex.write_text(CHANGED.format(show="search"))
        yield
        goalkeeper.write_text("---\nname: Li Ming\nqualifier: coach\nredirect_from: [lm]\n---\n")
        (site / "content/articles/c.md").unlink()
        yield
        goalkeeper.write_text("---\nname: Li Min\naliases: [Li Ming]\n---\n")
        yield
        goalkeeper.write_text("---\nname: Li Min\nwithhold: true\n---\n")
        yield
        (site / "content/people/ledger.toml").unlink()
        yield

    run(site, future=True)
    for number, _ in enumerate(steps()):
        report = run(site)
        assert report.published, report.problems
        shutil.rmtree(tmp_path / "fresh", ignore_errors=True)
        copy = tmp_path / "fresh"
        shutil.copytree(site, copy, ignore=shutil.ignore_patterns(".site-builder", "public"))
        run(copy)
        ours, theirs = tree(site / "public"), tree(copy / "public")
        differing = {path for path in ours.keys() | theirs.keys()
                     if ours.get(path) != theirs.get(path)}
        assert {path for path in differing if not path.startswith(".")} == set(), number


def test_a_country_has_the_statements_that_name_it_with_whoever_makes_them(
    make_site: MakeSite, tmp_path: Path
) -> None:
    text = ("“Nobody will close the border of {} again,” Ann Reed said.\n\n"
            "“We have all seen the water,” Ann Reed said in Iraq.\n\nIraq was calm.")
    site = make_site({
        "content/people/ann.md": "---\nname: Ann Reed\nroles: [{title: Envoy, from: 2020}]\n---\n",
        "content/articles/a.md": article("A", body=text.format("Iran")),
        "content/articles/b.md": article("B", "2022-12-01", body="“Nobody knows who paid for it,” Ann Reed said."),
    })
    run(site)

    def naming(code: str) -> list[str]:
        found = re.search(r"<h2>Latest statements that name .*?</ol>", page(site, f"/countries/{code}/"), re.S)
        return re.findall(r'<p class="words[^>]*>(.*?)</p>', found[0]) if found else []

    assert naming("iran") == ["“Nobody will close the border of Iran again,”"]
    assert naming("iraq") == [], "Iraq is where she spoke"
    assert "Envoy, " in page(site, "/countries/iran/")
    (site / "content/articles/a.md").write_text(article("A", body=text.format("Iraq and of Iran")))
    (site / "content/people/ann.md").write_text("---\nname: Ann Reed\nroles: [{title: Pilot, from: 2020}]\n---\n")
    run(site)
    assert naming("iran") == naming("iraq") == ["“Nobody will close the border of Iraq and of Iran again,”"]
    assert "Pilot, " in page(site, "/countries/iran/")
    shutil.copytree(site / "content", tmp_path / "clean/content")
    shutil.copy(site / "site.toml", tmp_path / "clean")
    run(tmp_path / "clean")
    assert tree(tmp_path / "clean/public/countries") == tree(site / "public/countries")


def test_each_article_in_context_says_which_office_was_held_on_its_day(make_site: MakeSite) -> None:
    record = "---\nname: Ann Reed\nroles: [{{title: Envoy, from: 2010, to: 2015}}, {{title: {}, from: 2016}}]\n---\n"
    site = make_site({
        "content/people/ann.md": record.format("Pilot"),
        "content/articles/a.md": article("A", "2012-05-05", body="Ann Reed met them."),
        "content/articles/b.md": article("B", "2020-05-05", body="Ann Reed left."),
        "content/articles/c.md": article("C", "2001-05-05", body="Ann Reed came."),
    })

    def offices() -> list[tuple[str, str]]:
        part = page(site, "/people/ann-reed/").partition('class="in-context"')[2].partition("</section>")[0]
        return re.findall(r'>(\w)</a>(?: <span class="note office">(\w+)</span>)?\n<ul>', part)

    run(site)
    assert offices() == [("B", "Pilot"), ("A", "Envoy"), ("C", "")]
    (site / "content/people/ann.md").write_text(record.format("Sailor"))
    run(site)
    assert offices()[0] == ("B", "Sailor")


@pytest.mark.parametrize(("months", "folded"), [(24, 0), (27, 3)])
def test_the_older_months_of_statements_are_folded_up(make_site: MakeSite, months: int, folded: int) -> None:
    site = make_site({f"content/articles/{n}.md": article(
        f"N{n}", f"{2020 + n // 12}-{n % 12 + 1:02}-02", body="“Nobody knows who paid for it,” Ann Reed said.")
        for n in range(months)})
    run(site)
    shown, mark, rest = page(site, "/statements/").partition('<details class="rest">')
    assert bool(mark) == bool(folded)
    assert shown.count('href="/record/statements/20') == 24
    assert rest.partition("</details>")[0].count('href="/record/statements/20') == folded
    assert (f"<summary>{folded} more" in rest) == bool(folded)


LONG = [
    ("Nobody knew. " * 10, None),  # short enough
    ("We crossed the river at night and waited there. " * 40, "waited there. …”"),
    ("We crossed the river and on and on " * 40, " …”"),
    ("我们夜里过了河，在那里等了很久。" * 60, "等了很久。 …”"),
]


@pytest.mark.parametrize(("text", "end"), LONG)
def test_a_very_long_quotation_is_cut_in_lists_and_whole_in_the_data(
    make_site: MakeSite, text: str, end: str | None
) -> None:
    said = text.strip().rstrip(".") + "."
    site = make_site({
        "content/people/ann.md": "---\nname: Ann Reed\n---\n",
        "content/articles/a.md": article("A", body=f"“{said},” Ann Reed said." if not text.startswith("我") else f"Ann Reed said: “{said}”"),
    }, "[data]\nenabled = true\n")
    run(site)
    data = next((site / "public/data").glob("statements/*.json"), None) or next((site / "public/data").rglob("*statements*.json*"))
    assert said[:-40] in data.read_text()
    for address in ("/people/ann-reed/", "/statements/2022/11/"):
        words = re.findall(r'<p class="words[^>]*>(.*?)</p>', page(site, address), re.S)
        assert len(words) == 1
        if end is None:
            assert "…" not in words[0]
            assert len(words[0]) > 100
        else:
            assert words[0].endswith(end)
            assert 290 < len(words[0]) < 610


HILLS = {
    "content/people/mayor.md": "---\nname: Sam Hill\naliases: [Samuel Hill]\nqualifier: mayor\n---\n",
    "content/people/singer.md": "---\nname: Sam Hill\naliases: [Sammy Hill]\nqualifier: singer\n---\n",
}


@pytest.mark.parametrize(("fields", "body", "places"), [
    ({}, "It rained.\n\nSam Hill came. Sam Hill left.", [(7, 1)]),
    ({}, "Then *Sam\nHill* sang.", [(5, 7)]),
    ({}, "## Sam Hill\n\nHill sang.", [(5, 4)]),
    ({}, "They met SAM HILL.", [(5, 10)]),
    ({}, "They met Sam Hill. SAM HILL CAME.", [(5, 10)]),
    ({}, "They met Sam Hill’s band.", [(5, 10)]),
    ({"people": "[mayor]"}, "Sam Hill came.", []),
    ({"people": "[mayor, singer]"}, "Sam Hill met Sam Hill.", []),
    ({"people": "['Sam Hill (singer)']"}, "Sam Hill came.", []),
    ({}, "Samuel Hill came, then Sammy Hill.", []),
    ({}, "Mr Hill came up the hill.", []),
    ({}, "Sam Hillary and Adam Sam Hilling came.", []),
    ({}, "They met in Sam Hill Street.", []),
])
def test_a_name_of_several_people_that_only_the_text_has_is_told(
    make_site: MakeSite, fields: dict[str, str], body: str, places: list[tuple[int, int]]
) -> None:
    site = make_site({**HILLS, "content/articles/a.md": article("A", body=body, **fields)})
    found = [p for p in run(site).problems if p.code == "ID015"]
    assert [(p.line, p.column) for p in found] == places
    for problem in found:
        assert problem.severity == "warning"
        assert "mayor (mayor), singer (singer)" in problem.message


def test_an_edit_of_one_text_tells_of_unclear_names_as_a_whole_build(make_site: MakeSite) -> None:
    site = make_site({**HILLS, "content/articles/a.md": article("A", body="It rained."),
                      "content/articles/b.md": article("B", body="It snowed.")})
    told = []
    for body in ("It rained.", "Sam Hill came.", "No.\n\nSam Hill came.", "Samuel Hill came.", "It rained."):
        (site / "content/articles/a.md").write_text(article("A", body=body))
        told.append([(p.code, p.line) for p in run(site).problems])
        assert told[-1] == [(p.code, p.line) for p in run(site, clean=True, output=site.parent / "fresh").problems]
        run(site)
    assert told == [[], [("ID015", 5)], [("ID015", 7)], [], []]


def test_the_president_of_a_country_is_its_own_by_the_record(make_site: MakeSite) -> None:
    record = "---\nname: {}\n{}roles: [{{title: {}, from: 2020, to: 2024}}]\n---\n".format
    text = "Ines Moreau met Karim Benali on the quay.\n\n“The dam will hold in every flood,” the {} said."
    bodies = {"a": "president of France", "b": "Tunisian president", "c": "Turkish president"}
    site = make_site({
        "content/people/ines.md": record("Ines Moreau", "", "President of France"),
        "content/people/karim.md": record("Karim Benali", "country: Tunisia\n", "President"),
        **{f"content/articles/{name}.md": article(name.upper(), body=text.format(who))
           for name, who in bodies.items()},
    }, "[data]\nenabled = true\n")

    def speakers() -> dict[str, str]:
        lines = (site / "public/data/statements-2022.jsonl").read_text().splitlines()
        return {row["article"]: row["speaker"] for row in map(json.loads, lines)}

    run(site)
    assert speakers() == {"a": "ines", "b": "karim", "c": ""}
    karim = site / "content/people/karim.md"  # the record's country tells on
    karim.write_text(record("Karim Benali", "country: Turkey\n", "President"))
    run(site)
    assert speakers() == {"a": "ines", "b": "", "c": "karim"}


def test_the_president_is_whoever_of_those_named_held_that_office_on_the_day(
    make_site: MakeSite, tmp_path: Path
) -> None:
    record = "---\nname: {}\nroles: [{{title: {}, from: {}, to: {}}}]\n---\n".format
    text = "Ines Moreau met Karim Benali on the quay.\n\n“The dam will hold in every flood,” the president said."
    site = make_site({
        "content/people/ines.md": record("Ines Moreau", "President of Arden", 2020, 2024),
        "content/people/karim.md": record("Karim Benali", "President of the Court of Arden", 2010, 2014),
        "content/articles/a.md": article("A", body=text),
        "content/articles/b.md": article("B", "2012-01-01", body=text),
        "content/articles/c.md": article("C", "2018-01-01", body=text),
    }, "[data]\nenabled = true\n")

    def speakers() -> dict[str, str]:
        files = (site / "public/data").glob("statements-*.jsonl")
        rows = [json.loads(line) for path in files for line in path.read_text().splitlines()]
        return {row["article"]: row["speaker"] for row in rows}

    run(site)
    assert speakers() == {"a": "ines", "b": "karim", "c": ""}
    (site / "content/people/karim.md").write_text(record("Karim Benali", "President of the Court of Arden", 2010, 2022))
    run(site)  # on the day of the first there were two, and the text calls neither so
    assert speakers() == {"a": "", "b": "karim", "c": "karim"}
    (site / "content/articles/a.md").write_text(article("A", body=text.replace("met Karim", "met President Karim")))
    run(site)
    assert speakers() == {"a": "karim", "b": "karim", "c": "karim"}
    shutil.copytree(site / "content", tmp_path / "clean/content")
    shutil.copy(site / "site.toml", tmp_path / "clean")
    run(tmp_path / "clean")
    assert tree(tmp_path / "clean/public") == tree(site / "public")


def test_two_records_of_one_id_are_not_one_person(make_site: MakeSite) -> None:
    site = make_site({
        "content/people/iraq/ada.md": "---\nname: Ada Mannheim\n---\n",
        "content/people/iran/ada.md": "---\nname: Ada Zoller\n---\n",
        "content/people/eve.md": "---\nid: ada\nname: Eve Farrow\n---\n",
        "content/articles/a.md": article("A", body="“It rains,” said Eve Farrow."),
    })
    report = run(site)
    assert not report.published
    assert {(p.code, p.file, p.line) for p in report.problems} == {
        ("ID008", "content/people/iran/ada.md", 1), ("ID008", "content/people/iraq/ada.md", 1)}


def test_whose_record_went_stands_where_a_clean_build_has_them(make_site: MakeSite) -> None:
    site = make_site({
        "content/people/a.md": "---\nname: Cyd Farrow\n---\n",
        "content/people/ben.md": "---\nname: Ben Zoller\n---\n",
        "content/articles/a.md": article("A", people="[Cyd Farrow, Ben Zoller]"),
    })
    run(site)
    (site / "content/people/a.md").unlink()
    run(site)
    run(site, output=site.parent / "clean", clean=True)
    assert tree(site / "public") == tree(site.parent / "clean")
