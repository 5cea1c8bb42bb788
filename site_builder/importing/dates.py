"""Dates as other programs write them → ISO 8601, without a guess at which number is the month."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from email.utils import parsedate_to_datetime
from typing import Any

from site_builder.model import Moment
from site_builder.reading import dates

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"), 1)
    for name in names.split()
}
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_ENGLISH = re.compile(
    _WEEKDAY + r"(?:(?P<m1>[a-z]+)\.?\s+(?P<d1>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y1>\d{4})"
    r"|(?P<d2>\d{1,2})(?:st|nd|rd|th)?\.?\s+(?P<m2>[a-z]+)\.?,?\s+(?P<y2>\d{4}))"
    r"(?:,?\s+(?:at\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2}))?(?:\s.*)?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})([/.])(\d{1,2})\2(\d{1,2})(.*)", re.DOTALL)
_SHORT = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(.*)", re.DOTALL)
_RFC_5322 = re.compile(r"(?:[A-Za-z]{3},?\s+)?\d{1,2}\s+[A-Za-z]{3}\s+\d{2,4}\s+\d{1,2}:\d{2}")
_TIME = re.compile(r"\d\d:\d\d(:\d\d)")
_OFFSET = re.compile(r"(?:Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)\s*$", re.IGNORECASE)
_ZONE_NAME = re.compile(r"\s+[A-Z]{3,4}$|\[[\w/]+\]$")


def iso(value: Any, zone: str) -> str:
    """`value` (text, or a date of TOML) as ISO 8601, with time and offset where it has them.

    An empty value gives "". Raises ValueError for what is no date, and for one of
    which nobody can say what it means (03/04/2019).
    """
    if value is None or value == "":
        return ""
    if isinstance(value, dt.datetime | dt.date):
        value = value.isoformat()
    text = " ".join(str(value).split())
    if _RFC_5322.match(text):  # as RSS has it
        with contextlib.suppress(ValueError):
            text = parsedate_to_datetime(text).isoformat()
    for form in _forms(text):
        try:
            moment = dates.parse(form, zone)
        except ValueError:
            continue
        return _tidy(form, moment)
    if re.fullmatch(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}.*", text):
        raise ValueError(f"{text!r} may be two dates: which number is the month?")
    raise ValueError(f"{text!r} is not a date")


def _tidy(form: str, moment: Moment) -> str:
    """The same in RFC 3339: a zone is kept as written, and none is invented."""
    if not moment.time:
        return moment.day
    found = _TIME.search(form)
    zoned = _OFFSET.search(form[10:])
    seconds = found[1] if found else ":00"
    offset = ""
    if zoned:
        sign = "-" if moment.offset < 0 else "+"
        minutes = abs(moment.offset)
        offset = f"{sign}{minutes // 60:02}:{minutes % 60:02}" if minutes else "Z"
    return f"{moment.day}T{moment.time}{seconds}{offset}"


def _forms(text: str) -> list[str]:
    forms = [text, _ZONE_NAME.sub("", text)]
    if found := _YEAR_FIRST.fullmatch(text):
        forms.append(f"{found[1]}-{int(found[3]):02}-{int(found[4]):02}{found[5]}")
    if found := _SHORT.fullmatch(text):
        forms.append(f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}{found[4]}")
    if found := _ENGLISH.fullmatch(text):
        month = _MONTHS.get((found["m1"] or found["m2"]).lower())
        if month:
            day, year = int(found["d1"] or found["d2"]), found["y1"] or found["y2"]
            time = f"T{int(found['hour']):02}:{found['minute']}" if found["hour"] else ""
            if re.search(r"[ap]\.?m\.?", text, re.IGNORECASE):
                time = ""  # the day is what counts; half of a time would be wrong
            forms.append(f"{year}-{month:02}-{day:02}{time}")
    return forms


def with_offset(local: str, universal: str) -> str:
    """A local time (`2023-01-16 07:08:31`) with the offset that its time in UTC shows."""
    try:
        here = dt.datetime.fromisoformat(local)
        there = dt.datetime.fromisoformat(universal)
    except ValueError:
        return local
    minutes = round((here - there).total_seconds() / 60)
    if abs(minutes) > 14 * 60:
        return local
    sign = "-" if minutes < 0 else "+"
    return f"{here.isoformat()}{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
