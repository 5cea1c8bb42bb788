"""Make forms.json anew: the form of an entry, learnt from what citeproc-js makes of markers.

    python site_builder/citing/data/generate.py   (npm ci in tests/browser first)

README.md beside this file says from what.
"""

from __future__ import annotations

import json
import re
import sys
from html import unescape
from itertools import product
from pathlib import Path
from string import ascii_lowercase
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[2]))

from tests.citing.reference import LOCALES, Reference  # noqa: E402

STYLES = {
    "apa": "apa",
    "chicago": "chicago-notes-bibliography",
    "mla": "modern-language-association",
}
MOST = 24
"""Authors; with more the form stays the same in all three styles, which is asserted."""
SITE, TITLE, URL = "Qqsite", "Qqtitle qqx", "https://qq.example/"
NBSP = "\N{NO-BREAK SPACE}"


def item(kinds: str, day: tuple[int, int, int] = (1987, 11, 17)) -> dict[str, Any]:
    """An article of markers: an author for each letter of `kinds`, a person or (l) literal."""
    authors = [
        {"literal": f"Qlit{n}q"} if kind == "l" else {"family": f"Qfam{n}q", "given": f"Zgiv{n}z"}
        for n, kind in zip(ascii_lowercase, kinds, strict=False)
    ]
    found: dict[str, Any] = {
        "type": "article-newspaper", "title": TITLE, "container-title": SITE, "URL": URL,
        "issued": {"date-parts": [list(day)]},
    }
    return {**found, "author": authors} if kinds else found


def differing(texts: list[str]) -> tuple[str, list[str], str]:
    """What texts begin with, what differs, what they end with."""
    start = next(n for n in range(len(texts[0])) if len({t[: n + 1] for t in texts}) > 1)
    end = next(n for n in range(len(texts[0])) if len({t[len(t) - n - 1 :] for t in texts}) > 1)
    first = texts[0]
    return first[:start], [t[start : len(t) - end] for t in texts], first[len(first) - end :]


def learn(reference: Reference, style: str, language: str) -> dict[str, Any]:
    """All that varies in one style and language."""

    def entry(given: dict[str, Any]) -> str:
        return unescape(reference.entry(style, language, given))

    before, months, after = differing([entry(item("l", (1987, n, 17))) for n in range(1, 13)])
    _, days, _ = differing([entry(item("l", (1987, 11, n))) for n in range(1, 32)])
    dated = before.replace("17", "{day}") + "{month}" + after.replace("17", "{day}")
    for month, day in product(range(1, 13), range(1, 32)):
        made = dated.replace("{month}", months[month - 1]).replace("{day}", days[day - 1])
        assert made == entry(item("l", (1987, month, day))), (style, language, month, day)

    def form(text: str) -> list[str]:
        text = text.replace(months[10], "{month}").replace("1987", "{year}")
        text = text.replace("17", "{day}").replace(URL, "{url}")
        text = re.sub(TITLE, "{title}", text, flags=re.IGNORECASE)
        parts = text.split(f"<i>{SITE}</i>")
        assert len(parts) == 2, text
        assert all(f"{{{x}}}" in text for x in ("month", "year", "day", "url", "title")), text
        return parts

    alone = form(entry(item("l")).replace("Qlitaq", "{names}"))
    head, tail = (part.split("{names}") for part in alone)
    assert (len(head), len(tail)) == (2, 1)
    start, rest = head

    def names(kinds: str) -> str:
        text = form(entry(item(kinds)))[0]
        assert text.startswith(start), text
        assert text.endswith(rest), text
        text = text[len(start) : len(text) - len(rest)]
        if text.endswith(", Z"):  # the full stop of initials, and of the style
            text += "."

        def named(pattern: str, kind: str, text: str) -> str:
            def place(match: re.Match[str]) -> str:
                n = ascii_lowercase.index(match[1])
                return f"{{{kind}{-1 if n > 2 and n == len(kinds) - 1 else n}}}"

            return re.sub(pattern, place, text)

        text = named(r"Qfam(\w)q, Z(?:giv\1z|\.)", "i", text)
        text = named(r"Zgiv\wz Qfam(\w)q", "n", text)
        text = named(r"Qlit(\w)q", "l", text)
        assert "q" not in re.sub(r"\{.*?\}", "", text), text
        return text

    shapes = {"".join(k): names("".join(k)) for n in (1, 2, 3) for k in product("pl", repeat=n)}
    for kind in "pl":
        for n in range(4, MOST + 1):
            shapes[kind * n] = names(kind * n)
        last, most = MOST, shapes[kind * MOST]
        while shapes[kind * (last - 1)] == most:
            del shapes[kind * last]
            last -= 1
        assert last < MOST, "the form still changes: raise MOST"
    person = entry(item("p"))
    return {
        "entry": [start + "{names}" + rest, alone[1]],
        "anonymous": form(entry(item(""))),
        "names": shapes,
        "months": months,
        "days": {str(n): day for n, day in enumerate(days, start=1) if day != str(n)},
        "initials": "Zgivaz" not in person,
        "demotes": entry(item("p") | {"author": [
            {"family": "Quux", "given": "Zora", "non-dropping-particle": "von"},
        ]}).startswith("Quux"),
        "quoted": entry(item("l")).partition("Qqtitle")[0][-1:] != " " or NBSP in entry(item("l")),
        "cased": "Qqtitle Qqx" in entry(item("l") | {"language": "en"}),
    }


def marks(tag: str) -> dict[str, Any]:
    """The quotation marks of a locale, and whether a full stop goes before the closing one."""
    import citeproc
    from lxml import etree

    folder = Path(citeproc.__file__).parent / "data/locales"
    tree = etree.parse(folder / f"locales-{tag}.xml")
    space = {"c": "http://purl.org/net/xbiblio/csl"}
    kinds = ("open-quote", "close-quote", "open-inner-quote", "close-inner-quote")
    return {
        "quotes": [tree.findtext(f".//c:term[@name='{kind}']", namespaces=space) for kind in kinds],
        "inside": "true" in tree.xpath(
            ".//c:style-options/@punctuation-in-quote", namespaces=space),
    }


def main() -> None:
    """Write the file."""
    reference = Reference()
    found = {
        name: {language: learn(reference, style, language) for language in LOCALES}
        for name, style in STYLES.items()
    }
    reference.close()
    found["marks"] = {language: marks(tag) for language, tag in LOCALES.items()}
    text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True)
    (HERE / "forms.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
