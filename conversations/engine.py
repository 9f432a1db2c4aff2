"""The interview as a pure function: ``advance`` takes what happened and returns the next turn.

No I/O, no clock, no randomness, no words: the time and fresh ids come with the occasion.
"""

from dataclasses import dataclass, replace
from datetime import tzinfo

from conversations import (
    advice,
    asides,
    cells,
    changes,
    checkin,
    checkin_screens,
    entries,
    erasing,
    followups,
    importing,
    privacy,
    reminders,
    shelving,
    sides,
    understanding,
    undoing,
)
from conversations.blocks import (
    BACK,
    CELL_PREFIX,
    EXAMPLE,
    FIX_PREFIX,
    MAP_PREFIX,
    OWN_WORDS,
    PAGE_PREFIX,
    SKIP,
)
from conversations.commands import Command
from conversations.events import (
    Chose,
    Commanded,
    Corrected,
    Courtesy,
    Event,
    Greeted,
    Occasion,
    Received,
    Reminded,
    Sent,
    Typed,
)
from conversations.interview import TABLE
from conversations.moves import backward, onward, to_cell
from conversations.navigation import choose
from conversations.offers import Shelf
from conversations.repair import repaired
from conversations.replies import Key, Question, Reply, Toast
from conversations.requests import (
    CompareVersions,
    Drawing,
    DrawPicture,
    ExportMap,
    KeepFeedback,
    Request,
    TakeOut,
)
from conversations.schedule import Zone
from conversations.screens import Screens
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome, Turn, beside, too_late
from conversations.versions import kept_before_change, versions_after
from journey import gaps
from journey.anonymous import Names
from journey.drafts import Drafts
from journey.examples import Example
from journey.knowledge import Knowledge
from journey.matching import Matcher
from journey.model import Cell, JourneyMap

_SENT = DrawPicture | ExportMap | CompareVersions | TakeOut
_AT_A_LOSS = (Courtesy.UNSURE, Courtesy.PUZZLED)
RETENTION_DAYS = 395
"""About thirteen months, unless the operator says otherwise."""
KNOWN_LINKS = ("", "group")
"""What may stand behind /start in a link to the bot; ``group`` leads here from a group chat."""


