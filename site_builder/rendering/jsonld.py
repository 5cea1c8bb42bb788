"""JSON-LD in the words of schema.org: what a page says to machines of what it is about.

People, countries and authors are turned into JSON once and then put into
every page that names them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec

from site_builder.citing.names import is_body
from site_builder.config import SiteConfig
from site_builder.pages import contexts as c

Node = dict[str, Any]
LISTS: Final = (
    c.ListContext, c.PairContext, c.IndexContext, c.ArchiveContext, c.YearContext,
    c.IssueContext, c.StatementsContext, c.FeedsContext, c.DaysContext, c.CorrectionsContext,
)
WIKIDATA: Final = "https://www.wikidata.org/wiki/"
_FORMATS: Final = {
    "jsonl": "application/x-ndjson", "csv": "text/csv", "json": "application/json",
    "graphml": "application/graphml+xml", "db": "application/vnd.sqlite3",
}


class JsonLd:
    """Makes the JSON-LD of pages. Addresses are absolute, whatever the build."""

    def __init__(self, config: SiteConfig, absolute: Callable[[str], str]) -> None:
        self.config, self.absolute = config, absolute
        self._site = {"@id": absolute("/#website")}
        publisher = {
            "@type": "Organization", "@id": absolute("/#publisher"),
            "name": config.publisher or config.title, "url": absolute("/")}
        self._publisher = _raw(publisher)
        self._things: dict[tuple[str, str, str, str], msgspec.Raw] = {}
        self._crumbs: dict[tuple[c.Link, ...], list[msgspec.Raw]] = {}

    def of(self, context: Any) -> str:
        """The JSON of a page, safe inside a script element; empty for pages about nothing."""
        if isinstance(context, c.ArticleContext):
            nodes = [self._article(context)]
        elif isinstance(context, c.NotFoundContext | c.RedirectContext):
            return ""
        elif isinstance(context, c.HomeContext):
            nodes = [self._website(), self._publisher]
        elif isinstance(context, c.PersonContext):
            person = self._person(context)
            nodes = [self._page(context.head, "CollectionPage", about=_id(person)), person]
        elif isinstance(context, c.CountryContext):
            country = self._country(context)
            nodes = [self._page(context.head, "CollectionPage", about=_id(country)), country]
        elif isinstance(context, c.PairContext):
            kind = "Person" if context.a.url.startswith("/people/") else "Country"
            about = [self._thing(kind, link.name, link.url) for link in (context.a, context.b)]
            nodes = [self._page(context.head, "CollectionPage", about=about)]
        elif isinstance(context, c.DataContext):
            nodes = [self._dataset(context)]
        else:
            kind = "CollectionPage" if isinstance(context, LISTS) else "WebPage"
            nodes = [self._page(context.head, kind)]
        head: c.Head = context.head
        if head.breadcrumbs:
            nodes.append(self._breadcrumbs(head))
        return _safe(msgspec.json.encode({"@context": "https://schema.org", "@graph": nodes}))

    def _article(self, article: c.ArticleContext) -> Any:
        absolute, url = self.absolute, self.absolute(article.head.url)
        data: Node = {
            "@type": "NewsArticle",
            "@id": f"{url}#article",
            "headline": article.title,
            "url": url,
            "identifier": article.citation.urn,
            "mainEntityOfPage": url,
            "isPartOf": self._site,
            "datePublished": article.date.iso,
            "inLanguage": article.lang,
            "isAccessibleForFree": True,
            "publisher": self._publisher,
        }
        if article.updated and article.updated.epoch > article.date.epoch:
            data["dateModified"] = article.updated.iso
        if article.head.description:
            data["description"] = article.head.description
        if article.authors:
            data["author"] = [self._author(a) for a in article.authors]
        if article.section:
            data["articleSection"] = article.section.name
        if article.words:
            data["wordCount"] = article.words
        if article.image:
            image = {"@type": "ImageObject", "url": absolute(article.image.src),
                     "caption": article.image.caption or article.image.alt,
                     "creditText": article.image.credit}
            data["image"] = {key: value for key, value in image.items() if value}
        named = [self._thing("Person", n.link.name, n.link.url, n.wikidata)
                 for n in article.people]
        named += [self._thing("Country", n.link.name, n.link.url, n.wikidata)
                  for n in article.countries]
        if named:
            data["mentions"] = named
        if article.tags:
            data["keywords"] = [tag.name for tag in article.tags]
        if article.sources:
            data["citation"] = [
                {key: value for key, value in (
                    ("@type", "CreativeWork"), ("name", source.name), ("url", source.url),
                    ("archivedAt", source.archived)) if value}
                for source in article.sources]
        if article.corrections:
            data["correction"] = [
                {"@type": "CorrectionComment", "text": x.text, "datePublished": x.date}
                for x in article.corrections]
        if article.issue:
            data["printEdition"] = article.issue.number
            if article.issue.page:
                data["printPage"] = str(article.issue.page)
        if article.original and article.original != article.head.url:
            data["translationOfWork"] = {
                "@type": "NewsArticle", "@id": f"{absolute(article.original)}#article"}
        if self.config.license.url:
            data["license"] = absolute(self.config.license.url)
        return data

    def _author(self, author: c.Link) -> msgspec.Raw:
        body = author.name == self.config.title or is_body(author.name)
        return self._thing("Organization" if body else "Person", author.name, author.url)

    def _thing(self, kind: str, name: str, url: str, wikidata: str = "") -> msgspec.Raw:
        key = (kind, name, url, wikidata)
        found = self._things.get(key)
        if found is None:
            found = self._things[key] = _raw(self._named(kind, name, url, wikidata))
        return found

    def _named(self, kind: str, name: str, url: str, wikidata: str) -> Node:
        address = self.absolute(url)
        data: Node = {
            "@type": kind, "@id": f"{address}#{kind.lower()}", "name": name, "url": address}
        if wikidata:
            data["sameAs"] = WIKIDATA + wikidata
        return data

    def _person(self, person: c.PersonContext) -> Node:
        data = self._named("Person", person.name, person.head.url, person.wikidata)
        for key, value in (("alternateName", list(person.aliases)), ("birthDate", person.born),
                           ("deathDate", person.died)):
            if value:
                data[key] = value
        held = [role.title for role in person.roles if not role.end]
        if held:
            data["jobTitle"] = held
        return data

    def _country(self, country: c.CountryContext) -> Node:
        data = self._named("Country", country.name, country.head.url, country.wikidata)
        if country.aliases:
            data["alternateName"] = list(country.aliases)
        if country.code:
            data["identifier"] = {
                "@type": "PropertyValue", "propertyID": "ISO 3166-1", "value": country.code}
        return data

    def _website(self) -> Node:
        data: Node = {
            "@type": "WebSite", **self._site, "url": self.absolute("/"), "name": self.config.title,
            "inLanguage": self.config.language, "publisher": {"@id": self.absolute("/#publisher")}}
        if self.config.description:
            data["description"] = self.config.description
        return data

    def _page(self, head: c.Head, kind: str, **more: Any) -> Node:
        url = self.absolute(head.url)
        data: Node = {"@type": kind, "@id": url, "url": url, "name": head.title,
                      "inLanguage": head.lang or self.config.language, "isPartOf": self._site}
        if head.description:
            data["description"] = head.description
        return data | more

    def _breadcrumbs(self, head: c.Head) -> Node:
        way = self._crumbs.get(head.breadcrumbs)
        if way is None:
            links = (c.Link(self.config.title, "/"), *head.breadcrumbs)
            way = self._crumbs[head.breadcrumbs] = [
                _raw(self._step(place, link.name, link.url))
                for place, link in enumerate(links, 1)]
        last = self._step(len(way) + 1, head.title, head.url)
        return {"@type": "BreadcrumbList", "itemListElement": [*way, last]}

    def _step(self, place: int, name: str, url: str) -> Node:
        return {"@type": "ListItem", "position": place, "name": name,
                "item": {"@id": self.absolute(url)}}

    def _dataset(self, context: c.DataContext) -> Node:
        config = self.config
        files = [*(link for link, _ in context.files),
                 *(link for table in context.tables for links in table.links for link in links)]
        data: Node = {
            "@type": "Dataset", "name": config.title,
            "description": " ".join(filter(None, (config.description, context.intro))),
            "url": self.absolute(context.head.url),
            "temporalCoverage": f"{context.first}/{context.last}",
            "isAccessibleForFree": True,
            "creator": self._publisher,
            "variableMeasured": list(dict.fromkeys(
                f"{table.name}.{name}" for table in context.tables for name, _ in table.columns)),
            "distribution": [
                {"@type": "DataDownload", "name": link.name, "contentUrl": self.absolute(link.url),
                 "encodingFormat": _FORMATS[link.name.rpartition(".")[2]]}
                for link in files],
        }
        if config.license.url:
            data["license"] = self.absolute(config.license.url)
        return data


def _id(node: Node) -> Node:
    return {"@id": node["@id"]}


def _raw(node: Node) -> msgspec.Raw:
    return msgspec.Raw(_safe(msgspec.json.encode(node)).encode())


def _safe(data: bytes) -> str:
    """JSON that cannot end a script element, whatever a title holds; the escapes are JSON's own."""
    text = data.decode()
    for sign in _UNSAFE:
        if sign in text:
            text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


_UNSAFE: Final = "<>&\u2028\u2029"
