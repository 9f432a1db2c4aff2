"""What stands in for the painter where the picture isn't the point; importable in worker processes."""

import hashlib
import io
import os
import time
from functools import cache

from PIL import Image

from journey.model import JourneyMap
from renderers.picture import Format, Layout, Picture
from renderers.second import SecondCurve
from renderers.theme import LIGHT, Theme
from renderers.words import PictureWords

SLOW_SECONDS = 3.0
MANY = (Layout.ALBUM, Layout.STORY)


class PlainRoom:
    """Draws grey pictures at once, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.drawn: list[tuple[JourneyMap, Layout]] = []

    async def draw(
        self,
        journey_map: JourneyMap,
        layout: Layout,
        format: Format,
        words: PictureWords,
        *,
        theme: Theme = LIGHT,
        second: SecondCurve | None = None,
    ) -> tuple[Picture, ...]:
        self.drawn.append((journey_map, layout))
        return plain(journey_map, layout, format, words, theme=theme)

    def close(self) -> None:
        """There is nothing to stop."""


def plain(
    journey_map: JourneyMap,
    layout: Layout,
    format: Format,
    words: PictureWords,
    *,
    theme: Theme = LIGHT,
    second: SecondCurve | None = None,
) -> tuple[Picture, ...]:
    """Return a grey picture for each page; documents say what they are, and are no pictures."""
    if format is not Format.JPG:
        return (_file(f"{layout} {format} {theme.paper} {theme.ink}".encode(), f"{layout}.{format}"),)
    pages = 1 + len(journey_map.stages) if layout in MANY else 1
    first = 20 * list(Layout).index(layout)
    return tuple(_grey(page, first + page) for page in range(pages))


def crashing(
    journey_map: JourneyMap,
    layout: Layout,
    format: Format,
    words: PictureWords,
    *,
    theme: Theme = LIGHT,
    second: SecondCurve | None = None,
) -> tuple[Picture, ...]:
    """End the process, as a fault in a C library would."""
    os._exit(3)


def hanging(
    journey_map: JourneyMap,
    layout: Layout,
    format: Format,
    words: PictureWords,
    *,
    theme: Theme = LIGHT,
    second: SecondCurve | None = None,
) -> tuple[Picture, ...]:
    """Never return."""
    while True:
        pass


def slow(
    journey_map: JourneyMap,
    layout: Layout,
    format: Format,
    words: PictureWords,
    *,
    theme: Theme = LIGHT,
    second: SecondCurve | None = None,
) -> tuple[Picture, ...]:
    """Keep a processor busy for a while."""
    end = time.monotonic() + SLOW_SECONDS
    while time.monotonic() < end:
        pass
    return plain(journey_map, layout, format, words, theme=theme)


@cache
def _grey(page: int, shade: int) -> Picture:
    out = io.BytesIO()
    Image.new("L", (108, 135), 40 + shade).save(out, "JPEG")
    return _file(out.getvalue(), f"{page:02}.jpg")


def _file(content: bytes, name: str) -> Picture:
    return Picture(content, name, 108, 135, "", hashlib.sha256(content).hexdigest())
