"""Who is named where in a text: the places of people and countries, he and she."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final

import msgspec

from site_builder.finding.genders import HE, SHE, genders
from site_builder.finding.new_names import Name, given_names
from site_builder.finding.spelling import unmarked, words
from site_builder.finding.statements.nouns import (
    OPENERS,
    ROLES,
    kind_of,
)
from site_builder.finding.statements.quotes import Quote
from site_builder.finding.statements.ranks import is_head
from site_builder.finding.statements.titles import (
    is_adjective,
)
from site_builder.model import Mention, Passage

_TITLES: Final = words("Mr Mr. Mrs Ms Dr Prof Sen Rep Gov Gen Col Capt Lt Sgt Rev President")
_ADDRESS: Final = SHE | HE | _TITLES
_OF_WHOM: Final = ("’s ", "'s ")
_DOCTOR: Final = ("Dr ", "Dr. ", "Mr ", "Mr. ", "Mrs ", "Mrs. ", "Ms ", "Ms. ")
_NEAR: Final = 80
"""How far into a sentence its subject stands, at most."""

_GIVEN: Final = re.compile(r"\b([^\W\d_a-z][\w’-]+) $")


class Span(msgspec.Struct, frozen=True, order=True, gc=False):
    """A person named at a place of a passage; `id` is empty without a record."""

    start: int
    end: int
    id: str
    name: str

    @property
    def key(self) -> str:
        """The same for all places that mean the person."""
        return self.id or self.name


class Named:
    """Who is named where."""

    def __init__(
        self, passages: Sequence[Passage], mentions: Iterable[Mention], names: Iterable[Name],
        titles: Collection[str] = (),
    ) -> None:
        """`titles` are forms of address of the text's language, without points."""
        self._passages = passages
        self.places: dict[int, list[tuple[int, int, str]]] = {}  # of countries
        self._named: dict[int, list[Mention | Span]] = {}  # what stands in a passage
        for mention in mentions:
            number = mention.passage
            if mention.kind != "person":
                self.places.setdefault(number, []).append(
                    (mention.start, mention.end, mention.id))
            elif number in self._named:
                self._named[number].append(mention)
            else:
                self._named[number] = [mention]
        for name in names:
            first, _, rest = name.form.partition(" ")
            if rest and first.rstrip(".") in titles:
                cut = len(first) + 1
            elif (cut := _no_name(name.form)) > 0:
                at, since, _ = name.spans[0]
                title = passages[at].text[max(0, since - 20) : since].rstrip().rpartition(" ")[2]
                if passages[at].text.endswith((*_DOCTOR, ", "), 0, since) or (
                        kind_of(title.lower()) == "role" or (
                            title.istitle() and title not in OPENERS and is_head(title.lower()))):
                    cut = 0  # Dr Meera Ada Lane, Oil Minister Hayan Abdul Ghani
            for number, start, end in name.spans if cut >= 0 else ():
                whole = passages[number].text.startswith(name.form, start)
                self._named.setdefault(number, []).append(
                    Span(start + cut if whole else start, end, "", name.form[cut:]))
        self._spans: dict[int, list[Span]] = {}
        self._gender: dict[str, str] = {}

    def names(self, number: int) -> bool:
        """Whether anybody is named in a passage."""
        return number in self._named

    def of(self, number: int) -> Sequence[Span]:
        """The people named in a passage, in order."""
        named = self._named.get(number)
        if named is None:
            return ()
        spans = self._spans.get(number)
        if spans is None:
            text = self._passages[number].text
            spans = []
            for item in named:
                if isinstance(item, Mention):
                    item = Span(item.start, item.end, item.id, item.form)
                    if " " not in item.name:
                        item = _whole(text, item)
                spans.append(item)
            if len(spans) > 1:
                spans.sort()
            self._spans[number] = spans
        return spans

    def within(self, number: int, start: int, end: int) -> list[Span]:
        """The people named between two places of a passage."""
        return [s for s in self.of(number) if s.start >= start and s.end <= end]

    def opening(
        self, number: int, text: str, start: int, end: int, inside: Sequence[Quote] = ()
    ) -> Span | None:
        """The person with whom a sentence begins, outside its quotations `inside`."""
        for span in self.of(number):
            at = span.start
            if at < start:
                continue
            if at > end or at > start + _NEAR:
                return None
            if inside and any(q.start <= at < q.end for q in inside):
                continue
            if text.startswith(_OF_WHOM, span.end) or is_adjective(text, span.end):
                continue
            if at > start:
                before = text[start:at].split()
                if before and not (
                        before[-1][0].isupper() or before[-1][-1] in ",:" or before[-1] == "and"
                        or before[-1].lower() in ROLES):
                    continue
            return span
        return None

    def is_country(self, number: int, start: int, end: int) -> bool:
        """Whether the words at a place are a country, or its government."""
        return any(a <= start and end <= b for a, b, _ in self.places.get(number, ()))

    def countries(self, number: int, start: int, end: int) -> frozenset[str]:
        """The countries named between two places of a passage."""
        return frozenset(id for a, b, id in self.places.get(number, ()) if start <= a < end)

    def country_words(self, number: int, start: int, end: int) -> frozenset[str]:
        """The words, in lower case, that name countries between two places of a passage."""
        text = self._passages[number].text
        return frozenset(word for a, b, _ in self.places.get(number, ()) if start <= a < end
                         for word in text[a:b].lower().split())

    def text(self, number: int) -> str:
        """The words of a passage."""
        return self._passages[number].text

    def numbers(self) -> list[int]:
        """The passages that name somebody, in order."""
        return sorted(self._named)

    def gender(self, span: Span) -> str:
        """`f`, `m`, or empty where neither the given name nor a title tells."""
        known = self._gender.get(span.key)
        if known is None:
            known = self._gender[span.key] = self._find_gender(span.key)
        return known

    def is_of(self, key: str, gender: str) -> None:
        """Somebody is a woman or a man by what the text says, whatever the name may tell."""
        self._gender[key] = gender

    def _find_gender(self, key: str) -> str:
        for number in self._named:
            for span in self.of(number):
                if span.key != key:
                    continue
                text = self._passages[number].text
                before = text[max(0, span.start - 14) : span.start].split()
                if before:
                    title = before[-1].strip(".,")
                    if title in SHE:
                        return "f"
                    if title in HE:
                        return "m"
                first = plain(text[span.start : span.end]).split()
                if len(first) > 1 and (gender := genders().get(first[0])):
                    return gender
        return ""


