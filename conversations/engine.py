"""The interview as a pure function: ``advance`` takes what happened and returns the next turn.

No I/O, no clock, no randomness, no words: the time and fresh ids come with the occasion.
"""

from dataclasses import dataclass, replace
from datetime import tzinfo

from conversations import (
    acting,
    aftermath,
    announcing,
    asides,
    cells,
    changes,
    checkin,
    entries,
    erasing,
    evidence,
    followups,
    importing,
    planning,
    preferences,
    privacy,
    reminders,
    sharing,
    shelving,
    understanding,
    undoing,
    visits,
)
from conversations.acting import Present
from conversations.answers import rejection
from conversations.blocks import (
    FIX_PREFIX,
)
from conversations.commands import Command
from conversations.entailed import entailed
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
from conversations.following import cell_of, follow, with_example
from conversations.interview import TABLE
from conversations.moves import onward, to_cell
from conversations.offers import Shelf
from conversations.repair import has_moved, repaired, unheard
from conversations.replies import Key, Question, Reply, Toast
from conversations.requests import (
    CompareVersions,
    DrawPicture,
    ExportMap,
    KeepFeedback,
    ShowEvidence,
    TakeOut,
)
from conversations.schedule import ReminderKind, Zone
from conversations.screens import Screens
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome, Turn, too_late
from conversations.versions import versions_after
from journey.anonymous import Names
from journey.drafts import Drafts
from journey.examples import Example
from journey.knowledge import Knowledge
from journey.matching import Matcher
from journey.model import JourneyMap
from journey.seasons import Seasons

