"""New entries at the end of the ledger of merges and splits."""

from __future__ import annotations

import json

from site_builder.model import IdentityChange

_HEAD = """# Who was merged with whom and who was split, with the reason: the newest entry last.
# site-builder people merge and people split write here; readers see it at /people/changes/.
"""


def with_entry(ledger: bytes | None, one: IdentityChange) -> bytes:
    """The ledger's bytes with one entry more; nothing before it changes."""
    text = (ledger or _HEAD.encode()).decode("utf-8")
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = [
        "[[change]]", f"date = {one.date}", f"kind = {_text(one.kind)}",
        f"source = {_text(one.source)}", f"into = {_text(one.into)}",
    ]
    if one.names:
        lines.append(f"names = [{', '.join(map(_text, one.names))}]")
    lines.append(f"articles = {one.articles}")
    if one.reason:
        lines.append(f"reason = {_text(one.reason)}")
    gap = "" if text.endswith("\n") or not text else newline
    return (text + gap + newline + newline.join(lines) + newline).encode()


def _text(value: str) -> str:
    """A basic string of TOML; its escapes are those of JSON but for U+007F."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
