"""What the people of each country are called in German, French and Spanish, with all endings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

import msgspec

from site_builder.finding.territories import DATA, base_language

LANGUAGES: Final = frozenset({"de", "es", "fr"})
_ADJECTIVE_ENDS: Final = ("e", "en", "em", "er", "es")
_NO_GENITIVE: Final = frozenset("sxzß")


class Names(msgspec.Struct, frozen=True):
    """One language of european.json, by alpha-2 code."""

    demonyms: dict[str, tuple[str, ...]]
    names: dict[str, tuple[str, ...]]
    no_names: tuple[str, ...]


class _Data(msgspec.Struct, frozen=True):
    about: str
    de: Names
    es: Names
    fr: Names


@cache
def _data() -> _Data:
    return msgspec.json.decode((DATA / "european.json").read_bytes(), type=_Data)


def names_in(language: str) -> Iterator[tuple[str, str]]:
    """Forms in a language and whose each is (alpha-2); what is of nobody comes first, with "".

    Beside the names of CLDR; nothing for other languages.
    """
    base = base_language(language)
    if base not in LANGUAGES:
        return
    data: Names = getattr(_data(), base)
    for form in data.no_names:
        yield form, ""
    for code, forms in data.names.items():
        yield from ((form, code) for form in forms)
    endings = {"de": _german, "es": _spanish, "fr": _french}[base]
    for code, forms in data.demonyms.items():
        for form in forms:
            yield from ((ending, code) for ending in endings(form))


def short_names(language: str, code: str) -> tuple[str, ...]:
    """What a country is called in a language beside its names of CLDR."""
    base = base_language(language)
    data: Names | None = getattr(_data(), base) if base in LANGUAGES else None
    return data.names.get(code, ()) if data else ()


def genitive(form: str) -> str:
    """The German genitive of a name, which has no apostrophe: "Macrons"; "" where there is none."""
    last = form[-1]
    return f"{form}s" if last.islower() and last < "\u0250" and last not in _NO_GENITIVE else ""


def _german(form: str) -> Iterator[str]:
    """Of an adjective ("irakisch") or a man ("Iraker", "Franzose")."""
    if form.endswith("sch"):
        for ending in _ADJECTIVE_ENDS:
            yield f"{form}{ending}"
            yield f"{form[:1].upper()}{form[1:]}{ending}"  # "Irakisch" alone is the language
        yield form
    elif form.endswith("er"):
        yield from (form, f"{form}s", f"{form}n", f"{form}in", f"{form}innen")
    elif form.endswith("e"):
        woman = "Französ" if form == "Franzose" else form[:-1]
        yield from (form, f"{form}n", f"{woman}in", f"{woman}innen")
    else:
        yield from (form, f"{form}s", f"{form}en", f"{form}in", f"{form}innen")


def _french(form: str) -> Iterator[str]:
    """Of what a man is: "irakien"; its feminine after "=" where no rule gives it."""
    man, _, woman = form.partition("=")
    if not woman:
        woman = man if man.endswith("e") else f"{man}ne" if man.endswith("en") else f"{man}e"
    for word in sorted({man, woman, man if man.endswith("s") else f"{man}s", f"{woman}s"}):
        yield from sorted({word, _capital(word), "-".join(map(_capital, word.split("-")))})


def _spanish(form: str) -> Iterator[str]:
    """Of what a man is: "iraquí", "alemán", "chino", "belga"."""
    if form.endswith("o"):
        stem = form[:-1]
        found = {form, f"{stem}a", f"{stem}os", f"{stem}as"}
    elif form.endswith(("a", "e")):
        found = {form, f"{form}s"}
    elif form.endswith("í"):
        found = {form, f"{form}es", f"{form}s"}
    else:
        bare = unicodedata.normalize("NFD", form)
        stem = unicodedata.normalize("NFC", bare[:-2] + bare[-1]) if bare[-2] == "\u0301" else form
        found = {form, f"{stem}a", f"{stem}es", f"{stem}as"}
    for word in sorted(found):
        yield from (word, _capital(word))


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
