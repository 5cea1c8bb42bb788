"""Precision, recall and F1 of finding, against texts annotated by reading.

    python -m benchmarks.quality.score SHARED [--sets blind ...] [--errors] [--peers DIR] [--write]

SHARED is the folder with the archives that gold/GUIDELINES.md names. Countries
and people are counted once for each document; a statement is right when it
overlaps the annotated one by half and has its speaker. `--errors` lists what
went wrong, but never of the blind set, nor of the odd texts of `written`: rules
are not to be fitted to them.
`--peers` measures other tools beside it, installed into a venv in DIR;
`--write` puts the tables into RESULTS.md.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.quality import peers, wikigold
from benchmarks.quality.gold.validate import POSTS, SETS, documents, is_here, read_text
from site_builder.config import SiteConfig
from site_builder.finding.countries import Atlas
from site_builder.finding.mentions import Finder
from site_builder.finding.new_names import Name, new_names
from site_builder.finding.passages import plain_passages
from site_builder.finding.spelling import name_key
from site_builder.finding.statements import statements
from site_builder.model import Mention, Passage, Person, Statement
from site_builder.problems import Problems
from site_builder.reading.authorities import read_person

GOLD = Path(__file__).parent / "gold"


RESULTS = Path(__file__).parent / "RESULTS.md"
_CODE = re.compile(r"\{%.*?%\}|\{\{<.*?>\}\}|<!--.*?-->", re.DOTALL)  # a template's, no text
_UNSEEN = re.compile(r"written-\d?[13579]:")  # documents whose errors nobody is to see
_BLOCK = re.compile(r"\S(?:.|\n(?!\s*\n))*")


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
    if kind == "person":
        return False
    ours, theirs = _head(found), _head(str(wanted["speaker"]))
    return bool(ours and theirs) and (
        len(ours & theirs) * 2 > min(len(ours), len(theirs)) or _initials(found, wanted["speaker"])
        or _initials(wanted["speaker"], found))


def _head(text: str) -> set[str]:
    """The words of a body's or a role's name that count."""
    return set(re.findall(r"\w+", name_key(text))) - {"the", "a", "an", "of", "s", "some"}


def _initials(short: str, long: str) -> bool:
    """Whether the one is the other's abbreviation, as BTP of British Transport Police."""
    return short.removeprefix("the ").removeprefix("The ") == "".join(
        word[0] for word in re.findall(r"\b[A-Z]\w+", long.removeprefix("The ")))


def passages_of(document: dict[str, Any], text: str) -> tuple[tuple[Passage, ...], list[int]]:
    """The passages of a text and where each begins.

    Markdown is wrapped at any word, so there a passage is what stands between
    empty lines, with spaces for the line ends, as its reader sees it.
    """
    if document["source"]["corpus"] not in (*POSTS, "content"):
        made, starts = plain_passages(text)
        return made, list(starts)
    found, begins = [], []
    text = _CODE.sub(lambda code: " " * len(code[0]), text)
    for block in _BLOCK.finditer(text):
        (passage,), _ = plain_passages(block[0].replace("\n", " "))
        kind = "h" if passage.text.startswith("#") else "p"
        found.append(Passage("", passage.text, kind, passage.skips))
        begins.append(block.start())
    return tuple(found), begins


def records_of(name: str) -> list[Person]:
    """The authority records that stand beside a set."""
    if name == "archive":
        root = GOLD.parents[2]
        config, problems = SiteConfig(title="", base_url=""), Problems()
        paths = sorted((root / "content" / "people").glob("*.md"))
        read = [read_person(path.read_bytes(), path=path.name, config=config, problems=problems)
                for path in paths]
        return [person for person in read if person is not None]
    if name == "blind":
        return [Person(id=r["id"], name=r["name"], aliases=tuple(r["aliases"]))
                for r in json.loads((GOLD / "records.json").read_text(encoding="utf-8"))]
    forms: dict[str, dict[str, None]] = {}
    for document in documents(name):
        for person in document["people"]:
            if person["has_record"]:
                forms.setdefault(person["name"], {}).update(dict.fromkeys(
                    form for form in person["forms"] if " " in form and form != person["name"]))
    return [Person(id=name_key(name).replace(" ", "-"), name=name, aliases=tuple(aliases))
            for name, aliases in forms.items()]


