"""Commands as a person types them: real processes, exit codes and output."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


def command(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "site_builder", *words], cwd=cwd, capture_output=True, text=True,
        check=False,
    )


def test_a_new_site_builds_and_nothing_is_overwritten(tmp_path: Path) -> None:
    site = str(tmp_path / "news")
    assert command("new", "site", site, "--title", 'The "Daily" Record').returncode == 0
    assert command("new", "article", "Talks: a first day", "--site", site).returncode == 0
    assert command("new", "person", "Jane Doe", "--site", site).returncode == 0
    built = command("build", "--site", site)
    assert built.returncode == 0, built.stderr
    assert "2 articles" in built.stdout
    again = command("new", "site", site)
    assert again.returncode == 2
    assert "OU002" in again.stderr


def test_check_writes_nothing_and_speaks_three_languages(tmp_path: Path) -> None:
    site = tmp_path / "s"
    (site / "content/articles").mkdir(parents=True)
    (site / "site.toml").write_text('title = "T"\nbase_url = "https://x.example"\n')
    (site / "content/articles/a.md").write_text("---\ntitle: A\ndate: yesterday\n---\nText\n")
    before = sorted(site.rglob("*"))
    text = command("check", "--site", str(site))
    assert text.returncode == 1
    assert "content/articles/a.md:3:1: error FM008" in text.stdout
    data = json.loads(command("check", "--site", str(site), "--format", "json").stdout)
    assert data[0]["code"] == "FM008"
    github = command("check", "--site", str(site), "--format", "github").stdout
    assert github.startswith("::error file=content/articles/a.md,line=3,col=1")
    assert sorted(p for p in site.rglob("*") if ".site-builder" not in str(p)) == before


def test_wrong_use_and_wrong_configuration_are_exit_code_2(tmp_path: Path) -> None:
    assert command("build", "--site", str(tmp_path)).returncode == 2
    assert command("build", "--nonsense").returncode == 2
    (tmp_path / "site.toml").write_text('titel = "T"\nbase_url = "nowhere"\n[lists]\npage_size = 0\n')
    wrong = command("build", "--site", str(tmp_path))
    assert wrong.returncode == 2
    assert "site.toml:1:1: error CF003" in wrong.stderr
    assert "did you mean `title`?" in wrong.stderr
    assert "site.toml:2:1: error CF004" in wrong.stderr
    assert "site.toml:4:1: error CF004" in wrong.stderr
