"""The short questions that may follow typed words: asking back, which topic was meant, an idea against it.

Each is asked about something that is stored already, so that leaving it unanswered loses nothing.
"""

from dataclasses import replace

from conversations.blocks import BACK, KEEP, SKIP, plain_question, progress_of
from conversations.checkup import THEIRS, asking_back
from conversations.moves import onward
from conversations.offers import Shelf
from conversations.replies import Key, Option, Question, Said
from conversations.requests import KeepAnswer
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import at
from journey.meanings import with_meaning
from journey.model import Cell, Element, JourneyMap, Meaning, Speed, Stage
from journey.reframing import reframing_for
from journey.suggestions import Suggestion
from journey.titles import shortened

FOLLOWUPS = (StepId.ASK_BACK, StepId.MEANING, StepId.IDEA)
TOPIC_PREFIX = "topic."
NOT_THAT, USE, EDIT = "not_that", "idea_use", "idea_edit"
MOST_DOUBTS = 2
"""How many entries of one message are asked about when they are unclear; the rest waits for the advice."""
QUOTE = 120
"""Characters of an entry that are quoted in a question about it."""

_INTERVIEW = (None, StepId.LEFTOVERS)
"""Where an answer leads in the interview; whoever changes a line of the map wants no idea for it."""

Place = tuple[Session, JourneyMap]


def after_typing(here: Session, journey_map: JourneyMap, texts: tuple[str, ...], shelf: Shelf) -> Place:
    """Return the first question about new entries, or where the answer leads when there is none.

    ``here`` is the session at their question; with ``several`` it stays there in the end.
    """
    if here.step not in (StepId.PAINS, StepId.THOUGHTS):
        return leave(here, journey_map), journey_map
    own = next((text for text in texts if _is_own_side(here, journey_map, text, shelf)), None)
    if own is not None:
        return _asking(here, StepId.ASK_BACK, own, texts), journey_map
    return after_asking_back(here, journey_map, texts, shelf)


def after_asking_back(here: Session, journey_map: JourneyMap, texts: tuple[str, ...], shelf: Shelf) -> Place:
    """Return the question about the first entry that is unclear, else what comes behind those."""
    if here.step is not StepId.PAINS:
        return leave(here, journey_map), journey_map
    doubts_first = tuple(sorted(texts, key=lambda text: not _topics(here, journey_map, text, shelf)))
    return after_doubt(here, journey_map, doubts_first, shelf)


def after_doubt(
    here: Session, journey_map: JourneyMap, texts: tuple[str, ...], shelf: Shelf, *, asked: int = 0
) -> Place:
    """Return the question about the next unclear entry behind those ``asked``, else an idea, else leave."""
    unclear = (text for text in texts[asked:MOST_DOUBTS] if _topics(here, journey_map, text, shelf))
    doubt = next(unclear, None)
    if doubt is not None:
        return _asking(here, StepId.MEANING, doubt, texts), journey_map
    stage = journey_map.stage(here.stage or "")
    cell = Cell(StepId.OPPORTUNITIES, here.stage)
    asked_apart = journey_map.speed is Speed.FULL or here.returns not in _INTERVIEW
    if stage is None or asked_apart or stage.opportunities or cell in journey_map.skipped:
        return leave(here, journey_map), journey_map
    idea = _idea(shelf, journey_map, stage, texts)
    if idea is None:
        return leave(here, journey_map), journey_map
    once = replace(journey_map, skipped=journey_map.skipped | {cell})  # from now on it counts as put off
    return _asking(here, StepId.IDEA, idea.pain, ()), once


def leave(here: Session, journey_map: JourneyMap) -> Session:
    """Return the session where the answer leads: it stays for more, or goes on."""
    return here if here.several else onward(here, journey_map)


def question_of(session: Session, journey_map: JourneyMap) -> Session:
    """Return the session at the question whose entry is asked about."""
    stage = journey_map.stage(session.stage or "")
    thought = stage is not None and _has(stage, Element.THOUGHTS, session.pending)
    a_pain = stage is not None and _has(stage, Element.PAINS, session.pending)
    step = StepId.THOUGHTS if thought and not a_pain else StepId.PAINS
    here = at(session, step, session.stage, returns=session.returns)
    return replace(here, several=session.several, retraces=session.retraces)


def passed_over(session: Session, journey_map: JourneyMap | None, shelf: Shelf) -> Session:
    """Return the session as it is, or behind a question that can't be asked any more.

    Its entry may be gone or understood by now, or the remedy decided about.
    """
    if journey_map is None or session.step not in FOLLOWUPS or _stands(session, journey_map, shelf):
        return session
    gone_on = leave(question_of(session, journey_map), journey_map)
    return replace(gone_on, side=session.side, tip=session.tip, page=session.page)


