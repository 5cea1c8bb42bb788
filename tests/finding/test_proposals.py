"""What an imported text proposes for its front matter."""

from __future__ import annotations

import pycountry
import pytest

from site_builder.finding.countries import Atlas
from site_builder.finding.people import PeopleResolver
from site_builder.finding.proposals import Proposal, demonyms, propose
from site_builder.model import Country, Person


def person(id: str, name: str, *aliases: str) -> Person:
    return Person(id=id, name=name, aliases=aliases, path=f"people/{id}.md")


PEOPLE = PeopleResolver(
    [
        person("raisi", "Ebrahim Raisi", "Ebrahim Raeisi"),
        person("sudani", "Mohammed Shia al-Sudani", "al-Sudani"),
        person("jordan", "Michael Jordan"),
        person("lee-1", "Ann Lee"),
        person("lee-2", "Ann Lee"),
        person("a", "John Smith", "The Boss"),
        person("b", "Jane Smith", "The Boss"),
    ]
)
ATLAS = Atlas()


def proposal(text: str) -> Proposal:
    return propose(text, PEOPLE, ATLAS)


def test_a_news_story() -> None:
    assert proposal(
        "Iraqi Prime Minister Mohammed Shia al-Sudani met President Ebrahim Raeisi on Tuesday. "
        "Al-Sudani’s visit to Tehran strengthens Tehran-Baghdad ties, Americans said."
    ) == Proposal(
        people=("Mohammed Shia al-Sudani", "Ebrahim Raisi"),
        countries=("Iraq", "Iran", "United States"),
    )


def test_what_is_called_after_a_person_proposes_nobody() -> None:
    assert proposal("They landed at Michael Jordan Airport.").people == ()
    assert proposal("They met Michael Jordan at the airport.").people == ("Michael Jordan",)


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Iran’s oil, Iran-backed, anti-Iran", ["Iran"]),
        ("In Niger and Nigeria the Nigerien and the Nigerian", ["Niger", "Nigeria"]),
        ("Turkey; a turkey", ["Türkiye"]),
        ("talks between Tehran and Riyadh", ["Iran", "Saudi Arabia"]),
        ("The U.S., the UK and the United\nStates", ["United States", "United Kingdom"]),
        ("CONTACT US NOW. Tell us.", []),
        ("TURKEY AND IRAN AGREE", ["Türkiye", "Iran"]),
        ("South Korea, a South Korean", ["South Korea"]),
        ("Korea, Korean, Congo, a Congolese, a Dominican", []),
        ("Papua New Guinea and Equatorial Guineans", ["Papua New Guinea", "Equatorial Guinea"]),
        ("guinea pigs, Guinea pigs; Guinea", ["Guinea"]),
        ("The author China Miéville flew to Peru.", ["Peru"]),
        ("Northern Ireland", ["United Kingdom"]),
        ("the Islamic Republic of Pakistan", ["Pakistan"]),
        ("Côte d'Ivoire and Cote d’Ivoire", ["Côte d’Ivoire"]),
        ("Israelis, Iraqis, Greeks", ["Israel", "Iraq", "Greece"]),
        ("American Airlines, British Airways, Indian Ocean, Latin American, New Mexico", []),
        ("Chad Smith, Georgia Meloni, Tom Holland, Jordan Peterson, Paris Hilton", []),
        ("Jordan’s king. Chad President Déby. Georgia said.", ["Jordan", "Chad", "Georgia"]),
        ("Atlanta, Georgia; University of Georgia; Georgia Senate", []),
        ("Michael Jordan played. Jordan won.", []),
        ("Amman: Jordan won.", ["Jordan"]),
        ("with Israel Monday. Israel Katz; Israel Defense Forces", ["Israel"]),
        ("The Washington Post; George Washington; Denzel Washington", []),
        ("Kind words from Washington. London agreed.", ["United States", "United Kingdom"]),
        ("Brussels, Georgetown, Hamilton, Victoria, The Valley", []),
        ("", []),
    ],
)
def test_countries(text: str, countries: list[str]) -> None:
    assert list(proposal(text).countries) == countries


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ebrahim Raisi’s visit", ["Ebrahim Raisi"]),
        ("Mohammed Shia al-Sudani; Mohammed Shia", ["Mohammed Shia al-Sudani"]),
        ("Raisi alone, Jordan alone", []),
        ("Al-Sudani left", ["Mohammed Shia al-Sudani"]),
        ("The Boss", []),
        ("Jane Smithers, John Smith-Jones", ["John Smith"]),
        ("Jane Smith and John Smith and Jane Smith", ["Jane Smith", "John Smith"]),
    ],
)
def test_people_with_records(text: str, people: list[str]) -> None:
    assert list(proposal(text).people) == people


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("President Joe Biden met", ["Joe Biden"]),
        ("President Joe Biden Monday", ["Joe Biden"]),
        ("Prime Minister Mark Rutte’s aide", ["Mark Rutte"]),
        ("Foreign Minister Hossein Amir-Abdollahian", ["Hossein Amir-Abdollahian"]),
        ("Minister of Foreign Affairs Sergei Lavrov", ["Sergei Lavrov"]),
        ("President Abdel Fattah el-Sisi", ["Abdel Fattah el-Sisi"]),
        ("President Alexander van der Bellen", ["Alexander van der Bellen"]),
        ("Chad President Idriss Déby", ["Idriss Déby"]),
        ("Prime Minister Chad Smith", ["Chad Smith"]),
        ("Secretary-General António Guterres", ["António Guterres"]),
        ("President Ebrahim Raisi and President Raisi", []),
        ("Minister Jane Smith", []),
        ("Minister Ann Lee", []),
        ("Defense Minister Israel Katz", ["Israel Katz"]),
        ("General Assembly Hall; the President Islamic Republic; President Monday", []),
        ("Prime Minister Iraq Kurdistan", []),
        ("president of the Free Republic", []),
        ("Joe Biden", []),
    ],
)
def test_people_without_records(text: str, unknown: list[str]) -> None:
    assert list(proposal(text).unknown_people) == unknown


def test_a_person_named_like_a_country_is_none() -> None:
    assert proposal("Prime Minister Chad Smith").countries == ()
    assert proposal("Ambassador Peter Niger arrived").countries == ()
    assert proposal("Ambassador Peter Niger is in Niger").countries == ("Niger",)


def test_the_sites_own_countries_and_names() -> None:
    records = [
        Country(id="ussr", name="Soviet Union", aliases=("USSR",), path="x"),
        Country(id="tr", name="Turkey", code="TR", aliases=("the Porte",), path="y"),
    ]
    atlas = Atlas(records=records)
    text = "The USSR and the Porte: Ankara, Türkiye."
    assert propose(text, PEOPLE, atlas).countries == ("Soviet Union", "Turkey")
    assert propose("The Porte agreed.", PEOPLE, atlas).countries == ("Turkey",)
    assert proposal(text).countries == ("Türkiye",)


def test_every_country_has_demonyms_and_capital() -> None:
    listed = demonyms().countries
    assert set(listed) == {c.alpha_2 for c in pycountry.countries} | {"XK"}
    uninhabited_or_without = {"AQ", "BV", "HK", "HM", "MO", "TF", "TK", "UM"}
    for code, place in listed.items():
        assert place.demonyms and all(place.demonyms), code
        assert bool(place.capital) is (code not in uninhabited_or_without), code


def test_a_capital_stands_for_one_state() -> None:
    owners: dict[str, str] = {}
    for code, place in demonyms().countries.items():
        for name in place.stands:
            assert owners.setdefault(name, code) == code, name
