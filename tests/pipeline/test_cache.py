"""What earlier builds knew counts only where it is whole, and surely of these files."""

from __future__ import annotations

import errno
import mmap
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from site_builder.cache import GroupRow, Library, Output, load, save, settled
from site_builder.problems import Problem
from site_builder.reading.scan import SourceFile
from tests.pipeline.test_build import article, run

NOW = 1_700_000_000_000_000_000
MS = 1_000_000


class Known(msgspec.Struct):
    name: str
    data: bytes = b""


class Held(msgspec.Struct):
    name: str
    data: msgspec.Raw


class Other(msgspec.Struct):
    name: str
    number: int


def looks(mtime: int, ctime: int = 0, size: int = 5, inode: int = 7) -> SourceFile:
    return SourceFile("a.md", size, mtime, ctime or mtime, inode)


@pytest.mark.parametrize(("mtime", "ctime", "sure"), [
    (NOW - 2001 * MS, 0, True),  # older than the grain of any file system
    (NOW - 1999 * MS, 0, False),  # of whole milliseconds: a system that counts in seconds
    (NOW - 1999 * MS + 1, 0, True),  # of nanoseconds
    (NOW - 51 * MS + 1, 0, True),
    (NOW - 49 * MS + 1, 0, False),
    (NOW + 1, 0, False),
    (NOW - 9000 * MS, NOW - 1 * MS, False),  # its name or owner changed a moment ago
    (NOW - 9000 * MS + 1, NOW - 60 * MS, True),
    (NOW - 60 * MS + 1, NOW - 9000 * MS, True),
    (NOW - 40 * MS + 1, NOW - 9000 * MS, False),
])
def test_a_file_written_within_the_clocks_grain_may_have_changed(
    mtime: int, ctime: int, sure: bool
) -> None:
    assert settled(looks(mtime, ctime), NOW) is sure


def test_a_file_is_the_one_that_was_read_if_it_looks_the_same_and_is_old_enough() -> None:
    library = Library("g", NOW)
    old, fresh = looks(NOW - 9000 * MS), looks(NOW - 9 * MS)
    assert library.trusts(old, old)
    assert not library.trusts(fresh, fresh)
    for other in (looks(NOW - 8000 * MS), looks(old.mtime_ns, size=6), looks(old.mtime_ns, inode=8),
                  looks(old.mtime_ns, NOW - 8000 * MS)):
        assert not library.trusts(old, other)


@pytest.mark.parametrize("size", [0, 10, 1_500_000])
def test_a_file_is_given_as_it_was_saved_or_not_at_all(tmp_path: Path, size: int) -> None:
    path = tmp_path / "deep/known"
    value = Known("n", b"x" * size)
    save(path, value)
    assert load(path, Known) == value
    assert [entry.name for entry in path.parent.iterdir()] == ["known"]
    assert threading.active_count() == 1  # or a fork would lose one
    whole = path.read_bytes()
    for place in (0, 15, 16, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert load(path, Known) is None, place
    for cut in (0, 8, 16, len(whole) - 1):
        path.write_bytes(whole[:cut])
        assert load(path, Known) is None, cut
    path.write_bytes(whole + b"\0")
    assert load(path, Known) is None
    path.write_bytes(whole)
    assert load(path, Other) is None
    assert load(tmp_path / "nothing", Known) is None
    assert load(path.parent, Known) is None


def test_a_cache_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    save(tmp_path / "taken/known", Known("n"))
    (tmp_path / "folder/known").mkdir(parents=True)
    save(tmp_path / "folder/known", Known("n"))
    assert [entry.name for entry in (tmp_path / "folder").iterdir()] == ["known"]


def test_a_site_is_built_where_nothing_can_be_remembered(make_site: Callable[..., Path]) -> None:
    site = make_site({"content/articles/a.md": article("A")})
    (site / ".site-builder").write_text("a file of somebody's")
    assert run(site).changed
    again = run(site)
    assert again.published
    assert not again.changed
    assert (site / ".site-builder").read_text() == "a file of somebody's"


def test_groups_of_another_version_are_none() -> None:
    row = GroupRow("article:a", "f", (), problems=(Problem("a.md", 1, 1, "FM001", "m"),))
    output = Output("i", "s", "b", 0, 0, 0, {}, msgspec.Raw(b"\x80"), {}, {}, ("", []),
                    msgspec.Raw(b"\xc0"))
    output.keep_rows([row, GroupRow("home:", "f", ())])
    assert output.rows() == [row, GroupRow("home:", "f", ())]
    assert output.troubled == ["article:a"]
    assert list(output.encoded_rows()) == ["article:a", "home:"]
    output.groups = msgspec.Raw(msgspec.msgpack.encode({"article:a": ["article:a", 5]}))
    assert output.rows() == []


@pytest.mark.parametrize("mapped", [True, False])
def test_a_large_file_outlives_the_one_that_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mapped: bool
) -> None:
    """What was decoded refers to it; also where a file system knows no mapping into memory."""
    def refused(*args: object, **options: object) -> None:
        raise OSError(errno.ENODEV, "no such device")

    if not mapped:
        monkeypatch.setattr(mmap, "mmap", refused)
    path = tmp_path / "a.msgpack"
    save(path, Known("first", b"1" * 2_000_000))
    first = load(path, Held)
    assert first is not None
    save(path, Known("second", b"2" * 2_000_000))
    path.unlink()
    assert msgspec.msgpack.decode(first.data) == b"1" * 2_000_000
