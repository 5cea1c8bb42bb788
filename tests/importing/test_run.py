"""What all sources have in common: duplicates, limits, places, a missing library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.importing.likeness import Likenesses
from tests.conftest import ROOT
from tests.importing.sites import Archive, told, write

SENTENCES = [f"Sentence number {n} of the text says that river {n} rose by {n} metres."
             for n in range(20)]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def md(title: str, text: str, date: str = "2019-01-02") -> str:
    return f"---\ntitle: {title}\ndate: {date}\n---\n{text}\n"


def test_nearly_the_same_text_is_recognised_whatever_its_title(
    archive: Archive, tmp_path: Path
) -> None:
    typo = " ".join(SENTENCES).replace("number 7", "numbr 7")
    write(tmp_path / "old", {
        "a.md": md("A", " ".join(SENTENCES)), "b.md": md("B", f"**{typo[:9]}**{typo[9:]}"),
        "c.md": md("C", " ".join(SENTENCES[:10]))})
    report = archive.take(tmp_path / "old", kind="hugo")
    assert [(s.origin, s.path) for s in report.skipped] == [
        ("b.md", "content/articles/2019/01/a.md")]
    assert len(report.imported) == 2
    assert len(archive.take(tmp_path / "old", kind="hugo", duplicates=True).imported) == 1


def test_short_notes_of_the_same_words_are_two(archive: Archive, tmp_path: Path) -> None:
    write(tmp_path / "old", {"a.md": md("Monday", "No news today."),
                             "b.md": md("Tuesday", "No news today.")})
    assert len(archive.take(tmp_path / "old", kind="hugo").imported) == 2
    assert len(archive.take(tmp_path / "old", kind="hugo").skipped) == 2


def test_likeness_is_the_shared_part_of_the_longer_text() -> None:
    known = Likenesses()
    known.add("a", "A", " ".join(SENTENCES))
    assert known.find("X", " ".join(SENTENCES[:19]))[0] == "a"
    assert known.find("X", " ".join(SENTENCES[:10])) == ("", 0.0)
    assert known.find("X", " ".join([*SENTENCES, *(s.upper() + "!" for s in SENTENCES)]))[0] == "a"
    assert known.find("X", "Nothing of it.") == ("", 0.0)


def test_limit_into_and_dry_run(archive: Archive, tmp_path: Path) -> None:
    write(tmp_path / "old", {f"{n}.md": md(f"T{n}", SENTENCES[n]) for n in range(5)})
    options = {"kind": "hugo", "limit": 2, "into": "wire"}
    report = archive.take(tmp_path / "old", dry_run=True, **options)
    assert report.imported[0].text.startswith("---\ntitle: T0\n")
    assert (len(report.imported), report.left_over, archive.paths()) == (2, 3, [])
    for left in (3, 1, 0):
        assert archive.take(tmp_path / "old", **options).left_over == left
    assert len(archive.paths()) == 5
    assert archive.paths()[0] == "content/articles/wire/2019/01/0.md"
    archive.builds()


def test_a_folder_that_says_nothing_is_told_with_the_option(
    archive: Archive, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    report = archive.take(tmp_path / "empty")
    assert told(report) == ["IM001"]
    assert "--from" in next(iter(report.problems)).hint


def test_the_command_shows_counts_failures_and_exits_with_1(
    archive: Archive, tmp_path: Path
) -> None:
    write(tmp_path / "old", {"a.md": md("A", "Words.") + "![x](/gone.jpg)\n", "b.md": "---\nx: [\n",
                             "c.md": md("C", "Other words.")})
    command = [sys.executable, "-m", "site_builder", "import", str(tmp_path / "old"), "--from",
               "hugo", "--site", str(archive.folder)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == "2 imported, 0 there already, 1 failed"
    assert "    dropped: '/gone.jpg' (a picture to something that is not here)" in done.stdout
    assert "b.md: error FM001" in done.stderr
    again = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert again.stdout.splitlines()[-1] == "0 imported, 2 there already, 1 failed"
    wrong = subprocess.run([*command, "--into", "../out"], capture_output=True, cwd=ROOT)
    assert wrong.returncode == 2


def test_only_what_needs_a_library_asks_for_it(archive: Archive, tmp_path: Path) -> None:
    """Without the extra `import`, folders, tables and texts work; XML and pages say what to install."""
    write(tmp_path / "old", {"a.md": md("A", "Words <b>here</b>.")})
    write(tmp_path, {"b.csv": "title,date,text\nB,2019-01-01,Other words\n", "c.txt": "C\n\nText.\n",
                     "d.xml": "<rss version='2.0'><channel><item/></channel></rss>",
                     "e.html": "<html><body><p>Text</p></body></html>"})
    program = ("import sys\n"
               "for name in ('lxml', 'trafilatura', 'defusedxml', 'markdownify', 'feedparser'):\n"
               "    sys.modules[name] = None\n"
               "from site_builder.cli import main\nmain()\n")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", program, "import", *arguments, "--site", str(archive.folder)],
            capture_output=True, text=True, cwd=ROOT)

    fine = run(str(tmp_path / "old"), str(tmp_path / "b.csv"), str(tmp_path / "c.txt"),
               "--date", "2019-01-01")
    assert fine.returncode == 0, fine.stderr
    assert fine.stdout.splitlines()[-1] == "3 imported, 0 there already, 0 failed"
    for name in ("d.xml", "e.html"):
        refused = run(str(tmp_path / name))
        assert refused.returncode == 2
        assert "IM003" in refused.stderr
        assert "pip install 'site-builder[import]'" in refused.stderr
