"""The whole map side by side on a landscape page: for print, for a large screen, as a file."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from journey.model import Element, Entry, JourneyMap
from renderers.display import Box, Canvas, DisplayList, Role
from renderers.icons import draw_badge
from renderers.layout.allowance import Allowance, fullest_page
from renderers.layout.blocks import (
    NOTHING,
    Block,
    EntryLook,
    Mark,
    bullets,
    chips,
    draw_panel,
    quotes,
)
from renderers.layout.cover import shop_line
from renderers.layout.curve import CurveLook, draw_curve, label_of
from renderers.layout.elements import ICONS
from renderers.layout.legend import curve_legend, draw_standings
from renderers.layout.numbers import draw_number
from renderers.layout.persona import persona_card
from renderers.second import SecondCurve, curve_names
from renderers.shapes import Outline, polygon, rounded
from renderers.text import Lettering, Paragraph, fitted, paragraph
from renderers.theme import Accent, Theme
from renderers.typefaces import Style
from renderers.words import PictureWords

_WIDTHS = (1600.0, 1800.0, 2100.0, 2400.0)  # a wider page holds more, in letters that look smaller
_NARROWEST_COLUMN = 218.0
_MARGIN, _LABELS, _GAP, _PAD, _DOWN = 40.0, 148.0, 12.0, 13.0, 16.0
_BODY = 16.5
_ENTRY_GAP = 7.0
_ROWS = (
    Element.ACTIONS,
    Element.THOUGHTS,
    Element.FEELINGS,
    Element.TOUCHPOINTS,
    Element.PAINS,
    Element.OPPORTUNITIES,
)
_TALLEST = 0.92  # times the width: landscape, a sheet of A4 is 0.71


@dataclass(frozen=True, slots=True)
class _Row:
    element: Element
    blocks: tuple[Block, ...]
    accent: Accent
    rule: str


@dataclass(slots=True)
class _PosterMaker:
    """Puts one poster on a canvas from top to bottom; ``y`` is where the next row goes."""

    journey_map: JourneyMap
    words: PictureWords
    theme: Theme
    second: SecondCurve | None
    width: float
    allowance: Allowance
    y: float = 0.0
    canvas: Canvas = field(init=False)

    def __post_init__(self) -> None:
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
        for element in _ROWS:
            if element is Element.FEELINGS:
                self._draw_feelings()
            else:
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
                self._text(Style.BOLD, 14, theme.accent, Role.LABEL),
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
        if shop := shop_line(self.journey_map):
            parts.append(paragraph(shop, quiet, measure, most=1))
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
            draw_number(self.canvas, centre, middle, 14, place=place, ground=self.theme.on_strong, ink=colour)
            cell = Box(self.left(place), self.y, self.column, height)
            name.draw(self.canvas, centre + 24, middle - name.height / 2, cell)
        self.y += height + _GAP

    def _row(self, element: Element) -> _Row:
        theme = self.theme
        blocks = tuple(
            self._cell(element, place, stage.entries(element))
            for place, stage in enumerate(self.journey_map.stages)
        )

        def rule_on(accent: Accent) -> str:
            return theme.line_strong if accent.edge else theme.card

        match element:
            case Element.PAINS:
                return _Row(element, blocks, theme.pain, rule_on(theme.pain))
            case Element.OPPORTUNITIES:
                return _Row(element, blocks, theme.opportunity, rule_on(theme.opportunity))
            case Element.ACTIONS | Element.THOUGHTS | Element.TOUCHPOINTS | Element.FEELINGS:
                return _Row(element, blocks, Accent(theme.accent, theme.card, theme.ink), theme.line)

    def _cell(self, element: Element, place: int, entries: Sequence[Entry]) -> Block:
        measure = self.column - 2 * _PAD
        theme, accent = self.theme, self.theme.stage(place)
        if not entries:
            dash = paragraph("–", self._text(Style.MEDIUM, _BODY, theme.ink_quiet), measure)
            return Block(dash.height, dash.draw)

        def look(style: Style, size: float, colour: str, shades: Accent) -> EntryLook:
            lettering = self._text(style, size, colour)
            return EntryLook(lettering, measure, shades.strong, shades.ground, self.allowance.lines)

        ink, setter = theme.ink_soft, bullets(look(Style.SEMIBOLD, _BODY, theme.ink, accent), entries)
        match element:
            case Element.ACTIONS | Element.FEELINGS:
                pass
            case Element.THOUGHTS:
                setter = quotes(look(Style.ITALIC, _BODY, theme.ink, accent), tail=True)
            case Element.TOUCHPOINTS:
                setter = chips(look(Style.SEMIBOLD, 14.5, accent.ink, accent), _ENTRY_GAP)
            case Element.PAINS:
                ink = theme.pain.ink
                setter = bullets(look(Style.MEDIUM, _BODY, ink, theme.pain), entries, Mark.TRIANGLE)
            case Element.OPPORTUNITIES:
                ink = theme.opportunity.ink
                setter = bullets(look(Style.MEDIUM, _BODY, ink, theme.opportunity), entries, Mark.PLUS)
        return self.allowance.cell(
            entries,
            setter,
            measure=measure,
            gap=_ENTRY_GAP,
            remark=self._text(Style.SEMIBOLD, 15, ink),
            words=self.words,
        )

    def _draw_row(self, row: _Row) -> None:
        label = self._label(row.element, row.accent.ink)
        height = max([label.height, 38.0, *(block.height for block in row.blocks)]) + 2 * _DOWN
        self._draw_band(height, row.accent)
        for place in range(1, len(row.blocks)):
            x = self.left(place)
            self.canvas.line((x, self.y + 14), (x, self.y + height - 14), stroke=row.rule, thickness=1.4)
        self._draw_label(row.element, label, height, row.accent.strong)
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

    def _draw_band(self, height: float, accent: Accent) -> None:
        band = Box(_MARGIN, self.y, self.width - 2 * _MARGIN, height)
        draw_panel(self.canvas, band, 16, accent, self.theme)

    def _draw_feelings(self) -> None:
        theme, stages = self.theme, self.journey_map.stages
        lettering = self._text(Style.BOLD, 15, theme.ink, Role.LABEL)
        look = CurveLook(25, 5, self.column, lettering, most_lines=4)
        tallest = max((label.height for stage in stages if (label := label_of(stage, look))), default=20.0)
        legend = self._legend()
        above = legend.height + 12 if self.second else 0.0
        height = 256.0 + min(2 * tallest, 120.0) + above
        self._draw_band(height, Accent(theme.accent, theme.card, theme.ink))
        self._draw_label(Element.FEELINGS, self._label(Element.FEELINGS, theme.ink), height, theme.accent)
        cell = Box(_MARGIN, self.y, _LABELS, height)
        for word, colour, y in (
            (self.words.positive, theme.opportunity.strong, self.y + 10 + above),
            (self.words.negative, theme.pain.strong, self.y + height - 28),
        ):
            side = paragraph(word, self._text(Style.BOLD, 12.5, colour, Role.CAPTION), _LABELS - 24, most=1)
            side.draw(self.canvas, _MARGIN + _LABELS - 12 - side.width, y, cell)
        left, wide = _MARGIN + _LABELS, self.width - 2 * _MARGIN - _LABELS - 8
        legend.draw(self.canvas, left, self.y + 10, Box(left, self.y, wide, above + 10))
        field_box = Box(left, self.y + 8 + above, wide, height - 16 - above)
        centres = [self.left(place) + self.column / 2 for place in range(len(stages))]
        scores = self.second.scores if self.second else ()
        draw_curve(self.canvas, field_box, centres, stages, look=look, theme=theme, second=scores)
        self.y += height + _GAP

    def _legend(self) -> Block:
        if self.second is None:
            return NOTHING
        lettering = self._text(Style.BOLD, 14.5, self.theme.ink_soft, Role.LABEL)
        names = curve_names(self.journey_map, self.second, self.words)
        return curve_legend(names, lettering, self.width - 2 * _MARGIN - _LABELS - 8, self.theme)

    def _draw_foot(self) -> None:
        line = Box(_MARGIN, self.y, self.width / 2, 20)
        draw_standings(
            self.canvas, line, self.journey_map.stages, size=14, words=self.words, theme=self.theme
        )
        footer = paragraph(
            self.words.footer,
            self._text(Style.MEDIUM, 14, self.theme.ink_quiet, Role.CAPTION),
            self.width / 3,
            most=1,
        )
        footer.draw(self.canvas, self.width - _MARGIN - footer.width, self.y, self.canvas.page)


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


def poster(
    journey_map: JourneyMap, words: PictureWords, theme: Theme, second: SecondCurve | None = None
) -> DisplayList:
    """Return the whole map on one landscape page; what is too much for one page is counted."""

    def lay_out(width: float, allowance: Allowance) -> DisplayList:
        return _PosterMaker(journey_map, words, theme, second, width, allowance).make()

    narrowest = 2 * _MARGIN + _LABELS + len(journey_map.stages) * _NARROWEST_COLUMN
    return fullest_page([max(width, narrowest) for width in _WIDTHS], _TALLEST, lay_out)
