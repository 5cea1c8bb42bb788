"""The house rules: docs that say everything, and dependencies that point one way."""

from __future__ import annotations

import re
import typing

import msgspec

from site_builder.config import SiteConfig
from site_builder.reading.articles import FIELDS
from site_builder.reading.authorities import COUNTRY_FIELDS, PAGE_FIELDS, PERSON_FIELDS
from tests.conftest import ROOT

ORDER = ["problems", "config", "model", "reading", "finding", "indexing", "pages", "rendering",
         "publishing", "cache", "build", "serving", "importing", "cli"]


def test_dependencies_point_one_way() -> None:
    package = ROOT / "site_builder"
    for path in package.rglob("*.py"):
        room = path.relative_to(package).parts[0].removesuffix(".py")
        if room not in ORDER:
            continue
        for used in re.findall(r"from site_builder\.(\w+)", path.read_text()):
            assert ORDER.index(used) <= ORDER.index(room), (path, used)


def test_every_field_is_documented() -> None:
    text = (ROOT / "docs/reference/front-matter.md").read_text()
    for field in (*FIELDS, *PERSON_FIELDS, *COUNTRY_FIELDS, *PAGE_FIELDS):
        assert f"| `{field}` |" in text, field


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs/reference/configuration.md").read_text()

    def walk(kind: type[msgspec.Struct], prefix: str) -> None:
        for name, hint in typing.get_type_hints(kind).items():
            if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
                walk(hint, f"{prefix}{name}.")
            else:
                assert f"`{prefix}{name}`" in text, name

    walk(SiteConfig, "")


def test_no_template_switches_escaping_off() -> None:
    for path in (ROOT / "templates").rglob("*.*"):
        text = path.read_text()
        assert "|safe" not in text.replace(" ", ""), path
        assert "autoescape false" not in text, path
        assert not re.search(r"\sstyle=|<style|\son\w+=", text), path
