"""The rules of acting: what an owner plans, by when, in whose words, and what becomes of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from conversations.acting import DROPPED
from conversations.advice import OTHER_DAY, TAKE_BACK, TIP_PREFIX
from conversations.blocks import BACK
from conversations.commands import Command
from conversations.dating import NO_DAY
from conversations.own_actions import IDEA_PREFIX, OWN_ACTION
from conversations.replies import Key, Question
from conversations.requests import KeepAnswer
from conversations.session import dump_session, load_session
from conversations.steps import StepId
from journey.limits import ENTRY_LENGTH, PLANNED_AT_ONCE
from journey.model import Entry, Plan, PlanState, Status
from tests.conversations.owner import Owner

TODAY = date(2026, 3, 2)
WILL_DO, DID_IT, NOT_FOR_ME = (f"plan.{state}" for state in PlanState)
OWN = "Balas chat paling lambat 1 jam"


def planning() -> Owner:
    """Return an owner of a finished map who has just tapped *Kerjakan* on the first suggestion."""
    owner = Owner.finished()
    owner.chooses("tips")
    owner.chooses(owner.offered[0], WILL_DO)
    return owner


def with_own(text: str = OWN, *, day: str = NO_DAY) -> Owner:
    """Return an owner of a finished map with an action in their own words, at the list."""
    owner = Owner.finished()
    owner.chooses("tips", OWN_ACTION)
    owner.types(text)
    owner.chooses(day)
    return owner


def lead(owner: Owner, name: str) -> Key:
    """Return a sentence that was just said above the question."""
    question = next(reply for reply in owner.replies if isinstance(reply, Question))
    return next(words for words in question.lead if isinstance(words, Key) and words.name == name)


def the_plan(owner: Owner) -> Plan:
    (plan,) = owner.the_map.plans
    return plan


# By when.


@pytest.mark.parametrize(
    ("option", "due"),
    [
        ("day.0", TODAY),
        ("day.1", TODAY + timedelta(days=1)),
        ("day.3", TODAY + timedelta(days=3)),
        ("day.7", TODAY + timedelta(days=7)),
        ("day.14", TODAY + timedelta(days=14)),
        (NO_DAY, None),
    ],
)
def test_after_kerjakan_one_tap_says_by_when(option: str, due: date | None) -> None:
    """The plan is there before the day is said; then the list shows it first, with its day."""
    owner = planning()
    assert owner.told == ("lead.will_do", "ask.action_date")
    assert the_plan(owner).state is PlanState.PLANNED

    owner.chooses(option)

    assert the_plan(owner).due == due
    owner.stands_at(StepId.TIPS)
    first = owner.buttons[0].label
    assert isinstance(first, Key)
    assert first.name == ("button.tip_due" if due else "button.tip_planned")
    assert first.parameters.get("due") == due


@pytest.mark.parametrize(
    ("text", "due"), [("jumat", date(2026, 3, 6)), ("tgl 5", date(2026, 3, 5)), ("5/3", date(2026, 3, 5))]
)
def test_a_day_can_be_typed_as_it_is_said(text: str, due: date) -> None:
    """What was understood is said back."""
    owner = planning()

    owner.types(text)

    assert the_plan(owner).due == due
    assert lead(owner, "lead.due_on").parameters == {"due": due, "reminds": True}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kapan-kapan", "reject.day_unread"),
        ("1/3", "reject.day_past"),
        ("5 september", "reject.day_far"),
    ],
)
def test_a_day_that_does_not_fit_is_asked_for_once_more(text: str, told: str) -> None:
    """Kindly, with what would fit; the chips are still there."""
    owner = planning()

    owner.types(text)

    assert owner.told == (told, "ask.action_date")
    assert the_plan(owner).due is None
    assert NO_DAY in owner.offered


def test_today_is_the_owners_today() -> None:
    """At six in the evening UTC it is already tomorrow in Jakarta."""
    owner = planning()
    owner.minutes = 17 * 60

    owner.chooses("day.0")

    assert the_plan(owner).due == TODAY + timedelta(days=1)


def test_going_back_plans_without_a_day() -> None:
    """*Kerjakan* was a decision; the day can be said from the card at any time."""
    owner = planning()
    owner.chooses(BACK)
    assert (the_plan(owner).state, the_plan(owner).due) == (PlanState.PLANNED, None)

    owner.chooses(owner.offered[0])
    assert owner.offered == (DID_IT, OTHER_DAY, TAKE_BACK, BACK)
    owner.chooses(OTHER_DAY, "day.3")
    owner.chooses(owner.offered[0], OTHER_DAY)

    assert owner.question.answered == Key("plan.due", {"due": TODAY + timedelta(days=3)})
    owner.chooses(NO_DAY)
    assert the_plan(owner).due is None


def test_the_question_for_the_day_survives_a_restart() -> None:
    """The session knows which plan it is about; one stored before there were days is read as well."""
    owner = planning()
    asked, document = owner.question, dump_session(owner.session)

    owner.session = load_session(document)
    assert owner.question == asked
    owner.session = load_session({key: value for key, value in document.items() if key != "deed"})

    assert owner.question.key.name == "ask.done"


def test_what_is_overdue_is_marked_and_comes_first() -> None:
    """The earliest day first, those without one behind."""
    owner = with_own("Tanpa hari")
    owner.chooses(OWN_ACTION)
    owner.types("Nanti")
    owner.chooses("day.3", OWN_ACTION)
    owner.types("Kemarin")
    owner.chooses("day.1")
    owner.minutes += 2 * 24 * 60

    owner.commands(Command.TIPS)

    labels = [option.label for option in owner.buttons[:PLANNED_AT_ONCE] if isinstance(option.label, Key)]
    assert [label.parameters["label"] for label in labels] == ["Kemarin", "Nanti", "Tanpa hari"]
    assert [label.parameters.get("overdue") for label in labels] == [True, False, None]
    owner.chooses(owner.offered[0])
    assert owner.question.key.parameters["overdue"] is True


def test_a_plan_that_is_dropped_is_as_if_it_had_never_been() -> None:
    """Its suggestion can be chosen again; the log says what happened."""
    owner = planning()
    owner.chooses("day.1")
    plan = the_plan(owner)

    owner.chooses(owner.offered[0], TAKE_BACK)

    assert owner.the_map.plans == ()
    assert owner.told == ("lead.plan_dropped", "ask.tips")
    assert KeepAnswer(StepId.TIP, plan.stage, (plan.remedy or "", DROPPED)) in owner.requests


def test_the_end_leads_to_the_plans() -> None:
    """Its button counts them."""
    owner = with_own()
    owner.chooses(BACK)

    tips = next(option.label for option in owner.buttons if option.id == "tips")

    assert tips == Key("button.tips_planned", {"count": 1})


# In the owner's own words.


def test_an_action_can_be_written_by_oneself() -> None:
    """Typed, then by when; it stands on the list like any other and has its card."""
    owner = Owner.finished()
    owner.chooses("tips", OWN_ACTION)
    owner.stands_at(StepId.ACTION_OWN)

    owner.types(f"  {OWN} ")

    assert owner.told == ("lead.will_do", "ask.action_date")
    assert the_plan(owner) == Plan(OWN, PlanState.PLANNED, owner.occasion.now)
    owner.chooses("day.1")
    owner.chooses(f"{TIP_PREFIX}#0")
    assert owner.question.key.parameters["text"] == OWN
    assert owner.the_map.status is Status.FINISHED


@pytest.mark.parametrize("pains", [(), ("qwertyuiop zxcvbn",)])
def test_it_can_be_written_where_nothing_is_suggested(pains: tuple[str, ...]) -> None:
    """Without any complaint, and with one that nothing fits."""
    owner = Owner.with_pains(*pains)
    owner.commands(Command.TIPS)

    owner.chooses(OWN_ACTION)
    owner.types(OWN)
    owner.chooses(NO_DAY)

    owner.stands_at(StepId.TIPS)
    assert the_plan(owner).text == OWN


@pytest.mark.parametrize(
    ("text", "told"),
    [("x" * (ENTRY_LENGTH + 1), "reject.long"), ("...", "reject.empty"), (OWN, "lead.plan_there")],
)
def test_words_that_are_no_new_action_are_answered(text: str, told: str) -> None:
    """Too long, nothing, or planned already: the question stays."""
    owner = with_own()
    owner.chooses(OWN_ACTION)

    owner.types(text)

    assert owner.told == (told, "ask.action_own")
    assert len(owner.the_map.plans) == 1


def test_ideas_of_the_map_are_a_tap_away() -> None:
    """Those of the owner are offered with their stage, until they are planned."""
    owner = Owner.finished()
    stage = replace(owner.stage(4), opportunities=(Entry("Kasih kartu ucapan"),))
    owner.journey_map = owner.the_map.with_stage(stage)
    owner.chooses("tips", OWN_ACTION)

    owner.chooses(f"{IDEA_PREFIX}{stage.id}.0", "day.7")

    plan = the_plan(owner)
    assert (plan.text, plan.stage, plan.due) == ("Kasih kartu ucapan", stage.id, TODAY + timedelta(days=7))
    owner.chooses(OWN_ACTION)
    assert owner.offered == (BACK,)


def test_a_fourth_action_waits_as_a_fourth_suggestion_does() -> None:
    """Three at once, whoever thought of them."""
    owner = with_own()
    for number in range(2, PLANNED_AT_ONCE + 1):
        owner.chooses(OWN_ACTION)
        owner.types(f"Aksi {number}")
        owner.chooses(NO_DAY)

    owner.chooses(OWN_ACTION)

    assert owner.told == ("lead.hands_full", "ask.tips", "toast.hands_full")
    assert lead(owner, "lead.hands_full").parameters["texts"] == (OWN, "Aksi 2", "Aksi 3")


def test_a_number_in_an_own_action_is_pointed_out() -> None:
    """A customer's number has no place here either; one tap takes it out."""
    owner = Owner.finished()
    owner.chooses("tips", OWN_ACTION)

    owner.types("Telepon 081234567890")
    assert "lead.private_number" in owner.told
    owner.chooses("!hide")

    assert "0812" not in the_plan(owner).text


def test_editing_the_message_of_an_action_is_answered() -> None:
    """It is no answer of the map: the card changes it."""
    owner = Owner.finished()
    owner.chooses("tips", OWN_ACTION)
    message = owner.types(OWN)

    owner.corrects(message, "Lain")

    assert owner.told == ("lead.edit_unknown", "ask.action_date")
    assert the_plan(owner).text == OWN


def test_the_health_screen_leads_to_the_list() -> None:
    """*Pilih ide perbaikan*: suggestions, or an action of one's own; then the mistake is gone."""
    owner = Owner.sick()

    owner.chooses("heal.no_action", OWN_ACTION)
    owner.types(OWN)
    owner.chooses(NO_DAY, BACK)

    owner.stands_at(StepId.HEALTH)
    assert "heal.no_action" not in owner.offered
