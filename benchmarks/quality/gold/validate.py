"""Check the annotations against the texts they annotate; exits 1 on a fault."""

import csv
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SETS = (
    "blind", "development", "development_2", "development_3", "development_4", "development_5",
    "development_6", "development_7", "development_8", "development_9", "archive", "agency",
    "written", "traps",
)
"""The sets of annotated documents, each a file of JSON lines; GUIDELINES.md says what each is."""
POSTS = ("18f", "digitalgov")
"""The archives of Markdown files with front matter."""

QUOTES = set("\"'“”‘’«»„")


def read_text(shared: Path, source: dict[str, Any]) -> str:
    """The text that offsets (in code points) refer to; GUIDELINES.md says how it is derived."""
    if source["corpus"] == "traps":
        return (HERE / "traps" / str(source["file"])).read_text(encoding="utf-8")
    if source["corpus"] == "content":
        path = HERE.parents[2] / "content" / "articles" / str(source["file"])
        return path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
    if source["corpus"] == "seed":
        return (shared / "seed" / str(source["file"])).read_bytes().decode("utf-8")
    path = shared / "corpora" / str(source["corpus"]) / str(source["file"])
    if source["corpus"] in POSTS:
        return path.read_bytes().decode("utf-8").split("\n---\n", 1)[1]
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))[int(source["row"])]["text"]


def faults(document: dict[str, Any], text: str) -> list[str]:
    """What is wrong with one document's annotation."""
    found = []
    if hashlib.sha256(text.encode("utf-8")).hexdigest() != document["sha256"]:
        found.append("the text differs from the one annotated")
    for entry in document["people"] + document.get("countries", []):
        found += [f"{form!r} is not in the text" for form in entry["forms"] if form not in text]
    names = {person["name"] for person in document["people"]}
    for statement in document["statements"]:
        start, end = statement["start"], statement["end"]
        if not 0 <= start < end <= len(text):
            found.append(f"{start}-{end} is out of range")
            continue
        if text[start:end] != text[start:end].strip():
            found.append(f"{start}-{end} begins or ends with white space")
        marks = text[max(0, start - 1) : start], text[end : end + 1]
        if marks[1] == "\n":  # it goes on in the next paragraph
            marks = marks[0], marks[0]
        if statement["kind"] == "direct" and not all(mark in QUOTES for mark in marks):
            found.append(f"{start}-{end} is not between quote marks: {marks}")
        if statement["speaker_kind"] == "person" and statement["speaker"] not in names:
            found.append(f"{start}-{end}: speaker {statement['speaker']!r} is not in people")
    return found


def documents(name: str) -> list[dict[str, Any]]:
    """The annotated documents of a set."""
    lines = (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def is_here(document: dict[str, Any], shared: Path) -> bool:
    """Whether the text of a document can be had; ours are in the repository."""
    return document["source"]["corpus"] in ("traps", "content") or shared.is_dir()


def main(shared: Path) -> int:
    """Print faults and counts; 0 when there is no fault."""
    wrong = 0
    recorded = {p["name"] for d in documents("blind") for p in d["people"] if p["has_record"]}
    records = json.loads((HERE / "records.json").read_text(encoding="utf-8"))
    if recorded != {record["name"] for record in records}:
        print("records.json does not hold exactly the persons of blind.jsonl with has_record")
        wrong += 1
    if not shared.is_dir():
        print(f"{shared} is missing: its texts are not checked")
    for name in SETS:
        found = documents(name)
        for document in found:
            if is_here(document, shared):
                for fault in faults(document, read_text(shared, document["source"])):
                    print(f"{document['id']}: {fault}")
                    wrong += 1
        said = [s["kind"] for d in found for s in d["statements"]]
        print(
            f"{name}: {len(found)} documents, {sum(len(d['people']) for d in found)} persons,",
            f"{sum(len(d.get('countries', ())) for d in found)} countries,",
            f"{said.count('direct')} direct and {said.count('reported')} reported statements",
        )
    print(f"{len(records)} records, {wrong} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")))
