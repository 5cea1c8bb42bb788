"""Links and pictures in a Markdown body, each given to a judge; code is left alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

_CODE = r"""(?P<code>^(?P<ticks>```+|~~~+)[^\n]*\n.*?^(?P=ticks)[ \t]*$
            |(?P<tick>`+)(?!`)[^\n]*?(?<!`)(?P=tick)(?!`)|<!--.*?-->)"""
_LABEL = r"(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*+\](?:\([^\s()]*\))?)*+"
_TARGET = r"<[^<>\n]*>|(?:[^\s()<>]|\([^\s()<>]*\))*"
_FINDER = re.compile(
    rf"""{_CODE}
      | (?<!\\)(?P<picture>!?)\[(?P<label>{_LABEL})\]
        \(\s*(?:(?P<target>{_TARGET})(?P<title>\s*(?:"(?:[^"\n]|"(?!\s*\)))*"|'[^'\n]*'))?\s*\)
            |(?P<odd>[^()\n]*)\))
      | (?P<reference>^[ ]{{0,3}}\[[^\]\n^]+\]:[ \t]+)(?P<defined><[^<>\n]*>|\S+)
      | (?P<img><img\b[^<>]*>)
      | (?P<attribute><(?:a|source|video|audio)\b[^<>]*?\s(?:href|src)\s*=\s*)
        (?P<mark>["'])(?P<value>[^"'<>]*)(?P=mark)""",
    re.VERBOSE | re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_SRC = re.compile(r"(\ssrc\s*=\s*)([\"'])(.*?)\2", re.IGNORECASE | re.DOTALL)
_ALT = re.compile(r"\salt\s*=\s*([\"'])(.*?)\1", re.IGNORECASE | re.DOTALL)

Judge = Callable[[str, bool], str | None]
"""Takes a target as written and whether it is a picture's; gives the new one, or None: take out."""


def rewrite(body: str, judge: Judge) -> str:
    """`body` with every target as `judge` says.

    A link that is taken out leaves its words; a picture leaves a comment, so that an
    editor finds where it stood.
    """

    def replace(match: re.Match[str]) -> str:
        if match["code"] is not None:
            return match[0]
        if match["target"] is not None or match["odd"] is not None:
            return _inline(match, judge)
        if match["reference"] is not None:
            new = judge(match["defined"].strip("<>"), False)
            return match["reference"] + (new if new is not None else "#")
        if match["img"] is not None:
            return _img(match["img"], judge)
        new = judge(unescape(match["value"]), False)
        mark = match["mark"]
        return f"{match['attribute']}{mark}{escape(new) if new else '#'}{mark}"

    return _FINDER.sub(replace, body)


def _inline(match: re.Match[str], judge: Judge) -> str:
    picture = bool(match["picture"])
    written = (match["target"] or match["odd"] or "").strip().strip("<>").replace("\\_", "_")
    label = match["label"] if picture else rewrite(match["label"], judge)
    new = judge(unescape(written), picture) if written else None
    if new is None:
        return _left_out(written, label) if picture else label
    if new == unescape(written) and label == match["label"]:
        return match[0]
    title = match["title"] or ""
    title = f" {title.strip()}" if title else ""
    return f"{match['picture']}[{label}]({new.replace(' ', '%20')}{title})"


def _img(tag: str, judge: Judge) -> str:
    source = _SRC.search(tag)
    if not source:
        return tag
    new = judge(unescape(source[3]), True)
    if new is None:
        alt = _ALT.search(tag)
        return _left_out(source[3], alt[2] if alt else "")
    return tag[: source.start()] + f'{source[1]}"{escape(new)}"' + tag[source.end() :]


def _left_out(target: str, label: str) -> str:
    words = f"picture left out: {target} {label}".replace("--", "- -").replace(">", "")
    return f"<!-- {' '.join(words.split())} -->"
