"""The rules of the step back: the last change of what a map says is taken back, and comes again."""

import pytest

from conversations.blocks import BACK, DONE
from conversations.commands import Command
from conversations.privacy import HIDE
from conversations.replies import Key
from conversations.requests import KeepEarlier
from conversations.session import dump_session, load_session
from conversations.steps import StepId
from conversations.undoing import UNDO
from journey.model import Element, Entry, Language, PlanState, Status
from tests.conversations.owner import Owner


def undo_label(owner: Owner) -> str:
    """Return which way the button of the screen leads."""
    label = next(option.label for option in owner.buttons if option.id == UNDO)
    assert isinstance(label, Key)
    return label.name


def test_a_removed_entry_comes_back_where_it_was() -> None:
    """The way back is offered at once, and restores the map to the letter."""
    owner = Owner.at_review()
    owner.chooses("stage.s3", "cell.pains.s3", "entry.0")
    before = owner.the_map

    owner.chooses("entry_remove")
    assert owner.told[0] == "lead.entry_removed"
    assert owner.texts(3, Element.PAINS) == ()
    owner.chooses(UNDO)

    assert owner.the_map == before
    assert owner.told[0] == "lead.undone"


def test_a_second_tap_does_it_again() -> None:
    """The step back can be taken back as well, and so on."""
    owner = Owner.at_review()
    owner.chooses("review_persona", "cell.persona_worry")
    owner.types("Takut kopinya basi")
    changed = owner.the_map

    owner.chooses(UNDO)
    restored = owner.the_map
    assert undo_label(owner) == "button.redo"
    owner.chooses(UNDO)

    assert owner.the_map == changed
    assert owner.told[0] == "lead.redone"
    assert undo_label(owner) == "button.undo"
    owner.chooses(UNDO)
    assert owner.the_map == restored


def test_a_removed_stage_comes_back_with_all_that_was_said() -> None:
    """Removing a stage is confirmed, and forgiven: the list of stages offers the way back."""
    owner = Owner.at_review()
    owner.chooses("stages", "stage.s4", "remove")
    before = owner.the_map

    owner.chooses("remove_yes")
    owner.stands_at(StepId.STAGES)
    assert owner.told[0] == "lead.stage_removed"
    owner.chooses(UNDO)

    owner.stands_at(StepId.STAGES)
    assert owner.the_map == before


def test_stages_of_a_finished_map_are_edited_without_losing_anything() -> None:
    """Renaming and moving after the end reopens the map; the step back finishes it again."""
    owner = Owner.finished()
    said = {stage.id: stage.pains for stage in owner.the_map.stages}
    owner.chooses("edit", "stages", "stage.s2", "rename")
    owner.types("Banding-bandingin")
    before = owner.the_map
    owner.chooses("down")

    assert owner.the_map.status is Status.OPEN
    assert {stage.id: stage.pains for stage in owner.the_map.stages} == said
    owner.chooses(UNDO)
    assert owner.the_map == before
    owner.stands_at(StepId.STAGE_EDIT, stage=2)


def test_the_step_back_of_the_first_edit_finishes_a_map_again() -> None:
    """A finished map that was changed by a slip is as finished as before."""
    owner = Owner.finished()
    before = owner.the_map
    owner.chooses("edit", "stage.s1", "cell.pains.s1", "entry.0", "entry_remove")

    owner.chooses(UNDO)

    assert owner.the_map == before
    assert owner.the_map.status is Status.FINISHED


def test_an_added_stage_is_taken_back_from_its_own_screen() -> None:
    """Where the screen's stage is gone after the step back, the list of stages is shown."""
    owner = Owner.at_review()
    owner.chooses("stages", "add", "layanan", "stage.s7")

    owner.chooses(UNDO)

    owner.stands_at(StepId.STAGES)
    assert len(owner.the_map.stages) == 6


@pytest.mark.parametrize("part", ["review", "stages", "stage.s1", "review_persona", "review_shop"])
def test_the_step_back_is_on_every_screen_where_a_map_is_edited(part: str) -> None:
    """Review, its parts and the list of stages offer it."""
    owner = Owner.at_review()

    if part != "review":
        owner.chooses(part)

    assert UNDO in owner.offered


def test_a_question_of_the_interview_has_no_step_back() -> None:
    """There, going back shows the old answer."""
    owner = Owner.at_stages()

    assert UNDO not in owner.offered


def test_the_step_back_survives_a_restart() -> None:
    """It lies with the map, not with the process; the session says as little as before."""
    owner = Owner.at_review()
    owner.chooses("stage.s1", "cell.pains.s1", "entry.0")
    before = owner.the_map
    owner.chooses("entry_remove")

    owner.session = load_session(dump_session(owner.session))
    owner.chooses(UNDO)

    assert owner.the_map == before


def test_a_double_tap_on_the_step_back_takes_one_step() -> None:
    """The second tap is an old button."""
    owner = Owner.at_review()
    owner.chooses("stage.s1", "cell.pains.s1", "entry.0", "entry_remove")
    revision = owner.session.revision
    owner.chooses(UNDO)
    restored = owner.the_map

    owner.taps_old(UNDO, revision=revision)

    assert owner.the_map == restored


def test_decisions_about_suggestions_are_no_change_of_the_map() -> None:
    """The step back leaves them as they are, whenever they were made."""
    owner = Owner.at_review()
    owner.chooses("stage.s1", "cell.pains.s1", "add_entry")
    owner.types("Fotonya gelap")
    owner.chooses(DONE)
    before = owner.earlier[owner.the_map.id]
    owner.commands(Command.TIPS)
    owner.chooses(owner.offered[0], "plan.planned", "day.none", BACK)

    owner.chooses(UNDO)

    assert [plan.state for plan in owner.the_map.plans] == [PlanState.PLANNED]
    assert owner.the_map.stages == before.stages


def test_another_language_is_no_change_of_the_map() -> None:
    """The step back still takes back what was said before, in the language spoken now."""
    owner = Owner.at_review()
    owner.chooses("stage.s1", "cell.touchpoints.s1", "entry.0")
    said = owner.stage(1).touchpoints
    owner.chooses("entry_remove")
    owner.commands(Command.LANGUAGE)
    owner.chooses("lang.en")

    owner.chooses(UNDO)

    assert owner.the_map.language is Language.EN
    (touchpoint,) = owner.stage(1).touchpoints
    assert touchpoint.chip == said[0].chip
    assert touchpoint != said[0]


def test_each_map_has_its_own_step_back() -> None:
    """A change of one map can be taken back after working on another."""
    owner = Owner.at_review()
    first = owner.the_map
    owner.chooses("review_persona", "cell.persona_worry")
    owner.types("Takut kopinya basi")
    owner.commands(Command.NEW)
    owner.chooses("quick")
    owner.commands(Command.MAPS)
    owner.chooses(f"pick.{first.id}", f"map.{first.id}")
    assert owner.the_map.persona.worry == Entry("Takut kopinya basi")

    owner.chooses(UNDO)

    assert owner.the_map == first


def test_no_step_back_brings_a_hidden_number_back() -> None:
    """Once a customer's number is taken out of the map, the map as it was is forgotten."""
    owner = Owner.at_stages("full")
    owner.types("bales 081234567890")

    owner.chooses(HIDE)

    assert KeepEarlier() not in owner.requests
    assert owner.earlier == {}
