"""Paragraphs: text set in lines at a size, ready to be measured and put on a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from renderers.directions import FROM_THE_LEFT, FROM_THE_RIGHT, reads_from_the_right
from renderers.display import Box, Canvas, Role
from renderers.reach import ORDINARY, Reach, reach
from renderers.typefaces import Style
from renderers.wrapping import ELLIPSIS, Line, balanced, clean, cut, width, wrap

LEADING = 1.29
_GAP = 0.03  # between the lowest ink of a line and the highest of the next, in ems, where both reach far
_CAP_CENTRE = 0.352  # from the middle of a line down to its baseline, in ems


class Align(StrEnum):
    """Where the lines of a paragraph stand in their measure; START is where one begins to read."""

    LEFT = "left"
    START = "start"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Lettering:
    """How a text is lettered; ``size`` in pixels of the design."""

    style: Style
    size: float
    colour: str
    role: Role = Role.BODY

    def at(self, size: float) -> "Lettering":
        """Return the same lettering at another size."""
        return Lettering(self.style, size, self.colour, self.role)

    def width(self, string: str) -> float:
        """Return how wide one line of clean text runs."""
        return width(self.style, self.size, string)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines set to a measure: ``shortened`` ones end in an ellipsis, ``broken`` ones split a word."""

    lettering: Lettering
    lines: tuple[Line, ...]
    measure: float
    from_the_right: bool = False
    shortened: bool = False
    broken: bool = False
    reach: Reach = ORDINARY

    @property
    def leading(self) -> float:
        """The distance of two baselines: more where letters reach further than ordinary ones."""
        return self.lettering.size * (LEADING if self.reach is ORDINARY else _leading(self.reach))

    @property
    def _baseline(self) -> float:
        """How far below the top of its line a baseline lies."""
        if self.reach == ORDINARY:
            return self.leading / 2 + self.lettering.size * _CAP_CENTRE
        spare = self.leading - self.lettering.size * (self.reach.up + self.reach.down)
        return spare / 2 + self.lettering.size * self.reach.up

    @property
    def width(self) -> float:
        """The width of the widest line."""
        return max((line.width for line in self.lines), default=0.0)

    @property
    def height(self) -> float:
        """The height of all lines."""
        return len(self.lines) * self.leading

    def draw(self, canvas: Canvas, x: float, y: float, cell: Box, align: Align = Align.START) -> None:
        """Put the lines on a page, the upper left corner of the measure at (x, y)."""
        lettering, leading, baseline = self.lettering, self.leading, self._baseline
        for place, line in enumerate(self.lines):
            match align:
                case Align.CENTRE:
                    left = x + (self.measure - line.width) / 2
                case Align.LEFT:
                    left = x
                case Align.START:
                    left = x + self.measure - line.width if self.from_the_right else x
            canvas.text(
                left,
                y + place * leading + baseline,
                self._in_its_direction(line.string),
                style=lettering.style,
                size=lettering.size,
                colour=lettering.colour,
                role=lettering.role,
                cell=cell,
            )

    def _in_its_direction(self, line: str) -> str:
        """Mark a line that alone would read in another direction than its paragraph."""
        if self.from_the_right == reads_from_the_right(line):
            return line
        return (FROM_THE_RIGHT if self.from_the_right else FROM_THE_LEFT) + line


@lru_cache(maxsize=4_096)
def paragraph(text: str, lettering: Lettering, measure: float, *, most: int | None = None) -> Paragraph:
    """Set a text to a measure in at most that many lines."""
    tidy = clean(text)
    style, size = lettering.style, lettering.size
    if most is not None and len(wrap(style, size, tidy, measure)) > most:
        too_long, kept = True, cut(style, size, tidy, measure, most)
    else:
        too_long, kept = False, balanced(style, size, tidy, measure)
    words = tidy.split(" ")
    return Paragraph(
        lettering,
        kept,
        measure,
        from_the_right=reads_from_the_right(tidy),
        shortened=too_long or (ELLIPSIS not in tidy and any(line.string.endswith(ELLIPSIS) for line in kept)),
        broken=any(line.string.split(" ")[-1] not in words for line in kept[:-1]),
        reach=_reach(style, kept),
    )


def _leading(reach: Reach) -> float:
    return max(LEADING, reach.up + reach.down + _GAP)


def _reach(style: Style, lines: Iterable[Line]) -> Reach:
    found = [reach(style, line.string) for line in lines]
    if found.count(ORDINARY) == len(found):
        return ORDINARY
    return Reach(max(one.up for one in found), max(one.down for one in found))


def fitted(
    text: str, lettering: Lettering, sizes: Iterable[float], measure: float, *, most: int
) -> Paragraph:
    """Set a text at the first size at which nothing is left out and no word split, else at the last one."""
    tried = [Paragraph(lettering, (), measure)]
    for size in sizes:
        tried.append(paragraph(text, lettering.at(size), measure, most=most))
        if not (tried[-1].shortened or tried[-1].broken):
            break
    return tried[-1]
