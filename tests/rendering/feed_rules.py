"""The rules of feeds, each with the section that it stands in; what breaks one is named."""

from __future__ import annotations

import datetime as dt
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ATOM = "{http://www.w3.org/2005/Atom}"
FH = "{http://purl.org/syndication/history/1.0}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_ONCE = ("id", "title", "updated")
_FEED_ATMOST = ("generator", "icon", "logo", "rights", "subtitle")
_ENTRY_ATMOST = ("content", "published", "rights", "source", "summary")
_FEED = {*_ONCE, *_FEED_ATMOST, "author", "category", "contributor", "link", "entry"}
_ENTRY = {*_ONCE, *_ENTRY_ATMOST, "author", "category", "contributor", "link"}


def _iri(text: str | None) -> bool:
    return bool(text and _IRI.fullmatch(text))


def _date(text: str | None) -> bool:
    if not text or not _DATE.fullmatch(text):
        return False
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def atom(data: bytes) -> list[str]:
    """What a feed document breaks of RFC 4287, and of RFC 5005 (4) by itself."""
    wrong: list[str] = []
    try:
        feed = ET.fromstring(data)
    except ET.ParseError as error:
        return [f"4287 2: not well-formed: {error}"]
    if feed.tag != f"{ATOM}feed":
        return ["4287 2: the document element is not atom:feed"]
    wrong += _common(feed, "4.1.1", _FEED, _FEED_ATMOST)
    entries = feed.findall(f"{ATOM}entry")
    if feed.find(f"{ATOM}author") is None and any(
            e.find(f"{ATOM}author") is None for e in entries):
        wrong.append("4287 4.1.1: neither the feed nor each entry has an author")
    if sum(x.get("rel") == "self" for x in feed.findall(f"{ATOM}link")) != 1:
        wrong.append("4287 4.1.1: no single link rel=self")
    for entry in entries:
        name = entry.findtext(f"{ATOM}id")
        wrong += [f"{text} ({name})" for text in _common(entry, "4.1.2", _ENTRY, _ENTRY_ATMOST)]
        content = entry.find(f"{ATOM}content")
        alternates = [x for x in entry.findall(f"{ATOM}link") if x.get("rel") == "alternate"]
        if content is None and not alternates:
            wrong.append(f"4287 4.1.2: neither content nor link rel=alternate ({name})")
        if content is not None:
            if content.get("type") not in ("text", "html", "xhtml"):
                wrong.append(f"4287 4.1.3.1: content of type {content.get('type')!r} ({name})")
            if content.get("type") == "html" and len(content):
                wrong.append(f"4287 4.1.3.3: html content with child elements ({name})")
            if content.get("src") and entry.find(f"{ATOM}summary") is None:
                wrong.append(f"4287 4.1.2: content by src without summary ({name})")
    pairs = Counter((e.findtext(f"{ATOM}id"), e.findtext(f"{ATOM}updated")) for e in entries)
    wrong += [f"4287 4.1.1: two entries with one id and one updated: {pair}"
              for pair, count in pairs.items() if count > 1]
    if feed.find(f"{FH}complete") is not None and feed.find(f"{FH}archive") is not None:
        wrong.append("5005 4: an archive document says that it is complete")
    return wrong


def _common(
    element: ET.Element, section: str, known: set[str], at_most_once: tuple[str, ...]
) -> list[str]:
    wrong = []
    for name in _ONCE:
        if len(element.findall(ATOM + name)) != 1:
            wrong.append(f"4287 {section}: not exactly one {name}")
    for name in at_most_once:
        if len(element.findall(ATOM + name)) > 1:
            wrong.append(f"4287 {section}: more than one {name}")
    for child in element:
        name = child.tag.removeprefix(ATOM)
        if child.tag.startswith(ATOM) and name not in known:
            wrong.append(f"4287 {section}: no place for {name}")
        if name in ("title", "subtitle", "rights", "summary") and (
                child.get("type", "text") != "text" or len(child)):
            wrong.append(f"4287 3.1.1: {name} is not plain text")
        if name == "title" and not (child.text or "").strip():
            wrong.append("4287 4.2.14: an empty title")
        if name in ("author", "contributor") and (
                len(child.findall(f"{ATOM}name")) != 1 or not child.findtext(f"{ATOM}name")):
            wrong.append(f"4287 3.2: {name} without a single name")
        if name in ("updated", "published") and not _date(child.text):
            wrong.append(f"4287 3.3: not a date: {child.text!r}")
        if name == "id" and not _iri(child.text):
            wrong.append(f"4287 4.2.6: not an IRI: {child.text!r}")
        if name == "category" and not child.get("term"):
            wrong.append("4287 4.2.2: a category without term")
        if name == "link":
            if not _iri(child.get("href")):
                wrong.append(f"4287 4.2.7.1: not an absolute address: {child.get('href')!r}")
            if not re.fullmatch(r"[a-z][a-z0-9.-]*|\w+:\S+", child.get("rel", "alternate")):
                wrong.append(f"4287 4.2.7.2: not a relation: {child.get('rel')!r}")
    if element.get(LANG) is not None and not _TAG.fullmatch(element.get(LANG) or ""):
        wrong.append(f"4287 2: not a language: {element.get(LANG)!r}")
    published, updated = (element.findtext(ATOM + n) for n in ("published", "updated"))
    if published and updated and _date(published) and _date(updated) and (
            dt.datetime.fromisoformat(published) > dt.datetime.fromisoformat(updated)):
        wrong.append("4287 4.2.15: updated before it was published")
    kinds = Counter((x.get("type"), x.get("hreflang")) for x in element.findall(f"{ATOM}link")
                    if x.get("rel", "alternate") == "alternate")
    if any(count > 1 for count in kinds.values()):
        wrong.append(f"4287 {section}: two alternates of one type and language")
    return wrong


