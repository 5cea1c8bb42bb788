"""An archive as a BagIt bag, for a library's repository: sources and built site.

The library writes version 0.97 of the format; RFC 8493 describes it as 1.0.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import Any

from site_builder import build as pipeline
from site_builder.config import SiteConfig
from site_builder.preserving import files, manifest, signing
from site_builder.problems import Problem, Problems, Refusal
from site_builder.publishing.folder import MANIFEST


def export(site: Path, config: SiteConfig, target: Path, *, now: int) -> pipeline.Report:
    """Write a bag into `target`, which must be empty or not there; `now` in seconds since 1970.

    The site is built into the bag, so that it shows just these sources. Raises
    `Refusal` when `target` holds something or the sources cannot be built.
    Nothing is left behind where that fails.
    """
    import bagit

    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refusal(Problem("", 0, 0, "VF005", f"{target} holds something already",
                              "name a new or an empty folder"), exit_code=2)
    target.parent.mkdir(parents=True, exist_ok=True)
    room = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        output = room / "build/site"
        report = pipeline.build(pipeline.Options(site=site, output=output))
        pipeline.forget(site, output)
        if not report.published:
            raise Refusal(report.problems, exit_code=1)
        bag = room / "bag"
        bag.mkdir()
        problems = Problems()
        for path in files.sources(site, config, problems):
            place = bag / "source" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(site / path, place)
        (output / MANIFEST).unlink()
        output.replace(bag / "site")
        bagit.make_bag(str(bag), _info(config, now), checksums=["sha256"])
        if target.exists():
            target.rmdir()
        bag.replace(target)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return report


def _info(config: SiteConfig, now: int) -> dict[str, str]:
    """bag-info.txt (RFC 8493, 2.2.2)."""
    known = {
        "Source-Organization": config.publisher,
        "External-Identifier": config.id,
        "External-Description": config.description or config.title,
        "Internal-Sender-Description": "source/ holds everything that the site is made of, drafts "
                                       "and records of people who are withheld included; "
                                       "site/ is the website.",
        "Bagging-Date": dt.datetime.fromtimestamp(now, dt.UTC).strftime("%Y-%m-%d"),
    }
    return {name: " ".join(value.split()) for name, value in known.items() if value}


def verify(folder: Path, problems: Problems) -> int:
    """Whether a bag is whole and as it was: what is not becomes problems. How many files it has."""
    import logging

    import bagit

    logging.getLogger("bagit").setLevel(logging.CRITICAL)  # nobody prints but the command line
    try:
        bag = bagit.Bag(str(folder))
    except bagit.BagError as error:
        problems.add("VF004", f"this is not a bag that can be read: {error}", file=folder.name)
        return 0
    try:
        bag.validate()
    except bagit.BagError as error:
        _say(bag, str(error), problems)
    return len(bag.entries)


def _say(bag: Any, sentence: str, problems: Problems) -> None:
    """Name the files; bagit stops at the first thing that is wrong, mostly the sum of all sizes."""
    top = Path(bag.path)
    algorithm = max(bag.algorithms)  # sha256 and sha512 before md5 and sha1
    then = {path: sums[algorithm] for path, sums in bag.entries.items() if algorithm in sums}
    found = {path: path for path in (f"data/{p}" for p in files.built(top / "data"))}
    for path in {*found, *then}:
        try:
            with (top / path).open("rb") as file:
                found[path] = hashlib.file_digest(file, algorithm).hexdigest()
        except OSError:
            found.pop(path, None)
    before = len(problems)
    difference = manifest.compare(then, found)
    signing.say(difference, "since it was put into the bag", problems)
    if len(problems) == before:
        problems.add("VF002", sentence, file=top.name)
