"""A CSV of articles → candidates, one a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

import msgspec

from site_builder.importing import scraped
from site_builder.importing.candidates import Candidate, Dropped
from site_builder.model import Source
from site_builder.problems import Problems

GUESSES = {
    "title": ("title", "headline"), "date": ("date", "published"),
    "body": ("body", "text", "content"), "source.url": ("source.url", "url", "link"),
    "summary": ("summary", "standfirst", "description"),
}
_DATELINE = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, )?"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" \d{1,2}, \d{4}"
)


def read(
    text: str, *, origin: str, field_map: Mapping[str, str], problems: Problems
) -> list[Candidate]:
    """Read the rows; one that has no title, date or text is a problem, and the others go on.

    `field_map` maps our fields (`title`, `date`, `body`, `summary`,
    `source.url`) to columns; equal and common names are found without it.
    """
    csv.field_size_limit(50_000_000)
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    columns = list(reader.fieldnames or ())
    where = {
        field: field_map.get(field) or next((n for n in names if n in columns), "")
        for field, names in GUESSES.items()
    }
    found = []
    try:
        for row in reader:
            candidate = _row(row, where, f"{origin}:{reader.line_num}", problems, origin,
                             reader.line_num)
            if candidate:
                found.append(candidate)
    except csv.Error as error:
        problems.add("FM002", f"not CSV: {error}", file=origin, line=reader.line_num, column=1)
    return found


def _row(
    row: Mapping[str, str | None], where: Mapping[str, str], name: str, problems: Problems,
    file: str, line: int,
) -> Candidate | None:
    value = {field: (row.get(column) or "").strip() for field, column in where.items()}
    missing = [field for field in ("title", "date", "body") if not value[field]]
    if missing:
        problems.add(
            "FM007", f"the row ending here has no {' and no '.join(missing)}", file=file,
            line=line, column=1, hint="name the columns with --map, such as --map body=text",
        )
        return None
    text = value["body"]
    dropped = []
    first, _, rest = text.partition("\n")
    if _DATELINE.fullmatch(first.strip()):
        dropped.append(Dropped(1, first.strip(), "the dateline, kept as the date"))
        text = rest
    read_text = scraped.read(f"{value['title']}\n\n{text}", origin=name)
    return msgspec.structs.replace(
        read_text, date=value["date"], summary=value["summary"],
        sources=(Source(url=value["source.url"]),) if value["source.url"] else (),
        dropped=(*dropped, *read_text.dropped),
    )
