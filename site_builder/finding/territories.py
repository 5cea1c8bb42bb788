"""What countries are called: shipped data for English, CLDR through babel for other languages.

English costs one small file. Another language costs babel and that language's
locale data; "any language" reads all of them once and is kept in a cache file.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from site_builder.finding.spelling import plain_key

DATA: Final = Path(__file__).parent / "data"
CACHE_NAME: Final = "country-names.json"

Index = dict[str, tuple[str, ...]]
"""`country_key` → the alpha-2 codes of the countries that are called so, in order."""


class Territory(msgspec.Struct, frozen=True):
    """One line of countries.json: a country with its names in English."""

    name: str
    alpha3: str
    numeric: str
    region: str
    subregion: str
    names: tuple[str, ...]


class Shipped(msgspec.Struct, frozen=True):
    """countries.json; data/README.md says where it comes from."""

    sources: dict[str, str]
    abbreviations: dict[str, str]
    ambiguous: dict[str, tuple[str, ...]]
    historical: dict[str, tuple[str, ...]]
    countries: dict[str, Territory]


class ShortNames(msgspec.Struct, frozen=True):
    """short_names.json: CLDR's alternative names, which babel leaves out, by language and code."""

    sources: dict[str, str]
    shown: dict[str, dict[str, str]]
    alternatives: dict[str, dict[str, tuple[str, ...]]]


@cache
def shipped() -> Shipped:
    """The shipped data about every country."""
    return msgspec.json.decode((DATA / "countries.json").read_bytes(), type=Shipped)


@cache
def short_names() -> ShortNames:
    """The shipped short and variant names in languages other than English."""
    return msgspec.json.decode((DATA / "short_names.json").read_bytes(), type=ShortNames)


_LEFT_OUT: Final = re.compile(r"[.,()/'\"«»]")
_NO_LETTER: Final = re.compile(r"[\W\d_]")
_SAINT: Final = re.compile(r"\bst\b")


def country_key(name: str) -> str:
    """The key of a country's name: `plain_key` without punctuation, article and Latin accents.

    "The Gambia" is "Gambia", "Côte d’Ivoire" is "Cote d'Ivoire", "St. Lucia" is
    "Saint Lucia", "Bosnia & Herzegovina" is "Bosnia and Herzegovina".
    """
    key = plain_key(name)
    if not key.isascii():
        key = "".join(_bare(char) for char in key)
    key = _LEFT_OUT.sub("", key).replace("&", " and ").replace("-", " ")
    key = " ".join(_SAINT.sub("saint", key).split())
    return key.removeprefix("the ")


def _bare(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0]
    return {"ø": "o", "ı": "i", "ł": "l"}.get(base, base) if char < "\u0250" or base < "z" else char


def base_language(language: str) -> str:
    """`fa` for `fa-IR`."""
    return re.split("[-_]", language, maxsplit=1)[0].lower()


@cache
def display_names(language: str) -> dict[str, str]:
    """Code → the name to show in a language (CLDR); empty for a language that CLDR lacks."""
    data = shipped().countries
    if base_language(language) == "en":
        return {code: territory.name for code, territory in data.items()}
    found = dict(_babel_names(language))
    for tag in _chain(language):
        found.update(short_names().shown.get(tag, {}))
    return found


@cache
def names_in(language: str) -> dict[str, tuple[str, ...]]:
    """Code → every name in a language, the one to show first; empty where CLDR lacks it."""
    found = {code: [name] for code, name in display_names(language).items()}
    for name, code in _alternatives(_chain(language)):
        if name not in found.setdefault(code, []):
            found[code].append(name)
    return {code: tuple(names) for code, names in found.items()}


@cache
def _babel_names(language: str) -> dict[str, str]:
    from babel import Locale, UnknownLocaleError

    for tag in (language, base_language(language)):
        try:
            territories = Locale.parse(tag, sep="-" if "-" in tag else "_").territories
        except (UnknownLocaleError, ValueError):
            continue
        return {code: territories[code] for code in shipped().countries if code in territories}
    return {}


@cache
def index_of(language: str) -> Index:
    """Every name of every country in one language, by key."""
    data = shipped()
    pairs: list[tuple[str, str]] = []
    if base_language(language) == "en":
        for code, territory in data.countries.items():
            pairs += [(form, code) for form in (territory.name, *territory.names)]
        pairs += [(form, code) for form, codes in data.ambiguous.items() for code in codes]
        return _index(pairs)
    # Both the short forms that are shown and the long ones.
    for names in (display_names(language), _babel_names(language)):
        pairs += [(name, code) for code, name in names.items()]
    pairs += _alternatives(_chain(language))
    return _index(pairs)


def index_of_all(folder: Path | None) -> Index:
    """Every name of every country in every language of CLDR, by key.

    Kept in `folder` (a file named `CACHE_NAME`, made anew when it is missing,
    damaged, or made by other versions); a folder that cannot be written to is
    no error.
    """
    path = folder / CACHE_NAME if folder else None
    stamp = _stamp()
    if path and (kept := _read(path, stamp)) is not None:
        return kept
    index = _index(_every_name())
    if path:
        _write(path, stamp, index)
    return index


def _every_name() -> Iterator[tuple[str, str]]:
    from babel import localedata

    codes = shipped().countries.keys()
    names: set[tuple[str, str]] = set()
    kept: dict[str, Any] = getattr(localedata, "_cache", {})
    whole = dict(kept)
    for identifier in localedata.locale_identifiers():
        # Without what is inherited: the parent is in the list too, and merging takes longest.
        territories = localedata.load(identifier, merge_inherited=False).get("territories", {})
        names.update((name, code) for code, name in territories.items() if code in codes)
    # Babel remembers the halves that it was asked for, and would take them for whole later
    kept.clear()
    kept.update(whole)
    yield from sorted(names)
    yield from _alternatives(short_names().alternatives)


def _alternatives(languages: Iterable[str]) -> Iterator[tuple[str, str]]:
    for language in languages:
        for code, forms in short_names().alternatives.get(language, {}).items():
            yield from ((form, code) for form in forms)


def _chain(language: str) -> tuple[str, ...]:
    parts = language.replace("_", "-").split("-")
    return tuple("-".join(parts[:size]) for size in range(1, len(parts) + 1))


def _index(pairs: Iterable[tuple[str, str]]) -> Index:
    index: dict[str, tuple[str, ...]] = {}
    for name, code in pairs:
        # "us" and "it" are words: abbreviations are matched as written, not by key.
        if len(name) <= 6 and len(letters := _NO_LETTER.sub("", name)) <= 3 and letters.isupper():
            continue
        key = country_key(name)
        codes = index.get(key, ())
        if key and code not in codes:
            index[key] = tuple(sorted((*codes, code)))
    return index


def _stamp() -> str:
    """What the cached names were made by: babel's version, this code and the shipped data."""
    from importlib.metadata import version

    made_by = hashlib.sha256(version("babel").encode())
    here = Path(__file__)
    for path in (here, here.with_name("spelling.py"), DATA / "short_names.json"):
        made_by.update(path.read_bytes())
    return made_by.hexdigest()


def _read(path: Path, stamp: str) -> Index | None:
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        if head.decode("ascii") != f"{stamp} {hashlib.sha256(body).hexdigest()}":
            return None
        return msgspec.json.decode(body, type=Index)
    except (OSError, UnicodeDecodeError, msgspec.DecodeError):
        return None


def _write(path: Path, stamp: str, index: Index) -> None:
    body = msgspec.json.encode(index)
    draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(f"{stamp} {hashlib.sha256(body).hexdigest()}\n".encode() + body)
        draft.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()
