"""What a link or picture in a body points to, decided in one place.

Links into the site are written as `/~/…` in the finished HTML: `/~/content/a.md#x`
for a file of the site, `/~//tags/oil/` for an address. The rendering room
replaces them by the addresses of the built site, so that a body does not
change when the site's address does.
"""

from __future__ import annotations

import html
import posixpath
import re
from urllib.parse import unquote, urlsplit

import msgspec

from site_builder.model import INTERNAL

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_INVISIBLE = re.compile("[\x00-\x20\x7f\u00ad\u200b-\u200f\u2028\u2029\ufeff]+")


class Target(msgspec.Struct, frozen=True):
    """`href` is what the HTML says; `internal` is what the site must resolve, or empty.

    `unsafe` names the scheme that was refused; `href` is empty then.
    """

    href: str
    internal: str = ""
    unsafe: str = ""
    remote: bool = False


def resolve(written: str, *, path: str) -> Target:
    """Judge an href or src as written in the file at `path` (relative to the site)."""
    text = html.unescape(written).strip()
    if text.startswith(INTERNAL):  # judged before: Markdown first, the sanitizer again
        return Target(text, internal=text[len(INTERNAL) :])
    if text.startswith("ref:"):  # a link by file name, from shortcodes
        return Target(INTERNAL + text, internal=text)
    # browsers drop control characters inside a scheme: "java\tscript:" runs
    scheme = _SCHEME.match(_INVISIBLE.sub("", text))
    if scheme:
        name = scheme[1].lower()
        if name not in SAFE_SCHEMES:
            return Target("", unsafe=name)
        try:
            remote = bool(urlsplit(text).netloc)
        except ValueError:
            return Target("", unsafe="broken address")
        return Target(text, remote=remote)
    if re.match(r"[/\\]{2}", text):
        return Target(text, remote=True)
    if not text or text.startswith("#"):
        return Target(text, internal=text)
    address, mark, fragment = text.partition("#")
    address = address.partition("?")[0]
    address = unquote(address)
    if address.startswith("/"):
        internal = address
    else:
        internal = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
        if address.endswith("/"):
            internal += "/"
    internal += mark + fragment
    return Target(INTERNAL + internal, internal=internal)
