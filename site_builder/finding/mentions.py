"""Every place where a text names a person or a country of the records.

The result depends only on the records of which a form stands in the text, so
that adding a record changes nothing in articles that do not name it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from site_builder.finding.countries import Atlas
from site_builder.finding.demonyms import demonyms
from site_builder.finding.folding import BETWEEN, Folded, fold
from site_builder.finding.forms import surnames_in
from site_builder.finding.gazetteer import Gazetteer, Match
from site_builder.finding.lands import Lands
from site_builder.finding.metonyms import stands_for_state
from site_builder.finding.senses import (
    GENITIVE,
    Found,
    Sense,
    genitives,
    in_language,
    senses_of,
)
from site_builder.finding.signs import given_names
from site_builder.finding.spelling import name_key
from site_builder.finding.strangers import HONORIFICS, Strangers, begins_name, word_before
from site_builder.finding.territories import base_language
from site_builder.finding.things import is_thing
from site_builder.finding.wordlike import is_surname
from site_builder.model import Mention, Passage, Person, Unclear


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
        self._people = {person.id: person for person in records}
        self._shown = shown
        self._gazetteer = _gazetteer(senses, shown, language)
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
        gazetteer, senses = (self._gazetteer, self._senses) if lang in (
            "", "en", self._language) else self._other(lang)
        for number, match in gazetteer.find_in([passage.text for passage in passages], whole):
            if match.id[-1] == GENITIVE:  # Macrons Antwort
                match = Match(match.start, match.end - 1, match.id[:-1], match.form[:-1])
            skips = passages[number].skips
            if not skips or not any(a < match.end and match.start < b for a, b in skips):
                found.append((number, match, senses[match.id]))
        reading = _Reading(Strangers(senses, self._people), passages, frozenset(people),
                           frozenset(countries), found, whole)
        reading.expect()
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
            found = self._others[lang] = _gazetteer(senses, shown, lang), senses
        return found


def _gazetteer(senses: Mapping[str, Sense], shown: Mapping[str, str], language: str) -> Gazetteer:
    forms = [(shown[key], key) for key in senses]
    if base_language(language) == "de":
        forms += genitives(senses, shown)
    return Gazetteer(forms)


class _Reading:
    """One article, read from its beginning to its end."""

    def __init__(
        self, strangers: Strangers, passages: Sequence[Passage], people: frozenset[str],
        countries: frozenset[str], matches: Sequence[Found], whole: Folded,
    ) -> None:
        self._strangers, self._passages, self._people = strangers, passages, people
        self._matches, self._whole = matches, whole
        self._found: list[Mention | tuple[int, Match, tuple[str, ...]]] = []
        self._owner: dict[str, str] = {}  # a surname's form → whose it is here, or nobody's
        self._named: set[str] = set()
        self._unclear: dict[tuple[str, ...], str] = {}
        self._others: set[int] = set()  # full names that are somebody else's
        self._passed: set[int] = set()  # names that are no person's, or parts of other names
        self._taken: set[str] = set()  # names of one word that somebody else has
        self._wholly: set[str] = set()  # who is named by more than one word
        self._strange: dict[int, bool] = {}  # surnames, and whether they are a stranger's
        self._unsettled = False
        self._lands = Lands(passages, matches, whole, countries)

    def expect(self) -> None:
        """Note who is named in full anywhere: a headline has the surname before that. Who is
        not, has no surname here that a stranger's full name has."""
        for at, (number, match, sense) in enumerate(self._matches):
            if not sense.people or not (id := self._choose(sense.people)):
                continue
            text = self._passages[number].text
            if self._strangers.is_in_longer_name(text, match, sense.people):
                self._passed.add(at)
                if " " not in match.form:
                    self._taken.add(match.id)
            elif is_thing(text, match) or (
                    sense.word and not self._is_name(number, match, text)):
                self._passed.add(at)
            elif self._strangers.is_other_generation(text, match, id):
                self._others.add(at)
            else:
                self._named.add(id)
                if " " in match.form:
                    self._wholly.add(id)
                self._strangers.note(id, text, match.end)
        for at, (number, match, sense) in enumerate(self._matches):
            if sense.surname_of and match.id not in self._owner \
                    and self._named.isdisjoint(sense.surname_of) \
                    and self._people.isdisjoint(sense.surname_of):
                text = self._passages[number].text
                self._strange[at] = strange = self._is_strangers(
                    text, match, sense, word_before(text, match.start))
                if strange:
                    self._owner[match.id] = ""

    def read(self) -> None:
        """Settle what each match means."""
        for at, (number, match, sense) in enumerate(self._matches):
            text = self._passages[number].text
            if sense.people and at not in self._passed:
                id = self._choose(sense.people)
                if at in self._others:
                    for form in surnames_in(match.form):
                        self._owner[form] = ""
                elif id and self._is_his(match, sense, id):
                    self._person(number, match, id)
                    continue
                elif not (id and sense.surname_of):
                    if not id and self._is_unclear(text, match, sense):
                        self._unclear.setdefault(sense.people, match.form)
                    continue
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

    def _is_unclear(self, text: str, match: Match, sense: Sense) -> bool:
        """Whether a name is one of several people's, of whom front matter names none."""
        return self._people.isdisjoint(sense.people) and not is_thing(text, match) and not (
            self._strangers.is_in_longer_name(text, match, sense.people))

    def _is_his(self, match: Match, sense: Sense, id: str) -> bool:
        """Whether a name is not, by its one word, the surname of somebody whom the article names
        in full, while whose it is goes without."""
        if " " in match.form or id in self._wholly or id in self._people:
            return True
        return match.id not in self._taken and not any(
            other in self._wholly for other in sense.surname_of)

    def _is_name(self, number: int, match: Match, text: str) -> bool:
        """Whether a name that is a word as well is meant as a name: "Will", not "Will you"."""
        return word_before(text, match.start) in HONORIFICS or is_surname(
            text, match.start, match.end, match.form,
            headline=self._passages[number].kind == "h", article=self._whole.text)

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
        last = word_before(text, match.start)
        strange = self._strange.get(at)
        if self._is_strangers(text, match, sense, last) if strange is None else strange:
            self._owner[match.id] = ""  # another person of that name: John Raisi
            return not sense.country or match.form in demonyms().also_persons
        if self._passages[number].kind != "h" and begins_name(text, match):
            return not sense.country  # James Smith is not LeBron James
        owner = self._owner.get(match.id)
        if owner is None:
            fits = [id for id in sense.surname_of if id in self._named] or [
                id for id in sense.surname_of if id in self._people]
            if len(fits) == 1:
                owner = fits[0]
            elif not fits and len(sense.surname_of) == 1 and last in HONORIFICS:
                owner = sense.surname_of[0]
        if owner == "?":
            return True
        if owner and is_thing(text, match):
            return not sense.country and not sense.capital
        if (sense.country or sense.capital) and self._lands.shows_country(at, text):
            return False  # Michael Jordan flew to Jordan
        if owner and sense.word and not self._is_name(number, match, text):
            return not sense.country
        if not owner or (sense.country and last not in HONORIFICS
                         and owner not in self._named):
            return owner == "" and not sense.country
        self._named.add(owner)
        self._found.append(Mention("person", owner, number, match.start, match.end, match.form))
        return True

    def _is_strangers(self, text: str, match: Match, sense: Sense, last: str) -> bool:
        is_place = sense.word and last and name_key(last) not in given_names()  # Capitol Hill
        return not is_place and self._strangers.is_another(text, match, last, sense)

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
