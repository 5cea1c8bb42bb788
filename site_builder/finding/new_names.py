"""People whom a text names and no record has: proposals, with their evidence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Final

import msgspec

from site_builder.finding.folding import BETWEEN, Folded, beginnings
from site_builder.finding.signs import (
    ENOUGH,
    WEIGHTS,
    given_names,
    is_given,
    signs,
    trimmed,
    weight,
)
from site_builder.model import Mention, Passage

_UPPER: Final = "[A-ZÀ-ÖØ-ÞŁŚŠŽČĐŞİ]"
_REST: Final = r"[\w’'ʿ]*\w(?:-[\w’'ʿ]+)*"
_CAP: Final = _UPPER + _REST
_INITIAL: Final = r"[A-Z]\.(?:[A-Z]\.)*"
_PARTICLE: Final = (
    r"(?:al|el|bin|ibn|bint|van|von|de|del|della|der|den|la|da|dos|das|di|du|ten|ter|le|y|e|zu|af)"
)
_NAME: Final = re.compile(
    # what must not stand before it is looked at afterwards: a pattern that begins with a set is
    # searched for several times faster
    rf"{_UPPER}(?:{_REST}|(?<=[A-Z])\.(?:[A-Z]\.)*)(?:[ \u00a0](?:{_INITIAL}|[“\"‘]{_CAP}[”\"’]"
    rf"|(?:{_PARTICLE}[ \u00a0]){{1,3}}{_CAP}|(?:al|el|as|ash|an|ad)-{_CAP}|{_CAP})){{1,7}}"
)
_LISTED: Final = re.compile(r" ?,? (?:and |& |or )?| ?,? as well as ")
_IN_NAME: Final = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Oo]f|[Ff]or|[Ii]n|[Tt]h(?:is|at|ese|ose))[ \u00a0]$|[A-Z][\w.]*[- ]$")
_ARTICLES: Final = ("al-", "el-", "Al-", "El-")
_FARTHEST: Final = len(" della della della ad-") + 1
_OPENS: Final = frozenset("“\"‘")
_GOES_ON: Final = frozenset("\u00a0.’'-ʿ")
_PARTICLES_BEGIN: Final = frozenset("abdefiltvyz")
_PARTICLE_FIRST: Final = re.compile(rf"(?i:{_PARTICLE})[ \u00a0]")
_PARTICLE_NEXT: Final = re.compile(rf"{_PARTICLE}[ \u00a0]|(?:al|el|as|ash|an|ad)-")


__all__ = ["Name", "given_names", "new_names"]


class Name(msgspec.Struct, frozen=True, array_like=True):
    """A person without a record: the fullest form, where it and the surname stand.

    `spans` are (passage, start, end), in order; `confidence` runs from 0 to 1,
    `evidence` says in a few words where it comes from.
    """

    form: str
    spans: tuple[tuple[int, int, int], ...]
    confidence: float
    evidence: str


def new_names(
    passages: Sequence[Passage], mentions: Iterable[Mention], lang: str = "en",
    whole: Folded | None = None,
) -> tuple[Name, ...]:
    """The people whom the passages name and `mentions` does not know, in order of appearance.

    For texts in Latin letters; others give none. `whole` are the passages in one text, if that
    is there already.
    """
    known: dict[int, list[tuple[int, int]]] = {}
    people: set[tuple[int, int, int]] = set()
    families: set[str] = set()  # surnames of people with records: alone they are not a stranger's
    for mention in mentions:
        known.setdefault(mention.passage, []).append((mention.start, mention.end))
        if mention.kind == "person":
            people.add((mention.passage, mention.start, mention.end))
            families.add(mention.form.rpartition(" ")[2])
    found: dict[str, list[tuple[int, int, int]]] = {}
    evidence: dict[str, dict[str, float]] = {}
    things: set[str] = set()  # "the Perth Glory"
    whole = whole or Folded(BETWEEN.join([passage.text for passage in passages]))
    for number, begin, stop in _names(passages, whole):
        passage = passages[number]
        if passage.kind == "h":
            continue
        taken = known.get(number, ())
        if taken and any(a <= begin and stop <= b for a, b in taken):
            continue
        span = trimmed(passage.text, begin, stop)
        if span is None or ((taken or passage.skips) and any(
            a < span.end and span.start < b for a, b in (*taken, *passage.skips)
        )):
            continue
        form = passage.text[span.start : span.end]
        if span.articled:
            things.add(form)
            continue
        seen = signs(passage.text, span)
        if seen is not None:
            found.setdefault(form, []).append((number, span.start, span.end))
            evidence.setdefault(form, {}).update(seen)
    for form in things & found.keys():
        if evidence[form].keys().isdisjoint(("a given name", "a title before it")):
            del found[form], evidence[form]
    again = _tails(found, evidence)
    bare: dict[str, list[tuple[int, int, int]]] = {}
    bearers = Counter([form.split()[-1] for form in found])
    surnames = _Surnames(passages, whole.raw, found, known)
    for form, spans in found.items():
        surname = form.split()[-1]
        alone = surname not in families and len(surname) > 2 and bearers[surname] == 1
        bare[form] = surnames.bare(surname) if alone else []
        for middle in form.split()[1:-1]:
            if len(middle) > 3 and middle not in families and _is_middle_surname(middle, found):
                bare[form] += surnames.bare(middle)  # Laura Stone Moor: Stone
        if any(_is_surname(passages[number].text, *span) for number, *span in bare[form]) and \
                not surnames.is_word(surname.lower()):
            _add(evidence[form], "the surname comes back alone")
        bare[form] += again.get(form, ())
        if len(spans) > 1:
            _add(evidence[form], "the name comes back")
    _add_neighbours(passages, found, evidence, people)
    return tuple(sorted(
        (Name(form, tuple(sorted({*found[form], *bare[form]})), round(weight(signs_), 2),
              ", ".join(sorted(signs_, key=lambda sign: -signs_[sign])))
         for form, signs_ in evidence.items() if weight(signs_) >= ENOUGH),
        key=lambda name: name.spans[0]))


def _tails(
    found: dict[str, list[tuple[int, int, int]]], evidence: dict[str, dict[str, float]]
) -> dict[str, list[tuple[int, int, int]]]:
    """Where somebody is named by the end of his name, from a particle on: Von der Heyde, Al Ketbi.

    These forms are taken out of `found`, and what speaks for them speaks for the whole name.
    """
    again: dict[str, list[tuple[int, int, int]]] = {}
    for form in [form for form in found if _PARTICLE_FIRST.match(form)]:
        tails = f" {form}", f" {form[0].lower()}{form[1:]}"
        whole = [other for other in found if other.endswith(tails)]
        if len(whole) == 1:
            again.setdefault(whole[0], []).extend(found.pop(form))
            evidence[whole[0]].update(evidence.pop(form))
    return again


def _add(evidence: dict[str, float], sign: str) -> None:
    evidence[sign] = WEIGHTS[sign]


def _add_neighbours(
    passages: Sequence[Passage], found: dict[str, list[tuple[int, int, int]]],
    evidence: dict[str, dict[str, float]], people: set[tuple[int, int, int]],
) -> None:
    """In a list of names ("A, B and C") one that is known speaks for those beside it."""
    if all(weight(signs_) >= ENOUGH for signs_ in evidence.values()):
        return
    places = sorted((*((span, form) for form, spans in found.items() for span in spans),
                     *((span, "") for span in people)))
    pairs = [
        (one, two) for ((number, _, end), one), ((other, start, _), two) in pairwise(places)
        if number == other and _LISTED.fullmatch(passages[number].text, end, start)]
    for one, two in (*pairs, *((two, one) for one, two in reversed(pairs))):
        if two and weight(evidence[two]) < ENOUGH and (
                not one or weight(evidence[one]) >= ENOUGH):
            _add(evidence[two], "another name beside it")


def _is_surname(text: str, start: int, end: int) -> bool:
    """Whether a word stands alone as a name does: not after an article, not in a longer name."""
    before, after = text[max(0, start - 20) : start], text[end : end + 2]
    return not (
        _IN_NAME.search(before) or (after[:1] == " " and after[1:].isupper())
        or after[:1] == "-")


def _names(
    passages: Sequence[Passage], whole: Folded
) -> Iterator[tuple[int, int, int]]:
    """What may be a name: the passage's number, and where it begins and ends there."""
    text = whole.raw
    words = whole.words if whole.places is None else beginnings(text)
    number, begin, last, done = -1, 0, -1, 0
    # the pattern is slow to fail: look for the next word and at the signs between the two first
    for (start, word), (following, _) in pairwise(words):
        end = start + len(word)
        if following - end > _FARTHEST or start < done or not _may_begin(text, start, end):
            continue
        match = _NAME.match(text, start)
        if match:
            done = match.end()
            while start > last:
                number += 1
                begin = last + 1
                last = begin + len(passages[number].text)
            yield number, start - begin, done - begin


