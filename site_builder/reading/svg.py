"""Whether a picture in SVG only draws. Opened by its own address, an SVG is a page that can run."""

from __future__ import annotations

import re
from xml.parsers import expat

_ELEMENTS = frozenset(
    "script foreignobject iframe embed object audio video handler listener set animate "
    "animatetransform animatemotion".split()
)
_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#|['\"]?#)|@import|expression\(", re.IGNORECASE)


def dangers(data: bytes) -> list[str]:
    """What in an SVG could run or fetch something, in its order; empty for a drawing.

    Links within the drawing (`#id`) and embedded PNG, JPEG, GIF or WebP pictures are
    no danger. A file that is no XML, or that declares entities, is one.
    """
    found: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2].lower()
        if local in _ELEMENTS:
            found.append(f"<{name}>")
        for key, value in attributes.items():
            plain = key.rpartition(":")[2].lower()
            target = "".join(value.split()).lower()
            if plain.startswith("on"):
                found.append(f"{key} on <{name}>")
            elif plain in ("href", "src") and not target.startswith(
                ("#", "data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp")
            ):
                found.append(f"{key}={value[:40]} on <{name}>")
            elif _OUTSIDE.search(value):
                found.append(f"{key} with an address on <{name}>")
        styles.append(local == "style")

    def text(data: str) -> None:
        if styles and styles[-1] and _OUTSIDE.search(data):
            found.append("an address in <style>")

    def refuse(*_: object) -> None:
        found.append("a document type or entity")

    def instruction(target: str, data: str) -> None:
        found.append(f"<?{target}?>")

    styles: list[bool] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: styles.pop()
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = refuse
    parser.ProcessingInstructionHandler = instruction
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        found.append(f"no well-formed XML ({error})")
    return list(dict.fromkeys(found))
