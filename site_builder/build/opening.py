"""The whole archive opened to be looked at, drafts and articles of the future included."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from site_builder.build import digests, planning
from site_builder.build.readings import detail_of
from site_builder.build.records import reading_generation
from site_builder.build.sources import Sources, read_all
from site_builder.build.workers import workers
from site_builder.config import SiteConfig
from site_builder.model import Article
from site_builder.problems import Problem, Problems, Refusal

if TYPE_CHECKING:
    from site_builder.finding.countries import Atlas
    from site_builder.finding.people import PeopleResolver
    from site_builder.indexing.archive import Archive


class Opened(msgspec.Struct, frozen=True):
    """Every record, who is meant by what, and the finished body of each article.

    `unread` says what is wrong with the articles that are not among them.
    """

    sources: Sources
    people: PeopleResolver
    atlas: Atlas
    html: Callable[[Article], str]
    unread: tuple[Problem, ...] = ()


def open_sources(site: Path, config: SiteConfig, *, without_bad: bool = False) -> Opened:
    """Read the archive, from the cache where that is fresh; nothing is written.

    Raises `Refusal` (exit code 1) with all problems of files that cannot be
    read: who knows whom they name. `without_bad` does without such articles,
    but not without records.
    """
    problems = Problems()
    generation = reading_generation(config, digests.program())
    pool = workers("processes", 0)
    try:
        sources = read_all(site, config, generation, pool, problems, keep=False)
    finally:
        pool.close()
    problems.extend(sources.problems())
    texts = f"{config.content.articles.strip('/')}/"
    if problems.errors and not (
            without_bad and all(p.file.startswith(texts) for p in problems.errors)):
        raise Refusal(problems.errors, exit_code=1)
    people, atlas, _ = planning.authorities(sources, site, config, Problems())
    return Opened(sources, people, atlas,
                  lambda article: detail_of(article, sources.details, site, config).html,
                  tuple(problems.errors))


def open_archive(site: Path, config: SiteConfig, opened: Opened) -> Archive:
    """The archive over all articles, with what is found in their texts."""
    from site_builder.build.texts import Texts
    from site_builder.indexing.archive import Archive

    pool = workers("processes", 0)
    try:
        texts = Texts(site, config, opened.people, opened.atlas,
                      details=opened.sources.details, keep=False)
        traces = texts.find_all(opened.sources.articles, pool)
    finally:
        pool.close()
    return Archive(config, opened.sources.articles, opened.people, opened.atlas,
                   opened.sources.pages, Problems(), traces)
