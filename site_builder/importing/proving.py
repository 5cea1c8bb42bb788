"""Is the article that will be written the one that was read? The reader itself says."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from site_builder.config import SiteConfig
from site_builder.importing import links
from site_builder.importing.candidates import Candidate, Dropped, RefusedItem
from site_builder.importing.markup.tree import parse, plain
from site_builder.importing.writing import text_of
from site_builder.problems import Problems, Severity
from site_builder.reading import articles, authorities, frontmatter

_FIELD_CODES = frozenset({"FM006", "FM007", "FM008", "FM009", "FM010", "FM011", "FM013"})
_MAX_TRIES = 4


def prove(
    candidate: Candidate, path: str, config: SiteConfig, *, slug: str = ""
) -> tuple[Candidate, str]:
    """The candidate as it can be built, and the text of its file.

    A field of the source that has the name of one of ours and another meaning is kept
    under `old_NAME`. Links to places in the article that it does not have lose their
    address. Raises RefusedItem when the article cannot be built.
    """
    # pictures on other servers are pictures here, not links, so that texts can be compared
    markdown = msgspec.structs.replace(config.markdown, remote_media=("http://", "https://"))
    config = msgspec.structs.replace(config, markdown=markdown)
    for _ in range(_MAX_TRIES):
        text = text_of(candidate, slug=slug, names=config.fields)
        if candidate.kind == "page":
            return candidate, _page(candidate, text, path, config)
        read = articles.read(text.encode(), path=path, config=config)
        errors = [p for p in read.problems if p.severity is Severity.ERROR]
        if not errors:
            break
        candidate = _without(candidate, text, errors[0], path)
    else:
        raise RefusedItem(errors[0].code, errors[0].message, errors[0].hint)
    assert read.article is not None and read.detail is not None
    anchors = set(read.detail.anchors.split())
    gone = {link.target for link in read.article.links
            if link.target.startswith("#") and link.target[1:] not in anchors}
    if gone:
        candidate = _unanchored(candidate, gone)
        text = text_of(candidate, slug=slug, names=config.fields)
    if candidate.plain:
        candidate = _compared(candidate, read.detail.html)
    return candidate, text


def _without(candidate: Candidate, text: str, problem: Any, path: str) -> Candidate:
    """The candidate with the field at fault under another name; RefusedItem if it is none."""
    matter = frontmatter.split(text, file=path, problems=Problems())
    key = ""
    if matter is not None:
        key = next((str(where[0]) for where, mark in matter.marks.items()
                    if mark[0] == problem.line), "")
        if key not in candidate.fields:
            key = next((k for k in candidate.fields if f"`{k}`" in problem.message), key)
    if problem.code not in _FIELD_CODES or not (key in candidate.fields or key == "source"):
        raise RefusedItem(problem.code, problem.message, problem.hint)
    if key == "source":
        kept: Any = [msgspec.to_builtins(s) for s in candidate.sources]
        candidate = msgspec.structs.replace(candidate, sources=())
    else:
        kept = candidate.fields[key]
    fields = {k: v for k, v in candidate.fields.items() if k != key}
    return msgspec.structs.replace(
        candidate, fields=fields, extra={**candidate.extra, f"old_{key}": kept},
        changed=(*candidate.changed, f"`{key}` means something else here: kept as `old_{key}`"))


def _unanchored(candidate: Candidate, gone: set[str]) -> Candidate:
    def judge(target: str, picture: bool) -> str | None:
        return None if target in gone and not picture else target

    return msgspec.structs.replace(
        candidate, body=links.rewrite(candidate.body, judge),
        dropped=(*candidate.dropped,
                 *(Dropped(0, t, "a link to a place that the text does not have")
                   for t in sorted(gone))))


def _page(candidate: Candidate, text: str, path: str, config: SiteConfig) -> str:
    problems = Problems()
    authorities.read_page(text.encode(), path=path, config=config, problems=problems)
    for problem in problems.errors:
        raise RefusedItem(problem.code, problem.message, problem.hint)
    return text


def _compared(candidate: Candidate, html: str) -> Candidate:
    """Say the first words at which the article's text is not the source's."""
    there, here = _words(candidate.plain), _words(plain(parse(html)[0]))
    if there == here:
        return candidate
    at = next((i for i, (a, b) in enumerate(zip(there, here, strict=False)) if a != b),
              min(len(there), len(here)))
    was, now = " ".join(there[at : at + 6]), " ".join(here[at : at + 6])
    return msgspec.structs.replace(
        candidate,
        changed=(*candidate.changed, f"the text differs from the source: “{was}” is “{now}”"))


def _words(text: str) -> list[str]:
    return re.sub(r"\u00a0", " ", text).split()
