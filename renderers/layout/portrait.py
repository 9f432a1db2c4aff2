"""The whole map in one tall picture: the curve, then one card a stage, stacked."""

from collections.abc import Sequence
from dataclasses import dataclass

from journey.model import Element, Entry, JourneyMap, Stage
from renderers.display import Box, Canvas, DisplayList, Role
from renderers.icons import draw_badge, draw_face, expression_at
from renderers.layout.allowance import Allowance, first_within
from renderers.layout.blocks import Block, EntryLook, Mark, bulleted, chip_rows, quoted, stacked
from renderers.layout.card import ICONS
from renderers.layout.cover import names_below
from renderers.layout.curve import CurveLook, draw_curve, draw_open_stop, feeling_words
from renderers.layout.persona import persona_card
from renderers.layout.poster import draw_legend
from renderers.text import Align, Lettering, Paragraph, fitted, paragraph
from renderers.theme import Accent, Theme
from renderers.typefaces import Style
from renderers.words import PictureWords

WIDTH = 1080.0
_MARGIN, _GAP, _PAD, _GUTTER = 36.0, 16.0, 22.0, 26.0
_MEASURE = WIDTH - 2 * _MARGIN
_HALF = (_MEASURE - 2 * _PAD - _GUTTER) / 2
_BODY = 24.5
_HEAD = 60.0
_TALLEST = 5400.0  # five times the width: taller ones become a thread on a phone


