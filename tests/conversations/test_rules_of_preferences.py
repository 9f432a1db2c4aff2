"""What an owner wants to be reminded of, and the clock on their wall: /pengingat."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.blocks import BACK
from conversations.commands import Command
from conversations.events import Chose
from conversations.preferences import KIND_PREFIX, ZONE_PREFIX, asking_zone
from conversations.replies import Key
from conversations.requests import RemindAt
from conversations.schedule import OPT_IN, Reminder, ReminderKind, Zone
from conversations.steps import StepId
from conversations.turns import Outcome
from tests.conversations.away import is_away
from tests.conversations.owner import Owner
from tests.conversations.test_rules_of_acting import planning

UNFINISHED = f"{KIND_PREFIX}{ReminderKind.UNFINISHED}"
WITA = f"{ZONE_PREFIX}{Zone.WITA}"


def at_reminders() -> Owner:
    """Return an owner in the middle of a map who looks at what they are reminded of."""
    owner = Owner.at_stages("quick")
    owner.chooses(owner.offered[0])
    owner.commands(Command.REMINDERS)
    return owner


def test_each_kind_has_a_tick_where_it_comes() -> None:
    """Those nobody comes without being asked for are off as long as nobody wants them."""
    owner = at_reminders()

    owner.stands_at(StepId.REMINDERS)
    ticks = {option.id: option.chosen for option in owner.buttons if option.id.startswith(KIND_PREFIX)}
    assert ticks == {f"{KIND_PREFIX}{kind}": kind not in OPT_IN for kind in ReminderKind}


@pytest.mark.parametrize("kind", list(ReminderKind))
def test_one_tap_changes_a_kind_and_another_changes_it_back(kind: ReminderKind) -> None:
    """In place, and the question below waits as it was."""
    owner = at_reminders()
    waiting, before = owner.session.cell, owner.session.reminding.wants(kind)

    owner.chooses(f"{KIND_PREFIX}{kind}")
    changed = owner.session.reminding.wants(kind)
    owner.chooses(f"{KIND_PREFIX}{kind}")

    assert (changed, owner.session.reminding.wants(kind)) == (not before, before)
    assert owner.session.reminding.is_decided(kind)
    owner.chooses(BACK)
    assert (owner.session.side, owner.session.cell) == (None, waiting)


def test_who_turned_reminders_off_hears_nothing_and_who_turns_them_on_again_does() -> None:
    """Of the map that is open, counted from then on."""
    owner = at_reminders()
    owner.chooses(UNFINISHED)
    assert is_away(owner, timedelta(days=9)) == []
    assert owner.waiting == {}

    owner.chooses(UNFINISHED)

    assert len(is_away(owner, timedelta(days=9))) == 2


def test_a_zone_is_chosen_in_one_tap_and_can_be_changed() -> None:
    """The one that counts has a tick."""
    owner = at_reminders()
    owner.chooses(WITA)
    owner.chooses(f"{ZONE_PREFIX}{Zone.WIT}", WITA)

    assert owner.session.reminding.zone is Zone.WITA
    assert WITA in owner.ticked
    assert owner.told == ("lead.zone_kept", "ask.reminders")


def test_the_zone_is_asked_for_once_when_the_owner_first_wants_a_reminder() -> None:
    """Beside whatever is asked then; whoever passes it by isn't asked again."""
    owner = Owner.at_stages("quick")
    wanted = RemindAt(Reminder(ReminderKind.ACTION, owner.occasion.now, owner.the_map.id, "r.1"))
    half = RemindAt(Reminder(ReminderKind.UNFINISHED, owner.occasion.now, owner.the_map.id))
    outcome = Outcome(owner.session, owner.journey_map)

    asked = asking_zone(outcome, (wanted,))
    again = asking_zone(replace(outcome, session=asked.session), (wanted,))

    assert [option.id for option in asked.extras] == [f"{ZONE_PREFIX}{zone}" for zone in Zone]
    assert asked.lead == (Key("lead.zone_ask"),)
    assert again.extras == asking_zone(outcome, (half,)).extras == ()


def test_the_zone_is_not_asked_for_by_who_refused_that_reminder() -> None:
    """A day can be planned without one; the zone is asked for with the first reminder that will come."""
    owner = planning()
    owner.commands(Command.REMINDERS)
    owner.chooses(f"{KIND_PREFIX}{ReminderKind.ACTION}", BACK)

    owner.chooses("day.1")

    assert any(isinstance(request, RemindAt) for request in owner.requests)
    assert "lead.zone_ask" not in owner.told
    assert WITA not in owner.offered
    assert not owner.session.reminding.asked


def test_a_zone_below_another_question_is_kept_and_the_question_stays() -> None:
    """One tap, and no answer of the map changes."""
    owner = Owner.at_stages("quick")
    outcome = asking_zone(
        Outcome(owner.session, owner.journey_map),
        (RemindAt(Reminder(ReminderKind.ACTION, owner.occasion.now, owner.the_map.id)),),
    )
    owner.session = outcome.session
    before, cell = owner.the_map, owner.session.cell

    owner.does(Chose(WITA, owner.session.revision))

    assert (owner.the_map, owner.session.cell, owner.session.side) == (before, cell, None)
    assert owner.session.reminding.zone is Zone.WITA
    owner.does(Chose(WITA, owner.session.revision))
    assert owner.told == ("toast.stale",)


def test_a_zone_nobody_asked_for_is_not_kept() -> None:
    """A forged button changes nothing."""
    owner = Owner.at_stages("quick")
    before = owner.session

    owner.does(Chose(WITA, before.revision))

    assert owner.session == before
    assert owner.told == ("toast.stale",)
