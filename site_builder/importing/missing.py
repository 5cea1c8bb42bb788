"""Libraries of the extra `import`: asked for only when a source needs them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from site_builder.problems import Problem, Refusal


def required(module: str, what: str) -> Any:
    """The module; a Refusal that says what to install when it is not there."""
    try:
        return import_module(module)
    except ImportError:
        raise Refusal([Problem(
            "", 0, 0, "IM003", f"{what} need the library {module.partition('.')[0]}",
            "install it: pip install 'site-builder[import]'",
        )], exit_code=2) from None
