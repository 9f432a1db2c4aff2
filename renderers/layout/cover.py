"""The first page of the album or a story: the whole journey at a glance, read on a phone without zooming."""

from collections.abc import Sequence
from dataclasses import dataclass

from journey.model import JourneyMap, Stage
from renderers.display import Box, Canvas, DisplayList, Role
from renderers.icons import Icon, draw_face, draw_icon, expression_at
from renderers.layout.blocks import NOTHING, Block, draw_panel, only_guesses
from renderers.layout.curve import CurveLook, draw_curve, label_of, worst_and_best
from renderers.layout.legend import curve_legend
from renderers.layout.numbers import draw_number
from renderers.layout.persona import persona_card
from renderers.layout.sheet import ALBUM, BODY, MARGIN, MEASURE, WIDTH, Sheet
from renderers.second import SecondCurve, curve_names
from renderers.text import Align, Lettering, Paragraph, fitted, paragraph
from renderers.theme import Accent, Theme
from renderers.typefaces import Style
from renderers.words import PictureWords

NAME_SIZES = (30.0, 28.0, 26.0)
_ROW = 46.0
_LISTED_MEASURE = (MEASURE - 48) / 2 - 8 - 54
_LOWEST_CURVE, _LOWEST_CURVE_WITHOUT_WORDS = 290.0, 190.0
_TALLEST_CURVE = 620.0
_FOOTER = 26.0


@dataclass(frozen=True, slots=True)
class Head:
    """Everything above the curve, set; ``height`` from the upper edge of the page."""

    blocks: tuple[tuple[float, Block], ...]
    height: float


@dataclass(frozen=True, slots=True)
class Lines:
    """The most lines of the longer texts of a head."""

    title: int
    goal: int
    persona: int


_LINES_TO_TRY = (Lines(2, 3, 3), Lines(1, 3, 3), Lines(1, 2, 2), Lines(1, 1, 2), Lines(1, 1, 1))


def page_head(
    journey_map: JourneyMap,
    eyebrow: str,
    words: PictureWords,
    theme: Theme,
    *,
    lines: Lines,
    top: float = 50.0,
) -> Head:
    """Set title, shop, persona and goal from ``top`` down, the longer texts in at most those lines."""
    blocks: list[tuple[float, Block]] = []
    y = top
    heading = paragraph(eyebrow.upper(), Lettering(Style.BOLD, 27, theme.accent, Role.LABEL), MEASURE, most=1)
    title = _title(journey_map.title or words.heading, theme, flat=lines.title == 1)
    parts: list[tuple[Block, float]] = [
        (Block(heading.height, heading.draw), 2.0),
        (Block(title.height, title.draw), 6.0),
    ]
    if shop := shop_line(journey_map):
        parts.append((_with_icon(Icon.SHOP, shop, theme, most=1), 6.0))
    if journey_map.goal:
        goal = f"{words.goal}: {journey_map.goal.text}"
        parts.append((_with_icon(Icon.FLAG, goal, theme, most=lines.goal), 6.0))
    for block, gap in parts:
        blocks.append((y, block))
        y += block.height + gap
    y += 16
    card = persona_card(journey_map, words, theme, width=MEASURE, body=BODY, most=lines.persona)
    blocks.append((y, card))
    return Head(tuple(blocks), y + card.height + 24)


def shop_line(journey_map: JourneyMap) -> str:
    """Return the name of the shop, empty when there is none or the title has it already."""
    name = journey_map.shop.name or ""
    return "" if name.casefold() in (journey_map.title or "").casefold() else name


def _title(text: str, theme: Theme, *, flat: bool) -> Paragraph:
    """Set the title in at most two lines, in one where it must be ``flat`` and fits."""
    lettering = Lettering(Style.EXTRABOLD, 76, theme.ink, Role.TITLE)
    if flat:
        single = fitted(text, lettering, (76, 66, 56, 48, 42), MEASURE, most=1)
        if not single.shortened:
            return single
    return fitted(text, lettering, (76, 70, 64, 58, 52), MEASURE, most=2)


def _with_icon(icon: Icon, text: str, theme: Theme, *, most: int) -> Block:
    indent = BODY * 1.35
    words = paragraph(text, Lettering(Style.MEDIUM, BODY, theme.ink_soft), MEASURE - indent, most=most)

    def draw(canvas: Canvas, x: float, y: float, cell: Box) -> None:
        mirrored = words.from_the_right
        left = x + MEASURE - BODY if mirrored else x
        draw_icon(canvas, icon, left, y + (words.leading - BODY) / 2, side=BODY, colour=theme.accent)
        words.draw(canvas, x if mirrored else x + indent, y, cell)

    return Block(words.height, draw)


