from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

ALL_TOOLS = bool(os.environ.get("SITE_BUILDER_ALL_TOOLS"))
"""Set by .ci/run: every tool should be here, so a test that skips for want of one has failed."""
MAY_SKIP = "../shared is not here"


def _failed_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    reason = reason.removeprefix("Skipped: ")
    if ALL_TOOLS and report.skipped and not hasattr(report, "wasxfail") and (
        not reason.startswith(MAY_SKIP)
    ):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be missing: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _failed_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _failed_if_skipped(report)
    return report


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("no chromium on this machine")
    return found


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[..., Path]:
    """A site folder from a dict of relative path → text."""

    def make(files: dict[str, str | bytes], toml: str = "") -> Path:
        site = tmp_path / "site"
        site.mkdir(exist_ok=True)
        (site / "site.toml").write_text(
            'title = "The Test Record"\nbase_url = "https://news.example/record/"\n' + toml
        )
        for name, content in files.items():
            path = site / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, bytes):
                path.write_bytes(content)
            else:
                path.write_text(content)
        return site

    return make
