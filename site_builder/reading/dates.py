"""Dates as people write them → `Moment`, once and explicitly.

A date without time is a civil date: it is shown as written everywhere. A time
without offset is in the site's time zone. A time with an offset keeps its own
civil date, too: what the author wrote is what readers see; only the order of
events and the question "is it published yet" use the instant.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import zoneinfo

from site_builder.model import Moment

# ISO 8601 calendar, week and ordinal dates, extended and basic; then a time with
# optional seconds and fraction; then Z, ±hh, ±hh:mm or ±hhmm. Jekyll and Hugo
# archives also hold `±h` and a space before the offset.
_DATE_TIME = re.compile(
    r"""(?P<date>\d{4}-\d{2}-\d{2}|\d{8}|\d{4}-?W\d{2}-?\d|\d{4}-\d{3}|\d{7})
        (?:(?:[Tt]|[ ]+)(?P<hour>\d{2}|\d(?=:)):?(?P<minute>\d{2})
           (?::?(?P<second>\d{2})(?:[.,]\d+)?)?
           [ ]*(?P<offset>[Zz]|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?)?\s*""",
    re.VERBOSE,
)
_PARTIAL = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def parse(text: str, zone: str) -> Moment:
    """Parse an ISO 8601 date or date-time; `zone` is the site's time zone name.

    Raises ValueError with a sentence that says what is wrong.
    """
    found = _DATE_TIME.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is not a date")
    day = _civil(found["date"])
    if found["hour"] is None:
        epoch, offset = _epoch(day, dt.time(), zone)
        return Moment(day.isoformat(), epoch, "", offset)
    try:
        time = dt.time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        raise ValueError(f"{text!r} has a time of day that does not exist") from None
    if found["offset"] is None:
        epoch, offset = _epoch(day, time, zone)
    else:
        offset = _offset_minutes(found["offset"])
        moment = dt.datetime.combine(day, time, dt.timezone(dt.timedelta(minutes=offset)))
        epoch = int(moment.timestamp())
    return Moment(day.isoformat(), epoch, time.strftime("%H:%M"), offset)


def partial(text: str) -> str:
    """A year, month or day (`2021`, `2021-08`, `2021-08-03`), checked and returned as written.

    Raises ValueError for anything else.
    """
    text = text.strip()
    if not _PARTIAL.fullmatch(text):
        raise ValueError(f"{text!r} is not a year, month or day")
    try:
        dt.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        raise ValueError(f"{text!r} does not exist in the calendar") from None
    return text


def _civil(text: str) -> dt.date:
    try:
        if re.fullmatch(r"\d{4}-\d{3}|\d{7}", text):
            year, days = int(text[:4]), int(text[-3:])
            day = dt.date(year, 1, 1) + dt.timedelta(days=days - 1)
            if days < 1 or day.year != year:
                raise ValueError
            return day
        return dt.date.fromisoformat(text)
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} does not exist in the calendar") from None


def _offset_minutes(text: str) -> int:
    if text.upper() in ("Z", "UTC", "GMT"):
        return 0
    digits = text[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    if hours > 14 or minutes > 59:
        raise ValueError(f"{text!r} is not a time zone offset")
    total = hours * 60 + minutes
    return -total if text[0] == "-" else total


@functools.lru_cache(maxsize=16)
def _zone(name: str) -> dt.tzinfo:
    return dt.UTC if name == "UTC" else zoneinfo.ZoneInfo(name)


@functools.lru_cache(maxsize=4096)
def _epoch(day: dt.date, time: dt.time, zone: str) -> tuple[int, int]:
    moment = dt.datetime.combine(day, time, _zone(zone))
    offset = moment.utcoffset() or dt.timedelta()
    try:
        return int(moment.timestamp()), int(offset.total_seconds() // 60)
    except OverflowError:
        raise ValueError(f"{day} is out of range") from None
