"""Scraped plain text → a candidate: headline, standfirst, crossheads, body; furniture dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from site_builder.importing.candidates import Candidate, Dropped, Found, RefusedItem
from site_builder.importing.markup.escaping import escape
from site_builder.importing.sources.options import Options, text_of
from site_builder.model import Source

FURNITURE = re.compile(
    r"(add (a |new )?comments?|leave a comment|post a comment|read our comment policy.*"
    r"|share( this)?( article| story| on .*)?|print( this)?( article| page)?|e-?mail this.*"
    r"|advertisement|related (articles|stories|news)|read more|follow us.*|subscribe.*"
    r"|sign up for .*|we use cookies.*|accept( all)? cookies|all rights reserved\.?|"
    r"copyright ©.*|©.*)",
    re.IGNORECASE,
)
"""Whole lines that belong to a web page and not to an article."""

_REPORTED = re.compile(
    r"(?:(?P<a>[A-Z][\w]*(?:\.[a-z]{2,3})+|[A-Z]{3,6}|Reuters|Bloomberg|Xinhua|TASS)"
    r" (?:reported|said in a report)"
    r"|(?:according to|told) (?P<b>[A-Z][\w]*\.[a-z]{2,3}|[A-Z]{3,6}|Reuters|Bloomberg|Xinhua)\b)"
)
_NOT_AGENCIES = frozenset({"COVID", "NATO", "OPEC", "UN", "EU", "US", "UK", "IAEA"})
CROSSHEAD_WORDS = 8


def read(path: Path, options: Options) -> Iterator[Found]:
    """The article of one file, or of each text file of a folder."""
    files = sorted(path.rglob("*.txt")) if path.is_dir() else [path]
    for file in files:
        try:
            text = text_of(file)
            if not text.strip():
                raise RefusedItem("MD009", "the file is empty")
        except RefusedItem as refused:
            yield refused.problem(file.name)
            continue
        yield judge(text, origin=file.name)


def judge(text: str, *, origin: str) -> Candidate:
    """Judge the lines of one scraped article; nothing of its body is lost.

    The first line is the headline, repeated ones go; a single sentence before
    the repeated headline is the standfirst. A short line alone between blank
    lines, without a full stop, is a crosshead.
    """
    rows = [(n, " ".join(line.split())) for n, line in enumerate(text.splitlines(), start=1)]
    dropped: list[Dropped] = []
    kept: list[tuple[int, str]] = []
    title = next((line for _, line in rows if line), "")
    first = True
    for number, line in rows:
        if line and line == title:
            if not first:
                dropped.append(Dropped(number, line, "the headline again"))
            first = False
            kept.append((number, "" if kept else line))
        elif line and FURNITURE.fullmatch(line):
            dropped.append(Dropped(number, line, "furniture of the page"))
        else:
            kept.append((number, line))
    blocks = _blocks(kept[1:] if kept and kept[0][1] == title else kept)
    summary, blocks = _standfirst(blocks, rows, title)
    guessed = []
    if summary:
        guessed.append("the text before the repeated headline is the standfirst")
    parts = []
    for index, block in enumerate(blocks):
        if _is_crosshead(block, index, blocks):
            parts.append("## " + escape(block))
            guessed.append(f"“{block}” is a crosshead")
        else:
            parts.append(escape(block))
    body = "\n\n".join(parts) + "\n"
    return Candidate(
        origin=origin, title=title, body=body, summary=summary, sources=named_sources(body),
        dropped=tuple(dropped), guessed=tuple(guessed),
    )


def named_sources(text: str) -> tuple[Source, ...]:
    """The agencies and sites that the text names as its sources, in order, each once."""
    names = dict.fromkeys(m["a"] or m["b"] for m in _REPORTED.finditer(text))
    return tuple(Source(name=name) for name in names if name not in _NOT_AGENCIES)


def _blocks(rows: list[tuple[int, str]]) -> list[str]:
    """Paragraphs: lines up to a blank one."""
    blocks: list[list[str]] = [[]]
    for _, line in rows:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return ["\n".join(block) for block in blocks if block]


def _standfirst(
    blocks: list[str], rows: list[tuple[int, str]], title: str
) -> tuple[str, list[str]]:
    """The standfirst stands between the headline and its repetition."""
    again = [number for number, line in rows if line == title][1:]
    if not again or not blocks:
        return "", blocks
    before = [line for number, line in rows if line and line != title and number < again[0]]
    summary = " ".join(before)
    if summary and blocks[0].replace("\n", " ") == summary:
        return summary, blocks[1:]
    return "", blocks


def _is_crosshead(block: str, index: int, blocks: list[str]) -> bool:
    return (
        0 < index < len(blocks) - 1
        and "\n" not in block
        and len(block.split()) <= CROSSHEAD_WORDS
        and not re.search(r"[.!?…:;,”\"'’»]$", block)
        and block[:1].isupper()
    )
