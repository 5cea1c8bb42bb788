"""People and countries that a plain text mentions, as a proposal for its front matter.

For imported articles, whose front matter says neither: an editor reads what is
proposed, so a name that may mean something else is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

import msgspec

from site_builder.finding.countries import Atlas
from site_builder.finding.filing import surname_keys
from site_builder.finding.gazetteer import Gazetteer, Match
from site_builder.finding.people import AmbiguousName, PeopleResolver
from site_builder.finding.spelling import name_key, tidy, words
from site_builder.finding.territories import DATA, shipped


class Proposal(msgspec.Struct, frozen=True):
    """Names in the order of their first mention, each once.

    `people` are the names of records, `countries` those that the site shows,
    `unknown_people` names with an office before them that no record has.
    """

    people: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    unknown_people: tuple[str, ...] = ()


class _Place(msgspec.Struct, frozen=True):
    demonyms: tuple[str, ...]
    capital: str
    stands: tuple[str, ...]


class Demonyms(msgspec.Struct, frozen=True):
    """demonyms.json; data/README.md says how it was made."""

    about: str
    not_countries: tuple[str, ...]
    also_persons: tuple[str, ...]
    parts: dict[str, tuple[str, ...]]
    countries: dict[str, _Place]


@cache
def demonyms() -> Demonyms:
    """The shipped demonyms and capitals."""
    return msgspec.json.decode((DATA / "demonyms.json").read_bytes(), type=Demonyms)


def propose(text: str, resolver: PeopleResolver, atlas: Atlas) -> Proposal:
    """Who and which countries `text` (plain, without markup) mentions.

    People by full name or alias, after which their surname is theirs ("Jordan"
    after "Michael Jordan" is no country). Countries by name, by demonym, and by
    a capital that stands for the state; see data/README.md for what is left out.
    """
    matches = _finder(resolver, atlas).find(text)
    unknown = list(_unknown(text, resolver, matches))
    people: dict[str, None] = {}
    countries: dict[str, None] = {}
    surnames: set[str] = set()
    taken = [(start, end) for start, end, _ in unknown]
    for match in matches:
        kind, _, id = match.id.partition(":")
        if kind == "person":
            people[id] = None
            surnames.update(surname_keys(match.form))
        elif kind == "country":
            if name_key(match.form) in surnames or not is_country(text, match):
                continue
            if not any(start < match.end and match.start < end for start, end in taken):
                countries[id] = None
    return Proposal(
        people=tuple(p.name for id in people if (p := resolver.resolve(id))),
        countries=tuple(dict.fromkeys(atlas.get(id).name for id in countries)),
        unknown_people=tuple(dict.fromkeys(name for _, _, name in unknown)),
    )


@lru_cache(maxsize=2)
def _finder(resolver: PeopleResolver, atlas: Atlas) -> Gazetteer:
    """One gazetteer for both, so that the longest name wins: "Michael Jordan" before "Jordan"."""
    return Gazetteer([*_people(resolver), *traps(), *country_forms(atlas)])


def _people(resolver: PeopleResolver) -> Iterator[tuple[str, str]]:
    for person in resolver.records:
        for form in person.names:
            try:
                if resolver.resolve(form) is not person:
                    continue
            except AmbiguousName:
                continue
            yield form, f"person:{person.id}"
            yield form[:1].upper() + form[1:], f"person:{person.id}"


def traps() -> Iterator[tuple[str, str]]:
    """Phrases that hold a country's word and mean none."""
    yield from ((form, "") for form in demonyms().not_countries)


def country_forms(atlas: Atlas) -> Iterator[tuple[str, str]]:
    """Names, demonyms and capitals that mean one country only."""
    owners: dict[str, set[str]] = {}
    for id in atlas.ids():
        forms = set(atlas.names(id))
        if place := demonyms().countries.get(id.upper()):
            forms.update(place.stands)
            for demonym in place.demonyms:
                forms |= {demonym, f"{demonym}s"} if demonym[-1] in "cdeiknr" else {demonym}
        for form in forms:
            capitals = form.upper() if len(form) > 3 else form  # a headline in capitals
            for written in {form, form.removeprefix("the "), capitals}:
                owners.setdefault(written, set()).add(id)
    for form, id in shipped().abbreviations.items():
        dotted = ".".join(form) + "."
        for written in (form, dotted) if form.isupper() else (form,):
            owners.setdefault(written, set()).add(id.lower())
    for form in shipped().ambiguous:
        owners.pop(form, None)
    for form, ids in sorted(owners.items()):
        if len(ids) == 1:
            yield form, f"country:{min(ids)}"


