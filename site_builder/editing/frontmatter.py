"""Lists in front matter, changed in place: no byte moves but those of the values.

The parser's marks say where a value stands; the new text is spliced in there,
and the result is read again before it is given back. Where the two do not agree,
or a style is not known to be safe, the file is refused and nothing is changed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from site_builder.editing.scalars import written
from site_builder.problems import Problem, Problems
from site_builder.reading import frontmatter
from site_builder.reading.frontmatter import FrontMatter
from site_builder.reading.text import decode


class Edit(msgspec.Struct, frozen=True):
    """What is to become of the list at `key`.

    `replace` gives for an item, by its number, another text, or None to take it
    out; `add` are texts to put at its end. One text in place of a list counts as
    a list of one, as it does for the reader. With `part`, the items are fields
    themselves, and `replace` gives texts for the one of that name. `splits` says that the
    reader takes one text with commas for several.
    """

    key: str
    replace: Mapping[int, str | None] = {}
    add: tuple[str, ...] = ()
    part: str = ""
    splits: bool = False

    def applied(self, before: Sequence[Any]) -> list[Any]:
        """The values of the list after the change."""
        if self.part:
            return [{**item, self.part: self.replace[n]} if n in self.replace else item
                    for n, item in enumerate(before)]
        kept = [self.replace.get(n, item) for n, item in enumerate(before)
                if self.replace.get(n, item) is not None or n not in self.replace]
        return kept + list(self.add)


class Unsure(Exception):  # noqa: N818 - it is a finding, not a defect
    """The file cannot be edited without a risk; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


Splice = tuple[int, int, str]
"""Start and end in the text with `\\n` line ends, and what takes the place."""

_OPENING: Final = re.compile(r"---[ \t]*\n")
_CLOSING: Final = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)


def edit(data: bytes, edits: Sequence[Edit], *, file: str) -> bytes:
    """The file's bytes with the lists changed; all other bytes, line ends included, are the same.

    `file` is for the problem. Raises `Unsure` (ED001, or what the reader says)
    where the front matter cannot be read or changed with certainty.
    """
    return _Editor(data, file).edit(edits)


def carry(data: bytes, other: bytes, keys: Sequence[str], *, file: str) -> bytes:
    """`data` with the fields `keys` of the front matter of `other`, as they are written there.

    `data` has none of them, or has them empty. Raises `Unsure` as `edit` does.
    """
    return _Editor(data, file).carry(_Editor(other, file), keys)


def items(data: bytes, key: str, *, file: str) -> list[Any]:
    """The values of the list at `key` as written; one text is a list of one.

    Raises `Unsure` where the front matter cannot be read.
    """
    return _listed(_Editor(data, file).matter.values.get(key))


def _listed(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list) else [value]


