"""Names → identities with addresses: never empty, never merged by slug alone."""

from __future__ import annotations

import functools
import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from site_builder.reading.slugs import slug

RESERVED = frozenset({"page", "index", "with"})


@functools.lru_cache(maxsize=200_000)
def term_key(name: str) -> str:
    """The identity of a tag, desk or byline: NFC, one space, no case."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def spellings(names: Iterable[str]) -> dict[str, str]:
    """For each identity its most frequent spelling; the first in the alphabet among equals."""
    counts: dict[str, Counter[str]] = {}
    for name, number in Counter(names).items():
        text = " ".join(unicodedata.normalize("NFC", name).split())
        counts.setdefault(term_key(name), Counter())[text] += number
    return {
        key: min(found, key=lambda text: (-found[text], text)) for key, found in counts.items()
    }


def assign(
    names: Mapping[str, str], fixed: Mapping[str, str] = {}, reserved: frozenset[str] = RESERVED
) -> dict[str, str]:
    """An address segment for each identity; `names` maps identities to names.

    `fixed` holds the slugs that records ask for. Where several names share a
    slug, the one that is written in the slug's own letters keeps it; the others
    get four characters of a hash of their identity, so that no address depends
    on the order of files.
    """
    result = dict(fixed)
    claimed = set(fixed.values())
    wanted: dict[str, list[str]] = {}
    for key, name in names.items():
        if key not in result:
            wanted.setdefault(slug(name), []).append(key)
    for text, keys in wanted.items():
        usable = text and text not in claimed and text not in reserved
        plain = [key for key in keys if _is_plain(names[key], text)]
        keeper = None
        if usable:
            keeper = keys[0] if len(keys) == 1 else (plain[0] if len(plain) == 1 else None)
        for key in keys:
            if key == keeper:
                result[key] = text
            else:
                mark = hashlib.blake2b(key.encode(), digest_size=2).hexdigest()
                result[key] = f"{text}-{mark}" if text else mark
    return result


def _is_plain(name: str, text: str) -> bool:
    """Whether a slug says all that the name says: `Jose Silva`, but not `José Silva` or `C++`."""
    return name.casefold().replace("-", " ") == text.replace("-", " ")
