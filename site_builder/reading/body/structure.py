"""Markdown's element tree → sections, passage anchors, figures and judged links.

Runs as the last tree processor, when all inline syntax is elements.
"""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE

from site_builder.model import Section
from site_builder.reading.body.anchors import (
    PASSAGE_LABEL,
    SECTION_LABEL,
    passage_id,
    section_id,
    unique,
)
from site_builder.reading.body.links import resolve

if TYPE_CHECKING:
    from markdown import Markdown

_HEADING = re.compile(r"h[1-6]")
_TAG = re.compile(r"<[^>]*>")
_BLOCKS_IN_ITEM = frozenset({"ul", "ol", "p", "dl", "blockquote", "div", "table", "pre"})


class Remark(NamedTuple):
    """Something to tell the author: a code, a sentence, a hint and the text to find its line by."""

    code: str
    message: str
    hint: str
    needle: str


class Structure(Treeprocessor):
    """Rebuilds the tree of one article; what it learns on the way is in its attributes."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.path = ""
        self.remote_allowed: tuple[str, ...] = ()
        self.clear()

    def clear(self) -> None:
        """Forget the last article."""
        self.toc: list[Section] = []
        self.links: list[str] = []
        self.media: list[str] = []
        self.remarks: list[Remark] = []
        self.passages: list[str] = []
        self.words = 0

    def run(self, root: ET.Element) -> ET.Element:
        """Called by Python-Markdown with the finished tree."""
        self._taken: dict[str, int] = {}
        self._claim_written_ids(root)
        shift = 1 if any(child.tag == "h1" for child in root) else 0
        for parent in list(root.iter()):
            self._pictures(parent)
        self._unused_notes(root)
        for element in root.iter("a"):
            self._link(element)
        for table in root.iter("table"):
            _align(table)
        self._passages(root)
        return self._sections(root, shift)

    # -- ids

    def _claim_written_ids(self, root: ET.Element) -> None:
        for element in root.iter():
            written = element.get("id")
            if written is None:
                continue
            usable = re.sub(r"\s+", "-", written.strip())
            if not usable or usable in self._taken:
                if usable:
                    self.remarks.append(Remark(
                        "MD007", f"the id `{usable}` is used twice in this article",
                        "give one of them another id", f"#{written}",
                    ))
                del element.attrib["id"]
                continue
            element.set("id", usable)
            self._taken[usable] = 2

    # -- text

    def text(self, element: ET.Element) -> str:
        """An element's text as a reader sees it; placeholders of raw HTML and entities resolved."""
        text = "".join(element.itertext())
        if "\x02" in text:
            text = HTML_PLACEHOLDER_RE.sub(self._stashed, text).replace(AMP_SUBSTITUTE, "&")
        return " ".join(text.split())

    def _stashed(self, match: re.Match[str]) -> str:
        raw = self.md.htmlStash.rawHtmlBlocks[int(match[1])]
        return html.unescape(_TAG.sub("", raw)) if isinstance(raw, str) else self.text(raw)

    def _unused_notes(self, root: ET.Element) -> None:
        """A footnote that no text refers to has no place to jump back to."""
        for notes in root.findall("div[@class='footnote']"):
            for parent in list(notes.iter()):
                for link in parent.findall("a[@class='footnote-backref']"):
                    if link.get("href", "")[1:] not in self._taken:
                        parent.remove(link)

    def _is_raw_block(self, element: ET.Element) -> bool:
        text = element.text
        return (
            text is not None
            and "\x02" in text
            and not len(element)
            and HTML_PLACEHOLDER_RE.fullmatch(text.strip()) is not None
        )

    # -- passages

    def _passages(self, root: ET.Element) -> None:
        for element in self._outside_footnotes(root):
            if element.tag == "p":
                if self._is_raw_block(element):
                    continue
                self._passage(element, len(element))
            elif element.tag == "li":
                blocks = [i for i, child in enumerate(element) if child.tag in _BLOCKS_IN_ITEM]
                if (element.text or "").strip() or (blocks[:1] != [0] and len(element)):
                    self._passage(element, blocks[0] if blocks else len(element))

    def _outside_footnotes(self, root: ET.Element) -> Iterator[ET.Element]:
        for child in root:
            if child.tag == "div" and child.get("class") == "footnote":
                continue
            yield from child.iter()

    def _passage(self, element: ET.Element, position: int) -> None:
        text = self.text(element)
        if not text:
            return
        self.words += len(text.split())
        if element.tag == "p":
            self.passages.append(text)
        name = element.get("id")
        if name is None:
            name = unique(passage_id(text), self._taken)
            element.set("id", name)
        self._anchor(element, name, "¶", PASSAGE_LABEL, position)

    def _anchor(
        self, element: ET.Element, name: str, sign: str, label: str, position: int
    ) -> None:
        link = ET.Element("a", {"class": "anchor", "href": f"#{name}", "aria-label": label})
        link.text = sign
        if position:
            before = element[position - 1]
            before.tail = f"{(before.tail or '').rstrip()}\u00a0"  # so that it never wraps alone
        else:
            element.text = f"{(element.text or '').rstrip()}\u00a0"
        element.insert(position, link)

    # -- sections

    def _sections(self, root: ET.Element, shift: int) -> ET.Element:
        out = ET.Element(root.tag, root.attrib)
        out.text = root.text
        open_sections: list[tuple[int, ET.Element]] = [(0, out)]
        for child in root:
            if _HEADING.fullmatch(str(child.tag)):
                title = self.text(child)
                if not title:
                    continue
                level = max(2, min(6, int(child.tag[1]) + shift))
                while open_sections[-1][0] >= level:
                    open_sections.pop()
                name = child.attrib.pop("id", None) or unique(
                    section_id(title), self._taken
                )
                section = ET.SubElement(open_sections[-1][1], "section", {"id": name})
                section.tail = "\n"
                open_sections.append((level, section))
                child.tag = f"h{level}"
                self.words += len(title.split())
                self.toc.append(Section(name, title, level))
                self._anchor(child, name, "§", SECTION_LABEL, len(child))
                section.append(child)
            elif child.tag == "div" and child.get("class") == "footnote":
                out.append(child)
            elif child.tag == "table":
                frame = ET.SubElement(open_sections[-1][1], "div", {
                    "class": "table", "role": "region", "aria-label": "Table", "tabindex": "0",
                })
                frame.tail, child.tail = "\n", None
                frame.append(child)
            else:
                open_sections[-1][1].append(child)
        return out

    # -- pictures and links

    def _pictures(self, parent: ET.Element) -> None:
        for index, child in enumerate(parent):
            if child.tag == "img":
                self._picture(parent, index, child)
        if parent.tag != "p" or len(parent) != 1 or (parent.text or "").strip():
            return
        image = parent[0]
        if image.tag != "img" or (image.tail or "").strip():
            return
        caption = image.attrib.pop("title", "")
        credit = image.attrib.pop("credit", "")
        image.tail = None
        parent.tag, parent.text = "figure", None
        if caption or credit:
            legend = ET.SubElement(parent, "figcaption")
            legend.text = caption
            if credit:
                small = ET.SubElement(legend, "small", {"class": "credit"})
                small.text = credit
                legend.text = f"{caption} " if caption else None

    def _picture(self, parent: ET.Element, index: int, image: ET.Element) -> None:
        written = image.get("src", "")
        target = resolve(written, path=self.path)
        if target.unsafe or (target.remote and not self._remote_is_allowed(target.href)):
            link = ET.Element("a" if target.href else "span")
            link.text = image.get("alt") or "Picture"
            link.tail = image.tail
            if target.href:
                link.set("href", written)
            parent[index] = link
            self.remarks.append(Remark(
                "MD003", f"a picture from another site is shown as a link: {written}",
                "put the file beside the article, so that no reader's visit is told to others",
                written,
            ))
            return
        image.set("src", target.href)
        image.set("loading", "lazy")
        if target.internal:
            self.media.append(target.internal)
        if not image.get("alt"):
            image.set("alt", "")
            self.remarks.append(Remark(
                "MD008", f"the picture {written} has no alternative text",
                "write ![what the picture shows](file)", written,
            ))

    def _remote_is_allowed(self, href: str) -> bool:
        return any(href.startswith(prefix) for prefix in self.remote_allowed)

    def _link(self, element: ET.Element) -> None:
        written = element.get("href")
        if written is None or written.startswith(AMP_SUBSTITUTE):  # an obfuscated e-mail address
            return
        target = resolve(written.replace(AMP_SUBSTITUTE, "&"), path=self.path)
        if target.unsafe:
            del element.attrib["href"]
            self.remarks.append(Remark(
                "MD002", f"a link with {target.unsafe}: is taken out",
                "links start with https:, http:, mailto: or tel:, or lead into the site", written,
            ))
            return
        if target.internal:
            element.set("href", target.href)
            if (element.get("class") or "").startswith("footnote-"):
                return
            self.links.append(target.internal)


def _align(table: ET.Element) -> None:
    """Give cells classes in place of the styles (`| --: |`) that the sanitiser drops."""
    for cell in table.iter():
        style = cell.attrib.pop("style", "")
        if style.startswith("text-align: "):
            side = style.removeprefix("text-align: ").rstrip(";")
            cell.set("class", f"{cell.get('class', '')} {side}".strip())
