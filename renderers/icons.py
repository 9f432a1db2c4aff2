"""The product's own icons, faces and portrait, all vector: they look the same on every machine."""

import math
from enum import StrEnum

from journey.model import Feeling, Stage
from renderers.display import Canvas
from renderers.shapes import Outline, circle, drawing, placed
from renderers.theme import Theme

GRID = 24.0


class Icon(StrEnum):
    """A stroked icon on a grid of 24 by 24; the value is its drawing."""

    ACTIONS = "M5 12 L10 17 L19 7"
    THOUGHTS = (
        "M4 6 Q4 4 6 4 L18 4 Q20 4 20 6 L20 14 Q20 16 18 16 L11 16 L7 20 L7 16 L6 16 Q4 16 4 14 Z "
        "M8 8.5 L16 8.5 M8 12 L13 12"
    )
    FEELINGS = (
        "M12 20 C4 14.5 3 11 3 8.5 C3 5.5 5.3 4 7.5 4 C9.5 4 11.2 5.2 12 7 "
        "C12.8 5.2 14.5 4 16.5 4 C18.7 4 21 5.5 21 8.5 C21 11 20 14.5 12 20 Z"
    )
    TOUCHPOINTS = "M7 3 Q7 2 8 2 L16 2 Q17 2 17 3 L17 21 Q17 22 16 22 L8 22 Q7 22 7 21 Z M11 18.5 L13 18.5"
    PAINS = "M12 3.5 L21.5 20 L2.5 20 Z M12 9.5 L12 14 M12 16.8 L12 17"
    OPPORTUNITIES = (
        "M9 17.5 C9 15 6 13.5 6 9.5 C6 6 8.7 3.5 12 3.5 C15.3 3.5 18 6 18 9.5 C18 13.5 15 15 15 17.5 Z "
        "M9.7 20.8 L14.3 20.8"
    )
    TARGET = (
        "M12 3 C17 3 21 7 21 12 C21 17 17 21 12 21 C7 21 3 17 3 12 C3 7 7 3 12 3 Z "
        "M12 8 C14.2 8 16 9.8 16 12 C16 14.2 14.2 16 12 16 C9.8 16 8 14.2 8 12 C8 9.8 9.8 8 12 8 Z"
    )
    FLAG = "M6 21 L6 4 M6 4.5 Q9 3 12 4.5 Q15 6 19 4.5 L19 13 Q15 14.5 12 13 Q9 11.5 6 13"
    SHOP = (
        "M4 10 L4 20 L20 20 L20 10 M3 9 L5 4 L19 4 L21 9 Q18.7 12 16.5 9.5 "
        "Q14 12 12 9.5 Q10 12 7.5 9.5 Q5.3 12 3 9 Z"
    )
    CUSTOMER = "M4 7 Q4 5 6 5 L18 5 Q20 5 20 7 L20 14 Q20 16 18 16 L12 16 L8 20 L8 16 L6 16 Q4 16 4 14 Z"
    WAITING = (
        "M12 3 C17 3 21 7 21 12 C21 17 17 21 12 21 C7 21 3 17 3 12 C3 7 7 3 12 3 Z "
        "M12 7.5 L12 12.3 L15.3 14.3"
    )
    EVIDENCE = (
        "M12 3 C17 3 21 7 21 12 C21 17 17 21 12 21 C7 21 3 17 3 12 C3 7 7 3 12 3 Z M8 12.3 L11 15.2 L16 9.2"
    )


def draw_icon(
    canvas: Canvas, icon: Icon, x: float, y: float, *, side: float, colour: str, thickness: float = 2.2
) -> None:
    """Draw an icon into a square whose upper left corner is given; ``thickness`` is in units of its grid."""
    scale = side / GRID
    canvas.path(placed(drawing(icon.value), x, y, scale), stroke=colour, thickness=thickness * scale)


