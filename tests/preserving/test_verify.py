"""Signing off and verifying, through the command line, on real files."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest
from click.testing import CliRunner, Result

from site_builder.cli import cli
from site_builder.config import load
from site_builder.preserving import bags, manifest
from site_builder.problems import Refusal
from tests.pipeline.test_build import article, run, tree

FILES = {
    "content/articles/a.md": article("A", body="![A plan](plan.png)"),
    "content/articles/plan.png": b"\x89PNG",
    "content/articles/draft.md": article("Draft", draft="yes"),
    "content/people/mona.md": "---\nname: Mona Writer\n---\n",
    "static/robots.txt": "Disallow:",
    "content/.hidden": "no source",
}


def command(site: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, [*words, "--site", str(site)])


@pytest.fixture
def site(make_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    site = make_site(FILES)
    run(site)
    return site


def test_what_was_signed_off_is_every_source_and_every_page(site: Path) -> None:
    result = command(site, "verify", "--sign-off", "--note", "as\ndelivered")
    assert result.exit_code == 0, result.output
    text = (site / "manifest-sha256.txt").read_text()
    assert "# signed off: 2023-11-14T22:13:20Z\n# note: as delivered\n" in text
    files = manifest.parse(text, "m").files
    built = {f"public/{p}" for p in tree(site / "public") if p != ".site-builder-manifest.json"}
    assert set(files) - built == {"site.toml", *FILES} - {"content/.hidden"}
    assert built < set(files)
    done = subprocess.run(["sha256sum", "--check", "--strict", "manifest-sha256.txt"],
                          cwd=site, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert command(site, "verify").exit_code == 0


def test_each_path_that_is_not_as_it_was_is_told(site: Path) -> None:
    command(site, "verify", "--sign-off")
    (site / "content/people/mona.md").unlink()
    (site / "public/feed.xml").write_text("other")
    (site / "static/new.txt").write_text("new")
    result = command(site, "verify", "--format", "json")
    assert result.exit_code == 1
    assert {(p["file"], p["code"], p["severity"]) for p in json.loads(result.output)} == {
        ("content/people/mona.md", "VF001", "error"), ("public/feed.xml", "VF002", "error"),
        ("static/new.txt", "VF003", "note")}
    assert "1 missing, 1 changed, 1 added" in command(site, "verify").output
    again = command(site, "verify", "--sign-off")
    assert again.exit_code == 0
    assert "note VF001: missing since the sign-off of 2023" in again.output
    assert command(site, "verify").exit_code == 0


def test_what_was_added_alone_is_no_failure(site: Path) -> None:
    (site / "public/elsewhere").symlink_to(site / "content")  # leads to files that are listed anyway
    command(site, "verify", "--sign-off")
    assert "public/elsewhere" not in (site / "manifest-sha256.txt").read_text()
    (site / "static/new.txt").write_text("new")
    assert command(site, "verify").exit_code == 0


@pytest.mark.parametrize("harm", ["shorter", "other sum", "empty", "binary", "foreign"])
def test_a_manifest_that_was_itself_changed_is_not_believed(site: Path, harm: str) -> None:
    command(site, "verify", "--sign-off")
    path = site / "manifest-sha256.txt"
    text = path.read_text()
    path.write_bytes({
        "shorter": text[: text.rindex("\n", 0, -1) + 1].encode(),
        "other sum": text[:-80].encode() + (b"0" if text[-80] != "0" else b"1") + text[-79:].encode(),
        "empty": b"", "binary": b"\xff\xfe\x00", "foreign": b"d41d8cd9  x\n",
    }[harm])
    result = command(site, "verify")
    assert isinstance(result.exception, Refusal)
    assert [p.code for p in result.exception.problems] == ["VF004"]
    before = path.read_bytes()
    assert isinstance(command(site, "verify", "--sign-off").exception, Refusal)
    assert path.read_bytes() == before


def test_names_that_only_escapes_can_write(tmp_path: Path) -> None:
    files = dict.fromkeys((
        "plain", "back\\slash", "two\nlines", "\\n", "a  b", "ü", "a\u2028b", "c\x0bd"), "0" * 64)
    text = manifest.Manifest(files, {"note": "n"}).text()
    assert manifest.parse(text, "m").files == files
    for name in files:
        (tmp_path / name).write_text("x")
    done = subprocess.run(["sha256sum", *files], cwd=tmp_path, capture_output=True, text=True, check=True)

    def names(lines: str) -> set[tuple[bool, str]]:
        return {(line[0] == "\\", line.partition("  ")[2])
                for line in lines.removesuffix("\n").split("\n") if not line.startswith("#")}

    assert names(text) == names(done.stdout)
    assert len(names(text)) == len(files)


def test_nothing_is_signed_off_where_nothing_was_built(make_site: Callable[..., Path]) -> None:
    site = make_site(FILES)
    assert isinstance(command(site, "verify", "--sign-off").exception, Refusal)
    assert not (site / "manifest-sha256.txt").exists()


def test_the_date_of_a_sign_off_cannot_be_changed_unseen(site: Path) -> None:
    command(site, "verify", "--sign-off", "--note", "as delivered")
    path = site / "manifest-sha256.txt"
    signed = path.read_text()
    for old, new in (("# signed off: 20", "# signed off: 19"), ("as delivered", "as written")):
        assert old in signed
        path.write_text(signed.replace(old, new))
        refused = command(site, "verify").exception
        assert isinstance(refused, Refusal)
        assert refused.problems[0].code == "VF004"


def test_an_export_says_which_articles_its_day_leaves_without_a_page(site: Path, tmp_path: Path) -> None:
    (site / "content/articles/later.md").write_text("---\ntitle: Later\ndate: 2030-01-01\n---\nText.\n")
    result = command(site, "export", "--bagit", str(tmp_path / "bag"))
    assert "no page for content/articles/later.md: dated in the future (2030-01-01)" in result.output
    assert (tmp_path / "bag/data/source/content/articles/later.md").exists()


def test_a_bag_is_valid_complete_and_the_same_each_time(site: Path, tmp_path: Path) -> None:
    before = tree(site)
    for name in ("one", "two"):
        result = command(site, "export", "--bagit", str(tmp_path / name))
        assert result.exit_code == 0, result.output
    assert tree(site).keys() == before.keys()
    bag = bagit.Bag(str(tmp_path / "one"))
    bag.validate()
    assert bag.info["Bagging-Date"] == "2023-11-14"
    assert bag.info["External-Identifier"] == "news.example/record"
    assert "Source-Organization" not in bag.info  # nobody said which
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    inside = tree(tmp_path / "one/data")
    assert {p for p in inside if p.startswith("source/")} == {
        f"source/{p}" for p in ("site.toml", *FILES) if p != "content/.hidden"}
    shown = tree(site / "public")
    del shown[".site-builder-manifest.json"]
    assert {p.removeprefix("site/"): d for p, d in inside.items() if p.startswith("site/")} == shown
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []
    assert CliRunner().invoke(cli, ["verify", str(tmp_path / "one")]).exit_code == 0


def test_verify_names_what_is_wrong_with_a_bag(site: Path, tmp_path: Path) -> None:
    bag = tmp_path / "bag"
    command(site, "export", "--bagit", str(bag))

    def told() -> list[tuple[str, str]]:
        result = CliRunner().invoke(cli, ["verify", str(bag), "--format", "json"])
        assert result.exit_code == 1
        return [(p["file"], p["code"]) for p in json.loads(result.output)]

    info, sums = bag / "bag-info.txt", bag / "tagmanifest-sha256.txt"
    said, listed = info.read_text(), sums.read_text()
    info.write_text(said.replace("Payload-Oxum: ", "Payload-Oxum: 1"))
    assert told() == [("bag-info.txt", "VF002")]
    sums.unlink()  # then no file differs from a list, and the bag is still not as it was
    assert told() == [("bag", "VF002")]
    info.write_text(said)
    sums.write_text(listed)
    (bag / "data/site/index.html").unlink()
    (bag / "data/source/site.toml").write_text("other")
    (bag / "data/more.txt").write_text("more")
    assert set(told()) == {
        ("data/site/index.html", "VF001"), ("data/source/site.toml", "VF002"), ("data/more.txt", "VF003")}
    shutil.copytree(site / "public", tmp_path / "no bag")
    assert isinstance(
        CliRunner().invoke(cli, ["verify", str(tmp_path / "no bag")]).exception, Refusal)


def test_a_bag_costs_nobody_a_file(site: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine/notes.txt"
    mine.parent.mkdir()
    mine.write_text("mine")
    refused = command(site, "export", "--bagit", str(mine.parent)).exception
    assert isinstance(refused, Refusal)
    assert [p.code for p in refused.problems] == ["VF005"]
    with pytest.raises(Refusal, match="holds something already"):
        bags.export(site, load(site), mine, now=0)
    assert tree(mine.parent) == {"notes.txt": b"mine"}
    (site / "content/articles/broken.md").write_text("---\ntitle: x\n---\n")
    broken = command(site, "export", "--bagit", str(tmp_path / "bag"))
    assert isinstance(broken.exception, Refusal)
    assert broken.exception.exit_code == 1
    assert {p.name for p in tmp_path.iterdir()} == {"mine", "site"}
    (site / "content/articles/broken.md").unlink()
    (tmp_path / "empty").mkdir()
    assert command(site, "export", "--bagit", str(tmp_path / "empty")).exit_code == 0
    bagit.Bag(str(tmp_path / "empty")).validate()
