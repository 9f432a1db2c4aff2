"""The map so far: what is filled in, what is still open, in one picture."""

from dataclasses import dataclass

from journey.model import Element, JourneyMap, Stage
from renderers.display import Box, Canvas, DisplayList
from renderers.icons import Icon, draw_face, draw_icon, expression_at
from renderers.layout.cover import Lines, draw_footer, page_head
from renderers.layout.curve import CurveLook, draw_curve, draw_open_stop, feeling_words
from renderers.layout.sheet import BODY, MARGIN, MEASURE, WIDTH
from renderers.text import Align, Lettering, Paragraph, paragraph
from renderers.theme import Theme
from renderers.typefaces import Style
from renderers.words import PictureWords

_CURVE = 330.0
_ROW = 118.0
_INDENT = 132.0
_GAP = 28.0
_ICON = 44.0
_SHARE = 0.55  # of the line below the name, what the feeling may take where a complaint follows


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
        y = _draw_rows(
            canvas, y, [_row(stage, place, words, theme) for place, stage in enumerate(stages)], theme
        )
    draw_footer(canvas, y, journey_map, words, theme)
    return canvas.finish(y + 60)


@dataclass(frozen=True, slots=True)
class _Row:
    """One stage, set: its name, below it what customers feel or where they are, and the first complaint."""

    stage: Stage
    place: int
    name: Paragraph
    told: Paragraph | None
    pain: Paragraph | None

    @property
    def below(self) -> float:
        """How high the line below the name is."""
        return max((part.height for part in (self.told, self.pain) if part), default=0.0)

    @property
    def height(self) -> float:
        return max(_ROW, self.name.height + self.below + 22)


def _row(stage: Stage, place: int, words: PictureWords, theme: Theme) -> _Row:
    begun = is_begun(stage)
    measure = MEASURE - _INDENT - 30
    name_ink = theme.stage(place).strong if begun else theme.ink_quiet
    name = paragraph(stage.name, Lettering(Style.BOLD, 40, name_ink), measure, most=1)
    pain = stage.pains[0].text if stage.pains else ""
    touchpoint = stage.touchpoints[0].text if stage.touchpoints and not pain else ""
    told = feeling_words(stage) or touchpoint or ("" if begun else words.not_filled)
    first = second = None
    if told:
        ink = theme.ink_soft if begun else theme.ink_quiet
        share = _SHARE if pain else 1.0
        first = paragraph(told, Lettering(Style.MEDIUM, BODY, ink), measure * share, most=1)
    if pain:
        room = measure - _ICON - (first.width + _GAP if first else 0.0)
        second = paragraph(pain, Lettering(Style.MEDIUM, BODY, theme.pain.ink), room, most=1)
    return _Row(stage, place, name, first, second)


def _draw_rows(canvas: Canvas, y: float, rows: list[_Row], theme: Theme) -> float:
    """Draw the rows on a card, and return where the next thing goes."""
    card = Box(MARGIN, y, MEASURE, sum(row.height for row in rows) + 20)
    canvas.box(card, 24, fill=theme.card, stroke=theme.line, thickness=1.6)
    y += 10
    for row in rows:
        box = Box(MARGIN, y, MEASURE, row.height)
        if row.place:
            canvas.line((box.x + _INDENT, y), (box.right - 30, y), stroke=theme.line, thickness=1.6)
        _draw_row(canvas, box, row, theme)
        y = box.bottom
    return card.bottom + 18


def _draw_row(canvas: Canvas, box: Box, row: _Row, theme: Theme) -> None:
    centre, middle = box.x + 72, box.y + box.height / 2
    expression, score = expression_at(row.stage), row.stage.score
    if expression and score is not None:
        draw_face(canvas, centre, middle, 37, expression=expression, score=score, theme=theme)
    else:
        draw_open_stop(canvas, centre, middle, 36, place=row.place, theme=theme, numbered=True)
    x, top = box.x + _INDENT, middle - (row.name.height + row.below) / 2
    row.name.draw(canvas, x, top, box)
    top += row.name.height
    if row.told:
        row.told.draw(canvas, x, top + (row.below - row.told.height) / 2, box, Align.LEFT)
        x += row.told.width + _GAP
    if row.pain:
        draw_icon(
            canvas,
            Icon.PAINS,
            x,
            top + (row.below - 34) / 2,
            side=32,
            colour=theme.pain.strong,
            thickness=2.4,
        )
        row.pain.draw(canvas, x + _ICON, top + (row.below - row.pain.height) / 2, box)
