"""The rules of being reminded of busy seasons: after one yes, ten days ahead, and silent after a no."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from conversations import checkin_screens as check_in
from conversations.announcing import NO, YES, scheduled
from conversations.blocks import BACK
from conversations.commands import Command
from conversations.events import Reminded
from conversations.preferences import zone_options
from conversations.replies import Key, Question
from conversations.requests import ForgetReminder
from conversations.schedule import Reminder, ReminderKind, Reminding, Zone
from conversations.steps import StepId
from journey.drafts import DraftKind
from tests.content import the_seasons
from tests.conversations.owner import MORNING, Owner
from tests.conversations.waiting import WIB, comes, finished_on, reminder_in, spoken, who_wants

# A yes, once.


def test_it_is_asked_once_when_a_season_is_near() -> None:
    """Below the finished map; a no is a no, and the question never comes again."""
    owner = finished_on("2026-11-29")
    assert owner.question.aside is not None
    assert owner.question.aside.name == "season.offer"
    assert spoken(owner)["name"] == "promo 12.12"

    owner.chooses(NO)

    assert owner.told[0] == "lead.season_no"
    owner.stands_at(StepId.DONE)
    assert owner.question.aside is None
    assert YES not in owner.offered
    assert owner.requests == ()


def test_it_waits_while_the_zone_is_asked_for() -> None:
    """A yes to the check-in leads to the zone: one thing at a time, the season after that."""
    owner = finished_on("2026-11-29")
    owner.session = replace(owner.session, reminding=Reminding())

    owner.chooses(check_in.YES)
    assert zones() <= set(owner.offered)
    assert (shown(owner).aside, YES in owner.offered) == (None, False)

    owner.chooses(min(zones()))
    assert shown(owner).aside == Key("season.offer", {"name": "promo 12.12"})
    assert zones().isdisjoint(owner.offered)


def zones() -> set[str]:
    return {option.id for option in zone_options()}


def shown(owner: Owner) -> Question:
    """Return the question of the last turn, with what was asked in that turn alone."""
    return next(reply for reply in owner.replies if isinstance(reply, Question))


def test_it_is_not_asked_when_nothing_is_near() -> None:
    """In spring nobody thinks of September."""
    owner = finished_on("2027-04-10")

    assert owner.question.aside is None


@pytest.mark.parametrize(
    ("day", "clock", "name"),
    [
        ("2026-12-11", time(23, 58), "promo 12.12"),
        ("2026-12-12", time(1), "Natal & Tahun Baru"),
        ("2026-12-12", time(9), "Natal & Tahun Baru"),
    ],
)
def test_the_season_offered_is_the_next_one_of_the_owners_day(day: str, clock: time, name: str) -> None:
    """At one in the morning in Jakarta 12.12 has begun, though in London it is still the 11th."""
    owner = finished_on(day, clock)

    assert spoken(owner)["name"] == name


def test_a_season_is_over_when_its_day_ends_where_the_owner_lives() -> None:
    """At five in the morning of the 13th the next one is named."""
    owner = finished_on("2026-12-13", time(5))

    owner.chooses(YES)

    assert shown(owner).lead[0] == Key("lead.season_yes", {"name": "Natal & Tahun Baru", "near": ""})


def test_nothing_is_promised_that_is_too_late() -> None:
    """Six days before 12.12 it is said that it is near; the first reminder will be of Christmas."""
    owner = finished_on("2026-12-06")

    owner.chooses(YES)

    names = {"name": "Natal & Tahun Baru", "near": "promo 12.12"}
    assert shown(owner).lead[0] == Key("lead.season_yes", names)
    assert reminder_in(owner.requests).due.date() == date(2026, 12, 14)


def test_a_yes_is_kept_with_the_morning_ten_days_ahead() -> None:
    """At nine by the owner's clock; it is said which season is next."""
    owner = finished_on("2026-11-29")

    owner.chooses(YES)

    assert owner.told[0] == "lead.season_yes"
    assert reminder_in(owner.requests) == Reminder(ReminderKind.SEASON, datetime(2026, 12, 2, 2, tzinfo=UTC))
    assert owner.question.aside is None


@pytest.mark.parametrize(("zone", "hour"), [(Zone.WIB, 2), (Zone.WITA, 1), (Zone.WIT, 0)])
def test_the_morning_is_that_of_the_owners_zone(zone: Zone, hour: int) -> None:
    """Nine o'clock in Jakarta, Makassar and Jayapura."""
    _, reminder = who_wants("2026-11-29", zone)

    assert reminder.due == datetime(2026, 12, 2, hour, tzinfo=UTC)


