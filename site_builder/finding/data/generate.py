"""Make countries.json and short_names.json anew; README.md beside this file says from what.

    python generate.py CLDR_CORE CLDR_LOCALENAMES_FULL

The arguments are the unpacked npm packages cldr-core and cldr-localenames-full.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pycountry

HERE = Path(__file__).parent

# Where CLDR's ordinary name is a compromise that no newspaper prints ("Hong Kong SAR China",
# "Palestinian Territories", "Myanmar (Burma)"), its own short form is shown.
SHOWN_SHORT = ("HK", "MM", "MO", "PS")


def main(core: Path, names: Path) -> None:
    """Write both files."""
    version = json.loads((core / "package.json").read_text())["version"]
    alternatives, shown = _alternatives(names)
    english = _territories(names / "main/en/territories.json", "en")
    variants = json.loads((HERE / "variants.json").read_text(encoding="utf-8"))
    regions = _regions(core)
    ambiguous = {name.casefold() for name in variants["ambiguous"]}
    countries = {}
    for code in sorted({c.alpha_2 for c in pycountry.countries} | {"XK"}):
        iso = pycountry.countries.get(alpha_2=code)
        given = [
            english[code],
            *(getattr(iso, field, "") for field in ("name", "common_name", "official_name")),
            *alternatives["en"].get(code, ()),
            *variants["names"].get(code, ()),
        ]
        name = shown["en"].get(code, english[code])
        forms = dict.fromkeys(
            form for form in given if form and form != name and form.casefold() not in ambiguous
        )
        region, subregion = regions[code]
        countries[code] = {
            "name": name,
            "alpha3": iso.alpha_3 if iso else "XKX",
            "numeric": iso.numeric if iso else "",
            "region": english[region],
            "subregion": english[subregion],
            "names": list(forms),
        }
    _write(
        "countries.json",
        {
            "sources": {"cldr": version, "pycountry": pycountry.__version__},
            "abbreviations": variants["abbreviations"],
            "ambiguous": variants["ambiguous"],
            "historical": variants["historical"],
            "countries": countries,
        },
        depth=2,
    )
    del alternatives["en"], shown["en"]
    _write(
        "short_names.json",
        {"sources": {"cldr": version}, "shown": shown, "alternatives": alternatives},
        depth=2,
    )


def _territories(path: Path, language: str) -> dict[str, str]:
    data = json.loads(path.read_text(encoding="utf-8"))["main"][language]
    found: dict[str, str] = data["localeDisplayNames"]["territories"]
    return found


def _alternatives(
    names: Path,
) -> tuple[dict[str, dict[str, list[str]]], dict[str, dict[str, str]]]:
    """Every short and variant name, and those that are shown, by language and country."""
    alternatives: dict[str, dict[str, list[str]]] = {}
    shown: dict[str, dict[str, str]] = {}
    for folder in sorted((names / "main").iterdir()):
        language = folder.name
        is_regional = any(len(part) < 4 for part in language.split("-")[1:])
        if is_regional or not (folder / "territories.json").exists():
            continue
        territories = _territories(folder / "territories.json", language)
        for key, name in sorted(territories.items()):
            code, _, kind = key.partition("-alt-")
            if not kind or len(code) != 2 or code in ("EU", "UN") or kind == "chagos":
                continue
            if kind == "short" and code in SHOWN_SHORT:
                shown.setdefault(language, {})[code] = name
            if name != territories[code]:
                alternatives.setdefault(language, {}).setdefault(code, []).append(name)
    return alternatives, shown


def _regions(core: Path) -> dict[str, tuple[str, str]]:
    """Country → region and subregion: the two levels below the world that are no mere grouping."""
    path = core / "supplemental/territoryContainment.json"
    containment: dict[str, Any] = json.loads(path.read_text())["supplemental"][
        "territoryContainment"
    ]
    return {
        code: (region, subregion)
        for region in containment["001"]["_contains"]
        for subregion in containment[region]["_contains"]
        for code in containment[subregion]["_contains"]
    }


def _write(name: str, data: dict[str, Any], *, depth: int) -> None:
    """JSON with one line for every value that lies `depth` levels deep, so that changes show."""

    def lines(value: Any, level: int) -> str:
        if not isinstance(value, dict) or level == depth:
            return json.dumps(value, ensure_ascii=False)
        inner = ",\n".join(
            f"{' ' * (level + 1)}{json.dumps(k)}: {lines(v, level + 1)}" for k, v in value.items()
        )
        return f"{{\n{inner}\n{' ' * level}}}"

    (HERE / name).write_text(lines(data, 0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
