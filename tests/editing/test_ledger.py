"""Entries come to the end of the ledger, say what they were given, and change nothing before."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.editing.ledger import with_entry
from site_builder.model import IdentityChange
from site_builder.problems import Problems
from site_builder.reading import ledger

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).map(
    lambda text: " ".join(text.split())).filter(bool)
ENTRIES = st.builds(
    IdentityChange, st.just("2022-11-29"), st.sampled_from(ledger.KINDS), TEXTS, TEXTS,
    st.lists(TEXTS, max_size=3).map(tuple), st.integers(0, 99), st.just("") | TEXTS)


def read(data: bytes) -> list[IdentityChange]:
    problems = Problems()
    found = ledger.read(data, file="ledger.toml", problems=problems)
    assert not list(problems)
    return [msgspec.structs.replace(entry, line=1) for entry in found]


@given(st.lists(ENTRIES, min_size=1, max_size=4), st.booleans(), st.booleans())
def test_what_is_written_is_what_is_read(
    entries: list[IdentityChange], windows: bool, open_end: bool
) -> None:
    data: bytes | None = None
    for number, entry in enumerate(entries, start=1):
        before = data or b""
        if windows:
            before = before.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        if open_end:
            before = before.rstrip(b"\r\n")
        data = with_entry(before or None, entry)
        assert data.startswith(before)
        assert b"\r\n" not in data or b"\n" not in data.replace(b"\r\n", b"")
        assert read(data) == entries[:number]


@pytest.mark.parametrize(("text", "line", "said"), [
    ("[[change]\n", 1, "not TOML"),
    ("other = 1\n", 1, "something else than entries"),
    ("change = 1\n", 1, "something else than entries"),
    ('[[change]]\ndate = 2022-11-29\nkind = "merge"\nsource = "a"\ninto = "b"\n\n[[change]]\n'
     'date = 2022-11-29\nkind = "merge"\ninto = "b"\n', 7, "lacks `source`"),
    ('# who\n[[change]]\ndate = 2022-11-29\nkind = "join"\nsource = "a"\ninto = "b"\n', 2,
     "is of no known kind: 'join'"),
    ('[[change]]\ndate = 2022-11-29\nkind = "split"\nsource = "a"\ninto = "b"\nwhy = "x"\n', 1,
     "has no field 'why'"),
])
def test_what_is_wrong_with_an_entry_is_told_at_its_line(text: str, line: int, said: str) -> None:
    problems = Problems()
    found = ledger.read(text.encode(), file="ledger.toml", problems=problems)
    (problem,) = problems
    assert (problem.code, problem.file, problem.line) == ("ID012", "ledger.toml", line)
    assert said in problem.message
    assert problem.hint
    assert len(found) == text.count("source") - ("join" in text or "why" in text)
