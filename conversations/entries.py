"""Every entry can be edited: what a cell holds one by one, and for each changing, moving and removing it."""

from dataclasses import replace

from conversations.answers import Rejected, rejection
from conversations.blocks import PAGE, STAGE_PREFIX, page_options, plain_question, progress_of, shown
from conversations.interview import TABLE
from conversations.moves import to_cell
from conversations.offers import Offer, Shelf
from conversations.replies import Key, Note, Option, Parameter, Question, Said
from conversations.requests import DropEvidence, KeepAnswer, ShowEvidence
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome, at
from journey.entries import (
    NoRoom,
    SaidAlready,
    Spot,
    Thing,
    found_at,
    most_in,
    with_changed,
    with_moved,
    with_shifted,
    without,
    without_evidence,
)
from journey.model import Cell, Element, Entry, Feeling, JourneyMap
from journey.titles import shortened

ENTRY_PREFIX = "entry."
_ADD = "add_entry"
_SHOW = "evidence_show"
_KEEP_PIECES, _ALL_PIECES, _PIECE_PREFIX = "keep_it", "piece.all", "piece."
_UP, _DOWN = "up", "down"
_SCORE_PREFIX = "score."
_MARK = "."
_QUOTE = 60
"""Characters of an entry that are enough to recognise it by."""
SCREENS = frozenset(
    {
        *(StepId.REVIEW_CELL, StepId.ENTRY, StepId.ENTRY_EDIT, StepId.ENTRY_SCORE, StepId.ENTRY_MOVE),
        StepId.EVIDENCE_DROP,
    }
)
"""The screens about what stands in one cell; ``pending`` says in which, at which place, and the new word."""


def open_cell(session: Session, journey_map: JourneyMap, cell: Cell) -> Session:
    """Return the session where a line of the review leads: to what it holds, else to its question."""
    stage = journey_map.stage(cell.stage or "")
    if session.step is StepId.REVIEW_STAGE and stage and stage.entries(Element(cell.step)):
        return _at_cell(session, stage.id, Element(cell.step))
    return to_cell(session, cell, returns=session.step)


def cell_of(session: Session) -> Cell:
    """Return the question whose entries are listed."""
    return Cell(session.pending or "", session.stage)


def stands(session: Session, journey_map: JourneyMap) -> bool:
    """Tell whether the cell, or the entry in it, that the screen is about is there; a cell may be empty."""
    stage = journey_map.stage(session.stage or "")
    name, mark, rest = (session.pending or "").partition(_MARK)
    if stage is None or name not in set(Element):
        return False
    if session.step is StepId.REVIEW_CELL:
        return not mark
    place, scored, word = rest.partition(_MARK)
    found = found_at(journey_map, _spot(session)) if place.isascii() and place.isdigit() else None
    if found is None:
        return False
    if session.step is StepId.EVIDENCE_DROP:
        return not scored and bool(_pieces(found))
    if session.step is StepId.ENTRY_SCORE:
        return name == Element.FEELINGS and bool(word)
    return not scored and (session.step is not StepId.ENTRY_MOVE or len(journey_map.stages) > 1)


def nearest(session: Session, journey_map: JourneyMap) -> Session | None:
    """Return the session at the stage whose entry is gone, None when the stage is gone as well."""
    if session.step not in SCREENS or journey_map.stage(session.stage or "") is None:
        return None
    return at(session, StepId.REVIEW_STAGE, session.stage)


