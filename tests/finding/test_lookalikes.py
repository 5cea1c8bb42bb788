"""Words that are the names of countries or people and of something else: which is meant where."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from site_builder.finding.countries import Atlas
from site_builder.finding.mentions import Finder
from site_builder.finding.spelling import unmarked
from site_builder.finding.territories import shipped
from site_builder.model import Passage, Person

FINDER = Finder([
    Person(id="michael-jordan", name="Michael Jordan"),
    Person(id="theresa-may", name="Theresa May"),
    Person(id="gro-march", name="Gro March"),
    Person(id="lena-rice", name="Lena Rice"),
    Person(id="tom-brown", name="Tom Brown"),
    Person(id="ann-long", name="Ann Long"),
    Person(id="ida-young", name="Ida Young"),
    Person(id="ole-gates", name="Ole Gates"),
    Person(id="nils-king", name="Nils King"),
    Person(id="eva-price", name="Eva Price"),
    Person(id="jon-banks", name="Jon Banks"),
    Person(id="una-hill", name="Una Hill"),
    Person(id="he", name="He Lifeng"),
    Person(id="erdogan", name="Recep Tayyip Erdoğan"),
    Person(id="yildiz", name="Işıl Yıldız"),
    Person(id="khamenei", name="علی خامنه‌ای"),
    Person(id="fatima", name="فاطمة المصري"),
    Person(id="raisi", name="إبراهيم رئيسي"),
], Atlas("en"), "en")
NOBODY = Finder([], Atlas("en"), "en")


def ids(*texts: str, finder: Finder = FINDER, lang: str = "", people: Sequence[str] = (),
        countries: Sequence[str] = ()) -> list[str]:
    """The ids of all that is found, each text a passage; a line with # is a heading."""
    passages = [Passage("", text.removeprefix("# "), "h" if text.startswith("# ") else "p")
                for text in texts]
    return [m.id for m in finder.find(passages, people, countries, lang)]


@pytest.mark.parametrize("text", [
    "ATLANTA (AP) — Georgia voted on Tuesday.",
    "Georgia voted for Joe Biden in 2020.",
    "ATLANTA, Georgia — The count went on all night.",
    "Georgia Gov. Brian Kemp signed the bill.",
    "Georgia’s governor signed the bill. Turnout in Georgia was high.",
    "She is a senator from Georgia.",
    "The state of Georgia sued.",
    "They drove from Valdosta, Georgia, to Florida.",
    "Voters in Alabama, Georgia and Florida queued.",
    "Polls closed in Georgia, Arizona and Wisconsin.",
    "The Senate runoffs drew money from everywhere. Republicans lost both. Georgia decided it.",
    "Rep. Ada Moss (D-Georgia) left early.",
    "In rural Georgia the peaches froze. Savannah had snow.",
    "Georgia Tech played. Georgia lost.", "The airline is Georgia-based; the Georgian Bay",
    "Jimmy Carter, a farmer from Georgia, won.",
    "GEORGIA COUNTS AGAIN, and Atlanta waits.",
    "Georgia voters queued for hours. Georgians like to vote early.",
    "A Georgian townhouse in Bath and Georgian architecture in Dublin.",
    "Ada Moss ran for governor in Georgia.", "She lost the Senate race in Georgia by a hair.",
    "Two counties across Georgia count by hand.", "Stacey Abrams ran in Georgia.",
    "The sheriff of Lowndes County in Georgia said so.",
])
def test_georgia_the_state(text: str) -> None:
    assert ids(text) == []


