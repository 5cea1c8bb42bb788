"""Capitals that stand for their governments, and those that are cities."""

from __future__ import annotations

import pytest

from site_builder.finding.countries import Atlas
from site_builder.finding.demonyms import demonyms
from site_builder.finding.mentions import Finder
from site_builder.finding.metonyms import metonyms
from site_builder.model import Passage

ATLAS = Atlas("en")
FINDER = Finder([], ATLAS, "en")


def ids(text: str) -> list[str]:
    passages = (Passage("", text),)
    return [mention.id for mention in FINDER.find(passages)]


@pytest.mark.parametrize(("text", "expected"), [
    ("Washington left the nuclear agreement in 2018.", ["us"]),
    ("Tehran and Washington do not talk to each other.", ["ir", "us"]),
    ("Rome, Madrid and Lisbon abstained.", ["it", "es", "pt"]),
    ("Ankara and Athens traded accusations over the islands.", ["tr", "gr"]),
    ("Paris and Berlin disagree over the budget.", ["fr", "de"]),
    ("Moscow vetoed the resolution.", ["ru"]),
    ("Beijing retaliated with tariffs of its own.", ["cn"]),
    ("Tehran enriched uranium beyond the limit.", ["ir"]),
    ("Tokyo lodged a protest after the launch.", ["jp"]),
    ("Baghdad and Tehran drew closer in those years.", ["iq", "ir"]),
    ("London joined the coalition in March.", ["gb"]),
    ("Washington and its partners imposed new measures.", ["us"]),
    ("Cairo mediated between the two sides.", ["eg"]),
    ("Riyadh cut output by a million barrels a day.", ["sa"]),
    ("Kyiv asked for more shells.", ["ua"]),
    ("Pretoria took the case to the court in The Hague.", ["za"]),
    ("Islamabad and New Delhi fought three wars.", ["pk", "in"]),
    ("Ankara bought the missiles from Moscow.", ["tr"]),
    ("Damascus owes Tehran billions.", ["sy"]),
    ("Doha hosted the talks and paid for them.", ["qa"]),
    ("Washington does not recognise the result.", ["us"]),
    ("Tehran no longer trusts the West.", ["ir"]),
    ("Moscow and Beijing voted against it.", ["ru", "cn"]),
    ("Nairobi deployed a thousand police officers to Haiti.", ["ke", "ht"]),
    ("Oslo and Stockholm have closed their airspace to it.", ["no", "se"]),
    ("The decision was taken in Washington, and Tehran answered with a threat.", ["ir"]),
    ("Brussels and London reached a deal on fish.", ["gb"]),
    ("Ottawa expelled two diplomats.", ["ca"]),
    ("Caracas and Bogotá reopened the border.", ["ve", "co"]),
    ("Washington is ready to talk, the envoy said.", ["us"]),
    ("Tehran is under sanctions.", ["ir"]),
    ("Canberra was not told of the plan.", ["au"]),
    ("Budapest blocked the aid for a third time.", ["hu"]),
    ("Seoul fired warning shots.", ["kr"]),
    ("The letter that Tehran sent was never answered.", ["ir"]),
    ("Both Rome and Athens wanted quotas.", ["it", "gr"]),
    ("Neither Moscow nor Washington has answered.", ["ru", "us"]),
    ("Relations with Tehran have cooled.", ["ir"]),
    ("Warsaw will buy tanks from Seoul.", ["pl"]),
    ("Jakarta had banned the export of nickel ore.", ["id"]),
    ("Tehran’s nuclear programme was the subject.", ["ir"]),
    ("Washington’s patience has run out.", ["us"]),
    ("Paris's ambassador was recalled.", ["fr"]),
    ("Moscow Vetoes Resolution on Grain", ["ru"]),
    ("Not even Beijing knows how to settle this.", ["cn"]),
    ("Washington, meanwhile, has lifted the ban.", ["us"]),
])
def test_a_government_acts(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize("text", [
    "Paris burned for three nights.",
    "London woke to snow on Monday.",
    "Tehran has nine million inhabitants.",
    "Rome celebrates its birthday on 21 April.",
    "Berlin hosted the marathon on Sunday.",
    "Tokyo grew faster than any other city.",
    "Cairo and Alexandria have metro lines.",
    "London and Paris are two hours apart by train.",
    "Madrid beat Lisbon in the final.",
    "Vienna offers concerts every night.",
    "London lost to Manchester in the cup.",
    "Moscow shook when the bomb went off.",
    "Beijing choked on smog this week.",
    "Athens saw temperatures of 44 degrees.",
    "Lima welcomed the pilgrims with rain.",
    "Kabul fell to the Taliban in 2021.",
    "Paris made her famous.",
    "Budapest took her breath away.",
    "Dublin gave him a home.",
    "Amman has taken in many refugees from Homs.",
    "She left Tehran for Paris.",
    "He was born in Rome and died in Madrid.",
    "Manila was hit by a typhoon.",
    "Rome was not built in a day.",
    "Baghdad was quiet on Friday.",
    "Nairobi called and he went home.",
    "Oslo needs more bicycle lanes, its mayor said.",
    "Tehran, Isfahan and Shiraz saw protests.",
    "Paris, London and Berlin are full of tourists.",
    "Paris, New York and Milan showed the new collections.",
    "Santiago and Valparaíso lost power.",
    "Berlin expects 300,000 visitors at the fair.",
    "Cairo’s streets were empty.",
    "Tehran’s bazaar closed.",
    "London sent its best players.",
    "Washington crossed the Delaware in 1776.",
    "Rome fell in 476.",
    "Vienna signed the striker from Graz.",
    "Paris Fashion Week Opens",
    "Imperial College London said the figures were wrong.",
    "The mayor of London joined the coalition of cities.",
    "London shares fell after the tariffs.",
    "Moscow and its suburbs need more trains.",
])
def test_a_city_is_no_government(text: str) -> None:
    assert ids(text) == []


@pytest.mark.parametrize("code", sorted(demonyms().countries))
def test_every_capital_is_a_place_and_a_government(code: str) -> None:
    for capital in demonyms().countries[code].stands:
        assert ids(f"{capital} vetoed the resolution.") == [code.lower()]
        if capital not in (*ATLAS.names(code.lower()), "Kremlin", "the Kremlin"):
            assert ids(f"She moved to {capital} with her family.") == []


def test_a_verb_has_one_sense() -> None:
    known = metonyms()
    assert not set(known.acts) & set(known.acts_on)
    words = [*known.acts, *known.acts_on, *known.asks, *known.speak, *known.objects,
             *known.possessions]
    assert all(word == word.lower().strip() for word in words)
