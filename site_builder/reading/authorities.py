"""Authority records: who a person is and what a country is called, one file each."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from site_builder.config import MarkdownConfig, SiteConfig
from site_builder.model import BodyLink, Country, FormerName, FreePage, Person, Role
from site_builder.problems import Problems, Severity
from site_builder.reading import body as bodies
from site_builder.reading import captures, frontmatter
from site_builder.reading.fields import Fields
from site_builder.reading.slugs import slug as make_slug
from site_builder.reading.text import decode

PERSON_FIELDS = (
    "name", "id", "sort_name", "slug", "aliases", "country", "roles", "born", "died", "wikidata",
    "withhold", "qualifier", "former", "redirect_from", "archived",
)  # fmt: skip
COUNTRY_FIELDS = (
    "name", "id", "code", "slug", "aliases", "region", "subregion", "wikidata", "archived",
)  # fmt: skip
PAGE_FIELDS = ("title", "slug", "summary", "lang", "menu", "archived")

_SPAN = re.compile(
    r"(?P<title>.+?),\s*(?:(?P<since>since|from)\s+)?(?P<start>\d{4}(?:-\d\d){0,2})?"
    r"\s*(?P<dash>[–—-]|to|until)?\s*(?P<end>\d{4}(?:-\d\d){0,2})?"
)


def read_person(
    data: bytes, *, path: str, config: SiteConfig, problems: Problems
) -> Person | None:
    """Read one record of the people folder."""
    opened = _open(data, path, config, config.people_fields, problems)
    if opened is None:
        return None
    fields, text = opened
    name = fields.text("name", required=True)
    bio = _biography(text, fields, config, problems)
    person = Person(
        id=_id(fields, path),
        name=name,
        sort_name=fields.text("sort_name"),
        slug=_slug(fields),
        aliases=fields.texts("aliases"),
        country=fields.text("country"),
        roles=_roles(fields),
        born=fields.partial_date(fields.raw("born"), fields.key("born")),
        died=fields.partial_date(fields.raw("died"), fields.key("died")),
        wikidata=_wikidata(fields),
        bio=bio,
        path=path,
        withhold=fields.flag("withhold"),
        qualifier=fields.text("qualifier"),
        former=_former(fields),
        redirect_from=_redirects(fields),
        archived=captures.of_text(fields, bio),
        extra=fields.rest(PERSON_FIELDS),
        lines=fields.lines(),
    )
    return person if name else None


def read_country(
    data: bytes, *, path: str, config: SiteConfig, problems: Problems
) -> Country | None:
    """Read one record of the countries folder; its name may come from its code."""
    opened = _open(data, path, config, config.country_fields, problems)
    if opened is None:
        return None
    fields, text = opened
    code = fields.text("code").upper()
    if code and not re.fullmatch(r"[A-Z]{2}", code):
        fields.problem("FM006", f"not an ISO 3166-1 alpha-2 code: {code!r}", fields.key("code"),
                       hint="two letters, such as IQ; leave it out for a historical country")
        code = ""
    name = fields.text("name", required=not code)
    bio = _biography(text, fields, config, problems)
    country = Country(
        id=code.lower() or _id(fields, path),
        name=name,
        code=code,
        slug=_slug(fields),
        aliases=fields.texts("aliases"),
        region=fields.text("region"),
        subregion=fields.text("subregion"),
        wikidata=_wikidata(fields),
        bio=bio,
        path=path,
        archived=captures.of_text(fields, bio),
        extra=fields.rest(COUNTRY_FIELDS),
        lines=fields.lines(),
    )
    return country if name or code else None


def read_page(
    data: bytes, *, path: str, config: SiteConfig, problems: Problems
) -> FreePage | None:
    """Read one free page."""
    opened = _open(data, path, config, {}, problems)
    if opened is None:
        return None
    fields, text = opened
    title = fields.text("title", required=True)
    body = bodies.render(
        text, file=path, first_line=fields.matter.body_line, config=config.markdown,
        limits=config.limits, problems=problems,
    )
    slug = _slug(fields) or make_slug(posixpath.splitext(posixpath.basename(path))[0])
    if not slug:
        fields.problem("FM011", "the file's name gives no address", hint="write slug: about")
    if not title or body is None or not slug:
        return None
    return FreePage(
        id=slug,
        path=path,
        title=title,
        slug=slug,
        summary=fields.text("summary"),
        lang=fields.language("lang"),
        body=body.html,
        anchors=" ".join(body.anchors),
        links=tuple(BodyLink(link.target, link.line, link.column) for link in body.links),
        media=body.media,
        menu=fields.flag("menu"),
        archived=captures.of_text(fields, body.html),
        extra=fields.rest(PAGE_FIELDS),
        lines=fields.lines(),
    )


def read_bytes(site: Path, path: str, problems: Problems) -> bytes | None:
    """The bytes of a source file; None, with a problem, when it cannot be read."""
    try:
        return (site / path).read_bytes()
    except OSError as error:
        problems.add("RD006", f"the file cannot be read: {error.strerror}", file=path)
        return None


def _open(
    data: bytes,
    path: str,
    config: SiteConfig,
    names: Mapping[str, str | tuple[str, ...]],
    problems: Problems,
) -> tuple[Fields, str] | None:
    text = decode(data, file=path, problems=problems)
    matter = frontmatter.split(text, file=path, problems=problems) if text is not None else None
    if matter is None:
        return None
    fields = Fields(matter, file=path, zone=config.timezone, names=names, problems=problems)
    return fields, matter.body


def _id(fields: Fields, path: str) -> str:
    stem = posixpath.splitext(posixpath.basename(path))[0]
    if stem in ("index", "_index"):  # a folder for one record and its pictures
        stem = posixpath.basename(posixpath.dirname(path))
    return fields.text("id") or stem


def _slug(fields: Fields) -> str:
    written = fields.text("slug")
    if not written:
        return ""
    slug = make_slug(written)
    if not slug or "/" in written:
        fields.problem("FM011", f"this slug cannot be used: {written!r}", fields.key("slug"),
                       hint="write letters from a to z, digits and hyphens")
        return ""
    return slug


def _wikidata(fields: Fields) -> str:
    text = fields.text("wikidata").rstrip("/").rsplit("/", 1)[-1]
    if text and not re.fullmatch(r"Q[1-9]\d*", text):
        fields.problem("FM006", f"not a Wikidata id: {text!r}", fields.key("wikidata"),
                       hint="a Q and digits, such as Q794")
        return ""
    return text


def _biography(text: str, fields: Fields, config: SiteConfig, problems: Problems) -> str:
    if not text.strip():
        return ""
    body = bodies.render(
        text, file=fields.file, first_line=fields.matter.body_line,
        config=MarkdownConfig(
            smart_quotes=config.markdown.smart_quotes, shortcodes=config.markdown.shortcodes
        ),
        limits=config.limits, problems=problems,
    )
    return body.html if body else ""


SHOW = ("shown", "search", "hidden")


def _former(fields: Fields) -> tuple[FormerName, ...]:
    """Former names; one without `show` is hidden, since what was published cannot be taken back."""
    value = fields.raw("former")
    key = fields.key("former")
    found = []
    for index, item in enumerate(value if isinstance(value, list) else [value]):
        if item is None:
            continue
        if isinstance(item, str):
            found.append(FormerName(" ".join(item.split())))
            continue
        parts: dict[str, Any] = fields.mapping(item, ("name", "show"), key, index)
        name = fields.single(parts.get("name"), key, index, "name")
        show = fields.single(parts.get("show"), key, index, "show") or "hidden"
        if show not in SHOW:
            fields.problem("FM006", f"`show` must be one of {', '.join(SHOW)}, not {show!r}", key,
                           index, "show", hint="shown: on the page; search: found only; "
                           "hidden: printed nowhere")
            show = "hidden"
        if name:
            found.append(FormerName(name, show))
        else:
            fields.problem("FM007", "a former name needs a name", key, index,
                           hint="former: [{name: Rose Miller, show: search}]")
    return tuple(found)


def _redirects(fields: Fields) -> tuple[str, ...]:
    """Old addresses of a person's page: `/people/old-name/`, or their last part alone."""
    found = []
    for index, written in enumerate(fields.texts("redirect_from")):
        address = written if "/" in written else f"/people/{written}/"
        if not address.endswith("/"):
            address += "/"
        if re.fullmatch(r"/people(?:/[\w-]+)+/", address):
            found.append(address)
        else:
            fields.problem(
                "FM011", f"not an old address of a person: {written!r}",
                fields.key("redirect_from"), index, hint="write a path such as /people/old-name/")
    return tuple(found)


