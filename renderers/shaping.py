"""From characters to placed glyphs: reading direction, font fallback, HarfBuzz; all in ems."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, NamedTuple

import uharfbuzz

from renderers.directions import (
    FROM_THE_LEFT,
    FROM_THE_RIGHT,
    has_right_to_left,
    levels,
    reads_from_the_right,
    unmarked,
    visual_order,
)
from renderers.emoji import EMOJI_ADVANCE, split_emoji
from renderers.typefaces import Style, Typeface, boxes, own, typeface_for

Segment = tuple[str, tuple[float, ...]]
"""A pen movement of an outline: ``M``, ``L``, ``Q``, ``C`` or ``Z`` and its coordinates, y pointing down."""

_LATIN = re.compile("[\u0020-\u024f\u2010-\u2026\u20ac]*\\Z")
_FOLLOWERS = frozenset({"Mn", "Mc", "Me", "Cf"})
_BEFORE_QUOTES = frozenset("([{«“‘")
_TURNED_QUOTES = {"“": "”", "”": "“", "‘": "’", "’": "‘"}
_FEWEST_MIXED = 2
_boxes = cache(boxes)
_ANY_EMOJI = "\u2b50"  # all emoji are neutral
_LANGUAGE = "id"  # else HarfBuzz asks the machine


class Glyph(NamedTuple):  # a file has a thousand, and a frozen dataclass takes three times as long to make
    """A glyph of a typeface and where its origin lies, from the start of its run on the baseline.

    ``pen`` is where it would lie if nothing moved it, as a mark is moved to its letter; ``start`` the place
    in the run's string of the first character that it stands for.
    """

    number: int
    x: float
    y: float
    pen: float
    start: int


@dataclass(frozen=True, slots=True)
class Run:
    """Shaped characters of one typeface and one direction.

    In ``string`` quotes are turned as they are seen; brackets are as they were typed.
    """

    typeface: Typeface
    string: str
    letters: tuple[tuple[int, int], ...]
    """The number of each glyph, and the place in the string of the first character that it stands for."""
    places: tuple[tuple[int, int, int, int], ...]
    """How far each glyph is moved to the right and up, and then the pen; in units of the typeface."""
    right_to_left: bool

    @property
    def glyphs(self) -> tuple[Glyph, ...]:
        """The glyphs one by one."""
        pen, units, glyphs = 0, self.typeface.units, []
        for (number, start), (right, up, wide, _) in zip(self.letters, self.places, strict=True):
            glyphs.append(Glyph(number, (pen + right) / units, -up / units, pen / units, start))
            pen += wide
        return tuple(glyphs)

    @property
    def advance(self) -> float:
        """How wide the run is."""
        return sum([wide for _, _, wide, _ in self.places]) / self.typeface.units

    @property
    def missing(self) -> bool:
        """Whether the typeface lacks one of the characters."""
        return any(number == 0 for number, _ in self.letters)


@lru_cache(maxsize=512)
def shape(style: Style, string: str) -> tuple[Run, ...]:
    """Return the runs of one line of text, left to right as they are seen.

    The line may begin with the mark of its paragraph's direction; otherwise its first letter decides.
    """
    if _LATIN.match(string):
        run = _shaped(_Part(0, own(style), string))
        if not run.missing:
            return (run,)
    return tuple(_shaped(part) for part in _parts(style, string))


@lru_cache(maxsize=8_192)
def advance(style: Style, string: str) -> float:
    """Return how wide a line runs, emoji included, in ems."""
    ordinary = string.isascii() and string.isprintable()
    if ordinary or _LATIN.match(string):
        face = own(style)
        if not (ordinary or face.characters.issuperset(map(ord, string))):
            return sum(run.advance for run in shape(style, string))
        if " " not in string:
            return _units(face, string) / face.units
        units = [_units(face, word) for word in string.split(" ")]  # as wide between spaces as alone
        return (sum(units) + (len(units) - 1) * _units(face, " ")) / face.units
    words = string.split(" ")
    if len(words) > 1 and not any(map(_joins, words)) and not has_right_to_left(string):
        return sum([advance(style, word) for word in words], (len(words) - 1) * advance(style, " "))
    return sum(
        EMOJI_ADVANCE if is_emoji else sum(map(_advance, _parts(style, piece)))
        for is_emoji, piece in split_emoji(string)
    )


def _joins(word: str) -> bool:
    """Tell whether a word begins with the mark of what is before it."""
    return unicodedata.category(word[:1] or " ") in _FOLLOWERS


@lru_cache(maxsize=8_192)
def _units(face: Typeface, string: str, *, right_to_left: bool = False) -> int:
    """Return how wide letters of one typeface run, in its units."""
    buffer = _shaped_buffer(face, string, right_to_left=right_to_left)
    return sum([position.x_advance for position in buffer.glyph_positions or ()])


def _advance(part: "_Part") -> float:
    """Return how wide a part of a line runs, in ems."""
    return _units(part.typeface, part.shown, right_to_left=bool(part.level % 2)) / part.typeface.units


@dataclass(frozen=True, slots=True)
class Piece:
    """Text or one emoji of a line, ``x`` and ``advance`` in ems from where the line begins on the left."""

    string: str
    is_emoji: bool
    x: float
    advance: float


def pieces(style: Style, line: str) -> tuple[Piece, ...]:
    """Return text and emoji of a line in the order they are read, each at the place where it is seen."""
    found = split_emoji(line)
    if len(found) < _FEWEST_MIXED or not has_right_to_left(line):
        cut = list(found)
        order = list(range(len(cut)))
    else:
        cut, order = _cut_at_levels(found, from_the_right=reads_from_the_right(line))
    advances = [EMOJI_ADVANCE if is_emoji else advance(style, string) for is_emoji, string in cut]
    left, x = [0.0] * len(cut), 0.0
    for place in order:
        left[place] = x
        x += advances[place]
    return tuple(
        Piece(string, is_emoji, left[place], advances[place]) for place, (is_emoji, string) in enumerate(cut)
    )


def _cut_at_levels(
    found: tuple[tuple[bool, str], ...], *, from_the_right: bool
) -> tuple[list[tuple[bool, str]], list[int]]:
    """Cut a line also where its direction changes, and tell the order in which the pieces are seen."""
    whole = [(is_emoji, unmarked(string)) for is_emoji, string in found]
    stand_ins = "".join(_ANY_EMOJI if is_emoji else string for is_emoji, string in whole)
    level_of = levels(stand_ins, from_the_right=from_the_right)
    cut: list[tuple[bool, str]] = []
    cut_levels: list[int] = []
    start = 0
    for is_emoji, string in whole:
        letters = [string] if is_emoji else list(string)
        keyed = zip(level_of[start : start + len(letters)], letters, strict=True)
        for level, group in groupby(keyed, key=lambda entry: entry[0]):
            text = "".join(letter for _, letter in group)
            mark = "" if is_emoji else FROM_THE_RIGHT if level % 2 else FROM_THE_LEFT
            cut.append((is_emoji, mark + text))
            cut_levels.append(level)
        start += len(letters)
    return cut, visual_order(cut_levels)


@dataclass(frozen=True, slots=True)
class _Part:
    """Neighbouring letters of one level and typeface."""

    level: int
    typeface: Typeface
    shown: str


def _shaped_buffer(face: Typeface, string: str, *, right_to_left: bool) -> Any:  # a uharfbuzz.Buffer
    buffer = uharfbuzz.Buffer()
    buffer.add_str(string)
    buffer.language = _LANGUAGE
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if right_to_left else "ltr"
    uharfbuzz.shape(face.font, buffer)
    return buffer


def _shaped(part: _Part) -> Run:
    right_to_left = bool(part.level % 2)
    buffer = _shaped_buffer(part.typeface, part.shown, right_to_left=right_to_left)
    letters = tuple([(glyph.codepoint, glyph.cluster) for glyph in buffer.glyph_infos])
    places = tuple([glyph.position for glyph in buffer.glyph_positions or ()])
    return Run(part.typeface, part.shown, letters, places, right_to_left)


@lru_cache(maxsize=1_024)
def _parts(style: Style, string: str) -> tuple[_Part, ...]:
    """Split a line where its level or its typeface changes, and put the parts in the order they are seen."""
    plain = unmarked(string)
    level_of = levels(plain, from_the_right=reads_from_the_right(string))
    shown = _turned(plain, level_of)
    parts: list[_Part] = []
    start, place, before = 0, 0, None
    for cluster in _clusters(plain):
        found = (level_of[place], typeface_for(style, cluster) or _boxes(style))
        if before and found != before:
            parts.append(_Part(*before, shown[start:place]))
            start = place
        before = found
        place += len(cluster)
    if before:
        parts.append(_Part(*before, shown[start:]))
    return tuple([parts[place] for place in visual_order([part.level for part in parts])])


def _clusters(string: str) -> Iterator[str]:
    """Cut a line into letters with their marks and joiners."""
    start = 0
    for place in range(1, len(string)):
        if unicodedata.category(string[place]) not in _FOLLOWERS:
            yield string[start:place]
            start = place
    if string:
        yield string[start:]


def _turned(string: str, level_of: Sequence[int]) -> str:
    """Turn the curly quotes that run from the right, if they were typed as one does from the left.

    Unicode mirrors brackets but not these: an opening one then stands on the right and must look like ”.
    """
    if not any(character in _TURNED_QUOTES for character in string):
        return string
    turned = list(string)
    for place, character in enumerate(string):
        opens = place == 0 or string[place - 1].isspace() or string[place - 1] in _BEFORE_QUOTES
        typed = opens if character in "“‘" else _ends(string, place)
        if level_of[place] % 2 and typed:
            turned[place] = _TURNED_QUOTES.get(character, character)
    return "".join(turned)


def _ends(string: str, place: int) -> bool:
    """Tell whether a word ends at that place."""
    return place + 1 == len(string) or not string[place + 1].isalnum()


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
