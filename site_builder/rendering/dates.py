"""Dates in the words of a language, by CLDR through Babel."""

from __future__ import annotations

import datetime as dt
import functools

from site_builder.model import Moment


@functools.lru_cache(maxsize=100_000)
def _format(day: str, pattern: str, language: str) -> str:
    from babel import Locale, UnknownLocaleError
    from babel.dates import format_date

    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    if pattern == "long" and locale.language == "en":
        pattern = "d MMMM y"
    return format_date(dt.date.fromisoformat(day), pattern, locale=locale)


def day(value: Moment | str, language: str = "en") -> str:
    """`29 November 2022`."""
    return _format(value.day if isinstance(value, Moment) else value[:10], "long", language)


def daytime(value: Moment, language: str = "en") -> str:
    """A day and, where it is known, the time with its offset."""
    if not value.time:
        return day(value, language)
    offset = value.rfc3339[19:]
    return f"{day(value, language)}, {value.time} {'UTC' if offset == 'Z' else offset}"


def month(label: str, language: str = "en") -> str:
    """`2022-11` → `November 2022`."""
    return _format(label[:7] + "-01", "LLLL y", language)


def monthname(label: str, language: str = "en") -> str:
    """`2022-11` → `November`."""
    return _format(label[:7] + "-01", "LLLL", language)


def partial_date(text: str, language: str = "en") -> str:
    """A year, month or day as written in a record, in words."""
    if len(text) == 10:
        return day(text, language)
    return month(text, language) if len(text) == 7 else text
