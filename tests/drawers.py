"""What stands in for the painter where the picture isn't the point; importable in worker processes."""

import hashlib
import io
import os
import time
from functools import cache

from PIL import Image

from journey.model import JourneyMap
from renderers.picture import Format, Layout, Picture
from renderers.words import PictureWords

SLOW_SECONDS = 3.0


class PlainRoom:
    """Draws grey pictures at once, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.drawn: list[tuple[JourneyMap, Layout]] = []

    async def draw(
        self, journey_map: JourneyMap, layout: Layout, format: Format, words: PictureWords
    ) -> tuple[Picture, ...]:
        self.drawn.append((journey_map, layout))
        return plain(journey_map, layout, format, words)

    def close(self) -> None:
        """There is nothing to stop."""


def plain(
    journey_map: JourneyMap, layout: Layout, format: Format, words: PictureWords
) -> tuple[Picture, ...]:
    """Return a grey picture for each page."""
    pages = 1 + len(journey_map.stages) if layout is Layout.ALBUM else 1
    return tuple(_grey(page) for page in range(pages))


def crashing(
    journey_map: JourneyMap, layout: Layout, format: Format, words: PictureWords
) -> tuple[Picture, ...]:
    """End the process, as a fault in a C library would."""
    os._exit(3)


def hanging(
    journey_map: JourneyMap, layout: Layout, format: Format, words: PictureWords
) -> tuple[Picture, ...]:
    """Never return."""
    while True:
        pass


def slow(journey_map: JourneyMap, layout: Layout, format: Format, words: PictureWords) -> tuple[Picture, ...]:
    """Keep a processor busy for a while."""
    end = time.monotonic() + SLOW_SECONDS
    while time.monotonic() < end:
        pass
    return plain(journey_map, layout, format, words)


@cache
def _grey(page: int) -> Picture:
    out = io.BytesIO()
    Image.new("L", (108, 135), 40 + 20 * page).save(out, "JPEG")
    content = out.getvalue()
    return Picture(content, f"{page:02}.jpg", 108, 135, "", hashlib.sha256(content).hexdigest())
