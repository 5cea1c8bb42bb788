"""Who is named where, and who says what: passages in context, statements and their pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

import msgspec

from site_builder.model import (
    Article,
    Country,
    Findings,
    Mention,
    Person,
    Role,
    Statement,
)
from site_builder.pages import contexts as c
from site_builder.pages.lists import Pagers, cut, page_url
from site_builder.pages.sheets import Sheet
from site_builder.pages.site import Site
from site_builder.reading.languages import is_rtl

SURE: Final = 0.5
"""A speaker below this confidence is not named."""
LATEST: Final = 8
"""Statements on a person's own page; the others stand on pages of their own."""
LOOKED_AT: Final = 60
"""Articles in which statements that name a country are looked for, the newest first."""
CONTEXTS: Final = 15
LINES: Final = 3
"""Articles shown in context on a subject's page, and passages of each."""
WIDTH: Final = 70
"""Characters of context on each side of a name."""
LONGEST: Final = 600
"""Characters of a statement in a list; a longer one ends with the sentence before, and …"""
_SHORTEST: Final = 300
_SENTENCE: Final = re.compile(
    r"(?:(?<=\w\w)[.!?…]+[”’»\"')\]]*(?=\s)|[!?][”’»\"')\]]*(?=\s)|[。！？؟۔])")


def named(site: Site, findings: Findings, keys: Iterable[str], kind: str) -> tuple[c.Named, ...]:
    """The people or countries of an article, each with the places that name it."""
    anchors: dict[str, dict[str, None]] = {}
    counts: dict[str, int] = {}
    for mention in findings.mentions:
        if mention.kind == kind:
            counts[mention.id] = counts.get(mention.id, 0) + 1
            if anchor := findings.passages[mention.passage].anchor:
                anchors.setdefault(mention.id, {})[anchor] = None
    link = site.person_link if kind == "person" else site.country_link
    records: Mapping[str, Person | Country] = (
        site.archive.person_records if kind == "person" else site.archive.country_records)
    return tuple(
        c.Named(link(key), counts.get(key, 0), tuple(anchors.get(key, ())),
                records[key].wikidata)
        for key in keys
    )


def in_context(
    site: Site, articles: Iterable[Article], wanted: Callable[[Mention], bool],
    roles: Sequence[Role] = (),
) -> tuple[c.InContext, ...]:
    """The passages that name a subject, grouped by article, for the first articles that do.

    `roles` are a person's: each article gets the office that was held on its day.
    """
    found: list[c.InContext] = []
    for article in articles:
        if len(found) == CONTEXTS:
            break
        findings = site.findings(article)
        lines: dict[int, Mention] = {}
        for mention in findings.mentions:
            if wanted(mention) and not site.hidden.mention(findings, mention):
                lines.setdefault(mention.passage, mention)
        if lines:
            shown = list(lines.values())[:LINES]
            found.append(_context(site, article, findings, shown, len(lines) - len(shown),
                                  office=office_on(roles, article.date.day)))
    return tuple(found)


def shared(
    site: Site, articles: Iterable[Article], a: str, b: str, kind: str
) -> tuple[c.InContext, ...]:
    """The passages that name two countries both, or two people."""
    found: list[c.InContext] = []
    for article in articles:
        if len(found) == CONTEXTS:
            break
        findings = site.findings(article)
        first: dict[str, dict[int, Mention]] = {a: {}, b: {}}
        for mention in findings.mentions:
            if mention.kind == kind and mention.id in first and not site.hidden.mention(
                    findings, mention):
                first[mention.id].setdefault(mention.passage, mention)
        both = [sorted((first[a][number], first[b][number]), key=lambda m: m.start)
                for number in first[a] if number in first[b]]
        if both:
            shown = [one for one, _ in both[:LINES]]
            found.append(_context(
                site, article, findings, shown, max(0, len(both) - LINES),
                [two for _, two in both[:LINES]]))
    return tuple(found)


