"""When the texts of a few articles are all that changed since the last build.

Most builds of a grown archive follow one edit. Nothing but the edited article's own
page, and pages that show passages of it, can differ then: the rest need not be looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from site_builder.build.sources import FEW
from site_builder.config import SiteConfig
from site_builder.model import Article, BodyLink, Findings, Trace
from site_builder.pages import articles
from site_builder.pages.keys import digest
from site_builder.pages.plan import Group, Planner


def text_alone(old: Article, new: Article) -> bool:
    """Whether two readings of a file differ in nothing that another page looks at."""
    return old == msgspec.structs.replace(
        new, page_digest=old.page_digest, lines=old.lines,
        links=old.links if _targets(old.links) == _targets(new.links) else new.links,
        media=old.media if _targets(old.media) == _targets(new.media) else new.media)


def are_texts(config: SiteConfig, changed: Sequence[tuple[Article, Article]]) -> bool:
    """Whether the texts of a few articles changed, and nothing shows them but pages of theirs."""
    return (
        0 < len(changed) <= FEW and not config.feeds.full_text and not config.data.sqlite
        and all(text_alone(old, new) for old, new in changed))


def worded_anew(old: Article, new: Article) -> bool:
    """Whether two readings of a file differ in headline, standfirst and text alone."""
    return text_alone(old, msgspec.structs.replace(
        new, title=old.title, summary=old.summary, excerpt=old.excerpt, digest=old.digest))


def same_finds(old: Trace, new: Trace) -> bool:
    """Whether the same people and countries stand in the same lists, and as much is said."""
    return _lists(old) == _lists(new)


def _lists(trace: Trace) -> Trace:
    return msgspec.structs.replace(trace, digest="", forms=(), places=())


def groups(
    planner: Planner, changed: Sequence[tuple[Article, Article]],
    before: Mapping[str, tuple[Trace, Findings | None]], places: Mapping[str, int],
) -> list[Group] | None:
    """The groups whose pages may differ, or None where that is not known.

    `changed` are readings of articles, old and new, of which `are_texts` is true; `before` gives
    what was found in the old ones, `places` where they stand in the order of time. A group
    without a fingerprint is planned again by the next build of everything.
    """
    config = planner.site.config
    archive = planner.site.archive
    found: dict[str, Group] = {}
    for _, article in changed:
        place, old = places[article.path], before.get(article.path)
        if old is None:
            return None
        (old_trace, old_findings), trace = old, archive.traces[article.path]
        if old_findings is None or bool(old_trace.statements) != bool(trace.statements):
            return None
        if not same_finds(msgspec.structs.replace(old_trace, statements=trace.statements), trace):
            return None
        mark = articles.mark(planner.site, planner.links, place, planner.site.mark(article))
        own = Group(f"article:{article.path}", digest(mark), "article", str(place))
        found[own.id] = own
        found.update((group.id, group) for group in in_data(config, article))
        if trace.digest != old_trace.digest:
            found.update((group.id, group) for group in planner.groups_of(article, old_findings))
    return list(found.values())


def in_data(config: SiteConfig, article: Article) -> list[Group]:
    """The files of data that hold the text of an article, where the site offers them."""
    if not (config.data.enabled and config.data.texts):
        return []
    return [Group(f"texts:{article.date.year}", "", "texts", article.date.year)]


def _targets(links: Iterable[BodyLink]) -> list[str]:
    return [link.target for link in links]
