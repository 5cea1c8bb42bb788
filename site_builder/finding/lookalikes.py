"""Names of countries that are people's as well: which is meant where."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Literal

import msgspec

from site_builder.finding.demonyms import adjectives, demonyms
from site_builder.finding.gazetteer import Match
from site_builder.finding.roles import is_role, is_title
from site_builder.finding.signs import DATES, given_names, is_of_no_person
from site_builder.finding.spelling import words
from site_builder.finding.territories import DATA


class Bodies(msgspec.Struct, frozen=True):
    """Words of the names of companies, papers and clubs."""

    after: frozenset[str]
    air_not: tuple[str, ...]
    before: tuple[str, ...]
    before_of: tuple[str, ...]


class Things(msgspec.Struct, frozen=True):
    """Words that make a person's name a thing's; `compounds` are joined to it by a hyphen."""

    after: tuple[str, ...]
    after_small: tuple[str, ...]
    before: tuple[str, ...]
    before_small: tuple[str, ...]
    compounds: tuple[str, ...]


class Lookalikes(msgspec.Struct, frozen=True):
    """lookalikes.json; data/README.md says how it was made."""

    about: str
    persons: tuple[str, ...]
    given: tuple[str, ...]
    surnames: frozenset[str]
    words: dict[str, frozenset[str]]
    bodies: Bodies
    things: Things
    buildings: tuple[str, ...]
    us_states: tuple[str, ...]
    us_postal: tuple[str, ...]
    georgia: dict[str, dict[str, frozenset[str]]]


@cache
def lookalikes() -> Lookalikes:
    """The shipped data."""
    return msgspec.json.decode((DATA / "lookalikes.json").read_bytes(), type=Lookalikes)


Use = Literal["country", "name", "given", "surname", "perhaps"]
"""Of a country's word: the country, a part of the name of something else, or of a person;
"perhaps" if it is a person's given name or a part of anything: "India Gate"."""

TITLES: Final = words(
    "President Prime Minister Premier Chancellor King Queen Prince Princess Emir Sultan Foreign "
    "Defence Defense Interior Finance Oil Energy Army Parliament Parliamentary Supreme Crown "
    "Vice Deputy Ambassador Embassy General Secretary Speaker Ministry National Central Bank "
    "Government Presidency Republic Revolutionary Security Air Football Olympic Human"
)
NO_NAME: Final = DATES | words(
    "The A In On At And But Assembly "
    "Council Committee Commission Ministry Minister President Office Party House Palace "
    "Election Elections Motors Electric Staff Secretary General Deputy Prime Foreign Affairs "
    "Republic Islamic United Nations National State Union Day Hotel Street Avenue University "
    "Hall Court Congress Senate Who When He She It They His Her After Before Since "
)
_OPENERS: Final = words(
    "The A An In On At To Of From For By With And But Or As If While When After Before Since Until "
    "That Then Also Both Neither Either Not Now Like Unlike Over Under Between Across Inside "
    "Outside Near Beyond Visit Southern Northern Eastern Western"
)
_NO_GIVEN: Final = _OPENERS | TITLES
ACTS: Final = (
    r"(?:sa(?:id|ys)|t(?:old|ells)|add(?:ed|s)|den(?:ied|ies)|refuse[ds]|resign(?:ed|s)|met|ask(?:ed|s)"
    r"|repl(?:ied|ies)|wr(?:ote|ites)|spoke|speaks|arrived?|left|called|won|lost|voted|promise[ds]"
    r"|pledged|vowed|warn(?:ed|s)|insist(?:ed|s)|argue[ds]|announce[ds]|agree[ds]|visit(?:ed|s)"
    r"|apologi[sz]e[ds]|admit(?:ted|s)|claim(?:ed|s)|explain(?:ed|s)|thank(?:ed|s)|accuse[ds]|urge[ds]"
    r"|declined|testif(?:ied|ies)|recalled|smiled|laughed|nodded|died|lives?|thinks|thought|believe[ds]"
    r"|knows?|knew|wants|wanted|tweeted|praised|blamed|criticised|criticized|rejected|hopes|hoped"
    r"|signed|served|married|studied|joined|himself|herself|concede[ds]|quit|sued|pleaded)")
OFTEN: Final = (
    r"(?: also| then| later| now| still| never| already| once| often| has| had| will| would| could"
    r"| did(?: not|n[’']t))*")
PERSON_AFTER: Final = re.compile(
    rf"['’]s?\b(?!\w)|,? (?:who|whose)\b|, (?:\d{{1,2}},|the |a |an |his |her )|{OFTEN} {ACTS}\b"
    r"|[,.]?[”\"] | [JS]r\b")
