"""Putting a site online, against real repositories with the real git."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.config import parse
from site_builder.deploying import branch, commit, hosts
from site_builder.deploying.git import Git, GitFailed, own_repository
from site_builder.publishing.folder import MANIFEST
from tests.conftest import ROOT
from tests.documents import Shell
from tests.pipeline.test_build import article

TOML = 'title = "The Test Record"\nbase_url = "https://news.example/record"\n'


class Place:
    """A site in a repository, and a bare one that it is put online in."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder, self.site, self.there = folder, folder / "site", folder / "there.git"
        self.shell = Shell(folder, folder / "bin", capture)
        self.write("site.toml", TOML)
        self.write("content/articles/a.md", article("First"))
        self.write("content/articles/b.md", article("Second", "2022-11-30"))
        self.git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.there))
        self.git(self.site, "init", "--quiet", "--initial-branch=main")
        self.write(".gitignore", "public/\n.site-builder/\n.public*\n")
        self.git(self.site, "remote", "add", "origin", str(self.there))
        self.commit("sources")
        self.git(self.site, "push", "--quiet", "origin", "main")

    def write(self, name: str, text: str) -> None:
        path = self.site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def git(self, folder: Path, *arguments: str, data: str = "") -> str:
        done = subprocess.run(
            ["git", "-C", str(folder), "-c", "user.name=Ann", "-c", "user.email=ann@news.example",
             *arguments], capture_output=True, text=True, input=data, check=False)
        assert not done.returncode, done.stderr
        return done.stdout.strip()

    def commit(self, message: str) -> None:
        self.git(self.site, "add", ".")
        self.git(self.site, "commit", "--quiet", "-m", message)

    def deploy(self, *options: str) -> tuple[int, str]:
        return self.shell.run(" ".join(["site-builder deploy --site site", *options]))

    def online(self, branch: str = "gh-pages") -> list[str]:
        return self.git(self.there, "ls-tree", "-r", "--name-only", branch).splitlines()

    def show(self, path: str, branch: str = "gh-pages") -> str:
        return self.git(self.there, "show", f"{branch}:{path}")

    def tips(self, branch: str = "gh-pages") -> list[str]:
        return self.git(self.there, "rev-list", branch).splitlines()

    def foreign(self, branch: str, files: dict[str, str], message: str = "By hand") -> str:
        """A commit of somebody else on top of a branch of the remote, which may be new."""
        clone = self.folder / "clone"
        shutil.rmtree(clone, ignore_errors=True)
        self.git(self.folder, "clone", "--quiet", "--no-checkout", str(self.there), str(clone))
        known = self.git(self.there, "branch", "--list", branch)
        self.git(clone, *(["checkout", "--quiet", branch] if known else
                          ["checkout", "--quiet", "--orphan", branch]))
        if not known:
            self.git(clone, "reset", "--quiet")
        for name, text in files.items():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            (clone / name).write_text(text)
            self.git(clone, "add", name)
        self.git(clone, "commit", "--quiet", "-m", message)
        self.git(clone, "push", "--quiet", "origin", branch)
        return self.git(clone, "rev-parse", "HEAD")

    def shim(self, script: str) -> dict[str, str]:
        """An environment in which git first runs `script`, once, when it is told to push."""
        folder = self.folder / "shim"
        folder.mkdir(exist_ok=True)
        real = shutil.which("git")
        (folder / "git").write_text(
            f'#!/bin/bash\ncase " $* " in *" push "*)\nif [ ! -e {folder}/done ]; then '
            f'touch {folder}/done; export PATH="{os.environ["PATH"]}"\n{script}\nfi;; esac\n'
            f'exec {real} "$@"\n')
        (folder / "git").chmod(0o755)
        return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}

    def deploy_apart(self, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "site_builder", "deploy", "--site", str(self.site)],
            env={**env, "PYTHONPATH": str(ROOT)}, text=True, check=False, cwd=self.folder,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


