"""A WordPress export (WXR) → posts and pages; authors, categories and media by their names.

Two passes over the file: attachments may follow the posts that show them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from site_builder.importing import dates, fields
from site_builder.importing.candidates import Candidate, Dropped, Found, RefusedItem
from site_builder.importing.markup.blocks import Written, from_html
from site_builder.importing.markup.tree import TooDeep
from site_builder.importing.shortcodes.wordpress import Attachment, to_html
from site_builder.importing.sources.items import Item, Items, child
from site_builder.importing.sources.options import Options
from site_builder.model import Image

_PUBLIC = frozenset({"publish", "future"})
_NO_SECTION = frozenset({"uncategorized", "uncategorised", "allgemein", "non classé"})
_INTERNAL = frozenset({"post_format", "nav_menu", "wp_theme", "wp_template_part_area"})
TITLE_WORDS = 9


def read(path: Path, options: Options) -> Iterator[Found]:
    """Posts and pages. Drafts, private and trashed posts are drafts; menus and revisions go."""
    try:
        items = Items(path)
    except RefusedItem as refused:
        yield refused.problem(path.name)
        return
    yield from _Export(path.name, items, options).read()


class _Export:
    def __init__(self, name: str, items: Items, options: Options) -> None:
        self._name, self._items, self._options = name, items, options
        self._authors = {
            child(author, "author_login"): child(author, "author_display_name")
            for author in items.head.iter() if author.tag.rpartition("}")[2] == "author"
        }
        self._files: dict[str, Attachment] = {}
        self._uploaded: dict[str, list[Attachment]] = {}
        for item in items.holding(b"attachment_url"):
            if item.element is not None:
                self._attachment(item.element)

    def _attachment(self, element: Any) -> None:
        url = child(element, "attachment_url")
        if not url:
            return
        file = Attachment(
            url, fields.stripped(_meta(element).get("_wp_attachment_image_alt", "")),
            _qualified(element, "excerpt"), child(element, "post_parent"))
        self._files[child(element, "post_id")] = file
        if file.parent not in ("", "0") and re.search(r"\.(jpe?g|png|gif|webp|avif)$", url, re.I):
            self._uploaded.setdefault(file.parent, []).append(file)

    def read(self) -> Iterator[Found]:
        for item in self._items:
            try:
                if item.problem:
                    raise item.problem
                kind = child(item.element, "post_type") or "post"
                if kind == "page":
                    yield self._text(item, "page")
                elif kind == "post" or (kind not in _SKIPPED and child(item.element, "content")
                                        and not kind.startswith(("wp_", "nav_", "oembed_"))):
                    yield self._text(item, "article")
            except RefusedItem as refused:
                yield refused.problem(self._name, item.line)

    def _text(self, item: Item, kind: str) -> Candidate:
        post = item.element
        meta = _meta(post)
        written, dropped, changed = self._body(post)
        status = child(post, "status")
        hidden = status not in _PUBLIC or bool(child(post, "post_password"))
        guessed = [*item.mended]
        if hidden:
            guessed.append(
                "it is a draft here: its status is " + (status or "not said") if status
                not in _PUBLIC else "it is a draft here: it had a password")
        if kind == "page" and hidden:
            raise RefusedItem("IM004", f"the page “{child(post, 'title')}” was not public",
                              "free pages have no drafts: publish it there, or write it anew")
        title = fields.text(child(post, "title"))
        if not title:
            title = first_words(written.plain)
            guessed.append("the title is the first words of the text")
        section, tags, terms = _terms(post, self._authors)
        if comments := sum(1 for part in post if part.tag.rpartition("}")[2] == "comment"):
            what = f"{comments} comment{'s' if comments > 1 else ''}"
            dropped.append(Dropped(0, what, "comments are not imported"))
        link = child(post, "link")
        address = fields.path_of(link)
        date = self._date(post)
        thumbnail = self._files.get(meta.get("_thumbnail_id", ""))
        summary = fields.text(_qualified(post, "excerpt")) or meta.get("_yoast_wpseo_metadesc", "")
        login = child(post, "creator")
        authors = terms.pop("author", []) or ([self._authors.get(login) or login] if login else [])
        return Candidate(
            origin=f"{self._name}:{item.line}", line=item.line, title=title, kind=kind,  # type: ignore[arg-type]
            body=written.markdown, plain=written.plain, id=child(post, "guid"), url=link,
            slug=unquote(child(post, "post_name")), date=date,
            updated=self._updated(post, date),
            summary=fields.text(summary), authors=tuple(authors), section=section, tags=tags,
            draft=hidden, addresses=(address,) if address not in ("", "/") else (),
            image=Image(thumbnail.url, thumbnail.alt, fields.text(thumbnail.caption))
            if thumbnail else None,
            extra={**terms, **{k: v for k, v in meta.items() if v and not k.startswith("_")
                               and k not in ("enclosure",) and not v.startswith(("a:", "O:"))}},
            dropped=tuple(dropped), changed=changed, guessed=tuple(guessed),
        )

    def _body(self, post: Any) -> tuple[Written, list[Dropped], tuple[str, ...]]:
        content = _qualified(post, "content")
        if len(content.encode()) > self._options.max_bytes:
            raise RefusedItem("RD003", "the text is larger than limits.article_bytes allows")
        made = to_html(content, attachments=self._files,
                       own=self._uploaded.get(child(post, "post_id"), ()))
        try:
            written = from_html(made.html)
        except TooDeep as error:
            raise RefusedItem("MD005", str(error)) from None
        dropped = [*made.dropped, *(Dropped(0, text, why) for text, why in written.dropped)]
        return written, dropped, (*made.changed, *written.changed)

    def _date(self, post: Any) -> str:
        local, gmt = child(post, "post_date"), child(post, "post_date_gmt")
        for value in (dates.with_offset(local, gmt) if local else "", child(post, "post_modified"),
                      child(post, "pubDate")):
            if value and not value.startswith(("0000", "-")) and "-0001" not in value:
                try:
                    return dates.iso(value, self._options.zone)
                except ValueError:
                    continue
        return ""

    def _updated(self, post: Any, date: str) -> str:
        local = child(post, "post_modified")
        if not local or local.startswith("0000") or local[:10] <= date[:10]:
            return ""
        try:
            return dates.iso(
                dates.with_offset(local, child(post, "post_modified_gmt")), self._options.zone)
        except ValueError:
            return ""


_SKIPPED = frozenset(
    """attachment nav_menu_item revision custom_css customize_changeset oembed_cache user_request
    wp_block wp_template wp_template_part wp_global_styles wp_navigation feedback""".split()
)


def first_words(plain: str) -> str:
    """A title for a text without one."""
    words = plain.split()
    return " ".join(words[:TITLE_WORDS]) + (" …" if len(words) > TITLE_WORDS else "")


def _meta(element: Any) -> dict[str, str]:
    return {
        child(part, "meta_key"): child(part, "meta_value")
        for part in element if part.tag.rpartition("}")[2] == "postmeta"
    }


def _qualified(element: Any, space: str) -> str:
    """`content:encoded` and `excerpt:encoded` differ in their name space only."""
    for part in element:
        uri, _, name = part.tag.rpartition("}")
        if name == "encoded" and f"/{space}" in uri:
            return "".join(part.itertext()).strip()
    return ""


def _terms(
    post: Any, authors: dict[str, str]
) -> tuple[str, tuple[str, ...], dict[str, list[str]]]:
    """Section, tags, and the terms of other taxonomies by their names."""
    found: dict[str, list[str]] = {}
    for part in post:
        if part.tag == "category":
            domain = part.get("domain", "category")
            name = fields.text("".join(part.itertext()))
            if domain == "author":
                name = authors.get(part.get("nicename", ""), name)
            if name and domain not in _INTERNAL:
                found.setdefault(domain, []).append(name)
    categories = [c for c in found.pop("category", []) if c.lower() not in _NO_SECTION]
    tags = [*categories[1:], *found.pop("post_tag", []), *found.pop("tag", [])]
    return categories[0] if categories else "", tuple(dict.fromkeys(tags)), found
