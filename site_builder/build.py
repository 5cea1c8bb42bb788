"""The pipeline: scan → read → index → plan → render → publish."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack
from functools import partial
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path

import msgspec

import site_builder
from site_builder import config as configuration
from site_builder.cache import ArticleCache
from site_builder.config import SiteConfig
from site_builder.finding.countries import Atlas
from site_builder.finding.people import PeopleResolver
from site_builder.indexing.archive import Archive
from site_builder.model import Article, Country, FreePage, Person
from site_builder.pages.plan import Plan, plan
from site_builder.problems import Problem, Problems, Refusal, Severity
from site_builder.publishing.folder import OutputFolder, digest
from site_builder.reading import authorities
from site_builder.reading.articles import ReadArticle
from site_builder.reading.articles import read as read_article
from site_builder.reading.scan import MEDIA, STATIC, SourceFile, scan
from site_builder.rendering.environment import Renderer

CACHE_FOLDER = ".site-builder"
WORTH_WORKERS = 200
CHUNK = 50

Progress = Callable[[str, int, int], None]


class Options(msgspec.Struct, frozen=True):
    """What the command line says of one build. `jobs` 0 means one for each processor."""

    site: Path
    output: Path | None = None
    base_url: str | None = None
    drafts: bool = False
    future: bool = False
    jobs: int = 0
    clean: bool = False
    portable: bool = False
    publish: bool = True


class Report(msgspec.Struct, frozen=True):
    """What a build did. `left_out` names articles and the reason; paths are below the output."""

    problems: tuple[Problem, ...]
    failed: bool
    articles: int = 0
    people: int = 0
    countries: int = 0
    pages: int = 0
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0
    output: Path = Path()


class Sources(msgspec.Struct, frozen=True):
    """The records of a whole site."""

    articles: list[tuple[Article, str]]
    people: list[Person]
    countries: list[Country]
    pages: list[FreePage]


def build(options: Options, *, progress: Progress = lambda stage, done, total: None) -> Report:
    """Build the site. Raises `Refusal` when that is not possible at all."""
    started = time.perf_counter()
    site = options.site.resolve()
    config = configuration.load(site, base_url=options.base_url)
    output = (options.output or site / config.output).absolute()
    problems = Problems()
    with ExitStack() as stack:
        folder = None
        if options.publish:
            stack.enter_context(_locked(output))
            folder = OutputFolder(output, site=site, sources=_source_folders(config))
            folder.recover()
        cache_folder = site / CACHE_FOLDER
        if options.clean:
            shutil.rmtree(cache_folder, ignore_errors=True)
        sources = read_site(site, config, options, problems, progress)
        articles, left_out = _published(sources, options, config)
        people = PeopleResolver(sources.people)
        atlas = Atlas(config.language, sources.countries, cache_folder)
        _records_at_odds(people, atlas, problems)
        archive = Archive(config, [a for a, _ in articles], people, atlas, sources.pages, problems)
        statics = _static_files(site, problems)
        media = [
            f.path for f in scan(site, "content", problems, wanted=lambda s: s in MEDIA)
        ]
        planned = plan(archive, people, atlas, problems, static=statics, files=media)
        report = partial(
            Report, articles=len(articles), people=len(archive.people),
            countries=len(archive.countries), pages=len(planned.pages),
            left_out=tuple(left_out), output=output,
        )
        if problems.errors or folder is None:
            return report(
                problems=tuple(problems.sorted()), failed=bool(problems.errors),
                seconds=time.perf_counter() - started,
            )
        bodies = {article.path: html for article, html in articles}
        old = folder.manifest()
        files, staged = _render(site, config, options, planned, bodies, statics, folder, old,
                                progress)
        _refuse_vanished(old, files, config, problems)
        changed, removed = folder.publish(staged, files, problems)
    return report(
        problems=tuple(problems.sorted()), failed=False, changed=tuple(changed),
        removed=tuple(removed), seconds=time.perf_counter() - started,
    )


def read_site(
    site: Path, config: SiteConfig, options: Options, problems: Problems, progress: Progress
) -> Sources:
    """Read every source of a site; unchanged articles come from the cache."""
    found = scan(site, config.content.articles, problems)
    cache = ArticleCache(site / CACHE_FOLDER / "articles.sqlite", _generation(config))
    ready: dict[str, ReadArticle] = {}
    todo: list[tuple[str, str, bytes]] = []
    for source in found:
        data = authorities.read_bytes(site, source.path, problems)
        if data is None:
            continue
        key = cache.key(source.path, data)
        known = cache.get(source.path, key)
        if known is None:
            todo.append((source.path, key, data))
        else:
            ready[source.path] = known
    jobs = options.jobs or os.cpu_count() or 1
    parts = [todo[i : i + CHUNK] for i in range(0, len(todo), CHUNK)]
    done = 0
    new: list[tuple[str, str, ReadArticle]] = []
    with ExitStack() as stack:
        run = map
        if jobs > 1 and len(todo) > WORTH_WORKERS:
            run = stack.enter_context(_workers(jobs)).map  # type: ignore[assignment]
        for part, results in zip(parts, run(partial(_read_part, config), parts), strict=True):
            for (path, key, _), read in zip(part, results, strict=True):
                ready[path] = read
                new.append((path, key, read))
            done += len(part)
            progress("reading", done, len(todo))
    if options.publish:
        cache.put(new, {source.path for source in found})
    cache.close()
    articles = []
    for path in sorted(ready):
        problems.extend(ready[path].problems)
        article = ready[path].article
        if article is not None:
            articles.append((article, ready[path].html))
    return Sources(articles, *_records(site, config, problems))


def _read_part(config: SiteConfig, part: Sequence[tuple[str, str, bytes]]) -> list[ReadArticle]:
    return [read_article(data, path=path, config=config) for path, _, data in part]


def _workers(jobs: int) -> Executor:
    try:
        return ProcessPoolExecutor(jobs, mp_context=get_context("fork"))
    except ValueError:  # no fork on this system
        return ProcessPoolExecutor(jobs)


def _records(
    site: Path, config: SiteConfig, problems: Problems
) -> tuple[list[Person], list[Country], list[FreePage]]:
    people, countries, pages = [], [], []
    for source, data in _read_all(site, config.content.people, problems):
        person = authorities.read_person(data, path=source.path, config=config, problems=problems)
        if person:
            people.append(person)
    for source, data in _read_all(site, config.content.countries, problems):
        country = authorities.read_country(
            data, path=source.path, config=config, problems=problems)
        if country:
            countries.append(country)
    for source, data in _read_all(site, config.content.pages, problems):
        page = authorities.read_page(data, path=source.path, config=config, problems=problems)
        if page:
            pages.append(page)
    return people, countries, pages


def read_records(
    site: Path, config: SiteConfig, problems: Problems
) -> tuple[list[Person], list[Country]]:
    """The authority records of a site."""
    people, countries, _ = _records(site, config, problems)
    return people, countries


def _read_all(
    site: Path, folder: str, problems: Problems
) -> list[tuple[SourceFile, bytes]]:
    found = []
    for source in scan(site, folder, problems):
        data = authorities.read_bytes(site, source.path, problems)
        if data is not None:
            found.append((source, data))
    return found


def _published(
    sources: Sources, options: Options, config: SiteConfig
) -> tuple[list[tuple[Article, str]], list[tuple[str, str]]]:
    """The articles that this build shows, and those that it leaves out with the reason.

    The clock is read here only; `SOURCE_DATE_EPOCH` stands in for it
    (reproducible-builds.org). An article is out of the future when its day has
    begun in the site's time zone.
    """
    now = int(os.environ.get("SOURCE_DATE_EPOCH") or dt.datetime.now(dt.UTC).timestamp())
    shown, left_out = [], []
    for article, html in sources.articles:
        embargo = article.publish_at
        if article.draft and not options.drafts:
            left_out.append((article.path, "draft"))
        elif embargo and embargo.epoch > now and not options.future:
            left_out.append((article.path, f"embargoed until {embargo.iso}"))
        elif article.date.epoch > now and not embargo and not options.future:
            left_out.append((article.path, f"dated in the future ({article.date.iso})"))
        else:
            shown.append((article, html))
    return shown, left_out


def _records_at_odds(people: PeopleResolver, atlas: Atlas, problems: Problems) -> None:
    for one, two, name in people.duplicates():
        problems.add(
            "ID005", f"{name!r} is a name in {one.path} and in {two.path}", file=two.path,
            line=two.lines.get("name", 1), column=1,
            hint="leave it in one of the two", severity=Severity.WARNING,
        )
    for first, second, name in atlas.duplicates():
        problems.add(
            "ID005", f"{name!r} is a name in {first.path} and in {second.path}",
            file=second.path, line=1, column=1, hint="leave it in one of the two",
        )


def theme_folders(site: Path, kind: str) -> list[Path]:
    """Where templates (or static files) come from: the site first, then the default theme."""
    package = Path(site_builder.__file__).parent
    default = package / "theme" / kind
    if not default.is_dir():
        default = package.parent / kind
    own = site / kind
    return [own, default] if own.is_dir() and own.resolve() != default.resolve() else [default]


def _static_files(site: Path, problems: Problems) -> dict[str, Path]:
    """Output path → file, the site's own before the theme's."""
    found: dict[str, Path] = {}
    for folder in theme_folders(site, "static"):
        for source in scan(folder, ".", problems, wanted=lambda s: s in STATIC or s == ""):
            path = source.path.removeprefix("./")
            found.setdefault(path, folder / path)
    return found


def _render(
    site: Path,
    config: SiteConfig,
    options: Options,
    planned: Plan,
    bodies: dict[str, str],
    statics: dict[str, Path],
    folder: OutputFolder,
    old: dict[str, str],
    progress: Progress,
) -> tuple[dict[str, str], list[str]]:
    """Stage every file that differs from what stands in the output; give the new manifest."""
    global _job  # forked workers inherit it: nothing large is pickled
    renderer = Renderer(
        config, theme_folders(site, "templates"), menu=planned.menu, footer=planned.footer,
        portable=options.portable,
    )
    by_digest = {}
    for page in planned.pages:
        if page.template == "article.html":
            by_digest[page.path] = page.context.body_ref.digest
    html_of = {
        hashlib.blake2b(html.encode(), digest_size=16).hexdigest(): html
        for html in bodies.values()
    }
    _job = _Job(planned, renderer, html_of, folder, old)
    files: dict[str, str] = {}
    staged: list[str] = []
    for path, source in [
        *((p, s) for p, s in sorted(statics.items())),
        *((m.path, site / m.source) for m in planned.media),
    ]:
        data = source.read_bytes()
        files[path], new = _stage(folder, path, data, old)
        if new:
            staged.append(path)
    total = len(planned.pages)
    spans = [(i, min(i + CHUNK, total)) for i in range(0, total, CHUNK)]
    jobs = options.jobs or os.cpu_count() or 1
    forked = "fork" in get_all_start_methods()
    with ExitStack() as stack:
        run = map
        if jobs > 1 and total > WORTH_WORKERS and forked:
            run = stack.enter_context(_workers(jobs)).map  # type: ignore[assignment]
        for done, results in enumerate(run(_render_span, spans), start=1):
            for path, sum_, new in results:
                files[path] = sum_
                if new:
                    staged.append(path)
            progress("rendering", min(done * CHUNK, total), total)
    return files, staged


class _Job:
    def __init__(
        self, planned: Plan, renderer: Renderer, html: dict[str, str], folder: OutputFolder,
        old: dict[str, str],
    ) -> None:
        self.planned, self.renderer, self.html = planned, renderer, html
        self.folder, self.old = folder, old


_job: _Job | None = None


def _render_span(span: tuple[int, int]) -> list[tuple[str, str, bool]]:
    job = _job
    assert job is not None
    results = []
    for page in job.planned.pages[span[0] : span[1]]:
        body = ""
        if page.template == "article.html":
            body = job.html[page.context.body_ref.digest]
        data = job.renderer.render(page.template, page.context, page.url, body)
        results.append((page.path, *_stage(job.folder, page.path, data, job.old)))
    return results


def _stage(
    folder: OutputFolder, path: str, data: bytes, old: dict[str, str]
) -> tuple[str, bool]:
    """Write a file to the stage unless the output holds these very bytes."""
    sum_ = digest(data)
    if old.get(path) == sum_:
        try:
            if (folder.path / path).read_bytes() == data:
                return sum_, False
        except OSError:
            pass
    target = folder.stage / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return sum_, True


def _refuse_vanished(
    old: dict[str, str], files: dict[str, str], config: SiteConfig, problems: Problems
) -> None:
    gone = [path for path in old if path not in files and path.endswith("index.html")]
    before = sum(1 for path in old if path.endswith("index.html"))
    if before >= 50 and len(gone) * 100 > before * config.limits.vanished_percent:
        problems.add(
            "OU005", f"{len(gone)} of {before} pages are gone since the last build",
            severity=Severity.WARNING, hint="if that is no intention, look for missing sources",
        )


def _source_folders(config: SiteConfig) -> list[Path]:
    content = config.content
    return [
        Path(p) for p in
        (content.articles, content.people, content.countries, content.pages, "templates", "static")
    ]


def _generation(config: SiteConfig) -> str:
    """A digest of all that reading depends on besides the file: configuration and code."""
    from importlib.metadata import version

    hasher = hashlib.blake2b(msgspec.json.encode(config), digest_size=16)
    for name in ("markdown", "nh3", "pyyaml", "python-slugify"):
        hasher.update(version(name).encode())
    package = Path(site_builder.__file__).parent
    for room in ("reading", "model.py", "problems.py", "config.py"):
        place = package / room
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            hasher.update(file.read_bytes())
    return hasher.hexdigest()


def _locked(output: Path) -> ExitStack:
    import filelock

    path = output.parent / f".{output.name}.site-builder.lock"
    stack = ExitStack()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stack.enter_context(filelock.FileLock(path, timeout=0))
    except filelock.Timeout:
        raise Refusal(
            Problem("", 0, 0, "OU007", f"another build is writing to {output}",
                    "wait for it to end"), exit_code=3,
        ) from None
    except OSError as error:
        raise Refusal(
            Problem("", 0, 0, "OU003", f"{output} cannot be written: {error.strerror}"),
            exit_code=4,
        ) from None
    return stack
