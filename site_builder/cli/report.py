"""Problems and results as people, programs and pull requests read them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from site_builder.problems import Problem, Severity

if TYPE_CHECKING:
    from site_builder.build import Report

MOST = 50


def as_text(problems: Iterable[Problem], *, most: int = MOST) -> Iterator[str]:
    """`file:line:column: error FM008: sentence` and a hint below; errors before the rest."""
    order = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
    found = sorted(problems, key=lambda p: (order.index(p.severity), p))
    for problem in found[:most]:
        yield f"{problem.place}: {problem.severity} {problem.code}: {problem.message}"
        if problem.hint:
            yield f"    {problem.hint}"
    if len(found) > most:
        yield f"… and {len(found) - most} more (site-builder check --all shows them)"


def verdict(problems: Iterable[Problem]) -> Iterator[str]:
    """How many problems of each kind there are, and what to do next."""
    severities = [p.severity for p in problems]
    counts = {s: severities.count(s) for s in Severity}
    yield ", ".join(f"{n} {s}{'' if n == 1 else 's'}" for s, n in counts.items())
    if counts[Severity.ERROR]:
        yield "A build would publish nothing: mend the errors (docs/problems.md has their codes)."
    elif counts[Severity.WARNING]:
        yield "A build would publish the site; the warnings say what could be better in it."
    else:
        yield "Ready: site-builder build publishes the site, site-builder serve shows it."


def as_json(problems: Iterable[Problem]) -> str:
    """A JSON array."""
    return json.dumps(
        [
            {"file": p.file, "line": p.line, "column": p.column, "severity": str(p.severity),
             "code": p.code, "message": p.message, "hint": p.hint}
            for p in problems
        ],
        ensure_ascii=False, indent=2,
    )


def as_github(problems: Iterable[Problem]) -> Iterator[str]:
    """Workflow commands, which GitHub shows beside the lines of a pull request."""
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
    for p in problems:
        text = f"{p.message}. {p.hint}" if p.hint else p.message
        for sign, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
            text = text.replace(sign, code)
        file = p.file.replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
        yield (f"::{names[p.severity]} file={file},line={p.line or 1},col={p.column or 1},"
               f"title={p.code}::{text}")


def summary(report: Report) -> Iterator[str]:
    """What a build made."""
    counts = [(report.articles, "article", "articles"), (report.people, "person", "people"),
              (report.countries, "country", "countries")]
    said = ", ".join(f"{n:,} {one if n == 1 else many}" for n, one, many in counts)
    yield f"{said}: {report.pages:,} pages in {report.seconds:.1f} s"
    if report.left_out:
        yield f"left out {len(report.left_out)}:"
        for path, reason in report.left_out[:20]:
            yield f"    {path}: {reason}"
        if len(report.left_out) > 20:
            yield f"    … and {len(report.left_out) - 20} more"


def timings(report: Report) -> Iterator[str]:
    """The time of each stage, and the slowest articles and templates."""
    for stage, seconds in report.timings:
        yield f"{seconds * 1000:9,.0f} ms  {stage}"
    if report.slowest:
        yield "slowest (all processes together):"
        articles = [x for x in report.slowest if not x[1].startswith("templates/")]
        for seconds, name in (*articles[:10], *(x for x in report.slowest if x not in articles)):
            yield f"{seconds * 1000:9,.1f} ms  {name}"
