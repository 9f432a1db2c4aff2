"""From a display list to layers: shapes, whole pixels and stamps, and which rows of a picture they reach."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, compress
from math import ceil, floor
from typing import Any

import numpy
from numpy.typing import ArrayLike, NDArray

from renderers.display import DisplayList, Emoji, Path, Text
from renderers.emoji import emoji_picture
from renderers.encoding import Pixels
from renderers.shapes import Outline, between_corners
from renderers.shaping import outline, shape
from renderers.theme import red_green_blue
from renderers.typefaces import Typeface

_LARGE = 60_000  # pixels from which on filling them apart is worth it
_UNSEEN = (0.0, 0.0, 0.0, 0.0)
_HOLE = numpy.array((1, 2, 2, 2, 79), numpy.uint8)
_CODES = {"M": (1,), "L": (2,), "Q": (3, 3), "C": (4, 4, 4), "Z": (79,)}

Vertices = NDArray[numpy.float64]
Codes = NDArray[numpy.uint8]
Points = NDArray[numpy.complex128]
"""Vertices as complex numbers, which numpy scales and moves at once."""
Colour = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Outlines:
    """What Agg reads of a matplotlib Path, which takes longer to make than a small shape to draw."""

    vertices: Vertices
    codes: Codes
    should_simplify: bool = False
    simplify_threshold: float = 0.0


@dataclass(frozen=True, slots=True)
class Shape:
    """Outlines on the page that are filled, stroked or both; thickness and dash in pixels."""

    top: float
    bottom: float
    outlines: Outlines
    fill: Colour
    stroke: Colour = _UNSEEN
    thickness: float = 0.0
    dash: float | None = None


@dataclass(frozen=True, slots=True)
class Patch:
    """Whole pixels of one colour."""

    left: int
    top: int
    right: int
    bottom: int
    colour: Colour


@dataclass(frozen=True, slots=True)
class Stamp:
    """A small picture, the lower left corner of which lies at (x, y) from that of the whole one."""

    top: float
    bottom: float
    x: int
    y: int
    picture: Pixels


Layer = Shape | Patch | Stamp
"""Each lies between the rows ``top`` and ``bottom`` of the picture."""


def size(page: DisplayList, scale: float) -> tuple[int, int]:
    """Return how many pixels wide and high the page is painted."""
    return round(page.width * scale), round(page.height * scale)


def layers(page: DisplayList, scale: float) -> list[Layer]:
    """Return what a page looks like from back to front: shapes, then letters, then emoji."""
    return _Maker(page, scale).layers()


class _Maker:
    """Makes the layers of one page."""

    def __init__(self, page: DisplayList, scale: float) -> None:
        self._page, self._scale = page, scale
        self._width, self._height = size(page, scale)
        self._above = self._height - page.height * scale  # a page ends within a pixel: its first row is cut
        self._layers: list[Layer] = []

    def layers(self) -> list[Layer]:
        """Return shapes, then letters, then emoji."""
        for operation in self._page.operations:
            if isinstance(operation, Path):
                self._add_path(operation)
        self._add_letters()
        for operation in self._page.operations:
            if isinstance(operation, Emoji):
                self._add_emoji(operation)
        return self._layers

    def _rows(self, top: float, bottom: float, around: float = 0.0) -> tuple[float, float]:
        """Return the rows of two heights of the page, and of as many pixels and one more around them."""
        first, last = top * self._scale + self._above, bottom * self._scale + self._above
        return first - around - 1, last + around + 1

    def _add_path(self, path: Path) -> None:
        thickness = path.thickness * self._scale if path.stroke else 0.0
        fill = _opaque(path.fill) if path.fill else None
        coordinates = _coordinates(path.outline)
        outlines = Outlines(numpy.array(coordinates, numpy.float64).reshape(-1, 2), _codes(path.outline))
        heights = coordinates[1::2] or [0.0]
        reach = self._rows(min(heights), max(heights), thickness / 2)
        patch = self._patch(path.outline, fill) if fill else None
        if patch:
            self._layers.append(patch)
            frame = self._around(patch, outlines)
            if frame:
                self._layers.append(Shape(*reach, frame, patch.colour))
            fill = None
        if fill or thickness:
            stroke = _opaque(path.stroke) if path.stroke else _UNSEEN
            dash = path.dash * self._scale if path.dash else None
            self._layers.append(Shape(*reach, outlines, fill or _UNSEEN, stroke, thickness, dash))

    def _patch(self, box: Outline, colour: Colour) -> Patch | None:
        """Return the whole pixels between the corners of a large box, None for what isn't one."""
        inside = between_corners(box)
        if inside is None:
            return None
        left, right = max(0, ceil(inside[0] * self._scale)), min(self._width, floor(inside[2] * self._scale))
        top = max(0, ceil(inside[1] * self._scale + self._above))
        bottom = min(self._height, floor(inside[3] * self._scale + self._above))
        is_large = (right - left) * (bottom - top) >= _LARGE
        return Patch(left, top, right, bottom, colour) if is_large else None

    def _around(self, patch: Patch, box: Outlines) -> Outlines | None:
        """Return what is left of a box around its whole pixels, None when they fill the picture."""
        left, top, right, bottom = patch.left, patch.top, patch.right, patch.bottom
        if (left, top, right, bottom) == (0, 0, self._width, self._height):
            return None
        hole = numpy.array(((left, top), (left, bottom), (right, bottom), (right, top), (left, top)), float)
        hole = (hole - (0.0, self._above)) / self._scale
        return Outlines(numpy.concatenate((box.vertices, hole)), numpy.concatenate((box.codes, _HOLE)))

    def _add_letters(self) -> None:
        lines = _Lines()
        for operation in self._page.operations:
            if isinstance(operation, Text):
                lines.add(operation)
        for outlines, colour, top, bottom in lines.placed():
            self._layers.append(Shape(*self._rows(top, bottom), outlines, _opaque(colour)))

    def _add_emoji(self, emoji: Emoji) -> None:
        from PIL import Image

        picture = emoji_picture(emoji.sequence)
        if picture is None:
            return
        side = emoji.side * self._scale
        shrink = side / max(picture.size)
        wide, high = (max(1, round(length * shrink)) for length in picture.size)
        small = picture.convert("RGBa").resize((wide, high), Image.Resampling.LANCZOS).convert("RGBA")
        x = emoji.x * self._scale + (side - wide) / 2
        y = self._page.height * self._scale - (emoji.y + emoji.side) * self._scale + (side - high) / 2
        pixels = numpy.ascontiguousarray(numpy.asarray(small)[::-1])  # Agg counts rows from below
        reach = self._rows(emoji.y, emoji.y + emoji.side)
        self._layers.append(Stamp(*reach, round(x), round(y), pixels))


