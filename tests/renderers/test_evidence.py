"""Evidence is printed nowhere: what others see of it is the mark, in no file is there more than an id."""

from dataclasses import replace

import pytest

from conversations.requests import DataFile
from journey.evidence import without_pieces
from journey.model import Entry, JourneyMap, Language, Standing
from locales.catalog import load_catalogs
from renderers.messages import Messages
from renderers.picture import Format, Layout, draw
from renderers.recipe import recipe
from tests.content import the_knowledge
from tests.renderers.maps import coffee
from tests.renderers.test_exports import exported
from tests.renderers.words import INDONESIAN

PIECES = ("x7Yk2pQ9aLmR-1", "x7Yk2pQ9aLmR-2")
MESSAGES = Messages(load_catalogs(), the_knowledge())


def proven() -> JourneyMap:
    """Return a map with evidence for the persona, a thought and every complaint."""
    journey_map = coffee()
    for stage in journey_map.stages:
        backed = (replace(one, standing=Standing.EVIDENCE, evidence=PIECES) for one in stage.pains)
        told = (replace(one, evidence=PIECES[:1]) for one in stage.thoughts)
        journey_map = journey_map.with_stage(replace(stage, pains=tuple(backed), thoughts=tuple(told)))
    who = Entry("Karyawan", standing=Standing.EVIDENCE, evidence=PIECES)
    return replace(journey_map, goal=who, persona=replace(journey_map.persona, who=who))


@pytest.mark.parametrize(
    ("layout", "format"),
    [
        (Layout.ALBUM, Format.SVG),
        (Layout.STORY, Format.SVG),
        (Layout.PORTRAIT, Format.SVG),
        (Layout.POSTER, Format.PDF),
        (Layout.PREVIEW, Format.SVG),
    ],
)
def test_a_picture_shows_the_mark_alone(layout: Layout, format: Format) -> None:
    """Pieces change no byte of it, nor of its words, so it is not drawn anew for them either."""
    with_pieces, without = (proven(), without_pieces(proven()))

    assert with_pieces != without
    assert draw(with_pieces, layout, format, INDONESIAN) == draw(without, layout, format, INDONESIAN)
    assert recipe(with_pieces, layout, format, INDONESIAN) == recipe(without, layout, format, INDONESIAN)


@pytest.mark.parametrize("file", [file for file in DataFile if file is not DataFile.JSON])
def test_a_table_says_that_there_is_evidence_and_no_more(file: DataFile) -> None:
    """Whoever gets it has no id of it."""
    assert exported(file, proven()) == exported(file, without_pieces(proven()))


def test_the_text_of_a_map_says_nothing_of_pieces() -> None:
    """In both languages."""
    for language in Language:
        assert MESSAGES.map_html(proven(), language) == MESSAGES.map_html(without_pieces(proven()), language)


def test_a_map_for_others_has_no_piece() -> None:
    """Neither of an entry, nor of the goal or the persona; what it says is the same."""
    shown = without_pieces(proven())

    assert PIECES[0].encode() not in exported(DataFile.JSON, shown)
    assert [stage.pains[0].standing for stage in shown.stages] == [Standing.EVIDENCE] * len(shown.stages)
