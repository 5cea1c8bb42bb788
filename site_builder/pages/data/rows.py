"""The rows of each table of data, as `dictionary` describes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Final

from site_builder.finding.filing import sort_name
from site_builder.model import Article, Findings, Mention
from site_builder.pages.site import Site
from site_builder.pages.voices import SURE, office_on

Value = str | int | float | list[str]
Row = Mapping[str, Value]


def articles(site: Site, some: Iterable[Article]) -> Iterator[Row]:
    """`articles`, in the order of `some`."""
    archive = site.archive
    for article in some:
        card = site.card(article)
        yield {
            "id": article.id, "urn": site.urn(article.id), "url": _absolute(site, card.url),
            "title": article.title, "date": article.date.iso,
            "updated": card.updated.iso if card.updated else "",
            "summary": card.summary, "authors": list(card.authors),
            "section": card.section.name if card.section else "", "tags": list(article.tags),
            "language": article.lang or site.config.language,
            "people": list(archive.people_of[article.path]),
            "countries": list(archive.countries_of[article.path]),
            "statements": archive.traces[article.path].statements,
        }


def texts(site: Site, some: Iterable[Article]) -> Iterator[Row]:
    """`texts`, in the order of `some`."""
    for article in some:
        yield {"article": article.id, "text": text_of(site, article)}


def text_of(site: Site, article: Article) -> str:
    """An article's text; nothing where it holds a name that is hidden."""
    text = plain(site.detail(article).html)
    return "" if site.gives_away(article, text) else text


_MARK: Final = re.compile(r'\s*<a [^>]*class="(?:anchor|footnote-[a-z]+)"[^>]*>[^<]*</a>')
_END: Final = re.compile(r"</(?:p|li|h[2-6]|dt|dd|td|th|caption|figcaption|summary)>|<br>")
_TAG: Final = re.compile(r"</?[a-z](?:\"[^\"]*\"|[^\">])*>")


def plain(html: str) -> str:
    """The text of a body without marks: a line for each paragraph, crosshead, item and cell.

    A body is sanitised: every attribute stands in double quotes.
    """
    text = unescape(_TAG.sub("", _END.sub("\n", _MARK.sub("", html))))
    return "\n".join(line for part in text.split("\n") if (line := " ".join(part.split())))


def mentions(site: Site, some: Iterable[Article]) -> Iterator[Row]:
    """`mentions`, in the order of `some` and of their texts."""
    for article in some:
        findings, url = site.findings(article), _absolute(site, site.urls[article.path])
        for mention in findings.mentions:
            if site.hidden.mention(findings, mention):
                continue
            form, start = place(findings, mention)
            anchor = findings.passages[mention.passage].anchor
            yield {
                "article": article.id, "url": f"{url}#{anchor}" if anchor else url,
                "kind": mention.kind, "id": mention.id, "form": form, "start": start,
            }


def place(findings: Findings, mention: Mention) -> tuple[str, int]:
    """The words of a mention as the text has them, and where they begin behind the anchor."""
    passage = findings.passages[mention.passage]
    return passage.text[mention.start : mention.end], passage.offset + mention.start


def statements(site: Site, some: Iterable[Article]) -> Iterator[Row]:
    """`statements`, in the order of `some` and of their texts."""
    for article in some:
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


def corrections(site: Site, some: Iterable[Article]) -> Iterator[Row]:
    """`corrections`, in the order of `some`."""
    for article in some:
        url = f"{_absolute(site, site.urls[article.path])}#_corrections"
        for correction in article.corrections:
            yield {"article": article.id, "url": url, "date": correction.date,
                   "text": correction.text}


def people(site: Site) -> Iterator[Row]:
    """`people`, by id."""
    for key, subject in site.archive.people.items():
        record = site.archive.person_records[key]
        yield {
            "id": key, "url": _absolute(site, f"/people/{subject.slug}/"), "name": record.name,
            "sort_name": record.sort_name or sort_name(record.name),
            "aliases": list(record.aliases),
            "country": record.country, "born": record.born, "died": record.died,
            "wikidata": record.wikidata, "articles": len(subject.articles),
        }


def countries(site: Site) -> Iterator[Row]:
    """`countries`, by id."""
    for key, subject in site.archive.countries.items():
        record = site.archive.country_records[key]
        yield {
            "id": key, "url": _absolute(site, f"/countries/{subject.slug}/"),
            "name": subject.name, "region": record.region, "subregion": record.subregion,
            "wikidata": record.wikidata, "articles": len(subject.articles),
        }


def pairs(site: Site) -> Iterator[Row]:
    """`pairs`, by ids."""
    for (a, b), found in site.archive.pairs.items():
        yield {"a": a, "b": b, "articles": len(found)}


def _absolute(site: Site, url: str) -> str:
    return site.config.base_url + url
