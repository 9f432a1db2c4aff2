"""Answers to the questions of the map: choosing, ticking, typing, skipping, correcting."""

from dataclasses import replace

from conversations import edits, followups
from conversations.answers import Entries, Feelings, Line, Names, Rejected, rejection
from conversations.blocks import DONE, FIX_PREFIX, JOIN, KEEP, SEVERAL
from conversations.edits import CellFull
from conversations.events import Typed
from conversations.interview import ELEMENT_STEPS, PERSONA_STEPS, TABLE
from conversations.moves import onward
from conversations.navigation import add_stages
from conversations.offers import Offer, Shelf
from conversations.replies import Key, Option, Words
from conversations.requests import KeepAnswer
from conversations.screens import is_several
from conversations.session import REMEMBERED_TYPINGS, Session, Typing
from conversations.steps import StepId
from conversations.turns import Outcome, at
from journey import stages
from journey.limits import ENTRIES_PER_CELL, ENTRY_LENGTH
from journey.model import Cell, Entry, Feeling, JourneyMap, Speed

_PATIENCE = 2
"""After this many answers in a row that don't fit, skipping is offered."""
_LOW_MOOD, _HIGH_MOOD = 2, 4
_LINES = {*PERSONA_STEPS, StepId.SHOP_NAME, StepId.GOAL, StepId.TITLE}


def is_cell(step: StepId) -> bool:
    """Tell whether a step asks for a line or an element of the map that has chips."""
    return step in ELEMENT_STEPS or step in PERSONA_STEPS or step in (StepId.GOAL, StepId.TITLE)


def chose(session: Session, journey_map: JourneyMap, option: str, shelf: Shelf) -> Outcome:
    """Store the chosen chip and go on, or tick it where several are chosen."""
    if option in (DONE, KEEP):
        return Outcome(onward(session, journey_map), journey_map)
    if option == SEVERAL:
        return Outcome(replace(session, several=True), journey_map)
    if option == JOIN:
        return _joined(session, journey_map)
    offer = next(found for found in shelf.offers(journey_map, session.cell) if found.id == option)
    text = offer.text.say(session.language)
    if session.step not in ELEMENT_STEPS:
        journey_map = edits.with_line(journey_map, session.cell, Entry(text, offer.chip))
        lead = () if offer.text == offer.label else (Key("lead.stored", {"text": text}),)
        return _stored(session, journey_map, (text,), onward(session, journey_map), lead=lead)
    if not is_several(session, journey_map):
        stage = journey_map.stage(session.stage or "")
        said = stage.entries(ELEMENT_STEPS[session.step]) if stage else ()
        emptied = edits.without_texts(journey_map, session.cell, tuple(entry.text for entry in said))
        journey_map = _with_offer(session, emptied, offer, shelf)
        lead = () if offer.text == offer.label else (Key("lead.stored", {"text": text}),)
        return _stored(session, journey_map, (text,), onward(session, journey_map), lead=lead)
    return _ticked(session, journey_map, offer, shelf)


def typed(session: Session, journey_map: JourneyMap, event: Typed, shelf: Shelf) -> Outcome:
    """Store what the owner typed as the answer to the question, or say kindly what is needed."""
    read = TABLE[session.step].answer.read(event.text)
    if isinstance(read, Rejected):
        return missed(session, journey_map, read, shelf)
    match TABLE[session.step].answer:
        case Entries():
            return _typed_entries(session, journey_map, event, read, shelf)
        case Feelings():
            return _typed_feeling(session, journey_map, read[0])
        case Names():
            return add_stages(session, journey_map, read, shelf.knowledge)
        case Line() if session.step is StepId.STAGE_RENAME:
            renamed = stages.renamed(journey_map, session.stage or "", read[0])
            return Outcome(at(session, StepId.STAGE_EDIT, session.stage, returns=session.returns), renamed)
        case _:
            journey_map = edits.with_line(journey_map, session.cell, Entry(read[0]))
            session = remembering(session, event.message_id, read)
            return _stored(session, journey_map, read, onward(session, journey_map))


def emptied(session: Session, journey_map: JourneyMap) -> Outcome:
    """Take out what a line says; where it led from, a step back brings it again."""
    journey_map = edits.without_line(journey_map, session.cell)
    return Outcome(onward(session, journey_map), journey_map, lead=(Key("lead.emptied"),))


def skip(session: Session, journey_map: JourneyMap) -> Outcome:
    """Put the question off; it is offered again at the end."""
    journey_map = edits.skipped(journey_map, session.cell)
    return Outcome(onward(session, journey_map), journey_map)


