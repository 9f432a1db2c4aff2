"""One stage of the album as cards of 1080 by 1350, read on a phone without zooming."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journey.model import Element, JourneyMap, Stage
from renderers.display import Box, Canvas, DisplayList, Role
from renderers.icons import draw_face, draw_icon, expression_of
from renderers.layout.blocks import (
    NOTHING,
    Block,
    EntryLook,
    Mark,
    bulleted,
    chip_rows,
    draw_panel,
    has_mark,
    quoted,
)
from renderers.layout.curve import CurveLook, draw_curve, draw_open_stop, feeling_words
from renderers.layout.elements import ICONS
from renderers.layout.flow import Part, Section, Spacing, choose, even_flow, flow
from renderers.layout.legend import draw_standings
from renderers.layout.sheet import ALBUM, BODY, MARGIN, MEASURE, WIDTH, Sheet
from renderers.shapes import polygon
from renderers.text import Align, Lettering, Paragraph, fitted, paragraph
from renderers.theme import Accent, Theme
from renderers.typefaces import Style
from renderers.words import PictureWords

_INNER = MEASURE - 64
_CONTINUED_SIZES = (40.0, BODY)
_HOPELESS = 2  # pages at one size: a smaller one saves a third at most
_LONGEST_ENTRY = 12  # lines; 280 characters of ordinary writing take eight
_SHORTER_ENTRIES = (12, 8, 6, 5, 4, 3, 2)  # lines, when the cards don't hold everything
_FOOT = 48.0
_LEGEND = 42.0
_SMALLEST_CURVE, _TALLEST_CURVE = 230.0, 330.0
_ORDER = (Element.THOUGHTS, Element.ACTIONS, Element.TOUCHPOINTS, Element.PAINS, Element.OPPORTUNITIES)
_WORTH = (Element.PAINS, Element.OPPORTUNITIES, Element.THOUGHTS, Element.ACTIONS, Element.TOUCHPOINTS)


@dataclass(frozen=True, slots=True)
class CardMaker:
    """Sets the cards of one stage on sheets; ``place`` counts from 0."""

    journey_map: JourneyMap
    place: int
    words: PictureWords
    theme: Theme
    sheet: Sheet = ALBUM

    @property
    def stage(self) -> Stage:
        """The stage shown."""
        return self.journey_map.stages[self.place]

    @property
    def accent(self) -> Accent:
        """The colours of the stage."""
        return self.theme.stage(self.place)

    @property
    def marked(self) -> bool:
        """Whether an entry of the stage carries a mark that the legend explains."""
        return any(has_mark(self.stage.entries(element)) for element in _ORDER)

    def pages(self) -> tuple[DisplayList, ...]:
        """Return the cards: one when it fits at a readable size, else as many as the sheet allows.

        What doesn't fit on these either is counted.
        """
        name = self._name()
        if not any(self.stage.entries(element) for element in Element):
            return (self._empty_page(name),)
        top = self._head_height(name) + 36
        room = self.sheet.height - self.sheet.bottom - top - _FOOT - (_LEGEND if self.marked else 0.0)
        size, parts = self._fill(room)
        return tuple(
            self._page(name=name, top=top, room=room, size=size, parts=page, number=number, count=len(parts))
            for number, page in enumerate(parts)
        )

    @property
    def _title_text(self) -> str:
        return self.journey_map.title or self.words.heading

    @property
    def _title(self) -> Paragraph:
        """The line above the name of the stage, in its full width."""
        lettering = Lettering(Style.SEMIBOLD, 29, self.theme.on_strong, Role.CAPTION)
        return paragraph(self._title_text, lettering, MEASURE, most=1)

    def _head_height(self, name: Paragraph) -> float:
        """Return where the head of a card ends."""
        return self.sheet.top + 59 + self._title.height + name.height + 26

    def _name(self) -> Paragraph:
        lettering = Lettering(Style.EXTRABOLD, 64, self.theme.on_strong, Role.TITLE)
        single = fitted(self.stage.name, lettering, (64, 58, 52, 48), MEASURE, most=1)
        return paragraph(self.stage.name, lettering.at(48), MEASURE, most=2) if single.shortened else single

    def _fill(self, room: float) -> tuple[float, tuple[tuple[Part, ...], ...]]:
        available = {element: len(self.stage.entries(element)) for element in _ORDER}
        for size in self.sheet.sizes:
            pages = flow(self._sections(available, size), room, _spacing(size))
            if len(pages) == 1:
                return size, pages
            if len(pages) > _HOPELESS:
                break
        for size in _CONTINUED_SIZES if self.sheet.pages > 1 else ():
            pages = flow(self._sections(available, size), room, _spacing(size))
            if len(pages) <= self.sheet.pages:
                return size, even_flow(self._sections(available, size), room, _spacing(size))
        return BODY, self._chosen(available, room)

    def _chosen(self, available: Mapping[Element, int], room: float) -> tuple[tuple[Part, ...], ...]:
        """Return the cards with a fair choice of entries, long ones shortened until all elements appear."""
        pages: tuple[tuple[Part, ...], ...] = ()
        for most in _SHORTER_ENTRIES:

            def filled(shown: Mapping[Element, int], most: int = most) -> tuple[tuple[Part, ...], ...]:
                return flow(self._sections(shown, BODY, most), room, _spacing(BODY))

            shown = choose(available, _WORTH, lambda tried: len(filled(tried)) <= self.sheet.pages)
            pages = filled(shown)
            if all(shown[element] >= min(self.sheet.entries, count) for element, count in available.items()):
                break
        return pages

    def _sections(
        self, shown: Mapping[Element, int], size: float, most: int = _LONGEST_ENTRY
    ) -> tuple[Section, ...]:
        opening = self._speaking(size) if shown[Element.THOUGHTS] == len(self.stage.thoughts) else None
        sections = [Section(Element.FEELINGS, (opening or self._feelings(size),), titled=False, framed=False)]
        for element in _ORDER:
            if element is Element.THOUGHTS and opening:
                continue
            entries = self.stage.entries(element)
            count = shown[element]
            if entries:
                items = self._items(element, count, size, most) or (NOTHING,)
                sections.append(Section(element, items, hidden=len(entries) - count))
        return tuple(sections)

    def _items(self, element: Element, count: int, size: float, most: int) -> tuple[Block, ...]:
        entries = self.stage.entries(element)[:count]
        theme, accent = self.theme, self.accent
        match element:
            case Element.ACTIONS:
                lettering = Lettering(Style.SEMIBOLD, size, theme.ink)
                mark = Mark.DOT if len(self.stage.actions) > 1 else Mark.NONE
                look = EntryLook(lettering, _INNER, accent.strong, accent.ground, most)
                return tuple(bulleted(entry, look, mark) for entry in entries)
            case Element.THOUGHTS:
                lettering = Lettering(Style.ITALIC, size, theme.ink)
                look = EntryLook(lettering, _INNER, accent.strong, accent.ground, most)
                return tuple(quoted(entry, look) for entry in entries)
            case Element.TOUCHPOINTS:
                lettering = Lettering(Style.SEMIBOLD, max(BODY, size - 4), accent.ink)
                look = EntryLook(lettering, _INNER, accent.strong, accent.ground, most)
                return chip_rows(entries, look, 14)
            case Element.PAINS:
                lettering = Lettering(Style.MEDIUM, size, theme.pain.ink)
                look = EntryLook(lettering, _INNER, theme.pain.strong, theme.pain.ground, most)
                return tuple(bulleted(entry, look, Mark.TRIANGLE) for entry in entries)
            case Element.OPPORTUNITIES:
                lettering = Lettering(Style.MEDIUM, size, theme.opportunity.ink)
                look = EntryLook(lettering, _INNER, theme.opportunity.strong, theme.opportunity.ground, most)
                return tuple(bulleted(entry, look, Mark.PLUS) for entry in entries)
            case Element.FEELINGS:
                return ()

    def _speaking(self, size: float) -> Block | None:
        """Return face and thoughts side by side, the face speaking; None when there is too much of either."""
        if not self.stage.thoughts:
            return None
        radius = size * (1.2 if len(self.stage.feelings) > 1 else 1.5)
        column = 250.0
        told = feeling_words(self.stage)
        label = paragraph(
            told or self.words.not_filled,
            Lettering(Style.BOLD, max(BODY, size * 0.9), self.theme.ink if told else self.theme.ink_quiet),
            column,
            most=3,
        )
        plain = self.theme.card == self.theme.paper  # then a bubble needs a ground of its own
        ground = self.accent.ground if plain else self.theme.card
        look = EntryLook(
            Lettering(Style.ITALIC, size, self.theme.ink),
            MEASURE - column - 42,
            self.accent.strong,
            ground,
            _LONGEST_ENTRY,
        )
        quotes = [quoted(entry, look) for entry in self.stage.thoughts]
        talk = sum(block.height for block in quotes) + 14 * (len(quotes) - 1)
        if label.shortened or label.broken or talk > 330:  # noqa: PLR2004 - then the thoughts get their own section
            return None
        face_height = 2 * radius * 1.14 + 12 + label.height
        height = max(face_height, talk)

        def draw(canvas: Canvas, x: float, y: float, cell: Box) -> None:
            top = y + (height - face_height) / 2
            centre = top + radius * 1.14
            self._draw_faces(canvas, x + column / 2, centre, radius)
            label.draw(canvas, x, top + 2 * radius * 1.14 + 12, cell, Align.CENTRE)
            left, current = x + column + 42, y + (height - talk) / 2
            tip = min(max(centre, current + 34), current + quotes[0].height - 34)
            canvas.path(polygon((left - 24, tip), (left + 4, tip - 17), (left + 4, tip + 17)), fill=ground)
            for block in quotes:
                block.draw(canvas, left, current, cell)
                current += block.height + 14

        return Block(height, draw)

    def _feelings(self, size: float) -> Block:
        """Return the feelings as a band: faces on the left, their words beside them."""
        count = max(1, len(self.stage.feelings))
        radius = size * 1.35
        left = 2 * radius * 1.14 + (count - 1) * radius * 1.76 + 34
        ink = self.theme.ink if self.stage.feelings else self.theme.ink_quiet
        label = paragraph(
            feeling_words(self.stage) or self.words.not_filled,
            Lettering(Style.BOLD, size, ink),
            MEASURE - left,
            most=3,
        )
        title = paragraph(
            self.words.feelings,
            Lettering(Style.BOLD, 29, self.accent.ink, Role.LABEL),
            MEASURE - left,
            most=1,
        )
        content = title.height + label.height
        height = max(2 * radius * 1.14, content)

        def draw(canvas: Canvas, x: float, y: float, cell: Box) -> None:
            self._draw_faces(canvas, x + (left - 34) / 2, y + height / 2, radius)
            top = y + (height - content) / 2
            title.draw(canvas, x + left, top, cell)
            label.draw(canvas, x + left, top + title.height, cell)

        return Block(height, draw)

    def _draw_faces(self, canvas: Canvas, x: float, y: float, radius: float) -> None:
        """Draw one face, or two that overlap a little, centred on a point."""
        feelings = self.stage.feelings
        if not feelings:
            draw_open_stop(canvas, x, y, radius, place=self.place, theme=self.theme, numbered=False)
        start = x - (len(feelings) - 1) * radius * 0.88
        for order, feeling in enumerate(feelings):
            draw_face(
                canvas,
                start + order * radius * 1.76,
                y,
                radius,
                expression=expression_of(feeling),
                score=feeling.score,
                theme=self.theme,
                ring=self.theme.card,
            )

    def _page(
        self,
        *,
        name: Paragraph,
        top: float,
        room: float,
        size: float,
        parts: Sequence[Part],
        number: int,
        count: int,
    ) -> DisplayList:
        canvas = Canvas(WIDTH, self.sheet.height, self.theme.paper)
        self._draw_head(canvas, name, top - 36, continued=number > 0)
        spacing = _spacing(size)
        free = room - spacing.total(parts)
        framed = sum(part.section.framed for part in parts)
        with_curve = (
            number == count - 1
            and free > _SMALLEST_CURVE + 26
            and any(stage.feelings for stage in self.journey_map.stages)
        )
        spare = 0.0 if with_curve else free
        extra = min(34.0, spare / max(1, framed)) if framed else 0.0
        opening = min(30.0, max(0.0, spare - extra * framed) / (len(parts) + 1))
        y = top + opening * 0.5
        for part in parts:
            height = spacing.height(part) + (extra if part.section.framed else 0.0)
            self._draw_part(canvas, part, Box(MARGIN, y, MEASURE, height), spacing, extra / 2)
            y += height + spacing.section_gap + opening
        if with_curve:
            self._draw_small_curve(canvas, y + 6, min(free - 26, _TALLEST_CURVE))
        if self.marked:
            foot = self.sheet.height - self.sheet.bottom - _FOOT - 2
            draw_standings(
                canvas,
                Box(MARGIN, foot, MEASURE, _FOOT),
                [self.stage],
                size=26,
                words=self.words,
                theme=self.theme,
            )
        return canvas.finish()

    def _empty_page(self, name: Paragraph) -> DisplayList:
        """Return the card of a stage of which nothing is known, with the journey it is a part of."""
        canvas = Canvas(WIDTH, self.sheet.height, self.theme.paper)
        top = self._head_height(name)
        self._draw_head(canvas, name, top, continued=False)
        bottom = self.sheet.height - self.sheet.bottom - _FOOT
        with_curve = any(stage.feelings for stage in self.journey_map.stages)
        middle = (top + bottom - (_TALLEST_CURVE if with_curve else 0.0)) / 2
        draw_open_stop(canvas, WIDTH / 2, middle - 50, 90, place=self.place, theme=self.theme, numbered=True)
        lettering = Lettering(Style.BOLD, self.sheet.body, self.theme.ink_quiet)
        label = paragraph(self.words.not_filled, lettering, MEASURE, most=1)
        label.draw(canvas, MARGIN, middle + 76, canvas.page, Align.CENTRE)
        if with_curve:
            self._draw_small_curve(canvas, bottom - _TALLEST_CURVE, _TALLEST_CURVE)
        return canvas.finish()

    def _draw_head(self, canvas: Canvas, name: Paragraph, height: float, *, continued: bool) -> None:
        count, ink, top = len(self.journey_map.stages), self.theme.on_strong, self.sheet.top
        band = Box(0, 0, WIDTH, height)
        canvas.box(band, fill=self.accent.strong)
        wide = (MEASURE - 10 * (count - 1)) / count
        for place in range(count):
            bar = Box(MARGIN + place * (wide + 10), top + 30, wide, 9)
            if place <= self.place:
                canvas.box(bar, 4.5, fill=ink)
            else:
                canvas.box(bar, 4.5, stroke=ink, thickness=1.6)
        progress = f"{self.place + 1}/{count}" + (f" · {self.words.continued}" if continued else "")
        right = paragraph(progress, self._title.lettering, MEASURE / 2, most=1)
        right.draw(canvas, WIDTH - MARGIN - right.width, top + 54, band)
        room = MEASURE - right.width - 30
        left = paragraph(self._title_text, self._title.lettering, room, most=1)
        left.draw(canvas, MARGIN, top + 54, band)
        name.draw(canvas, MARGIN, top + 59 + self._title.height, band)

    def _draw_part(self, canvas: Canvas, part: Part, box: Box, spacing: Spacing, extra: float) -> None:
        section = part.section
        if not section.framed:
            part.items[0].draw(canvas, box.x, box.y, box)
            return
        accent = self._accent_of(section.element)
        draw_panel(canvas, box, 24, accent, self.theme)
        y = box.y + spacing.padding + extra
        draw_icon(canvas, ICONS[section.element], box.x + 30, y, side=34, colour=accent.strong, thickness=2.3)
        label = self.words.label(section.element) + (f" ({self.words.continued})" if part.continued else "")
        room = _INNER - 48
        if part.last and section.hidden:
            count = paragraph(
                self.words.more.format(count=section.hidden),
                Lettering(Style.SEMIBOLD, BODY, accent.ink),
                _INNER * 0.6,
                most=1,
            )
            count.draw(canvas, box.right - 30 - count.width, y + 17 - count.height / 2, box)
            room -= count.width + 20
        title = paragraph(label, Lettering(Style.BOLD, 29, accent.strong, Role.LABEL), room, most=1)
        title.draw(canvas, box.x + 78, y + 17 - title.height / 2, box)
        y += spacing.title
        for item in part.items:
            item.draw(canvas, box.x + 32, y, box)
            y += item.height + spacing.item_gap

    def _accent_of(self, element: Element) -> Accent:
        match element:
            case Element.PAINS:
                return self.theme.pain
            case Element.OPPORTUNITIES:
                return self.theme.opportunity
            case Element.ACTIONS | Element.THOUGHTS | Element.TOUCHPOINTS | Element.FEELINGS:
                return Accent(self.accent.strong, self.theme.card, self.accent.ink)

    def _draw_small_curve(self, canvas: Canvas, y: float, height: float) -> None:
        """Fill what is left of the last card with the whole journey, this stage ringed."""
        stages = self.journey_map.stages
        card = Box(MARGIN, y, MEASURE, height)
        canvas.box(card, 24, fill=self.theme.card, stroke=self.theme.line, thickness=1.6)
        column = (MEASURE - 24) / len(stages)
        centres = [MARGIN + 12 + column * (place + 0.5) for place in range(len(stages))]
        look = CurveLook(30, 7, column, numbers=True, rings={self.place: self.accent.strong})
        draw_curve(canvas, card.inset(10, 10), centres, stages, look=look, theme=self.theme)


def _spacing(size: float) -> Spacing:
    return Spacing(padding=size * 0.55, title=48, item_gap=size * 0.26, section_gap=18)


def card(journey_map: JourneyMap, stage: Stage, words: PictureWords, theme: Theme) -> tuple[DisplayList, ...]:
    """Return the one to three cards of a stage of the map."""
    return CardMaker(journey_map, journey_map.stages.index(stage), words, theme).pages()