@pytest.mark.parametrize(("text", "expected"), [
    ("Georgia and Armenia signed.", ["ge", "am"]),
    ("Tbilisi, Georgia", ["ge"]),
    ("TBILISI, Georgia — Crowds came back to the square. Georgia waits.", ["ge", "ge"]),
    ("The Georgian parliament met.", ["ge"]),
    ("Georgia’s president Salome Zourabichvili refused.", ["ge"]),
    ("Georgia and its neighbours want roads.", ["ge"]),
    ("President Biden called the prime minister of Georgia.", ["ge"]),
    ("Moldova, Ukraine and Georgia applied. Congress cheered, Republicans and Democrats alike.",
     ["md", "ua", "ge"]),
    ("Russia kept troops in Abkhazia. Republicans asked why Georgia was left alone.", ["ru", "ge"]),
    ("Georgians marched in Batumi.", ["ge"]),
    ("Voters go to the polls in Georgia on Sunday.", ["ge"]),
    ("The race in Georgia was ridden on Sunday.", ["ge"]),
])
def test_georgia_the_country(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


def test_the_whole_article_says_which_georgia() -> None:
    far = "It was a long night for everybody who counts."
    assert ids("Georgia is close.", far, "Savannah and Macon came in last.") == []
    assert ids("Georgia is close.", far, "Tbilisi and Kutaisi came in last.") == ["ge"]
    assert ids("Georgia is close.", far, "Republicans in Ohio cheered.") == []
    assert ids("Georgia is close.", countries=["ge"]) == ["ge"]
    assert ids("Georgia, an American state, counted.") == ["us"]


@pytest.mark.parametrize(("text", "expected"), [
    ("Jordan Smith was held. Jordan had no lawyer.", []),
    ("Jordan Smith was held. The lawyer for Jordan, then, was his mother.", []),
    ("Jordan Smith was held. Jordan’s mother came; she had heard from Jordan.", []),
    ("Chad Wolf resigned. Chad said nothing.", []),
    ("Cuba Gooding Jr. came late.", []),
    ("India Walton won. India thanked her mother.", []),
    ("Michael Jordan watched. Jordan scored.", []),
    ("Malta Berg, Jamaica Kincaid and Kenya Barris write.", []),
    ("Austria Holm said so. Austria will sing again.", []),
    ("Jill Ireland danced. Ireland was tired.", []),
    ("Lynn England swam. England won.", []),
    ("Irving Berlin wrote it. Berlin said so himself.", []),
    ("Paris Moss came. Paris said no.", []),
    ("Israel Adair came. Israel refused to sit.", []),
    ("Lady Scotland came. Scotland spoke.", []),
    ("(Michael Jordan) watched. Jordan scored.", []),
    ("Jordanian fans met Jim Jordan. Jordan waved.", ["jo"]),
    # the country
    ("Iraq, Iran and Jordan met. Michael Jordan watched.", ["iq", "ir", "jo"]),
    ("Israel’s minister Israel Adair said Israel was ready. Israelis agreed; Israel waits.",
     ["il"] * 4),
    ("India Gate was lit, and India Today wrote of it. India won.", ["in"]),
    ("Jordan Smith was held in Jordan.", ["jo"]),
    ("Jordan Smith wrote of Jordan’s king.", ["jo"]),
    ("Jordan Smith came home. Jordan and Syria closed the border.", ["jo", "sy"]),
    ("Michael Jordan flew to Jordan. Jordan was asleep.", ["jo"]),
    ("Jordan Smith waited. The government of Jordan said nothing.", ["jo"]),
    ("Chad Wolf resigned. Cameroon, Chad and Niger did not notice.", ["cm", "td", "ne"]),
    ("Because Israel refused, and although Jordan agreed, it failed.", ["il", "jo"]),
    ("India Walton won. India imposed tariffs on rice.", ["in"]),
    ("In Kenya and Cuba it rained; Austria won; India voted.", ["ke", "cu", "at", "in"]),
    ("The Jordan Valley is dry. Jordan has little water.", ["jo"]),
    ("Visit Malta. Austria Chancellor Karl Holm said so.", ["mt", "at"]),
    ("England beat France; Spain lost to Poland.", ["gb", "fr", "es", "pl"]),
])
def test_a_country_that_is_a_persons_name(text: str, expected: list[str]) -> None:
    assert ids(text, finder=NOBODY) == expected


def test_a_headline_has_the_name_before_the_text() -> None:
    assert ids("# Jordan had no lawyer", "Jordan Smith was held.", finder=NOBODY) == []
    assert ids("# Israel Bombs Port", "It burnt.", finder=NOBODY) == ["il"]


@pytest.mark.parametrize(("text", "expected"), [
    ("# Envoy Meets Jordan King As Turkey Talks Stall", ["jo", "tr"]),
    ("# Minister Visited Israel After Talks", ["il"]),
    ("# Coach Praises Michael Jordan After Win", []),
    ("# James Jordan Wins Again", []),
])
def test_a_headline_whose_words_all_have_capitals(text: str, expected: list[str]) -> None:
    assert ids(text, finder=NOBODY) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("Officers took Jordan to hospital. Jordan Smith is 19.", []),
    ("Chad was asleep. Chad Wolf heard nothing.", []),
    ("Jordan condemned the raid, and Egypt did. Jordan Smith, a student, saw it.", ["jo", "eg"]),
    ("Jordan's parliament sat. Jordan Smith, a student, saw it.", ["jo"]),
    ("Jordan sat down with Jordanian officials. Jordan Smith saw it.", ["jo", "jo"]),
])
def test_a_given_name_before_the_whole_name(text: str, expected: list[str]) -> None:
    assert ids(text, finder=NOBODY) == expected