@dataclass(frozen=True, slots=True)
class _PortraitMaker:
    journey_map: JourneyMap
    words: PictureWords
    theme: Theme
    allowance: Allowance

    def make(self) -> DisplayList:
        """Draw everything and return the page."""
        canvas = Canvas(WIDTH, _TALLEST, self.theme.paper)
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
                Lettering(Style.BOLD, 18, theme.stages[0].strong, Role.LABEL),
                _MEASURE,
                most=1,
            ),
            fitted(
                self.journey_map.title or self.words.heading,
                Lettering(Style.EXTRABOLD, 52, theme.ink, Role.TITLE),
                (52, 47, 42),
                _MEASURE,
                most=2,
            ),
        ]
        quiet = Lettering(Style.MEDIUM, _BODY, theme.ink_soft)
        if self.journey_map.shop.name:
            lines.append(paragraph(self.journey_map.shop.name, quiet, _MEASURE, most=1))
        if self.journey_map.goal:
            lines.append(
                paragraph(f"{self.words.goal}: {self.journey_map.goal.text}", quiet, _MEASURE, most=3)
            )
        for line in lines:
            line.draw(canvas, _MARGIN, y, canvas.page)
            y += line.height
        y += 14
        card = persona_card(self.journey_map, self.words, theme, width=_MEASURE, body=_BODY, most=4)
        card.draw(canvas, _MARGIN, y, canvas.page)
        return y + card.height + _GAP

    def _draw_curve(self, canvas: Canvas, y: float) -> float:
        stages, theme = self.journey_map.stages, self.theme
        if not stages:
            return y
        field = Box(_MARGIN, y, _MEASURE, 340.0)
        canvas.box(field, 20, fill=theme.card, stroke=theme.line, thickness=1.5)
        column = (field.width - 24) / len(stages)
        centres = [field.x + 12 + column * (place + 0.5) for place in range(len(stages))]
        names = names_below(stages, theme, (23.0, 21.0, 19.0))
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
                self._draw_number(canvas, centre, field.bottom - 28, 17, place=place, filled=True)
        inner = Box(field.x + 8, field.y + 8, field.width - 16, field.height - below - 8)
        draw_curve(canvas, inner, centres, stages, look=look, theme=theme)
        return field.bottom + _GAP

    def _draw_number(
        self, canvas: Canvas, x: float, y: float, radius: float, *, place: int, filled: bool
    ) -> None:
        strong, light = self.theme.stage(place).strong, self.theme.on_strong
        canvas.circle(x, y, radius, fill=strong if filled else light)
        lettering = Lettering(Style.EXTRABOLD, radius * 1.12, light if filled else strong, Role.LABEL)
        number = paragraph(str(place + 1), lettering, 2 * radius)
        box = Box(x - radius, y - radius, 2 * radius, 2 * radius)
        number.draw(canvas, box.x, y - number.height / 2, box, Align.CENTRE)

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
        card = Box(_MARGIN, y, _MEASURE, head + 18 + inner + 20)
        canvas.box(card, 20, fill=theme.card, stroke=theme.line, thickness=1.5)
        self._draw_stage_head(
            canvas, Box(_MARGIN, y, _MEASURE, head), place, stage=stage, name=name, feeling=feeling
        )
        top = y + head + 18
        cell = Box(_MARGIN + _PAD, top, _HALF, inner)
        spread = min(14.0, (inner - left_height) / max(1, len(left) - 1)) if len(left) > 1 else 0.0
        for block in left:
            block.draw(canvas, cell.x, top, cell)
            top += block.height + 12 + spread
        top = y + head + 18
        grow = max(0.0, inner - right_height) / max(1, len(right))
        for block, element, colours in right:
            panel = Box(cell.right + _GUTTER, top, _HALF, _panel_height(block) + grow)
            canvas.box(panel, 14, fill=colours.ground)
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
        feeling = paragraph(feeling_words(stage), Lettering(Style.BOLD, 22, light), 400, most=2)
        room = _MEASURE - 74 - 36 - feeling.width - 76 - 20
        name = fitted(stage.name, Lettering(Style.EXTRABOLD, 29, light), (29, 26, 24), room, most=2)
        return name, feeling

    def _draw_stage_head(
        self, canvas: Canvas, band: Box, place: int, *, stage: Stage, name: Paragraph, feeling: Paragraph
    ) -> None:
        middle = band.y + band.height / 2
        canvas.box(band, (20, 20, 0, 0), fill=self.theme.stage(place).strong)
        self._draw_number(canvas, band.x + 40, middle, 19, place=place, filled=False)
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
            feeling.draw(canvas, band.right - 76 - feeling.width, middle - feeling.height / 2, band)
        else:
            draw_open_stop(canvas, band.right - 40, middle, 21, place=place, theme=self.theme, numbered=False)

    def _left(self, stage: Stage, accent: Accent) -> list[Block]:
        ink = self.theme.ink
        plain = self._look(Style.SEMIBOLD, ink, accent, _HALF)
        bubble = self._look(Style.ITALIC, ink, accent, _HALF)
        chip = EntryLook(
            Lettering(Style.SEMIBOLD, 21, accent.ink),
            _HALF,
            accent.strong,
            self.theme.card,
            self.allowance.lines,
        )
        mark = Mark.DOT if len(stage.actions) > 1 else Mark.NONE
        shown = self.allowance.shown
        groups = (
            (stage.actions, tuple(bulleted(entry, plain, mark) for entry in shown(stage.actions)), 7.0),
            (stage.thoughts, tuple(quoted(entry, bubble) for entry in shown(stage.thoughts)), 10.0),
            (stage.touchpoints, chip_rows(shown(stage.touchpoints), chip, 9), 9.0),
        )
        return [
            stacked((*blocks, *self._remark(entries, self.theme.ink_soft, _HALF)), gap)
            for entries, blocks, gap in groups
            if entries
        ]

    def _right(self, stage: Stage) -> list[tuple[Block, Element, Accent]]:
        panels: list[tuple[Block, Element, Accent]] = []
        for element, colours in (
            (Element.PAINS, self.theme.pain),
            (Element.OPPORTUNITIES, self.theme.opportunity),
        ):
            entries = stage.entries(element)
            if entries:
                measure = _HALF - 54 - 14
                look = self._look(Style.MEDIUM, colours.ink, colours, measure)
                mark = Mark.DOT if len(entries) > 1 else Mark.NONE
                blocks = tuple(bulleted(entry, look, mark) for entry in self.allowance.shown(entries))
                remark = self._remark(entries, colours.ink, measure)
                panels.append((stacked((*blocks, *remark), 7.0), element, colours))
        return panels

    def _look(self, style: Style, colour: str, accent: Accent, measure: float) -> EntryLook:
        return EntryLook(
            Lettering(style, _BODY, colour), measure, accent.strong, accent.ground, self.allowance.lines
        )

    def _remark(self, entries: Sequence[Entry], colour: str, measure: float) -> tuple[Block, ...]:
        return self.allowance.remark(entries, self.words, Lettering(Style.SEMIBOLD, 22, colour), measure)

    def _nothing(self) -> Block:
        quiet = paragraph(
            self.words.not_filled, Lettering(Style.MEDIUM, _BODY, self.theme.ink_quiet), _HALF, most=1
        )
        return Block(quiet.height, quiet.draw, 0)

    def _draw_foot(self, canvas: Canvas, y: float) -> DisplayList:
        x, theme = _MARGIN, self.theme
        for element, colours in ((Element.PAINS, theme.pain), (Element.OPPORTUNITIES, theme.opportunity)):
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
        footer.draw(canvas, WIDTH - _MARGIN - footer.width, y + 15 - footer.height / 2, canvas.page)
        draw_legend(
            canvas, _MARGIN, y + 44, size=19.0, journey_map=self.journey_map, words=self.words, theme=theme
        )
        return canvas.finish(y + 92)


def _panel_height(block: Block) -> float:
    return max(block.height + 24, 52.0)


def portrait(journey_map: JourneyMap, words: PictureWords, theme: Theme) -> DisplayList:
    """Return the whole map as one tall page; what is too much for one picture is counted."""
    return first_within(
        _TALLEST, lambda allowance: _PortraitMaker(journey_map, words, theme, allowance).make()
    )
