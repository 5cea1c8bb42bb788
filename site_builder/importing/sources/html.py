"""Saved web pages → articles: the text from where it stands, nothing of it rewritten.

trafilatura says which words are the article's; the element of the page that
holds them becomes Markdown whole, so that what trafilatura's own output would
leave out (code, tables, captions, notes) is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from site_builder.importing import dates
from site_builder.importing.candidates import Candidate, Dropped, Found, RefusedItem
from site_builder.importing.markup.blocks import from_html
from site_builder.importing.markup.tree import TooDeep, without_empty_depth
from site_builder.importing.missing import required
from site_builder.importing.sources import metadata
from site_builder.importing.sources.options import Options
from site_builder.importing.sources.text import FURNITURE
from site_builder.model import Image, Source
from site_builder.reading.fields import is_web_address
from site_builder.reading.languages import is_tag

_ENDINGS = (".html", ".htm", ".xhtml")
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_BODIES = (
    "//*[@itemprop='articleBody']", "//*[contains(concat(' ',@class,' '),' e-content ')]",
    "//*[contains(concat(' ',@class,' '),' entry-content ')]",
    "//*[contains(concat(' ',@class,' '),' post-content ')]",
    "//*[contains(concat(' ',@class,' '),' article-body ')]",
    "//*[contains(concat(' ',@class,' '),' article-content ')]",
    "//*[contains(concat(' ',@class,' '),' article__body ')]",
    "//*[contains(concat(' ',@class,' '),' story-body ')]",
    "//article", "//*[@role='article']", "//main", "//*[@role='main']",
)
"""Elements that pages mark as the article's text, the closest first."""
_GONE = frozenset("script style template nav aside footer form button link meta noscript".split())
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|related|newsletter|subscribe|subscription|comments?|"
    r"respond|advert\w*|ads?|promo|cookie\w*|breadcrumbs?|sidebar|pagination|navigation|toolbar|"
    r"print-?link|skip-link|sharedaddy|jp-relatedposts|recommend\w*|popup|modal)(?:$|[\s_-])",
    re.IGNORECASE)
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:byline|author|dateline|timestamp|date|published|post-meta|entry-meta|"
    r"meta|posted-on|kicker)(?:$|[\s_-])", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[\W_]+")
BYLINE_WORDS = 30
MIN_LINE = 25
ENOUGH = 0.9
SOME = 0.5


def read(path: Path, options: Options) -> Iterator[Found]:
    """One page, or every page of a folder; the folders of saved pages' parts are passed over."""
    files = sorted(
        file for file in path.rglob("*")
        if file.suffix.lower() in _ENDINGS and file.is_file()
        and not any(part.endswith(("_files", ".files")) for part in file.relative_to(path).parts)
    ) if path.is_dir() else [path]
    root = path if path.is_dir() else path.parent
    for file in files:
        name = file.relative_to(root).as_posix()
        try:
            yield _page(file, name, options)
        except RefusedItem as refused:
            yield refused.problem(name)


def _page(file: Path, name: str, options: Options) -> Candidate:
    guessed: list[str] = []
    html = _decoded(file, guessed, options.max_bytes * 4)
    tree = _parsed(html)
    meta = metadata.of(tree, html)
    meta = _completed(meta, html, guessed)
    body, dropped = _body(tree, html, meta)
    lxml_html = required("lxml.html", "saved web pages")
    try:
        written = from_html(lxml_html.tostring(body, encoding="unicode", with_tail=False))
    except TooDeep as error:
        raise RefusedItem("MD005", str(error)) from None
    url = meta.url if is_web_address(meta.url) else ""
    lang = meta.lang.replace("_", "-")
    try:
        date = dates.iso(meta.date, options.zone)
        updated = dates.iso(meta.updated, options.zone)
    except ValueError as error:
        raise RefusedItem("FM008", str(error), "write 2022-11-29") from None
    return Candidate(
        origin=name, title=meta.title, body=written.markdown, plain=written.plain, url=url,
        file=name, folder=str(file.parent), slug=_slug(url, file), date=date,
        updated=updated if updated[:10] > date[:10] else "", summary=meta.summary,
        authors=meta.authors, section=meta.section, tags=meta.tags,
        lang=lang if is_tag(lang) else "",
        image=Image(meta.image, meta.image_alt) if meta.image else None,
        sources=(Source(meta.site, url),) if url or meta.site else (),
        dropped=(*dropped, *(Dropped(0, text, why) for text, why in written.dropped)),
        changed=written.changed, guessed=tuple(guessed),
    )


