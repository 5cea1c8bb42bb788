"""Verbs of speech, by language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

import msgspec

from site_builder.finding.spelling import words
from site_builder.finding.territories import DATA

HIDDEN: Final = "\x01"
"""Stands for each character of a quotation when the words around it are looked at."""

WORD: Final = re.compile(r"\w+")
_LETTERS: Final = bytes(
    c if chr(c).isalnum() or c == ord("_") else ord(" ") for c in range(128)) + bytes(128)
"""What words are made of stays, all else is a space."""

_BE: Final = words("is was are were be been being not get got")
_AS: Final = words("as so to")
_MODALS: Final = words("can could may might should must cannot will to")
_BETWEEN: Final = words("also first then")
_ADJECTIVE: Final = words("the a an his her its their this these having")
_NOUN: Final = words(
    "the a an of in these those several news press more other with by from no any his her their "
    "its my our this that such new earlier early first for on and some all many most few both "
    "member swing two three own")
_NOT_BEFORE: Final = _ADJECTIVE | _AS | _MODALS
_UNLIKELY: Final = _AS | _MODALS | _BE
_MARK: Final = re.compile(r" [“\"\x01]")


class Speech(NamedTuple):
    """The verbs of one language, in ASCII; data/speech.json says what each kind is."""

    verbs: frozenset[str]
    say: frozenset[str]
    participles: frozenset[str]
    followed: dict[str, re.Pattern[str]]
    nouns: frozenset[str]
    cue: str
    according: re.Pattern[str]

    def places(self, texts: Sequence[str]) -> dict[int, list[tuple[int, int]]]:
        """Where words that may be verbs of speech stand in each of the texts, in order.

        One look at all the words, and a search for those few that are verbs: a
        pattern of hundreds of words is several times slower.
        """
        plain = f" {' '.join(texts)} ".encode("ascii", "replace") \
            .translate(_LETTERS).decode("ascii")
        found: dict[int, list[tuple[int, int]]] = {}
        base, verbs = 0, self.verbs
        for number, text in enumerate(texts):
            end = base + len(text) + 1
            part = plain[base : end + 1]  # with a space before it and behind it
            base = end
            here = []
            for word in verbs.intersection(part.split()):
                parted, size = f" {word} ", len(word)
                at = part.find(parted)
                while at >= 0:
                    until = at + size
                    if not (at and text[at - 1].isalnum()) and not (
                            until < len(text) and text[until].isalnum()):  # outside ASCII
                        here.append((at, until))
                    at = part.find(parted, until)
            if here:
                here.sort()
                found[number] = here
        return found

    def found(self, frame: str, places: Iterable[tuple[int, int]]) -> list[Verb]:
        """The verbs among the words at some places of a sentence; its quotations are hidden."""
        found = []
        for start, end in places:
            verb = self._verb(frame, frame[start:end], start, end)
            if verb is not None:
                found.append(verb)
        first = frame.partition(" ")[0]
        if not first.isalpha() and (opening := WORD.match(first)):
            first = opening[0]
        if first.lower() in self.say and first not in self.verbs:
            verb = self._verb(frame, first, 0, len(first))
            if verb is not None:
                found.insert(0, verb)
        return found

    def _verb(self, frame: str, name: str, start: int, end: int) -> Verb | None:
        before = frame[start - 40 if start > 40 else 0 : start]
        must = self.followed.get(name)
        if must is not None and not must.match(frame, end) \
                and before.rstrip(" ,")[-1:] != HIDDEN:
            return None
        last = other = ""
        passive = False
        if before[-1:] == " ":
            near = before.rsplit(None, 2)
            if near:
                last = near[-1].lower()
                if len(near) > 1:
                    other = near[-2].lower()
            if last in _NOT_BEFORE or last.endswith(("’s", "'s")):
                return None
            if other in _UNLIKELY:
                if other in _MODALS and (last.endswith("ly") or last == "also"):
                    return None
                if (last in ("was", "is") and other in ("as", "so")) \
                        or (last == "be" and other == "to"):
                    return None
                passive = other in _BE and (last.endswith("ly") or last in _BETWEEN)
            if name in self.nouns and (last.lstrip("“\"") in _NOUN or last[-1:].isdigit()):
                return None
            passive = passive or last in _BE
        if name == "called" and before[-2:] == ", " and _MARK.match(frame, end):
            return None
        participle = name in self.participles
        if participle and "," not in before[-2:] and not frame.startswith(
                HIDDEN, end + 1 + (frame[end : end + 1] in (",", ":"))):
            return None
        return Verb(name, start, end, name.lower() in self.say, participle, passive)


class Verb(msgspec.Struct, frozen=True, gc=False):
    """A verb of speech at a place of a sentence."""

    name: str
    start: int
    end: int
    plain: bool
    participle: bool
    passive: bool


class _Entry(msgspec.Struct):
    say: str
    verbs: str
    participles: str
    followed: dict[str, str]
    nouns: str
    according: str


@cache
def speech(lang: str) -> Speech | None:
    """The verbs of speech of a language, from data/speech.json; None for one that it lacks."""
    raw = msgspec.json.decode((DATA / "speech.json").read_bytes(), type=dict[str, msgspec.Raw])
    entry = raw.get(lang.partition("-")[0])
    if entry is None:
        return None
    found = msgspec.json.decode(entry, type=_Entry)
    say, participles = frozenset(words(found.say)), frozenset(words(found.participles))
    followed = {
        verb: re.compile(pattern) for verbs, pattern in found.followed.items()
        for verb in words(verbs)
    }
    return Speech(
        say | participles | frozenset(words(found.verbs)), say, participles, followed,
        frozenset(words(found.nouns)),
        found.according[1:],  # its first letter may be a capital
        re.compile(rf"\b{found.according}\s+", re.IGNORECASE),
    )
