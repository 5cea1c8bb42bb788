"""The index of a site: what is in it, what is not, and that it depends on the sources alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.build import Options, Report, build
from site_builder.indexing.archive import Subject
from site_builder.model import Article, Moment
from site_builder.searching.blocks import LARGEST, blocks
from site_builder.searching.encoding import encode, patch
from site_builder.searching.spelling import plain, words
from tests.pipeline.test_build import article, tree

MakeSite = Callable[..., Path]


def run(site: Path, **options: Any) -> Report:
    return build(Options(site=site, **{"jobs": 1, **options}))


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def _postings(data: bytes) -> Iterator[tuple[int, int]]:
    value = at = 0
    while at < len(data):
        gap, at = _varint(data, at)
        value += gap
        yield value >> 2, value & 3


def read(out: Path) -> dict[str, dict[str, int]]:
    """Word → address → weight, read as the format is described and not by the code that wrote it."""
    folder = out / "search"
    index = json.loads((folder / "index.json").read_text())
    found: dict[str, dict[str, int]] = {}
    for number in range(len(index["sums"]) // 6):
        data = (folder / f"words/{number:0{index['width']}}.bin").read_bytes()
        at = 0
        while at < len(data):
            block, at = _varint(data, at)
            size, at = _varint(data, at)
            label, end = index["blocks"][block][0], at + size
            while at < end:
                length = data[at]
                word = data[at + 1 : at + 1 + length].decode()
                size, at = _varint(data, at + 1 + length)
                start = word if word[0] == "=" else word[:1] if word[0] > "\u2fff" else word[: index["lead"]]
                assert crc32(start.encode()) % (len(index["sums"]) // 6) == number
                for place, weight in _postings(data[at : at + size]):
                    rows = json.loads((folder / f"titles/{label}-{place // index['chunk']}.json").read_text())
                    found.setdefault(word, {})[rows[place % index["chunk"]][1]] = weight
                at += size
    return found


def test_a_word_leads_to_its_articles_and_weighs_by_where_it_stands(make_site: MakeSite) -> None:
    site = make_site({
        "content/articles/a.md": article("Harbour opens", body="The crane lifts. The crane and the crane.", summary="A day of ferries"),
        "content/articles/b.md": article("Rain", "2020-01-02", "In the harbour lies a *har*bour boat.", section="City", tags="[boats]"),
    })
    run(site)
    index = read(site / "public")
    a, b = "/articles/2022/11/a/", "/articles/2020/01/b/"
    assert index["harbour"] == {a: 3, b: 0}
    assert index["crane"] == {a: 1}
    assert index["ferries"] == {a: 2}
    assert index["boats"] == index["city"] == {b: 2}
    assert index["=sections/city"] == {b: 0}
    assert index["=languages/en"].keys() == {a, b}


def test_people_and_countries_are_found_by_every_name(make_site: MakeSite) -> None:
    site = make_site({
        "content/people/ana-sol.md": "---\nname: Ana Sol\naliases: [La Golondrina]\n---\n",
        "content/articles/a.md": article("A", people="[Ana Sol]", countries="[Iran]"),
    })
    run(site)
    index = read(site / "public")
    assert "/people/ana-sol/" in index["golondrina"]
    assert index["persia"] == {"/countries/iran/": 0}
    assert index["=people/ana-sol"].keys() == {"/articles/2022/11/a/"}


def test_nothing_of_drafts_embargoed_articles_and_withheld_people_is_in_the_index(make_site: MakeSite) -> None:
    site = make_site({
        "content/people/mina.md": "---\nname: Mina Tarzi\naliases: [Golnar]\nwithhold: true\n---\n",
        "content/articles/a.md": article("A", body="Open words. Mina Tarzi spoke; later Tarzi left, and Golnar wrote."),
        "content/articles/b.md": article("Quokka plans", draft="true", body="Quokka secret."),
        "content/articles/c.md": article("Numbat plans", publish_at="2099-01-01", body="Numbat secret."),
    })
    run(site)
    index = read(site / "public")
    assert "open" in index
    assert not {"mina", "tarzi", "golnar", "quokka", "numbat", "secret"} & index.keys()
    everything = b"".join(p.read_bytes() for p in (site / "public/search").rglob("*.*"))
    for name in (b"tarzi", b"golnar", b"quokka", b"numbat"):
        assert name not in everything.lower()


ALEX = "---\nname: Rose Moore\naliases: [R. M. Adler]\nformer: [{{name: Ross Carver-Moore, show: {0}}}]\n---\n"


def test_by_a_hidden_former_name_no_article_is_found(make_site: MakeSite) -> None:
    site = make_site({
        "content/people/rose.md": ALEX.format("hidden"),
        "content/articles/a.md": article("Novels", body="Ross Carver-Moore wrote. Carvers of wood read Carver-Moore’s book."),
        "content/articles/b.md": article("Prize", body="Rose Moore won, said R. M. Adler."),
        "content/articles/c.md": article("Wood", body="A carver named Ross Poole met a carver."),
        "content/articles/d.md": article("Tags", body="They wrote #RossCarverMoore in Iraq."),
        "content/articles/e.md": article("Ross Carver-Moore", body="Nothing more."),
    })
    run(site)
    index = read(site / "public")
    c = "/articles/2022/11/c/"
    assert index["ross"] == {c: 0}
    assert index["carver"] == {c: 0}
    assert "rosscarvermoore" not in index
    assert {"/articles/2022/11/b/"} <= index["moore"].keys()
    assert "/articles/2022/11/a/" in index["wood"]
    (site / "content/people/rose.md").write_text(ALEX.format("search"))
    run(site)
    index = read(site / "public")
    assert index["carver"].keys() >= {"/articles/2022/11/a/", c}
    assert "/people/rose-moore/" in index["carver"]


def test_a_withheld_name_is_not_found_with_endings_or_particles(make_site: MakeSite) -> None:
    site = make_site({
        "content/people/n.md": "---\nname: Karim Nassar\naliases: [كريم نصار]\nwithhold: true\n---\n",
        "content/articles/a.md": article("A", body="Karim Nassar went. Karims Anwalt, Nassaren und Nassarite. Karimov stayed."),
        "content/articles/b.md": article("B", lang="ar", body="قال كريم نصار ذلك. وكريم ولنصار"),
    })
    run(site)
    index = read(site / "public")
    assert not {"karim", "karims", "nassar", "nassaren", "كریم", "وکریم", "نصار"} & index.keys()
    assert {"karimov", "nassarite", "anwalt"} <= index.keys()


def test_a_result_says_what_to_quote_where_its_text_has_a_name_that_is_hidden(make_site: MakeSite) -> None:
    site = make_site({
        "content/people/n.md": "---\nname: Karim Nassar\nwithhold: true\n---\n",
        "content/people/rose.md": ALEX.format("hidden"),
        "content/articles/a.md": article("A", summary="A night at sea.", body="Karim *Nassar* saw the boats."),
        "content/articles/b.md": article("B", body="Carver-Moore wrote. Ross Carver-Moore left."),
        "content/articles/c.md": article("C", body="Rose Moore wrote of boats."),
    })
    run(site)
    rows = {row[0]: row[5:] for row in json.loads((site / "public/search/titles/2022-0.json").read_text())}
    assert rows == {"A": ["A night at sea."], "B": [""], "C": []}


def test_the_index_is_the_same_with_more_processes_and_under_another_address(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site({f"content/articles/{n}.md": article(f"T {n}", f"20{n % 20:02}-03-04", f"Word{n} and more") for n in range(210)})
    run(site, output=tmp_path / "one")
    run(site, output=tmp_path / "two", jobs=2, clean=True, base_url="https://other.example/deep")
    assert tree(tmp_path / "one/search/words") == tree(tmp_path / "two/search/words")
    assert tree(tmp_path / "one/search/titles") == tree(tmp_path / "two/search/titles")


def test_an_article_more_changes_its_own_block_alone(make_site: MakeSite) -> None:
    site = make_site({f"content/articles/{n}.md": article(f"T {n}", f"20{n % 20:02}-03-04") for n in range(60)})
    run(site)
    (site / "content/articles/new.md").write_text(article("Zebra", "2007-08-09"))
    changed = [p for p in run(site).changed if p.startswith("search/") and "words" not in p]
    assert sorted(changed) == ["search/facets/2007.json", "search/index.json", "search/titles/2007-0.json"]


def test_a_large_year_is_cut_into_months() -> None:
    def on(day: str) -> Article:
        return Article(id=day, path=day, title="t", date=Moment(day, 0), slug="s")

    def cut(articles: list[Article]) -> list[tuple[str, int]]:
        def by(length: int) -> dict[str, Subject]:
            labels = dict.fromkeys(a.date.day[:length] for a in articles)
            return {label: Subject(label, label, label, [
                a for a in articles if a.date.day.startswith(label)]) for label in labels}

        return [(b.label, len(b.articles)) for b in blocks(by(4), by(7))]

    many = [on("2020-05-06")] * LARGEST + [on("2020-02-01"), on("2019-01-01")]
    assert cut(many) == [("2019", 1), ("2020-02", 1), ("2020-05", LARGEST)]
    assert cut(many[1:-2]) == [("2020", LARGEST - 1)]


def test_a_site_can_do_without(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("A")}, toml="[search]\nenabled = false\n")
    run(site)
    assert not (site / "public/search").exists()
    assert "search" not in (site / "public/index.html").read_text()


def test_a_text_can_link_to_the_search_page_and_none_can_take_its_place(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("A", body="[Look](/search/) for it.")})
    assert not run(site).failed
    (site / "content/pages").mkdir()
    (site / "content/pages/search.md").write_text("---\ntitle: Search\n---\nMine.\n")
    report = run(site)
    assert {p.code for p in report.problems} == {"UR001"}
    assert "the search page" in str(report.problems)


def test_a_lost_or_damaged_file_of_the_index_comes_back(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("A")})
    run(site)
    before = tree(site / "public")
    (site / "public/search/titles/2022-0.json").unlink()
    (site / "public/search/index.json").write_text("{}")
    assert len(run(site).changed) == 2
    assert tree(site / "public") == before


_TEXTS = st.sampled_from(["Harbour crane", "Zürich and 北京大学", "العراق و تهران", "Mina Tarzi said no", "crane"])
_EDIT = st.tuples(st.integers(0, 3), _TEXTS, st.sampled_from(["2019-05-06", "2020-07-08"]), st.booleans())


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_EDIT, min_size=2, max_size=3))
def test_an_index_made_bit_by_bit_is_that_of_a_clean_build(
    make_site: MakeSite, edits: list[tuple[int, str, str, bool]]
) -> None:
    site = make_site({"content/articles/0.md": article("Zero"), "content/people/mina.md": "---\nname: Mina Tarzi\n---\n"})
    for name in ("1", "2", "3"):
        (site / f"content/articles/{name}.md").unlink(missing_ok=True)
    for number, text, day, withhold in edits:
        (site / f"content/articles/{number}.md").write_text(article(text, day, text))
        (site / "content/people/mina.md").write_text(f"---\nname: Mina Tarzi\nwithhold: {str(withhold).lower()}\n---\n")
        run(site, allow_removal=True)
    made = tree(site / "public")
    run(site, clean=True, allow_removal=True)
    assert tree(site / "public") == made
    run(site, clean=True, output=site.parent / "fresh")
    assert {k: v for k, v in tree(site.parent / "fresh").items() if k.startswith("search/")} == {
        k: v for k, v in made.items() if k.startswith("search/")}


@pytest.mark.parametrize("more", ["", "former: [{name: Ross Carver, show: hidden}]\n", "withhold: true\n"])
def test_an_index_after_another_headline_or_standfirst_is_that_of_a_clean_build(make_site: MakeSite, more: str) -> None:
    site = make_site({f"content/articles/{n}.md": article(f"Harbour crane {n}", body="A crane.") for n in range(5)}
                     | {"content/people/mina.md": f"---\nname: Mina Tarzi\n{more}---\n"})
    run(site)
    for title, summary, body in (
        ("Zürich quay", "", "A crane."), ("Zürich quay", "The harbour stands.", "A crane."),
        ("Zürich quay", "Now it lies.", "Many cranes of the quay."), ("Crane", "", "Many cranes."),
        ("Mina Tarzi and the crane", "", "Mina Tarzi said so in Iraq."), ("Crane of Mina Tarzi", "", "Mina Tarzi said no in Iraq."),
        ("Crane", "", "Ross Carver said no in Iraq."), ("Crane", "", "Mina Tarzi said no in Iraq."),
        ("Crane", "", "Mina Tarzi said no in Iraq to Ross Poole."), ("Crane", "", "Carver said no in Iraq to Ross Poole."),
    ):
        (site / "content/articles/2.md").write_text(article(title, summary=summary or "''", people="[Mina Tarzi]", body=body))
        run(site)
        made = tree(site / "public/search")
        fresh = site.parent / "fresh"  # a build of its own: it must not touch what this site knows
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(site, fresh, ignore=shutil.ignore_patterns("public", ".site-builder"))
        run(fresh)
        assert tree(fresh / "public/search") == made, title


_STANDS = st.dictionaries(st.sampled_from(["a", "ab", "abc", "b", "zürich", "北京"]), st.dictionaries(
    st.integers(0, 3) | st.integers(100, 999), st.integers(0, 3), min_size=1), max_size=6)


@given(_STANDS, _STANDS)
def test_a_patched_part_is_the_part_made_anew(
    old: dict[str, dict[int, int]], new: dict[str, dict[int, int]]
) -> None:
    def part(stands: dict[str, dict[int, int]]) -> bytes:
        return encode({word: sorted(place * 4 + weight for place, weight in places.items())
                       for word, places in stands.items()}, 1)[0]

    changes: dict[str, dict[int, int | None]] = {}
    for word in old.keys() | new.keys():
        before, after = old.get(word, {}), new.get(word, {})
        places = {place: after.get(place) for place in before.keys() | after.keys()
                  if before.get(place) != after.get(place)}
        if places:
            changes[word] = places
    assert patch(part(old), changes) == part(new)


@pytest.mark.parametrize(("text", "found"), [
    ("Zürich, ZURICH", ["zurich", "zurich"]),
    ("Straße Łódź Ærø", ["strasse", "lodz", "aero"]),
    ("北京大学", ["北京", "京大", "大学", "学"]),
    ("ガザ", ["ガザ", "ザ"]),
    ("العراق والعراق عراق", ["عراق", "عراق", "عراق"]),
    ("مي‌خواهد كتاب ۱۴۰۱", ["می", "خواهد", "کتاب", "1401"]),
    ("हिन्दी snake_case", ["हिन्दी", "snake", "case"]),
    ("x" * 50, ["x" * 40]),
    ("The U.S.A. and “Zürich” don’t", ["the", "usa", "and", "zurich", "don", "t"]),
])
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


_TRICKY = st.text(st.sampled_from("abxZ0_.,-“”’–…·éİßﬁ½㏂．.\u0301\u0338\u200c\u00ad北京ガกالکة١"),
                  min_size=1, max_size=8)


@given(st.lists(_TRICKY | st.sampled_from(["plain", "Words,", "u.s.a.", "U.N.", "snake_case"]),
                max_size=12), st.sampled_from(["", " and a few plain words" * 12]))
def test_the_words_of_a_text_are_those_of_its_parts(parts: list[str], more: str) -> None:
    """A text in which few letters are rare ones is folded in another way than each alone."""
    assert words(" ".join(parts) + more) == [word for part in (*parts, more) for word in words(part)]


def test_the_text_of_a_body() -> None:
    html = '<p title="a > b">Re<em>do</em> it<a class="anchor" href="#x">¶</a></p><p>R&amp;D</p>'
    assert plain(html).split() == ["Redo", "it", "¶", "R&D"]
