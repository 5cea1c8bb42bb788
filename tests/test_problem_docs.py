"""docs/problems.md is true: each example gives its problem, and its mend takes it away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from site_builder.problems import CODES
from tests.conftest import ROOT
from tests.documents import Block, Shell, Step, blocks, missing, steps

NOT_RAISED = {
    "FM014": "nothing in the code gives it yet",
    "ID007": "nothing in the code gives it yet",
}
NO_EXAMPLE: dict[str, str] = {
    "DP006": "somebody would have to be quicker than the command: tests/deploying is",
    "IM003": "the suite has all libraries; tests/importing/test_run.py takes them away",
    "PG001": "no input is known that provokes it",
    **dict.fromkeys(("EX002", "EX003", "EX004", "EX007"), "it needs a server"),
    "EX005": "it needs an installation without httpx",
    "ED002": "it takes another writer at the very moment",
}
"""Codes that a small site cannot provoke, with the reason."""

_SECTION = re.compile(r"^### ([A-Z]{2}\d{3}): (.+?)\n(.*?)(?=^### [A-Z]{2}\d{3}|\Z)", re.M | re.S)
SECTIONS = {
    m[1]: (m[2], m[3]) for m in _SECTION.finditer((ROOT / "docs/problems.md").read_text())
}
SITE = 'title = "The Record"\nbase_url = "https://news.example"\n'


def test_every_code_has_its_section_under_its_title() -> None:
    assert {code: title for code, (title, _) in SECTIONS.items()} == CODES
    for code, (_, text) in SECTIONS.items():
        shown = any(b.language == "console" for b in blocks(text))
        assert shown != (code in {**NOT_RAISED, **NO_EXAMPLE}), code


@pytest.mark.parametrize("code", sorted(NOT_RAISED))
def test_what_is_said_to_be_never_given_is_never_given(code: str) -> None:
    used = [
        path for path in (ROOT / "site_builder").rglob("*.py")
        if f'"{code}"' in path.read_text() and path.name != "problems.py"
    ]
    assert not used, f"{code} is given now: write its example in docs/problems.md"


@pytest.mark.parametrize("code", [c for c in CODES if c not in {**NOT_RAISED, **NO_EXAMPLE}])
def test_the_example_gives_the_problem_and_the_mend_takes_it_away(
    code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "site.toml").write_text(SITE)
    shell = Shell(site, tmp_path / "bin", capsys)
    parts = blocks(SECTIONS[code][1])
    first = next(i for i, b in enumerate(parts) if b.language == "console")
    example = _follow(shell, parts[: first + 1])
    assert example is not None
    exit_code, output = shell.run(example.command)
    assert not missing(example.shown, output), output
    line = next(line for line in example.shown if f" {code}: " in line)
    assert (exit_code != 0) == (f"error {code}" in line), (exit_code, output)
    mended = _follow(shell, parts[first + 1 :]) or example._replace(shown=[])
    exit_code, output = shell.run(mended.command)
    assert code not in output
    assert exit_code == 0, output
    assert not missing(mended.shown, output), output


def _follow(shell: Shell, parts: list[Block]) -> Step | None:
    """Do what the blocks say; the command of the last console block is given back, not run."""
    step = None
    for part in parts:
        if part.language == "console":
            (step,) = steps(part.text)
        elif part.language == "sh":
            exit_code, output = shell.run(part.text)
            assert exit_code == 0, output
        else:
            assert part.file, part
            shell.write(part)
    return step
