"""Values in a pack, found by their paths."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.cache import packs
from site_builder.cache.packs import Store
from site_builder.indexing.shelf import Recent, Scroll

STEPS = st.lists(st.tuples(
    st.sampled_from(["put", "put", "put", "forget", "commit", "again"]),
    st.integers(0, 9), st.integers(0, 3)), max_size=60)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS, crowded=st.booleans())
def test_a_pack_gives_what_was_put_or_nothing(
    steps: list[tuple[str, int, int]], crowded: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Where numbers of paths are `crowded`, two paths have one: a value may be lost, not wrong."""
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
            for number_ in range(10):
                name = f"p{number_}"
                expected = now.get(name, ("d", None))
                found = store.get(name, expected[0])
                assert found == expected[1] or (crowded and found is None)
                assert store.get(name, "another digest") is None
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
