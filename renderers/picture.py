"""The public door: a map goes in, finished pictures with their text alternatives come out."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from journey.model import JourneyMap
from renderers.alternative import (
    for_comparison,
    for_cover,
    for_further_card,
    for_map,
    for_preview,
    for_stage,
    for_trend,
)
from renderers.display import DisplayList
from renderers.layout.card import card
from renderers.layout.comparison import comparison
from renderers.layout.cover import cover
from renderers.layout.portrait import portrait
from renderers.layout.poster import poster
from renderers.layout.preview import preview
from renderers.layout.story import story_card, story_cover
from renderers.layout.trend import trend_picture
from renderers.pdf import write_pdf
from renderers.second import SecondCurve
from renderers.svg import write_svg
from renderers.theme import LIGHT, Theme
from renderers.words import PictureWords

LONG_SIDE = 2560
"""Pixels: what Telegram's clients keep of a picture since 2023."""


class Layout(StrEnum):
    """A way to lay out a map."""

    ALBUM = "album"
    PORTRAIT = "portrait"
    POSTER = "poster"
    STORY = "story"
    PREVIEW = "preview"
    COMPARISON = "comparison"
    """Before and after: takes a second curve that knows what changed."""
    TREND = "trend"
    """How feelings moved over the check-ins; the days are those of the times' own clocks."""


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
    enlarged: bool = False
    """Whether it is drawn as large as the long side allows, not at the size of its design."""

    @property
    def scale(self) -> float:
        longest = max(self.drawn.width, self.drawn.height)
        return LONG_SIDE / longest if self.enlarged or longest > LONG_SIDE else 1.0


def draw(
    journey_map: JourneyMap,
    layout: Layout,
    format: Format,
    words: PictureWords,
    *,
    theme: Theme = LIGHT,
    second: SecondCurve | None = None,
) -> tuple[Picture, ...]:
    """Return a map in a layout and format, perhaps with a second curve beside its own.

    One file a page, in order; album and story as PDF are one file of many pages.
    """
    pages = _pages(journey_map, layout, words, theme, second)
    title, language = journey_map.title or words.heading, journey_map.language.value
    if format is Format.PDF and len(pages) > 1:
        drawn = [page.drawn for page in pages]
        content = write_pdf(drawn, title=title, language=language)
        size = int(drawn[0].width), int(drawn[0].height)
        return (_picture(content, f"{layout.value}.pdf", *size, for_map(journey_map, words, second)),)
    return tuple(_painted(page, format, title=title, language=language) for page in pages)


def _pages(
    journey_map: JourneyMap,
    layout: Layout,
    words: PictureWords,
    theme: Theme,
    second: SecondCurve | None,
) -> list[_Page]:
    match layout:
        case Layout.ALBUM:
            first = _Page(
                cover(journey_map, words, theme, second), "00-cover", for_cover(journey_map, words, second)
            )
            return [first, *_cards(journey_map, words, theme)]
        case Layout.STORY:
            first = _Page(
                story_cover(journey_map, words, theme, second),
                "00-cover",
                for_cover(journey_map, words, second),
            )
            stages = [
                _Page(story_card(journey_map, stage, words, theme), f"{number:02}", alternative)
                for number, stage in enumerate(journey_map.stages, 1)
                for alternative in (for_stage(journey_map, stage, words),)
            ]
            return [first, *stages]
        case Layout.PORTRAIT:
            drawn = portrait(journey_map, words, theme, second)
            return [_Page(drawn, "portrait", for_map(journey_map, words, second), enlarged=True)]
        case Layout.POSTER:
            drawn = poster(journey_map, words, theme, second)
            return [_Page(drawn, "poster", for_map(journey_map, words, second), enlarged=True)]
        case Layout.COMPARISON:
            if second is None or second.comparison is None:
                raise ValueError("before and after takes a second curve with its comparison")
            drawn = comparison(journey_map, words, theme, second, second.comparison)
            return [_Page(drawn, "comparison", for_comparison(journey_map, words, second))]
        case Layout.TREND:
            drawn = trend_picture(journey_map, words, theme)
            return [_Page(drawn, "trend", for_trend(journey_map, words))]
        case Layout.PREVIEW:
            return [_Page(preview(journey_map, words, theme), "preview", for_preview(journey_map, words))]


def _cards(journey_map: JourneyMap, words: PictureWords, theme: Theme) -> list[_Page]:
    """Return the cards of all stages; a stage's further cards are named ``03b``, ``03c``."""
    pages = []
    for number, stage in enumerate(journey_map.stages, 1):
        first, *further = card(journey_map, stage, words, theme)
        pages.append(_Page(first, f"{number:02}", for_stage(journey_map, stage, words)))
        alternative = for_further_card(journey_map, stage, words)
        pages += [
            _Page(drawn, f"{number:02}{letter}", alternative)
            for drawn, letter in zip(further, "bc"[: len(further)], strict=True)
        ]
    return pages


def _painted(page: _Page, format: Format, *, title: str, language: str) -> Picture:
    """Paint a page into a file of its own."""
    from renderers import encoding, layers, painter  # matplotlib takes half a second to import

    drawn = page.drawn
    width, height = int(drawn.width), int(drawn.height)
    match format:
        case Format.PDF:
            content = write_pdf([drawn], title=title, language=language)
        case Format.SVG:
            content = write_svg(drawn, title=title, description=page.alternative, language=language)
        case Format.PNG:
            width, height = layers.size(drawn, page.scale)
            content = encoding.png_of_bands(painter.paint_bands(drawn, page.scale), width, height)
        case Format.JPG:
            width, height = layers.size(drawn, page.scale)
            content = encoding.jpeg(painter.paint_pixels(drawn, page.scale))
    return _picture(content, f"{page.name}.{format.value}", width, height, page.alternative)


def _picture(content: bytes, name: str, width: int, height: int, alternative: str) -> Picture:
    return Picture(content, name, width, height, alternative, hashlib.sha256(content).hexdigest())
