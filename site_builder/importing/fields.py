"""Front matter, columns and records of other programs → the fields of a candidate."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec

from site_builder.importing import dates
from site_builder.importing.candidates import Candidate, Dropped, RefusedItem
from site_builder.importing.markup.tree import parse, plain
from site_builder.model import Image, Source
from site_builder.reading.fields import is_web_address
from site_builder.reading.languages import is_tag

NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline"),
    "date": ("date", "published", "pubdate", "publishdate", "date_published", "created"),
    "updated": ("updated", "lastmod", "last_modified_at", "modified", "last_modified",
                "date_updated", "date_modified"),
    "publish_at": ("publish_at", "publishdate"),
    "summary": ("summary", "excerpt", "standfirst", "description", "subtitle"),
    "authors": ("authors", "author", "byline"),
    "section": ("section", "category"),
    "categories": ("categories",),
    "tags": ("tags", "tag", "keywords"),
    "lang": ("lang", "language", "locale"),
    "slug": ("slug",),
    "id": ("id", "guid", "uuid"),
    "image": ("image", "featured_image", "featuredimage", "cover", "feature_image", "thumbnail",
              "images", "primary_image", "hero"),
    "image.alt": ("image.alt", "image_alt", "featured_image_alt"),
    "image.caption": ("image.caption", "image_caption", "image_figcaption"),
    "image.credit": ("image.credit", "image_credit"),
    "aliases": ("aliases", "redirect_from"),
    "url": ("permalink", "url"),
    "source.url": ("source.url", "source_url", "canonical_url", "canonical", "link"),
    "source.name": ("source.name", "source_name"),
    "source": ("source",),
}
"""Our field → the keys that are taken for it, in small letters; the first that is filled counts."""

AS_THEY_ARE = ("people", "countries", "issue", "corrections", "comments", "translation_of")
_FURNITURE = frozenset(
    """layout type status draft published eleventyexcludefromcollections eleventynavigation
    eleventycomputed""".split()
)
_HIDDEN = frozenset("draft private hidden trash pending unpublished skip false no".split())
_FLAGS = frozenset("true false yes no on off".split())
_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:[a-zA-Z]+|#\d+);")


def candidate(
    values: Mapping[str, Any], *, origin: str, body: str, zone: str,
    field_map: Mapping[str, str] = {}, **known: Any,
) -> Candidate:
    """A candidate from `values`; `known` gives fields that the values need not say.

    `field_map` maps our fields to keys of the values and wins. Raises RefusedItem
    for a date that is none.
    """
    # Jekyll's `published: false` is a flag, elsewhere it is the date
    dated = {k: v for k, v in values.items()
             if k.lower() != "published" or str(v).lower() not in _FLAGS}
    matter = _Matter(dated, field_map)
    dropped: list[Dropped] = []
    guessed: list[str] = []
    section, tags = _filed(matter, guessed)
    try:
        date = dates.iso(_one(matter.take("date")), zone)
        updated = dates.iso(_one(matter.take("updated")), zone)
        publish_at = dates.iso(_one(matter.take("publish_at")), zone)
    except ValueError as error:
        raise RefusedItem("FM008", str(error), "write 2022-11-29") from None
    fields: dict[str, Any] = {
        "title": text(matter.take("title")),
        "date": date,
        "updated": updated if updated[:10] != date[:10] else "",
        "publish_at": publish_at if publish_at > date else "",
        "summary": text(matter.take("summary")),
        "authors": texts(matter.take("authors")),
        "section": section,
        "tags": tags,
        "lang": _language(matter, dropped),
        "slug": text(matter.take("slug")),
        "id": text(matter.take("id")),
        "draft": _is_draft(values),
        "image": _image(matter),
        "sources": _sources(matter),
        "addresses": _addresses(matter, dropped),
    }
    if not fields["image"]:
        matter.give_back("image")
    fields |= {key: value for key, value in known.items() if value or not fields.get(key)}
    own = {key: matter.values[key] for key in AS_THEY_ARE if matter.values.get(key)}
    extra = {}
    for key, value in matter.rest():
        if key.lower() in _FURNITURE:
            if key.lower() == "layout":
                dropped.append(Dropped(0, f"{key}: {value}", "says how the old site showed it"))
        elif key not in own:
            kept = _plain_value(value)
            if kept not in (None, "", [], {}, fields["summary"]):
                extra[key] = kept
    return Candidate(
        origin=origin, body=body, fields=own, extra=extra,
        dropped=(*dropped, *fields.pop("dropped", ())),
        guessed=(*guessed, *fields.pop("guessed", ())), **fields,
    )


class _Matter:
    """Values by key in small letters, and which of them were taken."""

    def __init__(self, values: Mapping[str, Any], field_map: Mapping[str, str]) -> None:
        self.values = dict(values)
        self._keys = {key.lower(): key for key in self.values}
        self._map = field_map
        self._mapped = {key.lower() for key in field_map.values()}
        self._taken: dict[str, str] = {}

    def take(self, name: str) -> Any:
        """The value for one of our fields, or None."""
        names: Iterable[str] = NAMES[name]
        if name in self._map:
            names = (self._map[name],)
        else:  # what is mapped to one field is not guessed to be another
            names = [n for n in names if n not in self._mapped]
        for wanted in names:
            key = self._keys.get(wanted.lower())
            if key is not None and key not in self._taken.values() and (
                self.values[key] not in (None, "", [], {})
            ):
                self._taken[name] = key
                return self.values[key]
        return None

    def give_back(self, name: str) -> None:
        """A value that could not be used after all."""
        self._taken.pop(name, None)

    def rest(self) -> list[tuple[str, Any]]:
        """What nobody took."""
        taken = set(self._taken.values())
        return [(key, value) for key, value in self.values.items() if key not in taken]


def text(value: Any) -> str:
    """One text on one line, without markup."""
    if isinstance(value, list):
        return text(value[0]) if len(value) == 1 else ", ".join(map(text, value))
    if value is None or isinstance(value, dict):
        return ""
    found = str(value)
    if "<" in found or "&" in found:
        found = stripped(found)
    return " ".join(found.split())


def stripped(markup: str) -> str:
    """Text with HTML's marks → what a reader sees of it."""
    return plain(parse(markup)[0]) if _MARKUP.search(markup) else markup


