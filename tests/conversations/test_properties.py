"""What holds wherever an owner goes in the conversation, whatever they tap, type or send."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from conversations import advice, checkin, words
from conversations.answers import Menu
from conversations.blocks import BACK, CELL_PREFIX, FIX_PREFIX, MAP_PREFIX, PAGE_PREFIX
from conversations.checkup import HEAL_PREFIX
from conversations.commands import Command
from conversations.events import (
    Chose,
    Commanded,
    Corrected,
    Courtesy,
    Event,
    Greeted,
    Medium,
    Received,
    Reminded,
    Sent,
    Typed,
)
from conversations.interview import TABLE
from conversations.moves import resumed
from conversations.repair import repaired
from conversations.requests import KeepUnmatched
from conversations.schedule import ReminderKind
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Turn
from conversations.undoing import UNDO
from journey import gaps
from journey.limits import CHECK_INS, PLANNED_AT_ONCE
from journey.mapfile import Unreadable
from journey.model import JourneyMap, Status
from journey.plans import planned
from journey.presets import Preset
from locales.catalog import load_catalogs
from renderers.messages import Messages
from renderers.picture import Format, Layout, draw
from tests.content import the_knowledge
from tests.conversations.away import Away, made_way
from tests.conversations.editing import number_of_entries
from tests.conversations.owner import Owner
from tests.conversations.planning import Planning
from tests.conversations.promises import check_turn, stored_map, stored_session
from tests.conversations.proving import Proving
from tests.conversations.starts import STARTS
from tests.conversations.strategies import events, files, forged_options, sessions
from tests.conversations.versions import check_versions
from tests.conversations.visiting import Visiting
from tests.conversations.waiting import season_comes
from tests.strategies import journey_maps, typed_words

MESSAGES = Messages(load_catalogs(), the_knowledge())
_STEERING = (BACK, UNDO, CELL_PREFIX, FIX_PREFIX, HEAL_PREFIX, MAP_PREFIX, PAGE_PREFIX)


def may_lead_to(before: Session, after: Session, journey_map: JourneyMap | None) -> bool:
    """Tell whether the table allows an answer at one question to lead to the other."""
    if after.step is before.step or after.step in _leads(before.step, journey_map):
        return True
    if before.returns and after.step in (before.returns, StepId.LEFTOVERS, StepId.REVIEW):
        return True
    return journey_map is not None and after.cell == gaps.first_gap(journey_map)


def _leads(step: StepId, journey_map: JourneyMap | None) -> set[StepId]:
    """Return the table's next steps, and those behind them that only answered questions part."""
    found: set[StepId] = set()
    waiting = list(TABLE[step].leads)
    while waiting:
        reached = waiting.pop()
        if reached not in found:
            found.add(reached)
            if _is_passed_over(reached, journey_map):
                waiting += TABLE[reached].leads
    return found


def _is_passed_over(step: StepId, journey_map: JourneyMap | None) -> bool:
    """Tell whether a step's question may be jumped over: answered, put off or not asked at this speed."""
    if journey_map is None or isinstance(TABLE[step].answer, Menu):
        return False
    cells = [cell for cell in gaps.questions(journey_map) if cell.step == step]
    return len(cells) != 1 or cells[0] not in gaps.open_gaps(journey_map)


