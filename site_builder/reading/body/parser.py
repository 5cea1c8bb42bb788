"""Python-Markdown as this project sets it up, trimmed for each article to what the article uses.

A pattern or block rule whose sign does not occur cannot match, so leaving it
out changes nothing but the time; a rule that is not listed here always runs.
Measured in docs/decisions/0021-fast-markdown.md.
"""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from typing import TypeVar

import markdown
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import AtomicString, Registry

from site_builder.reading.body.structure import Structure

# A rule's name → texts of which one must occur in an article for the rule to match.
_ALWAYS = ("",)  # for rules that are not here: it occurs in every text
_BLOCKS = {
    "indent": ("    ", "\t"),
    "defindent": ("    ", "\t"),
    "code": ("    ", "\t"),
    "table": ("|",),
    "hashheader": ("#",),
    "setextheader": ("=", "-"),
    "hr": ("-", "_", "*"),
    "olist": (".",),
    "ulist": ("*", "+", "-"),
    "deflist": (":",),
    "quote": (">",),
    "footnote": ("[^",),
    "reference": ("]:",),
}
_INLINE = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("[",),
    "image_reference": ("[",),
    "short_reference": ("[",),
    "short_image_ref": ("[",),
    "autolink": ("<",),
    "automail": ("<",),
    "html": ("<",),
    "linebreak": ("  \n",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
    "em_strong2": ("_",),
    "not_strong": ("*", "_"),
    "smarty-em-dashes": ("--",),
    "smarty-en-dashes": ("--",),
    "smarty-ellipses": ("...",),
    **{f"smarty-quotes-{number}": ("'", '"') for number in range(15)},
}
_Rule = TypeVar("_Rule")
_BY_REFERENCE = frozenset({"reference", "image_reference", "short_reference", "short_image_ref"})


class Parser:
    """Turns Markdown into HTML; `structure` holds what it learnt of the last text."""

    def __init__(self, smart_quotes: bool, trimmed: bool) -> None:
        extensions = ["tables", "footnotes", "attr_list", "fenced_code", "def_list"]
        if smart_quotes:
            extensions.append("smarty")
        self.md = markdown.Markdown(extensions=extensions, output_format="html")
        self.structure = Structure(self.md)
        self.md.treeprocessors.register(self.structure, "site-builder-structure", -1)
        self._trimmed = trimmed
        self._blocks = _named(self.md.parser.blockprocessors, _BLOCKS)
        if trimmed:  # before "inline", which has 20
            self.md.treeprocessors.register(_Trim(self.md, smart_quotes), "site-builder-trim", 21)

    def convert(self, text: str) -> str:
        """The HTML of `text`, not sanitised."""
        self.structure.clear()
        if self._trimmed:
            # Python-Markdown deletes its own marks from a text, which can join what they part
            whole = "\x02" in text or "\x03" in text
            self.md.parser.blockprocessors = [  # type: ignore[assignment]
                rule
                for name, rule in self._blocks
                if whole or any(sign in text for sign in _BLOCKS.get(name, _ALWAYS))
            ]
        return self.md.reset().convert(text)

    @property
    def has_raw_html(self) -> bool:
        """Whether the last text held HTML or entities."""
        return bool(self.md.htmlStash.rawHtmlBlocks)


@functools.lru_cache(maxsize=4)
def parser(smart_quotes: bool, trimmed: bool) -> Parser:
    """The parser of this process; `trimmed` leaves out what a text cannot match."""
    return Parser(smart_quotes, trimmed)


def _named(registry: Registry[_Rule], names: Iterable[str]) -> list[tuple[str, _Rule]]:
    """The rules of a registry in its order, each with its name if that is in `names`."""
    known = {id(registry[name]): name for name in names if name in registry}
    return [(known.get(id(rule), ""), rule) for rule in registry]


class _Trim(Treeprocessor):
    """Keeps the inline patterns from texts, and whole articles, that hold none of their signs."""

    def __init__(self, md: markdown.Markdown, smart_quotes: bool) -> None:
        super().__init__(md)
        names = ["inline", "smarty"] if smart_quotes else ["inline"]
        self._processors = [
            (processor, _named(processor.inlinePatterns, _INLINE))
            for processor in (md.treeprocessors[name] for name in names)
            if isinstance(processor, InlineProcessor)
        ]
        signs = {
            sign
            for _, patterns in self._processors
            for name, _ in patterns
            for sign in _INLINE.get(name, _ALWAYS)
        }
        self._signs = re.compile("|".join(map(re.escape, sorted(signs))))

    def run(self, root: ET.Element) -> None:
        """Called by Python-Markdown when blocks are elements and inline markup is still text."""
        found: set[str] = set()
        for element in root.iter():
            element.text = self._judged(element.text, found)
            element.tail = self._judged(element.tail, found)
        unknown = () if self.md.references else _BY_REFERENCE
        for processor, patterns in self._processors:
            processor.inlinePatterns = [  # type: ignore[assignment]
                pattern
                for name, pattern in patterns
                if name not in unknown and not found.isdisjoint(_INLINE.get(name, _ALWAYS))
            ]

    def _judged(self, text: str | None, found: set[str]) -> str | None:
        if not text or isinstance(text, AtomicString):
            return text
        signs = self._signs.findall(text)
        found.update(signs)
        return text if signs else AtomicString(text)
