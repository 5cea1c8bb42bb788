"""Countries and genitives in German, French and Spanish."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from site_builder.finding import european
from site_builder.finding.countries import Atlas
from site_builder.finding.mentions import Finder
from site_builder.finding.new_names import new_names
from site_builder.finding.territories import shipped
from site_builder.model import Passage, Person

PEOPLE = [Person(id=name, name=name) for name in (
    "Emmanuel Macron", "Angela Merkel", "Heinrich Heine", "Hans Peter", "Anna Peters", "Pelé")]
FINDERS = {site: Finder(PEOPLE, Atlas(site), site) for site in ("en", "de", "fr", "es")}


def found(text: str, lang: str, sites: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Who and what is found, in a site of that language and in an English one alike."""
    results = [[(m.id, m.form) for m in FINDERS[site].find([Passage("", text)], (), (), lang)]
               for site in (lang, "en")]
    assert results[0] == results[1]
    return results[0]


@pytest.mark.parametrize(("lang", "text", "expected"), [
    ("de", "Iraks Regierung und Österreichs Kanzler, Großbritanniens Rolle",
     "iq Irak, at Österreich, gb Großbritannien"),
    ("de", "die iranische Regierung, irakische Truppen, ein irakischer Mann, den irakischen Weg",
     "ir iranische, iq irakische, iq irakischer, iq irakischen"),
    ("de", "Die Iraker, eine Irakerin, drei Französinnen und die Briten",
     "iq Iraker, iq Irakerin, fr Französinnen, gb Briten"),
    ("de", "Iranische Truppen; die iranisch-irakische Grenze",
     "ir Iranische, ir iranisch, iq irakische"),
    ("de", "in den Vereinigten Staaten, US-amerikanische und saudi-arabische Firmen",
     "us Vereinigten Staaten, us US-amerikanische, sa saudi-arabische"),
    ("fr", "Les Irakiens, le gouvernement irakien, la présidente irakienne, des Américaines",
     "iq Irakiens, iq irakien, iq irakienne, us Américaines"),
    ("fr", "l’armée française en Grande-Bretagne, aux Etats-Unis et chez les Grecques",
     "fr française, gb Grande-Bretagne, us Etats-Unis, gr Grecques"),
    ("fr", "Les Sud-Coréens et une loi néo-zélandaise", "kr Sud-Coréens, nz néo-zélandaise"),
    ("es", "El gobierno iraquí y los iraquíes, la presidenta alemana, los franceses",
     "iq iraquí, iq iraquíes, de alemana, fr franceses"),
    ("es", "el presidente estadounidense de EEUU, un ministro japonés en Gran Bretaña",
     "us estadounidense, us EEUU, jp japonés, gb Gran Bretaña"),
    ("es", "Españolas, belgas y chinos", "es Españolas, be belgas, cn chinos"),
    ("de", "„irakisch“, (iranische) oder syrisch-türkische? Nein: polnische/russische; israelische…",
     "iq irakisch, ir iranische, sy syrisch, tr türkische, pl polnische, ru russische, "
     "il israelische"),
    # no country
    ("de", "Er spricht Russisch und arbeitet bei der Deutschen Bank am Indischen Ozean.", ""),
    ("de", "Die Iraktion misslang; irakischerseits? Der Fischer deutelte.", ""),
    ("fr", "L’océan Indien, les montagnes russes et un bain turc; le belvédère", ""),
    ("es", "Una montaña rusa y la ensaladilla rusa; suizidio, chinela", ""),
])
def test_countries(lang: str, text: str, expected: str) -> None:
    assert ", ".join(f"{id} {form}" for id, form in found(text, lang)) == expected


def test_other_languages_have_none_of_it() -> None:
    for text in ("die irakische Regierung", "le gouvernement irakien", "el gobierno iraquí"):
        assert FINDERS["en"].find([Passage("", text)]) == ()


@pytest.mark.parametrize(("text", "expected"), [
    ("Emmanuel Macrons Antwort kam. Macrons Leute gingen.", ["Emmanuel Macron", "Macron"]),
    ("Angela Merkel kam. Merkels Partei ging.", ["Angela Merkel", "Merkel"]),
    ("Heinrich Heine schrieb. Heines Werk blieb.", ["Heinrich Heine", "Heine"]),
    ("Pelés Tor", ["Pelé"]),
    # a name of its own, or none
    ("Hans Peter und Anna Peters kamen. Peters ging.", ["Hans Peter", "Anna Peters", "Peters"]),
    ("Merkels Partei ging.", []), ("Angela Merkel kam. Die Merkelsche Politik ging.",
                                   ["Angela Merkel"]),
])
def test_the_german_genitive(text: str, expected: list[str]) -> None:
    assert [form for _, form in found(text, "de")] == expected


def test_a_genitive_is_found_in_german_only() -> None:
    text = "Emmanuel Macron came. Macrons are few."
    assert len(FINDERS["en"].find([Passage("", text)])) == 1
    (_, second) = FINDERS["en"].find([Passage("", text)], (), (), "de")
    assert text[second.start : second.end] == "Macron" == second.form


@pytest.mark.parametrize(("lang", "text"), [
    ("fr", "Les Irakiens ont voté. Les Irakiens sont venus, dit la ministre."),
    ("es", "Los Iraquíes votaron. Los Iraquíes vinieron, dijo la ministra."),
    ("de", "Viele Iraker wählten. Die Iraker kamen, sagte die Ministerin."),
])
def test_a_people_is_no_person(lang: str, text: str) -> None:
    passages = [Passage("", text)]
    mentions = FINDERS[lang].find(passages, (), (), lang)
    assert len(mentions) == 2
    assert new_names(passages, mentions, lang) == ()


@pytest.mark.parametrize("lang", sorted(european.LANGUAGES))
def test_the_data(lang: str) -> None:
    owners: dict[str, set[str]] = {}
    for form, code in european.names_in(lang):
        assert form == form.strip()
        owners.setdefault(form, set()).add(code)
    assert {form: codes for form, codes in owners.items() if len(codes) > 1} == {}
    codes = set().union(*owners.values()) - {""}
    assert codes <= shipped().countries.keys()
    assert len(codes) > 100
