"""From the address in a request to a file inside the output folder, and to nothing else."""

from __future__ import annotations

import enum
import os
import re
from pathlib import Path
from urllib.parse import quote, unquote

# Encoded dots, slashes, backslashes and control characters have no honest use in our addresses.
_SUSPECT = re.compile(r"[\\\x00-\x20\x7f]|%(?:2e|2f|5c|7f|[01][0-9a-f])", re.IGNORECASE)


class Missing(enum.Enum):
    """Nothing is served at the address."""

    MISSING = "missing"


def normal_base(base_path: str) -> str:
    """`base_path` as "" or "/a/b": decoded, with a slash before and none after."""
    inner = base_path.strip("/")
    return f"/{inner}" if inner else ""


def locate(output: Path, base_path: str, target: str) -> Path | str | Missing:
    """Find what the request target `target` asks for.

    Gives the real path of an ordinary file under `output`, or the address to redirect to
    (a str), or `Missing.MISSING`. `base_path` is in the form `normal_base` gives.
    """
    raw, mark, query = target.partition("?")
    if not raw.startswith("/") or "//" in raw or "#" in raw or _SUSPECT.search(raw):
        return Missing.MISSING
    try:
        path = unquote(raw, errors="strict")
    except UnicodeDecodeError:
        return Missing.MISSING
    if base_path and path in ("/", base_path):
        return quote(base_path) + "/" + mark + query
    if not path.startswith(base_path + "/"):
        return Missing.MISSING
    inner = path[len(base_path) + 1 :]
    if any(part.startswith(".") for part in inner.split("/")):
        return Missing.MISSING
    found = inside(output, inner.rstrip("/"))
    if found is None:
        return Missing.MISSING
    if found.is_dir():
        if inner and not inner.endswith("/"):
            return quote(path) + "/" + mark + query
        found = inside(output, inner + "index.html")
    elif inner.endswith("/"):
        return Missing.MISSING
    return found if found is not None and found.is_file() else Missing.MISSING


def inside(output: Path, relative: str) -> Path | None:
    """The real path of `relative` if it exists and lies under `output`, and is not hidden."""
    try:
        root = Path(os.path.realpath(output))
        real = Path(os.path.realpath(root / relative, strict=True))
    except (OSError, ValueError):
        return None
    if not real.is_relative_to(root):
        return None
    if any(part.startswith(".") for part in real.relative_to(root).parts):
        return None
    return real
