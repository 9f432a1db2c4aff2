"""The whole map in one tall picture: the curve, then one card a stage, stacked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from journey.model import Element, Entry, JourneyMap, Stage
from renderers.display import Box, Canvas, DisplayList, Role
from renderers.icons import draw_badge, draw_face, expression_at
from renderers.layout.allowance import Allowance, fullest_page
from renderers.layout.blocks import (
    NOTHING,
    Block,
    EntryLook,
    Setter,
    bullets,
    chips,
    draw_panel,
    quotes,
)
from renderers.layout.cover import names_below, shop_line
from renderers.layout.curve import CurveLook, draw_curve, draw_open_stop, feeling_words
from renderers.layout.elements import ICONS
from renderers.layout.legend import curve_legend, draw_standings
from renderers.layout.numbers import draw_number
from renderers.layout.persona import persona_card
from renderers.second import SecondCurve, curve_names
from renderers.text import Align, Lettering, Paragraph, fitted, paragraph
from renderers.theme import Accent, Theme
from renderers.typefaces import Style
from renderers.words import PictureWords

_WIDTHS = (1080.0, 1160.0, 1280.0, 1480.0)  # a wider page holds more, in letters that look smaller
_TALLEST = 2.2  # times the width: a taller one becomes a thread on a phone
_MARGIN, _GAP, _PAD, _GUTTER = 36.0, 16.0, 22.0, 26.0
_BODY = 24.5
_HEAD = 60.0


@dataclass(frozen=True, slots=True)
class _PortraitMaker:
    journey_map: JourneyMap
    words: PictureWords
    theme: Theme
    second: SecondCurve | None
    width: float
    allowance: Allowance

    @property
    def measure(self) -> float:
        return self.width - 2 * _MARGIN

    @property
    def left(self) -> float:
        """How wide the left column of a stage is: less where no stage says what customers do and think."""
        told = any(stage.actions or stage.thoughts for stage in self.journey_map.stages)
        return (self.measure - 2 * _PAD - _GUTTER) * (0.5 if told else 0.38)

    @property
    def right(self) -> float:
        return self.measure - 2 * _PAD - _GUTTER - self.left

    def make(self) -> DisplayList:
        """Draw everything and return the page."""
        canvas = Canvas(self.width, self.width * _TALLEST, self.theme.paper)
        y = self._draw_top(canvas)
        y = self._draw_curve(canvas, y)
        for place, stage in enumerate(self.journey_map.stages):
            y = self._draw_stage(canvas, y, place, stage)
        return self._draw_foot(canvas, y)

    def _draw_top(self, canvas: Canvas) -> float:
        theme, y = self.theme, 34.0
        lines = [
            paragraph(
                self.words.heading.upper(),
                Lettering(Style.BOLD, 18, theme.accent, Role.LABEL),
                self.measure,
                most=1,
            ),
            fitted(
                self.journey_map.title or self.words.heading,
                Lettering(Style.EXTRABOLD, 52, theme.ink, Role.TITLE),
                (52, 47, 42),
                self.measure,
                most=2 if self.allowance.is_ample else 1,
            ),
        ]
        quiet = Lettering(Style.MEDIUM, _BODY, theme.ink_soft)
        most = 3 if self.allowance.is_ample else 1
        if shop := shop_line(self.journey_map):
            lines.append(paragraph(shop, quiet, self.measure, most=1))
        if self.journey_map.goal:
            goal = f"{self.words.goal}: {self.journey_map.goal.text}"
            lines.append(paragraph(goal, quiet, self.measure, most=most))
        for line in lines:
            line.draw(canvas, _MARGIN, y, canvas.page)
            y += line.height
        y += 14
        card = persona_card(self.journey_map, self.words, theme, width=self.measure, body=_BODY, most=most)
        card.draw(canvas, _MARGIN, y, canvas.page)
        return y + card.height + _GAP

    def _draw_curve(self, canvas: Canvas, y: float) -> float:
        stages, theme = self.journey_map.stages, self.theme
        if not stages:
            return y
        legend = self._legend()
        above = legend.height + 14 if self.second else 0.0
        field = Box(_MARGIN, y, self.measure, 340.0 + above)
        canvas.box(field, 20, fill=theme.card, stroke=theme.line, thickness=1.5)
        legend.draw(canvas, field.x + 20, field.y + 12, field)
        column = (field.width - 24) / len(stages)
        centres = [field.x + 12 + column * (place + 0.5) for place in range(len(stages))]
        names = names_below(stages, theme, self.measure, (23.0, 21.0, 19.0))
        if names:
            below = max(name.height for name in names) + 20
            lettering = Lettering(Style.BOLD, names[0].lettering.size - 2, theme.ink, Role.LABEL)
            look = CurveLook(29, 6, column, lettering, most_lines=2)
            for name, centre in zip(names, centres, strict=True):
                name.draw(canvas, centre - name.measure / 2, field.bottom - below + 7, field, Align.CENTRE)
        else:
            below = 52.0
            look = CurveLook(29, 6, column)
            for place, centre in enumerate(centres):
                draw_number(
                    canvas,
                    centre,
                    field.bottom - 28,
                    17,
                    place=place,
                    ground=theme.stage(place).strong,
                    ink=theme.on_strong,
                )
        upper = field.y + 8 + above
        inner = Box(field.x + 8, upper, field.width - 16, field.bottom - below - upper)
        scores = self.second.scores if self.second else ()
        draw_curve(canvas, inner, centres, stages, look=look, theme=theme, second=scores)
        return field.bottom + _GAP

    def _legend(self) -> Block:
        if self.second is None:
            return NOTHING
        lettering = Lettering(Style.BOLD, 21, self.theme.ink_soft, Role.LABEL)
        names = curve_names(self.journey_map, self.second, self.words)
        return curve_legend(names, lettering, self.measure - 40, self.theme)

    def _draw_stage(self, canvas: Canvas, y: float, place: int, stage: Stage) -> float:
        theme, accent = self.theme, self.theme.stage(place)
        left = self._left(stage, accent)
        right = self._right(stage)
        left_height = sum(block.height for block in left) + 12 * max(0, len(left) - 1)
        right_height = sum(_panel_height(block) for block, _, _ in right) + 10 * max(0, len(right) - 1)
        name, feeling = self._head(stage)
        head = max(_HEAD, name.height + 20, feeling.height + 20)
        inner = max(left_height, right_height)
        if not left and not right:
            left = [self._nothing()]
            inner = left_height = left[0].height
        card = Box(_MARGIN, y, self.measure, head + 18 + inner + 20)
        canvas.box(card, 20, fill=theme.card, stroke=theme.line, thickness=1.5)
        self._draw_stage_head(
            canvas, Box(_MARGIN, y, self.measure, head), place, stage=stage, name=name, feeling=feeling
        )
        top = y + head + 18
        cell = Box(_MARGIN + _PAD, top, self.left, inner)
        spread = min(14.0, (inner - left_height) / max(1, len(left) - 1)) if len(left) > 1 else 0.0
        for block in left:
            block.draw(canvas, cell.x, top, cell)
            top += block.height + 12 + spread
        top = y + head + 18
        grow = max(0.0, inner - right_height) / max(1, len(right))
        for block, element, colours in right:
            panel = Box(cell.right + _GUTTER, top, self.right, _panel_height(block) + grow)
            draw_panel(canvas, panel, 14, colours, theme, framed=False)
            draw_badge(
                canvas,
                ICONS[element],
                panel.x + 27,
                panel.y + panel.height / 2,
                radius=16,
                ground=colours.strong,
                colour=theme.on_strong,
            )
            block.draw(canvas, panel.x + 54, panel.y + (panel.height - block.height) / 2, panel)
            top += panel.height + 10
        return card.bottom + _GAP - 2

    def _head(self, stage: Stage) -> tuple[Paragraph, Paragraph]:
        light = self.theme.on_strong
        most = 2 if self.allowance.is_ample else 1
        feeling = paragraph(feeling_words(stage), Lettering(Style.BOLD, 22, light), 400, most=most)
        room = self.measure - 74 - 36 - feeling.width - 76 - 20
        name = fitted(stage.name, Lettering(Style.EXTRABOLD, 29, light), (29, 26, 24), room, most=most)
        return name, feeling

    def _draw_stage_head(
        self, canvas: Canvas, band: Box, place: int, *, stage: Stage, name: Paragraph, feeling: Paragraph
    ) -> None:
        middle = band.y + band.height / 2
        canvas.box(band, (20, 20, 0, 0), fill=self.theme.stage(place).strong)
        draw_number(
            canvas,
            band.x + 40,
            middle,
            19,
            place=place,
            ground=self.theme.on_strong,
            ink=self.theme.stage(place).strong,
        )
        name.draw(canvas, band.x + 74, middle - name.height / 2, band)
        expression, score = expression_at(stage), stage.score
        if expression and score is not None:
            draw_face(
                canvas,
                band.right - 40,
                middle,
                21,
                expression=expression,
                score=score,
                theme=self.theme,
                ring=self.theme.on_strong,
            )
            feeling.draw(
                canvas, band.right - 76 - feeling.width, middle - feeling.height / 2, band, Align.LEFT
            )
        else:
            draw_open_stop(canvas, band.right - 40, middle, 21, place=place, theme=self.theme, numbered=False)

    def _left(self, stage: Stage, accent: Accent) -> list[Block]:
        ink = self.theme.ink
        chip = replace(self._look(Style.SEMIBOLD, accent.ink, accent), ground=self.theme.card)
        chip = replace(chip, lettering=chip.lettering.at(21))
        return [
            self._cell(entries, setter, gap=gap, ink=self.theme.ink_soft, measure=self.left)
            for entries, setter, gap in (
                (stage.actions, bullets(self._look(Style.SEMIBOLD, ink, accent), stage.actions), 7.0),
                (stage.thoughts, quotes(self._look(Style.ITALIC, ink, accent)), 10.0),
                (stage.touchpoints, chips(chip, 9), 9.0),
            )
            if entries
        ]

    def _right(self, stage: Stage) -> list[tuple[Block, Element, Accent]]:
        return [
            (self._panel(stage.entries(element), colours), element, colours)
            for element, colours in (
                (Element.PAINS, self.theme.pain),
                (Element.OPPORTUNITIES, self.theme.opportunity),
            )
            if stage.entries(element)
        ]

    def _panel(self, entries: Sequence[Entry], colours: Accent) -> Block:
        setter = bullets(self._look(Style.MEDIUM, colours.ink, colours), entries)
        return self._cell(entries, setter, gap=7.0, ink=colours.ink, measure=self.right - 54 - 14)

    def _cell(
        self, entries: Sequence[Entry], setter: Setter, *, gap: float, ink: str, measure: float
    ) -> Block:
        remark = Lettering(Style.SEMIBOLD, 22, ink)
        return self.allowance.cell(entries, setter, measure=measure, gap=gap, remark=remark, words=self.words)

    def _look(self, style: Style, colour: str, accent: Accent) -> EntryLook:
        lettering = Lettering(style, _BODY, colour)
        return EntryLook(lettering, 0, accent.strong, accent.ground, self.allowance.lines)

    def _nothing(self) -> Block:
        quiet = paragraph(
            self.words.not_filled, Lettering(Style.MEDIUM, _BODY, self.theme.ink_quiet), self.left, most=1
        )
        return Block(quiet.height, quiet.draw)

    def _draw_foot(self, canvas: Canvas, y: float) -> DisplayList:
        x, theme = _MARGIN, self.theme
        for element, colours in ((Element.PAINS, theme.pain), (Element.OPPORTUNITIES, theme.opportunity)):
            if not any(stage.entries(element) for stage in self.journey_map.stages):
                continue
            draw_badge(
                canvas,
                ICONS[element],
                x + 13,
                y + 15,
                radius=13,
                ground=colours.strong,
                colour=theme.on_strong,
            )
            lettering = Lettering(Style.BOLD, 19, colours.strong, Role.CAPTION)
            label = paragraph(self.words.label(element), lettering, 220, most=1)
            label.draw(canvas, x + 34, y + 15 - label.height / 2, canvas.page)
            x += 34 + label.width + 28
        footer = paragraph(
            self.words.footer, Lettering(Style.MEDIUM, 19, theme.ink_quiet, Role.CAPTION), 300, most=1
        )
        footer.draw(canvas, self.width - _MARGIN - footer.width, y + 15 - footer.height / 2, canvas.page)
        line = Box(_MARGIN, y + 44, self.measure, 25)
        draw_standings(canvas, line, self.journey_map.stages, size=19, words=self.words, theme=theme)
        return canvas.finish(y + 92)


def _panel_height(block: Block) -> float:
    return max(block.height + 24, 52.0)


def portrait(
    journey_map: JourneyMap, words: PictureWords, theme: Theme, second: SecondCurve | None = None
) -> DisplayList:
    """Return the whole map as one page at most 2.2 times as high as wide; what is too much is counted."""

    def lay_out(width: float, allowance: Allowance) -> DisplayList:
        return _PortraitMaker(journey_map, words, theme, second, width, allowance).make()

    return fullest_page(_WIDTHS, _TALLEST, lay_out)
