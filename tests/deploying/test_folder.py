"""The output is a plain folder: what copies folders copies the site, and then only what changed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.pipeline.test_build import MakeSite, article, run, tree


def test_rsync_brings_a_site_over_and_then_only_what_changed(
    make_site: MakeSite, tmp_path: Path
) -> None:
    if not shutil.which("rsync"):
        pytest.skip("no rsync on this machine")
    site = make_site({f"content/articles/{n}.md": article(n) for n in "abc"})
    there = tmp_path / "there"

    def copy() -> list[str]:
        done = subprocess.run(
            ["rsync", "-a", "--delete", "--itemize-changes", "--exclude",
             ".site-builder-manifest.json", f"{site}/public/", f"{there}/"],
            capture_output=True, text=True, check=True)
        return [line.split(" ", 1)[1] for line in done.stdout.splitlines() if line[1] == "f"]

    run(site)
    copy()
    built = tree(site / "public")
    del built[".site-builder-manifest.json"]
    assert tree(there) == built
    (site / "content/articles/b.md").write_text(article("b", body="Other words."))
    changed = run(site).changed
    assert sorted(copy()) == sorted(changed)


def test_a_copy_has_ordinary_files_that_everybody_may_read(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.md": article("a")})
    run(site)
    for path in (site / "public").rglob("*"):
        assert not path.is_symlink()
        assert path.stat().st_mode & 0o444 == 0o444, path
        if path.is_dir():
            assert path.stat().st_mode & 0o555 == 0o555, path
