"""Editing lists in front matter: the values as wanted, every other byte as it was."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.editing.frontmatter import Edit, Unsure, edit, items

HEAD = "---\ntitle: T\n"
TAIL = "date: 2022-11-29 # a day\n---\nBody: [a, b]\n---\npeople: x\n"


def add(text: str, *names: str) -> str:
    return edit(text.encode(), [Edit("people", add=names)], file="a.md").decode()


@pytest.mark.parametrize(("before", "after"), [
    ("people: [A, B]\n", "people: [A, B, New Name]\n"),
    ("people: [ A, 'B, C' ,]  # who\n", "people: [ A, 'B, C', New Name ,]  # who\n"),
    ("people: ['A', 'B']\n", "people: ['A', 'B', 'New Name']\n"),
    ("people: []\n", "people: [New Name]\n"),
    ("people: [ # none yet\n  ]\n", "people: [New Name # none yet\n  ]\n"),
    ("people:\n", "people: [New Name]\n"),
    ("people: # to do\n", "people: [New Name] # to do\n"),
    ("people: ~\n", "people: [New Name]\n"),
    ("people: null  # none\n", "people: [New Name]  # none\n"),
    ("people: ''\n", "people: [New Name]\n"),
    ("people: Ali Reza  # he\n", "people: [Ali Reza, New Name]  # he\n"),
    ('people: "Ali: Reza"\n', 'people: ["Ali: Reza", New Name]\n'),
    ("people: Smith, John\n", 'people: ["Smith, John", New Name]\n'),
    ("people:\n  - A\n  - B # b\n# end\n", "people:\n  - A\n  - B # b\n  - New Name\n# end\n"),
    ("people:\n-   A\n-   B\n", "people:\n-   A\n-   B\n-   New Name\n"),
    ("people:\n  - \"A\"\n", "people:\n  - \"A\"\n  - \"New Name\"\n"),
    ("people:\n  - A\n    long\n", "people:\n  - A\n    long\n  - New Name\n"),
    ("people: [A,\n         B]\n", "people: [A,\n         B,\n         New Name]\n"),
    ("people: [\n  A,\n  B,\n]\n", "people: [\n  A,\n  B,\n  New Name,\n]\n"),
])
def test_a_name_is_added_in_the_style_that_is_there(before: str, after: str) -> None:
    assert add(HEAD + before + TAIL, "New Name") == HEAD + after + TAIL


def test_a_missing_key_comes_last_in_the_style_of_the_other_lists() -> None:
    assert add(HEAD + TAIL, "A", "B: C") == (
        HEAD + TAIL.replace("# a day\n", '# a day\npeople: [A, "B: C"]\n'))
    block = "tags:\n- x\n"
    assert add(HEAD + block + TAIL, "A") == (
        HEAD + block + TAIL.replace("# a day\n", "# a day\npeople:\n- A\n"))
    assert add("---\n---\nText\n", "A") == "---\npeople: [A]\n---\nText\n"


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_stay(newline: str, mark: str) -> None:
    def dressed(text: str) -> bytes:
        return (mark + text.replace("\n", newline)).encode()

    before, after = HEAD + "people:\n  - A\n" + TAIL, HEAD + "people:\n  - A\n  - نوری\n" + TAIL
    assert edit(dressed(before), [Edit("people", add=("نوری",))], file="a.md") == dressed(after)


@pytest.mark.parametrize(("before", "change", "after"), [
    ("people: [A, B, C]\n", {1: "Other"}, "people: [A, Other, C]\n"),
    ("people: [A, 'B', C]\n", {1: "O'Brien"}, "people: [A, 'O''Brien', C]\n"),
    ("people: [A, B, C]\n", {1: None}, "people: [A, C]\n"),
    ("people: [A, B, C]\n", {2: None}, "people: [A, B]\n"),
    ("people: [A]\n", {0: None}, "people: []\n"),
    ("people: A # one\n", {0: "id:b"}, 'people: "id:b" # one\n'),
    ("people:\n  - A # one\n  - B # two\n", {1: "Other"}, "people:\n  - A # one\n  - Other # two\n"),
    ("people:\n  - A # one\n  - B # two\n", {0: None}, "people:\n  - B # two\n"),
])
def test_an_item_is_replaced_or_taken_out(
    before: str, change: dict[int, str | None], after: str
) -> None:
    done = edit((HEAD + before + TAIL).encode(), [Edit("people", replace=change)], file="a.md")
    assert done.decode() == HEAD + after + TAIL


@pytest.mark.parametrize("text", [
    "{title: T, people: [A]}\n",
    "title: T\npeople: |\n  A\n",
    "title: T\npeople: {a: b}\n",
    "title: T\npeople:\n  - a: b\n",
    "title: T\npeople:\n  - |\n    A\n",
    "title: T\npeople: [A]\npeople: [A]\n",
    "title: T\npeople: &x [A]\n",
    "title: [\n",
])
def test_what_is_not_sure_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(Unsure) as refused:
        add(f"---\n{text}---\nBody\n", "New")
    problem = refused.value.problem
    assert problem.file == "a.md"
    assert problem.line >= 1
    assert problem.hint


def test_what_is_there_already_is_not_touched() -> None:
    text = HEAD + "people: [A]\n" + TAIL
    assert edit(text.encode(), [Edit("people")], file="a.md") == text.encode()
    assert items(text.encode(), "people", file="a.md") == ["A"]
    for untouched in (HEAD + "people:\n" + TAIL, HEAD + TAIL):
        assert edit(untouched.encode(), [Edit("people")], file="a.md") == untouched.encode()


def test_a_result_that_says_something_else_is_refused() -> None:
    """Two edits of one key each know only the file as it is: together they would give it twice."""
    twice = [Edit("people", add=("A",)), Edit("people", add=("B",))]
    with pytest.raises(Unsure, match="would not be what was asked for") as refused:
        edit((HEAD + TAIL).encode(), twice, file="a.md")
    assert refused.value.problem.line == 4  # where the first line would have come


WORD = st.text(st.sampled_from("aZé نб漢'\"#:,-[]{}&*!|>%@`\\ .?0~\u200c"), min_size=1, max_size=9).map(
    str.strip).filter(bool)
QUOTED = st.one_of(
    WORD.map(lambda w: "'" + w.replace("'", "''") + "'"),
    WORD.map(lambda w: '"' + w.replace("\\", "\\\\").replace('"', '\\"') + '"'),
    st.sampled_from(["Ali Reza", "NO", "1.10", "O'Brien", "Wang Yi", "محمد"]),
)
SPACE = st.sampled_from(["", " ", "  "])
REMARK = st.sampled_from(["", " # remark", "  # [x, y]: 'z'"])


@st.composite
def people(draw: st.DrawFn, key: str) -> str:
    values = draw(st.lists(QUOTED, max_size=4))
    style = draw(st.sampled_from(["flow", "lines", "block", "scalar", "nothing", "absent"]))
    remark = draw(REMARK)
    if style == "absent":
        return ""
    if style == "nothing" or not values:
        return f"{key}:{draw(st.sampled_from(['', ' ~', ' []', ' [ ]']))}{remark}\n"
    if style == "scalar":
        return f"{key}: {values[0]}{remark}\n"
    if style == "flow":
        comma = draw(SPACE) + "," + draw(st.sampled_from([" ", "  "]))
        end = draw(st.sampled_from(["", ","]))
        return f"{key}: [{draw(SPACE)}{comma.join(values)}{draw(SPACE)}{end}]{remark}\n"
    if style == "lines":
        return f"{key}: [\n    " + ",\n    ".join(values) + f"\n  ]{remark}\n"
    dent, gap = draw(SPACE), draw(st.sampled_from([" ", "   "]))
    blank = draw(st.sampled_from(["", "\n", "# between\n"]))
    return f"{key}:{remark}\n" + blank + "".join(
        f"{dent}-{gap}{value}{draw(REMARK)}\n{blank}" for value in values)


@st.composite
def sources(draw: st.DrawFn) -> bytes:
    fields = ["title: 'T: x' # title\n", draw(people("tags")), draw(people("people")),
              "summary: |\n  people: [no]\n\n  - no\n"]
    fields = draw(st.permutations(fields))
    body = draw(st.sampled_from(["", "Text.\n", "people: [A]\n---\n\n- x", "é\n\n"]))
    text = "---\n" + "".join(fields) + draw(st.sampled_from(["---\n", "...\n", "--- \n"])) + body
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    return (draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", newline)).encode()


@settings(max_examples=400, deadline=None)
@given(sources(), st.lists(WORD, min_size=1, max_size=3), st.data())
def test_any_list_gets_its_values_and_nothing_else_changes(
    data: bytes, names: list[str], draw: st.DataObject
) -> None:
    try:
        before = items(data, "people", file="a.md")
    except Unsure:
        return  # not front matter that the reader takes
    change: dict[int, str | None] = {}
    if before:
        change[draw.draw(st.integers(0, len(before) - 1))] = draw.draw(st.none() | WORD)
    one = Edit("people", replace=change, add=tuple(names))
    try:
        after = edit(data, [one], file="a.md")
    except Unsure:
        assert None in change.values()  # taking out may be refused, adding and replacing may not
        return
    wanted = [change.get(n, item) for n, item in enumerate(before)]
    wanted = [item for n, item in enumerate(wanted) if item is not None or n not in change]
    assert items(after, "people", file="a.md") == [*wanted, *names]
    for key in ("tags", "title", "summary"):
        assert items(after, key, file="a.md") == items(data, key, file="a.md")
    # outside the lines of the list itself nothing differs, and inside no remark is lost
    old, new = data.decode().splitlines(True), after.decode().splitlines(True)
    for tag, a, b, _, _ in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag in ("delete", "replace"):
            assert not any(line.startswith(("title", "tags", "summary", "---")) for line in old[a:b])
    if None not in change.values():
        assert after.count(b"remark") >= data.count(b"remark")
    assert after.endswith(data[data.rindex(b"\n", 0, -1):] if data.count(b"\n") > 2 else b"")


@pytest.mark.parametrize(("before", "after"), [
    ("statements: [{quote: A, speaker: x}] # y\n",
     "statements: [{quote: A, speaker: New One}] # y\n"),
    ("statements: {speaker: 'x', quote: A}\n", "statements: {speaker: 'New One', quote: A}\n"),
    ("statements:\n- speaker: x # he\n  quote: A\n", "statements:\n- speaker: New One # he\n"
     "  quote: A\n"),
    ("statements:\n  - quote: A\n    speaker: x\n  - quote: B\n", "statements:\n  - quote: A\n"
     "    speaker: New One\n  - quote: B\n"),
])
def test_a_field_of_an_item_is_replaced(before: str, after: str) -> None:
    one = Edit("statements", {0: "New One"}, part="speaker")
    done = edit((HEAD + before + TAIL).encode(), [one], file="a.md").decode()
    assert done == HEAD + after + TAIL


@pytest.mark.parametrize("notes", [
    "- quote: A\n  speaker: >\n    x\n",
    "- quote: A\n  speaker: [x, y]\n",
    "- quote: A\n",
])
def test_a_field_that_is_no_single_text_is_refused_at_its_item(notes: str) -> None:
    one = Edit("statements", {0: "New One"}, part="speaker")
    with pytest.raises(Unsure, match="no single text") as refused:
        edit(f"{HEAD}statements:\n{notes}{TAIL}".encode(), [one], file="a.md")
    assert (refused.value.problem.line, refused.value.problem.column) == (4, 3)