@pytest.mark.parametrize(("name", "id"), [
    ("St Lucia", "lc"), ("St. Kitts and Nevis", "kn"), ("Curacao", "cw"),
    ("St Vincent", "vc"), ("St. Vincent", "vc"), ("Saint Lucia", "lc"),
    ("St Pierre and Miquelon", "pm"), ("St. Barthelemy", "bl"),
])
def test_saints_with_and_without_a_dot(name: str, id: str) -> None:
    found = NOBODY.find([Passage("", f"The minister of {name} came.")])
    assert [(m.id, m.form) for m in found] == [(id, name)]


def test_every_name_of_every_country_is_found_with_and_without_accents() -> None:
    atlas = Atlas("en")
    forms = [(id, form) for id in atlas.ids() for name in atlas.names(id)
             if name not in shipped().ambiguous for form in {name, unmarked(name)}]
    found = [[m.id for m in NOBODY.find([Passage("", f"The minister of {form} came.")])]
             for _, form in forms]
    missed = [form for (id, form), ids in zip(forms, found, strict=True) if ids != [id]]
    assert missed == []
    assert {("ax", "Åland"), ("cw", "Curacao"), ("re", "Reunion"), ("st", "Sao Tome and Principe")
            } <= set(forms)


@pytest.mark.parametrize("text", [
    "Brazil nuts, a Turkish bath and Turkish coffee", "an Indian summer with Canada geese",
    "Danish pastries, French toast and a Swiss army knife", "two Afghan hounds, a Canada goose",
    "a German Shepherd and a French bulldog on a Persian carpet", "Greek yoghurt with Irish coffee",
    "a Mexican stand-off over Norway spruce", "Guinea fowl and English muffins for breakfast",
])
def test_goods_and_animals(text: str) -> None:
    assert ids(text, finder=NOBODY) == []


@pytest.mark.parametrize("text", [
    "French doors, Jersey cows, Jersey barriers and Bermuda shorts", "Royal Dutch Shell paid.",
    "Turkey is served at Thanksgiving.", "They ate roast Turkey with stuffing.",
    "Turkey, gravy and cranberry sauce were left.", "Turkey sandwiches for all",
    "She lives in Jamaica (Queens).", "They met in Cuba, Mo., and in Peru, Ind.",
    "It snowed in Lebanon (Ohio).",
])
def test_goods_and_places_of_a_countrys_name(text: str) -> None:
    assert ids(text, finder=NOBODY) == []


