"""Bylines: the names of people are taken apart, those of bodies are not."""

from __future__ import annotations

import pytest

from site_builder.citing.names import Name, is_body, name_of


@pytest.mark.parametrize(("byline", "name"), [
    ("Helen Ashdown-Reed", Name("Ashdown-Reed", "Helen")),
    ("Ludwig van Beethoven", Name("Beethoven", "Ludwig", "van")),
    ("Mohammed Shia al-Sudani", Name("Sudani", "Mohammed Shia", "al-")),
    ("Martin Luther King Jr.", Name("King", "Martin Luther", "", "Jr.")),
    ("Анна Иванова", Name("Иванова", "Анна")),
])
def test_people(byline: str, name: Name) -> None:
    assert name_of(byline) == name


@pytest.mark.parametrize("byline", [
    "Reuters", "Record Staff", "The Associated Press", "Staff Reporter", "Agence France-Presse",
    "Human Rights Watch Team", "Selim Okkan and Helen Reed", "Foreign Desk", "AFP/Reuters", "新华社",
    "Xi Jinping", "وكالة الأنباء العراقية", "UNITED NATIONS", "our correspondent", "BBC News",
    "Ministry of Water", "Mustafa", "John Smith in Baghdad", "Redaktion Ausland",
])
def test_bodies_single_names_and_doubtful_ones_stay_whole(byline: str) -> None:
    assert name_of(byline) == Name(byline, literal=True)


@pytest.mark.parametrize(("filed", "name"), [
    ("Raisi, Ebrahim", Name("Raisi", "Ebrahim")),
    ("López Obrador, Andrés Manuel", Name("López Obrador", "Andrés Manuel")),
    ("رئیسی، ابراهیم", Name("رئیسی", "ابراهیم")),
    ("van der Bellen, Alexander", Name("Bellen", "Alexander", "van der")),
    ("Abiy Ahmed", Name("A Byline", literal=True)),
    ("Charles III, King", Name("Charles III", "King")),
])
def test_a_record_says_how_its_person_is_filed(filed: str, name: Name) -> None:
    assert name_of("A Byline", filed) == name


@pytest.mark.parametrize(("byline", "name"), [
    ("Jane Doe, Reuters", Name("Jane Doe, Reuters", literal=True)),
    ("Sammy Davis, Jr.", Name("Davis", "Sammy", suffix="Jr.")),
    ("von der Leyen, Ursula", Name("Leyen", "Ursula", "von der")),
    ("al-Sudani, Mohammed", Name("al-Sudani", "Mohammed")),
    ("By Jane Doe", Name("Doe", "Jane")),
    ("García Márquez, Gabriel", Name("García Márquez", "Gabriel")),
])
def test_bylines_with_commas_and_by(byline: str, name: Name) -> None:
    assert name_of(byline) == name
    assert is_body(byline) is False
