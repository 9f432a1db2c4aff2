"""How feelings moved over the check-ins: the mean of all stages as a curve, then a small line a stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from journey.model import JourneyMap
from journey.trend import Line, Trend, in_halves, trend_of
from renderers.display import Box, Canvas, DisplayList, Role
from renderers.figures import day_and_month, full_day, mean_label, with_tenth
from renderers.icons import draw_face, expression_of_score
from renderers.layout.blocks import Block
from renderers.layout.cover import draw_footer
from renderers.layout.sheet import BODY, MARGIN, MEASURE, STORY, WIDTH
from renderers.shapes import polygon, smooth, traced
from renderers.text import Align, Lettering, Paragraph, fitted, paragraph
from renderers.theme import Theme
from renderers.typefaces import Style
from renderers.words import PictureWords

_TALLEST = STORY.height  # 9:16: a taller one is shrunk until nobody can read it
_LOWEST = WIDTH  # a square: a chat shows it as wide as it is
_FIELD, _TALLEST_FIELD = 300.0, 620.0
_FOOT = 96.0
_GAP, _PAD = 14.0, 22.0
_ROW = 102.0
_NAMES, _SPARK, _SCORES = 330.0, 360.0, 170.0
_NAME_SIZES = (36.0, 33.0, 30.0, 28.0)
_DAY_ROOM = 118.0  # how far the days below the curve are apart at least
_LOWEST_SCORE, _HIGHEST_SCORE = 1.0, 5.0
_DASH = 9.0
_FACES = ((6, 38.0), (12, 28.0))
"""Up to how many times each has a face, and how large; with more only the first and the last have one."""


@dataclass(frozen=True, slots=True)
class _Row:
    """The line of one stage with its name set."""

    line: Line
    name: Paragraph
    place: int

    @property
    def height(self) -> float:
        return max(_ROW, self.name.height + 2 * _GAP)


class _TrendMaker:
    """Measures everything first, then draws it."""

    def __init__(self, journey_map: JourneyMap, words: PictureWords, theme: Theme) -> None:
        self._journey_map, self._words, self._theme = journey_map, words, theme
        self._trend: Trend = trend_of(journey_map)
        self._rows = self._set_rows(2)
        self._head = self._set_head()
        if self._needed > _TALLEST:
            self._rows = self._set_rows(1)

    def make(self) -> DisplayList:
        """Draw everything and return the page."""
        spare = max(0.0, _LOWEST - self._needed)
        field_height = min(_FIELD + spare, _TALLEST_FIELD)
        height = max(self._needed, _LOWEST)
        canvas = Canvas(WIDTH, height, self._theme.paper)
        y = 46.0
        self._head.draw(canvas, MARGIN, y, canvas.page)
        y += self._head.height + 18
        card = Box(MARGIN, y, MEASURE, field_height + self._around_field)
        self._draw_means(canvas, card, field_height)
        y = card.bottom + _GAP
        for row in self._rows:
            self._draw_row(canvas, Box(MARGIN, y, MEASURE, row.height), row)
            y += row.height + _GAP
        draw_footer(canvas, height - _FOOT + 34, self._journey_map, self._words, self._theme)
        return canvas.finish(height)

    @property
    def _around_field(self) -> float:
        """What the card of the mean needs above and below the field."""
        return 92.0 + 62.0

    @property
    def _needed(self) -> float:
        rows = sum(row.height + _GAP for row in self._rows)
        return 46 + self._head.height + 18 + _FIELD + self._around_field + _GAP + rows + _FOOT

    def _set_head(self) -> Block:
        words, theme, times = self._words, self._theme, self._trend.times
        eyebrow = paragraph(
            words.heading_trend.upper(), Lettering(Style.BOLD, 27, theme.accent, Role.LABEL), MEASURE, most=1
        )
        lettering = Lettering(Style.EXTRABOLD, 64, theme.ink, Role.TITLE)
        title = fitted(self._journey_map.title or words.heading, lettering, (64, 58, 52), MEASURE, most=2)
        days = " – ".join(dict.fromkeys(full_day(time, words) for time in (*times[:1], *times[-1:])))
        dates = paragraph(days or "–", Lettering(Style.MEDIUM, BODY, theme.ink_soft), MEASURE, most=1)

        def draw(canvas: Canvas, x: float, y: float, cell: Box) -> None:
            for text, gap in ((eyebrow, 2.0), (title, 2.0), (dates, 0.0)):
                text.draw(canvas, x, y, cell)
                y += text.height + gap

        return Block(eyebrow.height + title.height + dates.height + 4, draw)

    def _set_rows(self, most: int) -> list[_Row]:
        lettering = Lettering(Style.BOLD, _NAME_SIZES[0], self._theme.ink, Role.LABEL)
        return [
            _Row(line, fitted(line.stage.name, lettering, _NAME_SIZES, _NAMES, most=most), place)
            for place, line in enumerate(self._trend.lines)
        ]

    def _draw_means(self, canvas: Canvas, card: Box, field_height: float) -> None:
        """Draw the card with the curve of all stages, and below it the days."""
        theme, words = self._theme, self._words
        canvas.box(card, 24, fill=theme.card, stroke=theme.line, thickness=1.6)
        known = self._trend.known_means
        ends = dict.fromkeys(with_tenth(mean, words) for mean in (*known[:1], *known[-1:]))
        numbers = paragraph(
            " → ".join(ends) or "–", Lettering(Style.EXTRABOLD, 46, theme.ink), MEASURE / 2, most=1
        )
        label = fitted(
            mean_label(self._trend, words),
            Lettering(Style.BOLD, BODY, theme.ink_soft),
            (BODY,),
            MEASURE - 2 * _PAD - numbers.width - 24,
            most=1,
        )
        middle = card.y + 46
        label.draw(canvas, card.x + _PAD, middle - label.height / 2, card)
        left = card.right - _PAD - numbers.width
        numbers.draw(canvas, left, middle - numbers.height / 2, card, Align.LEFT)
        field = Box(card.x + 10, card.y + 92, card.width - 20, field_height)
        self._draw_field(canvas, field)
        centres = _centres(field.inset(46, 0), len(self._trend.times))
        self._draw_mean_curve(canvas, field, centres)
        self._draw_days(canvas, card, field.bottom + 12, centres)

    def _draw_field(self, canvas: Canvas, field: Box) -> None:
        theme = self._theme
        half = field.height / 2
        radius = 14.0
        upper, lower = (
            Box(field.x, field.y, field.width, half),
            Box(field.x, field.y + half, field.width, half),
        )
        canvas.box(upper, (radius, radius, 0, 0), fill=theme.positive_ground)
        canvas.box(lower, (0, 0, radius, radius), fill=theme.negative_ground)
        middle = field.y + half
        canvas.line(
            (field.x + 12, middle),
            (field.right - 12, middle),
            stroke=theme.line_strong,
            thickness=1.6,
            dash=6,
        )

    def _draw_mean_curve(self, canvas: Canvas, field: Box, centres: Sequence[float]) -> None:
        theme, means = self._theme, self._trend.means
        inner = field.inset(0, 48)
        points = {
            place: (centres[place], _height(inner, mean))
            for place, mean in enumerate(means)
            if mean is not None
        }
        if len(points) > 1:
            canvas.path(traced(smooth(tuple(points.values()))), stroke=theme.curve, thickness=8)
        radius = next((size for most, size in _FACES if len(means) <= most), None)
        ends = {min(points, default=0), max(points, default=0)}
        for place, (x, y) in points.items():
            mean = means[place]
            if mean is None or (radius is None and place not in ends):
                canvas.circle(x, y, 9, fill=theme.curve)
                continue
            self._draw_feeling(canvas, x, y, radius or _FACES[-1][1], mean)

    def _draw_days(self, canvas: Canvas, card: Box, y: float, centres: Sequence[float]) -> None:
        """Write as many of the days below the curve as have room, the last one always."""
        lettering = Lettering(Style.SEMIBOLD, 28, self._theme.ink_soft, Role.LABEL)
        last_drawn = card.right + _DAY_ROOM
        for centre, time in zip(reversed(centres), reversed(self._trend.times), strict=True):
            if last_drawn - centre < _DAY_ROOM:
                continue
            text = paragraph(day_and_month(time, self._words), lettering, _DAY_ROOM, most=1)
            left = min(max(centre - text.width / 2, card.x + _PAD), card.right - text.width - _PAD)
            text.draw(canvas, left, y, card, Align.LEFT)
            last_drawn = centre

    def _draw_row(self, canvas: Canvas, box: Box, row: _Row) -> None:
        """Draw the name of a stage, its small line, and from which score to which it went."""
        theme, line = self._theme, row.line
        canvas.box(box, 20, fill=theme.card, stroke=theme.line, thickness=1.6)
        middle = box.y + box.height / 2
        stripe = Box(box.x + 10, box.y + 14, 8, box.height - 28)
        canvas.box(stripe, 4, fill=theme.stage(row.place).strong)
        row.name.draw(canvas, box.x + _PAD + 12, middle - row.name.height / 2, box)
        spark = Box(box.x + _PAD + _NAMES + 28, middle - _ROW / 2 + 6, _SPARK, _ROW - 12)
        self._draw_spark(canvas, spark, line)
        ends = dict.fromkeys(in_halves(score) for score in (*line.known[:1], *line.known[-1:]))
        numbers = paragraph(
            " → ".join(ends) or "–", Lettering(Style.EXTRABOLD, 38, theme.ink), _SCORES, most=1
        )
        left = box.right - _PAD - 40 - numbers.width
        numbers.draw(canvas, left, middle - numbers.height / 2, box, Align.LEFT)
        self._draw_arrow(canvas, box.right - _PAD - 12, middle, line.change or 0.0)

    def _draw_spark(self, canvas: Canvas, box: Box, line: Line) -> None:
        """Draw the small line; past a time at which nobody said, it is thin and dashed."""
        theme = self._theme
        self._draw_small_field(canvas, box)
        centres = _centres(box.inset(34, 0), len(line.scores))
        inner = box.inset(0, 21)
        points = {
            place: (centres[place], _height(inner, score))
            for place, score in enumerate(line.scores)
            if score is not None
        }
        for (before, start), (after, end) in pairwise(points.items()):
            gap = after > before + 1
            thickness, dash = (3.0, _DASH) if gap else (5.0, None)
            canvas.line(start, end, stroke=theme.curve, thickness=thickness, dash=dash)
        for point in list(points.values())[:-1]:
            canvas.circle(*point, 6.5 if len(points) <= _FACES[-1][0] else 4.5, fill=theme.curve)
        if points:
            (x, y), score = list(points.values())[-1], line.known[-1]
            self._draw_feeling(canvas, x, y, 19, score)

    def _draw_feeling(self, canvas: Canvas, x: float, y: float, radius: float, score: float) -> None:
        expression, theme = expression_of_score(score), self._theme
        draw_face(canvas, x, y, radius, expression=expression, score=score, theme=theme, ring=theme.card)

    def _draw_small_field(self, canvas: Canvas, box: Box) -> None:
        theme, half = self._theme, box.height / 2
        canvas.box(Box(box.x, box.y, box.width, half), (10, 10, 0, 0), fill=theme.positive_ground)
        canvas.box(Box(box.x, box.y + half, box.width, half), (0, 0, 10, 10), fill=theme.negative_ground)

    def _draw_arrow(self, canvas: Canvas, x: float, y: float, change: float) -> None:
        """Draw which way a stage went; a stroke where it stayed as it was."""
        theme, reach = self._theme, 13.0
        if change == 0:
            canvas.line((x - reach, y), (x + reach, y), stroke=theme.ink_quiet, thickness=6)
            return
        colour = theme.opportunity.strong if change > 0 else theme.pain.strong
        tip = -reach if change > 0 else reach
        canvas.path(
            polygon((x, y + tip), (x + reach, y - tip * 0.8), (x - reach, y - tip * 0.8)), fill=colour
        )


def _centres(box: Box, count: int) -> list[float]:
    """Return where the times stand, the same distance apart; a single one in the middle."""
    if count <= 1:
        return [box.x + box.width / 2] * count
    return [box.x + box.width * place / (count - 1) for place in range(count)]


def _height(box: Box, score: float) -> float:
    """Return the y of a score: 5 at the upper edge, 1 at the lower one."""
    share = (score - _LOWEST_SCORE) / (_HIGHEST_SCORE - _LOWEST_SCORE)
    return box.bottom - share * box.height


def trend_picture(journey_map: JourneyMap, words: PictureWords, theme: Theme) -> DisplayList:
    """Return a page 1080 wide, from square to 9:16, with a row for each stage of today."""
    return _TrendMaker(journey_map, words, theme).make()
