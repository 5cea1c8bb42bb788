"""An article's entry in a bibliography, in three styles.

The forms were learnt from citeproc-js and the styles' own files
(data/README.md); here the blanks are filled in, which costs microseconds.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from site_builder.citing.names import Name, initials
from site_builder.citing.titles import headline, quoted

STYLES: Final = ("apa", "chicago", "mla")
"""APA 7, the bibliography of Chicago 18 (notes and bibliography), MLA 9."""
_FILE: Final = Path(__file__).parent / "data" / "forms.json"
_ENDS: Final = ".?!:;"
_BLANK: Final = re.compile(r"\{(\w+-?\d*)\}")


class Cited(msgspec.Struct, frozen=True):
    """What is cited. `day` is `2022-11-29`; `lang` the article's language, a BCP 47 tag."""

    title: str
    site: str
    url: str
    day: str
    authors: tuple[Name, ...] = ()
    lang: str = ""


class Entry(NamedTuple):
    """An entry: the site's name, which is set in italics, stands between the two parts."""

    before: str
    after: str


class _Form(NamedTuple):
    entry: tuple[list[str], list[str]]
    anonymous: tuple[list[str], list[str]]
    names: dict[str, list[str]]
    most: dict[str, int]
    months: list[str]
    days: dict[str, str]
    initials: bool
    demotes: bool
    within: bool
    cased: bool
    marks: tuple[str, str, str, str]
    inside: bool


def entries(cited: Cited, language: str) -> tuple[Entry, ...]:
    """The entries in all `STYLES`, in the words of `language` (English where we lack its own)."""
    cased = headline(cited.title) if cited.lang[:2].lower() == "en" else cited.title
    found = []
    for form in _forms(language.partition("-")[0].lower()):
        title = quoted(cased if form.cased else cited.title, form.marks, within=form.within)
        names = _names(form, cited.authors) if cited.authors else ""
        year, month, day = cited.day.split("-")
        day = day.lstrip("0")
        values = {
            "names": names, "title": title, "url": cited.url, "year": year,
            "month": form.months[int(month) - 1], "day": form.days.get(day, day),
        }
        before, after = form.entry if cited.authors else form.anonymous
        start = _filled(before, values, form)
        end = _filled(after, values, form)
        if end[:1] == "." and cited.site[-1:] in tuple(_ENDS):
            end = end[1:]
        found.append(Entry(start, end))
    return tuple(found)


def _filled(parts: list[str], values: dict[str, str], form: _Form) -> str:
    """Blanks and words in turn; a full stop after a sign that ends a sentence goes away."""
    text = parts[0]
    for n in range(1, len(parts), 2):
        value, after = values[parts[n]], parts[n + 1]
        if after and value:
            closing = form.marks[1].strip()
            if after[0] == ".":
                value, after = _stopped(value, after, form)
            elif not form.inside and after.lstrip().startswith(closing + ".") \
                    and _ended(value, form):
                after = after.replace(closing + ".", closing, 1)
        text += value + after
    return text


def _stopped(value: str, after: str, form: _Form) -> tuple[str, str]:
    if _ended(value, form):
        return value, after[1:]
    if form.inside:
        bare = value.rstrip(form.marks[1] + form.marks[3])
        if bare != value and value.count(form.marks[0]) + value.count(form.marks[2]):
            return f"{bare}.{value[len(bare):]}", after[1:]
    return value, after


def _ended(value: str, form: _Form) -> bool:
    bare = value
    if any(value.count(mark) for mark in (form.marks[0], form.marks[2])):
        bare = value.rstrip(form.marks[1] + form.marks[3])
    return bare[-1:] in tuple(_ENDS)


def _names(form: _Form, authors: Sequence[Name]) -> str:
    kinds = "".join(["l" if name.literal else "p" for name in authors])
    if len(kinds) > 3:
        kind = "l" if "p" not in kinds else "p"
        kinds = kind * min(len(kinds), form.most[kind])
    parts = form.names[kinds]
    text = parts[0]
    for n in range(1, len(parts), 2):
        blank = parts[n]
        text += _name(form, authors[int(blank[1:])], blank[0]) + parts[n + 1]
    return text


def _name(form: _Form, name: Name, kind: str) -> str:
    if name.literal:
        return name.family
    if kind == "n":
        suffix = f" {name.suffix}" if name.suffix else ""
        given = initials(name.given) if form.initials else name.given
        return f"{given} {name.surname}{suffix}"
    given = initials(name.given) if form.initials else name.given
    suffix = f", {name.suffix}" if name.suffix else ""
    if form.demotes and name.particle:
        return f"{name.family}, {given} {name.particle}{suffix}"
    return f"{name.surname}, {given}{suffix}"


@functools.cache
def _forms(language: str) -> tuple[_Form, ...]:
    learnt = _learnt()
    language = language if language in learnt["marks"] else "en"
    return tuple(_form(learnt[style][language], learnt["marks"][language]) for style in STYLES)


@functools.cache
def _learnt() -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(_FILE.read_bytes())
    return found


def _form(learnt: dict[str, Any], marks: dict[str, Any]) -> _Form:
    def pair(texts: list[str]) -> tuple[list[str], list[str]]:
        return _BLANK.split(texts[0]), _BLANK.split(texts[1])

    names = {kinds: _BLANK.split(text) for kinds, text in learnt["names"].items()}
    outer, end, inner, inner_end = marks["quotes"]
    return _Form(
        pair(learnt["entry"]), pair(learnt["anonymous"]), names,
        {kind: max(len(k) for k in names if set(k) == {kind}) for kind in "pl"},
        learnt["months"], learnt["days"], learnt["initials"], learnt["demotes"],
        learnt["quoted"], learnt["cased"], (outer, end, inner, inner_end), marks["inside"],
    )
