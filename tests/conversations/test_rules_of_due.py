"""The rules of the reminder of what is due: when it comes, what it lists, and that it comes once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from conversations.acting import DROPPED
from conversations.aftermath import NOT_NOW, SAME, STILL
from conversations.blocks import BACK, MAP_PREFIX
from conversations.commands import Command
from conversations.dating import NO_DAY
from conversations.due import DONE, DROP, LATER, moment_of
from conversations.events import Medium
from conversations.own_actions import OWN_ACTION
from conversations.requests import ForgetReminder, KeepAnswer, RemindAt, Request
from conversations.schedule import Reminder, ReminderKind, Zone
from conversations.session import dump_session, load_session
from conversations.steps import StepId
from journey.model import PlanState, Status
from tests.conversations.owner import Owner
from tests.conversations.test_rules_of_acting import OWN, lead, planning, the_plan, with_own

TODAY = date(2026, 3, 2)
DAY_AFTER = TODAY + timedelta(days=1)


def reminders(requests: tuple[Request, ...]) -> list[Reminder]:
    """Return the reminders of plans that were asked for."""
    found = [request.reminder for request in requests if isinstance(request, RemindAt)]
    return [reminder for reminder in found if reminder.kind is ReminderKind.ACTION]


def forgotten(requests: tuple[Request, ...]) -> list[str]:
    """Return the days that are forgotten."""
    found = [request for request in requests if isinstance(request, ForgetReminder)]
    return [request.subject for request in found if request.kind is ReminderKind.ACTION]


def promised(day: str = "day.1") -> tuple[Owner, Reminder]:
    """Return an owner with an action of their own for a day, and the reminder of it."""
    owner = with_own(day=day)
    (reminder,) = reminders(owner.requests)
    owner.chooses(BACK)
    lives_in_java = replace(owner.session.reminding, zone=Zone.WIB)
    owner.session = replace(owner.session, reminding=lives_in_java)
    return owner, reminder


@pytest.mark.parametrize(
    ("now", "day", "expected"),
    [
        ("2026-03-02T01:00", DAY_AFTER, "2026-03-03T02:00"),
        ("2026-03-02T01:00", TODAY, "2026-03-02T12:00"),
        ("2026-03-02T11:30", TODAY, "2026-03-02T12:30"),
        ("2026-03-02T12:30", TODAY, "2026-03-03T01:00"),
    ],
)
def test_it_comes_at_a_decent_hour(now: str, day: date, expected: str) -> None:
    """At nine in the morning; on the same day in the evening before eight; else the next morning."""
    moments = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (now, expected)]

    assert moment_of(day, moments[0], Zone.WIB.clock) == moments[1]


def test_it_asks_once_whether_it_is_done() -> None:
    """One message with three ways to answer; the row is gone, and no second one follows."""
    owner, reminder = promised()
    assert reminder.subject == DAY_AFTER.isoformat()

    owner.is_reminded(reminder)

    assert owner.told == ("ask.action_due",)
    assert owner.question.key.parameters == {"texts": (OWN,), "today": True, "title": ""}
    assert owner.offered == (DONE, LATER, DROP, BACK)
    assert (reminders(owner.requests), forgotten(owner.requests)) == ([], [reminder.subject])
    asked = owner.question
    owner.session = load_session(dump_session(owner.session))
    assert owner.question == asked
    owner.chooses(BACK)
    owner.stands_at(StepId.DONE)


def test_done_leads_to_the_feelings_and_back_to_what_waited() -> None:
    """As from the card; whoever has no time for it goes on where they were."""
    owner, reminder = promised()
    owner.is_reminded(reminder)

    owner.chooses(DONE)
    assert owner.told == ("lead.did_it", "ask.action_stage")
    assert the_plan(owner).state is PlanState.DONE
    owner.chooses(NOT_NOW)

    owner.stands_at(StepId.DONE)
    assert owner.session.reminder is None


def test_not_yet_asks_for_another_day_and_reminds_once_more() -> None:
    """Tomorrow at the earliest: today was today."""
    owner, reminder = promised()
    owner.is_reminded(reminder)

    owner.chooses(LATER)
    assert owner.offered[0] == "day.1"
    owner.types("hari ini")
    assert lead(owner, "reject.day_past").parameters["today"] is False
    owner.chooses("day.3")

    (again,) = reminders(owner.requests)
    assert again.due.astimezone(Zone.WIB.clock).date() == the_plan(owner).due == DAY_AFTER + timedelta(days=3)
    owner.stands_at(StepId.DONE)
    owner.is_reminded(again)
    owner.chooses(LATER, NO_DAY)
    assert reminders(owner.requests) == []
    assert the_plan(owner).due is None


def test_dropped_is_dropped() -> None:
    """One tap; the log says so."""
    owner, reminder = promised()
    owner.is_reminded(reminder)

    owner.chooses(DROP)

    assert owner.the_map.plans == ()
    assert KeepAnswer(StepId.TIP, None, (OWN, DROPPED)) in owner.requests
    owner.stands_at(StepId.DONE)


def test_two_of_a_day_are_one_message() -> None:
    """Both are listed, the first is asked about, then the other."""
    owner, reminder = promised()
    owner.chooses("tips", OWN_ACTION)
    owner.types("Foto ulang menu")
    owner.chooses("day.1")
    assert reminders(owner.requests) == [reminder]
    owner.chooses(BACK)

    owner.is_reminded(reminder)
    assert owner.question.key.parameters["texts"] == (OWN, "Foto ulang menu")
    owner.chooses(DROP)
    assert owner.told == ("lead.plan_dropped", "ask.action_due")
    assert owner.question.key.parameters["texts"] == ("Foto ulang menu",)
    owner.chooses(DONE, f"stage.{owner.stage(1).id}", SAME, STILL)

    owner.stands_at(StepId.DONE)


def test_one_that_comes_late_tells_of_the_days_since() -> None:
    """What was due meanwhile is on the same list, and not told a second time."""
    owner, reminder = promised()
    owner.chooses("tips", OWN_ACTION)
    owner.types("Foto ulang menu")
    owner.chooses("day.3")
    (other,) = reminders(owner.requests)

    owner.is_reminded(replace(reminder, due=other.due))

    assert owner.question.key.parameters["texts"] == (OWN, "Foto ulang menu")
    assert owner.question.key.parameters["today"] is False
    assert forgotten(owner.requests) == [reminder.subject, other.subject]


@pytest.mark.parametrize("way", ["done", "dropped", "no day", "another day"])
def test_what_is_settled_before_is_not_asked_about(way: str) -> None:
    """The row is forgotten at once; one that is on its way already says nothing."""
    owner, reminder = promised()
    owner.chooses("tips", "tip.#0")
    match way:
        case "done":
            owner.chooses("plan.done")
        case "dropped":
            owner.chooses("take_back")
        case "no day":
            owner.chooses("plan_day", NO_DAY)
        case _:
            owner.chooses("plan_day", "day.7")

    assert forgotten(owner.requests) == [reminder.subject]
    assert owner.is_reminded(reminder).replies == ()


def test_a_map_that_is_gone_or_put_away_reminds_of_nothing() -> None:
    """Archived, or erased."""
    owner, reminder = promised()

    owner.archived.add(owner.the_map.id)
    assert owner.is_reminded(reminder).replies == ()
    owner.archived.clear()
    owner.commands(Command.DELETE)
    owner.chooses("erase_map", "erase_yes")

    assert owner.is_reminded(reminder).replies == ()


@pytest.mark.parametrize("opens", [False, True], ids=["its button", "opening it"])
@pytest.mark.parametrize("days", [0, 1, 7])
def test_out_of_the_archive_the_days_to_come_are_remembered_again(days: int, opens: bool) -> None:
    """What came due in there was forgotten in silence; today isn't over yet."""
    owner, _ = promised(f"day.{days}")
    put_away = owner.the_map.id
    owner.commands(Command.MAPS)
    owner.chooses(f"pick.{put_away}", "map_archive")
    owner.waiting.clear()

    owner.chooses("archive", f"pick.{put_away}", f"{MAP_PREFIX}{put_away}" if opens else "map_unarchive")

    (kept,) = owner.waiting.values()
    assert kept.subject == (TODAY + timedelta(days=days)).isoformat()
    assert owner.is_reminded(kept).replies