def cell_menu(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    """List what a cell holds, each a button to its own screen."""
    stage, element = journey_map.stage(session.stage or ""), Element(session.pending or "")
    held = stage.entries(element) if stage else ()
    options = tuple(
        Option(f"{ENTRY_PREFIX}{place}", shown(entry.text), alone=True) for place, entry in enumerate(held)
    )
    add = (Option(_ADD, Key("button.add_entry"), alone=True),) if len(held) < most_in(element) else ()
    asked = plain_question(session, (), options=(*options, *add), element=element, count=len(held))
    return replace(asked, progress=progress_of(journey_map, stage))


def entry_menu(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    """Show an entry in full, and what can be done with it."""
    stage, spot, thing = journey_map.stage(session.stage or ""), _spot(session), _thing(session, journey_map)
    last = len(stage.entries(spot.element)) - 1 if stage else 0
    count = len(_pieces(thing))
    choices = (
        "entry_edit",
        *((_UP,) if spot.place > 0 else ()),
        *((_DOWN,) if spot.place < last else ()),
        *(("entry_move",) if len(journey_map.stages) > 1 else ()),
        *((StepId.EVIDENCE_DROP,) if count else ()),
        "entry_remove",
    )
    asked = plain_question(
        session,
        choices,
        element=spot.element,
        text=thing.text,
        standing=thing.standing if isinstance(thing, Entry) else "",
        count=count,
        score=thing.score if isinstance(thing, Feeling) else 0,
    )
    show = (Option(_SHOW, Key("button.evidence_show", {"count": count}), alone=True),) if count else ()
    return replace(asked, options=(*show, *asked.options), progress=progress_of(journey_map, stage))


def drop_menu(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    """Ask which pieces of evidence shall be erased: that can't be taken back."""
    thing = _thing(session, journey_map)
    count = len(_pieces(thing))
    single = tuple(
        Option(f"{_PIECE_PREFIX}{place}", Key("button.evidence_one", {"number": place + 1}))
        for place in range(count if count > 1 else 0)
    )
    options = (
        Option(_KEEP_PIECES, Key("button.keep_it"), alone=True),
        *single,
        Option(_ALL_PIECES, Key("button.evidence_all", {"count": count}), alone=True),
    )
    return plain_question(session, (), options=options, back=False, text=thing.text, count=count)


def edit_menu(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    """Ask for what shall stand there instead: typed, or one of the chips that don't stand there yet."""
    stage, thing = journey_map.stage(session.stage or ""), _thing(session, journey_map)
    offers = _offers(shelf, session, journey_map)
    page = min(session.page, max(0, (len(offers) - 1) // PAGE))
    options = tuple(
        Option(offer.id, _label(shelf, offer, session)) for offer in offers[page * PAGE : (page + 1) * PAGE]
    )
    asked = plain_question(session, (), options=(*options, *page_options(page, len(offers))), text=thing.text)
    return replace(asked, progress=progress_of(journey_map, stage))


def score_menu(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    """Ask how good or bad the owner's own word for a feeling is."""
    options = tuple(
        Option(f"{_SCORE_PREFIX}{score}", Key(f"score.{score}"), alone=True) for score in (5, 4, 3, 2, 1)
    )
    return plain_question(session, (), options=options, feeling=_word(session))


def move_menu(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    """Ask into which other stage the entry shall go."""
    options = tuple(
        Option(f"{STAGE_PREFIX}{stage.id}", shown(f"{place}. {stage.name}"))
        for place, stage in enumerate(journey_map.stages, start=1)
        if stage.id != session.stage
    )
    return plain_question(session, (), options=options, text=_thing(session, journey_map).text)


def choose(session: Session, journey_map: JourneyMap, option: str, shelf: Shelf) -> Outcome:
    """Follow a button of these screens."""
    match session.step:
        case StepId.REVIEW_CELL if option == _ADD:
            adding = replace(to_cell(session, cell_of(session), returns=session.step), several=True)
            return Outcome(adding, journey_map)
        case StepId.REVIEW_CELL:
            pending = f"{session.pending}{_MARK}{option.removeprefix(ENTRY_PREFIX)}"
            return Outcome(_to(session, StepId.ENTRY, pending), journey_map)
        case StepId.ENTRY if option == "entry_remove":
            return _removed(session, journey_map)
        case StepId.ENTRY if option == _SHOW:
            return _shown(session, journey_map)
        case StepId.EVIDENCE_DROP if option == _KEEP_PIECES:
            return Outcome(earlier_screen(session), journey_map)
        case StepId.EVIDENCE_DROP:
            return _dropped(session, journey_map, option)
        case StepId.ENTRY if option in (_UP, _DOWN):
            return _shifted(session, journey_map, -1 if option == _UP else 1)
        case StepId.ENTRY:
            return Outcome(_to(session, StepId(option), session.pending), journey_map)
        case StepId.ENTRY_EDIT:
            offer = next(one for one in _offers(shelf, session, journey_map) if one.id == option)
            return _changed(session, journey_map, _offered(shelf, session, journey_map, offer))
        case StepId.ENTRY_SCORE:
            score = int(option.removeprefix(_SCORE_PREFIX))
            return _changed(session, journey_map, Feeling(_word(session), score))
        case _:
            return _moved(session, journey_map, option.removeprefix(STAGE_PREFIX))


def typed(session: Session, journey_map: JourneyMap, text: str) -> Outcome:
    """Put the typed words in the entry's place; a feeling's are asked how good or bad they are."""
    thing = _thing(session, journey_map)
    feels = isinstance(thing, Feeling)
    read = TABLE[StepId.FEELINGS if feels else StepId.ENTRY_EDIT].answer.read(text)
    if isinstance(read, Rejected):
        return Outcome(session, journey_map, lead=(rejection(read),))
    if feels:
        spot = _spot(session)
        scoring = f"{spot.element}{_MARK}{spot.place}{_MARK}{read[0]}"
        return Outcome(_to(session, StepId.ENTRY_SCORE, scoring), journey_map)
    return _changed(session, journey_map, replace(thing, text=read[0], chip=None))


def earlier_screen(session: Session) -> Session:
    """Return the session one of these screens back."""
    spot_name = _MARK.join((session.pending or "").split(_MARK)[:2])
    match session.step:
        case StepId.REVIEW_CELL:
            return at(session, StepId.REVIEW_STAGE, session.stage)
        case StepId.ENTRY:
            return _to(session, StepId.REVIEW_CELL, spot_name.partition(_MARK)[0])
        case StepId.ENTRY_SCORE:
            return _to(session, StepId.ENTRY_EDIT, spot_name)
        case _:
            return _to(session, StepId.ENTRY, spot_name)


def _removed(session: Session, journey_map: JourneyMap) -> Outcome:
    spot, thing = _spot(session), _thing(session, journey_map)
    changed = without(journey_map, spot)
    told = Key("lead.entry_removed", {"text": shortened(thing.text, _QUOTE)})
    return Outcome(_beside_others(session, changed, spot), changed, lead=(told,))


def _shown(session: Session, journey_map: JourneyMap) -> Outcome:
    """Send the evidence once more, then the same screen below it."""
    pieces = _pieces(_thing(session, journey_map))
    told = Note(Key("evidence.shown", {"count": len(pieces)}))
    return Outcome(session, journey_map, notes=(told,), requests=(ShowEvidence(pieces),))


def _dropped(session: Session, journey_map: JourneyMap, option: str) -> Outcome:
    pieces = _pieces(_thing(session, journey_map))
    if option != _ALL_PIECES:
        place = int(option.removeprefix(_PIECE_PREFIX))
        pieces = pieces[place : place + 1]
    changed = without_evidence(journey_map, _spot(session), pieces)
    left = len(_pieces(_thing(session, changed)))
    return Outcome(
        earlier_screen(session),
        changed,
        lead=(Key("evidence.erased", {"left": left}),),
        requests=(DropEvidence(pieces),),
    )


def _changed(session: Session, journey_map: JourneyMap, thing: Thing) -> Outcome:
    spot = _spot(session)
    try:
        changed = with_changed(journey_map, spot, thing)
    except SaidAlready:
        return Outcome(session, journey_map, lead=(Key("lead.entry_there", {"text": thing.text}),))
    told = Key("lead.corrected", {"texts": (thing.text,)})
    kept = KeepAnswer(spot.element, spot.stage, (thing.text,))
    shown_again = _to(session, StepId.ENTRY, f"{spot.element}{_MARK}{spot.place}")
    return Outcome(shown_again, changed, lead=(told,), requests=(kept,))


def _shifted(session: Session, journey_map: JourneyMap, by: int) -> Outcome:
    """Move the entry in front of or behind its neighbour, and stay at it: it may go further."""
    spot = _spot(session)
    changed = with_shifted(journey_map, spot, by)
    stage = changed.stage(spot.stage)
    count = len(stage.entries(spot.element)) if stage else 0
    told = Key("lead.entry_shifted", {"place": spot.place + by + 1, "count": count})
    moved_on = _to(session, StepId.ENTRY, f"{spot.element}{_MARK}{spot.place + by}")
    return Outcome(moved_on, changed, lead=(told,))


def _moved(session: Session, journey_map: JourneyMap, to: str) -> Outcome:
    spot, thing, target = _spot(session), _thing(session, journey_map), journey_map.stage(to)
    speaks_of: dict[str, Parameter] = {
        "text": shortened(thing.text, _QUOTE),
        "stage": target.name if target else "",
        "most": most_in(spot.element),
    }
    try:
        changed = with_moved(journey_map, spot, to)
    except SaidAlready:
        return Outcome(session, journey_map, lead=(Key("lead.entry_there", speaks_of),))
    except NoRoom:
        return Outcome(session, journey_map, lead=(Key("lead.stage_full", speaks_of),))
    told = Key("lead.entry_moved", speaks_of)
    return Outcome(_beside_others(session, changed, spot), changed, lead=(told,))


def _beside_others(session: Session, journey_map: JourneyMap, spot: Spot) -> Session:
    """Return the session at what is left in the cell, or at the stage when nothing is."""
    stage = journey_map.stage(spot.stage)
    if stage and stage.entries(spot.element):
        return _at_cell(session, spot.stage, spot.element)
    return at(session, StepId.REVIEW_STAGE, spot.stage)


def _offers(shelf: Shelf, session: Session, journey_map: JourneyMap) -> tuple[Offer, ...]:
    """Return the chips of the cell that nothing in it says."""
    spot, stage = _spot(session), journey_map.stage(session.stage or "")
    said = {entry.text for entry in stage.entries(spot.element)} if stage else set()
    offers = shelf.offers(journey_map, spot.cell)
    return tuple(offer for offer in offers if offer.text.say(session.language) not in said)


def _label(shelf: Shelf, offer: Offer, session: Session) -> Said:
    label, face = offer.label.say(session.language), shelf.face(offer.id)
    return Said(f"{face.emoji} {label}") if face else shown(label)


def _offered(shelf: Shelf, session: Session, journey_map: JourneyMap, offer: Offer) -> Thing:
    """Return what a chip stands for, with the standing of what it replaces."""
    if _spot(session).element is Element.FEELINGS:
        return shelf.feeling(journey_map, offer, session.language)
    thing = _thing(session, journey_map)
    assert isinstance(thing, Entry)
    return replace(thing, text=offer.text.say(session.language), chip=offer.chip)


def _at_cell(session: Session, stage: str, element: Element) -> Session:
    return replace(at(session, StepId.REVIEW_CELL, stage), pending=str(element))


def _to(session: Session, step: StepId, pending: str | None) -> Session:
    return replace(at(session, step, session.stage), pending=pending)


def _spot(session: Session) -> Spot:
    name, place, *_ = (session.pending or "").split(_MARK)
    return Spot(session.stage or "", Element(name), int(place))


def _pieces(thing: Thing) -> tuple[str, ...]:
    return thing.evidence if isinstance(thing, Entry) else ()


def _word(session: Session) -> str:
    return (session.pending or "").split(_MARK, maxsplit=2)[2]


def _thing(session: Session, journey_map: JourneyMap) -> Thing:
    thing = found_at(journey_map, _spot(session))
    assert thing is not None  # repaired before every turn
    return thing
