"""Names of countries in Arabic and Persian as texts write them, and what shows that a capital is
its government there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, Literal

import msgspec

from site_builder.finding.folding import fold
from site_builder.finding.territories import DATA, base_language

_JOINER: Final = "\u200c"
_ARTICLE: Final = "ال"
_ARABIC_ENDS: Final = ("", "ا", "ة", "ون", "ين", "ات")
_PERSIAN_ENDS: Final = ("", "ان", f"{_JOINER}ها", f"{_JOINER}های", "ها", "های")


class Names(msgspec.Struct, frozen=True):
    """One language of arabic.json, by alpha-2 code."""

    names: dict[str, tuple[str, ...]]
    demonyms: dict[str, tuple[str, ...]]
    stands: dict[str, tuple[str, ...]]
    no_names: tuple[str, ...]


class _Data(msgspec.Struct, frozen=True):
    about: str
    ar: Names
    fa: Names


@cache
def _data() -> _Data:
    return msgspec.json.decode((DATA / "arabic.json").read_bytes(), type=_Data)


def names_in(language: str, names: dict[str, tuple[str, ...]]) -> Iterator[
    tuple[str, Literal["country", "capital", ""], str]
]:
    """Forms in a language, whether each is a country's or its capital's, and whose (alpha-2).

    `names` are those of CLDR. In Arabic the article melts with the preposition li-: "للعراق";
    other prefixes are left to the gazetteer. What is of nobody comes first.
    """
    base = base_language(language)
    if base not in ("ar", "fa"):
        for code, forms in names.items():
            yield from ((form, "country", code) for form in forms)
        return
    data = _data().ar if base == "ar" else _data().fa
    for form in data.no_names:
        yield form, "", ""
    for code in sorted({*names, *data.names}):
        for form in (*names.get(code, ()), *data.names.get(code, ())):
            yield from ((way, "country", code) for way in _ways(form))
    for code, forms in data.demonyms.items():
        for form in forms:
            if base == "fa":
                for ending in _PERSIAN_ENDS:
                    yield from ((way, "country", code) for way in _ways(f"{form}{ending}"))
            else:
                for ending in _ARABIC_ENDS:
                    yield f"{form}{ending}", "country", code
                    yield from ((way, "country", code)
                                for way in _ways(f"{_ARTICLE}{form}{ending}"))
    for code, forms in data.stands.items():
        for form in forms:
            yield from ((way, "capital", code) for way in _ways(form))


def _ways(form: str) -> Iterator[str]:
    yield form
    if _JOINER in form:
        yield form.replace(_JOINER, " ")
    if form.startswith(_ARTICLE):
        yield f"ل{form[1:]}"  # لالعراق is written للعراق


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(" ".join(map(fold, text.split(" "))))


# The letters of these patterns are folded as those of the texts are.
_NAME: Final = _pattern(r"\S+،? ?و ?$|\S+، ?$")
_PLACE: Final = _pattern(
    r"(?:^|\s)[وف]?(?:في|إلى|من|نحو|قرب|مدينة|بمدينة|العاصمة|شوارع|مطار|شرق|غرب|شمال|جنوب|شرقي|غربي"
    r"|شمالي|جنوبي|وسط|داخل|خارج|محافظة|زار|غادر|وصل|در|به|از|شهر|پایتخت|سوی|نزدیک|فرودگاه|خیابانهای"
    r"|استان|مرکز) $")
_STATE: Final = _pattern(
    r"(?:^|\s)[وف]?(?:قالت|أعلنت|أكدت|رفضت|دعت|نفت|اتهمت|وافقت|طالبت|تريد|تسعى|أدانت|حذرت|وقعت|أعربت"
    r"|ردت|هددت|استدعت|تعتبر|ترى|ترفض|تقول|تؤكد|تدعو|تنفي|تتهم|اعتبرت|قررت|تعلن|أبلغت|اتفقت|بين"
    r"|میان|موقف|سياسة|حكومة|سلطات|قرار|روابط|علاقات|محادثات|مفاوضات|مذاکرات|گفتگوهای|گفتگوی|توافق"
    r"|تنش|موضع|سیاست|دولت|مقامات|تحریمهای) $"
    r"|(?:علاق|محادث|مفاوض|اتفاق|توتر|خلاف|عقوبات|ضغوط|حرب|حوار|روابط|مذاکر|گفتگو|توافق|تنش|تحریم"
    r"|جنگ|فشار|اختلاف|همکاری|تعاون)\w*(?: \S+)? (?:مع|على|ضد|با|علیه|بر) $")
_BEGINS: Final = _pattern(r"(?:^|[.!?؟:؛»\n] ?|\sکه |\s(?:اما|ولی) )$")
_SAYS: Final = _pattern(
    r"(?: و \S+)*(?: [^\s.،؛]+){0,7} (?:کرد|کرده|کردند|کرده‌اند|گفت|گفته|گفتند|خواست|خواستند|پذیرفت"
    r"|پذیرفتند|رسیدند|میگوید|میگویند|میخواهد|میخواهند|میکند|میکنند|داد|دادند|دانست)(?:\s|[.،؛]|$)")


def is_arabic(text: str, start: int) -> bool:
    """Whether a name that begins at `start` is in Arabic script."""
    return "\u0600" <= text[start] <= "\u06ff"


def stands_for_state(text: str, start: int, end: int) -> bool:
    """Whether a capital is its government here: "قالت بغداد", "روابط تهران و بغداد"."""
    before = fold(f"{text[max(0, start - 80) : start]}|")[:-1]  # the space at the end counts
    if before.endswith(("ب", " ل")):
        return False  # in Baghdad
    for _ in range(4):  # "between Tehran, Ankara and Baghdad": what stands before the first
        if _PLACE.search(before):
            return False
        if _STATE.search(before):
            return True
        if _BEGINS.search(before):
            break
        shorter = _NAME.sub("", before)
        if shorter == before:
            return False
        before = shorter
    else:
        return False
    return _SAYS.match(fold(f"|{text[end : end + 80]}"), 1) is not None
