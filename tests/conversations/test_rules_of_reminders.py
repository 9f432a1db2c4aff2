"""What an owner is reminded of, when, and when there is silence."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from conversations.blocks import MAP_PREFIX
from conversations.events import Medium, Reminded
from conversations.reminders import FIRST_AFTER, STOP
from conversations.requests import ForgetReminder, RemindAt
from conversations.schedule import Reminder, ReminderKind, Zone, awake
from conversations.steps import StepId
from conversations.turns import Turn
from journey.model import Status
from tests.conversations.owner import MORNING, Owner


def reminder_of(turn: Turn | Owner) -> Reminder:
    """Return the one reminder that a turn asks for."""
    (found,) = (request.reminder for request in turn.requests if isinstance(request, RemindAt))
    return found


def half_way() -> Owner:
    """Return an owner who stopped in the middle of a map, and the reminder kept of it."""
    owner = Owner.at_stages("quick")
    owner.types("harga nggak jelas")
    return owner


def test_a_half_finished_map_is_remembered_a_day_later_and_three_days_after_that() -> None:
    """One line with the way to the question that waits; after the second there is silence."""
    owner = half_way()
    first = reminder_of(owner)
    waiting = owner.session.cell
    assert first.due - owner.occasion.now == FIRST_AFTER

    owner.is_reminded(first)
    assert owner.session.side is StepId.NUDGE
    assert owner.offered == (f"{MAP_PREFIX}{owner.the_map.id}", STOP)
    second = reminder_of(owner)
    assert second.due - owner.occasion.now == timedelta(days=3)

    owner.is_reminded(second)
    assert owner.session.side is StepId.NUDGE
    assert [type(request) for request in owner.requests] == [ForgetReminder]

    owner.chooses(f"{MAP_PREFIX}{owner.the_map.id}")
    assert owner.session.side is None
    assert owner.session.cell == waiting


def test_a_finished_map_is_not_half_finished() -> None:
    """Finishing takes the reminder back, and one that is under way says nothing."""
    owner = half_way()
    reminder = reminder_of(owner)
    finished = Owner.finished()

    turn = finished.is_reminded(replace(reminder, map_id=finished.the_map.id))

    assert finished.the_map.status is Status.FINISHED
    assert turn.replies == ()
    assert [type(request) for request in turn.requests] == [ForgetReminder]


def test_who_says_no_is_not_reminded_again() -> None:
    """One tap is enough, for this map and for those to come; the question waits as before."""
    owner = half_way()
    reminder = reminder_of(owner)
    waiting = owner.session.cell
    owner.is_reminded(reminder)

    owner.chooses(STOP)

    assert owner.session.cell == waiting
    assert owner.session.side is None
    assert owner.is_reminded(reminder).replies == ()


def test_words_below_a_reminder_answer_the_question_that_waits() -> None:
    """An owner who scrolls up and answers is understood; a sticker brings the question back."""
    owner = half_way()
    owner.is_reminded(reminder_of(owner))

    owner.types("deg-degan")

    owner.stands_at(StepId.FEELING_SCORE)
    assert owner.session.pending == "deg-degan"
    owner.is_reminded(Reminder(ReminderKind.UNFINISHED, owner.occasion.now, owner.the_map.id))
    owner.sends(Medium.STICKER)
    assert owner.session.side is None


@pytest.mark.parametrize("step", [StepId.LEAVING, StepId.RETENTION])
def test_a_reminder_never_takes_the_place_of_a_screen_that_matters_more(step: StepId) -> None:
    """Who is leaving, or is asked whether to keep everything, is not asked to go on."""
    owner = half_way()
    reminder = reminder_of(owner)
    owner.session = replace(owner.session, side=step, erases=MORNING + timedelta(days=9))

    turn = owner.is_reminded(reminder)

    assert turn.replies == ()
    assert owner.session.side is step
    assert reminder_of(turn).due > owner.occasion.now


def test_nobody_is_reminded_at_night_or_in_the_middle_of_a_conversation() -> None:
    """What comes at a bad time comes later, and not lost."""
    owner = half_way()
    reminder = reminder_of(owner)
    now = owner.occasion.now

    for event in (
        Reminded(reminder, seen=now),
        Reminded(reminder, seen=now - FIRST_AFTER, last=now - timedelta(hours=3)),
        Reminded(reminder, seen=now - FIRST_AFTER, unanswered=2),
    ):
        turn = owner.does(event)
        assert turn.replies == ()
        assert reminder_of(turn).due > now


@pytest.mark.parametrize(
    ("zone", "utc", "expected"),
    [
        (Zone.WIB, "2026-03-02T01:00", "2026-03-02T01:00"),
        (Zone.WIB, "2026-03-02T00:59", "2026-03-02T01:00"),
        (Zone.WIB, "2026-03-02T13:00", "2026-03-03T01:00"),
        (Zone.WIT, "2026-03-02T11:00", "2026-03-02T23:00"),
        (Zone.WITA, "2026-03-01T23:30", "2026-03-02T00:00"),
    ],
)
def test_mornings_begin_by_the_owners_clock(zone: Zone, utc: str, expected: str) -> None:
    """Eight in the morning is at 1, 0 and 23 hours UTC in the west, the middle and the east."""
    moment, morning = (datetime.fromisoformat(f"{text}+00:00") for text in (utc, expected))

    assert awake(moment, zone.clock) == morning
