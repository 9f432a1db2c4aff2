"""Fonts for PDF: each letter has a code of its own that says both how it looks and what it reads.

A letter that is one glyph of a plain TrueType font goes into a subset of that font. Every other letter
(stacked marks, Javanese and Devanagari syllables, glyphs of variable or PostScript fonts) is drawn as one
character of a Type 3 font, and with it what else its line takes from that typeface. So whoever searches or
copies finds what was typed, in every script.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, groupby, pairwise

import uharfbuzz

from renderers.directions import mirrored
from renderers.shaping import Glyph, Run, Segment, outline
from renderers.typefaces import Typeface

EM = 1000
"""Units of text space to the em, in which PDF counts widths."""
_CAPITALS = 700
"""How high a blank counts, in those units; readers pass over what has no height."""
_MOST_DRAWN = 255
_KEPT_TABLES = frozenset({"glyf", "loca", "head", "hhea", "hmtx", "maxp", "cvt ", "fpgm", "prep"})


@dataclass(frozen=True, slots=True)
class Letter:
    """What a reader takes for one letter: ``x`` and ``y`` in ems from where its line begins."""

    typeface: Typeface
    glyphs: tuple[tuple[int, int, int], ...]
    """Their numbers, and where they lie from the origin of the letter, in thousandths of an em."""
    text: str
    x: float
    y: float
    width: int
    """In thousandths of an em."""
    is_plain: bool
    """Whether it is one glyph of a plain TrueType font, to be taken from there."""


def letters(runs: Sequence[Run]) -> Iterator[Letter]:
    """Yield the letters of a line from left to right.

    Where one letter of a typeface must be drawn, all of that typeface in the line are: readers tear apart
    words whose letters come from two fonts.
    """
    cut = [(run, _groups(run)) for run in runs]
    stacked = {run.typeface for run, groups in cut if any(len(group) > 1 for group in groups)}
    x = 0.0
    for run, groups in cut:
        if run.typeface in stacked or not _is_plain(run.typeface):
            yield from _drawn_letters(run, groups, x)
        else:
            yield from _plain_letters(run, groups, x)
        x += run.advance


def _groups(run: Run) -> list[tuple[Glyph, ...]]:
    """Return the glyphs of each letter."""
    return [tuple(group) for _, group in groupby(run.glyphs, key=lambda glyph: glyph.start)]


def _plain_letters(run: Run, groups: list[tuple[Glyph, ...]], x: float) -> Iterator[Letter]:
    text_from = _texts(run)
    for number, across, down, _, start in chain.from_iterable(groups):
        wide = _advance(run.typeface, number)
        glyphs = ((number, 0, 0),)
        yield Letter(run.typeface, glyphs, text_from[start], x + across, down, wide, is_plain=True)


def _drawn_letters(run: Run, groups: list[tuple[Glyph, ...]], x: float) -> Iterator[Letter]:
    text_from = _texts(run)
    ends = [*(group[0].pen for group in groups[1:]), run.advance]
    for group, end in zip(groups, ends, strict=True):
        pen, start = group[0].pen, group[0].start
        wide = max(0, round((end - pen) * EM))
        glyphs = tuple((glyph.number, round((glyph.x - pen) * EM), round(glyph.y * EM)) for glyph in group)
        yield Letter(run.typeface, glyphs, text_from[start], x + pen, 0.0, wide, is_plain=False)


def _texts(run: Run) -> dict[int, str]:
    """Return what each letter reads, as it is seen, by its place in the run's string."""
    starts = sorted({start for _, start in run.letters})
    texts = {start: run.string[start:end] for start, end in pairwise([*starts, len(run.string)])}
    if run.right_to_left:  # readers turn it round
        return {start: mirrored(text)[::-1] for start, text in texts.items()}
    return texts


@lru_cache(maxsize=64)
def _is_plain(typeface: Typeface) -> bool:
    face = typeface.font.face
    return "glyf" in face.table_tags and not bool(face.has_var_data)


@lru_cache(maxsize=4_096)
def _advance(typeface: Typeface, number: int) -> int:
    return int(typeface.font.get_glyph_h_advance(number) * EM / typeface.units + 0.5)


