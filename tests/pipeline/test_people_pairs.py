"""A page for two people who often appear together."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.pipeline.test_build import article, run, tree

MakeSite = Callable[..., Path]
TWICE = "[lists]\npeople_pair_threshold = 2\n"
PEOPLE = {
    "content/people/ada.md": "---\nname: Ada Mannheim\n---\n",
    "content/people/ben.md": "---\nname: Ben Zoller\n---\n",
    "content/people/cyd.md": "---\nname: Cyd Farrow\n---\n",
}
BOTH = "Ada Mannheim met Ben Zoller at the harbour."
APART = "Ada Mannheim left.\n\nBen Zoller stayed."


def texts(*bodies: str, **fields: str) -> dict[str, str]:
    """Articles of 2021, 2022 and so on."""
    return {
        f"content/articles/n{number}.md": article(
            f"N{number}", date=f"{2021 + number}-03-01", body=body, **fields)
        for number, body in enumerate(bodies)
    }


def page(site: Path, address: str) -> str:
    return (site / f"public/{address}/index.html").read_text()


def test_two_people_have_a_page_with_shared_passages_oldest_first(make_site: MakeSite) -> None:
    site = make_site({**PEOPLE, **texts(BOTH, APART, "Cyd Farrow saw Ben Zoller.")}, TWICE)
    assert not run(site).problems
    text = page(site, "people/ada-mannheim/ben-zoller")
    assert re.search(r"<h1>.*Ada Mannheim.*Ben Zoller.*</h1>", text)
    assert text.index("/articles/2021/03/n0/") < text.rindex("/articles/2022/03/n1/")
    assert "/articles/2023/" not in text
    order = text.index("Articles, oldest first")  # said of the articles: passages run newest first
    assert text.index('class="in-context"') < order < text.index('class="record chronicle"')
    assert text.count("ldest first") == 1
    box = text[text.index('class="in-context"') :]
    passages = re.findall(r'href="([^"]*#p-\w+)"', box[: box.index("</section>")])
    assert len(passages) == 1
    assert "/articles/2021/03/n0/#p-" in passages[0]
    assert "<mark>Ada Mannheim</mark> met <mark>Ben Zoller</mark> at the harbour." in box
    assert '/people/ada-mannheim/ben-zoller/</bdi>' in page(site, "people/ben-zoller/ada-mannheim")
    for person in ("ada-mannheim", "ben-zoller"):
        assert 'href="/record/people/ada-mannheim/ben-zoller/"' in page(site, f"people/{person}")
    assert (site / "public/people/ada-mannheim/ben-zoller/feed.xml").exists()
    assert "/people/ada-mannheim/ben-zoller/feed.xml" in (site / "public/feeds.opml").read_text()
    assert not (site / "public/people/ben-zoller/cyd-farrow").exists()


def test_a_shared_passage_shows_both_names(make_site: MakeSite) -> None:
    site = make_site({**PEOPLE, **texts(
        "Ben Zoller " + "waited " * 60 + "for Ada Mannheim " + "again " * 40 + "today.", BOTH)}, TWICE)
    run(site)
    text = page(site, "people/ada-mannheim/ben-zoller")
    line = re.search(r"<mark>Ben Zoller</mark>(.*?)<mark>Ada Mannheim</mark>(.*?)</a>", text)
    assert line
    assert re.fullmatch(r" (waited )+… (waited )+for ", line[1])
    assert re.fullmatch(r" (again )+…", line[2])
    assert len(line[0]) < 400


def test_no_page_without_a_shared_passage_or_below_the_threshold(make_site: MakeSite) -> None:
    site = make_site({**PEOPLE, **texts(APART, APART)}, TWICE)
    run(site)
    assert not (site / "public/people/ada-mannheim/ben-zoller").exists()
    site = make_site({**PEOPLE, **texts(BOTH, APART)})
    run(site)
    assert not (site / "public/people/ada-mannheim/ben-zoller").exists()


def test_a_list_of_many_people_joins_no_two(make_site: MakeSite) -> None:
    crowd = {f"content/people/q{n}.md": f"---\nname: Quentin {name}\n---\n"
             for n, name in enumerate(("Aldous", "Bering", "Corvin", "Dunmore", "Eskil"))}
    names = ", ".join(text.split("name: ")[1].split("\n")[0] for text in crowd.values())
    site = make_site({**crowd, **texts(f"There came {names}.", f"There came {names}.")}, TWICE)
    run(site)
    assert "5" in page(site, "people")
    assert not list((site / "public/people").glob("*/quentin-*"))


def test_withheld_people_have_no_page_together(make_site: MakeSite) -> None:
    hidden = {**PEOPLE, "content/people/ben.md": "---\nname: Ben Zoller\nwithhold: true\n---\n"}
    site = make_site({**hidden, **texts(BOTH, BOTH, BOTH)}, TWICE)
    run(site)
    assert (site / "public/people/ada-mannheim").is_dir()
    assert not [path for path in tree(site / "public") if "ben-zoller" in path]


def test_there_are_no_more_pages_than_people(make_site: MakeSite) -> None:
    names = ("Ada Mannheim", "Ben Zoller", "Cyd Farrow", "Dov Lindgren")
    records = {f"content/people/{n}.md": f"---\nname: {name}\n---\n" for n, name in enumerate(names)}
    bodies = [f"{' and '.join(names)} met."] * 2 + [BOTH]
    site = make_site({**records, **texts(*bodies)}, TWICE)
    run(site)
    found = [path for path in (site / "public/people").glob("*/*/index.html")
             if "chronicle" in path.read_text()]
    assert len(found) == 4
    assert site / "public/people/ada-mannheim/ben-zoller/index.html" in found


def test_an_incremental_build_is_as_a_clean_one(make_site: MakeSite) -> None:
    """Pages of two come, change and go; the pages of the two people say so."""
    site = make_site({**PEOPLE, **texts(BOTH)}, TWICE)
    run(site)

    def step(files: Mapping[str, str]) -> set[str]:
        for name, text in files.items():
            (site / name).write_text(text)
        run(site)
        quick = tree(site / "public")
        shutil.rmtree(site / "public")
        shutil.rmtree(site / ".site-builder")
        run(site)
        assert quick == tree(site / "public")
        return {path for path in quick if path.startswith("people/") and path.count("/") == 3}

    both = {"people/ada-mannheim/ben-zoller/index.html", "people/ben-zoller/ada-mannheim/index.html"}
    assert not both & step({})
    assert both <= step(texts(BOTH, APART))
    assert both <= step(texts(APART, BOTH))
    assert both <= step({"content/people/cyd.md": "---\nname: Cyd Farrow\nroles: []\n---\n"})
    assert not both & step(texts(APART, APART))


def test_a_link_to_a_page_of_two_says_how_many_articles_that_page_has(make_site: MakeSite) -> None:
    site = make_site(
        {**PEOPLE, **texts(BOTH, APART, "Trains from France reach Chile.",
                           "Chile has a port.\n\nFrance has another.")},
        TWICE + "pair_threshold = 1\n")
    assert not run(site).problems
    for address, both in (("countries/france", 2), ("people/ada-mannheim", 2)):
        text = page(site, address)
        links = re.findall(r'class="pair-link"><a href="/record([^"]+)">The two together: (\d+)<', text)
        assert links
        for url, number in links:
            other = page(site, url.strip("/"))
            assert int(number) == other.count('<article class="card"')
        assert f'<summary>{both}<span class="hidden"> articles with' in text
    assert "The two together: 1<" in page(site, "countries/france")
