"""Which files a site has: ordinary files inside its folder, and a word about the rest."""

from __future__ import annotations

import os
import stat
from bisect import bisect_left
from collections.abc import Callable
from pathlib import Path

import msgspec

from site_builder.problems import Problems

MARKDOWN = frozenset({".md", ".markdown"})

STATIC = frozenset(
    """.css .js .mjs .json .map .txt .xml .webmanifest .csv .pdf .ico .png .jpg .jpeg .gif .webp
    .avif .svg .woff .woff2 .ttf .otf .mp3 .ogg .oga .m4a .opus .mp4 .webm .ogv .vtt .html .zip
    .epub .geojson .asc .pem .key-pub""".split()
)
"""What is published from static/; other endings, dotfiles and backups never are."""

MEDIA = frozenset(
    """.png .jpg .jpeg .gif .webp .avif .svg .pdf .mp3 .ogg .oga .m4a .opus .mp4 .webm .ogv .vtt
    .csv .txt .zip .epub""".split()
)
"""What an article may bring along from content/."""


class SourceFile(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file as the file system shows it. `path` is relative to the site, with slashes."""

    path: str
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


def scan(
    site: Path,
    folder: str,
    problems: Problems,
    *,
    wanted: Callable[[str], bool] = lambda suffix: suffix in MARKDOWN,
) -> list[SourceFile]:
    """The files below `site`/`folder` whose suffix is `wanted`, sorted by path.

    Dotfiles and editors' backups are passed over. A symbolic link that leads
    out of the site or to a folder, and anything that is no ordinary file, is a
    problem. A folder that does not exist is empty.
    """
    found: list[SourceFile] = []
    root = site / folder
    if root.is_dir():
        _walk(str(root), folder.strip("/"), found, problems, str(site.resolve()), wanted)
    found.sort(key=lambda source: source.path)
    return found


class Listing:
    """The files of a site as they look now; what lies below `content` is looked at once."""

    def __init__(self, site: Path, problems: Problems) -> None:
        self._site, self._problems = site, problems
        self._content: list[SourceFile] | None = None

    def media(self) -> dict[str, SourceFile]:
        """What articles may bring along, by path."""
        if self._content is None:
            self._content = scan(self._site, "content", self._problems,
                                 wanted=lambda suffix: suffix in MARKDOWN or suffix in MEDIA)
        return {file.path: file for file in self._content
                if not file.path.endswith(".md") and _suffix(file.path) in MEDIA}

    def texts(self, folder: str) -> list[SourceFile]:
        """The Markdown files below a folder, sorted by path."""
        start = f"{folder.strip('/')}/"
        if self._content is None or not start.startswith("content/"):
            return scan(self._site, folder, self._problems)
        first, last = (bisect_left(self._content, end, key=lambda file: file.path)
                       for end in (start, f"{start[:-1]}{chr(ord('/') + 1)}"))
        return [file for file in self._content[first:last]
                if file.path.endswith(".md") or _suffix(file.path) in MARKDOWN]


def _suffix(name: str) -> str:
    """The ending of a file's name or path with its dot, in small letters."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem and "/" not in ending else ""


def _walk(
    folder: str,
    prefix: str,
    found: list[SourceFile],
    problems: Problems,
    site: str,
    wanted: Callable[[str], bool],
) -> None:
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        problems.add("RD006", f"the folder cannot be read: {error.strerror}", file=prefix)
        return
    start, texts = f"{prefix}/" if prefix else "", wanted(".md")
    for entry in entries:
        name = entry.name
        if name[0] == "." or name[-1] == "~":
            continue
        path = start + name
        # nearly all are plain texts, which are asked nothing more
        if not (texts and name[-3:] == ".md" and name.isascii()
                and entry.is_file(follow_symlinks=False)):
            if not name.isascii() and not _is_utf8(name):
                problems.add(
                    "RD005", "the file's name is not UTF-8", hint="rename it",
                    file=path.encode("utf-8", "backslashreplace").decode(),
                )
                continue
            if entry.is_symlink() and not _inside(entry.path, site):
                problems.add(
                    "RD005", "a symbolic link that leads out of the site", file=path,
                    hint="copy the file into the site's folder",
                )
                continue
            if entry.is_dir():
                if entry.is_symlink():  # it could be a loop
                    problems.add(
                        "RD005", "a link to a folder, which is not followed", file=path,
                        hint="move the folder here, or delete the link",
                    )
                else:
                    _walk(entry.path, path, found, problems, site, wanted)
                continue
            if not wanted(_suffix(name)):
                continue
        try:
            status = entry.stat()
        except OSError as error:
            problems.add("RD006", f"the file cannot be read: {error.strerror}", file=path)
            continue
        if not stat.S_ISREG(status.st_mode):
            problems.add("RD005", "not an ordinary file", file=path, hint="move it away")
            continue
        found.append(SourceFile(
            path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))


def _inside(path: str, site: str) -> bool:
    real = os.path.realpath(path)
    return (real == site or real.startswith(site + os.sep)) and os.path.exists(real)  # noqa: PTH110


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
