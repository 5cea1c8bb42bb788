"""Static files under names that change with their content, so that browsers may keep them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from site_builder.reading.scan import SourceFile

_USED = re.compile(r"\basset\(\s*(['\"])/([^'\"]+)\1")


def fingerprinted(
    templates: list[Path], statics: Mapping[str, tuple[Path, SourceFile]]
) -> dict[str, str]:
    """Site path → site path with a digest, for each static file that a template calls `asset()`.

    Both names are published: a style sheet's own links, and pages that others
    wrote, know the plain one.
    """
    names = {
        match[2] for folder in templates for path in folder.rglob("*")
        if path.suffix in (".html", ".xml")
        for match in _USED.finditer(path.read_text("utf-8", "replace"))
    }
    found = {}
    for name in sorted(names & statics.keys()):
        mark = hashlib.blake2b(statics[name][0].read_bytes(), digest_size=4).hexdigest()
        stem, dot, suffix = name.rpartition(".")
        found[f"/{name}"] = f"/{stem}.{mark}{dot}{suffix}"
    return found
