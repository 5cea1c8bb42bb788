"""What runs on GitHub: pinned actions, small permissions, nothing of a fork's near a secret."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from site_builder import __version__
from tests.conftest import ROOT
from tests.documents import Shell, blocks

TEXTS = {
    **{path.name: path.read_text() for path in (ROOT / ".github/workflows").glob("*.yml")},
    "new site": (ROOT / "site_builder/cli/scaffold/pages.yml").read_text(),
    "docs/tutorial.md": next(
        b.text for b in blocks((ROOT / "docs/tutorial.md").read_text())
        if b.file.startswith(".github/workflows/")
    ),
}
FLOWS: dict[str, dict[str, Any]] = {
    name: yaml.load(text, Loader=yaml.BaseLoader) for name, text in TEXTS.items()
}


def test_every_action_is_pinned_and_one_version_is_one_commit() -> None:
    pins: dict[str, set[tuple[str, str]]] = {}
    for name, text in TEXTS.items():
        for line in re.findall(r"uses:(.*)", text):
            found = re.fullmatch(r" (actions/[\w-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)", line)
            assert found, (name, line)
            pins.setdefault(found[1], set()).add((found[2], found[3]))
    assert {action: len(known) for action, known in pins.items()} == dict.fromkeys(pins, 1)


@pytest.mark.parametrize("name", FLOWS)
def test_only_the_job_that_deploys_may_write(name: str) -> None:
    flow = FLOWS[name]
    assert flow["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in TEXTS[name]
    assert "secrets." not in TEXTS[name]
    for job, what in flow["jobs"].items():
        assert what["timeout-minutes"]
        writes = {k for k, v in what.get("permissions", {}).items() if v != "read"}
        deploys = any("deploy-pages@" in step.get("uses", "") for step in what["steps"])
        assert writes == ({"pages", "id-token"} if deploys else set()), job
        assert not (deploys and any("run" in step for step in what["steps"])), job
        for step in what["steps"]:
            assert "${{" not in step.get("run", ""), "an expression in a script can carry code"
            if "actions/checkout@" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] == "false"


def test_a_pull_request_neither_deploys_nor_fills_the_cache() -> None:
    jobs = FLOWS["new site"]["jobs"]
    for job, what in jobs.items():
        used = {step["uses"].partition("@")[0] for step in what["steps"] if "uses" in step}
        if used & {"actions/cache", "actions/deploy-pages"}:
            conditions = what.get("if", "") + jobs.get(what.get("needs"), {}).get("if", "")
            assert "github.ref == 'refs/heads/main'" in conditions, job
            assert "github.event_name != 'pull_request'" in conditions, job
    (step,) = (s for s in jobs["build"]["steps"] if "actions/cache@" in s.get("uses", ""))
    assert step["with"]["path"].split() == [".site-builder/", "public/"]
    assert {"run": "site-builder check --format github"} in jobs["check"]["steps"]


def test_this_repository_publishes_as_new_sites_do() -> None:
    text = TEXTS["new site"].replace('pip install "site-builder==VERSION"', "make setup")
    text = text.replace("run: site-builder", "run: .venv/bin/site-builder")
    assert yaml.load(text, Loader=yaml.BaseLoader) == FLOWS["pages.yml"]


def test_a_new_site_builds_and_has_the_workflow_of_this_version(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = Shell(tmp_path, tmp_path / "bin", capsys)
    assert shell.run('site-builder new site news --title "The Record"')[0] == 0
    site = tmp_path / "news"
    text = (site / ".github/workflows/pages.yml").read_text()
    assert text == TEXTS["new site"].replace("VERSION", __version__)
    assert f'pip install "site-builder=={__version__}"' in text
    assert yaml.safe_load(text)["jobs"].keys() == {"check", "build", "deploy"}
    assert (site / "README.md").read_text().startswith("# The Record\n")
    subprocess.run(["git", "init", "--quiet", str(site)], check=True)
    code, said = shell.run("site-builder check --strict --site news")
    assert code == 0, said
    code, said = shell.run("site-builder build --site news --base-url https://jane.github.io/news")
    assert code == 0, said
    seen = subprocess.run(["git", "-C", str(site), "status", "--porcelain", "-uall"],
                          capture_output=True, text=True, check=True).stdout.split("\n")
    assert sorted(line[3:].split("/")[0] for line in seen if line) == [
        ".github", ".gitignore", "README.md", "content", "site.toml"]