@pytest.fixture
def place(tmp_path: Path, capsys: pytest.CaptureFixture[str],
          monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return Place(tmp_path, capsys)


def test_first_second_and_nothing_changed(place: Place) -> None:
    code, said = place.deploy()
    assert code == 0, said
    built = {p.relative_to(place.site / "public").as_posix()
             for p in (place.site / "public").rglob("*") if p.is_file()}
    assert set(place.online()) == built | {".nojekyll"}
    assert "404.html" in built
    assert place.show("index.html") == (place.site / "public/index.html").read_text().strip()
    code, said = place.deploy()
    assert code == 0
    assert "Nothing to do" in said
    assert len(place.tips()) == 1
    assert place.git(place.there, "log", "--format=%s", "gh-pages") == "Publish The Test Record"
    place.write("content/articles/c.md", article("Third", "2022-12-01"))
    code, said = place.deploy("--message", "'A third one'")
    assert code == 0, said
    assert "articles/2022/12/c/index.html" in place.online()
    new, old = place.tips()
    assert place.git(place.there, "log", "-1", "--format=%s|%P", new) == f"A third one|{old}"
    (place.site / "content/articles/c.md").unlink()
    place.deploy()
    assert "articles/2022/12/c/index.html" not in place.online()


def test_a_fresh_checkout_knows_what_is_online(place: Place) -> None:
    place.deploy()
    shutil.rmtree(place.site / ".site-builder")
    shutil.rmtree(place.site / "public")
    code, said = place.deploy()
    assert (code, len(place.tips())) == (0, 1), said
    assert "Nothing to do" in said


def test_the_users_repository_is_not_touched(place: Place) -> None:
    def state() -> tuple[str, ...]:
        return tuple(place.git(place.site, *words) for words in (
            ("for-each-ref",), ("status", "--porcelain"), ("count-objects", "-v"), ("config", "-l")))

    before = state()
    assert place.deploy()[0] == 0
    assert state() == before


def test_a_dry_run_says_what_would_change_and_pushes_nothing(place: Place) -> None:
    code, said = place.deploy("--dry-run")
    assert code == 0
    assert "Would be put on gh-pages" in said
    assert "+ articles/2022/11/a/index.html" in said
    assert place.git(place.there, "branch", "--list") == "* main"


def test_a_branch_that_others_made_is_refused(place: Place) -> None:
    theirs = place.foreign("gh-pages", {"index.html": "<p>By hand"})
    code, said = place.deploy()
    assert code == 2
    assert "DP001" in said
    assert "of Ann, “By hand” is not of site-builder" in said
    assert place.tips() == [theirs]
    assert place.deploy("--branch", "pages")[0] == 0
    assert "index.html" in place.online("pages")


def test_what_others_put_on_top_of_ours_is_not_lost(place: Place) -> None:
    place.deploy()
    theirs = place.foreign("gh-pages", {"index.html": "<p>A hurried correction"})
    place.write("content/articles/c.md", article("Third", "2022-12-01"))
    code, said = place.deploy("--allow-removal")
    assert (code, place.tips()[0]) == (2, theirs), said
    place.git(place.site, "fetch", "--quiet", "origin", "gh-pages")
    amended = place.git(place.site, "commit-tree", "-m", place.git(
        place.there, "log", "-1", "--format=%B", "gh-pages~1"), f"{theirs}^{{tree}}")
    place.git(place.site, "push", "--quiet", "--force", "origin", f"{amended}:refs/heads/gh-pages")
    assert place.deploy()[0] == 2, "an amended commit with our message is not ours"


def test_a_branch_with_sources_is_refused(place: Place) -> None:
    code, said = place.deploy("--branch", "main")
    assert code == 2
    assert "the branch that you are working on" in said
    assert "is no name for a branch" in place.deploy("--branch", "a..b")[1]
    place.git(place.site, "branch", "old")
    code, said = place.deploy("--branch", "old")
    assert code == 2
    assert "your branch old holds sources" in said
    place.git(place.site, "checkout", "--quiet", "-b", "other")
    place.git(place.site, "branch", "-D", "main", "old")
    code, said = place.deploy("--branch", "main")
    assert code == 2
    assert "it holds sources (" in said
    assert place.git(place.there, "log", "--format=%s", "main") == "sources"


def test_another_sites_branch_is_refused(place: Place) -> None:
    place.deploy()
    place.write("site.toml", TOML.replace("record", "other"))
    code, said = place.deploy()
    assert code == 2
    assert "shows another site, news.example/record" in said
    assert place.deploy("--allow-removal")[0] == 0


def test_a_site_that_has_shrunk_is_refused(place: Place) -> None:
    for number in range(50):
        place.write(f"content/articles/n{number}.md", article(f"Number {number}"))
    assert place.deploy()[0] == 0
    for number in range(30):
        (place.site / f"content/articles/n{number}.md").unlink()
    shutil.rmtree(place.site / "public")  # as in a fresh checkout: only the branch knows
    code, said = place.deploy()
    assert code == 1
    assert "DP002" in said
    assert "30 of " in said
    assert "articles/2022/11/n0/index.html" in place.online()
    assert place.deploy("--allow-removal")[0] == 0
    assert "articles/2022/11/n0/index.html" not in place.online()


def test_an_empty_site_is_refused(place: Place) -> None:
    shutil.rmtree(place.site / "content")
    code, said = place.deploy()
    assert code == 1
    assert "the site has no articles" in said


def test_a_site_with_errors_is_refused(place: Place) -> None:
    place.write("content/articles/bad.md", "no front matter\n")
    code, said = place.deploy()
    assert code == 1
    assert "Nothing was put online" in said
    assert place.git(place.there, "branch", "--list") == "* main"


def test_another_deploy_meanwhile_is_followed(place: Place) -> None:
    place.deploy()
    first = place.tips()
    other = place.folder / "other"
    shutil.copytree(place.site, other, ignore=shutil.ignore_patterns(".site-builder", "public"))
    (other / "content/articles/other.md").write_text(article("Other", "2022-12-02"))
    place.write("content/articles/c.md", article("Third", "2022-12-01"))
    command = f'PYTHONPATH="{ROOT}" {sys.executable} -m site_builder deploy --site {other}'
    done = place.deploy_apart(place.shim(command))
    assert done.returncode == 0, done.stdout
    mine, theirs, *rest = place.tips()
    assert rest == first
    assert "articles/2022/12/other/index.html" in place.online(theirs)
    assert "articles/2022/12/c/index.html" in place.online(mine)


def test_a_foreign_commit_meanwhile_is_refused(place: Place) -> None:
    place.deploy()
    tree = place.git(place.there, "mktree")
    parent = place.tips()[0]
    place.write("content/articles/c.md", article("Third", "2022-12-01"))
    who = "-c user.name=Bob -c user.email=b@x.example"
    done = place.deploy_apart(place.shim(
        f"git -C {place.there} {who} update-ref refs/heads/gh-pages "
        f"$(git -C {place.there} {who} commit-tree -p {parent} -m Sudden {tree})"))
    assert done.returncode == 2, done.stdout
    assert "of Bob, “Sudden”" in done.stdout
    assert place.git(place.there, "log", "-1", "--format=%s", "gh-pages") == "Sudden"


def test_a_deploy_that_was_killed_is_done_again(place: Place) -> None:
    env = place.shim("kill -KILL $PPID")
    place.write("content/articles/c.md", article("Third", "2022-12-01"))
    done = place.deploy_apart(env)
    assert done.returncode == -signal.SIGKILL
    own = place.site / ".site-builder/deploy.git"
    (own / "refs/site-builder/online.lock").parent.mkdir(parents=True, exist_ok=True)
    for name in ("refs/site-builder/online.lock", "refs/site-builder/made.lock", "shallow.lock"):
        (own / name).touch()
    assert place.deploy()[0] == 0
    assert "articles/2022/12/c/index.html" in place.online()
    shutil.rmtree(own / "refs")  # no repository any more
    place.write("content/articles/d.md", article("Fourth", "2022-12-01"))
    assert place.deploy()[0] == 0
    assert "articles/2022/12/d/index.html" in place.online()


@pytest.mark.parametrize(("name", "holds"), [
    ("site.toml", True), ("old/site.toml", True), ("old/a.md", True), ("a.md", True),
    ("site.toml.html", False), ("md", False),
])
def test_what_only_sources_have(tmp_path: Path, name: str, holds: bool) -> None:
    git = Git(tmp_path)
    git.run("init", "--quiet")
    blob = git.run("hash-object", "-w", "--stdin", data=b"").decode().strip()
    git.run("update-index", "--add", "--cacheinfo", f"100644,{blob},{name}")
    tree = git.run("write-tree").decode().strip()
    assert branch.holds_sources(git, tree) == (name if holds else "")
    assert branch.holds_sources(git, "refs/heads/nowhere") == ""


def test_what_git_does_not_take_is_an_error(tmp_path: Path) -> None:
    """A tree of ours is never one that git only half took."""
    git = own_repository(tmp_path / "own.git", [])
    (tmp_path / MANIFEST).write_text("{}")
    assert commit.tree(git, tmp_path, {}, {"a": b"x"})
    with pytest.raises(GitFailed, match="mpty path"):
        commit.tree(git, tmp_path, {}, {"a//b": b"x"})


def test_a_remote_is_found_from_anywhere(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """One beside the repository, by a path from there; one behind ssh, by an address of its kind."""
    place.git(place.site, "remote", "add", "beside", "../there.git")
    code, said = place.deploy("--remote", "beside")
    assert code == 0, said
    assert "index.html" in place.online()
    ssh = place.folder / "ssh"
    ssh.write_text('#!/bin/sh\nshift\nexec sh -c "$*"\n')
    ssh.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(ssh))
    monkeypatch.setenv("GIT_SSH_VARIANT", "simple")
    code, said = place.deploy("--remote", f"ann@there.example:{place.there}")
    assert code == 0, said
    assert "Nothing to do" in said


def test_a_file_that_was_changed_after_the_build_is_not_put_online(place: Place) -> None:
    place.deploy()
    place.write("content/articles/c.md", article("Third", "2022-12-01"))
    # the moment between build and deploy
    from site_builder.build import Options, build
    from site_builder.config import load
    from site_builder.deploying.deploy import Wish, deploy
    from site_builder.problems import Refusal
    from site_builder.publishing.folder import MANIFEST, manifest_of

    build(Options(site=place.site, jobs=1))
    out = place.site / "public"
    (out / "index.html").write_text("<p>changed by hand")
    files = manifest_of((out / MANIFEST).read_bytes())
    (out / "404.html").unlink()
    with pytest.raises(Refusal, match="not as the build left it") as refused:
        deploy(place.site, load(place.site), out, files, Wish(articles=3))
    assert {p.file for p in refused.value.problems} == {"index.html", "404.html"}
    assert len(place.tips()) == 1


def test_the_domain_is_written_and_one_set_on_the_branch_is_kept(place: Place) -> None:
    place.write("site.toml", 'title = "T"\nid = "t"\nbase_url = "https://news.example"\n')
    assert place.deploy()[0] == 0
    assert place.show("CNAME") == "news.example"
    place.write("site.toml", 'title = "T"\nid = "t"\nbase_url = "https://jane.github.io/news"\n')
    place.foreign("gh-pages", {"CNAME": "from-settings.example\n"}, "Create CNAME")
    code, said = place.deploy()
    assert code == 0, said
    assert "the domain stays" in said
    assert place.show("CNAME") == "from-settings.example"
    place.write("site.toml", 'title = "T"\nid = "t"\nbase_url = "https://new.example"\n')
    assert "becomes new.example" in place.deploy()[1]
    assert place.show("CNAME") == "new.example"


def test_a_remote_that_is_not_there(place: Place) -> None:
    code, said = place.deploy("--remote", "upstream")
    assert code == 4
    assert "known here: origin" in said
    code, said = place.deploy("--remote", "./nowhere.git")
    assert code == 4
    assert "DP003" in said


def test_bytes_are_kept_whatever_git_is_set_to(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = place.folder / "gitconfig"
    settings.write_text("[core]\n\tautocrlf = true\n\teol = crlf\n[commit]\n\tgpgsign = false\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    place.write("static/windows.txt", "a\r\nb\n")
    assert place.deploy()[0] == 0
    got = subprocess.run(["git", "-C", str(place.there), "show", "gh-pages:windows.txt"],
                         capture_output=True, check=True).stdout
    assert got == (place.site / "public/windows.txt").read_bytes()


def test_nobody_is_told_the_name_of_this_machine(place: Place) -> None:
    place.deploy()
    who = place.git(place.there, "log", "-1", "--format=%an <%ae> %cn <%ce>", "gh-pages")
    assert who == "site-builder <site-builder@localhost> site-builder <site-builder@localhost>"
    place.git(place.site, "config", "user.name", "Ann")
    place.git(place.site, "config", "user.email", "ann@news.example")
    place.write("content/articles/c.md", article("Third", "2022-12-01"))
    place.deploy()
    assert place.git(place.there, "log", "-1", "--format=%an <%ae>", "gh-pages") == \
        "Ann <ann@news.example>"


def test_who_commits_may_be_told_by_the_environment(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Press Robot")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "committer.name")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "Press Desk")
    assert place.deploy()[0] == 0
    assert place.git(place.there, "log", "-1", "--format=%an <%ae> %cn", "gh-pages") == \
        "Press Robot <site-builder@localhost> Press Desk"


@pytest.mark.parametrize(("remote", "address"), [
    ("git@github.com:Jane/news.git", "https://jane.github.io/news"),
    ("https://github.com/jane/news", "https://jane.github.io/news"),
    ("https://x-token@github.com/jane/jane.github.io.git", "https://jane.github.io"),
    ("ssh://git@ssh.github.com:443/jane/news.git", "https://jane.github.io/news"),
    ("https://git.example/jane/news.git", ""),
    ("/srv/github.com/jane/news.git", ""),
])
def test_where_github_shows_a_remote(remote: str, address: str) -> None:
    assert hosts.pages_address(remote) == address


@pytest.mark.parametrize(("base_url", "odd"), [
    ("https://jane.github.io/news/", False), ("https://jane.github.io", True),
    ("https://jane.github.io/other", True), ("https://john.github.io/news", True),
    ("https://news.example", False), ("https://news.example/news", False),
    ("https://news.example/archive", True), ("https://example.org", True),
])
def test_an_address_that_does_not_fit_the_remote(base_url: str, odd: bool) -> None:
    config = parse({"title": "T", "base_url": base_url})
    assert bool(hosts.at_odds(config, "git@github.com:jane/news.git")) == odd


@pytest.mark.parametrize(("base_url", "domain"), [
    ("https://news.example", "news.example"), ("https://NEWS.example:8443", "news.example"),
    ("https://jane.github.io", ""), ("https://news.example/archive", ""),
    ("http://127.0.0.1:8000", ""), ("http://localhost", ""), ("https://example.org", ""),
])
def test_a_domain_of_its_own(base_url: str, domain: str) -> None:
    assert hosts.domain(parse({"title": "T", "base_url": base_url})) == domain
