"""A file of the articles folder → `Article` and the HTML of its body."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec

from site_builder.config import SiteConfig
from site_builder.model import (
    Article,
    BodyLink,
    Correction,
    Detail,
    Image,
    Moment,
    PrintIssue,
    Removal,
    Source,
    StatementNote,
)
from site_builder.problems import Problem, Problems, Severity
from site_builder.reading import body as bodies
from site_builder.reading import captures, dates, frontmatter
from site_builder.reading.body.links import resolve
from site_builder.reading.fields import Fields, is_web_address
from site_builder.reading.slugs import slug as make_slug
from site_builder.reading.text import decode

FIELDS = (
    "title", "date", "id", "slug", "updated", "summary", "authors", "section", "people",
    "countries", "tags", "source", "archived", "issue", "image", "lang", "draft", "publish_at",
    "aliases", "corrections", "removed", "comments", "translation_of", "guid", "statements",
)  # fmt: skip
"""Every field of an article's front matter; docs/reference/front-matter.md explains each."""

_DATED_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})[-_ ]*(.*)")
_ALIAS = re.compile(r"[^\x00-\x20\\?#<>\"'{}|^`]+")


class ReadArticle(msgspec.Struct, frozen=True):
    """What reading one file gives: the record, its detail, and every problem found.

    `article` and `detail` are None when an error leaves nothing to publish.
    """

    article: Article | None
    detail: Detail | None
    problems: tuple[Problem, ...]


def read(data: bytes, *, path: str, config: SiteConfig) -> ReadArticle:
    """Read the article in the file `path` (relative to the site), whose bytes are `data`."""
    problems = Problems()
    article, detail = _read(data, path, config, problems)
    if problems.errors:
        article = detail = None
    return ReadArticle(article, detail, tuple(problems.sorted()))


def _read(
    data: bytes, path: str, config: SiteConfig, problems: Problems
) -> tuple[Article | None, Detail | None]:
    limit = config.limits.article_bytes
    if len(data) > limit:
        problems.add(
            "RD003", f"the file has {len(data):,} bytes, more than the limit of {limit:,}",
            file=path, hint="limits.article_bytes in site.toml sets the limit",
        )
        return None, None
    text = decode(data, file=path, problems=problems)
    if text is None:
        return None, None
    matter = frontmatter.split(text, file=path, problems=problems, known=_known(config))
    if matter is None:
        return None, None
    fields = Fields(
        matter, file=path, zone=config.timezone, names=config.fields, problems=problems
    )
    record, detail = _front_matter(fields, path, config)
    body = bodies.render(
        matter.body, file=path, first_line=matter.body_line, config=config.markdown,
        limits=config.limits, problems=problems,
    )
    removed = record["removed"] is not None
    if not (record["title"] or removed) or record["date"] is None or not record["slug"] \
            or body is None:
        return None, None
    if not body.html.strip() and not removed:
        problems.add(
            "MD009", "the article has no text", file=path, line=matter.body_line, column=1,
            severity=Severity.WARNING,
        )
    media = body.media
    image = record["image"]
    if image and not is_web_address(image.src):
        media = (BodyLink(image.src, record["lines"].get("image", 1)),
                 *(m for m in media if m.target != image.src))
    return _with_digests(
        Article(**record, excerpt="" if record["summary"] else body.excerpt, links=body.links,
                media=media),
        Detail(
            **detail, archived=captures.of_text(fields, body.html), extra=fields.rest(FIELDS),
            toc=body.toc, anchors=" ".join(body.anchors), words=body.words,
            html=body.html,
        ),
    )


def _with_digests(article: Article, detail: Detail) -> tuple[Article, Detail]:
    plain = msgspec.structs.replace(article, links=(), media=(), lines={})
    shown = msgspec.msgpack.encode(plain)
    page = shown + msgspec.msgpack.encode(detail)
    marked = msgspec.structs.replace(article, digest=_digest(shown), page_digest=_digest(page))
    return marked, detail


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=12).hexdigest()


def _known(config: SiteConfig) -> frozenset[str]:
    mapped = (key for names in config.fields.values()
              for key in ((names,) if isinstance(names, str) else names))
    return frozenset((*FIELDS, *mapped))


_INDEX_LINES = ("people", "countries", "id", "slug", "aliases", "image", "translation_of",
                "guid", "corrections", "removed")


