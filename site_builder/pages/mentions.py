"""Names in running text as links to the pages of those whom they mean.

The words stay what they are, character by character. A name that cannot be
found again in the HTML with certainty is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape, unescape
from itertools import groupby
from operator import attrgetter
from typing import Final

from site_builder.finding.spelling import words
from site_builder.model import Findings, Mention, Section
from site_builder.reading.body.links import INTERNAL

_TAG: Final = re.compile(r'<(/?)([a-z][a-z0-9]*)(?:"[^"]*"|[^">])*>')
_INLINE: Final = words(
    "abbr b bdi bdo br cite dfn em i img ins mark q s small span strong sub sup time u var wbr")
_CLOSED: Final = words("a code kbd samp pre del")
_MARK: Final = re.compile(
    r'<a [^>]*class="(?:anchor|footnote-ref|footnote-backref)"[^>]*>[^<]*</a>')
_PASSAGE: Final = attrgetter("passage")
_UNIT: Final = re.compile(r"&#?\w+;|\s+|.", re.DOTALL)
_SPACES: Final = str.maketrans("\n\t\r\f\xa0", "     ")


def linked(
    html: str, findings: Findings, sections: Sequence[Section],
    page_of: Callable[[Mention], str],
) -> str:
    """A finished body in which the first mention of each subject in each section is a link.

    `page_of` gives the site path of a mention's subject, or nothing. Headings,
    links, code and what is deleted get no links; a mention there does not
    count, so that the next one is linked.
    """
    mentions = findings.mentions
    if not mentions:
        return html
    starts = sorted([html.find(f' id="{section.id}"') for section in sections])
    done: set[tuple[int, str, str]] = set()
    cuts: list[tuple[int, int, str]] = []
    section = 0
    for number, named in groupby(mentions, key=_PASSAGE):
        passage = findings.passages[number]
        if passage.kind == "h" or not passage.anchor:
            continue
        begin = -1
        if starts:
            begin = _begin(html, passage.anchor)
            section = bisect(starts, begin)
        new = [m for m in named if (section, m.kind, m.id) not in done]
        if not new:
            continue
        if begin < 0 and (begin := _begin(html, passage.anchor)) < 0:
            continue
        for mention, start, end in _places(html, begin, passage.text, new):
            key = (section, mention.kind, mention.id)
            if key not in done and (url := page_of(mention)):
                done.add(key)
                cuts.append((start, end, url))
    if not cuts:
        return html
    parts: list[str] = []
    last = 0
    for start, end, url in sorted(cuts):
        parts += (html[last:start], f'<a class="mention" href="{INTERNAL}{escape(url)}">',
                  html[start:end], "</a>")
        last = end
    parts.append(html[last:])
    return "".join(parts)


def _begin(html: str, anchor: str) -> int:
    """Where the text of the block with this id begins; -1 where there is none.

    `<p id="` can be nothing but a tag: text has `&lt;`, an attribute's value no quotes.
    """
    for block in ("p", "li"):
        start = html.find(f'<{block} id="{anchor}"')
        if start >= 0:
            return html.find(">", start) + 1 if html.startswith(
                ">", start + len(block) + len(anchor) + 7) else -1
    return -1


def _places(
    html: str, begin: int, text: str, mentions: Iterable[Mention]
) -> Iterator[tuple[Mention, int, int]]:
    """Where mentions of one passage stand in the HTML, those that are found for certain.

    The HTML must spell the passage's text from its beginning on.
    """
    rest = iter(mentions)
    mention = next(rest, None)
    here = 0  # in the text
    closed = 0  # how many elements are open that get no links
    while mention is not None:
        end = html.find("<", begin)
        if end < 0:
            return
        mark = _MARK.match(html, end)
        plain = html[begin:end].translate(_SPACES)
        if mark:
            plain = plain.removesuffix("&nbsp;").rstrip(" ")
        if plain[:1] == " " and text[here - 1 : here] in ("", " "):
            length = len(plain)
            plain = plain.lstrip(" ")
            begin += length - len(plain)
        offsets: Sequence[int] = ()
        if not text.startswith(plain, here):
            plain, offsets = _aligned(plain, text, here)
            if not offsets:
                return
        after = here + len(plain)
        while mention is not None and mention.start < after:
            first, last = mention.start - here, mention.end - here
            if first >= 0 and mention.end <= after and not closed:
                if offsets:
                    first, last = offsets[first], offsets[last]
                yield mention, begin + first, begin + last
            mention = next(rest, None)
        here = after
        if mark:
            begin = mark.end()
            continue
        tag = _TAG.match(html, end)
        if tag is None:
            return
        closing, name = tag.groups()
        begin = tag.end()
        if name in _CLOSED:
            closed += -1 if closing else 1
        elif name not in _INLINE:
            return
        if name == "br" and text.startswith(" ", here):
            here += 1


def _aligned(raw: str, text: str, here: int) -> tuple[str, Sequence[int]]:
    """What a piece of HTML says, with the offset in it of each character; nothing if it is not
    what `text` says from `here` on. White space is one space."""
    signs: list[str] = []
    offsets: list[int] = []
    before = text[here - 1] if here else " "
    for unit in _UNIT.finditer(raw):
        said = unescape(unit[0])
        if said.isspace():
            said = " "
        if said == " " and (signs[-1] if signs else before) == " ":
            continue
        if len(said) != 1:
            return "", ()
        signs.append(said)
        offsets.append(unit.start())
    plain = "".join(signs)
    offsets.append(len(raw))
    if not text.startswith(plain, here):
        plain = plain.rstrip(" ")  # the end of the passage
        if not plain or not text.startswith(plain, here):
            return "", ()
    return plain, offsets
