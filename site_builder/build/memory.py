"""What a build remembers of the output folder that it wrote."""

from __future__ import annotations

from pathlib import Path

import msgspec

from site_builder.cache import NO_GROUPS, Output, OutputChange
from site_builder.cache.since import Since


class Memory:
    """What the last build into an output folder remembered, and the place for what this one will.

    After the edit of a text only what is different is written.
    """

    def __init__(self, path: Path) -> None:
        self._kept = Since(path, Output, OutputChange)
        self._whole: Output | None = None

    def load(self) -> Output | None:
        """What the last build remembered; None where that is missing, damaged or another version's.

        Where a change is lost it is what an earlier build remembered, which the looks of the files
        will tell.
        """
        found = self._kept.load()
        if found is None:
            return None
        self._whole, change = found
        if change is None:
            return self._whole
        files = self._whole.files | change.output.files
        for path in change.gone:
            files.pop(path, None)
        return msgspec.structs.replace(change.output, groups=self._whole.groups, files=files)

    def keep(self, new: Output) -> None:
        """Remember this for the next build."""
        whole = self._whole
        if whole is not None and new.groups is whole.groups:
            files = {path: looks for path, looks in new.files.items()
                     if whole.files.get(path) != looks}
            gone = [path for path in whole.files if path not in new.files]
            part = msgspec.structs.replace(new, groups=NO_GROUPS, files=files)
            if self._kept.save_change(OutputChange(part, gone)):
                return
        if new.later != NO_GROUPS:
            new.groups = msgspec.Raw(msgspec.msgpack.encode(new.encoded_rows()))
            new.later = NO_GROUPS
        self._kept.save(new)
