"""The interview as a pure function: ``advance`` takes what happened and returns the next turn.

No I/O, no clock, no randomness, no words: the time and fresh ids come with the occasion.
"""

from dataclasses import dataclass, replace

from conversations import (
    advice,
    asides,
    cells,
    exporting,
    followups,
    importing,
    understanding,
    words,
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
    MapSummary,
    Occasion,
    Received,
    Sent,
    Typed,
)
from conversations.interview import TABLE
from conversations.moves import backward, to_cell
from conversations.navigation import choose
from conversations.offers import Shelf
from conversations.repair import repaired
from conversations.replies import Key, MapText, Question, Reply, Toast
from conversations.requests import (
    CompareVersions,
    Drawing,
    DrawPicture,
    EraseMap,
    ExportMap,
    KeepFeedback,
    Request,
)
from conversations.screens import Screens
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome, Turn, beside, reopened
from conversations.versions import kept_before_change, versions_after
from journey import gaps
from journey.anonymous import Names
from journey.drafts import Drafts
from journey.examples import Example
from journey.knowledge import Knowledge
from journey.matching import Matcher
from journey.model import Cell, JourneyMap, Language, Status

_AT_A_LOSS = (Courtesy.UNSURE, Courtesy.PUZZLED)
KNOWN_LINKS = ("", "group")
"""What may stand behind /start in a link to the bot; ``group`` leads here from a group chat."""


@dataclass(frozen=True, slots=True)
class Interview:
    """The interview over one knowledge base."""

    knowledge: Knowledge
    matcher: Matcher
    example: Example
    drafts: Drafts
    names: Names

    @property
    def shelf(self) -> Shelf:
        """What the questions can offer."""
        return Shelf(self.knowledge, self.matcher, self.drafts, self.names)

    def ask(self, session: Session, journey_map: JourneyMap | None, occasion: Occasion) -> Question:
        """Return the question that is due; the same state always asks the same."""
        session = self._standing(session, journey_map)
        screens = Screens(self.shelf, occasion.now, occasion.versions)
        return screens.ask(session, journey_map, occasion.shelf)

    def advance(
        self, session: Session, journey_map: JourneyMap | None, event: Event, occasion: Occasion
    ) -> Turn:
        """Return the turn that an event leads to, from any state and never without a word."""
        standing = self._standing(session, journey_map)
        outcome = self._happen(standing, journey_map, event, occasion)
        return self._turn(session, journey_map, outcome, occasion)

    def _standing(self, session: Session, journey_map: JourneyMap | None) -> Session:
        """Return the session at a question that can be asked."""
        return followups.passed_over(repaired(session, journey_map), journey_map, self.shelf)

    def _happen(
        self, session: Session, journey_map: JourneyMap | None, event: Event, occasion: Occasion
    ) -> Outcome:
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
                return self._typed(session, journey_map, event)
            case Corrected():
                return self._corrected(session, journey_map, event)

    def _chose(
        self, session: Session, journey_map: JourneyMap | None, event: Chose, occasion: Occasion
    ) -> Outcome:
        """Follow a button, unless it belongs to a question that has moved on or was never offered."""
        if event.revision is not None and event.revision != session.revision:
            twice = event.revision == session.revision - 1
            told = Key("toast.twice" if twice else "toast.stale")
            return Outcome(session, journey_map, toast=told, asks=False)
        if event.option.startswith(FIX_PREFIX):
            return self._fix(session, journey_map, event.option)
        question = self.ask(session, journey_map, occasion)
        offered = {option.id for option in (*question.options, *question.controls)}
        if event.option not in offered:
            return Outcome(session, journey_map, toast=Key("toast.stale"), asks=False)
        if event.option.startswith(PAGE_PREFIX):
            page = int(event.option.removeprefix(PAGE_PREFIX))
            return Outcome(replace(session, page=page), journey_map)
        if event.option.startswith(MAP_PREFIX):
            if occasion.opened is None:
                return Outcome(session, journey_map, toast=Key("toast.map_gone"), asks=True)
            return asides.open_map(session, occasion.opened, self.knowledge)
        if TABLE[session.screen].side or journey_map is None:
            return self._side(session, journey_map, event.option, occasion)
        if session.step in followups.FOLLOWUPS:
            return understanding.chose(session, journey_map, event.option, self.shelf)
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
            return Outcome(to_cell(session, cell, returns=session.step), journey_map)
        if session.step is StepId.FEELING_SCORE:
            return cells.with_score(session, journey_map, int(event.option.removeprefix("score.")))
        if cells.is_cell(session.step):
            return cells.chose(session, journey_map, event.option, self.shelf)
        return choose(session, journey_map, event.option, self.knowledge, occasion)

    def _side(
        self, session: Session, journey_map: JourneyMap | None, option: str, occasion: Occasion
    ) -> Outcome:
        """Follow a button of a side screen."""
        if session.side in advice.SCREENS and journey_map is not None:
            return advice.chose(session, journey_map, option, self.shelf, occasion)
        if session.side is StepId.IMPORT:
            return importing.answered(session, journey_map, option, self.knowledge, occasion)
        if session.side is StepId.EXPORTS and journey_map is not None:
            return exporting.choose_file(session, journey_map, option)
        match option:
            case "begin":
                return asides.begin(session, journey_map, occasion)
            case "example":
                return asides.show_example(session, journey_map, self.example, occasion)
            case "explain":
                return Outcome(session, journey_map, lead=(Key("explain.text"),))
            case "text":
                shown = self.example.as_map(session.language, id="example", now=occasion.now)
                return Outcome(session, journey_map, notes=(MapText(shown),))
            case "copy":
                return asides.copy_example(session, journey_map, self.example, occasion)
            case "erase_map" | "erase_all":
                return Outcome(beside(session, StepId(option)), journey_map)
            case "erase_yes" if session.side is StepId.ERASE_ALL:
                return asides.erase_owner(session)
            case "erase_yes" if journey_map is not None:
                return asides.erase_map(session, journey_map, occasion)
            case words.ASK_AGAIN | words.STOP:
                return words.reconsidered(session, journey_map, option)
            case "lang.id" | "lang.en":
                language = Language(option.removeprefix("lang."))
                return asides.speak(session, journey_map, language, self.knowledge)
            case _:
                return asides.leave(session, journey_map)

    def _typed(self, session: Session, journey_map: JourneyMap | None, event: Typed) -> Outcome:
        """Take typed words as the answer to the question on screen."""
        if session.side is StepId.FEEDBACK:
            return self._feedback(session, journey_map, event.text)
        if TABLE[session.screen].side or journey_map is None:
            return Outcome(session, journey_map, lead=(Key("reject.pick"),))
        if session.step in followups.FOLLOWUPS:
            return understanding.typed(session, journey_map, event, self.shelf)
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
        journey_map = _touched(map_before, outcome.journey_map, occasion)
        session = self._standing(outcome.session, journey_map)
        session = _with_shop(session, map_before, journey_map)
        draws = any(
            isinstance(request, DrawPicture | ExportMap | CompareVersions) for request in outcome.requests
        )
        if draws or session != before or journey_map != map_before:
            session = replace(session, revision=before.revision + 1)
        replies: list[Reply] = [*outcome.notes]
        requests = (
            *outcome.requests,
            *kept_before_change(map_before, journey_map, occasion),
            *_preview(map_before, journey_map),
        )
        if outcome.asks:
            screens = Screens(self.shelf, occasion.now, versions_after(occasion, requests))
            question = screens.ask(session, journey_map, _shelf_after(occasion, outcome))
            fixes = tuple(cells.fix_option(fix) for fix in outcome.fixes)
            lead = (*outcome.lead, *importing.left_behind(outcome.session, session), *question.lead)
            replies.append(replace(question, lead=lead, options=(*question.options, *fixes)))
        if outcome.toast:
            replies.append(Toast(outcome.toast))
        return Turn(session, journey_map, tuple(replies), requests)