def corrected(session: Session, journey_map: JourneyMap, typing: Typing, text: str) -> Outcome:
    """Put the edited words in place of the ones the message held before."""
    cell = Cell(typing.step, typing.stage)
    read = TABLE[typing.step].answer.read(text)
    if isinstance(read, Rejected):
        return Outcome(session, journey_map, lead=(rejection(read),))
    if typing.step in ELEMENT_STEPS:
        if journey_map.stage(typing.stage or "") is None:
            return Outcome(session, journey_map, lead=(Key("lead.edit_unknown"),))
        changed = edits.without_texts(journey_map, cell, typing.texts)
        try:
            for entry in read:
                changed = edits.with_entry(changed, cell, Entry(entry))
        except CellFull as full:
            return Outcome(session, journey_map, lead=(Key("lead.cell_full", {"most": full.most}),))
    elif typing.step in _LINES:
        changed = edits.with_line(journey_map, cell, Entry(read[0]))
    else:
        return Outcome(session, journey_map, lead=(Key("lead.edit_unknown"),))
    session = replace(session, typings=(*session.typings[:-1], replace(typing, texts=read)))
    lead = (Key("lead.corrected", {"texts": read}),)
    return Outcome(session, changed, lead=lead, requests=(KeepAnswer(cell.step, cell.stage, read),))


def missed(session: Session, journey_map: JourneyMap, read: Rejected, shelf: Shelf) -> Outcome:
    """Say what is needed; the second time with an example, the third time with the offer to skip."""
    misses = session.misses + 1
    lead: list[Words] = [rejection(read)]
    example = shelf.example(journey_map, session.cell)
    if misses > 1 and example:
        lead.append(Key("lead.example", {"text": example.say(session.language)}))
    if misses > _PATIENCE:
        optional = TABLE[session.step].optional
        lead.append(Key("lead.offer_skip" if optional else "lead.offer_any"))
    return Outcome(replace(session, misses=misses), journey_map, lead=tuple(lead))


def fix_option(fix: str) -> Option:
    """Return the button to the question of an older answer."""
    return Option(
        fix, Key("button.fix", {"step": fix.removeprefix(FIX_PREFIX).partition(".")[0]}), alone=True
    )


def with_score(session: Session, journey_map: JourneyMap, score: int) -> Outcome:
    """Store the owner's own word for a feeling with the score they gave it."""
    feeling = Feeling(session.pending or "", score)
    try:
        journey_map = edits.with_feeling(journey_map, session.stage or "", feeling)
    except CellFull as full:
        told = Key("lead.cell_full", {"most": full.most})
        return Outcome(
            at(session, StepId.FEELINGS, session.stage, returns=session.returns), journey_map, lead=(told,)
        )
    session = at(session, StepId.FEELINGS, session.stage, returns=session.returns)
    return _stored(session, journey_map, (feeling.text,), onward(session, journey_map))


def _with_offer(session: Session, journey_map: JourneyMap, offer: Offer, shelf: Shelf) -> JourneyMap:
    text = offer.text.say(session.language)
    if session.step is StepId.FEELINGS:
        feeling = shelf.feeling(journey_map, offer, session.language)
        return edits.with_feeling(journey_map, session.stage or "", feeling)
    return edits.with_entry(journey_map, session.cell, Entry(text, offer.chip))


def _ticked(session: Session, journey_map: JourneyMap, offer: Offer, shelf: Shelf) -> Outcome:
    """Tick or untick a chip and stay at the question."""
    text = offer.text.say(session.language)
    stage = journey_map.stage(session.stage or "")
    element = ELEMENT_STEPS[session.step]
    if stage and any(entry.text == text for entry in stage.entries(element)):
        unticked = edits.without_texts(journey_map, session.cell, (text,))
        return Outcome(replace(session, several=True), unticked)
    try:
        ticked = _with_offer(session, journey_map, offer, shelf)
    except CellFull as full:
        return Outcome(session, journey_map, toast=Key("toast.cell_full", {"most": full.most}))
    return _stored(session, ticked, (text,), replace(session, several=True, misses=0))


def _typed_entries(
    session: Session, journey_map: JourneyMap, event: Typed, texts: tuple[str, ...], shelf: Shelf
) -> Outcome:
    """Store typed entries; a list is shown back, a single one leads on where one tap would.

    A short question about what is new may come before that.
    """
    if session.pending is not None:
        return _typed_instead(session, journey_map, event, texts)
    stays = len(texts) > 1 or is_several(session, journey_map) or journey_map.speed is Speed.FULL
    stage = journey_map.stage(session.stage or "")
    before = {entry.text for entry in stage.entries(ELEMENT_STEPS[session.step])} if stage else set()
    journey_map, kept = with_texts(journey_map, session.cell, texts)
    lead: tuple[Words, ...] = ()
    if stays and kept:
        lead = (Key("lead.noted", {"texts": kept, "count": len(kept)}),)
    if len(kept) < len(texts):
        lead = (*lead, Key("lead.cell_full", {"most": ENTRIES_PER_CELL}))
    if not kept:
        return Outcome(session, journey_map, lead=lead)
    session = remembering(session, event.message_id, kept)
    here = replace(session, several=stays, misses=0)
    new = tuple(text for text in kept if text not in before)
    leads_to, journey_map = followups.after_typing(here, journey_map, new, shelf)
    return _stored(session, journey_map, kept, leads_to, lead=lead)


