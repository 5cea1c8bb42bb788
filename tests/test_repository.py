"""The house rules: docs that say everything, and dependencies that point one way."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from site_builder.build import Options, build
from site_builder.config import SiteConfig, parse
from site_builder.problems import Severity
from site_builder.reading.articles import FIELDS
from site_builder.reading.authorities import COUNTRY_FIELDS, PAGE_FIELDS, PERSON_FIELDS
from tests.conftest import ROOT

ORDER = ["problems", "config", "model", "reading", "finding", "citing", "indexing", "editing",
         "pages", "searching", "rendering", "publishing", "cache", "build", "serving", "importing",
         "preserving", "checking", "deploying", "cli"]


def test_dependencies_point_one_way() -> None:
    package = ROOT / "site_builder"
    assert {room for path in package.rglob("*.py") if (room := _room(path))} == set(ORDER)
    for path in package.rglob("*.py"):
        room = _room(path) or ORDER[-1]
        for used in _rooms_used(path):
            assert ORDER.index(used) <= ORDER.index(room), (path, used)


def _room(path: Path) -> str:
    """The room that a module is in; empty for the two that lie at the top of the package."""
    name = path.relative_to(ROOT / "site_builder").parts[0].removesuffix(".py")
    return name if not name.startswith("__") else ""


def _rooms_used(path: Path) -> Iterator[str]:
    """The rooms that a module imports from, however it writes that."""
    for node in ast.walk(ast.parse(path.read_text())):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, (path, "a relative import")
            names = [f"{node.module}.{name.name}" for name in node.names]
        for name in names:
            top, room, *_ = [*name.split("."), ""]
            if top == "site_builder" and room and not room.startswith("__"):
                yield room


def rows(page: str, heading: str = "") -> dict[str, list[str]]:
    """The tables of a page (or of one section of it): first cell, without its signs → the others."""
    text = (ROOT / "docs/reference" / page).read_text()
    if heading:
        text = re.split(r"^## ", text.partition(f"## {heading}\n")[2], maxsplit=1, flags=re.M)[0]
    found = re.findall(r"^\| `([\w.]+)` \|(.*)\|$", text, re.M)
    assert len({name for name, _ in found}) == len(found), "a row stands twice"
    return {name: [cell.strip() for cell in rest.split(" | ")] for name, rest in found}


@pytest.mark.parametrize(
    ("heading", "fields", "file", "least"),
    [("Articles", FIELDS, "articles/x.md", "title: A\ndate: 2022-11-29"),
     ("People", PERSON_FIELDS, "people/x.md", "name: A"),
     ("Countries", COUNTRY_FIELDS, "countries/x.md", "name: Iraq"),
     ("Free pages", PAGE_FIELDS, "pages/x.md", "title: A")],
)
def test_every_field_is_documented_with_an_example_that_passes(
    make_site: Callable[..., Path], heading: str, fields: tuple[str, ...], file: str, least: str
) -> None:
    table = rows("front-matter.md", heading)
    assert list(table) == list(fields)
    for field, (type_, default, example, *_) in table.items():
        assert type_ and default, field
        line = example.strip("`")
        assert line.startswith(f"{field}: "), field
        needed = [x for x in least.split("\n") if not x.startswith(f"{field}:")]
        # what examples speak of
        words = "“We have signed it,” said the clerk.\n\nThe water will come, the ministry said."
        words += "\n\nSome words of [others](https://agency.example/1)."
        text = "\n".join(["---", *needed, line, "---", words, ""])
        site = make_site({
            "content/articles/talks-en.md": text_of("id: talks-en"), f"content/{file}": text,
            "content/people/george-bush-43.md": "---\nname: George W. Bush\n---\n",
            "static/images/hall.png": b"\x89PNG",
        })
        report = build(Options(site=site, publish=False, drafts=True, future=True))
        told = [p for p in report.problems if p.severity is not Severity.NOTE]
        assert not told, (field, told)


def text_of(*lines: str) -> str:
    return "\n".join(["---", "title: T", "date: 2022-11-28", *lines, "---", "Some words.", ""])


def settings(kind: type[msgspec.Struct], prefix: str = "") -> Iterator[tuple[str, object]]:
    for field in msgspec.structs.fields(kind):
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            yield from settings(field.type, f"{prefix}{field.name}.")
        else:
            yield prefix + field.encode_name, (
                field.default_factory() if field.default is msgspec.NODEFAULT
                and field.default_factory is not msgspec.NODEFAULT else field.default)


def test_every_setting_is_documented_with_its_default_and_an_example_that_passes() -> None:
    table = rows("configuration.md")
    known = dict(settings(SiteConfig))
    assert set(table) == set(known)
    for name, (type_, default, words, example) in table.items():
        assert type_ and words.endswith("."), name
        if known[name] is msgspec.NODEFAULT:
            assert default == "required", name
        else:
            written = tomllib.loads(f"x = {default.strip('`')}")["x"]
            expected = known[name]
            assert written == (list(expected) if isinstance(expected, tuple) else expected), name
        data = tomllib.loads(example.strip("`"))
        value = parse({"title": "T", "base_url": "https://x.example", **data})
        for part in name.split("."):
            value = getattr(value, part)
        assert value != known[name], f"the example of {name} changes nothing"


def test_no_template_switches_escaping_off() -> None:
    for path in (ROOT / "templates").rglob("*.*"):
        text = path.read_text()
        assert "|safe" not in text.replace(" ", ""), path
        assert "autoescape false" not in text, path
        assert not re.search(r"\sstyle=|<style|\son\w+=", text), path
