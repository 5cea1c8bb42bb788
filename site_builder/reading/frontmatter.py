"""Splitting a file into front matter and body, and YAML in which every scalar is text.

YAML decides types by looks: `no` becomes False, `1.10` becomes 1.1. Here the
schema decides, so the parser keeps what was written. Tags, anchors and aliases
are refused: they run code or blow up memory elsewhere, and nobody writes them
in front matter on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Any

import msgspec

from site_builder.problems import Problems, Severity
from site_builder.reading.text import FORBIDDEN

MAX_BYTES = 64 * 1024
MAX_DEPTH = 8

_FENCE = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)

Path = tuple[str | int, ...]


class FrontMatter(msgspec.Struct, frozen=True):
    """Values as written (str, list, dict or None) and where each of them stands.

    `marks` maps the path of a value (`("source", "url")`) to the line and column
    of its key, or of the item in a list. `body` is the text after the closing
    fence and `body_line` the number of its first line.
    """

    values: dict[str, Any]
    marks: dict[Path, tuple[int, int]]
    body: str
    body_line: int

    def mark(self, *path: str | int) -> tuple[int, int]:
        """Line and column of a value; of the nearest thing around it when it has none."""
        for length in range(len(path), 0, -1):
            found = self.marks.get(path[:length])
            if found:
                return found
        return (1, 1)


def split(
    text: str, *, file: str, problems: Problems, known: Container[str] | None = None
) -> FrontMatter | None:
    """Split `text`; None, with a problem, when its front matter cannot be read.

    A key that is given twice is an error, but only a warning where it is not
    one of the `known` ones: nothing depends on it.
    """
    opening = _FENCE.match(text, len(text) - len(text.lstrip("\n \t\ufeff")))
    if not opening:
        stripped = text.lstrip()
        hint = "start the file with a line ---, then title: and date:, then a line ---"
        if stripped.startswith("+++"):
            hint = "this is TOML front matter: only YAML between --- lines is read"
        elif stripped.startswith("---"):
            hint = "the first line must be --- and nothing else"
        problems.add("FM001", "no front matter", file=file, line=1, column=1, hint=hint)
        return None
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        problems.add(
            "FM001", "the front matter is not closed", file=file, line=1, column=1,
            hint="put a line --- after the last field",
        )
        return None
    source = text[opening.end() : closing.start()]
    first = text.count("\n", 0, opening.end()) + 1
    parsed = parse(source, file=file, problems=problems, first_line=first, known=known)
    if parsed is None:
        return None
    values, marks = parsed
    if "\\" in source:  # an escape of YAML may write what no editor shows
        for path, value in _texts(values, ()):
            if found := FORBIDDEN.search(value):
                line, column = next((marks[path[:n]] for n in range(len(path), 0, -1)
                                     if path[:n] in marks), (first, 1))
                problems.add(
                    "RD002", f"control character U+{ord(found[0]):04X}", file=file, line=line,
                    column=column, hint="take it out: it is invisible and breaks feeds")
    body = text[closing.end() + 1 :]
    body_line = text.count("\n", 0, closing.end()) + 2
    return FrontMatter(values, marks, body, body_line)


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text of a value, keys included, and where it stands."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield (*path, key), str(key)
            yield from _texts(part, (*path, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _texts(part, (*path, number))


def parse(
    source: str, *, file: str, problems: Problems, first_line: int = 1,
    known: Container[str] | None = None,
) -> tuple[dict[str, Any], dict[Path, tuple[int, int]]] | None:
    """Parse a YAML mapping whose scalars all stay text (an empty or null value is None)."""
    import yaml

    if len(source.encode()) > MAX_BYTES:
        problems.add(
            "FM012", f"the front matter is larger than {MAX_BYTES // 1024} kB",
            file=file, line=first_line, column=1, hint="move the text below the closing ---",
        )
        return None
    loader = getattr(yaml, "CLoader", yaml.Loader)(source)
    builder = _Builder(loader, file, problems, first_line, known)
    try:
        return builder.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if re.match(r"while (?:scanning a quoted|parsing a flow)", error.context or ""):
            mark = error.context_mark or mark  # where it opens: the parser ran on to the end
        line = first_line + (mark.line if mark else 0)
        column = (mark.column if mark else 0) + 1
        problems.add(
            "FM002", f"not YAML: {error.problem or error.context}", file=file,
            line=line, column=column, hint=_hint(source, line - first_line),
        )
    except yaml.YAMLError as error:
        problems.add("FM002", f"not YAML: {error}", file=file, line=first_line, column=1)
    except _Stop:
        pass
    finally:
        loader.dispose()
    return None


def _hint(source: str, index: int) -> str:
    """What is usually wrong with a line that YAML cannot read."""
    lines = source.split("\n")
    near = [lines[i] for i in (index, index - 1) if 0 <= i < len(lines)]
    for line in near:
        if "\t" in line[: len(line) - len(line.lstrip())]:
            return "indent with spaces: YAML knows no tabs"
        value = line.partition(":")[2].strip()
        if value[:1] in "\"'" and value[:1] not in value[1:]:
            return f"the closing {value[0]} is missing"
        if value[:1] not in ("'", '"', "[", "{", "|", ">") and ": " in value:
            return "put the value in quotes: it holds a colon"
        if value[:1] in ("@", "`", "%", "&", "*", "!"):
            return f"put the value in quotes: it starts with {value[0]}"
        if value[:1] == "[" and "]" not in value:
            return "the closing ] is missing"
    return "check quotes, colons and indentation around this line"


class _Stop(Exception):  # noqa: N818
    """The problem is reported already."""


class _Builder:
    """Builds values from parser events, so that no resolver ever sees a scalar."""

    def __init__(
        self, loader: Any, file: str, problems: Problems, first_line: int,
        known: Container[str] | None,
    ) -> None:
        self._known = known
        self._next = loader.get_event
        self._file = file
        self._problems = problems
        self._first = first_line
        self.marks: dict[Path, tuple[int, int]] = {}

    def document(self) -> tuple[dict[str, Any], dict[Path, tuple[int, int]]]:
        import yaml

        self._next()  # stream start
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            return {}, self.marks
        value = self._value(self._next(), (), 0)
        if value is None:
            value = {}
        if not isinstance(value, dict):
            self._fail("FM002", "the front matter is no list of fields", self._first, 1,
                       "write lines of the form title: …")
        self._next()  # document end
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            self._fail("FM002", "a second YAML document", event.start_mark.line + self._first, 1)
        return value, self.marks

    def _fail(self, code: str, message: str, line: int, column: int, hint: str = "") -> None:
        self._problems.add(
            code, message, file=self._file, line=line, column=column, hint=hint
        )
        raise _Stop

    def _value(self, event: Any, path: Path, depth: int) -> Any:
        import yaml

        line, column = event.start_mark.line + self._first, event.start_mark.column + 1
        if getattr(event, "anchor", None):  # of an alias, too
            self._fail("FM004", "YAML anchors and aliases are not read", line, column,
                       "write the value out, or put it in quotes if it is text")
        tag = getattr(event, "tag", None)
        if tag:
            self._fail("FM004", f"the YAML tag {tag} is not read", line, column,
                       "delete the tag, or put the value in quotes if it is text")
        if isinstance(event, yaml.ScalarEvent):
            if not event.style and event.value in ("", "~", "null", "Null", "NULL"):
                return None
            return event.value
        if depth >= MAX_DEPTH:
            self._fail("FM012", f"nested more than {MAX_DEPTH} deep", line, column)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := self._next(), yaml.SequenceEndEvent):
                here = (*path, len(items))
                self.marks[here] = (
                    event.start_mark.line + self._first, event.start_mark.column + 1
                )
                items.append(self._value(event, here, depth + 1))
            return items
        return self._mapping(path, depth)

    def _mapping(self, path: Path, depth: int) -> dict[str, Any]:
        import yaml

        mapping: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            line, column = event.start_mark.line + self._first, event.start_mark.column + 1
            if not isinstance(event, yaml.ScalarEvent) or event.tag or event.anchor:
                self._fail("FM002", "a key must be a word", line, column,
                           "put text that starts with { or [ in quotes")
            key = event.value
            here = (*path, key)
            if key in mapping:
                again = self._value(self._next(), (*here, "(again)"), depth + 1)
                same = again == mapping[key]
                needless = not path and self._known is not None and key not in self._known
                self._problems.add(
                    "FM003", f"`{key}` is given twice, first on line {self.marks[here][0]}"
                    + (", with the same value" if same else "; the first is kept" if needless
                       else ""),
                    file=self._file, line=line, column=column, hint="delete one of the two",
                    severity=Severity.WARNING if same or needless else Severity.ERROR,
                )
                continue
            self.marks[here] = (line, column)
            mapping[key] = self._value(self._next(), here, depth + 1)
        return mapping
