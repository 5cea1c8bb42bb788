"""The outlines of countries, for maps."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec


class World(msgspec.Struct, frozen=True):
    """A drawing `width` by `height` units: SVG paths and points by country code."""

    width: int
    height: int
    paths: dict[str, str]
    points: dict[str, tuple[int, int]]


@cache
def world() -> World:
    """The shipped drawing; README.md says where it comes from."""
    data = (Path(__file__).parent / "world.json").read_bytes()
    return msgspec.json.decode(data, type=World)
