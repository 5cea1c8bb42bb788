"""Names → path segments: never empty by accident, the same on every platform."""

from __future__ import annotations

import functools
import re

MAX_LENGTH = 80

# Windows cannot make files of these names (Naming Files, Paths, and Namespaces).
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"com{i}" for i in range(10)), *(f"lpt{i}" for i in range(10))]
)

# Of these, every rule of python-slugify leaves the words, in small letters.
_PLAIN = re.compile(r"[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*")


@functools.lru_cache(maxsize=100_000)
def slug(name: str) -> str:
    """`name` as a path segment of `a-z0-9-`, at most 80 characters; empty if nothing is left.

    Other scripts are transliterated by python-slugify, so that an address can
    be typed anywhere.
    """
    text = _plain(name) or _slugified(name)
    return f"{text}-" if text in RESERVED else text


def anchor(text: str) -> str:
    """A heading's text as an id: letters of every script stay, since fragments may hold them."""
    return _plain(text) or _slugified(text, allow_unicode=True)


def _slugified(text: str, *, allow_unicode: bool = False) -> str:
    from slugify import slugify  # a hundredth of a second, which few builds need

    return slugify(
        text, allow_unicode=allow_unicode, max_length=MAX_LENGTH, word_boundary=True)


def _plain(text: str) -> str:
    """What python-slugify makes of short English words, in a tenth of its time; else nothing."""
    if len(text) <= MAX_LENGTH and _PLAIN.fullmatch(text):
        return text.lower().replace(" ", "-")
    return ""
