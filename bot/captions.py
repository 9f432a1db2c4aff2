"""What stands below a picture: its title, what it is good for, and in words what it shows."""

from conversations.requests import Drawing
from journey.model import JourneyMap
from locales.catalog import Catalog
from renderers.alternative import for_map, for_preview
from renderers.messages import utf16_length
from renderers.words import PictureWords
from renderers.wrapping import ELLIPSIS

LONGEST_CAPTION = 1024
"""Telegram: a caption has at most 1024 UTF-16 units after its entities are parsed."""
LONGEST_SUMMARY = 800
"""UTF-16 units of the picture in words; title and purpose need the rest."""


def caption(catalog: Catalog, drawing: Drawing, journey_map: JourneyMap, words: PictureWords) -> str:
    """Return the caption of a titled map's picture as Telegram HTML, for those who see it and who don't."""
    in_words = for_preview if drawing is Drawing.PREVIEW else for_map
    said = catalog.html(f"caption.{drawing}", title=journey_map.title or "")
    summary = catalog.html("frame.summary", text=fitting(in_words(journey_map, words), LONGEST_SUMMARY))
    return f"{said}\n{summary}"


def fitting(text: str, units: int) -> str:
    """Return a text in at most that many UTF-16 units, cut between words with an ellipsis."""
    if utf16_length(text) <= units:
        return text
    cut = text.encode("utf-16-le")[: 2 * (units - 1)].decode("utf-16-le", "ignore")
    whole, space, _ = cut.rpartition(" ")
    return f"{(whole if space else cut).rstrip()}{ELLIPSIS}"
