"""What shape a piece of HTML has, and which blocks Markdown can say without HTML."""

from __future__ import annotations

import re

from site_builder.importing.markup.tree import INLINE, Node

HEADING = re.compile(r"h[1-6]")
_LANGUAGE = re.compile(r"(?:language-|lang-|brush:\s*)?([A-Za-z][\w+#-]{0,20})")


def hoisted(nodes: list[Node | str]) -> list[Node | str]:
    """Inline elements that hold blocks go inside of them, or give way."""
    out: list[Node | str] = []
    for node in nodes:
        if not isinstance(node, Node) or node.tag not in INLINE or not holds_blocks(node):
            out.append(node)
            continue
        run: list[Node | str] = []
        for child in hoisted(node.children):
            if isinstance(child, str) or child.tag in INLINE:
                run.append(child)
                continue
            if run:
                out.append(Node(node.tag, node.attrs, run))
                run = []
            if child.tag == "p" or HEADING.fullmatch(child.tag):
                out.append(Node(child.tag, child.attrs,
                                [Node(node.tag, node.attrs, child.children)]))
            else:
                out.append(child)
        if run:
            out.append(Node(node.tag, node.attrs, run))
    return out


def would_join(last: str, tag: str, text: str) -> bool:
    """Whether Markdown would take a block for a part of the one before it."""
    if text.startswith("    "):
        return last in ("ul", "ol", "dl")
    lists = ("ul", "ol")
    return (last in lists and tag in lists) or (last == tag and tag in ("blockquote", "dl"))


def holds_blocks(node: Node) -> bool:
    """Whether anything in an element is a block."""
    return any(n.tag not in INLINE for n in node.walk() if n is not node)


def is_loose(item: list[str]) -> bool:
    """Whether an item holds more than one line of text and a list."""
    return len(item) > 2 or (len(item) == 2 and not re.match(r"- |\d+\. ", item[1]))


def is_simple(items: Node) -> bool:
    """Whether Markdown can say a list: text and lists in it, and code that does not begin an item.

    Python-Markdown reads quotations, headings and tables in items differently from place to place.
    """
    return all(
        n.tag in INLINE or n.tag in ("ul", "ol", "li", "p", "break", "pre", "img")
        for n in items.walk()
    )


def is_grid(table: Node, cells: list[list[Node]]) -> bool:
    """Whether a pipe table can say it: one head, equal rows, text only."""
    if not cells or len(cells) < 2 or not cells[0]:
        return False
    if any(n.tag in ("caption", "table") for n in table.walk() if n is not table):
        return False
    if len({len(row) for row in cells}) != 1 or any(c.tag != "th" for c in cells[0]):
        return False
    body = [cell for row in cells[1:] for cell in row]
    return len(cells[0]) > 1 and not any(
        cell.tag == "th" or {"colspan", "rowspan"} & set(cell.attrs) or holds_blocks(cell)
        or any(n.tag in ("br", "code", "tt") for n in cell.walk()) for cell in body
    ) and not any(holds_blocks(c) or {"colspan", "rowspan"} & set(c.attrs) for c in cells[0])


def language(node: Node) -> str:
    """The language of code as its class says it (`language-python`), or nothing."""
    names = [name for n in node.walk() for name in n.classes if n.tag in ("pre", "code")]
    for name in names:
        if name.startswith(("language-", "lang-")):
            found = _LANGUAGE.fullmatch(name)
            return found[1] if found else ""
    return ""


def trimmed(text: str) -> str:
    """Without space at the ends of the text and of its lines; breaks at its ends mean nothing."""
    lines = [re.sub(" {2,}", " ", line).strip(" \t\u00a0") for line in text.split("\n")]
    kept = [line for line in lines if line]
    return "  \n".join(kept)
