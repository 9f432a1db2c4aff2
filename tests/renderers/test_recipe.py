"""The hash that knows before drawing whether a picture would be another one."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from journey.model import Entry, JourneyMap, Plan, PlanState, Speed, Standing, Status
from renderers.picture import Format, Layout, draw
from renderers.recipe import recipe
from renderers.theme import LIGHT, PRINT, with_accent
from tests.renderers.maps import NOW, coffee
from tests.renderers.pages import mirrored
from tests.renderers.words import ENGLISH, INDONESIAN


def of(journey_map: JourneyMap) -> str:
    return recipe(journey_map, Layout.ALBUM, Format.JPG, INDONESIAN)


def test_what_is_not_drawn_changes_nothing() -> None:
    """Another id, other times, another speed: the same pictures, so the same recipe."""
    other = replace(
        coffee(),
        id="another",
        changed=NOW + timedelta(days=3),
        finished=NOW,
        status=Status.FINISHED,
        speed=Speed.FULL,
        preset="umkm",
        plans=(Plan("Kirim foto resi", PlanState.PLANNED, NOW, "r.lama.resi"),),
    )

    assert of(other) == of(coffee())
    assert draw(other, Layout.PREVIEW, Format.JPG, INDONESIAN) == draw(
        coffee(), Layout.PREVIEW, Format.JPG, INDONESIAN
    )


def test_whatever_is_drawn_changes_it() -> None:
    """One word, one mark, another layout, format, language, theme or second curve: another recipe."""
    journey_map = coffee()
    stage = journey_map.stages[0]
    recipes = [
        of(journey_map),
        of(replace(journey_map, title="Pembelian Teh Online")),
        of(journey_map.with_stage(replace(stage, pains=(Entry("Mahal"),)))),
        of(
            journey_map.with_stage(
                replace(stage, pains=(replace(stage.pains[0], standing=Standing.CUSTOMER),))
            )
        ),
        of(replace(journey_map, stages=journey_map.stages[::-1])),
        recipe(journey_map, Layout.STORY, Format.JPG, INDONESIAN),
        recipe(journey_map, Layout.ALBUM, Format.PNG, INDONESIAN),
        recipe(journey_map, Layout.ALBUM, Format.JPG, ENGLISH),
        recipe(journey_map, Layout.ALBUM, Format.JPG, INDONESIAN, theme=PRINT),
        recipe(journey_map, Layout.ALBUM, Format.JPG, INDONESIAN, theme=with_accent(LIGHT, "#123456")),
        recipe(journey_map, Layout.ALBUM, Format.JPG, INDONESIAN, second=mirrored(journey_map)),
    ]

    assert len(set(recipes)) == len(recipes)


def test_another_process_finds_the_same() -> None:
    """The recipe holds after a restart."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as elsewhere:
        assert elsewhere.submit(of, coffee()).result() == of(coffee())


def test_other_fonts_make_another_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fonts of the machine are part of it."""
    before = of(coffee())

    monkeypatch.setattr("renderers.recipe.font_set", lambda: "other fonts")

    assert of(coffee()) != before
