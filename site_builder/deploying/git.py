"""git, run in a repository of our own beside the cache.

The user's repository is only asked, never changed: no branch, index, file or
object of it is touched. What it takes to reach its remotes (credentials,
proxies, ssh) is read from its configuration.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from site_builder.problems import Problem, Refusal

_LENT = r"^(http|https|credential|url|ssh|user|author|committer)\.|^core\.(sshcommand|askpass)$"
_PLACES = frozenset(
    """GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX GIT_OBJECT_DIRECTORY GIT_COMMON_DIR
    GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_NAMESPACE""".split()
)  # set where a hook runs us, and meant for another repository


class GitFailed(Exception):  # noqa: N818 - it says what happened
    """git ended with an error; the text is what it said."""


class Git:
    """git in one folder: the user's working tree, or a bare repository of ours."""

    def __init__(self, folder: Path, lent: Iterable[tuple[str, str]] = ()) -> None:
        if shutil.which("git") is None:
            raise Refusal(Problem("", 0, 0, "DP003", "git is not on this machine", "install git"),
                          exit_code=4)
        self.folder = folder
        env = {name: value for name, value in os.environ.items() if name not in _PLACES}
        number = int(env.get("GIT_CONFIG_COUNT") or 0)
        for key, value in lent:
            env[f"GIT_CONFIG_KEY_{number}"], env[f"GIT_CONFIG_VALUE_{number}"] = key, value
            number += 1
        self._env = {**env, "GIT_CONFIG_COUNT": str(number), "LC_ALL": "C"}

    def run(
        self, *arguments: str, data: bytes | None = None, env: Mapping[str, str] = {}
    ) -> bytes:
        """What git answers. Raises `GitFailed` with what it says when it fails."""
        done = subprocess.run(  # noqa: S603 - a list of arguments, no shell
            ["git", "-C", str(self.folder), *arguments],  # noqa: S607 - the user's git
            input=data, capture_output=True, env={**self._env, **env}, check=False,
        )
        if done.returncode:
            said = (done.stderr + done.stdout).decode("utf-8", "replace").strip()
            raise GitFailed(said or f"git {arguments[0]} ended with {done.returncode}")
        return done.stdout

    def ask(self, *arguments: str) -> str:
        """The answer as text; empty where git has none."""
        try:
            return self.run(*arguments).decode("utf-8", "replace").strip()
        except GitFailed:
            return ""

    def stream(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A git that reads what it is to do."""
        return subprocess.Popen(  # noqa: S603
            ["git", "-C", str(self.folder), *arguments],  # noqa: S607
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            env=self._env,
        )

    def lent(self) -> list[tuple[str, str]]:
        """The settings of this repository that it takes to reach its remotes."""
        found = self.ask("config", "--local", "--includes", "--null", "--get-regexp", _LENT)
        parts = [entry.partition("\n") for entry in found.split("\0") if entry]
        return [(key, value) for key, _, value in parts]


def own_repository(folder: Path, lent: Iterable[tuple[str, str]]) -> Git:
    """A bare repository at `folder`, made where there is none or a broken one.

    The caller holds a lock: locks that git left in it are of a deploy that was killed.
    """
    settings = [*lent, ("core.hooksPath", os.devnull), ("gc.auto", "0"),
                ("advice.pushUpdateRejected", "false")]
    git = Git(folder, settings)
    if folder.is_dir():
        for lock in folder.rglob("*.lock"):
            lock.unlink()
        if git.ask("rev-parse", "--git-dir") == ".":
            return git
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    git.run("init", "--quiet", "--bare", "--template=")
    return git
