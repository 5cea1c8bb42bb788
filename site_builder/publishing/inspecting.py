"""The built site as a browser finds it: do its links, anchors and pictures lead anywhere?"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from site_builder.problems import Problem, Severity

_TAG = re.compile(r"<([a-z][a-z0-9]*)((?:\s+[^\s=<>\"]+(?:=\"[^\"]*\")?)*)\s*/?>")
_ATTRIBUTE = re.compile(r"\s([^\s=<>\"]+)(?:=\"([^\"]*)\")?")
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


class Inspector:
    """Reads the pages of one output folder.

    `files` are its output paths, `owners` says which source file a page was made from.
    """

    def __init__(
        self, output: Path, files: Iterable[str], base_path: str, owners: Mapping[str, str]
    ) -> None:
        self._output, self._files, self._base = output, frozenset(files), base_path
        self._owners = owners
        self._ids: dict[str, frozenset[str]] = {}
        self._links: dict[tuple[str, str], list[str]] = {}
        self._found: list[Problem] = []

    def problems(self) -> list[Problem]:
        """Everything that is wrong; what many pages share is told once, with their number."""
        for path in sorted(self._files):
            if path.endswith(".html"):
                self._page(path)
        for (target, fragment), pages in self._links.items():
            if target not in self._files:
                self._say("LK006", pages, f"links to {_address(target)}, where nothing is")
            elif fragment and target.endswith(".html") and fragment not in self._ids[target]:
                self._say("LK005", pages, f"links to #{fragment} of {_address(target)}, "
                          "which has no such anchor")
        return sorted(set(self._found))

    def _page(self, path: str) -> None:
        text = (self._output / path).read_text("utf-8", "replace")
        ids: set[str] = set()
        links: set[str] = set()
        for tag, written in _TAG.findall(text):
            if not written:
                continue
            attributes = dict(_ATTRIBUTE.findall(written))
            mark = attributes.get("id")
            if mark in ids:
                self._say("OU009", [path], f"has the id `{mark}` twice")
            if mark:
                ids.add(mark)
            links |= {attributes[name] for name in ("href", "src") if name in attributes}
            if "srcset" in attributes:
                links |= {part.split()[0] for part in attributes["srcset"].split(",") if part}
            if tag == "img" and "alt" not in attributes:
                self._say("OU010", [path], f"shows {attributes.get('src', 'a picture')} without "
                          "an alternative text")
        self._ids[path] = frozenset(ids)
        for link in links:
            found = self._resolved(path, unescape(link))
            if found:
                self._links.setdefault(found, []).append(path)

    def _resolved(self, page: str, link: str) -> tuple[str, str] | None:
        """Output path and fragment of a link into the site; None for one that leads elsewhere."""
        if _ELSEWHERE.match(link) or not link:
            return None
        address, _, fragment = link.partition("#")
        address = unquote(address.partition("?")[0])
        fragment = unquote(fragment)
        if not address:
            return page, fragment
        if address.startswith("/"):
            if not f"{address}/".startswith(f"{self._base}/"):
                return address, fragment  # outside the site: no file of ours has such a path
            path = address[len(self._base) + 1 :]
        else:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(page), address))
            path += "/" if address.endswith("/") and path != "." else ""
        if not path or path.endswith("/"):
            path += "index.html"
        return path, fragment

    def _say(self, code: str, pages: list[str], what: str) -> None:
        first = min(pages)
        more = f" (and {len(pages) - 1:,} more pages)" if len(pages) > 1 else ""
        self._found.append(Problem(
            self._owners.get(first, first), 0, 0, code, f"the page {_address(first)} {what}{more}",
            "look into the source of the page, or into the templates", Severity.ERROR))


def _address(path: str) -> str:
    return path if path.startswith("/") else "/" + path.removesuffix("index.html")
