"""Pictures and files that come along with the articles, from folders on this machine."""

from __future__ import annotations

import hashlib
import posixpath
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from site_builder.reading.scan import MEDIA
from site_builder.reading.slugs import slug

FOLDER = "media"
_SIZED = re.compile(r"-\d+x\d+(?=\.\w+$)")  # WordPress's smaller copies: hall-300x200.jpg
_PUBLIC = ("", "static", "assets", "public", "src", "content")


class Media:
    """Finds what a text shows and copies it below `static/media/` of the site.

    `roots` are folders that stand for the old site's root (`--media` first, then the
    source's own). Nothing outside of them is ever read, and nothing overwritten.
    """

    def __init__(self, site: Path, roots: Sequence[Path]) -> None:
        self._site = site
        self._roots = [root.resolve() for root in roots]
        self._planned: dict[Path, str] = {}
        self._targets: dict[str, Path] = {}

    def find(self, written: str, folder: Path | None) -> str:
        """The site path that a picture will have, or nothing when no root holds it.

        `written` is its address in the text, `folder` the text's own folder.
        """
        path = unquote(urlsplit(written).path)
        if posixpath.splitext(path)[1].lower() not in MEDIA:
            return ""
        for form in dict.fromkeys((path, _SIZED.sub("", path))):
            found = self._file(form, folder, bool(urlsplit(written).netloc))
            if found:
                return self._plan(found)
        return ""

    def copy(self) -> int:
        """Copy what `find` found and the site does not have yet; says how many files."""
        copied = 0
        for source, address in self._planned.items():
            target = self._site / "static" / address.lstrip("/")
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
                copied += 1
        return copied

    def _file(self, path: str, folder: Path | None, remote: bool) -> Path | None:
        tries: list[Path] = []
        if folder is not None and not remote and not path.startswith("/"):
            tries.append(folder / path)
        parts = [part for part in path.split("/") if part not in ("", ".", "..")]
        for root in self._roots:
            tries += [root / public / "/".join(parts) for public in _PUBLIC]
            # a backup of wp-content/uploads/ may begin at any of its folders
            tries += [root / "/".join(parts[at:]) for at in range(1, len(parts))]
        for candidate in tries:
            if candidate.is_file():
                real = candidate.resolve()
                if any(real.is_relative_to(root) for root in self._roots):
                    return real
        return None

    def _plan(self, source: Path) -> str:
        if source in self._planned:
            return self._planned[source]
        root = next(r for r in self._roots if source.is_relative_to(r))
        *folders, name = source.relative_to(root).parts
        stem, ending = posixpath.splitext(name)
        parts = [slug(part) or "x" for part in folders if part not in _PUBLIC]
        base = "/".join(("", FOLDER, *parts, slug(stem) or "picture"))
        address = base + ending.lower()
        digest = hashlib.blake2b(source.read_bytes(), digest_size=4).hexdigest()
        if not self._is_free(address, source):
            address = f"{base}-{digest}{ending.lower()}"
        self._planned[source] = address
        self._targets[address] = source
        return address

    def _is_free(self, address: str, source: Path) -> bool:
        there = self._targets.get(address)
        if there is None:
            target = self._site / "static" / address.lstrip("/")
            there = target if target.exists() else None
        return there is None or there.read_bytes() == source.read_bytes()
