"""Known names in running text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.finding.gazetteer import Gazetteer, Match

NAMES = [
    "Iran", "Guinea", "Guinea-Bissau", "Equatorial Guinea", "United States", "Côte d’Ivoire",
    "al-Sudani", "Mohammed Shia al-Sudani", "ایران", "علی", "习近平", "中国", "भारत",
    "O’Brien", "Brien", "Türkiye", "Hawaiʻi",
]
FINDER = Gazetteer((name, f"id of {name}") for name in NAMES)


def found(text: str) -> list[str]:
    return [match.form for match in FINDER.find(text)]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Iran", ["Iran"]),
        ("(Iran), Iran. Iran-backed anti-Iran Iran’s IRAN iran Iranian Teheran_Iran", ["Iran"] * 5),
        ("Equatorial Guinea, Guinea-Bissau, Guinea", [
            "Equatorial Guinea", "Guinea-Bissau", "Guinea",
        ]),
        ("Guinea‑Bissau and Guinea–Bissau", ["Guinea-Bissau"] * 2),
        ("United\nStates, United \u00a0 States, United\n    States", ["United States"] * 3),
        ("United\n\nStates and United \n\n  States", []),
        ("Côte d'Ivoire, Co\u0302te d’Ivoire", ["Côte d’Ivoire"] * 2),
        ("Mohammed Shia al-Sudani and al-Sudani", ["Mohammed Shia al-Sudani", "al-Sudani"]),
        ("Mohammed Shia", []),
        ("l’Iran, dell'Iran, L'Iran", ["Iran"] * 3),
        ("O'Brien and Brien", ["O’Brien", "Brien"]),
        ("M'Brien", []),
        ("Türkiye'nin", ["Türkiye"]),
        ("IRAN'S Iran'Sxx Iran'Xx Iran'S", ["Iran"]),
        ("\u202bايران\u202c و علي", ["ایران", "علی"]),
        ("عـلـی", ["علی"]),
        ("ایرانی", []),
        ("今天习近平访问中国Iran。", ["习近平", "中国", "Iran"]),
        ("习近平\u0301", []),
        ("भारत। भारतीय भारती", ["भारत"]),
        ("Hawai'i", ["Hawaiʻi"]),
        ("", []),
    ],
)
def test_forms_are_found_where_words_begin_and_end(text: str, forms: list[str]) -> None:
    assert found(text) == forms


def test_places_are_those_of_the_text_as_given() -> None:
    text = "“Co\u0302te  d’Ivoire” met\tthe\u200f Iran\u200f of United\r\n States."
    assert [text[m.start : m.end] for m in FINDER.find(text)] == [
        "Co\u0302te  d’Ivoire", "Iran", "United\r\n States",
    ]
    assert FINDER.find("In Iran") == [Match(3, 7, "id of Iran", "Iran")]


def test_the_first_entry_of_a_form_wins() -> None:
    twice = Gazetteer([("Iran", "a"), ("Iran", "b"), ("", "c"), ("…", "d")])
    assert [m.id for m in twice.find("Iran …")] == ["a"]


@given(st.lists(st.sampled_from([*NAMES, " ", "-", "’", "x", "\u200c", "\u0301", "\n", ". "])))
def test_matches_are_in_order_and_spell_their_form(parts: list[str]) -> None:
    text = "".join(parts)
    done = 0
    for match in FINDER.find(text):
        assert done <= match.start < match.end <= len(text)
        done = match.end
        # The text itself, or the text with marks dropped, is the form.
        assert Gazetteer([(text[match.start : match.end], "")]).find(match.form)


@given(st.lists(st.sampled_from([*NAMES, " ", "x", ". "])))
def test_composed_and_decomposed_text_mention_the_same(parts: list[str]) -> None:
    text = "".join(parts)
    assert found(unicodedata.normalize("NFD", text)) == found(unicodedata.normalize("NFC", text))
