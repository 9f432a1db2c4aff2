"""How far letters reach above and below their baseline, so that lines of every script keep apart."""

import re
from dataclasses import dataclass
from functools import lru_cache

from renderers.emoji import split_emoji
from renderers.shaping import Run, shape
from renderers.typefaces import Style

_ORDINARY = re.compile("[\u0020-\u017f\u2010-\u2027\u20ac]*\\Z")


@dataclass(frozen=True, slots=True)
class Reach:
    """The distance from the baseline up to the highest and down to the lowest ink, in ems."""

    up: float
    down: float


ORDINARY = Reach(0.98, 0.28)
"""What the product's own typeface may reach, marks on capitals included."""


@lru_cache(maxsize=4_096)
def reach(style: Style, line: str) -> Reach:
    """Return how far a line of text reaches, at least as far as ordinary letters may."""
    if _ORDINARY.match(line):
        return ORDINARY
    found = [ORDINARY] + [
        _of_run(run) for is_emoji, text in split_emoji(line) if not is_emoji for run in shape(style, text)
    ]
    return Reach(max(one.up for one in found), max(one.down for one in found))


def _of_run(run: Run) -> Reach:
    """Return how far the glyphs of a run reach; blanks have no ink."""
    units, up, down = run.typeface.units, 0.0, 0.0
    for glyph in run.glyphs:
        extents = run.typeface.font.get_glyph_extents(glyph.number)
        if extents and extents.height:
            top = extents.y_bearing / units - glyph.y
            up, down = max(up, top), max(down, -(top + extents.height / units))
    return Reach(up, down)
