"""From layers to pixels, a band of rows at a time; matplotlib lives only here.

Its Agg renderer alone is used, without pyplot, figures, settings or text parsing: letters are outlines.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Literal

import numpy
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from numpy.typing import NDArray

from renderers.display import DisplayList
from renderers.encoding import Pixels
from renderers.layers import Colour, Layer, Patch, Shape, Stamp, layers, size

BAND = 256
"""Rows painted at a time: memory that the processor's cache holds, and that the system needn't find anew."""
_POINTS_PER_INCH = 72.0  # so that Agg takes a thickness in pixels, as we give it
_NO_TRANSFORMS, _NO_OFFSET, _SAME = numpy.empty((0, 3, 3)), numpy.zeros((1, 2)), numpy.identity(3)
_SMOOTH = numpy.ones(1, numpy.uint8)
_Cap = Literal["butt", "round"]


@dataclass(frozen=True, slots=True)
class _Band:
    """Rows of a picture, ``first`` to before ``end``, on a renderer; ``place`` leads there from a page."""

    renderer: RendererAgg
    pixels: Pixels
    place: NDArray[numpy.float64]
    first: int
    end: int
    under: int
    """How many rows of the picture, from whose last one Agg counts, lie below the renderer."""


def paint_pixels(page: DisplayList, scale: float = 1.0) -> Pixels:
    """Return the page as rows of red, green, blue and alpha, one byte each."""
    (whole,) = paint_bands(page, scale, rows=size(page, scale)[1])
    return whole


def paint_bands(page: DisplayList, scale: float = 1.0, *, rows: int = BAND) -> Iterator[Pixels]:
    """Yield the page from top to bottom in bands of so many rows; each one takes the place of the last."""
    width, height = size(page, scale)
    everything = layers(page, scale)
    renderer = RendererAgg(width, rows, _POINTS_PER_INCH)  # type: ignore[no-untyped-call] # no types upstream
    pixels: Pixels = numpy.asarray(renderer.buffer_rgba())  # type: ignore[no-untyped-call] # no types upstream
    for first in range(0, height, rows):
        end = first + rows
        lower_edge = page.height * scale - (height - end)
        place = numpy.array(((scale, 0.0, 0.0), (0.0, -scale, lower_edge), (0.0, 0.0, 1.0)))
        band = _Band(renderer, pixels[: height - first], place, first, end, height - end)
        reached = [layer for layer in everything if layer.top < end and layer.bottom > first]
        if first and not (reached and _covers(reached[0], band)):
            renderer.clear()  # type: ignore[no-untyped-call] # no types upstream
        _put(band, reached)
        yield band.pixels


def _covers(layer: Layer, band: _Band) -> bool:
    """Tell whether a layer leaves nothing to be seen of what was on the band before, as paper does."""
    if not isinstance(layer, Patch):
        return False
    rows, columns = band.pixels.shape[:2]
    inside = layer.left <= 0 and layer.right >= columns
    return inside and layer.top <= band.first and layer.bottom >= band.first + rows


def _put(band: _Band, reached: Iterable[Layer]) -> None:
    """Put layers on a band; shapes that follow one another are drawn together."""
    for cap, group in groupby(reached, key=_cap):
        if cap:
            _draw(band, cap, [layer for layer in group if isinstance(layer, Shape)])
            continue
        for layer in group:
            match layer:
                case Patch():
                    _fill(band, layer)
                case Stamp():
                    renderer, pen = band.renderer, _pen("round")
                    renderer.draw_image(pen, layer.x, layer.y - band.under, layer.picture)
                case Shape():
                    pass


def _fill(band: _Band, patch: Patch) -> None:
    """Fill whole pixels: Agg would reach the same ones one by one."""
    row = numpy.full((patch.right - patch.left, 1), _packed(patch.colour))  # it is copied faster than pixels
    top, bottom = max(0, patch.top - band.first), patch.bottom - band.first
    band.pixels[top:bottom, patch.left : patch.right].view(numpy.uint32)[:] = row


def _cap(layer: Layer) -> _Cap | None:
    """Return how the lines of a shape end, None for what isn't one."""
    if isinstance(layer, Shape):
        return "butt" if layer.dash else "round"
    return None


def _draw(band: _Band, cap: _Cap, shapes: Sequence[Shape]) -> None:
    """Draw shapes at once: one by one, Agg is longer asked for a small one than it draws.

    All have a fill, even if none is seen: a line without one is cut where the renderer ends.
    """
    # What Agg itself takes: arrays where matplotlib's types have objects.
    together: Callable[..., None] = band.renderer.draw_path_collection
    together(
        _pen(cap),
        band.place,
        [shape.outlines for shape in shapes],
        _NO_TRANSFORMS,
        _NO_OFFSET,
        _SAME,
        [shape.fill for shape in shapes],
        [shape.stroke for shape in shapes],
        [shape.thickness for shape in shapes],
        [(0, [shape.dash] * 2 if shape.dash else None) for shape in shapes],
        _SMOOTH,
        None,
        None,
    )


@cache
def _pen(cap: _Cap) -> GraphicsContextBase:
    """Return a pen whose lines and dashes end so."""
    pen = GraphicsContextBase()
    pen.set_snap(False)
    pen.set_joinstyle("round")
    pen.set_capstyle(cap)
    return pen


def _packed(colour: Colour) -> NDArray[numpy.uint32]:
    channels = [round(255 * channel) for channel in colour]
    return numpy.array(channels, numpy.uint8).view(numpy.uint32)
