"""The feeling curve: faces at the height of their score, a smooth line through them, words out of its way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from journey.model import Stage
from renderers.display import Box, Canvas, Role
from renderers.icons import draw_face, expression_at
from renderers.layout.numbers import draw_mark
from renderers.shapes import Bend, Point, height_at, polygon, sampled, smooth, traced
from renderers.text import Align, Lettering, Paragraph, paragraph
from renderers.theme import Theme
from renderers.typefaces import Style

MIDDLE = 3.0
_ENDS = 12.0  # how far the middle line ends from the edges of its field
_UNKNOWN_DASH = 1.6  # thicknesses: a stretch past stages without a feeling
SECOND_THICKNESS, SECOND_DASH = 0.62, 2.2  # thicknesses of the map's own curve
_SECOND_MARK = 1.35  # the same
_LABEL_PAD = (11.0, 5.0)
_FACE_RING = 1.16
_FLATTEST = 60.0  # the least difference between the highest and the lowest face


@dataclass(frozen=True, slots=True)
class CurveLook:
    """How a curve is drawn: faces of that radius, labels within ``column`` (None: no labels)."""

    radius: float
    thickness: float
    column: float
    label: Lettering | None = None
    most_lines: int = 3
    numbers: bool = False
    rings: Mapping[int, str] = field(default_factory=dict)
    """Colour of a ring around the face of a stage, by its place."""


def feeling_words(stage: Stage) -> str:
    """Return the feelings of a stage in one line."""
    return " / ".join(feeling.text for feeling in stage.feelings)


def worst_and_best(stages: Sequence[Stage]) -> tuple[int, int] | None:
    """Return the places of the lowest and highest score, the later of equals; None when all are equal."""
    scored = [(score, place) for place, stage in enumerate(stages) if (score := stage.score) is not None]
    if len({score for score, _ in scored}) <= 1:
        return None
    worst = min(scored, key=lambda entry: (entry[0], -entry[1]))
    return worst[1], max(scored)[1]


def label_of(stage: Stage, look: CurveLook) -> Paragraph | None:
    """Return the words of a stage's feelings as they are set beside its face."""
    if look.label is None or not stage.feelings:
        return None
    return paragraph(
        feeling_words(stage), look.label, look.column - 2 * _LABEL_PAD[0] - 8, most=look.most_lines
    )


def draw_curve(
    canvas: Canvas,
    box: Box,
    centres: Sequence[float],
    stages: Sequence[Stage],
    *,
    look: CurveLook,
    theme: Theme,
    second: Sequence[float | None] = (),
) -> None:
    """Draw the field, the line, the faces and their words, and perhaps a ``second`` line of scores.

    A stage without feelings is an open circle, and the line past it is dashed: it claims nothing there.
    """
    labels = {place: label for place, stage in enumerate(stages) if (label := label_of(stage, look))}
    scores = {place: score for place, stage in enumerate(stages) if (score := stage.score) is not None}
    others = {place: score for place, score in enumerate(second) if score is not None}
    above = _places_above(scores, others)
    if _room_for_faces(box, labels, above, look) < _FLATTEST:
        labels = {}  # a curve without words is better than one that cannot rise and fall
    scale = _scale(box, (*scores.values(), *others.values()), labels, above, look)
    heights = {place: scale.height(score) for place, score in scores.items()}
    _draw_field(canvas, box, scale.middle, theme)
    stretches = _stretches(centres, heights)
    for stretch in stretches:
        if stretch.known:
            _draw_areas(canvas, sampled(stretch.bends), scale.middle, theme)
    if others:
        _draw_second(
            canvas, centres, {place: scale.height(score) for place, score in others.items()}, look, theme
        )
    for stretch in stretches:
        dash = None if stretch.known else look.thickness * _UNKNOWN_DASH
        thickness = look.thickness if stretch.known else look.thickness * 0.6
        canvas.path(traced(stretch.bends), stroke=theme.curve, thickness=thickness, dash=dash)
    for place, stage in enumerate(stages):
        if place in heights:
            _draw_stop(canvas, centres[place], heights[place], stage, place=place, look=look, theme=theme)
        else:
            draw_open_stop(
                canvas,
                centres[place],
                _passing_height(stretches, centres[place], scale.middle),
                look.radius * 0.8,
                place=place,
                theme=theme,
                numbered=look.numbers,
                ring=look.rings.get(place),
            )
    for place, score in others.items():
        hidden = place in heights and abs(scale.height(score) - heights[place]) < look.radius * 1.2
        x = centres[place] + (look.radius * 1.1 if hidden else 0.0)
        draw_diamond(canvas, x, scale.height(score), look.thickness * _SECOND_MARK, theme)
    for place, label in labels.items():
        _draw_label(
            canvas,
            box,
            centres[place],
            heights[place],
            label=label,
            look=look,
            theme=theme,
            above=above[place],
        )


