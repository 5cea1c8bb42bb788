"""The last step of every body: HTML reduced to an allow-list (docs/html.md lists it).

nh3 (Rust's ammonia) parses as a browser does, so what it gives is balanced: an
unclosed comment or element cannot swallow the rest of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser

import nh3

from site_builder.reading.body.links import SAFE_SCHEMES

TAGS = frozenset(
    """a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt
    em figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp
    section small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr
    """.split()
)
DROPPED_WITH_CONTENT = frozenset({"script", "style"})
_ANY = {"id", "class", "lang", "dir", "title"}
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "aria-label"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"datetime", "cite"},
    "details": {"open"},
    "div": {"role", "tabindex", "aria-label"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ins": {"datetime", "cite"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "q": {"cite"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "time": {"datetime"},
}
_ROLES = {"role": {"region", "note"}, "tabindex": {"0"}}

# HTML of which nothing is removed, as Python-Markdown writes it: a first look that
# spares most texts the parser below.
_CLEAN = re.compile(
    r"(?:[^<]++|</[a-z][a-z0-9]*>|<(?:"
    + "|".join(
        rf"{tag}(?: (?:{'|'.join(sorted(_ANY | ATTRIBUTES.get(tag, set())))})=\"[^\"<>]*\")*+"
        for tag in sorted(TAGS)
    )
    + r")>)*+"
)

AttributeFilter = Callable[[str, str, str], str | None]


def sanitize(text: str, judge: AttributeFilter) -> str:
    """Reduce `text` to the allow-list; `judge` decides on each href and src (None drops it)."""

    def attribute(tag: str, name: str, value: str) -> str | None:
        if tag not in TAGS:  # it goes, and whatever it leads to
            return None
        if name in ("href", "src", "cite"):
            return judge(tag, name, value)
        if name in _ROLES and value not in _ROLES[name]:
            return None
        return value

    return nh3.clean(
        text,
        tags=set(TAGS),
        clean_content_tags=set(DROPPED_WITH_CONTENT),
        attributes={tag: _ANY | ATTRIBUTES.get(tag, set()) for tag in TAGS},
        attribute_filter=attribute,
        url_schemes=set(SAFE_SCHEMES),
        link_rel=None,
        strip_comments=True,
    )


def removed(text: str) -> Counter[str]:
    """What `sanitize` takes out of `text`: `<script>`, `onclick on <p>` …, each with its number."""
    if _CLEAN.fullmatch(text):
        return Counter()
    finder = _Finder()
    finder.feed(text)
    finder.close()
    return finder.found


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found[f"<{tag}>"] += 1
            return
        allowed = _ANY | ATTRIBUTES.get(tag, set())
        for name, _ in attrs:
            if name not in allowed:
                self.found[f"{name} on <{tag}>"] += 1


def line_of(what: str, source: str) -> int:
    """The line (from 0) of a removed tag or attribute in the Markdown source; 0 if not found."""
    attribute, _, tag = what.rpartition(" on ")
    name = tag.strip("<>")
    pattern = rf"<{re.escape(name)}\b"
    if attribute:
        pattern = rf"(<{re.escape(name)}\b[^>]*?|\{{[^}}]*?)\b{re.escape(attribute)}"
    found = re.search(pattern, source, re.IGNORECASE)
    return source.count("\n", 0, found.end()) if found else 0
