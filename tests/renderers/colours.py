"""How colours look to colour-blind readers, and which colour lies under a drawn thing."""

import math
from collections.abc import Iterator
from itertools import pairwise

from renderers.display import Box, DisplayList, Path, Text
from renderers.shapes import Outline
from renderers.theme import red_green_blue

Colour = tuple[float, float, float]
Matrix = tuple[Colour, Colour, Colour]

NORMAL: Matrix = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
BLINDNESS: dict[str, Matrix] = {  # Machado, Oliveira and Fernandes 2009, severity 1.0, linear RGB
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_TO_XYZ: Matrix = (  # sRGB, D65; divided by the white point below
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE: Colour = (0.95047, 1.0, 1.08883)


def distance(first: str, second: str, sight: Matrix = NORMAL) -> float:
    """Return how far apart two colours look: CIE 1976 difference; 2.3 is just noticeable, 10 at a glance."""
    return math.dist(_lab(first, sight), _lab(second, sight))


def nearest_neighbours(colours: tuple[str, ...], sight: Matrix) -> float:
    """Return the least difference of two colours that stand beside each other."""
    return min(distance(before, after, sight) for before, after in pairwise(colours))


def _lab(colour: str, sight: Matrix) -> Colour:
    channels = red_green_blue(colour)
    linear = tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    seen = tuple(min(1.0, max(0.0, value)) for value in _times(sight, linear))
    x, y, z = (
        value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116
        for value in (part / white for part, white in zip(_times(_TO_XYZ, seen), _WHITE, strict=True))
    )
    return (116 * y - 16, 500 * (x - y), 200 * (y - z))


def _times(matrix: Matrix, vector: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def texts_on_grounds(page: DisplayList) -> Iterator[tuple[str, str, str]]:
    """Yield each text with its colour and the colour of the last shape filled under its middle."""
    filled = [
        (extent(path.outline), path.fill)
        for path in page.operations
        if isinstance(path, Path) and path.fill is not None
    ]
    for operation in page.operations:
        if isinstance(operation, Text):
            x, y = operation.x + operation.width / 2, operation.baseline - operation.size * 0.35
            yield operation.string, operation.colour, _under(filled, x, y)


def strokes_on_grounds(page: DisplayList) -> Iterator[tuple[str, str]]:
    """Yield the colour of each line that isn't a frame, and the colour filled under its middle before it."""
    filled: list[tuple[Box, str]] = []
    for operation in page.operations:
        if not isinstance(operation, Path):
            continue
        box = extent(operation.outline)
        if operation.stroke and operation.fill is None and filled:
            yield operation.stroke, _under(filled, box.x + box.width / 2, box.y + box.height / 2)
        if operation.fill is not None:
            filled.append((box, operation.fill))


def _under(filled: list[tuple[Box, str]], x: float, y: float) -> str:
    return next(
        fill for box, fill in reversed(filled) if box.x <= x <= box.right and box.y <= y <= box.bottom
    )


def extent(outline: Outline) -> Box:
    """Return the box around an outline's points, control points included."""
    xs = [value for _, coordinates in outline for value in coordinates[0::2]]
    ys = [value for _, coordinates in outline for value in coordinates[1::2]]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
