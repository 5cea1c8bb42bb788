"""Feeds by the rules of Atom (RFC 4287), and ids that survive a change of address."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from site_builder.build import Options, build
from tests.conftest import ROOT

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("feeds") / "out"
    build(Options(site=ROOT, output=out, jobs=1))
    return out


def _one(element: ET.Element, name: str) -> str:
    found = element.findall(ATOM + name)
    assert len(found) == 1, name
    assert found[0].text
    return found[0].text


def _time(text: str) -> dt.datetime:
    found = dt.datetime.fromisoformat(text)
    assert found.tzinfo is not None and "T" in text
    return found


def test_all_xml_of_the_sample_parses_and_its_feeds_keep_the_rules(sample: Path) -> None:
    ids = set()
    files = sorted(sample.rglob("*.xml"))
    assert len(files) > 100
    for path in files:
        root = ET.parse(path).getroot()
        if root.tag != f"{ATOM}feed":
            assert path.name == "sitemap.xml"
            continue
        assert _one(root, "id") not in ids, "two feeds with one id (4.2.6)"
        ids.add(_one(root, "id"))
        assert _one(root, "title")
        entries = root.findall(f"{ATOM}entry")
        assert root.find(f"{ATOM}author") is not None or all(
            e.find(f"{ATOM}author") is not None for e in entries)  # 4.1.1
        links = {(x.get("rel"), x.get("type")): x.get("href") for x in root.findall(f"{ATOM}link")}
        own = links["self", "application/atom+xml"]
        assert own and urlsplit(own).path == f"/{path.relative_to(sample)}"
        newest = []
        for entry in entries:
            assert _one(entry, "id").startswith("urn:uuid:")
            assert _one(entry, "title")
            assert _time(_one(entry, "published")) <= _time(_one(entry, "updated"))
            newest.append(_time(_one(entry, "updated")))
            alternate = [x for x in entry.findall(f"{ATOM}link") if x.get("rel") == "alternate"]
            assert len(alternate) == 1  # 4.1.2: there is no atom:content
            where = urlsplit(alternate[0].get("href") or "")
            assert where.scheme == "https"
            assert (sample / where.path[1:] / "index.html").is_file()
        assert len({_one(e, "id") for e in entries}) == len(entries)
        assert _time(_one(root, "updated")) == max(newest)


def _feeds(out: Path) -> dict[str, tuple[str, list[str]]]:
    result = {}
    for path in out.rglob("feed.xml"):
        root = ET.parse(path).getroot()
        result[str(path.relative_to(out))] = (
            _one(root, "id"), [_one(e, "id") for e in root.findall(f"{ATOM}entry")])
    return result


def test_ids_stay_when_the_site_moves(make_site: Callable[..., Path]) -> None:
    text = "---\ntitle: {n}\ndate: 2022-11-0{n}\nupdated: {updated}\nsection: Trade\n---\nWords.\n"
    site = make_site({
        "content/articles/1.md": text.format(n=1, updated="2022-12-05T01:00:00+03:30"),
        "content/articles/2.md": text.format(n=2, updated="2022-12-04T23:00:00Z"),
    }, toml='id = "record.example"\n')
    build(Options(site=site, output=site / "a", jobs=1))
    build(Options(site=site, output=site / "b", base_url="https://elsewhere.example/x", jobs=1))
    assert _feeds(site / "a") == _feeds(site / "b")
    assert len(_feeds(site / "a")) == 2
    root = ET.parse(site / "a/feed.xml").getroot()
    assert _one(root, "updated") == "2022-12-04T23:00:00Z", "the later instant, not the larger text"
