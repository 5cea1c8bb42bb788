"""Names in running text as links to the pages of those whom they mean.

The words stay what they are, character by character. A name that cannot be
found again in the HTML with certainty is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from typing import Final

from site_builder.model import Findings, Mention

# In text there is no `<`, and in an attribute no quotation mark: this can be nothing but tags.
_SECTION: Final = '<section id="'
_TAG: Final = re.compile(r'<(/?)([a-z][a-z0-9]*)(?:"[^"]*"|[^">])*>')
_INLINE: Final = frozenset(
    "abbr b bdi bdo br cite dfn em i img ins mark q s small span strong sub sup time u var wbr"
    .split())
_CLOSED: Final = frozenset("a code kbd samp pre del".split())
_MARK: Final = re.compile(
    r'<a [^>]*class="(?:anchor|footnote-ref|footnote-backref)"[^>]*>[^<]*</a>')
_UNIT: Final = re.compile(r"&#?\w+;|\s+|.", re.DOTALL)
_SPACES: Final = "\n\t\r\f\xa0"


def linked(html: str, findings: Findings, link_of: Callable[[tuple[str, str]], str | None]) -> str:
    """A finished body in which the first mention of each subject in each section is a link.

    `link_of` gives the opening tag for a kind and id. Headings, links, code and
    what is deleted get no links; a mention there does not count, so that the
    next one is linked.
    """
    if not findings.mentions:
        return html
    passages = findings.passages
    done: set[str] = set()  # the links of the section at hand
    cuts: list[tuple[int, int, str]] = []
    later: list[tuple[Mention, str]] = []
    number, text, begin, certain = -1, "", 0, 0
    section = html.find(_SECTION)
    anchor, found, skipped = "", 0, True
    for mention in findings.mentions:
        if mention.passage != number:
            if later:
                _settle(html, begin, text, later, done, cuts)
                later = []
            number = mention.passage
            passage = passages[number]
            skipped = passage.kind == "h"
            if skipped:
                continue
            if passage.anchor != anchor:
                anchor = passage.anchor
                found = _block(html, anchor, begin)
                if found:
                    begin = found
                    while 0 <= section < begin:
                        done = set()
                        section = html.find(_SECTION, section + 1)
            skipped = not found
            text = passage.text
            # up to where the block is plain text, as nearly always to its end
            certain = len(text)
            if not html.startswith(text, begin):
                certain = html.find("<", begin) - begin
                if not text.startswith(html[begin : begin + certain]):
                    certain = 0
        if skipped:
            continue
        link = link_of((mention.kind, mention.id))
        if link is None or link in done:
            continue
        if later or mention.end > certain:
            later.append((mention, link))
        else:
            done.add(link)
            cuts.append((begin + mention.start, begin + mention.end, link))
    if later:
        _settle(html, begin, text, later, done, cuts)
    if not cuts:
        return html
    parts: list[str] = []
    last = 0
    for start, end, link in sorted(cuts):
        parts += (html[last:start], link, html[start:end], "</a>")
        last = end
    parts.append(html[last:])
    return "".join(parts)


def _block(html: str, anchor: str, after: int) -> int:
    """Where the text of the paragraph or list item with an id begins; 0 if there is none."""
    mark = f' id="{anchor}">'
    place = html.find(mark, after) if anchor else -1
    if place < 0 or html[html.rfind("<", 0, place) : place] not in ("<p", "<li"):
        return 0
    return place + len(mark)


def _settle(
    html: str, begin: int, text: str, later: list[tuple[Mention, str]], done: set[str],
    cuts: list[tuple[int, int, str]],
) -> None:
    """Add the links of a passage that holds more than text."""
    for start, end, link in _places(html, begin, text, later):
        if link not in done:
            done.add(link)
            cuts.append((start, end, link))


def _places(
    html: str, begin: int, text: str, later: Sequence[tuple[Mention, str]]
) -> Iterator[tuple[int, int, str]]:
    """Where mentions of one passage stand in the HTML, those that are found for certain.

    The HTML must spell the passage's text from its beginning on.
    """
    number = 0
    mention, link = later[number]
    here = 0  # in the text
    closed = 0  # how many elements are open that get no links
    while True:
        end = html.find("<", begin)
        if end < 0:
            return
        mark = _MARK.match(html, end) if html.startswith("<a ", end) else None
        plain = html[begin:end]
        if not text.startswith(plain, here):
            for space in _SPACES:  # `str.translate` takes fifty times as long
                plain = plain.replace(space, " ")
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
        while mention.start < after:
            first, last = mention.start - here, mention.end - here
            if first >= 0 and mention.end <= after and not closed:
                if offsets:
                    first, last = offsets[first], offsets[last]
                yield begin + first, begin + last, link
            number += 1
            if number == len(later):
                return
            mention, link = later[number]
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
