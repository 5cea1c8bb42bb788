"""The forms in which a text may name a person of the records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from site_builder.finding.filing import generation, surname_keys
from site_builder.finding.folding import fold
from site_builder.finding.spelling import name_key, unmarked, words
from site_builder.model import Person

_ARTICLES: Final = words("al el ad an ar as ash at az")
_ARTICLE: Final = re.compile(r"\b([Aa]l|[Ee]l)-(?=\w)")
_PARTICLE: Final = re.compile(
    r"\b(?:al|el|ad|ar|as|ash|at|az)(?=-)|\b(?:al|el|bin|ibn|bint|van|von|der|den|de|del|della|di|da|"
    r"dos|du|ten|ter|la|le)(?= )")
_JOINTS: Final = re.compile(r"[\s_*\u00ad\u200b-\u200f\u2060\u2010-\u2015-]+")
_JOINT: Final = _JOINTS.pattern
_LONG: Final = 8  # letters: a shorter name in one word may be another word
_MIDDLE: Final = rf"(?:{_JOINT}(?:\w\.?{_JOINT}|al{_JOINT})?|\.?)"
_MARKS: Final = "[\u0300-\u036f\u0640\u064b-\u0652]*"
_LETTERS: Final = str.maketrans({
    "ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "þ": "th",
    "æ": "ae", "Æ": "Ae", "œ": "oe", "ß": "ss"})


def any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Finds any of these names however they are spelt: without accents or with others, in
    capitals, over a line's end, hyphened, in one word as tags have it, with an s of the genitive,
    with an initial in the middle, the surname first, without "Jr.".
    """
    ways = [way for name in names for way in dict.fromkeys((name, generation(name)[0]))]
    forms = {" ".join(form.split()) for way in ways for form in (way, *others([way]))}
    return re.compile("|".join(
        rf"(?<!\w)(?:{'|'.join(_spellings(_JOINTS.split(form)))})s?(?!\w)"
        for form in sorted(forms, key=lambda form: (-len(form), form))), re.IGNORECASE)


def _spellings(parts: list[str]) -> Iterator[str]:
    written = ["".join(map(_letter, part)) for part in parts]
    if len(parts) == 1 or sum(map(len, parts)) < _LONG:
        yield _JOINT.join(written)
        return
    yield _MIDDLE.join(written)
    yield rf"{written[-1]}(?:,{_JOINT}|{_JOINT}){_MIDDLE.join(written[:-1])}"


def _letter(letter: str) -> str:
    if not letter.isalpha():
        return re.escape(letter)
    more = _accented().get(letter.lower(), "") if letter.isascii() else ""
    return f"[{letter}{more}]{_MARKS}"


@cache
def _accented() -> dict[str, str]:
    """The Latin letters with accents, by those without."""
    found: dict[str, str] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        plain = _without_accents(chr(code)).lower()
        if len(plain) == 1 and plain.isascii() and plain.isalpha():
            found[plain] = found.get(plain, "") + chr(code)
    return found


def forms_of(person: Person) -> frozenset[str]:
    """The folded forms of a record: a text without any of them is not touched by it."""
    full = (*full_forms(person), *shorter_forms(person))
    return frozenset(map(fold, (
        *full, *surname_forms(person), *others(full), *others(surname_forms(person)))))


def full_forms(person: Person) -> Iterator[str]:
    """Every name of a record."""
    for form in person.names:
        yield form
        yield form[:1].upper() + form[1:]


def shorter_forms(person: Person) -> Iterator[str]:
    """Names without their generational suffix, if another record has not that very name."""
    for form in person.names:
        whole, suffix = generation(form)
        if suffix:
            bare = suffix.rstrip(".")
            yield from (f"{whole}, {suffix}", f"{whole}, {bare}", f"{whole} {bare}", whole)


def surname_forms(person: Person) -> Iterator[str]:
    """The surname of every name of a record."""
    for form in person.names:
        yield from surnames_of(form)


def others(forms: Iterable[str]) -> Iterator[str]:
    """Other ways to write them: a capital for every particle, no accents. Some may be the same."""
    for form in forms:
        yield from _others(form)


def _others(form: str) -> Iterator[str]:
    plain = form if form.isascii() else _without_accents(form)
    for text in (form, plain) if plain != form else (form,):
        yield text[:1].upper() + text[1:]
        if _PARTICLE.search(text):
            yield _PARTICLE.sub(lambda found: found[0].capitalize(), text)
            parted = _ARTICLE.sub(r"\1 ", text)
            if parted != text:
                yield parted
                yield _PARTICLE.sub(lambda found: found[0].capitalize(), parted)
        if len(text) > 3 and (plain != form or " " in text or _PARTICLE.search(text)):
            yield text.upper()  # a headline; a short surname in capitals may be anything
    if plain != form:
        yield plain
    if "\u200c" in form:
        yield form.replace("\u200c", " ")  # Persian without its half space


def _without_accents(form: str) -> str:
    """A name in Latin letters as typewriters have it: Erdoğan, Erdogan; others as they are."""
    kept = unmarked(form.translate(_LETTERS))
    return kept if kept[:1].isascii() or form[:1].isascii() else form


def _longest_word(name: str) -> str:
    """The longest word of a name, as `bare` writes it: what names it has it, too."""
    return max(map(bare, _JOINTS.split(name)), key=len, default="")


def bare(text: str) -> str:
    """A text in small letters without marks above or below them."""
    if text.isascii():
        return text.lower()
    return unmarked(text.translate(_LETTERS)).replace("\u0640", "").lower()


class Glance:
    """Says of most texts, quickly, that they hold none of many names, however spelt."""

    def __init__(self, names: Iterable[str]) -> None:
        self._words = frozenset(filter(None, map(_longest_word, names)))

    def may_find(self, text: str) -> bool:
        """Whether a text has a word of a name; without one it has no name."""
        simple = bare(text)
        return any(word in simple for word in self._words)


class AnyOf(Glance):
    """`any_of` many names, in texts that seldom hold one: a word of each is looked for first."""

    def __init__(self, names: Iterable[str]) -> None:
        kept = list(names)
        super().__init__(kept)
        self._pattern = any_of(kept)

    def search(self, text: str) -> bool:
        """Whether a text holds one of the names."""
        return self.may_find(text) and self._pattern.search(text) is not None


@cache
def surnames_in(form: str) -> tuple[str, ...]:
    """The folded surnames of a full name."""
    return tuple(dict.fromkeys(map(fold, surnames_of(form))))


def surnames_of(name: str) -> Iterator[str]:
    """The surname of a full name as texts write it: "al-Sudani", "Al-Sudani", "Sudani"."""
    keys = surname_keys(name)
    parts = generation(name)[0].split()
    if len(parts) < 2 or not keys:
        return
    ends = [" ".join(parts[place:]) for place in range(1, len(parts))]
    ends += [end.partition("-")[2] for end in ends if "-" in end]
    for form in (*ends, parts[0]):
        if len(form) > 1 and name_key(form) in keys:
            yield form
            yield form[:1].upper() + form[1:]
            article, _, bare = form.partition("-")
            if article.lower() in _ARTICLES and bare:
                yield bare
