"""The head of a phrase: the word that says what it is, and how far its name goes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec

from site_builder.finding.new_names import given_names
from site_builder.finding.statements.nouns import (
    ADVERBS,
    AGENT,
    DETERMINERS,
    DOCUMENTS,
    PREPOSITIONS,
    is_capital,
    kind_of,
)
from site_builder.finding.statements.spans import plain

_NO_NOUN: Final = frozenset(
    "i we you us we’ve we're we’re i’ve i'm i’m you’re you've "
    "don’t don't you’ve you're how what why whether is was are were "
    "be been".split())
_ENDS: Final = PREPOSITIONS.union(("who", "which", "that"))
_SOME: Final = frozenset(
    "part parts one some many most several all both two three each none few".split())
_BEHIND: Final = frozenset(
    "familiar close involved present aware responsible briefed working living based".split())
"""Adjectives that stand behind their noun."""

_WHEN: Final = frozenset("yesterday today earlier recently later online".split())
_DONE: Final = frozenset("taken made held given written seen done drawn sent shown".split())
_A: Final = frozenset("a A the The".split())
_OF_MANY: Final = frozenset(
    "number majority handful couple lot dozens hundreds thousands scores tens plenty minority "
    "pair trio total half".split())
_NONE: Final = frozenset("No no None none Nobody nobody Neither neither Nothing nothing".split())
_ABOUT: Final = frozenset("More Fewer Less At About Nearly Almost Around Over Up".split())
_NUMBERS: Final = frozenset(
    "than least to a one two three four five six seven eight nine ten dozen hundred thousand "
    "million half".split())
_RANKED: Final = frozenset("Prime Vice Deputy Foreign former then late".split())
_KEPT: Final = 4096
"""So many phrases are remembered: “the ministry” and “police said” come again and again."""


class Head(msgspec.Struct, frozen=True, gc=False):
    """What the words of a phrase say of it; all places are numbers of words.

    `start` is the first word but for determiners, `cut` the one behind the
    head, `until` the one behind all of its name (Bank of England), `size` the
    one behind the phrase. `word` is the head, `low` the same in lower case,
    `kind` that of `kind_of`. `definite` and `the` say how it begins, `agent`
    whether it may be somebody who does something. Where `person` is not
    negative, the words from there to `size` are somebody's name.
    """

    person: int
    size: int
    start: int = 0
    cut: int = 0
    until: int = 0
    word: str = ""
    low: str = ""
    kind: str = ""
    definite: bool = False
    the: bool = False
    agent: bool = False


@lru_cache(maxsize=_KEPT)
def head_of(words: tuple[str, ...]) -> Head | None:
    """The head of a phrase; None where it can be no speaker."""
    size = len(words)
    person = _behind_role(words)
    if person >= 0:
        return Head(person, size)
    if not _NO_NOUN.isdisjoint([word if word == "US" else word.lower() for word in words]):
        return None
    if size > 2 and words[1:3] == ("of", "them") and words[0].lower() in _SOME:
        return Head(-1, size, 0, 1, 3, words[0], words[0].lower(), "role", definite=True)
    if size > 3 and words[1] == "of" and words[0].lower() in _SOME and words[2] in DETERMINERS:
        head = head_of(words[2:])  # one of the women
        if words[0] in ("one", "One") and head is not None and head.kind == "role":
            # kept whole, for it is one, whom a pronoun may mean
            return msgspec.structs.replace(
                head, size=size, start=0, cut=head.cut + 2, until=head.until + 2)
        return head and msgspec.structs.replace(
            head, person=head.person + 2 if head.person >= 0 else -1, size=size,
            start=head.start + 2, cut=head.cut + 2, until=head.until + 2)
    if size > 2 and words[0] in _A and words[1] in _OF_MANY and words[2] == "of":
        begin = 3  # a number of senators
    elif size > 2 and words[0].lower() in _OF_MANY and words[1] == "of":
        begin = 2  # dozens of residents
    else:
        begin = 0
    if 0 < begin < size:
        head = head_of(words[begin:])
        return head and msgspec.structs.replace(
            head, person=head.person + begin if head.person >= 0 else -1, size=size,
            start=head.start + begin, cut=head.cut + begin, until=head.until + begin)
    if words[0] in _NONE:
        return None
    start = _counted(words)
    while start < size - 1 and (
            words[start] in DETERMINERS or words[start].endswith("-year-old")):
        start += 1
    if start and words[start] in PREPOSITIONS and words[start] != "of":
        return None  # both in the city
    cut = start + 1
    while cut < size and words[cut] not in _ENDS and words[cut : cut + 2] != ("such", "as") \
            and not (_is_doing(words[cut]) and kind_of(words[cut - 1].lower())):
        cut += 1  # as far as the name of whom a lawyer is representing
    if cut > start + 1 and words[cut - 1].endswith("ly") and words[cut - 1].islower() \
            and not kind_of(words[cut - 1]):
        return head_of(words[: cut - 1])  # researchers mostly from Iran
    if cut > start + 2 and words[cut - 1] in _WHEN:
        return head_of(words[: cut - 1])  # a paper published yesterday
    if cut > start + 1 and words[cut - 1] in _BEHIND and kind_of(words[cut - 2].lower()):
        cut -= 1  # people familiar with the matter
    word = words[cut - 1].rstrip(".")
    if 1 < cut < size:
        person = _behind_role(words[:cut])
        if person >= 0:
            return Head(person, cut)
    if cut > 2 and (word.endswith("ed") or word in _DONE) and word.islower():
        if kind_of(words[cut - 2].lower()):  # a survey published in May
            head = head_of(words[: cut - 1])
            if head is None or "by" not in words[cut : cut + 4]:
                return head
            return msgspec.structs.replace(head, size=size, until=_until(words, head.cut))
        place = cut - 1  # some of those whom the paper interviewed, or nothing of ours
        while place and words[place - 1][0].isupper():
            place -= 1
        return head_of(words[:place]) if 0 < place < cut - 1 else None
    until = _until(words, cut) if word[:1].isupper() or kind_of(word.lower()) else cut
    low = word.lower().removesuffix("’s").removesuffix("'s")
    the = words[0] in ("the", "The")
    return Head(
        -1, size, start, cut, until, word, low,
        "" if _is_surname(words, cut) else kind_of(low),
        the or (start == 0 and word == low), the,
        (start > 0 and words[0] not in ("no", "No", "this", "This")) or bool(AGENT.match(low)))


def _is_doing(word: str) -> bool:
    """Whether a word is like “representing”; “bring” is none."""
    return len(word) > 5 and word.endswith("ing") and word.islower()


def _counted(words: tuple[str, ...]) -> int:
    """How many words say how many there are: more than two million people."""
    if words[0] not in _ABOUT:
        return 0
    start = 1
    while start < len(words) - 1 and (words[start] in _NUMBERS or words[start][0].isdigit()):
        start += 1
    if start < len(words) - 1 and words[start] == "of":
        return start + 1  # more than 95% of
    return start if start > 1 and words[start - 1] not in ("than", "least", "to") else 0


def _behind_role(words: tuple[str, ...]) -> int:
    """Where the name begins in “UCL astronomer Angelos Tsiaras”, “his wife Mary”; or -1."""
    size = place = len(words)
    if _is_surname(words, size):
        place -= 1
    while place and is_capital(words[place - 1]) and words[place - 1] not in ADVERBS \
            and not kind_of(words[place - 1].lower()):
        place -= 1
    if place == size:
        return -1
    given = given_names()
    known = next((i for i in range(place, size - 1) if plain(words[i]) in given), None)
    if known and size - known <= 4 and (
            size - place > 4 or not place or not _is_caller(words[place - 1], size - place)):
        place = known
    elif not place or size - place > 4 or not _is_caller(words[place - 1], size - place) \
            or words[place].isupper():
        return -1
    first = place
    if first and kind_of(words[first - 1].lower()) == "role":
        first -= 2 if first > 1 and words[first - 2] in _RANKED else 1
    if first and (words[first - 1] in PREPOSITIONS or _is_doing(words[first - 1])):
        return -1  # a spokesman for her, the office of President Lane
    return place


def _is_caller(word: str, size: int) -> bool:
    """Whether a word says what somebody is whose name of so many words follows: a forecaster."""
    kind = kind_of(word.lower())
    return kind == "role" or (
        size > 1 and not kind and word.islower() and word not in ADVERBS
        and word not in PREPOSITIONS and AGENT.fullmatch(word) is not None)


def _is_surname(words: Sequence[str], size: int) -> bool:
    """Whether the last word is a surname, though it is a role’s word too: John Major."""
    return size > 1 and words[size - 1].istitle() and words[size - 2].istitle() \
        and kind_of(words[size - 1].lower()) == "role" and plain(words[size - 2]) in given_names()


def _until(words: tuple[str, ...], cut: int) -> int:
    """Where a name ends of which the words before `cut` are the head: Bank of England."""
    size, until = len(words), cut
    if words[cut - 1].lower() in DOCUMENTS and "by" in words[cut : cut + 4]:
        author = words.index("by", cut) + 1  # a survey published in May by the Harbour Board
        while author < size and words[author] in DETERMINERS:
            author += 1
        end = author
        while end < size and (words[end][0].isupper() or kind_of(words[end]) or (
                words[end] == "and" and end + 1 < size and words[end + 1][0].isupper())):
            end += 1
        if end > author:
            return _until(words, end)
    while until + 1 < size and words[until] in ("of", "for", "at", "from"):
        after = until + 1
        while after < size and (words[after][0].isupper() or words[after] in ("the", "and", "&")):
            after += 1
        if words[after - 1].endswith(("’s", "'s")) and after < size and kind_of(words[after]):
            after += 1  # a statement from Lane’s office
        elif after < size and words[after - 1][0].isupper() and words[after].islower() \
                and kind_of(words[after]) == "organisation":
            after += 1  # the head of the Lane bloc
        if after == until + 1 or words[after - 1] in ("the", "and"):
            break
        until = after
    if until + 1 < size and words[until] == "of" and words[until + 1].islower():
        after = until + 1  # an assembly of several ministers
        while after < size and words[after] not in _ENDS and words[after] != "and" \
                and not words[after].endswith(("ed", "ing")):
            after += 1
        if after - until < 5 and kind_of(words[after - 1].lower()) == "role":
            until = after
    return until
