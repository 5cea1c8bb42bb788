"""What speaks for a capitalised phrase to be a person's name, and what against it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final, NamedTuple

import msgspec

from site_builder.finding.demonyms import adjectives, demonyms
from site_builder.finding.filing import family_comes_first
from site_builder.finding.roles import is_role, is_title
from site_builder.finding.spelling import unmarked, words
from site_builder.finding.territories import DATA, shipped

WEIGHTS: Final = {
    "a given name": 0.6, "a title before it": 0.6, "a date of birth after it": 0.6,
    "a role before it": 0.5, "the surname comes back alone": 0.5, "another name beside it": 0.45,
    "a particle in it": 0.4, "a family name that comes first": 0.4,
    "a verb of speech beside it": 0.35, "initials": 0.3,
    "a role after it": 0.45, "an age or a description after it": 0.25, "the name comes back": 0.2,
}
"""What each kind of evidence weighs: how likely it is right if there is no other."""
ENOUGH: Final = 0.4
"""A phrase is a name if all its evidence together weighs so much."""

_SPACES: Final = (" ", "\u00a0")
_BEFORE: Final = re.compile(r"([\w’'.-]+),?[ \u00a0]$")
_SPOKE_AFTER: Final = re.compile(
    r",?[ \u00a0](?:also |has |had |later |then )?(?:said|says|told|tells|added|adds|explained"
    r"|explains|wrote|writes|noted|stated|commented|argued|claimed|announced|asked|thinks|believes"
    r"|tweeted|warned|recalled|joked|who|whose)\b")
_SPOKE_BEFORE: Final = (
    "said", "says", "added", "explained", "wrote", "noted", "stated", "commented", "argued",
    "according to", "asked", "by")
_AGE: Final = re.compile(
    r",? (?:\(|aged )?\d{2}\b[,)]|, (?:the|a|an|who|whose|his|her|chief|head) ")
_DESCRIBED: Final = re.compile(
    r", (?:the|an?|his|her|its|their|[A-Z][\w-]*[’']s) (?:[\w’'-]+ ){0,5}?([\w-]+)"
    r"(?=,| (?:of|for|to|at|in|on|from|with|who)\b)")
"""Between commas: Ada Lane, a former minister of trade."""

_BORN: Final = re.compile(
    r" ?\( ?(?:born|b\.|née|n\.|c\. ?\d|pronounced|(?:\d{1,2} )?(?:January|February|March|April|May"
    r"|June|July|August|September|October|November|December) \d|\d{4} ?[-–])")
_ARTICLE: Final = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Tt]h(?:is|at|ese|ose)|[Ee]very|[Ee]ach)[ \u00a0]$")
_OFFICE: Final = re.compile(
    r"\b([A-Z]?[a-z-]+) (?:of|for|to)(?: (?:the|and|of|for|&|[A-Z][\w’'-]*,?))* [A-Z][\w’'-]*,? $")
"""An office told whole before a name: the President of the Republic Ada Lane."""

_OFFICE_OPEN: Final = re.compile(
    r"\b(?:President|Minister|Secretary|Senator|Governor|Mayor|Ambassador|General|Director|Inspector"
    r"|Commissioner)(?: (?:for|and|of|the|General|&|[A-Z][\w’'-]*,?))*? (?:of|for|from|and|&)"
    r"(?: the)? $")
"""What follows is of what somebody is minister, and no part of the name."""

_LONGEST_OFFICE: Final = 90
_MAY_BE_ARTICLES: Final = tuple(
    end + space for end in "he a A an An is at ese ose very ach".split() for space in " \u00a0")
_SAINTS: Final = ("St. ", "St ", "Saint ")
_PARTICLES: Final = words("al el bin ibn bint van von der den ten ter")
_ARABIC: Final = re.compile(r"(?:al|el|as|ash|an|ad)-")
# Words with which names of places and groups begin, many of them Arabic.
_NAMES_BEGIN_NOT: Final = words(
    "Ain Ayn Deir Dayr Umm Ras Tel Tell Tall Shatt Jabal Jebel Wadi Bab Dar Beit Bayt Khan Marj "
    "Jaish Jaysh Jund Hezb Hizb Harakat Ansar Kataib Liwa Asaib Faylaq Rio Santa Santo São Los "
    "Las Puerto Porto Villa Ciudad Playa Costa Isla Sierra Monte Mont Val Côte Port Fort Saint St "
    "Camp Cape Cap Lake Mount")
DATES: Final = words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May "
    "June July August September October November December")
"""Weekdays and months."""
_NO_PERSON: Final = DATES | words(
    "The A An This That These Those It He "
    "She They We I You In On At For From With By To Of And But Or If When While After Before "
    "Since Assembly Council Committee Commission Ministry Office Party House Palace Congress "
    "Senate Parliament Court Department Agency Bureau Authority Administration Service Services "
    "Institute University College School Academy Center Centre Hospital Church Cathedral Museum "
    "Library Airport Station Street Road Avenue Square Park Bridge River Lake Sea Ocean Bay "
    "Island Islands Mountain Mountains Mount Valley County City Town State States Province Region "
    "District Republic Kingdom Union Nations Federation League Association Organization "
    "Organisation Foundation Fund Bank Group Company Corporation Inc Ltd Corp Airlines Airways "
    "Press News Times Post Daily Journal Magazine Review Radio Television TV Network Army Navy "
    "Force Forces Police Guard War Battle Treaty Agreement Act Law Amendment Day Week Month Year "
    "Cup Games Open Championship Prize Award Awards Festival Olympic Olympics World International "
    "National Federal Supreme United New North South East West Northern Southern Eastern Western "
    "Central Islamic Democratic Republican Labour Labor Conservative Liberal Green Christian "
    "Catholic Muslim Jewish Facebook Twitter Google Microsoft Apple Wikipedia Internet Web "
    "Project Program Programme Team Series Season Home Security Human Rights Health Education "
    "Defense Defence Foreign Affairs Interior Finance Energy Justice Hall Hotel Club Stadium "
    "Arena Tower Building Room Code Data Digital Source Software Design Lab Labs Board Summit "
    "Conference Convention Election Elections Campaign Movement Front Alliance Coalition Society "
    "Earth Moon Mars Space Hurricane Storm Tropical Typhoon Cyclone Flight Route Highway Line "
    "Grand Prix Derby Final Finals Round Stage Super Bowl Premier Division All Our Their His Her "
    "Its My Your There Here What Which Who Why How Not No Yes More Most Some Many First Second "
    "Third Last Next Also However Although Because During Through Under Over Between Railroad "
    "Railway Railways Rail Metro Subway Underground Ambulance Brigade Squadron Regiment Battalion "
    "Corps Fleet Guards Wing Reserve Treasury Intelligence Empire Dynasty Sultanate Caliphate "
    "Embassy Consulate Circuit Dock Docks Harbor Harbour Port Beach Creek Reservoir Rapids Falls "
    "Heights Gardens Garden Plaza Mall Market Terminal Junction Cemetery Casino Rink Playfield "
    "Field Fields Estate Manor Castle Abbey Temple Mosque Synagogue Basilica Shrine Gallery "
    "Theatre Theater Cinema Opera Ballet Orchestra Ensemble Choir Band Quartet Records Recordings "
    "Studios Pictures Entertainment Productions Music Chart Album Symphony Broadcasting Media "
    "Publishing Publications Books Chronicle Herald Tribune Gazette Observer Guardian Telegraph "
    "Sentinel Express Mirror Reporter Cable Telecom Communications Mobile Systems Technologies "
    "Technology Solutions Holdings Partners Capital Trust Insurance Pharmaceuticals Laboratory "
    "Laboratories Industries Enterprises Motors Oil Gas Petroleum Electric Exchange Index GmbH AG "
    "SA PLC LLC LLP Co Science Sciences Oceanography Studies Research Biology Physics Chemistry "
    "Medicine Engineering Economics History Institution Symposium Safety Protection Development "
    "Trade Commerce Transport Transportation Agriculture Environment Diversity Lottery Edition "
    "Connector Train Bikes Scouts Jews Muslims Christians Catholics Cups Gulf Peninsula Desert "
    "Forest Gym Pool Track Athletics Rangers Warriors Giants Eagles Cardinals Bruins Pirates "
    "Victorias Crystals Longhorns Falcons Bulls Lions Tigers Wolves Rovers Wanderers Athletic "
    "Albion Hotspur Rugby Football Soccer Hockey Cricket Baseball Basketball Ave Blvd Mission "
    "Confederation Constituency Affiliation Place Seconds Minutes Hours Chair Empires Watch "
    "Foods Farms Stores Hotels Homes Energy Steel Mining Transit Freight Logistics Shipping "
    "Tankers Airways Mills Textiles Chemicals Software Digital Analytics Labs Ventures Properties "
    "Rights Aerolíneas Agroindustrias Industrias Banco Grupo Universidad Ministerio Partido "
    "Asociación Compañía Cooperativa Minera Petróleos Cámara Confederación Consejo Instituto "
    "Fundación Movimiento Sindicato Corporación Société Compagnie Banque Université Groupe "
    "Ministère Agence "
    "Tribunal Inquiry Report Plan Deal Accord Accords Pact Protocol Doctrine Declaration Charter "
    "Constitution Bulletin Courier Inquirer Dispatch Standard Examiner Reuters Newswire Wire "
)
# What ends an office, or a part of the world, and no name.
_NO_SURNAMES: Final = words(
    "Officer Minister Secretary Director Commissioner Ambassador Chairman Chairwoman Spokesman "
    "Spokeswoman Spokesperson Representative Manager Adviser Advisor Assistant Attorney Executive "
    "America Asia Africa Europe")
# Bodies that somebody heads whose name follows: the secretary of the Harbour Council Ada Lane.
_HEADED: Final = words(
    "Council Committee Commission Assembly Ministry Party Board Authority Agency Department Union "
    "Force Forces Army Police Guard Corps Organization Organisation Federation Alliance Coalition "
    "Movement Affairs")
# Surnames all the same, behind a given name; the second ones are parts of places as well.
_SURNAMES_TOO: Final = words("May West North Green Law Moon How Day Cable Castle Garden Fields")
_SURNAMES_PERHAPS: Final = words(
    "Hall Park Lake Church Street House Power Bridge Field Forest Mars Storm Stage Guard "
    "Temple Abbey")
_GIVEN_TOO: Final = words("Dean Baron Deacon Marquis")
_SURNAMES: Final = words(
    "Jordan Chad Holland Israel Ireland London Paris Wales Washington Salvador")
_NUMERALS: Final = words("II III IV VI VII VIII IX")
_OPENERS: Final = words(
    "The A An In On At As And But When While After Before Since For From With By To Of If Both "
    "Then Also Yesterday Today Meanwhile However Like What")


class Span(NamedTuple):
    """A phrase in a text; `titled` if a title stands before it, `articled` if an article does."""

    start: int
    end: int
    titled: bool
    articled: bool


@cache
def given_names() -> frozenset[str]:
    """Given names of many languages, in lower case ASCII; data/README.md says from where."""
    data = msgspec.json.decode((DATA / "given_names.json").read_bytes(), type=dict[str, object])
    return frozenset(name for kind in ("female", "male", "either")
                     for name in str(data[kind]).split())


def is_of_no_person(word: str) -> bool:
    """Whether a capitalised word ends no person's name: it ends that of a paper, or a body."""
    return word in _NO_PERSON and word not in _SURNAMES_TOO and word not in _SURNAMES_PERHAPS


