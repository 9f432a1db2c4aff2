"""The number of a stage in a disc."""

from renderers.display import Box, Canvas, Role
from renderers.text import Align, Lettering, paragraph
from renderers.typefaces import Style

_SIZE = 1.12  # of the letters, in radii


def draw_number(
    canvas: Canvas, x: float, y: float, radius: float, *, place: int, ground: str, ink: str
) -> None:
    """Draw the disc of the stage at that place, which counts from 0, around a point."""
    canvas.circle(x, y, radius, fill=ground)
    lettering = Lettering(Style.EXTRABOLD, radius * _SIZE, ink, Role.LABEL)
    draw_mark(canvas, x, y, radius, mark=str(place + 1), lettering=lettering)


def draw_mark(canvas: Canvas, x: float, y: float, radius: float, *, mark: str, lettering: Lettering) -> None:
    """Letter a short mark into the middle of a disc."""
    text = paragraph(mark, lettering, 2 * radius)
    box = Box(x - radius, y - radius, 2 * radius, 2 * radius)
    text.draw(canvas, box.x, y - text.height / 2, box, Align.CENTRE)
