"""What runs on GitHub: pinned actions, small permissions, nothing of a fork's near a secret."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT
from tests.documents import blocks

TEXTS = {
    **{path.name: path.read_text() for path in (ROOT / ".github/workflows").glob("*.yml")},
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
    jobs = FLOWS["pages.yml"]["jobs"]
    for job, what in jobs.items():
        used = {step["uses"].partition("@")[0] for step in what["steps"] if "uses" in step}
        if used & {"actions/cache", "actions/deploy-pages"}:
            conditions = what.get("if", "") + jobs.get(what.get("needs"), {}).get("if", "")
            assert "github.ref == 'refs/heads/main'" in conditions, job
            assert "github.event_name != 'pull_request'" in conditions, job
    (step,) = (s for s in jobs["build"]["steps"] if "actions/cache@" in s.get("uses", ""))
    assert step["with"]["path"] == ".site-builder/"
    assert {"run": ".venv/bin/site-builder check --format github"} in jobs["check"]["steps"]
