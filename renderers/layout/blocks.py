"""The building stones of a page: entries as bullets, quotes and chips, measured before they are drawn."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from journey.model import Element, Entry, Stage, Standing
from renderers.display import Box, Canvas
from renderers.icons import Icon, draw_icon
from renderers.shapes import polygon
from renderers.text import LEADING, Lettering, Paragraph, paragraph
from renderers.theme import Accent, Theme

Draw = Callable[[Canvas, float, float, Box], None]

STANDING_ICONS = {Standing.CUSTOMER: Icon.CUSTOMER, Standing.EVIDENCE: Icon.EVIDENCE}
_STANDING_ROOM = 1.25  # what a standing mark takes from the measure, in ems
_DOUBLE_QUOTES = '“”„"«»'
_QUOTES = "“”„\"'‘’«»"


@dataclass(frozen=True, slots=True)
class Block:
    """Something of a known height that can be drawn at (x, y) within a cell."""

    height: float
    draw: Draw


Setter = Callable[[Sequence[Entry], float], tuple[Block, ...]]
"""Sets entries to a measure."""

NOTHING = Block(0.0, lambda *_: None)
"""A block that shows nothing, where only a count is left."""


class Mark(StrEnum):
    """What stands before a bulleted entry."""

    NONE = "none"
    DOT = "dot"
    TRIANGLE = "triangle"
    PLUS = "plus"


@dataclass(frozen=True, slots=True)
class EntryLook:
    """How entries are shown: lettering, measure, colours, and the most lines one of them may take."""

    lettering: Lettering
    measure: float
    accent: str
    ground: str
    most: int | None = None


def draw_panel(
    canvas: Canvas, box: Box, radius: float, accent: Accent, theme: Theme, *, framed: bool = True
) -> None:
    """Draw the ground of a panel; where colours can't tell panels apart, their outlines do.

    A panel that isn't ``framed`` has an outline only where its accent brings one.
    """
    plain = theme.line if framed else None
    thickness = 2.2 if accent.edge and not accent.dash else 1.6
    canvas.box(
        box, radius, fill=accent.ground, stroke=accent.edge or plain, thickness=thickness, dash=accent.dash
    )


def stacked(blocks: Sequence[Block], gap: float) -> Block:
    """Return blocks one below the other as one."""
    height = sum(block.height for block in blocks) + gap * max(0, len(blocks) - 1)

    def draw(canvas: Canvas, x: float, y: float, cell: Box) -> None:
        for block in blocks:
            block.draw(canvas, x, y, cell)
            y += block.height + gap

    return Block(height, draw)


@lru_cache(maxsize=1_024)
def bulleted(entry: Entry, look: EntryLook, mark: Mark) -> Block:
    """Return an entry with a mark before it."""
    size = look.lettering.size
    indent = 0.0 if mark is Mark.NONE else size * 1.0
    text = _set(entry, entry.text, look, look.measure - indent)

    def draw(canvas: Canvas, x: float, y: float, cell: Box) -> None:
        begins = look.measure - size * 0.32 if text.from_the_right else size * 0.32
        _draw_mark(canvas, mark, x + begins, y + text.leading / 2, reach=size * 0.32, colour=look.accent)
        left = look.measure - indent - text.measure if text.from_the_right else indent
        text.draw(canvas, x + left, y, cell)
        _draw_standing(canvas, entry, x, x + look.measure, y=y, text=text, look=look)

    return Block(text.height, draw)


@lru_cache(maxsize=512)
def quoted(entry: Entry, look: EntryLook, *, tail: bool = False) -> Block:
    """Return an entry as a quotation in a bubble as wide as the measure, with a tail below when asked."""
    size = look.lettering.size
    across, down = size * 0.75, size * 0.5
    text = _set(entry, f"“{_unquoted(entry.text)}”", look, look.measure - 2 * across)
    height = text.height + 2 * down
    below = size * 0.55 if tail else 0.0

    def draw(canvas: Canvas, x: float, y: float, _: Box) -> None:
        if tail:
            tip = polygon((x + 22, y + height - 2), (x + 22, y + height + below), (x + 36, y + height - 2))
            canvas.path(tip, fill=look.ground)
        bubble = Box(x, y, look.measure, height)
        canvas.box(bubble, size * 0.7, fill=look.ground)
        left, right = x + across, x + look.measure - across
        text.draw(canvas, right - text.measure if text.from_the_right else left, y + down, bubble)
        _draw_standing(canvas, entry, left, right, y=y + down, text=text, look=look)

    return Block(height + below, draw)


def chip_rows(entries: Iterable[Entry], look: EntryLook, gap: float) -> tuple[Block, ...]:
    """Return entries as chips, as many in a row as fit."""
    size = look.lettering.size
    across = size * 0.75
    rows: list[list[tuple[Entry, Paragraph, float]]] = []
    used = 0.0
    for entry in entries:
        text = _set(entry, entry.text, look, look.measure - 2 * across)
        wide = text.width + 2 * across + (size * _STANDING_ROOM if entry.standing in STANDING_ICONS else 0)
        if not rows or used + gap + wide > look.measure:
            rows.append([])
            used = -gap
        rows[-1].append((entry, text, wide))
        used += gap + wide
    return tuple(_chip_row(row, look, gap) for row in rows)


def _chip_row(row: list[tuple[Entry, Paragraph, float]], look: EntryLook, gap: float) -> Block:
    size = look.lettering.size
    across, down = size * 0.75, size * 0.36

    def draw(canvas: Canvas, x: float, y: float, _: Box) -> None:
        for entry, text, wide in row:
            chip = Box(x, y, wide, text.height + 2 * down)
            radius = min(chip.height / 2, size)
            canvas.box(chip, radius, fill=look.ground, stroke=look.accent, thickness=size * 0.06)
            left, right = x + across, x + wide - across
            text.draw(canvas, right - text.measure if text.from_the_right else left, y + down, chip)
            mark = across * 0.2
            _draw_standing(canvas, entry, left - mark, right + mark, y=y + down, text=text, look=look)
            x += wide + gap

    height = max(text.height for _, text, _ in row) + 2 * down
    return Block(height, draw)


def bullets(look: EntryLook, all_entries: Sequence[Entry], mark: Mark = Mark.DOT) -> Setter:
    """Return what sets entries with a mark; a dot only where ``all_entries`` of the cell are several."""
    shown = Mark.NONE if mark is Mark.DOT and len(all_entries) == 1 else mark
    return lambda entries, measure: tuple(
        bulleted(entry, replace(look, measure=measure), shown) for entry in entries
    )


def quotes(look: EntryLook, *, tail: bool = False) -> Setter:
    """Return what sets entries as quotations."""
    return lambda entries, measure: tuple(
        quoted(entry, replace(look, measure=measure), tail=tail) for entry in entries
    )


def chips(look: EntryLook, gap: float) -> Setter:
    """Return what sets entries as rows of chips."""
    return lambda entries, measure: chip_rows(entries, replace(look, measure=measure), gap)


def has_mark(entries: Iterable[Entry]) -> bool:
    """Tell whether one of the entries carries a mark of its standing."""
    return any(entry.standing in STANDING_ICONS for entry in entries)


def only_guesses(stages: Iterable[Stage]) -> bool:
    """Tell whether something is filled in and all of it is a guess of the owner's."""
    told = [entry for stage in stages for element in Element for entry in stage.entries(element)]
    return bool(told) and not has_mark(told)


