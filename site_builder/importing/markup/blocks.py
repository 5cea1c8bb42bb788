"""HTML → Markdown, block by block, for Python-Markdown with this project's extensions.

What pipe tables, definition lists and fences cannot say (joined cells,
captions, pictures with a legend) stays HTML of the allow-list: docs/html.md.
"""

from __future__ import annotations

import re

import msgspec

from site_builder.importing.markup import escaping
from site_builder.importing.markup.inline import (
    Inline,
    address,
    code,
    picture_source,
)
from site_builder.importing.markup.rawhtml import raw
from site_builder.importing.markup.tree import INLINE, Node, parse, plain

_HEADING = re.compile(r"h[1-6]")
_EMBEDS = frozenset({"iframe", "video", "audio", "embed", "object"})
_YOUTUBE = re.compile(r"(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]+)")
_LANGUAGE = re.compile(r"(?:language-|lang-|brush:\s*)?([A-Za-z][\w+#-]{0,20})")
_APART = "<!-- -->"


class Written(msgspec.Struct, frozen=True):
    """Markdown, the plain text of its source, and what is not in it, each with the reason."""

    markdown: str
    plain: str
    dropped: tuple[tuple[str, str], ...] = ()
    changed: tuple[str, ...] = ()


def from_html(html: str) -> Written:
    """Turn a piece of HTML into Markdown. Raises tree.TooDeep."""
    root, gone = parse(html)
    return from_tree(root, tuple((f"<{tag}>", f"{n} times" if n > 1 else "code or a form's field")
                                 for tag, n in sorted(gone.items())))


def from_tree(root: Node, dropped: tuple[tuple[str, str], ...] = ()) -> Written:
    """Turn a tree into Markdown."""
    led_to = {a.attrs["href"][1:] for a in root.walk()
              if a.tag == "a" and re.match(r"#.", a.attrs.get("href", ""))}
    writer = _Blocks({h.attrs["id"] for h in root.walk()
                      if _HEADING.fullmatch(h.tag) and h.attrs.get("id", "") in led_to
                      and re.fullmatch(r"[\w-]+", h.attrs["id"])})
    blocks = writer.blocks(root.children)
    text = "\n\n".join(blocks)
    return Written(
        f"{text}\n" if text else "", plain(root), (*dropped, *writer.inline.dropped),
        tuple(writer.changed),
    )


