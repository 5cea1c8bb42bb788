"""The archive as files of data: JSON Lines and CSV, a file for each year, and what is in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec

from site_builder.model import Article
from site_builder.pages import contexts as c
from site_builder.pages.sheets import Sheet
from site_builder.pages.site import Site
from site_builder.pages.voices import SURE, office_on

Value = str | int | float | list[str]
Row = Mapping[str, Value]

DICTIONARY: Final[Mapping[str, Mapping[str, str]]] = {
    "articles": {
        "id": "names the article for good",
        "url": "its address",
        "title": "the headline",
        "date": "the day or moment of publication, ISO 8601",
        "updated": "when the text was last changed, or empty",
        "summary": "the standfirst, or the first words",
        "authors": "bylines",
        "section": "the desk",
        "tags": "tags",
        "language": "BCP 47 tag",
        "people": "ids of the people whom its front matter or its text names",
        "countries": "ids of the countries, ISO 3166-1 alpha-2 in lower case",
        "statements": "how many statements were found in it",
    },
    "mentions": {
        "article": "the article's id",
        "url": "the passage",
        "kind": "person or country",
        "id": "the person's or country's id",
        "form": "the words in the text",
        "start": "where they begin in the passage's text, in characters",
    },
    "statements": {
        "article": "the article's id",
        "url": "the passage",
        "date": "the article's date",
        "kind": "direct (a quotation) or reported",
        "text": "the words; parts of one quotation are joined by …",
        "speaker": "id of the person who speaks, if they have a record",
        "name": "the speaker as the text has it, empty where it names none",
        "speaker_kind": "person, organisation, role or none",
        "office": "the office that the person held on that day",
        "confidence": "0 to 1: how sure the speaker is",
    },
    "corrections": {
        "article": "the article's id",
        "url": "the correction on the article's page",
        "date": "year, month or day on which it was made",
        "text": "what was corrected",
    },
    "people": {
        "id": "names the person for good",
        "url": "the person's page",
        "name": "the name to show",
        "sort_name": "as filed in an index",
        "aliases": "other spellings",
        "country": "as the record has it",
        "born": "year, month or day",
        "died": "year, month or day",
        "wikidata": "Q number",
        "articles": "how many articles name the person",
    },
    "countries": {
        "id": "ISO 3166-1 alpha-2 in lower case, or the record's id",
        "url": "the country's page",
        "name": "the name to show",
        "region": "UN M.49",
        "subregion": "UN M.49",
        "wikidata": "Q number",
        "articles": "how many articles name the country",
    },
    "pairs": {
        "a": "id of one country",
        "b": "id of the other",
        "articles": "how many articles concern both",
    },
}
"""File → column → what it holds."""

YEARLY: Final = ("articles", "mentions", "statements", "corrections")


def year(site: Site, sheet: Sheet, label: str) -> None:
    """The files of one year."""
    articles = site.archive.years[label].articles
    rows = {"articles": _articles, "mentions": _mentions, "statements": _statements,
            "corrections": _corrections}
    for kind in YEARLY:
        _add(sheet, f"/data/{kind}-{label}", kind, rows[kind](site, articles))


def whole(site: Site, sheet: Sheet) -> None:
    """The files that span all years, and the page that explains everything."""
    _add(sheet, "/data/people", "people", _people(site))
    _add(sheet, "/data/countries", "countries", _countries(site))
    _add(sheet, "/data/pairs", "pairs", (
        {"a": a, "b": b, "articles": len(found)} for (a, b), found in site.archive.pairs.items()))
    files = tuple(
        c.DataFile(kind, tuple(columns.items()), tuple(
            c.Link(f"{name}.{ending}", f"/data/{name}.{ending}")
            for name in ([f"{kind}-{y}" for y in sorted(site.archive.years)]
                         if kind in YEARLY else [kind])
            for ending in ("jsonl", "csv")))
        for kind, columns in DICTIONARY.items()
    )
    title = site.words("data")
    sheet.add("/data/", "data.html", c.DataContext(
        c.Head(title, "/data/", site.words("data_intro")), title, site.words("data_intro"), files,
        first=site.archive.articles[-1].date.day, last=site.archive.articles[0].date.day,
    ), "the files of data")


def _add(sheet: Sheet, url: str, kind: str, rows: Iterable[Row]) -> None:
    found = list(rows)
    lines = b"".join(msgspec.json.encode(row) + b"\n" for row in found).decode()
    sheet.add(f"{url}.jsonl", "", c.FileContext(lines), "the files of data")
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")  # RFC 4180
    writer.writerow(DICTIONARY[kind])
    for row in found:
        writer.writerow([_cell(row[column]) for column in DICTIONARY[kind]])
    sheet.add(f"{url}.csv", "", c.FileContext(table.getvalue()), "the files of data")


def _cell(value: Value) -> str | int | float:
    """A cell that a spreadsheet shows and does not run (OWASP, "CSV Injection")."""
    if isinstance(value, list):
        value = "; ".join(value)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


def _articles(site: Site, articles: Iterable[Article]) -> Iterator[Row]:
    archive = site.archive
    for article in articles:
        card = site.card(article)
        yield {
            "id": article.id, "url": _absolute(site, card.url), "title": article.title,
            "date": article.date.iso, "updated": article.updated.iso if article.updated else "",
            "summary": card.summary, "authors": list(card.authors),
            "section": card.section.name if card.section else "", "tags": list(article.tags),
            "language": article.lang or site.config.language,
            "people": list(archive.people_of[article.path]),
            "countries": list(archive.countries_of[article.path]),
            "statements": archive.traces[article.path].statements,
        }


def _mentions(site: Site, articles: Iterable[Article]) -> Iterator[Row]:
    for article in articles:
        findings, url = site.findings(article), _absolute(site, site.urls[article.path])
        for mention in findings.mentions:
            if site.hidden.mention(findings, mention):
                continue
            anchor = findings.passages[mention.passage].anchor
            yield {
                "article": article.id, "url": f"{url}#{anchor}" if anchor else url,
                "kind": mention.kind, "id": mention.id, "form": mention.form,
                "start": mention.start,
            }


def _statements(site: Site, articles: Iterable[Article]) -> Iterator[Row]:
    for article in articles:
        findings, url = site.findings(article), _absolute(site, site.urls[article.path])
        for said in findings.statements:
            if site.hidden.statement(findings, said):
                continue
            anchor = findings.passages[said.parts[0][0]].anchor
            sure = said.confidence >= SURE
            record = site.archive.person_records.get(said.speaker) if sure else None
            yield {
                "article": article.id, "url": f"{url}#{anchor}" if anchor else url,
                "date": article.date.iso, "kind": said.kind,
                "text": " … ".join(findings.passages[n].text[a:b] for n, a, b in said.parts),
                "speaker": record.id if record else "", "name": said.name if sure else "",
                "speaker_kind": said.speaker_kind if sure else "none",
                "office": office_on(record.roles, article.date.day) if record else "",
                "confidence": said.confidence,
            }


def _corrections(site: Site, articles: Iterable[Article]) -> Iterator[Row]:
    for article in articles:
        url = f"{_absolute(site, site.urls[article.path])}#_corrections"
        for correction in article.corrections:
            yield {"article": article.id, "url": url, "date": correction.date,
                   "text": correction.text}


def _people(site: Site) -> Iterator[Row]:
    for key, subject in site.archive.people.items():
        record = site.archive.person_records[key]
        yield {
            "id": key, "url": _absolute(site, f"/people/{subject.slug}/"), "name": subject.name,
            "sort_name": record.sort_name, "aliases": list(record.aliases),
            "country": record.country, "born": record.born, "died": record.died,
            "wikidata": record.wikidata, "articles": len(subject.articles),
        }


def _countries(site: Site) -> Iterator[Row]:
    for key, subject in site.archive.countries.items():
        record = site.archive.country_records[key]
        yield {
            "id": key, "url": _absolute(site, f"/countries/{subject.slug}/"),
            "name": subject.name, "region": record.region, "subregion": record.subregion,
            "wikidata": record.wikidata, "articles": len(subject.articles),
        }


def _absolute(site: Site, url: str) -> str:
    return site.config.base_url + url
