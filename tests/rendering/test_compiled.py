"""Compiled templates are kept from one start of the program to the next."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

MakeSite = Callable[..., Path]
ARTICLE = "---\ntitle: A\ndate: 2022-11-29\n---\nWords.\n"


def build(site: Path, temporary: Path) -> bytes:
    """The article's page as a process of its own makes it."""
    subprocess.run(
        [sys.executable, "-m", "site_builder", "build", "--site", str(site), "--clean"],
        check=True, env=os.environ | {"TMPDIR": str(temporary)}, capture_output=True)
    return (site / "public/articles/2022/11/a/index.html").read_bytes()


def kept(temporary: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(temporary.glob("*/site-builder-*.cache"))}


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    return make_site({"content/articles/a.md": ARTICLE})


def test_they_are_kept_where_only_the_user_can_write_and_none_in_the_site(
    site: Path, temporary: Path
) -> None:
    page = build(site, temporary)
    first = kept(temporary)
    assert len(first) > 5
    assert {path.parent.stat().st_mode & 0o777 for path in first} == {0o700}
    assert build(site, temporary) == page
    assert kept(temporary) == first
    assert not list(site.rglob("*.cache"))


def test_another_template_or_setting_counts_at_once(site: Path, temporary: Path) -> None:
    build(site, temporary)
    settings = site / "site.toml"
    settings.write_text(settings.read_text().replace("The Test Record", "The Other Record"))
    assert b"The Other Record" in build(site, temporary)
    theme = Path(__file__).resolve().parents[2] / "templates/article.html"
    own = site / "templates/article.html"
    own.parent.mkdir()
    own.write_text(theme.read_text().replace("{% block main %}", "{% block main %}<b>Ours</b>"))
    assert b"<b>Ours</b>" in build(site, temporary)


@pytest.mark.parametrize("harm", [b"", b"short", "cut", "unreadable"])
def test_what_is_kept_and_damaged_is_made_again(
    site: Path, temporary: Path, harm: bytes | str
) -> None:
    page = build(site, temporary)
    before = kept(temporary)
    for path, data in before.items():
        if harm == "unreadable":
            path.unlink()
            path.mkdir()
        else:
            path.write_bytes(data[:40] if isinstance(harm, str) else harm)
    assert build(site, temporary) == page
    if harm != "unreadable":
        assert kept(temporary) == before


def test_a_folder_that_is_not_surely_the_user_s_is_not_used(site: Path, temporary: Path) -> None:
    page = build(site, temporary)
    folder = next(iter(kept(temporary))).parent
    for path, data in kept(temporary).items():
        path.write_bytes(data.replace(b"<main", b"<evil"))
    assert b"<evil" in build(site, temporary)  # what is kept is run: so it must be ours
    folder.rename(temporary / "elsewhere")
    folder.symlink_to("elsewhere")
    assert build(site, temporary) == page
