"""Who speaks in the other languages of the site."""

from __future__ import annotations

import pytest

from site_builder.finding.countries import Atlas
from site_builder.finding.mentions import Finder
from site_builder.finding.new_names import new_names
from site_builder.finding.statements import statements
from site_builder.model import Passage, Person

PEOPLE = [
    Person(id="raisi", name="Ebrahim Raisi", aliases=("إبراهيم رئيسي", "ابراهیم رئیسی")),
    Person(id="sudani", name="Mohammed Shia al-Sudani", aliases=("محمد شياع السوداني",)),
]
FINDERS = {lang: Finder(PEOPLE, Atlas(lang), lang) for lang in ("fr", "de", "es", "ar", "fa")}


def said(lang: str, *texts: str) -> list[tuple[str, str, str]]:
    """(kind, speaker, words) of each statement in passages of a language."""
    passages = [Passage("", text) for text in texts]
    mentions = FINDERS[lang].find(passages, (), (), lang)
    found = statements(passages, mentions, new_names(passages, mentions, lang), lang)
    return [(s.kind, s.speaker or s.name,
             " | ".join(passages[n].text[a:b] for n, a, b in s.parts)) for s in found]


@pytest.mark.parametrize(("lang", "text", "speakers", "words"), [
    # verb and subject behind the quotation
    ("fr", "« L’eau arrivera au mois de mai », a déclaré Anne Moreau.", ["Anne Moreau"],
     "L’eau arrivera au mois de mai"),
    ("fr", "« L’eau arrivera bientôt ici », déclare la ministre Anne Moreau, lors d’un point.",
     ["Anne Moreau"], "L’eau arrivera bientôt ici"),
    ("fr", "« L’eau arrivera bientôt ici », s’inquiète le maire.", ["maire"],
     "L’eau arrivera bientôt ici"),
    ("de", "„Das Wasser kommt im Mai“, sagte Laura Stein.", ["Laura Stein"],
     "Das Wasser kommt im Mai"),
    ("de", "»Das Wasser kommt im Mai«, sagte Laura Stein.", ["Laura Stein"],
     "Das Wasser kommt im Mai"),
    ("de", "„Das Wasser kommt im Mai“, so die Ministerin.", ["Ministerin"],
     "Das Wasser kommt im Mai"),
    ("de", "„Das Wasser kommt im Mai“, betonte Minister Karl Benz am Dienstag.", ["Karl Benz"],
     "Das Wasser kommt im Mai"),
    ("es", "«El agua llegará en mayo», dijo Laura Gómez.", ["Laura Gómez"],
     "El agua llegará en mayo"),
    ("es", "“El agua llegará en mayo”, aseguró el ministro Pedro Sánchez en una rueda.",
     ["Pedro Sánchez"], "El agua llegará en mayo"),
    ("ar", "«ستصل المياه في شهر مايو»، قال إبراهيم رئيسي.", ["raisi"],
     "ستصل المياه في شهر مايو"),
    # before it
    ("fr", "Anne Moreau a dit : « L’eau arrivera au mois de mai. »", ["Anne Moreau"],
     "L’eau arrivera au mois de mai."),
    ("fr", "D’après Anne Moreau, « le pont est bien trop vieux ».", ["Anne Moreau"],
     "le pont est bien trop vieux"),
    ("de", "Der Minister Karl Benz sagte: „Das Wasser kommt im Mai.“", ["Karl Benz"],
     "Das Wasser kommt im Mai."),
    ("es", "Laura Gómez afirmó: «El agua llegará en mayo».", ["Laura Gómez"],
     "El agua llegará en mayo"),
    ("ar", "وقال رئيس الوزراء محمد شياع السوداني: «ستصل المياه في شهر مايو».", ["sudani"],
     "ستصل المياه في شهر مايو"),
    ("fa", "ابراهیم رئیسی گفت: «آب در ماه مه خواهد رسید.»", ["raisi"],
     "آب در ماه مه خواهد رسید."),
    ("fa", "سخنگوی دولت افزود: «آب در ماه مه خواهد رسید».", ["سخنگوی دولت"],
     "آب در ماه مه خواهد رسید"),
    # in two halves, of which one is short
    ("fr", "« Non », a répondu Anne Moreau, « nous ne fermerons pas le pont ».", ["Anne Moreau"],
     "Non | nous ne fermerons pas le pont"),
    ("de", "„Nein“, sagte Laura Stein, „wir werden nichts schließen.“", ["Laura Stein"],
     "Nein | wir werden nichts schließen."),
])
def test_quotations(lang: str, text: str, speakers: list[str], words: str) -> None:
    assert said(lang, text) == [("direct", speaker, words) for speaker in speakers]


