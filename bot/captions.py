"""What stands below a picture: its title, what it is good for, and in words what it shows."""

import re

from conversations.requests import DataFile, Drawing
from journey.model import JourneyMap
from locales.catalog import Catalog
from renderers.alternative import (
    for_comparison,
    for_cover,
    for_further_card,
    for_map,
    for_preview,
    for_stage,
    for_trend,
)
from renderers.messages import utf16_length
from renderers.second import SecondCurve
from renderers.words import PictureWords
from renderers.wrapping import ELLIPSIS

LONGEST_CAPTION = 1024
"""Telegram: a caption has at most 1024 UTF-16 units after its entities are parsed."""
LONGEST_SUMMARY = 800
"""UTF-16 units of the picture in words; title and purpose need the rest."""
_CARD = re.compile("([0-9]+)([a-z]?)")


def caption(
    catalog: Catalog,
    drawing: Drawing,
    journey_map: JourneyMap,
    words: PictureWords,
    second: SecondCurve | None = None,
) -> str:
    """Return the caption of a picture of a titled map as Telegram HTML, for who sees it and who doesn't."""
    if second is not None and second.comparison is not None:
        told = for_comparison(journey_map, words, second)
    elif drawing is Drawing.TREND:
        told = for_trend(journey_map, words)
    else:
        told = (for_preview if drawing is Drawing.PREVIEW else for_map)(journey_map, words)
    said = heading(catalog, drawing, journey_map)
    summary = catalog.html("frame.summary", text=fitting(told, LONGEST_SUMMARY))
    return f"{said}\n{summary}"


def heading(catalog: Catalog, drawing: Drawing, journey_map: JourneyMap) -> str:
    """Return what stands above an album as Telegram HTML: its title and what it is good for.

    A message of its own, as Telegram shows a caption below an album only when one picture alone has one;
    those of its cards are read, or read aloud, where a card is opened.
    """
    return catalog.html(f"caption.{drawing}", title=journey_map.title or "")


def data_caption(catalog: Catalog, file: DataFile, title: str) -> str:
    """Return what stands below a data file as Telegram HTML: its title and what it is good for."""
    return catalog.html(f"caption.{file}", title=title)


def card_caption(catalog: Catalog, name: str, journey_map: JourneyMap, words: PictureWords) -> str:
    """Return in words what a picture of an album shows as Telegram HTML, empty for one of no stage.

    The name tells what it is, so that a picture sent again need not be drawn to be told: ``00-cover.jpg``,
    ``03.jpg`` for the third stage, ``03b.jpg`` for a further card of it.
    """
    found = _CARD.match(name)
    number = int(found[1]) if found else len(journey_map.stages) + 1
    if found is None or number > len(journey_map.stages):
        return ""
    if number == 0:
        told = for_cover(journey_map, words)
    else:
        in_words = for_further_card if found[2] else for_stage
        told = in_words(journey_map, journey_map.stages[number - 1], words)
    return catalog.html("frame.summary", text=fitting(told, LONGEST_CAPTION))


def fitting(text: str, units: int) -> str:
    """Return a text in at most that many UTF-16 units, cut between words with an ellipsis."""
    if utf16_length(text) <= units:
        return text
    cut = text.encode("utf-16-le")[: 2 * (units - 1)].decode("utf-16-le", "ignore")
    whole, space, _ = cut.rpartition(" ")
    return f"{(whole if space else cut).rstrip()}{ELLIPSIS}"
