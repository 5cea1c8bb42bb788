"""Real archives, whole: what is taken, what is refused, and that all of it builds."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from site_builder.build import Options, build
from site_builder.importing.run import ImportReport
from site_builder.importing.shortcodes import liquid
from site_builder.problems import Problems, Severity
from site_builder.reading import frontmatter
from tests.conftest import ROOT
from tests.importing.sites import Archive, told

CORPORA = Path(os.environ.get("SITE_BUILDER_SHARED", ROOT.parent / "shared")) / "corpora"

pytestmark = pytest.mark.corpora


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def corpus(name: str) -> Path:
    path = CORPORA / name
    if not path.is_dir():
        pytest.skip(f"../shared is not here: the archive {name}")
    return path


def builds(archive: Archive) -> None:
    report = build(Options(site=archive.folder, publish=False, drafts=True, future=True))
    errors = [p for p in report.problems if p.severity is Severity.ERROR]
    assert not errors, errors[:5]


def differing(report: ImportReport) -> list[str]:
    return [f"{i.path}: {c}" for i in report.imported for c in i.candidate.changed
            if "differs" in c]


def letters(markdown: str) -> str:
    """The letters and digits of a Markdown text, without addresses and template code."""
    text = re.sub(r"(?m)^ {0,3}\[[^\]]+\]: *\S+|\]\([^)]*\)|<[^>]*>|\{[%{#<].*?[%}#>]\}|ref:\S+|https?://\S+|`+[\w#+-]*",
                  " ", markdown, flags=re.DOTALL)
    return re.sub(r"[\W_]+", "", re.sub(r"&#?\w+;|\\(.)", r"\1", text)).casefold()


def test_18f_as_jekyll(archive: Archive) -> None:
    source = corpus("18f")
    options = {"kind": "jekyll", "base": "https://18f.gsa.gov",
               "permalink": "/:year/:month/:day/:title/"}
    report = archive.take(source, **options)
    assert (len(report.imported), len(report.skipped), told(report)) == (509, 0, [])
    compared = 0
    for item in report.imported:
        text = (source / item.candidate.file).read_text()
        matter = frontmatter.split(text, file="", problems=Problems(), known=())
        assert matter
        plain = liquid.reduce(matter.body)
        if not plain.dropped and not plain.changed and "~~" not in text:
            assert letters(archive.body(item.path)) == letters(matter.body), item.path
            compared += 1
    assert compared > 90
    builds(archive)
    again = archive.take(source, **options)
    assert (len(again.imported), len(again.skipped)) == (0, 509)


def test_digitalgov_as_hugo(archive: Archive) -> None:
    source = corpus("digitalgov")
    report = archive.take(source, base="https://digital.gov", field_map={"tags": "topics"},
                          permalink="/:year/:month/:day/:slug/")
    assert (len(report.imported), len(report.skipped), set(told(report))) == (
        2031, 1, {"MD009"})
    assert len(report.problems) == 51
    known = sum(1 for i in report.imported for a in i.candidate.authors if " " in a)
    assert known > 1800  # by the term pages in content/authors
    linked = 0
    for item in report.imported:  # each was read by the reader itself before it was written
        body = archive.body(item.path)
        assert not re.search(r"\{\{[<%]|\(ref:", body), item.path
        for target in re.findall(r"\]\(([^()\s:]+\.md)\)", body):
            assert (archive.folder / item.path).parent.joinpath(target).is_file(), item.path
            linked += 1
    assert linked > 1250


@pytest.mark.parametrize(("name", "counts"), [
    ("themeunittestdata.wordpress.xml", (76, 2, ["MD009"])),
    ("64-block-test-data.xml", (61, 0, ["MD009"])), ("theme-preview.xml", (7, 0, [])),
])
def test_wordpress_exports(
    archive: Archive, name: str, counts: tuple[int, int, list[str]]
) -> None:
    report = archive.take(corpus("wordpress") / name)
    assert (len(report.imported), len(report.skipped), told(report)) == counts
    assert not differing(report)
    for item in report.imported:
        body = re.sub(r"```.*?```", "", archive.body(item.path), flags=re.DOTALL)
        assert "<!-- wp:" not in body
        assert not re.search(r"\[/?(?:caption|gallery|embed)\b", body), item.path
    builds(archive)


def test_wikinews_as_tables(archive: Archive) -> None:
    files = sorted(corpus("wikinews_en").glob("*.csv"))
    report = archive.take(*files)
    assert len(report.imported) + len(report.skipped) + len(report.problems) == 295
    assert len(report.imported) >= 280
    builds(archive)
    assert not archive.take(*files).imported
