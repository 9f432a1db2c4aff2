"""The rules of frameworks and of stages of the owner's own."""

import pytest

from conversations.blocks import BACK, DONE, SKIP
from conversations.replies import Key, Question
from conversations.steps import StepId
from journey.limits import STAGES
from journey.model import Element
from journey.phases import Phase
from tests.conversations.owner import Owner

# Stages of one's own.


def test_own_stages_can_be_typed_as_a_list() -> None:
    """A whole list is taken at once, each name read through the phase it resembles."""
    owner = Owner.at_preset()
    owner.chooses("own")

    owner.types("Lihat postingan Instagram\nTanya harga lewat chat\nBeli di toko\nTerima paket")

    owner.stands_at(StepId.STAGES)
    assert [stage.name for stage in owner.the_map.stages] == [
        "Lihat postingan Instagram",
        "Tanya harga lewat chat",
        "Beli di toko",
        "Terima paket",
    ]
    assert [stage.phase for stage in owner.the_map.stages[2:]] == [Phase.BELI, Phase.TERIMA]


@pytest.mark.parametrize("text", ["-", ";", "• "])
def test_a_lone_bullet_is_no_stage(text: str) -> None:
    """What leaves no name adds no stage."""
    owner = Owner.at_preset()
    owner.chooses("own")

    owner.types(text)

    assert all(stage.name.strip() for stage in owner.the_map.stages)


def test_stages_are_added_up_to_eight() -> None:
    """Eight stages fit; then adding is no longer offered, and a list that is too long adds none."""
    owner = Owner.at_stages()
    owner.chooses(BACK, "own", "add")
    owner.types("Satu\nDua\nTiga")
    assert len(owner.the_map.stages) == 6
    assert owner.told[0] == "lead.too_many_stages"

    owner.types("Tujuh\nDelapan")

    assert len(owner.the_map.stages) == STAGES
    assert "add" not in owner.offered


def test_a_stage_is_renamed_moved_and_removed() -> None:
    """Each change leads back to the list, and what was said moves along."""
    owner = Owner.at_stages()
    owner.types("Grup arisan")
    owner.taps_first_chips(StepId.REVIEW)
    owner.chooses("stages", "stage.s1", "rename")
    owner.types("Dengar dari teman")
    owner.chooses("down", BACK, "stage.s3", "remove")
    owner.stands_at(StepId.STAGE_REMOVE)
    assert owner.offered[0] == "keep_it"
    owner.chooses("remove_yes", BACK)

    owner.stands_at(StepId.REVIEW)
    assert [stage.id for stage in owner.the_map.stages] == ["s2", "s1", "s4", "s5", "s6"]
    assert owner.stage(2).name == "Dengar dari teman"
    assert owner.texts(2, Element.TOUCHPOINTS) == ("Grup arisan",)


@pytest.mark.parametrize(("way", "place"), [("up", 1), ("down", 3)])
def test_a_stage_that_moves_says_where_it_stands(way: str, place: int) -> None:
    """Its screen looks as before otherwise, and stays: it may go further."""
    owner = Owner.at_stages()
    owner.chooses(BACK, "own", "stage.s2")

    owner.chooses(way)

    told = next(reply for reply in owner.replies if isinstance(reply, Question))
    assert told.lead == (Key("lead.stage_shifted", {"place": place, "count": 6}),)
    owner.stands_at(StepId.STAGE_EDIT, stage=place)
    assert owner.stage(place).id == "s2"


def test_an_empty_stage_is_removed_without_a_question() -> None:
    """Only what destroys is confirmed."""
    owner = Owner.at_stages()
    owner.chooses(BACK, "own", "stage.s2")

    owner.chooses("remove")

    owner.stands_at(StepId.STAGES)
    assert len(owner.the_map.stages) == 5


def test_the_same_phase_chosen_again_changes_nothing() -> None:
    """A stage keeps all its phases when the owner confirms its first."""
    owner = Owner.at_stages()
    owner.chooses(BACK, "own", "stage.s1", "phase")
    before = owner.the_map

    owner.chooses("kenal")

    assert owner.the_map == before


def test_another_framework_moves_what_was_said_along() -> None:
    """Changing the framework asks nothing when nothing is lost, and nothing is."""
    owner = Owner.at_stages()
    owner.types("Grup arisan")
    owner.chooses(BACK, BACK)

    owner.chooses("seed003")

    assert owner.texts(1, Element.TOUCHPOINTS) == ("Grup arisan",)
    assert len(owner.the_map.stages) == 5


def test_a_framework_that_loses_something_asks_first() -> None:
    """When entries would find no room the owner decides, and keeping comes first."""
    owner = Owner.at_stages("full")
    for _ in range(6):
        while owner.session.step is not StepId.TOUCHPOINTS:
            owner.chooses(SKIP)
        owner.chooses(*owner.offered[:4], DONE)
    before = owner.the_map
    while owner.session.step is not StepId.PRESET:
        owner.chooses(BACK)

    owner.chooses("seed003")

    owner.stands_at(StepId.PRESET_SURE)
    assert owner.offered[0] == "keep_it"
    assert owner.the_map == before
    owner.chooses("switch")
    assert len(owner.the_map.stages) == 5
