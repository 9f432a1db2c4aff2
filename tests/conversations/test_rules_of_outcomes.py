"""The rules of what became of an action: how customers feel now, and whether their complaint is gone."""

from dataclasses import replace

import pytest

from conversations.advice import TIP_PREFIX
from conversations.aftermath import GONE_PREFIX, NOT_NOW, SAME, STILL
from conversations.blocks import BACK
from conversations.commands import Command
from conversations.dating import DAY_PREFIX, NO_DAY
from conversations.requests import CompareVersions, KeepVersion, RemindAt
from conversations.schedule import ReminderKind
from conversations.steps import StepId
from conversations.undoing import UNDO
from conversations.versions import COMPARE
from journey.model import Element, Entry, PlanState, Status
from tests.conversations.owner import MORNING, Owner
from tests.conversations.test_rules_of_acting import DID_IT, WILL_DO, lead, planning, the_plan, with_own


def done(owner: Owner) -> None:
    """Open the card of the first plan and call it done."""
    owner.chooses(owner.offered[0], DID_IT)


def test_when_it_is_done_customers_may_feel_better() -> None:
    """The feeling of its stage is asked for, its complaint is gone, and the map is a new version."""
    owner = planning()
    owner.chooses("day.1")
    before = owner.the_map
    plan = the_plan(owner)
    number = [stage.id for stage in before.stages].index(plan.stage or "") + 1

    done(owner)
    owner.stands_at(StepId.ACTION_FEELING)
    assert owner.question.key.parameters["stage"] == owner.stage(number).name
    owner.chooses("f.senang")
    owner.stands_at(StepId.ACTION_PAIN)
    assert lead(owner, "lead.felt_now").parameters["better"] is True
    owner.chooses(f"{GONE_PREFIX}0")

    assert [feeling.chip for feeling in owner.stage(number).feelings] == ["f.senang"]
    assert len(owner.texts(number, Element.PAINS)) == len(before.stages[number - 1].pains) - 1
    assert (the_plan(owner).state, the_plan(owner).due) == (PlanState.DONE, None)
    assert owner.the_map.status is Status.FINISHED
    assert owner.told == ("lead.pain_gone", "lead.version_kept", "ask.action_kept")
    assert [kept.number for kept in owner.versions] == [1, 2]
    owner.chooses(COMPARE)
    assert CompareVersions(owner.the_map.id, 1, 2) in owner.requests
    owner.chooses(BACK)
    owner.stands_at(StepId.DONE)


def test_a_complaint_taken_out_can_be_had_back() -> None:
    """The step back of the review knows it."""
    owner = planning()
    owner.chooses(NO_DAY)
    before = owner.the_map.stages
    done(owner)
    owner.chooses(SAME, f"{GONE_PREFIX}0", BACK)
    assert owner.the_map.stages != before

    owner.chooses("edit", UNDO)

    assert owner.the_map.stages == before
    assert the_plan(owner).state is PlanState.DONE


def test_when_nothing_changed_no_version_is_made() -> None:
    """The same feeling, the same complaint: the list comes back, and nothing is finished anew."""
    owner = planning()
    owner.chooses(NO_DAY)
    before = owner.the_map
    done(owner)

    owner.chooses(SAME, STILL)

    owner.stands_at(StepId.TIPS)
    assert replace(owner.the_map, plans=()) == replace(before, plans=())
    assert [kept.number for kept in owner.versions] == [1]


@pytest.mark.parametrize("answers", [(), (SAME,), ("f.senang",)])
def test_nothing_is_forced(answers: tuple[str, ...]) -> None:
    """*Nanti aja* leads out of each question; what was said till then is kept, as a version of its own."""
    owner = planning()
    owner.chooses(NO_DAY)
    done(owner)

    owner.chooses(*answers, NOT_NOW)

    assert owner.the_map.status is Status.FINISHED
    assert len(owner.versions) == 1 + ("f.senang" in answers)
    owner.chooses(BACK)
    owner.stands_at(StepId.DONE)


def test_of_an_own_action_the_stage_is_asked_first() -> None:
    """Then all its complaints are offered: nobody knows which it was against."""
    owner = with_own()
    pains = (Entry("Lama dibalas"), Entry("Stok nggak jelas"))
    owner.journey_map = owner.the_map.with_stage(replace(owner.stage(2), pains=pains))

    owner.chooses(f"{TIP_PREFIX}#0", DID_IT)
    owner.stands_at(StepId.ACTION_STAGE)
    owner.chooses(f"stage.{owner.stage(2).id}", SAME)
    owner.chooses(f"{GONE_PREFIX}1")
    assert owner.told == ("lead.pain_gone", "ask.action_pain")
    owner.chooses(STILL)

    assert owner.texts(2, Element.PAINS) == ("Lama dibalas",)
    assert owner.the_map.status is Status.FINISHED
    owner.stands_at(StepId.ACTION_KEPT)


def test_a_map_that_is_worked_on_stays_open() -> None:
    """Nothing is finished for an owner who hasn't finished it."""
    owner = Owner.at_review()
    owner.commands(Command.TIPS)
    owner.chooses(owner.offered[0], WILL_DO, NO_DAY)

    done(owner)
    owner.chooses("f.senang", NOT_NOW)

    assert owner.the_map.status is Status.OPEN
    assert owner.versions == ()
    owner.stands_at(StepId.TIPS)
    owner.chooses(BACK)
    owner.stands_at(StepId.REVIEW)


def test_a_map_finished_before_there_were_versions_gets_both() -> None:
    """As it was becomes the first, so that there is something to compare with."""
    owner = with_own()
    owner.versions = ()
    owner.journey_map = owner.the_map.with_stage(replace(owner.stage(1), pains=()))

    owner.chooses(f"{TIP_PREFIX}#0", DID_IT, f"stage.{owner.stage(1).id}", "f.senang")

    kept = [request for request in owner.requests if isinstance(request, KeepVersion)]
    assert [version.number for version in kept] == [1, 2]
    assert COMPARE in owner.offered


def test_no_reminder_is_promised_to_who_wants_none() -> None:
    """The day is kept all the same."""
    owner = planning()
    owner.session = replace(owner.session, reminding=owner.session.reminding.with_no(ReminderKind.ACTION))

    owner.chooses(f"{DAY_PREFIX}1")

    assert lead(owner, "lead.due_on").parameters["reminds"] is False
    (reminder,) = (found.reminder for found in owner.requests if isinstance(found, RemindAt))
    owner.is_reminded(reminder)
    assert owner.replies == ()
    assert reminder.due > MORNING
