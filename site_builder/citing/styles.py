"""An article's entry in a bibliography, in three styles.

The forms were learnt from citeproc-js and the styles' own files
(data/README.md); here the blanks are filled in, which costs microseconds.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

import msgspec

from site_builder.citing.names import Name, initials
from site_builder.citing.titles import headline, quoted

STYLES: Final = ("apa", "chicago", "mla")
"""APA 7, the bibliography of Chicago 18 (notes and bibliography), MLA 9."""
_FILE: Final = Path(__file__).parent / "data" / "forms.json"
_ENDS: Final = frozenset(".?!:;")
_BLANK: Final = re.compile(r"\{(\w+-?\d*)\}")
_DATE: Final = re.compile(r"\{(?:day|month|year)\}.*\{(?:day|month|year)\}")

_Parts: TypeAlias = tuple[str, list[tuple[str, str]]]


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
    """Entries as parts: the words before, and for each blank its name and the words after it."""

    entry: tuple[_Parts, _Parts]
    anonymous: tuple[_Parts, _Parts]
    names: dict[str, list[str]]
    most: dict[str, int]
    dates: tuple[str, list[str], dict[str, str]]
    initials: bool
    demotes: bool
    within: bool
    cased: bool
    marks: _Marks


class _Marks(NamedTuple):
    """A language's quotation marks; `inside` where a full stop goes before the closing one."""

    quotes: tuple[str, str, str, str]
    inside: bool

    def ended(self, text: str) -> bool:
        """Whether a text ends a sentence, or its last quotation does."""
        if text[-1:] in _ENDS:
            return True
        bare = self.bare(text)
        return bare != text and bare[-1:] in _ENDS

    def bare(self, text: str) -> str:
        """The text without the quotation marks at its end, if it opens some."""
        opening, closing, inner, inner_closing = self.quotes
        bare = text.rstrip(closing + inner_closing)
        return bare if bare != text and (opening in text or inner in text) else text

    def join(self, text: str, after: str) -> tuple[str, str]:
        """What a text and the words after it become where they meet: one full stop, not two."""
        if after[:1] == ".":
            if self.ended(text):
                return text, after[1:]
            if self.inside and (bare := self.bare(text)) != text:
                return f"{bare}.{text[len(bare):]}", after[1:]
        elif not self.inside and self.ended(text):
            closing = self.quotes[1].strip()
            if after.lstrip().startswith(closing + "."):
                after = after.replace(closing + ".", closing, 1)
        return text, after


def entries(cited: Cited, language: str) -> tuple[Entry, ...]:
    """The entries in all `STYLES`, in the words of `language` (English where we lack its own)."""
    language = language.partition("-")[0].lower()
    forms = _forms(language)
    marks = forms[0].marks
    plain = quoted(cited.title, marks.quotes)
    cased = plain
    if cited.lang[:2].lower() == "en":
        title = headline(cited.title)
        cased = plain if title == cited.title else quoted(title, marks.quotes)
    dates = _dates(cited.day, language)
    found = []
    for n, form in enumerate(forms):
        if cited.authors:
            (before, after), names = form.entry, _names(language, cited.authors)[n]
        else:
            (before, after), names = form.anonymous, ("", "")
        values = {
            "title": (cased if form.cased else plain)[form.within],
            "date": dates[n], "url": cited.url,
        }
        end = _filled(after, values, names, marks)
        if end[:1] == "." and cited.site[-1:] in _ENDS:
            end = end[1:]
        found.append(Entry(_filled(before, values, names, marks), end))
    return tuple(found)


def _filled(
    parts: _Parts, values: dict[str, str], names: tuple[str, str], marks: _Marks
) -> str:
    text, blanks = parts
    for blank, after in blanks:
        if blank == "title":
            text += "".join(marks.join(values[blank], after))
        elif blank == "names":  # joined already
            text += names[0] + names[1]
        else:
            text += values[blank] + after
    return text


@functools.lru_cache(maxsize=20_000)
def _names(language: str, authors: tuple[Name, ...]) -> tuple[tuple[str, str], ...]:
    """For each style the names, and the words after them."""
    return tuple(
        form.marks.join(_listed(form, authors), next(
            after for blank, after in form.entry[0][1] if blank == "names"))
        for form in _forms(language)
    )


@functools.lru_cache(maxsize=20_000)
def _dates(day: str, language: str) -> tuple[str, ...]:
    year, month, day = day.split("-")
    day = day.lstrip("0")
    return tuple(
        form.dates[0].format(year=year, month=form.dates[1][int(month) - 1],
                             day=form.dates[2].get(day, day))
        for form in _forms(language)
    )


def _listed(form: _Form, authors: Sequence[Name]) -> str:
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
    given = initials(name.given) if form.initials else name.given
    if kind == "n":
        return f"{given} {name.surname}{f' {name.suffix}' if name.suffix else ''}"
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
    date = next(found[0] for text in learnt["entry"] if (found := _DATE.search(text)))

    def pair(texts: list[str]) -> tuple[_Parts, _Parts]:
        one, two = (_BLANK.split(text.replace(date, "{date}")) for text in texts)
        return (one[0], list(zip(one[1::2], one[2::2], strict=True))), (
            two[0], list(zip(two[1::2], two[2::2], strict=True)))

    names = {kinds: _BLANK.split(text) for kinds, text in learnt["names"].items()}
    outer, end, inner, inner_end = marks["quotes"]
    return _Form(
        pair(learnt["entry"]), pair(learnt["anonymous"]), names,
        {kind: max(len(k) for k in names if set(k) == {kind}) for kind in "pl"},
        (date, learnt["months"], learnt["days"]), learnt["initials"], learnt["demotes"],
        learnt["quoted"], learnt["cased"], _Marks((outer, end, inner, inner_end), marks["inside"]),
    )
