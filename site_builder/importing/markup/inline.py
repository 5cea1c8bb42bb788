"""The inside of a paragraph: text, links, emphasis, code, pictures → one line of Markdown."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import quote

from site_builder.importing.markup import escaping
from site_builder.importing.markup.tree import INLINE, Node, folded

_EMPHASIS = {"em": "*", "i": "*", "strong": "**", "b": "**"}
_RAW = frozenset(
    """abbr bdi bdo cite del dfn ins kbd mark q rp rt ruby s samp small span sub sup time u
    var""".split()
)
_RENAMED = {"strike": "s", "tt": "code", "big": "", "acronym": "abbr"}
_RAW_ATTRIBUTES = ("lang", "dir", "title", "datetime", "cite")
_CODE = frozenset({"code", "tt"})
_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*)\s*:")
_SAFE = frozenset({"http", "https", "mailto", "tel"})
_LAZY = ("data-orig-file", "data-src", "data-lazy-src", "data-original")


class Inline:
    """Writes inline nodes; `dropped` collects what Markdown cannot say, with the reason.

    `anchors` are the places in the text to which its own links may lead.
    """

    def __init__(self, anchors: Collection[str] = ()) -> None:
        self._anchors = anchors
        self.dropped: list[tuple[str, str]] = []
        self._linked = False

    def write(self, nodes: list[Node | str], *, emphasised: bool = False) -> str:
        """Markdown for `nodes`; a line break is two spaces and a line end.

        `emphasised` says that the text stands in emphasis already: inner emphasis is
        written as HTML then, since runs of asterisks mean different things to different eyes.
        """
        out: list[str] = []
        for node in _joined(nodes):
            piece = (
                escaping.inline(folded(node), linked=self._linked) if isinstance(node, str)
                else self._element(node, emphasised)
            )
            if not piece:
                continue
            before = out[-1] if out else ""
            if before.endswith("!") and piece.startswith("["):
                out[-1] = before[:-1] + "\\!"
            if before.endswith("*") and piece.startswith("*") and not isinstance(node, str):
                piece = self._element(node, True)
            out.append(piece)
        return "".join(out)

    def _element(self, node: Node, emphasised: bool) -> str:
        tag = node.tag
        if tag == "br":
            return "  \n"
        if tag == "wbr":
            return "<wbr>"
        if tag == "img":
            return self.picture(node)
        if tag == "a":
            return self._link(node, emphasised)
        if tag in _CODE:
            lines = (code(line) for line in node.text().split("\n")) if any(
                n.tag == "br" for n in node.walk()) else (code(node.text()),)
            return "  \n".join(line for line in lines if line)
        if tag in _EMPHASIS:
            return self._emphasis(node, emphasised)
        inner = self.write(node.children, emphasised=emphasised)
        name = _RENAMED.get(tag, tag)
        if name not in _RAW or not inner.strip():
            return inner
        return raw_tag(name, node) + inner + f"</{name}>"

    def _emphasis(self, node: Node, emphasised: bool) -> str:
        inner = self.write(node.children, emphasised=True)
        core = inner.strip()
        if not core.strip("\u00a0"):
            return inner
        before = " " if inner[0].isspace() else ""
        after = "" if not inner[-1].isspace() else "  \n" if inner.endswith("\n") else " "
        if emphasised or core[0] == "*" or core[-1] == "*" or "\n" in core:
            name = {"i": "em", "b": "strong"}.get(node.tag, node.tag)
            return f"{before}<{name}>{core}</{name}>{after}"
        sign = _EMPHASIS[node.tag]
        return f"{before}{sign}{core}{sign}{after}"

    def _link(self, node: Node, emphasised: bool) -> str:
        outer, self._linked = self._linked, True
        inner = self.write(node.children, emphasised=emphasised)
        self._linked = outer
        core = inner.strip()
        target = address(node.attrs.get("href", ""))
        if not core or not target:
            if core and node.attrs.get("href", "").strip():
                self.dropped.append((node.attrs["href"][:200], "a link that is not safe"))
            return inner
        if target.startswith("#") and target[1:] not in self._anchors:
            self.dropped.append((target[:200], "a link to a place that the text does not have"))
            return inner
        before = " " if inner[0].isspace() else ""
        after = " " if inner[-1].isspace() else ""
        core = re.sub(r" *\n", " ", core)
        return f"{before}[{core}]({target}{link_title(node)}){after}"

    def picture(self, node: Node) -> str:
        """`![alternative](address)`; a lazy picture's real address is found."""
        source = picture_source(node)
        if not source:
            if written := node.attrs.get("src", ""):
                self.dropped.append((written[:60], "a picture inside the page's own text"))
            return ""
        alt = escaping.inline(" ".join(node.attrs.get("alt", "").split()), linked=True)
        return f"![{alt}]({source}{link_title(node)})"


def _joined(nodes: list[Node | str]) -> list[Node | str]:
    """Neighbours that say the same emphasis are one."""
    out: list[Node | str] = []
    for node in nodes:
        last = out[-1] if out else None
        if (
            isinstance(node, Node) and isinstance(last, Node)
            and node.tag == last.tag and node.tag in _EMPHASIS
        ):
            out[-1] = Node(node.tag, last.attrs, [*last.children, *node.children])
        elif not (isinstance(node, Node) and node.tag not in INLINE and not node.children):
            out.append(node)
    return out


def code(text: str) -> str:
    """A code span that shows `text`, whatever backticks it holds."""
    text = " ".join(text.split())
    if not text:
        return ""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def address(written: str) -> str:
    """An href or src as it can stand in Markdown's parentheses; empty for one that is not safe."""
    text = "".join(written.split("\n")).strip()
    scheme = _SCHEME.match(re.sub("[\x00-\x20\u00ad\u200b-\u200f\ufeff]", "", text))
    if scheme and scheme[1].lower() not in _SAFE:
        return ""
    return quote(text, safe="/:?#@!$&'+,;=%-._~|^{}").replace("|", "%7C").replace(
        "{", "%7B").replace("}", "%7D")


def picture_source(node: Node) -> str:
    """The address of a picture, where it is not a mere placeholder for a script to fill."""
    for name in ("src", *_LAZY):
        found = address(node.attrs.get(name, ""))
        lazy = any(node.attrs.get(other) for other in _LAZY[1:])
        if found and not (name == "src" and lazy):
            return found
    return ""


def link_title(node: Node) -> str:
    """The title of a link or picture as it stands in Markdown, or nothing."""
    title = " ".join(node.attrs.get("title", "").split())
    if not title:
        return ""
    return f' "{title}"' if _simple(title) else ""


def _simple(title: str) -> bool:
    """Whether Python-Markdown, which has no escapes in titles, can show it unchanged."""
    return not re.search(r"[\"\\`*_{}\[\]()<>|&]", title)


def raw_tag(name: str, node: Node) -> str:
    """The opening tag of an element that stays HTML, with the attributes that mean something."""
    kept = "".join(
        f' {key}="{escaping.attribute(node.attrs[key])}"'
        for key in _RAW_ATTRIBUTES if node.attrs.get(key)
    )
    return f"<{name}{kept}>"
