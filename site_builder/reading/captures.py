"""When the pages that a text links to were read, and copies of them: front matter → `Capture`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from site_builder.model import Capture
from site_builder.problems import Severity
from site_builder.reading.fields import Fields

LINK: Final = re.compile(r"<a ((?:[^\"<>]|\"[^\"]*\")*)>(.*?)</a>", re.S)
_HREF: Final = re.compile(r'(?<![\w-])href="((?:https?:)?//[^"]*)"')


def of_text(fields: Fields, html: str) -> tuple[Capture, ...]:
    """The field `archived`: an address of the text → the copy's address, or `url` and `date`.

    `html` is the finished text; a warning tells of each address that it does not link to.
    """
    found = tuple(_captures(fields))
    _say_unused(found, html, fields)
    return found


def _captures(fields: Fields) -> Iterator[Capture]:
    value = fields.raw("archived")
    key = fields.key("archived")
    if value is None:
        return
    if not isinstance(value, dict):
        fields.problem(
            "FM006", f"`{key}` must be addresses with their copies", key,
            severity=Severity.WARNING,  # other programs mean other things by such a field
            hint=f'write {key}: {{"https://agency.example/1": "https://archive.example/1"}}')
        return
    for target, copy in value.items():
        where = (key, target)
        parts = {"url": copy} if isinstance(copy, str) else fields.mapping(
            copy, ("url", "date"), *where)
        capture = Capture(
            fields.web_address(target, *where), fields.web_address(parts.get("url"), *where),
            fields.partial_date(parts.get("date"), *where, "date"))
        given = parts.get("url") or parts.get("date")
        if capture.target and isinstance(copy, dict) and not given:
            fields.problem("FM007", f"the copy of {target} has neither `url` nor `date`", *where)
        elif capture.target and (capture.url or capture.date):
            yield capture


def _say_unused(found: tuple[Capture, ...], html: str, fields: Fields) -> None:
    """A warning for each copy of a page that the text does not link to."""
    if not found:
        return
    linked = set(outgoing(html))
    for capture in found:
        if capture.target not in linked:
            fields.problem(
                "LK004", f"the text has no link to {capture.target}", fields.key("archived"),
                capture.target, severity=Severity.WARNING,
                hint="write the address as the link has it",
            )


def outgoing(html: str) -> Iterator[str]:
    """The web addresses that a finished body links to, as browsers read them."""
    for link in LINK.finditer(html):
        if href := address(link[1]):
            yield href


def address(attributes: str) -> str:
    """The web address among a link's attributes, or nothing; without a scheme it is https."""
    found = _HREF.search(attributes)
    if not found:
        return ""
    written = unescape(found[1])
    return f"https:{written}" if written.startswith("//") else written
