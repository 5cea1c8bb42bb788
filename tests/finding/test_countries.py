"""Which country a name means."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pycountry
import pytest

from site_builder.finding import territories
from site_builder.finding.countries import AmbiguousCountry, Atlas
from site_builder.finding.territories import CACHE_NAME, country_key
from site_builder.model import Country

ATLAS = Atlas()
ISO = sorted(country.alpha_2 for country in pycountry.countries)


def resolved(name: str, atlas: Atlas = ATLAS, language: str | None = None) -> str | None:
    found = atlas.resolve(name, language)
    return found.id if found else None


@pytest.mark.parametrize(
    ("names", "id"),
    [
        ("US|U.S.|U. S.|USA|U.S.A.|United States|the United States of America|America", "us"),
        ("UK|U.K.|GB|Britain|Great Britain|England|Northern Ireland", "gb"),
        ("UAE|U.A.E.|United Arab Emirates", "ae"),
        ("South Korea|S. Korea|KR|KOR|Republic of Korea|Korea, South", "kr"),
        ("North Korea|DPRK|Democratic People's Republic of Korea", "kp"),
        ("Ivory Coast|Côte d’Ivoire|Cote d'Ivoire|COTE D'IVOIRE", "ci"),
        ("Czech Republic|Czechia", "cz"),
        ("Burma|Myanmar|Myanmar (Burma)", "mm"),
        ("Swaziland|Eswatini", "sz"),
        ("Cape Verde|Cabo Verde", "cv"),
        ("Holland|Netherlands|The Netherlands|the netherlands", "nl"),
        ("Vatican|the Vatican|Vatican City|Holy See", "va"),
        ("Palestine|Palestinian Territories|State of Palestine", "ps"),
        ("Kosovo|XK", "xk"),
        ("Taiwan|Taiwan, Province of China", "tw"),
        ("DR Congo|DRC|Democratic Republic of the Congo|Congo-Kinshasa|Zaire", "cd"),
        ("Congo-Brazzaville|Congo - Brazzaville|Republic of the Congo", "cg"),
        ("Macedonia|North Macedonia", "mk"),
        ("Turkey|Türkiye|Turkiye|Tu\u0308rkiye", "tr"),
        ("Russia|Russian Federation", "ru"),
        ("Iran|IRAN|iran|IR|IRN|364|Islamic Republic of Iran|Iran, Islamic Republic of", "ir"),
        ("Syria|Syrian Arab Republic", "sy"),
        ("Bosnia & Herzegovina|Bosnia and Herzegovina|Bosnia-Herzegovina|Bosnia", "ba"),
        ("St. Lucia|Saint Lucia|St Lucia", "lc"),
        ("St. Vincent and the Grenadines|Saint Vincent & the Grenadines", "vc"),
        ("Saint Pierre & Miquelon|St Pierre and Miquelon", "pm"),
        ("São Tomé and Príncipe|Sao Tome & Principe", "st"),
        ("Gambia|The Gambia", "gm"),
        ("Guinea|Republic of Guinea", "gn"),
        ("Niger", "ne"),
        ("Nigeria", "ng"),
        ("Georgia", "ge"),
        ("IT|Italy", "it"),
        ("NO|Norway", "no"),
        ("Dominica", "dm"),
        ("Dominican Republic", "do"),
        ("Samoa", "ws"),
        ("Sudan", "sd"),
        ("Ireland", "ie"),
    ],
)
def test_english_names(names: str, id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(territories, "index_of_all", lambda _: pytest.fail("other languages"))
    assert {name: resolved(name, Atlas()) for name in names.split("|")} == dict.fromkeys(
        names.split("|"), id
    )


@pytest.mark.parametrize(
    "name", ["it", "us", "no", "is", "in", "Atlantis", "", "…", "999", "ZZ", "EU", "Ir", "UNO"]
)
def test_what_is_no_country(name: str) -> None:
    assert ATLAS.resolve(name) is None


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Congo", ("cd", "cg")),
        ("the Congo", ("cd", "cg")),
        ("Korea", ("kp", "kr")),
        ("Virgin Islands", ("vg", "vi")),
        ("Kongo", ("cd", "cg")),
    ],
)
def test_a_name_of_several_is_told(name: str, codes: tuple[str, ...]) -> None:
    for _ in range(2):
        with pytest.raises(AmbiguousCountry) as caught:
            ATLAS.resolve(name)
        assert (caught.value.name, caught.value.codes) == (name, codes)


@pytest.mark.parametrize("code", [*ISO, "XK"])
def test_every_country_is_complete(code: str) -> None:
    country = ATLAS.get(code.lower())
    assert country.id == code.lower()
    assert country.code == code
    assert country.name and country.region and country.subregion
    assert not country.has_record
    assert resolved(country.name) == resolved(code) == country.id


def test_every_name_that_iso_gives_is_known() -> None:
    for iso in pycountry.countries:
        for field in ("alpha_2", "alpha_3", "numeric", "name", "common_name", "official_name"):
            name = getattr(iso, field, "")
            if name and name != "Congo":
                assert resolved(name) == iso.alpha_2.lower(), name


@pytest.mark.parametrize(
    ("id", "region", "subregion"),
    [
        ("ir", "Asia", "Southern Asia"),
        ("iq", "Asia", "Western Asia"),
        ("xk", "Europe", "Southern Europe"),
        ("va", "Europe", "Southern Europe"),
        ("ps", "Asia", "Western Asia"),
        ("tw", "Asia", "Eastern Asia"),
        ("us", "Americas", "Northern America"),
        ("br", "Americas", "South America"),
        ("aq", "Oceania", "Outlying Oceania"),
    ],
)
def test_regions_follow_m49(id: str, region: str, subregion: str) -> None:
    assert (ATLAS.get(id).region, ATLAS.get(id).subregion) == (region, subregion)


def test_names_in_other_languages() -> None:
    assert [resolved(n) for n in ("Deutschland", "ایران", "伊朗", "العراق", "Allemagne")] == [
        "de", "ir", "ir", "iq", "de",
    ]
    persian = Atlas("fa")
    assert resolved("فلسطین", persian) == "ps"  # a short form, which babel lacks
    assert resolved("هنگ‌کنگ", Atlas("fa-IR")) == "hk"
    assert resolved("Iran", persian) == "ir"
    assert persian.get("de").name == "آلمان"


def test_short_names_need_no_other_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(territories, "index_of_all", lambda _: pytest.fail("read them all"))
    assert resolved("عربستان", Atlas("fa")) == "sa"
    assert resolved("Osttimor", language="de") == "tl"


def test_a_preferred_language_decides() -> None:
    assert resolved("Congo", language="es") == "cg"
    assert resolved("Congo", Atlas("es")) == "cg"
    assert resolved("Iran", language="tlh") == "ir"  # a language that CLDR lacks


def test_display_in_a_language() -> None:
    assert ATLAS.display("de", "fa") == "آلمان"
    assert ATLAS.display("ps", "fa") == "فلسطین"
    assert ATLAS.display("ps", "en-GB") == "Palestine"
    assert ATLAS.display("hk", "zh-Hant") == "香港"
    assert ATLAS.display("de", "tlh") == "Germany"
    with pytest.raises(KeyError):
        ATLAS.display("atlantis", "en")


def record(id: str, name: str, *aliases: str, **fields: str) -> Country:
    return Country(id=id, name=name, aliases=aliases, path=f"countries/{id}.md", **fields)


def test_a_record_wins() -> None:
    turkey = record("turkey", "Turkey", "the Porte", code="TR", slug="turkey", bio="…")
    atlas = Atlas(records=[turkey])
    found = atlas.get("tr")
    assert found == Country(
        id="tr", name="Turkey", code="TR", slug="turkey", aliases=("the Porte",), region="Asia",
        subregion="Western Asia", bio="…", path="countries/turkey.md",
    )
    for name in ("turkey", "Turkey", "The Porte", "TR", "Türkiye", "Turquie"):
        assert atlas.resolve(name) is found
    assert atlas.display("tr", "en") == "Turkey"
    assert atlas.display("tr", "fr") == "Turquie"


def test_a_record_without_code_finds_its_country() -> None:
    assert Atlas(records=[record("ir", "Persia")]).get("ir").name == "Persia"
    assert Atlas(records=[record("persia", "Iran")]).get("ir").path == "countries/persia.md"
    assert Atlas("fa", records=[record("x", "ایران")]).get("ir").path == "countries/x.md"


def test_a_historical_country_takes_a_record() -> None:
    for name in ("Soviet Union", "USSR", "Yugoslavia", "Czechoslovakia", "East Germany"):
        assert ATLAS.resolve(name) is None
        assert ATLAS.is_historical(name)
    assert not ATLAS.is_historical("Iran")
    assert ATLAS.suggest("Czechoslovakia") == ["Czechia", "Slovakia"]
    assert ATLAS.suggest("Soviet Union") == []
    union = record("ussr", "Soviet Union", "USSR", region="Europe")
    atlas = Atlas(records=[union])
    assert atlas.resolve("the Soviet Union") == union
    assert atlas.resolve("USSR") == atlas.resolve("ussr") == atlas.get("ussr") == union
    assert atlas.display("ussr", "fr") == "Soviet Union"
    with pytest.raises(KeyError):
        ATLAS.get("ussr")


def test_two_records_for_one_name_or_country() -> None:
    korea = record("old-korea", "Korea")
    joseon = record("joseon", "Joseon", "Korea")
    with pytest.raises(AmbiguousCountry) as caught:
        Atlas(records=[korea, joseon]).resolve("Korea")
    assert caught.value.codes == ("joseon", "old-korea")
    assert resolved("Korea", Atlas(records=[korea])) == "old-korea"
    one, two = record("iran", "Iran"), record("persia", "Persia")
    assert Atlas(records=[two, one]).duplicates() == [(one, two, "ir")]
    assert Atlas(records=[korea, joseon]).duplicates() == []


def test_suggestions() -> None:
    assert ATLAS.suggest("Irann") == ["Iran"]
    assert ATLAS.suggest("Kazakstan")[0] == "Kazakhstan"
    assert ATLAS.suggest("Korea") == ["North Korea", "South Korea"]
    assert ATLAS.suggest("Xyzzyx") == []
    assert Atlas("de").suggest("Deutchland") == ["Deutschland"]
    assert Atlas(records=[record("narnia", "Narnia")]).suggest("Narnja")[0] == "Narnia"


def test_names_in_all_languages_are_kept_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "cache" / CACHE_NAME

    def german() -> str | None:
        return resolved("Deutschland", Atlas(cache=kept.parent))

    assert resolved("Iran", Atlas(cache=kept.parent)) == "ir"
    assert not kept.exists()  # nothing is read that is not needed
    assert german() == "de"
    good = kept.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(territories, "_every_name", lambda: pytest.fail("read again"))
        assert german() == "de"
    head, _, body = good.partition(b"\n")
    stamp = head.split()[0]
    for bad in (
        good[:-5], b"", b"\xff\xfe", b"{}", body, good.replace(b'"de"', b'"fr"', 1),
        b"0" + good[1:], stamp + b" " + b"0" * 64 + b"\n" + body,
    ):
        kept.write_bytes(bad)
        assert german() == "de"
        assert kept.read_bytes() == good
    assert [path.name for path in kept.parent.iterdir()] == [CACHE_NAME]


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert resolved("Deutschland", Atlas(cache=tmp_path / "file")) == "de"


def test_english_needs_neither_babel_nor_pycountry() -> None:
    code = (
        "import sys\n"
        "from site_builder.finding.countries import Atlas\n"
        "assert Atlas().resolve('Russian Federation').name == 'Russia'\n"
        "assert Atlas('en-GB').get('de').name == 'Germany'\n"
        "bad = {'babel', 'pycountry', 'rapidfuzz'} & set(sys.modules)\n"
        "assert not bad, bad\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_shipped_names_agree_with_what_is_made_by_hand() -> None:
    """generate.py was run after variants.json was changed."""
    shipped = territories.shipped()
    variants = json.loads((territories.DATA / "variants.json").read_text(encoding="utf-8"))
    assert {k: list(v) for k, v in shipped.ambiguous.items()} == variants["ambiguous"]
    assert {k: list(v) for k, v in shipped.historical.items()} == variants["historical"]
    assert shipped.abbreviations == variants["abbreviations"]
    for code, names in variants["names"].items():
        missing = set(names) - {shipped.countries[code].name, *shipped.countries[code].names}
        assert not missing, code


def test_no_two_countries_share_a_name_in_english() -> None:
    ambiguous = {country_key(name) for name in territories.shipped().ambiguous}
    shared = {key for key, codes in territories.index_of("en").items() if len(codes) > 1}
    assert shared == ambiguous


def test_babel_is_whole_after_all_its_languages_were_searched(tmp_path: Path) -> None:
    """In a process of its own: Babel keeps what it loads for as long as that lives."""
    import subprocess
    import sys

    code = (
        "from pathlib import Path\n"
        "from site_builder.finding.countries import Atlas\n"
        f"assert Atlas(cache=Path({str(tmp_path)!r})).resolve('Saksamaa').id == 'de'\n"
        "from babel import Locale\n"
        "for tag in ('en', 'en_GB', 'fa', 'de_AT'):\n"
        "    assert Locale.parse(tag).default_numbering_system\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