@dataclass(frozen=True, slots=True)
class Interview:
    """The interview over one knowledge base; what nobody touched for ``retention_days`` is erased.

    ``clock`` is the time zone of owners who didn't say theirs.
    """

    knowledge: Knowledge
    matcher: Matcher
    example: Example
    drafts: Drafts
    names: Names
    retention_days: int = RETENTION_DAYS
    clock: tzinfo = Zone.WIB.clock

    @property
    def shelf(self) -> Shelf:
        """What the questions can offer."""
        return Shelf(self.knowledge, self.matcher, self.drafts, self.names)

    def clock_of(self, session: Session) -> tzinfo:
        """Return the clock on the owner's wall."""
        zone = session.reminding.zone
        return zone.clock if zone else self.clock

    def ask(self, session: Session, journey_map: JourneyMap | None, occasion: Occasion) -> Question:
        """Return the question that is due; the same state always asks the same."""
        session = self._standing(session, journey_map)
        return self._screens(occasion).ask(session, journey_map, occasion.shelf)

    def advance(
        self, session: Session, journey_map: JourneyMap | None, event: Event, occasion: Occasion
    ) -> Turn:
        """Return the turn that an event leads to, from any state and never without a word."""
        standing = reminders.heard(self._standing(session, journey_map), event)
        outcome = self._happen(standing, journey_map, event, occasion)
        return self._turn(session, journey_map, outcome, occasion)

    def _screens(self, occasion: Occasion) -> Screens:
        return Screens(
            self.shelf,
            occasion.now,
            occasion.versions,
            occasion.earlier_changed,
            erasing.deleted_now(occasion),
            self.retention_days,
        )

    def _standing(self, session: Session, journey_map: JourneyMap | None) -> Session:
        """Return the session at a question that can be asked."""
        return followups.passed_over(repaired(session, journey_map), journey_map, self.shelf)

    def _happen(
        self, session: Session, journey_map: JourneyMap | None, event: Event, occasion: Occasion
    ) -> Outcome:
        if isinstance(event, Reminded):
            return reminders.came(session, journey_map, event, occasion, self.clock_of(session))
        if session.side is StepId.LEAVING:
            return erasing.after_leaving(session, journey_map, event, occasion)
        if session.side is StepId.RETENTION:
            return self._stayed(privacy.kept(session), journey_map, event, occasion)
        match event:
            case Commanded(command=command):
                if event.argument and command is Command.FEEDBACK:
                    return self._feedback(session, journey_map, event.argument)
                outcome = asides.command(
                    session, journey_map, command, self.shelf, example=self.example, occasion=occasion
                )
                unknown_link = command is Command.START and event.argument not in KNOWN_LINKS
                lead = (Key("trouble.start_payload"),) if unknown_link else ()
                return replace(outcome, lead=(*lead, *outcome.lead))
            case Greeted(courtesy=courtesy):
                told = Outcome(session, journey_map, lead=(Key(f"courtesy.{courtesy}"),))
                return self._with_example(told) if courtesy in _AT_A_LOSS else told
            case Sent(medium=medium):
                return Outcome(session, journey_map, lead=(Key(f"medium.{medium}"),))
            case Received(found=found):
                return importing.received(session, journey_map, found, occasion)
            case Chose():
                return self._chose(session, journey_map, event, occasion)
            case Typed():
                return privacy.pointed_out(session, self._typed(session, journey_map, event, occasion))
            case Corrected():
                return privacy.pointed_out(session, self._corrected(session, journey_map, event))

    def _stayed(
        self, session: Session, journey_map: JourneyMap | None, event: Event, occasion: Occasion
    ) -> Outcome:
        """Welcome back somebody who was warned; only a command or a file is more than a sign of life.

        Words were not meant as the answer to a question of a year ago: it is asked again.
        """
        outcome = Outcome(session, journey_map)
        if isinstance(event, Commanded | Received):
            outcome = self._happen(session, journey_map, event, occasion)
        return replace(outcome, lead=(Key("lead.kept"), *outcome.lead))

    def _chose(
        self, session: Session, journey_map: JourneyMap | None, event: Chose, occasion: Occasion
    ) -> Outcome:
        """Follow a button, unless it belongs to a question that has moved on or was never offered."""
        if late := too_late(session, journey_map, event.revision):
            return late
        if event.option == privacy.HIDE:
            return privacy.hide_numbers(session, journey_map)
        if event.option.startswith(FIX_PREFIX):
            return self._fix(session, journey_map, event.option)
        question = self.ask(session, journey_map, occasion)
        offered = {option.id for option in (*question.options, *question.controls)}
        if event.option not in offered:
            return Outcome(session, journey_map, toast=Key("toast.stale"), asks=False)
        session = checkin.passed_by(session, event.option)
        if event.option.startswith(PAGE_PREFIX):
            page = int(event.option.removeprefix(PAGE_PREFIX))
            return Outcome(replace(session, page=page), journey_map)
        if event.option.startswith(MAP_PREFIX):
            if occasion.opened is None:
                return Outcome(session, journey_map, toast=Key("toast.map_gone"), asks=True)
            outcome = shelving.opened(session, occasion.opened, self.knowledge, occasion)
            return checkin.begin(outcome, occasion) if session.side is StepId.CHECK_IN_DUE else outcome
        if TABLE[session.screen].side or journey_map is None:
            return sides.chose(
                session, journey_map, event.option, self.shelf, example=self.example, occasion=occasion
            )
        if event.option == undoing.UNDO and occasion.earlier is not None:
            return undoing.undone(session, journey_map, occasion.earlier, self.knowledge)
        if event.option in (checkin_screens.YES, checkin_screens.NO):
            return checkin.decided(session, journey_map, event.option, occasion, self.clock_of(session))
        if session.step in checkin.STEPS:
            return checkin.chose(
                session,
                journey_map,
                event.option,
                self.shelf,
                occasion=occasion,
                clock=self.clock_of(session),
            )
        if session.step in followups.FOLLOWUPS:
            return understanding.chose(session, journey_map, event.option, self.shelf)
        if event.option == BACK and session.step in entries.SCREENS:
            return Outcome(entries.earlier_screen(session), journey_map)
        if event.option == BACK:
            earlier = backward(session, journey_map)
            return Outcome(earlier or beside(session, StepId.WELCOME), journey_map)
        if event.option == SKIP:
            return cells.skip(session, journey_map)
        if event.option == EXAMPLE:
            return self._with_example(Outcome(session, journey_map))
        if event.option == OWN_WORDS:
            return Outcome(session, journey_map, lead=(Key("lead.type_own"),))
        if event.option == "tips":
            return advice.open_tips(session, journey_map, self.shelf)
        if event.option.startswith(CELL_PREFIX):
            cell = _cell_of(event.option.removeprefix(CELL_PREFIX))
            return Outcome(entries.open_cell(session, journey_map, cell), journey_map)
        if session.step in entries.SCREENS:
            return entries.choose(session, journey_map, event.option, self.shelf)
        if session.step is StepId.FEELING_SCORE:
            return cells.with_score(session, journey_map, int(event.option.removeprefix("score.")))
        if cells.is_cell(session.step):
            return cells.chose(session, journey_map, event.option, self.shelf)
        return choose(session, journey_map, event.option, self.knowledge, occasion)

    def _typed(
        self, session: Session, journey_map: JourneyMap | None, event: Typed, occasion: Occasion
    ) -> Outcome:
        """Take typed words as the answer to the question on screen."""
        if session.side is StepId.FEEDBACK:
            return self._feedback(session, journey_map, event.text)
        if session.side is StepId.MAP_RENAME:
            return shelving.renamed(session, journey_map, event.text, occasion)
        if TABLE[session.screen].side or journey_map is None:
            return Outcome(session, journey_map, lead=(Key("reject.pick"),))
        if session.step in followups.FOLLOWUPS:
            return understanding.typed(session, journey_map, event, self.shelf)
        if session.step in checkin.STEPS:
            return checkin.typed(session, journey_map, event, self.shelf)
        if session.step is StepId.ENTRY_EDIT:
            return entries.typed(session, journey_map, event.text)
        if session.step is StepId.REVIEW_CELL:
            asked = to_cell(session, entries.cell_of(session), returns=session.step)
            outcome = cells.typed(asked, journey_map, event, self.shelf)
            if outcome.session.step is not asked.step:
                return outcome
            return replace(outcome, session=onward(outcome.session, outcome.journey_map or journey_map))
        return cells.typed(session, journey_map, event, self.shelf)

    def _corrected(self, session: Session, journey_map: JourneyMap | None, event: Corrected) -> Outcome:
        """Change the latest answer by its edited message; offer to change an older one."""
        typing = next((found for found in session.typings if found.message_id == event.message_id), None)
        if typing is None or journey_map is None:
            return Outcome(session, journey_map, lead=(Key("lead.edit_unknown"),))
        if typing == session.typings[-1]:
            return cells.corrected(session, journey_map, typing, event.text)
        suffix = f".{typing.stage}" if typing.stage else ""
        fix = f"{FIX_PREFIX}{typing.step}{suffix}"
        return Outcome(session, journey_map, lead=(Key("lead.edit_older"),), fixes=(fix,))

    def _fix(self, session: Session, journey_map: JourneyMap | None, option: str) -> Outcome:
        """Go to the question of an older typed answer, and come back to where the owner is."""
        cell = _cell_of(option.removeprefix(FIX_PREFIX))
        known = any((typing.step, typing.stage) == (cell.step, cell.stage) for typing in session.typings)
        gone = cell.stage is not None and (journey_map is None or journey_map.stage(cell.stage) is None)
        if journey_map is None or not known or gone:
            return Outcome(session, journey_map, toast=Key("toast.stale"), asks=False)
        return Outcome(to_cell(session, cell), journey_map)

    def _feedback(self, session: Session, journey_map: JourneyMap | None, text: str) -> Outcome:
        read = TABLE[StepId.FEEDBACK].answer.read(text)
        if not isinstance(read, tuple):
            return Outcome(session, journey_map, lead=(cells.rejection(read),))
        return Outcome(
            replace(session, side=None),
            journey_map,
            lead=(Key("lead.feedback_kept"),),
            requests=(KeepFeedback(read[0]),),
        )

    def _with_example(self, outcome: Outcome) -> Outcome:
        """Add an example answer to the question that is due, where there is one."""
        session, journey_map = outcome.session, outcome.journey_map
        if journey_map is None or TABLE[session.screen].side:
            return outcome
        example = self.shelf.example(journey_map, session.cell)
        if example is None:
            return outcome
        shown = Key("lead.example", {"text": example.say(session.language)})
        return replace(outcome, lead=(*outcome.lead, shown))

    def _turn(
        self, before: Session, map_before: JourneyMap | None, outcome: Outcome, occasion: Occasion
    ) -> Turn:
        """Turn an outcome into replies, the question last.

        The revision grows when anything changed or a picture or file is asked for: a double tap asks for one.
        """
        journey_map = outcome.journey_map
        if not outcome.restores:
            journey_map = changes.touched(map_before, journey_map, outcome.session, occasion)
        session = self._standing(outcome.session, journey_map)
        session = changes.with_shop(session, map_before, journey_map)
        if any(isinstance(request, _SENT) for request in outcome.requests) or (
            (session, journey_map) != (before, map_before)
        ):
            session = replace(session, revision=before.revision + 1)
        replies: list[Reply] = [*outcome.notes]
        requests = (
            *outcome.requests,
            *kept_before_change(map_before, journey_map, occasion),
            *undoing.step_kept(map_before, journey_map, outcome.requests),
            *_preview(map_before, journey_map),
            *reminders.scheduled(map_before, journey_map, occasion, self.clock_of(session)),
            *checkin.scheduled(session, map_before, journey_map, occasion, self.clock_of(session)),
        )
        if outcome.asks:
            screens = replace(
                self._screens(occasion),
                versions=versions_after(occasion, requests),
                earlier_changed=undoing.earlier_after(map_before, journey_map, occasion, requests),
                deleted=erasing.deleted_after(occasion, outcome),
            )
            question = screens.ask(session, journey_map, shelving.shelf_after(occasion, outcome))
            fixes = tuple(cells.fix_option(fix) for fix in outcome.fixes)
            lead = (*outcome.lead, *importing.left_behind(outcome.session, session), *question.lead)
            options = (*question.options, *fixes, *outcome.extras)
            replies.append(replace(question, lead=lead, options=options))
        if outcome.toast:
            replies.append(Toast(outcome.toast))
        return Turn(session, journey_map, tuple(replies), requests)


def _cell_of(name: str) -> Cell:
    step, _, stage = name.partition(".")
    return Cell(step, stage or None)


def _preview(before: JourneyMap | None, after: JourneyMap | None) -> tuple[Request, ...]:
    """Ask for the small picture when the first stage has just been completed."""
    if before is None or after is None or before.id != after.id or len(after.stages) <= 1:
        return ()
    was_open = bool(before.stages) and not gaps.stage_is_done(before, before.stages[0])
    first, *others = after.stages
    if not was_open or not gaps.stage_is_done(after, first) or not first.feelings:
        return ()
    if any(gaps.stage_is_done(after, stage) for stage in others):
        return ()
    return (DrawPicture(Drawing.PREVIEW, after),)