def _typed_instead(
    session: Session, journey_map: JourneyMap, event: Typed, texts: tuple[str, ...]
) -> Outcome:
    """Put what was typed in place of the entry the owner was asked back about."""
    changed, kept, lead = replaced(journey_map, session.cell, session.pending or "", texts)
    if not kept:
        return Outcome(session, journey_map, lead=lead)
    session = remembering(session, event.message_id, kept)
    return _stored(session, changed, kept, onward(session, changed), lead=lead)


def replaced(
    journey_map: JourneyMap, cell: Cell, old: str, texts: tuple[str, ...]
) -> tuple[JourneyMap, tuple[str, ...], tuple[Words, ...]]:
    """Return the map with other words in place of an entry, those that fitted, and what to say about it."""
    changed, kept = with_texts(edits.without_texts(journey_map, cell, (old,)), cell, texts)
    told = (Key("lead.corrected", {"texts": kept}),) if kept else ()
    full = (Key("lead.cell_full", {"most": ENTRIES_PER_CELL}),) if len(kept) < len(texts) else ()
    return changed, kept, (*told, *full)


def with_texts(
    journey_map: JourneyMap, cell: Cell, texts: tuple[str, ...]
) -> tuple[JourneyMap, tuple[str, ...]]:
    """Return the map with as many of the entries as fit into the cell, and which those are."""
    for place, text in enumerate(texts):
        try:
            journey_map = edits.with_entry(journey_map, cell, Entry(text))
        except CellFull:
            return journey_map, texts[:place]
    return journey_map, texts


def _typed_feeling(session: Session, journey_map: JourneyMap, word: str) -> Outcome:
    """Ask how good or bad the owner's own word for a feeling is."""
    scoring = at(session, StepId.FEELING_SCORE, session.stage, returns=session.returns)
    return Outcome(replace(scoring, pending=word), journey_map)


def _joined(session: Session, journey_map: JourneyMap) -> Outcome:
    """Make one entry again of a message that was taken apart."""
    typing = session.typings[-1]
    text = ", ".join(typing.texts)
    if len(text) > ENTRY_LENGTH:
        told = Key("reject.long", {"length": len(text), "most": ENTRY_LENGTH})
        return Outcome(session, journey_map, lead=(told,))
    parted = edits.without_texts(journey_map, session.cell, typing.texts)
    try:
        journey_map = edits.with_entry(parted, session.cell, Entry(text))
    except CellFull as full:  # the parts were unticked and others ticked since
        return Outcome(session, journey_map, lead=(Key("lead.cell_full", {"most": full.most}),))
    session = replace(session, typings=(*session.typings[:-1], replace(typing, texts=(text,))))
    return _stored(session, journey_map, (text,), session)


def _stored(
    session: Session,
    journey_map: JourneyMap,
    texts: tuple[str, ...],
    leads_to: Session,
    *,
    lead: tuple[Words, ...] = (),
) -> Outcome:
    """Return the outcome of a stored answer, with a word on what a low or high feeling means."""
    kept = KeepAnswer(session.step, session.stage, texts)
    moved_on = leads_to.step is not StepId.FEELINGS
    if session.step is StepId.FEELINGS and moved_on and (mood := _mood(session, journey_map)):
        lead = (*lead, mood)
    return Outcome(leads_to, journey_map, lead=lead, requests=(kept,))


def _mood(session: Session, journey_map: JourneyMap) -> Key | None:
    stage = journey_map.stage(session.stage or "")
    if stage is None or stage.score is None:
        return None
    speaks_of = {"stage": stage.name, "feeling": stage.feelings[0].text}
    if stage.score <= _LOW_MOOD:
        return Key("lead.mood_low", speaks_of)
    if stage.score >= _HIGH_MOOD:
        return Key("lead.mood_high", speaks_of)
    return None


def remembering(session: Session, message_id: int, texts: tuple[str, ...]) -> Session:
    """Return the session that knows which message answered the question, for a later edit of it."""
    typing = Typing(message_id, session.step, session.stage, texts)
    earlier = tuple(found for found in session.typings if found.message_id != message_id)
    return replace(session, typings=(*earlier, typing)[-REMEMBERED_TYPINGS:])