@pytest.mark.parametrize(("text", "expected"), [
    ("Turkey is served by three airports.", ["tr"]), ("They roast chestnuts in Turkey.", ["tr"]),
    ("Turkey’s government banned roast lamb.", ["tr"]),
    ("Thanksgiving is over. Turkey voted.", ["tr"]), ("A Turkish family had dinner in Jersey.",
                                                     ["tr", "je"]),
    ("Cuba, Mexico (and Queens) are far.", ["cu", "mx"]), ("Peru (Lima) and Cuba, Miss Ada,",
                                                           ["pe", "cu"]),
])
def test_countries_beside_goods(text: str, expected: list[str]) -> None:
    assert ids(text, finder=NOBODY) == expected


@pytest.mark.parametrize("text", [
    "Chad, 21, is an accountant from Ohio. Chad likes it.", "They met Jordan, 34, who wept.",
    "Chad, aged 8, and Jordan (12), were found.",
    "China Miéville wrote it at home, in one winter.",
    "The novel is by the author China Miéville, who sings.",
    "They gave the actress America Ferrera a prize.", "America Ferrera, 39, won a prize there.",
    "Cyprus Jones left early that day. Cyprus said no.", "The officers took Brazil Rodriguez home.",
    "The singer Iran Darroudi came late.", "They asked the engineer Chile Vega about it.",
])
def test_a_country_that_is_a_rare_given_name(text: str) -> None:
    assert ids(text, finder=NOBODY) == []


@pytest.mark.parametrize(("text", "expected"), [
    ("Chad, 21 years independent, voted.", ["td"]), ("Kenya, 42, and Ghana, 12, led the table.",
                                                     ["ke", "gh"]),
    ("In 2011 Chad, 21, and Sudan, 20, were last in the ranking.", ["td", "sd"]),
    ("Chad, which borders Sudan, is poor.", ["td", "sd"]),
    ("China President Xi wrote it, and China Foreign Minister Wang Yi died.", ["cn", "cn"]),
    ("The shares of China Evergrande fell.", ["cn"]),
    ("Cyprus Jones left early that day. Cyprus is an island, and Cypriots know.", ["cy", "cy"]),
    ("Cyprus Jones left early and flew to Cyprus.", ["cy"]),
    ("# Actress Hails Brazil Win As Iran Sings", ["br", "ir"]),
    ("Iraqi Wilson Haddad wrote it, an Iranian Davis did not.", ["iq", "ir"]),
    ("Brazil Tuesday wrote off the debt.", ["br"]), ("Kenya (42) beat Ghana (12).", ["ke", "gh"]),
    ("In Iran Johnson met them; from Iraq Jones wrote a report.", ["ir", "iq"]),
])
def test_countries_that_look_like_given_names(text: str, expected: list[str]) -> None:
    assert ids(text, finder=NOBODY) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("Iraq, Iran and Jordan met. Michael Jordan watched.", ["iq", "ir", "jo", "michael-jordan"]),
    ("Michael Jordan came. Jordan’s king greeted him in Jordan.", ["michael-jordan", "jo", "jo"]),
    ("Michael Jordan came. A letter to Jordan went astray.", ["michael-jordan"] * 2),
    ("Michael Jordan moved to Jordan. Jordan and Syria were at peace.",
     ["michael-jordan", "jo", "jo", "sy"]),
])
def test_a_country_that_is_the_name_of_somebody_with_a_record(
    text: str, expected: list[str],
) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("Theresa May resigned. May said so. “No,” May said, and May’s office agreed.",
     ["theresa-may"] * 4),
    ("Theresa May resigned in May. On May 5 it rained, as in late May and last May.",
     ["theresa-may"]),
    ("Theresa May left. May 2019 was wet. By May, it was over; from May to July, too. "
     "May I go? The 5th of May.", ["theresa-may"]),
    ("Theresa May spoke. On Tuesday May met them; then May’s aides left.", ["theresa-may"] * 3),
    ("Theresa May left. Colleagues of May wept; Mrs May did not.", ["theresa-may"] * 3),
    ("Gro March came. March was cold. March said little in March.", ["gro-march"] * 2),
    ("Gro March came. The March on the capital began.", ["gro-march"]),
    ("Lena Rice spoke. Rice prices rose, but Rice said no. A bowl of rice.", ["lena-rice"] * 2),
    ("Lena Rice spoke at Rice University.", ["lena-rice"]),
    ("Tom Brown came. Brown bears slept, and Brown left. Brown was tired.", ["tom-brown"] * 3),
    ("Ann Long waited. Long lines formed on Long Island. How long? Long has time.",
     ["ann-long"] * 2),
    ("Ida Young came. Young people came, too. Reporters asked Young why.", ["ida-young"] * 2),
    ("Ole Gates came. Gates were shut. Gates told nobody.", ["ole-gates"] * 2),
    ("Nils King came. King Harald and the King left. King stayed.", ["nils-king"] * 2),
    ("Eva Price came. Price rises followed. Price denied it.", ["eva-price"] * 2),
    ("Jon Banks came. Banks closed early; banks do. Banks said he knew.", ["jon-banks"] * 2),
    ("Una Hill met them on Capitol Hill and at Hill House. Hill waved.", ["una-hill"] * 2),
    ("He Lifeng came. He said so. They met Vice Premier He.", ["he", "he"]),
    ("# Theresa May Leaves in May", ["theresa-may"]),
    ("# Young Voters Queue for Ida Young", ["ida-young"]),
])
def test_a_surname_that_is_a_word(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("Seoul and Pyongyang agreed.", ["kr", "kp"]),
    ("Talks between Moscow, Beijing and Tehran went on.", ["ru", "cn", "ir"]),
    ("Moscow, Beijing and Tehran signed.", ["ru", "cn", "ir"]),
    ("Ties between Paris and Berlin cooled.", ["fr", "de"]),
    ("Relations with Tokyo and Seoul are good.", ["jp", "kr"]),
    ("Iran and Moscow signed a treaty.", ["ir", "ru"]),
    ("In Geneva, Tehran and Washington agreed on a text.", ["ir", "us"]),
    ("In Moscow, Tehran said no.", ["ir"]),
    ("Cairo and Riyadh have restored relations.", ["eg", "sa"]),
    ("Seoul and Tokyo’s talks failed.", ["kr", "jp"]),
    # places
    ("She flew from Seoul to Tokyo.", []),
    ("It rained in Seoul and Pyongyang.", []),
    ("Officials in Seoul and Pyongyang agreed.", []),
    ("In Seoul and Pyongyang agreed dates differ.", []),
    ("Flights between Moscow and Minsk stopped. The Moscow-Beijing train is late.", []),
    ("Moscow and Beijing are cities.", []),
    ("He studied in Berlin, Paris and Rome.", []),
])
def test_capitals_that_are_joined(text: str, expected: list[str]) -> None:
    assert ids(text, finder=NOBODY) == expected


