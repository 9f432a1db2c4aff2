"""What a wish for a picture comes to: the map with its title, shape, words, second curve and recipe."""

from dataclasses import dataclass, replace

from bot.shapes import SHAPE_OF, Shape
from bot.wishes import Wish
from conversations.requests import Drawing
from journey.model import JourneyMap
from journey.sharing import without_customers_numbers
from renderers.messages import Messages
from renderers.recipe import recipe
from renderers.second import SecondCurve, before_and_after
from renderers.words import PictureWords


@dataclass(frozen=True, slots=True)
class Brief:
    """A wish with all that the drawing needs: the titled map, its shape and words, and its recipe.

    The map is as everybody may see it, as pictures are passed on: without customers' numbers.
    ``second`` is a second curve, with what changed since, when two versions are compared.
    """

    wish: Wish
    drawing: Drawing
    journey_map: JourneyMap
    shape: Shape
    words: PictureWords
    recipe: str
    second: SecondCurve | None = None


def brief_of(wish: Wish, drawing: Drawing, messages: Messages) -> Brief:
    """Return all that drawing the wish needs."""
    shape = SHAPE_OF[drawing]
    checkins = messages.as_told(wish.journey_map.checkins, wish.language)
    seen = without_customers_numbers(wish.journey_map)
    titled = replace(seen, title=messages.title(seen, wish.language), checkins=checkins)
    words = messages.picture_words(wish.language)
    second = _second(wish, seen, messages)
    found = recipe(titled, shape.layout, shape.format, words, theme=shape.theme, second=second)
    return Brief(wish, drawing, titled, shape, words, found, second)


def _second(wish: Wish, after: JourneyMap, messages: Messages) -> SecondCurve | None:
    if wish.before is None:
        return None
    before = without_customers_numbers(wish.before)
    earlier, later = (
        messages.short_day(version.finished or version.changed, wish.language) for version in (before, after)
    )
    return before_and_after(before, after, (earlier, later))
