"""Digests that tell whether something has to be made again."""

from __future__ import annotations

import hashlib


def digest(*parts: str | bytes) -> str:
    """32 hexadecimal digits over the parts, each with its length, so that none can shift."""
    data = [part.encode() if isinstance(part, str) else part for part in parts]
    sizes = b",".join([b"%d" % len(part) for part in data])
    return hashlib.blake2b(b"".join([sizes, b":", *data]), digest_size=16).hexdigest()
