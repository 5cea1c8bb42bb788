"""One deploy: what the build made becomes the next commit of a branch, or nothing happens."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from site_builder.cache import FOLDER
from site_builder.config import SiteConfig
from site_builder.deploying import branch as branches
from site_builder.deploying import commit as commits
from site_builder.deploying import hosts
from site_builder.deploying.branch import CNAME, Tip
from site_builder.deploying.git import Git, GitFailed, own_repository
from site_builder.problems import Problem, Problems, Refusal, Severity
from site_builder.publishing.vanishing import vanished

TRIES = 3


class Wish(msgspec.Struct, frozen=True):
    """What the command line says: the remote by name, address or path, and its branch.

    `articles` is how many the build showed.
    """

    remote: str = "origin"
    branch: str = "gh-pages"
    message: str = ""
    dry_run: bool = False
    allow_removal: bool = False
    articles: int = 0


class Outcome(msgspec.Struct, frozen=True):
    """What a deploy did. `commit` is empty where nothing had changed, or in a dry run."""

    url: str
    commit: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def deploy(
    site: Path, config: SiteConfig, output: Path, files: Mapping[str, str], wish: Wish
) -> Outcome:
    """Put the files of a manifest (path → SHA-256, below `output`) on the branch.

    Raises `Refusal`: the branch is not ours or holds sources (exit code 2), too
    much would be gone or a file is not as built (1), another deploy is running
    or was faster (3), git or the network failed (4).
    """
    import filelock

    if not wish.articles and not wish.allow_removal:
        raise _refused("DP002", "the site has no articles", exit_code=1,
                       hint="if it is meant, deploy with --allow-removal")
    problems = Problems()
    folder = site / FOLDER / "deploy.git"
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(folder.with_suffix(".lock"), timeout=0):
            return _deploy(site, config, output, files, wish, folder, problems)
    except filelock.Timeout:
        raise _refused("DP005", "another deploy of this site is running", "wait for it to end",
                       exit_code=3) from None
    except GitFailed as failed:
        raise _refused("DP003", f"git failed: {_first(str(failed))}",
                       "look at the remote's address and your right to push there") from None


def _deploy(
    site: Path, config: SiteConfig, output: Path, files: Mapping[str, str], wish: Wish,
    folder: Path, problems: Problems,
) -> Outcome:
    user = Git(site)
    url = _address(user, site, wish)
    remote = user.ask("config", "--get", f"remote.{wish.remote}.url") or wish.remote
    _look_at_the_sources(user, wish)
    odd = hosts.at_odds(config, remote)
    if odd:
        problems.add("DP004", odd, file="site.toml", severity=Severity.WARNING,
                     hint="links and pictures would not be found: set base_url in site.toml")
    git = own_repository(folder, user.lent())
    for _ in range(TRIES):
        tip = branches.look(git, url, wish.branch)
        _judge(tip, config, files, wish)
        tree = commits.tree(git, output, files, _extra(tip, config, problems))
        added, changed, removed = commits.changes(git, tip.tree if tip else "", tree)
        done = Outcome(url, "", tuple(added), tuple(changed), tuple(removed),
                       tuple(problems.sorted()))
        if wish.dry_run or (tip and tip.tree == tree):
            return done
        message = wish.message or f"Publish {config.title}"
        source = user.ask("rev-parse", "--verify", "--quiet", "HEAD")
        own = branches.trailers(tree=tree, site=config.id, source=source)
        new = commits.commit(git, tree, tip.commit if tip else "", f"{message}\n\n{own}\n")
        if _push(git, url, new, wish.branch):
            return msgspec.structs.replace(done, commit=new)
    raise _refused("DP005", f"{url} moved on again and again while this site was pushed",
                   "try again when nobody else deploys", exit_code=3)


def _address(user: Git, site: Path, wish: Wish) -> str:
    """The address of the remote, as git understands it from any folder."""
    named = user.ask("remote", "get-url", "--push", wish.remote)
    url = named or wish.remote
    if not named and not any(sign in wish.remote for sign in "/:\\"):
        known = ", ".join(user.ask("remote").split())
        raise _refused("DP003", f"there is no remote {wish.remote!r}",
                       f"known here: {known}" if known else "give its address with --remote")
    if ":" in url.partition("/")[0]:  # a scheme, or the host of ssh's short form
        return url
    top = user.ask("rev-parse", "--show-toplevel") if named else ""
    return str((Path(top or Path.cwd()) / url).resolve())


def _look_at_the_sources(user: Git, wish: Wish) -> None:
    """A branch that the user works on is never deployed to, whatever the remote has."""
    if user.ask("check-ref-format", "--branch", wish.branch) != wish.branch:
        raise _refused("DP001", f"{wish.branch!r} is no name for a branch", "name another one",
                       exit_code=2)
    if user.ask("symbolic-ref", "--quiet", "--short", "HEAD") == wish.branch:
        raise _refused(
            "DP001", f"{wish.branch} is the branch that you are working on",
            "the site needs a branch of its own: --branch gh-pages", exit_code=2)
    found = branches.holds_sources(user, f"refs/heads/{wish.branch}")
    if found:
        raise _refused("DP001", f"your branch {wish.branch} holds sources ({found})",
                       "the site needs a branch of its own: --branch gh-pages", exit_code=2)


def _judge(tip: Tip | None, config: SiteConfig, files: Mapping[str, str], wish: Wish) -> None:
    if tip and tip.foreign:
        raise _refused(
            "DP001", f"the branch {wish.branch} is not ours to write to: {tip.foreign}",
            "name another branch with --branch; or take over what was changed there, and delete "
            "the branch yourself", exit_code=2)
    if wish.allow_removal:
        return
    if tip and tip.site != config.id:
        raise _refused(
            "DP001", f"the branch {wish.branch} shows another site, {tip.site}",
            "if this site only has a new address, deploy with --allow-removal; "
            "`id` in site.toml keeps its name when it moves", exit_code=2)
    gone = vanished(tip.files, files, config.limits.vanished_percent) if tip else ""
    if gone:
        raise _refused("DP002", f"{gone} of the branch {wish.branch}", exit_code=1,
                       hint="look for missing sources; if it is meant, deploy with "
                            "--allow-removal")


def _extra(tip: Tip | None, config: SiteConfig, problems: Problems) -> dict[str, bytes]:
    """What a host wants beside the site: no Jekyll, and the domain."""
    extra = {".nojekyll": b""}
    own, there = hosts.domain(config), tip.cname if tip else ""
    if own or there:
        extra[CNAME] = f"{own or there}\n".encode()
    if there and own != there:
        becomes = f"becomes {own}" if own else "stays"
        problems.add("DP004", f"the branch's domain is {there}, base_url is {config.base_url}: "
                     f"the domain {becomes}", file="site.toml", severity=Severity.WARNING,
                     hint="set base_url to the address that readers type")
    return extra


def _push(git: Git, url: str, commit: str, branch: str) -> bool:
    """Whether the branch is now at `commit`; False where it moved on meanwhile. Never by force."""
    try:
        git.run("push", "--porcelain", "--no-verify", "--", url, f"{commit}:refs/heads/{branch}")
    except GitFailed as failed:
        text = str(failed)
        if any(sign in text for sign in ("fetch first", "non-fast-forward", "cannot lock ref",
                                         "failed to update ref", "stale info")):
            return False
        raise
    return True


def _first(said: str) -> str:
    """The line of git's that says why."""
    lines = [line for line in said.splitlines() if line.strip()]
    why = [line for line in lines if line.startswith(("fatal:", "remote:", "error:"))]
    return "; ".join(dict.fromkeys(line.strip() for line in (why or lines)[:3]))


def _refused(code: str, message: str, hint: str, *, exit_code: int = 4) -> Refusal:
    return Refusal(Problem("", 0, 0, code, message, hint), exit_code=exit_code)