def trimmed(text: str, start: int, end: int) -> Span | None:
    """A run of capitalised words without the titles before a name and a possessive ending after
    it; None if what is left is no name for its length.
    """
    form = text[start:end]
    if form[-1] in "s’'":
        for ending in ("’s", "'s", "’", "'"):
            form = form.removesuffix(ending)
    parts = form.split(" ")
    # "Santa Barbara County Sheriff Bill Brown": the name follows the last title
    cut, titled, nation = 0, False, False
    articled = text.endswith(_MAY_BE_ARTICLES, 0, start) \
        and _ARTICLE.search(text[max(0, start - 12) : start]) is not None
    for place, part in enumerate(parts[:-1]):
        if is_title(part) and not (place == len(parts) - 2 == cut and part in _GIVEN_TOO):
            cut, titled = place + 1, True
        elif part in _OPENERS or part.endswith(("’s", "'s")) or (
            part in _NO_PERSON and not (place > cut and part in _SURNAMES_TOO)
        ) or (place < len(parts) - 2 and part in _lands() and part not in _SURNAMES):
            cut, titled = place + 1, False
            articled = articled or part in ("The", "A", "An")
            nation = part in _lands()
    while len(parts) - cut > 2 and is_given(parts[cut + 1]) and not is_given(parts[cut]) and (
            is_role(parts[cut].lower()) or _OFFICE_OPEN.search(
                text, max(0, start - _LONGEST_OFFICE), start + sum(map(len, parts[:cut])) + cut)):
        cut, titled = cut + 1, True  # Homeowner Ada Lane, Minister of Trade and Youth Ada Lane
    before = parts[cut - 1] if cut else ""
    if cut:
        start += sum([len(part) + 1 for part in parts[:cut]])
        parts = parts[cut:]
    if not 2 <= len(parts) <= 5:
        return None
    if text.endswith(_SAINTS, 0, start):
        articled = True
    if cut and not titled:
        titled = _office_before(text, start)
    if titled or ((nation or before in _HEADED) and is_given(parts[0])):
        articled = False  # the American Laura Stone, the head of the Harbour Board Laura Stone
    if parts[-1] in ("Jr", "Sr") and text.startswith(".", start + len(" ".join(parts))):
        parts[-1] += "."
    return Span(start, start + len(" ".join(parts)), titled, articled)


