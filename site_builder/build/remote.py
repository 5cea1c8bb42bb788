"""Finding and making pages in processes that share nothing but the site's and output's folders.

What a part needs lies in a file beside the cache: each process reads it once
for a build, makes the index anew (the same records give the same index) and
stages the pages itself.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import msgspec

from site_builder import cache
from site_builder.build import planning
from site_builder.build.making import Job, Stage
from site_builder.build.sources import Sources, details, kept_rows, library_path
from site_builder.build.texts import Texts, kept_traces, trace_of
from site_builder.cache import Library, Rows
from site_builder.config import SiteConfig
from site_builder.model import Article, Picture
from site_builder.problems import Problems
from site_builder.publishing.leaks import Watch
from site_builder.publishing.scanning import Scanner


class Order(msgspec.Struct):
    """Everything about a job that the site's library does not say."""

    config: SiteConfig
    sources: str
    hidden: list[str]
    statics: list[str]
    media: list[str]
    pictures: Mapping[str, Picture]
    base: str
    templates: Mapping[str, str]
    known: Mapping[str, str]
    todo: list[str]
    portable: bool
    assets: Mapping[str, str] = {}
    output: str = ""
    stage: str = ""
    old: Mapping[str, str] = {}
    signs: list[str] = []
    unusual: list[str] = []


def work(
    job: Job, site: Path, config: SiteConfig, sources: Sources, shown: Collection[str],
    portable: bool,
) -> Callable[[tuple[int, int]], bytes]:
    """A function for the workers that makes the groups of a span."""
    kept = set(shown)
    order = Order(
        config, sources.digest, [a.path for a in sources.articles if a.path not in kept],
        sorted(job.planner.site.static), sorted(job.planner.site.files),
        job.planner.site.pictures, job.base, job.templates,
        job.known, [group.id for group in job.groups], portable,
    )
    if job.stage is not None:
        assert job.renderer is not None
        order.assets = job.renderer.assets
        order.output, order.stage = str(job.stage.output), str(job.stage.stage)
        order.old, order.signs = job.stage.old, job.watch.signs
        order.unusual = sorted(job.scanner.unusual) if job.scanner else []
    path = site / cache.FOLDER / "order.msgpack"
    cache.save(path, order)
    return functools.partial(_make, str(site), hashlib.sha256(path.read_bytes()).hexdigest())


def finding(
    site: Path, config: SiteConfig, who: str
) -> Callable[[list[tuple[str, str]]], bytes]:
    """A function for the workers that reads the texts of articles, by path and page digest.

    `who` is the `Texts.identity` of the build.
    """
    return functools.partial(
        _find, str(site), msgspec.msgpack.encode(config),
        hashlib.sha256(library_path(site).read_bytes()).hexdigest(), who)


def _find(site: str, config: bytes, sum_: str, who: str, part: list[tuple[str, str]]) -> bytes:
    texts, articles = _reader(site, config, sum_)
    found = [article for path, digest in part
             if (article := articles.get(path)) is not None and article.page_digest == digest]
    if texts.identity != who or len(found) != len(part):
        raise RuntimeError(f"the worker does not see the build's records below {site}")
    return texts.read_part(found)


@functools.lru_cache(maxsize=1)
def _reader(site_path: str, encoded: bytes, sum_: str) -> tuple[Texts, dict[str, Article]]:
    site, config = Path(site_path), msgspec.msgpack.decode(encoded, type=SiteConfig)
    library = cache.load(library_path(site), Library)
    rows = (kept_rows(site, library) if library else None) or Rows()
    sources = Sources(lambda: rows, sum_, details(site))
    people, atlas, _ = planning.authorities(sources, site, config, Problems())
    texts = Texts(site, config, people, atlas, details=sources.details, keep=False)
    return texts, {article.path: article for article in sources.articles}


def _make(site: str, sum_: str, span: tuple[int, int]) -> bytes:
    job = _job(site, sum_)
    return msgspec.msgpack.encode([job.make(group) for group in job.groups[span[0] : span[1]]])


@functools.lru_cache(maxsize=1)
def _job(site_path: str, sum_: str) -> Job:
    site = Path(site_path)
    path = site / cache.FOLDER / "order.msgpack"
    order = cache.load(path, Order)
    library = cache.load(library_path(site), Library)
    found = kept_traces(site)
    rows = kept_rows(site, library) if library else None
    if order is None or rows is None or found is None \
            or hashlib.sha256(path.read_bytes()).hexdigest() != sum_:
        raise RuntimeError(f"the worker does not see the build's files below {site}")
    hidden = set(order.hidden)
    sources = Sources(lambda: rows, "", details(site))
    known = planning.authorities(sources, site, order.config, Problems())
    planner = planning.planner(
        site, order.config, [a for a in sources.articles if a.path not in hidden], sources.pages,
        known, Problems(), statics=order.statics, media=order.media,
        pictures=order.pictures,
        texts=Texts(site, order.config, known.people, known.atlas, details=sources.details),
        traces={path: trace_of(trace) for path, (_, trace) in found.rows.items()},
    )
    groups = {group.id: group for group in planner.groups()}
    stage = Stage(Path(order.output), Path(order.stage), order.old) if order.stage else None
    return Job(
        planner, [groups[id] for id in order.todo], base=order.base, templates=order.templates,
        known=order.known, stage=stage, watch=Watch(order.signs),
        renderer=planning.renderer(site, order.config, planner, order.portable,
                                   order.assets, (order.base, order.templates))
        if stage else None,
        scanner=Scanner(order.config.base_path, portable=order.portable, unusual=order.unusual)
        if stage else None,
    )