def draw_badge(
    canvas: Canvas, icon: Icon, x: float, y: float, *, radius: float, ground: str, colour: str
) -> None:
    """Draw an icon on a filled disc around a point."""
    canvas.circle(x, y, radius, fill=ground)
    side = radius * 1.18
    draw_icon(canvas, icon, x - side / 2, y - side / 2, side=side, colour=colour, thickness=2.4)


class Expression(StrEnum):
    """What a face shows."""

    ANGRY = "kesal"
    WORRIED = "khawatir"
    CONFUSED = "bingung"
    NEUTRAL = "biasa"
    CURIOUS = "penasaran"
    SMILING = "tertarik"
    HAPPY = "puas"
    DELIGHTED = "senang"
    MIXED = "campur"


_BY_CHIP = {expression.value: expression for expression in Expression}
_BY_SCORE = {
    1: Expression.ANGRY,
    2: Expression.WORRIED,
    3: Expression.NEUTRAL,
    4: Expression.SMILING,
    5: Expression.DELIGHTED,
}
_MIDDLE = 3


def expression_of(feeling: Feeling) -> Expression:
    """Return the face of a feeling: its chip's own, else the one of its score."""
    known = _BY_CHIP.get((feeling.chip or "").rpartition(".")[2])
    return known or _BY_SCORE[max(1, min(5, feeling.score))]


def expression_of_score(score: float) -> Expression:
    """Return the face of a mean score, 1.0 to 5.0."""
    return _BY_SCORE[max(1, min(5, int(score + 0.5)))]


def expression_at(stage: Stage) -> Expression | None:
    """Return the one face that stands for a stage, None when no feeling is known."""
    if not stage.feelings:
        return None
    scores = sorted(feeling.score for feeling in stage.feelings)
    if scores[0] < _MIDDLE < scores[-1]:
        return Expression.MIXED
    first = stage.feelings[0]
    if len(stage.feelings) == 1 or stage.feelings[-1].score == first.score:
        return expression_of(first)
    return _BY_SCORE[int(sum(scores) / len(scores) + 0.5)]


_MOUTHS = {
    Expression.ANGRY: "M-0.42 0.46 C-0.22 0.2 0.22 0.2 0.42 0.46",
    Expression.WORRIED: "M-0.42 0.42 C-0.22 0.24 0.22 0.24 0.42 0.42",
    Expression.CONFUSED: "M-0.36 0.42 C-0.1 0.26 0.16 0.28 0.38 0.24",
    Expression.NEUTRAL: "M-0.4 0.33 L0.4 0.33",
    Expression.CURIOUS: "M-0.26 0.37 C-0.06 0.37 0.14 0.37 0.3 0.27",
    Expression.SMILING: "M-0.46 0.24 C-0.24 0.48 0.24 0.48 0.46 0.24",
    Expression.HAPPY: "M-0.5 0.18 C-0.3 0.56 0.3 0.56 0.5 0.18",
    Expression.MIXED: "M-0.46 0.34 C-0.25 0.1 -0.16 0.1 0 0.3 C0.16 0.5 0.25 0.5 0.46 0.28",
}
_BROWS = {
    Expression.ANGRY: "M-0.56 -0.5 L-0.18 -0.34 M0.56 -0.5 L0.18 -0.34",
    Expression.WORRIED: "M-0.54 -0.4 L-0.22 -0.52 M0.54 -0.4 L0.22 -0.52",
    Expression.CONFUSED: "M0.18 -0.52 L0.54 -0.42",
    Expression.CURIOUS: "M-0.5 -0.44 L-0.18 -0.44 M0.16 -0.5 C0.26 -0.62 0.44 -0.62 0.54 -0.5",
}
_GRIN = "M-0.5 0.12 C-0.44 0.74 0.44 0.74 0.5 0.12 Z"
_CLOSED_EYES = "M-0.5 -0.12 C-0.42 -0.32 -0.26 -0.32 -0.18 -0.12 M0.5 -0.12 C0.42 -0.32 0.26 -0.32 0.18 -0.12"
_HEART = (
    "M0 0.9 C-1.3 0 -1 -0.9 -0.5 -0.9 C-0.2 -0.9 0 -0.7 0 -0.45 "
    "C0 -0.7 0.2 -0.9 0.5 -0.9 C1 -0.9 1.3 0 0 0.9 Z"
)


