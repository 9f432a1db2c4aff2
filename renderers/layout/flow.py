"""Letting the sections of a stage flow over cards, and choosing fairly what stays when they don't fit."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from journey.model import Element
from renderers.layout.blocks import Block

Group = TypeVar("Group", bound=Hashable)

_FULL_ENOUGH = (0.6, 0.7, 0.8, 0.9)  # of the room, how full pages are tried


@dataclass(frozen=True, slots=True)
class Section:
    """A titled group of blocks, with the number of ``hidden`` entries that its last title counts."""

    element: Element
    items: tuple[Block, ...]
    hidden: int = 0
    titled: bool = True
    framed: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """What one page shows of a section; ``continued`` when the section began on an earlier page."""

    section: Section
    items: tuple[Block, ...]
    continued: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Spacing:
    """Heights around the blocks of a section, in pixels of the design."""

    padding: float
    title: float
    item_gap: float
    section_gap: float

    def height(self, part: Part) -> float:
        """Return how high a part of a section is."""
        if not part.section.framed:
            return sum(block.height for block in part.items)
        inner = sum(block.height for block in part.items) + self.item_gap * (len(part.items) - 1)
        title = self.title if part.section.titled else 0.0
        return 2 * self.padding + title + inner

    def total(self, parts: Sequence[Part]) -> float:
        """Return how high parts are one below the other."""
        return sum(self.height(part) for part in parts) + self.section_gap * max(0, len(parts) - 1)


def flow(sections: Sequence[Section], room: float, spacing: Spacing) -> tuple[tuple[Part, ...], ...]:
    """Fill pages of that room with the sections in their order; a section may go on over the page."""
    pages: list[list[Part]] = [[]]
    for section in sections:
        items = section.items
        continued = False
        while items:
            fitting = _fitting(section, items, pages[-1], room, spacing, continued=continued)
            if fitting == 0 and pages[-1]:
                pages.append([])
                continue
            taken = max(1, fitting)
            pages[-1].append(Part(section, items[:taken], continued, last=taken == len(items)))
            items = items[taken:]
            continued = True
    return tuple(tuple(page) for page in pages)


def even_flow(sections: Sequence[Section], room: float, spacing: Spacing) -> tuple[tuple[Part, ...], ...]:
    """Fill as few pages as ``flow`` does, about equally full, so that none is left with a single line."""
    pages = flow(sections, room, spacing)
    if len(pages) == 1:
        return pages
    for share in _FULL_ENOUGH:
        tried = flow(sections, room * share, spacing)
        if len(tried) == len(pages) and all(spacing.total(page) <= room for page in tried):
            return tried
    return pages


def _fitting(
    section: Section,
    items: tuple[Block, ...],
    page: Sequence[Part],
    room: float,
    spacing: Spacing,
    *,
    continued: bool,
) -> int:
    """Return how many of the items still fit on the page."""
    for taken in range(len(items), 0, -1):
        part = Part(section, items[:taken], continued, last=taken == len(items))
        if spacing.total([*page, part]) <= room:
            return taken
    return 0


def choose(
    available: Mapping[Group, int],
    order: Sequence[Group],
    fits: Callable[[Mapping[Group, int]], bool],
) -> dict[Group, int]:
    """Return how many entries of each element (or list) to show: turn by turn one more while they fit."""
    shown = dict.fromkeys(available, 0)
    still_open = [group for group in order if available.get(group, 0)]
    while still_open:
        for group in tuple(still_open):
            tried = shown | {group: shown[group] + 1}
            if shown[group] < available[group] and fits(tried):
                shown = tried
            else:
                still_open.remove(group)
    return shown
