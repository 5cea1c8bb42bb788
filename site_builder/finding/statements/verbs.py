"""Verbs of speech, by language."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

import msgspec

from site_builder.finding.spelling import words
from site_builder.finding.territories import DATA

HIDDEN: Final = "\x01"
"""Stands for each character of a quotation when the words around it are looked at."""

WORD: Final = re.compile(r"\w+")
_PASSIVE: Final = re.compile(
    r"\b(?:is|was|are|were|be|been|being|not|get|got)(?: \w+ly| also| first| then)? $")
_AS: Final = re.compile(r"(?:\bas|\bso)(?: was| is)? $|\bto $|\bto be $")
_ADJECTIVE: Final = re.compile(
    r"(?:\b(?:the|an?|his|her|its|their|this|these|[Hh]aving) |[’']s )$", re.IGNORECASE)
_MARK: Final = re.compile(r" [“\"\x01]")
_MODAL: Final = re.compile(r"\b(?:can|could|may|might|should|must|cannot|will|to)(?: \w+ly| also)? $")
_NOUN: Final = re.compile(
    r"(?:^|[\s“\"])(?:the|a|an|of|in|these|those|several|news|press|more|other|with|by|from|no|any"
    r"|his|her|their|its|my|our|this|that|such|new|earlier|early|first|for|on|and|\d+|some|all|many|most|few|several|both|member|swing|two|three|own) $",
    re.IGNORECASE)


class Speech(NamedTuple):
    """The verbs of one language; data/speech.json says what each kind is."""

    verbs: frozenset[str]
    say: frozenset[str]
    participles: frozenset[str]
    followed: dict[str, re.Pattern[str]]
    nouns: frozenset[str]
    cue: str
    according: re.Pattern[str]

    def silent(self, text: str) -> bool:
        """Whether a text holds no verb of speech at all."""
        return self.cue not in text and self.verbs.isdisjoint(WORD.findall(text))

    def found(self, frame: str) -> list[Verb]:
        """Where the verbs stand in the words of a sentence; its quotations are hidden."""
        found = []
        for word in WORD.finditer(frame):
            name = word[0]
            if name in self.verbs or (not word.start() and name.lower() in self.say):
                verb = self._verb(frame, name, word.start(), word.end())
                if verb is not None:
                    found.append(verb)
        return found

    def _verb(self, frame: str, name: str, start: int, end: int) -> Verb | None:
        must = self.followed.get(name)
        before = frame[max(0, start - 24) : start]
        if must is not None and not must.match(frame, end) and before.rstrip(" ,")[-1:] != HIDDEN:
            return None
        if _ADJECTIVE.search(before) or (
                name == "called" and before[-2:] == ", " and _MARK.match(frame, end)):
            return None
        if name in self.participles and "," not in before[-2:] and not frame.startswith(
                HIDDEN, end + 1 + (frame[end : end + 1] in (",", ":"))):
            return None
        if _AS.search(before) or _MODAL.search(before):
            return None
        if name in self.nouns and _NOUN.search(before):
            return None
        return Verb(name, start, end, name.lower() in self.say, name in self.participles,
                    _PASSIVE.search(before) is not None)


class Verb(NamedTuple):
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
