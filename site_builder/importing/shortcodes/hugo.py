"""Hugo's shortcodes (gohugo.io/content-management/shortcodes) → Markdown."""

from __future__ import annotations

import re

from site_builder.importing.shortcodes import reduced as r

_CODE = re.compile(
    r"""(?P<fence>^[ ]{0,3}(?P<ticks>```+|~~~+)[^\n]*\n.*?^[ ]{0,3}(?P=ticks)[ \t]*$)
      | (?P<span>(?P<tick>`+)(?!`)[^\n]*?(?<!`)(?P=tick)(?!`))
      | \{\{[<%]/\*\s*(?P<escaped>.*?)\s*\*/[>%]\}\}
      | \{\{[<%]\s*(?P<close>/)?\s*(?P<name>[\w./-]+)(?P<args>(?:"(?:\\.|[^"\\])*"|`[^`]*`|[^"`])*?)
        \s*/?[>%]\}\}""",
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_ESCAPED = re.compile(r"\{\{([<%])/\*\s*(.*?)\s*\*/([>%])\}\}", re.DOTALL)
_PICTURES = re.compile(r"(?:^|[-_/])(?:img|image|figure|fig|picture|photo|imgproc)(?:$|[-_])")
_WORDS = ("kicker", "heading", "title", "summary", "intro", "text", "quote", "label")
_TARGETS = ("href", "link", "url", "button-url", "src")
_HIGHLIGHT = re.compile(
    r"\{\{[<%]\s*highlight\b(?P<args>[^>]*?)\s*[>%]\}\}(?P<code>.*?)\{\{[<%]\s*/\s*highlight\s*[>%]\}\}",
    re.DOTALL,
)


def reduce(text: str) -> r.Reduced:
    """Shortcodes as Markdown where they say something; the others go, and what they wrap stays.

    `{{< ref "a.md" >}}` becomes `ref:a.md`, which is settled with the links.
    """
    if "{{<" not in text and "{{%" not in text:
        return r.Reduced(text)
    log = r.Log(text)

    def highlight(match: re.Match[str]) -> str:
        positional, _ = r.arguments(match["args"])
        return log.changed("highlight is a block of code now",
                           r.fenced(match["code"], positional[0] if positional else ""))

    text = _HIGHLIGHT.sub(highlight, text)

    def replace(match: re.Match[str]) -> str:
        if match["fence"] is not None or match["span"] is not None:
            return _ESCAPED.sub(r"{{\1 \2 \3}}", match[0])
        if match["escaped"] is not None:
            mark = match[0][2]
            return f"`{{{{{mark} {match['escaped']} {'>' if mark == '<' else '%'}}}}}`"
        if match["close"]:
            return ""
        before = match.string[: match.start()]
        inside = before[-2:] == "](" or (before[-1:] == "<" and before[-3:-1] == "](")
        return _one(match["name"], match["args"], match.start(), log, destination=inside)

    return log.reduced(_CODE.sub(replace, text))


def _one(name: str, args: str, at: int, log: r.Log, *, destination: bool = False) -> str:
    positional, named = r.arguments(args)
    short = name.removesuffix(".html").rsplit("/", 1)[-1].lower()
    if short in ("ref", "relref", "tmp"):
        target = named.get("path") or (positional[0] if positional else "")
        return log.changed(f"{name} is a link within the archive now", f"ref:{target}") \
            if target else log.dropped(name, at)
    if short == "comment":
        return log.dropped(name, at)
    if _PICTURES.search(short):
        src = r.source_of(positional, named)
        if src:
            caption = named.get("caption") or named.get("title") or ""
            credit = named.get("attr") or named.get("credit") or ""
            if credit and credit not in caption:
                caption = f"{caption} {credit}".strip()
            return log.changed(f"{name} is a picture now", r.picture(
                src, named.get("alt", ""), caption, named.get("link", "")))
    if embedded := r.video(short, positional, named):
        return log.changed(f"{name} is a link now", embedded)
    href = next((named[key] for key in _TARGETS if named.get(key)), "")
    words = [named[key] for key in _WORDS if named.get(key)]
    if short in ("quote", "quote-block", "blockquote", "pullquote") and words:
        cite = named.get("cite") or named.get("author") or named.get("source") or ""
        lines = [*words[-1].split("\n"), *([f"— {cite}"] if cite else [])]
        return log.changed(f"{name} is a quotation now",
                           "\n\n" + "\n>\n".join(f"> {line}" for line in lines) + "\n\n")
    file = named.get("file") or (positional[0] if positional else "")
    if short in ("button", "link") or "file" in short or short.startswith("asset"):
        target = href or file
        if target:
            label = named.get("label") or (words[0] if words else target.rsplit("/", 1)[-1])
            if target.endswith(".md"):
                target = f"ref:{target}"
            if destination:  # [words]({{< link "a.md" >}})
                return log.changed(f"{name} is a link within the archive now", target)
            return log.changed(f"{name} is a link now", f"[{label}]({target})")
    if words or named.get("button-text"):
        parts = [f"**{w}**" if i == 0 and "**" not in w and "\n" not in w else w
                 for i, w in enumerate(words)]
        if href and named.get("button-text"):
            parts.append(f"[{named['button-text']}]({href})")
        elif href and parts:
            parts[-1] = f"[{parts[-1]}]({href})" if "[" not in parts[-1] else parts[-1]
        return log.changed(f"{name}: its words are text now", "\n\n" + "\n\n".join(parts) + "\n\n")
    return log.dropped(name, at)
