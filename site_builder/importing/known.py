"""What the site has already: nothing of it is imported again, and nothing is in its way."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from site_builder.config import SiteConfig
from site_builder.importing.candidates import Candidate, RefusedItem
from site_builder.importing.likeness import Likenesses
from site_builder.problems import Problems
from site_builder.reading import dates, frontmatter
from site_builder.reading.fields import is_web_address
from site_builder.reading.scan import scan
from site_builder.reading.slugs import slug
from site_builder.reading.text import decode

_OWN = re.compile(
    r"/|/(?:people|countries|sections|tags|authors|issues|statements)/(?:[^/]+/)?(?:feed\.xml)?"
    r"|/archive/(?:\d+/(?:\d+/)?)?|/(?:search|data|media|articles)/"
    r"|/(?:feed|sitemap)[\w-]*\.xml|/404\.html|/index\.html|/robots\.txt")
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}[-_ ]*(.*)")


class Known:
    """Ids, addresses and texts of the articles that exist or are about to."""

    def __init__(self, config: SiteConfig) -> None:
        self._config = config
        self._ids: dict[str, str] = {}
        self._urls: dict[str, str] = {}
        self._addresses: dict[str, str] = {}
        self._aliases: dict[str, str] = {}
        self._paths: set[str] = set()
        self._on_disk: set[str] = set()
        self._texts = Likenesses()

    @classmethod
    def of(cls, site: Path, config: SiteConfig) -> Known:
        """Read the front matter and the text of every article and page of `site`.

        Files that cannot be read are the business of `check`, not of an import.
        """
        known = cls(config)
        aside = Problems()
        for folder, kind in ((config.content.articles, "article"), (config.content.pages, "page")):
            for source in scan(site, folder, aside):
                known._paths.add(source.path.casefold())
                known._on_disk.add(source.path)
                try:
                    data = (site / source.path).read_bytes()
                except OSError:
                    continue
                text = decode(data, file=source.path, problems=aside)
                matter = text and frontmatter.split(text, file=source.path, problems=aside)
                if matter:
                    known._remember(source.path, kind, matter.values, matter.body)
        return known

    def same(
        self, candidate: Candidate, own: Sequence[str] = (), *, like: bool = True
    ) -> tuple[str, str]:
        """The article that `candidate` is again, and how that shows; ("", "") for a new one.

        `own` are its old addresses as paths, of which the first is compared with the aliases
        of the articles on disk. With `like`, nearly the same text counts.
        """
        alike, share = self._texts.find(candidate.title, candidate.body) if like else ("", 0.0)
        for known, reason in (
            (self._ids.get(candidate.id, "") if candidate.id else "", "the same id"),
            (self._urls.get(_url_key(candidate.url), "") if candidate.url else "",
             "the same address"),
        ):
            # two items of one export may share an id by mistake and be two articles
            if known and (known in self._on_disk or known == alike):
                return known, reason
        for address in own[:1]:
            if path := self._aliases.get(address):
                return path, "the same old address"
        return alike, f"the same text to {share:.0%}" if alike else ""

    def has_id(self, id: str) -> bool:
        """Whether another article has this id."""
        return id in self._ids

    def place(self, candidate: Candidate, into: str = "") -> tuple[str, str]:
        """A path for the file and the address it will have; both are free, and taken from now on.

        `into` is a folder below the articles folder. Raises RefusedItem when neither slug nor
        title can stand in an address.
        """
        stem = slug(candidate.slug.strip("/").rsplit("/", 1)[-1]) or slug(candidate.title)
        if not stem:
            raise RefusedItem("FM011", "neither headline nor slug can stand in an address")
        for number in range(1, 100_000):
            name = stem if number == 1 else f"{stem}-{number}"
            if candidate.kind == "page":
                path, address = f"{self._config.content.pages}/{name}.md", f"/{name}/"
            else:
                year, month, _ = candidate.date[:10].split("-")
                path = posixpath.join(
                    self._config.content.articles.strip("/"), into, year, month, f"{name}.md")
                address = self._address(candidate.date[:10], name, candidate.section)
            if path.casefold() not in self._paths and address not in self._addresses and (
                not is_reserved(address)
            ):
                self._paths.add(path.casefold())
                self._addresses[address] = path
                return path, address
        raise RefusedItem("FM011", "there are too many articles of this name")

    def alias(self, address: str, path: str) -> bool:
        """Whether `address` can be an alias of the article at `path`; if so, it is from now on."""
        form = address if address.endswith("/") or "." in address.rsplit("/", 1)[-1] \
            else address + "/"
        if is_reserved(form):
            return False
        return self._addresses.setdefault(form.casefold(), path) == path

    def add(self, candidate: Candidate, path: str) -> None:
        """Remember an article that is about to exist."""
        if candidate.id:
            self._ids.setdefault(candidate.id, path)
        if candidate.url:
            self._urls.setdefault(_url_key(candidate.url), path)
        self._texts.add(path, candidate.title, candidate.body)

    def _remember(self, path: str, kind: str, values: Mapping[str, Any], body: str) -> None:
        name = posixpath.splitext(posixpath.basename(path))[0]
        if name in ("index", "_index"):
            name = posixpath.basename(posixpath.dirname(path))
        if dated := _DATED.fullmatch(name):
            name = dated[1]
        name = slug(_text(values, "slug") or name)
        if kind == "page":
            self._addresses[f"/{name}/"] = path
        else:
            try:
                day = dates.parse(_text(values, "date") or name[:10], self._config.timezone).day
            except ValueError:
                day = ""
            if day:
                self._addresses[self._address(day, name, _text(values, "section"))] = path
        if key := _text(values, "id"):
            self._ids.setdefault(key, path)
        sources = values.get("source")
        for source in sources if isinstance(sources, list) else [sources]:
            url = source.get("url") if isinstance(source, dict) else source
            if isinstance(url, str) and is_web_address(url):
                self._urls.setdefault(_url_key(url), path)
        aliases = values.get("aliases")
        for alias in aliases if isinstance(aliases, list) else [aliases]:
            if isinstance(alias, str):
                self.alias(alias, path)
                self._aliases.setdefault(alias, path)
        self._texts.add(path, _text(values, "title"), body)

    def _address(self, day: str, name: str, section: str) -> str:
        year, month, date = day.split("-")
        return self._config.urls.articles.format(
            year=year, month=month, day=date, slug=name, section=slug(section) or "news")


def is_reserved(address: str) -> bool:
    """Whether the site itself has, or may come to have, a page at an address."""
    return bool(_OWN.fullmatch(address.casefold()))


def _text(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key)
    return value.strip() if isinstance(value, str) else ""


def _url_key(url: str) -> str:
    """An address without what does not tell articles apart: scheme, www, a slash at the end."""
    return re.sub(r"^https?://(?:www\.)?", "", url.strip(), flags=re.IGNORECASE).rstrip("/")
