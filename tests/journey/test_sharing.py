"""What a reader sees of a map is what its owner means to show, and nothing that comes later by itself."""

from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given

from journey.model import (
    Cell,
    Element,
    Entry,
    Feeling,
    JourneyMap,
    Language,
    Meaning,
    Persona,
    Plan,
    PlanState,
    Shop,
    Stage,
    Standing,
)
from journey.phases import Phase
from journey.private_numbers import private_numbers
from journey.sharing import invitation, same_stage, shared_view
from tests.content import the_interview
from tests.strategies import journey_maps

NOW = datetime(2026, 3, 2, tzinfo=UTC)
NUMBER = "081234567890"
FIRST = Stage("s1", "Kenal", (Phase.KENAL,), "umkm.kenal", pains=(Entry("lama", standing=Standing.EVIDENCE),))
SECOND = Stage("s2", "Timbang", (Phase.TIMBANG,), "umkm.timbang", feelings=(Feeling("ragu", 2),))
MAP = JourneyMap(
    "m1",
    Language.ID,
    NOW,
    NOW,
    shop=Shop(None, f"Kopi Senja {NUMBER}"),
    persona=Persona(name=Entry("Ibu muda")),
    stages=(FIRST, SECOND),
    skipped=frozenset({Cell("goal")}),
    accepted=frozenset({Cell("pains", "s2")}),
    plans=(Plan("Balas cepat", PlanState.PLANNED, NOW),),
    meanings=(Meaning("lama", None),),
)
SHOWN = {
    *("id", "language", "created", "changed", "speed", "status", "finished"),
    *("title", "shop", "goal", "persona", "preset", "stages"),
}
HIDDEN = {
    "skipped": "what the owner put off",
    "accepted": "what the owner is content with",
    "plans": "what the owner decided to do",
    "meanings": "what the owner told us only",
    "checkins": "how the owner saw it month by month",
}


def test_what_is_the_owners_alone_is_not_shown() -> None:
    """Plans, meanings, and what was put off or accepted are empty; the badge of an entry stays."""
    view = shared_view(MAP)

    assert view == replace(MAP, skipped=frozenset(), accepted=frozenset(), plans=(), meanings=())


def test_every_field_of_a_map_was_decided_on() -> None:
    """A field that a map gets later is not shown before it stands here, and in the view."""
    assert {field.name for field in fields(JourneyMap)} == SHOWN | set(HIDDEN)


def test_one_stage_is_shown_without_the_others() -> None:
    """With the persona; of a stage that is gone, or a map without any, there is nothing to see."""
    view = shared_view(MAP, "s2")

    assert view is not None
    assert (view.stages, view.persona) == ((SECOND,), MAP.persona)
    assert shared_view(MAP, "s9") is None
    assert shared_view(replace(MAP, stages=())) is None


@pytest.mark.parametrize(
    "numbered",
    [
        replace(MAP, title=f"Bu Rini {NUMBER}"),
        replace(MAP, goal=Entry(f"telpon {NUMBER}")),
        replace(MAP, persona=Persona(worry=Entry(f"WA {NUMBER}"))),
        replace(MAP, stages=(replace(FIRST, name=f"Chat {NUMBER}"),)),
        replace(MAP, stages=(replace(FIRST, pains=(Entry(f"{NUMBER} nggak dibalas"),)),)),
        replace(MAP, stages=(replace(FIRST, feelings=(Feeling(f"kesal {NUMBER}", 1),)),)),
    ],
)
def test_customers_numbers_are_not_shown(numbered: JourneyMap) -> None:
    """Wherever they stand; the number in the shop's own name is the owner's business."""
    view = shared_view(numbered)

    assert view is not None
    assert view.shop.name == MAP.shop.name
    assert NUMBER not in repr(replace(view, shop=Shop()))


@given(journey_map=journey_maps(most_stages=3))
def test_no_map_shows_a_number_or_more_than_it_says(journey_map: JourneyMap) -> None:
    """Whatever a map holds: no number is left in any entry, and no entry is added."""
    view = shared_view(journey_map)

    assert view is not None
    for stage in view.stages:
        told = journey_map.stage(stage.id)
        assert told is not None
        for element in Element:
            shown = stage.entries(element)
            assert len(shown) <= len(told.entries(element))
            assert not [entry for entry in shown if private_numbers(entry.text)]


@pytest.mark.parametrize(
    ("after", "same"),
    [
        (replace(FIRST, name="Ketemu", chip=None), True),
        (replace(FIRST, pains=()), True),
        (replace(FIRST, name="Find out", pains=(Entry("slow"),)), True),
        (replace(SECOND, id="s1"), False),
        (replace(FIRST, name="Nyari", chip=None, pains=()), False),
    ],
    ids=["renamed", "other words", "translated", "another preset", "taken back"],
)
def test_a_stage_is_told_from_another_that_took_its_id(after: Stage, same: bool) -> None:
    """A stage gets other words, or another name, or is said in the other language."""
    assert same_stage(FIRST, after) is same


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("stage", [None, SECOND])
def test_a_message_goes_with_a_link(stage: Stage | None, language: Language) -> None:
    """It names the map, and the stage where only one is shown; braces in names do no harm."""
    view = replace(MAP, title="Ibu {muda}")

    said = invitation(
        view, stage, link="https://t.me/x?start=s_y", drafts=the_interview().drafts, language=language
    )

    assert "Ibu {muda}" in said
    assert "https://t.me/x?start=s_y" in said
    assert ("Timbang" in said) is (stage is not None)
