"""Every page of a small site, as it was when somebody last looked: `make golden` writes it anew."""

from __future__ import annotations

import difflib
import re
import shutil
import sys
from pathlib import Path

from site_builder.build import Options, build

HERE = Path(__file__).parent
EXPECTED = HERE / "expected"


def pages(folder: Path) -> dict[str, str]:
    """The pages that the site's files decide; the theme's own files are looked at elsewhere."""
    return {
        path.relative_to(folder).as_posix(): re.sub(
            r"site-builder \d[\w.]*", "site-builder VERSION",
            re.sub(r"(/site)\.[0-9a-f]{8}(\.css)", r"\1\2", path.read_text()))
        for path in sorted(folder.rglob("*")) if path.suffix in (".html", ".xml", ".json", ".opml", ".txt")
    }


def made(folder: Path) -> dict[str, str]:
    site = folder / "site"
    shutil.copytree(HERE / "site", site)
    assert build(Options(site=site, jobs=1)).published
    return pages(site / "public")


def test_the_pages_are_as_they_were(tmp_path: Path) -> None:
    new, old = made(tmp_path), pages(EXPECTED)
    assert sorted(new) == sorted(old), "make golden, and look at the diff"
    diff = [
        line for path in new
        for line in difflib.unified_diff(
            old[path].splitlines(), new[path].splitlines(), path, path, lineterm="", n=1)
    ]
    assert not diff, "\n".join(["make golden, if this is meant:", *diff[:60]])


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        found = made(Path(folder))
    shutil.rmtree(EXPECTED, ignore_errors=True)
    for name, text in found.items():
        target = EXPECTED / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    sys.stdout.write(f"{len(found)} pages in {EXPECTED}: look at them with git diff\n")