class _Blocks:
    """Writes the blocks of one text. `wanted` are ids of headings that its links lead to."""

    def __init__(self, wanted: set[str]) -> None:
        self.inline = Inline(wanted)
        self.changed: list[str] = []
        self._wanted = wanted

    def blocks(self, nodes: list[Node | str], *, top: bool = True) -> list[str]:
        """The blocks of `nodes`; `top` says that they stand at the left margin."""
        out: list[str] = []
        run: list[Node | str] = []
        last = ""

        def flush() -> None:
            nonlocal last
            text = self._paragraph(run)
            run.clear()
            if text:
                out.append(text)
                last = "p"

        for node in _hoisted(nodes):
            if isinstance(node, str) or node.tag in INLINE:
                run.append(node)
                continue
            flush()
            found = self._block(node, top)
            if found and _would_join(last, node.tag, found[0]):
                out.append(_APART)
            out += found
            last = node.tag if found else last
        flush()
        return out

    def _block(self, node: Node, top: bool) -> list[str]:
        tag = node.tag
        if _HEADING.fullmatch(tag):
            return self._heading(node)
        if tag in ("ul", "ol"):
            return self._list(node) if _is_simple(node) else [raw(node, top=top)]
        if tag == "blockquote":
            return self._quotation(node)
        if tag == "pre":
            return self._pre(node, top)
        if tag == "hr":
            return ["---"]
        if tag == "table":
            return self._table(node, top)
        if tag == "figure":
            return self._figure(node, top)
        if tag == "dl":
            return self._definitions(node, top)
        if tag in _EMBEDS:
            return self._embed(node, top)
        if tag in ("source", "track", "col", "colgroup", "break"):
            return []
        if tag == "details" and top and plain(node):
            return [raw(node)]
        return self.blocks(node.children, top=top)

    def _paragraph(self, nodes: list[Node | str]) -> str:
        text = _trimmed(self.inline.write(nodes))
        return escaping.starts(text) if text else ""

    def _heading(self, node: Node) -> list[str]:
        if _holds_blocks(node):
            return self.blocks(node.children)
        text = re.sub(r"\s*\n\s*", " ", _trimmed(self.inline.write(node.children)))
        if not text:
            return []
        if text.endswith("#"):
            text = text[:-1] + "\\#"
        name = node.attrs.get("id", "")
        kept = f" {{#{name}}}" if name in self._wanted else ""
        return [f"{'#' * int(node.tag[1])} {text}{kept}"]

    def _list(self, node: Node) -> list[str]:
        items: list[list[str]] = []
        stray: list[Node | str] = []
        for child in node.children:
            if isinstance(child, Node) and child.tag in ("li", "ul", "ol"):
                if stray and (found := self.blocks(stray, top=False)):
                    items.append(found)
                stray = []
                if child.tag != "li" and items:  # a list in a list, as old editors wrote it
                    items[-1] += self._list(child)
                    continue
                inside: list[Node | str] = child.children if child.tag == "li" else [child]
                if found := self.blocks(inside, top=False):
                    items.append(found)
            elif not isinstance(child, str) or child.strip():
                stray.append(child)
        if stray and (found := self.blocks(stray, top=False)):
            items.append(found)
        if not items:
            return []
        start = node.attrs.get("start", "")
        number = int(start) if start.isdecimal() and len(start) < 6 else 1
        loose = any(_is_loose(item) for item in items) or any(
            isinstance(child, Node) and child.tag == "p"
            for item in node.children if isinstance(item, Node) for child in item.children
        )
        lines = []
        for index, item in enumerate(items):
            marker = "- " if node.tag == "ul" else f"{number + index}. "
            joint = "\n\n" if _is_loose(item) else "\n"
            first = item[0]
            if first.startswith("    "):  # code cannot begin an item
                first = "  \n".join(code(line) for line in first.split("\n") if line.strip())
            body = joint.join([first, *item[1:]])
            lines.append(marker + body.replace("\n", "\n    ").replace("\n    \n", "\n\n"))
        return [("\n\n" if loose else "\n").join(lines)]

    def _quotation(self, node: Node) -> list[str]:
        blocks = self.blocks(node.children, top=False)
        if not blocks:
            return []
        text = "\n\n".join(blocks)
        return ["\n".join(f"> {line}" if line.strip() else ">" for line in text.split("\n"))]

    def _pre(self, node: Node, top: bool) -> list[str]:
        if "wp-block-verse" in node.classes:
            return [self._verse(node)] if node.text().strip() else []
        text = node.text().replace("\t", "    ").strip("\n")
        if not text.strip():
            return []
        if not top:
            return ["\n".join(f"    {line}" if line.strip() else "" for line in text.split("\n"))]
        longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
        fence = "`" * (longest + 1)
        return [f"{fence}{_language(node)}\n{text}\n{fence}"]

    def _verse(self, node: Node) -> str:
        lines: list[Node | str] = []
        for line in re.split(r"\n", node.text().strip("\n")):
            lines += [line, Node("br")]
        return self._paragraph(lines[:-1])

    def _table(self, node: Node, top: bool) -> list[str]:
        if not plain(node) and not any(n.tag == "img" for n in node.walk()):
            return []
        rows = [n for n in node.walk() if n.tag == "tr"]
        cells = [[c for c in row.children if isinstance(c, Node) and c.tag in ("td", "th")]
                 for row in rows]
        if not _is_grid(node, cells):
            return [raw(node, top=top)]
        lines = []
        for index, row in enumerate(cells):
            texts = [
                re.sub(r"\s*\n\s*", " ", self.inline.write(cell.children)).strip() for cell in row
            ]
            lines.append("| " + " | ".join(texts) + " |")
            if index == 0:
                lines.append("|" + " --- |" * len(row))
        return ["\n".join(lines)]

    def _figure(self, node: Node, top: bool) -> list[str]:
        legend = next((n for n in node.walk() if n.tag == "figcaption"), None)
        pictures = [n for n in node.walk() if n.tag == "img" and picture_source(n)]
        others = {n.tag for n in node.walk()} & {"table", "pre", "blockquote", *_EMBEDS}
        if not pictures or others or not top:
            return self.blocks(node.children, top=top)
        if legend is None or not plain(legend):
            return self.blocks(node.children)
        if len(pictures) > 1:
            return self.blocks(node.children)
        return [raw(node)]

    def _definitions(self, node: Node, top: bool) -> list[str]:
        groups: list[str] = []
        after_definition = False
        for child in node.children:
            if not isinstance(child, Node) or child.tag not in ("dt", "dd"):
                if (isinstance(child, Node) and plain(child)) or (
                    isinstance(child, str) and child.strip()
                ):
                    return [raw(node, top=top)]
                continue
            if _holds_blocks(child) or (child.tag == "dd" and not groups):
                return [raw(node, top=top)]
            text = self._paragraph(child.children)
            if not text or "\n" in text:
                return [raw(node, top=top)] if text else []
            if child.tag == "dt":
                groups.append(("\n\n" if after_definition else "\n") + text if groups else text)
                after_definition = False
            else:
                groups.append(f"\n:   {text}")
                after_definition = True
        return ["".join(groups)] if after_definition else (
            [raw(node, top=top)] if groups else [])

    def _embed(self, node: Node, top: bool) -> list[str]:
        tag = node.tag
        source = next((found for n in node.walk() for name in ("src", "data-src", "data")
                       if (found := address(n.attrs.get(name, "")))), "")
        blocks = [] if node.tag == "iframe" else self.blocks(
            [n for n in node.children if not isinstance(n, Node) or n.tag != "track"], top=top)
        if not source:
            return blocks
        if tube := _YOUTUBE.match(source):
            source = f"https://www.youtube.com/watch?v={tube[1]}"
        if source.startswith("//"):
            source = "https:" + source
        title = " ".join(node.attrs.get("title", "").split()) or source
        # the words of the link are the element's text from now on
        children = [] if node.tag == "iframe" else node.children
        node.tag, node.children = "p", [Node("p", None, [title]), *children]
        self.changed.append(f"<{tag}> is a link now: {source}")
        return [f"[{escaping.inline(title, linked=True)}]({source})", *blocks]


