"""Peta sehat?: what an owner reads there, and that each mistake is one tap from being put right and back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.blocks import BACK, SKIP
from conversations.commands import Command
from conversations.repair import repaired
from conversations.steps import StepId
from journey.health import FRESH_FOR, Check
from journey.limits import STAGES
from journey.model import JourneyMap, Language, Status
from journey.phases import Phase
from tests.conversations.owner import MORNING, Owner
from tests.conversations.patients import at_health, healthy_map, problems, spoken_of


def test_it_is_a_tap_away_from_the_review_and_from_the_end() -> None:
    """And going back leads where the owner came from."""
    for owner, before in ((Owner.at_review(), StepId.REVIEW), (Owner.finished(), StepId.DONE)):
        owner.chooses("health")
        owner.stands_at(StepId.HEALTH)
        owner.chooses(BACK)
        owner.stands_at(before)


def test_looking_changes_nothing() -> None:
    """A finished map stays finished."""
    owner = Owner.finished()
    known = owner.the_map

    owner.chooses("health", BACK)

    assert owner.the_map == known


def test_it_says_how_many_are_fine_and_why_the_others_matter() -> None:
    """The number, what is fine in one line, a sentence and a button for each mistake."""
    owner = at_health(replace(healthy_map(), goal=None, status=Status.OPEN))

    assert owner.told == ("health.score", "health.fine", "health.no_goal", "ask.health")
    assert spoken_of(owner, "health.score").parameters == {"fine": 9, "total": 10}
    fine = spoken_of(owner, "health.fine").parameters
    assert [name for name, is_fine in fine.items() if not is_fine] == [Check.NO_GOAL]
    assert problems(owner) == ("no_goal",)


def test_a_healthy_map_gets_a_warm_word() -> None:
    """Nothing to put right, no button but back."""
    owner = at_health(healthy_map())

    assert owner.told == ("health.all_fine", "ask.health")
    assert owner.offered == (BACK,)


def test_a_map_in_which_everything_was_skipped() -> None:
    """It is told what it lacks; what can't be looked at yet is neither held against it nor called fine."""
    owner = Owner.sick()

    assert spoken_of(owner, "health.score").parameters == {"fine": 1, "total": 10}

    assert problems(owner) == (
        *("no_persona", "no_goal", "bare_stage"),
        *("ends_at_sale", "missing_feeling", "no_action"),
    )


@pytest.mark.parametrize(
    ("problem", "step"),
    [
        ("no_persona", StepId.PERSONA_NAME),
        ("no_goal", StepId.GOAL),
        ("bare_stage", StepId.TOUCHPOINTS),
        ("ends_at_sale", StepId.TOUCHPOINTS),
        ("missing_feeling", StepId.FEELINGS),
    ],
)
def test_a_mistake_leads_to_its_question_and_the_answer_back(problem: str, step: StepId) -> None:
    """One tap there, one tap for the answer, and the owner sees what is left."""
    owner = Owner.sick()

    owner.chooses(f"heal.{problem}")
    owner.stands_at(step)
    owner.chooses(owner.offered[0])

    owner.stands_at(StepId.HEALTH)
    assert problem not in problems(owner) or problem in ("bare_stage", "missing_feeling")


@pytest.mark.parametrize("problem", ["no_persona", "no_goal", "bare_stage", "missing_feeling", "no_action"])
def test_going_back_from_a_mistake_changes_nothing(problem: str) -> None:
    """Kembali leads to the health screen, and the map is as it was."""
    owner = Owner.sick()
    known, listed = owner.the_map, problems(owner)

    owner.chooses(f"heal.{problem}", BACK)

    owner.stands_at(StepId.HEALTH)
    assert owner.the_map == known
    assert problems(owner) == listed


def test_stage_by_stage_until_nothing_is_bare() -> None:
    """The button always leads to the next hole; at the end it is gone."""
    owner = Owner.sick()
    asked = []

    while "bare_stage" in problems(owner):
        owner.chooses("heal.bare_stage")
        asked.append(owner.session.cell)
        owner.chooses(owner.offered[0])

    assert [(cell.step, cell.stage) for cell in asked] == [
        (element, stage.id) for stage in owner.the_map.stages for element in ("touchpoints", "pains")
    ]


