"""Names of passages and sections: what a citation of a part of an article holds on to."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from site_builder.reading.slugs import anchor

PASSAGE_LABEL = "Link to this passage"
SECTION_LABEL = "Link to this section"

_NO_LETTERS = re.compile(r"[\W_]+")
_ASCII_NO_LETTERS = "".join(_NO_LETTERS.findall("".join(map(chr, range(128))))).encode()
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = tuple(high + low for high in _BASE32 for low in _BASE32)


def passage_id(text: str) -> str:
    """The anchor of a paragraph: six characters that depend on its letters and digits alone.

    A change of punctuation, quotes, case or spacing moves nobody's citation.
    """
    ascii_only = text.isascii()
    folded = text if ascii_only else unicodedata.normalize("NFKC", text)
    # most of what goes is spaces, and those go faster as bytes
    folded = folded.casefold().encode().translate(None, _ASCII_NO_LETTERS).decode()
    if not ascii_only:
        for sign in "’“”–—…":
            folded = folded.replace(sign, "")
        if not folded.isalnum():
            folded = _NO_LETTERS.sub("", folded)
    return "p-" + digest(folded or text)


def section_id(title: str) -> str:
    """The anchor of a section: its title's words, or a digest where those leave nothing."""
    return anchor(title) or f"section-{digest(title)[:4]}"


def unique(wanted: str, taken: dict[str, int]) -> str:
    """`wanted`, or `wanted-2` and so on while that is a key of `taken`; adds what it returns.

    The values are the numbers to try next: an article may say one line a million times.
    """
    name, number = wanted, taken.get(wanted, 2)
    while name in taken:
        name = f"{wanted}-{number}"
        number += 1
    taken[wanted] = number
    taken.setdefault(name, 2)
    return name


def digest(text: str) -> str:
    """Six characters of a–z and 2–7 (base 32, RFC 4648): 30 bits of BLAKE2b."""
    bits = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big") >> 2
    return _PAIRS[bits >> 20] + _PAIRS[bits >> 10 & 1023] + _PAIRS[bits & 1023]