def _hoisted(nodes: list[Node | str]) -> list[Node | str]:
    """Inline elements that hold blocks go inside of them, or give way."""
    out: list[Node | str] = []
    for node in nodes:
        if not isinstance(node, Node) or node.tag not in INLINE or not _holds_blocks(node):
            out.append(node)
            continue
        run: list[Node | str] = []
        for child in _hoisted(node.children):
            if isinstance(child, str) or child.tag in INLINE:
                run.append(child)
                continue
            if run:
                out.append(Node(node.tag, node.attrs, run))
                run = []
            if child.tag == "p" or _HEADING.fullmatch(child.tag):
                out.append(Node(child.tag, child.attrs,
                                [Node(node.tag, node.attrs, child.children)]))
            else:
                out.append(child)
        if run:
            out.append(Node(node.tag, node.attrs, run))
    return out


def _would_join(last: str, tag: str, text: str) -> bool:
    """Whether Markdown would take a block for a part of the one before it."""
    if text.startswith("    "):
        return last in ("ul", "ol", "dl")
    lists = ("ul", "ol")
    return (last in lists and tag in lists) or (last == tag and tag in ("blockquote", "dl"))


def _holds_blocks(node: Node) -> bool:
    return any(n.tag not in INLINE for n in node.walk() if n is not node)


def _is_loose(item: list[str]) -> bool:
    """Whether an item holds more than one line of text and a list."""
    return len(item) > 2 or (len(item) == 2 and not re.match(r"- |\d+\. ", item[1]))


def _is_simple(items: Node) -> bool:
    """Whether Markdown can say a list: text and lists in it, and code that does not begin an item.

    Python-Markdown reads quotations, headings and tables in items differently from place to place.
    """
    return all(
        n.tag in INLINE or n.tag in ("ul", "ol", "li", "p", "break", "pre", "img")
        for n in items.walk()
    )


def _is_grid(table: Node, cells: list[list[Node]]) -> bool:
    """Whether a pipe table can say it: one head, equal rows, text only."""
    if not cells or len(cells) < 2 or not cells[0]:
        return False
    if any(n.tag in ("caption", "table") for n in table.walk() if n is not table):
        return False
    if len({len(row) for row in cells}) != 1 or any(c.tag != "th" for c in cells[0]):
        return False
    body = [cell for row in cells[1:] for cell in row]
    return len(cells[0]) > 1 and not any(
        cell.tag == "th" or {"colspan", "rowspan"} & set(cell.attrs) or _holds_blocks(cell)
        or any(n.tag in ("br", "code", "tt") for n in cell.walk()) for cell in body
    ) and not any(_holds_blocks(c) or {"colspan", "rowspan"} & set(c.attrs) for c in cells[0])


def _language(node: Node) -> str:
    names = [name for n in node.walk() for name in n.classes if n.tag in ("pre", "code")]
    for name in names:
        if name.startswith(("language-", "lang-")):
            found = _LANGUAGE.fullmatch(name)
            return found[1] if found else ""
    return ""


def _trimmed(text: str) -> str:
    """Without space at the ends of the text and of its lines; breaks at its ends mean nothing."""
    lines = [re.sub(" {2,}", " ", line).strip(" \t\u00a0") for line in text.split("\n")]
    kept = [line for line in lines if line]
    return "  \n".join(kept)
