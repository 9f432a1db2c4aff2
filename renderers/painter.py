"""From a display list to pixels; matplotlib lives only here.

Its Agg renderer alone is used, without pyplot, figures, settings or text parsing: letters are outlines.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor

import numpy
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from numpy.typing import NDArray

from renderers.display import DisplayList, Emoji, Path, Text
from renderers.emoji import emoji_picture
from renderers.encoding import Pixels
from renderers.shapes import Outline, between_corners
from renderers.shaping import outline, shape
from renderers.theme import red_green_blue
from renderers.typefaces import Typeface

_POINTS_PER_INCH = 72.0  # so that Agg takes a thickness in pixels, as we give it
_LARGE = 60_000  # pixels from which on filling them apart is worth it
_HOLE = numpy.array((1, 2, 2, 2, 79), numpy.uint8)
_ANYWHERE = (0.0, 0.0)  # where a closing stroke leads is not asked
_CODES = {"M": (1,), "L": (2,), "Q": (3, 3), "C": (4, 4, 4), "Z": (79,)}

Vertices = NDArray[numpy.float64]
Codes = NDArray[numpy.uint8]
Points = NDArray[numpy.complex128]
"""Vertices as complex numbers, which numpy scales and moves at once."""
_Colour = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Outlines:
    """What Agg reads of a matplotlib Path, which takes longer to make than a small shape to draw."""

    vertices: Vertices
    codes: Codes
    should_simplify: bool = False
    simplify_threshold: float = 0.0


def paint_pixels(page: DisplayList, scale: float = 1.0) -> Pixels:
    """Return the page as rows of red, green, blue and alpha, one byte each."""
    width, height = round(page.width * scale), round(page.height * scale)
    renderer = RendererAgg(width, height, _POINTS_PER_INCH)  # type: ignore[no-untyped-call] # no types upstream
    painter = _Painter(page, renderer, scale)
    painter.paint()
    return painter.pixels


class _Painter:
    """Puts one display list on one renderer."""

    def __init__(self, page: DisplayList, renderer: RendererAgg, scale: float) -> None:
        self._page, self._renderer, self._scale = page, renderer, scale
        self._height = page.height * scale
        self.pixels: Pixels = numpy.asarray(renderer.buffer_rgba())  # type: ignore[no-untyped-call] # no types upstream
        self._place = numpy.array(((scale, 0.0, 0.0), (0.0, -scale, self._height), (0.0, 0.0, 1.0)))

    def paint(self) -> None:
        """Paint shapes, then letters, then emoji: letters of one colour go as one path."""
        pen = self._renderer.new_gc()
        pen.set_snap(False)
        pen.set_joinstyle("round")
        for operation in self._page.operations:
            if isinstance(operation, Path):
                self._paint_path(pen, operation)
        pen.set_linewidth(0)
        pen.set_dashes(0, None)
        self._paint_letters(pen)
        for operation in self._page.operations:
            if isinstance(operation, Emoji):
                self._paint_emoji(pen, operation)
        pen.restore()

    def _paint_path(self, pen: GraphicsContextBase, path: Path) -> None:
        thickness = path.thickness * self._scale if path.stroke else 0.0
        if path.stroke and thickness:
            pen.set_foreground(_opaque(path.stroke), isRGBA=True)
        pen.set_capstyle("butt" if path.dash else "round")
        pen.set_dashes(0, [path.dash * self._scale] * 2 if path.dash else None)
        outlines = _Outlines(*_vertices(path.outline))
        fill = _opaque(path.fill) if path.fill else None
        frame = self._filled(path.outline, fill, outlines) if fill else None
        if frame:
            pen.set_linewidth(0)
            self._draw(pen, frame, fill)
            fill = None
        pen.set_linewidth(thickness)
        if fill or thickness:
            self._draw(pen, outlines, fill)

    def _filled(self, box: Outline, colour: _Colour, outlines: _Outlines) -> _Outlines | None:
        """Fill the whole pixels between the corners of a large box; return what is left of it to be drawn.

        Agg would reach the same pixels one by one. None for what isn't a large box.
        """
        inside = between_corners(box)
        if inside is None:
            return None
        rows, columns = self.pixels.shape[:2]
        above = rows - self._height  # a page ends within a pixel, the first row of which is cut
        left, right = max(0, ceil(inside[0] * self._scale)), min(columns, floor(inside[2] * self._scale))
        top = max(0, ceil(inside[1] * self._scale + above))
        bottom = min(rows, floor(inside[3] * self._scale + above))
        if (right - left) * (bottom - top) < _LARGE:
            return None
        row = numpy.full((right - left, 1), _packed(colour))  # rows are copied faster than pixels
        self.pixels[top:bottom, left:right].view(numpy.uint32)[:] = row
        hole = numpy.array(((left, top), (left, bottom), (right, bottom), (right, top), (left, top)), float)
        hole = (hole - (0.0, above)) / self._scale
        return _Outlines(
            numpy.concatenate((outlines.vertices, hole)), numpy.concatenate((outlines.codes, _HOLE))
        )

    def _draw(self, pen: GraphicsContextBase, path: _Outlines, fill: _Colour | None) -> None:
        self._renderer.draw_path(pen, path, self._place, fill)  # type: ignore[no-untyped-call] # no types upstream

    def _paint_letters(self, pen: GraphicsContextBase) -> None:
        by_colour: dict[str, _Letters] = {}
        for operation in self._page.operations:
            if isinstance(operation, Text):
                by_colour.setdefault(operation.colour, _Letters()).add(operation)
        for colour, letters in by_colour.items():
            placed = letters.placed()
            if placed:
                self._draw(pen, placed, _opaque(colour))

    def _paint_emoji(self, pen: GraphicsContextBase, emoji: Emoji) -> None:
        from PIL import Image

        picture = emoji_picture(emoji.sequence)
        if picture is None:
            return
        side = emoji.side * self._scale
        shrink = side / max(picture.size)
        wide, high = (max(1, round(length * shrink)) for length in picture.size)
        small = picture.convert("RGBa").resize((wide, high), Image.Resampling.LANCZOS).convert("RGBA")
        x = emoji.x * self._scale + (side - wide) / 2
        y = self._height - (emoji.y + emoji.side) * self._scale + (side - high) / 2
        pixels = numpy.ascontiguousarray(numpy.asarray(small)[::-1])  # Agg counts rows from below
        self._renderer.draw_image(pen, round(x), round(y), pixels)


class _Letters:
    """Glyphs of one colour: outlines in ems, their sizes and their origins on the page."""

    def __init__(self) -> None:
        self._glyphs: list[tuple[Points, Codes, float, complex]] = []

    def add(self, text: Text) -> None:
        """Add a line of text."""
        left, baseline, size = text.x, text.baseline, text.size
        for run in shape(text.style, text.string):
            typeface = run.typeface
            for number, x, y, _, _ in run.glyphs:
                points, codes = _glyph(typeface, number)
                if len(codes):
                    origin = complex(left + x * size, baseline + y * size)
                    self._glyphs.append((points, codes, size, origin))
            left += run.advance * size

    def placed(self) -> _Outlines | None:
        """Return all glyphs as one shape on the page, or None when there are only blanks."""
        if not self._glyphs:
            return None
        outlines, codes, sizes, origins = zip(*self._glyphs, strict=True)
        counts = [len(points) for points in outlines]
        points = numpy.concatenate(outlines)
        points *= numpy.repeat(sizes, counts)
        points += numpy.repeat(origins, counts)
        return _Outlines(points.view(numpy.float64).reshape(-1, 2), numpy.concatenate(codes))


@lru_cache(maxsize=64)
def _opaque(colour: str) -> _Colour:
    return (*red_green_blue(colour), 1.0)


def _packed(colour: _Colour) -> NDArray[numpy.uint32]:
    channels = [round(255 * channel) for channel in colour]
    return numpy.array(channels, numpy.uint8).view(numpy.uint32)


def _vertices(drawn: Outline) -> tuple[Vertices, Codes]:
    points = [value for _, coordinates in drawn for value in coordinates or _ANYWHERE]
    codes = _codes("".join([command for command, _ in drawn]))
    return numpy.array(points, numpy.float64).reshape(-1, 2), codes


@lru_cache(maxsize=512)
def _codes(commands: str) -> Codes:
    return numpy.array([code for command in commands for code in _CODES[command]], numpy.uint8)


@lru_cache(maxsize=8_000)
def _glyph(typeface: Typeface, number: int) -> tuple[Points, Codes]:
    vertices, codes = _vertices(outline(typeface, number))
    return vertices.view(numpy.complex128).ravel(), codes