def _set(entry: Entry, text: str, look: EntryLook, measure: float) -> Paragraph:
    room = look.lettering.size * _STANDING_ROOM if entry.standing in STANDING_ICONS else 0.0
    return paragraph(text, look.lettering, measure - room, most=look.most)


def _unquoted(text: str) -> str:
    """Return a text without the one pair of quotation marks that encloses all of it."""
    inner = text[1:-1].strip()
    enclosed = len(text) > 2 and text[0] in _QUOTES and text[-1] in _QUOTES  # noqa: PLR2004  a pair and a word
    return inner if enclosed and not any(quote in inner for quote in _DOUBLE_QUOTES) else text


def _draw_standing(
    canvas: Canvas, entry: Entry, left: float, right: float, *, y: float, text: Paragraph, look: EntryLook
) -> None:
    """Mark a customer's word or evidence where the first line ends; a guess has no mark."""
    icon = STANDING_ICONS.get(entry.standing)
    if icon:
        side = look.lettering.size * 0.86
        draw_icon(
            canvas,
            icon,
            left if text.from_the_right else right - side,
            y + (text.leading - side) / 2,
            side=side,
            colour=look.accent,
            thickness=2.0,
        )


def _draw_mark(canvas: Canvas, mark: Mark, x: float, y: float, *, reach: float, colour: str) -> None:
    match mark:
        case Mark.NONE:
            pass
        case Mark.DOT:
            canvas.circle(x - reach * 0.3, y, reach * 0.45, fill=colour)
        case Mark.TRIANGLE:
            canvas.path(
                polygon((x, y - reach), (x + reach, y + reach * 0.75), (x - reach, y + reach * 0.75)),
                fill=colour,
            )
        case Mark.PLUS:
            arm = reach * 0.92
            canvas.line((x - arm, y), (x + arm, y), stroke=colour, thickness=reach * 0.46)
            canvas.line((x, y - arm), (x, y + arm), stroke=colour, thickness=reach * 0.46)


def line_height(size: float) -> float:
    """Return how high one line of that size is."""
    return size * LEADING
