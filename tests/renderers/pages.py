"""Every page that a map can be laid out on, as display lists."""

from collections.abc import Iterator

from journey.model import JourneyMap
from renderers.display import DisplayList
from renderers.layout.card import card
from renderers.layout.cover import cover
from renderers.layout.portrait import portrait
from renderers.layout.poster import poster
from renderers.layout.preview import preview
from renderers.layout.story import story_card, story_cover
from renderers.second import Against, SecondCurve
from renderers.theme import LIGHT, Theme
from renderers.words import PictureWords


def phone_pages(
    journey_map: JourneyMap, words: PictureWords, theme: Theme = LIGHT, second: SecondCurve | None = None
) -> Iterator[tuple[str, DisplayList]]:
    """Yield the pages that are read on a phone without zooming, each with its name."""
    yield "cover", cover(journey_map, words, theme, second)
    yield "story cover", story_cover(journey_map, words, theme, second)
    yield "preview", preview(journey_map, words, theme)
    for stage in journey_map.stages:
        yield f"story {stage.id}", story_card(journey_map, stage, words, theme)
        for number, page in enumerate(card(journey_map, stage, words, theme)):
            yield f"card {stage.id}.{number}", page


def whole_pages(
    journey_map: JourneyMap, words: PictureWords, theme: Theme = LIGHT, second: SecondCurve | None = None
) -> Iterator[tuple[str, DisplayList]]:
    """Yield the pages that hold the whole map, each with its name."""
    yield "poster", poster(journey_map, words, theme, second)
    yield "portrait", portrait(journey_map, words, theme, second)


def mirrored(journey_map: JourneyMap, against: Against = Against.BEFORE) -> SecondCurve:
    """Return a second curve that is good where the map is bad, with a gap at the third stage."""
    scores = tuple(
        None if stage.score is None or place == 2 else 6 - stage.score
        for place, stage in enumerate(journey_map.stages)
    )
    return SecondCurve(against, scores, "Pelanggan lama", 4)
