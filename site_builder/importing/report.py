"""An import as a person reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from site_builder.importing.run import Imported, ImportReport


def item(imported: Imported, *, whole: bool) -> Iterator[str]:
    """One article with what was dropped, changed and guessed; with `whole` its text, too."""
    candidate = imported.candidate
    day = f" ({candidate.date})" if candidate.date else ""
    yield f"{imported.path}: {candidate.title}{day}{' draft' if candidate.draft else ''}"
    for dropped in candidate.dropped:
        where = f" line {dropped.line}" if dropped.line else ""
        yield f"    dropped{where}: {dropped.text!r} ({dropped.reason})"
    for change in candidate.changed:
        yield f"    changed: {change}"
    for guess in candidate.guessed:
        yield f"    guessed: {guess}"
    if whole:
        yield imported.text


def summary(report: ImportReport, *, dry_run: bool) -> Iterator[str]:
    """What is there already, the reasons why things were dropped, and the counts."""
    for skipped in report.skipped:
        yield f"{skipped.origin}: there already ({skipped.reason}): {skipped.path}"
    reasons = Counter(
        dropped.reason for entry in report.imported for dropped in entry.candidate.dropped)
    for reason, number in sorted(reasons.items(), key=lambda x: (-x[1], x[0])):
        if len(report.imported) > 1:
            yield f"dropped {number:,} times: {reason}"
    if report.media:
        yield f"{report.media:,} pictures and files came along"
    if report.left_over:
        yield f"{report.left_over:,} more are left for another run (--limit)"
    done = "would be imported" if dry_run else "imported"
    yield (f"{len(report.imported):,} {done}, {len(report.skipped):,} there already, "
           f"{len(report.problems.errors):,} failed")