def _office_before(text: str, at: int) -> bool:
    """Whether an office that is told whole stands before a place."""
    office = _OFFICE.search(text, max(0, at - _LONGEST_OFFICE), at)
    return office is not None and is_title(office[1].capitalize())


def signs(text: str, span: Span) -> dict[str, float] | None:
    """What speaks for a person, with its weight; None when the words cannot be one."""
    start, end, titled, _ = span
    form = text[start:end]
    parts = form.replace("-", " ").split()
    last = parts[-1]
    given = is_given(parts[0])
    if any(part in _NO_PERSON for part in parts[:-1]) or any(
            part.isupper() and len(part) > 3 for part in parts):
        return None
    if last.isupper() and len(last) > 1 and last not in _NUMERALS and "." not in last \
            and not form.isupper():
        return None
    if parts[0] in _NAMES_BEGIN_NOT and not (titled or given):
        return None
    if last in _NO_SURNAMES:
        return None
    doubtful = last in _SURNAMES_PERHAPS
    if last in _NO_PERSON and not (given and (doubtful or last in _SURNAMES_TOO)):
        return None
    lands = _lands()
    if (parts[0] in lands and parts[0] not in demonyms().also_persons) or form in lands or (
            last in lands and last not in _SURNAMES):
        return None
    found: list[str] = []
    if given and not doubtful:
        found.append("a given name")
    elif len(parts[0]) <= 4 and "." in parts[0]:
        found.append("initials")
    elif family_comes_first(form.split(" ")):
        found.append("a family name that comes first")
    before = text[max(0, start - 40) : start]
    word = _word_at_end(before)
    if titled or (word and is_title(word) and word[0].isupper()):
        found.append("a title before it")
    elif word and is_role(word):
        found.append("a role before it")
    elif before.endswith(", ") and _office_before(text, start):
        found.append("a title before it")  # the ambassador to Iraq, Ada Lane
    if parts[1] in _PARTICLES or _ARABIC.search(form):
        found.append("a particle in it")
    if _SPOKE_AFTER.match(text, end) or (
            before[-1:] in _SPACES and before[:-1].lower().endswith(_SPOKE_BEFORE)):
        found.append("a verb of speech beside it")
    if _BORN.match(text, end):
        found.append("a date of birth after it")
    elif (described := _DESCRIBED.match(text, end)) and is_role(described[1]):
        found.append("a role after it")
    elif _AGE.match(text, end):
        found.append("an age or a description after it")
    return {sign: WEIGHTS[sign] for sign in found}


@lru_cache(maxsize=4096)
def is_given(word: str) -> bool:
    """Whether a word is a given name in one of many languages, with or without its marks."""
    return unmarked(word.replace("ı", "i")).lower().rstrip(".") in given_names()


def _word_at_end(before: str) -> str:
    """The last word before a name, with nothing but a comma and a space between."""
    if before[-1:] not in _SPACES:
        return ""
    word = before[:-1].removesuffix(",").rpartition(" ")[2]
    if word.isalnum():
        return word
    found = _BEFORE.search(before)  # slow: it tries every place
    return found[1] if found else ""


def weight(evidence: Mapping[str, float]) -> float:
    """What several kinds of evidence weigh together: that not all of them are wrong."""
    doubt = 1.0
    for one in evidence.values():
        doubt *= 1 - one
    return 1 - doubt


@cache
def _lands() -> frozenset[str]:
    names = frozenset(country.name for country in shipped().countries.values())
    return names | adjectives()
