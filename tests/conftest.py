from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


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
