"""How feelings moved in one picture: a curve, a row a stage, the same in words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from journey.model import JourneyMap
from renderers.alternative import LONGEST
from renderers.display import DisplayList, Path, Text
from renderers.layout.trend import trend_picture
from renderers.picture import Format, Layout, draw
from renderers.recipe import recipe
from renderers.theme import GRAPHICS_CONTRAST, LIGHT, PRINT, TEXT_CONTRAST, Theme, contrast
from renderers.words import PictureWords
from tests.gallery.maps import eight_stages, one_stage
from tests.renderers.checked import checked
from tests.renderers.colours import strokes_on_grounds, texts_on_grounds
from tests.renderers.lint import defects
from tests.renderers.maps import coffee, fullest, scrambled, unfinished
from tests.renderers.test_layout import SMALLEST_BODY, filled_with
from tests.renderers.words import ENGLISH, INDONESIAN

SEEDS = 60


def strings(page: DisplayList) -> list[str]:
    return [operation.string for operation in page.operations if isinstance(operation, Text)]


def maps() -> Iterator[tuple[str, JourneyMap]]:
    """Yield maps that make the picture show little, much and odd things."""
    yield "finished only", checked(coffee(), 0)
    yield "no feelings", checked(replace(unfinished(), stages=unfinished().stages[-1:]), 0)
    yield from ((f"{months} of coffee", checked(coffee(), months)) for months in (1, 2, 12))
    yield "two years of one stage", checked(one_stage(), 24)
    yield "two years of eight with gaps", checked(eight_stages(), 24, passed_over=3)
    yield "the fullest", checked(fullest(), 5, passed_over=4)
    yield from ((letter, checked(filled_with(letter), 3)) for letter in "Wعক产👍")


@pytest.mark.parametrize("theme", [LIGHT, PRINT], ids=["light", "print"])
@pytest.mark.parametrize("words", [INDONESIAN, ENGLISH], ids=["id", "en"])
def test_any_trend_has_no_defect(words: PictureWords, theme: Theme) -> None:
    """Nothing overlaps, sticks out or gets too small, and no page becomes a thread."""
    for name, journey_map in maps():
        page = trend_picture(journey_map, words, theme)

        assert defects(page, smallest_body=SMALLEST_BODY, theme=theme) == [], name
        assert 1.0 <= page.height / page.width <= 1.78, name


def test_random_trends_have_no_defect() -> None:
    """Long words, URLs, emoji and many scripts for the names of stages."""
    found = {
        seed: wrong
        for seed in range(SEEDS)
        if (
            wrong := defects(
                trend_picture(checked(scrambled(seed), seed % 25, passed_over=seed % 5), INDONESIAN, LIGHT)
            )
        )
    }

    assert found == {}


@pytest.mark.parametrize("theme", [LIGHT, PRINT], ids=["light", "print"])
def test_everything_stands_out_from_what_lies_under_it(theme: Theme) -> None:
    """Each text has 4.5:1 against the shape it is written on, each line and mark 3:1."""
    decoration = {theme.line, theme.line_strong, theme.card}
    page = trend_picture(checked(eight_stages(), 5, passed_over=3), INDONESIAN, theme)

    texts = {(colour, ground) for _, colour, ground in texts_on_grounds(page)}
    strokes = {pair for pair in strokes_on_grounds(page) if pair[0] not in decoration}

    assert [pair for pair in texts if contrast(*pair) < TEXT_CONTRAST] == []
    assert [pair for pair in strokes if contrast(*pair) < GRAPHICS_CONTRAST] == []


def test_a_row_says_from_where_to_where_a_stage_went() -> None:
    """Stage, first and last score; the mean above them all, the days below it."""
    shown = strings(trend_picture(checked(coffee(), 2), INDONESIAN, LIGHT))

    assert {"Kesadaran", "2 Jan 2026 – 3 Mar 2026", "2 Jan", "1 Feb", "3 Mar"} <= set(shown)
    assert shown[shown.index("Kesadaran") + 1] == "4 → 5"


def test_a_mean_that_leaves_stages_out_says_of_how_many_it_is() -> None:
    """In the picture and in its words; a stage without a score at first has a line alone."""
    first, *others = coffee().stages
    whole = checked(coffee(), 2)
    some = checked(replace(coffee(), stages=(replace(first, feelings=()), *others)), 2)
    (told,) = draw(some, Layout.TREND, Format.PNG, INDONESIAN)

    assert "Rata-rata semua tahap" in strings(trend_picture(whole, INDONESIAN, LIGHT))
    assert "Rata-rata 4 dari 5 tahap" in strings(trend_picture(some, INDONESIAN, LIGHT))
    assert "Rata-rata 4 dari 5 tahap: " in told.alternative


def test_what_was_passed_over_is_a_gap() -> None:
    """The line past it is dashed: it claims nothing there."""
    whole, holed = (
        sum(isinstance(shape, Path) and shape.dash == 9.0 for shape in page.operations)
        for page in (
            trend_picture(checked(coffee(), 6), INDONESIAN, LIGHT),
            trend_picture(checked(coffee(), 6, passed_over=4), INDONESIAN, LIGHT),
        )
    )

    assert whole == 0
    assert holed > 0


@pytest.mark.parametrize("words", [INDONESIAN, ENGLISH], ids=["id", "en"])
def test_the_picture_is_told_in_words(words: PictureWords) -> None:
    """Days, means and every stage, short enough for a caption."""
    (picture,) = draw(checked(eight_stages(), 24, passed_over=3), Layout.TREND, Format.JPG, words)
    (short,) = draw(checked(coffee(), 1), Layout.TREND, Format.PNG, words)

    assert 0 < len(picture.alternative) <= LONGEST
    assert "2 Jan 2026" in short.alternative
    assert "Kesadaran: 4 → 4;" in short.alternative
    assert (picture.name, short.width) == ("trend.jpg", 1080)


def test_stages_of_one_name_are_told_one_by_one() -> None:
    """Nothing is lost where two are called alike."""
    first, second, *others = coffee().stages
    alike = replace(coffee(), stages=(first, replace(second, name=first.name), *others))
    (picture,) = draw(checked(alike, 1), Layout.TREND, Format.PNG, INDONESIAN)

    assert picture.alternative.count(f"{first.name}: ") == 2


def test_days_are_those_of_the_times_own_clock() -> None:
    """Late in the evening by UTC it is the next day in Indonesia, and another picture."""
    journey_map = checked(coffee(), 1)
    later = tuple(
        replace(found, taken=found.taken.replace(hour=20).astimezone(timezone(timedelta(hours=7))))
        for found in journey_map.checkins
    )
    moved = replace(journey_map, checkins=later)

    assert "3 Jan 2026 – 2 Feb 2026" in strings(trend_picture(moved, INDONESIAN, LIGHT))
    one, other = (recipe(found, Layout.TREND, Format.JPG, INDONESIAN) for found in (journey_map, moved))
    assert one != other


def test_a_check_in_leaves_the_other_pictures_as_they_are() -> None:
    """They are sent again without being drawn."""
    before, after = checked(coffee(), 1), checked(coffee(), 2)
    recipes = [
        [recipe(found, layout, Format.JPG, INDONESIAN) for found in (before, after)]
        for layout in (Layout.ALBUM, Layout.TREND)
    ]

    (album, same_album), (trend, other_trend) = recipes
    assert album == same_album
    assert trend != other_trend
