"""From a display list to bytes: pixels through Agg, PDF and SVG through a figure; matplotlib lives only here.

No pyplot, no rcParams, no text parsing: glyph outlines are drawn as paths, and only the PDF gets strings, so
that its text can be found and copied.
"""

import io
from collections.abc import Sequence
from functools import lru_cache

import numpy
from matplotlib.artist import Artist
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path as Outlines
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from renderers.display import DisplayList, Emoji, Path, Text
from renderers.emoji import emoji_picture
from renderers.encoding import Pixels
from renderers.shapes import Outline
from renderers.shaping import Run, outline, shape
from renderers.theme import red_green_blue
from renderers.typefaces import Typeface

_POINTS_PER_INCH = 72.0
_CODES = {"M": (1,), "L": (2,), "Q": (3, 3), "C": (4, 4, 4), "Z": (79,)}
_A4 = (841.89, 595.28)  # points

Vertices = NDArray[numpy.float64]
Codes = NDArray[numpy.uint8]


def paint_pixels(page: DisplayList, scale: float = 1.0) -> Pixels:
    """Return the page as rows of red, green, blue and alpha, one byte each."""
    width, height = round(page.width * scale), round(page.height * scale)
    renderer = RendererAgg(width, height, _POINTS_PER_INCH * scale)  # type: ignore[no-untyped-call] # no types upstream
    _Painter(page, renderer, scale).paint()
    return numpy.asarray(renderer.buffer_rgba())  # type: ignore[no-untyped-call] # no types upstream


def paint_pdf(pages: Sequence[DisplayList]) -> bytes:
    """Return the pages as one PDF whose text can be searched; each fits on A4."""
    from matplotlib.backends.backend_pdf import PdfPages

    target = io.BytesIO()
    undated = {"CreationDate": None, "Creator": None, "Producer": None}
    with PdfPages(target, metadata=undated) as book:
        for page in pages:
            long, short = _A4
            width, height = (long, short) if page.width > page.height else (short, long)
            scale = min(width / page.width, height / page.height)
            book.savefig(_figure(page, scale, strings=True))
    return target.getvalue()


def paint_svg(page: DisplayList) -> bytes:
    """Return the page as SVG whose letters are outlines, so that it looks the same everywhere."""
    target = io.BytesIO()
    figure = _figure(page, 1.0, strings=False)
    figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None})
    return target.getvalue()


def _figure(page: DisplayList, scale: float, *, strings: bool) -> Figure:
    size = (page.width * scale / _POINTS_PER_INCH, page.height * scale / _POINTS_PER_INCH)
    figure = Figure(figsize=size, dpi=_POINTS_PER_INCH, frameon=False)
    FigureCanvasAgg(figure)
    figure.add_artist(_PageArtist(page, scale, strings=strings))
    return figure


class _PageArtist(Artist):
    """The whole page as one artist: no Text or Patch objects, which cost ten times as much."""

    def __init__(self, page: DisplayList, scale: float, *, strings: bool) -> None:
        super().__init__()
        self._page, self._scale, self._strings = page, scale, strings

    def draw(self, renderer: RendererBase) -> None:
        """Paint the page."""
        _Painter(self._page, renderer, self._scale, strings=self._strings).paint()


