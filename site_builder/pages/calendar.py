"""Issues, years and months: the archive in order of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from site_builder.indexing.archive import Subject
from site_builder.model import Article
from site_builder.pages import contexts as c
from site_builder.pages.sheets import Sheet
from site_builder.pages.site import Site
from site_builder.pages.subjects import index

DAYS: Final = "/archive/on-this-day/"


def _crumbs(site: Site) -> tuple[c.Link, ...]:
    return (c.Link(site.words("archive"), "/archive/"),)


def issues(site: Site, sheet: Sheet) -> None:
    """Every printed issue, front page first, and their index."""
    subjects = sorted(
        site.archive.issues.values(), key=lambda s: (s.articles[0].date.sort_key, s.slug)
    )
    words = site.words
    crumbs = (c.Link(words("issues"), "/issues/"),)
    for place, subject in enumerate(subjects):
        url = f"/issues/{subject.slug}/"
        order = sorted(
            subject.articles,
            key=lambda a: ((a.issue.page if a.issue else 0) or 99_999, a.path),
        )
        by_page: dict[int, list[Article]] = {}
        for article in order:
            by_page.setdefault(article.issue.page if article.issue else 0, []).append(article)
        blocks = tuple(
            c.SectionBlock(
                c.Link(
                    words("page", page=words.number(page)) if page else words("other_pages"), ""),
                site.cards(found), len(found),
            )
            for page, found in by_page.items()
        )
        newer = subjects[place + 1] if place + 1 < len(subjects) else None
        older = subjects[place - 1] if place else None
        sheet.add(url, "issue.html", c.IssueContext(
            head=c.Head(words("issue", number=subject.name), url, breadcrumbs=crumbs),
            number=subject.name, date=subject.articles[0].date,
            lead=site.lead(order[0]), blocks=blocks,
            newer=_issue(site, newer) if newer else None,
            older=_issue(site, older) if older else None,
            total=len(order),
        ), f"issue {subject.name}")
    index(site, sheet, "issues", site.archive.issues)


def _issue(site: Site, subject: Subject) -> c.Link:
    return c.Link(site.words("issue", number=subject.name), f"/issues/{subject.slug}/")


def overview(site: Site, sheet: Sheet) -> None:
    """All years with their months."""
    archive = site.archive
    rows = []
    for year in sorted(archive.years, reverse=True):
        months = []
        for month in range(1, 13):
            label = f"{year}-{month:02}"
            found = archive.months.get(label)
            months.append(c.YearMonth(
                label, len(found.articles) if found else 0, site.archive_url(label)))
        rows.append(c.ArchiveYear(
            year, f"/archive/{year}/", len(archive.years[year].articles), tuple(months)))
    sheet.add("/archive/", "archive.html", c.ArchiveContext(
        head=c.Head(site.words("archive"), "/archive/"), years=tuple(rows),
        coverage=site.coverage(archive.articles), total=len(archive.articles),
        days=c.Link(site.words("on_this_day"), DAYS) if days(site) else None,
    ), "the archive")


def days(site: Site) -> Mapping[str, Sequence[Article]]:
    """The days of the year (`11-29`) with articles of more than one year, newest first."""
    if not site.config.on_this_day.enabled:
        return {}
    return site.archive.days


def same_day(site: Site, article: Article) -> c.Link | None:
    """The page of the article's day in all years, if there is one."""
    label = article.date.day[5:]
    if label not in days(site):
        return None
    return c.Link(site.words("in_other_years", day=site.words.day(label)), day_url(label))


def day_url(label: str) -> str:
    """The page of a day of the year, `11-29`."""
    return f"{DAYS}{label}/"


