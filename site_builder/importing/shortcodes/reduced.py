"""What all dialects of template code have in common: arguments, pictures, videos, code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from html import escape

import msgspec

from site_builder.importing.candidates import Dropped
from site_builder.importing.markup import escaping

_ARGUMENT = re.compile(
    r"""(?:(?P<key>[\w-]+)\s*[=:]\s*)?
        (?:"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>(?:\\.|[^'\\])*)'|`(?P<raw>[^`]*)`
         |“(?P<curly>[^”]*)”|(?P<bare>[^\s,"'=]+))""",
    re.VERBOSE | re.DOTALL,
)
SOURCE = ("src", "image", "image_path", "img", "url", "path", "file", "filename", "source")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg)(?:\?.*)?$", re.IGNORECASE)
_FIGURE = re.compile(
    r"^(?![ \t>*+|-]|\d+\.)([^\n]*\S)[ \t]+(<figure>(?:(?!</figure>).)*</figure>)[ \t]*$",
    re.MULTILINE | re.DOTALL)
_VIDEOS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "youtubeplayer": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "instagram": "https://www.instagram.com/p/{}/",
}


class Reduced(msgspec.Struct, frozen=True):
    """A body without template code; what went, and what became something else."""

    text: str
    dropped: tuple[Dropped, ...] = ()
    changed: tuple[str, ...] = ()


class Log:
    """Collects what happened to each piece of template code, by its name."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._dropped: dict[str, list[int]] = {}
        self._changed: Counter[str] = Counter()

    def dropped(self, name: str, at: int) -> str:
        """`name` is taken out of the text at `at`; gives what stands there now: nothing."""
        self._dropped.setdefault(name, []).append(self._text.count("\n", 0, at) + 1)
        return ""

    def changed(self, name: str, new: str) -> str:
        """`name` became `new`."""
        self._changed[name] += 1
        return new

    def reduced(self, text: str) -> Reduced:
        """The result; a picture with a legend stands alone, not in the line of a paragraph."""
        return Reduced(
            _FIGURE.sub(r"\1\n\n\2\n", text),
            tuple(
                Dropped(lines[0], name + (f" ({len(lines)} times)" if len(lines) > 1 else ""),
                        "template code; what it wraps is kept")
                for name, lines in self._dropped.items()
            ),
            tuple(f"template code {name}" + (f" ({times} times)" if times > 1 else "")
                  for name, times in sorted(self._changed.items())),
        )


def arguments(text: str) -> tuple[list[str], dict[str, str]]:
    """Positional and named arguments: `"a.jpg" alt="x"`, `src: "a.jpg", alt: x`."""
    positional: list[str] = []
    named: dict[str, str] = {}
    for match in _ARGUMENT.finditer(text):
        value = next((match[g] for g in ("double", "single", "raw", "curly", "bare")
                      if match[g] is not None), "")
        if match["double"] is not None or match["single"] is not None:
            value = re.sub(r"\\(.)", r"\1", value)
        if match["key"]:
            named[match["key"].lower()] = value
        else:
            positional.append(value)
    return positional, named


def source_of(positional: list[str], named: Mapping[str, str]) -> str:
    """The address of a picture among the arguments."""
    for key in SOURCE:
        if named.get(key):
            return named[key]
    return next((value for value in positional if _PICTURE.search(value)),
                positional[0] if positional else "")


def is_picture(address: str) -> bool:
    """Whether an address ends like a picture's."""
    return bool(_PICTURE.search(address))


def picture(src: str, alt: str = "", caption: str = "", href: str = "") -> str:
    """A picture, with a legend where there is one."""
    src = src.strip().replace(" ", "%20")
    words = " ".join(caption.split())
    if words:
        image = f'<img src="{escape(src)}" alt="{escape(" ".join(alt.split()))}">'
        if href:
            image = f'<a href="{escape(href)}">{image}</a>'
        return f"<figure>{image}\n<figcaption>{words}</figcaption></figure>"
    image = f"![{escaping.inline(' '.join(alt.split()), linked=True)}]({src})"
    return f"[{image}]({href})" if href else image


def video(name: str, positional: list[str], named: Mapping[str, str]) -> str:
    """A link to what a shortcode embeds; nothing for a name that embeds nothing."""
    first = named.get("id") or named.get("video") or (positional[0] if positional else "")
    first = first or named.get("src", "") or named.get("url", "")
    title = named.get("title", "")
    if name in ("tweet", "twitter", "x"):
        user = named.get("user") or (positional[0] if len(positional) > 1 else "i")
        number = named.get("id") or (positional[-1] if positional else "")
        address = number if "//" in number else f"https://twitter.com/{user}/status/{number}"
    elif name == "gist":
        parts = [named.get("user", ""), named.get("id", "")] if named else positional[:2]
        address = "https://gist.github.com/" + "/".join(p for p in parts if p)
    elif first.startswith(("https://", "http://", "//")):
        address = first
    elif name in _VIDEOS and first:
        address = _VIDEOS[name].format(first)
    else:
        return ""
    address = "https:" + address if address.startswith("//") else address
    return link(title or address, address)


def link(words: str, address: str) -> str:
    """A Markdown link."""
    return f"[{escaping.inline(' '.join(words.split()), linked=True)}]({address.strip()})"


def fenced(code: str, language: str = "") -> str:
    """A fenced block of code, whatever it holds."""
    longest = max((len(run) for run in re.findall(r"`{3,}", code)), default=2)
    fence = "`" * (longest + 1)
    name = language if re.fullmatch(r"[\w+#-]+", language) else ""
    body = code.strip("\n")
    return f"\n{fence}{name}\n{body}\n{fence}\n"