def _whole(text: str, span: Span) -> Span:
    """A surname; or somebody else's full name, where another given name stands before it."""
    start = span.start
    if start < 2 or text[start - 1] != " ":
        return span
    last = text[max(0, start - 24) : start - 1].rpartition(" ")[2]
    if last.isalpha() and last.islower():
        return span
    if not (text[start - 2].isalnum() or text[start - 2] in "’-_"):
        return span
    before = _GIVEN.search(text, max(0, start - 24), start)
    if before and plain(before[1]) in given_names() and before[1] not in _ADDRESS:
        return Span(before.start(1), span.end, "", text[before.start(1) : span.end])
    return span


def plain(name: str) -> str:
    """A name without marks above its letters, in lower case."""
    if name.isascii():
        return name.lower()
    return unmarked(name.replace("ı", "i")).lower()


def _no_name(form: str) -> int:
    """How long what stands before the name is: Scientist Rebecca Falconer; -1 where none is one."""
    words = form.split(" ")
    if kind_of(words[-1].lower()):
        return -1  # the Chief Information Officer
    cut = 0
    if words[0].endswith("-year-old"):
        cut = len(words.pop(0)) + 1
    while len(words) > 2 and (kind_of(words[0].lower()) == "role" or (
            plain(words[1]) in given_names() and plain(words[0]) not in given_names()
            and words[0][-1] != ".")):
        cut += len(words.pop(0)) + 1
    return cut