def _with_shop(session: Session, before: JourneyMap | None, after: JourneyMap | None) -> Session:
    """Return the session that keeps what the owner has just said about the shop, for the next map."""
    if before is None or after is None or before.id != after.id or before.shop == after.shop:
        return session
    return replace(session, shop=after.shop)


def _cell_of(name: str) -> Cell:
    step, _, stage = name.partition(".")
    return Cell(step, stage or None)


def _touched(before: JourneyMap | None, after: JourneyMap | None, occasion: Occasion) -> JourneyMap | None:
    """Return the map with the time of its change; a finished map that was edited is open again.

    What the owner decided about suggestions, or said to have meant, is no change of what the map says.
    """
    if after is None or before is None or after == before or after.id != before.id:
        return after
    if before.language is not after.language or _without_decisions(after) == _without_decisions(before):
        return after
    if replace(after, changed=before.changed) == before:  # looked through and found right: still finished
        return after
    if before.status is Status.FINISHED and before.finished == after.finished:
        after = reopened(after)
    return replace(after, changed=occasion.now)


def _without_decisions(journey_map: JourneyMap) -> JourneyMap:
    return replace(journey_map, plans=(), meanings=())


def _shelf_after(occasion: Occasion, outcome: Outcome) -> tuple[MapSummary, ...]:
    """Return the owner's maps without those that this turn erases."""
    erased = {request.map_id for request in outcome.requests if isinstance(request, EraseMap)}
    return tuple(summary for summary in occasion.shelf if summary.id not in erased)


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
