"""Whether a given name, or a title before a name, is a woman's or a man's."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

import msgspec

from site_builder.finding.spelling import name_key, words
from site_builder.finding.territories import DATA

SHE: Final = words("Mrs Ms Miss Lady Dame Queen Princess Duchess Baroness Sister Sheikha Madame "
                    "wife daughter sister mother widow actress Congresswoman Chairwoman "
                    "aunt niece grandmother granddaughter stepmother stepdaughter "
                    "spokeswoman chairwoman")
"""What stands before a woman's name."""
HE: Final = words("Mr Sir Lord King Prince Duke Baron Brother Sheikh Pope Ayatollah Imam husband "
                   "son brother father uncle nephew grandfather grandson stepfather stepson "
                   "widower Congressman spokesman Archbishop Cardinal")
"""What stands before a man's name."""
_TITLES: Final = SHE | HE
_SAFE: Final = 4  # letters: shorter ones are names of both, or family names, in some language


@cache
def genders() -> dict[str, str]:
    """`f` or `m` by the given names, in lower case ASCII, that only women or only men have;
    data/README.md says from where."""
    data = msgspec.json.decode((DATA / "given_names.json").read_bytes(), type=dict[str, object])
    return {name: gender for kind, gender in (("female", "f"), ("male", "m"))
            for name in str(data[kind]).split()}


def gender(names: Iterable[str], surname: str) -> str:
    """`f` or `m` if the given names of somebody say so, else empty.

    `names` are those that one person goes by; of each the first that tells counts, as the father's
    comes behind it in many countries.
    """
    own = surname.split()
    found = {next((known for word in name.split() if len(word) >= _SAFE and word not in own
                   and (known := genders().get(name_key(word)))), "") for name in names} - {""}
    return found.pop() if len(found) == 1 else ""


def tells_gender(title: str) -> bool:
    """Whether a word before a name is for women only, or for men."""
    return title.rstrip(".") in _TITLES


def contradicts(title: str, known: str) -> bool:
    """Whether nobody of this gender (`gender`) is called so: "Mrs Haddad" is not Samir Haddad."""
    title = title.rstrip(".")
    wanted = "f" if title in SHE else "m" if title in HE else ""
    return bool(wanted and known) and wanted != known
