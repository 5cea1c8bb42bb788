"""An article's body as the passages that can be cited: what all finding in texts starts from.

A scan over finished HTML, which `reading` has sanitised: every tag is balanced
and every attribute stands in double quotes, so no parser is needed.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from site_builder.finding.spelling import words
from site_builder.model import Passage

# A block of text alone, as most are, in one piece with the mark that links to it; or a tag with
# the text after it, if none of its attributes has a sign of tags in it.
_MARK: Final = r'(?:<a aria-label="[^"]*+" class="anchor" href="[^"]*+">[^<]*+</a>)?'
_PIECE: Final = re.compile(
    rf'<(p|li|h[1-6])(?: id="([^"]*+)")?>([^<]++){_MARK}</\1>\n?(?=<|\Z)'
    rf"|(<[^>]*+>?)([^<]*+){_MARK}"
)
_TAG: Final = re.compile(r'<(/?)([a-z][a-z0-9]*+)((?:"[^"]*+"|[^">])*+)>')
_ID: Final = re.compile(r'(?<![\w-])id="([^"]*)"')
_CLASS: Final = re.compile(r'(?<![\w-])class="([^"]*)"')
_BLOCKS: Final = {
    **dict.fromkeys(words("p div section pre figure figcaption details summary table hr"), "p"),
    **dict.fromkeys(words("h1 h2 h3 h4 h5 h6"), "h"),
    **dict.fromkeys(words("li dd dt td th tr caption ul ol dl thead tbody tfoot"), "li"),
    "blockquote": "quote",
}
_SKIPPED: Final = words("a code kbd samp pre del")
_DROPPED: Final = words("anchor footnote-ref footnote-backref")  # marks, not words
_VOID: Final = words("br hr img wbr col")
_DOMAIN: Final = r"\.(?:com|org|net|gov|edu|info|int|news|co\.uk|eu|io|tv|iq|ir)\b"
_ENDING: Final = re.compile(rf"\.(?:(?<=www\.)|{_DOMAIN[2:]})")
_ADDRESS: Final = re.compile(
    rf"(?:https?://|www\.)[^\s<>“”\"]+|[\w.+-]+@[\w-]+\.[\w.-]+|(?<!\w)[@#]\w+"
    rf"|\b[\w-]+(?:\.[\w-]+)*{_DOMAIN}(?:/[^\s<>]*)?"
)
_SIGN: Final = re.compile(rf"[@#:.](?:(?<=[@#])|(?<=:)//|(?<=www\.)|(?<=\.){_DOMAIN[2:]})")
"""What every address holds; none holds a space."""

_ODD: Final = "\t\r\v\f\x1c\x1d\x1e\x1f"  # white space of ASCII that is no space or line end
_PARAGRAPH: Final = re.compile(r"[^\n]*\S[^\n]*")


def passages(html: str) -> tuple[Passage, ...]:
    """The passages of a body, in order, without the empty ones.

    Table cells and the parts of definition lists count as list items, captions
    as paragraphs; within a block quote everything is a quotation. White space
    is one space. Links, code, deleted text and addresses are skips.
    """
    reader = _Reader()
    if not html.startswith("<") or not reader.read_pieces(html):
        reader = _Reader()
        reader.read_tags(html)
    reader.flush()
    return tuple(reader.passages)


def plain_passages(text: str) -> tuple[tuple[Passage, ...], tuple[int, ...]]:
    """The lines of a plain text as passages, and where each begins in it.

    Every character keeps its place: offset in the text = beginning + offset in the passage.
    """
    found = list(_PARAGRAPH.finditer(text))
    made = tuple(Passage("", m[0], "p", _addresses(m[0])) for m in found)
    return made, tuple(m.start() for m in found)


class _Reader:
    """Gathers text into passages while tags open and close."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self._parts: list[str] = []
        self._length = 0
        self._skips: list[tuple[int, int]] = []
        self._open_skips: list[tuple[str, int]] = []  # element and where its text begins
        self._blocks: list[tuple[str, str]] = []  # element and anchor
        self._used: set[str] = set()
        self._quotes = 0
        self._dropping = ""  # the element whose content is dropped, and how deep inside it
        self._depth = 0

    def read_pieces(self, html: str) -> bool:
        """What is there, block by block; False where a tag is not as most are."""
        found, blocks, used = self.passages, self._blocks, self._used
        strange = any(sign in html for sign in _ODD)
        between = False  # whether there was anything since the last block of text alone
        for block, anchor, text, tag, after in _PIECE.findall(html):
            if tag:
                between = True
                if '"' not in tag:
                    name, attributes = tag[1:-1], ""
                else:
                    name, _, attributes = tag[1:-1].partition(" ")
                    if attributes.count('"') % 2 or not attributes.endswith('"'):
                        return False
                if tag[-1] != ">" or not name.removeprefix("/").isalnum():
                    return False
                if name[0] == "/":
                    self.close(name[1:])
                else:
                    self.open(name, attributes)
                if after and (after != "\n" or self._parts):
                    self.text(after)
                continue
            if between:
                if self._dropping:
                    return False
                self.flush()
                between = False
            if text[-1] == "\xa0":  # before the mark
                text = text[:-1]
            elif text[-1] == ";":
                text = text.removesuffix("&nbsp;")
            odd = strange
            if "&" in text:
                text, odd = unescape(text), True
            # any white space but single spaces
            if odd or "\n" in text or "  " in text or not (text.isascii() or text.isprintable()):
                text = " ".join(text.split())
            else:
                text = text.strip(" ")
            if not text:  # it takes no anchor from what follows
                continue
            if not anchor:
                anchor = self._anchor() if blocks else ""
            elif anchor in used:
                return False
            else:
                used.add(anchor)
            kind = "quote" if self._quotes else _BLOCKS[block]
            found.append(Passage(anchor, text, kind, _addresses(text)))
        return True

    def read_tags(self, html: str) -> None:
        """What is there, tag by tag."""
        done = 0
        for tag in _TAG.finditer(html):
            start = tag.start()
            if start > done:
                between = html[done:start]
                if between != "\n" or self._parts:
                    self.text(between)
            done = tag.end()
            closing, name, attributes = tag.groups()
            if closing:
                self.close(name)
            else:
                self.open(name, attributes)
        if done < len(html):
            self.text(html[done:])

    def text(self, html: str) -> None:
        if self._dropping:
            return
        html = unescape(html) if "&" in html else html
        if html.isprintable() and "  " not in html:  # no white space but single spaces
            text = html.strip(" ")
        else:
            text = " ".join(html.split())
        if html[-1].isspace():
            text += " "
        if html[0].isspace() and self._parts and self._parts[-1][-1] != " ":
            text = f" {text}" if text != " " else text
        if text and (text != " " or (self._parts and self._parts[-1][-1] != " ")):
            self._parts.append(text)
            self._length += len(text)

    def open(self, name: str, attributes: str) -> None:
        if self._dropping:
            self._depth += name == self._dropping
            return
        found = _CLASS.search(attributes) if "class=" in attributes else None
        if found and not _DROPPED.isdisjoint(found[1].split()):
            self._dropping, self._depth = name, 1
            return
        if name in _BLOCKS:
            self.flush()
            if name not in _VOID:
                anchor = _ID.search(attributes) if "id=" in attributes else None
                self._blocks.append((name, anchor[1] if anchor else ""))
                self._quotes += name == "blockquote"
        elif name == "br":
            self.text(" ")
        if name in _SKIPPED:
            self._open_skips.append((name, self._length))

    def close(self, name: str) -> None:
        if self._dropping:
            self._depth -= name == self._dropping
            if not self._depth:
                self._dropping = ""
            return
        if name in _SKIPPED and self._open_skips and self._open_skips[-1][0] == name:
            self._skips.append((self._open_skips.pop()[1], self._length))
        if name in _BLOCKS:
            self.flush()
            if self._blocks and self._blocks[-1][0] == name:
                self._blocks.pop()
                self._quotes -= name == "blockquote"

    def flush(self) -> None:
        if not self._parts and not self._open_skips and not self._skips:
            return
        text = "".join(self._parts).rstrip()
        if text:
            spans = [*self._skips, *((start, self._length) for _, start in self._open_skips)]
            skips = {(start, min(end, len(text))) for start, end in spans if start < len(text)}
            name = self._blocks[-1][0] if self._blocks else "p"
            kind = "quote" if self._quotes else _BLOCKS[name]
            skips.update(_addresses(text))
            self.passages.append(Passage(self._anchor(), text, kind, tuple(sorted(skips))))
        self._parts.clear()
        self._skips.clear()
        self._length = 0
        self._open_skips = [(name, 0) for name, _ in self._open_skips]

    def _anchor(self) -> str:
        """The id of the innermost block that has one, once: the next passage in it has none."""
        for _, anchor in reversed(self._blocks):
            if anchor:
                if anchor in self._used:
                    return ""
                self._used.add(anchor)
                return anchor
        return ""


def _addresses(text: str) -> tuple[tuple[int, int], ...]:
    # the pattern of addresses is slow to fail: look for what every one of them holds
    if not ("@" in text or "#" in text or (":" in text and "://" in text)
            or _ENDING.search(text)):
        return ()
    spans: list[tuple[int, int]] = []
    end = 0
    for sign in _SIGN.finditer(text):
        at = sign.start()
        if at >= end:
            start = text.rfind(" ", end, at) + 1 or end
            end = text.find(" ", at)
            end = len(text) if end < 0 else end
            spans += [found.span() for found in _ADDRESS.finditer(text, start, end)]
    return tuple(spans)
