"""An owner who wants it is asked once a month how customers feel; whoever doesn't answer is left alone."""

from dataclasses import replace
from datetime import timedelta

from conversations.blocks import BACK, MAP_PREFIX, STOP
from conversations.checkin import MONTH
from conversations.checkin_screens import LATER, NO, YES
from conversations.commands import Command
from conversations.events import Reminded
from conversations.replies import Key
from conversations.requests import ForgetReminder
from conversations.schedule import Reminder
from conversations.steps import StepId
from tests.conversations.monthly import MONTHLY, monthly, taps
from tests.conversations.owner import MORNING, Owner


def test_whether_to_ask_is_asked_once() -> None:
    """One question below the finished map; who goes on without an answer isn't asked again."""
    owner = Owner.finished()
    assert owner.question.aside == Key("ask.check_in_offer")

    owner.chooses("shapes", BACK)

    assert owner.question.aside is None
    assert not owner.session.reminding.wants(MONTHLY)
    assert YES not in owner.offered


def test_one_tap_is_a_yes_and_a_month_later_the_owner_is_asked() -> None:
    """About 30 days after finishing, in waking hours; one line that leads to the first stage."""
    owner = Owner.finished()
    finished = owner.the_map.finished
    assert finished is not None
    owner.chooses(YES)
    (reminder,) = monthly(owner)
    assert timedelta(0) <= reminder.due - finished - MONTH < timedelta(hours=14)
    assert owner.question.aside is None

    owner.is_reminded(reminder)

    assert owner.session.side is StepId.CHECK_IN_DUE
    assert owner.offered == (f"{MAP_PREFIX}{owner.the_map.id}", LATER, STOP)
    owner.chooses(f"{MAP_PREFIX}{owner.the_map.id}")
    owner.stands_at(StepId.CHECK_IN, 1)
    taps(owner, 3)
    (following,) = monthly(owner)
    assert following.due - owner.occasion.now >= MONTH - timedelta(minutes=5)


def test_nobody_is_asked_who_did_not_say_yes() -> None:
    """A reminder that was on its way is forgotten."""
    owner = Owner.finished()
    owner.chooses(NO)

    turn = owner.is_reminded(Reminder(MONTHLY, owner.occasion.now + MONTH, owner.the_map.id))

    assert turn.replies == ()
    assert [type(request) for request in turn.requests] == [ForgetReminder]


def test_who_does_not_answer_is_asked_next_month_and_then_there_is_silence() -> None:
    """Two without a sign of life are enough; whoever is back is asked again."""
    owner = Owner.finished()
    owner.chooses(YES)
    (first,) = monthly(owner)
    owner.is_reminded(first)
    (second,) = monthly(owner)
    assert MONTH <= second.due - owner.occasion.now < MONTH + timedelta(days=1)
    owner.is_reminded(second)
    (third,) = monthly(owner)
    owner.minutes = int((third.due - MORNING) / timedelta(minutes=1))

    turn = owner.does(Reminded(third, seen=MORNING, unanswered=2))

    assert turn.replies == ()
    (silent,) = monthly(owner)
    assert silent.due > owner.occasion.now
    assert owner.is_reminded(silent).replies


def test_next_month_and_never_are_a_tap_away() -> None:
    """The question that waited is there as before."""
    owner = Owner.finished()
    owner.chooses(YES)
    (reminder,) = monthly(owner)
    owner.is_reminded(reminder)

    owner.chooses(LATER)
    assert "lead.check_in_later" in owner.told
    assert owner.session.reminding.wants(MONTHLY)
    owner.is_reminded(reminder)
    owner.chooses(STOP)

    owner.stands_at(StepId.DONE)
    assert not owner.session.reminding.wants(MONTHLY)


def test_the_answer_can_be_changed_in_the_menu() -> None:
    """Yes there counts for every finished map that isn't archived."""
    owner = Owner.finished()
    owner.chooses(NO)
    other = replace(owner.the_map, id="other")
    away = replace(owner.the_map, id="away")
    owner.maps |= {"other": other, "away": away}
    owner.archived.add("away")
    owner.chooses("check_in_menu")

    owner.chooses(YES)

    assert {reminder.map_id for reminder in monthly(owner)} == {owner.the_map.id, "other"}
    owner.chooses(NO)
    assert not owner.session.reminding.wants(MONTHLY)


def test_a_map_that_is_worked_on_is_not_asked_about() -> None:
    """Until it is finished again; a deleted one isn't either, an archived one not as long as it is there."""
    owner = Owner.finished()
    owner.chooses(YES)
    (reminder,) = monthly(owner)
    owner.chooses("edit", "review_persona", "cell.persona_worry")
    owner.types("Takut rasanya beda")
    assert ForgetReminder(MONTHLY, owner.the_map.id) in owner.requests
    assert owner.is_reminded(reminder).replies == ()

    owner.chooses(BACK, "finish")
    (again,) = monthly(owner)
    assert again.due > reminder.due - timedelta(days=1)
    owner.archived.add(owner.the_map.id)

    assert owner.is_reminded(again).replies == ()
    (resting,) = monthly(owner)
    owner.archived.clear()
    assert owner.is_reminded(resting).replies


def test_typed_words_below_the_invitation_answer_the_question_that_waits() -> None:
    """As with every reminder."""
    owner = Owner.finished()
    owner.chooses(YES, "edit", "review_shop", "cell.title")
    reminder = Reminder(MONTHLY, owner.occasion.now, "finished")
    owner.maps["finished"] = replace(owner.the_map, id="finished")
    owner.is_reminded(reminder)
    assert owner.session.side is StepId.CHECK_IN_DUE

    owner.types("Kopi langganan")

    assert owner.the_map.title == "Kopi langganan"


def test_the_check_in_of_another_map_leaves_the_open_one_where_it_is() -> None:
    """It is in the list of unfinished maps, as always."""
    owner = Owner.finished()
    finished = owner.the_map.id
    owner.chooses(YES)
    (reminder,) = monthly(owner)
    owner.commands(Command.NEW)
    owner.chooses("quick")
    begun = owner.the_map

    owner.is_reminded(reminder)
    owner.chooses(f"{MAP_PREFIX}{finished}")

    assert owner.the_map.id == finished
    owner.stands_at(StepId.CHECK_IN, 1)
    assert owner.maps[begun.id] == begun
