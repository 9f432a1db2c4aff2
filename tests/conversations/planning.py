"""What holds for plans, their days and reminders, whatever else an owner does: a part of the conversation."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from conversations.acting import returned
from conversations.advice import DECIDE_PREFIX
from conversations.commands import Command
from conversations.dating import DAY_PREFIX
from conversations.events import Chose, Reminded, Typed
from conversations.own_actions import OWN_ACTION
from conversations.reminders import SCREENS
from conversations.requests import ForgetReminder, RemindAt, Request
from conversations.schedule import Reminder, Zone
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Turn
from journey.limits import DUE_WITHIN
from journey.model import JourneyMap, PlanState
from journey.presets import Preset
from tests.conversations.editing import Editing
from tests.conversations.owner import MORNING, Owner
from tests.conversations.promises import check_turn
from tests.strategies import typed_words

Row = tuple[str, str | None, str]


def planning(start: str, preset: Preset) -> Owner:
    """Return an owner who says by when, writes an action, is reminded of one, or tells what became of it."""
    owner = Owner.finished() if start in ("due", "felt") else Owner.at_review(preset)
    owner.commands(Command.TIPS)
    if start == "own":
        owner.chooses(OWN_ACTION)
        return owner
    owner.chooses(owner.offered[0], f"{DECIDE_PREFIX}{PlanState.PLANNED}")
    if start == "day":
        return owner
    owner.chooses(f"{DAY_PREFIX}1")
    if start == "due":
        found = (one.reminder for one in owner.requests if isinstance(one, RemindAt))
        owner.is_reminded(next(reminder for reminder in found if reminder.subject))
        return owner
    owner.chooses(owner.offered[0], f"{DECIDE_PREFIX}{PlanState.DONE}")
    if start == "felt":
        owner.chooses("f.senang")
    return owner


class Planning(Editing):
    """The rules of plans and of reminders."""

    def __init__(self) -> None:
        super().__init__()
        self.reminders: dict[Row, Reminder] = {}

    def keeps(self, requests: tuple[Request, ...]) -> None:
        """Keep and forget reminders as the edge does."""
        for request in requests:
            match request:
                case RemindAt(reminder=reminder):
                    self.reminders[reminder.kind, reminder.map_id, reminder.subject] = reminder
                case ForgetReminder(kind=kind, map_id=map_id, subject=subject):
                    self.reminders.pop((kind, map_id, subject), None)
                case _:
                    pass

    def stays(self, turn: Turn, before: Session, map_before: JourneyMap | None) -> None:
        """Check that nothing changed but that a reminder on the screen has given way to what waits."""
        if before.side in SCREENS:
            before = replace(before, side=None, reminder=None, picked=None, revision=turn.session.revision)
            before = returned(before, map_before)
        assert (turn.session, turn.journey_map) == (before, map_before)

    @rule(text=typed_words() | st.sampled_from(("Tambah kurir", "Balas chat 1 jam")))
    def writes_an_action(self, text: str) -> None:
        """Write an action of one's own: at most one plan more, and nothing else of the map changes."""
        if OWN_ACTION not in self.owner.offered:
            return
        before = self.owner.the_map
        self.happens(Chose(OWN_ACTION, self.owner.session.revision))
        if self.owner.session.side is not StepId.ACTION_OWN:
            return
        self.owner.last_message += 1

        turn = self.happens(Typed(text, self.owner.last_message))

        assert turn.journey_map is not None
        assert len(turn.journey_map.plans) - len(before.plans) in (0, 1)
        assert replace(turn.journey_map, plans=before.plans) == before

    @rule(text=typed_words() | st.sampled_from(("besok", "jumat", "tgl 5", "in 3 days", "5/12")))
    def names_a_day(self, text: str) -> None:
        """Type a day: it is never past and never far."""
        if self.owner.session.side is not StepId.ACTION_DATE:
            return
        before = {plan.since: plan.due for plan in self.owner.the_map.plans}
        self.owner.last_message += 1

        turn = self.happens(Typed(text, self.owner.last_message))

        assert turn.journey_map is not None
        today = self.owner.occasion.now.astimezone(Zone.WIB.clock).date()
        changed = [plan.due for plan in turn.journey_map.plans if plan.due != before[plan.since]]
        assert all(due and timedelta() <= due - today <= timedelta(days=DUE_WITHIN) for due in changed)

    @rule(data=st.data())
    def is_reminded(self, data: st.DataObject) -> None:
        """Let the time of any reminder come: what waits and the map stay, and it comes once."""
        if not self.reminders:
            return
        row = data.draw(st.sampled_from(sorted(self.reminders, key=str)))
        reminder, before = self.reminders[row], self.owner.session
        map_before = self.owner.journey_map
        self.owner.minutes = max(self.owner.minutes, int((reminder.due - MORNING) / timedelta(minutes=1)))

        turn = self.owner.does(Reminded(reminder, seen=MORNING - timedelta(days=1)))

        self.keeps(turn.requests)
        assert turn.journey_map == map_before
        assert row not in self.reminders or self.reminders[row].due > self.owner.occasion.now
        if turn.replies:
            check_turn(turn, before)
            assert turn.session.side in SCREENS
            assert (turn.session.step, turn.session.stage) == (before.step, before.stage)
        else:
            assert replace(turn.session, revision=before.revision) == before
