"""Elements that stay HTML: of a tree, what docs/html.md allows, without blank lines."""

from __future__ import annotations

import re
from html import escape

from site_builder.importing.markup.inline import address, picture_source
from site_builder.importing.markup.tree import VOID, Node, folded
from site_builder.reading.body.sanitize import ATTRIBUTES, TAGS

_KEPT = {"lang", "dir", "title"}
_OWN_LINE = frozenset(
    """table caption thead tbody tfoot tr figure figcaption dl dt dd details summary ul ol li p
    blockquote""".split()
)


_SIGNS = re.compile(r"[\\`*_{}\[\]|!]")


def raw(node: Node, *, top: bool = True) -> str:
    """`node` as HTML, without blank lines.

    At the left margin Python-Markdown leaves it alone. Inside a list or
    quotation it does not: then it is one line in which no sign is Markdown's.
    """
    parts: list[str] = []
    _write(node, parts, top)
    lines = [line.strip() for line in "".join(parts).split("\n")]
    return ("\n" if top else "").join(line for line in lines if line)


def _text(text: str, top: bool) -> str:
    text = escape(text, quote=False)
    return text if top else _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", text)


def _write(node: Node, parts: list[str], top: bool) -> None:
    tag = node.tag
    if tag == "break":
        parts.append(" ")
        return
    known = tag in TAGS
    line = "\n" if tag in _OWN_LINE else ""
    if tag == "pre":
        text = _text(node.text().strip("\n"), top)
        parts.append("<pre>" + text.replace("\n", "&#10;") + "</pre>")
        return
    if known:
        attributes = "".join(
            f' {name}="{escape(value)}"' for name, value in _attributes(node) if value or
            name == "alt")
        parts.append(f"{line}<{tag}{attributes}>")
    for child in node.children:
        if isinstance(child, str):
            parts.append(_text(folded(child), top))
        else:
            _write(child, parts, top)
    if known and tag not in VOID:
        parts.append(f"</{tag}>{line}")


def _attributes(node: Node) -> list[tuple[str, str]]:
    allowed = _KEPT | ATTRIBUTES.get(node.tag, set()) - {"aria-label", "role", "tabindex"}
    found = []
    for name, value in node.attrs.items():
        if name not in allowed:
            continue
        if name == "src":
            value = picture_source(node)
        elif name in ("href", "cite"):
            value = address(value)
        if value or name == "alt":
            found.append((name, value))
    return found
