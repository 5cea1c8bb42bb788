"""JSON-LD judged by the vocabulary that it claims to use (vocabulary/schema_org.json)."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

VOCABULARY: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "vocabulary/schema_org.json").read_text())
ELSEWHERE = ("sameAs", "archivedAt", "license", "citation")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


def ancestors(kind: str) -> set[str]:
    """A type and all that it is a kind of."""
    found = {kind}
    for parent in VOCABULARY[kind]["parents"]:
        found |= ancestors(parent)
    return found


def ranges(kind: str) -> dict[str, list[str]]:
    """The properties that a type may have, with the types of their values."""
    return {name: values for each in ancestors(kind)
            for name, values in VOCABULARY[each]["properties"].items()}


def check(data: Any, base_url: str) -> list[str]:
    """What is wrong with a document; addresses of the site begin with `base_url`."""
    wrong = []
    if data.get("@context") != "https://schema.org" or set(data) != {"@context", "@graph"}:
        wrong.append("not a graph in the context of schema.org")
    for node in data["@graph"]:
        wrong += _node(node, base_url, elsewhere=False)
    kinds = {node["@id"]: node["@type"] for node in nodes(data) if "@id" in node}
    for node in nodes(data):
        if "@id" in node and kinds[node["@id"]] != node["@type"]:
            wrong.append(f"{node['@id']} is of two types")
    return wrong


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every node with a type, at any depth."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def _node(node: dict[str, Any], base_url: str, *, elsewhere: bool) -> list[str]:
    kind = node.get("@type", "")
    if kind not in VOCABULARY:
        return [f"unknown type {kind!r}"]
    wrong = []
    allowed = ranges(kind)
    for name, value in node.items():
        if name == "@type":
            continue
        where = f"{kind}.{name}"
        if name == "@id":
            if not _address(value) or not value.startswith(base_url):
                wrong.append(f"{where}: not an address of the site: {value!r}")
            continue
        if name not in allowed:
            wrong.append(f"{where}: {kind} has no such property")
            continue
        for item in value if isinstance(value, list) else [value]:
            wrong += _value(where, item, allowed[name], base_url,
                            elsewhere=elsewhere or name in ELSEWHERE)
        if value == []:
            wrong.append(f"{where}: empty")
    return wrong


def _value(
    where: str, value: Any, allowed: list[str], base_url: str, *, elsewhere: bool
) -> list[str]:
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            fits = bool(set(allowed) - {"Text", "URL", "Date", "DateTime", "Boolean", "Integer"})
            return [] if fits and value["@id"].startswith(base_url) else [f"{where}: {value}"]
        wrong = _node(value, base_url, elsewhere=elsewhere)
        if value.get("@type") in VOCABULARY and not ancestors(value["@type"]) & set(allowed):
            wrong.append(f"{where}: a {value['@type']} is none of {allowed}")
        return wrong
    if isinstance(value, bool):
        return [] if "Boolean" in allowed else [f"{where}: {value!r} is none of {allowed}"]
    if isinstance(value, int):
        fits = bool({"Integer", "Number"} & set(allowed))
        return [] if fits else [f"{where}: {value!r} is none of {allowed}"]
    if not isinstance(value, str) or not value.strip():
        return [f"{where}: empty, or of no type: {value!r}"]
    if "URL" in allowed and _address(value):
        return [] if elsewhere or value.startswith(base_url) else [f"{where}: {value} is elsewhere"]
    if "Date" in allowed and _DATE.fullmatch(value):
        dt.date.fromisoformat((value + "-01-01")[:10])
        return []
    if "DateTime" in allowed and _DATE_TIME.fullmatch(value):
        dt.datetime.fromisoformat(value)
        return []
    return [] if "Text" in allowed else [f"{where}: {value!r} is none of {allowed}"]


def _address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.netloc)
