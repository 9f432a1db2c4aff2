"""Answers to the short questions that follow typed words."""

from dataclasses import replace

from conversations import cells, edits, followups
from conversations.answers import Rejected
from conversations.blocks import BACK, SKIP
from conversations.checkup import THEIRS, with_standing
from conversations.edits import CellFull
from conversations.events import Typed
from conversations.interview import TABLE
from conversations.offers import Shelf
from conversations.replies import Key, Words
from conversations.requests import KeepAnswer
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome
from journey.limits import ENTRIES_PER_CELL
from journey.model import Element, Entry, JourneyMap, Standing


def chose(session: Session, journey_map: JourneyMap, option: str, shelf: Shelf) -> Outcome:
    """Follow a button of the question; back leads to the one that was answered, with the answer kept."""
    here = followups.question_of(session, journey_map)
    if option == BACK:
        return Outcome(here, journey_map)
    match session.step:
        case StepId.ASK_BACK:
            if option == THEIRS:
                journey_map = _called_theirs(here, journey_map, session.pending or "")
            return _gone_on(followups.after_asking_back(here, journey_map, session.just_said, shelf))
        case StepId.MEANING:
            return _meant(session, journey_map, option, shelf)
        case _ if option == SKIP:
            return Outcome(followups.leave(here, journey_map), journey_map)
        case _:
            return _took(session, journey_map, option, shelf)


def typed(session: Session, journey_map: JourneyMap, event: Typed, shelf: Shelf) -> Outcome:
    """Take typed words: as the idea, or in place of the sentence that was asked about."""
    read = TABLE[session.step].answer.read(event.text)
    if isinstance(read, Rejected):
        return cells.missed(session, journey_map, read, shelf)
    if session.step is StepId.IDEA:
        return _own_idea(session, journey_map, event, read)
    here = followups.question_of(session, journey_map)
    old = session.pending or ""
    changed, kept, lead = cells.replaced(journey_map, here.cell, old, read)
    if not kept:
        return Outcome(session, journey_map, lead=lead)
    said = session.just_said
    place = said.index(old) if old in said else len(said)
    said = tuple(dict.fromkeys((*said[:place], *kept, *said[place + 1 :])))
    here = cells.remembering(here, event.message_id, kept)
    if session.step is StepId.ASK_BACK:
        leads_to = followups.after_asking_back(here, changed, said, shelf)
    else:
        leads_to = followups.after_doubt(here, changed, said, shelf, asked=place + len(kept))
    kept_answer = KeepAnswer(here.step, here.stage, kept)
    return _gone_on(leads_to, lead=lead, requests=(kept_answer,))


def _meant(session: Session, journey_map: JourneyMap, option: str, shelf: Shelf) -> Outcome:
    """Remember which topic was meant, or leave it open, and go on behind it."""
    here = followups.question_of(session, journey_map)
    said, text = session.just_said, session.pending or ""
    asked = said.index(text) + 1 if text in said else len(said)
    if option == SKIP:
        return _gone_on(followups.after_doubt(here, journey_map, said, shelf, asked=asked))
    journey_map, told, kept = followups.settled(journey_map, text, option, session, shelf)
    leads_to = followups.after_doubt(here, journey_map, said, shelf, asked=asked)
    return _gone_on(leads_to, lead=(told,), requests=(kept,))


def _took(session: Session, journey_map: JourneyMap, option: str, shelf: Shelf) -> Outcome:
    """Store the remedy as an idea of the stage, or ask for the owner's own version of it."""
    idea = followups.idea_of(shelf, session, journey_map)
    if idea is None:
        return Outcome(session, journey_map)
    text = idea.remedy.text.say(session.language)
    if option == followups.EDIT:
        return Outcome(session, journey_map, lead=(Key("lead.own_idea", {"text": text}),))
    here = followups.question_of(session, journey_map)
    cell = replace(here, step=StepId.OPPORTUNITIES).cell
    try:
        changed = edits.with_entry(journey_map, cell, Entry(text, idea.remedy.id))
    except CellFull as full:
        told = Key("toast.cell_full", {"most": full.most})
        return Outcome(followups.leave(here, journey_map), journey_map, toast=told)
    return Outcome(
        followups.leave(here, changed),
        changed,
        lead=(Key("lead.stored", {"text": text}),),
        requests=(KeepAnswer(cell.step, cell.stage, (text,)),),
    )


def _own_idea(session: Session, journey_map: JourneyMap, event: Typed, texts: tuple[str, ...]) -> Outcome:
    """Store what the owner typed instead of the remedy."""
    here = followups.question_of(session, journey_map)
    ideas = replace(here, step=StepId.OPPORTUNITIES)
    changed, kept = cells.with_texts(journey_map, ideas.cell, texts)
    lead: list[Words] = [Key("lead.noted", {"texts": kept, "count": len(kept)})] if kept else []
    if len(kept) < len(texts):
        lead.append(Key("lead.cell_full", {"most": ENTRIES_PER_CELL}))
    typings = cells.remembering(ideas, event.message_id, kept).typings if kept else here.typings
    return Outcome(
        followups.leave(replace(here, typings=typings), changed),
        changed,
        lead=tuple(lead),
        requests=(KeepAnswer(ideas.step, ideas.stage, kept),) if kept else (),
    )


def _called_theirs(here: Session, journey_map: JourneyMap, text: str) -> JourneyMap:
    """Return the map in which a sentence that looked like the owner's is a customer's."""
    stage, element = journey_map.stage(here.stage or ""), Element(here.step)
    if stage is None:
        return journey_map
    said = next(entry for entry in stage.entries(element) if entry.text == text)
    return with_standing(journey_map, stage, element, said, Standing.CUSTOMER)


def _gone_on(
    place: followups.Place, *, lead: tuple[Words, ...] = (), requests: tuple[KeepAnswer, ...] = ()
) -> Outcome:
    session, journey_map = place
    return Outcome(session, journey_map, lead=lead, requests=requests)
