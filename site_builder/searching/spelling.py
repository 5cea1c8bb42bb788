"""Text → the words under which it is found.

static/assets/search/words.js does the same to what a reader types: a test
compares the two. Case, accents and the several forms of one Arabic letter do
not count; what is written without spaces is cut into pairs of characters.
"""

from __future__ import annotations

import functools
import re
from html import unescape
from typing import Final
from unicodedata import normalize

LONGEST: Final = 40
"""Characters of a word that count; what is longer is an address or a code."""

_OTHER: Final = re.compile("[^\x00-\x7f\u2010-\u2027]")  # besides ASCII, dashes and quotes
# Accents, points and vowel signs of the alphabets in which a text is also written without
# them; the Arabic stretch; the signs that break lines or turn direction and are not seen.
_MARKS: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0640\u00ad\u200d-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+"
)
_SAME: Final = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l",
    "ı": "i", "ς": "σ", "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ٱ": "ا", "_": " ",
    **{chr(zero + n): str(n) for zero in (0x660, 0x6F0, 0x966) for n in range(10)},
}
_SIGNS: Final = re.compile(f"[{''.join(_SAME)}]")
_ARABIC: Final = re.compile("[\u0600-\u06ff]")
# The article, alone or with the particle before it (as in Larkey's "light" stemmer).
_ARTICLE: Final = re.compile(r"(?<!\w)(?:[وبكکف]?ال|لل)(?=\w{3})")
_POINTED: Final = re.compile(r"(?<![^\W_])(?<!\.)(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?")
# Han, kana, Hangul; Thai, Lao, Burmese, Khmer.
_SPACELESS: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_HALVED: Final = re.compile("[\\w\u0610-\u061a\u064b-\u065f\u0670]+"
                            "(?:\u200c[\\w\u0610-\u061a\u064b-\u065f\u0670]+)+")
_FIRST_SPACELESS: Final = "\u0e00"
_LETTER: Final = "\\w\u0900-\u0dff\u0f00-\u0fff"
_WORD: Final = re.compile(f"[{_LETTER}]+")
# Long to compile, and but for such scripts not needed: `re` does it when it is asked.
_WORD_OF_ALL: Final = f"[{_LETTER}{_SPACELESS}]+"
_SIGN: Final = f"[{_SPACELESS}]"
_RUN: Final = f"[{_SPACELESS}]+|[^{_SPACELESS}]+"
_INLINE: Final = re.compile(
    r"</?(?:abbr|b|bdi|bdo|cite|del|dfn|em|i|ins|mark|q|s|small|span|strong|time|u|wbr)\b"
    r'[^<>"]*(?:"[^"]*"[^<>"]*)*>'
)
_TAG: Final = re.compile(r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>')

_SEVERAL_POINTS: Final = re.compile(r"\.[^\W\d_]\.")
_MARKS_OF_TEXT: Final = "\u2013\u2014\u2018\u2019\u201c\u201d"  # dashes and quotes
_PLAIN: Final = bytes(
    code if code > 127 or chr(code).isalnum() else ord(" ") for code in range(256)).lower()
"""What is in no word becomes a space; bytes of UTF-8 besides ASCII stay."""
_TOKENS: Final = 20_000


def fold(text: str) -> str:
    """The text without case, accents and variants of a letter."""
    if not _OTHER.search(text):
        return _unpointed(text.replace("_", " ").lower())
    if _ARABIC.search(text):  # while \u0622 is still another letter than \u0627
        text = _ARTICLE.sub("", _MARKS.sub("", normalize("NFC", text)))
    text = normalize("NFKC", _MARKS.sub("", normalize("NFKD", text))).lower()
    return _unpointed(_SIGNS.sub(lambda sign: _SAME[sign[0]], text))


def _unpointed(text: str) -> str:
    """`u.s.a.` → `usa`"""
    return _POINTED.sub(lambda word: word[0].replace(".", ""), text) if "." in text else text


def words(text: str) -> list[str]:
    """The words of a text, in its order.

    Of a run of characters without spaces: every pair, and the last character,
    so that each character begins a word.
    """
    if _SEVERAL_POINTS.search(text):
        return _any_words(text)
    if not _OTHER.search(text):
        data = text.encode("ascii", "replace")
    else:
        # nothing that folding does reaches over a space: most words need none of it
        for sign in _MARKS_OF_TEXT:
            text = text.replace(sign, " ")
        tokens = text.split()
        places = [place for place, token in enumerate(tokens) if not token.isascii()]
        if len(places) > len(tokens) // 3:
            return _any_words(text)
        for place in places:
            tokens[place] = _folded(tokens[place])
        data = " ".join(tokens).encode("utf-8", "surrogatepass")
    return _cut(data.translate(_PLAIN).decode("utf-8", "surrogatepass").split())


@functools.lru_cache(_TOKENS)
def _folded(token: str) -> str:
    return " ".join(_any_words(token))


def _any_words(text: str) -> list[str]:
    """`words` for every text."""
    text = fold(text)
    if text.isascii() or max(text) < _FIRST_SPACELESS or not re.search(_SIGN, text):
        return _cut(_WORD.findall(text))
    return _cut([part for word in re.findall(_WORD_OF_ALL, text) for part in _parts(word)])


def is_spaceless(text: str) -> bool:
    """Whether a text begins with a sign of a script without spaces between words."""
    return text[:1] >= _FIRST_SPACELESS and re.match(_SIGN, text) is not None


def _cut(found: list[str]) -> list[str]:
    if found and max(map(len, found)) > LONGEST:
        return [word[:LONGEST] for word in found]
    return found


def joined(text: str) -> list[str]:
    """Words that are written with a half-space (U+200C), as many type them: without it."""
    if "\u200c" not in text:
        return []
    return [fold(word.replace("\u200c", ""))[:LONGEST] for word in _HALVED.findall(text)]


def _parts(word: str) -> list[str]:
    parts = []
    for run in re.findall(_RUN, word):
        if is_spaceless(run):
            parts += [run[n : n + 2] for n in range(len(run))]
        else:
            parts.append(run)
    return parts


def plain(html: str) -> str:
    """The text of a body that `reading` has sanitised."""
    text = _TAG.sub(" ", _INLINE.sub("", html) if "<" in html else html)
    return unescape(text) if "&" in text else text
