"""The public doors: a map goes in, finished pictures with their text alternatives come out."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from journey.model import JourneyMap
from renderers.alternative import for_cover, for_map, for_preview, for_stage
from renderers.display import DisplayList
from renderers.layout.card import card
from renderers.layout.cover import cover
from renderers.layout.portrait import portrait
from renderers.layout.poster import poster
from renderers.layout.preview import preview
from renderers.theme import LIGHT, Theme
from renderers.words import PictureWords

POSTER_WIDTH = 2560
"""Pixels: the long side that Telegram's clients keep since 2023."""
_POSTER_MOST_HIGH = 5000
"""Pixels; keeps width and height of a poster below 10,000 together, as sendPhoto asks."""


class Layout(StrEnum):
    """A way to lay out a map."""

    ALBUM = "album"
    PORTRAIT = "portrait"
    POSTER = "poster"
    PREVIEW = "preview"


class Format(StrEnum):
    """A file format of a picture."""

    PNG = "png"
    JPG = "jpg"
    PDF = "pdf"
    SVG = "svg"


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished file, sized in pixels (PDF and SVG: units of the design); ``digest`` is its SHA-256."""

    content: bytes
    name: str
    width: int
    height: int
    alternative: str
    digest: str


@dataclass(frozen=True, slots=True)
class _Page:
    drawn: DisplayList
    name: str
    alternative: str
    pixels: int | None = None
    """Width in pixels, the design's own when None."""


def draw_album(journey_map: JourneyMap, words: PictureWords) -> tuple[Picture, ...]:
    """Return a cover and the cards of each stage as JPEG, 1080 by 1350."""
    return _each(_album(journey_map, words, LIGHT), Format.JPG)


def draw_preview(journey_map: JourneyMap, words: PictureWords) -> Picture:
    """Return the unfinished map so far as one JPEG."""
    return _each(_preview(journey_map, words, LIGHT), Format.JPG)[0]


def draw_poster(journey_map: JourneyMap, words: PictureWords, format: Format) -> Picture:
    """Return the whole map side by side, for print or a large screen."""
    return _each(_poster(journey_map, words, LIGHT), format)[0]


def draw_portrait(journey_map: JourneyMap, words: PictureWords, format: Format) -> Picture:
    """Return the whole map in one tall picture, to forward."""
    return _each(_portrait(journey_map, words, LIGHT), format)[0]


def draw(journey_map: JourneyMap, layout: Layout, format: Format, words: PictureWords) -> tuple[Picture, ...]:
    """Return a map in a layout and format; an album as PDF is one file, otherwise one file a page."""
    match layout:
        case Layout.ALBUM:
            pages = _album(journey_map, words, LIGHT)
        case Layout.PORTRAIT:
            pages = _portrait(journey_map, words, LIGHT)
        case Layout.POSTER:
            pages = _poster(journey_map, words, LIGHT)
        case Layout.PREVIEW:
            pages = _preview(journey_map, words, LIGHT)
    if format is Format.PDF and len(pages) > 1:
        return (_bound(pages, for_map(journey_map, words)),)
    return _each(pages, format)


def _album(journey_map: JourneyMap, words: PictureWords, theme: Theme) -> list[_Page]:
    pages = [_Page(cover(journey_map, words, theme), "00-cover", for_cover(journey_map, words))]
    for place, stage in enumerate(journey_map.stages):
        for order, drawn in enumerate(card(journey_map, stage, words, theme)):
            suffix = chr(ord("a") + order) if order else ""
            pages.append(_Page(drawn, f"{place + 1:02}{suffix}", for_stage(journey_map, stage, words)))
    return pages


def _preview(journey_map: JourneyMap, words: PictureWords, theme: Theme) -> list[_Page]:
    return [_Page(preview(journey_map, words, theme), "preview", for_preview(journey_map, words))]


def _portrait(journey_map: JourneyMap, words: PictureWords, theme: Theme) -> list[_Page]:
    drawn = portrait(journey_map, words, theme)
    return [_Page(drawn, "portrait", for_map(journey_map, words))]


def _poster(journey_map: JourneyMap, words: PictureWords, theme: Theme) -> list[_Page]:
    drawn = poster(journey_map, words, theme)
    fitting = min(POSTER_WIDTH, int(_POSTER_MOST_HIGH * drawn.width / drawn.height))
    return [_Page(drawn, "poster", for_map(journey_map, words), fitting)]


def _each(pages: Sequence[_Page], format: Format) -> tuple[Picture, ...]:
    """Paint every page into a file of its own."""
    return tuple(_painted(page, format) for page in pages)


def _painted(page: _Page, format: Format) -> Picture:
    from renderers import encoding, painter  # matplotlib takes half a second to import

    drawn = page.drawn
    width, height = int(drawn.width), int(drawn.height)
    match format:
        case Format.PDF:
            content = painter.paint_pdf([drawn])
        case Format.SVG:
            content = painter.paint_svg(drawn)
        case Format.PNG | Format.JPG:
            pixels = painter.paint_pixels(drawn, (page.pixels or drawn.width) / drawn.width)
            height, width = pixels.shape[:2]
            content = encoding.png(pixels) if format is Format.PNG else encoding.jpeg(pixels)
    return _picture(content, f"{page.name}.{format.value}", width, height, page.alternative)


def _bound(pages: Sequence[_Page], alternative: str) -> Picture:
    """Paint all pages into one PDF."""
    from renderers import painter

    drawn = [page.drawn for page in pages]
    content = painter.paint_pdf(drawn)
    return _picture(content, "album.pdf", int(drawn[0].width), int(drawn[0].height), alternative)


def _picture(content: bytes, name: str, width: int, height: int, alternative: str) -> Picture:
    return Picture(content, name, width, height, alternative, hashlib.sha256(content).hexdigest())
