"""Check blind.jsonl and records.json against the texts they annotate; exits 1 on a fault."""

import csv
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
QUOTES = set("\"'“”‘’«»„")


def read_text(shared: Path, source: dict[str, Any]) -> str:
    """The text that offsets (in code points) refer to; GUIDELINES.md says how it is derived."""
    if source["corpus"] == "seed":
        return (shared / "seed" / str(source["file"])).read_bytes().decode("utf-8")
    path = shared / "corpora" / str(source["corpus"]) / str(source["file"])
    if source["corpus"] == "18f":
        return path.read_bytes().decode("utf-8").split("\n---\n", 1)[1]
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))[int(source["row"])]["text"]


def faults(document: dict[str, Any], text: str) -> list[str]:
    """What is wrong with one document's annotation."""
    found = []
    if hashlib.sha256(text.encode("utf-8")).hexdigest() != document["sha256"]:
        found.append("the text differs from the one annotated")
    for entry in document["people"] + document["countries"]:
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
        if statement["kind"] == "direct" and not all(mark in QUOTES for mark in marks):
            found.append(f"{start}-{end} is not between quote marks: {marks}")
        if statement["speaker_kind"] == "person" and statement["speaker"] not in names:
            found.append(f"{start}-{end}: speaker {statement['speaker']!r} is not in people")
    return found


def main(shared: Path) -> int:
    """Print faults and counts; 0 when there is no fault."""
    lines = (HERE / "blind.jsonl").read_text(encoding="utf-8").splitlines()
    documents = [json.loads(line) for line in lines]
    wrong = 0
    recorded = {p["name"] for d in documents for p in d["people"] if p["has_record"]}
    records = json.loads((HERE / "records.json").read_text(encoding="utf-8"))
    if recorded != {record["name"] for record in records}:
        print("records.json does not hold exactly the persons with has_record")
        wrong += 1
    if shared.is_dir():
        for document in documents:
            for fault in faults(document, read_text(shared, document["source"])):
                print(f"{document['id']}: {fault}")
                wrong += 1
    else:
        print(f"{shared} is missing: texts not checked")
    statements = [s for d in documents for s in d["statements"]]
    print(
        f"{len(documents)} documents, {sum(len(d['people']) for d in documents)} persons,",
        f"{sum(len(d['countries']) for d in documents)} countries,",
        f"{sum(s['kind'] == 'direct' for s in statements)} direct and",
        f"{sum(s['kind'] == 'reported' for s in statements)} reported statements,",
        f"{len(records)} records, {wrong} faults",
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")))
