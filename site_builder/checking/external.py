"""Are the pages that an archive cites still there? Answers become problems at their links."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from site_builder.checking.answers import Answer, Memory, State
from site_builder.checking.links import Link, links, place
from site_builder.pages.site import Site
from site_builder.problems import Problem, Problems, Refusal, Severity


class Outcome(msgspec.Struct, frozen=True):
    """How many addresses there are, were asked now, and are not known yet.

    `bare` is how many links have neither a capture date nor an archived copy.
    """

    addresses: int
    asked: int
    unknown: int
    bare: int


def check(
    folder: Path, site: Site, problems: Problems, *, now: int, limit: int = 0,
    again: bool = False, private: bool = False,
    progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
) -> Outcome:
    """Ask for the outgoing links of the site in `folder`, at most `limit` (0: all) that are due.

    `again` asks for those whose answer is still fresh, too; `private` lets
    addresses of private networks be asked. What was answered is kept, also
    when this is interrupted. Raises `Refusal` without httpx (exit code 2) and where this
    machine is offline (exit code 4).
    """
    try:
        from site_builder.checking.asking import Manners, ask_all, offline
    except ModuleNotFoundError as error:
        if error.name != "httpx":
            raise
        raise Refusal(
            Problem("", 0, 0, "EX005", "checking outgoing links needs the library httpx",
                    'pip install "site-builder[links]"'), exit_code=2) from None
    from site_builder import __version__

    config = site.config
    found = links(site)
    addresses = sorted({link.address for link in found})
    memory = Memory(folder)
    days = 0.0 if again else config.links.days
    due = memory.due(addresses, now=now, days=days, private=private)[: limit or None]
    answers: dict[str, Answer] = {}

    def tell(address: str, answer: Answer) -> None:
        answers[address] = answer
        progress("asking", len(answers), len(due))

    manners = Manners(
        agent=f"site-builder/{__version__} (link check; +{config.base_url})",
        delay=config.links.delay, timeout=config.links.timeout, private=private)
    try:
        if due:
            ask_all(due, manners, now=now, tell=tell)
    finally:
        nowhere = offline(answers)
        if not nowhere:  # else it says nothing about the addresses
            memory.keep(answers, addresses)
    if nowhere:
        hosts = {urlsplit(address).netloc for address in answers}
        said = f"none of {len(hosts)} hosts can be reached" if len(hosts) > 1 \
            else f"{min(hosts)} cannot be reached"
        raise Refusal(
            Problem("", 0, 0, "EX006", said,
                    "this machine seems to be offline: nothing was noted down"), exit_code=4)
    bare = 0
    for link in found:
        answer = memory.answers.get(link.address)
        if answer is not None:
            _say(folder, link, answer, problems)
        if link.is_bare:
            bare += 1
            _say_bare(folder, link, problems)
    return Outcome(len(addresses), len(answers),
                   sum(a not in memory.answers for a in addresses), bare)


_CODES = {State.DEAD: "EX001", State.SILENT: "EX003", State.CLOSED: "EX004"}


def _say(folder: Path, link: Link, answer: Answer, problems: Problems) -> None:
    if answer.state is State.ALIVE and not answer.moved:
        return
    line, column = place(folder, link)
    if answer.state is State.ALIVE:
        problems.add(
            "EX002", f"{link.written} has moved for good to {answer.moved}", file=link.file,
            line=line, column=column, severity=Severity.WARNING,
            hint="write the new address, if the page is the same")
        return
    sentences = {
        State.DEAD: f"{link.written} is gone: {answer.said}",
        State.SILENT: f"{link.written} does not answer: {answer.said}",
        State.CLOSED: f"{link.written} cannot be checked: {answer.said}",
    }
    hint = "look at it in a browser"
    severity = Severity.NOTE
    if answer.state is not State.CLOSED:
        if link.archived:
            hint = f"readers are led to the copy {link.archived}"
        elif link.is_copy:
            severity = Severity.WARNING
            hint = "it is the archived copy of a page itself: look for another, or take it out"
        else:
            severity = Severity.WARNING
            hint = ("it has no archived copy: look for one at https://web.archive.org and give it "
                    "under `archived` in the front matter")
    problems.add(_CODES[answer.state], sentences[answer.state], file=link.file, line=line,
                 column=column, severity=severity, hint=hint)


def _say_bare(folder: Path, link: Link, problems: Problems) -> None:
    line, column = place(folder, link)
    problems.add(
        "EX007", f"{link.written} has neither a capture date nor an archived copy",
        file=link.file, line=line, column=column, severity=Severity.NOTE,
        hint="say under `archived` when it was read, or where a copy is; for a source, "
             "`retrieved` or `archived`")
