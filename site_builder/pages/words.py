"""The site's own words in the site's language, and its numbers.

languages/TAG.toml holds them; what a file lacks is English. A word with a
number in it is a table of CLDR's plural categories (cldr.unicode.org, "Plural
Rules"), of which `other` is required.
"""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path

from site_builder.pages import dates

FOLDER = Path(__file__).parent / "languages"


class Words:
    """Called with a key it gives the words: `words("page", page=3)`, `words("articles", 12)`.

    `language` is a BCP 47 tag; a regional one takes what its base language has.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = {**_texts("en"), **_texts(language.partition("-")[0].lower())}

    def __call__(self, key: str, count: int | None = None, **values: object) -> str:
        """The words for `key`, with `count` written as `{n}`. Raises `KeyError`."""
        if count is not None:
            values["n"] = self.number(count)
        pattern = self.pattern(key, count)
        return pattern.format(**values) if values else pattern

    def pattern(self, key: str, count: int | None = None) -> str:
        """The words for `key` in the plural form for `count`, with their `{names}`."""
        found = self._texts[key]
        if isinstance(found, str):
            return found
        number = 0 if count is None else count
        return found.get(_plural(self.language, number)) or found["other"]

    def forms(self, key: str) -> str | dict[str, str]:
        """The words for `key` as they stand in the file: for a script, which fills them in."""
        return self._texts[key]

    def number(self, value: int) -> str:
        """`12,345`, as the language writes it."""
        return _number(self.language, value)

    def digits(self, text: str) -> str:
        """A year or the like in the digits of the language."""
        return dates.digits(text, self.language)

    def month(self, label: str) -> str:
        """`2022-11` → `November 2022`."""
        return dates.month(label, self.language)

    def day(self, label: str) -> str:
        """`11-29` → `29 November`."""
        return dates.yearday(label, self.language)

    def monthname(self, label: str) -> str:
        """`2022-11` → `November`."""
        return dates.monthname(label, self.language)

    def region(self, name: str) -> str:
        """A region of the world by its English name, as CLDR has it in the language."""
        return _regions(self.language).get(name, name)


@functools.cache
def own_name(language: str) -> str:
    """What a language calls itself, as CLDR has it (`فارسی`); its tag where CLDR lacks it."""
    found = dates.locale(language)
    known = found.language == language.partition("-")[0].lower()
    return (found.get_display_name(found) if known else None) or language


@functools.cache
def _texts(language: str) -> dict[str, str | dict[str, str]]:
    path = FOLDER / f"{language}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}


@functools.lru_cache(maxsize=10_000)
def _plural(language: str, count: int) -> str:
    return str(dates.locale(language).plural_form(count))


@functools.lru_cache(maxsize=100_000)
def _number(language: str, value: int) -> str:
    if language == "en":
        return f"{value:,}"
    from babel.numbers import format_decimal

    found = dates.locale(language)
    return dates.digits(
        format_decimal(value, locale=found, numbering_system="default"), language)


@functools.cache
def _regions(language: str) -> dict[str, str]:
    english, own = dates.locale("en").territories, dates.locale(language).territories
    return {english[code]: own[code] for code in english if code in own and str(code).isdigit()}
