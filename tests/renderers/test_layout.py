"""Every legal map is laid out so that nothing overlaps, sticks out or is lost without a sign."""

from collections.abc import Iterator

import pytest

from journey.model import Element
from renderers.display import DisplayList, Path, Text
from renderers.layout.card import card
from renderers.layout.cover import cover
from renderers.layout.portrait import portrait
from renderers.layout.poster import poster
from renderers.layout.preview import preview
from renderers.layout.sheet import ALBUM
from renderers.shaping import shape
from renderers.text import Lettering
from renderers.theme import LIGHT
from renderers.typefaces import Style
from renderers.words import PictureWords
from tests.renderers.lint import defects
from tests.renderers.maps import coffee, fullest, scrambled, unfinished
from tests.renderers.words import ENGLISH, INDONESIAN

PHONE_POINT = 1080 / 390
"""Pixels of a picture 1080 wide in a point of a phone 390 points wide."""
SMALLEST_BODY = 13 * PHONE_POINT


def album_pages(journey_map: object, words: PictureWords) -> Iterator[DisplayList]:
    from journey.model import JourneyMap

    assert isinstance(journey_map, JourneyMap)
    yield cover(journey_map, words, LIGHT)
    for stage in journey_map.stages:
        yield from card(journey_map, stage, words, LIGHT)


@pytest.mark.parametrize("seed", range(150))
def test_random_maps_have_no_defect(seed: int) -> None:
    """Long words, URLs, emoji and many scripts in one to eight stages stay in their cells and readable."""
    journey_map = scrambled(seed)
    words = (INDONESIAN, ENGLISH)[seed % 2]

    found = [
        defect for page in album_pages(journey_map, words) for defect in defects(page, smallest_body=36.0)
    ]
    found += defects(preview(journey_map, words, LIGHT), smallest_body=36.0)
    found += defects(poster(journey_map, words, LIGHT))
    found += defects(portrait(journey_map, words, LIGHT))

    assert found == []


@pytest.mark.parametrize(
    "journey_map", [coffee(), unfinished(), fullest()], ids=lambda journey_map: journey_map.id
)
@pytest.mark.parametrize("words", [INDONESIAN, ENGLISH], ids=["id", "en"])
def test_known_maps_have_no_defect(journey_map: object, words: PictureWords) -> None:
    """The example, an unfinished map and the fullest legal one have no defect in any layout."""
    from journey.model import JourneyMap

    assert isinstance(journey_map, JourneyMap)
    found = [
        defect
        for page in album_pages(journey_map, words)
        for defect in defects(page, smallest_body=SMALLEST_BODY)
    ]
    for lay_out in (preview, poster, portrait):
        found += defects(lay_out(journey_map, words, LIGHT))

    assert found == []


def test_what_is_left_out_is_counted() -> None:
    """On the cards of an overfull stage each element says how many of its six entries are missing."""
    journey_map = fullest()
    pages = card(journey_map, journey_map.stages[0], INDONESIAN, LIGHT)
    written = [
        operation.string for page in pages for operation in page.operations if isinstance(operation, Text)
    ]

    starts = {"Aksi": 0, "Kata": 0, "Tempat": 0, "Keluhan": 0, "Ide": 0}
    for name in starts:
        starts[name] = sum(f"{name} {number}" in string for string in written for number in range(6))
    counted = sum(int(string.split()[0]) for string in written if string.endswith("lagi, lihat teks"))

    assert len(pages) <= ALBUM.pages
    assert min(starts.values()) >= 1
    assert counted + sum(starts.values()) == 6 * 5


def test_every_entry_of_the_example_is_shown() -> None:
    """The worked example loses no word on its cards, on the poster and on the portrait."""
    journey_map = coffee()
    wanted = [
        word
        for stage in journey_map.stages
        for element in Element
        for entry in stage.entries(element)
        for word in entry.text.split()
    ]

    for pages in (
        list(album_pages(journey_map, INDONESIAN)),
        [poster(journey_map, INDONESIAN, LIGHT)],
        [portrait(journey_map, INDONESIAN, LIGHT)],
    ):
        written = " ".join(
            operation.string for page in pages for operation in page.operations if isinstance(operation, Text)
        )
        assert [word for word in wanted if word not in written] == []


@pytest.mark.parametrize("seed", range(0, 150, 20))
def test_widths_are_those_of_the_drawn_letters(seed: int) -> None:
    """The width a layout counts with is the width the painter draws."""
    for page in album_pages(scrambled(seed), INDONESIAN):
        for operation in page.operations:
            if isinstance(operation, Text):
                drawn = operation.size * sum(run.advance for run in shape(operation.style, operation.string))
                assert abs(drawn - operation.width) < 0.01


def test_empty_map_draws() -> None:
    """A map of which nothing is known yet still has a cover and a preview."""
    from dataclasses import replace

    from journey.model import Persona, Shop

    blank = replace(coffee(), title=None, shop=Shop(), goal=None, persona=Persona(), stages=())

    assert defects(cover(blank, INDONESIAN, LIGHT)) == []
    assert defects(preview(blank, INDONESIAN, LIGHT)) == []
    assert defects(poster(blank, INDONESIAN, LIGHT)) == []
    assert defects(portrait(blank, INDONESIAN, LIGHT)) == []


@pytest.mark.parametrize("seed", range(0, 150, 4))
def test_better_feelings_stand_higher(seed: int) -> None:
    """However little room a curve has, its best face is above its worst one."""
    from renderers.display import Box, Canvas
    from renderers.layout import curve

    stages = scrambled(seed).stages
    found = curve.worst_and_best(stages)
    canvas = Canvas(1080, 1350, LIGHT.paper)
    centres = [(place + 0.5) * 1080 / len(stages) for place in range(len(stages))]
    drawn: dict[float, float] = {}
    for look in (curve.CurveLook(40, 8, 1080 / len(stages), Lettering(Style.BOLD, 26, LIGHT.ink)),):
        curve.draw_curve(canvas, Box(0, 0, 1080, 190), centres, stages, look=look, theme=LIGHT)
    faces = [operation for operation in canvas.finish().operations if isinstance(operation, Path)]
    for face in faces:
        if face.fill in LIGHT.feelings:
            x, y = face.outline[0][1]
            drawn[round(x - 40, 1)] = y

    if found:
        worst, best = (drawn[round(centres[place], 1)] for place in found)
        assert worst > best + 20
