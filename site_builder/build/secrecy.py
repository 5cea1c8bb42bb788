"""What is not published must not be read off what is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from site_builder.build.making import Made
from site_builder.build.sources import Sources
from site_builder.model import Article
from site_builder.pages.plan import Planner
from site_builder.pages.site import Site
from site_builder.problems import Problems
from site_builder.publishing.leaks import Watch, signs


def unpublished(sources: Sources, shown: Iterable[Article]) -> list[Article]:
    """The articles of which nothing is shown, or a note alone."""
    kept = {article.path for article in shown if article.removed is None}
    return [article for article in sources.articles if article.path not in kept]


def watch(planner: Planner, hidden: Sequence[Article], shown: Iterable[Article]) -> Watch:
    """Looks for what is not published, but not for what a published article says as well."""
    own = {form for a in shown for form in (a.title, f"/{a.slug}/")
           if a.removed is None} if hidden else set()
    return Watch(
        sign for article in hidden
        for sign in signs(
            "" if article.removed and article.removed.show_title else article.title,
            "" if article.removed else article.slug,  # a note stands at its address
            planner.site.detail(article).html)
        if sign not in own
    )


def leaked(made: list[Made], planner: Planner, problems: Problems) -> bool:
    """Whether a page gives away an unpublished article: not where a published one says it."""
    found: dict[str, list[str]] = {}
    for result in made:
        for path, sign in result.leaks:
            found.setdefault(sign, []).append(path)
    leaked = False
    for sign, paths in sorted(found.items()):
        if any(Watch([sign]).found(text.encode()) for text in _published_texts(planner.site)):
            continue
        leaked = True
        problems.add(
            "OU006", f"{len(paths)} pages hold words of an unpublished article: {sign!r}",
            file=paths[0], hint="a template shows what it should not; nothing was published",
        )
    return leaked


def _published_texts(site: Site) -> Iterator[str]:
    """Everything that the site's authors chose to show."""
    archive = site.archive
    for article in archive.articles:
        yield f"{article.title}\n{article.summary}\n{article.aliases}"
        yield site.detail(article).html
    for page in archive.pages:
        yield f"{page.title}\n{page.summary}\n{page.body}"
    for person in archive.person_records.values():
        yield f"{person.name}\n{person.aliases}\n{person.bio}"
    for country in archive.country_records.values():
        yield f"{country.name}\n{country.aliases}\n{country.bio}"
    yield f"{site.config.title}\n{site.config.description}"