def _related(feed: ET.Element, rel: str) -> str:
    found = [x.get("href") or "" for x in feed.findall(f"{ATOM}link") if x.get("rel") == rel]
    assert len(found) <= 1, f"5005 4: two links rel={rel}"
    return found[0] if found else ""


def archive(documents: Mapping[str, bytes], start: str) -> tuple[list[str], list[str]]:
    """What the feed at the address `start` breaks of RFC 5005 (4), and the ids of its entries.

    `documents` are all feed documents by address. A client goes from one to the one before.
    """
    wrong: list[str] = []
    ids: list[str] = []
    address, after, seen = start, "", set()
    while address:
        if address not in documents:
            wrong.append(f"5005 4.2: {address} is not there")
            break
        if address in seen:
            wrong.append(f"5005 4: {address} comes twice")
            break
        seen.add(address)
        feed = ET.fromstring(documents[address])
        ids += [e.findtext(f"{ATOM}id") or "" for e in feed.findall(f"{ATOM}entry")]
        if address == start:
            if feed.find(f"{FH}archive") is not None:
                wrong.append("5005 4: the subscription document says that it is an archive")
            if _related(feed, "next-archive"):
                wrong.append("5005 4: the subscription document has a next-archive")
        else:
            if feed.find(f"{FH}archive") is None:
                wrong.append(f"5005 4: {address} has no fh:archive")
            if _related(feed, "current") != start:
                wrong.append(f"5005 4: {address} does not lead back to its feed")
            if _related(feed, "next-archive") != ("" if after == start else after):
                wrong.append(f"5005 4: {address} leads forward elsewhere")
        if _related(feed, "self") != address:
            wrong.append(f"4287 4.2.7.2: {address} says that it is elsewhere")
        address, after = _related(feed, "prev-archive"), address
    return wrong, ids


_TOP = {"version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str,
        "user_comment": str, "next_url": str, "icon": str, "favicon": str, "authors": list,
        "language": str, "expired": bool, "hubs": list, "items": list}
_ITEM = {"id": str, "url": str, "external_url": str, "title": str, "content_html": str,
         "content_text": str, "summary": str, "image": str, "banner_image": str,
         "date_published": str, "date_modified": str, "authors": list, "tags": list,
         "language": str, "attachments": list}


def json_feed(data: bytes) -> list[str]:
    """What a document breaks of jsonfeed.org/version/1.1."""
    feed = json.loads(data)
    wrong = _members(feed, _TOP, "top level")
    if next(iter(feed)) != "version":
        wrong.append("structure: version should stand first")
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        wrong.append("top level: not version 1.1")
    wrong += [f"top level: {name} is required" for name in ("title", "items") if name not in feed]
    if feed.get("next_url") and feed["next_url"] == feed.get("feed_url"):
        wrong.append("top level: next_url is feed_url")
    ids = [item.get("id") for item in feed.get("items", ())]
    if len(set(ids)) != len(ids):
        wrong.append("items: two items with one id")
    for item in feed.get("items", ()):
        wrong += _members(item, _ITEM, f"item {item.get('id')}")
        if not item.get("id"):
            wrong.append("items: id is required")
        if not item.get("content_html") and not item.get("content_text"):
            wrong.append(f"items: neither content_html nor content_text in {item.get('id')}")
        for name in ("date_published", "date_modified"):
            if name in item and not _date(item[name]):
                wrong.append(f"items: {name} is not RFC 3339: {item[name]}")
        if any(not isinstance(tag, str) or not tag for tag in item.get("tags", ())):
            wrong.append(f"items: a tag is no text in {item['id']}")
    return wrong


def _members(values: dict[str, Any], known: dict[str, type], where: str) -> list[str]:
    wrong = []
    for name, value in values.items():
        if name.startswith("_"):
            continue
        if name not in known:
            wrong.append(f"{where}: unknown member {name}")
        elif not isinstance(value, known[name]):
            wrong.append(f"{where}: {name} is of the wrong type")
        elif value == "" or (value == [] and name != "items"):
            wrong.append(f"{where}: {name} is empty")
        elif name.endswith("url") and not urlsplit(value).netloc:
            wrong.append(f"{where}: {name} is not absolute: {value}")
        elif name == "language" and not _TAG.fullmatch(value):
            wrong.append(f"{where}: not a language: {value}")
        elif name == "authors" and not all(
                isinstance(a, dict) and a and set(a) <= {"name", "url", "avatar"} for a in value):
            wrong.append(f"{where}: an author needs a name, url or avatar")
    return wrong


def opml(data: bytes) -> list[str]:
    """What a document breaks of opml.org/spec2.opml for lists of subscriptions."""
    wrong = []
    root = ET.fromstring(data)
    if root.tag != "opml" or root.get("version") != "2.0":
        wrong.append("opml: not version 2.0")
    if [child.tag for child in root] != ["head", "body"]:
        wrong.append("opml: not a head and a body")
    outlines = list(root.iter("outline"))
    if not outlines:
        wrong.append("body: no outline")
    for outline in outlines:
        if not outline.get("text"):
            wrong.append("outline: text is required")
        if outline.get("type") == "rss" and not _iri(outline.get("xmlUrl")):
            wrong.append("subscription lists: xmlUrl is required")
        if not len(outline) and outline.get("type") != "rss":
            wrong.append("subscription lists: an outline that is no feed and holds none")
    return wrong


def documents(out: Path, base_url: str, pattern: str) -> dict[str, bytes]:
    """The files of an output folder by address."""
    return {f"{base_url}/{path.relative_to(out)}": path.read_bytes()
            for path in sorted(out.rglob(pattern))}