def _roles(fields: Fields) -> tuple[Role, ...]:
    value = fields.raw("roles")
    key = fields.key("roles")
    if value is None:
        return ()
    roles = []
    for index, item in enumerate(value if isinstance(value, list) else [value]):
        if isinstance(item, str):
            roles.append(_written_role(item))
            continue
        parts: dict[str, Any] = fields.mapping(item, ("title", "from", "to"), key, index)
        title = fields.single(parts.get("title"), key, index, "title")
        if not title:
            fields.problem("FM007", "a role needs a title", key, index,
                           hint="roles: [{title: President of Iran, from: 2021, to: 2024}]",
                           severity=Severity.ERROR)
            continue
        roles.append(Role(
            title,
            fields.partial_date(parts.get("from"), key, index, "from"),
            fields.partial_date(parts.get("to"), key, index, "to"),
        ))
    return tuple(roles)


def _written_role(text: str) -> Role:
    """A role in one line: `President of Iran, 2021–2024`, `Speaker, since 2020`."""
    text = " ".join(text.split())
    found = _SPAN.fullmatch(text)
    if not found or not (found["start"] or found["end"]):
        return Role(text)
    start, end = found["start"] or "", found["end"] or ""
    if start and not end and not found["dash"] and not found["since"]:
        end = start  # "Delegate, 2015" held the office in that year
    return Role(found["title"], start, end)
