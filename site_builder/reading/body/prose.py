"""Plain news prose → the HTML that Python-Markdown and `Structure` write for it, in one pass.

Paragraphs, crossheads, flat lists, quotations, links and simple emphasis are
most of what an archive holds, and parsing them most of what an article costs.
`parse` reads those and nothing else: where a meaning is not plain from the
place where it stands, it gives None and Python-Markdown reads the article. The
two agree to the byte: tests/reading/test_fast_markdown.py looks for
differences, docs/decisions/0021-fast-markdown.md has the measurements.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from site_builder.model import Section
from site_builder.reading.body.anchors import (
    PASSAGE_LABEL,
    SECTION_LABEL,
    passage_id,
    section_id,
    unique,
)
from site_builder.reading.body.links import resolve

# What can mean something far from where it stands: code, escapes, HTML, attribute
# lists, pictures, footnotes, Python-Markdown's own marks.
_FOREIGN = ("`", "\\", "<", "{", "\r", "\x02", "\x03")
_FOREIGN_BRACKETS = ("![", "[^")
_ENTITY = re.compile(r"&(?:#|[0-9A-Za-z]+;)")
_DEFINITION = re.compile(r"^[ >*+\-\d.]*\[[^\[\]]*\]:", re.MULTILINE)
_SMART = ("'", '"', "--", "...")
_BREAK = re.compile(r"  \n(?=[^\n])")
_BLANK = re.compile(r"(?<=\n) +\n")

# How a line of prose begins: with no marker of a list, heading, rule, quotation,
# definition, table or underline.
_START = (
    r"""(?!\d+\.[ ])(?:[^\W_]|[^\x00-\x7f\s]|["'(@$%/.,;?!&\[]"""
    r"""|[+-](?=\w)|[*_]{1,2}(?=[\w"'“‘(\[]))"""
)
_PROSE = re.compile(rf" {{0,3}}{_START}.*(?:\n *{_START}.*)*")
_ITEM = re.compile(r" {0,3}(?:[*+-]|\d+\.)[ ]+(.*)")
_UNDERLINED = re.compile(rf"( {{0,3}}{_START}[^\n|]*)\n(=+|-+) *(?:\n|$)")
_RULE = re.compile(r" {0,3}([-_*])(?: {0,2}\1){2,} *")

_LINK = re.compile(
    r"""\[([^\[\]]*)\]\(((?:[^\s()<>"'\[\]]|\([^\s()<>"'\[\]]*\))+)"""
    r"""(?:[ ]+"([^"'()<>\[\]\n]+)")?\)"""
)
_REFERENCE = re.compile(r"\](?:\s?\[|\()")
_PLACE = re.compile("\x02([0-9]+)\x03")
_EMPHASIS = re.compile(
    r"(?<![\w*\x03])(\*\*?)(?=[^\s*])([^*_]*[^\s*_])\1(?![\w*\x02])"
    r"|(?<![\w\x03])(__?)(?=[^\s_])([^*_]*[^\s*_])\3(?![\w\x02])"
)
_DELIMITER = re.compile(r"\*|(?<![^\W_])_|_(?![^\W_])")
_TAG = re.compile(r"<[^>]*>")
_AMPERSAND = re.compile(r"&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)


class Prose(NamedTuple):
    """What `Body` is made of: `Structure`'s findings on a body that needs no Markdown parser."""

    html: str
    toc: list[Section]
    anchors: list[str]
    links: list[str]
    passages: list[str]
    words: int


class _Unsure(Exception):  # noqa: N818
    """Python-Markdown must decide."""


def parse(text: str, *, path: str, smart_quotes: bool = False) -> Prose | None:
    """Read a body of plain prose; None when there is more in it than this module knows.

    `path` is the article's path relative to the site, against which links resolve.
    """
    if any(sign in text for sign in _FOREIGN) or ("&" in text and _ENTITY.search(text)):
        return None
    if "[" in text and (
        any(sign in text for sign in _FOREIGN_BRACKETS)
        or ("]:" in text and _DEFINITION.search(text))
    ):
        return None
    if smart_quotes and any(sign in text for sign in _SMART):
        return None
    if "\t" in text:
        text = text.expandtabs(4)
    if "\n " in text:
        text = _BLANK.sub("\n", text)
    if "  \n" in text and _BREAK.search(text):
        return None
    try:
        return _Reader(path).read(text)
    except _Unsure:
        return None


class _Reader:
    """Reads one article: its blocks in the order of the text, its headings' ids last."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._out: list[str] = []
        self._headings: list[tuple[int, int, int, str, str]] = []
        self._taken: dict[str, int] = {}
        self._ids: list[str] = []
        self._links: list[str] = []
        self._passages: list[str] = []
        self._words = 0
        self._list: list[tuple[str, bool]] = []  # items and whether a blank line parts them
        self._list_tag = ""
        self._quoted = False

    def read(self, text: str) -> Prose:
        for block in text.rstrip("\n").split("\n\n"):
            self._block(block.lstrip("\n"))
        self._end()
        toc = self._sections()
        html = "".join(self._out).rstrip("\n")
        return Prose(html, toc, self._ids, self._links, self._passages, self._words)

    # -- blocks

    def _block(self, block: str) -> None:
        if "\n#" in block or block.startswith("#"):
            self._with_headings(block)
        elif _PROSE.fullmatch(block):
            self._end()
            self._passage("p", block)
        elif block.startswith(">"):
            self._quotation(block)
        elif found := _UNDERLINED.match(block):
            self._heading(1 if found[2][0] == "=" else 2, found[1])
            self._block(block[found.end() :])
        elif _RULE.fullmatch(block):
            self._end()
            self._out.append("<hr>\n")
        elif block:
            self._items(block)

    def _passage(self, tag: str, text: str) -> None:
        markup, plain = self._inline(text.lstrip())
        if tag == "p":
            self._passages.append(plain)
        name = unique(passage_id(plain), self._taken)
        self._ids.append(name)
        self._out.append(
            f'<{tag} id="{name}">{markup.rstrip()}\u00a0'
            f'<a aria-label="{PASSAGE_LABEL}" class="anchor" href="#{name}">¶</a></{tag}>\n'
        )

    def _with_headings(self, block: str) -> None:
        """A heading needs no blank lines around it."""
        prose: list[str] = []
        for line in block.split("\n"):
            if not line.startswith("#"):
                prose.append(line)
                continue
            if prose:
                self._block("\n".join(prose))
                prose = []
            level = min(6, len(line) - len(line.lstrip("#")))
            self._heading(level, line[level:].rstrip("#"))
        if prose:
            self._block("\n".join(prose))

    def _heading(self, level: int, text: str) -> None:
        self._end()
        markup, title = self._inline(text.strip())
        self._headings.append((len(self._out), len(self._ids), level, markup, title))
        self._out.append("")
        self._ids.append("")

    def _quotation(self, block: str) -> None:
        if self._list or not self._quoted:
            self._end()
            self._out.append("<blockquote>\n")
            self._quoted = True
        lines = []
        for line in block.split("\n"):
            if not line.startswith(">"):
                raise _Unsure
            lines.append("" if line.strip() == ">" else line[1:].removeprefix(" "))
        text = "\n".join(lines)
        if not text.strip("\n"):
            raise _Unsure
        for inner in text.split("\n\n"):
            prose = inner.strip("\n")
            if prose and not _PROSE.fullmatch(prose):
                raise _Unsure
            if prose:
                self._passage("p", prose)

    def _items(self, block: str) -> None:
        items: list[str] = []
        for line in block.split("\n"):
            found = _ITEM.match(line)
            if found:
                items.append(found[1])
            elif items:
                items[-1] += "\n" + line
            else:
                raise _Unsure
        if not all(map(_PROSE.fullmatch, items)):
            raise _Unsure
        if self._list:  # after a blank line: the items around it are paragraphs
            self._list[-1] = (self._list[-1][0], True)
            self._list.append((items.pop(0), True))
        else:
            self._end()
            self._list_tag = "ul" if block.lstrip()[0] in "*+-" else "ol"
        self._list += [(item, False) for item in items]

    def _end(self) -> None:
        """End an open list or quotation."""
        if self._quoted:
            self._quoted = False
            self._out.append("</blockquote>\n")
        if self._list:
            self._out.append(f"<{self._list_tag}>\n")
            for item, parted in self._list:
                if parted:
                    self._out.append("<li>\n")
                    self._passage("p", item)
                    self._out.append("</li>\n")
                else:
                    self._passage("li", item)
            self._out.append(f"</{self._list_tag}>\n")
            self._list = []

    # -- sections

    def _sections(self) -> list[Section]:
        toc = []
        shift = any(level == 1 for _, _, level, _, _ in self._headings)
        open_levels: list[int] = []
        for at, place, written, markup, title in self._headings:
            level = max(2, min(6, written + shift))
            ends = ""
            while open_levels and open_levels[-1] >= level:
                open_levels.pop()
                ends += "</section>\n"
            open_levels.append(level)
            name = unique(section_id(title), self._taken)
            toc.append(Section(name, title, level))
            self._ids[place] = name
            self._out[at] = (
                f'{ends}<section id="{name}"><h{level}>{markup.rstrip()}\u00a0'
                f'<a aria-label="{SECTION_LABEL}" class="anchor" href="#{name}">§</a></h{level}>\n'
            )
        self._out.append("</section>\n" * len(open_levels))
        return toc

    # -- inline

    def _inline(self, text: str) -> tuple[str, str]:
        """The HTML of a text, and the text as a reader sees it; counts its words."""
        links: list[str] = []
        markup = text
        if "[" in text or "]" in text:
            markup = _LINK.sub(lambda found: self._link(found, links), text)
            if _REFERENCE.search(markup):
                raise _Unsure
        if links or "*" in text or "_" in text or "&" in text or ">" in text:
            markup = _marked_up(markup)
            if links:
                markup = _PLACE.sub(lambda found: links[int(found[1])], markup)
            text = _TAG.sub("", markup).replace("&gt;", ">").replace("&amp;", "&")
        if "  " not in text and text.isprintable() and text[:1] != " " != text[-1:]:
            self._words += text.count(" ") + 1  # the space is the only white space that prints
        else:
            words = text.split()
            self._words += len(words)
            text = " ".join(words)
        if not text:
            raise _Unsure
        return markup, text

    def _link(self, found: re.Match[str], links: list[str]) -> str:
        text, href, title = found.groups()
        target = resolve(href, path=self._path)
        if target.internal:
            href = target.href
            self._links.append(target.internal)
        if target.unsafe or not href.isprintable() or text.isspace():
            raise _Unsure
        more = f' title="{_AMPERSAND.sub("&amp;", title.strip())}"' if title else ""
        href = _AMPERSAND.sub("&amp;", href)
        href = href.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
        links.append(f'<a href="{href}"{more}>{_marked_up(text)}</a>')
        return f"\x02{len(links) - 1}\x03"


def _marked_up(text: str) -> str:
    """Text without links → HTML."""
    text = text.replace("&", "&amp;").replace(">", "&gt;")
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(_emphasis, text)
        if _DELIMITER.search(text):
            raise _Unsure
    return text


def _emphasis(found: re.Match[str]) -> str:
    tag = "strong" if len(found[1] or found[3]) == 2 else "em"
    return f"<{tag}>{found[2] or found[4]}</{tag}>"
