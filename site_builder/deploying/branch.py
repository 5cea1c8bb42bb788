"""What a branch of a remote shows now, and whether it is ours to add to."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from site_builder.deploying.git import Git, GitFailed
from site_builder.publishing.folder import MANIFEST, manifest_of

DEPTH = 12
"""So many commits of a branch are fetched: our newest is the tip, or lies just below it."""
CNAME = "CNAME"
ONLINE = "refs/site-builder/online"
_TRAILER = re.compile(r"^Site-Builder-(\w+): (.*)$", re.M)


class Tip(msgspec.Struct, frozen=True):
    """The newest commit of a branch.

    `foreign` says why the branch is not ours, or is empty; `files` is the
    manifest (path → SHA-256) of what it shows, `site` the id of the archive
    and `source` the commit of the sources that it was made from.
    """

    commit: str
    tree: str
    foreign: str = ""
    site: str = ""
    source: str = ""
    cname: str = ""
    files: Mapping[str, str] = {}


def trailers(*, tree: str, site: str, source: str) -> str:
    """The last lines of the message of our commits.

    The tree is named so that a commit that somebody amended is no longer taken for ours.
    """
    lines = [f"Site-Builder-Tree: {tree}", f"Site-Builder-Site: {site}"]
    return "\n".join([*lines, f"Site-Builder-Source: {source}"] if source else lines)


def look(git: Git, url: str, branch: str) -> Tip | None:
    """Fetch the branch and say what it is; None where the remote has no such branch.

    Raises `GitFailed`.
    """
    ref = f"refs/heads/{branch}"
    listed = git.run("ls-remote", "--heads", "--", url, ref).decode().splitlines()
    if not any(line.split("\t")[1:] == [ref] for line in listed):
        return None
    git.run("fetch", "--quiet", "--no-tags", f"--depth={DEPTH}", "--", url, f"+{ref}:{ONLINE}")
    commit = git.run("rev-parse", ONLINE).decode().strip()
    return _judged(git, commit)


def _judged(git: Git, commit: str) -> Tip:
    tree = git.run("rev-parse", f"{commit}^{{tree}}").decode().strip()
    cname = git.ask("cat-file", "blob", f"{tree}:{CNAME}").strip()
    sources = _sources(git, tree)
    if sources:
        return Tip(commit, tree, f"it holds sources ({sources})", cname=cname)
    said = _ours(git, commit)
    if said is None:
        who = git.ask("log", "-1", "--format=%h of %an, “%s”", commit)
        return Tip(commit, tree, f"its commit {who} is not of site-builder", cname=cname)
    try:
        files = manifest_of(git.run("cat-file", "blob", f"{tree}:{MANIFEST}"))
    except GitFailed:
        files = {}
    return Tip(commit, tree, "", said.get("Site", ""), said.get("Source", ""), cname, files)


def _ours(git: Git, commit: str) -> dict[str, str] | None:
    """The trailers of the newest commit if it is ours, or if only CNAME was changed since.

    GitHub commits that file itself when somebody sets the domain in its settings.
    """
    for _ in range(DEPTH):
        head, _, message = git.run("cat-file", "commit", commit).decode(
            "utf-8", "replace").partition("\n\n")
        said = dict(_TRAILER.findall(message))
        if f"tree {said.get('Tree')}" == head.partition("\n")[0]:
            return said
        parents = re.findall(r"^parent (\w+)$", head, re.M)
        if len(parents) != 1:
            return None
        changed = git.ask("diff-tree", "-r", "--name-only", parents[0], commit)
        if changed != CNAME:
            return None
        commit = parents[0]
    return None


def _sources(git: Git, tree: str) -> str:
    """A path that only the sources of a site have, or nothing."""
    names = git.run("ls-tree", "-r", "-z", "--name-only", tree).decode("utf-8", "replace")
    for name in names.split("\0"):
        if name == "site.toml" or name.endswith(("/site.toml", ".md")):
            return name
    return ""


def holds_sources(git: Git, revision: str) -> str:
    """A path in a local revision that only the sources of a site have, or nothing."""
    tree = git.ask("rev-parse", "--verify", "--quiet", f"{revision}^{{tree}}")
    return _sources(git, tree) if tree else ""
