"""A large value, and what has changed since it was written whole."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.build.memory import Memory
from site_builder.cache import NO_GROUPS, Output
from site_builder.cache.since import Since


class Whole(msgspec.Struct):
    values: list[int]


class Change(msgspec.Struct):
    at: dict[int, int]


STEPS = st.lists(st.tuples(
    st.sampled_from(["whole", "change", "change", "change", "other", "cut", "spoil", "lose"]),
    st.integers(0, 9), st.integers(0, 3)), max_size=30)


def since(path: Path) -> Since[Whole, Change]:
    return Since(path, Whole, Change)


def value(path: Path) -> list[int] | None:
    found = since(path).load()
    if found is None:
        return None
    values = list(found[0].values)
    for place, number in (found[1].at if found[1] else {}).items():
        values[place] = number
    return values


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_what_is_loaded_was_saved(
    steps: list[tuple[str, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The last state, or the last whole one where the change was lost; never a mixture."""
    path = tmp_path_factory.mktemp("since") / "a.msgpack"
    beside = path.with_name("a.msgpack.since")
    whole = [0] * 1000
    since(path).save(Whole(whole))
    at: dict[int, int] = {}
    for action, place, number in steps:
        if action == "whole":
            whole, at = [number] * 1000, {}
            since(path).save(Whole(whole))
        elif action == "change":
            kept = since(path)
            assert kept.load() is not None
            at = {**at, place: number}
            assert kept.save_change(Change(at))
        elif action == "other":  # somebody else wrote it between loading and saving
            kept = since(path)
            kept.load()
            whole, at = [*whole[:-1], whole[-1] + 1], {}
            since(path).save(Whole(whole))
            kept.save_change(Change({place: 99}))
        elif beside.exists():
            at = {}
            if action == "lose":
                beside.unlink()
            elif action == "cut":
                beside.write_bytes(beside.read_bytes()[: place * 3])
            else:
                data = beside.read_bytes()
                beside.write_bytes(data[: place * 3] + bytes([number]) + data[place * 3 :])
        expected = list(whole)
        for changed, to in at.items():
            expected[changed] = to
        assert value(path) == expected


def test_a_change_is_kept_beside_while_it_is_small(tmp_path: Path) -> None:
    kept = since(tmp_path / "a.msgpack")
    assert not kept.save_change(Change({1: 1}))  # of what?
    kept.save(Whole([0] * 1000))
    assert not kept.save_change(Change({1: 1}))  # not loaded
    assert kept.load() is not None
    before = (tmp_path / "a.msgpack").read_bytes()
    assert kept.save_change(Change({1: 1}))
    assert (tmp_path / "a.msgpack").read_bytes() == before
    assert not kept.save_change(Change(dict.fromkeys(range(500), 1)))
    kept.save(Whole([2]))
    assert value(tmp_path / "a.msgpack") == [2]
    assert [path.name for path in tmp_path.iterdir()] == ["a.msgpack"]


def test_a_file_that_is_no_more_is_not_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("site_builder.cache.since.SHARE", 0)
    path = tmp_path / "output.msgpack"
    new = Output("", "", "", 0, 0, 0, {}, NO_GROUPS, {"a": (1, 1), "b": (2, 2)}, {}, ("", []),
                 msgspec.Raw(b"\xc0"))
    Memory(path).keep(new)
    for files in ({"a": (1, 1)}, {"a": (3, 3)}, {"a": (3, 3), "b": (2, 2), "c": (4, 4)}, {}):
        memory = Memory(path)
        last = memory.load()
        assert last is not None
        memory.keep(msgspec.structs.replace(last, files=files))
        found = Memory(path).load()
        assert found is not None
        assert found.files == files
        assert path.with_name("output.msgpack.since").exists()


def test_a_whole_that_is_missing_or_damaged_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.msgpack"
    assert since(path).load() is None
    kept = since(path)
    kept.save(Whole([0] * 1000))
    kept.load()
    kept.save_change(Change({1: 1}))
    path.write_bytes(path.read_bytes()[:-3])
    assert since(path).load() is None
    path.unlink()
    assert since(path).load() is None
    assert not kept.save_change(Change({1: 2}))
