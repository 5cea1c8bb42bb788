"""One article's Markdown → `Body`."""

from __future__ import annotations

import re
import sys
from html import unescape
from typing import TYPE_CHECKING

import msgspec

from site_builder.config import LimitConfig, MarkdownConfig
from site_builder.model import INTERNAL, BodyLink, Section
from site_builder.problems import Problems, Severity
from site_builder.reading.body import prose, sanitize, shortcodes
from site_builder.reading.body.limits import TimeExceeded, deadline
from site_builder.reading.body.links import resolve
from site_builder.reading.text import FORBIDDEN, position

if TYPE_CHECKING:
    from site_builder.reading.body.structure import Structure

EXCERPT_LENGTH = 220
_IDS = re.compile(r'<[^>]*?\bid="([^"]+)"')
_IMAGE = re.compile(r'<img((?: [a-z-]+="[^"]*")*)>')
_REFERENCE = re.compile("&#(?:[xX][0-9a-fA-F]{1,6}|[0-9]{1,7});?")
_CODE = re.compile(r"`[^`\n]*`|^(?: {4}|\t).*$|^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_ATTRIBUTES = re.compile(r' ([a-z-]+)="([^"]*)"')


class Body(msgspec.Struct, frozen=True):
    """The finished HTML of a body and what is known about it."""

    html: str
    toc: tuple[Section, ...]
    anchors: tuple[str, ...]
    links: tuple[BodyLink, ...]
    media: tuple[BodyLink, ...]
    words: int
    excerpt: str


def render(
    text: str,
    *,
    file: str,
    first_line: int,
    config: MarkdownConfig,
    limits: LimitConfig,
    problems: Problems,
) -> Body | None:
    """Turn Markdown into `Body`; None, with a problem, when that fails or takes too long.

    `file` is the article's path relative to the site, against which relative
    links resolve; `first_line` is the line of the file on which `text` starts.
    """
    if "&#" in text and _controls(text, file, first_line, problems):
        return None
    text = _shortcodes(text, file, first_line, config, problems)
    plain = prose.parse(text, path=file, smart_quotes=config.smart_quotes)
    if plain:
        return Body(
            html=plain.html,
            toc=tuple(plain.toc),
            anchors=tuple(plain.anchors),
            links=_body_links(plain.links, text, first_line),
            media=(),
            words=plain.words,
            excerpt=excerpt(plain.passages),
        )
    try:
        with deadline(limits.article_seconds):
            return by_markdown(
                text, file=file, first_line=first_line, config=config, problems=problems
            )
    except TimeExceeded:
        _forget_parsers()
        problems.add(
            "MD004", f"the text takes longer than {limits.article_seconds:g} seconds to parse",
            file=file, line=first_line, column=1,
            hint="look for thousands of brackets or a line of megabytes; "
            "limits.article_seconds in site.toml sets the limit",
        )
    except RecursionError:
        _forget_parsers()
        problems.add(
            "MD005", "the text is nested too deep to parse", file=file, line=first_line, column=1,
            hint="look for lists or quotations that are hundreds of levels deep",
        )
    return None


def by_markdown(
    text: str,
    *,
    file: str,
    first_line: int,
    config: MarkdownConfig,
    problems: Problems,
    trimmed: bool = True,
) -> Body:
    """What Python-Markdown makes of `text`: the dialect that every faster way must equal.

    With `trimmed`, rules that cannot match are left out. Raises RecursionError
    for a text that is nested too deep.
    """
    from site_builder.reading.body.parser import parser

    markdown = parser(config.smart_quotes, trimmed)
    structure = markdown.structure
    structure.path = file
    structure.remote_allowed = config.remote_media
    html = markdown.convert(text)
    if not config.raw_html and (markdown.has_raw_html or "{" in text):
        html = _sanitize(html, text, file, first_line, config, structure, problems)
    for remark in structure.remarks:
        line, column = _place(text, remark.needle, first_line)
        problems.add(
            remark.code, remark.message, file=file, line=line, column=column, hint=remark.hint,
            severity=Severity.WARNING,
        )
    return Body(
        html=html,
        toc=tuple(structure.toc),
        anchors=tuple(_IDS.findall(html)),
        links=_body_links(structure.links, text, first_line),
        media=_body_links(structure.media, text, first_line),
        words=structure.words,
        excerpt=excerpt(structure.passages),
    )


def excerpt(passages: list[str]) -> str:
    """The first words of a body, cut at a word."""
    text = next((p for p in passages if len(p) > 40), passages[0] if passages else "")
    if len(text) <= EXCERPT_LENGTH:
        return text
    cut = text[:EXCERPT_LENGTH]
    return (cut[: cut.rfind(" ")] if " " in cut else cut).rstrip(" ,;:–—-") + " …"


def _forget_parsers() -> None:
    """A parser that was stopped in the middle may be in any state."""
    from site_builder.reading.body.parser import parser

    parser.cache_clear()


def _shortcodes(
    text: str, file: str, first_line: int, config: MarkdownConfig, problems: Problems
) -> str:
    if "{{" not in text and "{%" not in text:
        return text
    reduced, found = shortcodes.reduce(text)
    names: dict[str, list[int]] = {}
    for code in found:
        names.setdefault(code.name, []).append(first_line + code.line)
    drop = config.shortcodes == "drop"
    for name, lines in names.items():
        times = f" ({len(lines)} times)" if len(lines) > 1 else ""
        problems.add(
            "MD006",
            f"template code `{name}`{times} " + ("is taken out" if drop else "is shown as text"),
            file=file, line=lines[0], column=1, severity=Severity.NOTE,
            hint="" if drop else 'markdown.shortcodes = "drop" in site.toml takes such code out',
        )
    return reduced if drop else text


def _sanitize(
    html: str,
    text: str,
    file: str,
    first_line: int,
    config: MarkdownConfig,
    structure: Structure,
    problems: Problems,
) -> str:
    def judge(tag: str, name: str, value: str) -> str | None:
        target = resolve(value, path=file)
        if target.unsafe:
            problems.add(
                "MD002", f"a link with {target.unsafe}: is taken out", file=file,
                line=_place(text, value, first_line)[0], column=1, severity=Severity.WARNING,
                hint="links start with https:, http:, mailto: or tel:, or lead into the site",
            )
            return None
        if name == "src" and target.remote:
            if any(target.href.startswith(prefix) for prefix in config.remote_media):
                return target.href
            problems.add(
                "MD003", f"a picture from another site is taken out: {value}", file=file,
                line=_place(text, value, first_line)[0], column=1, severity=Severity.WARNING,
                hint="put the file beside the article, so that no reader's visit is told to others",
            )
            return None
        if target.internal:
            (structure.links if name == "href" else structure.media).append(target.internal)
        return target.href

    known = set(structure.links), set(structure.media)
    for what, times in sorted(sanitize.removed(html).items()):
        count = f" ({times} times)" if times > 1 else ""
        problems.add(
            "MD001", f"removed {what}{count}", file=file,
            line=first_line + sanitize.line_of(what, text), column=1, severity=Severity.WARNING,
            hint="docs/html.md lists what an article may hold; its text is kept",
        )
    clean = sanitize.sanitize(html, judge)
    structure.links = [link for link in structure.links if not _is_footnote(link, known[0])]
    ids = _IDS.findall(clean)
    if len(set(ids)) != len(ids):
        clean = _drop_second_ids(clean, text, file, first_line, problems)
    return _with_words(clean, text, file, first_line, problems) if "<img" in clean else clean


def _with_words(html: str, text: str, file: str, first_line: int, problems: Problems) -> str:
    """Pictures that were written as HTML, with an `alt`; words for those that were taken out."""
    def mended(match: re.Match[str]) -> str:
        known = dict(_ATTRIBUTES.findall(match[1]))
        if not known.get("src"):
            return known.get("alt") or known.get("title") or ""
        if "alt" in known:
            return match[0]
        written = unescape(known["src"]).removeprefix(INTERNAL)
        problems.add(
            "MD008", f"the picture {written} has no alternative text", file=file,
            line=_place(text, written.rpartition("/")[2], first_line)[0], column=1,
            severity=Severity.WARNING, hint='write alt="what the picture shows"',
        )
        return f'<img alt=""{match[1]}>'

    return _IMAGE.sub(mended, html)


def _is_footnote(link: str, known: set[str]) -> bool:
    return link.startswith(("#fn:", "#fnref")) or (link.startswith("#p-") and link not in known)


def _drop_second_ids(
    html: str, text: str, file: str, first_line: int, problems: Problems
) -> str:
    seen: set[str] = set()

    def keep_first(match: re.Match[str]) -> str:
        if match[1] not in seen:
            seen.add(match[1])
            return match[0]
        problems.add(
            "MD007", f"the id `{match[1]}` is used twice in this article", file=file,
            line=_place(text, match[1], first_line)[0], column=1, severity=Severity.WARNING,
            hint="give one of them another id",
        )
        return match[0].replace(f'id="{match[1]}"', "")

    return _IDS.sub(keep_first, html)


def _place(text: str, needle: str, first_line: int) -> tuple[int, int]:
    index = text.find(needle) if needle else -1
    if index < 0:
        return first_line, 1
    return first_line + text.count("\n", 0, index), index - text.rfind("\n", 0, index)


def _body_links(targets: list[str], text: str, first_line: int) -> tuple[BodyLink, ...]:
    return tuple(_body_link(target, text, first_line) for target in dict.fromkeys(targets))


def _body_link(target: str, text: str, first_line: int) -> BodyLink:
    address, mark, fragment = target.partition("#")
    needle = address.rsplit("/", 1)[-1].removeprefix("ref:") + mark + fragment
    line, column = _place(text, needle, first_line)
    return BodyLink(target, line, column)


def _controls(text: str, file: str, first_line: int, problems: Problems) -> bool:
    """Whether a character reference writes what XML cannot hold; code shows it as it is written."""
    wrong = False
    for found in _REFERENCE.finditer(_CODE.sub(lambda code: " " * len(code[0]), text)):
        sign = _sign(found[0])
        if sign <= sys.maxunicode and FORBIDDEN.match(chr(sign)):
            line, column = position(text, found.start())
            problems.add("RD002", f"{found[0]} is a control character", file=file,
                         line=first_line + line - 1, column=column,
                         hint="take it out: it is invisible and breaks feeds")
            wrong = True
    return wrong


def _sign(reference: str) -> int:
    digits = reference[2:].rstrip(";")
    return int(digits[1:], 16) if digits[0] in "xX" else int(digits)
