"""What can be wrong with a site, said in one form.

Every stage collects `Problem` values and goes on; nobody prints or exits in
the middle. The command line turns them into text, JSON or annotations for a
pull request (`site_builder.cli.report`).
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from pathlib import PurePath

import msgspec


class Severity(enum.StrEnum):
    """How much a problem matters: an error stops publication, the rest does not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Problem(msgspec.Struct, frozen=True, order=True):
    """One thing that is wrong, where it is, and what to do about it.

    `file` is relative to the site's folder where it lies inside it; `line` and
    `column` count from 1, and 0 means "the file as a whole".
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    @property
    def place(self) -> str:
        """The position as editors understand it: `file:line:column`."""
        if not self.file:
            return "site"
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column or 1}"


CODES: dict[str, str] = {
    # reading files
    "RD001": "bytes that are not UTF-8",
    "RD002": "a control character in the text",
    "RD003": "a file over the size limit",
    "RD004": "a file in UTF-16",
    "RD005": "not an ordinary file inside the site's folder",
    "RD006": "a file that cannot be read",
    "RD007": "a page about a folder",
    # front matter
    "FM001": "no front matter",
    "FM002": "front matter that is not YAML",
    "FM003": "a key given twice",
    "FM004": "a YAML tag, anchor or alias",
    "FM005": "a key that looks like a misspelling",
    "FM006": "a value of the wrong type",
    "FM007": "a required field is missing",
    "FM008": "not a date",
    "FM009": "an address that is not safe to link to",
    "FM010": "a list written as one text with foreign commas",
    "FM011": "a slug or address that cannot be used",
    "FM012": "front matter too deep or too large",
    "FM013": "not a language tag",
    "FM014": "a date taken from the file name",
    "FM015": "a correction or removal before the article or in the future",
    # article bodies
    "MD001": "HTML that was removed",
    "MD002": "a link that is not safe",
    "MD003": "an image from another site",
    "MD004": "an article that takes too long",
    "MD005": "an article that cannot be parsed",
    "MD006": "template code in the text",
    "MD007": "an id used twice",
    "MD008": "an image without alternative text",
    "MD009": "an article without text",
    "MD010": "an SVG picture that could run code",
    "MD011": "a broken picture",
    "MD012": "a picture with too many pixels",
    # links inside the site
    "LK001": "a link to an article that does not exist",
    "LK002": "a link to an anchor that does not exist",
    "LK003": "a file that does not exist",
    "LK004": "a copy of a page that the text does not link to",
    "LK005": "a page that links to a missing anchor",
    "LK006": "a page that links to nothing",
    # who is who
    "ID001": "a person without a record",
    "ID002": "two names that may be one person",
    "ID003": "a name that fits several people",
    "ID004": "an unknown country",
    "ID005": "two records for one name",
    "ID006": "a country name that fits several countries",
    "ID007": "two names that share an address",
    "ID008": "two articles or people with one id",
    "ID009": "a translation of an article that does not exist",
    "ID010": "a text names a person who is withheld",
    "ID011": "an id that no person has",
    "ID012": "an entry of the ledger that cannot be used",
    "ID013": "a note on a statement that the text does not hold",
    "ID014": "a person's name that is a country, a people or an office",
    "ID015": "a name in a text that fits several people",
    "ID016": "a note that fits several statements",
    # editing sources
    "ED001": "front matter that is not edited",
    "ED002": "a file that changed meanwhile",
    "ED003": "a change that would lose something",
    # addresses
    "UR001": "two things claim one address",
    "UR002": "an address that cannot be a file",
    "UR003": "an article that has moved",
    "UR004": "an address that is gone",
    # configuration
    "CF001": "no site.toml",
    "CF002": "site.toml is not TOML",
    "CF003": "an unknown setting",
    "CF004": "a setting of the wrong type or value",
    "CF005": "a required setting is missing",
    "CF006": "an executor that cannot be used",
    # importing
    "IM001": "a source that is not recognised",
    "IM002": "XML or HTML that cannot be read",
    "IM003": "a library that is missing",
    "IM004": "a page that was not public",
    # templates, output
    "TP001": "an error in a template",
    "TP002": "a template is missing",
    "OU001": "an output folder that is not ours to write to",
    "OU002": "a file in the way",
    "OU003": "the output cannot be written",
    "OU004": "a file of ours that was changed by hand",
    "OU005": "articles have vanished",
    "OU006": "unpublished text in the output",
    "OU007": "another build is running",
    # files of data
    "DA001": "a file of data that is too large for some hosts",
    # keeping
    "VF001": "a file that is missing",
    "VF002": "a file that was changed",
    "VF003": "a file that was added",
    "VF004": "nothing that can be verified",
    "VF005": "a folder that is not empty",
    # outgoing links
    "EX001": "a link to a page that is gone",
    "EX002": "a link to a page that has moved",
    "EX003": "a link that is not answered",
    "EX004": "a link that cannot be checked",
    "EX005": "a library for checking links is missing",
    "EX006": "a machine that is offline",
    "EX007": "a link with neither a capture date nor an archived copy",
    # packets of evidence
    "PK001": "nothing to make a packet of",
    "PK002": "a name that fits several things",
    "PK003": "a packet about a person who is withheld",
    "PK004": "a source that names a person who is withheld",
    "PK005": "a packet that exists already",
    "OU008": "a site near the limits of its host",
    "OU009": "an id twice in a page",
    "OU010": "a picture in a page without alternative text",
    "OU011": "no built site to look at",
    # putting the site online
    "DP001": "a branch that is not ours to write to",
    "DP002": "a site that has shrunk",
    "DP003": "git or the network failed",
    "DP004": "an address that does not fit the remote",
    "DP005": "somebody else deploys at the same time",
    "DP006": "a file that is not as it was built",
    # the program itself
    "PG001": "a defect of the program",
}
"""Every problem code and its title. docs/problems.md explains each; a test compares the two."""


class Problems:
    """A list that stages add to, and that knows whether publication may go on."""

    def __init__(self, items: Iterable[Problem] = ()) -> None:
        self._items: list[Problem] = list(items)

    def add(
        self,
        code: str,
        message: str,
        *,
        file: str | PurePath = "",
        line: int = 0,
        column: int = 0,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Add one problem; `code` must be a key of `CODES`."""
        assert code in CODES, code
        self._items.append(
            Problem(
                file=file if isinstance(file, str) else file.as_posix(),
                line=line,
                column=column,
                code=code,
                message=message,
                hint=hint,
                severity=severity,
            )
        )

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add problems found elsewhere."""
        self._items.extend(problems)

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop publication."""
        return [p for p in self._items if p.severity is Severity.ERROR]

    def sorted(self) -> list[Problem]:
        """All problems by place, each once: the order does not depend on who found it first."""
        return sorted(set(self._items))

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __bool__(self) -> bool:
        return bool(self._items)


class Refusal(Exception):  # noqa: N818 - it is a decision, not a defect
    """The command cannot go on at all.

    `exit_code` follows the command line's contract: 1 problems in the content,
    2 wrong use or configuration, 3 locked by another build, 4 input/output.
    """

    def __init__(self, problems: Problem | Iterable[Problem], *, exit_code: int) -> None:
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        self.exit_code = exit_code
        super().__init__("; ".join(p.message for p in self.problems))

    def __reduce__(self) -> tuple[object, ...]:
        """So that one raised in another process arrives whole."""
        return _refusal, (self.problems, self.exit_code)


def _refusal(problems: list[Problem], exit_code: int) -> Refusal:
    return Refusal(problems, exit_code=exit_code)


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.75) -> str | None:
    """The known word that `word` is probably a misspelling of, or None.

    Similarity is difflib's ratio (0 to 1); exact matches are the caller's business.
    """
    import difflib  # only for a mistake: start-up does not pay for it

    matches = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=cutoff)
    return matches[0] if matches else None
