"""Names that are no person's alone."""

from __future__ import annotations

import pytest

from site_builder.finding.generic import meaning


@pytest.mark.parametrize(("name", "language", "expected"), [
    ("Iraq", "en", "a country"), ("Cote d'Ivoire", "en", "a country"), ("Irak", "de", "a country"),
    ("Jordan", "en", "a country"), ("Korea", "en", "a country"), ("Iraq", "de", "a country"),
    ("Iraqi", "en", "a people"), ("Poles", "en", "a people"),
    ("President", "en", "an office"), ("The President", "en", "an office"),
    ("Foreign Minister", "en", "an office"), ("Secretary of State", "en", "an office"),
    ("Vice President", "en", "an office"), ("minister for foreign affairs", "en", "an office"),
    # somebody's
    ("Prince", "en", ""), ("Pelé", "en", ""), ("Irak", "en", ""), ("Minister Haddad", "en", ""),
    ("President Lincoln", "en", ""), ("Iraq Haddad", "en", ""), ("The Butcher of Tehran", "en", ""),
    ("Speaker Brandt", "en", ""), ("Jordan Smith", "en", ""),
])
def test_what_a_name_is_besides(name: str, language: str, expected: str) -> None:
    assert meaning(name, language) == expected
