"""The one function from addresses to output files, and the one registry that hands them out."""

from __future__ import annotations

import re
import unicodedata

from site_builder.problems import Problems
from site_builder.reading.slugs import RESERVED

_SEGMENT = re.compile(r"[\w.~!$'()+,=@%-]+")
MAX_SEGMENT_BYTES = 200
_PLAIN = re.compile(r"(?:/(?!(?:con|prn|aux|nul|com\d|lpt\d)/)[a-z0-9][a-z0-9_-]{0,150})+/")


def output_path(url: str) -> str:
    """The file below the output folder for a site path: `/a/b/` → `a/b/index.html`.

    Raises ValueError with a sentence for an address that cannot be a file on
    every platform or would leave the output folder.
    """
    if _PLAIN.fullmatch(url):  # as nearly all are
        return f"{url[1:]}index.html"
    if not url.startswith("/"):
        raise ValueError(f"{url!r} does not start with /")
    path = url[1:] + "index.html" if url.endswith("/") else url[1:]
    for segment in path.split("/"):
        if not segment or segment.startswith(".") or segment.endswith("."):
            raise ValueError(f"{url!r} holds the segment {segment!r}")
        if not _SEGMENT.fullmatch(segment):
            raise ValueError(f"{url!r} holds characters that no file name should")
        if len(segment.encode()) > MAX_SEGMENT_BYTES:
            raise ValueError(f"{url!r} holds a segment of more than {MAX_SEGMENT_BYTES} bytes")
        if segment.partition(".")[0].lower() in RESERVED:
            raise ValueError(f"{url!r} holds {segment!r}, a name that Windows keeps for itself")
    return path


class Registry:
    """Who owns which output file. A second claim is a problem that names both."""

    def __init__(self, problems: Problems) -> None:
        self._owners: dict[str, str] = {}
        self._problems = problems

    def claim(self, path: str, owner: str, *, line: int = 0) -> bool:
        """Whether the output file `path` now belongs to `owner` (a source file, or words).

        Names that differ only in case or in Unicode form are one file on some systems.
        """
        key = path.casefold() if path.isascii() else \
            unicodedata.normalize("NFC", path).casefold()
        other = self._owners.setdefault(key, owner)
        if other is owner or other == owner:
            return True
        url = "/" + path.removesuffix("index.html")
        self._problems.add(
            "UR001", f"{url} is claimed by {other} and by {owner}",
            file=owner if "/" in owner else "", line=line, column=1 if line else 0,
            hint="give one of the two another slug",
        )
        return False
