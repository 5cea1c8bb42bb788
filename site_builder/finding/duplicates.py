"""Names that may be one person: transliteration, misspelling, and initials.

Only a suspicion: an editor decides, by adding an alias or by leaving it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Final

from site_builder.finding.romanising import romanise
from site_builder.finding.spelling import name_key

HINT: Final = 0.6
"""The score of a pair that nothing but missing middle names tells apart."""

_GIVEN: Final[dict[str, str]] = {
    variant: names.split()[0]
    for names in (
        "mohammad mohammed muhammad mohamed mohamad muhammed mohamud muhamad mehmed mohd md",
        "hossein hussein husayn hosein husein hussain husain hossain houssein hoseyn",
        "hassan hasan hasson",
        "ahmad ahmed ahmet",
        "mahmud mahmoud mahmood mahmut",
        "ebrahim ibrahim ebraheem ibraheem",
        "qasem qassem qasim kassem kasim ghasem kazim",
        "yusuf yousef youssef yousuf yousif yusef yosef",
        "omar umar omer",
        "osama usama oussama",
        "said saeed saeid sayeed saied",
        "khaled khalid",
        "javad jawad jawaad",
        "mehdi mahdi",
        "mostafa mustafa mustapha mostapha moustafa",
        "esmail ismail ismael esmaeil ismaeel isma'il esma'il",
        "musa moussa mousa moosa",
        "soleiman suleiman sulaiman soleyman suleyman solaiman",
        "abdullah abdollah abdallah abdulla",
        "sayyid sayyed seyyed seyed sayed syed seyid sayid seyyid saiyid",
        "abdul abdel abdol abdal abd",
        "jamal gamal jamel djamel",
        "fatima fatemeh fatimah fatma",
        "zahra zehra",
        "rahman rehman",
        "aleksandr alexander aleksander alexandr oleksandr",
        "sergei sergey serge",
        "dmitri dmitry dimitri dmitrii dmitriy",
        "yuri yury iuri",
        "haj hajj hadj haji hajji",
    )
    for variant in names.split()
}
"""Spellings of given names whose vowels vary beyond rule, by one of them (own compilation)."""

_OPTIONAL: Final = frozenset({"sayyid", "haj"})
_ARTICLES: Final = frozenset({"al", "el", "as", "ash", "ar", "ad", "an", "at", "az", "ul", "ol"})
_SURE_ARTICLES: Final = frozenset({"al", "el", "ul", "ol"})

_RULES: Final = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        ("kh", "x"), ("gh|q", "g"), ("sch", "sh"), ("tch", "ch"), ("ph", "f"), ("dh", "d"),
        ("dj", "j"), ("ck", "k"), ("c(?=[eiy])", "s"), ("c(?!h)", "k"), ("w", "v"),
        ("ou|oo|ow(?=[^aeiou])|oe", "u"), ("ie$", "iE"), ("ee|ie", "i"), ("ae", "a"), ("ue", "u"),
        ("(?<=[aeou])[yj](?![aeiou])", "i"), ("(?<=[^aeiou])y(?![aeiou])", "i"), ("iy|yi", "i"),
        ("h(?![aeiouy])", ""), ("(?<=[bcdfgjklmnpqrvxz])h", ""),
        (r"(.)\1+", r"\1"), ("ei", "i"), ("e", "i"), ("o", "u"), (r"(.)\1+", r"\1"),
    )
)
"""What transliteration and spelling vary, in order. x stands for kh, g for q and gh."""

_VOWELS: Final = frozenset("aiuyoE")


def loose_key(name: str) -> str:
    """A key that spellings of one name tend to share: for suspicions, never for identity.

    Diacritics go, Arabic, Persian, Cyrillic and Greek letters are romanised,
    variants of transliteration and doubled letters are folded, articles
    dropped: "Mohammad Shia Al Sudani" and "Mohammed Shia al-Sudani" share
    theirs. Other scripts stay as they are.
    """
    return " ".join(_tokens(name))


def near_duplicates(
    names: Sequence[str], *, at_least: float = HINT
) -> list[tuple[str, str, float]]:
    """Pairs of names that are probably one person, with a score up to 1.

    0.75 and more: the same but for transliteration, one misspelt word, word
    order or division. `HINT`: one has middle names that the other lacks. Names
    with the same `name_key` are one name and no pair. The order is by score,
    then by the names, and does not depend on the order given.
    """
    by_key: dict[str, str] = {}
    for name in sorted(set(names)):
        by_key.setdefault(name_key(name), name)
    parsed = {name: tuple(_tokens(name)) for name in by_key.values()}
    found: dict[tuple[str, str], float] = {}
    for first, second, basis in _candidates(parsed, by_key):
        pair = (first, second) if first < second else (second, first)
        score = basis if basis == HINT else round(basis + 0.1 * _ratio(*pair), 3)
        if score >= at_least and score > found.get(pair, 0):
            found[pair] = score
    return sorted(((a, b, s) for (a, b), s in found.items()), key=lambda p: (-p[2], p[0], p[1]))


def _ratio(first: str, second: str) -> float:
    from rapidfuzz import fuzz

    return fuzz.ratio(name_key(first), name_key(second)) / 100


def _candidates(
    parsed: dict[str, tuple[str, ...]], by_key: dict[str, str]
) -> Iterator[tuple[str, str, float]]:
    """Pairs that share a key made so that only likely pairs share one; no pair is compared twice
    for nothing, and the work grows with the names, not with their square."""
    same: dict[object, list[str]] = defaultdict(list)
    joined: dict[str, list[str]] = defaultdict(list)
    near: dict[object, list[str]] = defaultdict(list)
    ends: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, name in by_key.items():
        tokens = tuple(t for t in parsed[name] if t not in _OPTIONAL) or parsed[name]
        same[tuple(sorted(tokens))].append(name)
        whole = re.sub(r"[\W_]", "", key)
        if len(whole) > 5:
            joined[whole].append(name)
        if len(tokens) < 2:
            continue
        ends[tokens[0], tokens[-1]].append(name)
        for place, token in enumerate(tokens):
            if len(token) < 5:
                continue
            rest = (*tokens[:place], None, *tokens[place + 1 :])
            # Two words one edit apart share a form with one letter deleted, or one is that form.
            for form in {token, *(token[:i] + token[i + 1 :] for i in range(1, len(token)))}:
                near[rest, form].append(name)
    for group in same.values():
        for a, b in combinations(group, 2):
            yield a, b, 0.9 if parsed[a] == parsed[b] else 0.8
    for group in joined.values():
        for a, b in combinations(group, 2):
            yield a, b, 0.85
    for group in near.values():
        for a, b in combinations(group, 2):
            if _is_misspelling(parsed[a], parsed[b]):
                yield a, b, 0.75
    for group in ends.values():
        yield from _hints(group, parsed)


def _hints(
    group: list[str], parsed: dict[str, tuple[str, ...]]
) -> Iterator[tuple[str, str, float]]:
    """A bare name beside the only fuller form of it; where two fuller forms differ, who knows."""
    bare = [n for n in group if len(parsed[n]) == 2]
    full = [n for n in group if len(parsed[n]) > 2]
    if bare and full and len({parsed[n] for n in full}) == 1:
        for a in bare:
            for b in full:
                yield a, b, HINT


def _is_misspelling(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether two names differ by one letter in one word, and not in the way that two names do."""
    a_words = [t for t in first if t not in _OPTIONAL]
    b_words = [t for t in second if t not in _OPTIONAL]
    if len(a_words) != len(b_words):
        return False
    pairs = [(a, b) for a, b in zip(a_words, b_words, strict=True) if a != b]
    if len(pairs) != 1:
        return False
    a, b = sorted(pairs[0], key=len)
    from rapidfuzz.distance import OSA

    if OSA.distance(a, b) > 1:
        return False
    if len(a) < len(b):
        # Paul and Paula, Martin and Martina are two people.
        return not (b.startswith(a) and b[-1] in _VOWELS)
    place = next(i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y)
    # Khamenei and Khomeini, Maria and Mario: vowels that still differ after folding tell apart.
    return not (a[place] in _VOWELS and b[place] in _VOWELS)


def _tokens(name: str) -> list[str]:
    words = re.split(r"[\s\-.,،]+", name_key(name))
    tokens = [word for word in words if word]
    kept = [
        word
        for place, word in enumerate(tokens)
        # Only "al" and its like are articles when they stand alone in any case; "An" and "As" are
        # names too, and count as articles within a hyphenated name only.
        if not (place and word in _SURE_ARTICLES)
        and not (word in _ARTICLES and place + 1 < len(tokens) and f"{word}-" in name_key(name))
    ]
    return [token for word in kept or tokens if (token := _fold(word))]


@lru_cache(maxsize=100_000)
def _fold(word: str) -> str:
    """One word of a `name_key`, folded; `word` itself where nothing would be left of it."""
    word = romanise(word)
    word = word.replace("'", "") or word
    if not word.isascii():
        return word
    folded = _GIVEN.get(word, word)
    if folded in _OPTIONAL:
        return folded
    for pattern, by in _RULES:
        folded = pattern.sub(by, folded)
    return folded or word
