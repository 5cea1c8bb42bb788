"""Files for reference managers, read back by programs that others wrote."""

from __future__ import annotations

import json
from urllib.parse import unquote

import bibtexparser
import rispy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from site_builder.citing.files import files
from site_builder.citing.names import Name
from site_builder.citing.styles import Cited

SCHEMA = {
    # the part of csl-data.json (github.com/citation-style-language/schema, v1.0.2) that concerns us
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "id": {"type": ["string", "number"]},
            "type": {"enum": ["article-newspaper"]},
            "title": {"type": "string"}, "container-title": {"type": "string"},
            "URL": {"type": "string"}, "language": {"type": "string"},
            "issue": {"type": ["string", "number"]}, "page": {"type": ["string", "number"]},
            "author": {"type": "array", "items": {"anyOf": [{"properties": {
                name: {"type": "string"} for name in (
                    "family", "given", "dropping-particle", "non-dropping-particle", "suffix",
                    "literal")}, "additionalProperties": False}]}},
            "issued": {"anyOf": [{"properties": {"date-parts": {
                "type": "array", "minItems": 1, "maxItems": 2,
                "items": {"type": "array", "minItems": 1, "maxItems": 3,
                          "items": {"type": ["string", "number"]}}}},
                "additionalProperties": False}]},
        },
        "required": ["type", "id"],
        "additionalProperties": False,
    },
}
TEXTS = st.text(
    st.characters(exclude_categories=("C", "Z"), include_characters="{}\\%&#$_~^\"'<> "),
    min_size=1, max_size=40,
).map(lambda text: " ".join(text.split())).filter(bool)
NAMES = st.one_of(
    TEXTS.map(lambda text: Name(text, literal=True)),
    st.builds(Name, family=st.sampled_from(["Müller", "O’Brien", "Ng"]), given=TEXTS,
              particle=st.sampled_from(["", "van der", "al-"]), suffix=st.sampled_from(["", "Jr."])),
)


def texts(cited: Cited, number: str = "", page: int = 0) -> dict[str, str]:
    found = {}
    for file in files(cited, "some-slug", number=number, page=page):
        head, _, data = file.href.partition(",")
        assert head.startswith("data:"), head
        assert head.endswith(";charset=utf-8"), head
        assert not set(file.href) & set(" \"'<>#{}|\\^`[]\n\r"), "not safe in an attribute"
        found[file.ending] = unquote(data)
    return found


def plain(tex: str) -> str:
    """The text that TeX would set: the commands that we write, read back."""
    for sign, name in (("\\", "textbackslash"), ("~", "textasciitilde"), ("^", "textasciicircum")):
        tex = tex.replace(f"\\{name}{{}}", f"\\0{ord(sign)};")
    for sign in "{}&%$#_":
        tex = tex.replace(f"\\{sign}", sign)
    for sign in "\\~^":
        tex = tex.replace(f"\\0{ord(sign)};", sign)
    return tex


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, TEXTS, st.lists(NAMES, max_size=4), st.integers(0, 30))
def test_what_goes_in_comes_out_of_each_file(
    title: str, site: str, authors: list[Name], page: int
) -> None:
    url = "https://news.example/articles/2022/11/ß–x/"
    cited = Cited(title, site, url, "2022-11-29", tuple(authors), "en")
    found = texts(cited, "412 & a", page)

    library = bibtexparser.parse_string(found["bib"])
    assert library.failed_blocks == []
    entry = {field.key: str(field.value) for field in library.entries[0].fields}
    assert entry["title"][0] + entry["title"][-1] == "{}"
    assert plain(entry["title"][1:-1]) == title
    assert plain(entry["journal"]) == site
    assert (entry["year"], entry["month"], entry["day"]) == ("2022", "nov", "29")
    assert entry["url"] == url
    assert entry["number"] == "412 \\& a"
    assert entry.get("pages", "0") == str(page)

    [record] = rispy.loads(found["ris"])
    assert record["type_of_reference"] == "NEWS"
    assert record["title"] == title
    assert record["secondary_title"] == site
    assert record["urls"] == [url]
    assert (record["year"], record["date"]) == ("2022", "2022/11/29")
    assert len(record.get("authors", [])) == len(authors)

    data = json.loads(found["json"])
    Draft7Validator(SCHEMA).validate(data)
    assert data[0]["title"] == title
    assert data[0]["issued"] == {"date-parts": [[2022, 11, 29]]}
    assert [a.get("literal", a.get("family")) for a in data[0].get("author", [])] == [
        name.family for name in authors]


def test_the_names_of_bodies_are_not_taken_apart_by_bibtex() -> None:
    cited = Cited("T", "S", "https://x.example/", "2022-11-29", (
        Name("Barnes and Noble", literal=True), Name("Beethoven", "Ludwig", "van"),
        Name("King", "Martin Luther", suffix="Jr.")), "en")
    assert "author = {{Barnes and Noble} and van Beethoven, Ludwig and King, Jr., Martin Luther}" \
        in texts(cited)["bib"]
