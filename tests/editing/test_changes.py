"""Several files change together or not at all."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from site_builder.editing.changes import Changes
from site_builder.editing.frontmatter import Edit
from site_builder.problems import Refusal


def test_all_files_are_written_with_their_modes(tmp_path: Path) -> None:
    one, gone = tmp_path / "a.md", tmp_path / "b.md"
    one.write_bytes(b"---\r\ntitle: T\r\n---\r\nx")
    one.chmod(0o640)
    gone.write_text("old")
    changes = Changes(tmp_path)
    assert changes.edit("a.md", [Edit("people", add=("Na",))])
    changes.put("b.md", None)
    changes.put("new/c.md", b"new")
    assert "+people: [Na]" in list(changes.diff())
    assert one.read_bytes() == b"---\r\ntitle: T\r\n---\r\nx"
    changes.write()
    assert one.read_bytes() == b"---\r\ntitle: T\r\npeople: [Na]\r\n---\r\nx"
    assert one.stat().st_mode & 0o777 == 0o640
    assert not gone.exists()
    assert (tmp_path / "new/c.md").read_bytes() == b"new"
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.md", "c.md", "new"]


def test_a_file_that_changed_meanwhile_stops_all(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("---\ntitle: T\n---\n")
    changes = Changes(tmp_path)
    for name in ("a.md", "b.md"):
        changes.edit(name, [Edit("people", add=("Na",))])
    (tmp_path / "b.md").write_text("---\ntitle: Other\n---\n")
    with pytest.raises(Refusal) as refused:
        changes.write()
    assert refused.value.exit_code == 1
    assert (tmp_path / "a.md").read_text() == "---\ntitle: T\n---\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.md", "b.md"]


def test_a_failing_rename_puts_back_what_was_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fails at the last file: those before it are as they were, or not there."""
    for name in ("a.md", "aa.md", "b.md"):
        (tmp_path / name).write_text("old")
    (tmp_path / "a.md").chmod(0o640)
    changes = Changes(tmp_path)
    changes.put("a.md", b"new")
    changes.put("aa.md", None)
    changes.put("ab.md", b"new")
    changes.put("b.md", b"new")
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if target.name == "b.md" and self.read_bytes() == b"new":
            raise OSError(28, "No space left on device", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(Refusal) as refused:
        changes.write()
    assert refused.value.exit_code == 4
    assert refused.value.problems[0].file == str(tmp_path / "b.md")
    assert [(p.name, p.read_text()) for p in sorted(tmp_path.iterdir())] == [
        ("a.md", "old"), ("aa.md", "old"), ("b.md", "old")]
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640


def test_a_file_that_is_gone_is_told_and_not_made_again(tmp_path: Path) -> None:
    changes = Changes(tmp_path)
    assert not changes.edit("a.md", [Edit("people", add=("Na",))])
    assert [(p.code, p.file) for p in changes.refused] == [("ED001", "a.md")]
    assert not changes.paths


def test_git_makes_the_same_of_what_is_shown(tmp_path: Path) -> None:
    """A file that comes, one that goes, one that stays as it is and one that changes."""
    there, copy = tmp_path / "there", tmp_path / "copy"
    for folder in (there, copy):
        folder.mkdir()
        for name in ("a.md", "gone.md", "same.md"):
            (folder / name).write_text("---\ntitle: T\n---\nText\n")
    changes = Changes(there)
    changes.edit("a.md", [Edit("people", add=("Na",))])
    changes.put("gone.md", None)
    changes.put("new.md", b"One\nTwo\n")
    changes.put("same.md", changes.read("same.md"))
    assert len(changes) == 3
    patch = "".join(f"{line}\n" for line in changes.diff())
    assert "--- /dev/null\n+++ b/new.md\n" in patch
    subprocess.run(["git", "apply", "-"], input=patch, text=True, cwd=copy, check=True)
    changes.write()
    assert {p.name: p.read_text() for p in copy.iterdir()} == {
        p.name: p.read_text() for p in there.iterdir()}
    assert sorted(p.name for p in copy.iterdir()) == ["a.md", "new.md", "same.md"]
