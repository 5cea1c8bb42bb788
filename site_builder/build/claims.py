"""Every output file belongs to one source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.build.making import Written
from site_builder.cache import GroupRow
from site_builder.pages.paths import Registry
from site_builder.pages.site import medium_path
from site_builder.problems import Problems

if TYPE_CHECKING:
    from site_builder.build.pictures import Album, Files


class Claims:
    """Who asks for which output file: static files, pages, media and the search index."""

    def __init__(
        self, site: Path, rows: Sequence[GroupRow], statics: Files, search: Sequence[Written],
        album: Album | None,
    ) -> None:
        self._site, self._rows, self._statics = site, rows, statics
        self._search, self._album = search, album
        self._media = {source for row in rows for source in row.media}

    def clash(self, problems: Problems) -> bool:
        """Give every file to its owner; whether something was claimed twice."""
        registry = Registry(problems)
        claims = [registry.claim(path, f"static/{path}") for path in sorted(self._statics)]
        for row in self._rows:
            problems.extend(row.problems)
            claims += [registry.claim(p.path, p.owner, line=p.line) for p in row.pages]
        claims += [registry.claim(file.path, "the search index") for file in self._search]
        for source in sorted(self._media):
            if source.lower().endswith(".svg"):
                self._look_at_svg(source, problems)
        claims += [registry.claim(path, source) for source in sorted(self._media)
                   for path in self._made_of(source)]
        return not all(claims)

    def files(self) -> set[str]:
        """Every file that the site has."""
        found = {page.path for row in self._rows for page in row.pages}
        found.update(self._statics, [file.path for file in self._search])
        for source in self._media:
            found.update(self._made_of(source))
        return found

    def _made_of(self, source: str) -> Iterable[str]:
        """The output paths of a medium: itself, or what is made of a picture."""
        return (self._album and self._album.outputs(source)) or (medium_path(source),)

    def _look_at_svg(self, source: str, problems: Problems) -> None:
        from site_builder.reading.svg import dangers

        found = dangers((self._site / source).read_bytes())
        if found:
            problems.add(
                "MD010", "the picture holds " + ", ".join(found[:3]), file=source, line=1,
                column=1, hint="export it as a plain SVG, or as a PNG; yours alone may lie in "
                "static/",
            )
