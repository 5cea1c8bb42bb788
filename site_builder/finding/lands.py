"""Whether the names of countries in an article are the countries', by all that it says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from site_builder.finding.folding import Folded
from site_builder.finding.georgia import FORMS as GEORGIA
from site_builder.finding.georgia import is_about_the_state, is_the_american_state
from site_builder.finding.lookalikes import (
    Use,
    guarded,
    is_country,
    names_person,
    shows_country,
    use,
)
from site_builder.finding.senses import Found, Sense
from site_builder.finding.states import names_state
from site_builder.model import Passage

_JOINS: Final = frozenset({
    ", ", " and ", ", and ", " or ", ", or ", " & ", "-", "–", "/", " and the ", ", the ",
    ", and the "})


class Lands:
    """The names of countries in one article. `states` are the countries known to be named: at
    first those of its front matter."""

    def __init__(
        self, passages: Sequence[Passage], matches: Sequence[Found], whole: Folded,
        countries: frozenset[str],
    ) -> None:
        self._passages, self._matches, self._whole = passages, matches, whole
        self._countries = countries
        self.states: set[str] = set(countries)
        self._doubtful = _doubtful()
        self._uses: dict[int, Use] = {}
        self._strangers: dict[str, int] = {}
        self._persons: set[str] = set()  # names of countries that are somebody's given name here
        self._is_the_state: bool | None = None

    def is_country(self, at: int, text: str) -> bool:
        """Whether the name of a country with this number is the country's, and no body's."""
        _, match, _ = self._matches[at]
        form = match.form
        if form in self._doubtful and not (
            (form not in guarded() or self._is_no_person(at, text))
            and (form != "US" or is_country(text, match))
            and (form not in GEORGIA or self._georgia(at, text))
        ):
            return False
        if text[match.end + 1 : match.end + 2].isupper() and names_person(text, match):
            self._persons.add(form)
            return False
        if form in self._persons and not (self.shows_country(at, text) or self._is_about(at)):
            return False
        return names_state(text, match)

    def _is_no_person(self, at: int, text: str) -> bool:
        """Whether a name that people bear as well is the country's: not in "Jordan Smith", nor
        alone behind that, unless the words around it show the country."""
        number, match, _ = self._matches[at]
        if not self._uses:
            self._look_for_strangers()
        first = self._strangers.get(match.form, -1)
        is_alone = self._uses[at] == "country"
        if is_alone and first < 0:
            return True
        if not is_alone:
            return self._uses[at] == "perhaps" and self._is_about(at)
        if first > at and self._passages[number].kind != "h" and self._names_another(at):
            return True  # the person comes later, and there is talk of countries
        # people are seldom called by their given names alone, where the country is spoken of
        return self.shows_country(at, text) or (
            self._uses[first] == "given" and self._is_about(at))

    def _look_for_strangers(self) -> None:
        """Note what each name that people bear as well is, and where it first is a person's."""
        for at, (number, match, sense) in enumerate(self._matches):
            if match.form in self._doubtful and (sense.country or sense.capital):
                used = self._uses[at] = use(self._passages[number].text, match)
                if used in ("given", "surname"):
                    self._strangers.setdefault(match.form, at)

    def _is_about(self, at: int) -> bool:
        """Whether the article names the country by another word as well, or shows it elsewhere."""
        _, match, sense = self._matches[at]
        id = sense.country or sense.capital
        if id in self._countries:
            return True
        for other, (number, found, means) in enumerate(self._matches):
            if id in (means.country, means.capital) and (found.form != match.form or (
                self._uses.get(other) == "country"
                and self.shows_country(other, self._passages[number].text)
            )):
                return True
        return False

    def _names_another(self, at: int) -> bool:
        """Whether the article names a country besides."""
        _, _, sense = self._matches[at]
        return any(means.country not in ("", sense.country) for _, _, means in self._matches)

    def shows_country(self, at: int, text: str) -> bool:
        """Whether a name that people bear as well shows itself to be the country's here: by
        the words around it, or in a list of countries."""
        _, match, _ = self._matches[at]
        if shows_country(text, match.start, match.end):
            return True
        before, after = self._joined(at, -1), self._joined(at, 1)
        if not (before or after):
            return False
        return before not in ("", ", ") or after not in ("", ", ") or bool(
            (before and (after or self._joined(at - 1, -1))) or self._joined(at + 1, 1))

    def _joined(self, at: int, step: int) -> str:
        """What joins a country in a list to the one before or behind it; empty if nothing does."""
        other = at + step
        if not 0 <= at < len(self._matches) or not 0 <= other < len(self._matches):
            return ""
        (number, left, _), (place, right, _) = (
            self._matches[min(at, other)], self._matches[max(at, other)])
        sense = self._matches[other][2]
        if number != place or not (sense.country or sense.capital) or right.start - left.end > 9:
            return ""
        between = self._passages[number].text[left.end : right.start]
        return between if between in _JOINS else ""

    def _georgia(self, at: int, text: str) -> bool:
        """The country, unless the words around it or the whole article show the state."""
        _, match, _ = self._matches[at]
        american = is_the_american_state(text, match.start, match.end)
        if american is not None:
            return not american
        if "ge" in self._countries or self._joined(at, -1) or self._joined(at, 1):
            return True
        if self._is_the_state is None:
            shown = [is_the_american_state(self._passages[n].text, m.start, m.end)
                     for n, m, _ in self._matches if m.form in GEORGIA]
            shown += [True for _, m, sense in self._matches
                      if sense == Sense() and "Georgia" in m.form]  # Georgia Tech
            self._is_the_state = is_about_the_state(
                {word for _, word in self._whole.words}, "us" in self.states,
                shown.count(True), shown.count(False))
        return not self._is_the_state


@cache
def _doubtful() -> frozenset[str]:
    """Names of countries that take more than a look at the words of bodies beside them."""
    return guarded() | GEORGIA | {"US"}
