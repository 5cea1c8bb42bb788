"""Names of people as they are written, and the keys that they are known by.

`name_key` is identity: two spellings with one key are one name. `loose_key` is
suspicion: two names with one loose key may be one person, and somebody should
look. How names are filed in an index is in `finding.filing`, how suspicious
pairs are found in `finding.duplicates`; both are to be had here too.
"""

from __future__ import annotations

from site_builder.finding.duplicates import loose_key, near_duplicates
from site_builder.finding.filing import letter, sort_name, surname_keys
from site_builder.finding.spelling import HONORIFICS, name_key, plain_key, tidy

__all__ = [
    "HONORIFICS",
    "letter",
    "loose_key",
    "name_key",
    "near_duplicates",
    "plain_key",
    "sort_name",
    "surname_keys",
    "tidy",
]
