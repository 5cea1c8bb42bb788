"""The citations of a packet: files for reference managers, by path in the packet."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.build.looking import Looked
from site_builder.model import Article


def files(looked: Looked, articles: Iterable[Article]) -> dict[str, bytes]:
    """The citations of these articles, as the archive writes them."""
    return {}
