"""How much of a map a single picture shows: less of each cell until the page is no taller than it may be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from journey.limits import ENTRIES_PER_CELL
from journey.model import Entry
from renderers.display import DisplayList
from renderers.layout.blocks import Block, line_of
from renderers.text import Lettering
from renderers.words import PictureWords

_STEPS = ((6, 12), (6, 6), (4, 6), (4, 4), (3, 4), (3, 3), (2, 3), (2, 2), (1, 3), (1, 2), (1, 1))


@dataclass(frozen=True, slots=True)
class Allowance:
    """The most entries of a cell and the most lines of an entry."""

    entries: int = ENTRIES_PER_CELL
    lines: int = 12

    def shown(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Return the entries that are shown."""
        return entries[: self.entries]

    def remark(
        self, entries: Sequence[Entry], words: PictureWords, lettering: Lettering, measure: float
    ) -> tuple[Block, ...]:
        """Return the line that counts the entries left out, nothing when all are shown."""
        hidden = len(entries) - self.entries
        return (line_of(words.more.format(count=hidden), lettering, measure),) if hidden > 0 else ()


def first_within(tallest: float, lay_out: Callable[[Allowance], DisplayList]) -> DisplayList:
    """Return the fullest page that is no taller than ``tallest``, else the shortest there is."""
    page = lay_out(Allowance())
    if page.height <= tallest:
        return page
    page = lay_out(Allowance(*_STEPS[-1]))
    too_tall, fitting = 0, len(_STEPS) - 1
    while fitting - too_tall > 1:
        middle = (too_tall + fitting) // 2
        tried = lay_out(Allowance(*_STEPS[middle]))
        if tried.height <= tallest:
            page, fitting = tried, middle
        else:
            too_tall = middle
    return page
