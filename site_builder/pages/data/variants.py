"""Other spellings of the words of a text, for a full-text search that knows none.

SQLite's tokeniser takes what is written without spaces for one word, and the
Persian and the Arabic form of a letter for two letters. Here is what would
have to stand in a text besides, so that a reader who types the other form, a
word without its half-space or a part of a Chinese sentence finds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from site_builder.finding.spelling import plain_key

LONGEST: Final = 4
"""Signs of a part. Longer words are found where they stand alone, or where the script changes."""
_ARABIC: Final = re.compile("[\u0600-\u06ff]")
_WORD: Final = re.compile("[\u0600-\u065f\u066e-\u06d3\u06d5-\u06ff\u200c]+")
_TO_ARABIC: Final = str.maketrans("یک", "يك")
_BARE: Final = str.maketrans("أإآٱة", "ااااه")
_SPACELESS: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]{2,}")
# Japanese changes its script where words meet: a name in katakana, what is in Chinese signs.
_WRITTEN: Final = re.compile("[\u30a0-\u30ff]{2,}|[\u3400-\u4dbf\u4e00-\u9fff]{2,}")


def variants(text: str) -> str:
    """Words in a row, each once and in a fixed order; nothing for texts in most scripts."""
    if text.isascii():
        return ""
    return " ".join(sorted({*_of_letters(text), *_parts(text)}))


def _of_letters(text: str) -> Iterator[str]:
    if not _ARABIC.search(text):
        return
    for written in set(_WORD.findall(text)):
        for word in {written, *written.split("\u200c")}:
            folded = plain_key(word)
            for form in (folded, folded.translate(_BARE)):
                arabic = form.translate(_TO_ARABIC)
                final = f"{arabic[:-1]}ى" if arabic.endswith("ي") else arabic
                yield from {form, arabic, final} - {written}


def _parts(text: str) -> Iterator[str]:
    for run in set(_SPACELESS.findall(text)):
        yield from (word for word in _WRITTEN.findall(run) if word != run)
        for size in range(1, LONGEST + 1):
            for start in range(len(run) - size + 1):
                if (part := run[start : start + size]) != run:
                    yield part