_SENT = DrawPicture | ExportMap | CompareVersions | TakeOut | ShowEvidence
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
    seasons: Seasons
    retention_days: int = RETENTION_DAYS
    clock: tzinfo = Zone.WIB.clock

    @property
    def shelf(self) -> Shelf:
        """What the questions can offer."""
        return Shelf(self.knowledge, self.matcher, self.drafts, self.names, self.seasons)

    def clock_of(self, session: Session) -> tzinfo:
        """Return the clock on the owner's wall."""
        zone = session.reminding.zone
        return zone.clock if zone else self.clock

    def ask(self, session: Session, journey_map: JourneyMap | None, occasion: Occasion) -> Question:
        """Return the question that is due; the same state always asks the same."""
        session = self._standing(session, journey_map)
        return self._screens(session, occasion).ask(session, journey_map, occasion.shelf)

    def advance(
        self, session: Session, journey_map: JourneyMap | None, event: Event, occasion: Occasion
    ) -> Turn:
        """Return the turn that an event leads to, from any state and never without a word."""
        standing = self._standing(session, journey_map)
        if isinstance(event, Reminded):
            outcome = self._happen(standing, journey_map, event, occasion)
            if not outcome.asks:  # nobody noticed anything, so the buttons on the screen stay good
                return Turn(session, journey_map, (), outcome.requests)
            return self._turn(session, journey_map, outcome, occasion)
        if isinstance(event, Chose | Typed) and has_moved(session, standing):
            return self._turn(session, journey_map, unheard(session, standing, journey_map, event), occasion)
        if beneath := self.beneath(session, journey_map, occasion):
            asked = self.ask(standing, journey_map, occasion)
            standing = self._standing(reminders.heard(standing, event, asked, beneath), journey_map)
        outcome = self._happen(standing, journey_map, event, occasion)
        return self._turn(session, journey_map, outcome, occasion)

    def beneath(
        self, session: Session, journey_map: JourneyMap | None, occasion: Occasion
    ) -> Question | None:
        """Return the question that waits below a reminder, None when no reminder is on the screen."""
        if session.side not in reminders.SCREENS:  # looked at first: hardly ever is one on the screen
            return None
        standing = self._standing(session, journey_map)
        if standing.side not in reminders.SCREENS:
            return None
        return self.ask(reminders.shut(standing), journey_map, occasion)

    def _present(self, session: Session, occasion: Occasion) -> Present:
        return Present(occasion, self.shelf, self.clock_of(session))

    def _screens(self, session: Session, occasion: Occasion) -> Screens:
        return Screens(
            self.shelf,
            occasion.now,
            self._present(session, occasion).today,
            occasion.versions,
            occasion.earlier_changed,
            erasing.deleted_now(occasion),
            self.retention_days,
            sharing.at_hand(occasion),
        )

    def _standing(self, session: Session, journey_map: JourneyMap | None) -> Session:
        """Return the session at a question that can be asked."""
        return followups.passed_over(repaired(session, journey_map), journey_map, self.shelf)

    def _happen(
        self, session: Session, journey_map: JourneyMap | None, event: Event, occasion: Occasion
    ) -> Outcome:
        if isinstance(event, Reminded):
            return self._reminded(session, journey_map, event, occasion)
        if session.side is StepId.LEAVING:
            return erasing.after_leaving(session, journey_map, event, occasion)
        if session.side is StepId.RETENTION:
            return self._stayed(privacy.kept(session), journey_map, event, occasion)
        match event:
            case Commanded(command=command):
                if event.argument and command is Command.FEEDBACK:
                    return self._feedback(session, journey_map, event.argument)
                if visits.link_token(event) is not None:
                    return visits.opened(session, journey_map, self.knowledge, occasion)
                outcome = asides.command(
                    session, journey_map, command, self.shelf, example=self.example, occasion=occasion
                )
                unknown_link = command is Command.START and event.argument not in KNOWN_LINKS
                lead = (Key("trouble.start_payload"),) if unknown_link else ()
                return replace(outcome, lead=(*lead, *outcome.lead))
            case Greeted(courtesy=courtesy):
                told = Outcome(session, journey_map, lead=(Key(f"courtesy.{courtesy}"),))
                return with_example(told, self.shelf) if courtesy in _AT_A_LOSS else told
            case Sent():
                return evidence.received(session, journey_map, event)
            case Received(found=found):
                return importing.received(session, journey_map, found, occasion)
            case Chose():
                return self._chose(session, journey_map, event, occasion)
            case Typed():
                return privacy.pointed_out(session, self._typed(session, journey_map, event, occasion))
            case Corrected():
                return privacy.pointed_out(session, self._corrected(session, journey_map, event))

    def _reminded(
        self, session: Session, journey_map: JourneyMap | None, event: Reminded, occasion: Occasion
    ) -> Outcome:
        """Answer a reminder whose time has come."""
        clock = self.clock_of(session)
        if event.reminder.kind is ReminderKind.SEASON:
            return announcing.came(session, journey_map, event, occasion, seasons=self.seasons, clock=clock)
        return reminders.came(session, journey_map, event, occasion, clock)

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
        if event.option.startswith(preferences.ZONE_PREFIX):
            return preferences.zone_chosen(session, journey_map, event.option)
        if event.option.startswith(FIX_PREFIX):
            return self._fix(session, journey_map, event.option)
        question = self.ask(session, journey_map, occasion)
        offered = {option.id for option in (*question.options, *question.controls)}
        if event.option not in offered:
            return Outcome(session, journey_map, toast=Key("toast.other_buttons"))
        present = self._present(session, occasion)
        return follow(session, journey_map, event.option, present, example=self.example)

    def _typed(
        self, session: Session, journey_map: JourneyMap | None, event: Typed, occasion: Occasion
    ) -> Outcome:
        """Take typed words as the answer to the question on screen."""
        if session.side is StepId.FEEDBACK:
            return self._feedback(session, journey_map, event.text)
        if session.side is StepId.MAP_RENAME:
            return shelving.renamed(session, journey_map, event.text, occasion)
        if session.side in planning.TYPED and journey_map is not None:
            return planning.typed(session, journey_map, event, self._present(session, occasion))
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
        if typing is None or journey_map is None or TABLE[typing.step].side:
            return Outcome(session, journey_map, lead=(Key("lead.edit_unknown"),))
        if typing == session.typings[-1]:
            return cells.corrected(session, journey_map, typing, event.text)
        suffix = f".{typing.stage}" if typing.stage else ""
        fix = f"{FIX_PREFIX}{typing.step}{suffix}"
        return Outcome(session, journey_map, lead=(Key("lead.edit_older"),), fixes=(fix,))

    def _fix(self, session: Session, journey_map: JourneyMap | None, option: str) -> Outcome:
        """Go to the question of an older typed answer, and come back to where the owner is."""
        cell = cell_of(option.removeprefix(FIX_PREFIX))
        known = any((typing.step, typing.stage) == (cell.step, cell.stage) for typing in session.typings)
        gone = cell.stage is not None and (journey_map is None or journey_map.stage(cell.stage) is None)
        if journey_map is None or not known or gone:
            return Outcome(session, journey_map, toast=Key("toast.stale"), asks=False)
        return Outcome(to_cell(session, cell), journey_map)

    def _feedback(self, session: Session, journey_map: JourneyMap | None, text: str) -> Outcome:
        read = TABLE[StepId.FEEDBACK].answer.read(text)
        if not isinstance(read, tuple):
            return Outcome(session, journey_map, lead=(rejection(read),))
        asked = session.side is StepId.FEEDBACK  # else it came with the command, in the midst of something
        return Outcome(
            replace(session, side=None) if asked else session,
            journey_map,
            lead=(Key("lead.feedback_kept"),),
            requests=(KeepFeedback(read[0]),),
        )

    def _turn(
        self, before: Session, map_before: JourneyMap | None, outcome: Outcome, occasion: Occasion
    ) -> Turn:
        """Turn an outcome into replies, the question last.

        The revision grows when anything changed or a picture or file is asked for: a double tap asks for one.
        """
        waiting = acting.still_waiting(outcome.session, map_before, outcome.journey_map)
        outcome = aftermath.left(before, map_before, replace(outcome, session=waiting), occasion)
        journey_map = outcome.journey_map
        if not outcome.restores:
            journey_map = changes.touched(map_before, journey_map, outcome.session, occasion)
        ended = sharing.ended(map_before, journey_map, occasion)
        requests = (
            *entailed(map_before, journey_map, outcome, occasion, clock=self.clock_of(outcome.session)),
            *announcing.scheduled(
                before,
                outcome.session,
                occasion,
                seasons=self.seasons,
                clock=self.clock_of(outcome.session),
            ),
            *ended,
        )
        outcome = preferences.asking_zone(outcome, requests)
        session = self._standing(outcome.session, journey_map)
        session = changes.with_shop(session, map_before, journey_map)
        if any(isinstance(request, _SENT) for request in outcome.requests) or (
            (session, journey_map) != (before, map_before)
        ):
            session = replace(session, revision=before.revision + 1)
        replies: list[Reply] = [*outcome.notes]
        if outcome.asks:
            screens = replace(
                self._screens(session, occasion),
                versions=versions_after(occasion, requests),
                earlier_changed=undoing.earlier_after(map_before, journey_map, occasion, requests),
                deleted=erasing.deleted_after(occasion, outcome),
                sharing=sharing.left_after(occasion, requests),
                offers=not outcome.extras,
            )
            question = screens.ask(session, journey_map, shelving.shelf_after(occasion, outcome))
            fixes = tuple(cells.fix_option(fix) for fix in outcome.fixes)
            told = (Key("lead.stage_link_ended"),) if ended else ()
            left = (
                *importing.left_behind(outcome.session, session),
                *evidence.left_behind(outcome.session, session),
            )
            lead = (*outcome.lead, *told, *left, *question.lead)
            options = (*question.options, *fixes, *outcome.extras)
            replies.append(replace(question, lead=lead, options=options))
        if outcome.toast:
            replies.append(Toast(outcome.toast))
        return Turn(session, journey_map, tuple(replies), requests)
