"""What WordPress keeps in a post's content → plain HTML: shortcodes, block comments, autop.

A classic post has no paragraphs: blank lines part them and line ends are breaks
(WordPress's `wpautop`). A post of the block editor is HTML between comments.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape, unescape

import msgspec

from site_builder.importing.candidates import Dropped
from site_builder.importing.shortcodes import reduced as r

_BLOCK_COMMENT = re.compile(r"<!--\s*(/?)wp:([\w/-]+)(?:\s+\{.*?\})?\s*(/?)-->", re.DOTALL)
_PROTECTED = re.compile(
    r"<(pre|script|style|textarea)\b.*?</\1\s*>|<code\b[^>]*>.*?</code\s*>", re.DOTALL | re.I)
_CODE = re.compile(
    r"(?<!\[)\[(code|sourcecode|source|php|python|javascript|js|css|html|xml|bash|sql|java|ruby)"
    r"(\s[^\]]*)?\](.*?)\[/\1\](?!\])", re.DOTALL | re.IGNORECASE)
_CAPTION = re.compile(r"(?<!\[)\[(caption|wp_caption)\b([^\]]*)\](.*?)\[/\1\]", re.DOTALL | re.I)
_EMBED = re.compile(r"(?<!\[)\[embed[^\]]*\](.*?)\[/embed\]", re.DOTALL | re.IGNORECASE)
_KNOWN = (
    "gallery|playlist|audio|video|youtube|vimeo|dailymotion|instagram|tweet|gist|soundcloud|embed|"
    "caption|contact-form|contact-form-7|contact-field|polldaddy|poll|recent_posts|archives|"
    "subscribe2|more|nextpage|button|buttons|row|column|columns|one_half|one_third|two_third|"
    "dropcap|quote|pullquote|spoiler|tabs?|accordion|slideshow|googlemaps|scribd|wpvideo|"
    "latex|footnote|ref|toc|social_share|related_posts"
)
_SHORTCODE = re.compile(
    rf"""(?P<open>\[)?\[(?P<close>/)?
        (?P<name>(?:{_KNOWN})(?![\w-])|[a-z][\w-]*(?=\s+[\w-]+\s*=\s*["'“”]))
        (?P<args>[^\[\]]*?)(?P<self>/)?\](?P<shut>\])?""",
    re.VERBOSE | re.IGNORECASE)
_IMG = re.compile(r"(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", re.IGNORECASE | re.DOTALL)
_URL_LINE = re.compile(r"^[ \t]*(https?://[^\s<>\"]+)[ \t]*$", re.MULTILINE)
_TAG = re.compile(r"(<[^<>]*>)")
_BLOCK_TAG = re.compile(
    r"</?(?:table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|"
    r"map|area|blockquote|address|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|header|"
    r"footer|nav|figure|figcaption|details|menu|summary|iframe|br)\b", re.IGNORECASE)
_BREAK = "<div></div>"


class Attachment(msgspec.Struct, frozen=True):
    """A file of the media library."""

    url: str
    alt: str = ""
    caption: str = ""
    parent: str = ""


class Content(msgspec.Struct, frozen=True):
    """HTML, what was dropped, what was changed."""

    html: str
    dropped: tuple[Dropped, ...] = ()
    changed: tuple[str, ...] = ()


def to_html(
    content: str, *, attachments: Mapping[str, Attachment] = {}, own: Sequence[Attachment] = ()
) -> Content:
    """The content of a post as HTML; `own` are the files that were uploaded to it."""
    blocks = bool(_BLOCK_COMMENT.search(content))
    counted: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    kept: list[str] = []

    def keep(html: str) -> str:
        kept.append(html)
        return f"\x00{len(kept) - 1}\x00"

    def code(match: re.Match[str]) -> str:
        changed[f"[{match[1]}] is a block of code now"] += 1
        _, named = r.arguments(match[2] or "")
        name = named.get("language") or named.get("lang") or (
            "" if match[1].lower() in ("code", "sourcecode", "source") else match[1].lower())
        text = match[3].strip("\n")
        if "&lt;" not in text and "&amp;" not in text:
            text = escape(text, quote=False)
        return keep(f'<pre><code class="language-{escape(name)}">{text}</code></pre>')

    content = content.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    content = _CODE.sub(code, content)
    content = _PROTECTED.sub(lambda m: keep(m[0]), content)
    content = _BLOCK_COMMENT.sub(lambda m: _block_comment(m, counted), content)
    content = _CAPTION.sub(lambda m: _caption(m, changed), content)
    content = _EMBED.sub(lambda m: f"\n\n{_embed(m[1], changed)}\n\n", content)
    content = _SHORTCODE.sub(
        lambda m: _shortcode(m, attachments, own, counted, changed), content)
    if not blocks:
        content = _URL_LINE.sub(lambda m: f'<a href="{escape(m[1])}">{escape(m[1])}</a>', content)
        content = autop(content)
    while "\x00" in content:
        content = re.sub("\x00(\\d+)\x00", lambda m: kept[int(m[1])], content)
    return Content(
        content,
        tuple(Dropped(0, name + (f" ({n} times)" if n > 1 else ""),
                      "made by WordPress when the page is shown")
              for name, n in counted.items()),
        tuple(what + (f" ({n} times)" if n > 1 else "") for what, n in sorted(changed.items())),
    )


def autop(text: str) -> str:
    """Blank lines part paragraphs, line ends are breaks, except beside blocks (`wpautop`)."""
    parts = _TAG.split(re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL))
    for at in range(0, len(parts), 2):
        part = parts[at]
        if "\n" not in part:
            continue
        before = at > 0 and bool(_BLOCK_TAG.match(parts[at - 1]))
        after = at + 1 < len(parts) and bool(_BLOCK_TAG.match(parts[at + 1]))
        if not part.strip():
            if before or after:
                continue
            parts[at] = _BREAK if part.count("\n") > 1 else "<br>"
            continue
        lead = part[: len(part) - len(part.lstrip())]
        tail = part[len(part.rstrip()):]
        inner = re.sub(r"[ \t]*\n[ \t]*\n\s*", _BREAK, part.strip())
        inner = re.sub(r"[ \t]*\n[ \t]*", "<br>", inner)
        parts[at] = _edge(lead, before) + inner + _edge(tail, after)
    return "".join(parts)


def _edge(space: str, beside_block: bool) -> str:
    if beside_block or "\n" not in space:
        return " " if space else ""
    return _BREAK if space.count("\n") > 1 else "<br>"


def _block_comment(match: re.Match[str], counted: Counter[str]) -> str:
    """Comments of the block editor go; a block that is nothing but a comment had content."""
    if match[3] and match[2] not in ("spacer", "more", "nextpage", "separator"):
        counted[f"block {match[2]}"] += 1
    return ""


def _caption(match: re.Match[str], changed: Counter[str]) -> str:
    changed["[caption] is a legend now"] += 1
    image = _IMG.search(match[3])
    _, named = r.arguments(match[2])
    if not image:
        return match[3]
    words = (match[3][: image.start()] + match[3][image.end():]).strip()
    words = words or named.get("caption", "")
    words = " ".join(words.split())
    return f"\n\n<figure>{image[0].strip()}<figcaption>{words}</figcaption></figure>\n\n"


def _embed(address: str, changed: Counter[str]) -> str:
    address = unescape(address.strip())
    changed["[embed] is a link now"] += 1
    return f'<a href="{escape(address)}">{escape(address)}</a>'


def _shortcode(
    match: re.Match[str], attachments: Mapping[str, Attachment], own: Sequence[Attachment],
    counted: Counter[str], changed: Counter[str],
) -> str:
    if match["open"] and match["shut"]:  # [[gallery]] shows [gallery]
        return match[0][1:-1]
    opened = "[" if match["open"] else ""
    shut = "]" if match["shut"] else ""
    if match["close"]:
        return opened + shut
    name = match["name"].lower()
    args = unescape(match["args"]).replace("“", '"').replace("”", '"').strip()
    positional, named = r.arguments(args.lstrip("="))
    if name == "gallery":
        ids = [i.strip() for i in (named.get("ids") or named.get("include") or "").split(",")]
        files = [attachments[i] for i in ids if i in attachments] if any(ids) else list(own)
        if files:
            changed["[gallery] is its pictures now"] += 1
            return opened + "\n\n" + "\n\n".join(map(_picture, files)) + "\n\n" + shut
    address = next((named[k] for k in ("src", "mp3", "mp4", "m4v", "ogg", "webm", "url", "m4a")
                    if named.get(k)), "")
    if name in ("audio", "video", "soundcloud", "playlist") and not address and positional:
        address = positional[0].partition("|")[0]
    link = re.fullmatch(r"\[(.*)\]\((.*)\)", r.video(name, positional, named), re.DOTALL) \
        if not address else None
    address = address or (link[2] if link else "")
    if address:
        changed[f"[{name}] is a link now"] += 1
        return (f'{opened}\n\n<a href="{escape(address)}">'
                f"{escape(named.get('title') or address)}</a>\n\n{shut}")
    counted[f"[{name}]"] += 1
    return opened + shut


def _picture(file: Attachment) -> str:
    image = f'<img src="{escape(file.url)}" alt="{escape(file.alt)}">'
    if not file.caption:
        return f"<figure>{image}</figure>"
    return f"<figure>{image}<figcaption>{file.caption}</figcaption></figure>"
