"""Dates in the words of a language, by CLDR through Babel."""

from __future__ import annotations

import datetime as dt
import functools
from typing import TYPE_CHECKING

from site_builder.model import Moment

if TYPE_CHECKING:
    from babel import Locale

_DIGITS = {
    "arab": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
    "arabext": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
}
"""Digits of CLDR's numbering systems, which Babel does not write."""


@functools.cache
def locale(language: str) -> Locale:
    """Babel's locale for a language tag, English for one that it lacks."""
    from babel import Locale, UnknownLocaleError

    for tag in (language, language.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def digits(text: str, language: str) -> str:
    """`text` with the digits that readers of the language expect."""
    signs = _signs(language)
    return text.translate(signs) if signs else text


@functools.cache
def _signs(language: str) -> dict[int, int] | None:
    return _DIGITS.get(locale(language).default_numbering_system)


@functools.lru_cache(maxsize=100_000)
def _format(day: str, pattern: str, language: str) -> str:
    from babel.dates import format_date

    found = locale(language)
    if pattern == "long" and found.language == "en":
        pattern = "d MMMM y"
    return digits(format_date(dt.date.fromisoformat(day), pattern, locale=found), language)


def day(value: Moment | str, language: str = "en") -> str:
    """`29 November 2022`."""
    return _format(value.day if isinstance(value, Moment) else value[:10], "long", language)


def daytime(value: Moment, language: str = "en") -> str:
    """A day and, where it is known, the time with its offset."""
    if not value.time:
        return day(value, language)
    offset = value.rfc3339[19:]
    # an offset is one word from left to right: "+03:30", never "03:30+"
    zone = "UTC" if offset == "Z" else f"\u2066{offset}\u2069" if _signs(language) else offset
    return f"{day(value, language)}, {digits(f'{value.time} {zone}', language)}"


def month(label: str, language: str = "en") -> str:
    """`2022-11` → `November 2022`."""
    return _format(label[:7] + "-01", "LLLL y", language)


def yearday(label: str, language: str = "en") -> str:
    """`11-29` → `29 November`."""
    pattern = "d MMMM" if language.startswith("en") else str(
        locale(language).datetime_skeletons.get("MMMMd", "d MMMM"))
    return _format(f"2000-{label}", pattern, language)


def monthname(label: str, language: str = "en") -> str:
    """`2022-11` → `November`."""
    return _format(label[:7] + "-01", "LLLL", language)


def partial_date(text: str, language: str = "en") -> str:
    """A year, month or day as written in a record, in words."""
    if len(text) == 10:
        return day(text, language)
    return month(text, language) if len(text) == 7 else digits(text, language)
