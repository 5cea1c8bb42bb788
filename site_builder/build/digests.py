"""What a build depends on besides its sources: the program, the libraries, the templates."""

from __future__ import annotations

import functools
import hashlib
import os
import re
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import site_builder
from site_builder.pages.keys import digest
from site_builder.rendering import FRAGMENTS

_LIBRARIES = ("babel", "jinja2", "markdown", "markupsafe", "msgspec", "nh3", "pycountry",
              "python_slugify", "pyyaml", "rapidfuzz", "text_unidecode", "tzdata")
_REFERENCE = re.compile(r"{%[-+]?\s*(?:extends|include|import|from)\s+(?:(['\"])(.+?)\1|(\S+))")
_CALL = re.compile(rf"\b({'|'.join(FRAGMENTS)})\(")


@functools.cache
def program() -> str:
    """A digest of this program's own files and of the versions of the libraries it renders with."""
    package = Path(site_builder.__file__).parent
    hasher = hashlib.blake2b(digest_size=16)
    for folder, folders, files in os.walk(package):
        folders[:] = sorted(f for f in folders if f not in ("__pycache__", "theme"))
        for name in sorted(files):
            file = Path(folder, name)
            hasher.update(f"{file.relative_to(package)}\0".encode())
            hasher.update(hashlib.blake2b(file.read_bytes()).digest())
    spec = find_spec("markdown")
    place = Path(spec.origin).parent.parent if spec and spec.origin else package
    for name in sorted(os.listdir(place)):  # noqa: PTH208 - names only, and fast
        if name.endswith(".dist-info") and name.partition("-")[0].lower() in _LIBRARIES:
            hasher.update(name.encode())
    return hasher.hexdigest()


def templates(folders: list[Path]) -> dict[str, str]:
    """Template name → digest over it and all that it extends, includes or imports.

    `folders` run from the site's own templates to the theme's; the first that
    has a name decides. A file that is no template (strings, say) is part of
    every digest, and so is everything for a template that names another one by
    an expression.
    """
    texts, rest = _read(folders)
    return {name: digest(rest, *(part for n in sorted(reached) for part in (n, texts[n])))
            for name, reached in _reached(texts).items()}


def using(folders: list[Path], judge: Callable[[str], bool]) -> list[str]:
    """The templates that are so, or that extend, include or import one that is so."""
    texts, _ = _read(folders)
    found = {name for name, text in texts.items() if judge(text)}
    return sorted(name for name, reached in _reached(texts).items() if found & reached)


def _read(folders: list[Path]) -> tuple[dict[str, str], str]:
    """The templates, and a digest of the other files beside them."""
    texts: dict[str, str] = {}
    other: list[str] = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if name in texts or not path.is_file():
                continue
            data = path.read_bytes()
            if path.suffix in (".html", ".xml"):
                texts[name] = data.decode("utf-8", "replace")
            else:
                other += [name, hashlib.blake2b(data).hexdigest()]
    return texts, digest(*other)


def _reached(texts: dict[str, str]) -> dict[str, set[str]]:
    """Template name → itself and all that it uses."""
    uses: dict[str, set[str]] = {}
    for name, text in texts.items():
        found: set[str] = set()
        for match in _REFERENCE.finditer(text):
            found |= {match[2]} if match[2] else set(texts)
        found |= {FRAGMENTS[call] for call in _CALL.findall(text)}
        uses[name] = found & set(texts)
    result = {}
    for name in texts:
        reached, todo = {name}, [name]
        while todo:
            for used in uses[todo.pop()] - reached:
                reached.add(used)
                todo.append(used)
        result[name] = reached
    return result
