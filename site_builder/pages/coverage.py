"""Coverage at one look: a map of the world, and who was in the news when."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from typing import Final

from site_builder.indexing.archive import Subject
from site_builder.pages import contexts as c
from site_builder.pages.geography import world
from site_builder.pages.sheets import Sheet
from site_builder.pages.site import Site

MAP_URL: Final = "/countries/map/"
TIMELINE_URL: Final = "/archive/timeline/"
SHADES: Final = 5
ROWS: Final = 20
"""People, and countries, that the timeline shows."""
LEAST: Final = 1.5
"""Radius of the smallest dot, in units of a cell of 20."""
SHORT: Final = 3
"""An archive that spans fewer calendar years than this is shown by month."""


def add_map(site: Site, sheet: Sheet) -> None:
    """Every country shaded by its articles; the same as a table."""
    archive = site.archive
    counts = {key: len(subject.articles) for key, subject in archive.countries.items()}
    highest = max(counts.values(), default=0)
    drawing = world()
    codes = {key: archive.country_records[key].code.lower() for key in counts}
    by_code = {code: key for key, code in codes.items() if code}

    def land(code: str, path: str = "", place: tuple[int, int] = (0, 0)) -> c.Land:
        key = by_code.get(code)
        if key is None:
            return c.Land(None, 0, 0, path, place)
        return c.Land(
            site.country_link(key), counts[key], shade(counts[key], highest), path, place)

    order = sorted(counts, key=lambda key: (-counts[key], archive.countries[key].slug))
    sheet.add(MAP_URL, "map.html", c.MapContext(
        head=c.Head(site.words("map"), MAP_URL, site.words("map_intro"),
                    breadcrumbs=(c.Link(site.words("countries"), "/countries/"),)),
        width=drawing.width, height=drawing.height,
        lands=tuple(land(code, path) for code, path in drawing.paths.items()),
        islands=tuple(land(code, place=place) for code, place in drawing.points.items()
                      if code in by_code),
        shades=tuple(shades(highest)),
        rows=tuple(c.Counted(site.country_link(key), counts[key]) for key in order),
    ), "the map")


def shade(count: int, highest: int) -> int:
    """0 for nothing, else 1 to `SHADES`, by the logarithm: few countries have most articles."""
    if not count:
        return 0
    return max(1, math.ceil(SHADES * math.log1p(count) / math.log1p(highest) - 1e-9))


def shades(highest: int) -> list[c.Shade]:
    """The legend: the counts that each shade stands for, without shades that stand for none."""
    found: dict[int, list[int]] = {}
    for level in range(1, SHADES + 1):
        # the least count of a shade is one more than the most of the shade before it
        most = math.floor(math.expm1(level * math.log1p(highest) / SHADES) + 1e-6)
        least = max((span[1] for span in found.values()), default=0) + 1
        if highest and most >= least:
            found[level] = [least, most]
    return [c.Shade(level, least, most) for level, (least, most) in found.items()]


def add_timeline(site: Site, sheet: Sheet) -> None:
    """The people and countries with the most articles, year by year or month by month."""
    archive = site.archive
    years = sorted(archive.years)
    by_month = bool(years) and int(years[-1]) - int(years[0]) + 1 < SHORT
    size = 7 if by_month else 4
    if by_month:
        labels = [f"{year}-{month:02}" for year in years for month in range(1, 13)]
        first, last = min(archive.months), max(archive.months)
        labels = [label for label in labels if first <= label <= last]
    else:
        labels = [f"{year:04}" for year in range(int(years[0]), int(years[-1]) + 1)] \
            if years else []

    def table(room: str, subjects: Iterable[Subject]) -> c.Timeline:
        found = [(subject, Counter(article.date.day[:size] for article in subject.articles))
                 for subject in subjects]
        highest = max((max(counts.values()) for _, counts in found), default=1)
        return c.Timeline(
            tuple(c.TimelineRow(
                c.Link(subject.name, f"/{room}/{subject.slug}/"), len(subject.articles),
                tuple(dot(counts[label], highest) for label in labels))
                for subject, counts in found),
            tuple(dot(count, highest) for count in sorted({1, max(1, highest // 4), highest})))

    sheet.add(TIMELINE_URL, "timeline.html", c.TimelineContext(
        head=c.Head(site.words("timeline"), TIMELINE_URL, site.words("timeline_intro"),
                    breadcrumbs=(c.Link(site.words("archive"), "/archive/"),)),
        by_month=by_month,
        columns=tuple(c.Link(label, site.archive_url(label)) for label in labels),
        people=table("people", site.most(archive.people, ROWS)),
        countries=table("countries", site.most(archive.countries, ROWS)),
    ), "the timeline")


def dot(count: int, highest: int) -> c.Dot:
    """A dot whose area is to that of the largest as the counts are; the least can still be seen."""
    return c.Dot(count, max(round(math.sqrt(count / highest) * 9, 1), LEAST) if count else 0)
