"""Bytes → text, strictly: no letter of a name is ever replaced in silence."""

from __future__ import annotations

import re
from pathlib import Path

from site_builder.problems import Problems

# XML 1.0 (2.2) excludes the control characters, so a feed could not carry them;
# tab, line feed and carriage return are text.
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r") | {127})
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def decode(data: bytes, *, file: str, problems: Problems) -> str | None:
    """The text of a file, with `\\n` line ends and without byte order mark.

    Returns None, and adds problems with line and column, for bytes that are not
    UTF-8 or text with control characters.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.add(
            "RD004", "the file is UTF-16", file=file, line=1, column=1,
            hint="save it as UTF-8 (in most editors: Save with encoding)",
        )
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        problems.add(
            "RD001", f"byte 0x{data[error.start]:02x} is not UTF-8", file=file,
            line=line, column=column,
            hint="save the file as UTF-8; it may be Windows-1252 or Latin-1 now",
        )
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(data.translate(None, _CONTROLS)) == len(data) and b"\xef\xbf" not in data:
        return text  # a tenth of the time of looking at every letter
    found = FORBIDDEN.search(text)
    if found:
        line, column = position(text, found.start())
        problems.add(
            "RD002", f"control character U+{ord(found[0]):04X}", file=file, line=line,
            column=column, hint="delete it: it is invisible and breaks feeds",
        )
        return None
    return text


def position(text: str, index: int) -> tuple[int, int]:
    """Line and column (from 1) of an index into `text`."""
    line = text.count("\n", 0, index) + 1
    return line, index - (text.rfind("\n", 0, index) + 1) + 1


def text_of(path: Path) -> str:
    """The text of a file that was read before; nothing where it is gone or another by now."""
    try:
        return decode(path.read_bytes(), file="", problems=Problems()) or ""
    except OSError:
        return ""