def idea_of(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Suggestion | None:
    """Return the best thing to do about the complaint asked about, None when there is nothing."""
    stage = journey_map.stage(session.stage or "")
    return None if stage is None else _idea(shelf, journey_map, stage, (session.pending or "",))


def ask_back(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    """Ask for the customer's side of a sentence that was said from the owner's."""
    options = (
        Option(KEEP, Key("button.leave_it"), alone=True),
        Option(THEIRS, Key("button.theirs"), alone=True),
    )
    asked = plain_question(session, (), options=options)
    lead = asking_back(session.pending or "", session.language, shelf.knowledge)
    return replace(asked, lead=lead, progress=_progress(session, journey_map))


def which_meaning(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    """Ask which of the likely topics an unclear complaint is about."""
    topics = _topics(session, journey_map, session.pending or "", shelf)
    asked = plain_question(
        session,
        (),
        options=topic_options(topics, session, shelf),
        text=shortened(session.pending or "", QUOTE),
    )
    return replace(
        asked,
        controls=(Option(SKIP, Key("button.skip")), *asked.controls),
        progress=_progress(session, journey_map),
    )


def offered_idea(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    """Offer a remedy for the complaint that was typed."""
    idea = idea_of(shelf, session, journey_map)
    stage = journey_map.stage(session.stage or "")
    return Question(
        key=Key(
            "ask.idea",
            {"pain": shortened(session.pending or "", QUOTE), "stage": stage.name if stage else ""},
        ),
        revision=session.revision,
        options=(Option(USE, Key("button.idea_use")), Option(EDIT, Key("button.idea_edit"))),
        controls=(Option(SKIP, Key("button.skip")), Option(BACK, Key("button.back"))),
        progress=_progress(session, journey_map),
        remedy=idea.remedy if idea else None,
    )


def topic_options(topics: tuple[str, ...], session: Session, shelf: Shelf) -> tuple[Option, ...]:
    """Return a button for each topic, and the one that says it is none of them."""
    labels = ((topic, shelf.knowledge.topics[topic].label.say(session.language)) for topic in topics)
    return (
        *(Option(f"{TOPIC_PREFIX}{topic}", Said(label), alone=True) for topic, label in labels),
        Option(NOT_THAT, Key("button.not_that"), alone=True),
    )


def settled(
    journey_map: JourneyMap, text: str, option: str, session: Session, shelf: Shelf
) -> tuple[JourneyMap, Key, KeepAnswer]:
    """Return the map that knows what was meant, a word on it, and the answer to keep."""
    if option == NOT_THAT:
        kept = KeepAnswer(StepId.MEANING, session.stage, (text, NOT_THAT))
        return with_meaning(journey_map, Meaning(text, None)), Key("lead.meant_other"), kept
    topic = option.removeprefix(TOPIC_PREFIX)
    label = shelf.knowledge.topics[topic].label.say(session.language)
    kept = KeepAnswer(StepId.MEANING, session.stage, (text, topic))
    return with_meaning(journey_map, Meaning(text, topic)), Key("lead.meant", {"topic": label}), kept


def _asking(here: Session, step: StepId, about: str, texts: tuple[str, ...]) -> Session:
    """Return the session at a question about an entry; where it came from is kept."""
    asking = at(here, step, here.stage, returns=here.returns)
    return replace(asking, pending=about, just_said=texts, several=here.several, retraces=here.retraces)


def _stands(session: Session, journey_map: JourneyMap, shelf: Shelf) -> bool:
    """Tell whether a question can be asked of this map with this knowledge."""
    text = session.pending or ""
    stage = journey_map.stage(session.stage or "")
    if stage is None:
        return False
    match session.step:
        case StepId.ASK_BACK:
            said = any(_has(stage, element, text) for element in (Element.PAINS, Element.THOUGHTS))
            return said and reframing_for(text, shelf.knowledge) is not None
        case StepId.MEANING:
            return _has(stage, Element.PAINS, text) and bool(_topics(session, journey_map, text, shelf))
        case _:
            return _has(stage, Element.PAINS, text) and idea_of(shelf, session, journey_map) is not None


def _is_own_side(here: Session, journey_map: JourneyMap, text: str, shelf: Shelf) -> bool:
    """Tell whether to ask back; not where the same words stand as a thought and as a complaint."""
    stage = journey_map.stage(here.stage or "")
    twice = stage is not None and all(
        _has(stage, element, text) for element in (Element.PAINS, Element.THOUGHTS)
    )
    return not twice and reframing_for(text, shelf.knowledge) is not None


def _topics(session: Session, journey_map: JourneyMap, text: str, shelf: Shelf) -> tuple[str, ...]:
    """Return what an unclear complaint may be about; nothing when it is clear or fits nothing."""
    stage = journey_map.stage(session.stage or "")
    said = None if stage is None else next((pain for pain in stage.pains if pain.text == text), None)
    return () if stage is None or said is None else shelf.doubts(journey_map, stage, said)


def _idea(shelf: Shelf, journey_map: JourneyMap, stage: Stage, texts: tuple[str, ...]) -> Suggestion | None:
    """Return the best undecided suggestion for some complaints of a stage that isn't in the map yet."""
    said = tuple(pain for pain in stage.pains if pain.text in texts)
    taken = {entry.chip for found in journey_map.stages for entry in found.opportunities}
    suggested = shelf.suggestions(journey_map, replace(stage, pains=said))
    undecided = (found for found in suggested if found.state is None and found.remedy.id not in taken)
    return next(undecided, None)


def _has(stage: Stage, element: Element, text: str | None) -> bool:
    return any(entry.text == text for entry in stage.entries(element))


def _progress(session: Session, journey_map: JourneyMap) -> tuple[int, int, str] | None:
    return progress_of(journey_map, journey_map.stage(session.stage or ""))
