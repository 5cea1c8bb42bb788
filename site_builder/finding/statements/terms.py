"""Quoted words that are no statement: terms, titles of works, names."""

from __future__ import annotations

import re
from typing import Final

from site_builder.finding.statements.quotes import LEAST_WORDS, Quote

_SMALL: Final = frozenset(
    "a an and as at but by for from in into is it nor of off on or so than that the to up via with "
    "yet are all us vs".split())
"""Words that titles write small."""
_FIRST: Final = re.compile(r"\b(?:I|I[’']m|we|my|our|me|us|My|Our|We)\b")


def is_term(text: str, quote: Quote) -> bool:
    """Whether quoted words are a title, or a piece of a sentence that nobody is said to say."""
    words = text[quote.start : quote.end].split()
    if not words[0][:1].isupper() or text[quote.end - 1] not in ".,!?…":
        return True
    long = [word for word in words if len(word) > 3]
    return bool(long) and all(word[0].isupper() for word in long)


def is_title(text: str, quote: Quote) -> bool:
    """Whether quoted words are the title of a work, or a name: capitals, and no mark at the end."""
    if text[quote.end - 1] in ",.!?…—":
        return False
    words = text[quote.start : quote.end].split()
    return words[0][0].isupper() and all(
        word[0].isupper() or word in _SMALL for word in words)


def is_clause(text: str, quote: Quote) -> bool:
    """Whether quoted words are more than a term: five or more, most of them small."""
    words = text[quote.start : quote.end].split()
    return len(words) > LEAST_WORDS and 2 * sum(word[0].islower() for word in words) > len(words)


def is_speech(text: str, quote: Quote) -> bool:
    """Whether quoted words are somebody's speech by themselves: I, we; or more than a sentence."""
    return text[quote.end - 1] in ".,!?…]" or is_mine(text, quote)


def is_mine(text: str, quote: Quote) -> bool:
    """Whether whoever is quoted speaks of himself: I, we."""
    return _FIRST.search(text, quote.start, quote.end) is not None


