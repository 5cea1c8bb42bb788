"""A built site as a commit."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

from site_builder.deploying.git import Git, GitFailed
from site_builder.problems import Problem, Refusal
from site_builder.publishing.folder import MANIFEST, digest

_MADE = "refs/site-builder/made"


def tree(git: Git, output: Path, files: Mapping[str, str], extra: Mapping[str, bytes]) -> str:
    """The git tree of the files of a manifest (path → SHA-256), the manifest and `extra`.

    The bytes go to git as they are, whatever a user's configuration says of
    line ends. Raises `Refusal` where a file is not as the build left it.
    """
    feed = git.stream("fast-import", "--quiet", "--force", "--date-format=raw")
    assert feed.stdin is not None
    assert feed.stderr is not None
    broken: list[str] = []
    try:
        write = feed.stdin.write
        write(f"commit {_MADE}\ncommitter x <x> 0 +0000\ndata 0\ndeleteall\n".encode())
        for path in (*files, MANIFEST):
            try:
                data = (output / path).read_bytes()
            except OSError:
                broken.append(path)
                continue
            if path != MANIFEST and digest(data) != files[path]:
                broken.append(path)
                continue
            write(_entry(path, data))
        for path, data in extra.items():
            write(_entry(path, data))
        write(b"\n")
        feed.stdin.close()
    except BrokenPipeError:
        pass  # what it says tells why
    said = feed.stderr.read().decode("utf-8", "replace").strip()
    feed.stderr.close()
    if feed.wait():
        raise GitFailed(said or "git fast-import failed")
    if broken:
        raise Refusal(
            [Problem(path, 0, 0, "DP006", f"{output / path} is not as the build left it",
                     "build again with --clean") for path in broken[:20]], exit_code=1)
    return git.run("rev-parse", f"{_MADE}^{{tree}}").decode().strip()


def _entry(path: str, data: bytes) -> bytes:
    name = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return b'M 100644 inline "%s"\ndata %d\n%s\n' % (name.encode(), len(data), data)


def commit(git: Git, tree: str, parent: str, message: str) -> str:
    """A commit of `tree` after `parent` (empty for a first one)."""
    parents = ["-p", parent] if parent else []
    return git.run("commit-tree", tree, *parents, data=message.encode(),
                   env=_identity(git)).decode().strip()


def _identity(git: Git) -> dict[str, str]:
    """Who commits, where the user has not said: never the name of this machine."""
    env = {}
    for role in ("AUTHOR", "COMMITTER"):
        for what, value in (("NAME", "site-builder"), ("EMAIL", "site-builder@localhost")):
            name = f"GIT_{role}_{what}"
            settings = (f"{role.lower()}.{what.lower()}", f"user.{what.lower()}")
            if not os.environ.get(name) and not any(git.ask("config", s) for s in settings):
                env[name] = value
        env[f"GIT_{role}_DATE"] = f"{int(time.time())} +0000"
    return env


def changes(git: Git, old: str, new: str) -> tuple[list[str], list[str], list[str]]:
    """The paths that are added, changed and removed between two trees (old may be empty)."""
    if not old:
        old = git.run("hash-object", "-t", "tree", "--stdin", data=b"").decode().strip()
    listed = git.run("diff-tree", "-r", "-z", "--no-renames", "--name-status", old, new)
    parts = listed.decode("utf-8", "replace").split("\0")
    found: dict[str, list[str]] = {"A": [], "M": [], "D": []}
    for sign, path in zip(parts[::2], parts[1::2], strict=False):
        if path != MANIFEST:
            found[sign].append(path)
    return found["A"], found["M"], found["D"]
