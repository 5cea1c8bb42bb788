"""Language tags: which are well-formed, and which are written from right to left."""

from __future__ import annotations

import functools
import re

# BCP 47 (RFC 5646, 2.1), without grandfathered tags.
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{5,8})*")

# Languages whose usual script runs right to left, by CLDR's likely subtags
# (Arab, Hebr, Syrc, Thaa, Nkoo, Adlm, Rohg).
_RTL = frozenset(
    "ar arc ary arz azb bal bgn bqi ckb dv fa ff-Adlm glk he khw ks lrc luz mzn nqo "
    "pnb ps rhg sd skr syr ug ur uz-Arab yi".split()
)
_RTL_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo", "adlm", "rohg"})


def is_tag(text: str) -> bool:
    """Whether `text` has the form of a language tag (`en`, `pt-BR`, `zh-Hant`)."""
    return bool(_TAG.fullmatch(text))


@functools.lru_cache(maxsize=1000)
def is_rtl(tag: str) -> bool:
    """Whether text in this language runs from right to left; an explicit script decides."""
    parts = tag.split("-")
    for part in parts[1:]:
        if len(part) == 4 and part.isalpha():
            return part.lower() in _RTL_SCRIPTS
    return parts[0].lower() in _RTL
