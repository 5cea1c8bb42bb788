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
    english = text
    if not text.isascii():
        for sign in "’“”–—…":
            english = english.replace(sign, "")
    if english.isascii():  # nothing to normalise, and bytes are the fastest to sift
        letters = english.encode().lower().translate(None, _ASCII_NO_LETTERS)
    else:
        folded = unicodedata.normalize("NFKC", text).casefold()
        folded = folded.encode().translate(None, _ASCII_NO_LETTERS).decode()
        letters = (folded if folded.isalnum() else _NO_LETTERS.sub("", folded)).encode()
    return "p-" + _digest(letters or text.encode())


def section_id(title: str) -> str:
    """The anchor of a section: its title's words, or a digest where those leave nothing."""
    return anchor(title) or f"section-{_digest(title.encode())[:4]}"


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


def _digest(raw: bytes) -> str:
    """Six characters of a–z and 2–7 (base 32, RFC 4648): 30 bits of BLAKE2b."""
    bits = int.from_bytes(hashlib.blake2b(raw, digest_size=4).digest(), "big") >> 2
    return _PAIRS[bits >> 20] + _PAIRS[bits >> 10 & 1023] + _PAIRS[bits & 1023]
