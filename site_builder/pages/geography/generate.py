"""Makes world.json from the files of the npm package world-atlas; README.md says how.

`python -m site_builder.pages.geography.generate countries-110m.json countries-50m.json`
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pycountry

WIDTH = 1000
Point = tuple[float, float]
Ring = list[Point]

# Equal Earth, an equal-area projection (Šavrič, Patterson and Jenny 2018,
# doi:10.1080/13658816.2018.1504949): what is large on the map is large on the ground.
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2
_SCALE = WIDTH / (2 * 2.7066299837)
_TOP = 83.7  # the northernmost land
_SOUTH = -56.0  # without Antarctica


def project(longitude: float, latitude: float) -> Point:
    """Degrees to the units of the drawing, y downwards from the equator."""
    t = math.asin(_M * math.sin(math.radians(latitude)))
    squared = t * t
    sixth = squared**3
    x = math.radians(longitude) * math.cos(t) / (
        _M * (_A1 + 3 * _A2 * squared + sixth * (7 * _A3 + 9 * _A4 * squared)))
    y = t * (_A1 + _A2 * squared + sixth * (_A3 + _A4 * squared))
    return x * _SCALE, -y * _SCALE


def countries(path: Path) -> Iterator[tuple[str, list[Ring]]]:
    """Code (empty for land without one) and the rings of each country of a TopoJSON file.

    Arcs are delta-encoded (TopoJSON 1.0, 2.1.3); a negative one runs backwards (2.1.4).
    """
    data = json.loads(path.read_text())
    (sx, sy), (tx, ty) = data["transform"]["scale"], data["transform"]["translate"]
    arcs: list[Ring] = []
    for arc in data["arcs"]:
        x = y = 0
        points: Ring = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)

    def ring(numbers: list[int]) -> Ring:
        points: Ring = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc[1:] if points else arc
        return _unbroken(points)

    for shape in data["objects"]["countries"]["geometries"]:
        parts: list[Any] = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        yield _code(shape), [ring(numbers) for part in parts for numbers in part]


def _unbroken(ring: Ring) -> Ring:
    """A ring that crosses the antimeridian, drawn on beyond it to the east."""
    points = ring[:1]
    for longitude, latitude in ring[1:]:
        turns = round((points[-1][0] - longitude) / 360)
        points.append((longitude + 360 * turns, latitude))
    east = 360 if min(longitude for longitude, _ in points) < -180.001 else 0
    return [(longitude + east, latitude) for longitude, latitude in points]


def _code(shape: dict[str, Any]) -> str:
    if shape["properties"]["name"] == "Kosovo":
        return "xk"  # the code that CLDR uses
    country = pycountry.countries.get(numeric=shape.get("id", ""))
    return str(country.alpha_2).lower() if country else ""


def outline(rings: list[Ring], origin: float) -> str:
    """The rings as the commands of an SVG path, in whole units, without what is too small."""
    parts = []
    for ring in rings:
        points = [(round(x + WIDTH / 2), round(y - origin)) for x, y in
                  (project(*point) for point in ring)]
        points = [p for i, p in enumerate(points) if not i or p != points[i - 1]]
        if len(set(points)) < 3:
            continue
        x, y = points[0]
        commands = [f"M{x} {y}l"]
        steps = []
        for nx, ny in points[1:-1] if points[-1] == points[0] else points[1:]:
            steps.append(f"{nx - x} {ny - y}")
            x, y = nx, ny
        parts.append(commands[0] + " ".join(steps).replace(" -", "-") + "z")
    return "".join(parts)


def middle(rings: list[Ring], origin: float) -> tuple[int, int]:
    """The middle of the largest ring: where a point stands for a country."""
    largest = max(rings, key=len)
    points = [project(*point) for point in largest]
    x = sum(p[0] for p in points) / len(points)
    y = sum(p[1] for p in points) / len(points)
    return round(x + WIDTH / 2), round(y - origin)


def main() -> None:
    """Write world.json beside this file."""
    coarse, fine = (Path(name) for name in sys.argv[1:3])
    origin = project(0, _TOP)[1] - 4
    paths: dict[str, str] = {}
    for code, rings in countries(coarse):
        if code != "aq":
            paths[code] = paths.get(code, "") + outline(rings, origin)
    points = {code: middle(rings, origin) for code, rings in countries(fine)
              if code and code != "aq" and not paths.get(code)}
    world = {
        "width": WIDTH, "height": round(project(0, _SOUTH)[1] - origin),
        "paths": dict(sorted((c, p) for c, p in paths.items() if p)),
        "points": dict(sorted(points.items())),
    }
    target = Path(__file__).parent / "world.json"
    target.write_text(json.dumps(world, separators=(",", ":"), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
