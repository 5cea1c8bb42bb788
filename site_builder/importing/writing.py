"""A candidate → the text of its file; the front matter is written by a YAML dumper and read back.

A headline can hold anything (`title: x` line end `draft: false`): it goes
through the dumper as a value, and what the reader gets from the text must be
what went in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from site_builder.importing.candidates import Candidate, RefusedItem
from site_builder.problems import Problems
from site_builder.reading import frontmatter

_ORDER = (
    "title", "date", "updated", "publish_at", "id", "slug", "summary", "authors", "section",
    "people", "countries", "tags", "lang", "draft", "image", "source", "aliases",
)
_DATES = frozenset({"date", "updated", "publish_at"})


class _Plain(str):
    """A date or a flag: written without quotes, since the reader keeps every scalar as text."""


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes values as YAML, `_Plain` ones without quotes."""


def _plain(dumper: Any, value: _Plain) -> Any:
    # with the tag that YAML itself would see in the bare text, no quotes are written
    tag = dumper.resolve(yaml.ScalarNode, str(value), (True, False))
    return dumper.represent_scalar(tag, str(value))


_Dumper.add_representer(_Plain, _plain)


def text_of(
    candidate: Candidate, *, slug: str = "", names: Mapping[str, str | tuple[str, ...]] = {}
) -> str:
    """Front matter and body; `names` are the site's own keys (`[fields]` in site.toml).

    Raises RefusedItem when the front matter does not read back.
    """
    values = _values(candidate, slug)
    for ours, theirs in names.items():
        if ours in values:
            values[theirs if isinstance(theirs, str) else theirs[0]] = values.pop(ours)
    written = {
        key: _Plain(value) if key in _DATES or (key == "draft" and value == "true") else value
        for key, value in values.items()
    }
    matter = yaml.dump(
        written, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000,
        default_flow_style=False,
    )
    text = f"---\n{matter}---\n{candidate.body}"
    problems = Problems()
    back = frontmatter.split(text, file=candidate.origin, problems=problems)
    if back is None or back.values != values or back.body != candidate.body:
        message = next((p.message for p in problems), "it reads back as something else")
        raise RefusedItem("FM002", f"the front matter cannot be written: {message}",
                          "look for odd characters in its fields")
    return text


def _values(candidate: Candidate, slug: str) -> dict[str, Any]:
    """The front matter: what is filled, in the order in which people read it."""
    image = candidate.image
    values: dict[str, Any] = {
        "title": candidate.title,
        "date": candidate.date,
        "updated": candidate.updated,
        "publish_at": candidate.publish_at,
        "id": candidate.id,
        "slug": slug,
        "summary": candidate.summary,
        "authors": list(candidate.authors),
        "section": candidate.section,
        "people": list(candidate.people),
        "countries": list(candidate.countries),
        "tags": list(candidate.tags),
        "lang": candidate.lang,
        "draft": "true" if candidate.draft else "",
        "image": _filled({"src": image.src, "alt": image.alt, "caption": image.caption,
                          "credit": image.credit}) if image else "",
        "source": [
            _filled({"name": s.name, "url": s.url, "retrieved": s.retrieved,
                     "archived": s.archived}) for s in candidate.sources
        ],
        "aliases": list(candidate.addresses),
    }
    if candidate.kind == "page":
        values = {key: values[key] for key in ("title", "slug", "summary", "lang")}
    ordered = {key: values[key] for key in _ORDER if values.get(key)}
    return {**ordered, **{k: v for k, v in candidate.fields.items() if k not in ordered},
            **{k: v for k, v in candidate.extra.items() if k not in ordered}}


def _filled(values: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}
