"""Verbs of speech, by language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

import msgspec

from site_builder.finding.spelling import words
from site_builder.finding.statements.kinds import VIEW, Kind, Verb
from site_builder.finding.territories import DATA

WORD: Final = re.compile(r"\w+")
_LETTERS: Final = bytes(
    c if chr(c).isalnum() or c == ord("_") else ord(" ") for c in range(128)) + bytes(128)
"""What words are made of stays, all else is a space."""


class Speech(NamedTuple):
    """The verbs of one language, in ASCII; data/speech.json says what each kind is."""

    kinds: dict[str, Kind]
    opening: frozenset[str]
    openings: frozenset[str]
    pattern: re.Pattern[bytes]
    cue: str
    according: re.Pattern[str]

    def places(self, texts: Sequence[str], joined: str) -> dict[int, list[tuple[int, int]]]:
        """Where words that may be verbs of speech stand in each of the texts, in order.

        `joined` are the texts with a space between them.
        """
        plain = f" {joined} ".encode("ascii", "replace").translate(_LETTERS)
        last = len(plain) - 1
        spans = [match.span() for match in self.pattern.finditer(plain[::-1])]
        found: dict[int, list[tuple[int, int]]] = {}
        here: list[tuple[int, int]] = []
        number = end = base = -1
        for behind, before in reversed(spans):
            at, until = last - before, last - behind
            if at >= end:
                while at >= end:  # each text has a space before it
                    number += 1
                    base = end if number else 0
                    end = base + len(texts[number]) + 1
                here = found[number] = []
            # joined has no space at its beginning, plain has one: at is the letter before
            if (at > base and joined[at - 1].isalnum()) or (
                    until < end and joined[until - 1].isalnum()):
                continue  # outside ASCII
            here.append((at - base, until - base - 1))
        return found

    def found(self, frame: str, places: Iterable[tuple[int, int]], start: int) -> list[Verb]:
        """The verbs among the words at some places of a sentence; its quotations are hidden.

        The places are those in its passage, where the sentence begins at `start`.
        """
        found: list[Verb] = []
        kinds = self.kinds
        for since, until in places:
            since -= start
            until -= start
            if frame[since] in " \x01":
                continue  # hidden
            kind = kinds.get(frame[since:until])
            if kind is None:
                continue  # other marks between its words
            passive = kind.voice(frame, since, until)
            if passive is not None:
                found.append(Verb(since, until, kind, passive))
        if frame[:2] in self.opening and (
                frame[:4].lower() in self.openings or frame[:3].lower() in self.openings):
            opening = WORD.match(frame)
            first = opening[0] if opening else ""
            opens = kinds.get(first.lower())
            if opens is not None and opens.plain and first not in kinds:
                found.insert(0, Verb(0, len(first), opens, False))
        return found


class _Entry(msgspec.Struct):
    say: str
    verbs: str
    participles: str
    followed: dict[str, str]
    nouns: str
    according: str
    views: dict[str, str]
    per: str
    clause: str


@cache
def speech(lang: str) -> Speech | None:
    """The verbs of speech of a language, from data/speech.json; None for one that it lacks."""
    raw = msgspec.json.decode((DATA / "speech.json").read_bytes(), type=dict[str, msgspec.Raw])
    entry = raw.get(lang.partition("-")[0])
    if entry is None:
        return None
    found = msgspec.json.decode(entry, type=_Entry)
    say, participles = words(found.say), words(found.participles)
    nouns, verbs = words(found.nouns), say | participles | words(found.verbs)
    views = {f"{before} {noun}": VIEW for befores, nouns_ in found.views.items()
             for before in befores.split("|") for noun in words(nouns_)}
    views.update(dict.fromkeys(words(found.per), VIEW))
    followed = {
        verb: pattern.replace("CLAUSE", found.clause)
        for verbs, pattern in found.followed.items()
        for verb in words(verbs)
    }
    return Speech(
        {verb: Kind(verb, verb.lower() in say, verb in participles, verb in nouns,
                    verb not in ("put", "read") and not verbs.isdisjoint(
                        (f"{verb}s", f"{verb}es", f"{verb[:-1]}ies")), followed.get(verb, ""))
         for verb in verbs} | views,
        frozenset(verb[:1].upper() + second for verb in say
                  for second in (verb[1:2], verb[1:2].upper())),
        frozenset(verb[:4].lower() for verb in say),  # none has fewer than three letters
        _pattern(verbs | views.keys()),
        found.according[1:],  # its first letter may be a capital
        re.compile(rf"\b{found.according}\s+", re.IGNORECASE),
    )


def _pattern(verbs: Iterable[str]) -> re.Pattern[bytes]:
    """Any of the verbs between two spaces, in a text that is read backwards: verbs have fewer
    endings than beginnings, so that most other words are passed a quarter faster."""
    return re.compile(f" {any_of(verb[::-1] for verb in verbs)}(?= )".encode("ascii"))


def any_of(of: Iterable[str]) -> str:
    """A pattern for any of some words: each letter is looked at once, as in a tree."""
    tree: dict[str, Any] = {}
    for word in of:
        node = tree
        for letter in word:
            node = node.setdefault(re.escape(letter), {})
        node[""] = {}
    return _branches(tree)


def _branches(node: dict[str, Any]) -> str:
    found = [letter + _branches(more) for letter, more in sorted(node.items()) if letter]
    if not found:
        return ""
    if "" not in node and len(found) == 1:
        return found[0]
    return f"(?:{'|'.join(found)}){'?' if '' in node else ''}"
