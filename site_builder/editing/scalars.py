"""A text as a YAML scalar that every reader of YAML takes for this very text."""

from __future__ import annotations

import re
from typing import Final

# A letter first, and nothing that YAML or a spreadsheet of rules could read otherwise.
_PLAIN: Final = re.compile(r"[^\W\d_](?:[\w.'’()/&·\u200c-]| (?=[\w('’&]))*")
_WORDS: Final = frozenset(
    "null nil none true false yes no on off y n nan inf".split())
_ESCAPED: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def written(text: str, style: str | None = None) -> str:
    """`text` plain where that is safe, or in quotes; `style` is `'` or `"` where others have them.

    The result stands on one line and may stand in a list in brackets.
    """
    if style == "'" and "\n" not in text and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if style != '"' and _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in _ESCAPED:
        return _ESCAPED[char]
    code = ord(char)
    if char.isprintable() or char == "\u200c" or char == "\u200d":
        return char
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
