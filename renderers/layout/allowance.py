"""How much of a map a single picture shows: less of each cell until the page is no taller than it may be."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from journey.limits import ENTRIES_PER_CELL
from journey.model import Entry
from renderers.display import Box, Canvas, DisplayList
from renderers.layout.blocks import Block, stacked
from renderers.text import Lettering, Paragraph, paragraph
from renderers.words import PictureWords

_WIDE_ENOUGH = 0.55  # of the measure, what a count beside an entry must leave of it


@dataclass(frozen=True, slots=True)
class Allowance:
    """The most entries of a cell and the most lines of an entry."""

    entries: int = ENTRIES_PER_CELL
    lines: int = 12

    @property
    def is_ample(self) -> bool:
        """Whether there is room for what stands around the cells, too."""
        return self.entries >= _AMPLE.entries

    def cell(
        self,
        entries: Sequence[Entry],
        set_entries: Callable[[Sequence[Entry], float], Sequence[Block]],
        *,
        measure: float,
        gap: float,
        remark: Lettering,
        words: PictureWords,
    ) -> Block:
        """Return a cell's entries as far as they are allowed, and the count of those left out.

        ``set_entries`` sets entries to a measure. The count stands below them; beside a single one where
        the measure is wide enough.
        """
        shown = entries[: self.entries]
        hidden = len(entries) - len(shown)
        if not hidden:
            return stacked(set_entries(shown, measure), gap)
        count = paragraph(words.more.format(count=hidden), remark, measure, most=1)
        room = measure - count.width - remark.size
        if self.entries == 1 and room > measure * _WIDE_ENOUGH:
            return _beside(stacked(set_entries(shown, room), gap), count, room + remark.size)
        return stacked((*set_entries(shown, measure), Block(count.height, count.draw)), gap)


def _beside(block: Block, count: Paragraph, indent: float) -> Block:
    def draw(canvas: Canvas, x: float, y: float, cell: Box) -> None:
        block.draw(canvas, x, y, cell)
        count.draw(canvas, x + indent, y + (block.height - count.height) / 2, cell)

    return Block(max(block.height, count.height), draw)


_AMPLE = Allowance(3, 4)
_FAIR = Allowance(2, 3)
TIGHTEST = Allowance(1, 1)
_STEPS = (
    Allowance(),
    Allowance(6, 6),
    Allowance(4, 6),
    Allowance(4, 4),
    _AMPLE,
    Allowance(3, 3),
    _FAIR,
    Allowance(2, 2),
    Allowance(1, 3),
    Allowance(1, 2),
    TIGHTEST,
)


def fullest_page(
    widths: Sequence[float], ratio: float, lay_out: Callable[[float, Allowance], DisplayList]
) -> DisplayList:
    """Return the fullest page of four ``widths`` at most ``ratio`` times as high as wide.

    A wider page holds more in letters that look smaller: it is taken when a narrower one would show too
    little of each cell.
    """
    page = None
    for width, least in zip(widths, (_AMPLE, _AMPLE, _FAIR, TIGHTEST), strict=True):
        page = _first_within(width * ratio, functools.partial(lay_out, width), least)
        if page.height <= width * ratio:
            break
    assert page is not None
    return page


def _first_within(
    tallest: float, lay_out: Callable[[Allowance], DisplayList], least: Allowance
) -> DisplayList:
    """Return the fullest page that is no taller than ``tallest``, else the one with the least allowance."""
    steps = _STEPS[: _STEPS.index(least) + 1]
    page = lay_out(steps[0])
    if page.height <= tallest:
        return page
    page = lay_out(steps[-1])
    if page.height > tallest:
        return page
    too_tall, fitting = 0, len(steps) - 1
    while fitting - too_tall > 1:
        middle = (too_tall + fitting) // 2
        tried = lay_out(steps[middle])
        if tried.height <= tallest:
            page, fitting = tried, middle
        else:
            too_tall = middle
    return page
