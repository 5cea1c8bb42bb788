"""What every kind of source is told, and how all of them read a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from site_builder.importing.candidates import RefusedItem
from site_builder.problems import Problems
from site_builder.reading.text import decode


class Options(msgspec.Struct, frozen=True):
    """`zone` is the site's time zone, `field_map` our fields → the source's (`--map`).

    `permalink` is the pattern of old addresses where the source does not say it, `base`
    the address at which the old site stood, `max_bytes` the largest article.
    """

    zone: str = "UTC"
    field_map: Mapping[str, str] = {}
    permalink: str = ""
    base: str = ""
    max_bytes: int = 5_000_000


def text_of(file: Path, *, max_bytes: int = 1_000_000_000) -> str:
    """The text of a file. Raises RefusedItem, with line and column in the message."""
    problems = Problems()
    try:
        if file.stat().st_size > max_bytes:
            raise RefusedItem("RD003", f"the file is larger than {max_bytes:,} bytes",
                              "limits.article_bytes in site.toml sets the limit")
        text = decode(file.read_bytes(), file=file.name, problems=problems)
    except OSError as error:
        raise RefusedItem("RD006", f"the file cannot be read: {error.strerror}") from None
    if text is None:
        problem = next(iter(problems))
        raise RefusedItem(
            problem.code, f"line {problem.line}: {problem.message}", problem.hint)
    return text
