"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from site_builder.config import SiteConfig
from site_builder.indexing.shelf import Recent
from site_builder.pages import contexts as c
from site_builder.pages.words import Words

_HELD = 5_000  # and up to as many again


class JsonFeeds:
    """Makes feeds; an entry is made once as a rule, however many feeds show it."""

    def __init__(
        self, config: SiteConfig, absolute: Callable[[str], str],
        text: Callable[[c.Card], str], words: Words,
    ) -> None:
        self.config, self.absolute, self.text, self.words = config, absolute, text, words
        self._items: Recent[tuple[str, str], msgspec.Raw] = Recent(_HELD)

    def make(self, context: c.FeedContext) -> bytes:
        """The bytes of a feed."""
        config, absolute = self.config, self.absolute
        feed: dict[str, Any] = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": context.title,
            "home_page_url": absolute(context.home),
            "feed_url": absolute(context.head.url),
        }
        if context.subtitle:
            feed["description"] = context.subtitle
        feed["authors"] = [{
            "name": config.publisher or config.title, "url": absolute("/")}]
        feed["language"] = config.language
        feed["items"] = [self._item(card) for card in context.cards]
        return msgspec.json.encode(feed) + b"\n"

    def _item(self, card: c.Card) -> msgspec.Raw:
        key = (card.url, card.digest)
        found = self._items.get(key)
        if found is None:
            found = self._items.put(key, msgspec.Raw(msgspec.json.encode(self._entry(card))))
        return found

    def _entry(self, card: c.Card) -> dict[str, Any]:
        item: dict[str, Any] = {
            "id": card.urn, "url": self.absolute(card.url), "title": card.title}
        summary = self._summary(card)
        # one of content_html and content_text must be there
        if card.content:
            item["content_html"] = self.text(card)
            if summary:
                item["summary"] = summary
        else:
            item["content_text"] = summary or card.title
        item["date_published"] = card.date.rfc3339
        if card.changed is not card.date:
            item["date_modified"] = card.changed.rfc3339
        if card.authors:
            item["authors"] = [{"name": name} for name in card.authors]
        tags = [card.section.name] if card.section else []
        tags += [tag for tag in card.tags if tag not in tags]
        if tags:
            item["tags"] = tags
        if card.lang:
            item["language"] = card.lang
        return item

    def _summary(self, card: c.Card) -> str:
        """The standfirst with what was corrected, as in the Atom feed."""
        words = self.words
        return " ".join(filter(None, (card.summary, *(
            words("labelled", label=words("correction"), text=correction.text)
            for correction in card.corrections))))