def excerpts(findings: Findings) -> dict[tuple[str, str], list[tuple[object, ...]]]:
    """All that other pages than the article's own show of its text.

    By kind and id of a subject: each mention with the words around it, and what
    the person says; under two empty strings, everything that is said.
    """
    found: dict[tuple[str, str], list[tuple[object, ...]]] = {}
    for m in findings.mentions:
        passage = findings.passages[m.passage]
        near = passage.text[max(0, m.start - WIDTH - 1) : m.end + WIDTH + 1]
        found.setdefault((m.kind, m.id), []).append(
            (m.passage, passage.anchor, near, min(m.start, WIDTH + 1), m.end - m.start, m.form))
    for statement in findings.statements:
        words = [findings.passages[n].text[a:b] for n, a, b in statement.parts]
        anchor = findings.passages[statement.parts[0][0]].anchor
        said = (*words, anchor, *msgspec.structs.astuple(statement)[2:])
        countries = (("country", code) for code in _countries(findings, statement))
        for key in {("person", statement.speaker), ("", ""), *countries}:
            found.setdefault(key, []).append(said)
    return found


def _context(
    site: Site, article: Article, findings: Findings, mentions: Sequence[Mention], more: int,
    others: Sequence[Mention] = (), office: str = "",
) -> c.InContext:
    url = site.urls[article.path]
    lines = []
    for place, mention in enumerate(mentions):
        passage = findings.passages[mention.passage]
        text, end, between, other = passage.text, mention.end, "", ""
        if others and others[place].start >= end:
            second = others[place]
            between, other = _between(text[end : second.start]), text[second.start : second.end]
            end = second.end
        lines.append(c.Line(
            _before(text, mention.start), text[mention.start : mention.end],
            _after(text, end), f"{url}#{passage.anchor}" if passage.anchor else url,
            between, other,
        ))
    return c.InContext(site.card(article), tuple(lines), more, office)


def _before(text: str, start: int) -> str:
    if start <= WIDTH:
        return text[:start]
    part = text[start - WIDTH : start]
    return "… " + part[part.find(" ") + 1 :]


def _between(text: str) -> str:
    """What stands between two names, without its middle where that is long."""
    if len(text) <= 2 * WIDTH:
        return text
    return f"{_after(text, 0)} {_before(text, len(text)).removeprefix('… ')}"


def _after(text: str, end: int) -> str:
    if len(text) - end <= WIDTH:
        return text[end:]
    part = text[end : end + WIDTH]
    return part[: part.rfind(" ")] + " …" if " " in part else part + "…"


def statements(site: Site, articles: Iterable[Article], speaker: str = "") -> Iterator[c.Said]:
    """Statements in the order of `articles` and of their texts; those of one speaker alone."""
    hidden = site.hidden
    for article in articles:
        if speaker and speaker not in site.archive.traces[article.path].speakers:
            continue
        findings = site.findings(article)
        told = _telling(site, article, findings)
        for statement in findings.statements:
            if speaker and (statement.speaker != speaker or statement.confidence < SURE):
                continue
            if not (hidden and hidden.statement(findings, statement)):
                yield told(statement)


def naming(site: Site, articles: Iterable[Article], country: str) -> tuple[c.Said, ...]:
    """The first statements of these articles of which the words name a country."""
    found: list[c.Said] = []
    for article in speaking(site, articles):
        findings = site.findings(article)
        told = _telling(site, article, findings)
        for statement in findings.statements:
            if country in _countries(findings, statement) and not site.hidden.statement(
                    findings, statement):
                found.append(told(statement))
                if len(found) == LATEST:
                    return tuple(found)
    return tuple(found)


def speaking(site: Site, articles: Iterable[Article]) -> Iterator[Article]:
    """The first of these articles in which somebody says something: so many are looked at."""
    traces = site.archive.traces
    return islice((a for a in articles if traces[a.path].statements), LOOKED_AT)


def _countries(findings: Findings, statement: Statement) -> set[str]:
    """The countries that the words of a statement name."""
    parts = {number: (start, end) for number, start, end in statement.parts}
    return {
        mention.id for mention in findings.mentions
        if mention.kind == "country" and mention.passage in parts
        and parts[mention.passage][0] <= mention.start < parts[mention.passage][1]}