def _front_matter(
    fields: Fields, path: str, config: SiteConfig
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields of `Article` and of `Detail` that the front matter gives."""
    removed = _removal(fields)
    title = fields.text("title", required=removed is None)
    stem, named_day = _file_name(path)
    date = _date(fields, named_day, config)
    slug = _slug(fields, stem)
    record: dict[str, Any] = {
        "id": fields.text("id") or posixpath.splitext(_below(path, config.content.articles))[0],
        "path": path,
        "title": title,
        "date": date,
        "slug": slug,
        "updated": fields.moment("updated"),
        "summary": fields.text("summary"),
        "authors": fields.texts("authors"),
        "section": fields.text("section"),
        "people": fields.texts("people"),
        "countries": fields.texts("countries", split_commas=True),
        "tags": fields.texts("tags", split_commas=True),
        "issue": _issue(fields),
        "image": _image(fields, path, config),
        "lang": fields.language("lang"),
        "draft": fields.flag("draft"),
        "publish_at": fields.moment("publish_at"),
        "aliases": _aliases(fields, config),
        "translation_of": fields.text("translation_of"),
        "guid": fields.text("guid"),
        "statements": _statements(fields),
        "corrections": _corrections(fields, date),
        "removed": removed,
    }
    detail = {
        "sources": _sources(fields),
        "comments": fields.flag("comments"),
    }
    lines = fields.lines()
    if removed:
        _not_before(fields, removed.date, date, fields.key("removed"), "date")
    record["lines"] = {
        name: lines[fields.key(name)] for name in _INDEX_LINES if fields.key(name) in lines
    }
    key = fields.key("statements")
    for index in range(len(record["statements"])):
        record["lines"][f"statements.{index}"] = fields.matter.mark(key, index)[0]
    return record, detail


def _below(path: str, folder: str) -> str:
    return path.removeprefix(folder.strip("/") + "/")


def _file_name(path: str) -> tuple[str, str]:
    """The part of a file's name that makes a slug, and the date in front of it (as in Jekyll)."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    if stem in ("index", "_index"):  # a folder for one article and its pictures
        stem = posixpath.basename(posixpath.dirname(path))
    dated = _DATED_NAME.fullmatch(stem)
    return (dated[2], dated[1]) if dated else (stem, "")


def _date(fields: Fields, named_day: str, config: SiteConfig) -> Moment | None:
    date = fields.moment("date")
    key = fields.key("date")
    if date or fields.matter.values.get(key):
        return date
    if named_day:
        try:
            return dates.parse(named_day, config.timezone)
        except ValueError as error:
            fields.problem("FM008", f"the file's name: {error}")
            return None
    fields.problem(
        "FM007", f"`{key}` is missing",
        hint=f"write a line {key}: 2022-11-29, or start the file's name with the date",
    )
    return None


def _slug(fields: Fields, stem: str) -> str:
    written = fields.text("slug")
    if written:
        if "/" in written or "\\" in written or ".." in written:
            fields.problem(
                "FM011", f"a slug is one part of an address: {written!r}", fields.key("slug"),
                hint=f"write {make_slug(written) or 'a-few-words'}",
            )
            return ""
        slug = make_slug(written)
        if not slug:
            fields.problem(
                "FM011", f"nothing of the slug {written!r} can stand in an address",
                fields.key("slug"), hint="write letters from a to z, digits and hyphens",
            )
        return slug
    slug = make_slug(stem)
    if not slug:
        fields.problem(
            "FM011", "the file's name gives no address",
            hint="rename the file, or write slug: a-few-words",
        )
    return slug


def _sources(fields: Fields) -> tuple[Source, ...]:
    value = fields.raw("source")
    key = fields.key("source")
    if value is None:
        items: list[tuple[Any, tuple[str | int, ...]]] = []
    elif isinstance(value, list):
        items = [(item, (key, index)) for index, item in enumerate(value)]
    else:
        items = [(value, (key,))]
    sources = []
    for item, where in items:
        if isinstance(item, str):
            text = " ".join(item.split())
            sources.append(Source(url=text) if is_web_address(text) else Source(name=text))
            continue
        parts = fields.mapping(item, ("name", "url", "retrieved", "archived"), *where)
        if parts:
            sources.append(Source(
                name=fields.single(parts.get("name"), *where, "name"),
                url=fields.web_address(parts.get("url"), *where, "url"),
                retrieved=fields.partial_date(parts.get("retrieved"), *where, "retrieved"),
                archived=fields.web_address(parts.get("archived"), *where, "archived"),
            ))
    mapped = {
        part: fields.raw(f"source.{part}")
        for part in ("name", "url")
        if f"source.{part}" in fields.names
    }
    if any(mapped.values()):
        url = fields.web_address(mapped.get("url"), fields.key("source.url"))
        name = fields.text("source.name") if "name" in mapped else ""
        first = sources[0] if sources else Source()
        sources[:1] = [
            msgspec.structs.replace(first, name=name or first.name, url=url or first.url)
        ]
    return tuple(source for source in sources if source.name or source.url)


def _issue(fields: Fields) -> PrintIssue | None:
    value = fields.raw("issue")
    key = fields.key("issue")
    if value is None:
        return None
    if isinstance(value, str):
        return PrintIssue(" ".join(value.split())) if value.strip() else None
    parts = fields.mapping(value, ("number", "page"), key)
    number = fields.single(parts.get("number"), key, "number")
    if parts and not number:
        fields.problem("FM007", "`issue` needs a number", key, hint="issue: {number: 412, page: 1}")
    page = fields.number(parts.get("page"), key, "page")
    return PrintIssue(number, page) if number else None


def _image(fields: Fields, path: str, config: SiteConfig) -> Image | None:
    value = fields.raw("image")
    key = fields.key("image")
    if value is None:
        return None
    parts: Mapping[str, Any] = (
        {"src": value}
        if isinstance(value, str)
        else fields.mapping(value, ("src", "alt", "caption", "credit"), key)
    )
    texts = {
        part: fields.text(f"image.{part}")
        if f"image.{part}" in fields.names
        else fields.single(parts.get(part), key, part)
        for part in ("src", "alt", "caption", "credit")
    }
    if not texts["src"]:
        return None
    target = resolve(texts["src"], path=path)
    if target.unsafe:
        fields.problem("FM009", f"not the address of a picture: {texts['src']!r}", key, "src",
                       hint="name a file beside the article, or one in static/ as /images/…")
        return None
    if target.remote and not target.href.startswith(tuple(config.markdown.remote_media or ("\0",))):
        fields.problem(
            "MD003", f"a picture from another site is left out: {texts['src']}", key, "src",
            severity=Severity.WARNING,
            hint="put the file beside the article, so that no reader's visit is told to others",
        )
        return None
    if not texts["alt"]:
        fields.problem(
            "MD008", "the picture has no alternative text", key, severity=Severity.WARNING,
            hint="write alt: what the picture shows",
        )
    return Image(target.internal or target.href, texts["alt"], texts["caption"], texts["credit"])


def _aliases(fields: Fields, config: SiteConfig) -> tuple[str, ...]:
    found = []
    for index, written in enumerate(fields.texts("aliases")):
        text = written
        if is_web_address(text):
            text = urlsplit(text).path
        if not text.startswith("/"):
            text = "/" + text
        if not _ALIAS.fullmatch(text) or ".." in text.split("/") or text == "/":
            fields.problem(
                "FM011", f"not an old address: {written!r}", fields.key("aliases"), index,
                hint="write a path such as /news/2022/1129.html",
            )
            continue
        found.append(text)
    return tuple(found)


def _entries(
    fields: Fields, name: str, parts: tuple[str, ...]
) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Where each entry of a field stands, and what it says; one entry needs no list."""
    value, key = fields.raw(name), fields.key(name)
    if value is None:
        return
    for index, item in enumerate(value if isinstance(value, list) else [value]):
        where: tuple[str | int, ...] = (key, index) if isinstance(value, list) else (key,)
        found = fields.mapping(item, parts, *where)
        if found:
            yield where, found


def _corrections(fields: Fields, published: Moment | None) -> tuple[Correction, ...]:
    """The corrections, the oldest first."""
    found = []
    for where, parts in _entries(fields, "corrections", ("date", "text")):
        date = fields.partial_date(parts.get("date"), *where, "date")
        text = fields.single(parts.get("text"), *where, "text")
        if not parts.get("date") or not text:
            fields.problem(
                "FM007", "a correction needs a date and a text", *where,
                hint="corrections: [{date: 2022-12-01, text: …}]",
            )
        else:
            _not_before(fields, date, published, *where, "date")
            found.append(Correction(date, text))
    return tuple(sorted(found, key=lambda correction: correction.date))


def _statements(fields: Fields) -> tuple[StatementNote, ...]:
    found = []
    for where, parts in _entries(fields, "statements", ("quote", "speaker", "ignore")):
        quote = fields.single(parts.get("quote"), *where, "quote")
        speaker = fields.single(parts.get("speaker"), *where, "speaker")
        ignore = fields.single(parts.get("ignore"), *where, "ignore").lower()
        if ignore not in ("", "true", "yes", "false", "no"):
            fields.problem("FM006", "`ignore` must be true or false", *where, "ignore",
                           hint="write ignore: true, or leave it out")
        elif not any(character.isalnum() for character in quote):
            fields.problem("FM007", "a note on a statement needs its first words", *where,
                           hint="statements: [{quote: We have signed, speaker: ebrahim-raisi}]")
        elif bool(speaker) == (ignore in ("true", "yes")):
            fields.problem(
                "FM007", "a note on a statement needs a speaker, or `ignore: true`, not both"
                if speaker else "a note on a statement needs a speaker, or `ignore: true`", *where,
                hint="speaker: the id or name of a record, another name, or none")
        else:
            found.append(StatementNote(quote, speaker, not speaker))
    return tuple(found)


def _removal(fields: Fields) -> Removal | None:
    value = fields.raw("removed")
    key = fields.key("removed")
    if value is None:
        return None
    parts = fields.mapping(value, ("date", "reason", "show_title"), key)
    if not parts and not isinstance(value, dict):
        return None
    date = fields.partial_date(parts.get("date"), key, "date")
    reason = fields.single(parts.get("reason"), key, "reason")
    if not parts.get("date") or not reason:
        fields.problem(
            "FM007", "a removal needs a date and a reason", key,
            hint="removed: {date: 2023-02-01, reason: …}",
        )
    return Removal(date, reason, fields.yes(parts.get("show_title"), key, "show_title"))


def _not_before(
    fields: Fields, date: str, published: Moment | None, *where: str | int
) -> None:
    if published and date and date < published.day[: len(date)]:
        fields.problem(
            "FM015", f"{date} is before the article's own date, {published.day}", *where,
            severity=Severity.WARNING, hint="look at both dates",
        )
