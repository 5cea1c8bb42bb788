"""What is called after somebody is no mention of them."""

from __future__ import annotations

import pytest

from tests.finding.test_strangers import found

PEOPLE = [
    "George Washington", "Charles de Gaulle", "John F. Kennedy", "Nelson Mandela", "Donald Trump",
    "Abraham Lincoln", "Martin Luther King Jr.", "Gerald Ford", "Rafic Hariri", "Willy Brandt",
    "Pablo Neruda", "Ada Nobel",
]


@pytest.mark.parametrize("text", [
    "She studied at George Washington University and George Washington High School.",
    "They landed at Charles de Gaulle Airport, then at John F. Kennedy International Airport.",
    "The Charles de Gaulle airport and the Nelson Mandela foundation closed.",
    "The Nelson Mandela Foundation met at Nelson Mandela Bay near the Nelson Mandela Bridge.",
    "Crowds filled Nelson Mandela Square on Nelson Mandela Day.",
    "The USS Gerald Ford and the aircraft carrier Charles de Gaulle sailed.",
    "The frigate “Charles de Gaulle” and the submarine George Washington sank.",
    "The John F. Kennedy Library, the John F. Kennedy Center for the Performing Arts",
    "Martin Luther King Day is in January; Martin Luther King Drive is long.",
    "Rafic Hariri International Airport was hit.",
    "Fort George Washington, Mount George Washington and Lake George Washington",
    "L’aéroport Charles de Gaulle, la rue Charles de Gaulle et le porte-avions Charles de Gaulle",
    "Roissy-Charles-de-Gaulle est fermé.", "El premio Pablo Neruda y el aeropuerto Pablo Neruda",
    "Die Willy-Brandt-Straße und das Willy-Brandt-Haus", "Der Flughafen Willy Brandt",
    "The Ada Nobel Prize went to nobody.", "# Nelson Mandela Foundation Opens School",
])
def test_a_whole_name(text: str) -> None:
    assert found(PEOPLE, text) == []


@pytest.mark.parametrize("text", [
    "Abraham Lincoln came. The Lincoln Center is in New York, the Lincoln Memorial is not.",
    "Abraham Lincoln came. It rained in Lincoln, Nebraska.",
    "Nelson Mandela came. The Mandela Foundation and the Mandela Trust paid the Mandela Bridge.",
    "George Washington came. In Washington State it rained, and in Washington, D.C. it snowed.",
    "Donald Trump came. Trump Tower and the Trump Organization were sold to Trump Plaza Hotel.",
    "Gerald Ford came. The Ford Motor Company and the Ford Foundation paid.",
    "Willy Brandt kam. Die Brandt-Stiftung zahlte.",
    "John F. Kennedy came. The Kennedy Space Center and Mount Kennedy are far, the USS Kennedy near.",
])
def test_a_surname(text: str) -> None:
    assert len(found(PEOPLE, text)) == 1


@pytest.mark.parametrize(("text", "expected"), [
    # somebody's own doing, or own people
    ("John F. Kennedy won. The Kennedy Administration was young, the Kennedy era short.", 3),
    ("The Nelson Mandela government met; the Mandela government fell.", 2),
    ("The Donald Trump campaign paid; the Trump campaign denied it. Trump voters knew.", 3),
    ("Donald Trump visited a university. Trump’s Organization paid; Trump University did not.", 2),
    ("Willy Brandt kam. Die Brandt-Regierung ging.", 2),
    ("Donald Trump came. The Ford-Trump debate, a pro-Trump protest and anti-Trump posters", 4),
    # the thing is another's
    ("Nelson Mandela, University of Fort Hare’s chancellor, came. Nelson Mandela and University "
     "College staff met.", 2),
    ("They met Nelson Mandela at Robben Island. Mandela’s School friends wept.", 2),
    ("Lincoln came. Abraham Lincoln lived in Illinois. Lincoln, who lived there, came.", 3),
    ("# Trump Hospital Visit Ends", 1), ("The carrier took Charles de Gaulle home.", 1),
    ("On the aircraft carrier, Charles de Gaulle spoke.", 1),
    ("Pablo Neruda, Chile’s poet, won the Prize. Neruda wrote.", 2),
    ("The mount Abraham Lincoln rode was old.", 1),
])
def test_what_stays(text: str, expected: int) -> None:
    texts = (text, "Donald Trump is ill.") if text.startswith("#") else (text,)
    assert len(found(PEOPLE, *texts)) == expected + len(texts) - 1


def test_a_thing_names_nobody() -> None:
    assert found(PEOPLE, "Flights left John F. Kennedy Airport. Kennedy was busy.") == []
    assert found(PEOPLE, "They left Kennedy Airport.", front=["John F. Kennedy"]) == []