_CAPITALS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_COMPANIES: Final = words("Airlines Airline Airways Express Idol Telecom Petroleum")
TITLES: Final = words(
    "President Prime Minister Premier Chancellor King Queen Prince Princess Emir Sultan Foreign "
    "Defence Defense Interior Finance Oil Energy Army Parliament Parliamentary Supreme Crown "
    "Vice Deputy Ambassador Embassy General Secretary Speaker Ministry National Central Bank "
    "Government Presidency Republic Revolutionary Security Air Football Olympic Human"
)
_OPENERS: Final = words(
    "The A An In On At To Of From For By With And But Or As If While When After Before Since Until "
    "That Then Also Both Neither Either Not Now Like Unlike Over Under Between Across Inside "
    "Outside Near Beyond Visit Southern Northern Eastern Western"
)
_NO_GIVEN: Final = _OPENERS | TITLES
_NEXT_WORD: Final = re.compile(r"['’]?[ \u00a0]([A-Z][\w’'-]+)")
_LAST_WORD: Final = re.compile(r"(\b[A-Z]\.|[\w’'-]+)[ \u00a0]$")


def is_country(text: str, match: Match) -> bool:
    """Whether a name that is a person's, a company's or a word as well is the country's here."""
    end = match.end
    after = None
    if text[end : end + 1] != " " or text[end + 1 : end + 2] in _CAPITALS:
        after = _NEXT_WORD.match(text, end)
        if after and after[1] in _COMPANIES:
            return False
    guarded = match.form in _also_persons()
    if not guarded and match.form != "US":
        return True
    before = _LAST_WORD.search(text[max(0, match.start - 40) : match.start])
    if match.form == "US" and before and len(before[1]) > 1 and before[1].isupper():
        return False  # CONTACT US
    if not guarded:
        return True
    goes_on = TITLES | _NO_NAME | _adjectives()
    if after and after[1] not in goes_on and after[1].removesuffix("s") not in goes_on:
        return False  # Jordan Peterson
    return not (before and is_given(before[1]))


def is_given(word: str) -> bool:
    """Whether a word before a country's name makes it a surname: "Michael Jordan"."""
    return word[0].isupper() and not word.isupper() and word not in _NO_GIVEN


@cache
def _also_persons() -> frozenset[str]:
    return frozenset(demonyms().also_persons)


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(d for place in demonyms().countries.values() for d in place.demonyms)


_OFFICE: Final = (
    r"(?:President|Prime Minister|Premier|Chancellor|Vice President|Secretary[- ]General"
    r"|(?:(?:Deputy|Foreign|Defen[cs]e|Interior|Finance|Oil|Energy|Economy|Justice|Health|Culture"
    r"|Education|Trade|Information|Intelligence|Petroleum|State) )*Minister"
    r"(?: (?:of|for) (?:the )?(?:Foreign Affairs|State|Defen[cs]e|Finance|Oil|Energy|Justice|Health"
    r"|Culture|Education|Trade|Information|Petroleum|Intelligence|Europe|(?:the )?Interior))?"
    r"|Secretary of (?:State|Defense)|Ambassador|Senator|Sen\.|Governor|Gov\.|Gen\.|Colonel|Col\."
    r"|Major General|Brigadier General|Lieutenant General|Admiral|Ayatollah|Congressman|MP"
    r"|Congresswoman|Judge|Archbishop|Cardinal|Spokesman|Spokeswoman|Spokesperson)"
)
_CAPITALISED: Final = r"[^\W\d_a-zß-ÿ][\w’'ʿ]*[\w](?:-[\w’']+)*"
_PARTICLE: Final = r"(?:(?:al|el|bin|ibn|van|von|de|del|della|der|den|la|da|dos|di|du|ten|ter)[ -])"
_UNKNOWN: Final = re.compile(
    rf"\b{_OFFICE}[ \u00a0]+({_CAPITALISED}(?:[ \u00a0]+(?:[A-Z]\.[ \u00a0]?)*{_PARTICLE}{{0,3}}"
    rf"{_CAPITALISED}){{1,2}})"
)
_NO_NAME: Final = words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April "
    "May June July August September October November December The A In On At And But Assembly "
    "Council Committee Commission Ministry Minister President Office Party House Palace "
    "Election Elections Motors Electric Staff Secretary General Deputy Prime Foreign Affairs "
    "Republic Islamic United Nations National State Union Day Hotel Street Avenue University "
    "Hall Court Congress Senate Who When He She It They His Her After Before Since "
)


def _unknown(
    text: str, resolver: PeopleResolver, matches: list[Match]
) -> Iterator[tuple[int, int, str]]:
    """Names after an office that no record has: two or three capitalised words."""
    known = [(m.start, m.end) for m in matches if m.id.startswith("person:")]
    lands = {m.start: m.end for m in matches if m.id.startswith("country:")}
    guarded = demonyms().also_persons
    for found in _UNKNOWN.finditer(text):
        parts = re.split(r"[ \u00a0]+", found[1])
        for at, part in enumerate(parts):
            if part in _NO_NAME:
                parts = parts[:at]
                break
        name = tidy(re.sub(r"(?:['’]s?)$", "", " ".join(parts)))
        start = found.start(1)
        if len(parts) < 2 or any(s < found.end(1) and start < e for s, e in known):
            continue
        if start in lands and text[start : lands[start]] not in guarded:
            continue
        try:
            person = resolver.resolve(name)
        except AmbiguousName:
            continue
        if person is None:
            yield start, start + len(name), name
