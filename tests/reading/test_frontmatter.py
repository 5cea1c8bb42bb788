"""What is wrong with front matter is told where it stands, with what helps."""

from __future__ import annotations

import pytest

from site_builder.problems import Problem, Problems
from site_builder.reading.frontmatter import MAX_BYTES, MAX_DEPTH, FrontMatter, split

KNOWN = frozenset(("title", "date", "image", "tags", "alt"))


def told(text: str) -> tuple[FrontMatter | None, list[Problem]]:
    problems = Problems()
    return split(text, file="a.md", problems=problems, known=KNOWN), list(problems)


@pytest.mark.parametrize(("text", "code", "place", "message", "hint"), [
    ("title: T\n", "FM001", (1, 1), "no front matter", "start the file with a line ---"),
    ("+++\ntitle = 'x'\n+++\n", "FM001", (1, 1), "no front matter", "TOML"),
    ("--- # x\ntitle: T\n---\n", "FM001", (1, 1), "no front matter", "--- and nothing else"),
    ("---\ntitle: T\n", "FM001", (1, 1), "is not closed", "put a line --- after the last field"),
    ("---\ntitle: T\n\tdate: x\n---\n", "FM002", (3, 1), "not YAML", "YAML knows no tabs"),
    ("---\ntitle: T\nx: 'not closed\ndate: x\n---\n", "FM002", (3, 4), "not YAML",
     "the closing ' is missing"),
    ('---\ntitle: T\nx:\n  alt: "not closed\n  y: x\n---\n', "FM002", (4, 8), "not YAML",
     'the closing " is missing'),
    ("---\ntitle: T\ntags: [a, b\n\nimage: x\n---\n", "FM002", (3, 7), "not YAML",
     "the closing ] is missing"),
    ("---\ntitle: He said: no\n---\n", "FM002", (2, 15), "not YAML", "it holds a colon"),
    ('---\ntitle: "a: b" c\n---\n', "FM002", (2, 15), "not YAML", "check quotes"),
    ("---\ndate: x\ntitle: @home\n---\n", "FM002", (3, 8), "not YAML", "it starts with @"),
    ("---\ntitle: `x`\n---\n", "FM002", (2, 8), "not YAML", "it starts with `"),
    ("---\n- a\n- b\n---\n", "FM002", (2, 1), "no list of fields", "lines of the form title"),
    ("---\njust words\n---\n", "FM002", (2, 1), "no list of fields", "lines of the form title"),
    ("---\na: b\n--- x\nc: d\n---\n", "FM002", (3, 1), "a second YAML document", ""),
    ("---\ntitle: T\n[a]: b\n---\n", "FM002", (3, 1), "a key must be a word", "in quotes"),
    ("---\ntitle: T\n!x y: b\n---\n", "FM002", (3, 1), "a key must be a word", ""),
    ("---\ntitle: T\n&x y: b\n---\n", "FM002", (3, 1), "a key must be a word", ""),
    ("---\ntitle: T\ntags: &a [x]\n---\n", "FM004", (3, 7), "anchors", "write the value out"),
    ("---\ntitle: *a\n---\n", "FM004", (2, 8), "aliases", "in quotes if it is text"),
    ("---\ntitle: T\ndate: !!str 5\n---\n", "FM004", (3, 7), "the YAML tag", "delete the tag"),
    (f"---\ntitle: T\nx: {'[' * (MAX_DEPTH + 1)}{']' * (MAX_DEPTH + 1)}\n---\n", "FM012",
     (3, 4 + MAX_DEPTH - 1), "nested more than 8 deep", ""),
    (f"---\nx: {'é' * (MAX_BYTES // 2)}\n---\n", "FM012", (2, 1), "larger than 64 kB",
     "below the closing ---"),
])
def test_what_cannot_be_read_is_told_once_at_its_place(
    text: str, code: str, place: tuple[int, int], message: str, hint: str
) -> None:
    matter, (problem,) = told(text)
    assert matter is None
    assert (problem.code, problem.severity, problem.file) == (code, "error", "a.md")
    assert (problem.line, problem.column) == place
    assert message in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize(("text", "severity", "place", "message"), [
    ("---\ntitle: T\ndate: x\ntitle: U\n---\n", "error", (4, 1), "first on line 2"),
    ("---\ntitle: T\ndate: x\ntitle: T\n---\n", "warning", (4, 1), "with the same value"),
    ("---\nodd: T\nodd: U\n---\n", "warning", (3, 1), "the first is kept"),
    ("---\ntitle: T\nimage:\n  alt: a\n  alt: b\n---\n", "error", (5, 3), "first on line 4"),
    ("---\nx:\n  odd: a\n  odd: b\n---\n", "error", (4, 3), "first on line 3"),
])
def test_a_key_given_twice_keeps_its_first_value(
    text: str, severity: str, place: tuple[int, int], message: str
) -> None:
    matter, (problem,) = told(text)
    assert (problem.code, problem.severity) == ("FM003", severity)
    assert (problem.line, problem.column) == place
    assert message in problem.message
    assert matter is not None
    flat = {**matter.values, **next((v for v in matter.values.values() if isinstance(v, dict)), {})}
    assert {flat.get("title", "T"), flat.get("odd", "T"), flat.get("alt", "a")} <= {"T", "a"}


@pytest.mark.parametrize(("text", "place"), [
    ('---\ntitle: T\nsummary: "a\\u0000b"\n---\n', (3, 1)),
    ('---\ntitle: T\ntags: [ok, "a\\x07b"]\n---\n', (3, 12)),
    ('---\ntitle: T\nx:\n  "a\\x07b": T\n---\n', (4, 3)),
])
def test_an_invisible_character_is_told_however_it_is_written(
    text: str, place: tuple[int, int]
) -> None:
    _, (problem,) = told(text)
    assert (problem.code, problem.line, problem.column) == ("RD002", *place)


@pytest.mark.parametrize(("text", "values", "body", "line"), [
    ("---\n---\n", {}, "", 3),
    ("---\n# a remark\n---\nBody\n", {}, "Body\n", 4),
    ("\ufeff\n\n  ---\ntitle: T\n---\nBody\n", {"title": "T"}, "Body\n", 6),
    ("---\na: ~\nb: null\nc: ''\nd: 'null'\ne: no\nf: 1.10\n...\nBody\n---\n",
     {"a": None, "b": None, "c": "", "d": "null", "e": "no", "f": "1.10"}, "Body\n---\n", 9),
    (f"---\nx: {'[' * (MAX_DEPTH - 1)}{']' * (MAX_DEPTH - 1)}\n---\n", None, "", 4),
    (f"---\nx: {'x' * (MAX_BYTES - 4)}\n---\n", None, "", 4),
])
def test_what_can_be_read_stays_text(
    text: str, values: dict[str, str | None] | None, body: str, line: int
) -> None:
    matter, problems = told(text)
    assert not problems
    assert matter is not None
    assert values is None or matter.values == values
    assert (matter.body, matter.body_line) == (body, line)


def test_a_value_is_found_or_what_is_around_it() -> None:
    matter, _ = told("---\ntitle: T\nimage:\n  alt: x\n  credit:\ntags:\n- a\n- b\n---\n")
    assert matter is not None
    assert matter.mark("image", "alt") == (4, 3)
    assert matter.mark("image", "src") == (3, 1)
    assert matter.mark("tags", 1) == (8, 3)
    assert matter.mark("tags", 7, "name") == (6, 1)
    assert matter.mark("nothing") == (1, 1)