def test_a_map_that_ends_at_the_sale_gets_its_missing_stage() -> None:
    """The stages after the sale are named, one is a tap away, and it is asked about in one go."""
    owner = at_health(
        replace(healthy_map(), preset=None, status=Status.OPEN, stages=healthy_map().stages[:3])
    )

    owner.chooses("heal.ends_at_sale")
    owner.stands_at(StepId.STAGE_ADD)
    assert owner.told[0] == "lead.after_sale"
    owner.chooses(Phase.TERIMA, "use")
    owner.stands_at(StepId.TOUCHPOINTS, stage=4)
    owner.chooses(owner.offered[0])
    owner.stands_at(StepId.FEELINGS, stage=4)
    owner.chooses(owner.offered[0])
    owner.stands_at(StepId.PAINS, stage=4)
    owner.chooses(owner.offered[0])

    owner.stands_at(StepId.HEALTH)
    assert problems(owner) == ()


def test_what_is_put_off_in_a_new_stage_leads_back_too() -> None:
    """Skipping its questions ends at the health screen, which says what is missing."""
    owner = at_health(
        replace(healthy_map(), preset=None, status=Status.OPEN, stages=healthy_map().stages[:3])
    )

    owner.chooses("heal.ends_at_sale", Phase.TERIMA, "use", SKIP, SKIP, SKIP)

    owner.stands_at(StepId.HEALTH)
    assert problems(owner) == ("bare_stage", "ends_at_sale", "missing_feeling")


def test_eight_stages_before_the_sale_lead_to_the_list() -> None:
    """A ninth doesn't fit: one of the eight has to become another part or go."""
    stages = tuple(
        replace(healthy_map().stages[number % 3], id=f"s{number}") for number in range(1, STAGES + 1)
    )
    owner = at_health(replace(healthy_map(), preset=None, status=Status.OPEN, stages=stages))

    owner.chooses("heal.ends_at_sale")

    owner.stands_at(StepId.STAGES)
    assert "add" not in owner.offered
    owner.chooses("use")
    owner.stands_at(StepId.HEALTH)


def test_an_old_map_is_called_right_in_one_tap() -> None:
    """It counts as looked through today, and a finished map stays finished."""
    owner = at_health(healthy_map(), days=FRESH_FOR.days + 1)
    known = owner.the_map
    assert problems(owner) == ("outdated",)

    owner.chooses("heal.outdated")

    assert owner.told == ("lead.still_right", "health.all_fine", "ask.health")
    assert owner.the_map == replace(known, changed=MORNING + timedelta(minutes=owner.minutes))
    assert owner.the_map.status is Status.FINISHED


def test_an_old_map_can_be_gone_through() -> None:
    """The review is a tap away."""
    owner = at_health(healthy_map(), days=FRESH_FOR.days + 1)

    owner.chooses("edit")

    owner.stands_at(StepId.REVIEW)


def test_putting_right_opens_a_finished_map() -> None:
    """A changed map is finished anew, and back leads where that is done."""
    owner = at_health(replace(healthy_map(), goal=None))

    owner.chooses("heal.no_goal", owner_goal(owner), BACK)

    assert owner.the_map.status is Status.OPEN
    owner.stands_at(StepId.REVIEW)


def owner_goal(owner: Owner) -> str:
    """Return the first chip that answers the question for the goal."""
    return owner.interview.knowledge.goals[0].id


def test_an_old_button_is_inert() -> None:
    """A tap on a mistake of an older message changes nothing and says so."""
    owner = Owner.sick()
    revision = owner.session.revision
    owner.chooses("heal.no_goal")
    session, journey_map = owner.session, owner.the_map

    owner.taps_old("heal.no_persona", revision=revision)

    assert owner.told == ("toast.twice",)
    assert (owner.session, owner.journey_map) == (session, journey_map)


def test_commands_come_back_to_it() -> None:
    """A side trip returns to the same screen."""
    owner = Owner.sick()
    listed = owner.offered

    owner.commands(Command.LANGUAGE)
    owner.chooses("lang.en")

    owner.stands_at(StepId.HEALTH)
    assert owner.offered == listed


@pytest.mark.parametrize("step", [StepId.HEALTH, StepId.STANDING])
def test_a_map_without_stages_goes_to_its_first_gap(step: StepId) -> None:
    """A place left behind by another release is no dead end."""
    started = JourneyMap("m", Language.ID, MORNING, MORNING)
    lost = replace(Owner().session, map_id="m", step=step)

    assert repaired(lost, started).step is StepId.BUSINESS
