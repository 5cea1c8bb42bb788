"""What the preview knows about the latest build, shared between the builder and the server."""

from __future__ import annotations

import secrets
import threading

import msgspec

from site_builder.problems import Problem, Severity

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_MOST_LISTED = 100


class BuildOutcome(msgspec.Struct, frozen=True):
    """What one build came to.

    `failed` means that nothing was published. `changed` holds the files written or removed,
    relative to the output folder and with `/` between the parts. `summary` is one line.
    """

    problems: tuple[Problem, ...]
    failed: bool
    changed: tuple[str, ...]
    summary: str


class Snapshot(msgspec.Struct, frozen=True):
    """An outcome with its version; `outcome` is None until the first build has ended."""

    version: str
    previous: str
    outcome: BuildOutcome | None

    @property
    def listed(self) -> list[Problem]:
        """All problems, the gravest first."""
        problems = self.outcome.problems if self.outcome else ()
        return sorted(set(problems), key=lambda p: (_RANK[p.severity], p))

    def message(self, base_path: str) -> bytes:
        """The snapshot as one line of JSON for the script in the page."""
        listed = self.listed
        outcome = self.outcome
        return msgspec.json.encode(
            {
                "version": self.version,
                "previous": self.previous,
                "base": base_path,
                "failed": outcome.failed if outcome else False,
                "changed": outcome.changed if outcome else (),
                "summary": outcome.summary if outcome else "",
                "total": len(listed),
                "problems": [
                    {
                        "place": p.place,
                        "code": p.code,
                        "message": p.message,
                        "hint": p.hint,
                        "severity": p.severity,
                    }
                    for p in listed[:_MOST_LISTED]
                ],
            }
        )


class State:
    """The latest snapshot; threads can wait for the next one.

    Versions carry a random part so that a page left open over a restart of the server
    cannot take a new version for one it has seen.
    """

    def __init__(self) -> None:
        self._run = secrets.token_hex(4)
        self._number = 0
        self._changed = threading.Condition()
        self._snapshot = Snapshot(version=f"{self._run}-0", previous="", outcome=None)
        self.closed = False

    @property
    def snapshot(self) -> Snapshot:
        """What is known now."""
        return self._snapshot

    def publish(self, outcome: BuildOutcome) -> None:
        """Make `outcome` the latest one and wake everybody who waits."""
        with self._changed:
            self._number += 1
            self._snapshot = Snapshot(
                version=f"{self._run}-{self._number}",
                previous=self._snapshot.version,
                outcome=outcome,
            )
            self._changed.notify_all()

    def wait(self, version: str, seconds: float) -> Snapshot | None:
        """The first snapshot that is not `version`; None after `seconds` or when closed."""
        with self._changed:
            self._changed.wait_for(
                lambda: self.closed or self._snapshot.version != version, timeout=seconds
            )
            if self.closed or self._snapshot.version == version:
                return None
            return self._snapshot

    def close(self) -> None:
        """Let everybody who waits go."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()