def draw_face(
    canvas: Canvas,
    x: float,
    y: float,
    radius: float,
    *,
    expression: Expression,
    score: float,
    theme: Theme,
    ring: str | None = None,
) -> None:
    """Draw a face around a point in the colour of its score, with a ring in ``ring`` outside ``radius``."""
    if ring:
        canvas.circle(x, y, radius * 1.14, fill=ring)
    edge = radius * 0.05 if theme.face_edge else 0.0
    canvas.circle(x, y, radius, fill=theme.feeling(score), stroke=theme.face_edge, thickness=edge)
    pen = radius * 0.12
    _draw_eyes(canvas, x, y, radius, expression=expression, theme=theme)
    if expression in _BROWS:
        canvas.path(_on_face(_BROWS[expression], x, y, radius), stroke=theme.ink, thickness=pen * 0.9)
    if expression is Expression.DELIGHTED:
        canvas.path(_on_face(_GRIN, x, y, radius), fill=theme.ink, stroke=theme.ink, thickness=pen * 0.5)
    else:
        canvas.path(_on_face(_MOUTHS[expression], x, y, radius), stroke=theme.ink, thickness=pen)


def _draw_eyes(
    canvas: Canvas, x: float, y: float, radius: float, *, expression: Expression, theme: Theme
) -> None:
    if expression is Expression.HAPPY:
        canvas.path(_on_face(_CLOSED_EYES, x, y, radius), stroke=theme.ink, thickness=radius * 0.11)
        return
    height = y - radius * (0.12 if expression in _BROWS else 0.18)
    for side in (-1, 1):
        center = x + side * radius * 0.34
        if expression is Expression.DELIGHTED:
            canvas.path(placed(drawing(_HEART), center, height, radius * 0.2), fill=theme.ink)
        else:
            canvas.circle(center, height, radius * 0.125, fill=theme.ink)


def _on_face(description: str, x: float, y: float, radius: float) -> Outline:
    return placed(drawing(description), x, y, radius)


def draw_portrait_of(canvas: Canvas, x: float, y: float, radius: float, theme: Theme) -> None:
    """Draw a friendly person in a disc around a point."""
    canvas.circle(x, y, radius, fill=theme.avatar_ground)
    canvas.path(_shoulders(x, y, radius), fill=theme.accent)
    canvas.circle(x, y - radius * 0.18, radius * 0.40, fill=theme.hair)
    canvas.circle(x, y - radius * 0.10, radius * 0.33, fill=theme.skin)
    for side in (-1, 1):
        canvas.path(circle(x + side * radius * 0.12, y - radius * 0.1, radius * 0.038), fill=theme.ink)
    smile = drawing("M-0.11 0.03 C-0.06 0.1 0.06 0.1 0.11 0.03")
    canvas.path(placed(smile, x, y, radius), stroke=theme.ink, thickness=radius * 0.04)


def _shoulders(x: float, y: float, radius: float) -> Outline:
    """Return the lens between a curve across the chest and the rim of the disc."""
    rim = math.radians(32)
    across, down = radius * math.cos(rim), radius * math.sin(rim)
    arc = tuple(
        ("L", (x + radius * math.cos(angle), y + radius * math.sin(angle)))
        for angle in (rim + (math.pi - 2 * rim) * step / 12 for step in range(1, 13))
    )
    chest = (
        "C",
        (x - across * 0.8, y + radius * 0.18, x + across * 0.8, y + radius * 0.18, x + across, y + down),
    )
    return (("M", (x - across, y + down)), chest, *arc, ("Z", ()))
