"""Where every tool should be (SITE_BUILDER_ALL_TOOLS, as .ci/run sets it), no check is skipped."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

BODY = """
import pytest

@pytest.fixture
def tool():
    pytest.skip({reason!r})

def test_with_the_tool(tool):
    pass
"""


def outcome(tmp_path: Path, text: str, **environment: str) -> str:
    """The last line of a run of the suite's own rules over one file."""
    (tmp_path / "test_one.py").write_text(text)
    known = {k: v for k, v in os.environ.items() if k != "SITE_BUILDER_ALL_TOOLS"}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider",
         "-o", "addopts=", str(tmp_path / "test_one.py")],
        cwd=ROOT, env={**known, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True, text=True, check=False,
    )
    return run.stdout.strip().splitlines()[-1]


@pytest.mark.parametrize(
    "text", [BODY.format(reason="no Java"), 'import pytest\npytest.importorskip("no_such_tool")\n']
)
def test_a_missing_tool_fails_only_where_it_should_be(tmp_path: Path, text: str) -> None:
    assert "1 skipped" in outcome(tmp_path, text)
    assert "1 error" in outcome(tmp_path, text, SITE_BUILDER_ALL_TOOLS="1")


def test_what_lies_beside_the_project_may_be_missing(tmp_path: Path) -> None:
    text = BODY.format(reason="../shared is not here: an archive")
    assert "1 skipped" in outcome(tmp_path, text, SITE_BUILDER_ALL_TOOLS="1")
