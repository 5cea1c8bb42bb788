"""Texts that are nearly the same, found by the sentences that they share."""

from __future__ import annotations

import re
from functools import lru_cache
from zlib import crc32

_MARKS = re.compile(r"\]\([^)\s]*\)|<[^>]*>|&#?\w+;|\{[%{<].*?[%}>]\}")
_SENTENCE = re.compile(r"(?<=[.!?…。؟])\s+|\n+")
_NOT_WORD = re.compile(r"[\W_]+")
LIKENESS = 0.85
MIN_LENGTH = 20
COMMON = 40
SHORT = 300


class Likenesses:
    """Remembers texts by the checksums of their sentences; each text has a name."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._lengths: list[int] = []
        self._holders: dict[int, list[int]] = {}

    def add(self, name: str, title: str, body: str) -> None:
        """Remember a text (Markdown or plain) and its headline."""
        sentences = fingerprint(title, body)
        place = len(self._names)
        self._names.append(name)
        self._lengths.append(sum(sentences.values()))
        for key in sentences:
            holders = self._holders.setdefault(key, [])
            if len(holders) < COMMON:  # what half the archive says tells nothing
                holders.append(place)

    def find(self, title: str, body: str) -> tuple[str, float]:
        """The name of the text that is most like this one, and how much of the two is shared.

        ("", 0.0) when none shares `LIKENESS` of the longer of the two.
        """
        sentences = fingerprint(title, body)
        length = sum(sentences.values())
        if not length:
            return "", 0.0
        shared: dict[int, int] = {}
        for key, size in sentences.items():
            for place in self._holders.get(key, ()):
                shared[place] = shared.get(place, 0) + size
        best = max(
            ((size / max(length, self._lengths[place]), -place) for place, size in shared.items()),
            default=(0.0, 0),
        )
        return (self._names[-best[1]], best[0]) if best[0] >= LIKENESS else ("", 0.0)


@lru_cache(maxsize=4)  # asked for once to compare and once to remember
def fingerprint(title: str, body: str) -> dict[int, int]:
    """Checksums of the sentences of a text, each with its length in letters.

    Case, punctuation and markup do not count, nor sentences of fewer than
    `MIN_LENGTH` letters, unless there are no others. The headline counts with a short
    text only: notes of one sentence may well say the same.
    """
    plain = _MARKS.sub(" ", body).casefold()
    found: dict[int, int] = {}
    short: dict[int, int] = {}
    for sentence in _SENTENCE.split(plain):
        words = _NOT_WORD.sub("", sentence)
        if words:
            (found if len(words) >= MIN_LENGTH else short)[crc32(words.encode())] = len(words)
    found = found or short
    if found and sum(found.values()) < SHORT:
        headline = crc32(_NOT_WORD.sub("", title.casefold()).encode())
        found = {key ^ headline: length for key, length in found.items()}
    return found