"""What shows that a person was named before it."""
_AGED: Final = re.compile(
    r", (?:aged )?\d{1,2}, (?!(?:and|or|but) )[a-z]|, aged \d"
    r"| \(\d\d\)(?:,| (?:from|who|of|was|said|told)\b)")  # and no score
_PERSONAL: Final = re.compile(
    r"(?:, (?:aged )?\d{1,2},| \(\d\d\)| (?:wrote|writes|sang|sings|acted|starred|smiled|laughed"
    r"|nodded|was born|grew up|studied|married|recalled|is survived|died)\b| Jr\b)")
_BEFORE_PLACES: Final = words(
    "in from to for after of across over outside inside at near between against on into through "
    "under since until before")
_CAPITALS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_COMPANIES: Final = words("Airlines Airline Airways Express Idol Telecom Petroleum")
_NEXT_WORD: Final = re.compile(
    r"['’]?[ \u00a0](?:(?:al|el|bin|van|von|de|del|le|la|der|den)[ -]){0,2}([A-Z][\w’'-]+)")
_MAY_BE_NAMES: Final = ("'", "’", *(
    f" {particle}" for particle in ("al", "el", "bin ", "van ", "von ", "de", "le ", "la ")))
_MORE: Final = re.compile(r"(?:[ \u00a0][A-Z][\w’-]*)+")
_LAST_WORD: Final = re.compile(r"(\b[A-Z]\.|[\w’'-]+)[ \u00a0]$")
_MISTER: Final = re.compile(
    r"\b(?:M(?:rs?|s|iss|adame)|Dr|Sir|Lady|Lord|Dame|Baroness|Baron|Judge|Prof)\.?[ \u00a0]$")
_LONG_SMALL: Final = re.compile(r"(?<![\w’'])[a-z]\w{4,}")
_HEADLINE: Final = 120  # characters


def is_country(text: str, match: Match) -> bool:
    """Whether a name that is a person's, a company's or a word as well is the country's here."""
    end = match.end
    if text[end : end + 1] != " " or text[end + 1 : end + 2] in _CAPITALS:
        after = _NEXT_WORD.match(text, end)
        if after and after[1] in _COMPANIES:
            return False
    if match.form == "US":
        before = _LAST_WORD.search(text[max(0, match.start - 40) : match.start])
        return not (before and len(before[1]) > 1 and before[1].isupper())  # CONTACT US
    return match.form not in guarded() or use(text, match) == "country"


@cache
def guarded() -> frozenset[str]:
    """Names of countries and capitals, and demonyms, that are names of people as well."""
    return frozenset(demonyms().also_persons) | frozenset(lookalikes().persons)


@cache
def is_often_a_person(form: str) -> bool:
    """Whether a name is nearly as likely a person's: "Jordan", not "India"."""
    return form in demonyms().also_persons and form not in lookalikes().given


def use(text: str, match: Match) -> Use:
    """What a guarded name is, by the words next to it: "Jordan Peterson", "the Jordan Times"."""
    start, end = match.start, match.end
    if text[end : end + 1] in (",", " ") and _AGED.match(text, end) and (
            is_often_a_person(match.form) or match.form in lookalikes().given):
        return "given"  # Chad, 21, an accountant
    if text[text.rfind(" ", 0, max(0, start - 1)) + 1].islower() and not (
        text[end + 1 : end + 2].isupper() or text.startswith(_MAY_BE_NAMES, end)
    ):
        return "country"  # nearly always
    form, often = match.form, is_often_a_person(match.form)
    before = text[max(0, match.start - 40) : match.start]
    if _MISTER.search(before):
        return "surname"
    if often or form in lookalikes().given:
        after = _NEXT_WORD.match(text, match.end)
        if after and not _goes_on(after[1]) and not _is_headline(text, after[1]):
            more = _MORE.match(text, after.end())
            follows = [after[1], *(more[0].split() if more else ())]
            if not any(map(_is_of_no_person, follows)):
                named = match.end + len(after[0]) + (len(more[0]) if more else 0)
                return "given" if often or PERSON_AFTER.match(text, named) else "perhaps"
            if often:
                return "name"
    last = _LAST_WORD.search(before)
    if last is None or not is_given(last[1]):
        return "country"
    if last[1].lower() in given_names():
        return "surname"
    if _is_headline(text, last[1]):
        return "country"  # Envoy Meets Jordan King
    if not often or begins_sentence(text, match.start - len(last[0])) or last[1] in NO_NAME \
            or is_title(last[1]) or last[1] in adjectives():
        return "country"
    return "name" if _is_of_no_person(last[1]) else "surname"


