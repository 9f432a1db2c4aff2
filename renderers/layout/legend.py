"""The line that says which of two curves is which."""

from renderers.display import Box, Canvas
from renderers.layout.blocks import Block
from renderers.layout.curve import SECOND_DASH, SECOND_THICKNESS, draw_diamond
from renderers.text import Lettering, paragraph
from renderers.theme import Theme

_SAMPLE = 2.2  # how long the piece of a curve before its name is, in ems
_THICKNESS = 0.2  # how thick the map's own curve is in the legend, in ems


def curve_legend(names: tuple[str, str], lettering: Lettering, measure: float, theme: Theme) -> Block:
    """Return both names in one line, each behind a piece of its curve; long names share the measure."""
    size = lettering.size
    sample, gap = size * _SAMPLE, size * 1.4
    room = measure - 2 * (sample + size * 0.5) - gap
    widths = [lettering.width(name) for name in names]
    shares = [
        min(width, max(room / 2, room - other)) for width, other in zip(widths, reversed(widths), strict=True)
    ]
    own, second = (
        paragraph(name, lettering, share + 1, most=1) for name, share in zip(names, shares, strict=True)
    )

    def draw(canvas: Canvas, x: float, y: float, cell: Box) -> None:
        middle = y + own.height / 2
        thick = size * _THICKNESS
        canvas.line((x, middle), (x + sample, middle), stroke=theme.curve, thickness=thick)
        x += sample + size * 0.5
        own.draw(canvas, x, y, cell)
        x += own.width + gap
        dash = thick * SECOND_DASH
        ends = (x, middle), (x + sample, middle)
        canvas.line(*ends, stroke=theme.second_curve, thickness=thick * SECOND_THICKNESS, dash=dash)
        draw_diamond(canvas, x + sample / 2, middle, size * 0.3, theme)
        second.draw(canvas, x + sample + size * 0.5, y, cell)

    return Block(own.height, draw, 0)