class Measured:
    """What one set of documents gave."""

    def __init__(self, name: str, shared: Path) -> None:
        self.scores: dict[str, Score] = {}
        self.kinds: Counter[tuple[str, str]] = Counter()
        self.size = 0
        records = records_of(name)
        names = {record.id: record.name for record in records}
        finder = Finder(records, Atlas("en"), "en")
        self.texts: list[tuple[dict[str, Any], str]] = []
        for document in documents(name):
            if not is_here(document, shared):
                continue
            self.size += 1
            text = read_text(shared, document["source"])
            self.texts.append((document, text))
            self._document(document, text, finder, names)

    def count(self, kind: str, id: str, found: set[str], wanted: set[str]) -> None:
        """Count one document's sets."""
        self.scores.setdefault(kind, Score()).add(id, found, wanted)

    def _document(
        self, document: dict[str, Any], text: str, finder: Finder, names: dict[str, str]
    ) -> None:
        passages, starts = passages_of(document, text)
        mentions = finder.find(passages)
        new = new_names(passages, mentions)
        if "countries" in document:  # else only its statements were annotated
            self._names(document, mentions, new, names)
        spans = [
            (starts[s.parts[0][0]] + s.parts[0][1], starts[s.parts[-1][0]] + s.parts[-1][2], s,
             names.get(s.speaker, s.name))
            for s in statements(passages, mentions, new)
        ]
        self._statements(document, text, spans)

    def _names(
        self, document: dict[str, Any], mentions: Iterable[Mention], new: Iterable[Name],
        names: dict[str, str],
    ) -> None:
        id = document["id"]
        codes = {c["code"].lower() for c in document["countries"]}
        self.count("countries", id, {m.id for m in mentions if m.kind == "country"}, codes)
        people = document["people"]
        self.count("people with records", id,
                   {names[m.id] for m in mentions if m.kind == "person"},
                   {p["name"] for p in people if p["has_record"]})
        matched = {
            name.form: next((p["name"] for p in people if not p["has_record"]
                             and same_person(name.form, p)), f"?{name.form}")
            for name in new
        }
        self.count("people without records", id, set(matched.values()),
                   {p["name"] for p in people if not p["has_record"]})

    def _statements(
        self, document: dict[str, Any], text: str,
        spans: list[tuple[int, int, Statement, str]],
    ) -> None:
        for kind in ("direct", "reported"):
            wanted = [s for s in document["statements"] if s["kind"] == kind]
            ours = [span for span in spans if span[2].kind == kind]
            pairs = sorted(_pairs(ours, wanted, document["people"]), reverse=True)
            taken: dict[int, tuple[int, bool]] = {}
            used: set[int] = set()
            for right, _, index, place in pairs:
                if index not in taken and place not in used:
                    taken[index] = place, right
                    used.add(place)
            labels = {index: f"{place}" if right else f"?{index}"
                      for index, (place, right) in taken.items()}
            all_of = {f"{place}" for place in range(len(wanted))}
            found = {f"{taken[i][0]}" if i in taken else f"?{i}" for i in range(len(ours))}
            spoken = {labels.get(index, f"?{index}") for index in range(len(ours))}
            self.count(f"{kind} statements", document["id"], found, all_of)
            self.count(f"{kind} statements with their speaker", document["id"], spoken, all_of)
            self.count("statements with their speaker", document["id"],
                       {kind + label for label in spoken}, {kind + label for label in all_of})
            score = self.scores[f"{kind} statements with their speaker"]
            score.errors = [e for e in score.errors if not e.startswith(f"{document['id']}:")]
            for index, (start, end, said, name) in enumerate(ours):
                place, right = taken.get(index, (-1, False))
                gold = wanted[place] if place >= 0 else None
                self.kinds[gold["speaker_kind"] if gold else "nothing",
                           "right" if right else _mistake(gold, said)] += 1
                if not right:
                    score.errors.append(
                        f"{document['id']}: {said.speaker_kind} {name!r} for "
                        f"{gold['speaker'] if gold else 'NOTHING'!r}: {text[start:end][:150]!r}")
            for place, gold in enumerate(wanted):
                if place not in used:
                    self.kinds[gold["speaker_kind"], "missed"] += 1
                    score.errors.append(f"{document['id']}: MISSED {gold['speaker']!r}: "
                                        f"{text[gold['start']:gold['end']][:200]!r}")


