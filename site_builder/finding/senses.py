"""What each form that a text may have can mean: who, and which country."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from site_builder.finding import european, territories
from site_builder.finding.arabic import names_in
from site_builder.finding.countries import Atlas
from site_builder.finding.demonyms import demonyms
from site_builder.finding.european import genitive
from site_builder.finding.folding import fold
from site_builder.finding.forms import full_forms, others, shorter_forms, surname_forms
from site_builder.finding.gazetteer import Match
from site_builder.finding.proposals import country_forms, traps
from site_builder.finding.territories import base_language, shipped
from site_builder.finding.wordlike import kind
from site_builder.model import Person


class Sense(NamedTuple):
    """What a form may mean: people by full name, people by surname, a country, several.

    `word` says which kind of word a surname, or a name of one word, is besides.
    """

    people: tuple[str, ...] = ()
    surname_of: tuple[str, ...] = ()
    country: str = ""
    capital: str = ""
    either: tuple[str, ...] = ()
    word: str = ""


Found = tuple[int, Match, Sense]
"""The passage's number, what stands there, and what that may mean."""


def senses_of(
    records: Sequence[Person], atlas: Atlas, language: str
) -> tuple[dict[str, Sense], dict[str, str]]:
    """The senses of every form of the records and of every country, by folded form; and the
    form to show for each."""
    senses: dict[str, Sense] = {}
    shown: dict[str, str] = {}

    def add(form: str, **what: str | tuple[str, ...]) -> None:
        key = fold(form)
        old = senses.get(key)
        if old is None:
            shown[key], senses[key] = form, Sense(**what)  # type: ignore[arg-type]  # by name
            return
        values = {
            name: tuple(dict.fromkeys((*getattr(old, name), *value)))
            if isinstance(value, tuple) else getattr(old, name) or value
            for name, value in what.items()
        }
        senses[key] = old._replace(**values)  # type: ignore[arg-type]  # by name

    for form, _ in traps():
        add(form)
    places = demonyms().countries
    capitals = {written: code.lower() for code, place in places.items()
                for form in place.stands for written in (form, form.upper())}
    of_countries = list(country_forms(atlas))
    known = {form for form, _ in of_countries}
    for form, id in of_countries:
        if form[:4].lower() == "the " and form[4:] in known:
            continue
        code = id.partition(":")[2]
        if capitals.get(form) == code and form not in _names(atlas, code):
            add(form, capital=code)
        else:
            add(form, country=code)
    for code, forms in demonyms().parts.items():
        for form in forms:
            add(form, country=code.lower())
    if base_language(language) in ("ar", "fa", *european.LANGUAGES):
        for form, sense in in_language(language):
            if fold(form) not in senses or sense.country:
                add(form, country=sense.country, capital=sense.capital)
    for form, ids in _ambiguous():
        add(form, either=ids)
    forms_of = [(person.id, tuple(full_forms(person)), tuple(surname_forms(person)))
                for person in records]
    for id, full, surnames in forms_of:
        for form in full:
            add(form, people=(id,), word="" if " " in form else kind(form))
        for form in surnames:
            add(form, surname_of=(id,), word=kind(form))
    exact = frozenset(senses)  # Jose Silva is not José Silva where both have records
    for person in records:
        shorter = tuple(shorter_forms(person))
        for form in (*shorter, *others(shorter)):
            if fold(form) not in exact:
                add(form, people=(person.id,))
    for id, full, surnames in forms_of:
        for form in others(full):
            if fold(form) not in exact:
                add(form, people=(id,))
        for form in others(surnames):
            if fold(form) not in exact:
                add(form, surname_of=(id,), word=kind(form))
    return senses, shown


def in_language(lang: str) -> Iterator[tuple[str, Sense]]:
    """The names of countries in a language, with what they mean."""
    for form, kind_, code in names_in(lang, territories.names_in(lang)):
        id = code.lower()
        yield form, Sense(country=id) if kind_ == "country" else Sense(capital=id)
    for form, code in european.names_in(lang):
        yield form, Sense(country=code.lower())


GENITIVE: Final = "\x1f"
"""Ends the id of a form that ends in the s of the German genitive: "Macrons"."""


def genitives(senses: Mapping[str, Sense], shown: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The genitives of all names, and their ids; not those that are names themselves."""
    for key, sense in senses.items():
        if sense.people or sense.surname_of or (sense.country and shown[key][0].isupper()):
            form = genitive(shown[key])
            if form and fold(form) not in senses:
                yield form, f"{key}{GENITIVE}"


def _names(atlas: Atlas, code: str) -> frozenset[str]:
    return frozenset(atlas.names(code))


def _ambiguous() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Names and demonyms of several countries, which the rest of a text may settle."""
    for form, codes in shipped().ambiguous.items():
        yield form, tuple(code.lower() for code in codes)
    owners: dict[str, list[str]] = {}
    for code, place in demonyms().countries.items():
        for form in place.demonyms:
            owners.setdefault(form, []).append(code.lower())
            owners.setdefault(f"{form}s", []).append(code.lower())
    for form, ids in owners.items():
        if len(ids) > 1:
            yield form, tuple(ids)
