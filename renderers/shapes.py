"""Outlines as plain values: circles, rounded boxes, small drawings and the curve through the feelings."""

import re
from functools import cache
from itertools import pairwise

Outline = tuple[tuple[str, tuple[float, ...]], ...]
"""Pen movements and their coordinates: ``M`` move, ``L`` line, ``Q`` and ``C`` Bézier, ``Z`` close."""

Point = tuple[float, float]
Bend = tuple[Point, Point, Point, Point]
"""One cubic Bézier curve: start, two control points, end."""

_ROUND = 0.5522847498  # how far the control points of a quarter circle lie, in radii
_TOKEN = re.compile(r"[MLCQZ]|-?\d*\.?\d+")
_CORNERS = {"MLLLZ": (0, 1, 2, 3), "MLCLCLCLCZ": (0, 1, 4, 5)}
"""Commands of a box, and which of them end where its upper and its lower edge begin and end."""
_OPERANDS = {"M": 2, "L": 2, "Q": 4, "C": 6}


def circle(x: float, y: float, radius: float) -> Outline:
    """Return a circle around a point."""
    return ellipse(x, y, radius, radius)


def ellipse(x: float, y: float, across: float, down: float) -> Outline:
    """Return an ellipse around a point with its two radii."""
    a, b = _ROUND * across, _ROUND * down
    return (
        ("M", (x + across, y)),
        ("C", (x + across, y + b, x + a, y + down, x, y + down)),
        ("C", (x - a, y + down, x - across, y + b, x - across, y)),
        ("C", (x - across, y - b, x - a, y - down, x, y - down)),
        ("C", (x + a, y - down, x + across, y - b, x + across, y)),
        ("Z", ()),
    )


def polygon(*points: Point) -> Outline:
    """Return a closed shape with straight sides."""
    return (("M", points[0]), *(("L", point) for point in points[1:]), ("Z", ()))


def rounded(
    x: float,
    y: float,
    width: float,
    height: float,
    radius: float | tuple[float, float, float, float],
) -> Outline:
    """Return a rectangle with one corner radius, or with four from the top left clockwise."""
    most = min(width, height) / 2
    if isinstance(radius, tuple):
        a, b, c, d = (max(0.0, min(corner, most)) for corner in radius)
    else:
        a = b = c = d = max(0.0, min(radius, most))
    if not (a or b or c or d):
        return polygon((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    k, right, bottom = 1 - _ROUND, x + width, y + height
    return (
        ("M", (x + a, y)),
        ("L", (right - b, y)),
        ("C", (right - b * k, y, right, y + b * k, right, y + b)),
        ("L", (right, bottom - c)),
        ("C", (right, bottom - c * k, right - c * k, bottom, right - c, bottom)),
        ("L", (x + d, bottom)),
        ("C", (x + d * k, bottom, x, bottom - d * k, x, bottom - d)),
        ("L", (x, y + a)),
        ("C", (x, y + a * k, x + a * k, y, x + a, y)),
        ("Z", ()),
    )


def between_corners(outline: Outline) -> tuple[float, float, float, float] | None:
    """Return the left, top, right and bottom of what a box made by ``rounded`` holds between its corners.

    It is as high as the box. None for other shapes.
    """
    places = _CORNERS.get("".join([command for command, _ in outline]))
    if places is None:
        return None
    (a, top), (b, also_top), (c, bottom), (d, also_bottom) = (outline[place][1][-2:] for place in places)
    left, right = max(a, d), min(b, c)
    if (top, bottom) != (also_top, also_bottom) or left >= right or top >= bottom:
        return None
    return left, top, right, bottom


@cache
def drawing(description: str) -> Outline:
    """Return the outline that a description such as ``M5 12 L10 17 L19 7`` says (absolute commands only)."""
    tokens = _TOKEN.findall(description)
    outline: list[tuple[str, tuple[float, ...]]] = []
    command, place = "M", 0
    while place < len(tokens):
        if tokens[place].isalpha():
            command = tokens[place]
            place += 1
            if command == "Z":
                outline.append(("Z", ()))
                continue
        count = _OPERANDS[command]
        outline.append((command, tuple(float(token) for token in tokens[place : place + count])))
        place += count
    return tuple(outline)


def placed(outline: Outline, x: float, y: float, scale: float) -> Outline:
    """Return an outline scaled and moved so that its origin lies at (x, y)."""
    origin = (x, y) * 3
    return tuple(
        [
            (
                command,
                tuple([start + value * scale for start, value in zip(origin, coordinates, strict=False)]),
            )
            for command, coordinates in outline
        ]
    )


def smooth(points: tuple[Point, ...]) -> tuple[Bend, ...]:
    """Return the monotone cubic (PCHIP) through points from left to right.

    It never overshoots: between two feelings the curve never claims one better or worse than both
    (Fritsch and Butland, 1984).
    """
    if len(points) <= 1:
        return ()
    steps = [after[0] - before[0] for before, after in pairwise(points)]
    slopes = [
        (after[1] - before[1]) / step for (before, after), step in zip(pairwise(points), steps, strict=True)
    ]
    tangents = [slopes[0], *(_tangent(steps, slopes, place) for place in range(1, len(slopes))), slopes[-1]]
    if len(points) > 2:  # noqa: PLR2004 - between two points a straight line is right
        tangents[0] *= 0.6
        tangents[-1] *= 0.6
    return tuple(
        (
            start,
            (start[0] + step / 3, start[1] + tangents[place] * step / 3),
            (end[0] - step / 3, end[1] - tangents[place + 1] * step / 3),
            end,
        )
        for place, ((start, end), step) in enumerate(zip(pairwise(points), steps, strict=True))
    )


def _tangent(steps: list[float], slopes: list[float], place: int) -> float:
    before, after = slopes[place - 1], slopes[place]
    if before * after <= 0:
        return 0.0
    first = 2 * steps[place] + steps[place - 1]
    second = steps[place] + 2 * steps[place - 1]
    return (first + second) / (first / before + second / after)


def sampled(bends: tuple[Bend, ...], pieces: int = 24) -> tuple[Point, ...]:
    """Return points along a curve, that many for each of its bends."""
    points = [_point_at(bend, step / pieces) for bend in bends for step in range(pieces)]
    return (*points, bends[-1][3]) if bends else ()


def height_at(bend: Bend, x: float) -> float:
    """Return the y of a bend of ``smooth`` at an x between its ends."""
    return _point_at(bend, (x - bend[0][0]) / (bend[3][0] - bend[0][0]))[1]


def _point_at(bend: Bend, share: float) -> Point:
    rest = 1 - share
    a, b, c, d = rest**3, 3 * rest * rest * share, 3 * rest * share * share, share**3
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = bend
    return a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3


def traced(bends: tuple[Bend, ...]) -> Outline:
    """Return the curve as an outline to be stroked."""
    if not bends:
        return ()
    return (("M", bends[0][0]), *(("C", (*first, *second, *end)) for _, first, second, end in bends))
