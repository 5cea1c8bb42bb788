"""docs/tutorial.md can be followed: its files are written and its commands run, in their order."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.documents import Shell, blocks, missing, steps

TEXT = (ROOT / "docs/tutorial.md").read_text()


def follow(shell: Shell, text: str) -> None:
    for block in blocks(text):
        if block.file:
            shell.write(block)
        for command, shown in steps(block.text) if block.language == "console" else ():
            if command.startswith("cd "):
                shell.folder /= command[3:]
            elif command != "site-builder serve":  # tests/serving does that
                exit_code, output = shell.run(command)
                assert exit_code == 0, (command, output)
                assert not missing(shown, output), (command, output)


def test_the_tutorial_can_be_followed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / "github/meridian.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(there)], check=True)
    shell = Shell(tmp_path, tmp_path / "bin", capsys)
    shell.environment = {  # a push to GitHub ends in a folder here
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{tmp_path}/github/.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://github.com/jane/",
        **{f"GIT_{who}_{what}": "jane@news.example"
           for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
    follow(shell, TEXT)
    pushed = subprocess.run(
        ["git", "-C", str(there), "ls-tree", "-r", "--name-only", "main"],
        capture_output=True, text=True, check=True,
    ).stdout.splitlines()
    assert "content/articles/2023/06/iraq-pays-iran-for-gas.md" in pushed
    assert ".github/workflows/pages.yml" in pushed
    assert not [path for path in pushed if path.startswith(("public", ".site-builder", ".public"))]


def test_the_preview_has_the_address_that_the_tutorial_shows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from site_builder.config import load

    site = next(block for block in blocks(TEXT) if block.file == "site.toml")
    Shell(tmp_path, tmp_path / "bin", capsys).write(site)
    address = f"http://localhost:8000{load(tmp_path).base_path}/"
    assert f"$ site-builder serve\n{address} – Ctrl-C ends the preview" in TEXT


def test_the_commands_of_the_readme_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clone = tmp_path / "clone"
    clone.mkdir()
    follow(Shell(clone, tmp_path / "bin", capsys), (ROOT / "README.md").read_text())
    assert list((tmp_path / "my-archive/public/articles").rglob("talks-in-baghdad/index.html"))


def test_links_between_the_pages_of_the_docs_lead_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    for page in pages:
        prose = re.sub(r"^(```+).*?^\1$|`[^`\n]+`", "", page.read_text(), flags=re.M | re.S)
        for link in re.findall(r"\]\(([^)\s]+)\)", prose):
            target, _, anchor = link.partition("#")
            if target.startswith("https://"):
                continue
            file = page.parent / target if target else page
            assert file.exists(), (page.name, link)
            if anchor:
                headings = re.findall(r"^#+ (.+)$", file.read_text(), re.M)
                known = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
                assert anchor in known, (page.name, link)