@pytest.mark.parametrize(("lang", "text", "speaker"), [
    ("fr", "Selon le ministère, le barrage tiendra.", "ministère"),
    ("fr", "Le barrage tiendra, selon Anne Moreau.", "Anne Moreau"),
    ("fr", "Le porte-parole du gouvernement a annoncé que le barrage tiendrait.",
     "porte-parole du gouvernement"),
    ("fr", "Ebrahim Raisi, le président, a déclaré que le barrage tiendrait.", "raisi"),
    ("fr", "Le barrage a cédé samedi, a indiqué la police.", "police"),
    ("fr", "Les habitants disent que le pont est vieux.", "habitants"),
    ("fr", "Reuters a rapporté que l’eau manque.", "Reuters"),
    ("de", "Die Polizei teilte mit, dass der Damm gebrochen sei.", "Polizei"),
    ("de", "Am Montag sagte Laura Stein, der Damm werde halten.", "Laura Stein"),
    ("de", "Laura Stein hat am Montag gesagt, dass der Damm halte.", "Laura Stein"),
    ("de", "Nach Angaben der Polizei hielt der Damm.", "Polizei"),
    ("de", "Laut Laura Stein hielt der Damm.", "Laura Stein"),
    ("de", "Der Ministerin zufolge hielt der Damm.", "Ministerin"),
    ("es", "La policía informó que la presa había cedido.", "policía"),
    ("es", "Según la policía, la presa cedió.", "policía"),
    ("es", "El portavoz del gobierno ha dicho que la presa resistirá.", "portavoz del gobierno"),
    ("es", "Ayer dijo Laura Gómez que la presa resistirá.", "Laura Gómez"),
    ("es", "Pedro Sánchez, ministro de Aguas, dijo que la presa resistirá.", "Pedro Sánchez"),
    ("ar", "قال إبراهيم رئيسي إن المياه ستصل في مايو.", "raisi"),
    ("ar", "إبراهيم رئيسي قال إن السد سيصمد.", "raisi"),
    ("ar", "وأعلنت وزارة الخارجية أن الوزير سيصل.", "وزارة الخارجية"),
    ("ar", "وقالت ليلى حداد إن السد قديم.", "ليلى حداد"),
    ("ar", "بحسب الوزارة، سيصمد السد.", "الوزارة"),
    ("ar", "وفقا لوزارة النفط سيصمد السد.", "وزارة النفط"),
    ("fa", "وزارت خارجه اعلام کرد که وزیر خواهد آمد.", "وزارت خارجه"),
    ("fa", "وزیر خارجه ایران روز شنبه در تهران اعلام کرد که سد خواهد ماند.", "وزیر خارجه ایران"),
    ("fa", "به گفته پلیس، سد شکست.", "پلیس"),
    ("fa", "شاهدان گفتند که سد شکست.", "شاهدان"),
])
def test_reports(lang: str, text: str, speaker: str) -> None:
    assert said(lang, text) == [("reported", speaker, text)]


@pytest.mark.parametrize(("lang", "text", "speakers"), [
    ("fr", "Anne Moreau est venue lundi. « L’eau arrivera bientôt ici », a-t-elle ajouté. "
     "« Nous l’attendons tous ici », dit-elle.", ["Anne Moreau"] * 2),
    ("de", "„Das Wasser kommt im Mai“, so Laura Stein. „Wir warten alle darauf“, fügte sie hinzu.",
     ["Laura Stein"] * 2),
    ("de", "Laura Stein kam. Sie betonte, dass der Damm halte.", ["Laura Stein"]),
    # the pronoun is left out
    ("es", "“El agua llegará en mayo”, dijo Laura Gómez. “La esperamos todos aquí”, añadió.",
     ["Laura Gómez"] * 2),
    ("es", "Laura Gómez dijo que no. Agregó que “la esperamos todos aquí”. Indicó que es vieja.",
     ["Laura Gómez"] * 3),
    ("ar", "قال إبراهيم رئيسي إن المياه ستصل في مايو. وأضاف أن السد سيصمد.", ["raisi"] * 2),
    ("fa", "ابراهیم رئیسی گفت که سد خواهد ماند. او افزود که آب خواهد رسید.", ["raisi"] * 2),
])
def test_pronouns(lang: str, text: str, speakers: list[str]) -> None:
    assert [speaker for _, speaker, _ in said(lang, text)] == speakers


