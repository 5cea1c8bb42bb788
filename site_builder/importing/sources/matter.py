"""Front matter as other programs write it: YAML, TOML, JSON, or Pelican's lines."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import msgspec

from site_builder.importing.candidates import RefusedItem
from site_builder.problems import Problems
from site_builder.reading import frontmatter

_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_NAMED = re.compile(r"\s*---[ \t]*(json|toml|js)[ \t]*\n(.*?)^---[ \t]*$\n?",
                    re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*)")


class Text(msgspec.Struct, frozen=True):
    """Front matter and body; `line` is the number of the body's first line."""

    values: dict[str, Any]
    body: str
    line: int


def split(text: str, *, file: str) -> Text:
    """Split a text by its front matter, of whatever kind; without any, all of it is body.

    Raises RefusedItem for front matter that cannot be read.
    """
    head = text.lstrip()
    if found := _NAMED.match(text):
        if found[1] == "js":
            raise RefusedItem("FM002", "front matter in JavaScript is a program: it is not run")
        values = _json(found[2]) if found[1] == "json" else _toml(found[2])
        return _text(values, text, found.end())
    if head.startswith("+++"):
        found = _TOML.match(text)
        if not found:
            raise RefusedItem("FM001", "the front matter is not closed",
                              "put a line +++ after the last field")
        return _text(_toml(found[1]), text, found.end())
    if head.startswith("{") and re.match(r'\{\s*("|\})', head):
        start = len(text) - len(head)
        try:
            values, end = json.JSONDecoder().raw_decode(text, start)
        except ValueError as error:
            raise RefusedItem("FM002", f"not JSON: {error}") from None
        return _text(values, text, end)
    if head.startswith("---"):
        problems = Problems()
        matter = frontmatter.split(text, file=file, problems=problems, known=frozenset())
        if matter is None:
            first = next(iter(problems.errors))
            where = f"line {first.line}: " if first.line else ""
            raise RefusedItem(first.code, where + first.message, first.hint)
        return Text(matter.values, matter.body, matter.body_line)
    return Text({}, text, 1)


def lines(text: str) -> Text:
    """Pelican's Markdown: lines of `Name: value` up to a blank one; indented lines go on."""
    values: dict[str, Any] = {}
    last = ""
    rows = text.split("\n")
    at = 0
    while at < len(rows) and not rows[at].strip():
        at += 1
    for at in range(at, len(rows)):  # noqa: B020
        row = rows[at]
        found = _LINE.match(row)
        if found:
            last = found[1].lower()
            values[last] = found[2].strip()
        elif row[:1] in (" ", "\t") and row.strip() and last:
            values[last] += "\n" + row.strip()
        else:
            break
    else:
        at = len(rows)
    if not values:
        return Text({}, text, 1)
    return Text(values, "\n".join(rows[at:]).lstrip("\n"), at + 1)


def _toml(source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise RefusedItem("FM002", f"not TOML: {error}") from None


def _json(source: str) -> dict[str, Any]:
    try:
        values = json.loads(source)
    except ValueError as error:
        raise RefusedItem("FM002", f"not JSON: {error}") from None
    if not isinstance(values, dict):
        raise RefusedItem("FM002", "the front matter is no JSON object")
    return values


def _text(values: dict[str, Any], text: str, end: int) -> Text:
    if not isinstance(values, dict):
        raise RefusedItem("FM002", "the front matter is no list of fields")
    return Text(values, text[end:].lstrip("\n"), text.count("\n", 0, end) + 1)
