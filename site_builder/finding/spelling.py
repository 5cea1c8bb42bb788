"""One spelling for every way to write a name down: Unicode forms, quotes, hyphens, invisible marks.

Nothing here judges how a name is pronounced or transliterated ("José" and
"Jose" stay two names); that is `finding.duplicates`.
"""

from __future__ import annotations

import unicodedata
from typing import Final


def words(text: str) -> frozenset[str]:
    """The words of a list kept as text."""
    return frozenset(text.split())


_APOSTROPHES: Final = "’‘‛ʼʻʽʹʾʿ`´′＇՚״׳"
_HYPHENS: Final = "‐‑‒–—―−﹘﹣－־"
_INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u180e\ufeff\u0640"  # soft hyphen, joiners, BOM; tatweel stretches a word
    + "".join(map(chr, range(0x200B, 0x2010)))  # zero-width spaces and joiners, LRM, RLM
    + "".join(map(chr, range(0x202A, 0x202F)))  # bidi embeddings
    + "".join(map(chr, range(0x2060, 0x2070)))  # word joiner, bidi isolates
    + "".join(map(chr, range(0xFE00, 0xFE10)))  # variation selectors
    + "".join(map(chr, range(0x064B, 0x0653))) + "\u0670"  # Arabic vowel marks: never required
)
_ARABIC: Final = {"ي": "ی", "ى": "ی", "ك": "ک", "ہ": "ه", "ۀ": "ه", "ە": "ه"}

FOLDS: Final[dict[int, str | None]] = {
    **{ord(c): "'" for c in _APOSTROPHES},
    **{ord(c): "-" for c in _HYPHENS},
    **{ord(c): None for c in _INVISIBLE},
    **{ord(c): to for c, to in _ARABIC.items()},
}
"""For `str.translate`: characters that differ in type only. None: the mark is dropped."""

HONORIFICS: Final = words(
    "mr mrs ms mx miss dr prof professor sir dame ayatollah hojatoleslam hojjatoleslam "
    "hojatolislam hujjatulislam دکتر آقای خانم"
)
"""Forms of address that are no part of a name. Offices and ranks (President, General) are not
among them: an archive may file two people by them."""


def unmarked(text: str) -> str:
    """A text without marks above or below its letters: Curaçao, Curacao. ø and ł stay."""
    return "".join(
        c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def tidy(name: str) -> str:
    """The name as it may be shown: NFC, one space between words, none around it.

    Joiners inside words stay: Persian spelling needs them.
    """
    return " ".join(unicodedata.normalize("NFC", name).split())


def plain_key(text: str) -> str:
    """`text` without the differences that only typography makes. Idempotent.

    Compatibility forms, case, white space, apostrophes, hyphens, invisible
    marks and Arabic and Persian variants of one letter are folded.
    """
    if text.isascii():
        return " ".join(text.lower().replace("`", "'").split())
    while True:
        # The marks go first: NFKC would turn a free-standing accent into a space and an accent.
        # Folding case may leave characters that are not normalised (Unicode, 3.13, D146), and
        # dropping a mark may join two others; so this runs until nothing changes.
        # Composed letters are folded as one: ۀ is ه, however it was typed.
        folded = unicodedata.normalize("NFC", text).translate(FOLDS)
        folded = unicodedata.normalize("NFKC", folded)
        folded = " ".join(folded.casefold().translate(FOLDS).split())
        if folded == text:
            return text
        text = folded


def name_key(name: str) -> str:
    """The identity of a written name: equal keys are one name. Idempotent.

    As `plain_key`, and without leading forms of address where at least two
    words remain: "Dr. Ebrahim Raisi" is "Ebrahim Raisi", "Dr. No" stays.
    """
    key = plain_key(name)
    words = key.split(" ")
    start = 0
    while len(words) - start > 2 and words[start].rstrip(".") in HONORIFICS:
        start += 1
    return " ".join(words[start:]) if start else key