def _may_begin(text: str, start: int, end: int) -> bool:
    """Whether a word may be a name's first: the pattern is slow to find out for most."""
    after = text[end : end + 1]
    if after == " ":
        follows = text[end + 1 : end + 2]
        if end - start == 1 or not (
            follows.isupper() or follows in _OPENS or (
                follows in _PARTICLES_BEGIN and _PARTICLE_NEXT.match(text, end + 1))
        ):
            return False
    elif after not in _GOES_ON:
        return False
    return not start or not (text[start - 1].isalnum() or text[start - 1] in "_’'.-")


def _is_middle_surname(word: str, found: Iterable[str]) -> bool:
    """Whether a word within a name may be the surname that comes first of two."""
    return word[0].isupper() and "-" not in word and not is_given(word) \
        and sum(word in form.split() for form in found) == 1


class _Surnames:
    """Where surnames stand without the rest of the name, in one text."""

    def __init__(
        self, passages: Sequence[Passage], whole: str,
        found: Mapping[str, list[tuple[int, int, int]]],
        known: Mapping[int, list[tuple[int, int]]],
    ) -> None:
        self._passages, self._whole, self._found, self._known = passages, whole, found, known

    def bare(self, surname: str) -> list[tuple[int, int, int]]:
        """Where a surname stands alone: passage, start, end; al-Sudani also as Sudani."""
        spans = []
        for start, end in self._places(surname):
            number = bisect_right(self._beginnings, start) - 1
            a, b = start - self._beginnings[number], end - self._beginnings[number]
            if not any(s <= a and b <= e for s, e in self._names.get(number, ())) and not any(
                    s < b and a < e for s, e in self._known.get(number, ())):
                spans.append((number, a, b))
        return spans

    def is_word(self, word: str) -> bool:
        r"""Whether the text has a word, with other words, or none, beside it: `\bword\b`."""
        text, at = self._whole, -1
        while (at := text.find(word, at + 1)) >= 0:
            end = at + len(word)
            if _is_letter(text[at - 1 : at]) != _is_letter(word[0]) \
                    and _is_letter(word[-1]) != _is_letter(text[end : end + 1]):
                return True
        return False

    def _places(self, surname: str) -> Iterator[tuple[int, int]]:
        articled = surname.startswith(_ARTICLES) and surname[3:4].isupper()
        family = surname[3:] if articled else surname
        text, at = self._whole, self._whole.find(family)
        while at >= 0:
            start, end = at, at + len(family)
            if articled and text[start - 3 : start] in _ARTICLES:
                start -= 3
            before, after = text[start - 1 : start], text[end : end + 1]
            if before == "-" or after == "-" or _is_letter(before) or _is_letter(after):
                at = text.find(family, at + 1)
            else:
                yield start, end
                at = text.find(family, end)

    @cached_property
    def _beginnings(self) -> list[int]:
        """Where each passage begins in the whole text, and where another would."""
        return list(accumulate(
            [len(passage.text) + len(BETWEEN) for passage in self._passages], initial=0))

    @cached_property
    def _names(self) -> dict[int, list[tuple[int, int]]]:
        """The places of the names in each passage."""
        names: dict[int, list[tuple[int, int]]] = {}
        for spans in self._found.values():
            for passage, start, end in spans:
                names.setdefault(passage, []).append((start, end))
        return names


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign == "_"
