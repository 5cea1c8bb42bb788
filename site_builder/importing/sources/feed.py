"""RSS 2.0, RSS 1.0 and Atom files → articles; a GUID stays the article's id.

RSS 2.0 (rssboard.org), RFC 4287 for Atom, RDF Site Summary 1.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from site_builder.importing import dates, fields
from site_builder.importing.candidates import Candidate, Dropped, Found, RefusedItem
from site_builder.importing.markup.blocks import from_html
from site_builder.importing.markup.tree import TooDeep
from site_builder.importing.sources.items import Item, Items, child
from site_builder.importing.sources.options import Options
from site_builder.importing.sources.wxr import first_words
from site_builder.model import Source
from site_builder.reading.fields import is_web_address

_ATOM = "{http://www.w3.org/2005/Atom}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read(path: Path, options: Options) -> Iterator[Found]:
    """The items of a feed, oldest last as they stand there."""
    try:
        items = Items(path)
    except RefusedItem as refused:
        yield refused.problem(path.name)
        return
    name = fields.text(child(items.head, "title"))
    for item in items:
        try:
            if item.problem:
                raise item.problem
            yield _entry(item, path.name, name, options)
        except RefusedItem as refused:
            yield refused.problem(path.name, item.line)


def _entry(item: Item, file: str, feed: str, options: Options) -> Candidate:
    element = item.element
    html, summary, guessed = _texts(element)
    try:
        written = from_html(html)
    except TooDeep as error:
        raise RefusedItem("MD005", str(error)) from None
    title = fields.text(_text_construct(element, "title"))
    if not title:
        title = first_words(written.plain)
        guessed.append("the title is the first words of the text")
    link = _link(element)
    date = ""
    for name in ("published", "pubDate", "date", "issued", "updated"):
        if value := child(element, name):
            try:
                date = dates.iso(value, options.zone)
            except ValueError as error:
                raise RefusedItem("FM008", str(error), "give another: --date") from None
            break
    updated = child(element, "updated")
    is_own = bool(options.base) and link.startswith(options.base.rstrip("/"))
    return Candidate(
        origin=f"{file}:{item.line}", line=item.line, title=title, body=written.markdown,
        plain=written.plain, id=child(element, "guid") or child(element, "id"), url=link, date=date,
        updated=dates.iso(updated, options.zone) if updated and updated[:10] > date[:10] else "",
        summary=summary, authors=_authors(element), tags=_categories(element),
        lang=element.get(_LANG, "").replace("_", "-"),
        sources=() if is_own or not is_web_address(link) else (Source(name=feed, url=link),),
        dropped=tuple(Dropped(0, text, why) for text, why in written.dropped),
        changed=written.changed, guessed=(*item.mended, *guessed),
    )


def _texts(element: Any) -> tuple[str, str, list[str]]:
    """The text as HTML, the standfirst as plain text, and what was guessed."""
    content = element.find(f"{_ATOM}content")
    summary = _text_construct(element, "summary") or child(element, "description")
    if content is not None and (content.text or len(content)):
        return _markup(content), fields.text(summary), []
    encoded = element.find(_CONTENT)
    if encoded is not None and (encoded.text or "").strip():
        return str(encoded.text), fields.text(summary), []
    description = element.find("description")
    if description is None:
        description = element.find("{http://purl.org/rss/1.0/}description")
    if description is not None and (description.text or "").strip():
        return str(description.text), "", []
    if summary:
        return summary, "", ["the feed has no more than the beginning of the text"]
    raise RefusedItem("MD009", "the item has no text")


def _markup(construct: Any) -> str:
    """An Atom text construct as HTML (RFC 4287, 3.1 and 4.1.3)."""
    kind = (construct.get("type") or "text").lower()
    if kind in ("xhtml", "application/xhtml+xml"):
        return _serialised(construct)
    text = "".join(construct.itertext())
    if kind in ("html", "text/html"):
        return text
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))


def _serialised(element: Any) -> str:
    parts = [escape(element.text or "")]
    for inner in element:
        tag = inner.tag.removeprefix(_XHTML)
        attributes = "".join(f' {key}="{escape(value)}"' for key, value in inner.attrib.items()
                             if "}" not in key)
        parts += [f"<{tag}{attributes}>", _serialised(inner), f"</{tag}>",
                  escape(inner.tail or "")]
    return "".join(parts)


def _text_construct(element: Any, name: str) -> str:
    found = element.find(f"{_ATOM}{name}")
    if found is None:
        return child(element, name)
    kind = (found.get("type") or "text").lower()
    text = "".join(found.itertext()).strip()
    return escape(text, quote=False) if kind == "text" else text


def _link(element: Any) -> str:
    for link in element.findall(f"{_ATOM}link"):
        if link.get("rel", "alternate") == "alternate" and link.get("href"):
            base = element.get("{http://www.w3.org/XML/1998/namespace}base", "")
            return str(urljoin(base, link.get("href")))
    found = child(element, "link")
    guid = element.find("guid")
    if not found and guid is not None and guid.get("isPermaLink", "true") == "true":
        found = (guid.text or "").strip()
    return found


def _authors(element: Any) -> tuple[str, ...]:
    names = []
    for part in element:
        local = part.tag.rpartition("}")[2]
        if local == "creator":
            names.append("".join(part.itertext()))
        elif local == "author":
            written = child(part, "name") or "".join(part.itertext())
            # RSS 2.0: "address (name)"
            names.append(written.partition("(")[2].rstrip(") ") or written)
    return tuple(dict.fromkeys(n for name in names if (n := fields.text(name)) and "@" not in n))


def _categories(element: Any) -> tuple[str, ...]:
    found = (
        fields.text(part.get("label") or part.get("term") or "".join(part.itertext()))
        for part in element if part.tag.rpartition("}")[2] in ("category", "subject")
    )
    return tuple(dict.fromkeys(term for term in found if term))
