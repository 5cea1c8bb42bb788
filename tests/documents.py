"""The executable parts of a page of docs/: files to write, commands to run, output to see.

A fenced block says what it is after its fence: ```` ```markdown content/articles/a.md ````
is a file, ```` ```sh ```` are commands, ```` ```console ```` is a command after `$` with the
lines that it must show, in their order and among others; `…` stands for any text.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from site_builder.cli import main
from tests.conftest import ROOT

_BLOCK = re.compile(r"^(?P<fence>```+)(?P<info>[^\n`]+)\n(?P<text>.*?)^(?P=fence)$", re.M | re.S)


class Block(NamedTuple):
    """A fenced block: its language, the file that it is (or nothing) and its text."""

    language: str
    file: str
    text: str


class Step(NamedTuple):
    """A command and the lines that it must show."""

    command: str
    shown: list[str]


def blocks(text: str) -> list[Block]:
    return [
        Block(*(*m["info"].strip().split(" ", 1), "")[:2], m["text"]) for m in _BLOCK.finditer(text)
    ]


def steps(console: str) -> list[Step]:
    found: list[Step] = []
    for line in console.splitlines():
        if line.startswith("$ "):
            found.append(Step(line[2:], []))
        elif line.strip() and line.strip() != "…":
            found[-1].shown.append(line)
    return found


class Shell:
    """Runs what a page says in `folder`, with `site-builder` on the path."""

    def __init__(self, folder: Path, bin: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capture = capture
        self.environment: dict[str, str] = {}
        bin.mkdir(exist_ok=True)
        door = bin / "site-builder"
        door.write_text(
            f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m site_builder "$@"\n')
        door.chmod(0o755)
        self.path = f"{bin}{os.pathsep}{os.environ['PATH']}"

    def write(self, block: Block) -> None:
        path = self.folder / block.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")

    def run(self, command: str) -> tuple[int, str]:
        """Exit code and output. A plain site-builder command runs in this process: it is quicker."""
        words = shlex.split(command, comments=True)
        if words[:1] == ["site-builder"] and not set(command) & set("|<>&;$*"):
            return self._inside(words[1:])
        done = subprocess.run(
            ["bash", "-euc", command], cwd=self.folder, text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**os.environ, "PATH": self.path, **self.environment},
        )
        return done.returncode, done.stdout

    def _inside(self, words: list[str]) -> tuple[int, str]:
        self.capture.readouterr()
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.folder)
            patch.setattr(sys, "argv", ["site-builder", *words])
            code = 0
            try:
                main()
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else int(end.code is not None)
        said = self.capture.readouterr()
        return code, said.err + said.out


def missing(shown: list[str], output: str) -> list[str]:
    """The lines of `shown` that `output` does not have, in this order."""
    lines = iter(output.splitlines())
    absent = []
    for wanted in shown:
        pattern = ".*".join(map(re.escape, wanted.rstrip().split("…")))
        if not any(re.fullmatch(pattern, line.rstrip()) for line in lines):
            absent.append(wanted)
    return absent