class _Editor:
    def __init__(self, data: bytes, file: str) -> None:
        self.data, self.file = data, file
        problems = Problems()
        text = decode(data, file=file, problems=problems)
        matter = self._split(text, problems) if text is not None else None
        if text is None or matter is None:
            raise Unsure(problems.errors[0])
        self.text, self.matter = text, matter
        opening = _OPENING.match(text, len(text) - len(text.lstrip("\n \t\ufeff")))
        assert opening is not None  # it was read
        closing = _CLOSING.search(text, opening.end())
        assert closing is not None
        self.start, self.end = opening.end(), closing.start()
        self.source = text[self.start : self.end]

    def _split(self, text: str, problems: Problems) -> FrontMatter | None:
        return frontmatter.split(text, file=self.file, problems=problems)

    def edit(self, edits: Sequence[Edit]) -> bytes:
        import yaml

        try:
            root = yaml.compose(self.source, Loader=yaml.BaseLoader)
        except yaml.YAMLError as error:
            raise self._unsure(0, "it is not plain YAML") from error
        splices: list[Splice] = []
        wanted = dict(self.matter.values)
        for one in edits:
            before = _listed(wanted.get(one.key))
            after = one.applied(before)
            if after == before:
                continue
            wanted[one.key] = after
            splices += self._splices(root, one)
        if not splices:
            return self.data
        result = self._spliced(splices)
        again = decode(result, file=self.file, problems=(said := Problems()))
        matter = self._split(again, said) if again is not None else None
        if matter is None or said.errors or matter.body != self.matter.body or \
                not _same(matter.values, wanted):
            raise self._unsure(splices[0][0], "the result would not be what was asked for")
        return result

    def field(self, key: str) -> tuple[int, int]:
        """Where a field stands in the source, from the start of its line to the next field's."""
        import yaml

        root = yaml.compose(self.source, Loader=yaml.BaseLoader)
        if not isinstance(root, yaml.MappingNode) or root.flow_style or root.start_mark.column:
            raise self._unsure(0, "its fields do not stand on lines of their own")
        starts = [self._line_start(k.start_mark.index) for k, _ in root.value]
        place = [k.value for k, _ in root.value].index(key)
        end = starts[place + 1] if place + 1 < len(starts) else len(self.source)
        return starts[place], end

    def carry(self, other: _Editor, keys: Sequence[str]) -> bytes:
        splices: list[Splice] = []
        for key in keys:
            start, end = other.field(key)
            text = other.source[start:end]
            at = len(self.source)
            splices.append((*self.field(key), text) if key in self.matter.values
                           else (at, at, text))
        self.field(next(iter(self.matter.values)))  # of lines, too
        result = self._spliced(splices)
        again = _Editor(result, self.file).matter
        wanted = {**self.matter.values, **{key: other.matter.values[key] for key in keys}}
        if again.body != self.matter.body or not _same(again.values, wanted):
            raise self._unsure(0, "the result would not be what was asked for")
        return result

    def _splices(self, root: Any, one: Edit) -> list[Splice]:
        import yaml

        if root is None:
            return [(0, 0, f"{one.key}: {_flow(one.add)}\n")]
        if not isinstance(root, yaml.MappingNode) or root.flow_style:
            raise self._unsure(0, "its fields stand in braces")
        found = [(k, v) for k, v in root.value if k.value == one.key]
        if len(found) > 1:
            raise self._unsure(found[1][0].start_mark.index, f"`{one.key}` is given twice")
        if not found:
            return [self._new_key(root, one)]
        key, value = found[0]
        if one.part:
            return self._parts(value, one)
        if isinstance(value, yaml.SequenceNode):
            if value.flow_style:
                return self._flow_list(value, one)
            return self._block_list(value, one)
        if not isinstance(value, yaml.ScalarNode):
            raise self._unsure(key.start_mark.index, f"`{one.key}` holds fields")
        return self._scalar(value, one)

    def _parts(self, node: Any, one: Edit) -> list[Splice]:
        """One field of each item, for items that hold fields."""
        import yaml

        listed = node.value if isinstance(node, yaml.SequenceNode) else [node]
        places: dict[int, Splice] = {}  # by place: an alias stands for a text given once
        for number, text in one.replace.items():
            item = listed[number]
            found = [v for k, v in item.value if k.value == one.part] \
                if isinstance(item, yaml.MappingNode) else []
            if len(found) != 1 or not isinstance(found[0], yaml.ScalarNode) \
                    or found[0].style in ("|", ">") or text is None:
                raise self._unsure(
                    item.start_mark.index, f"`{one.part}` of the item is no single text")
            start, end = found[0].start_mark.index, found[0].end_mark.index
            places[start] = (start, end, written(text, found[0].style))
        return list(places.values())

    def _new_key(self, root: Any, one: Edit) -> Splice:
        """A line at the end of the front matter, in the style of the lists that are there."""
        import yaml

        indent = " " * root.start_mark.column
        blocks = [v for _, v in root.value
                  if isinstance(v, yaml.SequenceNode) and not v.flow_style]
        flows = any(isinstance(v, yaml.SequenceNode) and v.flow_style for _, v in root.value)
        if blocks and not flows:
            inner = " " * blocks[0].start_mark.column
            lines = "".join(f"{inner}- {written(text)}\n" for text in one.add)
            return (len(self.source), len(self.source), f"{indent}{one.key}:\n{lines}")
        at = len(self.source)
        return (at, at, f"{indent}{one.key}: {_flow(one.add)}\n")

    def _scalar(self, node: Any, one: Edit) -> list[Splice]:
        start, end = node.start_mark.index, node.end_mark.index
        if node.style in ("|", ">"):
            raise self._unsure(start, f"`{one.key}` is a text of several lines")
        empty = node.value == "" or (node.style is None and
                                     node.value in ("~", "null", "Null", "NULL"))
        if empty:
            space = " " if self.source[start - 1 : start] == ":" else ""
            return [(start, end, space + _flow(one.add))]
        if 0 in one.replace:
            text = one.replace[0]
            texts = [*([] if text is None else [text]), *one.add]
            if len(texts) == 1:
                return [(start, end, written(texts[0], node.style))]
            return [(start, end, _flow(texts))]
        if one.splits and "," in node.value:
            raise self._unsure(start, f"`{one.key}` is one text with commas, no list")
        kept = self.source[start:end] if node.style else written(node.value)
        return [(start, end, "[" + ", ".join([kept, *map(written, one.add)]) + "]")]

    def _flow_list(self, node: Any, one: Edit) -> list[Splice]:
        found = node.value
        style = _style(found)
        splices = self._replaced(found, one, flow=True)
        texts = [written(text, style) for text in one.add]
        if not texts:
            return splices
        if not found:
            at = node.start_mark.index + 1
            gap = " " if self.source[at : at + 1] == "#" else ""
            return [*splices, (at, at, ", ".join(texts) + gap)]
        at = found[-1].end_mark.index
        gap = ", "
        if len(found) > 1 and found[-1].start_mark.line > found[-2].end_mark.line:
            line = self.source[self.source.rfind("\n", 0, found[-1].start_mark.index) + 1 : at]
            rest = self.source[at : self.source.find("\n", at)]
            if rest.strip() in ("", ",", "]") and line[: found[-1].start_mark.column].isspace():
                gap = ",\n" + line[: found[-1].start_mark.column]
        gone = {n for n, text in one.replace.items() if text is None}
        if len(found) - 1 in gone:
            raise self._unsure(at, "an item is taken out where others are added")
        return [*splices, (at, at, "".join(gap + text for text in texts))]

    def _block_list(self, node: Any, one: Edit) -> list[Splice]:
        import yaml

        found = node.value
        splices = self._replaced(found, one, flow=False)
        if not one.add:
            return splices
        last = found[-1]
        if not isinstance(last, yaml.ScalarNode) or last.style in ("|", ">"):
            raise self._unsure(last.start_mark.index, "the last item is no single line")
        begin = self._line_start(last.start_mark.index)
        before = self.source[begin : last.start_mark.index]
        lead = re.match(r"( *)-( +|$)", before)
        if lead is None or lead.end() != len(before):
            raise self._unsure(last.start_mark.index, "an item does not stand on its own line")
        space = lead[2] or " "
        at = self.source.find("\n", last.end_mark.index) + 1
        lines = "".join(f"{lead[1]}-{space}{written(text, _style(found))}\n" for text in one.add)
        return [*splices, (at, at, lines)]

    def _replaced(self, found: Sequence[Any], one: Edit, *, flow: bool) -> list[Splice]:
        import yaml

        splices: list[Splice] = []
        gone = sorted(n for n, text in one.replace.items() if text is None)
        if gone and len(found) == len(gone) and not flow:
            raise self._unsure(found[0].start_mark.index, "nothing would be left of the list")
        if len(gone) > 1:
            raise self._unsure(found[gone[1]].start_mark.index, "several items would be taken out")
        for number, text in one.replace.items():
            node = found[number]
            start, end = node.start_mark.index, node.end_mark.index
            if not isinstance(node, yaml.ScalarNode) or node.style in ("|", ">"):
                raise self._unsure(start, "the item is no single text")
            if text is not None:
                splices.append((start, end, written(text, node.style)))
            elif flow:
                splices.append(self._without_flow(found, number))
            else:
                begin = self._line_start(start)
                if not re.fullmatch(r" *- +", self.source[begin:start]):
                    raise self._unsure(start, "the item does not stand on a line of its own")
                splices.append((begin, self.source.find("\n", end) + 1, ""))
        return splices

    def _without_flow(self, found: Sequence[Any], number: int) -> Splice:
        start, end = found[number].start_mark.index, found[number].end_mark.index
        if number + 1 < len(found):
            end = found[number + 1].start_mark.index
        elif number:
            start = found[number - 1].end_mark.index
        if "#" in self.source[start:end].replace(found[number].value, ""):
            raise self._unsure(start, "a remark stands beside the item")
        return (start, end, "")

    def _line_start(self, index: int) -> int:
        return self.source.rfind("\n", 0, index) + 1

    def _spliced(self, splices: list[Splice]) -> bytes:
        """The original with the splices, which count in the source with `\\n` line ends."""
        raw = self.data.decode("utf-8")
        bom = len(raw) - len(raw.removeprefix("\ufeff"))
        # where the file has two characters for a line end and `text` has one
        pairs: list[int] = []
        for match in re.finditer("\r\n", raw):
            pairs.append(match.start() - bom - len(pairs))
        first = re.search("\r\n|\n|\r", raw)
        newline = first[0] if first else "\n"

        def place(index: int) -> int:
            index += self.start
            return index + bom + bisect_left(pairs, index)

        # from the end, so that places before stay true; of two at one place the first stays first
        for start, end, text in sorted(splices, key=lambda splice: splice[:2])[::-1]:
            raw = raw[: place(start)] + text.replace("\n", newline) + raw[place(end) :]
        return raw.encode("utf-8")

    def _unsure(self, index: int, why: str) -> Unsure:
        at = self.start + index
        line = self.text.count("\n", 0, at) + 1
        column = at - (self.text.rfind("\n", 0, at) + 1) + 1
        return Unsure(Problem(
            self.file, line, column, "ED001", f"this front matter is not edited: {why}",
            "change this file by hand, then try again"))


def _flow(texts: Sequence[str]) -> str:
    return "[" + ", ".join(map(written, texts)) + "]"


def _style(nodes: Sequence[Any]) -> str | None:
    """The quotes that all items have."""
    styles = {getattr(node, "style", None) for node in nodes}
    return styles.pop() if len(styles) == 1 else None


def _same(values: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    if values.keys() != wanted.keys():
        return False
    return all(
        value == wanted[key] or _listed(value) == _listed(wanted[key])
        for key, value in values.items()
    )