def _telling(
    site: Site, article: Article, findings: Findings
) -> Callable[[Statement], c.Said]:
    """What makes the statements of an article into those of lists."""
    passages, url = findings.passages, site.urls[article.path]
    title, date = article.title, article.date
    people, records = site.archive.people, site.archive.person_records
    lang, rtl = site.lang(article), is_rtl(article.lang or site.config.language)

    def told(statement: Statement) -> c.Said:
        parts = tuple([passages[n].text[start:end] for n, start, end in statement.parts])
        if sum(map(len, parts)) > LONGEST:
            parts = tuple(_shortened(parts))
        anchor = passages[statement.parts[0][0]].anchor
        speaker, office, name = None, "", statement.name
        if statement.confidence < SURE:
            name = ""
        elif statement.speaker in people:
            speaker = site.person_link(statement.speaker)
            office = office_on(records[statement.speaker].roles, date.day)
        return c.Said(parts, f"{url}#{anchor}" if anchor else url, title, date,
                      statement.kind == "direct", speaker, name, office, lang, rtl)

    return told


def _shortened(parts: Iterable[str]) -> Iterator[str]:
    """The parts of a statement as far as a list shows them: whole sentences where there are any."""
    left = LONGEST
    for part in parts:
        if len(part) <= left:
            yield part
            left -= len(part)
            continue
        ends = [found.end() for found in _SENTENCE.finditer(part, 0, left)]
        if ends and (ends[-1] >= left - _SHORTEST or left < LONGEST):
            yield f"{part[: ends[-1]]} …"
        elif left >= _SHORTEST:
            yield f"{part[: part.rfind(' ', 0, left)] if ' ' in part[:left] else part[:left]} …"
        return


def office_on(roles: Iterable[Role], day: str) -> str:
    """The office held on a day (`2022-11-29`): of several, the one that began last."""
    held = [role for role in roles if role.held_on(day)] if roles else ()
    return max(held, key=lambda role: role.start).title if held else ""


def add_statements(
    site: Site, sheet: Sheet, url: str, heading: str, crumbs: tuple[c.Link, ...],
    said: Sequence[c.Said], owner: str, *, months: tuple[c.Counted, ...] = (), intro: str = "",
) -> None:
    """The pages of a list of statements, newest first."""
    cuts = cut(said, site.config.lists.page_size)
    for index, (part, pager) in enumerate(zip(cuts, Pagers(url, cuts), strict=True)):
        address = page_url(url, index)
        title = heading if index == 0 else site.words(
            "numbered", heading=heading, page=site.words.digits(str(index)))
        way = crumbs if index == 0 else (*crumbs, c.Link(heading, url))
        sheet.add(address, "statements.html", c.StatementsContext(
            head=c.Head(title, address, intro, breadcrumbs=way), heading=heading,
            intro=intro, statements=tuple(part), months=months if index == 0 else (), pager=pager,
        ), owner, lastmod=_newest(part))


def _newest(some: Sequence[c.Said]) -> str:
    """The date of the newest article among statements, for the sitemap."""
    return max((said.date for said in some), key=lambda date: date.sort_key).iso if some else ""


def month(site: Site, sheet: Sheet, label: str) -> None:
    """Everything that was said in the articles of one month."""
    articles = site.archive.months[label].articles
    heading = site.words("statements_of", month=site.words.month(label))
    add_statements(
        site, sheet, statements_url(label), heading,
        (c.Link(site.words("statements"), "/statements/"),),
        list(statements(site, articles)), f"the statements of {label}",
    )


def overview(site: Site, sheet: Sheet) -> None:
    """The newest statements, and the way to all others."""
    months = tuple(
        c.Counted(c.Link(site.words.month(label), statements_url(label)), count)
        for label, subject in site.archive.months.items()
        if (count := site.archive.statements_in(subject.articles))
    )
    newest = []
    for said in statements(site, site.archive.articles):
        newest.append(said)
        if len(newest) == site.config.lists.page_size:
            break
    sheet.add("/statements/", "statements.html", c.StatementsContext(
        head=c.Head(site.words("statements"), "/statements/", site.words("statements_intro")),
        heading=site.words("statements"), intro=site.words("statements_intro"),
        statements=tuple(newest), months=months, pager=c.Pager(),
    ), "the statements", lastmod=_newest(newest))


def statements_url(label: str) -> str:
    """The page of what was said in a month (`2022-11`)."""
    return f"/statements/{label.replace('-', '/')}/"
