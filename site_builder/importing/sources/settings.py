"""Settings files of other generators, read as data; a program among them is not run."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from site_builder.problems import Problems
from site_builder.reading import frontmatter


def yaml_file(path: Path) -> dict[str, Any]:
    """A YAML mapping whose scalars are text; {} for a file that is missing or unreadable."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return {}
    found = frontmatter.parse(text.removeprefix("---\n"), file=path.name, problems=Problems())
    return found[0] if found else {}


def any_file(root: Path, stems: tuple[str, ...]) -> dict[str, Any]:
    """The first settings file of one of these names, as TOML, YAML or JSON."""
    for stem in stems:
        for ending in ("toml", "yaml", "yml", "json"):
            path = root / f"{stem}.{ending}"
            if not path.is_file():
                continue
            try:
                text = path.read_text(encoding="utf-8-sig")
                if ending == "toml":
                    return tomllib.loads(text)
                if ending == "json":
                    found = json.loads(text)
                    return found if isinstance(found, dict) else {}
            except (OSError, ValueError):
                continue
            return yaml_file(path)
    return {}
