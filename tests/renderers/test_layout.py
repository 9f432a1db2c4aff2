"""Every legal map is laid out so that nothing overlaps, sticks out or is lost without a sign."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pytest

from journey.model import Element, Entry, JourneyMap, Persona, PersonaField, Shop, Stage
from renderers.display import Box, Canvas, DisplayList, Path, Text
from renderers.layout import curve
from renderers.layout.card import card
from renderers.layout.portrait import portrait
from renderers.layout.poster import poster
from renderers.layout.sheet import ALBUM
from renderers.layout.story import story_card
from renderers.shaping import shape
from renderers.text import Lettering
from renderers.theme import LIGHT, PRINT, Theme
from renderers.typefaces import Style
from renderers.words import PictureWords
from tests.renderers.colours import extent
from tests.renderers.lint import defects
from tests.renderers.maps import coffee, fullest, scrambled, unfinished
from tests.renderers.pages import mirrored, phone_pages, whole_pages
from tests.renderers.words import ENGLISH, INDONESIAN

PHONE_POINT = 1080 / 390
"""Pixels of a picture 1080 wide in a point of a phone 390 points wide."""
SMALLEST_BODY = 13 * PHONE_POINT
ALL_SEEDS, SEEDS_AT_A_TIME = 1_000, 20
TALLEST = {"poster": 0.95, "portrait": 2.2}
"""Height of a page as times of its width: the poster lies, the portrait doesn't become a thread."""


def found_defects(journey_map: JourneyMap, words: PictureWords, theme: Theme = LIGHT) -> list[str]:
    """Return what is wrong with any page of a map, with a second curve on every third one."""
    second = mirrored(journey_map) if len(journey_map.stages) % 3 == 0 else None
    found = [
        f"{name}: {defect}"
        for name, page in phone_pages(journey_map, words, theme, second)
        for defect in defects(page, smallest_body=SMALLEST_BODY, theme=theme)
    ]
    for name, page in whole_pages(journey_map, words, theme, second):
        found += [f"{name}: {defect}" for defect in defects(page, theme=theme)]
        if page.height > page.width * TALLEST[name] + 1:
            found.append(f"{name}: {page.height / page.width:.2f} times as high as wide")
    return found


@pytest.mark.parametrize("start", range(0, ALL_SEEDS, SEEDS_AT_A_TIME))
def test_random_maps_have_no_defect(start: int) -> None:
    """Long words, URLs, emoji and many scripts in one to eight stages stay in their cells and readable."""
    found = {
        seed: defects_of_it
        for seed in range(start, start + SEEDS_AT_A_TIME)
        if (
            defects_of_it := found_defects(
                scrambled(seed), (INDONESIAN, ENGLISH)[seed % 2], (LIGHT, PRINT)[seed % 5 == 0]
            )
        )
    }

    assert found == {}


@pytest.mark.parametrize(
    "journey_map", [coffee(), unfinished(), fullest()], ids=lambda journey_map: journey_map.id
)
@pytest.mark.parametrize("words", [INDONESIAN, ENGLISH], ids=["id", "en"])
@pytest.mark.parametrize("theme", [LIGHT, PRINT], ids=["light", "print"])
def test_known_maps_have_no_defect(journey_map: JourneyMap, words: PictureWords, theme: Theme) -> None:
    """The example, an unfinished map and the fullest legal one have no defect in any layout."""
    assert found_defects(journey_map, words, theme) == []


@pytest.mark.parametrize("letter", ["W", "i", "ꦏ", "ع", "产", "👍", "क"])
def test_full_maps_of_one_letter_have_no_defect(letter: str) -> None:
    """Eight stages in which every text is as long as it may be and made of one sign."""
    assert found_defects(filled_with(letter), INDONESIAN) == []


