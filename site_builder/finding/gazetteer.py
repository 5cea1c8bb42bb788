"""Known names in running text, longest first.

A form is found as it is written but for typography: quotes, hyphens, white
space (line ends included), composed or decomposed letters, invisible marks and
the variants of Arabic letters may differ. Case counts: "Turkey" is not "turkey".
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from site_builder.finding.folding import (
    ANY,
    BETWEEN,
    MARKS,
    Folded,
    fold,
    has_unspaced,
    is_in_word,
    is_unspaced,
    mixed,
)

_WORD: Final = re.compile(rf"[\w{MARKS}]+")
_SIGNS: Final = string.punctuation.replace("_", "") + BETWEEN + "“”„‚‘«»‹›…–—·•§€£¡¿"
_LETTERS: Final = frozenset(string.ascii_letters + string.digits + "_")
_FEW: Final = 40  # words: to look for each is quicker then than to take the text apart
_ARABIC: Final = re.compile("[\u0600-\u06ff]")
_PREFIXES: Final = ("و", "ف", "ب", "ل", "ک", "وب", "ول", "وک", "فب", "فل", "فک")
_LEAST: Final = 3  # letters of a name behind a prefix: "ومصر"
# Before an apostrophe: "l'Iran" and "dell'Iraq" name a country, "O'Brien" no Brien.
_ELISION: Final = re.compile(r"(?:^|[^\w'])(?:[a-zà-ÿ]{1,5}|L|Qu)'$")


class Match(msgspec.Struct, frozen=True, gc=False):
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
            first = (mixed() if has_unspaced(folded) else _WORD).search(folded)
            if first is None:
                continue
            folded = folded[first.start() :]  # quotes around or before a form do not count
            self._forms.setdefault(folded, (id, form))
            word = folded[0] if is_unspaced(folded) else first[0]
            lengths.setdefault(word, set()).add(len(folded))
        self._lengths = {word: tuple(sorted(n, reverse=True)) for word, n in lengths.items()}
        self._led, self._small = _led(self._forms)
        self._first_words = self._lengths.keys() | self._led.keys()

    def find(self, text: str) -> list[Match]:
        """Every form in `text`, leftmost and longest, without overlaps, in order."""
        folded = Folded(text)
        if folded.places is None:
            return [Match(start, end, *found) for start, end, found in self._spans(folded)]
        starts, ends = folded.places
        return [Match(starts[start], ends[end - 1], *found)
                for start, end, found in self._spans(folded)]

    def find_in(
        self, texts: Sequence[str], whole: Folded | None = None
    ) -> list[tuple[int, Match]]:
        """As `find` in each of the texts: pairs of the text's number and a match in it.

        `whole` are the texts in one, if that is there already.
        """
        if whole is None:
            whole = Folded(BETWEEN.join(texts))
        found: list[tuple[int, Match]] = []
        number, begin, last = -1, 0, -1
        places = whole.places
        for start, end, known in self._spans(whole):
            if places is not None:
                start, end = places[0][start], places[1][end - 1]
            while start > last:
                number += 1
                begin = last + 1
                last = begin + len(texts[number])
            found.append((number, Match(start - begin, end - begin, *known)))
        return found

    def _spans(self, folded: Folded) -> list[tuple[int, int, tuple[str, str]]]:
        """Every form, with its id, and where it begins and ends in the folded text."""
        text, forms = folded.text, self._forms
        spans: list[tuple[int, int, tuple[str, str]]] = []
        done, size = 0, len(text)
        goes_on = _LETTERS if not folded.is_mixed else ()
        for start, lengths in self._beginnings(folded):
            if start < done:
                continue
            for length in lengths:
                end = start + length
                if end < size and text[end] in goes_on:
                    continue  # within a word: most are, and are not even looked up
                found = forms.get(text[start:end])
                if found and end <= size and _stands_alone(text, start, end):
                    spans.append((start, end, found))
                    done = end
                    break
        return spans

    def _beginnings(self, folded: Folded) -> list[tuple[int, tuple[int, ...]]]:
        """Where a form may begin, and the lengths of those that begin with the word there.

        Names begin with a capital or are not Latin; those that do not ("the Gambia", "bin
        Salman") are found by the first capital in them.
        """
        text, led, lengths = folded.text, self._led, self._lengths
        first_words = self._first_words
        if folded.is_mixed:
            return [(start, lengths[word]) for start, word in folded.words if word in lengths]
        begins = _begins if folded.is_plain else _begins_any
        found: list[tuple[int, tuple[int, ...]]] = []
        # The word's boundary is looked at afterwards: a pattern that begins with a set is
        # searched for several times faster.
        for start, word in folded.words:
            if word not in first_words:
                continue
            if word in led:
                for before, first in led[word]:
                    if text.endswith(before, 0, start) and begins(text, start - len(before)):
                        found.append((start - len(before), lengths[first]))
            own = lengths.get(word)
            if own and (text[start - 1 : start] == " " or begins(text, start)):
                found.append((start, own))
        if begins is _begins_any and _ARABIC.search(text):
            found += self._prefixed(folded)
            found.sort()
        if self._small:
            there = self._small.intersection(_parted(text)) if len(self._small) > _FEW \
                else {word for word in self._small if word in text}
            for word in there:
                found += [(m.start(), lengths[word]) for m in re.finditer(
                    rf"(?<![\w{MARKS}]){re.escape(word)}(?![\w{MARKS}])", text)]
            if there:
                found.sort()
        return found

    def _prefixed(self, folded: Folded) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Words behind the particles that Arabic writes together with them: "and Iran"."""
        for start, word in folded.words:
            if word[0] in "وفبلک" and word not in self._lengths and _begins_any(
                folded.text, start
            ):
                for prefix in _PREFIXES:
                    bare = word.removeprefix(prefix)
                    if bare != word and len(bare) >= _LEAST and bare in self._lengths:
                        yield start + len(prefix), self._lengths[bare]
                        break


def _led(
    forms: Iterable[str]
) -> tuple[dict[str, tuple[tuple[str, str], ...]], frozenset[str]]:
    """What stands before the first capital of a form that begins without, and its first word.

    And the first words of the forms that have no capital at all.
    """
    led: dict[str, dict[tuple[str, str], None]] = {}
    small: set[str] = set()
    for form in forms:
        if ANY.match(form):
            continue
        first = _WORD.match(form)
        assert first is not None
        capital = next((m for m in ANY.finditer(form) if _begins_any(form, m.start())), None)
        if capital is None:
            small.add(first[0])
        else:
            led.setdefault(capital[0], {})[form[: capital.start()], first[0]] = None
    # the longest first, so that what is found is in order
    ordered = {word: tuple(sorted(ways, key=lambda way: -len(way[0])))
               for word, ways in led.items()}
    return ordered, frozenset(small)


def _parted(text: str) -> list[str]:
    """The words of a text. To replace the signs that it has is several times faster than a
    pattern of words."""
    for sign in _SIGNS:
        if sign in text:
            text = text.replace(sign, " ")
    return text.split()


def _begins(text: str, start: int) -> bool:
    return not start or not (text[start - 1].isalnum() or text[start - 1] == "_")


def _begins_any(text: str, start: int) -> bool:
    return not start or not _WORD.match(text, start - 1)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the form between `start` and `end` begins and ends where words do."""
    if is_unspaced(text, start):
        return end == len(text) or not unicodedata.combining(text[end])
    if end < len(text) and (after := text[end]) != " ":
        if is_in_word(text, end):
            return False
        # "Iran's" and "Türkiye'nin" are the country's, "Cote d'Ivoire" is not a certain Cote d's.
        ending = text[end + 1 : end + 3] if after == "'" else ""
        if ending[:1].isupper() and (ending[0] != "S" or is_in_word(ending, 1)) and not (
            end - start > 2 and text[start:end].isupper() and ending.isupper()  # ERDOĞAN'IN
        ):
            return False
    if start > 1 and text[start - 1] == "'" and is_in_word(text, start - 2):
        return _ELISION.search(text[max(0, start - 8) : start]) is not None
    return True
