"""The whole map side by side on a landscape page: for print, for a large screen, as a file."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from journey.model import Element, Entry, JourneyMap
from renderers.display import Box, Canvas, DisplayList, Role
from renderers.icons import Icon, draw_badge, draw_icon
from renderers.layout.allowance import Allowance, first_within
from renderers.layout.blocks import Block, EntryLook, Mark, bulleted, chip_rows, only_guesses, quoted, stacked
from renderers.layout.card import ICONS
from renderers.layout.curve import CurveLook, draw_curve, label_of
from renderers.layout.persona import persona_card
from renderers.shapes import Outline, polygon, rounded
from renderers.text import Align, Lettering, Paragraph, fitted, paragraph
from renderers.theme import Theme
from renderers.typefaces import Style
from renderers.words import PictureWords

WIDTH = 1600.0
_NARROWEST_COLUMN = 218.0
_MARGIN, _LABELS, _GAP, _PAD, _DOWN = 40.0, 148.0, 12.0, 13.0, 16.0
_BODY = 16.5
_TALLEST = 1.9  # times the width: still one sheet of paper


@dataclass(frozen=True, slots=True)
class _Row:
    element: Element
    blocks: tuple[Block, ...]
    ground: str
    ink: str
    accent: str
    rule: str


@dataclass(slots=True)
class _PosterMaker:
    """Puts one poster on a canvas from top to bottom; ``y`` is where the next row goes."""

    journey_map: JourneyMap
    words: PictureWords
    theme: Theme
    allowance: Allowance
    width: float = 0.0
    y: float = 0.0
    canvas: Canvas = field(init=False)

    def __post_init__(self) -> None:
        count = max(1, len(self.journey_map.stages))
        self.width = max(WIDTH, 2 * _MARGIN + _LABELS + count * _NARROWEST_COLUMN)
        self.canvas = Canvas(self.width, 1, self.theme.paper)

    @property
    def column(self) -> float:
        return (self.width - 2 * _MARGIN - _LABELS) / max(1, len(self.journey_map.stages))

    def left(self, place: int) -> float:
        return _MARGIN + _LABELS + place * self.column

    def make(self) -> DisplayList:
        """Draw everything and return the page."""
        self._draw_head()
        self._draw_stage_names()
        for element in (Element.ACTIONS, Element.THOUGHTS):
            self._draw_row(self._row(element))
        self._draw_feelings()
        for element in (Element.TOUCHPOINTS, Element.PAINS, Element.OPPORTUNITIES):
            self._draw_row(self._row(element))
        self._draw_foot()
        return self.canvas.finish(self.y + 44)

    def _text(self, style: Style, size: float, colour: str, role: Role = Role.BODY) -> Lettering:
        return Lettering(style, size, colour, role)

    def _draw_head(self) -> None:
        theme, wide = self.theme, min(600.0, self.width * 0.37)
        card = persona_card(self.journey_map, self.words, theme, width=wide, body=_BODY, most=3)
        measure = self.width - 2 * _MARGIN - wide - 40
        parts = [
            paragraph(
                self.words.heading.upper(),
                self._text(Style.BOLD, 14, theme.stages[0].strong, Role.LABEL),
                measure,
                most=1,
            ),
            fitted(
                self.journey_map.title or self.words.heading,
                self._text(Style.EXTRABOLD, 46, theme.ink, Role.TITLE),
                (46, 42, 38),
                measure,
                most=2,
            ),
        ]
        quiet = self._text(Style.MEDIUM, 18, theme.ink_soft)
        if self.journey_map.shop.name:
            parts.append(paragraph(self.journey_map.shop.name, quiet, measure, most=1))
        if self.journey_map.goal:
            parts.append(
                paragraph(f"{self.words.goal}: {self.journey_map.goal.text}", quiet, measure, most=2)
            )
        content = sum(part.height for part in parts)
        height = max(card.height, content)
        y = 30 + (height - content) / 2
        for part in parts:
            part.draw(self.canvas, _MARGIN, y, Box(_MARGIN, 0, measure, height + 60))
            y += part.height
        card.draw(self.canvas, self.width - _MARGIN - wide, 30 + (height - card.height) / 2, self.canvas.page)
        self.y = 30 + height + 24

    def _draw_stage_names(self) -> None:
        stages = self.journey_map.stages
        lettering = self._text(Style.BOLD, 19, self.theme.on_strong)
        names = [fitted(stage.name, lettering, (19, 17, 15.5), self.column - 84, most=3) for stage in stages]
        height = max((name.height for name in names), default=24) + 30
        for place, name in enumerate(names):
            colour = self.theme.stage(place).strong
            last = place == len(stages) - 1
            outline = _chevron(self.left(place), self.y, self.column, height, first=place == 0, last=last)
            self.canvas.path(outline, fill=colour)
            centre, middle = self.left(place) + (36 if place else 32), self.y + height / 2
            self.canvas.circle(centre, middle, 14, fill=self.theme.on_strong)
            number = paragraph(str(place + 1), self._text(Style.EXTRABOLD, 15, colour), 28)
            number.draw(
                self.canvas,
                centre - 14,
                middle - number.height / 2,
                Box(centre - 14, self.y, 28, height),
                Align.CENTRE,
            )
            cell = Box(self.left(place), self.y, self.column, height)
            name.draw(self.canvas, centre + 24, middle - name.height / 2, cell)
        self.y += height + _GAP

    def _row(self, element: Element) -> _Row:
        theme = self.theme
        blocks = tuple(
            self._cell(element, place, stage.entries(element))
            for place, stage in enumerate(self.journey_map.stages)
        )
        match element:
            case Element.PAINS:
                return _Row(element, blocks, theme.pain.ground, theme.pain.ink, theme.pain.strong, theme.card)
            case Element.OPPORTUNITIES:
                blue = theme.opportunity
                return _Row(element, blocks, blue.ground, blue.ink, blue.strong, theme.card)
            case Element.ACTIONS | Element.THOUGHTS | Element.TOUCHPOINTS | Element.FEELINGS:
                return _Row(element, blocks, theme.card, theme.ink, theme.stages[0].strong, theme.line)

    def _cell(self, element: Element, place: int, entries: Sequence[Entry]) -> Block:
        measure = self.column - 2 * _PAD
        theme, accent = self.theme, self.theme.stage(place)
        if not entries:
            dash = paragraph("–", self._text(Style.MEDIUM, _BODY, theme.ink_quiet), measure)
            return Block(dash.height, dash.draw, 0)

        def look(style: Style, size: float, colour: str, strong: str, ground: str) -> EntryLook:
            return EntryLook(self._text(style, size, colour), measure, strong, ground, self.allowance.lines)

        shown = self.allowance.shown(entries)
        gap = 7.0
        remark_ink = theme.ink_soft
        match element:
            case Element.ACTIONS | Element.FEELINGS:
                plain = look(Style.SEMIBOLD, _BODY, theme.ink, accent.strong, theme.card)
                mark = Mark.DOT if len(entries) > 1 else Mark.NONE
                blocks = tuple(bulleted(entry, plain, mark) for entry in shown)
            case Element.THOUGHTS:
                bubble = look(Style.ITALIC, _BODY, theme.ink, accent.strong, accent.ground)
                blocks = tuple(quoted(entry, bubble, tail=True) for entry in shown)
            case Element.TOUCHPOINTS:
                chip = look(Style.SEMIBOLD, 14.5, accent.ink, accent.strong, accent.ground)
                blocks = chip_rows(shown, chip, gap)
            case Element.PAINS:
                pain = look(Style.MEDIUM, _BODY, theme.pain.ink, theme.pain.strong, theme.pain.ground)
                blocks, remark_ink = (
                    tuple(bulleted(entry, pain, Mark.TRIANGLE) for entry in shown),
                    theme.pain.ink,
                )
            case Element.OPPORTUNITIES:
                blue = theme.opportunity
                idea = look(Style.MEDIUM, _BODY, blue.ink, blue.strong, blue.ground)
                blocks, remark_ink = tuple(bulleted(entry, idea, Mark.PLUS) for entry in shown), blue.ink
        remark = self.allowance.remark(
            entries, self.words, self._text(Style.SEMIBOLD, 15, remark_ink), measure
        )
        return stacked((*blocks, *remark), gap)

    def _draw_row(self, row: _Row) -> None:
        label = self._label(row.element, row.ink)
        height = max([label.height, 38.0, *(block.height for block in row.blocks)]) + 2 * _DOWN
        self._draw_band(height, row.ground)
        for place in range(1, len(row.blocks)):
            x = self.left(place)
            self.canvas.line((x, self.y + 14), (x, self.y + height - 14), stroke=row.rule, thickness=1.4)
        self._draw_label(row.element, label, height, row.accent)
        for place, block in enumerate(row.blocks):
            cell = Box(self.left(place), self.y, self.column, height)
            block.draw(self.canvas, cell.x + _PAD, self.y + _DOWN, cell)
        self.y += height + _GAP

    def _label(self, element: Element, ink: str) -> Paragraph:
        lettering = self._text(Style.BOLD, 15, ink, Role.LABEL)
        return fitted(self.words.label(element), lettering, (15, 14), _LABELS - 60, most=3)

    def _draw_label(self, element: Element, label: Paragraph, height: float, accent: str) -> None:
        middle = self.y + height / 2
        draw_badge(
            self.canvas,
            ICONS[element],
            _MARGIN + 30,
            middle,
            radius=17,
            ground=accent,
            colour=self.theme.on_strong,
        )
        label.draw(
            self.canvas, _MARGIN + 56, middle - label.height / 2, Box(_MARGIN, self.y, _LABELS, height)
        )

    def _draw_band(self, height: float, ground: str) -> None:
        band = Box(_MARGIN, self.y, self.width - 2 * _MARGIN, height)
        self.canvas.box(band, 16, fill=ground, stroke=self.theme.line, thickness=1.3)

    def _draw_feelings(self) -> None:
        theme, stages = self.theme, self.journey_map.stages
        lettering = self._text(Style.BOLD, 15, theme.ink, Role.LABEL)
        look = CurveLook(25, 5, self.column, lettering, most_lines=4)
        tallest = max((label.height for stage in stages if (label := label_of(stage, look))), default=20.0)
        height = 256.0 + min(2 * tallest, 120.0)
        self._draw_band(height, theme.card)
        self._draw_label(
            Element.FEELINGS, self._label(Element.FEELINGS, theme.ink), height, theme.stages[0].strong
        )
        cell = Box(_MARGIN, self.y, _LABELS, height)
        for word, colour, y in (
            (self.words.positive, theme.opportunity.strong, self.y + 10),
            (self.words.negative, theme.pain.strong, self.y + height - 28),
        ):
            side = paragraph(word, self._text(Style.BOLD, 12.5, colour, Role.CAPTION), _LABELS - 24, most=1)
            side.draw(self.canvas, _MARGIN + _LABELS - 12 - side.width, y, cell)
        field_box = Box(_MARGIN + _LABELS, self.y + 8, self.width - 2 * _MARGIN - _LABELS - 8, height - 16)
        centres = [self.left(place) + self.column / 2 for place in range(len(stages))]
        draw_curve(self.canvas, field_box, centres, stages, look=look, theme=theme)
        self.y += height + _GAP

    def _draw_foot(self) -> None:
        draw_legend(
            self.canvas,
            _MARGIN,
            self.y,
            size=14.0,
            journey_map=self.journey_map,
            words=self.words,
            theme=self.theme,
        )
        footer = paragraph(
            self.words.footer,
            self._text(Style.MEDIUM, 14, self.theme.ink_quiet, Role.CAPTION),
            self.width / 3,
            most=1,
        )
        footer.draw(self.canvas, self.width - _MARGIN - footer.width, self.y, self.canvas.page)


def draw_legend(
    canvas: Canvas,
    x: float,
    y: float,
    *,
    size: float,
    journey_map: JourneyMap,
    words: PictureWords,
    theme: Theme,
) -> None:
    """Draw what the marks of entries mean."""
    lettering = Lettering(Style.MEDIUM, size, theme.ink_quiet, Role.CAPTION)
    marks: tuple[tuple[Icon | None, str], ...] = (
        (Icon.CUSTOMER, words.customer),
        (Icon.EVIDENCE, words.evidence),
        (None, words.guess),
    )
    if only_guesses(journey_map.stages):
        marks = ((None, words.all_guesses),)
    for icon, label in marks:
        text = paragraph(label, lettering, canvas.width / 4, most=1)
        if icon:
            draw_icon(
                canvas,
                icon,
                x,
                y + (text.height - size * 1.1) / 2,
                side=size * 1.1,
                colour=theme.ink_quiet,
                thickness=2.0,
            )
            x += size * 1.5
        text.draw(canvas, x, y, canvas.page)
        x += text.width + size * 1.4


def _chevron(x: float, y: float, width: float, height: float, *, first: bool, last: bool) -> Outline:
    """Return the arrow that a stage's name stands on; the outer corners of the row are rounded."""
    point, gap, radius = 15.0, 5.0, 14.0
    if first and last:
        return rounded(x, y, width, height, radius)
    right = x + width if last else x + width - gap
    if first:
        body = rounded(x, y, width - gap, height, (radius, 0, 0, radius))
        return (*body, *polygon((right - 1, y), (right + point, y + height / 2), (right - 1, y + height)))
    notch = (("L", (x - 2, y + height)), ("L", (x - 2 + point, y + height / 2)), ("Z", ()))
    if last:
        k = radius * 0.45
        return (
            ("M", (x - 2, y)),
            ("L", (right - radius, y)),
            ("C", (right - k, y, right, y + k, right, y + radius)),
            ("L", (right, y + height - radius)),
            ("C", (right, y + height - k, right - k, y + height, right - radius, y + height)),
            *notch,
        )
    return (
        ("M", (x - 2, y)),
        ("L", (right - 2, y)),
        ("L", (right + point - 2, y + height / 2)),
        ("L", (right - 2, y + height)),
        *notch,
    )


def poster(journey_map: JourneyMap, words: PictureWords, theme: Theme) -> DisplayList:
    """Return the whole map on one landscape page; what is too much for one page is counted."""
    return first_within(
        WIDTH * _TALLEST, lambda allowance: _PosterMaker(journey_map, words, theme, allowance).make()
    )
