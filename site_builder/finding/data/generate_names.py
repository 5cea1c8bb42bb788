"""Make given_names.json anew; README.md beside this file says from what.

    python generate_names.py    (with the package faker installed)
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import unicodedata
from pathlib import Path

import faker.providers.person as locales

from site_builder.finding.romanising import romanise
from site_builder.finding.spelling import words

HERE = Path(__file__).parent
LATIN = re.compile(r"[A-Za-zÀ-ɏ][a-zß-ɏ'’]+")

# Names that a text writes far more often as another word, at the beginning of a sentence or within
# a title. By hand.
WORDS = words(
    "an art august april autumn bay bill blue bo brook can case casey chance chase christian close "
    "cliff coast constant county court crystal daily dale dan day dawn dean de del dell den do don "
    "drew duke e early earl east easter ever even faith fair far few first for forest frank friday "
    "general german golden good grace grant gray green grand he head heath her holy hope house in "
    "independence india iran israel jersey jordan jade january joy judge july june just justice "
    "king kind la lady land lane le leave liberty lord love long low magic major man many march "
    "mark maria martial may media mercy merit mi miles military miss mister monday more most my "
    "new no noble north not now ocean of on one only or our pace page paris park pearl pen peace "
    "pleasant porter price prime prince princess queen rain reason reed rich river rock rome royal "
    "said sea season see senate september she short so some south spring star state stone storm "
    "strong summer sun sunday sunny sunshine sure tan temple the this times to town trinity "
    "true truth van victory von war was we west white who will winter wise with worth yard "
    "you young georgia china america asia africa europe britain england france germany austria "
    "chad kenya cuba malta london berlin vienna sydney washington lincoln boston dallas houston "
    "austin denver phoenix florida virginia carolina dakota montana indiana nevada arizona "
    "california texas alabama holland ireland wales scotland canada brazil mexico asian "
    "american african european english french turkish arab islam muslim bishop cardinal "
    "ab add admiral age agent ah ale ally alpha among anon arch as ast astride ava author baby "
    "bale banks bas beat bent berry bird bone boss bot brain branch brown bush canal cap captain "
    "carry cas cash champ charity chi clay cleave cole colon come comfort con conn cord council "
    "delta desire deb dev dex diamond dis doc dock done dot dusty ed edi echo edit edu elder elif "
    "else emir emit era essence eta eve fancy fares fed floor foster forum friend fuller garner "
    "gauge gay glib governor graves greet gun hall handy harm harsh haven heaven hence hung hunt "
    "ing io ir ise isin jet job journey junior kick kit lan lawyer lean lemma len less lex lies "
    "line link little lo loan lone lot loyal lucky mac mad made magna male mar marine marsh "
    "marshal mason mat math maxima median melody mentor meta metro minor modest moon nano nas nil "
    "octave odd olive oral orange over par patience peer per pink precious press prior prosper "
    "ran ransom red rem republic ridge roll roman rose run rune rush sage sal sep server side sif "
    "silver sim sing sister skip sky sol sole solver son tab tail tal te tea ties til tilde "
    "till tiny tone toy trace treasure tri trump tu ty uge uni unique unknown unnamed us val vala "
    "valid valves vander var ver violet visa wage walker wells wing wood yen york zeta ceylon "
    "sir dame doctor professor president minister senator pope saint st san santa el al bin ben-"
).difference({"dan", "maria", "dean"})


def main() -> None:
    """Write the file: names in Latin letters, by the gender that the lists give them."""
    female: set[str] = set()
    male: set[str] = set()
    either: set[str] = set()
    for locale in pkgutil.iter_modules(locales.__path__):
        provider = importlib.import_module(f"{locales.__name__}.{locale.name}").Provider
        for field, into in (
            ("first_names_female", female), ("first_names_male", male), ("first_names", either),
        ):
            given = getattr(provider, field, ())
            if not isinstance(given, property):
                into.update(key for name in given for key in _keys(name))
    either |= female & male
    known = (HERE / "given_names.txt").read_text(encoding="utf-8")
    for line in known.splitlines():
        gender, _, names = line.partition(": ")
        if gender in ("male", "female", "either"):
            {"male": male, "female": female, "either": either}[gender].update(names.split())
    both = (either - female - male) | (female & male)
    kept = {
        "female": sorted(female - both - WORDS),
        "male": sorted(male - both - WORDS),
        "either": sorted(both - WORDS),
    }
    lines = ",\n".join(f' "{key}": {json.dumps(" ".join(names), ensure_ascii=False)}'
                       for key, names in kept.items())
    (HERE / "given_names.json").write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


def _keys(name: str) -> list[str]:
    """A name as it is looked up: in lower case, Latin letters without accents."""
    found = []
    for part in name.split()[:1]:
        part = part.split("-")[0]
        if not LATIN.fullmatch(part):
            part = romanise(part.casefold()).capitalize()
        letters = unicodedata.normalize("NFD", part)
        bare = "".join(c for c in letters if not unicodedata.combining(c))
        if len(bare) > 1 and bare.isascii() and bare.isalpha():
            found.append(bare.lower())
    return found


if __name__ == "__main__":
    main()
