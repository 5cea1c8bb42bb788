"""Who is named where: traps, surnames, capitals, and what must not be found."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.finding.countries import Atlas
from site_builder.finding.forms import forms_of
from site_builder.finding.gazetteer import fold
from site_builder.finding.mentions import Finder
from site_builder.finding.passages import passages
from site_builder.model import Mention, Passage, Person

PEOPLE = [
    Person(id="raisi", name="Ebrahim Raisi", aliases=("Ibrahim Raisi", "ابراهیم رئیسی")),
    Person(id="sudani", name="Mohammed Shia al-Sudani"),
    Person(id="michael-jordan", name="Michael Jordan"),
    Person(id="george-bush", name="George Bush"),
    Person(id="laura-bush", name="Laura Bush"),
    Person(id="xi", name="Xi Jinping"),
    Person(id="leyen", name="Ursula von der Leyen"),
    Person(id="salman", name="Mohammed bin Salman"),
    Person(id="beek", name="Relus ter Beek"),
    Person(id="theresa-may", name="Theresa May"),
    Person(id="young", name="Ida Young"),
    Person(id="erdogan", name="Recep Tayyip Erdoğan"),
    Person(id="israel", name="Israel Adair"),
    Person(id="masri", name="فاطمة المصري"),
]
FINDER = Finder(PEOPLE, Atlas("en"), "en")


def test_a_name_is_found_with_capital_particles_and_without_accents() -> None:
    people = [Person(id=id, name=name) for id, name in {
        "sudani": "Mohammed Shia al-Sudani", "leyen": "Ursula von der Leyen",
        "ozer": "Tülay Özer Yıldız", "jose": "José Silva", "jose-2": "Jose Silva"}.items()]
    finder = Finder(people, Atlas("en"), "en")
    for text, expected in {
        "Mohammed Shia Al-Sudani came. Al-Sudani left.": ["sudani"] * 2,
        "Mohammed Shia al Sudani came. Al Sudani left.": ["sudani"] * 2,
        "Ursula Von Der Leyen came. Von Der Leyen left.": ["leyen"] * 2,
        "Tulay Ozer Yildiz came. Yildiz left.": ["ozer"] * 2,
        "MOHAMMED SHIA AL-SUDANI CAME. AL-SUDANI LEFT.": ["sudani"] * 2,
        "URSULA VON DER LEYEN CAME": ["leyen"], "TULAY OZER YILDIZ CAME": ["ozer"],
        "José Silva came.": ["jose"], "Jose Silva came.": ["jose-2"],
    }.items():
        assert [m.id for m in finder.find([Passage("", text)])] == expected, text
        assert any(fold(form) in fold(text) for person in people if person.id == expected[0]
                   for form in forms_of(person))


def found(
    *texts: str, people: Sequence[str] = (), countries: Sequence[str] = (), lang: str = ""
) -> list[tuple[str, str]]:
    mentions = FINDER.find([Passage("", text) for text in texts], people, countries, lang)
    return [(mention.id, mention.form) for mention in mentions]


def ids(*texts: str, **more: Sequence[str]) -> list[str]:
    return [id for id, _ in found(*texts, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "expected"), [
    ("Ebrahim Raisi landed. Raisi’s guards waited; RAISI", ["raisi", "raisi"]),
    ("Mohammed Shia al-Sudani spoke; Al-Sudani left; Sudani slept.", ["sudani"] * 3),
    ("Xi Jinping came. Xi went.", ["xi", "xi"]),
    ("Ursula von der Leyen; Von der Leyen; von der Leyen", ["leyen"] * 3),
    ("Mohammed bin Salman met Relus ter Beek. Bin Salman, Ter Beek.",
     ["salman", "beek", "salman", "beek"]),
    ("President Raisi spoke.", ["raisi"]),
    ("Raisi spoke.", []),  # nobody says who
    ("John Raisi went to town. Raisi came back.", []),
    ("Raisi spoke first. Ebrahim Raisi is the president.", ["raisi", "raisi"]),
    ("ابراهیم رئیسی گفت", ["raisi"]),
])
def test_people(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


NAMESAKES = Finder([
    Person(id="layla", name="Layla Nour Haddad", aliases=("Lulu",)),
    Person(id="omar", name="Omar Samir"),
    Person(id="berg", name="Anna van den Berg"),
    Person(id="li", name="Li Ming"),
    Person(id="lebron", name="LeBron James"),
], Atlas("en"), "en")


@pytest.mark.parametrize(("text", "expected"), [
    # another given name stands before it, at the beginning of a sentence too
    ("Samir Haddad spoke. Haddad left.", []),
    ("There Wafiq Haddad spoke.", []),
    ("Layla Nour Haddad came. Later she met Samir Haddad.", ["layla"]),
    ("Samir M. Haddad and S. Haddad came.", []),
    ("They met Samir van den Berg and Wim Berg.", []),
    ("Li Wei spoke.", []),
    ("Anna van den Berg came with Mr. Berg.", ["berg"]),
    ("Mr van den Berg spoke.", []), ("Mr Berg spoke. Berg left.", []),
    ("James Smith spoke.", []),
    # the given name is hers, or none
    ("Nour Haddad came, L. Haddad and Layla N. Haddad.", ["layla"] * 3),
    ("But Haddad went. Yesterday Haddad came. Haddad spoke.", ["layla"] * 3),
    ("Prime Minister Haddad, Secretary-General Haddad, President-elect Haddad", ["layla"] * 3),
    ("Coach Haddad, Scientist Haddad, Iraq’s Haddad, Iraqi Haddad", ["layla", "layla", "iq", "layla",
                                                                     "iq", "layla"]),
    ("It rained in Basra. Haddad went on.", ["layla"]),
    ("Lulu Haddad", ["layla", "layla"]),
    ("Ms van den Berg and Mrs. Berg", ["berg", "berg"]),
    ("Mr Li, Mrs Li, Mr James and Miss James", ["li", "li", "lebron", "lebron"]),
    ("Li spoke. James won.", ["li", "lebron"]),
])
def test_a_surname_with_another_given_name_is_somebody_elses(text: str, expected: list[str]) -> None:
    everybody = ["layla", "omar", "berg", "li", "lebron"]
    assert [m.id for m in NAMESAKES.find([Passage("", text)], everybody)] == expected


def test_front_matter_allows_a_bare_surname() -> None:
    assert ids("Raisi spoke.", people=["raisi"]) == ["raisi"]


def test_two_people_of_one_surname_are_named_in_full_or_not_at_all() -> None:
    assert ids("George Bush and Laura Bush came. Bush spoke.") == ["george-bush", "laura-bush"]
    assert ids("Bush spoke.", people=["laura-bush"]) == ["laura-bush"]


@pytest.mark.parametrize(("text", "expected"), [
    ("Michael Jordan scored. Jordan won.", ["michael-jordan"] * 2),
    ("Michael Jordan flew to Jordan.", ["michael-jordan", "jo"]),
    ("Water is scarce in Jordan.", ["jo"]),
    ("Chad Smith drums in Chad.", ["td"]),
    ("He left Georgia for Atlanta, in the United States.", ["us"]),
    ("Tbilisi is a town of Georgia.", ["ge"]),
    ("A turkey sandwich; a Turkey sandwich; Turkey votes.", ["tr"]),
    ("Niger borders Nigeria; a Nigerian.", ["ne", "ng", "ng"]),
    ("Guinea, Guinea-Bissau, Papua New Guinea, Equatorial Guinea", ["gn", "gw", "pg", "gq"]),
    ("Republic of the Congo, Democratic Republic of the Congo", ["cg", "cd"]),
    ("The river Congo is long.", []),
    ("South Korea sings. Korea wins.", ["kr", "kr"]),
    ("North Korea, South Korea and Korea", ["kp", "kr"]),
    ("Dominica and the Dominican Republic", ["dm", "do"]),
    ("American Airlines flew; The Washington Post wrote; the China Daily.", []),
    ("Australian Labor Party, Bank of China, New England", []),
    ("The United States Congress and the Iranian army", ["us", "ir"]),
    ("Tehran-Baghdad ties; the US exit; U.S. forces", ["ir", "iq", "us", "us"]),
    ("Tehran says no, though in Tehran it rained.", ["ir"]),
    ("England, the West Bank and Kosovo", ["gb", "ps", "xk"]),
    ("the European Union and the Soviet Union", []),
    ("Iraqi, Iraqis, Iraq’s", ["iq"] * 3),
    ("Air France, Air China and Air India flew; Wild Turkey; Inner Mongolia", []),
    ("They met in Lebanon, Ohio.", []),
    ("Lebanon, Iraq and the Iran Air Force", ["lb", "iq", "ir"]),
    ("Czechs, Poles and Brits", ["cz", "pl", "gb"]),
    ("Cypriots, Serbs, Kazakhs and Filipinos", ["cy", "rs", "kz", "ph"]),
])
def test_countries(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


def test_other_languages() -> None:
    assert ids("ایران و عراق", lang="fa") == ["ir", "iq"]


def test_nothing_is_found_in_links_code_and_addresses() -> None:
    body = (
        '<p id="p-a">See <a href="/x">Iran here</a>, <code>Iraq</code>, '
        "www.iran.example and Iran.</p>"
    )
    (mention,) = FINDER.find(passages(body))
    assert passages(body)[0].text[mention.start : mention.end] == "Iran"
    assert mention == Mention("country", "ir", 0, mention.start, mention.start + 4, "Iran")
    assert passages(body)[0].text[mention.start :] == "Iran."


WORDS = [
    "Ebrahim Raisi", "Raisi", "George Bush", "Laura Bush", "Bush", "said", "in", "Jordan",
    "Michael Jordan", "President", "John", "Xi", "Xi Jinping", "Iran", "the", ".", "Al-Sudani",
    "Mohammed Shia al-Sudani", "Iraq", "Theresa May", "May", "Ida Young", "Young", "Georgia",
    "Atlanta", "Tbilisi", "Israel", "Israel Adair", "Jordan Smith", "and", ",", "’s", "Seoul",
    "Pyongyang", "agreed", "TAYYİP ERDOĞAN", "RECEP TAYYİP ERDOĞAN", "والمصري", "فاطمه المصري", "Air",
    "Theresa", "India", "Walton",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=12), max_size=4))
def test_a_record_that_no_form_of_stands_in_the_text_changes_nothing(
    texts: list[list[str]],
) -> None:
    read = [Passage("", " ".join(words)) for words in texts]
    whole = fold(" ".join(passage.text for passage in read))
    touched = [p for p in PEOPLE if any(form in whole for form in forms_of(p))]
    assert Finder(touched, ATLAS, "en").find(read) == FINDER.find(read)


ATLAS = Atlas("en")
