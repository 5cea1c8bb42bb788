"""HTML of any kind → a shallow tree of what means something, and its plain text.

nh3 reads the HTML as a browser does and writes it back balanced, so that the
parser here needs no rules of its own for tags that were left open. What only
arranges a page (`div`, `span`, `center`) becomes a break or nothing: 20,000 of
them inside each other are no deeper than one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

import nh3

INLINE = frozenset(
    """a abbr b bdi bdo br cite code del dfn em font i img ins kbd mark q rp rt ruby s samp small
    span strike strong sub sup time tt u var wbr big acronym label""".split()
)
BREAKS = frozenset(
    """address article aside body center dir div fieldset footer form header hgroup html legend
    main menu nav noscript section""".split()
)
BLOCKS = frozenset(
    """p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre table caption colgroup col thead tbody tfoot tr
    td th dl dt dd figure figcaption hr details summary iframe video audio embed object source
    track""".split()
)
VOID = frozenset("br img hr col source embed wbr track".split())
DROPPED = frozenset("script style svg template select textarea title".split())
"""Elements that go with their content: none of it is text of the article."""

_KNOWN = (INLINE | BREAKS | BLOCKS) - DROPPED
_ANY = {"id", "class", "lang", "dir", "title", "hidden"}
_ATTRIBUTES = {
    "a": {"href", "name"}, "img": {
        "src", "alt", "width", "height", "srcset", "data-src", "data-lazy-src", "data-original",
        "data-orig-file",
    },
    "iframe": {"src", "data-src"}, "video": {"src", "poster"}, "audio": {"src"}, "embed": {"src"},
    "source": {"src", "srcset"}, "object": {"data"}, "ol": {"start", "reversed", "type"},
    "li": {"value"}, "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "scope", "align"}, "time": {"datetime"}, "del": {"datetime"},
    "ins": {"datetime"}, "blockquote": {"cite"}, "q": {"cite"},
}  # fmt: skip
MAX_DEPTH = 12
MAX_TAGS_DEEP = 30_000

_NESTED = re.compile(r"(?:<(div|span|section)\b[^<>]*>\s*){60,}", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class TooDeep(ValueError):  # noqa: N818
    """The HTML is nested deeper than can be read in reasonable time."""


class Node:
    """An element: `tag` (`break` for the edge of a division), attributes, children in order."""

    __slots__ = ("attrs", "children", "tag")

    def __init__(
        self, tag: str, attrs: dict[str, str] | None = None,
        children: list[Node | str] | None = None,
    ) -> None:
        self.tag = tag
        self.attrs = attrs or {}
        self.children: list[Node | str] = children if children is not None else []

    @property
    def classes(self) -> list[str]:
        """The words of its class attribute."""
        return self.attrs.get("class", "").split()

    def walk(self) -> Iterator[Node]:
        """This element and all below it, in the order of the text."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def text(self) -> str:
        """The text as it stands; a line break is a line end, and nothing else parts blocks."""
        if self.tag == "br":
            return "\n"
        return "".join(c if isinstance(c, str) else c.text() for c in self.children)


def parse(html: str) -> tuple[Node, Counter[str]]:
    """The tree of a piece of HTML, and how often each element was dropped with its content.

    Raises TooDeep for nesting that no browser would show either.
    """
    html = without_empty_depth(_CONTROL.sub("", html))
    _check_depth(html)
    dropped = Counter(
        name for _, name in ((m[1], m[2].lower()) for m in _TAG.finditer(html) if not m[1])
        if name in DROPPED
    )
    clean = nh3.clean(
        html, tags=set(_KNOWN), clean_content_tags=set(DROPPED),
        attributes={tag: _ANY | _ATTRIBUTES.get(tag, set()) for tag in _KNOWN},
        url_schemes=nh3.ALLOWED_URL_SCHEMES | {"javascript", "data", "file", "about", "blob"},
        link_rel=None, strip_comments=True,
    )
    builder = _Builder()
    builder.feed(clean)
    builder.close()
    return builder.root, dropped


def without_empty_depth(html: str) -> str:
    """HTML in which divisions that hold nothing but a division, sixty deep and more, are one.

    Parsers take time by the square of the depth; what they close too often means nothing.
    """
    return _NESTED.sub(r"<\1>", html) if html.count("<") > 200 else html


def plain(node: Node) -> str:
    """What a reader sees, words parted by one space; text of different blocks never runs together.

    Marks of a citable passage, which the build adds, are left out.
    """
    parts: list[str] = []
    _plain(node, parts)
    return " ".join("".join(parts).split())


def _plain(node: Node, parts: list[str]) -> None:
    if node.tag == "a" and "anchor" in node.classes:
        return
    block = node.tag not in INLINE or node.tag == "br"
    if block:
        parts.append(" ")
    for child in node.children:
        if isinstance(child, str):
            parts.append(child)
        else:
            _plain(child, parts)
    if block:
        parts.append(" ")


def _check_depth(html: str) -> None:
    if html.count("<") <= MAX_TAGS_DEEP:
        return
    depth = 0
    for match in _TAG.finditer(html):
        if match[2].lower() in VOID:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > MAX_TAGS_DEEP:
            raise TooDeep(f"more than {MAX_TAGS_DEEP:,} elements inside each other")


class _Builder(HTMLParser):
    """Builds the tree from balanced HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("root")
        self._open = [self.root]
        self._tags: list[bool] = []  # whether each open tag has a node

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        if tag in BREAKS or (tag == "span" and not _speaks(values)) or (
            len(self._open) > MAX_DEPTH and tag not in VOID
        ):
            if tag not in INLINE:
                self._open[-1].children.append(Node("break"))
            self._tags.append(False)
            return
        node = Node(tag, values)
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)
            self._tags.append(True)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or not self._tags:
            return
        if self._tags.pop():
            self._open.pop()
        elif tag not in INLINE:
            self._open[-1].children.append(Node("break"))

    def handle_data(self, data: str) -> None:
        children = self._open[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += data
        else:
            children.append(data)


def _speaks(attrs: dict[str, str]) -> bool:
    """Whether a span says in which language or direction its text is."""
    return bool(attrs.get("lang") or attrs.get("dir"))


def folded(text: str) -> str:
    """White space as HTML shows it: runs are one space (a no-break space stays)."""
    return _SPACE.sub(" ", text)


