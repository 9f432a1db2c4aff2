"""Colours: read by everybody, told apart by colour-blind readers and on a printer without colours."""

import itertools

import pytest

from journey.model import JourneyMap
from renderers.theme import (
    GRAPHICS_CONTRAST,
    LIGHT,
    PRINT,
    TEXT_CONTRAST,
    THEMES,
    Accent,
    Theme,
    contrast,
    luminance,
    with_accent,
)
from tests.renderers.colours import (
    BLINDNESS,
    NORMAL,
    Matrix,
    distance,
    nearest_neighbours,
    strokes_on_grounds,
    texts_on_grounds,
)
from tests.renderers.maps import coffee, fullest, unfinished
from tests.renderers.pages import mirrored, phone_pages, whole_pages
from tests.renderers.words import INDONESIAN

PINK = with_accent(LIGHT, "#FF7BAC")
AT_A_GLANCE = 10.0


@pytest.mark.parametrize("theme", [LIGHT, PRINT, PINK], ids=["light", "print", "pink"])
@pytest.mark.parametrize(
    "journey_map", [coffee(), fullest(), unfinished()], ids=lambda journey_map: journey_map.id
)
def test_every_text_stands_out_from_what_lies_under_it(theme: Theme, journey_map: JourneyMap) -> None:
    """On every page each text has 4.5:1 against the shape it is written on, each line and mark 3:1."""
    second = mirrored(journey_map)
    decoration = {theme.line, theme.line_strong, theme.card}
    texts, strokes = set(), set()
    for _, page in itertools.chain(
        phone_pages(journey_map, INDONESIAN, theme, second),
        whole_pages(journey_map, INDONESIAN, theme, second),
    ):
        texts |= {(colour, ground) for _, colour, ground in texts_on_grounds(page)}
        strokes |= {pair for pair in strokes_on_grounds(page) if pair[0] not in decoration}

    assert [pair for pair in sorted(texts) if contrast(*pair) < TEXT_CONTRAST] == []
    assert [pair for pair in sorted(strokes) if contrast(*pair) < GRAPHICS_CONTRAST] == []
    assert len(texts) > 8
    assert len(strokes) > 3


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_tokens_keep_their_contrast(theme: Theme) -> None:
    """Every ink reads on every ground it may meet, also those that the maps of the tests don't show."""

    def pairs_of(accent: Accent) -> list[tuple[str, str]]:
        return [(accent.ink, accent.ground), (accent.strong, accent.ground), (theme.on_strong, accent.strong)]

    inks, grounds = (theme.ink, theme.ink_soft, theme.ink_quiet, theme.accent), (theme.paper, theme.card)
    pairs = [*itertools.product(inks, grounds)]
    pairs += [pair for accent in (*theme.stages, theme.pain, theme.opportunity) for pair in pairs_of(accent)]
    pairs += [(theme.ink, ground) for ground in (theme.positive_ground, theme.negative_ground)]

    assert [pair for pair in pairs if contrast(*pair) < TEXT_CONTRAST] == []
    assert [colour for colour in theme.feelings if contrast(theme.ink, colour) < GRAPHICS_CONTRAST] == []


@pytest.mark.parametrize("sight", [NORMAL, *BLINDNESS.values()], ids=["normal", *BLINDNESS])
def test_colour_blind_readers_tell_complaints_from_ideas(sight: Matrix) -> None:
    """Complaints and ideas, neighbouring feelings and both halves of the curve look different."""
    assert distance(LIGHT.pain.strong, LIGHT.opportunity.strong, sight) > 5 * AT_A_GLANCE
    assert distance(LIGHT.pain.ink, LIGHT.opportunity.ink, sight) > 2 * AT_A_GLANCE
    assert distance(LIGHT.positive_area, LIGHT.negative_area, sight) > AT_A_GLANCE
    assert nearest_neighbours(LIGHT.feelings, sight) > AT_A_GLANCE
    first, *_, last = LIGHT.feelings
    assert distance(first, last, sight) > 5 * AT_A_GLANCE


def test_red_and_green_would_not_do() -> None:
    """The measure finds the pair fault that it is there for."""
    assert (
        distance("#C62828", "#2E7D32", BLINDNESS["deuteranopia"])
        < 2 * AT_A_GLANCE
        < distance("#C62828", "#2E7D32")
    )


def test_print_needs_no_colour() -> None:
    """Everything of the print theme is grey; complaints and ideas differ in ground and in frame."""
    colours = {
        *PRINT.feelings,
        PRINT.pain.ground,
        PRINT.pain.strong,
        PRINT.opportunity.ground,
        PRINT.curve,
        PRINT.accent,
        *(stage.strong for stage in PRINT.stages),
    }

    assert [colour for colour in sorted(colours) if len({colour[1:3], colour[3:5], colour[5:7]}) > 1] == []
    assert contrast(PRINT.pain.ground, PRINT.opportunity.ground) > 1.2
    assert (PRINT.pain.dash is None) != (PRINT.opportunity.dash is None)
    assert sorted(PRINT.feelings, key=luminance) == list(PRINT.feelings)
    assert nearest_neighbours(PRINT.feelings, NORMAL) > AT_A_GLANCE / 2


@pytest.mark.parametrize("colour", ["#FFD400", "#00E676", "#FFFFFF", "#E91E63", "#101010"])
def test_a_shops_colour_is_darkened_until_it_reads(colour: str) -> None:
    """A pale accent is darkened, a readable one is kept; the rest of the theme stays."""
    accented = with_accent(LIGHT, colour)

    grounds = (LIGHT.paper, LIGHT.card, LIGHT.positive_ground, LIGHT.negative_ground)
    assert min(contrast(accented.accent, ground) for ground in grounds) >= TEXT_CONTRAST
    readable = min(contrast(colour, ground) for ground in grounds) >= TEXT_CONTRAST
    assert (accented.accent == colour) is readable
    assert accented.pain == LIGHT.pain


def test_an_accent_like_the_second_curve_takes_its_colour_away() -> None:
    """Both curves stay apart in colour, and print takes none."""
    accented = with_accent(LIGHT, LIGHT.second_curve)

    assert distance(accented.curve, accented.second_curve) > AT_A_GLANCE
    with pytest.raises(ValueError, match="black and white"):
        with_accent(PRINT, "#FF0000")


@pytest.mark.parametrize("colour", ["red", "#FFF", "#12345G", "", "#1234567"])
def test_a_wrong_colour_is_named(colour: str) -> None:
    """What is no colour is refused with the value."""
    with pytest.raises(ValueError, match="#RRGGBB"):
        with_accent(LIGHT, colour)
