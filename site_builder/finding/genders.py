"""Whether a given name, or a title before a name, is a woman's or a man's."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Final

import msgspec

from site_builder.finding.spelling import name_key, words
from site_builder.finding.territories import DATA

SHE: Final = words("Mrs Ms Miss Lady Dame Queen Princess Duchess Baroness Sister Sheikha Madame "
                    "wife daughter sister mother widow actress Congresswoman Chairwoman "
                    "spokeswoman chairwoman")
"""What stands before a woman's name."""
HE: Final = words("Mr Sir Lord King Prince Duke Baron Brother Sheikh Pope Ayatollah Imam husband "
                   "son brother father Congressman spokesman Archbishop Cardinal")
"""What stands before a man's name."""
_SAFE: Final = 4  # letters: shorter ones are names of both, or family names, in some language


@cache
def genders() -> dict[str, str]:
    """`f` or `m` by the given names, in lower case ASCII, that only women or only men have;
    data/README.md says from where."""
    data = msgspec.json.decode((DATA / "given_names.json").read_bytes(), type=dict[str, object])
    return {name: gender for kind, gender in (("female", "f"), ("male", "m"))
            for name in str(data[kind]).split()}


def contradicts(title: str, names: Collection[str], surname: str) -> bool:
    """Whether nobody with these names is called so: "Mrs Haddad" is not Samir Haddad.

    `names` are all words of the names of one person. Without a sign, False.
    """
    title = title.rstrip(".")
    wanted = "f" if title in SHE else "m" if title in HE else ""
    if not wanted:
        return False
    own = surname.split()
    found = {genders().get(name_key(word)) for word in names
             if len(word) >= _SAFE and word not in own} - {None}
    return bool(found) and wanted not in found
