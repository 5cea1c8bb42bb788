"""The build after the texts of a few articles were edited, which is most builds.

The archive's index is the one that the last whole build kept: nothing is indexed or planned
but the pages that show those texts, and no other article is looked at than those they name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from site_builder.build import crawling, edits, kept, planning, publication, secrecy
from site_builder.build.claims import Claims
from site_builder.build.kept import Kept
from site_builder.build.report import Report
from site_builder.build.scene import without
from site_builder.build.sources import Sources
from site_builder.build.texts import Texts
from site_builder.cache import GroupRow, Output
from site_builder.indexing.kept import recalled
from site_builder.indexing.withheld import Withheld
from site_builder.model import Article, Person, Trace
from site_builder.pages.plan import Group, Planner
from site_builder.problems import Problems
from site_builder.reading.text import text_of

if TYPE_CHECKING:
    from site_builder.build.run import Run
    from site_builder.build.scene import Scene


def rebuild(run: Run, sources: Sources, scene: Scene) -> Report | None:
    """Make what the edits of texts changed; None where a whole build is needed.

    Everything but the sources is known to be as the last build left it.
    """
    memory, changed = scene.memory, sources.edits or []
    if memory is None or memory.sources != sources.before \
            or not edits.are_texts(run.config, changed) \
            or run.options.keep_going or run.problems.errors or not run.workers.shares_memory:
        return None
    if not run.config.finding.enabled and any(person.withhold for person in sources.people):
        return None  # a text may name them now: only the index looks for that then
    known = kept.load(run.memory_path, memory)
    if known is None:
        return None
    places = known.index.places
    paths = {article.path for _, article in changed}
    if not paths <= places.keys() or not paths.isdisjoint(known.cited) \
            or any(problem.file in paths for problem in known.problems):  # of which line now?
        return None
    articles = sources.by_path
    if not all(map(articles.__contains__, places)):
        return None
    edited = sorted(paths.union(memory.edited))
    planner = _planner(run, sources, scene, known, articles, edited)
    if planner is None or run.texts is None:
        return None
    groups = edits.groups(planner, changed, run.texts.replaced, places)
    before = _Rows(memory)
    scene.new.base = planning.base(planner, scene.base, scene.assets)
    if groups is None or scene.new.base != memory.base \
            or not all(group.id in before for group in groups):
        return None
    scene.new.edited = edited
    run.problems.extend(known.problems)
    hidden = [articles[path] for path in known.hidden]
    return _make(run, sources, scene, planner, groups, before, hidden, known)


def _planner(
    run: Run, sources: Sources, scene: Scene, known: Kept, articles: Mapping[str, Article],
    edited: list[str],
) -> Planner | None:
    """The planner over the archive as it was kept, before these texts were `edited`.

    None where other names are looked for.
    """
    # what is wrong with the ledger was kept with the other problems
    own = planning.authorities(sources, run.site, run.config, Problems())
    run.people = own.people
    run.texts = texts = Texts(
        run.site, run.config, own.people, own.atlas, details=sources.details,
        ahead=run.ahead)
    changed = [new for _, new in sources.edits or ()]
    if run.ahead:
        _load(run.config.language)
    traces = texts.find_edited(changed, articles, known.index.places)
    run.lap("finding")
    if traces is None or _names_withheld(run, changed, own.people.records, traces):
        return None
    run.shows = known.media
    archive = recalled(known.index, run.config, articles, own.people, sources.pages, traces,
                       own.changes, edited)
    planner = planning.planner_of(
        archive, own.atlas, run.site, texts, statics=scene.statics, media=scene.media,
        pictures=run.pictures(scene.statics, scene.media), urls=known.urls)
    run.lap("indexing")
    return planner


def _load(language: str) -> None:
    """Load what makes pages, which is to be done while another process reads the text."""
    from site_builder.build import inspection, making, searching  # noqa: F401
    from site_builder.pages import dates
    from site_builder.rendering import environment  # noqa: F401

    dates.day("2000-01-01", language)


def _names_withheld(
    run: Run, changed: list[Article], people: Iterable[Person], traces: Mapping[str, Trace]
) -> bool:
    """Whether an edited article names somebody who is withheld: a whole build tells where."""
    withheld, told = Withheld(people), Problems()
    if withheld:
        withheld.say(changed, traces, lambda path: text_of(run.site / path), told)
    return bool(list(told))


class _Rows:
    """The groups of the last build, decoded when they are asked for, and those made since."""

    def __init__(self, memory: Output) -> None:
        self.encoded = memory.encoded_rows()
        self.later = msgspec.msgpack.decode(memory.later, type=dict[str, msgspec.Raw])
        self.troubled = set(memory.troubled)
        self._decoder = msgspec.msgpack.Decoder(GroupRow)

    def __contains__(self, id: str) -> bool:
        return id in self.encoded

    def __getitem__(self, id: str) -> GroupRow:
        return self._decoder.decode(self.encoded[id])

    def __iter__(self) -> Iterator[GroupRow]:
        return map(self._decoder.decode, self.encoded.values())

    def replace(self, row: GroupRow) -> None:
        """Another row in the place of the one with its id."""
        self.encoded[row.id] = self.later[row.id] = msgspec.Raw(msgspec.msgpack.encode(row))
        if row.problems:
            self.troubled.add(row.id)
        else:
            self.troubled.discard(row.id)


def _make(
    run: Run, sources: Sources, scene: Scene, planner: Planner, groups: list[Group],
    rows: _Rows, hidden: list[Article], known: Kept,
) -> Report:
    memory, new = scene.memory, scene.new
    assert memory is not None
    report_before = msgspec.msgpack.decode(memory.report, type=Report)
    new.since, new.until, new.index = memory.since, memory.until, memory.index
    new.alike = memory.alike
    old = [rows[id] for id in (*(group.id for group in groups), "sitemap:")]
    last = {page.path: page for row in old for page in row.pages}
    pages = {path: page.key for path, page in last.items()}
    job = run.begun(planner, groups, scene, pages, sources, hidden, known.index.paths, anew=False,
                    last=last)
    assert job.stage is not None  # there are no errors
    made = run.made(job, sources, known.index.paths)
    for result in made:
        rows.replace(result.row)
    if any(crawling.listed(result.row) != crawling.listed(before)
           for result, before in zip(made, old, strict=False)):  # a list has a page more, or less
        made.append(crawling.sitemap(rows, job, run.config))
        rows.replace(made[-1].row)
    run.lap("making pages")
    index = run.searched(planner, sources, job.stage, scene)
    now = {page.path for result in made for page in result.row.pages}
    gone, added = pages.keys() - now, now - pages.keys()
    gone -= {page.path for page in rows["sitemap:"].pages}
    clash = _clash(run, scene, rows, added) or secrecy.leaked(made, planner, run.problems)
    files = without(scene.old, gone)
    if run.inspection and not clash:
        run.problems.extend(run.inspection.problems(
            rows, files.keys() | added, scene.statics))
        run.lap("looking at the pages")
    report = publication.told(run, sources, planner, made, report_before.left_out,
                              report_before.pages + len(added) - len(gone))
    if clash or report.failed:
        return publication.dropped(run, report)
    new.groups, new.later = memory.groups, msgspec.Raw(msgspec.msgpack.encode(rows.later))
    new.troubled = sorted(rows.troubled)
    new.files = without(memory.files, gone)
    copies, staged = run.copied(known.used, scene, job.stage)
    return publication.publish(run, report, files | copies, staged, made, index, scene)


def _clash(run: Run, scene: Scene, rows: _Rows, added: set[str]) -> bool:
    """Whether a page is made twice; what is wrong with any group is told."""
    if not added.isdisjoint(scene.old):
        return Claims(run.site, list(rows), scene.statics, [], run.album).clash(run.problems)
    for id in rows.troubled:
        run.problems.extend(rows[id].problems)
    return False
