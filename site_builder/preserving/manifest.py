"""A list of files with their SHA-256: what `sha256sum --check` reads, under a header that says
when it was made and how long it is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from io import BufferedReader
from pathlib import Path

import msgspec

from site_builder.problems import Problem, Refusal

FILE_NAME = "manifest-sha256.txt"
_FIRST = "# site-builder manifest 1"
_LINE = re.compile(r"(\\?)([0-9a-f]{64})  (.+)")
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_SUM = "sum of all other lines"
_ESCAPED = {"\\\\": "\\", "\\n": "\n", "\\r": "\r"}


class Manifest(msgspec.Struct, frozen=True):
    """Path → SHA-256, and what stands above: `facts` are names and values, in their order."""

    files: dict[str, str]
    facts: dict[str, str] = {}

    def text(self) -> str:
        """The manifest as a file. GNU coreutils take lines that begin with # for comments."""
        lines = "".join(f"{line}\n" for line in _lines(self.files))
        head = "".join(f"{line}\n" for line in (
            _FIRST, *(f"# {name}: {' '.join(value.split())}" for name, value in self.facts.items()),
            f"# files: {len(self.files)}"))
        return f"{head}# {_SUM}: {hashlib.sha256((head + lines).encode()).hexdigest()}\n{lines}"


def _lines(files: Mapping[str, str]) -> Iterator[str]:
    for path, sum_ in sorted(files.items()):
        # as coreutils do: a name with such a character is escaped, and its line begins with \
        escaped = re.sub(r"[\\\n\r]", lambda sign: _ESCAPES[sign[0]], path)
        yield f"{'' if escaped == path else chr(92)}{sum_}  {escaped}"


def parse(text: str, name: str) -> Manifest:
    """Read a manifest that `text` gave. Raises `Refusal` (exit code 2) where that is not whole.

    `name` is what problems call it.
    """
    head, files, facts = [], {}, {}
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        if line.startswith("#"):
            head.append(line)
            key, sign, value = line[1:].strip().partition(": ")
            if sign:
                facts[key] = value
            continue
        found = _LINE.fullmatch(line)
        if not found:
            raise _refused(name, number, f"not a line of a manifest: {line[:80]!r}")
        path = found[3]
        if found[1]:
            path = re.sub(r"\\.", lambda sign: _ESCAPED.get(sign[0], sign[0]), path)
        files[path] = found[2]
    if not head or head[0] != _FIRST:
        raise _refused(name, 1, "this is not a manifest of site-builder")
    sum_, count = facts.pop(_SUM, ""), facts.pop("files", "")
    manifest = Manifest(files, facts)
    if f"# {_SUM}: {sum_}\n" not in manifest.text() or count != str(len(files)):
        raise _refused(name, 1, "the manifest itself was changed or cut off")
    return manifest


def read(path: Path, name: str) -> Manifest:
    """Read the manifest at `path`. Raises `Refusal` (exit code 2) where there is none."""
    try:
        return parse(path.read_text(encoding="utf-8"), name)
    except FileNotFoundError:
        raise _refused(name, 0, "there is no manifest",
                       "site-builder verify --sign-off writes one") from None
    except UnicodeDecodeError:
        raise _refused(name, 1, "this is not a manifest of site-builder") from None


def _refused(name: str, line: int, message: str, hint: str = "take it from a backup") -> Refusal:
    return Refusal(Problem(name, line, 1 if line else 0, "VF004", message, hint), exit_code=2)


def sum_of(file: BufferedReader) -> str:
    """The SHA-256 of what an open file still holds."""
    return hashlib.file_digest(file, "sha256").hexdigest()


class Difference(msgspec.Struct, frozen=True):
    """What became of the files of a manifest; paths in order."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    missing: tuple[str, ...]


def compare(then: Mapping[str, str], now: Mapping[str, str]) -> Difference:
    """Compare two lists of path → SHA-256."""
    def ordered(paths: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(paths))

    return Difference(
        added=ordered(now.keys() - then.keys()),
        changed=ordered(p for p in now.keys() & then.keys() if now[p] != then[p]),
        missing=ordered(then.keys() - now.keys()),
    )