def _mistake(gold: dict[str, Any] | None, said: Statement) -> str:
    """What kind of mistake a statement with a wrong speaker is."""
    if gold is None:
        return "none was made"
    if said.speaker_kind == "none":
        return "none given"
    if said.speaker_kind == gold["speaker_kind"]:
        return f"another {said.speaker_kind}"
    return f"{said.speaker_kind} for {gold['speaker_kind']}"


def _pairs(
    ours: list[tuple[int, int, Statement, str]], wanted: list[dict[str, Any]],
    people: list[dict[str, Any]],
) -> Iterator[tuple[bool, int, int, int]]:
    """Statements found and annotated that share half: same speaker, length, the two places."""
    for index, (start, end, said, name) in enumerate(ours):
        for place, gold in enumerate(wanted):
            shared = min(end, gold["end"]) - max(start, gold["start"])
            whole = max(end, gold["end"]) - min(start, gold["start"])
            if shared * 2 >= whole:
                yield (same_speaker(name, said.speaker_kind, gold, people), shared, index, place)


def main() -> None:
    """Print the tables, or write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS))
    parser.add_argument("--errors", action="store_true", help="list each error by kind")
    parser.add_argument("--peers", type=Path, help="folder for a venv with other tools")
    parser.add_argument("--write", action="store_true", help="write RESULTS.md")
    options = parser.parse_args()
    measured = {name: Measured(name, options.shared) for name in options.sets}
    versions: dict[str, str] = {}
    if options.peers:
        tools = peers.Peers(options.peers)
        for found in measured.values():
            answers = tools.find([text for _, text in found.texts])
            for (document, _), answer in zip(found.texts, answers, strict=True):
                peers.count(document, answer, found.count, same_person, same_speaker)
        versions = tools.versions
    lines = list(_tables(measured))
    other = wikigold.measure(options.shared, Score)
    if other:
        lines += ["## wikigold: 145 texts annotated by others\n", *_HEADER,
                  *(score.row(kind) for kind, score in other.items()), ""]
    lines += _versions(versions)
    if options.write:
        RESULTS.write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    for name, found in measured.items():
        if options.errors and name != "blind":
            for kind, score in found.scores.items():
                errors = [error for error in score.errors if not _UNSEEN.match(error)]
                if errors and kind != "statements with their speaker":
                    print(f"\n{name}, {kind}", *errors, sep="\n  ")


_HEAD = """# How well finding finds

Made by `python -m benchmarks.quality.score SHARED --peers DIR --write`; what was annotated and how
is said in [gold/GUIDELINES.md](gold/GUIDELINES.md).

"""


_HEADER = ("| | precision | recall | F1 | right | wrong | missed |",
           "| --- | --- | --- | --- | --- | --- | --- |")


def _versions(peers_: dict[str, str]) -> list[str]:
    ours = f"Python {platform.python_version()}"
    return [", ".join((ours, *(f"{name} {version}" for name, version in peers_.items()))) + "."]


def _tables(measured: dict[str, Measured]) -> Iterator[str]:
    for name, found in measured.items():
        yield f"## {name}: {found.size} documents\n"
        yield from _HEADER
        for kind, score in found.scores.items():
            if score.right + score.wrong + score.missed:
                yield score.row(kind)
        yield "\nWho speaks (annotated kind of speaker: what came of it):\n"
        for wanted in ("person", "organisation", "role", "none", "nothing"):
            of_kind = {k: n for (w, k), n in found.kinds.items() if w == wanted}
            if of_kind:
                parts = ", ".join(f"{k} {n}" for k, n in sorted(
                    of_kind.items(), key=lambda pair: (-pair[1], pair[0])))
                yield f"- {wanted}: {parts}"
        yield ""


if __name__ == "__main__":
    main()
