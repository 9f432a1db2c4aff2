"""What an owner is reminded of, when, and when there is silence."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo

import pytest

from conversations.blocks import MAP_PREFIX, STOP
from conversations.commands import Command
from conversations.events import Chose, Medium, Reminded
from conversations.reminders import FIRST_AFTER
from conversations.requests import ForgetReminder, RemindAt
from conversations.schedule import Reminder, ReminderKind, Reminding, Zone, awake
from conversations.steps import StepId
from conversations.turns import Turn
from journey.model import Status
from tests.conversations.away import is_away
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


def test_opening_a_map_is_no_reason_to_begin_counting_anew() -> None:
    """Who only looks is reminded no more often than who doesn't; who goes on working is."""
    owner = half_way()
    first = owner.the_map.id
    owner.commands(Command.NEW)
    owner.chooses("full")
    is_away(owner, timedelta(days=2))
    before = dict(owner.waiting)

    owner.commands(Command.RESUME)
    owner.chooses(f"{MAP_PREFIX}{first}")
    looked = dict(owner.waiting)
    owner.commands(Command.LANGUAGE)
    owner.chooses("lang.en")
    spoken = dict(owner.waiting)
    owner.chooses(owner.offered[0])

    key = (ReminderKind.UNFINISHED, first, "")
    assert spoken == looked == before
    assert owner.waiting[key].due == owner.occasion.now + FIRST_AFTER
    assert owner.waiting[key].count == 0


def test_two_half_finished_maps_are_two_messages_not_four() -> None:
    """A day apart; without a sign of life there is silence after the second of all."""
    owner = half_way()
    first = owner.the_map.id
    owner.commands(Command.NEW)
    owner.chooses("full")
    second = owner.the_map.id

    shown = is_away(owner, timedelta(days=300))

    assert [turn.session.reminder.map_id for turn in shown if turn.session.reminder] == [first, second]
    owner.chooses(f"{MAP_PREFIX}{second}")
    assert owner.the_map.id == second
    assert len(is_away(owner, timedelta(days=300))) == 2


def test_going_on_leads_to_the_map_the_reminder_is_about() -> None:
    """Also when another one is open, which waits where it was."""
    owner = half_way()
    first, stood = owner.the_map.id, owner.session.cell
    owner.commands(Command.NEW)
    owner.chooses("full")
    is_away(owner, timedelta(days=1, hours=1))

    owner.chooses(f"{MAP_PREFIX}{first}")

    assert (owner.the_map.id, owner.session.cell, owner.session.side) == (first, stood, None)
    assert owner.session.reminder is None


def test_a_map_that_is_gone_leads_back_to_the_question() -> None:
    """The reminder that speaks of it goes too, instead of asking for ever."""
    owner = half_way()
    first = owner.the_map.id
    owner.commands(Command.NEW)
    owner.chooses("full")
    is_away(owner, timedelta(days=1, hours=1))
    del owner.maps[first]

    owner.does(Chose(f"{MAP_PREFIX}{first}", owner.session.revision))

    assert owner.told[-1] == "toast.map_gone"
    assert (owner.session.side, owner.session.step) == (None, StepId.GOAL)


def test_a_map_back_from_the_bin_or_the_archive_is_half_finished_again() -> None:
    """What was forgotten while it was away is remembered from then on."""
    owner = half_way()
    kept = owner.the_map.id
    owner.commands(Command.DELETE)
    owner.chooses("erase_map", "erase_yes")
    assert is_away(owner, timedelta(days=2)) == []
    assert owner.waiting == {}

    owner.chooses(f"restore.{kept}")

    assert [reminder.map_id for reminder in owner.waiting.values()] == [kept]


@pytest.mark.parametrize("opens", [False, True], ids=["its button", "opening it"])
def test_a_map_out_of_the_archive_is_half_finished_again(opens: bool) -> None:
    """There its reminder passed in silence; counting begins anew."""
    owner = half_way()
    kept = owner.the_map.id
    owner.commands(Command.MAPS)
    owner.chooses(f"pick.{kept}", "map_archive")
    assert is_away(owner, timedelta(days=2)) == []
    assert owner.waiting == {}

    owner.chooses("archive", f"pick.{kept}", f"{MAP_PREFIX}{kept}" if opens else "map_unarchive")

    (reminder,) = owner.waiting.values()
    assert (reminder.map_id, reminder.count) == (kept, 0)
    assert reminder.due > owner.occasion.now


def test_a_map_with_nothing_left_to_ask_is_to_be_looked_through() -> None:
    """It isn't said to stand at no stage."""
    owner = Owner.at_review()

    is_away(owner, timedelta(days=2))

    assert owner.question.key.parameters["complete"]


def test_a_typed_chip_of_the_question_below_is_its_answer() -> None:
    """The label of a button that was there yesterday; one that is nowhere changes nothing."""
    owner = half_way()
    below = owner.offered[0]
    is_away(owner, timedelta(days=2))
    waiting = owner.session

    owner.does(Chose("f.nothing_like_it"))
    assert replace(owner.session, revision=waiting.revision) == waiting
    owner.does(Chose(below))

    assert owner.session.side is None
    assert owner.stage(1).feelings[0].chip == below


def test_what_comes_at_a_bad_time_leaves_the_buttons_good() -> None:
    """Put off in silence, also where the stored place needed repair: what the owner sees still works."""
    owner = half_way()
    reminder = reminder_of(owner)
    owner.session = replace(owner.session, reminder=reminder, stage="gone")
    shown = owner.session

    turn = owner.does(Reminded(reminder, seen=owner.occasion.now))

    assert turn.session == shown
    assert turn.replies == ()


@pytest.mark.parametrize(
    ("zone", "default", "utc", "shown"),
    [
        (None, Zone.WIB.clock, "2026-03-09T10:30", True),
        (None, Zone.WIB.clock, "2026-03-09T11:30", False),
        (None, UTC, "2026-03-09T11:30", True),
        (Zone.WIB, Zone.WIB.clock, "2026-03-09T11:30", True),
        (Zone.WIT, Zone.WIB.clock, "2026-03-09T11:30", False),
        (Zone.WIT, UTC, "2026-03-08T23:30", True),
    ],
)
def test_whoever_may_live_anywhere_is_told_while_it_is_day_everywhere(
    zone: Zone | None, default: tzinfo, utc: str, shown: bool
) -> None:
    """In all of Indonesia, that is, where the operator's clock shows a time of it."""
    owner = half_way()
    owner.interview = replace(owner.interview, clock=default)
    owner.session = replace(owner.session, reminding=Reminding(zone))
    moment = datetime.fromisoformat(f"{utc}+00:00")
    owner.minutes = int((moment - MORNING) / timedelta(minutes=1)) - 1

    turn = owner.does(Reminded(reminder_of(owner), seen=MORNING))

    assert bool(turn.replies) == shown