def filled_with(letter: str) -> JourneyMap:
    """Return the fullest map with every text made of one sign."""
    journey_map = fullest()

    def all_of(text: str) -> str:
        return letter * len(text)

    def entries(found: Iterable[Entry]) -> tuple[Entry, ...]:
        return tuple(replace(entry, text=all_of(entry.text)) for entry in found)

    persona = journey_map.persona
    for field in PersonaField:
        entry = persona.field(field)
        persona = persona.with_field(field, entry and replace(entry, text=all_of(entry.text)))
    stages = tuple(
        replace(
            stage,
            name=all_of(stage.name),
            actions=entries(stage.actions),
            thoughts=entries(stage.thoughts),
            touchpoints=entries(stage.touchpoints),
            pains=entries(stage.pains),
            opportunities=entries(stage.opportunities),
            feelings=tuple(replace(feeling, text=all_of(feeling.text)) for feeling in stage.feelings),
        )
        for stage in journey_map.stages
    )
    return replace(journey_map, title=letter * 40, persona=persona, stages=stages)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("“Mahal”", "“Mahal”"),
        ('"Enak" katanya, tapi "mahal"', '“"Enak" katanya, tapi "mahal"”'),
        ('Kata temanku "enak"', '“Kata temanku "enak"”'),
        ("Enak", "“Enak”"),
    ],
)
def test_quotation_marks_of_the_owner_stay(typed: str, shown: str) -> None:
    """Only a pair that encloses the whole thought gives way to the picture's own."""
    stage = replace(coffee().stages[0], thoughts=(Entry(typed),))

    lines = lettered(card(replace(coffee(), stages=(stage,)), stage, INDONESIAN, LIGHT))

    assert shown in " ".join(lines)


def lettered(pages: Iterable[DisplayList]) -> list[str]:
    """Return the lines of text on pages."""
    return [
        operation.string for page in pages for operation in page.operations if isinstance(operation, Text)
    ]


def pages_of_a_stage(journey_map: JourneyMap) -> Iterator[list[DisplayList]]:
    stage = journey_map.stages[0]
    yield list(card(journey_map, stage, INDONESIAN, LIGHT))
    yield [story_card(journey_map, stage, INDONESIAN, LIGHT)]
    alone = replace(journey_map, stages=(stage,))
    yield [poster(alone, INDONESIAN, LIGHT)]
    yield [portrait(alone, INDONESIAN, LIGHT)]


def test_what_is_left_out_of_a_stage_is_counted() -> None:
    """Of an overfull stage each layout says how many of its thirty entries it doesn't show."""
    names = ("Aksi", "Kata", "Tempat", "Keluhan", "Ide")
    for pages in pages_of_a_stage(fullest()):
        lines = lettered(pages)
        shown = sum(f"{name} {number}" in line for line in lines for name in names for number in range(6))
        counted = sum(int(line.split()[0]) for line in lines if line.endswith("lagi, lihat teks"))

        assert shown + counted == 6 * 5
        assert len(pages) <= ALBUM.pages


def test_poster_and_portrait_count_in_every_cell() -> None:
    """Where eight full stages don't fit, every cell of both shows its first entry and counts the rest."""
    journey_map = fullest()
    names = ("Aksi", "Kata", "Tempat", "Keluhan", "Ide")
    for _, page in whole_pages(journey_map, INDONESIAN):
        lines = lettered([page])
        counts = [int(line.split()[0]) for line in lines if line.endswith("lagi, lihat teks")]

        assert len(counts) == len(names) * len(journey_map.stages)
        for name in names:
            assert sum(f"{name} 0" in line for line in lines) == len(journey_map.stages)


def test_cards_show_some_of_every_element() -> None:
    """However full a stage is, no element vanishes from its cards behind a count."""
    journey_map = fullest()
    lines = lettered(card(journey_map, journey_map.stages[0], INDONESIAN, LIGHT))

    for name in ("Aksi", "Kata", "Tempat", "Keluhan", "Ide"):
        assert any(f"{name} 0" in line for line in lines)


