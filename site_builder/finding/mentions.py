"""Every place where a text names a person or a country of the records.

The result depends only on the records of which a form stands in the text, so
that adding a record changes nothing in articles that do not name it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from site_builder.finding.countries import Atlas
from site_builder.finding.demonyms import demonyms
from site_builder.finding.filing import family_comes_first
from site_builder.finding.folding import BETWEEN, Folded, fold
from site_builder.finding.forms import surnames_in
from site_builder.finding.gazetteer import Gazetteer, Match
from site_builder.finding.genders import contradicts
from site_builder.finding.lands import Lands
from site_builder.finding.lookalikes import NO_NAME, TITLES, begins_sentence, is_given
from site_builder.finding.metonyms import stands_for_state
from site_builder.finding.roles import is_title
from site_builder.finding.senses import Found, Sense, in_language, senses_of
from site_builder.finding.signs import given_names
from site_builder.finding.spelling import name_key, words
from site_builder.finding.wordlike import is_surname
from site_builder.model import Mention, Passage, Person, Unclear

_HONORIFICS: Final = TITLES | words(
    "Mr Mr. Mrs Mrs. Ms Ms. Dr Dr. Sir Lady Lord Dame Prof. Professor Sen. Senator Rep. Gov. "
    "Governor Gen. Colonel Col. Captain Capt. Sgt. Lt. Judge Justice Chief Ayatollah Sheikh Imam "
    "Pope Archbishop Cardinal Bishop Reverend Rev. Congressman Congresswoman Mayor Chairman "
    "Chairwoman Director Commissioner Spokesman Spokeswoman spokesman spokeswoman Candidate "
    "candidate Leader Admiral Major MP president minister premier chancellor senator governor"
)
_PARTICLES: Final = words("al el bin ibn bint van von de del della der den la da dos di du ten ter")
_INITIAL: Final = re.compile(r"[A-Z]\.(?:-?[A-Z]\.)*")
_NEXT: Final = re.compile(r"[ \u00a0]([A-Z][\w’'-]*)")
_NEXT_NAME: Final = re.compile(
    rf"[ \u00a0](?:(?:{'|'.join(sorted(_PARTICLES))})[ -]){{0,3}}([A-Z][\w’'-]*)")
_ENDED: Final = ("'s", "’s", "s'", "s’", ".")  # of a possessive, or of a sentence


class Finder:
    """Finds the people of the records and every country.

    `language` is the site's. Making one costs about a second for 20,000 people;
    finding costs the length of the text.
    """

    def __init__(self, people: Iterable[Person], atlas: Atlas, language: str) -> None:
        self._language = language
        records = sorted(people, key=lambda person: (person.id, person.path))
        senses, shown = senses_of(records, atlas, language)
        self._senses = senses
        self._words = {
            person.id: frozenset(word for name in person.names for word in name.split())
            for person in records}
        self._shown = shown
        self._gazetteer = Gazetteer((shown[key], key) for key in senses)
        self._others: dict[str, tuple[Gazetteer, dict[str, Sense]]] = {}

    def find(
        self, passages: Sequence[Passage], people: Collection[str] = (),
        countries: Collection[str] = (), lang: str = "", whole: Folded | None = None,
    ) -> tuple[Mention, ...]:
        """Every mention in the passages, in their order, without overlaps.

        `people` and `countries` are the ids that the article's front matter
        names: they allow a surname without a full name, and decide between two. `whole` are
        the passages in one text, if that is there already.
        """
        return self.find_all(passages, people, countries, lang, whole)[0]

    def find_all(
        self, passages: Sequence[Passage], people: Collection[str] = (),
        countries: Collection[str] = (), lang: str = "", whole: Folded | None = None,
    ) -> tuple[tuple[Mention, ...], Unclear]:
        """As `find`, and the names of several people of whom `people` has none."""
        if whole is None:
            whole = Folded(BETWEEN.join([passage.text for passage in passages]))
        found: list[Found] = []
        named: list[tuple[str, ...]] = []
        gazetteer, senses = (self._gazetteer, self._senses) if lang in (
            "", "en", self._language) else self._other(lang)
        for number, match in gazetteer.find_in([passage.text for passage in passages], whole):
            skips = passages[number].skips
            if not skips or not any(a < match.end and match.start < b for a, b in skips):
                sense = senses[match.id]
                found.append((number, match, sense))
                if sense.people:
                    named.append(sense.people)
        reading = _Reading(senses, self._words, passages, frozenset(people),
                           frozenset(countries), found, whole)
        for ids in named:
            reading.expect(ids)
        reading.read()
        return reading.mentions(), reading.unclear()

    def _other(self, lang: str) -> tuple[Gazetteer, dict[str, Sense]]:
        """Gazetteer and senses with the names of countries in another language, too."""
        found = self._others.get(lang)
        if found is None:
            senses, shown = dict(self._senses), dict(self._shown)
            for form, sense in in_language(lang):
                key = fold(form)
                old = senses.get(key)
                if old is None:
                    shown[key], senses[key] = form, sense
                elif not (old.country or old.capital or old.people or old == Sense()):
                    senses[key] = old._replace(country=sense.country, capital=sense.capital)
            found = self._others[lang] = (
                Gazetteer((shown[key], key) for key in shown), senses)
        return found


class _Reading:
    """One article, read from its beginning to its end."""

    def __init__(
        self, senses: dict[str, Sense], names: dict[str, frozenset[str]],
        passages: Sequence[Passage], people: frozenset[str], countries: frozenset[str],
        matches: Sequence[Found], whole: Folded,
    ) -> None:
        self._senses, self._words, self._passages = senses, names, passages
        self._people = people
        self._matches, self._whole = matches, whole
        self._found: list[Mention | tuple[int, Match, tuple[str, ...]]] = []
        self._owner: dict[str, str] = {}  # a surname's form → whose it is here, or nobody's
        self._named: set[str] = set()
        self._unclear: dict[tuple[str, ...], str] = {}
        self._unsettled = False
        self._lands = Lands(passages, matches, whole, countries)

    def expect(self, people: tuple[str, ...]) -> None:
        """Note who is named in full anywhere: a headline has the surname before that."""
        if id := self._choose(people):
            self._named.add(id)

    def read(self) -> None:
        """Settle what each match means."""
        for at, (number, match, sense) in enumerate(self._matches):
            if sense.people:
                id = self._choose(sense.people)
                if id:
                    self._person(number, match, id)
                elif self._people.isdisjoint(sense.people):
                    self._unclear.setdefault(sense.people, match.form)
                continue
            text = self._passages[number].text
            if sense.surname_of and self._surname(at, text):
                continue
            if sense.country:
                if self._lands.is_country(at, text):
                    self._add_country(number, match, sense.country)
            elif sense.capital:
                if stands_for_state(text, match) and self._lands.is_country(at, text):
                    self._add_country(number, match, sense.capital)
            elif sense.either:
                self._unsettled = True
                self._found.append((number, match, sense.either))

    def _choose(self, ids: tuple[str, ...]) -> str:
        if len(ids) == 1:
            return ids[0]
        wanted = [id for id in ids if id in self._people]
        return wanted[0] if len(wanted) == 1 else ""

    def _person(self, number: int, match: Match, id: str) -> None:
        self._named.add(id)
        self._found.append(Mention("person", id, number, match.start, match.end, match.form))
        for form in surnames_in(match.form):
            # two people of one surname: alone it is neither's
            self._owner[form] = id if self._owner.get(form, id) in (id, "") else "?"

    def _surname(self, at: int, text: str) -> bool:
        """Whether a bare surname is settled here: as a person's, or as a stranger's."""
        number, match, sense = self._matches[at]
        last = _word_before(text, match.start)
        is_place = sense.word and last and name_key(last) not in given_names()  # Capitol Hill
        if not is_place and self._another(text, match, last, sense):
            self._owner[match.id] = ""  # another person of that name: John Raisi
            return not sense.country or match.form in demonyms().also_persons
        if self._passages[number].kind != "h" and _begins_name(text, match):
            return not sense.country  # James Smith is not LeBron James
        owner = self._owner.get(match.id)
        if owner is None:
            fits = [id for id in sense.surname_of if id in self._named] or [
                id for id in sense.surname_of if id in self._people]
            if len(fits) == 1:
                owner = fits[0]
            elif not fits and len(sense.surname_of) == 1 and last in _HONORIFICS:
                owner = sense.surname_of[0]
        if owner == "?":
            return True
        if (sense.country or sense.capital) and self._lands.shows_country(at, text):
            return False  # Michael Jordan flew to Jordan
        if owner and sense.word and last not in _HONORIFICS and not is_surname(
            text, match.start, match.end, match.form,
            headline=self._passages[number].kind == "h", article=self._whole.text,
        ):
            return not sense.country
        if not owner or (sense.country and last not in _HONORIFICS
                         and owner not in self._named):
            return owner == "" and not sense.country
        self._named.add(owner)
        self._found.append(Mention("person", owner, number, match.start, match.end, match.form))
        return True

    def _another(self, text: str, match: Match, last: str, sense: Sense) -> bool:
        """Whether the words around a surname make it somebody else's: "Samir Haddad" and
        "Mr Haddad" are not Layla Haddad, but "L. Haddad" and "Iraq's Haddad" may be."""
        people = sense.surname_of
        if last and all(contradicts(last, self._words[id], match.form) for id in people):
            return True
        end = match.end
        follows = _NEXT.match(text, end) if text[end + 1 : end + 2].isupper() else None
        if follows and family_comes_first([match.form, follows[1]]):
            return not any(follows[1] in self._words[id] for id in people)  # Li Wei, not Li Ming
        start = match.start - len(last) - 1
        while last in _PARTICLES:
            last = _word_before(text, start)  # Samir van den Berg
            start -= len(last) + 1
        if not last or not last[0].isupper():
            return False
        if _INITIAL.fullmatch(last):
            earlier = _word_before(text, start)
            if not _INITIAL.fullmatch(earlier) and self._is_given(text, start, earlier, people):
                return not any(earlier in self._words[id] for id in people)  # Samir M. Haddad
            return not any(
                word[0] == last[0] for id in people for word in self._words[id])
        return self._is_given(text, start + len(last) + 1, last, people) and not any(
            last in self._words[id] for id in people)

    def _is_given(self, text: str, start: int, word: str, people: tuple[str, ...]) -> bool:
        """Whether a word that ends at `start` is a given name, and not one that means `people`."""
        if not word or not word[0].isalpha() or not is_given(word) or word in _HONORIFICS \
                or is_title(word) or word in NO_NAME or word.endswith(_ENDED):
            return False
        known = self._senses.get(fold(word))
        if known is not None and (
            not (known.people or known.surname_of) or not set(people).isdisjoint(known.people)
        ):
            return False
        return name_key(word) in given_names() or not begins_sentence(
            text, start - len(word) - 1)

    def _add_country(self, number: int, match: Match, id: str) -> None:
        self._lands.states.add(id)
        self._found.append(Mention("country", id, number, match.start, match.end, match.form))

    def mentions(self) -> tuple[Mention, ...]:
        return tuple(self._settled() if self._unsettled else self._found)  # type: ignore[arg-type]

    def unclear(self) -> Unclear:
        """The first name of each group of people of whom front matter names none."""
        return tuple((form, ids) for ids, form in self._unclear.items())

    def _settled(self) -> Iterator[Mention]:
        for found in self._found:
            if isinstance(found, Mention):
                yield found
                continue
            number, match, ids = found
            fits = [id for id in ids if id in self._lands.states]
            if len(fits) == 1:
                yield Mention("country", fits[0], number, match.start, match.end, match.form)


def _begins_name(text: str, match: Match) -> bool:
    """Whether a surname is a given name here, with another surname behind it."""
    if not _is_given_form(match.form):
        return False
    follows = _NEXT_NAME.match(text, match.end)
    return follows is not None and not is_title(follows[1])


@cache
def _is_given_form(form: str) -> bool:
    return name_key(form) in given_names()


def _word_before(text: str, start: int) -> str:
    """The word before a place, where nothing but space is between."""
    if start < 2 or text[start - 1] not in " \u00a0":
        return ""
    word = text[max(0, start - 60) : start - 1].rpartition(" ")[2]
    if word.isalnum():
        return word
    begin = start - 1
    while begin and text[begin - 1] in " \u00a0":
        begin -= 1
    end = begin
    least = max(0, start - 60)
    while begin > least and (text[begin - 1].isalnum() or text[begin - 1] in "_’'.-"):
        begin -= 1
    return text[begin:end]
