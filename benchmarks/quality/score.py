"""Precision, recall and F1 of finding, against texts that were annotated before the rules.

    python -m benchmarks.quality.score SHARED [--errors]

SHARED is the folder with the archives that gold/GUIDELINES.md names. Countries
and people are counted once for each document; a statement is right when it
overlaps the annotated one by half and has its speaker. GeoText and
country-named-entity-recognition are measured beside it where installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.quality.gold.validate import read_text
from site_builder.finding.countries import Atlas
from site_builder.finding.mentions import Finder
from site_builder.finding.new_names import new_names
from site_builder.finding.passages import plain_passages
from site_builder.finding.spelling import name_key
from site_builder.finding.statements import statements
from site_builder.model import Person

GOLD = Path(__file__).parent / "gold"


CONFUSED: Counter[tuple[str, str]] = Counter()
"""(annotated kind of speaker, kind found or `right`) → statements."""


class Score:
    """Right, wrong and missed, summed over documents."""

    def __init__(self) -> None:
        self.right = self.wrong = self.missed = 0
        self.errors: list[str] = []

    def add(self, document: str, found: set[str], wanted: set[str]) -> None:
        """Count one document's sets."""
        self.right += len(found & wanted)
        self.wrong += len(found - wanted)
        self.missed += len(wanted - found)
        self.errors += [f"{document}: wrong {item}" for item in sorted(found - wanted)]
        self.errors += [f"{document}: missed {item}" for item in sorted(wanted - found)]

    def row(self, name: str) -> str:
        """A line of the table."""
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missed)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return (f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} "
                f"| {self.right} | {self.wrong} | {self.missed} |")


def same_person(found: str, person: dict[str, Any]) -> bool:
    """Whether a name found is one of the forms of an annotated person."""
    forms = {name_key(form) for form in (person["name"], *person["forms"])}
    key = name_key(found)
    surname: str = name_key(person["name"]).split()[-1]
    return key in forms or (
        key.split()[-1] == surname and key.split()[0] in {form.split()[0] for form in forms})


def same_speaker(found: str, kind: str, wanted: dict[str, Any],
                 people: Iterable[dict[str, Any]]) -> bool:
    """Whether two say the same of who speaks."""
    if wanted["speaker_kind"] == "none" or kind == "none":
        return bool(wanted["speaker_kind"] == kind)
    if wanted["speaker_kind"] == "person":
        person = next(p for p in people if p["name"] == wanted["speaker"])
        return kind == "person" and same_person(found, person)
    words = set(name_key(wanted["speaker"]).split()) - {"the", "a", "an", "of"}
    return kind != "person" and bool(words & set(name_key(found).split()))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--errors", action="store_true", help="list each error by kind")
    options = parser.parse_args()
    records = [Person(id=r["id"], name=r["name"], aliases=tuple(r["aliases"]))
               for r in json.loads((GOLD / "records.json").read_text())]
    names = {r.id: r.name for r in records}
    finder = Finder(records, Atlas("en"), "en")
    scores: dict[str, Score] = {}
    peers = _peers()
    documents = [json.loads(line) for line in (GOLD / "blind.jsonl").read_text().splitlines()]
    for document in documents:
        text = read_text(options.shared, document["source"])
        passages, starts = plain_passages(text)
        mentions = finder.find(passages)
        new = new_names(passages, mentions)

        def count(kind: str, found: set[str], wanted: set[str], id: str = document["id"]) -> None:
            scores.setdefault(kind, Score()).add(id, found, wanted)

        codes = {c["code"].lower() for c in document["countries"]}
        count("countries", {m.id for m in mentions if m.kind == "country"}, codes)
        for peer, find in peers.items():
            count(f"countries, {peer}", find(text) - {""}, codes)
        people = document["people"]
        count("people with records", {names[m.id] for m in mentions if m.kind == "person"},
              {p["name"] for p in people if p["has_record"]})
        matched = {
            name.form: next((p["name"] for p in people if not p["has_record"]
                             and same_person(name.form, p)), f"?{name.form}")
            for name in new
        }
        count("people without records", set(matched.values()),
              {p["name"] for p in people if not p["has_record"]})
        _statements(document, statements(passages, mentions, new), starts, names, count)
    print(f"{len(documents)} documents, annotated before the rules were written\n")
    print("| | precision | recall | F1 | right | wrong | missed |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for kind in scores:
        print(scores[kind].row(kind))
    print("\nWho speaks, in statements that were found:\n")
    for (wanted, found), count_ in sorted(CONFUSED.items()):
        print(f"- {wanted}: {found} {count_}")
    if options.errors:
        for kind, score in scores.items():
            print(f"\n{kind}", *score.errors, sep="\n  ")


def _statements(
    document: dict[str, Any], found: Iterable[Any], starts: tuple[int, ...],
    names: dict[str, str], count: Callable[[str, set[str], set[str]], None],
) -> None:
    spans = []
    for statement in found:
        first, last = statement.parts[0], statement.parts[-1]
        spans.append((starts[first[0]] + first[1], starts[last[0]] + last[2], statement))
    for kind in ("direct", "reported"):
        wanted = [s for s in document["statements"] if s["kind"] == kind]
        right: set[str] = set()
        spoken: set[str] = set()
        used: set[int] = set()
        for index, (start, end, statement) in enumerate(spans):
            if statement.kind != kind:
                continue
            label = f"?{start}-{end}"
            said = label
            for place, gold in enumerate(wanted):
                shared = min(end, gold["end"]) - max(start, gold["start"])
                whole = max(end, gold["end"]) - min(start, gold["start"])
                if place not in used and shared * 2 >= whole:
                    name = names.get(statement.speaker, statement.name)
                    label = f"{place}"
                    CONFUSED[gold["speaker_kind"], statement.speaker_kind] += 1
                    if same_speaker(name, statement.speaker_kind, gold, document["people"]):
                        said = label
                        used.add(place)
                        CONFUSED[gold["speaker_kind"], "right"] += 1
                        break
            right.add(label)
            spoken.add(said if said == label else f"?{index}")
        all_of = {f"{place}" for place in range(len(wanted))}
        count(f"{kind} statements", right, all_of)
        count(f"{kind} statements with their speaker", spoken, all_of)
        count("statements with their speaker", {kind + s for s in spoken},
              {kind + s for s in all_of})


def _peers() -> dict[str, Callable[[str], set[str]]]:
    found: dict[str, Callable[[str], set[str]]] = {}
    if importlib.util.find_spec("geotext"):
        from geotext import GeoText

        found["GeoText"] = lambda text: {c.lower() for c in GeoText(text).country_mentions}
    if importlib.util.find_spec("country_named_entity_recognition"):
        from country_named_entity_recognition import find_countries

        found["country-named-entity-recognition"] = lambda text: {
            c[0].alpha_2.lower() for c in find_countries(text)}
    return found


if __name__ == "__main__":
    main()