@pytest.mark.parametrize("opens", [False, True], ids=["its button", "opening it"])
def test_out_of_the_archive_a_day_that_is_over_stays_so(opens: bool) -> None:
    """It came due in there, and nobody is asked about it later."""
    owner, reminder = promised()
    put_away = owner.the_map.id
    owner.commands(Command.MAPS)
    owner.chooses(f"pick.{put_away}", "map_archive")
    assert owner.is_reminded(replace(reminder, due=reminder.due + timedelta(days=2))).replies == ()
    assert owner.waiting == {}

    owner.chooses("archive", f"pick.{put_away}", f"{MAP_PREFIX}{put_away}" if opens else "map_unarchive")

    assert owner.waiting == {}


def test_another_language_or_an_opened_map_plans_nothing_anew() -> None:
    """A day that was told of stays told of."""
    owner, reminder = promised("day.0")
    owner.is_reminded(reminder)
    owner.chooses(BACK)

    owner.commands(Command.LANGUAGE)
    owner.chooses("lang.en")
    assert reminders(owner.requests) == []
    first = owner.the_map.id
    owner.commands(Command.NEW)
    owner.commands(Command.MAPS)
    owner.chooses(f"pick.{first}", f"{MAP_PREFIX}{first}")

    assert owner.the_map.id == first
    assert reminders(owner.requests) == []


