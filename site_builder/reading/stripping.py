"""Takes out of a picture's file what is not the picture, without touching a pixel."""

from __future__ import annotations

import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs acTL fcTL fdAT cICP".split()
)  # with the critical chunks: what decides how the picture looks (PNG 3rd edition, 11.3)


def stripped(data: bytes) -> bytes:
    """A JPEG, PNG or WebP without Exif, XMP, IPTC, comments and what follows the picture.

    Colour profiles stay. Other files, and those that are broken, come back as they are.
    """
    try:
        if data.startswith(b"\xff\xd8"):
            return _jpeg(data)
        if data.startswith(_PNG):
            return _png(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
    except (struct.error, IndexError, ValueError):
        pass
    return data


def _jpeg(data: bytes) -> bytes:
    """Segments are FF, a marker, and a length (ITU-T T.81, B.1.1)."""
    kept, place = [b"\xff\xd8"], 2
    while True:
        if data[place] != 0xFF:
            raise ValueError("no marker")
        marker = data[place + 1]
        if marker == 0xFF:  # fill bytes
            place += 1
            continue
        if marker == 0xD9:
            return b"".join([*kept, b"\xff\xd9"])
        (size,) = struct.unpack_from(">H", data, place + 2)
        end = place + 2 + size
        segment = data[place:end]
        if len(segment) != size + 2:
            raise ValueError("cut off")
        own = marker in (0xE0, 0xEE) or (marker == 0xE2 and segment[4:15] == b"ICC_PROFILE")
        if own or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            kept.append(segment)
        place = end
        if marker == 0xDA:  # the scan: up to the next marker that is none of its own
            end = place
            while True:
                end = data.index(b"\xff", end)
                if data[end + 1] == 0 or 0xD0 <= data[end + 1] <= 0xD7:
                    end += 2
                else:
                    break
            kept.append(data[place:end])
            place = end


def _png(data: bytes) -> bytes:
    kept, place = [_PNG], 8
    while True:
        size, kind = struct.unpack_from(">I4s", data, place)
        end = place + 12 + size
        if end > len(data):
            raise ValueError("cut off")
        if kind[:1].isupper() or kind in _PNG_KEPT:
            kept.append(data[place:end])
        place = end
        if kind == b"IEND":
            return b"".join(kept)


def _webp(data: bytes) -> bytes:
    """RIFF chunks; VP8X has a flag for each kind (developers.google.com/speed/webp)."""
    kept, place = [], 12
    while place + 8 <= len(data):
        kind, size = struct.unpack_from("<4sI", data, place)
        end = place + 8 + size + (size & 1)
        chunk = data[place:end]
        if len(chunk) < size + 8:
            raise ValueError("cut off")
        if kind == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~0x0C]) + chunk[9:]
        if kind not in (b"EXIF", b"XMP "):
            kept.append(chunk)
        place = end
    body = b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body
