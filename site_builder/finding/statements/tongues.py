"""Verbs of speech in other languages than English, and what reports beside them.

Where English has modules for its grammar, these have lists (data/tongues.json)
and the order of words: enough for “…, a déclaré X”, “X sagte: …”, “وقال X إن”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

import msgspec

from site_builder.finding.spelling import words
from site_builder.finding.statements.kinds import HIDDEN, Kind, Verb
from site_builder.finding.statements.verbs import any_of
from site_builder.finding.territories import DATA

VERB: Final = Kind("", True, False, False, False, "")
SOURCE: Final = Kind("source", True, False, False, False, "", view=True)
"""Right behind it, or before it where it is a postposition, a source is named."""

BEHIND: Final = Kind("behind", True, False, False, False, "", view=True)

_THAT_WITHIN: Final = 90
"""So far behind a verb “that” stands, at most: its subject may stand between."""

_SHORT: Final = re.compile(r"[^.;]{0,70}[“«„\"»]")
_MARK: Final = re.compile("[,;،]")
_CLOSE: Final = re.compile(r"[^,;:()]{2,70}(?:[.,،]|$)")
_ENCLITIC: Final = re.compile(r"-(?:t-)?(ils?|elles?|on)\b")


class Tongue(NamedTuple):
    """The verbs of one language; data/tongues.json says what each list is."""

    order: str
    pattern: re.Pattern[str]
    that: re.Pattern[str]
    stop: frozenset[str]
    roles: frozenset[str]
    bodies: frozenset[str]
    articles: frozenset[str]
    titles: frozenset[str]
    pronouns: dict[str, str]
    joints: frozenset[str]

    def places(self, texts: Sequence[str], joined: str) -> dict[int, list[tuple[int, int]]]:
        """Where words that may report stand in each of the texts, in order."""
        found: dict[int, list[tuple[int, int]]] = {}
        for number, text in enumerate(texts):
            here = [match.span() for match in self.pattern.finditer(text)]
            if here:
                found[number] = here
        return found

    def found(self, frame: str, places: Iterable[tuple[int, int]], start: int) -> list[Verb]:
        """What reports among the words at some places of a sentence, quotations hidden."""
        found = []
        for since, until in places:
            since -= start
            until -= start
            if frame[since] == HIDDEN:
                continue
            match = self.pattern.match(frame, since)
            if match is None:
                continue
            if match.lastgroup in ("source", "behind"):
                kind = SOURCE if match.lastgroup == "source" else BEHIND
                found.append(Verb(since, until, kind, False))
            elif self._reports(frame, since, until):
                found.append(Verb(since, until, VERB, False))
        return found

    def _reports(self, frame: str, start: int, end: int) -> bool:
        """Whether a verb stands beside a quotation, before “that”, or in a clause of its own."""
        before = frame[:start].rstrip()
        if frame[start:end] == "so" and not before.endswith((HIDDEN, ",")):
            return False  # German, of quotations: “…”, so the minister
        if HIDDEN in frame or frame.endswith(":"):
            return True
        that = self.that.search(frame, end, end + _THAT_WITHIN)
        if that is not None and _MARK.search(frame, end, that.start()) is None:
            return True
        if _SHORT.match(frame, end):
            return True
        return before[-1:] in (",", "،") and _CLOSE.fullmatch(frame, end) is not None

    def enclitic(self, frame: str, start: int, end: int) -> str:
        """The pronoun tied to a verb: dit-il, a-t-elle dit."""
        found = _ENCLITIC.match(frame, end) or _ENCLITIC.search(frame, start, end)
        return found[1] if found is not None else ""


class _Entry(msgspec.Struct):
    order: str
    stems: str
    endings: str
    verbs: str
    participles: str
    auxiliaries: str
    that: str
    sources: str
    behind: str
    stop: str
    roles: str
    bodies: str
    articles: str
    titles: str
    pronouns: dict[str, str]
    joints: str


@cache
def tongue(lang: str) -> Tongue | None:
    """The verbs of speech of a language, from data/tongues.json; None for one that it lacks."""
    raw = msgspec.json.decode((DATA / "tongues.json").read_bytes(), type=dict[str, msgspec.Raw])
    lang = lang.partition("-")[0].lower()
    if lang not in raw or lang == "about":
        return None
    entry = msgspec.json.decode(raw[lang], type=_Entry)
    verbs = words(entry.verbs) | {
        stem + end for stem in entry.stems.split() for end in entry.endings.split()}
    if entry.order == "svo":  # the pronoun left out, a verb may begin its sentence
        verbs |= {verb[:1].upper() + verb[1:] for verb in verbs}
    # Arabic writes “and” and “so” together with its verb
    said = rf"{'[وف]?' if lang == 'ar' else ''}{any_of(verbs)}"
    participles = any_of(word.replace("_", " ") for word in words(entry.participles))
    if participles:
        auxiliary = any_of(words(entry.auxiliaries)) if entry.auxiliaries else ""
        between = r"(?:-(?:t-)?(?:ils?|elles?|on))?(?:\s[\w’'.-]+){0,4}?\s" if auxiliary else ""
        said = rf"(?:{auxiliary}{between}(?:{participles})|{said})"
    branches = [rf"(?P<source>(?i:{entry.sources}))(?!\w)", rf"(?P<verb>{said})(?!\w)"]
    if entry.behind:
        branches.append(rf"(?P<behind>{entry.behind})(?!\w)")
    return Tongue(
        entry.order, re.compile(rf"(?<![\w’'-])(?:{'|'.join(branches)})"),
        re.compile(rf"(?:(?<!\w)|(?=[,،:]))(?:{entry.that})(?!\w)"),
        words(entry.stop), _definite(entry.roles, lang), _definite(entry.bodies, lang),
        words(entry.articles), words(entry.titles),
        entry.pronouns, words(entry.joints))


def _definite(nouns: str, lang: str) -> frozenset[str]:
    """Nouns of a list, in Arabic with their article, too."""
    found = words(nouns)
    return found | {f"ال{noun}" for noun in found} if lang == "ar" else found
