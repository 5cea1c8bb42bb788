"""What the commands say of themselves, in --help, in docs and to a shell that completes words."""

from __future__ import annotations

import inspect
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from site_builder.cli import cli
from tests.conftest import ROOT
from tests.documents import Shell

PAGE = (ROOT / "docs/reference/commands.md").read_text()


def commands(command: click.Command, name: str = "site-builder") -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for word, child in command.commands.items():
            yield from commands(child, f"{name} {word}")


ALL = dict(commands(cli))


def described(name: str) -> str:
    """The part of the page under a command's heading, without those of its subcommands."""
    found = re.search(rf"^##+ {name}\n(.*?)(?=^##|\Z)", PAGE, re.M | re.S)
    assert found, f"{name} has no heading"
    return found[1]


@pytest.mark.parametrize("name", [n for n in ALL if n != "site-builder"])
def test_every_command_argument_and_option_is_documented(name: str) -> None:
    text = described(name)
    for parameter in ALL[name].params:
        word = parameter.opts[-1] if isinstance(parameter, click.Option) else parameter.opts[0].upper()
        assert re.search(rf"^\| `{re.escape(word)}\b", text, re.M), word
    known = {option for p in ALL[name].params for option in p.opts}
    assert set(re.findall(r"^\| `(--[\w-]+)", text, re.M)) <= known, "an option that is no more"


def test_only_commands_have_headings() -> None:
    assert set(re.findall(r"^##+ (site-builder.*)$", PAGE, re.M)) == set(ALL) - {"site-builder"}


@pytest.mark.parametrize("name", ALL)
def test_help_teaches_with_a_paragraph_and_examples_that_are_commands(name: str) -> None:
    help = inspect.cleandoc(ALL[name].help or "")
    first, *rest = help.split("\n\n")
    assert first.endswith("."), first
    assert len(ALL[name].get_short_help_str(limit=80)) < 80
    assert len(" ".join(rest).split()) > 20, "say more than one sentence"
    examples = re.findall(r"^  site-builder (.*)$", help, re.M)
    assert examples, "show an example"
    for words in examples:
        command: click.Command = cli
        for word in words.split():
            if not isinstance(command, click.Group):
                break
            assert word in command.commands, words
            command = command.commands[word]
        options = {o for p in command.params for o in p.opts}
        assert set(re.findall(r"(?<!\S)--[\w-]+", words)) <= options, words
    assert all(isinstance(p, click.Argument) or p.help for p in ALL[name].params)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_are_given_a_script_that_completes(
    shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert f"_SITE_BUILDER_COMPLETE={shell}_source site-builder" in PAGE
    door = Shell(tmp_path, tmp_path / "bin", capsys)
    _, script = door.run(f"_SITE_BUILDER_COMPLETE={shell}_source site-builder")
    assert f"_SITE_BUILDER_COMPLETE={shell}_complete" in script
    words = "COMP_WORDS='site-builder build --por' COMP_CWORD=" + (
        "--por" if shell == "fish" else "2")
    _, found = door.run(f"env {words} _SITE_BUILDER_COMPLETE={shell}_complete site-builder")
    assert "--portable" in found


def test_an_interrupted_command_ends_with_130(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('title = "T"\nbase_url = "https://x.example"\n')
    pipe = tmp_path / "scraped.txt"
    os.mkfifo(pipe)
    with subprocess.Popen(
        [sys.executable, "-m", "site_builder", "import", str(pipe), "--site", str(tmp_path)],
        stderr=subprocess.PIPE, text=True, cwd=ROOT,
    ) as run, pipe.open("w"):  # opens when the command reads, and keeps it waiting
        run.send_signal(signal.SIGINT)
        _, said = run.communicate()
    assert run.returncode == 130
    assert said.strip() == "interrupted"


def test_ctrl_c_while_the_program_loads_is_no_traceback(tmp_path: Path) -> None:
    # stands in the way of a library, and is there when the signal comes
    (tmp_path / "click.py").write_text(
        "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(5)\n")
    done = subprocess.run(
        [sys.executable, "-m", "site_builder", "check"], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert done.returncode == 130
    assert done.stderr == "interrupted\n"
