"""Story cards of 1080 by 1920 for a status: a cover, then one card a stage; what doesn't fit is counted."""

from journey.model import JourneyMap, Stage
from renderers.display import DisplayList
from renderers.layout.card import CardMaker
from renderers.layout.cover import cover
from renderers.layout.sheet import STORY
from renderers.second import SecondCurve
from renderers.theme import Theme
from renderers.words import PictureWords


def story_cover(
    journey_map: JourneyMap, words: PictureWords, theme: Theme, second: SecondCurve | None = None
) -> DisplayList:
    """Return the first card, the whole journey at a glance."""
    return cover(journey_map, words, theme, second, STORY)


def story_card(journey_map: JourneyMap, stage: Stage, words: PictureWords, theme: Theme) -> DisplayList:
    """Return the one card of a stage of the map."""
    (page,) = CardMaker(journey_map, journey_map.stages.index(stage), words, theme, STORY).pages()
    return page
