"""The map so far: what is filled in, what is still open, in one picture."""

from journey.model import Element, JourneyMap, Stage
from renderers.display import Box, Canvas, DisplayList, Role
from renderers.icons import Icon, draw_face, draw_icon, expression_at
from renderers.layout.blocks import line_height
from renderers.layout.cover import Lines, draw_footer, page_head
from renderers.layout.curve import CurveLook, draw_curve, draw_open_stop, feeling_words
from renderers.layout.sheet import BODY, MARGIN, MEASURE, WIDTH
from renderers.text import Lettering, paragraph
from renderers.theme import Theme
from renderers.typefaces import Style
from renderers.words import PictureWords

_CURVE = 330.0
_ROW = 118.0


def is_begun(stage: Stage) -> bool:
    """Tell whether anything is known of a stage."""
    return any(stage.entries(element) for element in Element)


def preview(journey_map: JourneyMap, words: PictureWords, theme: Theme) -> DisplayList:
    """Return the unfinished map: its curve so far and one row a stage."""
    stages = journey_map.stages
    canvas = Canvas(WIDTH, 1350, theme.paper)
    head = page_head(journey_map, words.heading_preview, words, theme, lines=Lines(1, 2, 2))
    for y, block in head.blocks:
        block.draw(canvas, MARGIN, y, canvas.page)
    y = head.height
    if any(stage.feelings for stage in stages):
        field = Box(MARGIN, y, MEASURE, _CURVE)
        canvas.box(field, 24, fill=theme.card, stroke=theme.line, thickness=1.6)
        column = (MEASURE - 24) / len(stages)
        centres = [MARGIN + 12 + column * (place + 0.5) for place in range(len(stages))]
        look = CurveLook(min(38.0, column * 0.36), 8, column, numbers=True)
        draw_curve(canvas, field.inset(10, 10), centres, stages, look=look, theme=theme)
        y = field.bottom + 22
    if stages:
        rows = Box(MARGIN, y, MEASURE, _ROW * len(stages) + 20)
        canvas.box(rows, 24, fill=theme.card, stroke=theme.line, thickness=1.6)
        for place, stage in enumerate(stages):
            row = Box(MARGIN, y + 10 + place * _ROW, MEASURE, _ROW)
            if place:
                canvas.line((row.x + 132, row.y), (row.right - 30, row.y), stroke=theme.line, thickness=1.6)
            _draw_row(canvas, row, stage, place, words=words, theme=theme)
        y = rows.bottom + 18
    draw_footer(canvas, y, journey_map, words, theme)
    return canvas.finish(y + 60)


def _draw_row(
    canvas: Canvas, row: Box, stage: Stage, place: int, *, words: PictureWords, theme: Theme
) -> None:
    """Draw one stage: its face and its first complaint, or that it is still open."""
    centre, middle = row.x + 72, row.y + row.height / 2
    expression, score = expression_at(stage), stage.score
    if expression and score is not None:
        draw_face(canvas, centre, middle, 37, expression=expression, score=score, theme=theme)
    else:
        draw_open_stop(canvas, centre, middle, 36, place=place, theme=theme, numbered=True)
    begun = is_begun(stage)
    measure = MEASURE - 132 - 30
    name_ink = theme.stage(place).strong if begun else theme.ink_quiet
    name = paragraph(stage.name, Lettering(Style.BOLD, 40, name_ink), measure, most=1)
    top = middle - (name.height + line_height(BODY)) / 2
    name.draw(canvas, row.x + 132, top, row)
    top += name.height
    pain = stage.pains[0].text if stage.pains else ""
    touchpoint = stage.touchpoints[0].text if stage.touchpoints else ""
    x, room = row.x + 132, measure
    told = feeling_words(stage) or (touchpoint if begun and not pain else "")
    if told or not begun:
        ink = theme.ink_soft if begun else theme.ink_quiet
        share = 0.55 if pain else 1.0
        first = paragraph(
            told or words.not_filled, Lettering(Style.MEDIUM, BODY, ink, Role.BODY), room * share, most=1
        )
        first.draw(canvas, x, top, row)
        x += first.width + 28
        room -= first.width + 28
    if pain:
        draw_icon(canvas, Icon.PAINS, x, top + 6, side=32, colour=theme.pain.strong, thickness=2.4)
        second = paragraph(pain, Lettering(Style.MEDIUM, BODY, theme.pain.ink), room - 44, most=1)
        second.draw(canvas, x + 44, top, row)
