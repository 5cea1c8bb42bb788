"""Candidates between reading and writing: on disk, so that an export of any size fits."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from types import TracebackType

import msgspec

from site_builder.importing.candidates import Candidate


class Spool:
    """A file without a name that holds candidates with the path of each."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._sizes: list[int] = []
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(tuple[str, Candidate]).decode

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._sizes)

    def put(self, path: str, candidate: Candidate) -> None:
        """Add one."""
        data = self._encode((path, candidate))
        self._file.write(data)
        self._sizes.append(len(data))

    def __iter__(self) -> Iterator[tuple[str, Candidate]]:
        self._file.seek(0)
        for size in self._sizes:
            yield self._decode(self._file.read(size))
