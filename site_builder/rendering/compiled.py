"""Templates as Jinja compiled them, kept for the next start of the program.

An edit of one text needs three or four of the templates, and compiling those takes as long as
making all the pages that show the text. They are kept where Jinja keeps bytecode, in a folder
of the system's temporary folder that is the user's alone, and not in the site: what lies there
is run, and a site may come from somebody else.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from types import CodeType
from typing import Final

import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from site_builder.pages.keys import digest

_SIDE_BY_SIDE: Final = 1
"""Hexadecimal digits of what a template is made from in its file's name: so 16 sites or settings
can take turns, and no more is ever kept."""


class Compiled:
    """Compiled templates of one site by name.

    `base` and the `marks` stand for all that the code of a template is made from: the program,
    settings, words, names of assets, and the template with all that it extends or includes.
    """

    def __init__(self, env: jinja2.Environment, base: str, marks: Mapping[str, str]) -> None:
        self._env, self._base, self._marks = env, base, marks
        self._store: FileSystemBytecodeCache | None = None
        with contextlib.suppress(OSError, RuntimeError):  # no folder, or none that is ours alone
            self._store = FileSystemBytecodeCache(pattern="site-builder-%s.cache")

    def get(self, name: str) -> CodeType | None:
        """The code of a template, if it was kept and is made from the same."""
        bucket = self._bucket(name)
        if self._store is None or bucket is None:
            return None
        try:
            self._store.load_bytecode(bucket)
        except Exception:  # noqa: BLE001 - a file cut short or not ours, which Jinja does not catch
            return None
        return bucket.code

    def put(self, name: str, code: CodeType) -> None:
        """Keep the code of a template, where that can be done."""
        bucket = self._bucket(name)
        if self._store is None or bucket is None:
            return
        bucket.code = code
        with contextlib.suppress(OSError):
            self._store.dump_bytecode(bucket)

    def _bucket(self, name: str) -> Bucket | None:
        mark = self._marks.get(name)
        if mark is None:
            return None
        made_from = digest(self._base, mark)
        return Bucket(self._env, digest(name) + made_from[:_SIDE_BY_SIDE], made_from)