@pytest.mark.parametrize(("lang", "text"), [
    ("fr", "Le ministre a annoncé un barrage. Elle dit la vérité."),
    ("fr", "Le film « Les enfants du grand paradis » est sorti."),
    ("de", "Die Stadt gab den Bau eines Damms bekannt. Er hält so lange wie nötig."),
    ("de", "Der Film „Die Kinder des großen Hauses“ lief am Montag."),
    ("es", "La película «Los niños del gran paraíso» se estrenó ayer."),
    ("ar", "زار إبراهيم رئيسي بغداد يوم السبت."),
    ("fa", "ابراهیم رئیسی روز شنبه به بغداد سفر کرد."),
])
def test_what_says_nothing(lang: str, text: str) -> None:
    assert said(lang, text) == []


def test_a_quotation_that_nobody_is_said_to_say_has_no_speaker() -> None:
    assert said("fr", "Le pont est fermé. « Le pont est bien trop vieux. »") == [
        ("direct", "", "Le pont est bien trop vieux.")]


@pytest.mark.parametrize(("lang", "texts", "speaker"), [
    ("fr", ("Émile Moreau est venu. « L’eau arrivera bientôt ici », a déclaré M. Moreau.",),
     "Émile Moreau"),
    ("fr", ("« L’eau arrivera bientôt ici », a déclaré Mme Le Goff, avocate.",), "Le Goff"),
    ("fr", ("« L’eau arrivera bientôt ici », a déclaré M. de Villemont.",), "de Villemont"),
    ("fr", ("« L’eau arrivera bientôt ici », a déclaré J. Martin.",), "J. Martin"),
    ("fr", ("Le ministre, M. Moreau, a dit que le pont est vieux.",), "Moreau"),
    ("fr", ("Le ministre M. Moreau a dit que le pont est vieux.",), "Moreau"),
    ("fr", ("Le Dr Moreau a dit que le pont est vieux.",), "Moreau"),
    ("fr", ("Selon M. Raisi, le barrage tiendra. Ebrahim Raisi est venu.",), "raisi"),
    ("fr", ("Mme Moreau est venue. « L’eau arrivera bientôt ici », a-t-elle dit.",), "Moreau"),
    ("de", ("Laura Stein kam.", "„Das Wasser kommt im Mai“, sagte Frau Stein."), "Laura Stein"),
    ("de", ("„Das Wasser kommt im Mai“, sagte Frau Dr. Stein.",), "Stein"),
    ("de", ("Laut Herrn Stein hielt der Damm.",), "Stein"),
    ("es", ("«El agua llegará en mayo», dijo el señor Gómez.",), "Gómez"),
    ("es", ("«El agua llegará en mayo», dijo la Sra. Gómez.",), "Gómez"),
    ("es", ("«El agua llegará en mayo», dijo don Pedro.",), "Pedro"),
    ("es", ("La señora Gómez dijo que la presa es vieja.",), "Gómez"),
    ("es", ("«El agua llegará en mayo», dijo doña Ana de la Vega el lunes.",), "Ana de la Vega"),
    ("ar", ("وقال السيد رئيسي إن السد سيصمد.",), "رئيسي"),
])
def test_behind_a_form_of_address_is_a_person(
    lang: str, texts: tuple[str, ...], speaker: str
) -> None:
    passages = [Passage("", text) for text in texts]
    mentions = FINDERS[lang].find(passages, (), (), lang)
    (found,) = statements(passages, mentions, new_names(passages, mentions, lang), lang)
    assert (found.speaker_kind, found.speaker or found.name) == ("person", speaker)


@pytest.mark.parametrize(("lang", "text", "role"), [
    ("fr", "Madame la ministre a dit que le pont est vieux.", "ministre"),
    ("fr", "Monsieur le maire a dit que le pont est vieux.", "maire"),
    ("de", "Eine Frau sagte, dass der Damm halte.", "Frau"),
    ("de", "Die Frau des Ministers sagte, dass der Damm halte.", "Frau des Ministers"),
    ("es", "El señor ministro dijo que la presa es vieja.", "ministro"),
    ("es", "Un señor dijo que la presa es vieja.", "señor"),
])
def test_a_form_of_address_without_a_name_is_none(lang: str, text: str, role: str) -> None:
    assert said(lang, text) == [("reported", role, text)]
    passages = [Passage("", text)]
    assert statements(passages, (), (), lang)[0].speaker_kind == "role"