def day(site: Site, sheet: Sheet, label: str) -> None:
    """The articles of one day of the year, whatever the year."""
    url = day_url(label)
    heading, kicker = site.words.day(label), site.words("on_this_day")
    crumbs = (*_crumbs(site), c.Link(kicker, DAYS))

    def first(cards: tuple[c.Card, ...], pager: c.Pager) -> tuple[str, Any]:
        return "list.html", c.ListContext(
            head=c.Head(heading, url, breadcrumbs=crumbs), kicker=kicker, heading=heading,
            intro="", cards=cards, pager=pager, facts=None, coverage=None,
        )

    site.add_list(sheet, url, f"the day {label}", days(site)[label], first, heading, kicker,
                  crumbs)


def all_days(site: Site, sheet: Sheet) -> None:
    """The days of the year that have a page, month by month."""
    found = days(site)
    months = tuple(
        c.LetterGroup(
            site.words.monthname(f"2000-{month:02}"), f"m{month:02}", tuple(
                c.Counted(c.Link(site.words.number(int(label[3:])), day_url(label)), len(articles))
                for label, articles in found.items() if label.startswith(f"{month:02}-")))
        for month in range(1, 13)
    )
    heading, intro = site.words("on_this_day"), site.words("on_this_day_intro")
    sheet.add(DAYS, "days.html", c.DaysContext(
        head=c.Head(heading, DAYS, intro, breadcrumbs=_crumbs(site)), heading=heading,
        intro=intro, months=tuple(month for month in months if month.items),
    ), "the days of the year")


def month(site: Site, sheet: Sheet, label: str) -> None:
    """A month, `2022-11`: its articles, newest first."""
    year = label[:4]
    url = f"/archive/{year}/{label[5:]}/"
    heading, kicker = site.words.month(label), site.words("month")
    crumbs = (*_crumbs(site), c.Link(site.words.digits(year), f"/archive/{year}/"))

    def first(cards: tuple[c.Card, ...], pager: c.Pager) -> tuple[str, Any]:
        return "list.html", c.ListContext(
            head=c.Head(heading, url, breadcrumbs=crumbs), kicker=kicker, heading=heading,
            intro="", cards=cards, pager=pager, facts=None, coverage=None,
        )

    site.add_list(sheet, url, f"the month {label}", site.archive.months[label].articles, first,
                  heading, kicker, crumbs)


def year(site: Site, sheet: Sheet, year: str) -> None:
    """A year, month by month."""
    archive, digits = site.archive, site.words.digits
    years = sorted(archive.years)
    place = years.index(year)
    older = years[place - 1] if place else ""
    newer = years[place + 1] if place + 1 < len(years) else ""
    articles = archive.years[year].articles
    blocks = tuple(
        c.MonthBlock(
            label, f"/archive/{year}/{label[5:]}/", len(archive.months[label].articles),
            site.cards(archive.months[label].articles[:10]),
        )
        for label in sorted((m for m in archive.months if m.startswith(year)), reverse=True)
    )
    people = Counter(key for a in articles for key in archive.people_of[a.path])
    countries = Counter(key for a in articles for key in archive.countries_of[a.path])

    def top(found: Counter[str], room: str) -> tuple[c.Counted, ...]:
        link = site.person_link if room == "people" else site.country_link
        best = sorted(found, key=lambda key: (-found[key], key))[:10]
        return tuple(c.Counted(link(key), found[key]) for key in best)

    sheet.add(f"/archive/{year}/", "year.html", c.YearContext(
        head=c.Head(digits(year), f"/archive/{year}/", breadcrumbs=_crumbs(site)), year=year,
        coverage=_year_coverage(site, year), blocks=blocks, total=len(articles),
        newer=c.Link(digits(newer), f"/archive/{newer}/") if newer else None,
        older=c.Link(digits(older), f"/archive/{older}/") if older else None,
        people=top(people, "people"), countries=top(countries, "countries"),
    ), f"the year {year}")


def _year_coverage(site: Site, year: str) -> c.Coverage:
    bars = []
    for month in range(1, 13):
        label = f"{year}-{month:02}"
        found = site.archive.months.get(label)
        bars.append(c.Bar(
            label, len(found.articles) if found else 0, site.archive_url(label)))
    return c.Coverage("month", tuple(bars))