def test_every_entry_of_the_example_is_shown() -> None:
    """The worked example loses no word on its cards, its story, the poster and the portrait."""
    journey_map = coffee()
    wanted = [
        word
        for stage in journey_map.stages
        for element in Element
        for entry in stage.entries(element)
        for word in entry.text.split()
    ]

    for pages in (
        [page for stage in journey_map.stages for page in card(journey_map, stage, INDONESIAN, LIGHT)],
        [story_card(journey_map, stage, INDONESIAN, LIGHT) for stage in journey_map.stages],
        [poster(journey_map, INDONESIAN, LIGHT)],
        [portrait(journey_map, INDONESIAN, LIGHT)],
    ):
        written = " ".join(lettered(pages))
        assert [word for word in wanted if word not in written] == []


@pytest.mark.parametrize("seed", range(0, 150, 20))
def test_widths_are_those_of_the_drawn_letters(seed: int) -> None:
    """The width a layout counts with is the width the painter draws."""
    for _, page in phone_pages(scrambled(seed), INDONESIAN):
        for operation in page.operations:
            if isinstance(operation, Text):
                drawn = operation.size * sum(run.advance for run in shape(operation.style, operation.string))
                assert abs(drawn - operation.width) < 0.01


def test_empty_map_draws() -> None:
    """A map of which nothing is known yet still has every page without stages."""
    blank = replace(coffee(), title=None, shop=Shop(), goal=None, persona=Persona(), stages=())

    assert found_defects(blank, INDONESIAN) == []


@pytest.mark.parametrize("seed", range(0, 150, 4))
def test_better_feelings_stand_higher(seed: int) -> None:
    """However little room a curve has, its best face is above its worst one."""
    stages = scrambled(seed).stages
    found = curve.worst_and_best(stages)
    centres = [(place + 0.5) * 1080 / len(stages) for place in range(len(stages))]
    drawn = {round(x): y for x, y in faces(drawn_curve(stages, centres))}

    if found:
        worst, best = (drawn[round(centres[place])] for place in found)
        assert worst > best + 20


def drawn_curve(
    stages: Sequence[Stage], centres: Sequence[float], second: Sequence[float | None] = ()
) -> tuple[Path, ...]:
    """Return the shapes of a curve with little room."""
    canvas = Canvas(1080, 1350, LIGHT.paper)
    look = curve.CurveLook(40, 8, 1080 / len(stages), Lettering(Style.BOLD, 26, LIGHT.ink))
    box = Box(0, 0, 1080, 190)
    curve.draw_curve(canvas, box, centres, stages, look=look, theme=LIGHT, second=second)
    return tuple(operation for operation in canvas.finish().operations if isinstance(operation, Path))


def faces(shapes: Iterable[Path]) -> list[tuple[float, float]]:
    """Return the middle of each face."""
    return [
        (extent(face.outline).x + 40, extent(face.outline).y + 40)
        for face in shapes
        if face.fill in LIGHT.feelings
    ]


def test_the_line_claims_nothing_about_stages_nobody_knows() -> None:
    """The line is whole between known neighbours, dashed past unknown stages, and ends with them."""
    told = coffee().stages
    stages = (told[0], told[1], replace(told[2], feelings=()), told[3], replace(told[4], feelings=()))
    centres = [108.0, 324.0, 540.0, 756.0, 972.0]

    lines = [shape for shape in drawn_curve(stages, centres) if shape.stroke == LIGHT.curve]

    reach = [(extent(line.outline).x, extent(line.outline).right, line.dash is None) for line in lines]
    assert reach == [(108.0, 324.0, True), (324.0, 756.0, False)]


def test_a_second_curve_is_drawn_to_the_same_scale() -> None:
    """A score of the second curve stands as high as a face of that score."""
    stages = coffee().stages[:3]
    centres = [108.0, 540.0, 972.0]

    shapes = drawn_curve(stages, centres, second=(2.0, 4.0, 3.0))

    marks = [extent(shape.outline) for shape in shapes if shape.stroke == LIGHT.second_curve and shape.fill]
    heights = {score: y for score, (_, y) in zip((4, 3, 2), faces(shapes), strict=True)}
    assert [round(mark.y + mark.height / 2) for mark in marks] == [
        round(heights[score]) for score in (2, 4, 3)
    ]
