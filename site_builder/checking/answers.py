"""What servers said of outgoing links, and for how long that is believed."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from site_builder import cache

DAY = 86_400


class State(enum.StrEnum):
    """How an address was found."""

    ALIVE = "alive"
    DEAD = "dead"
    SILENT = "silent"
    """No answer in time, or the server is at fault; it may come back."""
    CLOSED = "closed"
    """We may not look: a login, a refusal of programs, robots.txt, a private network."""


class Answer(msgspec.Struct, frozen=True):
    """What was found at an address, when (seconds since 1970), and where it moved for good."""

    state: State
    said: str
    asked: int
    moved: str = ""
    private: bool = False
    """It was not asked for because it is on this machine or in a private network."""


class _Kept(msgspec.Struct):
    answers: dict[str, Answer]


class Memory:
    """The answers of earlier runs, in the site's cache folder."""

    def __init__(self, site: Path) -> None:
        self._path = site / cache.FOLDER / "links.msgpack"
        kept = cache.load(self._path, _Kept)
        self.answers: dict[str, Answer] = kept.answers if kept else {}

    def due(
        self, addresses: Iterable[str], *, now: int, days: float, private: bool = False
    ) -> list[str]:
        """Those to ask again: never asked first, then the longest ago.

        A good answer holds for `days`, any other for a seventh of that. With `private`,
        what was left alone for being private is as good as never asked.
        """
        waiting = []
        for address in addresses:
            known = self.answers.get(address)
            if known is None or (private and known.private):
                waiting.append((0, address))
                continue
            span = days if known.state is State.ALIVE and not known.moved else days / 7
            if known.asked + span * DAY <= now:
                waiting.append((known.asked, address))
        return [address for _, address in sorted(waiting)]

    def keep(self, found: Mapping[str, Answer], addresses: Iterable[str]) -> None:
        """Remember new answers; forget addresses that the archive has no more."""
        wanted = set(addresses)
        self.answers = {a: x for a, x in {**self.answers, **found}.items() if a in wanted}
        cache.save(self._path, _Kept(dict(sorted(self.answers.items()))))
