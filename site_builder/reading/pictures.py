"""A picture's bytes → its size, the bytes that are published, and smaller ones of it.

What a camera writes beside the picture (place, time, serial number, names) is
never published: a picture can betray where a source lives.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

import msgspec

from site_builder.reading.stripping import stripped

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTHS = (480, 960, 1600)
SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"})
_SMALLER: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 80}, "WEBP": {"quality": 80}, "PNG": {"lossless": True},
}
"""Formats that get smaller pictures, and how: drawings and maps in PNG lose nothing."""
_ROTATED = 0x0112  # Exif 2.32, 4.6.4: Orientation


class Prepared(msgspec.Struct, frozen=True):
    """A picture as readers see it, upright. `smaller` are WebP files by width, each worth its
    place; `wrong` says what is wrong with the file, `huge` that it has too many pixels to decode.
    """

    width: int
    height: int
    data: bytes
    smaller: tuple[tuple[int, bytes], ...] = ()
    wrong: str = ""
    huge: bool = False


def prepare(data: bytes, *, pixels: int, variants: bool = True) -> Prepared:
    """Judge and prepare a picture. Of more than `pixels` only the size is read.

    Without `variants` no smaller pictures are made; the rest is the same.
    """
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = pixels
    clean = stripped(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(data)) as image:
                width, height = image.size
                if width * height > pixels:
                    return Prepared(width, height, clean, huge=True)
                turned = image.getexif().get(_ROTATED, 1) not in (0, 1)
                if turned:
                    upright = ImageOps.exif_transpose(image)
                    clean = _saved(upright, image.format or "PNG", image.info.get("icc_profile"))
                    width, height = upright.size
                if variants:
                    smaller = _smaller(image, width, height, turned, len(clean))
                else:
                    image.load()
                    smaller = ()
            return Prepared(width, height, clean, smaller)
        except Image.DecompressionBombError:
            return Prepared(0, 0, clean, huge=True)
        except Exception as error:  # noqa: BLE001 - decoders raise whatever they like
            return Prepared(0, 0, clean, wrong=_sentence(error))


def _smaller(
    image: Image, width: int, height: int, turned: bool, most: int
) -> tuple[tuple[int, bytes], ...]:
    from PIL import Image, ImageOps

    how = _SMALLER.get(image.format or "")
    widths = [w for w in WIDTHS if w < width]
    if how is None or getattr(image, "n_frames", 1) > 1 or not widths:
        image.load()
        return ()
    profile = image.info.get("icc_profile") if image.mode in ("RGB", "RGBA") else None
    if not turned:
        image.draft("RGB", (widths[-1] * 2, height * widths[-1] * 2 // width))
    whole = ImageOps.exif_transpose(image) if turned else image
    clear = whole.mode in ("RGBA", "LA", "PA") or "transparency" in whole.info
    whole = whole.convert("RGBA" if clear else "RGB")
    found = []
    for wide in widths:
        size = (wide, max(1, round(height * wide / width)))
        scaled = whole.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
        data = _saved(scaled, "WEBP", profile, **how)
        if len(data) < most:
            found.append((wide, data))
    return tuple(found)


def _saved(image: Image, form: str, profile: bytes | None, **how: Any) -> bytes:
    file = io.BytesIO()
    if form == "JPEG":
        how = {"quality": 92, "optimize": True}
    elif form == "WEBP":
        how = {"quality": 90, "method": 4, **how}
    if profile:
        how["icc_profile"] = profile
    image.info.clear()  # comments and the like
    image.save(file, form, exif=b"", **how)
    return file.getvalue()


def _sentence(error: Exception) -> str:
    name = type(error).__name__
    return "no picture that can be read" if name == "UnidentifiedImageError" else f"{error}"[:120]
