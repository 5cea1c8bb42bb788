"""Known names in running text, longest first.

A form is found as it is written but for typography: quotes, hyphens, white
space (line ends included), composed or decomposed letters, invisible marks and
the variants of Arabic letters may differ. Case counts: "Turkey" is not "turkey".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
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
_ASCII_TYPE: Final = "".join(sorted(sign for sign in _EVEN if sign.isascii()))
_TYPE: Final = re.compile(f"[{''.join(map(re.escape, _EVEN))}]")
_DROPPED: Final = "".join(chr(code) for code, to in FOLDS.items() if to is None)
_COMBINING: Final = "\u0300-\u036f\u0653-\u0655\u3099\u309a\u1100-\u11ff"  # and parts of Hangul
_RARE: Final = re.compile(f"[{_COMBINING}{_DROPPED}]")
# What is not as long when folded: runs of space, dropped marks, decomposed letters and Hangul.
_UNEVEN: Final = re.compile(rf"[{_COMBINING}]+|[{_DROPPED}][\s{_DROPPED}]*|\s[\s{_DROPPED}]+")
_CAPITAL: Final = re.compile(r"[A-Z0-9_]\w*", re.ASCII)
# Punctuation that is no part of any word, in a text that may have no other sign beyond ASCII.
_PUNCTUATION: Final = frozenset("“”„«»…•·§¶€£°©®™×")
_ASCII: Final = bytes(range(128))
_ANY: Final = re.compile(rf"[^\Wa-z][\w{_MARKS}]*")
_BETWEEN: Final = "\0"
"""Stands between texts that are searched as one: no form holds it."""
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
        self._led, self._small = _led(self._forms)

    def find(self, text: str) -> list[Match]:
        """Every form in `text`, leftmost and longest, without overlaps, in order."""
        folded, places = _fold(text)
        matches: list[Match] = []
        done = 0
        for start, word in self._first_words(folded):
            lengths = self._lengths.get(word)
            if lengths is None or start < done:
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

    def find_in(self, texts: Sequence[str]) -> list[tuple[int, Match]]:
        """As `find` in each of the texts: pairs of the text's number and a match in it."""
        whole = _BETWEEN.join(texts)
        if not _is_even(whole):
            return [(number, match) for number, text in enumerate(texts)
                    for match in self.find(text)]
        found: list[tuple[int, Match]] = []
        number, begin, end = -1, 0, -1
        for match in self.find(whole):
            while match.start > end:
                number += 1
                begin = end + 1
                end = begin + len(texts[number])
            found.append((number, Match(match.start - begin, match.end - begin, *match[2:])))
        return found

    def _first_words(self, folded: str) -> list[tuple[int, str]]:
        """Where a form may begin: the first words that are worth a look, and their places.

        Names begin with a capital or are not Latin; those that do not ("the Gambia", "bin
        Salman") are found by the first capital in them.
        """
        plain = folded
        if not folded.isascii():
            beyond = set(_beyond(folded))
            for sign in beyond & _PUNCTUATION:
                plain = plain.replace(sign, '"')
            if any(_UNSPACED.match(sign) for sign in beyond - _PUNCTUATION):
                return [(word.start(), word[0]) for word in _MIXED.finditer(folded)]
        pattern, begins = (_CAPITAL, _begins) if plain.isascii() else (_ANY, _begins_any)
        lengths, led = self._lengths, self._led
        found: list[tuple[int, str]] = []
        # The word's boundary is looked at afterwards: a pattern that begins with a set is
        # searched for several times faster.
        for match in pattern.finditer(plain):
            word = match[0]
            if word in led:
                start = match.start()
                for before, first in led[word]:
                    if plain.endswith(before, 0, start) and begins(plain, start - len(before)):
                        found.append((start - len(before), first))
            if word in lengths and begins(plain, match.start()):
                found.append((match.start(), word))
        if self._small:
            found += [(m.start(), m[0]) for m in self._small.finditer(plain)]
            found.sort()
        return found


def _led(
    forms: Iterable[str]
) -> tuple[dict[str, tuple[tuple[str, str], ...]], re.Pattern[str] | None]:
    """What stands before the first capital of a form that begins small, and its first word.

    The pattern is for the forms that have no capital at all.
    """
    led: dict[str, dict[tuple[str, str], None]] = {}
    small: set[str] = set()
    for form in forms:
        if not "a" <= form[0] <= "z":
            continue
        first = _WORD.match(form)
        assert first is not None
        capital = next((m for m in _ANY.finditer(form) if _begins_any(form, m.start())), None)
        if capital is None:
            small.add(first[0])
        else:
            led.setdefault(capital[0], {})[form[: capital.start()], first[0]] = None
    # the longest first, so that what is found is in order
    ordered = {word: tuple(sorted(ways, key=lambda way: -len(way[0])))
               for word, ways in led.items()}
    if not small:
        return ordered, None
    rest = "|".join(map(re.escape, sorted(small)))
    return ordered, re.compile(rf"(?<![\w{_MARKS}])(?:{rest})(?![\w{_MARKS}])")


def _begins(text: str, start: int) -> bool:
    return not start or not (text[start - 1].isalnum() or text[start - 1] == "_")


def _begins_any(text: str, start: int) -> bool:
    return not start or not _WORD.match(text, start - 1)


def _beyond(text: str) -> str:
    """The characters of a text that are not ASCII."""
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode(
        "utf-8", "surrogatepass")


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
    # An empty line ends a paragraph, and no name goes on in the next.
    if _is_even(text):
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


def _is_even(text: str) -> bool:
    """Whether the text is as long when folded."""
    # searching for each is several times faster than for a pattern of them all
    if "\t" in text or "  " in text or ("\n" in text and (" \n" in text or "\n " in text)):
        return False
    return text.isascii() or not _RARE.search(_beyond(text))


def _even(text: str) -> str:
    """The text with one character for one."""
    # replacing the few signs that there are is several times faster than looking for all
    if any(sign in text for sign in _ASCII_TYPE):
        return _TYPE.sub(lambda found: _EVEN[found[0]], text)
    if not text.isascii():
        for sign in set(_beyond(text)) & _EVEN.keys():
            text = text.replace(sign, _EVEN[sign])
    return text
