"""The archive that benchmarks are made of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.archive import Archive, write_site
from benchmarks.tools import TOOLS
from site_builder.build import Options, build


def files(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): p.read_text() for p in folder.rglob("*") if p.is_file()}


def test_a_seed_makes_the_same_archive_again_and_another_seed_another(tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("again", 7), ("other", 8)):
        write_site(Archive(20, seed), tmp_path / name)
    assert files(tmp_path / "one") == files(tmp_path / "again")
    assert files(tmp_path / "one").keys() != files(tmp_path / "other").keys()


def test_an_archive_builds_without_a_problem(tmp_path: Path) -> None:
    archive = Archive(50)
    write_site(archive, tmp_path / "site")
    report = build(Options(site=tmp_path / "site", output=tmp_path / "out", jobs=1))
    assert report.problems == ()
    assert report.articles == 50
    texts = "\n".join(p.read_text() for p in (tmp_path / "site/content/articles").rglob("*.md"))
    assert report.people == len({p.name for p in archive.people if p.name in texts})
    for article in archive:
        words = len(re.findall(r"\w+", archive.body(article)))
        assert 450 <= words <= 800
        assert "{" not in archive.body(article) + article.title + article.summary


@pytest.mark.parametrize("name", ["site-builder", "hugo", "eleventy", "pelican"])
def test_every_edit_changes_what_a_tool_reads(name: str, tmp_path: Path) -> None:
    archive, tool = Archive(20), TOOLS[name](tmp_path / "tools")
    site = tmp_path / "site"
    tool.write(archive, site)
    before = files(site)
    edits = {
        "body": tool.body(archive), "add": tool.add(archive), "rename": tool.rename(archive),
        "template": tool.edit_template(archive, site),
    }
    for scenario, edit in edits.items():
        for path, text in edit.files.items():
            assert before.get(path) != text, (scenario, path)
            assert (path in before) == (scenario != "add"), (scenario, path)
