"""Names that texts use for something other than a person: a country's, a people's, an office."""

from __future__ import annotations

import re
from typing import Final

from site_builder.finding.demonyms import adjectives
from site_builder.finding.territories import country_key, index_of

_FIELDS: Final = (
    "foreign|defen[cs]e|interior|finance|oil|energy|economy|justice|health|culture|education|trade"
    "|information|intelligence|home|state")
_OFFICE: Final = re.compile(
    r"(?:the )?(?:former |acting |deputy |vice[- ])?(?:president|prime minister|premier|chancellor"
    rf"|(?:(?:{_FIELDS}) )*(?:minister|secretary)"
    rf"(?: (?:of|for) (?:the )?(?:{_FIELDS})(?: affairs)?)?"
    r"|secretary[- ]general|governor|mayor|ambassador|senator|congress(?:wo)?man|speaker|director"
    r"|chair(?:wo)?man|spokes(?:wo)?man|attorney general|chief of staff|commissioner|pope|king)",
    re.IGNORECASE)


def meaning(name: str, language: str) -> str:
    """What else a person's name is, by itself: "a country", "a people" or "an office"; else "".

    `language` is the site's; countries are known by their names in it and in English.
    """
    key = country_key(name)
    if key in index_of("en") or key in index_of(language):
        return "a country"
    if name in adjectives() or name.removesuffix("s") in adjectives():
        return "a people"
    return "an office" if _OFFICE.fullmatch(name) else ""