@dataclass(slots=True)
class Subset:
    """A part of one TrueType font; codes have two bytes."""

    typeface: Typeface
    codes: dict[tuple[int, str], int] = field(default_factory=dict)

    def code(self, letter: Letter) -> str:
        """Return the code of a letter as hexadecimal digits."""
        key = (letter.glyphs[0][0], letter.text)
        return f"{self.codes.setdefault(key, len(self.codes) + 1):04x}"

    def widths(self) -> list[int]:
        """Return the widths of the codes from 1 on, in thousandths of an em."""
        return [_advance(self.typeface, number) for number, _ in self.codes]

    def texts(self) -> list[tuple[str, str]]:
        """Return what each code reads."""
        return [(f"{code:04x}", text) for (_, text), code in self.codes.items()]

    def program(self) -> tuple[bytes, bytes]:
        """Return the font file, and for each code from 0 on the glyph in it, two bytes each."""
        face = self.typeface.font.face
        wanted = uharfbuzz.SubsetInput()
        wanted.glyph_set.update(number for number, _ in self.codes)
        dropped = (tag for tag in face.table_tags if tag not in _KEPT_TABLES)
        wanted.drop_table_tag_set.update(int.from_bytes(tag.encode("ascii"), "big") for tag in dropped)
        wanted.flags = (
            uharfbuzz.SubsetFlags.NO_HINTING
            | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
            | uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
        )
        plan = uharfbuzz.SubsetPlan(face, wanted)
        places = plan.old_to_new_glyph_mapping
        glyphs = b"".join(places[number].to_bytes(2, "big") for number, _ in self.codes)
        return bytes(plan.execute().blob.data), b"\0\0" + glyphs


@dataclass(slots=True)
class Drawn:
    """A Type 3 font of at most 255 letters; codes have one byte."""

    codes: dict[tuple[object, ...], int] = field(default_factory=dict)
    pictures: list[tuple[int, str, str]] = field(default_factory=list)
    """Of each code: its width, its drawing as PDF operators, and what it reads."""

    @property
    def is_full(self) -> bool:
        """Whether no further letter fits."""
        return len(self.codes) >= _MOST_DRAWN

    def code(self, letter: Letter) -> str:
        """Return the code of a letter as hexadecimal digits."""
        key = (letter.typeface, letter.glyphs, letter.text, letter.width)
        if key not in self.codes:
            moved = [
                (command, tuple(_moved(values, x, y)))
                for number, x, y in letter.glyphs
                for command, values in outline(letter.typeface, number)
            ]
            self._add(key, letter.width, moved, letter.text)
        return f"{self.codes[key]:02x}"

    def blank(self, width: int, text: str) -> str:
        """Return the code of something that reads as a text and shows nothing."""
        if (width, text) not in self.codes:
            self.codes[width, text] = len(self.codes) + 1
            self.pictures.append((width, f"{width} 0 0 0 {width} {_CAPITALS} d1\n", text))
        return f"{self.codes[width, text]:02x}"

    def _add(self, key: tuple[object, ...], width: int, drawing: list[Segment], text: str) -> None:
        self.codes[key] = len(self.codes) + 1
        across = [value for _, values in drawing for value in values[::2]] or [0.0]
        up = [-value for _, values in drawing for value in values[1::2]] or [0.0]
        box = f"{min(across):.0f} {min(up):.0f} {max(across):.0f} {max(up):.0f}"
        filled = f"{operators(drawing, scale=(1, -1), origin=(0, 0), digits=0)}f"
        self.pictures.append((width, f"{width} 0 {box} d1\n{filled}", text))

    def texts(self) -> list[tuple[str, str]]:
        """Return what each code reads."""
        return [(f"{code:02x}", text) for code, (_, _, text) in enumerate(self.pictures, 1)]


def _moved(values: tuple[float, ...], x: int, y: int) -> Iterator[float]:
    """Yield coordinates in thousandths of an em, moved."""
    for place, value in enumerate(values):
        yield value * EM + (y if place % 2 else x)


def operators(
    segments: Iterable[Segment], *, scale: tuple[float, float], origin: tuple[float, float], digits: int
) -> str:
    """Write an outline as PDF operators, scaled across and upwards, then moved to its origin."""
    (across, up), (x, y) = scale, origin
    written: list[str] = []
    pen = (0.0, 0.0)
    for command, values in segments:
        points = [(a * across + x, b * up + y) for a, b in zip(values[::2], values[1::2], strict=True)]
        match command:
            case "Q":  # PDF knows cubic curves only
                (x1, y1), (x2, y2) = points
                points = [
                    (pen[0] + (x1 - pen[0]) * 2 / 3, pen[1] + (y1 - pen[1]) * 2 / 3),
                    (x2 + (x1 - x2) * 2 / 3, y2 + (y1 - y2) * 2 / 3),
                    (x2, y2),
                ]
        numbers = " ".join(number(value, digits) for point in points for value in point)
        written.append(f"{numbers} {_OPERATORS[command]}\n" if numbers else "h\n")
        pen = points[-1] if points else pen
    return "".join(written)


_OPERATORS = {"M": "m", "L": "l", "Q": "c", "C": "c"}


def number(value: float, digits: int = 2) -> str:
    """Write a number as short as it goes."""
    short = f"{value:.{digits}f}"
    if "." in short:
        short = short.rstrip("0").rstrip(".")
    return "0" if short == "-0" else short