class Conversation(Visiting, Proving, Away, Planning):
    """An owner who does anything at any time, and what holds whatever they do."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[int, tuple[str, ...]]] = []

    def teardown(self) -> None:
        """Draw the map the owner came to: every map that can be reached can be drawn."""
        journey_map = self.owner.journey_map
        if journey_map is not None and journey_map.stages:
            titled = replace(journey_map, title=MESSAGES.title(journey_map, journey_map.language))
            words = MESSAGES.picture_words(journey_map.language)
            (picture,) = draw(titled, Layout.PREVIEW, Format.JPG, words)
            assert picture.content

    def happens(self, event: Event) -> Turn:
        """Let something happen; the same from the stored state must come to the same."""
        before, map_before = self.owner.session, self.owner.journey_map
        self.seen.append((before.revision, self.owner.offered))

        turn = super().happens(event)

        again = self.owner.interview.advance(
            stored_session(before), stored_map(map_before), event, self.owner.occasion
        )
        assert again == turn
        self.keeps(turn.requests)
        check_turn(turn, before)
        if any(isinstance(request, KeepUnmatched) for request in turn.requests):
            assert isinstance(event, Chose)
            assert event.option == words.KEEP
        return turn

    @initialize(start=st.sampled_from(tuple(STARTS)), preset=st.sampled_from(Preset))
    def arrives(self, start: str, preset: Preset) -> None:
        """Begin somewhere along the way."""
        self.comes(STARTS[start](preset))

    @rule(data=st.data())
    def chooses(self, data: st.DataObject) -> None:
        """Tap any button on the screen."""
        option = data.draw(st.sampled_from(self.owner.offered))
        before, map_before = self.owner.session, self.owner.journey_map

        turn = self.happens(Chose(option, before.revision))

        if option == BACK:
            assert turn.journey_map == map_before
        if before.screen is StepId.ENTRY_MOVE and map_before and turn.journey_map:
            assert number_of_entries(turn.journey_map) == number_of_entries(map_before)
        if before.side in advice.SCREENS and turn.journey_map and map_before:
            decided = turn.journey_map
            assert replace(map_before, plans=decided.plans, meanings=decided.meanings) == decided
        if not option.startswith(_STEERING) and turn.session.side is before.side is None:
            assert may_lead_to(before, turn.session, turn.journey_map)
        if option.startswith(HEAL_PREFIX):
            after = turn.session
            assert after.returns is StepId.HEALTH or after.step in (StepId.HEALTH, StepId.STANDING)

    @rule(data=st.data())
    def taps_twice(self, data: st.DataObject) -> None:
        """Tap a button twice in a hurry: the second tap adds nothing."""
        option = data.draw(st.sampled_from(self.owner.offered))
        revision = self.owner.session.revision

        first = self.happens(Chose(option, revision))
        second = self.happens(Chose(option, revision))

        if first.session.revision != revision:
            assert (second.session, second.journey_map) == (first.session, first.journey_map)

    @rule(data=st.data())
    def taps_an_old_button(self, data: st.DataObject) -> None:
        """Tap a button of a message further up: nothing changes, and a word says so."""
        old = [screen for screen in self.seen if screen[0] != self.owner.session.revision and screen[1]]
        if not old:
            return
        revision, offered = data.draw(st.sampled_from(old))
        before, map_before = self.owner.session, self.owner.journey_map

        turn = self.happens(Chose(data.draw(st.sampled_from(offered)), revision))

        assert (turn.session, turn.journey_map) == (before, map_before)

    @rule(option=forged_options(), current=st.booleans())
    def forges(self, option: str, current: bool) -> None:
        """Send a button that was never offered: nothing changes."""
        before, map_before = self.owner.session, self.owner.journey_map
        if option in self.owner.offered or option.startswith(FIX_PREFIX):
            return
        beneath = self.owner.interview.beneath(before, map_before, self.owner.occasion)
        if beneath and not current and option in {one.id for one in (*beneath.options, *beneath.controls)}:
            return

        turn = self.happens(Chose(option, before.revision if current else None))

        assert (turn.session, turn.journey_map) == (before, map_before)

    @rule(text=typed_words())
    def types(self, text: str) -> None:
        """Type words of any kind."""
        before = self.owner.session
        self.owner.last_message += 1

        turn = self.happens(Typed(text, self.owner.last_message))

        if before.side is None and turn.session.side is None:
            assert may_lead_to(before, turn.session, turn.journey_map)

    @rule(text=typed_words(), back=st.integers(0, 3))
    def corrects(self, text: str, back: int) -> None:
        """Edit one of the latest messages."""
        self.happens(Corrected(text, self.owner.last_message - back))

    @rule(command=st.sampled_from(Command), argument=st.just("") | typed_words())
    def commands(self, command: Command, argument: str) -> None:
        """Send any command: whatever was said about the map stays."""
        map_before = self.owner.journey_map

        turn = self.happens(Commanded(command, argument))

        if command is not Command.NEW:
            assert turn.journey_map == map_before

    @rule(courtesy=st.sampled_from(Courtesy))
    def greets(self, courtesy: Courtesy) -> None:
        """Make small talk: it is answered, and nothing changes."""
        before, map_before = self.owner.session, self.owner.journey_map

        turn = self.happens(Greeted(courtesy))

        assert (turn.session, turn.journey_map) == (made_way(before, map_before), map_before)

    @rule(medium=st.sampled_from(Medium))
    def sends(self, medium: Medium) -> None:
        """Send a sticker or a photo: it is answered, and nothing changes."""
        before, map_before = self.owner.session, self.owner.journey_map

        turn = self.happens(Sent(medium))

        assert (turn.session, turn.journey_map) == (made_way(before, map_before), map_before)

    @rule(found=files())
    def hands_in(self, found: JourneyMap | Unreadable) -> None:
        """Send a file: it is answered, and no map changes before a yes."""
        map_before = self.owner.journey_map

        turn = self.happens(Received(found))

        assert turn.journey_map == map_before

    @rule(days=st.integers(0, 40))
    def is_reminded_of_a_season(self, days: int) -> None:
        """Be reminded some time later: the map and the question stay, and only who said yes is told."""
        before, map_before = self.owner.session, self.owner.journey_map

        turn = season_comes(self.owner, days)

        assert turn.journey_map == map_before
        if turn.replies:
            assert before.reminding.wants(ReminderKind.SEASON)
            assert turn.session.cell == before.cell
            check_turn(turn, before)
        else:
            assert turn.session == before

    @invariant()
    def offers_a_map_only_on_its_screen(self) -> None:
        session = self.owner.session
        assert (session.imported is not None) == (session.side is StepId.IMPORT)

    @invariant()
    def has_no_unknown_gap_when_finished(self) -> None:
        journey_map = self.owner.journey_map
        if journey_map is not None and journey_map.status is Status.FINISHED:
            assert set(gaps.gaps(journey_map)) <= journey_map.accepted

    @invariant()
    def has_check_ins_in_order_and_few(self) -> None:
        if self.owner.journey_map is not None:
            taken = [found.taken for found in self.owner.journey_map.checkins]
            assert taken == sorted(taken)
            assert len(taken) <= CHECK_INS

    @invariant()
    def is_finished_during_a_check_in(self) -> None:
        if self.owner.session.step in checkin.STEPS:
            assert self.owner.the_map.status is Status.FINISHED

    @invariant()
    def has_one_plan_a_remedy_and_three_to_do(self) -> None:
        if self.owner.journey_map is not None:
            remedies = [plan.remedy for plan in self.owner.journey_map.plans if plan.remedy]
            assert len(set(remedies)) == len(remedies)
            assert len(planned(self.owner.journey_map)) <= PLANNED_AT_ONCE

    @invariant()
    def is_finished_at_the_last_screen(self) -> None:
        if self.owner.session.step in (StepId.DONE, StepId.SHAPES, StepId.VERSIONS):
            assert self.owner.the_map.status is Status.FINISHED
        check_versions(self.owner.versions)

    @invariant()
    def stands_at_a_question_that_exists(self) -> None:
        session, journey_map = self.owner.session, self.owner.journey_map
        assert repaired(session, journey_map) == session
        assert self.owner.question == self.owner.question


Conversation.TestCase.settings = settings(
    max_examples=50,
    stateful_step_count=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
TestConversation = Conversation.TestCase


@given(journey_map=st.none() | journey_maps(most_stages=3), event=events(), data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_state_answers_any_event(
    journey_map: JourneyMap | None, event: Event, data: st.DataObject
) -> None:
    """Whatever another release left behind, every event gets a turn that can be stored."""
    session = data.draw(sessions(journey_map))
    owner = Owner(session=session, journey_map=journey_map)
    earlier = data.draw(st.none() | journey_maps(most_stages=2))
    if earlier is not None and session.map_id is not None:
        owner.earlier[session.map_id] = replace(earlier, id=session.map_id)

    turn = owner.does(event)

    if isinstance(event, Reminded) and not turn.replies:
        assert turn.session == session
    else:
        check_turn(turn, session)


@given(journey_map=st.none() | journey_maps(most_stages=3), data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_in_any_state_every_button_works(journey_map: JourneyMap | None, data: st.DataObject) -> None:
    """Whatever another release left behind, what is offered then can be tapped, and tapped on."""
    session = data.draw(sessions(journey_map))
    owner = Owner(session=session, journey_map=journey_map)
    owner.commands(Command.CANCEL if data.draw(st.booleans()) else Command.HELP)

    for _ in range(3):
        before = owner.session
        option = data.draw(st.sampled_from(owner.offered))
        check_turn(owner.does(Chose(option, before.revision)), before)


@given(journey_map=journey_maps(most_stages=4), option=st.integers(0, 30))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_map_can_be_worked_on(journey_map: JourneyMap, option: int) -> None:
    """An imported map goes on where it stands, and each of its buttons works."""
    opened = replace(Owner().session, map_id=journey_map.id, language=journey_map.language)
    owner = Owner(session=resumed(opened, journey_map), journey_map=journey_map)

    owner.chooses(owner.offered[option % len(owner.offered)])

    assert owner.replies


@given(journey_map=journey_maps(most_stages=3), taps=st.lists(st.integers(0, 30), min_size=1, max_size=6))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_suggestions_for_any_map_can_be_decided(journey_map: JourneyMap, taps: list[int]) -> None:
    """Whatever a map holds, taps at its suggestions change nothing but what was decided and meant."""
    opened = replace(Owner().session, map_id=journey_map.id, language=journey_map.language)
    owner = Owner(session=resumed(opened, journey_map), journey_map=journey_map)
    owner.commands(Command.TIPS)

    for tap in taps:
        before = owner.session
        if before.side in advice.SCREENS:
            check_turn(owner.does(Chose(owner.offered[tap % len(owner.offered)], before.revision)), before)

    decided = owner.the_map
    assert replace(journey_map, plans=decided.plans, meanings=decided.meanings) == decided
