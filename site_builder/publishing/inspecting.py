"""The built site as a browser finds it: do its links, anchors and pictures lead anywhere?"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from pathlib import Path

import msgspec

from site_builder.problems import Problem, Severity
from site_builder.publishing.scanning import Fault, Seen, exactly, own_faults, resolved

CODES = frozenset(("LK005", "LK006", "OU009", "OU010"))


class Origin(msgspec.Struct, frozen=True):
    """Where a page comes from, and what is known of its links.

    `told` are links of its text that a problem names already. `soft` are others that somebody
    wrote into content: they count as `checks.broken_links` says. With `copied` the whole page
    is a file that its owner gave as it is.
    """

    owner: str
    told: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()
    copied: bool = False


class Inspector:
    """Reads the pages of one output folder, exactly.

    `files` are its output paths, `base` is the path that the site lies under.
    """

    def __init__(self, output: Path, files: Iterable[str], base: str) -> None:
        self._output, self._files, self._base = output, frozenset(files), base
        self._seen: dict[str, Seen] = {}

    def faults(self) -> list[Fault]:
        """Everything that is wrong with any page."""
        found: list[Fault] = []
        pages = [path for path in sorted(self._files) if path.endswith(".html")]
        for path in pages:
            self._seen[path] = exactly((self._output / path).read_text("utf-8", "replace"))
        ids = {path: frozenset(seen.ids) for path, seen in self._seen.items()}
        for path in pages:
            seen = self._seen[path]
            found += own_faults(path, seen)
            for link in seen.links:
                target = resolved(path, link, self._base)
                code = target and verdict(*target, self._files, ids)
                if target and code:
                    found.append(Fault(path, code, *target))
        return sorted(set(found))


def verdict(
    target: str, fragment: str, files: Container[str], ids: Mapping[str, Container[str]]
) -> str:
    """The code of what is wrong with a link, or nothing."""
    if target not in files:
        return "LK006"
    if fragment and target.endswith(".html") and fragment not in ids[target]:
        return "LK005"
    return ""


def problems(
    faults: Iterable[Fault], origins: Mapping[str, Origin], broken_links: Severity
) -> list[Problem]:
    """Faults as they are told: what many pages share once, with their number.

    Links of texts that a problem names already are left out.
    """
    found: list[Problem] = []
    links: dict[tuple[str, str, str], list[str]] = {}
    hard: set[tuple[str, str, str]] = set()
    known: dict[str, tuple[frozenset[tuple[str, str]], ...]] = {}
    for fault in sorted(set(faults)):
        page = fault.page
        origin = origins.get(page) or Origin(page)
        if fault.code == "OU009":
            message = f"has the id `{fault.target}` twice"
        elif fault.code == "OU010":
            message = f"shows {fault.target} without an alternative text"
        else:
            if page not in known:
                known[page] = tuple(frozenset(
                    place for link in written if (place := resolved(page, link, "")))
                    for written in (origin.told, origin.soft))
            told, soft = known[page]
            if (fault.target, fault.fragment) not in told:
                key = (fault.code, fault.target, fault.fragment)
                links.setdefault(key, []).append(page)
                if not origin.copied and (fault.target, fault.fragment) not in soft:
                    hard.add(key)
            continue
        found.append(_problem(fault.code, [page], message, origins,
                              Severity.WARNING if origin.copied else Severity.ERROR))
    for (code, target, fragment), pages in links.items():
        message = (f"links to {_address(target)}, where nothing is" if code == "LK006" else
                   f"links to #{fragment} of {_address(target)}, which has no such anchor")
        severity = Severity.ERROR if (code, target, fragment) in hard else broken_links
        found.append(_problem(code, pages, message, origins, severity))
    return sorted(set(found))


def _problem(
    code: str, pages: list[str], what: str, origins: Mapping[str, Origin], severity: Severity
) -> Problem:
    first = min(pages)
    more = f" (and {len(pages) - 1:,} more pages)" if len(pages) > 1 else ""
    origin = origins.get(first)
    return Problem(
        origin.owner if origin else first, 0, 0, code,
        f"the page {_address(first)} {what}{more}",
        "look into the source of the page, or into the templates", severity)


def _address(path: str) -> str:
    return path if path.startswith("/") else "/" + path.removesuffix("index.html")
