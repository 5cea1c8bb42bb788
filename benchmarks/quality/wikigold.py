"""People and countries in wikigold, which others annotated: 145 Wikipedia texts, CC BY 4.0.

Balasuriya et al., "Named entity recognition in Wikipedia", 2009. Its LOC holds
cities and rivers too: a LOC counts here when its words are a country's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.finding.countries import AmbiguousCountry, Atlas
from site_builder.finding.mentions import Finder
from site_builder.finding.new_names import new_names
from site_builder.finding.passages import plain_passages

if TYPE_CHECKING:
    from benchmarks.quality.score import Score

FILE = Path("corpora/wikigold/CONLL-format/data/wikigold.conll.txt")


def texts(path: Path) -> Iterator[tuple[str, dict[str, set[str]]]]:
    """Each text, a sentence a line, and the words of its entities by kind."""
    words: list[str] = []
    found: dict[str, set[str]] = {"PER": set(), "LOC": set()}
    entity: list[str] = []
    kind = ""
    for line in (*path.read_text(encoding="utf-8").splitlines(), "-DOCSTART- O"):
        word, _, tag = line.strip().partition(" ")
        now = tag.partition("-")[2]
        if entity and (now != kind or tag.startswith("B-")):
            found.setdefault(kind, set()).add(" ".join(entity))
            entity = []
        kind = now
        if word == "-DOCSTART-":
            if words:
                yield " ".join(words).replace(" \n ", "\n"), found
            words, found = [], {"PER": set(), "LOC": set()}
        elif word:
            words.append(word)
            if now:
                entity.append(word)
        elif words:
            words.append("\n")


def measure(shared: Path, score: type[Score]) -> dict[str, Score]:
    """The scores; empty where the corpus is missing."""
    path = shared / FILE
    if not path.is_file():
        return {}
    atlas = Atlas("en")
    finder = Finder([], atlas, "en")

    def is_country(form: str) -> bool:
        try:
            return atlas.resolve(form) is not None
        except AmbiguousCountry:  # not counted on either side
            return False

    people, full, countries = score(), score(), score()
    for number, (text, wanted) in enumerate(texts(path)):
        passages, _ = plain_passages(text)
        mentions = finder.find(passages)
        names = {name.form for name in new_names(passages, mentions)}
        people.add(str(number), names, wanted["PER"])
        full.add(str(number), names, {name for name in wanted["PER"] if " " in name})
        countries.add(
            str(number), {m.form for m in mentions if m.kind == "country" and is_country(m.form)},
            {form for form in wanted["LOC"] if is_country(form)})
    return {"all names of people, no records": people, "full names of people, no records": full,
            "names of countries": countries}
