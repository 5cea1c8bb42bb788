"""Other tools on the same texts, installed into a venv of their own; see peers.txt."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


class Peers:
    """The tools of peers.txt in a venv in `folder`, made there on first use.

    Raises `subprocess.CalledProcessError` when they cannot be installed.
    """

    def __init__(self, folder: Path) -> None:
        self._python = folder / "bin" / "python"
        if not self._python.exists():
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([self._python, "-m", "pip", "install", "--quiet", "--requirement",
                        HERE / "peers.txt"], check=True)
        self.versions: dict[str, str] = {}

    def find(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """What they find in each text."""
        answer = subprocess.run(
            [self._python, HERE / "peers_run.py"], check=True, capture_output=True, text=True,
            input="".join(json.dumps(text) + "\n" for text in texts),
        ).stdout.splitlines()
        self.versions = json.loads(answer[0])
        return [json.loads(line) for line in answer[1:]]


Count = Callable[[str, str, set[str], set[str]], None]


def count(
    document: dict[str, Any], found: Mapping[str, Any], count_: Count,
    same_person: Callable[[str, dict[str, Any]], bool],
    same_speaker: Callable[[str, str, dict[str, Any], list[dict[str, Any]]], bool],
) -> None:
    """Count what the peers found in one document, by the measures that ours is counted by."""
    id, people = document["id"], document["people"]
    if "countries" in document:  # else only its statements were annotated
        codes = {c["code"].lower() for c in document["countries"]}
        for tool in ("GeoText", "country-named-entity-recognition"):
            count_(f"countries: {tool}", id, set(found[tool]) - {""}, codes)
        count_("people: spaCy", id,
               {next((p["name"] for p in people if same_person(name, p)), f"?{name}")
                for name in found["persons"] if any(c.isalnum() for c in name)},
               {p["name"] for p in people})
    wanted = [s for s in document["statements"] if s["kind"] == "direct"]
    overlap, spoken = set(), set()
    for index, (start, end, speaker) in enumerate(found["quotations"]):
        if end - start < 2 or len(speaker) == 0:
            continue
        fits = [(place, gold) for place, gold in enumerate(wanted)
                if (min(end, gold["end"]) - max(start, gold["start"])) * 2
                >= max(end, gold["end"]) - min(start, gold["start"])]
        overlap.add(str(fits[0][0]) if fits else f"?{index}")
        right = fits and same_speaker(
            speaker, "person" if fits[0][1]["speaker_kind"] == "person" else "role",
            fits[0][1], people)
        spoken.add(str(fits[0][0]) if right else f"?{index}")
    places = {str(place) for place in range(len(wanted))}
    count_("direct statements: textacy", id, overlap, places)
    count_("direct statements with their speaker: textacy", id, spoken, places)