def test_words_below_it_go_to_the_question_that_waits() -> None:
    """As below every reminder; a sticker brings that question back."""
    owner, reminder = promised()
    owner.is_reminded(reminder)

    owner.sends(Medium.STICKER)

    owner.stands_at(StepId.DONE)
    assert (owner.session.reminder, owner.session.picked) == (None, None)


def test_a_plan_of_another_map_is_answered_there_and_the_way_back_is_a_tap() -> None:
    """The reminder names the map; *Sudah* opens it, and in the end the one that waits is offered."""
    owner, reminder = promised()
    about = owner.the_map
    owner.commands(Command.NEW)
    owner.chooses("quick")
    waiting, cell = owner.the_map.id, owner.session.cell
    owner.is_reminded(reminder)
    assert owner.question.key.parameters["texts"] == (OWN,)
    assert owner.question.key.parameters["title"]
    assert owner.session.cell == cell

    owner.chooses(DONE)
    assert owner.the_map.id == about.id
    owner.chooses(f"stage.{owner.stage(1).id}", "f.senang", NOT_NOW)
    assert owner.the_map.status is Status.FINISHED
    owner.stands_at(StepId.ACTION_KEPT)
    owner.chooses(f"{MAP_PREFIX}{waiting}")

    assert (owner.the_map.id, owner.session.cell) == (waiting, cell)
    assert [plan.state for plan in owner.maps[about.id].plans] == [PlanState.DONE]


def test_leaving_a_reminder_of_another_map_leaves_everything_as_it_was() -> None:
    """Not even the map is opened."""
    owner, reminder = promised()
    owner.commands(Command.NEW)
    before, waiting = owner.session, owner.the_map

    owner.is_reminded(reminder)
    owner.chooses(BACK)

    assert replace(owner.session, revision=before.revision) == before
    assert owner.the_map == waiting


def test_a_suggestion_is_named_by_its_short_label() -> None:
    """Its full text is on the card."""
    owner = planning()
    owner.chooses("day.1")
    (reminder,) = reminders(owner.requests)

    owner.is_reminded(reminder)

    texts = owner.question.key.parameters["texts"]
    assert isinstance(texts, tuple)
    assert len(texts[0]) < len(the_plan(owner).text)
