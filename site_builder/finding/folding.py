"""Texts with their typography folded, and the words in them with which a name may begin.

Quotes, hyphens, white space (line ends included), composed or decomposed
letters, invisible marks, the variants of Arabic letters, and dotted and dotless i are evened out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Final

from site_builder.finding.spelling import FOLDS

# The scripts of South Asia write vowels as marks, which are no word characters to `re`. Danda
# (U+0964, U+0965) ends a sentence there.
MARKS: Final = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u0610-\u061a\u0653-\u065f"
    r"\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff"
)
# Scripts without space between words: a form in them may begin and end anywhere.
_NO_SPACE: Final = "\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_FIRST_UNSPACED: Final = "\u0e00"
_CHAR: Final = re.compile(rf"[\w{MARKS}]")
# White space other than the space itself (White_Space in Unicode's PropList).
_SPACES: Final = (
    "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
    + "".join(map(chr, range(0x2000, 0x200B)))
)
# Variants that are letters of their own in names as they are filed, but not in running text:
# Turkish capitals and their absence, hamza on its carriers, the feminine ending as Persian has it.
_LETTERS: Final[dict[int, str | None]] = {
    **{ord(c): to for c, to in zip("İıأإآٱةؤئ", "Iiااااهوی", strict=True)},
    **dict.fromkeys((0x653, 0x654, 0x655)),  # what does not compose: هٔ
}
_FOLDS: Final = FOLDS | _LETTERS
_EVEN: Final = {chr(code): to for code, to in _FOLDS.items() if to} | dict.fromkeys(_SPACES, " ")
_DROPPED: Final = "".join(chr(code) for code, to in FOLDS.items() if to is None)
_COMBINING: Final = "".join(map(chr, (  # the last are parts of Hangul
    *range(0x300, 0x370), 0x653, 0x654, 0x655, 0x3099, 0x309A, *range(0x1100, 0x1200))))
_RARE: Final = frozenset(_COMBINING + _DROPPED)
# What is not as long when folded: runs of space, dropped marks, decomposed letters and Hangul.
_UNEVEN: Final = re.compile(rf"[{_COMBINING}]+|[{_DROPPED}][\s{_DROPPED}]*|\s[\s{_DROPPED}]+")
_PLAIN: Final = bytes(code for code in range(128) if chr(code) not in _EVEN)
_CAPITAL: Final = re.compile(r"[A-Z]\w*", re.ASCII)
# A pattern that begins with two ranges is searched for in two thirds of the time of [^\W\d_a-z].
# Told by what is not in it, for `re` goes through every sign of a range when it compiles one.
ANY: Final = re.compile(rf"[^\x00-@\[-\u00a9](?<![\W\d_])[\w{MARKS}]*")
# Punctuation that is no part of any word, in a text that may have no other sign beyond ASCII.
_PUNCTUATION: Final = frozenset("“”„«»…•·§¶€£°©®™×")
_ASCII: Final = frozenset(map(chr, range(128)))
BETWEEN: Final = "\0"
"""Stands between texts that are searched as one: no name holds it."""


class Folded:
    """A text as it is searched.

    `text` is the folded one. `places` has, for each sign of it, where that
    begins and where it ends in `raw`; None where the two are as long.
    """

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.places: tuple[list[int], list[int]] | None = None
        # one pass over the bytes finds all that is not a plain sign of ASCII
        rest = raw.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
        signs = set(rest.decode("utf-8", "surrogatepass")) if rest else frozenset()
        if _is_even(raw, signs):
            self.text = _even(raw, signs)
            signs = {_EVEN.get(sign, sign) for sign in signs}
        else:
            self.text, self.places = _uneven(raw)
            signs = set(self.text)
        self._signs = signs - _ASCII - _PUNCTUATION

    @property
    def is_plain(self) -> bool:
        """Whether all words are of ASCII."""
        return not self._signs

    @cached_property
    def words(self) -> list[tuple[int, str]]:
        """The words that begin with a capital or with a letter beyond ASCII, and their places.

        Some stand within other words. In scripts without spaces each sign is a word.
        """
        if self.is_plain:
            pattern = _CAPITAL
        elif self.is_mixed:
            pattern = mixed()
        else:
            pattern = ANY
        return [(word.start(), word[0]) for word in pattern.finditer(self.text)]

    @property
    def is_mixed(self) -> bool:
        """Whether there are scripts without spaces."""
        return any(map(is_unspaced, self._signs))


@cache
def mixed() -> re.Pattern[str]:
    """Words, and each sign of a script without spaces. Long to compile, and seldom needed."""
    return re.compile(rf"[{_NO_SPACE}]|(?:(?![{_NO_SPACE}]){_CHAR.pattern})+")


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(f"[{_NO_SPACE}]")


def is_unspaced(text: str, start: int = 0) -> bool:
    """Whether the sign at `start` is of a script without spaces between words."""
    return text[start : start + 1] >= _FIRST_UNSPACED and _unspaced().match(text, start) is not None


def has_unspaced(text: str) -> bool:
    """Whether any sign of a text is of a script without spaces between words."""
    return (not text.isascii() and max(text) >= _FIRST_UNSPACED
            and _unspaced().search(text) is not None)


def is_in_word(text: str, start: int) -> bool:
    """Whether the sign at `start` is part of a word that has spaces around it."""
    return _CHAR.match(text, start) is not None and not is_unspaced(text, start)


def beginnings(text: str) -> list[tuple[int, str]]:
    """As `Folded.words`, of a text as it is."""
    return [(word.start(), word[0]) for word in ANY.finditer(text)]


def fold(form: str) -> str:
    """A form as it is compared: with its typography evened out."""
    if form.isascii() and form.isprintable() and "`" not in form and "  " not in form:
        return form.strip()  # as nearly all: there are a hundred thousand in a large archive
    return Folded(form).text.strip()


def _is_even(text: str, signs: Iterable[str]) -> bool:
    """Whether the text, which has these signs, is as long when folded."""
    # searching for each is several times faster than for a pattern of them all
    if "\t" in signs or "  " in text or ("\n" in signs and (" \n" in text or "\n " in text)):
        return False
    return _RARE.isdisjoint(signs)


def _even(text: str, signs: Iterable[str]) -> str:
    """The text with one character for one."""
    # replacing the few signs that there are is several times faster than looking for all
    for sign in signs:
        if sign in _EVEN:
            text = text.replace(sign, _EVEN[sign])
    return text


def _uneven(text: str) -> tuple[str, tuple[list[int], list[int]]]:
    """The text folded, and for each place in it where that begins and ends in `text`."""
    # An empty line ends a paragraph, and no name goes on in the next.
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    signs = _EVEN.keys() & set(text)
    for found in _UNEVEN.finditer(text):
        start, end = found.span()
        if start > done and not (text[start].isspace() or ord(text[start]) in FOLDS):
            start -= 1  # marks compose with the letter before them
        parts.append(_even(text[done:start], signs))
        starts += range(done, start)
        ends += range(done + 1, start + 1)
        folded = unicodedata.normalize("NFC", text[start:end]).translate(_FOLDS)
        folded = folded.replace("i\u0307", "i")  # İ in small letters, if they are not Turkish
        if folded.isspace():
            folded = " " if folded.count("\n") < 2 else "\n"
        parts.append(folded)
        starts += [start] * len(folded)
        ends += [end] * len(folded)
        done = end
    parts.append(_even(text[done:], signs))
    starts += range(done, len(text))
    ends += range(done + 1, len(text) + 1)
    return "".join(parts), (starts, ends)
