"""A picture as a list of drawing operations: plain numbers and strings, independent of whatever draws them.

Units are pixels of the design (1 unit is 1 pixel at scale 1), the origin is the top left corner, y points
down.
"""

import json
from dataclasses import dataclass, replace
from enum import StrEnum

from renderers.emoji import EMOJI_ADVANCE, EMOJI_RISE, EMOJI_SIDE
from renderers.shapes import Outline, circle, rounded
from renderers.shaping import advance, pieces
from renderers.typefaces import Style


class Role(StrEnum):
    """What a text is for; it decides how small it may get."""

    TITLE = "title"
    BODY = "body"
    LABEL = "label"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the page."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower edge."""
        return self.y + self.height

    def inset(self, horizontal: float, vertical: float) -> "Box":
        """Return the box made smaller on all four sides."""
        return Box(
            self.x + horizontal,
            self.y + vertical,
            self.width - 2 * horizontal,
            self.height - 2 * vertical,
        )


@dataclass(frozen=True, slots=True)
class Path:
    """A shape, filled or stroked or both; ``dash`` is the length of dashes and gaps of its line."""

    outline: Outline
    fill: str | None = None
    stroke: str | None = None
    thickness: float = 0.0
    dash: float | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text without emoji from ``x`` on a baseline; it must stay within ``cell``."""

    x: float
    baseline: float
    style: Style
    size: float
    colour: str
    string: str
    width: float
    role: Role
    cell: Box


@dataclass(frozen=True, slots=True)
class Emoji:
    """One emoji in a square whose upper left corner is given; it must stay within ``cell``."""

    sequence: str
    x: float
    y: float
    side: float
    cell: Box


Operation = Path | Text | Emoji


@dataclass(frozen=True, slots=True)
class DisplayList:
    """A whole page, ready to be painted at any scale."""

    width: float
    height: float
    operations: tuple[Operation, ...]

    def as_json(self) -> str:
        """Return the list as JSON with one operation a line, rounded, so that a change reads as a diff."""
        head = json.dumps({"width": _rounded(self.width), "height": _rounded(self.height)})
        lines = [head, *(json.dumps(_plain(operation), ensure_ascii=False) for operation in self.operations)]
        return "[\n" + ",\n".join(lines) + "\n]\n"


def _rounded(value: float) -> float:
    return round(value, 1) + 0.0  # no minus zero


def _plain(operation: Operation) -> list[object]:
    match operation:
        case Path(outline, fill, stroke, thickness, dash):
            drawn = " ".join(
                command + ",".join(f"{_rounded(value):g}" for value in coordinates)
                for command, coordinates in outline
            )
            return ["path", drawn, fill, stroke, _rounded(thickness), dash]
        case Text(x, baseline, style, size, colour, string, width, role, cell):
            place = [_rounded(value) for value in (x, baseline, width, size)]
            return ["text", string, *place, style.value, colour, role.value, _plain_box(cell)]
        case Emoji(sequence, x, y, side, cell):
            return ["emoji", sequence, _rounded(x), _rounded(y), _rounded(side), _plain_box(cell)]


def _plain_box(box: Box) -> list[float]:
    return [_rounded(value) for value in (box.x, box.y, box.width, box.height)]


class Canvas:
    """Collects operations from back to front; ``page`` grows downwards until ``finish``."""

    def __init__(self, width: float, height: float, paper: str) -> None:
        """Start an empty page; a layout that learns its height at the end may start with any."""
        self.width = width
        self._paper = paper
        self._height = height
        self._operations: list[Operation] = []

    @property
    def page(self) -> Box:
        """The whole page."""
        return Box(0, 0, self.width, self._height)

    def path(
        self,
        outline: Outline,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        thickness: float = 0.0,
        dash: float | None = None,
    ) -> None:
        """Add a shape."""
        self._operations.append(Path(outline, fill, stroke, thickness, dash))

    def box(
        self,
        box: Box,
        radius: float | tuple[float, float, float, float] = 0.0,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        thickness: float = 0.0,
        dash: float | None = None,
    ) -> None:
        """Add a rectangle with rounded corners, one radius or four from the top left clockwise."""
        outline = rounded(box.x, box.y, box.width, box.height, radius)
        self.path(outline, fill=fill, stroke=stroke, thickness=thickness, dash=dash)

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        thickness: float = 0.0,
        dash: float | None = None,
    ) -> None:
        """Add a circle."""
        self.path(circle(x, y, radius), fill=fill, stroke=stroke, thickness=thickness, dash=dash)

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        stroke: str,
        thickness: float,
        dash: float | None = None,
    ) -> None:
        """Add a straight line."""
        self.path((("M", start), ("L", end)), stroke=stroke, thickness=thickness, dash=dash)

    def text(
        self,
        x: float,
        baseline: float,
        string: str,
        *,
        style: Style,
        size: float,
        colour: str,
        role: Role,
        cell: Box,
    ) -> None:
        """Add one line of clean text; emoji in it become pictures."""
        if string.isascii() and string:  # nearly always one piece
            wide = advance(style, string) * size
            self._operations.append(Text(x, baseline, style, size, colour, string, wide, role, cell))
            return
        for piece in pieces(style, string):
            left = x + piece.x * size
            if piece.is_emoji:
                side = size * EMOJI_SIDE
                inset = (EMOJI_ADVANCE * size - side) / 2
                top = baseline - size * EMOJI_RISE - side / 2
                self._operations.append(Emoji(piece.string, left + inset, top, side, cell))
            else:
                wide = piece.advance * size
                self._operations.append(
                    Text(left, baseline, style, size, colour, piece.string, wide, role, cell),
                )

    def finish(self, height: float | None = None) -> DisplayList:
        """Return the page, on its paper, cut to its final height."""
        final = self._height if height is None else float(round(height))
        paper = Path(rounded(0, 0, self.width, final, 0), self._paper)
        whole, started = Box(0, 0, self.width, final), self.page
        operations = [
            replace(operation, cell=whole)
            if not isinstance(operation, Path) and operation.cell == started
            else operation
            for operation in self._operations
        ]
        return DisplayList(self.width, final, (paper, *operations))
