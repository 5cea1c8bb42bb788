"""From records to a planner and a renderer, in this process or in one far away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

import site_builder
from site_builder.cache import FOLDER
from site_builder.config import SiteConfig
from site_builder.model import Article, FreePage, IdentityChange, Picture, Trace
from site_builder.pages.keys import digest
from site_builder.problems import Problems

if TYPE_CHECKING:
    from site_builder.build.sources import Sources
    from site_builder.build.texts import Texts
    from site_builder.finding.countries import Atlas
    from site_builder.finding.people import PeopleResolver
    from site_builder.indexing.archive import Archive
    from site_builder.pages.plan import Planner
    from site_builder.rendering.environment import Renderer


def theme_folders(site: Path, kind: str) -> list[Path]:
    """Where templates (or static files) come from: the site first, then the default theme."""
    package = Path(site_builder.__file__).parent
    default = package / "theme" / kind
    if not default.is_dir():
        default = package.parent / kind
    own = site / kind
    return [own, default] if own.is_dir() and own.resolve() != default.resolve() else [default]


class Authorities(NamedTuple):
    """Those who know which record a name means, and what the ledger says of merges."""

    people: PeopleResolver
    atlas: Atlas
    changes: tuple[IdentityChange, ...]


def authorities(
    sources: Sources, site: Path, config: SiteConfig, problems: Problems
) -> Authorities:
    """The authorities over a site's records; what is wrong with the ledger becomes a problem."""
    from site_builder.finding.countries import Atlas
    from site_builder.finding.people import PeopleResolver
    from site_builder.indexing import withheld
    from site_builder.reading import ledger

    changes = ledger.read(
        ledger.data(site, config), file=ledger.path(config), problems=problems)
    merged = {one.source: one.into for one in changes if one.kind == "merge"}
    return Authorities(PeopleResolver(withheld.apart(sources.people), merged),
                       Atlas(config.language, sources.countries, site / FOLDER), changes)


def planner(
    site: Path,
    config: SiteConfig,
    shown: list[Article],
    pages: list[FreePage],
    known: Authorities,
    problems: Problems,
    *,
    statics: Iterable[str],
    media: Iterable[str],
    texts: Texts,
    traces: Mapping[str, Trace],
    pictures: Mapping[str, Picture],
) -> Planner:
    """The planner over the articles that this build shows."""
    from site_builder.indexing.archive import Archive
    from site_builder.reading.text import text_of

    archive = Archive(config, shown, known.people, known.atlas, pages, problems, traces,
                      known.changes, lambda path: text_of(site / path))
    return planner_of(archive, known.atlas, site, texts, statics=statics, media=media,
                      pictures=pictures)


def planner_of(
    archive: Archive, atlas: Atlas, site: Path, texts: Texts, *, statics: Iterable[str],
    media: Iterable[str], pictures: Mapping[str, Picture], urls: dict[str, str] | None = None,
) -> Planner:
    """The planner over an archive; `urls` has the addresses of its articles where known."""
    from site_builder.build.readings import detail_of
    from site_builder.pages.plan import Planner
    from site_builder.pages.site import Site

    config = archive.config
    return Planner(Site(
        archive, atlas, lambda article: detail_of(article, texts.details, site, config),
        findings=texts.of, static=statics, files=media, pictures=pictures, urls=urls,
    ))


def base(planner: Planner, base: str, assets: Mapping[str, str]) -> str:
    """Stands for everything that every page shows; `base` for program and configuration."""
    hidden = planner.site.archive.hidden
    return digest(base, msgspec.msgpack.encode(
        [planner.menu(), planner.footer(), list(assets.items()),
         [(p.id, p.names, p.searchable, p.hidden, p.withhold) for p in hidden]]))


def renderer(
    site: Path, config: SiteConfig, planner: Planner, portable: bool, assets: Mapping[str, str],
    made_from: tuple[str, Mapping[str, str]],
) -> Renderer:
    """The renderer with the site's templates and menus; `made_from` as `Renderer` takes it."""
    from site_builder.rendering.environment import Renderer

    if not portable:
        planner.site.base_path = config.base_path
    return Renderer(config, theme_folders(site, "templates"), menu=planner.menu(),
                    footer=planner.footer(), portable=portable, assets=assets,
                    articles=len(planner.site.archive.articles), made_from=made_from)