def test_who_moves_to_another_zone_is_reminded_at_nine_there() -> None:
    """Whatever screen the zone is changed on."""
    owner, _ = who_wants("2026-11-29")
    before = owner.session
    moved = replace(before, reminding=replace(before.reminding, zone=Zone.WIT))

    requests = scheduled(
        before, moved, owner.occasion, seasons=the_seasons(), clock=owner.interview.clock_of(moved)
    )

    assert reminder_in(requests).due == datetime(2026, 12, 2, 0, tzinfo=UTC)


def test_a_no_on_the_list_takes_the_yes_back() -> None:
    """The same button place; what was kept is forgotten."""
    owner, _ = who_wants("2026-11-29")
    assert YES not in owner.offered

    owner.chooses(NO)

    owner.stands_at(StepId.SEASONS)
    assert owner.requests == (ForgetReminder(ReminderKind.SEASON, None),)
    assert YES in owner.offered


# Ten days ahead.


def test_ten_days_ahead_the_list_comes_by_itself() -> None:
    """With the message a tap away; the next season is kept, and the question waits unchanged."""
    owner, reminder = who_wants("2026-11-29")
    owner.chooses(BACK)
    waiting = owner.session.cell

    following = comes(owner, reminder)

    owner.stands_at(StepId.SEASON_COMES)
    assert spoken(owner)["name"] == "Promo 12.12"
    assert following.due == datetime(2026, 12, 14, 2, tzinfo=UTC)
    owner.chooses(f"draft.{DraftKind.SECOND}")
    owner.stands_at(StepId.SEASON_DRAFT)
    owner.chooses(BACK, BACK, BACK)
    assert owner.session.side is None
    assert owner.session.cell == waiting


def test_each_season_comes_once_in_its_turn() -> None:
    """Through two years, always on the tenth morning before, and never the same one again."""
    owner, reminder = who_wants("2026-11-29")
    seen = []
    while True:
        following = comes(owner, reminder)
        if not owner.replies:
            break
        found = the_seasons().find(owner.session.season)
        assert found is not None
        assert owner.occasion.now.astimezone(WIB).date() == found.ready_from
        seen.append(found.id)
        reminder = following

    assert seen == [found.id for found in the_seasons().occurrences]


def test_when_the_dates_run_out_it_looks_again() -> None:
    """A month later, for the next release may know more; nothing is said."""
    owner, reminder = who_wants("2028-12-16")

    following = comes(owner, reminder)

    assert owner.replies == ()
    assert following.due - reminder.due >= timedelta(days=30)


def test_no_on_the_reminder_ends_them() -> None:
    """One tap; what was kept is forgotten, and the question is asked."""
    owner, reminder = who_wants("2026-11-29")
    comes(owner, reminder)

    owner.chooses(NO)

    assert owner.session.side is None
    assert ForgetReminder(ReminderKind.SEASON, None) in owner.requests
    assert not owner.session.reminding.wants(ReminderKind.SEASON)


def test_words_below_the_reminder_answer_the_question_that_waits() -> None:
    """Whoever scrolls past it goes on as if nothing had come."""
    owner, reminder = who_wants("2026-11-29")
    owner.chooses(BACK)
    comes(owner, reminder)

    owner.commands(Command.HELP)

    assert owner.session.side is None
    assert owner.session.reminder is None


def test_who_has_all_maps_in_the_archive_is_left_in_peace() -> None:
    """They are done with it for now; the next season is looked at all the same."""
    owner, reminder = who_wants("2026-11-29")
    owner.archived.add(owner.the_map.id)

    following = comes(owner, reminder)

    assert owner.replies == ()
    assert following.due == datetime(2026, 12, 14, 2, tzinfo=UTC)


def test_after_two_unanswered_there_is_silence_until_a_sign() -> None:
    """A week later it is tried again; when the season has begun by then, the next one is."""
    owner, reminder = who_wants("2026-11-29")

    later = comes(owner, reminder, unanswered=2)
    assert owner.replies == ()
    assert later.due - reminder.due == timedelta(days=7)

    again = comes(owner, later, unanswered=2)
    assert owner.replies == ()

    following = comes(owner, again, unanswered=2)
    assert owner.replies == ()
    assert following.due > again.due


def test_who_is_here_this_minute_is_not_interrupted() -> None:
    """An hour later is early enough."""
    owner, reminder = who_wants("2026-11-29")

    later = comes(owner, reminder, seen=timedelta(minutes=5))

    assert owner.replies == ()
    assert later.due - reminder.due == timedelta(minutes=55)


def test_who_never_said_yes_is_not_reminded() -> None:
    """A row that is left over is forgotten without a word."""
    owner = finished_on("2026-12-02")

    owner.does(Reminded(Reminder(ReminderKind.SEASON, owner.occasion.now), seen=MORNING))

    assert owner.replies == ()
    assert owner.requests == (ForgetReminder(ReminderKind.SEASON, None),)
