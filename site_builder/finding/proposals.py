"""People and countries that a plain text mentions, as a proposal for its front matter.

For imported articles, whose front matter says neither: an editor reads what is
proposed, so a name that may mean something else is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import msgspec

from site_builder.finding.countries import Atlas
from site_builder.finding.demonyms import demonyms
from site_builder.finding.filing import surname_keys
from site_builder.finding.gazetteer import Gazetteer, Match
from site_builder.finding.lookalikes import NO_NAME, is_country, names_person
from site_builder.finding.people import AmbiguousName, PeopleResolver
from site_builder.finding.spelling import name_key, tidy, unmarked
from site_builder.finding.territories import shipped
from site_builder.finding.things import is_thing


class Proposal(msgspec.Struct, frozen=True):
    """Names in the order of their first mention, each once.

    `people` are the names of records, `countries` those that the site shows,
    `unknown_people` names with an office before them that no record has.
    """

    people: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    unknown_people: tuple[str, ...] = ()


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
            if is_thing(text, match):
                continue
            people[id] = None
            surnames.update(surname_keys(match.form))
        elif kind == "country":
            if name_key(match.form) in surnames or not is_country(text, match) or (
                    names_person(text, match)):
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


_PLURAL: Final = "abcdehiknort"
"""Last letters of demonyms with a plural in -s: "Cypriots", "Serbs", "Filipinas"."""


def _ways_to_write(form: str) -> Iterator[str]:
    """St. Kitts & Nevis, St Kitts and Nevis, Saint Kitts and Nevis; Curaçao and Curacao."""
    ways = {form, form.replace(" & ", " and ")}
    if "St. " in form:
        ways |= {way.replace("St. ", saint) for way in ways for saint in ("St ", "Saint ")}
    yield from ways
    if form[0].isascii() and not form.isascii():
        yield from map(unmarked, ways)


def country_forms(atlas: Atlas) -> Iterator[tuple[str, str]]:
    """Names, demonyms and capitals that mean one country only."""
    owners: dict[str, set[str]] = {}
    for id in atlas.ids():
        forms = {way for form in atlas.names(id) for way in _ways_to_write(form)}
        if place := demonyms().countries.get(id.upper()):
            forms.update(place.stands)
            for demonym in place.demonyms:
                forms |= {demonym, f"{demonym}s"} if demonym[-1] in _PLURAL else {demonym}
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
            if part in NO_NAME:
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
