"""Template code of other generators in an article's text.

A body is never a template: `{{ }}` and `{% %}` mean themselves. Archives that
come from Hugo, Jekyll or Eleventy can ask (`markdown.shortcodes = "drop"`) to
have such code taken out; what it wraps stays, and links by `ref` keep working.
"""

from __future__ import annotations

import re

import msgspec

_CODE = re.compile(
    r"""(?P<fence>^(?P<ticks>```+|~~~+)[^\n]*\n.*?^(?P=ticks)[ \t]*$)  # fenced code stays
      | (?P<span>(?P<tick>`+)(?!`)[^\n]*?(?<!`)(?P=tick)(?!`))         # so do code spans
      | (?P<raw>\{%-?\s*(?:end)?(?:raw|verbatim)\s*-?%\})
      | \{\{[<%]\s*(?:rel)?ref\s+["'“]?(?P<ref>[^"'”\s]+)["'”]?\s*[>%]\}\}
      | \{\{[<%]\s*/?\s*(?P<hugo>[\w/-]+)[^\n]*?[>%]\}\}
      | \{%-?\s*(?P<liquid>\w+)[^\n]*?-?%\}
      | \{\{-?\s*(?:site\.baseurl|site\.url)\s*-?\}\}
      | \{\{-?\s*["'](?P<url>[^"'\n]+)["']\s*\|\s*(?:url|relative_url|absolute_url)\s*-?\}\}
      | \{\{(?![<%])(?P<variable>[^{}\n]*)\}\}""",
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


class Shortcode(msgspec.Struct, frozen=True):
    """One piece of template code: its name and its line in the body (from 0)."""

    name: str
    line: int


def find(text: str) -> list[Shortcode]:
    """The template code in a body, outside code."""
    return reduce(text)[1]


def reduce(text: str) -> tuple[str, list[Shortcode]]:
    """`text` without template code, and what was taken out.

    `{{< ref "file.md" >}}` becomes the file's name (a link to it resolves by
    name), `{{ "/path/" | url }}` its path; line numbers stay as they are.
    """
    if "{{" not in text and "{%" not in text:
        return text, []
    found: list[Shortcode] = []

    def replace(match: re.Match[str]) -> str:
        if match["fence"] is not None or match["span"] is not None:
            return match[0]
        if match["ref"] is not None:
            return f"ref:{match['ref']}"
        if match["url"] is not None:
            return match["url"]
        name = match["hugo"] or match["liquid"] or (match["variable"] or "").strip() or "…"
        if match["raw"] is None and not match[0].startswith(("{{ site", "{{site")):
            found.append(Shortcode(name, text.count("\n", 0, match.start())))
        return "\n" * match[0].count("\n")

    return _CODE.sub(replace, text), found
