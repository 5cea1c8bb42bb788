"""Which files an archive consists of: its sources, and what was built of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from site_builder.config import FILE_NAME, SiteConfig
from site_builder.problems import Problems
from site_builder.publishing.folder import MANIFEST
from site_builder.reading.scan import scan


def sources(site: Path, config: SiteConfig, problems: Problems) -> list[str]:
    """site.toml, all content, own templates and static files: paths relative to the site.

    Everything that `scan` sees counts, whatever its ending; what it cannot read is a problem.
    """
    content = config.content
    folders = ["content", content.articles, content.people, content.countries, content.pages,
               "templates", "static"]
    found = {file.path for folder in dict.fromkeys(folders)
             for file in scan(site, folder, problems, wanted=lambda suffix: True)}
    return sorted({FILE_NAME, *found})


def built(output: Path) -> list[str]:
    """Every file of the output folder, relative to it, but what a build remembers there."""
    return sorted(_below(output, ""))


def _below(folder: Path, prefix: str) -> Iterator[str]:
    if not folder.is_dir():
        return
    for entry in os.scandir(folder):
        path = prefix + entry.name
        if entry.is_dir(follow_symlinks=False):
            if entry.name != ".git":
                yield from _below(Path(entry.path), f"{path}/")
        elif entry.is_file() and path != MANIFEST:
            yield path
