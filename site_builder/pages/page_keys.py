"""The key of a page: the same key, the same bytes."""

from __future__ import annotations

from typing import Any

import msgspec

from site_builder.pages.contexts import Card, Companion, Facts, InContext, MonthBlock, SectionBlock
from site_builder.pages.keys import digest


def page_key(url: str, template_digest: str, base: str, context: msgspec.Struct) -> str:
    """The key of a page: over its address, its template, what every page shows, and its context.

    Cards are stood for by their digests: they are the bulk of a list page.
    """
    values = {name: _short(getattr(context, name)) for name in context.__struct_fields__}
    return digest(url, template_digest, base, msgspec.msgpack.encode(values))


def _short(value: Any) -> Any:
    if isinstance(value, tuple):
        if value and isinstance(value[0], Card | Companion | InContext | SectionBlock | MonthBlock):
            return [_short(item) for item in value]
        return value
    if isinstance(value, Card):
        return value.digest if value.image is None else (value.digest, value.image)
    if isinstance(value, Facts):
        return (value.count, value.first.digest, value.last.digest)
    if isinstance(value, Companion | InContext | SectionBlock | MonthBlock):
        return [_short(getattr(value, name)) for name in value.__struct_fields__]
    return value