class _Painter:
    """Puts one display list on one renderer."""

    def __init__(
        self, page: DisplayList, renderer: RendererBase, scale: float, *, strings: bool = False
    ) -> None:
        self._page, self._renderer, self._scale, self._strings = page, renderer, scale, strings
        self._height = page.height * scale
        self._place = Affine2D().scale(scale, -scale).translate(0, self._height)

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
        for order, operation in enumerate(self._page.operations):
            if isinstance(operation, Emoji):
                self._paint_emoji(pen, operation, order)
        pen.restore()

    def _paint_path(self, pen: GraphicsContextBase, path: Path) -> None:
        if path.stroke and path.thickness:
            pen.set_linewidth(path.thickness * self._scale)
            pen.set_foreground(_opaque(path.stroke), isRGBA=True)
        else:
            pen.set_linewidth(0)
        pen.set_capstyle("butt" if path.dash else "round")
        pen.set_dashes(0, [path.dash * self._scale] * 2 if path.dash else None)
        fill = _opaque(path.fill) if path.fill else None
        self._renderer.draw_path(pen, _outlines(*_vertices(path.outline)), self._place, fill)

    def _paint_letters(self, pen: GraphicsContextBase) -> None:
        by_colour: dict[str, list[tuple[Vertices, Codes]]] = {}
        for operation in self._page.operations:
            if not isinstance(operation, Text):
                continue
            x = operation.x
            for run in shape(operation.style, operation.string):
                if self._strings and not run.missing:
                    self._write(pen, run, x, operation)
                else:
                    by_colour.setdefault(operation.colour, []).extend(_placed(run, x, operation))
                x += run.advance * operation.size
        for colour, pieces in by_colour.items():
            if pieces:
                vertices = numpy.concatenate([vertices for vertices, _ in pieces])
                codes = numpy.concatenate([codes for _, codes in pieces])
                self._renderer.draw_path(pen, _outlines(vertices, codes), self._place, _opaque(colour))

    def _write(self, pen: GraphicsContextBase, run: Run, x: float, text: Text) -> None:
        """Write a run as a string, for renderers that keep strings."""
        if not run.string.strip():
            return
        pen.set_foreground(_opaque(text.colour), isRGBA=True)
        baseline = text.baseline * self._scale
        y = baseline if self._renderer.flipy() else self._height - baseline
        font = FontProperties(fname=str(run.typeface.path), size=text.size * self._scale)
        self._renderer.draw_text(pen, x * self._scale, y, run.string, font, 0.0)

    def _paint_emoji(self, pen: GraphicsContextBase, emoji: Emoji, order: int) -> None:
        from PIL import Image

        picture = emoji_picture(emoji.sequence)
        if picture is None:
            return
        # Vector formats magnify images; without the factor an emoji would have as few pixels as points.
        magnification = self._renderer.get_image_magnification()
        side = emoji.side * self._scale
        shrink = side / max(picture.size)
        size = tuple(max(1, round(length * shrink * magnification)) for length in picture.size)
        small = picture.convert("RGBa").resize((size[0], size[1]), Image.Resampling.LANCZOS).convert("RGBA")
        x = emoji.x * self._scale + (side - size[0] / magnification) / 2
        y = self._height - (emoji.y + emoji.side) * self._scale + (side - size[1] / magnification) / 2
        pixels = numpy.asarray(small)
        pen.set_gid(f"emoji-{order}")  # type: ignore[arg-type] # SVG wants a string, else makes up a random one
        self._renderer.draw_image(pen, round(x), round(y), numpy.ascontiguousarray(self._upright(pixels)))

    def _upright(self, pixels: Pixels) -> Pixels:
        """Turn the rows the way this renderer expects them."""
        return pixels[::-1]


def _opaque(colour: str) -> tuple[float, float, float, float]:
    return (*red_green_blue(colour), 1.0)


def _outlines(vertices: Vertices, codes: Codes) -> Outlines:
    path = Outlines(vertices, codes)
    path.should_simplify = False
    return path


def _vertices(drawn: Outline) -> tuple[Vertices, Codes]:
    points: list[float] = []
    codes: list[int] = []
    for command, coordinates in drawn:
        points.extend(coordinates or (0.0, 0.0))
        codes.extend(_CODES[command])
    return numpy.array(points, dtype=numpy.float64).reshape(-1, 2), numpy.array(codes, dtype=numpy.uint8)


@lru_cache(maxsize=8_000)
def _glyph(typeface: Typeface, number: int) -> tuple[Vertices, Codes]:
    return _vertices(outline(typeface, number))


def _placed(run: Run, x: float, text: Text) -> list[tuple[Vertices, Codes]]:
    """Return the outlines of a run at its place on the page."""
    pieces: list[tuple[Vertices, Codes]] = []
    for glyph in run.glyphs:
        vertices, codes = _glyph(run.typeface, glyph.number)
        if len(codes):
            origin = (x + glyph.x * text.size, text.baseline + glyph.y * text.size)
            pieces.append((vertices * text.size + origin, codes))
    return pieces
