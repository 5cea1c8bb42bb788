"""Which country a written name means, and what is known of each country."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from site_builder.finding import european, territories
from site_builder.finding.territories import Index, base_language, country_key
from site_builder.model import Country


class AmbiguousCountry(Exception):  # noqa: N818 - it is a finding, not a defect
    """A name that fits several countries; `codes` are their ids, in order."""

    def __init__(self, name: str, codes: tuple[str, ...]) -> None:
        self.name = name
        self.codes = codes
        super().__init__(f"{name}: {', '.join(codes)}")


class Atlas:
    """Every country of ISO 3166-1, Kosovo, and the countries of the site's own records.

    `language` is the site's, `cache` a folder where names in all languages are
    kept between runs. A record belongs to the country of its `code`, of its id
    where that is a code, or of its name; one that belongs to none (the Soviet
    Union) is a country of its own. Nothing is read until it is needed.
    """

    def __init__(
        self, language: str = "en", records: Iterable[Country] = (), cache: Path | None = None
    ) -> None:
        self.language = language
        self._cache = cache
        self._given = tuple(sorted(records, key=lambda country: (country.id, country.path)))
        self._records: dict[str, Country] | None = None
        self._own_ids: dict[str, str] = {}
        self._own_names: dict[str, tuple[str, ...]] = {}
        self._everywhere: Index | None = None
        self._countries: dict[str, Country] = {}
        self._memo: dict[tuple[str, str], tuple[str, ...]] = {}

    @property
    def records(self) -> tuple[Country, ...]:
        """The site's own records, in the order of their ids."""
        return self._given

    def resolve(self, name: str, language: str | None = None) -> Country | None:
        """The country that `name` means, or None when it means none.

        In this order: ids, names and aliases of records; ISO codes and
        abbreviations, in capitals ("IT" is Italy, "it" is a word); names in
        `language`, in the site's language, in English, and in any language. The
        first of them that fits decides. Raises `AmbiguousCountry` when it fits
        several ("Korea"). A country that is no more is found through a record only.
        """
        question = (name, language or "")
        found = self._memo.get(question)
        if found is None:
            found = self._memo[question] = self._look_up(name, language)
        if len(found) > 1:
            raise AmbiguousCountry(name, found)
        return self.get(found[0]) if found else None

    def get(self, id: str) -> Country:
        """The country with this id (`ir`, or a record's own id), complete.

        What its record says wins; name and region come from CLDR otherwise.
        Raises `KeyError` for an unknown id.
        """
        found = self._countries.get(id)
        if found is None:
            found = self._countries[id] = self._complete(id)
        return found

    def display(self, id: str, language: str) -> str:
        """The country's name in a language: its record's in the site's own, else CLDR's.

        In English where CLDR lacks the language. Raises `KeyError` for an unknown id.
        """
        country = self.get(id)
        if not country.code or (country.has_record and language == self.language):
            return country.name
        shown = territories.display_names(language).get(country.code)
        if shown is None and country.code in territories.shipped().countries:
            shown = territories.shipped().countries[country.code].name
        return shown or country.name

    def suggest(self, name: str) -> list[str]:
        """Names of at most five countries that may have been meant, best first, for a message.

        For a country that is no more (`is_historical`) its successor, where it has few.
        """
        from rapidfuzz import fuzz, process  # only for a mistake

        data = territories.shipped()
        key = country_key(name)
        index = {**self._index(self.language), **self._index("en"), **self._names()}
        for form, codes in (*data.historical.items(), *data.ambiguous.items()):
            if country_key(form) == key:
                return [self._shown(code.lower()) for code in codes]
        # By score, then by name: rapidfuzz keeps the order of what it is given.
        near = process.extract(key, sorted(index), scorer=fuzz.ratio, score_cutoff=72, limit=8)
        ids = [id for form, _, _ in near for id in index[form]]
        return list(dict.fromkeys(self._shown(id) for id in ids))[:5]

    def is_historical(self, name: str) -> bool:
        """Whether `name` is that of a country that is no more: it takes a record to be one here."""
        key = country_key(name)
        return any(country_key(form) == key for form in territories.shipped().historical)

    def duplicates(self) -> list[tuple[Country, Country, str]]:
        """Pairs of records that belong to one country, with its id, in the order of their ids."""
        self._names()
        first: dict[str, Country] = {}
        pairs = []
        for record in self._given:
            id = self._id_of(record)
            if id in first:
                pairs.append((first[id], record, id))
            first.setdefault(id, record)
        return pairs

    def names(self, id: str, language: str = "") -> tuple[str, ...]:
        """Every form under which a text in English, the site's language, or another one may name
        a country."""
        country = self.get(id)
        forms = [country.name, *country.aliases]
        if territory := territories.shipped().countries.get(country.code):
            forms += [territory.name, *territory.names, self.display(id, self.language)]
            if language and base_language(language) != "en":
                forms += territories.names_in(language).get(country.code, ())
                forms += european.short_names(language, country.code)
        return tuple(dict.fromkeys(forms))

    def ids(self) -> tuple[str, ...]:
        """The ids of every country there is, records included, in order."""
        codes = (code.lower() for code in territories.shipped().countries)
        self._names()
        return tuple(sorted({*codes, *(self._records or ())}))

    def _look_up(self, name: str, language: str | None) -> tuple[str, ...]:
        text = " ".join(name.split())
        own = self._names()
        if text in self._own_ids:
            return (self._own_ids[text],)
        key = country_key(text)
        if not key:
            return ()
        if key in own:
            return own[key]
        if code := _code(text):
            return (code.lower(),)
        for tongue in dict.fromkeys((language or self.language, self.language, "en")):
            if found := self._index(tongue).get(key):
                return found
        if self._everywhere is None:
            self._everywhere = territories.index_of_all(self._cache)
        return tuple(code.lower() for code in self._everywhere.get(key, ()))

    def _index(self, language: str) -> dict[str, tuple[str, ...]]:
        tag = "en" if base_language(language) == "en" else language
        return _lower(tag)

    def _names(self) -> dict[str, tuple[str, ...]]:
        """Keys of the records' names and aliases → their ids."""
        if self._records is None:
            self._records = {}
            names: dict[str, set[str]] = {}
            for record in self._given:
                id = self._id_of(record)
                self._records.setdefault(id, record)
                self._own_ids.setdefault(record.id, id)
                for form in (record.name, *record.aliases):
                    names.setdefault(country_key(form), set()).add(id)
            self._own_names = {key: tuple(sorted(ids)) for key, ids in names.items() if key}
        return self._own_names

    def _id_of(self, record: Country) -> str:
        countries = territories.shipped().countries
        for code in (record.code.upper(), "" if record.code else record.id.upper()):
            if code in countries:
                return code.lower()
        if not record.code:
            key = country_key(record.name)
            for language in (self.language, "en"):
                found = self._index(language).get(key, ())
                if len(found) == 1:
                    return found[0]
        return record.id

    def _complete(self, id: str) -> Country:
        self._names()
        record = (self._records or {}).get(id)
        code = id.upper()
        territory = territories.shipped().countries.get(code) if id.islower() else None
        if territory is None:
            if record is None:
                raise KeyError(id)
            return record
        name = territories.display_names(self.language).get(code, territory.name)
        if record is None:
            record = Country(id=id, name=name)
        return msgspec.structs.replace(
            record,
            id=id,
            code=code,
            name=record.name or name,
            region=record.region or territory.region,
            subregion=record.subregion or territory.subregion,
        )

    def _shown(self, id: str) -> str:
        return self.get(id).name


_LOWER: dict[str, dict[str, tuple[str, ...]]] = {}


def _lower(language: str) -> dict[str, tuple[str, ...]]:
    """The index of a language with ids in place of codes."""
    found = _LOWER.get(language)
    if found is None:
        found = _LOWER[language] = {
            key: tuple(code.lower() for code in codes)
            for key, codes in territories.index_of(language).items()
        }
    return found


def _code(text: str) -> str | None:
    """The alpha-2 code that an ISO code or abbreviation in capitals stands for."""
    data = territories.shipped()
    if text in data.countries:
        return text
    found = data.abbreviations.get(text.replace(".", "").replace(" ", ""))
    if found or len(text) != 3:
        return found
    return _other_codes().get(text)


_OTHER: dict[str, str] = {}


def _other_codes() -> dict[str, str]:
    if not _OTHER:
        for code, territory in territories.shipped().countries.items():
            _OTHER[territory.alpha3] = code
            if territory.numeric:
                _OTHER[territory.numeric] = code
    return _OTHER