def _decoded(file: Path, guessed: list[str], most: int) -> str:
    """The page's text: UTF-8, else what it declares, else Windows-1252 as browsers take it."""
    try:
        if file.stat().st_size > most:
            raise RefusedItem("RD003", f"the page is larger than {most:,} bytes")
        data = file.read_bytes()
    except OSError as error:
        raise RefusedItem("RD006", f"the file cannot be read: {error.strerror}") from None
    if not data.strip():
        raise RefusedItem("MD009", "the file is empty")
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"),
                           (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _CHARSET.search(data[:4096])
    encoding = declared[1].decode().lower() if declared else ""
    if encoding and encoding not in ("utf-8", "utf8"):
        if encoding in ("iso-8859-1", "latin1", "us-ascii"):
            encoding = "windows-1252"  # as the WHATWG Encoding standard has it
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            pass
    guessed.append("its bytes are not UTF-8, nor what it declares: read as Windows-1252")
    return data.decode("windows-1252", "replace")


def _parsed(html: str) -> Any:
    lxml_html = required("lxml.html", "saved web pages")
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", without_empty_depth(html))
    try:
        parser = lxml_html.HTMLParser(huge_tree=True, no_network=True, recover=True)
        tree = lxml_html.document_fromstring(text.replace("\x00", ""), parser=parser)
    except (required("lxml.etree", "saved web pages").LxmlError, ValueError) as error:
        raise RefusedItem("IM002", f"not a web page: {error}") from None
    return tree


def _completed(meta: metadata.Metadata, html: str, guessed: list[str]) -> metadata.Metadata:
    """What the page does not say plainly, by trafilatura's rules."""
    if meta.title and meta.date:
        return meta
    found = required("trafilatura", "saved web pages").extract_metadata(html)
    if found is None:
        return meta
    for name, value in (("date", found.date), ("title", found.title)):
        if value and not getattr(meta, name):
            guessed.append(f"the {name} is “{value}”, which the page does not say plainly")
            meta = msgspec.structs.replace(meta, **{name: value})
    return meta


def _body(tree: Any, html: str, meta: metadata.Metadata) -> tuple[Any, list[Dropped]]:
    """The element that holds the article, without furniture, and what was taken out of it.

    It is the closest marked one that holds what trafilatura takes for the article, or else
    the smallest that does.
    """
    wanted = _lines(html)
    dropped: list[Dropped] = []
    found = _marked(tree, wanted)
    if found is None:
        found = tree.find("body") if tree.find("body") is not None else tree
        while True:
            inner = [e for e in found if isinstance(e.tag, str) and _share(wanted, e) >= ENOUGH]
            if not wanted or not inner:
                break
            found = inner[0]
    if not " ".join(found.text_content().split()):
        raise RefusedItem("MD009", "the page has no text")
    whole = _letters(found.text_content())
    dropped += [Dropped(0, line[:200], "outside of the article's element on the page")
                for line in wanted if _letters(line) not in whole]
    gone: set[Any] = set()
    for element in list(found.iter()):
        if element is found or not isinstance(element.tag, str):
            continue
        if element.getparent() in gone:
            gone.add(element)
            continue
        reason = _reason(element, meta, wanted)
        if reason:
            text = " ".join(element.text_content().split())
            if len(text) > 1 and element.tag not in ("script", "style", "template"):
                dropped.append(Dropped(0, text[:200], reason))
            gone.add(element)
    for element in gone:
        if element.getparent() is not None:
            element.drop_tree()
    return found, dropped


def _marked(tree: Any, wanted: list[str]) -> Any:
    """The closest element that is marked as the article and holds it, or nearly does."""
    second, most = None, SOME
    for path in _BODIES:
        marked = [(_share(wanted, element), element) for element in tree.xpath(path)]
        held = [element for share, element in marked if share >= ENOUGH]
        if held:
            return min(held, key=lambda e: len(e.text_content()))
        for share, element in marked:
            if share > most:
                second, most = element, share
    return second


def _reason(element: Any, meta: metadata.Metadata, wanted: list[str]) -> str:
    """Why an element is no part of the article's text, or nothing."""
    tag = element.tag
    if tag == "a" and element.text_content().strip() in ("¶", "§", "#", "🔗"):
        return "a mark to link by"
    if tag in _GONE:
        return "furniture of the page"
    text = " ".join(element.text_content().split())
    if tag == "h1" and text.casefold() == meta.title.casefold():
        return "the headline again"
    if tag == "p" and text and text == meta.summary:
        return "the standfirst, kept as the summary"
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return "hidden on the page" if text else ""
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    if tag not in ("p", "em", "strong", "span", "a", "code") and _FURNITURE.search(names):
        letters = _letters(text)
        held = any(_letters(line) in letters for line in wanted)
        return "" if held else "furniture of the page"
    if len(text.split()) <= BYLINE_WORDS and (
        _BYLINE.search(f"{element.get('class') or ''} {element.get('itemprop') or ''}")
        or element.get("rel") == "author"
    ) and not any(e.tag == "img" for e in element.iter()):
        return "byline or date of the page" if text else ""
    if text and tag in ("p", "div", "li", "h2", "h3") and FURNITURE.fullmatch(text):
        return "furniture of the page"
    return ""


def _lines(html: str) -> list[str]:
    """Lines of the article as trafilatura finds them, each long enough to be told from others."""
    text = required("trafilatura", "saved web pages").extract(
        html, include_comments=False, include_tables=True, deduplicate=False)
    found = (" ".join(line.split()) for line in (text or "").split("\n"))
    return [line for line in found if len(line) >= MIN_LINE and "|" not in line]


def _share(wanted: list[str], element: Any) -> float:
    """How much of the lines an element holds."""
    if not wanted:
        return 1.0
    text = _letters(element.text_content())
    held = sum(len(line) for line in wanted if _letters(line) in text)
    return held / sum(map(len, wanted))


def _letters(text: str) -> str:
    """Letters and digits alone: trafilatura's text is without joiners that Persian needs."""
    return _NOT_LETTERS.sub("", text)


def _slug(url: str, file: Path) -> str:
    """The last part of the old address, or of the file's name."""
    last = re.sub(r"\.\w{2,5}$", "", url.split("?")[0].rstrip("/").rsplit("/", 1)[-1])
    if last and not last.isdecimal() and "." not in last and url.count("/") > 2:
        return last
    return "" if file.stem.lower() in ("index", "default") else file.stem
