"""Liquid, as Jekyll and Eleventy have it (and Nunjucks, which looks alike) → Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from site_builder.importing.shortcodes import reduced as r

_CODE = re.compile(
    r"""\{%-?\s*(?P<rawtag>raw|verbatim)\s*-?%\}(?P<raw>.*?)\{%-?\s*end(?P=rawtag)\s*-?%\}
      | (?P<fence>^[ ]{0,3}(?P<ticks>```+|~~~+)[^\n]*\n.*?^[ ]{0,3}(?P=ticks)[ \t]*$)
      | (?P<span>(?P<tick>`+)(?!`)[^\n]*?(?<!`)(?P=tick)(?!`))
      | \{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\} | \{\#.*?\#\}
      | \{%-?\s*highlight\b(?P<lang>[^%]*?)-?%\}(?P<code>.*?)\{%-?\s*endhighlight\s*-?%\}
      | \{%-?\s*(?P<name>\w+)(?P<args>(?:"[^"]*"|'[^']*'|[^"'%]|%(?!\}))*?)\s*-?%\}
      | \{\{-?\s*(?P<output>(?:"[^"]*"|'[^']*'|[^"'{}])*?)\s*-?\}\}""",
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_RAW = re.compile(r"\{%-?\s*(?:end)?(?:raw|verbatim)\s*-?%\}")
_PICTURES = re.compile(r"image|img|figure|picture|photo|asset")
_BASE = frozenset({"site.baseurl", "site.url", "baseurl", "site.github.url", "metadata.url"})


def reduce(text: str, page: Mapping[str, Any] = {}) -> r.Reduced:
    """Tags and outputs as Markdown where they say something; `page` is the front matter.

    What stands between raw tags stays as it is; `{% post_url X %}` becomes `ref:X`, which is
    settled with the links.
    """
    if "{{" not in text and "{%" not in text and "{#" not in text:
        return r.Reduced(text)
    log = r.Log(text)

    def replace(match: re.Match[str]) -> str:
        if match["raw"] is not None:
            return match["raw"]
        if match["fence"] is not None or match["span"] is not None:
            return _RAW.sub("", match[0])
        if match["code"] is not None:
            words = match["lang"].split()
            return log.changed("highlight is a block of code now",
                               r.fenced(match["code"], words[0] if words else ""))
        if match["output"] is not None:
            return _output(match["output"], page, match.start(), log)
        if match["name"] is None:
            return log.dropped("comment", match.start())
        return _tag(match["name"], match["args"], match.start(), log)

    return log.reduced(_CODE.sub(replace, text))


def _output(output: str, page: Mapping[str, Any], at: int, log: r.Log) -> str:
    value, *filters = [part.strip() for part in re.split(r"\s*\|\s*(?=\w+)", output)]
    names = [f.partition(":")[0].strip() for f in filters]
    if value in _BASE:
        return ""
    literal = re.fullmatch(r"([\"'])(.*)\1", value, re.DOTALL)
    if literal:
        text = literal[2]
        options, _ = r.arguments(filters[0].partition(":")[2]) if filters else ([], {})
        if "embed" in names or "youtube" in names:
            return log.changed("an embedded page is a link now",
                               r.link(options[0] if options else text, text))
        if "photo" in " ".join(names) or "image" in " ".join(names):
            return log.dropped(f"{{{{ {value} | {names[0]} }}}}", at)
        if names:
            log.changed(f"{{{{ … | {names[0]} }}}} is its words now", "")
        return text
    if value.startswith("page."):
        found = page.get(value[5:])
        if isinstance(found, str):
            return log.changed(f"{{{{ {value} }}}} is its value now", found)
    if not value:
        return ""
    return log.dropped(f"{{{{ {value[:60]} }}}}", at)


def _tag(name: str, args: str, at: int, log: r.Log) -> str:
    positional, named = r.arguments(args)
    name = name.lower()
    if name in ("post_url", "link"):
        return log.changed(f"{name} is a link within the archive now",
                           f"ref:{positional[0]}") if positional else log.dropped(name, at)
    what = name
    if name in ("include", "include_relative", "render", "component"):
        what = (positional.pop(0) if positional else "").rsplit("/", 1)[-1]
        what = re.sub(r"\.\w+$", "", what.strip(",")).lower()
    if _PICTURES.search(what):
        src = r.source_of(positional, named)
        if src and (r.is_picture(src) or "//" in src):
            rest = [p for p in positional if p != src]
            alt = named.get("alt") or (rest[-1] if rest else "")
            if src.startswith("assets/"):
                src = f"/{src}"
            return log.changed(f"{what} is a picture now", r.picture(
                src, alt, named.get("caption", ""), named.get("href") or named.get("link") or ""))
    if embedded := r.video(what, positional, named):
        return log.changed(f"{what} is a link now", embedded)
    return log.dropped(f"{name} {what}" if what != name else name, at)
