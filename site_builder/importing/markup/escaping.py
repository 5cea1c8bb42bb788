"""Prose → Markdown that means this very text.

Only what Python-Markdown (with the extensions of `reading.body.parser`) would
take for markup gets a sign of escape, so that editors can read what they get.
"""

from __future__ import annotations

import re

_INLINE = re.compile(
    r"""(?P<backslash>[\\`*{}]|(?<![^\W_])_|_(?![^\W_]))
      | (?P<pair>(?<!!)\[[^\[\]\\`*{}_^!<>&|~]{1,200}\](?![\[({:]|\s?\[|\Z))  # means itself
      | (?P<bracket>[\[\]])
      | (?P<amp>&(?=(?:\#[0-9]+|\#[xX][0-9a-fA-F]+|[0-9a-zA-Z]+);|\#?\Z|\w+\Z))
      | (?P<entity>[<|]|(?<![^\s~])~(?=~))""",
    re.VERBOSE,
)
_NAMED = {"<": "&lt;", "&": "&amp;"}
_BLOCK = re.compile(
    r"^(\s*)(?:(#|>|[+](?=\s|$)|-(?=[\s-]|$))|(\d+)\.(?=\s|$)|([=~|:]))", re.MULTILINE)


def escape(text: str) -> str:
    """A whole text, of one line or several, each of which may begin a block."""
    return starts(inline(text))


def inline(text: str, *, linked: bool = False) -> str:
    """A piece of a paragraph; `starts` has to see the paragraph when it is whole.

    `linked` says that it stands between the brackets of a link, where no bracket means itself.
    """
    return _INLINE.sub(_in_link if linked else _inline, text)


def starts(text: str) -> str:
    """A paragraph whose lines might begin like a list, heading, quotation, rule or definition."""
    return _BLOCK.sub(_start, text)


def attribute(text: str) -> str:
    """A value that will stand between double quotes in HTML or in a link's title."""
    return (text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            .replace('"', "&quot;"))


def _inline(match: re.Match[str]) -> str:
    sign = match[0]
    if match["pair"]:
        return sign
    if match["backslash"] or match["bracket"]:
        return "\\" + sign
    return _NAMED.get(sign) or f"&#{ord(sign)};"


def _in_link(match: re.Match[str]) -> str:
    if match["pair"]:
        return "\\[" + inline(match[0][1:-1]) + "\\]"
    return _inline(match)


def _start(match: re.Match[str]) -> str:
    if match[2]:
        return f"{match[1]}\\{match[2]}"
    if match[3]:
        return f"{match[1]}{match[3]}\\."
    return f"{match[1]}&#{ord(match[4])};"
