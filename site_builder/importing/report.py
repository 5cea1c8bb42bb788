"""An import as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.importing.run import ImportReport


def lines(report: ImportReport, *, dry_run: bool) -> Iterator[str]:
    """Each article with what was dropped and guessed; whole texts on a dry run; counts."""
    for item in report.imported:
        candidate = item.candidate
        yield f"{item.path}: {candidate.title} ({candidate.date})"
        for dropped in candidate.dropped:
            yield f"    dropped line {dropped.line}: {dropped.text!r} ({dropped.reason})"
        for guess in candidate.guessed:
            yield f"    guessed: {guess}"
        if dry_run:
            yield item.text
    done = "would be imported" if dry_run else "imported"
    yield (f"{len(report.imported)} {done}, {len(report.skipped)} there already, "
           f"{len(report.problems.errors)} refused")