def texts(value: Any) -> tuple[str, ...]:
    """A list of texts: a list, names in it as `{name: …}`, or one text with commas."""
    if isinstance(value, str):
        value = re.split(r"[;\n]|,(?!\s*(?:Jr|Sr|M\.?D|Ph\.?D|Esq))", value)
    elif isinstance(value, dict):
        value = [value]
    elif not isinstance(value, list):
        value = [] if value is None else [value]
    found = (
        text(item.get("name") or item.get("title") or item.get("display_name"))
        if isinstance(item, dict) else text(item)
        for item in value
    )
    return tuple(dict.fromkeys(item for item in found if item))


def _one(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _filed(matter: _Matter, guessed: list[str]) -> tuple[str, tuple[str, ...]]:
    """Section and tags: the first category is the section, where no section is given."""
    section = text(_one(matter.take("section")))
    categories = matter.take("categories")
    if isinstance(categories, str) and "," not in categories:
        names: tuple[str, ...] = (text(categories),)
    else:
        names = texts(categories)
    if names and not section:
        section, *rest = names
        if rest:
            guessed.append(f"of several categories the first, “{section}”, is the section")
        names = tuple(rest)
    tags = matter.take("tags")
    return section, tuple(dict.fromkeys(t for t in (*names, *texts(tags)) if t != section))


def _language(matter: _Matter, dropped: list[Dropped]) -> str:
    found = text(_one(matter.take("lang"))).replace("_", "-").partition(".")[0]
    if found and not is_tag(found):
        dropped.append(Dropped(0, found, "not a language tag"))
        return ""
    return found


def _is_draft(values: Mapping[str, Any]) -> bool:
    for key, value in values.items():
        word = str(value).strip().lower()
        if key.lower() == "draft" and word in ("true", "yes", "on", "1"):
            return True
        if key.lower() in ("published", "status") and word in _HIDDEN:
            return True
    return False


def _image(matter: _Matter) -> Image | None:
    value = matter.take("image")
    if isinstance(value, list):
        value = value[0] if value else None
    parts: dict[str, Any] = {"src": value} if isinstance(value, str) else (
        {str(k).lower(): v for k, v in value.items()} if isinstance(value, dict) else {})
    src = next((text(parts[k]) for k in ("src", "url", "path", "image", "file", "filename")
                if isinstance(parts.get(k), str) and parts[k].strip()), "")
    looks = is_web_address(src) or re.search(r"[/.]", src)
    if not src or not looks or re.search(r"[{}<>\s]", src):
        return None
    return Image(
        src,
        alt=text(matter.take("image.alt")) or text(parts.get("alt")),
        caption=text(matter.take("image.caption")) or text(parts.get("caption")),
        credit=text(matter.take("image.credit")) or text(parts.get("credit")),
    )


def _addresses(matter: _Matter, dropped: list[Dropped]) -> tuple[str, ...]:
    found = [item for item in (text(matter.take("url")), *texts(matter.take("aliases"))) if item]
    kept = []
    for item in found:
        made = re.search(r"[{}<>:]", item) and not is_web_address(item)
        if made or item in ("false", "true"):
            dropped.append(Dropped(0, item, "an address made by the old site's program"))
        else:
            kept.append(item)
    return tuple(kept)


def _sources(matter: _Matter) -> tuple[Source, ...]:
    written = matter.take("source")
    name, url = text(matter.take("source.name")), text(matter.take("source.url"))
    items = written if isinstance(written, list) else [written]
    found = []
    for item in items:
        if isinstance(item, dict):
            made = Source(**{key: text(item.get(key))
                             for key in ("name", "url", "retrieved", "archived")})
            found.append(made)
        elif item:
            one = text(item)
            found.append(Source(url=one) if is_web_address(one) else Source(name=one))
    if name or url:
        first = found[0] if found else Source()
        found[:1] = [msgspec.structs.replace(
            first, name=name or first.name, url=url or first.url)]
    return tuple(
        msgspec.structs.replace(s, url=s.url if is_web_address(s.url) else "") for s in found
        if s.name or is_web_address(s.url)
    )


def _plain_value(value: Any) -> Any:
    """A value as YAML can say it without types: texts, lists and mappings of them."""
    if isinstance(value, dict):
        return {str(k): kept for k, v in value.items() if (kept := _plain_value(v)) is not None}
    if isinstance(value, list | tuple):
        return [kept for item in value if (kept := _plain_value(item)) is not None]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    return None if value is None else str(value)


def path_of(url: str) -> str:
    """The path of an old address (`/2019/01/talks/`), or nothing for a mere query."""
    found = urlsplit(url) if is_web_address(url) else None
    if found is None:
        return url if url.startswith("/") else ""
    return "" if found.query else found.path
