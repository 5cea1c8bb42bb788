"""Related articles, and the articles of a day in all years."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.build import Options, build
from site_builder.indexing.related import (
    LATER,
    NEAREST,
    PERSON,
    WORD,
    Item,
    Nearest,
    mark_of,
    nearest,
    related,
)

MakeSite = Callable[..., Path]


def article(title: str, date: str, *lines: str) -> str:
    return "\n".join(["---", f"title: {title}", f"date: {date}", *lines, "---", "Words.", ""])


def filler(number: int) -> dict[str, str]:
    """Articles that have nothing to do with anything."""
    return {f"content/articles/f{n}.md": article(f"F{n}", f"2020-01-{n + 1:02}", f"tags: [t{n}]")
            for n in range(number)}


def titles(site: Path, address: str) -> list[str]:
    text = (site / f"public/articles/{address}/index.html").read_text()
    box = re.search(r'id="_related".*?</ol>', text, re.S)
    return re.findall(r"<a [^>]*>(.*?)</a>", box[0]) if box else []


def test_what_shares_rare_people_and_tags_is_related(make_site: MakeSite) -> None:
    site = make_site({
        **filler(28),
        "content/articles/a.md": article("First", "2021-01-01", "people: [Ada Mann]", "tags: [water]"),
        "content/articles/b.md": article("Second", "2022-01-01", "people: [Ada Mann]"),
        "content/articles/c.md": article("Third", "2023-01-01", "people: [Ada Mann]", "tags: [water]"),
        "content/articles/d.md": article(
            "Dritter", "2023-01-02", "people: [Ada Mann]", "tags: [water]", "lang: de"),
    })
    build(Options(site=site))
    assert titles(site, "2023/01/c") == ["First", "Second"], "the nearer in content first"
    assert titles(site, "2021/01/a") == ["Second", "Third"], "and the way forward"
    assert titles(site, "2020/01/f3") == []
    assert titles(site, "2023/01/d") == [], "another language"
    (site / "site.toml").write_text((site / "site.toml").read_text() + "[related]\nnumber = 0\n")
    build(Options(site=site))
    assert titles(site, "2023/01/c") == []


def test_a_handful_of_articles_are_related_by_the_person_that_two_of_them_name(make_site: MakeSite) -> None:
    site = make_site({
        **filler(2),
        "content/articles/a.md": article("First", "2021-01-01", "people: [Ada Mann]"),
        "content/articles/b.md": article("Second", "2022-01-01", "people: [Ada Mann]"),
    })
    build(Options(site=site))
    assert titles(site, "2022/01/b") == ["First"]
    assert titles(site, "2021/01/a") == ["Second"]
    assert titles(site, "2020/01/f1") == []


def test_headlines_without_spaces_share_parts(make_site: MakeSite) -> None:
    site = make_site({
        **filler(8),
        "content/articles/a.md": article("中东和平会议在日内瓦举行", "2021-01-01", "lang: zh"),
        "content/articles/b.md": article("中东和平会议在日内瓦闭幕", "2021-01-03", "lang: zh"),
        "content/articles/c.md": article("新桥今天正式通车", "2021-01-04", "lang: zh"),
    })
    build(Options(site=site))
    assert titles(site, "2021/01/b") == ["中东和平会议在日内瓦举行"]
    assert titles(site, "2021/01/c") == []


def test_a_changed_title_shows_where_it_is_related(make_site: MakeSite) -> None:
    site = make_site({
        **filler(28),
        "content/articles/a.md": article("First", "2021-01-01", "people: [Ada Mann]"),
        "content/articles/b.md": article("Second", "2022-01-01", "people: [Ada Mann]"),
        "content/articles/z.md": article("Between", "2021-06-01"),
    })
    build(Options(site=site))
    for text in (article("Changed", "2021-01-01", "people: [Ada Mann]"),
                 article("Changed", "2021-02-01", "people: [Ada Mann]"),
                 article("Changed", "2021-02-01", "people: [Else Body]")):
        (site / "content/articles/a.md").write_text(text)
        build(Options(site=site))
        made = {p: p.read_bytes() for p in (site / "public").rglob("*.html")}
        build(Options(site=site, clean=True))
        assert made == {p: p.read_bytes() for p in (site / "public").rglob("*.html")}
    assert titles(site, "2022/01/b") == []


THINGS = st.lists(st.tuples(
    st.sampled_from([f"thing{n}" for n in range(12)]), st.sampled_from([PERSON, WORD])), max_size=4)
ITEMS = st.lists(st.builds(
    lambda lang, things: (lang, things), st.sampled_from(["en", "fa"]), THINGS), max_size=30)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ITEMS, st.integers(0, 7))
def test_one_more_article_changes_few_lists_and_never_what_they_say_of_older_ones(
    made: list[tuple[str, list[tuple[str, int]]]], number: int
) -> None:
    items = [Item(lang, day, things) for day, (lang, things) in enumerate(made)]
    whole = related(items, number)
    for place, found in enumerate(whole):
        assert len(found) == len(set(found)) <= number
        assert place not in found
        assert all(items[other].lang == items[place].lang for other in found)
    if items:
        before = related(items[:-1], number)
        changed = [(old, new) for old, new in zip(before, whole, strict=False) if old != new]
        assert len(changed) <= NEAREST
        for old, new in changed:
            assert len(items) - 1 in new
            assert set(new) - {len(items) - 1} <= set(old)
            assert sum(other > whole.index(new) for other in new) <= max(LATER, number)


WORDS = st.lists(st.sampled_from([f"word{n}" for n in range(9)]), max_size=3)
MARKS = st.builds(
    lambda lang, day, title, people: mark_of(lang, day, " ".join(title), people, people[:1], ["tag"] if day % 5 else []),
    st.sampled_from(["en", "en", "fa"]), st.integers(0, 40), WORDS, WORDS)


@settings(deadline=None, max_examples=300)
@given(st.lists(MARKS, min_size=1, max_size=40), st.data())
def test_what_is_kept_of_related_articles_is_what_would_be_found_anew(
    marks: list[bytes], data: st.DataObject
) -> None:
    known = nearest(marks, 5, Nearest("this"))
    for _ in range(2):
        edited = list(marks)
        for place in data.draw(st.lists(st.integers(0, len(marks) - 1), min_size=1, max_size=3)):
            lang, day, *_ = marks[place].decode().split("\0")
            edited[place] = mark_of(lang, int(day), " ".join(data.draw(WORDS)), data.draw(WORDS), [], [])
        known, marks = nearest(edited, 5, known), edited
        assert known.older == nearest(marks, 5, Nearest("this")).older


def test_a_day_of_more_than_one_year_has_a_page(make_site: MakeSite) -> None:
    site = make_site({
        "content/articles/a.md": article("First", "2021-11-29"),
        "content/articles/b.md": article("Second", "2022-11-29"),
        "content/articles/c.md": article("Alone", "2022-11-30"),
        "content/articles/d.md": article("Same", "2022-11-30"),
    }, "[on_this_day]\nenabled = true\n")
    build(Options(site=site))
    out = site / "public/archive/on-this-day"
    assert sorted(p.name for p in out.iterdir()) == ["11-29", "index.html"]
    day = (out / "11-29/index.html").read_text()
    assert day.index("Second") < day.index("First")
    assert "29 November" in day
    assert 'href="/record/archive/on-this-day/11-29/"' in (out / "index.html").read_text()
    link = "29 November in other years"
    assert link in (site / "public/articles/2022/11/b/index.html").read_text()
    assert "in other years" not in (site / "public/articles/2022/11/c/index.html").read_text()
    (site / "content/articles/e.md").write_text(article("Third", "2020-11-30"))
    build(Options(site=site))
    assert "30 November in other years" in (
        site / "public/articles/2022/11/c/index.html").read_text()
    assert "on-this-day" in (site / "public/archive/index.html").read_text()


def test_without_the_setting_there_are_no_pages_of_days(make_site: MakeSite) -> None:
    site = make_site({
        "content/articles/a.md": article("First", "2021-11-29"),
        "content/articles/b.md": article("Second", "2022-11-29"),
    })
    build(Options(site=site))
    assert not (site / "public/archive/on-this-day").exists()
    assert not any("on-this-day" in p.read_text() for p in (site / "public").rglob("*.html"))
