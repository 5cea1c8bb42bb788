"""What somebody hands in to be verified: a bag, a packet, or a packet that was unpacked."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path
from typing import IO

from site_builder.preserving import bags, files, manifest, signing
from site_builder.problems import Problem, Problems, Refusal


def verify(thing: Path, problems: Problems) -> tuple[int, str]:
    """How many files it should have, and what it is; what is wrong with them becomes problems.

    Raises `Refusal` (exit code 2) for what is none of the three.
    """
    if (thing / "bagit.txt").is_file():
        return bags.verify(thing, problems), "bag"
    if (thing / manifest.FILE_NAME).is_file():
        known = manifest.read(thing / manifest.FILE_NAME, manifest.FILE_NAME)
        now = {}
        for path in files.built(thing):
            with (thing / path).open("rb") as file:
                now[path] = manifest.sum_of(file)
    elif zipfile.is_zipfile(thing):
        known, now = _packet(thing, problems)
    else:
        raise _refused(thing, "this is neither a bag nor a packet")
    now.pop(manifest.FILE_NAME, None)
    signing.say(manifest.compare(known.files, now), "since the packet was made", problems)
    return len(known.files), "packet"


def _packet(thing: Path, problems: Problems) -> tuple[manifest.Manifest, dict[str, str]]:
    """The manifest of a ZIP, and the sums of what is in it; nothing is unpacked."""
    try:
        with zipfile.ZipFile(thing) as packet:
            entries = [entry for entry in packet.infolist() if not entry.is_dir()]
            places = [e.filename for e in entries if e.filename.endswith(f"/{manifest.FILE_NAME}")]
            if not places:
                raise _refused(thing, "this ZIP has no manifest: it is not a packet")
            top = min(places, key=len).removesuffix(manifest.FILE_NAME)
            text = packet.read(top + manifest.FILE_NAME).decode()
            now: dict[str, str] = {}
            for entry in entries:
                path = entry.filename.removeprefix(top)
                if path in now:
                    problems.add("VF003", "stands twice in the packet", file=path)
                with packet.open(entry) as file:
                    now[path] = _sum(file)
    except (zipfile.BadZipFile, UnicodeDecodeError, RuntimeError, NotImplementedError) as error:
        raise _refused(thing, f"the ZIP cannot be read: {error}") from None
    return manifest.parse(text, manifest.FILE_NAME), now


def _sum(file: IO[bytes]) -> str:
    found = hashlib.sha256()
    try:
        while part := file.read(1 << 20):
            found.update(part)
    except zipfile.BadZipFile:
        return ""  # its own checksum fails: it is another file than the manifest's
    return found.hexdigest()


def _refused(thing: Path, sentence: str) -> Refusal:
    return Refusal(Problem(thing.name, 0, 0, "VF004", sentence), exit_code=2)
