"""What the tests of importing share: a site to import into, and a build of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from site_builder.build import Options, Report, build
from site_builder.config import load
from site_builder.importing.markup.tree import parse, plain
from site_builder.importing.run import ImportReport, Request, run_import
from site_builder.problems import Problems, Severity
from site_builder.reading import frontmatter


class Archive:
    """An empty site in a folder, and what was imported into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "archive"
        self.folder.mkdir()
        (self.folder / "site.toml").write_text(
            'title = "The Test Record"\nbase_url = "https://news.example"\n')

    def take(self, *files: Path, **options: Any) -> ImportReport:
        return run_import(self.folder, load(self.folder), files, Request(**options))

    def text(self, end: str) -> str:
        """The text of the one article whose path ends so."""
        if (self.folder / end).is_file():
            return (self.folder / end).read_text(encoding="utf-8")
        (path,) = (p for p in self.folder.rglob("*.md") if p.as_posix().endswith(end))
        return path.read_text(encoding="utf-8")

    def matter(self, end: str) -> dict[str, Any]:
        found = frontmatter.split(self.text(end), file=end, problems=Problems())
        assert found
        return found.values

    def body(self, end: str) -> str:
        return self.text(end).split("\n---\n", 1)[1]

    def paths(self) -> list[str]:
        return sorted(p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*.md"))

    def builds(self) -> Report:
        """A build of all of it, drafts included, without a single error."""
        report = build(Options(site=self.folder, publish=False, drafts=True, future=True, jobs=1))
        errors = [p for p in report.problems if p.severity is Severity.ERROR]
        assert not errors, errors[:5]
        return report


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Files below a folder, which is given back."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def words(html: str) -> str:
    return plain(parse(html)[0])


def told(report: ImportReport) -> list[str]:
    """The codes of what failed."""
    return [p.code for p in report.problems]
