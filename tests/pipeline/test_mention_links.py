"""Names in running text lead to the pages of those who bear them, and the text stays as it is."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import html5lib
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.build import Options, build
from site_builder.cli import cli
from tests.pipeline.test_build import article, run, tree

MakeSite = Callable[..., Path]
PEOPLE = {
    "content/people/ada.md": "---\nname: Ada Mannheim\n---\n",
    "content/people/ben.md": "---\nname: Ben O'Zoller & Sons\naliases: [Ben Zoller]\n---\n",
}
OFF = "[finding]\nlinks = false\n"
LINK = re.compile(r'<a class="mention" href="([^"]*)">([^<]*)</a>')


def body(site: Path, name: str = "a") -> str:
    text = (site / f"public/articles/2022/11/{name}/index.html").read_text()
    return text[text.index('<div class="body">') : text.index('<div class="cite')] \
        if '<div class="cite' in text else text[text.index('<div class="body">') :]


def links(site: Path, name: str = "a") -> list[tuple[str, str]]:
    return [(url.removeprefix("/record"), words) for url, words in LINK.findall(body(site, name))]


def built(make_site: MakeSite, text: str, toml: str = "", **fields: str) -> Path:
    site = make_site({**PEOPLE, "content/articles/a.md": article("A", body=text, **fields)}, toml)
    run(site)
    return site


def test_the_first_mention_in_each_section_is_a_link(make_site: MakeSite) -> None:
    site = built(make_site, "Ada Mannheim flew to Iran. Ada Mannheim slept in Iran.\n\n"
                 "Mannheim ate.\n\n## Later\n\nMannheim left Iran.\n\nMannheim was gone.")
    assert links(site) == [
        ("/people/ada-mannheim/", "Ada Mannheim"), ("/countries/iran/", "Iran"),
        ("/people/ada-mannheim/", "Mannheim"), ("/countries/iran/", "Iran"),
    ]


def test_headings_links_and_code_get_none(make_site: MakeSite) -> None:
    site = built(make_site, "## Ada Mannheim\n\n[Ada Mannheim](https://a.example) and `Ada Mannheim`."
                 "\n\nSo *said* **Ada Mannheim** & then Ada Mannheim.\n\n"
                 "    Ada Mannheim\n")
    assert links(site) == [("/people/ada-mannheim/", "Ada Mannheim")]
    assert '<strong><a class="mention" href="/record/people/ada-mannheim/">Ada Mannheim</a></strong>' \
        in body(site)


def test_lines_entities_lists_notes_and_quotations(make_site: MakeSite) -> None:
    site = built(make_site, "A & B, then  Ada\nMannheim,[^1] and\nso on &lt;in\nIraq&gt;.\n\n- a *list*\n"
                 "- with Ben Zoller\n\n> Quoted in Iran.\n\n[^1]: A note.")
    assert links(site) == [
        ("/people/ada-mannheim/", "Ada\nMannheim"), ("/countries/iraq/", "Iraq"),
        ("/people/ben-o-zoller-sons/", "Ben Zoller"), ("/countries/iran/", "Iran"),
    ]


def test_they_can_be_turned_off(make_site: MakeSite) -> None:
    assert not links(built(make_site, "Ada Mannheim flew to Iran.", OFF))


def test_withheld_people_get_none(make_site: MakeSite) -> None:
    hidden = "---\nname: Ada Mannheim\nwithhold: true\n---\n"
    site = make_site({"content/people/ada.md": hidden,
                      "content/articles/a.md": article("A", body="Ada Mannheim flew to Iran.")})
    run(site)
    assert links(site) == [("/countries/iran/", "Iran")]


def test_other_languages_and_sites_on_a_disk(make_site: MakeSite) -> None:
    site = make_site({
        "content/people/a.md": "---\nname: Nouri al-Maliki\naliases: [نوري المالكي]\n---\n",
        "content/articles/a.md": article("A", lang="ar", body="قال نوري المالكي إن العراق سيرد."),
    })
    build(Options(site=site, jobs=1, portable=True))
    assert ("../../../../people/nouri-al-maliki/index.html", "نوري المالكي") in links(site)


def test_feeds_hold_the_text_as_it_was_written(make_site: MakeSite) -> None:
    site = built(make_site, "Ada Mannheim flew to Iran.", "[feeds]\nfull_text = true\n")
    feed = (site / "public/feed.xml").read_text()
    assert "Ada Mannheim flew to Iran." in feed
    assert "mention" not in feed


def test_a_packet_leads_out_to_the_site(make_site: MakeSite, tmp_path: Path) -> None:
    site = built(make_site, "Ada Mannheim flew to Iran.")
    made = CliRunner().invoke(
        cli, ["packet", "Ada Mannheim", "--site", str(site), "--output", str(tmp_path / "p.zip")])
    assert made.exit_code == 0, made.output
    with zipfile.ZipFile(tmp_path / "p.zip") as packed:
        page = next(name for name in packed.namelist() if name.endswith("/a/index.html"))
        found = {words: url for url, words in LINK.findall(packed.read(page).decode())}
    assert found["Ada Mannheim"] == "../../../../people/ada-mannheim/index.html"
    assert found["Iran"] == "https://news.example/record/countries/iran/"


def test_a_changed_record_changes_the_links(make_site: MakeSite) -> None:
    site = built(make_site, "Ada Mannheim flew to Iran with Ben Zoller and Cyd Farrow.")
    for record in ("name: Ada Mannheim\nslug: mannheim", "name: Ada Mannheim\nwithhold: true",
                   "name: Cyd Farrow"):
        (site / "content/people/ada.md").write_text(f"---\n{record}\n---\n")
        run(site)
        quick = tree(site / "public")
        shutil.rmtree(site / "public")
        shutil.rmtree(site / ".site-builder")
        run(site)
        assert quick == tree(site / "public")
    assert links(site)[-1] == ("/people/cyd-farrow/", "Cyd Farrow")


PIECES = st.sampled_from([
    "Ada Mannheim", "Mannheim", "Ben Zoller", "Iran", "the Iranian", "Iraq", "said", "of the", "&", "&amp;",
    "&nbsp;", "<b>", "a  b", "\n", "  \n", "\n\n", "\n\n## Iran and Mannheim\n\n", "\n\n- ", "\n\n> ",
    "*Iran*", "**Ada** Mannheim", "*Ada Mannheim*", "[Iran](https://a.example)", "[see Mannheim][1]",
    "`Iran`", "~~Iraq~~", "[^1]", "“Iraq,”", "\u00a0", "\u2028", "id=\"p-aaaaaa\"", "\n\n| Iran | b |\n|-|-|\n| Iraq | c |\n\n",
    "\n\n    Iran\n\n", "![Iran](https://a.example/x.png)", "https://iran.example/Iran", "ʿ", "é", "<", ">",
])


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(PIECES, max_size=25), min_size=12, max_size=12))
def test_every_character_stays(tmp_path_factory: object, texts: list[list[str]]) -> None:
    """Without the links the pages are what they are where links are turned off; none is nested."""
    folder = tmp_path_factory.mktemp("m")  # type: ignore[attr-defined]
    sites = []
    for name, toml in (("on", ""), ("off", OFF)):
        site = folder / name
        for path, text in PEOPLE.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(text)
        (site / "content/articles").mkdir()
        (site / "site.toml").write_text(
            f'title = "T"\nbase_url = "https://news.example/record"\n[markdown]\nraw_html = true\n'
            f"[checks]\nbroken_links = \"warning\"\n{toml}")
        for number, pieces in enumerate(texts):
            (site / f"content/articles/n{number}.md").write_text(article(
                f"N{number}", body=" ".join(pieces) + "\n\n[1]: https://b.example\n[^1]: Note on Iraq."))
        report = run(site)
        assert report.published, report.problems
        sites.append(tree(site / "public"))
    on, off = sites
    assert on.keys() == off.keys()
    for path, data in on.items():
        if path.startswith("articles/") and path.endswith(".html"):
            text = data.decode()
            assert LINK.sub(r"\2", text) == off[path].decode()
            page = html5lib.parse(text, namespaceHTMLElements=False)
            for closed in ("a", "h1", "h2", "h3", "code", "pre", "del", "nav"):
                for element in page.iter(closed):
                    inner = [e for e in element.iter("a") if e.get("class") == "mention" and e is not element]
                    assert not inner
    shutil.rmtree(folder)


def test_a_hidden_former_name_leads_to_nobody(make_site: MakeSite) -> None:
    record = "---\nname: Ada Mannheim\nformer: [{{name: Otto Mannheim, show: {0}}}]\n---\n"
    site = make_site({
        "content/people/ada.md": record.format("shown"),
        "content/articles/a.md": article("A", body="Otto Mannheim ate.\n\nAda Mannheim slept."),
    })
    run(site)
    assert links(site) == [("/people/ada-mannheim/", "Otto Mannheim")]
    (site / "content/people/ada.md").write_text(record.format("hidden"))
    run(site)
    assert links(site) == [("/people/ada-mannheim/", "Ada Mannheim")]
