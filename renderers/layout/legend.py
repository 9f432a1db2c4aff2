"""The lines that explain a picture: which of two curves is which, and what the marks of entries mean."""

from collections.abc import Sequence

from journey.model import Element, Stage, Standing
from renderers.display import Box, Canvas, Role
from renderers.icons import draw_icon
from renderers.layout.blocks import STANDING_ICONS, Block, only_guesses
from renderers.layout.curve import SECOND_DASH, SECOND_THICKNESS, draw_diamond
from renderers.text import LEADING, Lettering, paragraph
from renderers.theme import Theme
from renderers.typefaces import Style
from renderers.words import PictureWords

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

    return Block(own.height, draw)


def draw_standings(
    canvas: Canvas, box: Box, stages: Sequence[Stage], *, size: float, words: PictureWords, theme: Theme
) -> None:
    """Draw into a line what the marks mean that entries of the stages carry."""
    lettering = Lettering(Style.MEDIUM, size, theme.ink_quiet, Role.CAPTION)
    x, side = box.x, size * 1.1
    for standing, label in _standings(stages, words):
        icon = STANDING_ICONS.get(standing)
        if icon:
            top = box.y + (lettering.size * LEADING - side) / 2
            draw_icon(canvas, icon, x, top, side=side, colour=theme.ink_quiet, thickness=2.0)
            x += size * 1.5
        text = paragraph(label, lettering, max(size * 2, box.right - x), most=1)
        text.draw(canvas, x, box.y, canvas.page)
        x += text.width + size * 1.3


def _standings(stages: Sequence[Stage], words: PictureWords) -> list[tuple[Standing, str]]:
    if only_guesses(stages):
        return [(Standing.GUESS, words.all_guesses)]
    found = {
        entry.standing
        for stage in stages
        for element in Element
        if element is not Element.FEELINGS
        for entry in stage.entries(element)
    }
    return [
        (standing, label)
        for standing, label in (
            (Standing.CUSTOMER, words.customer),
            (Standing.EVIDENCE, words.evidence),
            (Standing.GUESS, words.guess),
        )
        if standing in found
    ]
