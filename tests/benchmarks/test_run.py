"""The benchmark's own instruments."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import measure
from benchmarks.run import SCENARIOS
from tests.conftest import ROOT

BALLAST = "import sys, time; b = bytearray(b'x') * (60 << 20); {}; time.sleep(0.6)"


def run(tmp_path: Path, code: str, limit: float = 60) -> measure.Cost:
    return measure.run([sys.executable, "-c", code], cwd=tmp_path, log=tmp_path / "log", limit=limit)


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux")
def test_memory_is_that_of_the_whole_tree_and_what_is_shared_counts_once(tmp_path: Path) -> None:
    child = f"import subprocess; subprocess.run([sys.executable, '-c', {BALLAST.format('0')!r}])"
    assert 120 << 20 < run(tmp_path, BALLAST.format(child)).peak < 180 << 20
    assert 60 << 20 < run(tmp_path, BALLAST.format("import os; os.fork()")).peak < 110 << 20


def test_processor_time_is_that_of_the_whole_tree(tmp_path: Path) -> None:
    busy = "import time\nwhile time.process_time() < 0.2: pass"
    code = f"import subprocess, sys\nfor _ in range(3): subprocess.run([sys.executable, '-c', {busy!r}])"
    assert run(tmp_path, code).cpu >= 0.6


def test_a_run_that_fails_or_takes_too_long_says_so(tmp_path: Path) -> None:
    assert run(tmp_path, "raise SystemExit('no such theme')").failure == "exit code 1: no such theme"
    assert run(tmp_path, "import time; time.sleep(60)", limit=0.2).failure == "stopped after 0 s"
    assert run(tmp_path, "pass").failure == ""


def test_written_are_files_that_are_new_or_written_again(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for name in ("kept", "again", "folder/replaced"):
        (tmp_path / name).write_text("same")
    before = measure.snapshot(tmp_path)
    assert measure.written({}, before) == (3, 12)
    (tmp_path / "again").write_text("same")
    os.utime(tmp_path / "again", ns=(1, 1))
    (tmp_path / "other").write_text("same")
    (tmp_path / "other").replace(tmp_path / "folder/replaced")
    (tmp_path / "new").write_text("new")
    assert measure.written(before, measure.snapshot(tmp_path)) == (3, 11)


def test_every_scenario_reaches_the_output(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.run", "--sizes", "12", "--runs", "1",
         "--tools", "site-builder", "--work", str(tmp_path), "--results", str(tmp_path / "R.md")],
        cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    [tool] = json.loads((tmp_path / "results-12.json").read_text())["tools"]
    assert tool["failure"] == ""
    assert set(tool["costs"]) == set(SCENARIOS)
    assert tool["written"]["nothing"] == [[0, 0]]
    assert tool["written"]["body"][0][0] < tool["written"]["template"][0][0]
    assert "| template | site-builder |" in (tmp_path / "R.md").read_text()
    [cold] = tool["costs"]["cold"]
    assert 0 < cold["apart"] < cold["wall"]
    apart = f"{cold['wall'] - cold['apart']:.2f}"
    assert f"| cold | its search index apart | {apart} |" in (tmp_path / "R.md").read_text()
