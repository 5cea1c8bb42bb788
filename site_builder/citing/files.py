"""A citation as a file for reference managers, in a link that holds the whole file.

No file on the server: an archive of 100,000 articles would need 300,000 of
them. A `data:` address (RFC 2397) with the attribute `download` works without
a script, and under a Content-Security-Policy that lets nothing run.
"""

from __future__ import annotations

import functools
import re
from typing import Final, NamedTuple
from urllib.parse import quote

import msgspec

from site_builder.citing.names import Name
from site_builder.citing.styles import Cited

_SPECIAL: Final = re.compile(r"[\\{}&%$#_~^]")
_TEX: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_UNSAFE: Final = re.compile(r"[\x00-\x1f\"'#&<>\\^`{}|\[\]]")
_ESCAPES: Final = {chr(code): quote(chr(code)) for code in range(128)}


class File(NamedTuple):
    """A kind of file: what it is called, its ending, and a link that holds it."""

    name: str
    ending: str
    href: str


def files(cited: Cited, key: str, *, number: str = "", page: int = 0) -> tuple[File, ...]:
    """BibTeX, RIS and CSL-JSON of an article.

    `key` is what a manuscript calls it; `number` and `page` are those of the
    printed issue, if there was one.
    """
    title = _encoded(cited.title)
    year, month, day = cited.day.split("-")
    values = {
        "year": year, "month": month, "day": day, "tex_month": _MONTHS[int(month) - 1],
        "numbers": f"{int(year)},{int(month)},{int(day)}", "key": key,
        "url": _encoded(cited.url), "title": title,
        "tex_title": _encoded(tex(cited.title)) if _SPECIAL.search(cited.title) else title,
        "json_title": _encoded(_json(cited.title)),
    }
    bibtex, ris, csl = _prepared(cited.authors, cited.site, cited.lang, number, page)
    return (
        File("BibTeX", "bib", _filled(bibtex, values)),
        File("RIS", "ris", _filled(ris, values)),
        File("CSL-JSON", "json", _filled(csl, values)),
    )


@functools.lru_cache(maxsize=1000)
def _prepared(
    authors: tuple[Name, ...], site: str, language: str, number: str, page: int
) -> tuple[list[str], ...]:
    """The templates with everything that the articles of an author share."""
    values = {
        "language": _encoded(language),
        "site": _encoded(site), "tex_site": _encoded(tex(site)),
        "json_site": _encoded(_json(site)),
        **_authors(authors), **_printed(number, page),
    }
    return tuple(_partly(template, values) for template in (_BIBTEX, _RIS, _CSL))


def _partly(template: list[str], values: dict[str, str]) -> list[str]:
    parts = [template[0]]
    for n in range(1, len(template), 2):
        if template[n] in values:
            parts[-1] += values[template[n]] + template[n + 1]
        else:
            parts += template[n : n + 2]
    return parts


def tex(text: str) -> str:
    """Text in a field of BibTeX: what TeX would take for a command is written out."""
    return _SPECIAL.sub(lambda match: _TEX[match[0]], text)


def _encoded(text: str) -> str:
    """Text in an address within an attribute; letters of all scripts stay (RFC 3987)."""
    text = text.replace("%", "%25").replace(" ", "%20")
    return _UNSAFE.sub(lambda match: _ESCAPES[match[0]], text) if _UNSAFE.search(text) else text


def _json(text: str) -> str:
    return msgspec.json.encode(text).decode()


def _authors(authors: tuple[Name, ...]) -> dict[str, str]:
    if not authors:
        return {"tex_authors": "", "ris_authors": "", "json_authors": ""}
    names = " and ".join(_tex_name(name) for name in authors)
    people = [
        {"literal": name.family} if name.literal else {
            "family": name.family, "given": name.given,
            **({"non-dropping-particle": name.particle} if name.particle else {}),
            **({"suffix": name.suffix} if name.suffix else {}),
        } for name in authors
    ]
    return {
        "tex_authors": _encoded(f"  author = {{{names}}},\n"),
        "ris_authors": _encoded("".join(f"AU  - {_ris_name(name)}\r\n" for name in authors)),
        "json_authors": _encoded(f'"author":{msgspec.json.encode(people).decode()},'),
    }


def _tex_name(name: Name) -> str:
    if name.literal:
        return f"{{{tex(name.family)}}}"
    suffix = f", {tex(name.suffix)}" if name.suffix else ""
    return f"{tex(name.surname)}{suffix}, {tex(name.given)}"


def _ris_name(name: Name) -> str:
    if name.literal:
        return name.family
    return f"{name.surname}, {name.given}{f', {name.suffix}' if name.suffix else ''}"


def _printed(number: str, page: int) -> dict[str, str]:
    pages = str(page) if page else ""
    found = {"tex_issue": "", "ris_issue": "", "json_issue": ""}
    if number:
        found["tex_issue"] += f"  number = {{{tex(number)}}},\n"
        found["ris_issue"] += f"IS  - {number}\r\n"
        found["json_issue"] += f'"issue":{_json(number)},'
    if pages:
        found["tex_issue"] += f"  pages = {{{pages}}},\n"
        found["ris_issue"] += f"SP  - {pages}\r\n"
        found["json_issue"] += f'"page":"{pages}",'
    return {name: _encoded(text) for name, text in found.items()}


def _template(kind: str, text: str) -> list[str]:
    """Words and names of blanks (`<name>`) in turn."""
    parts = re.split(r"<(\w+)>", text)
    parts[::2] = [_encoded(part) for part in parts[::2]]
    parts[0] = f"data:{kind};charset=utf-8,{parts[0]}"
    return parts


def _filled(template: list[str], values: dict[str, str]) -> str:
    parts = template.copy()
    parts[1::2] = [values[name] for name in parts[1::2]]
    return "".join(parts)


# month is a macro of BibTeX; the second pair of braces keeps the title's capitals
_BIBTEX: Final = _template("application/x-bibtex", """\
@article{<key>,
<tex_authors>  title = {{<tex_title>}},
  journal = {<tex_site>},
  year = {<year>},
  month = <tex_month>,
  day = {<day>},
<tex_issue>  url = {<url>},
  language = {<language>}
}
""")
# Research Info Systems, "RIS Format Specifications"; NEWS is a newspaper
_RIS: Final = _template("application/x-research-info-systems", "\r\n".join([
    "TY  - NEWS", "ID  - <key>", "<ris_authors>TI  - <title>", "T2  - <site>", "PY  - <year>",
    "DA  - <year>/<month>/<day>", "<ris_issue>UR  - <url>", "LA  - <language>", "ER  - ", "",
]))
# Citation Style Language 1.0.2, "CSL-JSON"
_CSL: Final = _template("application/vnd.citationstyles.csl+json", (
    '[{"id":"<key>","type":"article-newspaper",<json_authors>"title":<json_title>,'
    '"container-title":<json_site>,"issued":{"date-parts":[[<numbers>]]},<json_issue>'
    '"URL":"<url>","language":"<language>"}]\n'
))
