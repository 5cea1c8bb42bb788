"""Archived copies and capture dates beside the links of a text, as Robust Links have them.

A link keeps its address and gets `data-versionurl` and `data-versiondate`
(robustlinks.mementoweb.org/spec); a reader gets a small link or the day after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from markupsafe import escape

from site_builder.model import Capture
from site_builder.pages import dates
from site_builder.pages.words import Words
from site_builder.reading.captures import LINK, address
from site_builder.reading.languages import is_rtl

FULL: Final = len("2022-11-29")


def with_captures(html: str, captures: Iterable[Capture], words: Words, lang: str) -> str:
    """A finished body in which each link that has a copy leads there, and one with a day says it.

    `words` are the site's, `lang` is the body's language.
    """
    copies = {capture.target: capture for capture in captures}
    tongue = words.language
    chrome = "" if lang == tongue else \
        f' lang="{tongue}" dir="{"rtl" if is_rtl(tongue) else "ltr"}"'

    def decorated(link: re.Match[str]) -> str:
        copy = copies.get(address(link[1]))
        if copy is None:
            return link[0]
        where, day = escape(copy.url), escape(copy.date)
        if where:
            key = "archived_on" if len(day) == FULL else "archived_in" if day else "archived_copy"
        else:
            key = "retrieved" if len(day) == FULL else "retrieved_in"
        said = escape(words(key, date=dates.partial_date(copy.date, tongue)) if day
                      else words(key))
        data = f' data-versionurl="{where}"' if where else ""
        data += f' data-versiondate="{day}"' if day else ""
        note = f'<a href="{where}" rel="external">{said}</a>' if where else said
        return (f'<a {link[1]}{data}>{link[2]}</a> <small class="archived"{chrome}>'
                f'({note})</small>')

    return LINK.sub(decorated, html)