@pytest.mark.parametrize("text", [
    "Iran Air and Kuwait Airways fly.", "Iran Air’s fleet and China Daily's report", "Air India, Air Malta and Air Canada landed.",
    "Bank of China and Deutsche Bank lent.", "Turkish Airlines and Royal Jordanian Airlines",
    "China Daily and the Times of India wrote, and Egypt Today.", "She was Miss Brazil in 1968.",
    "Swiss International Air Lines", "Kuwait Finance House", "Saudi Aramco and Saudi Telecom",
    "Bank Austria and Bank Indonesia", "the National Bank of Kuwait", "Nigeria Breweries PLC",
    "Vogue India and Radio Free Iran", "British Airways, American Airlines and Japan Times",
    "Mr. Brazil and Mrs. India competed", "Bangladesh Insurance Ltd.",
])
def test_companies_papers_and_titles(text: str) -> None:
    assert ids(text, finder=NOBODY) == []


@pytest.mark.parametrize(("text", "expected"), [
    ("the Iranian air force, the Iran Air Force", ["ir", "ir"]),
    ("The Central Bank of Iran said so.", ["ir"]),
    ("Iran and Turkish Airlines agreed.", ["ir"]),
    ("Kuwait and the Times of India", ["kw"]),
    ("China and Russia", ["cn", "ru"]),
])
def test_bodies_of_a_state_are_its_own(text: str, expected: list[str]) -> None:
    assert ids(text, finder=NOBODY) == expected


