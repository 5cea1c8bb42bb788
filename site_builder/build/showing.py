"""Which articles a build shows, and the files that it copies."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.build.planning import theme_folders
from site_builder.build.report import Options
from site_builder.build.sources import Sources
from site_builder.model import Article
from site_builder.problems import Problems, Severity
from site_builder.reading.scan import STATIC, SourceFile, scan

if TYPE_CHECKING:
    from site_builder.build.pictures import Files


def now() -> int:
    """The clock, read here only; `SOURCE_DATE_EPOCH` stands in (reproducible-builds.org)."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or dt.datetime.now(dt.UTC).timestamp())


def published(
    sources: Sources, options: Options, now: int
) -> tuple[list[Article], list[tuple[str, str]], int, int]:
    """The articles that this build shows, and those that it leaves out with the reason.

    An article that was removed is in both: a note is shown in its place.

    An article is out of the future when its day has begun in the site's time
    zone. The last two values bound the span of time for which this holds.
    """
    shown, left_out = [], []
    since, until = 0, 0
    for article in sources.articles:
        embargo = article.publish_at
        due = (embargo or article.date).epoch
        if article.draft and not options.drafts:
            left_out.append((article.path, "draft"))
        elif due > now and not options.future:
            until = min(until or due, due)
            left_out.append((article.path, f"embargoed until {embargo.iso}" if embargo else
                             f"dated in the future ({article.date.iso})"))
        else:
            since = max(since, due) if due <= now else since
            shown.append(article)
            if article.removed:
                left_out.append((article.path, f"removed on {article.removed.date}"))
    return shown, left_out, since, until


def say_future(articles: Iterable[Article], now: int, problems: Problems) -> None:
    """A warning for each correction and removal that is dated after tomorrow, anywhere on earth."""
    tomorrow = dt.datetime.fromtimestamp(now + 86_400, dt.UTC).strftime("%Y-%m-%d")
    for article in articles:
        dates = [(one.date, "corrections") for one in article.corrections]
        if article.removed:
            dates.append((article.removed.date, "removed"))
        for date, field in dates:
            if date > tomorrow:
                problems.add(
                    "FM015", f"`{field}` has a date in the future: {date}", file=article.path,
                    line=article.lines.get(field, 1), column=1, severity=Severity.WARNING,
                    hint="feeds and metadata would take it for the last change")


def static_files(site: Path, problems: Problems) -> Files:
    """Output path → file, the site's own before the theme's."""
    found: dict[str, tuple[Path, SourceFile]] = {}
    for folder in theme_folders(site, "static"):
        for source in scan(folder, ".", problems, wanted=lambda s: s in STATIC or s == ""):
            path = source.path.removeprefix("./")
            found.setdefault(path, (folder / path, source))
    return found
