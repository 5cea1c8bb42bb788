"""By which names the texts call a person or a country, on the page of each."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from site_builder.build import Options
from site_builder.build.session import Session
from tests.pipeline.test_build import article, run, tree

MakeSite = Callable[..., Path]
ADA = {"content/people/ada.md": "---\nname: Ada Mannheim\naliases: [Countess Mannheim]\n---\n"}
TEXTS = {
    "content/articles/a.md": article(
        "A", "2021-03-01", body="Nothing of them.\n\nAda Mannheim’s boat left Iran. Mannheim slept."),
    "content/articles/b.md": article(
        "B", "2022-04-02", body="Ada Mannheim woke in IRAN, far from Iran. So did the Iranian cook.\n\n"
        "Mannheim, Mannheim's dog and Countess Mannheim ate."),
}


def forms(site: Path, address: str) -> list[tuple[str, str, str]]:
    """Name, where the first passage is, and what is said of it."""
    text = (site / f"public/{address}/index.html").read_text()
    found = re.findall(
        r'<li><a href="(/record[^"]*)" dir="auto">([^<]*)</a> <span class="note">([^<]*)</span>', text)
    return [(name, url.removeprefix("/record"), note) for url, name, note in found]


def test_each_name_is_counted_and_leads_to_the_first_passage(make_site: MakeSite) -> None:
    site = make_site({**ADA, **TEXTS})
    assert not run(site).problems
    found = forms(site, "people/ada-mannheim")
    assert [(name, note) for name, _, note in found] == [
        ("Mannheim", "3 times in 2 articles, first 1 March 2021"),
        ("Ada Mannheim", "2 times in 2 articles, first 1 March 2021"),
        ("Countess Mannheim", "once in 1 article, first 2 April 2022"),
    ]
    for name, url, _ in found:
        page, _, anchor = url.partition("#")
        text = (site / f"public{page}index.html").read_text()
        passage = re.search(rf'<p id="{anchor}">(.*?)</p>', text)
        assert passage, url
        assert name in re.sub("<[^>]+>", "", passage[1])


def test_case_alone_makes_no_other_name(make_site: MakeSite) -> None:
    site = make_site({**ADA, **TEXTS})
    run(site)
    assert [(name, note) for name, _, note in forms(site, "countries/iran")] == [
        ("Iran", "3 times in 2 articles, first 1 March 2021"),
        ("Iranian", "once in 1 article, first 2 April 2022"),
    ]


FORMER = "---\nname: Alex Moore\naliases: [Al Moore]\nformer: [{name: Rose Carver, show: %s}]\n---\n"


@pytest.mark.parametrize("show", ["shown", "search", "hidden"])
def test_former_names_come_out_only_where_the_record_shows_them(
    make_site: MakeSite, show: str
) -> None:
    site = make_site({
        "content/people/alex.md": FORMER % show,
        "content/articles/a.md": article("A", body="Rose Carver wrote. Carver read."),
        "content/articles/b.md": article("B", body="Alex Moore won. Moore left."),
    })
    run(site)
    names = {name for name, _, _ in forms(site, "people/alex-moore")}
    own = {"Alex Moore", "Moore"}
    assert names == (own | {"Rose Carver", "Carver"} if show == "shown" else own)


def test_a_former_surname_that_is_kept_is_no_secret(make_site: MakeSite) -> None:
    site = make_site({
        "content/people/alex.md": (FORMER % "hidden").replace("Rose Carver", "Rose Moore"),
        "content/articles/a.md": article("A", body="Rose Moore wrote. Alex Moore left. Moore read."),
    })
    run(site)
    assert {name for name, _, _ in forms(site, "people/alex-moore")} == {"Alex Moore", "Moore"}


def test_people_whom_no_text_names_and_texts_that_are_not_read_have_none(
    make_site: MakeSite
) -> None:
    silent = {**ADA, "content/articles/a.md": article("A", people="[ada]", body="Nothing.")}
    site = make_site(silent)
    run(site)
    assert "Names in the texts" not in (site / "public/people/ada-mannheim/index.html").read_text()
    make_site({**TEXTS, "content/articles/a.md": article("A", people="[ada]", body="Ada Mannheim.")},
              "[finding]\nenabled = false\n")
    run(site)
    assert not forms(site, "people/ada-mannheim")


def test_many_names_fold_up_and_arabic_ones_are_counted_in_arabic(make_site: MakeSite) -> None:
    aliases = [f"Ada {letter}. Mannheim" for letter in "BCDEFGHIJKLMN"]
    record = f"---\nname: Ada Mannheim\naliases: {aliases}\n---\n".replace("'", "")
    site = make_site({
        "content/people/ada.md": record,
        "content/articles/a.md": article("A", body=" ".join(f"{name} came." for name in aliases)),
    }, 'language = "ar"\n')
    run(site)
    text = (site / "public/people/ada-mannheim/index.html").read_text()
    assert len(forms(site, "people/ada-mannheim")) == 13
    rest = text[text.index("أسماء أخرى") :]
    assert rest.count("مرة واحدة") == 1


def test_an_incremental_build_is_as_a_clean_one(make_site: MakeSite) -> None:
    site = make_site({**ADA, **TEXTS})
    session = Session(Options(site=site, jobs=1))
    session.build()

    def step(files: Mapping[str, str], *, alone: bool = False) -> list[str]:
        for name, text in files.items():
            (site / name).write_text(text)
        session.build([site / name for name in files] if alone else None)
        run(site)
        quick = tree(site / "public")
        shutil.rmtree(site / "public")
        shutil.rmtree(site / ".site-builder")
        run(site)
        assert quick == tree(site / "public")
        return [f"{name} {note.partition(' ')[0]}" for name, _, note in forms(site, "people/ada-mannheim")]

    b = TEXTS["content/articles/b.md"]
    more = b.replace("ate.", "ate. Countess Mannheim too.")
    assert step({"content/articles/b.md": more}, alone=True) == [
        "Mannheim 3", "Ada Mannheim 2", "Countess Mannheim 2"]
    assert step({"content/articles/b.md": more.replace("2022-04-02", "2020-04-02")}) == [
        "Mannheim 3", "Ada Mannheim 2", "Countess Mannheim 2"]
    secret = ADA["content/people/ada.md"].replace(
        "aliases: [Countess Mannheim]", "former: [{name: Countess Mannheim, show: search}]")
    assert step({"content/people/ada.md": secret}) == ["Mannheim 3", "Ada Mannheim 2"]
    assert step({"content/articles/a.md": TEXTS["content/articles/a.md"].replace("A\n", "A\ndraft: yes\n", 1)
                 }) == ["Mannheim 2", "Ada Mannheim once"]
