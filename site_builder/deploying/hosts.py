"""What hosts of static sites expect: where a repository's pages lie, and its domain."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from site_builder.config import SiteConfig

_GITHUB = re.compile(
    r"(?:https?://(?:[^@/]*@)?|ssh://git@|git@)(?:ssh\.)?github\.com(?::443)?[:/]"
    r"(?P<owner>[^/]+)/(?P<name>[^/]+?)(?:\.git)?/?", re.I)
_PLATFORMS = ("github.io", "gitlab.io", "codeberg.page", "netlify.app", "pages.dev", "localhost",
              "example.org", "example.com", "example.net")
"""Whose names are no domains of the site's own; the last three stand in examples (RFC 2606)."""


def pages_address(remote: str) -> str:
    """The address of GitHub Pages for a remote on GitHub; empty for others.

    A repository `NAME.github.io` of the user NAME lies at the root of that
    host, any other below its own name (docs.github.com, Types of GitHub Pages sites).
    """
    found = _GITHUB.fullmatch(remote)
    if not found:
        return ""
    host = f"{found['owner'].lower()}.github.io"
    name = found["name"]
    return f"https://{host}" if name.lower() == host else f"https://{host}/{name}"


def at_odds(config: SiteConfig, remote: str) -> str:
    """A sentence where `base_url` cannot be the address of what is pushed to `remote`."""
    if urlsplit(config.base_url).hostname in _PLATFORMS[-3:]:
        return f"base_url is {config.base_url}, an address that only stands in examples"
    expected = pages_address(remote)
    if not expected:
        return ""
    own, there = urlsplit(config.base_url), urlsplit(expected)
    on_github = own.netloc.lower().endswith(".github.io")
    if on_github and (own.netloc.lower(), own.path) != (there.netloc, there.path):
        return f"base_url is {config.base_url}, but this remote is shown at {expected}"
    if not on_github and own.path not in ("", there.path):
        return (f"base_url has the path {own.path}, but a domain of its own shows this remote "
                "without a path")
    return ""


def domain(config: SiteConfig) -> str:
    """The site's own domain, for the file CNAME; empty where it has none.

    A site below a path shares a domain that another repository holds.
    """
    host = (urlsplit(config.base_url).hostname or "").lower()
    if config.base_path or "." not in host:
        return ""
    if any(host == name or host.endswith("." + name) for name in _PLATFORMS):
        return ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host
    return ""