@dataclass(frozen=True, slots=True)
class _Scale:
    """The y of the middle score, and how far one score lies above the next."""

    middle: float
    step: float

    def height(self, score: float) -> float:
        return self.middle - (score - MIDDLE) * self.step


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of the line; it is ``known`` where every stage on it has a feeling."""

    bends: tuple[Bend, ...]
    known: bool


def _stretches(centres: Sequence[float], heights: Mapping[int, float]) -> list[_Stretch]:
    """Return the line through the known stages, cut where it passes stages that nobody knows about."""
    places = sorted(heights)
    bends = smooth(tuple((centres[place], heights[place]) for place in places))
    found: list[_Stretch] = []
    for (before, after), bend in zip(pairwise(places), bends, strict=True):
        known = after == before + 1
        if found and found[-1].known and known:
            found[-1] = _Stretch((*found[-1].bends, bend), known)
        else:
            found.append(_Stretch((bend,), known))
    return found


def _passing_height(stretches: Sequence[_Stretch], x: float, otherwise: float) -> float:
    """Return how high the line passes at ``x``, or ``otherwise`` where there is no line."""
    for stretch in stretches:
        for bend in stretch.bends:
            if bend[0][0] <= x <= bend[3][0]:
                return height_at(bend, x)
    return otherwise


def _draw_field(canvas: Canvas, box: Box, middle: float, theme: Theme) -> None:
    radius = min(box.width, 14.0)
    canvas.box(
        Box(box.x, box.y, box.width, middle - box.y), (radius, radius, 0, 0), fill=theme.positive_ground
    )
    canvas.box(
        Box(box.x, middle, box.width, box.bottom - middle), (0, 0, radius, radius), fill=theme.negative_ground
    )
    canvas.line(
        (box.x + _ENDS, middle), (box.right - _ENDS, middle), stroke=theme.line_strong, thickness=1.6, dash=6
    )


def _draw_second(
    canvas: Canvas, centres: Sequence[float], heights: Mapping[int, float], look: CurveLook, theme: Theme
) -> None:
    """Draw the second line, dashed; its marks come above the faces that would hide them."""
    thickness = look.thickness * SECOND_THICKNESS
    for stretch in _stretches(centres, heights):
        if stretch.known:
            dash = look.thickness * SECOND_DASH
            canvas.path(traced(stretch.bends), stroke=theme.second_curve, thickness=thickness, dash=dash)


def draw_diamond(canvas: Canvas, x: float, y: float, reach: float, theme: Theme) -> None:
    """Draw the mark of the second curve around a point."""
    outline = polygon((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))
    canvas.path(outline, fill=theme.card, stroke=theme.second_curve, thickness=reach * 0.42)


def draw_open_stop(
    canvas: Canvas,
    x: float,
    y: float,
    radius: float,
    *,
    place: int,
    theme: Theme,
    numbered: bool,
    ring: str | None = None,
) -> None:
    """Draw the open circle of a stage that has no feeling yet."""
    if ring:
        canvas.circle(x, y, radius * 1.3, fill=ring)
    canvas.circle(
        x, y, radius, fill=theme.card, stroke=theme.ink_quiet, thickness=radius * 0.09, dash=radius * 0.26
    )
    lettering = Lettering(Style.BOLD, radius * 0.9, theme.ink_quiet, Role.LABEL)
    mark = str(place + 1) if numbered else "–"
    draw_mark(canvas, x, y, radius, mark=mark, lettering=lettering)


def _draw_stop(
    canvas: Canvas, x: float, y: float, stage: Stage, *, place: int, look: CurveLook, theme: Theme
) -> None:
    expression, score = expression_at(stage), stage.score
    if expression is None or score is None:
        return
    ring = look.rings.get(place)
    if ring:
        canvas.circle(x, y, look.radius * 1.3, fill=ring)
    draw_face(canvas, x, y, look.radius, expression=expression, score=score, theme=theme, ring=theme.card)


def _places_above(scores: Mapping[int, float], others: Mapping[int, float]) -> dict[int, bool]:
    """Decide for each scored stage whether its words go above the face: away from where the lines run."""
    scored = sorted(scores.items())
    above: dict[int, bool] = {}
    for order, (place, score) in enumerate(scored):
        if others.get(place, score) != score:
            above[place] = score > others[place]
        elif 0 < order < len(scored) - 1:
            neighbours = (scored[order - 1][1] + scored[order + 1][1]) / 2
            above[place] = score >= neighbours - 0.01
        else:
            above[place] = score >= MIDDLE
    return above


def _margin(
    labels: Mapping[int, Paragraph], above: Mapping[int, bool], look: CurveLook, *, upper: bool
) -> float:
    """Return what faces and words need between the outermost score and an edge of the field."""
    tallest = max((label.height for place, label in labels.items() if above[place] is upper), default=0.0)
    return look.radius * 1.32 + (tallest + 2 * _LABEL_PAD[1] + 14 if tallest else 6.0)


def _room_for_faces(
    box: Box, labels: Mapping[int, Paragraph], above: Mapping[int, bool], look: CurveLook
) -> float:
    """Return the height left for the scores themselves."""
    margins = _margin(labels, above, look, upper=True) + _margin(labels, above, look, upper=False)
    return box.height - margins


def _scale(
    box: Box,
    scores: Sequence[float],
    labels: Mapping[int, Paragraph],
    above: Mapping[int, bool],
    look: CurveLook,
) -> _Scale:
    """Return the scale that leaves room for faces and words at both ends."""
    top = box.y + _margin(labels, above, look, upper=True)
    bottom = box.bottom - _margin(labels, above, look, upper=False)
    highest = max([4.0, *scores])
    lowest = min([2.0, *scores])
    step = (bottom - top) / (highest - lowest)
    return _Scale(top + (highest - MIDDLE) * step, step)


def _draw_areas(canvas: Canvas, points: Sequence[Point], middle: float, theme: Theme) -> None:
    """Fill what lies between the line and the middle, good parts and bad parts each in their colour."""
    run: list[Point] = []
    for before, after in pairwise(points):
        run.append(before)
        if before[1] == middle and len(run) > 1:
            _draw_area(canvas, run, middle, theme)
            run = [before]
        if (before[1] - middle) * (after[1] - middle) < 0:
            share = (middle - before[1]) / (after[1] - before[1])
            crossing = (before[0] + share * (after[0] - before[0]), middle)
            _draw_area(canvas, [*run, crossing], middle, theme)
            run = [crossing]
    if points:
        _draw_area(canvas, [*run, points[-1]], middle, theme)


def _draw_area(canvas: Canvas, run: Sequence[Point], middle: float, theme: Theme) -> None:
    lean = sum(point[1] - middle for point in run)
    if len(run) > 1 and lean:
        colour = theme.negative_area if lean > 0 else theme.positive_area
        canvas.path(polygon((run[0][0], middle), *run, (run[-1][0], middle)), fill=colour)


def _draw_label(
    canvas: Canvas,
    box: Box,
    x: float,
    y: float,
    *,
    label: Paragraph,
    look: CurveLook,
    theme: Theme,
    above: bool,
) -> None:
    across, down = _LABEL_PAD
    wide, high = label.width + 2 * across, label.height + 2 * down
    left = min(max(x - wide / 2, box.x + 4), box.right - wide - 4)
    away = look.radius * (1.3 if look.rings else _FACE_RING) + 7
    top = y - away - high if above else y + away
    pill = Box(left, min(max(top, box.y + 3), box.bottom - high - 3), wide, high)
    radius = high / 2 if len(label.lines) == 1 else label.lettering.size * 0.7
    canvas.box(pill, radius, fill=theme.card, stroke=theme.line_strong, thickness=1.4)
    label.draw(canvas, pill.x + across - (label.measure - label.width) / 2, pill.y + down, pill, Align.CENTRE)
