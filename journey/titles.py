"""What a map is called."""

from journey.limits import TITLE_LENGTH
from journey.model import JourneyMap


def title_of(journey_map: JourneyMap, *, untitled: str) -> str:
    """Return the map's title; without one the persona and the shop, ``untitled`` when both are unknown.

    A shop that doesn't fit behind the persona is left out: it has its own line wherever a title is shown.
    """
    if journey_map.title:
        return journey_map.title
    persona = journey_map.persona.name.text if journey_map.persona.name else ""
    shop = journey_map.shop.name or ""
    both = f"{persona} · {shop}"
    if persona and shop and len(both) <= TITLE_LENGTH:
        return both
    return shortened(persona or shop or untitled, TITLE_LENGTH)


def shortened(text: str, length: int) -> str:
    """Return the text in at most ``length`` characters, its last mark an ellipsis where it was cut."""
    return text if len(text) <= length else text[: length - 1].rstrip(" \n\t.,;:…") + "…"
