"""Which record a name means."""

from __future__ import annotations

import pytest

from site_builder.finding.people import AmbiguousName, PeopleResolver
from site_builder.model import Person


def person(id: str, name: str, *aliases: str, sort_name: str = "") -> Person:
    return Person(id=id, name=name, aliases=aliases, sort_name=sort_name, path=f"people/{id}.md")


RAISI = person("raisi", "Ebrahim Raisi", "Ebrahim Raeisi", "The Butcher of Tehran")
SUDANI = person("al-sudani", "Mohammed Shia al-Sudani", sort_name="al-Sudani, Mohammed Shia")
JOHN = person("john-smith", "John Smith", "The Boss")
JANE = person("jane-smith", "Jane Smith", "The Boss")
SMITH = person("smith", "Smith")
CRUZ = person("cruz", "Juan de la Cruz")
PEOPLE = PeopleResolver([RAISI, SUDANI, JOHN, JANE, CRUZ])


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("raisi", RAISI),
        ("Ebrahim Raisi", RAISI),
        ("ebrahim  raeisi", RAISI),
        ("Dr. Ebrahim Raisi", RAISI),
        ("Raisi, Ebrahim", RAISI),
        ("Raeisi, Ebrahim", RAISI),
        ("Raisi", RAISI),
        ("Raeisi", RAISI),
        ("The butcher of Tehran", RAISI),
        ("Al‑Sudani, Mohammed Shia", SUDANI),
        ("Sudani, Mohammed Shia al-", SUDANI),
        ("al-Sudani", SUDANI),
        ("Sudani", SUDANI),
        ("Al Sudani", SUDANI),
        ("Cruz", CRUZ),
        ("de la Cruz", CRUZ),
        ("Smith, Jane", JANE),
        ("Tehran", None),
        ("Ebrahim", None),
        ("Raisi Ebrahim", None),
        ("Nobody Known", None),
        ("", None),
        (",", None),
    ],
)
def test_names_mean_records(name: str, record: Person | None) -> None:
    assert PEOPLE.resolve(name) is record
    assert PEOPLE.resolve(name) is record  # as remembered


@pytest.mark.parametrize("name", ["Smith", "the boss"])
def test_a_name_that_fits_several_is_told(name: str) -> None:
    for _ in range(2):
        with pytest.raises(AmbiguousName) as caught:
            PEOPLE.resolve(name)
        assert caught.value.name == name
        assert caught.value.candidates == (JANE, JOHN)


def test_a_full_name_beats_a_surname() -> None:
    assert PeopleResolver([JOHN, JANE, SMITH]).resolve("Smith") is SMITH


def test_an_id_beats_a_name() -> None:
    other = person("x", "raisi")
    assert PeopleResolver([RAISI, other]).resolve("raisi") is RAISI
    assert PeopleResolver([RAISI, other]).resolve("RAISI") is other


def test_records_that_claim_one_name_are_both_named() -> None:
    again = person("b-raisi", "EBRAHIM RAEISI")
    assert PeopleResolver([RAISI, SUDANI, again, JOHN]).duplicates() == [
        (again, RAISI, "EBRAHIM RAEISI")
    ]
    assert PeopleResolver([JOHN, JANE]).duplicates() == [(JANE, JOHN, "The Boss")]
    assert PeopleResolver([RAISI, person("c", "Raisi")]).duplicates() == []


def test_one_person_may_repeat_a_name() -> None:
    twice = person("x", "Ann Lee", "Lee, Ann", "ANN LEE")
    resolver = PeopleResolver([twice])
    assert resolver.resolve("Ann Lee") is twice
    assert resolver.duplicates() == []


def test_somebody_without_record() -> None:
    implied = PEOPLE.implied("  Jose\u0301   Ruiz ")
    assert implied == Person(id="name:josé ruiz", name="José Ruiz", sort_name="Ruiz, José")
    assert not implied.has_record
    assert PEOPLE.implied("JOSÉ RUIZ").id == implied.id
    assert PEOPLE.implied("  Jose\u0301   Ruiz ") is implied


def test_the_order_of_records_does_not_matter() -> None:
    forwards = PeopleResolver([RAISI, SUDANI, JOHN, JANE])
    backwards = PeopleResolver([JANE, JOHN, SUDANI, RAISI])
    assert forwards.records == backwards.records
    assert forwards.duplicates() == backwards.duplicates()


@pytest.mark.timeout(60)  # looking at every record for each name would take an hour
def test_twenty_thousand_records_are_looked_up_not_through() -> None:
    records = [person(f"p{i}", f"Fírst{i % 3000} Last{i}", f"F. Last{i}") for i in range(20_000)]
    resolver = PeopleResolver(records)
    for _ in range(100_000):
        found = resolver.resolve("Last77")
    assert found is not None and found.id == "p77"
