"""A table of articles (CSV, TSV, JSON Lines or a JSON array) → candidates, one a row."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

import msgspec

from site_builder.importing import fields
from site_builder.importing.candidates import Candidate, Dropped, Found, RefusedItem
from site_builder.importing.markup.blocks import from_html
from site_builder.importing.markup.tree import TooDeep
from site_builder.importing.sources import text as scraped
from site_builder.importing.sources.options import Options, text_of
from site_builder.model import Source
from site_builder.problems import Problem
from site_builder.reading.fields import is_web_address

BODY = ("body", "text", "content", "html", "body_html", "markdown")
_DATELINE = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, )?"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" \d{1,2}, \d{4}"
)
_HTML = re.compile(r"</(?:p|div|a|em|strong|h[1-6]|ul|ol|blockquote|li)>|<br\s*/?>", re.IGNORECASE)
_HINT = "name the columns with --map, such as --map body=text"


def read(path: Path, options: Options) -> Iterator[Found]:
    """Each row of the table; a bad one is a problem, and the others go on.

    `--map` maps our fields, and `body`, to columns; equal and common names are found
    without it. A body is HTML where it looks like it or its column is named so, Markdown
    where its column is, and else plain text.
    """
    try:
        if path.suffix.lower() in (".csv", ".tsv"):
            yield from _csv(path, options)
        else:
            yield from _json(path, options)
    except RefusedItem as refused:
        yield refused.problem(path.name)


def _csv(path: Path, options: Options) -> Iterator[Found]:
    csv.field_size_limit(50_000_000)
    text_of(path)  # strictly UTF-8, or nothing is read
    with path.open(encoding="utf-8-sig", newline="") as file:
        dialect = "excel-tab" if path.suffix.lower() == ".tsv" else _dialect(file)
        reader = csv.DictReader(file, dialect=dialect, strict=True)
        try:
            for row in reader:
                values = {str(k): v for k, v in row.items() if k is not None}
                yield _row(values, path.name, reader.line_num, options, "the row ending here")
        except csv.Error as error:
            yield Problem(path.name, reader.line_num, 1, "FM002", f"not CSV: {error}")


def _dialect(file: TextIO) -> str | type[csv.Dialect]:
    """Semicolons are what spreadsheets write where the comma is in numbers."""
    head = file.readline()
    file.seek(0)

    class Semicolons(csv.excel):
        delimiter = ";"

    return Semicolons if head.count(";") > head.count(",") else "excel"


def _json(path: Path, options: Options) -> Iterator[Found]:
    text = text_of(path)
    if text.lstrip().startswith("["):
        try:
            rows = json.loads(text)
        except ValueError as error:
            raise RefusedItem("FM002", f"not JSON: {error}") from None
        for number, row in enumerate(rows, 1):
            yield _record(row, path.name, number, options, f"item {number}")
        return
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            yield Problem(path.name, number, 1, "FM002", f"not JSON: {error}")
            continue
        yield _record(row, path.name, number, options, "the record")


def _record(row: Any, file: str, line: int, options: Options, what: str) -> Found:
    if not isinstance(row, dict):
        return Problem(file, line, 1, "FM002", f"{what} is no JSON object")
    return _row(row, file, line, options, what)


def _row(row: Mapping[str, Any], file: str, line: int, options: Options, what: str) -> Found:
    keys = {key.lower(): key for key in row}
    names = (options.field_map["body"],) if "body" in options.field_map else BODY
    column = next((keys[n.lower()] for n in names if row.get(keys.get(n.lower(), ""))), "")
    body = str(row.get(column) or "").strip()
    rest = {k: v for k, v in row.items() if k != column and v not in (None, "")}
    # a column of addresses says where the article stood
    url = next((str(rest[keys[n]]) for n in ("url", "link", "permalink")
                if n in keys and is_web_address(str(rest.get(keys[n], "")))), "")
    mapped = {"source.url": keys["url"], **options.field_map} if url and "url" in keys \
        else options.field_map
    mapped = {k: v for k, v in mapped.items() if k != "body"}
    try:
        found = fields.candidate(
            rest, origin=f"{file}:{line}", body="", zone=options.zone, field_map=mapped, line=line)
        missing = [name for name, value in (
            ("title", found.title), ("date", found.date), ("body", body)) if not value]
        if missing:
            raise RefusedItem("FM007", f"{what} has no {' and no '.join(missing)}", _HINT)
        return _with_body(found, body, column.lower(), url)
    except RefusedItem as refused:
        return refused.problem(file, line)


def _with_body(found: Candidate, body: str, column: str, url: str) -> Candidate:
    sources = found.sources or ((Source(url=url),) if url else ())
    if "markdown" in column:
        return msgspec.structs.replace(found, body=body + "\n", sources=sources, url=url)
    if "html" in column or _HTML.search(body):
        try:
            written = from_html(body)
        except TooDeep as error:
            raise RefusedItem("MD005", str(error)) from None
        return msgspec.structs.replace(
            found, body=written.markdown, plain=written.plain, sources=sources, url=url,
            changed=(*found.changed, *written.changed),
            dropped=(*found.dropped, *(Dropped(0, t, r) for t, r in written.dropped)))
    dropped = []
    first, _, rest = body.partition("\n")
    if _DATELINE.fullmatch(first.strip()):
        dropped.append(Dropped(1, first.strip(), "the dateline, kept as the date"))
        body = rest
    judged = scraped.judge(f"{found.title}\n\n{body}", origin=found.origin)
    return msgspec.structs.replace(
        found, body=judged.body, summary=found.summary or judged.summary, sources=sources,
        url=url, dropped=(*found.dropped, *dropped, *judged.dropped),
        guessed=(*found.guessed, *judged.guessed))
