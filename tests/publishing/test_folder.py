"""The output folder: only what is ours is changed, and all at once."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.problems import Problems, Refusal
from site_builder.publishing.folder import MANIFEST, MANY, OutputFolder, digest, manifest_of


def output(tmp_path: Path, name: str = "public") -> OutputFolder:
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True, exist_ok=True)
    return OutputFolder(site / name, site=site, sources=[Path("content")])


def stage(folder: OutputFolder, files: dict[str, str]) -> dict[str, str]:
    """Put files beside the output as a build does; the manifest that they make."""
    for path, text in files.items():
        (folder.stage / path).parent.mkdir(parents=True, exist_ok=True)
        (folder.stage / path).write_text(text)
    return {path: digest(text.encode()) for path, text in files.items()}


def put(folder: OutputFolder, files: dict[str, str]) -> tuple[list[str], list[str]]:
    """Publish exactly these files."""
    return folder.publish(list(files), stage(folder, files), Problems())


def there(folder: OutputFolder) -> dict[str, str]:
    return {path.relative_to(folder.path).as_posix(): path.read_text()
            for path in folder.path.rglob("*") if path.is_file() and path.name != MANIFEST}


def beside(folder: OutputFolder) -> set[str]:
    return {path.name for path in folder.path.parent.iterdir()} - {"content"}


OLD = {"a.html": "old", "b/index.html": "old", "b/c/index.html": "old"}


def test_what_is_gone_goes_with_its_folders_and_what_others_put_there_stays(tmp_path: Path) -> None:
    folder = output(tmp_path)
    assert put(folder, OLD) == (sorted(OLD), [])
    (folder.path / "b/notes.txt").write_text("mine")
    new = {"a.html": "new", "d/index.html": "new"}
    assert put(folder, new) == (["a.html", "d/index.html"], ["b/c/index.html", "b/index.html"])
    assert there(folder) == {**new, "b/notes.txt": "mine"}
    assert not (folder.path / "b/c").exists()
    assert folder.manifest() == {path: digest(text.encode()) for path, text in new.items()}
    assert beside(folder) == {"public"}


def test_where_nothing_changed_nothing_is_written(tmp_path: Path) -> None:
    folder = output(tmp_path)
    put(folder, OLD)
    before = (folder.path / MANIFEST).stat()
    folder.stage.mkdir()
    assert folder.publish([], folder.manifest(), Problems()) == ([], [])
    after = (folder.path / MANIFEST).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert beside(folder) == {"public"}


def test_a_file_of_ours_that_somebody_changed_stays_and_is_theirs_then(tmp_path: Path) -> None:
    folder = output(tmp_path)
    put(folder, OLD)
    (folder.path / "a.html").write_text("by hand")
    files = {path: sum_ for path, sum_ in folder.manifest().items() if path == "b/index.html"}
    problems = Problems()
    assert folder.publish([], files, problems) == ([], ["b/c/index.html"])
    assert [(p.code, p.file) for p in problems] == [("OU004", "a.html")]
    assert there(folder) == {"a.html": "by hand", "b/index.html": "old"}
    with pytest.raises(Refusal) as refused:  # it is not ours any more
        put(folder, {"a.html": "new", "b/index.html": "old"})
    assert [(p.code, p.file) for p in refused.value.problems] == [("OU002", "a.html")]
    assert refused.value.exit_code == 2
    assert there(folder)["a.html"] == "by hand"


def test_a_file_that_is_gone_already_is_no_removal(tmp_path: Path) -> None:
    folder = output(tmp_path)
    put(folder, OLD)
    (folder.path / "a.html").unlink()
    files = {path: sum_ for path, sum_ in folder.manifest().items() if path != "a.html"}
    problems = Problems()
    assert folder.publish([], files, problems) == ([], [])
    assert not list(problems)
    assert folder.manifest() == files


def test_a_file_that_was_lost_comes_again(tmp_path: Path) -> None:
    folder = output(tmp_path)
    put(folder, OLD)
    (folder.path / "a.html").unlink()
    stage(folder, {"a.html": "old"})
    assert folder.publish(["a.html"], folder.manifest(), Problems()) == (["a.html"], [])
    assert there(folder) == OLD


def test_the_manifest_does_not_tell_in_which_order_files_were_made(tmp_path: Path) -> None:
    names = [f"{n * 7 % 20:02}.html" for n in range(20)]
    folder = output(tmp_path / "deeper", "not/there/yet")
    put(folder, dict.fromkeys(names, "old"))
    assert list(folder.manifest()) == sorted(names)
    assert folder.publish([], {}, Problems()) == ([], sorted(names))


def test_all_that_is_in_the_way_is_told_at_once(tmp_path: Path) -> None:
    folder = output(tmp_path)
    put(folder, OLD)
    for name in ("x.html", "y.html"):
        (folder.path / name).write_text("mine")
    with pytest.raises(Refusal) as refused:
        put(folder, {**OLD, "x.html": "new", "y.html": "new"})
    assert [p.file for p in refused.value.problems] == ["x.html", "y.html"]
    assert there(folder) == {**OLD, "x.html": "mine", "y.html": "mine"}


@pytest.mark.parametrize("done", [0, 1, 2, 3, 4])
def test_a_decided_change_is_finished_wherever_it_was_broken_off(tmp_path: Path, done: int) -> None:
    folder = output(tmp_path)
    put(folder, OLD)
    new = {"a.html": "new", "d/index.html": "new"}
    files = stage(folder, new)
    (folder.stage / MANIFEST).write_text(json.dumps({"format": 1, "files": files}))
    folder.journal.write_text(json.dumps({
        "decided": True, "move": sorted(new), "remove": ["b/c/index.html", "b/index.html"]}))
    steps = [
        lambda: (folder.stage / "a.html").replace(folder.path / "a.html"),
        lambda: (folder.path / "b/c/index.html").unlink(),
        lambda: (folder.path / "b/c").rmdir(),
        lambda: (folder.stage / MANIFEST).replace(folder.path / MANIFEST),
    ]
    for step in steps[:done]:
        step()
    output(tmp_path).recover()
    assert there(folder) == new
    assert folder.manifest() == files
    assert not (folder.path / "b").exists()
    assert beside(folder) == {"public"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.parametrize("call", ["replace", "unlink", "rmdir", "fsync"])
def test_a_publication_that_is_killed_happened_or_did_not(tmp_path: Path, call: str) -> None:
    """Killed at each call in turn; a journal on the disk decides."""
    new, real = {"a.html": "new", "d/index.html": "new"}, getattr(os, call)
    ends = []
    for count in range(1, 9):
        folder = output(tmp_path / str(count))
        put(folder, OLD)
        child = os.fork()
        if not child:
            left = iter(range(1, count))

            def killed(*args: object, left: Iterator[int] = left, **options: object) -> None:
                if next(left, None) is None:
                    os._exit(9)
                real(*args, **options)

            setattr(os, call, killed)
            put(folder, new)
            os._exit(0)
        if not os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
            break
        decided = folder.journal.exists() and folder.journal.stat().st_size > 0
        output(tmp_path / str(count)).recover()
        assert there(folder) == (new if decided else OLD)
        assert beside(folder) == {"public"}
        ends.append(decided)
    assert len(ends) >= 3
    assert ends == [call != "fsync" or n == 3 for n in range(len(ends))]  # the fourth: the journal


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="this system has no /proc")
@pytest.mark.parametrize("more", [0, MANY])
def test_what_replaces_a_page_is_on_the_disk_before_the_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: int
) -> None:
    folder = output(tmp_path)
    put(folder, OLD)
    synced: list[str] = []
    fsync, sync = os.fsync, os.sync

    def one(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        assert folder.journal.exists() == (synced[-1] == folder.journal.name)
        fsync(handle)

    def everything() -> None:
        synced.append("everything")
        sync()

    monkeypatch.setattr(os, "fsync", one)
    monkeypatch.setattr(os, "sync", everything)
    put(folder, {"a.html": "new", **{f"{n}.html": "new" for n in range(more)}})
    assert synced == ["everything" if more else "a.html", *([] if more else [MANIFEST]),
                      folder.journal.name]


@pytest.mark.parametrize("journal", [
    None, b"", b'{"decided": tr', b'{"decided": false, "move": ["a.html"], "remove": ["b/index.html"]}',
    b'["decided"]', b"\xff",
])
def test_a_change_that_was_not_decided_is_dropped(tmp_path: Path, journal: bytes | None) -> None:
    folder = output(tmp_path)
    put(folder, OLD)
    stage(folder, {"a.html": "new"})
    if journal is not None:
        folder.journal.write_bytes(journal)
    output(tmp_path).recover()
    assert there(folder) == OLD
    assert beside(folder) == {"public"}


@pytest.mark.parametrize(("data", "files"), [
    (b'{"format": 1, "files": {"a": "b"}}', {"a": "b"}),
    (b'{"format": 2, "files": {"a": "b"}}', {}),
    (b'{"format": 1, "files": {"a": "b"}', {}),
    (b'{"format": 1, "files": ["a"]}', {}),
    (b"", {}),
])
def test_a_manifest_counts_where_it_is_whole_and_of_this_form(
    data: bytes, files: dict[str, str]
) -> None:
    assert manifest_of(data) == files


def test_an_empty_folder_may_be_the_output(tmp_path: Path) -> None:
    (tmp_path / "site/public").mkdir(parents=True)
    folder = output(tmp_path)
    assert put(folder, OLD) == (sorted(OLD), [])
    assert there(folder) == OLD


def test_a_link_to_the_output_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site/public").symlink_to(tmp_path / "elsewhere")
    folder = output(tmp_path)
    put(folder, OLD)
    assert folder.path.is_symlink()
    assert there(folder) == OLD
    assert (tmp_path / "elsewhere/b/index.html").exists()


@pytest.mark.parametrize(("name", "reason"), [
    (".", "it holds the site's sources"),
    ("..", "it holds the site's sources"),
    ("content", "it holds or lies in content/"),
    ("content/public", "it holds or lies in content/"),
    ("mine", "it holds files that site-builder did not write"),
    ("notes.txt", "it is a file"),
    ("/", "it is a home folder or the root of the disk"),
    ("~", "it is a home folder or the root of the disk"),
    ("to content", "it holds or lies in content/"),
])
def test_where_no_site_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, reason: str
) -> None:
    site, home = tmp_path / "site", tmp_path / "home"
    for place in (site / "content", site / "mine", home):
        place.mkdir(parents=True)
    (site / "mine/notes.txt").write_text("mine")
    (site / "notes.txt").write_text("mine")
    (site / "to content").symlink_to("content")
    monkeypatch.setenv("HOME", str(home))
    path = Path(os.path.normpath(home if name == "~" else site / name))
    with pytest.raises(Refusal) as refused:
        OutputFolder(path, site=site, sources=[Path("content")])
    assert refused.value.exit_code == 2
    (problem,) = refused.value.problems
    assert problem.code == "OU001"
    assert problem.message.endswith(f"is not written to: {reason}")


def test_sources_outside_the_site_hold_no_output_either(tmp_path: Path) -> None:
    site, texts = tmp_path / "site", tmp_path / "desk/texts"
    site.mkdir()
    texts.mkdir(parents=True)
    for path in (texts, texts / "public", texts.parent):
        with pytest.raises(Refusal, match="it holds or lies in texts/"):
            OutputFolder(path, site=site, sources=[Path("../desk/texts")])
    OutputFolder(tmp_path / "desk/texts and pages", site=site, sources=[Path("../desk/texts")])
