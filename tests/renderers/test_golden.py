"""Pictures look as agreed: the largest difference over small tiles, which sees a missing line or letter."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy
import pytest
from PIL import Image

from renderers.display import DisplayList, Text
from renderers.encoding import Pixels
from renderers.layout.card import card
from renderers.layout.cover import cover
from renderers.layout.poster import poster
from renderers.layout.story import story_cover
from renderers.painter import paint_pixels
from renderers.theme import LIGHT, PRINT
from tests.renderers.compared import earlier_coffee, later_coffee, page_of
from tests.renderers.maps import coffee
from tests.renderers.pages import mirrored
from tests.renderers.words import INDONESIAN

GOLDEN = Path(__file__).parent / "golden"
TILE = 32
MOST = 6.0
"""Root mean square of the colour difference in one tile; a colour off by eight of 255 makes eight."""
PAGES: dict[str, tuple[float, Callable[[], DisplayList]]] = {
    "cover": (0.5, lambda: cover(coffee(), INDONESIAN, LIGHT)),
    "card": (0.5, lambda: card(coffee(), coffee().stages[3], INDONESIAN, LIGHT)[0]),
    "story": (0.4, lambda: story_cover(coffee(), INDONESIAN, LIGHT, mirrored(coffee()))),
    "poster": (0.6, lambda: poster(coffee(), INDONESIAN, LIGHT)),
    "comparison": (0.5, lambda: page_of(earlier_coffee(), later_coffee(), INDONESIAN)),
    "print": (0.6, lambda: poster(coffee(), INDONESIAN, PRINT, mirrored(coffee()))),
}


def painted(name: str) -> Pixels:
    scale, lay_out = PAGES[name]
    return paint_pixels(lay_out(), scale)[..., :3].copy()


def agreed(name: str) -> Pixels:
    with Image.open(GOLDEN / f"{name}.png") as image:
        return numpy.asarray(image.convert("RGB"))


def largest_difference(ours: Pixels, theirs: Pixels) -> float:
    """Return the difference of the worst tile, 0.0 for equal pictures, 255.0 for pictures of unlike size."""
    if ours.shape != theirs.shape:
        return 255.0
    height, width, _ = ours.shape
    squares = ((ours.astype(float) - theirs) ** 2).mean(axis=2)
    padded = numpy.zeros((-(-height // TILE) * TILE, -(-width // TILE) * TILE))
    padded[:height, :width] = squares
    tiles = padded.reshape(padded.shape[0] // TILE, TILE, padded.shape[1] // TILE, TILE)
    return float(numpy.sqrt(tiles.mean(axis=(1, 3)).max()))


@pytest.mark.parametrize("name", PAGES)
def test_pictures_look_as_agreed(name: str) -> None:
    """No tile differs from the picture in golden/; RENEW_GOLDEN=1 writes it anew after a wanted change."""
    drawn = painted(name)
    if os.environ.get("RENEW_GOLDEN"):
        Image.fromarray(drawn).save(GOLDEN / f"{name}.png", optimize=True)

    assert largest_difference(drawn, agreed(name)) <= MOST


def without(page: DisplayList, beginning: str) -> DisplayList:
    """Return the page without the line that begins so."""
    kept = tuple(
        operation
        for operation in page.operations
        if not (isinstance(operation, Text) and operation.string.startswith(beginning))
    )
    assert len(kept) == len(page.operations) - 1
    return replace(page, operations=kept)


def changed(page: DisplayList, beginning: str, **changes: object) -> DisplayList:
    """Return the page with that line changed."""
    return replace(
        page,
        operations=tuple(
            replace(operation, **changes)  # type: ignore[arg-type]  # fields of a Text
            if isinstance(operation, Text) and operation.string.startswith(beginning)
            else operation
            for operation in page.operations
        ),
    )


def test_small_faults_are_seen() -> None:
    """A missing line, a wrong letter, a moved line and a colour slightly off exceed the bound."""
    scale, lay_out = PAGES["poster"]
    page, golden = lay_out(), agreed("poster")
    (line,) = (
        operation
        for operation in page.operations
        if isinstance(operation, Text) and operation.string.startswith("Navigasi")
    )
    faults = [
        without(page, "Navigasi"),
        changed(page, "Navigasi", string="Navigasi sukit"),
        changed(page, "Navigasi", x=line.x + 2 / scale),
        changed(page, "Pembelian", colour="#2F3350"),
    ]

    differences = [largest_difference(paint_pixels(fault, scale)[..., :3].copy(), golden) for fault in faults]

    assert min(differences) > MOST
