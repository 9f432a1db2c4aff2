"""From characters to placed glyphs: reading direction, font fallback, HarfBuzz; all in ems."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

import uharfbuzz

from renderers.typefaces import Style, Typeface, own, typeface_for

Segment = tuple[str, tuple[float, ...]]
"""A pen movement of an outline: ``M``, ``L``, ``Q``, ``C`` or ``Z`` and its coordinates, y pointing down."""

_LATIN = re.compile("[\u0020-\u024f\u2010-\u2026\u20ac]*\\Z")
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_NUMBERS = frozenset({"EN", "AN"})
_FOLLOWERS = frozenset({"Mn", "Mc", "Me", "Cf"})


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph of a typeface and where its origin lies, from the start of its run on the baseline."""

    number: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Run:
    """Shaped characters of one typeface and one direction; ``missing`` when the typeface lacks one."""

    typeface: Typeface
    string: str
    glyphs: tuple[Glyph, ...]
    advance: float
    missing: bool


def shape(style: Style, string: str) -> tuple[Run, ...]:
    """Return the runs of one line of text, left to right as they are seen."""
    if _LATIN.match(string):
        run = _shaped(own(style), string, right_to_left=False)
        if not run.missing:
            return (run,)
    return tuple(
        _shaped(typeface, part, right_to_left=bool(level % 2))
        for level, typeface, part in _in_visual_order(list(_parts(style, string)))
    )


@lru_cache(maxsize=20_000)
def advance(style: Style, string: str) -> float:
    """Return how wide a line without emoji runs, in ems."""
    return sum(run.advance for run in shape(style, string))


def reads_from_the_right(string: str) -> bool:
    """Tell whether the first letter with a direction belongs to a right-to-left script."""
    for character in string:
        direction = unicodedata.bidirectional(character)
        if direction == "L":
            return False
        if direction in _RIGHT_TO_LEFT:
            return True
    return False


def _shaped(typeface: Typeface, string: str, *, right_to_left: bool) -> Run:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(string)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if right_to_left else "ltr"
    uharfbuzz.shape(typeface.font, buffer)
    pen, units, glyphs, missing = 0.0, typeface.units, [], False
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        missing = missing or info.codepoint == 0
        glyphs.append(
            Glyph(info.codepoint, (pen + position.x_offset) / units, -position.y_offset / units),
        )
        pen += position.x_advance
    return Run(typeface, string, tuple(glyphs), pen / units, missing)


def _parts(style: Style, string: str) -> Iterator[tuple[int, Typeface, str]]:
    """Split a line where its level or its typeface changes; marks and joiners stay with what they follow."""
    faces: list[Typeface] = []
    for character in string:
        if faces and unicodedata.category(character) in _FOLLOWERS:
            faces.append(faces[-1])
        else:  # the product's own space everywhere, so that the widths of words add up
            faces.append(typeface_for(style, character) or own(style))
    keyed = zip(_levels(string), faces, string, strict=True)
    for (level, face), group in groupby(keyed, key=lambda entry: (entry[0], entry[1])):
        yield level, face, "".join(character for _, _, character in group)


def _levels(string: str) -> list[int]:
    """Return the embedding level of each character: UAX 9 without the controls that texts here never hold."""
    base = 1 if reads_from_the_right(string) else 0
    directions: list[str] = []
    strong = "R" if base else "L"
    for character in string:
        kind = unicodedata.bidirectional(character)
        if kind == "NSM" and directions:
            directions.append(directions[-1])
        elif kind in _RIGHT_TO_LEFT or kind == "L":
            strong = "L" if kind == "L" else "R"
            directions.append(strong)
        elif kind in _NUMBERS:
            directions.append("L" if strong == "L" else "N")
        else:
            directions.append("")
    _resolve_neutrals(directions, "R" if base else "L")
    levels = {"L": 2 if base else 0, "R": 1, "N": 2}
    return [levels[direction] for direction in directions]


def _resolve_neutrals(directions: list[str], base: str) -> None:
    """Give spaces and punctuation the direction of both neighbours when these agree, else the line's."""
    start = 0
    while start < len(directions):
        if directions[start]:
            start += 1
            continue
        end = start
        while end < len(directions) and not directions[end]:
            end += 1
        before = directions[start - 1].replace("N", "R") if start else base
        after = directions[end].replace("N", "R") if end < len(directions) else base
        directions[start:end] = [before if before == after else base] * (end - start)
        start = end


def _in_visual_order(parts: list[tuple[int, Typeface, str]]) -> list[tuple[int, Typeface, str]]:
    """Reverse runs of each level from the highest down to 1 (UAX 9, rule L2)."""
    for level in range(max((part[0] for part in parts), default=0), 0, -1):
        start = 0
        while start < len(parts):
            end = start
            while end < len(parts) and parts[end][0] >= level:
                end += 1
            parts[start:end] = reversed(parts[start:end])
            start = max(end, start + 1)
    return parts


@lru_cache(maxsize=4_000)
def outline(typeface: Typeface, number: int) -> tuple[Segment, ...]:
    """Return the outline of one glyph in ems, y pointing down."""
    segments: list[Segment] = []
    scale = 1 / typeface.units

    def record(command: str, *coordinates: float) -> None:
        sides = (scale if place % 2 == 0 else -scale for place in range(len(coordinates)))
        segments.append(
            (command, tuple(value * side for value, side in zip(coordinates, sides, strict=True)))
        )

    typeface.font.draw_glyph(number, _pen(), record)
    return tuple(segments)


@lru_cache(maxsize=1)
def _pen() -> Any:  # a uharfbuzz.DrawFuncs: the package ships no types
    pen = uharfbuzz.DrawFuncs()
    pen.set_move_to_func(lambda x, y, record: record("M", x, y))
    pen.set_line_to_func(lambda x, y, record: record("L", x, y))
    pen.set_quadratic_to_func(lambda x1, y1, x, y, record: record("Q", x1, y1, x, y))
    pen.set_cubic_to_func(lambda x1, y1, x2, y2, x, y, record: record("C", x1, y1, x2, y2, x, y))
    pen.set_close_path_func(lambda record: record("Z"))
    return pen