def cover(
    journey_map: JourneyMap,
    words: PictureWords,
    theme: Theme,
    second: SecondCurve | None = None,
    sheet: Sheet = ALBUM,
) -> DisplayList:
    """Return the cover: title, shop, goal, persona, the curve with its stages, worst and best moment."""
    stages = journey_map.stages
    canvas = Canvas(WIDTH, sheet.height, theme.paper)
    moments = _moments(stages, words, theme)
    foot = sheet.height - sheet.bottom - 34 - _FOOTER * 1.29
    card = CurveCard(journey_map, words, theme, second)
    for lines in _LINES_TO_TRY:
        head = page_head(journey_map, words.heading, words, theme, lines=lines, top=sheet.top + 50)
        free = foot - 20 - head.height - (moments.height + 22 if moments else 0.0)
        if free >= card.needed:
            break
    if moments and free < card.needed:  # the rings around the faces still mark them
        free += moments.height + 22
        moments = None
    height = min(free, max(card.needed, _TALLEST_CURVE))
    spare = (free - height) / 2
    for y, block in head.blocks:
        block.draw(canvas, MARGIN, y + spare * 0.5, canvas.page)
    field = Box(MARGIN, head.height + spare, MEASURE, height)
    card.draw(canvas, field)
    if moments:
        moments.draw(canvas, MARGIN, field.bottom + 22, canvas.page)
    draw_footer(canvas, foot, journey_map, words, theme)
    return canvas.finish()


def draw_footer(canvas: Canvas, y: float, journey_map: JourneyMap, words: PictureWords, theme: Theme) -> None:
    """Draw the line that says what made the picture, and honestly when all of it is guesswork."""
    footer = paragraph(
        words.footer, Lettering(Style.MEDIUM, _FOOTER, theme.ink_quiet, Role.CAPTION), MEASURE, most=1
    )
    footer.draw(canvas, MARGIN, y, canvas.page)
    if only_guesses(journey_map.stages):
        room = MEASURE - footer.width - 40
        honest = paragraph(words.all_guesses, footer.lettering, room, most=1)
        honest.draw(canvas, WIDTH - MARGIN - honest.width, y, canvas.page)


def names_below(
    stages: Sequence[Stage], theme: Theme, measure: float = MEASURE, sizes: Sequence[float] = NAME_SIZES
) -> tuple[Paragraph, ...] | None:
    """Return the stage names set below the curve, None when they or the feelings don't fit their columns."""
    column = (measure - 24) / max(1, len(stages))
    for size in sizes:
        names = tuple(
            paragraph(
                stage.name,
                Lettering(Style.BOLD, size, theme.stage(place).strong, Role.LABEL),
                column - 10,
                most=2,
            )
            for place, stage in enumerate(stages)
        )
        look = _look(column, theme, size=size - 2)
        labels = [label for stage in stages if (label := label_of(stage, look))]
        if not any(text.shortened or text.broken for text in (*names, *labels)):
            return names
    return None


def _look(column: float, theme: Theme, *, size: float) -> CurveLook:
    lettering = Lettering(Style.BOLD, size, theme.ink, Role.LABEL)
    return CurveLook(radius=40, thickness=8, column=column, label=lettering, most_lines=2)


