"""Where a button leads that belongs to the question on the screen."""

from dataclasses import replace

from conversations import (
    advice,
    announcing,
    cells,
    checkin,
    checkin_screens,
    entries,
    followups,
    preferences,
    reminders,
    shelving,
    sides,
    understanding,
    undoing,
)
from conversations.acting import Present
from conversations.blocks import (
    BACK,
    CELL_PREFIX,
    EMPTY,
    EXAMPLE,
    MAP_PREFIX,
    OWN_WORDS,
    PAGE_PREFIX,
    SKIP,
)
from conversations.checkup import HEAL_PREFIX
from conversations.interview import TABLE
from conversations.moves import backward
from conversations.navigation import choose
from conversations.offers import Shelf
from conversations.replies import Key
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome, beside
from journey.examples import Example
from journey.health import Check
from journey.model import Cell, JourneyMap

_TIPS = ("tips", f"{HEAL_PREFIX}{Check.NO_ACTION}")
"""The buttons that lead to what could be done."""


def follow(
    session: Session, journey_map: JourneyMap | None, option: str, present: Present, *, example: Example
) -> Outcome:
    """Do what a button says that is on the screen."""
    shelf, occasion, clock = present.shelf, present.occasion, present.clock
    session = checkin.passed_by(session, option)
    if option.startswith(PAGE_PREFIX):
        page = int(option.removeprefix(PAGE_PREFIX))
        return Outcome(replace(session, page=page), journey_map)
    if option.startswith(MAP_PREFIX):
        if occasion.opened is None:
            return Outcome(reminders.shut(session), journey_map, toast=Key("toast.map_gone"))
        outcome = shelving.opened(session, occasion.opened, shelf.knowledge, occasion)
        return checkin.begin(outcome, occasion) if session.side is StepId.CHECK_IN_DUE else outcome
    if session.side is StepId.REMINDERS:
        return preferences.chose(session, journey_map, option, occasion, clock)
    if TABLE[session.screen].side or journey_map is None:
        return sides.chose(session, journey_map, option, present, example=example)
    if option == undoing.UNDO and occasion.earlier is not None:
        return undoing.undone(session, journey_map, occasion.earlier, shelf.knowledge)
    if option in (checkin_screens.YES, checkin_screens.NO):
        return checkin.decided(session, journey_map, option, occasion, clock)
    if session.step in checkin.STEPS:
        return checkin.chose(
            session,
            journey_map,
            option,
            shelf,
            occasion=occasion,
            clock=clock,
        )
    if session.step in followups.FOLLOWUPS:
        return understanding.chose(session, journey_map, option, shelf)
    if option == BACK and session.step in entries.SCREENS:
        return Outcome(entries.earlier_screen(session), journey_map)
    if option == BACK:
        earlier = backward(session, journey_map)
        return Outcome(earlier or beside(session, StepId.WELCOME), journey_map)
    if option == SKIP:
        return cells.skip(session, journey_map)
    if option == EMPTY:
        return cells.emptied(session, journey_map)
    if option == EXAMPLE:
        return with_example(Outcome(session, journey_map), shelf)
    if option == OWN_WORDS:
        return Outcome(session, journey_map, lead=(Key("lead.type_own"),))
    if option in _TIPS:
        return advice.open_tips(session, journey_map, shelf)
    if option.startswith(CELL_PREFIX):
        cell = cell_of(option.removeprefix(CELL_PREFIX))
        return Outcome(entries.open_cell(session, journey_map, cell), journey_map)
    if session.step in entries.SCREENS:
        return entries.choose(session, journey_map, option, shelf)
    if session.step is StepId.FEELING_SCORE:
        return cells.with_score(session, journey_map, int(option.removeprefix("score.")))
    if cells.is_cell(session.step):
        return cells.chose(session, journey_map, option, shelf)
    if option in announcing.ANSWERS:
        return announcing.answered(session, journey_map, option, present)
    return choose(session, journey_map, option, shelf.knowledge, occasion)


def with_example(outcome: Outcome, shelf: Shelf) -> Outcome:
    """Add an example answer to the question that is due, where there is one."""
    session, journey_map = outcome.session, outcome.journey_map
    if journey_map is None or TABLE[session.screen].side:
        return outcome
    example = shelf.example(journey_map, session.cell)
    if example is None:
        return outcome
    shown = Key("lead.example", {"text": example.say(session.language)})
    return replace(outcome, lead=(*outcome.lead, shown))


def cell_of(name: str) -> Cell:
    """Return the question of the map that the end of a button's id names."""
    step, _, stage = name.partition(".")
    return Cell(step, stage or None)
