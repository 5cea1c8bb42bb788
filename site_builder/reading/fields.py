"""The schema's hand tools: one value of front matter → one typed value, or a problem."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from site_builder.model import Moment
from site_builder.problems import Problems, Severity, nearest
from site_builder.reading import dates
from site_builder.reading.frontmatter import FrontMatter
from site_builder.reading.languages import is_tag

_TRUE = {"true", "yes", "on", "1"}
_FALSE = {"false", "no", "off", "0"}
_FOREIGN_COMMAS = re.compile(r"\s*(?:[،，、；؛]|;(?=\s))\s*")


class Fields:
    """Reads the fields of one file and collects what is wrong with them.

    `names` maps our field names to the file's (`summary` → `excerpt`), or to
    several of which the first that is filled counts; a dotted name reads one
    part of a field from a key of its own (`source.url` → `source_url`).
    """

    def __init__(
        self,
        matter: FrontMatter,
        *,
        file: str,
        zone: str,
        names: Mapping[str, str | tuple[str, ...]],
        problems: Problems,
    ) -> None:
        self.matter = matter
        self.file = file
        self.zone = zone
        self.names = names
        self.problems = problems
        self._used: set[str] = set()

    def key(self, name: str) -> str:
        """The file's own name for one of our fields."""
        mapped = self.names.get(name, name)
        if isinstance(mapped, str):
            return mapped
        filled = (key for key in mapped if self.matter.values.get(key) not in (None, "", []))
        return next(filled, mapped[0] if mapped else name)

    def raw(self, name: str) -> Any:
        """The value as the file has it, or None."""
        key = self.key(name)
        mapped = self.names.get(name, key)
        self._used.update((key,) if isinstance(mapped, str) else mapped)
        return self.matter.values.get(key)

    def problem(
        self,
        code: str,
        message: str,
        *path: str | int,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Add a problem at the place of a value."""
        line, column = self.matter.mark(*path)
        self.problems.add(
            code, message, file=self.file, line=line, column=column, hint=hint, severity=severity
        )

    def text(self, name: str, *, required: bool = False) -> str:
        """One text; white space at its ends and line breaks in it are folded."""
        value = self.raw(name)
        key = self.key(name)
        if isinstance(value, str):
            value = " ".join(value.split())
        if value is None or value == "":
            if required:
                place = (key,) if key in self.matter.values else ()
                self.problem(
                    "FM007", f"`{key}` is missing" if not place else f"`{key}` is empty", *place,
                    hint=f"write a line {key}: …",
                )
            return ""
        if not isinstance(value, str):
            self.problem(
                "FM006", f"`{key}` must be one text, not {_kind(value)}", key,
                hint=f"write {key}: … on one line",
            )
            return ""
        return value

    def texts(self, name: str, *, split_commas: bool = False) -> tuple[str, ...]:
        """A list of texts; one text counts as a list of one. Empty items are left out.

        Commas of other scripts inside an item are told and taken as separators;
        a plain comma only with `split_commas`, in a value that is one text.
        """
        value = self.raw(name)
        key = self.key(name)
        if value is None:
            return ()
        if isinstance(value, str):
            items: list[Any] = [value]
            if split_commas and "," in value:
                items = value.split(",")
                self.problem(
                    "FM010", f"`{key}` is one text with commas", key,
                    hint=f"write {key}: [{', '.join(i.strip() for i in items)}]",
                    severity=Severity.WARNING,
                )
        elif isinstance(value, list):
            items = value
        else:
            self.problem("FM006", f"`{key}` must be a list, not {_kind(value)}", key,
                         hint=f"write {key}: [first, second]")
            return ()
        found: dict[str, None] = {}
        for index, item in enumerate(items):
            if item is None:
                continue
            if not isinstance(item, str):
                self.problem("FM006", f"an item of `{key}` must be text, not {_kind(item)}",
                             key, index)
                continue
            parts = _FOREIGN_COMMAS.split(item)
            if len(parts) > 1:
                self.problem(
                    "FM010", f"`{key}` holds a separator that YAML does not know: {item!r}",
                    key, index, hint=f"write {key}: [{', '.join(p for p in parts if p)}]",
                    severity=Severity.WARNING,
                )
            for part in parts:
                text = " ".join(part.split())
                if text:
                    found[text] = None
        return tuple(found)

    def flag(self, name: str) -> bool:
        """Yes or no, in YAML's spellings; False when it is not given."""
        return self.yes(self.raw(name), self.key(name))

    def yes(self, value: Any, *path: str | int) -> bool:
        """Yes or no inside a mapping; False when it is not given."""
        if value is None:
            return False
        word = value.strip().lower() if isinstance(value, str) else ""
        if word in _TRUE:
            return True
        if word not in _FALSE:
            key = path[-1]
            self.problem("FM006", f"`{key}` must be true or false", *path,
                         hint=f"write {key}: true or {key}: false")
        return False

    def number(self, value: Any, *path: str | int) -> int:
        """A whole number from 0 to 99,999; 0 when there is none."""
        if value is None:
            return 0
        if isinstance(value, str) and re.fullmatch(r"\d{1,5}", value.strip()):
            return int(value)
        self.problem("FM006", f"`{path[-1]}` must be a whole number", *path)
        return 0

    def moment(self, name: str) -> Moment | None:
        """A date or date-time, or None."""
        value = self.raw(name)
        key = self.key(name)
        if value is None or value == "":
            return None
        try:
            if not isinstance(value, str):
                raise ValueError(f"`{key}` must be a date, not {_kind(value)}")
            return dates.parse(value, self.zone)
        except ValueError as error:
            self.problem(
                "FM008", str(error), key,
                hint="write 2022-11-29, or 2022-11-29T18:30 with an offset such as +03:30",
            )
            return None

    def partial_date(self, value: Any, *path: str | int) -> str:
        """A year, month or day as written, or nothing."""
        if value is None or value == "":
            return ""
        try:
            if not isinstance(value, str):
                raise ValueError(f"must be a date, not {_kind(value)}")
            return dates.partial(value)
        except ValueError as error:
            self.problem("FM008", str(error), *path, hint="write 2021, 2021-08 or 2021-08-03")
            return ""

    def web_address(self, value: Any, *path: str | int) -> str:
        """An http(s) address; anything else is a problem and becomes nothing."""
        if value is None or value == "":
            return ""
        text = value.strip() if isinstance(value, str) else ""
        if is_web_address(text):
            return text
        self.problem("FM009", f"not a web address: {value!r}", *path,
                     hint="an address starts with https:// or http://")
        return ""

    def language(self, name: str) -> str:
        """A language tag, or nothing."""
        tag = self.text(name)
        if tag and not is_tag(tag):
            tag = tag.replace("_", "-") if is_tag(tag.replace("_", "-")) else self._no_tag(tag)
        return tag

    def _no_tag(self, tag: str) -> str:
        self.problem("FM013", f"not a language tag: {tag!r}", self.key("lang"),
                     hint="write a tag such as en, fa or pt-BR")
        return ""

    def mapping(self, value: Any, keys: Iterable[str], *path: str | int) -> dict[str, Any]:
        """A mapping with known keys; unknown ones are told and left out."""
        known = list(keys)
        if not isinstance(value, dict):
            self.problem("FM006", f"`{path[0]}` must be fields, not {_kind(value)}", *path,
                         hint="its fields: " + ", ".join(known))
            return {}
        for key in value:
            if key not in known:
                near = nearest(key, known, cutoff=0.6)
                self.problem(
                    "FM005", f"`{path[0]}` has no field `{key}`", *path, key,
                    hint=f"did you mean `{near}`?" if near else "its fields: " + ", ".join(known),
                    severity=Severity.WARNING,
                )
        return {k: v for k, v in value.items() if k in known}

    def single(self, value: Any, *path: str | int) -> str:
        """One text inside a mapping, or nothing."""
        if value is None:
            return ""
        if isinstance(value, str):
            return " ".join(value.split())
        self.problem("FM006", f"`{path[-1]}` must be one text, not {_kind(value)}", *path)
        return ""

    def rest(self, known: Iterable[str]) -> dict[str, Any]:
        """The keys that nobody asked for, for templates; misspellings of known ones are told."""
        known = list(known)
        extra: dict[str, Any] = {}
        for key, value in self.matter.values.items():
            if key in self._used:
                continue
            extra[key] = value
            near = nearest(key, known, cutoff=0.8) if key.lower() not in known else key.lower()
            if near and self.key(near) not in self.matter.values:
                self.problem(
                    "FM005", f"unknown field `{key}`", key, hint=f"did you mean `{near}`?",
                    severity=Severity.WARNING,
                )
        return extra

    def lines(self) -> dict[str, int]:
        """The line of every top-level field, for problems that later stages find."""
        return {
            str(path[0]): mark[0] for path, mark in self.matter.marks.items() if len(path) == 1
        }


def is_web_address(text: str) -> bool:
    """Whether `text` is an http or https address with a host."""
    if not re.match(r"https?://[^\s<>\"'\\]+$", text, re.IGNORECASE):
        return False
    try:
        return bool(urlsplit(text).netloc)
    except ValueError:
        return False


def _kind(value: Any) -> str:
    return {list: "a list", dict: "fields", type(None): "nothing"}.get(type(value), "text")
