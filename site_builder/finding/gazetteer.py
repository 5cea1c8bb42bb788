"""Known names in running text, longest first.

A form is found as it is written but for typography: quotes, hyphens, white
space (line ends included), composed or decomposed letters, invisible marks and
the variants of Arabic letters may differ. Case counts: "Turkey" is not "turkey".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, NamedTuple

from site_builder.finding.spelling import FOLDS

# The scripts of South Asia write vowels as marks, which are no word characters to `re`. Danda
# (U+0964, U+0965) ends a sentence there.
_MARKS: Final = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u0610-\u061a\u0653-\u065f"
    r"\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff"
)
_WORD: Final = re.compile(rf"[\w{_MARKS}]+")
# Scripts without space between words: a form in them may begin and end anywhere.
_NO_SPACE: Final = "\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_UNSPACED: Final = re.compile(f"[{_NO_SPACE}]")
_CHAR: Final = re.compile(rf"(?![{_NO_SPACE}])[\w{_MARKS}]")
_MIXED: Final = re.compile(rf"[{_NO_SPACE}]|(?:{_CHAR.pattern})+")
# Before an apostrophe: "l'Iran" and "dell'Iraq" name a country, "O'Brien" no Brien.
_ELISION: Final = re.compile(r"(?:^|[^\w'])(?:[a-zà-ÿ]{1,5}|L|Qu)'$")
# White space other than the space itself (White_Space in Unicode's PropList).
_SPACES: Final = (
    "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
    + "".join(map(chr, range(0x2000, 0x200B)))
)
_EVEN: Final = {chr(code): to for code, to in FOLDS.items() if to} | dict.fromkeys(_SPACES, " ")
_TYPE: Final = re.compile(f"[{''.join(map(re.escape, _EVEN))}]")
_DROPPED: Final = "".join(chr(code) for code, to in FOLDS.items() if to is None)
_COMBINING: Final = "\u0300-\u036f\u0653-\u0655\u3099\u309a\u1100-\u11ff"  # and parts of Hangul
_RARE: Final = re.compile(f"[{_COMBINING}{_DROPPED}]")
# What is not as long when folded: runs of space, dropped marks, decomposed letters and Hangul.
_UNEVEN: Final = re.compile(rf"[{_COMBINING}]+|[{_DROPPED}][\s{_DROPPED}]*|\s[\s{_DROPPED}]+")
_Places = tuple[list[int], list[int]] | None


class Match(NamedTuple):
    """Where a form stands in the text (characters, end excluded), whose it is, and the form."""

    start: int
    end: int
    id: str
    form: str


class Gazetteer:
    """Finds many names at once. `entries` are pairs of form and id; a form's first entry wins.

    The cost is that of the text, hardly that of the number of names.
    """

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self._forms: dict[str, tuple[str, str]] = {}
        # For each first word, the lengths of the forms that begin with it, longest first.
        lengths: dict[str, set[int]] = {}
        for form, id in entries:
            folded = fold(form)
            first = _MIXED.search(folded) if _UNSPACED.search(folded) else _WORD.search(folded)
            if first is None:
                continue
            folded = folded[first.start() :]  # quotes around or before a form do not count
            self._forms.setdefault(folded, (id, form))
            word = folded[0] if _UNSPACED.match(folded) else first[0]
            lengths.setdefault(word, set()).add(len(folded))
        self._lengths = {word: tuple(sorted(n, reverse=True)) for word, n in lengths.items()}
        self._word, self._ascii_word = _beginnings(lengths)

    def find(self, text: str) -> list[Match]:
        """Every form in `text`, leftmost and longest, without overlaps, in order."""
        folded, places = _fold(text)
        matches: list[Match] = []
        done = 0
        if folded.isascii():
            pattern = self._ascii_word
        else:
            pattern = _MIXED if _UNSPACED.search(folded) else self._word
        for word in pattern.finditer(folded):
            lengths = self._lengths.get(word[0])
            if lengths is None:
                continue
            start = word.start()
            if start < done:
                continue
            for length in lengths:
                end = start + length
                found = self._forms.get(folded[start:end]) if end <= len(folded) else None
                if found and _stands_alone(folded, start, end):
                    first, last = start, end
                    if places:
                        first, last = places[0][start], places[1][end - 1]
                    matches.append(Match(first, last, *found))
                    done = end
                    break
        return matches


def _beginnings(words: Iterable[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds every word that one of `words` may be, and passes over most others.

    The second pattern is the first one's quicker equal for ASCII.

    Names begin with a capital or are not Latin: the few that do not ("bin", "von") are
    looked for by name. Where they are many every word is looked at.
    """
    lower = sorted({word for word in words if "a" <= word[0] <= "z"})
    if len(lower) > 200:
        return _WORD, _WORD
    rest = f"|(?:{'|'.join(map(re.escape, lower))})" if lower else ""
    end = rf"(?![\w{_MARKS}])" if lower else ""
    return (
        re.compile(rf"(?<![\w{_MARKS}])(?:[^\Wa-z][\w{_MARKS}]*{rest}{end})"),
        re.compile(rf"\b(?:[A-Z0-9_]\w*{rest}\b)" if lower else r"\b[A-Z0-9_]\w*", re.ASCII),
    )


def fold(form: str) -> str:
    """A form as the gazetteer compares it: with its typography evened out."""
    return _fold(form)[0].strip()


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the form between `start` and `end` begins and ends where words do."""
    if _UNSPACED.match(text, start):
        return end == len(text) or not unicodedata.combining(text[end])
    if end < len(text):
        if _CHAR.match(text, end):
            return False
        # "Iran's" and "Türkiye'nin" are the country's, "Cote d'Ivoire" is not a certain Cote d's.
        ending = text[end + 1 : end + 3] if text[end] == "'" else ""
        if ending[:1].isupper() and (ending[0] != "S" or _CHAR.match(ending, 1)):
            return False
    if start > 1 and text[start - 1] == "'" and _CHAR.match(text, start - 2):
        return _ELISION.search(text[max(0, start - 8) : start]) is not None
    return True


def _fold(text: str) -> tuple[str, _Places]:
    """The text with its typography folded, and for each place in it where that is in `text`.

    `None` for places where they are the same.
    """
    # Searching for each is several times faster than for a pattern of them all. An empty line
    # ends a paragraph, and no name goes on in the next.
    if not any(run in text for run in ("  ", " \n", "\n ", "\t")) and (
            text.isascii() or not _RARE.search(text)):
        return _even(text), None
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for found in _UNEVEN.finditer(text):
        start, end = found.span()
        if start > done and not (text[start].isspace() or ord(text[start]) in FOLDS):
            start -= 1  # marks compose with the letter before them
        parts.append(_even(text[done:start]))
        starts += range(done, start)
        ends += range(done + 1, start + 1)
        folded = unicodedata.normalize("NFC", text[start:end]).translate(FOLDS)
        if folded.isspace():
            folded = " " if folded.count("\n") < 2 else "\n"
        parts.append(folded)
        starts += [start] * len(folded)
        ends += [end] * len(folded)
        done = end
    parts.append(_even(text[done:]))
    starts += range(done, len(text))
    ends += range(done + 1, len(text) + 1)
    return "".join(parts), (starts, ends)


def _even(text: str) -> str:
    """The text with one character for one."""
    return _TYPE.sub(lambda found: _EVEN[found[0]], text)