class CurveCard:
    """The card with the curve and the stage names, right below it or else as a numbered list."""

    def __init__(
        self, journey_map: JourneyMap, words: PictureWords, theme: Theme, second: SecondCurve | None
    ) -> None:
        """Set the names and the legend; ``needed`` says how high the card must be at least."""
        self._stages, self._theme, self._second = journey_map.stages, theme, second
        self._names = names_below(self._stages, theme)
        self._listed = tuple(
            fitted(
                stage.name,
                Lettering(Style.BOLD, 36, theme.stage(place).strong, Role.LABEL),
                (36, 33, 30, 28),
                _LISTED_MEASURE,
                most=1,
            )
            for place, stage in enumerate(self._stages)
        )
        self._legend = NOTHING
        if second:
            lettering = Lettering(Style.BOLD, 28, theme.ink_soft, Role.LABEL)
            names = curve_names(journey_map, second, words)
            self._legend = curve_legend(names, lettering, MEASURE - 48, theme)

    @property
    def needed(self) -> float:
        """The least height of the card."""
        lowest = _LOWEST_CURVE if self._names else _LOWEST_CURVE_WITHOUT_WORDS
        return lowest + self._legend_room + self._names_room

    @property
    def _legend_room(self) -> float:
        return self._legend.height + 14 if self._second else 0.0

    @property
    def _names_room(self) -> float:
        if self._names:
            return max(name.height for name in self._names) + 24
        rows = (len(self._stages) + 1) // 2
        return rows * self._row + 28 + 44

    @property
    def _row(self) -> float:
        """How high a row of the numbered list is."""
        return max([_ROW, *(name.height + 6 for name in self._listed)])

    def draw(self, canvas: Canvas, field: Box) -> None:
        """Draw the card."""
        theme, stages = self._theme, self._stages
        canvas.box(field, 24, fill=theme.card, stroke=theme.line, thickness=1.6)
        self._legend.draw(canvas, field.x + 24, field.y + 14, field)
        column = (field.width - 24) / max(1, len(stages))
        centres = [field.x + 12 + column * (place + 0.5) for place in range(len(stages))]
        found = worst_and_best(stages)
        rings = {found[0]: theme.pain.strong, found[1]: theme.opportunity.strong} if found else {}
        top = field.bottom - self._names_room
        if self._names:
            size = self._names[0].lettering.size - 2
            base = _look(column, theme, size=size)
            look = CurveLook(base.radius, base.thickness, column, base.label, most_lines=2, rings=rings)
            for name, centre in zip(self._names, centres, strict=True):
                name.draw(canvas, centre - name.measure / 2, top + 8, field, Align.CENTRE)
        else:
            look = CurveLook(36, 8, column, numbers=True, rings=rings)
            for place, centre in enumerate(centres):
                draw_number(
                    canvas,
                    centre,
                    top + 22,
                    17,
                    place=place,
                    ground=theme.stage(place).strong,
                    ink=theme.on_strong,
                )
            self._draw_list(canvas, Box(field.x + 24, top + 44, field.width - 48, self._names_room - 44))
        upper = field.y + 10 + self._legend_room
        draw_curve(
            canvas,
            Box(field.x + 10, upper, field.width - 20, top - upper),
            centres,
            stages,
            look=look,
            theme=theme,
            second=self._second.scores if self._second else (),
        )

    def _draw_list(self, canvas: Canvas, box: Box) -> None:
        rows = (len(self._stages) + 1) // 2
        for place, name in enumerate(self._listed):
            x = box.x + (place // rows) * (box.width / 2 + 8)
            cell = Box(x, box.y + 10 + (place % rows) * self._row, box.width / 2 - 8, self._row)
            middle = cell.y + self._row / 2
            draw_number(
                canvas,
                x + 20,
                middle,
                20,
                place=place,
                ground=self._theme.stage(place).strong,
                ink=self._theme.on_strong,
            )
            name.draw(canvas, x + 54, middle - name.height / 2, cell)


def _moments(stages: Sequence[Stage], words: PictureWords, theme: Theme) -> Block | None:
    """Return the two tiles that name the best and the worst moment."""
    found = worst_and_best(stages)
    if found is None:
        return None
    wide = (MEASURE - 20) / 2
    tiles = [
        _Moment(stages[place], label, accent, wide, theme)
        for place, label, accent in (
            (found[1], words.best_moment, theme.opportunity),
            (found[0], words.worst_moment, theme.pain),
        )
    ]
    height = max(tile.needed for tile in tiles)

    def draw(canvas: Canvas, x: float, y: float, _: Box) -> None:
        for tile in tiles:
            tile.draw(canvas, Box(x, y, wide, height))
            x += wide + 20

    return Block(height, draw)


class _Moment:
    """The tile of one stage that stands out."""

    def __init__(self, stage: Stage, label: str, accent: Accent, wide: float, theme: Theme) -> None:
        self._stage, self._accent, self._theme = stage, accent, theme
        measure = wide - 140
        self._label = paragraph(label, Lettering(Style.SEMIBOLD, 27, accent.ink, Role.LABEL), measure, most=1)
        lettering = Lettering(Style.EXTRABOLD, 40, accent.ink)
        single = fitted(stage.name, lettering, (40, BODY), measure, most=1)
        double = paragraph(stage.name, lettering.at(BODY), measure, most=2)
        self._name = double if single.shortened else single

    @property
    def needed(self) -> float:
        return max(118.0, self._label.height + self._name.height + 24)

    def draw(self, canvas: Canvas, tile: Box) -> None:
        draw_panel(canvas, tile, 24, self._accent, self._theme)
        middle = tile.y + tile.height / 2
        expression, score = expression_at(self._stage), self._stage.score
        if expression and score is not None:
            draw_face(
                canvas,
                tile.x + 62,
                middle,
                36,
                expression=expression,
                score=score,
                theme=self._theme,
                ring=self._theme.card,
            )
        top = middle - (self._label.height + self._name.height) / 2
        self._label.draw(canvas, tile.x + 118, top, tile)
        self._name.draw(canvas, tile.x + 118, top + self._label.height, tile)
