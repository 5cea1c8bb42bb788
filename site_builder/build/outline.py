"""What there is to make, known before anything is made: the archive indexed, its groups.

To index an archive is to look at all of it at once. A process of its own does that where it
can, and is gone with what it needed when pages are made: processes that fork share memory
until they touch it, so whatever this one held would soon be held by every worker.
"""

from __future__ import annotations

import gc
import os
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, overload

import msgspec

from site_builder.build import likeness, planning, secrecy
from site_builder.build.showing import published, say_future
from site_builder.build.sources import FEW, Sources
from site_builder.build.workers import apart
from site_builder.indexing.kept import Index, index_of, recalled
from site_builder.indexing.shelf import Scroll
from site_builder.pages.paths import Registry
from site_builder.pages.plan import Group, Planner
from site_builder.problems import Problem, Problems

if TYPE_CHECKING:
    from site_builder.build.run import Run
    from site_builder.build.scene import Scene


APART: Final = 20_000
"""From so many articles on memory is what ends first: to index apart costs a few seconds."""


class Groups(Sequence[Group]):
    """Groups that stay encoded until somebody asks for them: there are two for each article."""

    def __init__(self, encoded: Scroll, places: Sequence[int]) -> None:
        self._encoded, self._places = encoded, places
        self._decoder = msgspec.msgpack.Decoder(Group)

    @overload
    def __getitem__(self, place: int) -> Group: ...

    @overload
    def __getitem__(self, place: slice) -> Groups: ...

    def __getitem__(self, place: int | slice) -> Group | Groups:
        if isinstance(place, slice):
            return Groups(self._encoded, self._places[place])
        return self._group(self._places[place])

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Group]:
        return map(self._group, self._places)

    def some(self, places: Iterable[int]) -> Groups:
        """Those at some places."""
        return Groups(self._encoded, array("I", [self._places[n] for n in places]))

    def _group(self, number: int) -> Group:
        return self._decoder.decode(self._encoded[number])


class Outline(msgspec.Struct, array_like=True):
    """What is known of a whole build before a page is made.

    `urls` are the addresses of articles, `ids` their ids, both by path, and of those that were
    removed, too; `cited` the articles to whose passages a text links, `media` what texts show,
    `hidden` the articles that are not published. `found` is what an edit of a text leaves as it
    is, `told` what else is wrong. `alike` are names that are nearly the same, for `Output`.
    """

    index: Index
    urls: dict[str, str]
    ids: dict[str, str]
    cited: list[str]
    media: list[str]
    hidden: list[str]
    left_out: list[tuple[str, str]]
    since: int
    until: int
    alike: tuple[str, list[tuple[str, str, float]]]
    found: list[Problem]
    told: list[Problem]
    timings: list[tuple[str, float]]
    groups: Scroll

    def all_groups(self) -> Groups:
        """Every group of the site."""
        return Groups(self.groups, range(len(self.groups)))


def drawn(run: Run, sources: Sources, scene: Scene, clock: int) -> tuple[Outline, Planner]:
    """What is to be made, and the planner that makes it."""
    few = bool(sources.edits) and len(sources.edits or ()) <= FEW  # there is little to make
    if not (run.shortcut and run.folder is not None and run.workers.shares_memory
            and hasattr(os, "fork") and not few and sources.number > APART):
        return _drawn(run, sources, scene, clock, few=few)
    gc.freeze()  # what is here already is not looked at, and so stays shared
    outline = msgspec.msgpack.decode(
        apart(_encoded, run, sources, scene, clock), type=Outline)
    gc.enable()
    run.timings += outline.timings
    run.problems.extend(outline.told)
    run.lap("taking over")
    return outline, _recalled(run, sources, scene, outline)


def _encoded(run: Run, sources: Sources, scene: Scene, clock: int) -> bytes:
    run.timings, run.problems = [], Problems(run.problems)
    before = len(list(run.problems))
    run.apart = True
    outline, _ = _drawn(run, sources, scene, clock, few=False)
    outline.told, outline.timings = list(run.problems)[before:], run.timings
    return msgspec.msgpack.encode(outline)


def _drawn(
    run: Run, sources: Sources, scene: Scene, clock: int, *, few: bool
) -> tuple[Outline, Planner]:
    shown, left_out, since, until = published(sources, run.options, clock)
    gc.freeze()
    if not few:
        gc.enable()
    found = Problems()
    say_future(shown, clock, found)
    planner = run.planner(sources, shown, scene.statics, scene.media, found)
    homeless = _homeless(planner.site.urls, run.problems) if run.options.keep_going else {}
    if homeless:
        left_out += homeless.items()
        shown = [a for a in shown if a.path not in homeless]
        planner = run.planner(sources, shown, scene.statics, scene.media, found)
    archive = planner.site.archive
    alike = likeness.say_duplicates(archive, scene.memory, found)
    archive.nearest = nearest = likeness.nearest(run.site)
    groups = Scroll.of(map(msgspec.msgpack.Encoder().encode, planner.groups()))
    if run.folder is not None and archive.nearest is not nearest:
        likeness.keep_nearest(run.site, archive.nearest)
    outline = Outline(
        index_of(archive), planner.site.urls, {a.path: a.id for a in shown},
        sorted(planner.cited()), run.shows,
        [article.path for article in secrecy.unpublished(sources, shown)], left_out, since, until,
        alike, list(found), [], [], groups)
    run.lap("indexing")
    return outline, planner


def _homeless(urls: Mapping[str, str], problems: Problems) -> dict[str, str]:
    """The articles whose address another file has taken, with the reason."""
    registry = Registry(problems)
    return {path: f"its address {url} is taken" for path, url in sorted(urls.items())
            if not registry.claim(f"{url[1:]}index.html", path, line=1)}


def _recalled(run: Run, sources: Sources, scene: Scene, outline: Outline) -> Planner:
    """The planner over the same archive, of which every article is still encoded."""
    from site_builder.build.texts import Texts

    sources.pack()
    known = planning.authorities(sources, run.site, run.config, Problems())
    run.people = known.people
    run.texts = texts = Texts(
        run.site, run.config, known.people, known.atlas, details=sources.details)
    run.shows = outline.media
    traces = texts.recalled(sources.by_path, outline.index.places)
    archive = recalled(outline.index, run.config, sources.by_path, known.people, sources.pages,
                       traces, known.changes)
    planner = planning.planner_of(
        archive, known.atlas, run.site, texts, statics=scene.statics, media=scene.media,
        pictures=run.pictures(scene.statics, scene.media), urls=outline.urls)
    run.lap("indexing")
    return planner
