"""The rules of side trips from a question about a plan: it comes back, or its map is finished anyway."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.advice import OTHER_DAY, TAKE_BACK, TIP_PREFIX
from conversations.aftermath import GONE_PREFIX, NOT_NOW, SAME, STILL
from conversations.blocks import BACK, MAP_PREFIX, STOP
from conversations.commands import Command
from conversations.dating import DAY_PREFIX, NO_DAY
from conversations.events import Chose, Medium
from conversations.evidence import DECLINE
from conversations.importing import NO
from conversations.own_actions import OWN_ACTION
from conversations.replies import Question
from conversations.requests import KeepVersion
from conversations.schedule import Reminder, ReminderKind
from conversations.steps import StepId
from conversations.undoing import UNDO
from journey.compare import says_the_same
from journey.model import JourneyMap, PlanState, Status
from tests.conversations.away import is_away
from tests.conversations.owner import MORNING, Owner
from tests.conversations.promises import stored_session
from tests.conversations.proving import PHOTO
from tests.conversations.test_rules_of_acting import DID_IT, OWN, planning, the_plan, with_own

SIDE_TRIPS = ("bahasa", "privasi", "masukan", "contoh", "saran", "peta", "bagikan", "pengingat")


def felt() -> Owner:
    """Return an owner of a finished map who said how customers feel now, and is asked about the complaint."""
    owner = planning()
    owner.chooses(NO_DAY)
    owner.chooses(owner.offered[0], DID_IT, "f.senang")
    owner.stands_at(StepId.ACTION_PAIN)
    return owner


def asked_for_a_stage() -> Owner:
    """Return an owner who carried out an action of their own, and is asked which stage it was for."""
    owner = with_own()
    owner.chooses(owner.offered[0], DID_IT)
    return owner


def asked_about_another_map() -> Owner:
    """Return an owner in whose map a reminder of another one was answered with *done*."""
    owner = with_own(day="day.1")
    owner.commands(Command.NEW)
    owner.chooses("quick")
    reminder = next(one for one in owner.waiting.values() if one.kind is ReminderKind.ACTION)
    owner.is_reminded(reminder)
    owner.chooses("due_done")
    return owner


def writing() -> Owner:
    """Return an owner who is asked for an action in their own words."""
    owner = Owner.finished()
    owner.chooses("tips", OWN_ACTION)
    return owner


def kept() -> Owner:
    """Return an owner who is offered before and after."""
    owner = felt()
    owner.chooses(STILL)
    owner.stands_at(StepId.ACTION_KEPT)
    return owner


QUESTIONS: tuple[Callable[[], Owner], ...] = (
    *(planning, writing, asked_for_a_stage, felt, kept),
    asked_about_another_map,
)


def is_nudged(owner: Owner) -> None:
    """Be reminded of another map, which is half-finished."""
    half = replace(owner.the_map, id="half", status=Status.OPEN)
    owner.maps[half.id] = half
    due = MORNING + timedelta(days=1 + owner.minutes // (24 * 60))
    owner.is_reminded(Reminder(ReminderKind.UNFINISHED, due, half.id))
    owner.stands_at(StepId.NUDGE)


def asked(owner: Owner) -> Question:
    """Return the question that is due, whichever turn it is asked in."""
    return replace(owner.question, revision=0)


def last_version(owner: Owner, map_id: str) -> JourneyMap:
    return next(found.journey_map for found in reversed(owner.versions) if found.journey_map.id == map_id)


# The very question comes back.


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("command", SIDE_TRIPS)
def test_a_command_comes_back_to_the_question_about_a_plan(
    question: Callable[[], Owner], command: str
) -> None:
    """Whatever was said is kept, the map is as finished as it was, and the next answer counts."""
    owner = question()
    before, session, waiting = owner.the_map, owner.session, asked(owner)

    owner.commands(Command(command))
    assert owner.session.side is not session.side
    owner.session = stored_session(owner.session)
    owner.chooses(BACK)

    assert asked(owner) == waiting
    assert owner.the_map == before
    assert replace(owner.session, revision=session.revision, tip=session.tip, page=session.page) == session


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("command", [Command.START, Command.MAPS, Command.DELETE])
def test_leaving_the_side_trip_comes_back_too(question: Callable[[], Owner], command: Command) -> None:
    """/batal leaves the side trip, not the question behind it."""
    owner = question()
    waiting = asked(owner)

    owner.commands(command)
    owner.commands(Command.CANCEL)

    assert asked(owner) == waiting


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_no_answer_leaves_the_question_as_it_is(question: Callable[[], Owner]) -> None:
    """Help, feedback with the command, a sticker, a file that is turned down."""
    owner = question()
    waiting = asked(owner)

    owner.commands(Command.HELP)
    assert asked(owner) == waiting
    owner.commands(Command.FEEDBACK, "Suka banget")
    assert asked(owner) == waiting
    owner.sends(Medium.STICKER)
    assert asked(owner) == waiting
    owner.hands_in(replace(owner.the_map, id="theirs"))
    owner.chooses(NO)
    assert asked(owner) == waiting


def test_evidence_comes_back_to_the_question() -> None:
    """Kept or not; what it backs is in the map, which stays finished."""
    owner = felt()
    waiting = asked(owner)

    owner.sends(Medium.PHOTO, PHOTO)
    owner.chooses(DECLINE)
    assert asked(owner) == waiting
    owner.sends(Medium.PHOTO, PHOTO)
    owner.chooses(f"stage.{owner.stage(1).id}", "backs.touchpoints.0")

    assert asked(owner) == waiting
    assert owner.the_map.status is Status.FINISHED
    owner.chooses(STILL)
    assert says_the_same(last_version(owner, owner.the_map.id), owner.the_map)


def test_a_reminder_comes_back_to_the_question() -> None:
    """Answered or not: what is typed or tapped next is said to the question beneath."""
    owner = felt()
    waiting = asked(owner)

    is_nudged(owner)
    owner.sends(Medium.STICKER)
    assert asked(owner) == waiting
    is_nudged(owner)
    owner.chooses(STOP)
    assert asked(owner) == waiting


def test_a_label_typed_below_a_reminder_answers_the_question() -> None:
    """It is the one the owner knows to wait."""
    owner = felt()
    is_nudged(owner)

    owner.does(Chose(f"{GONE_PREFIX}0"))

    assert owner.told == ("lead.pain_gone", "lead.version_kept", "ask.action_kept")


def test_another_language_asks_the_question_in_it() -> None:
    """And the answer is one to it."""
    owner = felt()

    owner.commands(Command.LANGUAGE)
    owner.chooses("lang.en")

    owner.stands_at(StepId.ACTION_PAIN)
    owner.chooses(STILL)
    assert [version.number for version in owner.versions] == [1, 2]


def test_a_plan_that_was_taken_back_meanwhile_is_not_asked_about() -> None:
    """On the list one can decide otherwise: then there is nothing to come back to."""
    owner = planning()
    owner.commands(Command.TIPS)
    owner.chooses(owner.offered[0], TAKE_BACK)

    owner.chooses(BACK)

    owner.stands_at(StepId.DONE)
    assert owner.the_map.plans == ()


def test_a_plan_whose_place_another_takes_is_not_taken_for_it() -> None:
    """The first of two is taken back while another day is asked for it: the second has its place then."""
    owner = with_own("Yang pertama")
    owner.chooses(OWN_ACTION)
    owner.types(OWN)
    owner.chooses(NO_DAY, f"{TIP_PREFIX}#0", OTHER_DAY)
    owner.commands(Command.TIPS)
    owner.chooses(f"{TIP_PREFIX}#0", TAKE_BACK, BACK)

    owner.stands_at(StepId.DONE)
    assert [plan.text for plan in owner.the_map.plans] == [OWN]


# Whoever leaves for something else has said *later*.


def begins(owner: Owner) -> None:
    """Begin another map."""
    owner.commands(Command.NEW)


def opens(owner: Owner) -> None:
    """Open another map."""
    owner.maps["another"] = replace(owner.the_map, id="another", status=Status.OPEN)
    owner.commands(Command.MAPS)
    owner.chooses("pick.another", f"{MAP_PREFIX}another")


def copies(owner: Owner) -> None:
    """Copy the map for another customer."""
    owner.commands(Command.MAPS)
    owner.chooses(f"pick.{owner.the_map.id}", "map_copy")


def archives(owner: Owner) -> None:
    """Put the map away."""
    owner.commands(Command.MAPS)
    owner.chooses(f"pick.{owner.the_map.id}", "map_archive")


def checks(owner: Owner) -> None:
    """Look how the map stands today."""
    owner.commands(Command.MAPS)
    owner.chooses(f"pick.{owner.the_map.id}", "map_check")


def cancels(owner: Owner) -> None:
    """Leave the question itself."""
    owner.commands(Command.CANCEL)


def plans_another(owner: Owner) -> None:
    """Plan something else from the list."""
    owner.commands(Command.TIPS)
    owner.chooses(OWN_ACTION)
    owner.types("Lain lagi")


@pytest.mark.parametrize("leaves", [begins, opens, copies, archives, checks, cancels, plans_another])
def test_whoever_leaves_has_the_version_all_the_same(leaves: Callable[[Owner], None]) -> None:
    """The map is finished with what was said so far, and nobody calls it half-finished."""
    owner = felt()
    left = owner.the_map

    leaves(owner)

    assert [version.number for version in owner.versions if version.journey_map.id == left.id] == [1, 2]
    assert last_version(owner, left.id) == replace(left, plans=last_version(owner, left.id).plans)
    assert owner.maps[left.id].status is Status.FINISHED
    assert ReminderKind.UNFINISHED not in {
        reminder.kind for reminder in owner.waiting.values() if reminder.map_id == left.id
    }


def test_an_edit_opens_the_map_behind_its_version() -> None:
    """Left, looked at, changed: what became of the action is a version, and the map is worked on."""
    owner = felt()
    owner.commands(Command.CANCEL)
    assert owner.told[:2] == ("lead.left_side", "lead.version_kept")
    after = owner.the_map

    owner.chooses("edit", "review_persona", "cell.persona_worry")
    owner.types("Takut ketipu")

    assert last_version(owner, after.id).stages == after.stages
    assert owner.the_map.status is Status.OPEN
    owner.chooses(UNDO)
    assert owner.the_map == after


def test_nothing_is_kept_of_whoever_said_nothing() -> None:
    """A question that was left without an answer makes no version."""
    owner = planning()
    owner.chooses(NO_DAY)
    owner.chooses(owner.offered[0], DID_IT)
    before = owner.the_map

    owner.commands(Command.CANCEL)

    assert [version.number for version in owner.versions] == [1]
    assert owner.the_map == before
    assert the_plan(owner).state is PlanState.DONE


@pytest.mark.parametrize("ends", [(NOT_NOW,), (SAME, STILL)])
def test_another_name_is_no_news_of_an_action(ends: tuple[str, ...]) -> None:
    """A map that was called otherwise since it was finished is no new version of itself for that."""
    owner = planning()
    owner.chooses(NO_DAY)
    owner.journey_map = replace(owner.the_map, title="Peta 2026")
    owner.chooses(owner.offered[0], DID_IT)

    owner.chooses(*ends)

    owner.stands_at(StepId.TIPS)
    assert [version.number for version in owner.versions] == [1]


def test_whoever_begins_afresh_leaves_nothing() -> None:
    """No version of a map that is gone."""
    owner = felt()
    owner.commands(Command.DELETE)
    owner.chooses("erase_all", "erase_yes")

    owner.chooses("afresh")

    assert owner.maps == {}
    assert not any(isinstance(request, KeepVersion) for request in owner.requests)


def test_nobody_is_nudged_about_a_finished_map() -> None:
    """Days after a side trip there is silence: nothing is half-finished."""
    owner = felt()
    owner.commands(Command.PRIVACY)
    owner.chooses(BACK)

    turns = is_away(owner, timedelta(days=9))

    assert StepId.NUDGE not in {turn.session.side for turn in turns}
    assert owner.the_map.status is Status.FINISHED


def test_a_day_named_after_a_side_trip_counts() -> None:
    """The question for the day is the one that was asked."""
    owner = planning()
    owner.commands(Command.LANGUAGE)
    owner.chooses(BACK)

    owner.chooses(f"{DAY_PREFIX}1")

    assert the_plan(owner).due == (MORNING + timedelta(days=1)).date()