class _Lines:
    """Lines of text, the glyphs of which are placed on the page all at once."""

    def __init__(self) -> None:
        self._points: list[Points] = []
        self._codes: list[Codes] = []
        self._places: list[tuple[int, int, int, int]] = []
        self._runs: list[tuple[int, int, float, float, float, str]] = []

    def add(self, text: Text) -> None:
        """Add a line of text."""
        left = text.x
        for run in shape(text.style, text.string):
            for number, _ in run.letters:
                points, codes = _glyph(run.typeface, number)
                self._points.append(points)
                self._codes.append(codes)
            self._places += run.places
            self._runs.append(
                (len(run.letters), run.typeface.units, left, text.baseline, text.size, text.colour)
            )
            left += run.advance * text.size

    def placed(self) -> Iterator[tuple[Outlines, str, float, float]]:
        """Yield each run that isn't blank as one shape on the page, with its colour, top and bottom."""
        if not self._places:
            return
        lengths, _, _, _, sizes, colours = zip(*self._runs, strict=True)
        counts = numpy.fromiter(map(len, self._codes), int, len(self._codes))
        points = numpy.concatenate(self._points)
        points *= numpy.repeat(numpy.repeat(sizes, lengths), counts)
        points += numpy.repeat(self._origins(), counts)
        vertices, codes = points.view(numpy.float64).reshape(-1, 2), numpy.concatenate(self._codes)
        bounds = _running(counts)[_running(lengths)]
        seen = bounds[:-1] < bounds[1:]
        starts, ends = bounds[:-1][seen], bounds[1:][seen]
        tops = numpy.minimum.reduceat(vertices[:, 1], starts).tolist()
        bottoms = numpy.maximum.reduceat(vertices[:, 1], starts).tolist()
        places = zip(starts.tolist(), ends.tolist(), compress(colours, seen), tops, bottoms, strict=True)
        for start, end, *rest in places:
            yield Outlines(vertices[start:end], codes[start:end]), *rest

    def _origins(self) -> Points:
        """Return where the origin of each glyph lies on the page."""
        lengths, units, lefts, baselines, sizes, _ = zip(*self._runs, strict=True)
        flat = numpy.fromiter(chain.from_iterable(self._places), float, 4 * len(self._places))
        right, up, wide, _ = flat.reshape(-1, 4).T
        pens = _running(wide)
        pens = pens[:-1] - numpy.repeat(pens[_running(lengths)[:-1]], lengths)
        em, size = numpy.repeat(units, lengths), numpy.repeat(sizes, lengths)
        origins = numpy.empty(len(pens), numpy.complex128)
        origins.real = numpy.repeat(lefts, lengths) + (pens + right) / em * size
        origins.imag = numpy.repeat(baselines, lengths) - up / em * size
        return origins


@lru_cache(maxsize=64)
def _opaque(colour: str) -> Colour:
    return (*red_green_blue(colour), 1.0)


def _running(values: ArrayLike) -> NDArray[Any]:
    """Return the sums of all values before each one, and at last of all."""
    return numpy.concatenate(((0,), numpy.cumsum(values)))


def _coordinates(drawn: Outline) -> list[float]:
    anywhere = drawn[0][1] if drawn else ()  # where a closing stroke leads is not asked
    return [value for _, coordinates in drawn for value in coordinates or anywhere]


def _codes(drawn: Outline) -> Codes:
    return _codes_of("".join([command for command, _ in drawn]))


@lru_cache(maxsize=512)
def _codes_of(commands: str) -> Codes:
    return numpy.array([code for command in commands for code in _CODES[command]], numpy.uint8)


@lru_cache(maxsize=8_000)
def _glyph(typeface: Typeface, number: int) -> tuple[Points, Codes]:
    drawn = outline(typeface, number)
    return numpy.array(_coordinates(drawn), numpy.float64).view(numpy.complex128), _codes(drawn)