def names_person(text: str, match: Match) -> bool:
    """Whether what follows a country's name makes it a given name that few people bear: "China
    Miéville wrote it", "the actress America Ferrera", "Cyprus Jones"."""
    form, end = match.form, match.end
    follows = _NEXT_WORD.match(text, end)
    if follows is None or text[end] in "'’" or " " in form or form in adjectives() or (
            form.isupper() or form.removesuffix("s") in adjectives()):
        return False
    word = follows[1]
    if _is_of_no_person(word) or _goes_on(word) or is_title(word) or word.isupper():
        return False
    last = text[max(0, match.start - 20) : match.start].rstrip().rpartition(" ")[2]
    if last.lower() in _BEFORE_PLACES:
        return False  # in Iran Johnson said so
    if word.removesuffix("’s").removesuffix("'s") in lookalikes().surnames:
        return True
    if is_in_title_case(text):
        return False
    if last.islower() and is_role(last):
        return True
    more = _MORE.match(text, follows.end())
    return _PERSONAL.match(text, more.end() if more else follows.end()) is not None


def _is_of_no_person(word: str) -> bool:
    return is_of_no_person(word) or word in lookalikes().bodies.after


def _goes_on(word: str) -> bool:
    """Whether a word after a country's name is none of a person's: "Jordan Prime Minister"."""
    return any(form in TITLES or form in NO_NAME or form in adjectives()
               for form in (word, word.removesuffix("s")))


def _is_headline(text: str, verb: str) -> bool:
    """Whether all words have a capital, and this one is a verb: "Israel Bombs Port"."""
    return verb.endswith(("s", "ed", "ing")) and is_in_title_case(text)


def is_in_title_case(text: str) -> bool:
    """Whether all words have a capital, as in the headlines of some papers."""
    return len(text) < _HEADLINE and not _LONG_SMALL.search(text) and not text.endswith(".")


def is_given(word: str) -> bool:
    """Whether a word before a country's name makes it a surname: "Michael Jordan"."""
    return word[0].isupper() and not (word.isupper() and len(word) > 2) and word not in _NO_GIVEN


def begins_sentence(text: str, start: int) -> bool:
    """Whether the word at `start` is capitalised for its place alone."""
    before = text[:start].rstrip()
    return not before or before[-1] in ".!?:;“\"”’'—–("


_PLACE_BEFORE: Final = re.compile(
    r"\b(?:in|into|across|throughout|inside|outside|within|toward|towards|via|around|northern"
    r"|southern|eastern|western|central|visit|visits|visited|visiting|reach|reached|entered"
    r"|invaded|left|leaves?|leaving|(?:north|south|east|west|parts|people|king|queen|kingdom|government|capital|border"
    r"|borders|president|prime minister|minister|ambassador|republic|monarch|parliament|army"
    r"|economy|embassy|coast|state|emirate) (?:of|from|to|with)|(?:fl(?:ew|y|ies|ying)|fled|flee"
    r"|travel\w*|went|go|going|move[ds]?|moving|return\w*|drove|dr(?:ive|iving)|deport\w*|trips?"
    r"|visits?|exports?|imports?|migrat\w+|emigrat\w+|flights?|bound|came|cross\w*|refugees?"
    r"|extradit\w+|aid|arms|weapons)(?: \w+)? (?:to|from|for)) (?:the )?$", re.IGNORECASE)
_STATE_AFTER: Final = re.compile(
    r"(?:['’]s?(?: [a-z]+)?)? (?:king|queen|monarch\w*|crown|government|parliament|prime|foreign"
    r"|presiden\w+|interior|defen[cs]e|ministe?r\w*|army|military|capital|borders?|econom\w+|currency"
    r"|constitution|embassy|ambassador|airspace|troops|forces|population|royal|state|supreme"
    r"|opposition|ruling|rulers|cent(?:ral|re|er)|air force|security forces|officials)\b"
    r"|(?: has| had| have| will| also| then)* (?:impos|ratif|recogni[sz]|annex|invad|border|expel"
    r"|export|import|occup(?:y|ie)|declared (?:war|independence)|sever)\w*\b")


def shows_country(text: str, start: int, end: int) -> bool:
    """Whether the words around a name show the country, where a person bears it, too:
    "Jordan's king", "flew to Jordan"; but "a letter to Jordan" does not.
    """
    return _STATE_AFTER.match(text, end) is not None \
        or _PLACE_BEFORE.search(text[max(0, start - 60) : start]) is not None