@pytest.mark.parametrize("text", [
    "RECEP TAYYİP ERDOĞAN KONUŞTU", "Recep Tayyi\u0307p Erdoğan", "RECEP TAYYI\u0307P ERDOG\u0306AN",
    "RECEP TAYYIP ERDOĞAN SPEAKS", "RECEP TAYYIP ERDOGAN SPEAKS", "Recep Tayyıp Erdoğan",
    "RECEP TAYYİP ERDOĞAN'IN EVİ",
])
def test_turkish_letters_in_capitals(text: str) -> None:
    assert ids(text) == ["erdogan"]


@pytest.mark.parametrize("text", [
    "IŞIL YILDIZ", "Işıl Yıldız", "Isil Yildiz", "ISIL YILDIZ", "IŞIL YILDIZ’IN", "İşil Yildiz",
])
def test_dotless_letters(text: str) -> None:
    assert ids(text) == ["yildiz"]


@pytest.mark.parametrize(("text", "expected"), [
    ("سافر إلى إيران والعراق", ["ir", "iq"]),
    ("وإيران وايران بإيران لإيران ولإيران كإيران فإيران", ["ir"] * 7),
    ("بالعراق للعراق وللعراق وبالعراق فالعراق كالعراق", ["iq"] * 6),
    ("الجيش العراقي والقوات العراقية والعراقيين للعراقيين", ["iq"] * 4),
    ("الحكومة الإيرانية والرئيس الايراني لإيراني", ["ir"] * 3),
    ("السعودية وسوريا وللسعودية أمريكا والأميركي", ["sa", "sy", "sa", "us", "us"]),
    ("قالت بغداد إن المحادثات بين بغداد وطهران مستمرة", ["iq", "iq", "ir"]),
    ("أعلنت طهران ذلك", ["ir"]),
    ("وفدا مصريا وشركة سورية", ["eg", "sy"]),
    ("العلاقات مع أنقرة", ["tr"]),
    # a place, or another word
    ("أمطرت في بغداد ومن طهران إلى دمشق", []),
    ("تركي الفيصل سافر", []),
    ("المالي والمصري", ["eg"]),
    ("الهندسة والقطرات والمصريف", []),
])
def test_arabic(text: str, expected: list[str]) -> None:
    assert ids(text, lang="ar") == expected
    assert ids(text, finder=Finder([], Atlas("ar"), "ar"), lang="ar") == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("دولت عراقی و مردم ایرانی و ایرانیان و ایرانی‌ها و ایرانیها", ["iq"] + ["ir"] * 4),
    ("آمریکا و امریکا و آمریکایی و ایالات متحده", ["us"] * 4),
    ("عربستان و انگلیس و کرهٔ جنوبی و کره جنوبی", ["sa", "gb", "kr", "kr"]),
    ("تهران و بغداد توافق کردند", ["ir", "iq"]),
    ("تهران و بغداد درباره مرز به توافق رسیدند.", ["ir", "iq"]),
    ("روابط تهران با بغداد", ["ir", "iq"]),
    ("تهران اعلام کرد", ["ir"]),
    ("در تهران باران آمد و از بغداد به دمشق رفت", []),
    ("ساحل عاج و ساحل‌عاج", ["ci", "ci"]),
])
def test_persian(text: str, expected: list[str]) -> None:
    assert ids(text, lang="fa") == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("علي خامنه‌ای و علی خامنه ای و علی خامنهای", ["khamenei"] * 3),
    ("ابراهيم رئيسي وإبراهیم رئیسی لإبراهيم رئيسي ابراهیم رییسی", ["raisi"] * 4),
    ("فاطمه المصري وفاطمة المصری", ["fatima"] * 2),
])
@pytest.mark.parametrize("lang", ["", "ar", "fa"])
def test_people_in_arabic_script(text: str, expected: list[str], lang: str) -> None:
    assert ids(text, lang=lang) == expected
