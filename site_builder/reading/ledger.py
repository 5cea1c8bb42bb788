"""The ledger of the people folder: who was merged with whom, who was split, when and why."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final

from site_builder.config import SiteConfig
from site_builder.model import IdentityChange
from site_builder.problems import Problems
from site_builder.reading.text import decode

NAME: Final = "ledger.toml"
KINDS: Final = ("merge", "split")
_FIELDS: Final = ("date", "kind", "source", "into", "names", "articles", "reason")
_ENTRY: Final = re.compile(r"^[ \t]*\[\[change\]\]", re.MULTILINE)


def path(config: SiteConfig) -> str:
    """Where a site's ledger lies, relative to the site."""
    return f"{config.content.people.strip('/')}/{NAME}"


def data(site: Path, config: SiteConfig) -> bytes:
    """The ledger's bytes; none where there is no ledger."""
    try:
        return (site / path(config)).read_bytes()
    except OSError:
        return b""


def read(data: bytes, *, file: str, problems: Problems) -> tuple[IdentityChange, ...]:
    """The entries in the order of the file; what is wrong with one is a problem (ID012)."""
    text = decode(data, file=file, problems=problems) if data else None
    if not text:
        return ()
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        problems.add("ID012", f"not TOML: {error}", file=file, line=int(found[1]) if found else 1,
                     column=1, hint="each entry begins with [[change]]")
        return ()
    lines = [text.count("\n", 0, match.start()) + 1 for match in _ENTRY.finditer(text)]
    entries = values.get("change", [])
    changes = []
    if values.keys() - {"change"} or not isinstance(entries, list):
        problems.add("ID012", "the ledger holds something else than entries", file=file, line=1,
                     column=1, hint="each entry begins with [[change]]")
        entries = entries if isinstance(entries, list) else []
    for number, entry in enumerate(entries):
        line = lines[number] if number < len(lines) else 1
        wrong = _wrong(entry)
        if wrong:
            problems.add("ID012", f"this entry {wrong}", file=file, line=line, column=1,
                         hint="an entry has date, kind (merge or split), source, into and, as "
                         "you like, names, articles and reason")
            continue
        changes.append(IdentityChange(
            str(entry["date"]), entry["kind"], entry["source"], entry["into"],
            tuple(entry.get("names", ())), entry.get("articles", 0),
            " ".join(entry.get("reason", "").split()), line))
    return tuple(changes)


def _wrong(entry: Any) -> str:
    """What is wrong with an entry, as the end of a sentence, or nothing."""
    from site_builder.reading.dates import partial  # few sites have a ledger

    if not isinstance(entry, dict):
        return "is no table"
    if unknown := sorted(entry.keys() - set(_FIELDS)):
        return f"has no field {unknown[0]!r}"
    for field in ("date", "kind", "source", "into"):
        if not entry.get(field):
            return f"lacks `{field}`"
    if entry["kind"] not in KINDS:
        return f"is of no known kind: {entry['kind']!r}"
    for field in ("source", "into", "reason"):
        if not isinstance(entry.get(field, ""), str):
            return f"has a `{field}` that is no text"
    names = entry.get("names", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return "has `names` that are no list of texts"
    if not isinstance(entry.get("articles", 0), int):
        return "has `articles` that are no number"
    try:
        partial(str(entry["date"]))
    except ValueError:
        return f"has a date that is none: {entry['date']}"
    return ""
