"""What a map is called."""

from journey.limits import TITLE_LENGTH
from journey.model import JourneyMap


def title_of(journey_map: JourneyMap, *, untitled: str) -> str:
    """Return the map's title; without one the persona and the shop, ``untitled`` when both are unknown."""
    if journey_map.title:
        return journey_map.title
    persona = journey_map.persona.name.text if journey_map.persona.name else ""
    parts = [part for part in (persona, journey_map.shop.name or "") if part]
    return shortened(" · ".join(parts) or untitled, TITLE_LENGTH)


def shortened(text: str, length: int) -> str:
    """Return the text in at most ``length`` characters, with an ellipsis where it was cut."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
