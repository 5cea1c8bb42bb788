"""Values in a pack, found by their paths."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from site_builder.cache import packs
from site_builder.cache.packs import Store
from site_builder.indexing.shelf import Recent, Scroll

STEPS = st.lists(st.tuples(
    st.sampled_from(["put", "put", "put", "forget", "commit", "again"]),
    st.integers(0, 9), st.integers(0, 3)), max_size=60)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@example(steps=[("put", 1, 1), ("commit", 0, 0), ("again", 0, 0)], crowded=False, often=False)
@example(steps=[("put", 1, 1), ("commit", 0, 0), ("forget", 1, 0), ("commit", 0, 0),
                ("again", 0, 0)], crowded=False, often=False)
@given(steps=STEPS, crowded=st.booleans(), often=st.booleans())
def test_a_pack_gives_what_was_put_or_nothing(
    steps: list[tuple[str, int, int]], crowded: bool, often: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Where numbers of paths are `crowded`, two paths have one: a value may be lost, not wrong.

    To look writes what waits: a store that is not looked at `often` has to do that by itself.
    """
    path = tmp_path_factory.mktemp("pack") / "a.pack"
    with pytest.MonkeyPatch.context() as patch:
        if crowded:
            whole = packs.number
            patch.setattr(packs, "number",
                          lambda name: whole(name) % 3 if name.startswith("p") else whole(name))
        store = Store(path, str)
        now: dict[str, tuple[str, str]] = {}
        kept: dict[str, tuple[str, str]] = {}
        for action, number, version in steps:
            name, digest = f"p{number}", f"d{number} {version}"
            if action == "put":
                now[name] = digest, "x" * number + f"{number} {version}"
                store.put(name, digest, msgspec.msgpack.encode(now[name][1]))
            elif action == "forget":
                store.forget([name])
                now.pop(name, None)
            elif action == "commit":
                store.commit()
                kept = dict(now)
            else:  # a process that was broken off, and the next one
                store.close()
                store, now = Store(path, str), dict(kept)
            for number_ in range(10) if often or action == "again" else ():
                name = f"p{number_}"
                expected = now.get(name, ("d", None))
                found = store.get(name, expected[0])
                assert found == expected[1] or (crowded and found is None)
                for version_ in range(4):  # what was replaced, forgotten or never committed
                    digest_ = f"d{number_} {version_}"
                    assert digest_ == expected[0] or store.get(name, digest_) is None
        store.close()


def test_only_the_last_values_are_held() -> None:
    recent: Recent[int, str] = Recent(3)
    for n in range(6):
        recent.put(n, f"{n}")
    assert [recent.get(n) for n in (0, 5)] == ["0", "5"]
    recent.put(6, "6")
    recent.put(7, "7")
    assert [n for n in range(8) if recent.get(n)] != list(range(8))
    assert recent.get(7) == "7"


def test_values_in_one_piece_are_found_by_their_place() -> None:
    values = [b"one", b"", b"three"]
    scroll = Scroll.of(values)
    assert [bytes(scroll[n]) for n in range(3)] == values


def test_a_pack_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The space of what was replaced is taken back when it is more than half."""
    monkeypatch.setattr(packs, "_BUFFER", 100)
    path, size = tmp_path / "a.pack", 0
    for version in range(30):
        store = Store(path, str)
        for name in range(9):
            store.put(f"p{name}", f"d{version}", msgspec.msgpack.encode(f"{version} {name}" * 9))
        store.commit()
        assert [store.get(f"p{name}", f"d{version}") for name in range(9)] == [
            f"{version} {name}" * 9 for name in range(9)]
        store.close()
        size = size or path.stat().st_size
        assert path.stat().st_size < 4 * size
    assert [Store(path, str).get(f"p{name}", "d29") for name in (0, 8)] == ["29 0" * 9, "29 8" * 9]
    assert [entry.name for entry in sorted(tmp_path.iterdir())] == ["a.index", "a.pack"]
