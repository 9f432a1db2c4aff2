"""What became of it: how customers feel since something was done, and whether their complaint is gone.

Each answer changes the map at once. A map that was finished stays finished, since nobody is editing it, and
is a new version in the end, so that before and after can be compared; so it is where the owner turns to
something else.
"""

from dataclasses import replace
from datetime import datetime

from conversations import acting, due, edits, versions
from conversations.acting import Present
from conversations.blocks import BACK, LABEL, PAGE, STAGE_PREFIX, page_options, plain_question, shown
from conversations.events import MapSummary, Occasion, VersionSummary
from conversations.offers import Offer, Shelf
from conversations.replies import Key, Option, Question, Said, Words
from conversations.requests import BeginAfresh, CompareVersions, KeepAnswer, KeepVersion, Request
from conversations.session import Deed, Session
from conversations.steps import StepId
from conversations.turns import Outcome
from journey.model import Cell, Element, Entry, JourneyMap, Stage, Status
from journey.titles import shortened

SCREENS = (StepId.ACTION_STAGE, StepId.ACTION_FEELING, StepId.ACTION_PAIN)
SAME, NOT_NOW, STILL = "feel_same", "act_later", "pain_still"
GONE_PREFIX = "gone."
_QUOTE = 120


def is_under_way(session: Session) -> bool:
    """Tell whether these questions are asked of a finished map, or will be when a side trip is over."""
    return _asked_about(session) is not None


def finished_again(journey_map: JourneyMap, now: datetime) -> JourneyMap:
    """Return the map as one that is finished with what it says now."""
    done = replace(journey_map, status=Status.FINISHED, finished=now, changed=now)
    return edits.accepting_gaps(done)


def left(before: Session, map_before: JourneyMap | None, outcome: Outcome, occasion: Occasion) -> Outcome:
    """Keep the version of whoever left these questions for something else, as *later* keeps it."""
    deed = _asked_about(before)
    if map_before is None or deed is None or is_under_way(outcome.session):
        return outcome
    if any(isinstance(request, KeepVersion | BeginAfresh) for request in outcome.requests):
        return outcome
    after = outcome.journey_map
    stays = after is not None and after.id == map_before.id
    done = after if after is not None and stays else map_before
    if not _says_more(done, deed) or not versions.versions_of(done, occasion.versions):
        return outcome
    kept = versions.kept(done, occasion)
    told = tuple(_told(version) for version in kept if stays)
    return replace(outcome, lead=(*outcome.lead, *told), requests=(*kept, *outcome.requests))


def ask_stage(session: Session, journey_map: JourneyMap) -> Question:
    """Ask which stage an action was for whose stage nobody knows."""
    options = tuple(
        Option(f"{STAGE_PREFIX}{stage.id}", shown(f"{place}. {stage.name}"))
        for place, stage in enumerate(journey_map.stages, start=1)
    )
    asked = plain_question(session, (), options=options, back=False)
    return replace(asked, controls=(_not_now(),))


def ask_feeling(session: Session, journey_map: JourneyMap, shelf: Shelf) -> Question:
    """Ask how customers feel now; how they felt is shown."""
    stage = acting.stage_of(session, journey_map)
    offers = _offers(session, journey_map, shelf)
    page = min(session.page, max(0, (len(offers) - 1) // PAGE))
    options = tuple(_face(offer, session, shelf) for offer in offers[page * PAGE : (page + 1) * PAGE])
    felt = ", ".join(feeling.text for feeling in stage.feelings) if stage else ""
    asked = plain_question(
        session,
        (),
        options=(*options, *page_options(page, len(offers))),
        back=False,
        stage=stage.name if stage else "",
    )
    return replace(
        asked,
        controls=(*((Option(SAME, Key("button.feel_same")),) if felt else ()), _not_now()),
        answered=Said(felt) if felt else None,
    )


def ask_pain(session: Session, journey_map: JourneyMap, shelf: Shelf) -> Question:
    """Ask whether the complaint is gone; of several, which of them."""
    stage, found = acting.stage_of(session, journey_map), _complaints(session, journey_map, shelf)
    only = shortened(found[0].text, _QUOTE) if len(found) == 1 else ""
    options = tuple(
        Option(
            f"{GONE_PREFIX}{place}",
            Key("button.pain_gone") if only else Said(shortened(pain.text, LABEL)),
            alone=not only,
        )
        for place, pain in enumerate(found)
    )
    still = Option(STILL, Key("button.pain_still" if only else "button.pains_still"), alone=not only)
    asked = plain_question(
        session, (), options=(*options, still), back=False, text=only, stage=stage.name if stage else ""
    )
    return replace(asked, controls=(_not_now(),))


def ask_kept(
    session: Session,
    journey_map: JourneyMap,
    maps: tuple[MapSummary, ...],
    own: tuple[VersionSummary, ...],
) -> Question:
    """Offer before and after, and the way on."""
    compares = journey_map.status is Status.FINISHED and len(own) > 1
    compare = (Option(versions.COMPARE, Key("button.compare"), alone=True),) if compares else ()
    asked = plain_question(session, (), options=(*compare, *due.closing(session, maps)), compares=compares)
    return replace(asked, controls=(Option(BACK, Key("button.keep")),))


def chose(session: Session, journey_map: JourneyMap, option: str, present: Present) -> Outcome:
    """Follow a button of these questions."""
    match session.side:
        case StepId.ACTION_STAGE if option != NOT_NOW:
            deed = replace(session.deed or Deed(0), stage=option.removeprefix(STAGE_PREFIX))
            return Outcome(replace(session, side=StepId.ACTION_FEELING, deed=deed), journey_map)
        case StepId.ACTION_FEELING if option == SAME:
            return _to_complaint(session, journey_map, journey_map, present)
        case StepId.ACTION_FEELING if option != NOT_NOW:
            return _felt(session, journey_map, option, present)
        case StepId.ACTION_PAIN if option.startswith(GONE_PREFIX):
            return _gone(session, journey_map, int(option.removeprefix(GONE_PREFIX)), present)
        case StepId.ACTION_KEPT:
            return _closed(session, journey_map, option, present)
        case _:
            return _ended(session, journey_map, journey_map, present)


def _felt(session: Session, journey_map: JourneyMap, option: str, present: Present) -> Outcome:
    """Let the stage have the one feeling that customers have now."""
    stage = acting.stage_of(session, journey_map)
    offer = next(one for one in _offers(session, journey_map, present.shelf) if one.id == option)
    if stage is None:
        return _ended(session, journey_map, journey_map, present)
    feeling = present.shelf.feeling(journey_map, offer, session.language)
    said = tuple(one.text for one in stage.feelings)
    emptied = edits.without_texts(journey_map, Cell(StepId.FEELINGS, stage.id), said)
    changed = edits.with_feeling(emptied, stage.id, feeling)
    better = stage.score is not None and feeling.score > stage.score
    told = Key("lead.felt_now", {"stage": stage.name, "feeling": feeling.text, "better": better})
    kept = KeepAnswer(StepId.FEELINGS, stage.id, (feeling.text,))
    return _to_complaint(session, journey_map, changed, present, lead=(told,), requests=(kept,))


def _to_complaint(
    session: Session,
    before: JourneyMap,
    after: JourneyMap,
    present: Present,
    *,
    lead: tuple[Words, ...] = (),
    requests: tuple[Request, ...] = (),
) -> Outcome:
    """Ask about the complaint, where the stage has one."""
    if _complaints(session, after, present.shelf):
        asking = replace(session, side=StepId.ACTION_PAIN, page=0, misses=0)
        return Outcome(asking, after, lead=lead, requests=requests)
    return _ended(session, before, after, present, lead=lead, requests=requests)


def _gone(session: Session, journey_map: JourneyMap, place: int, present: Present) -> Outcome:
    """Take a complaint out of the map; others of the stage are asked about next."""
    stage, found = acting.stage_of(session, journey_map), _complaints(session, journey_map, present.shelf)
    pain = found[place]
    cell = Cell(StepId.PAINS, stage.id if stage else None)
    changed = edits.without_texts(journey_map, cell, (pain.text,))
    told = Key("lead.pain_gone", {"text": shortened(pain.text, _QUOTE)})
    kept = KeepAnswer(StepId.ACTION_PAIN, cell.stage, (pain.text, "gone"))
    if len(found) > 1:
        return Outcome(replace(session, misses=0), changed, lead=(told,), requests=(kept,))
    return _ended(session, journey_map, changed, present, lead=(told,), requests=(kept,))


def _ended(
    session: Session,
    before: JourneyMap,
    after: JourneyMap,
    present: Present,
    *,
    lead: tuple[Words, ...] = (),
    requests: tuple[Request, ...] = (),
) -> Outcome:
    """Finish the map again where it was, offer before and after, and go on."""
    deed = session.deed
    stays = after == before and after.status is Status.FINISHED
    if deed is None or not deed.finished or (stays and not _says_more(after, deed)):
        ended = acting.onward(session, after, present.today)
        return Outcome(ended, after, lead=lead, requests=requests)
    done = after if stays else finished_again(after, present.occasion.now)
    kept = versions.kept_again(before, done, present.occasion)
    ended = acting.onward(_waiting(session, deed), done, present.today)
    if not kept:
        return Outcome(ended, done, lead=lead, requests=requests)
    if ended.side is not StepId.ACTION_DUE:
        ended = replace(ended, side=StepId.ACTION_KEPT, picked=session.picked)
    return Outcome(ended, done, lead=(*lead, _told(kept[-1])), requests=(*requests, *kept))


def _asked_about(session: Session) -> Deed | None:
    """Return the deed of a finished map that is asked about, or will be when a side trip is over."""
    waiting = session.waiting if session.side not in acting.SCREENS else None
    side, deed = (waiting.side, waiting.deed) if waiting else (session.side, session.deed)
    return deed if side in SCREENS and deed is not None and deed.finished else None


def _says_more(journey_map: JourneyMap, deed: Deed) -> bool:
    """Tell whether an answer has changed a finished map since the action was carried out."""
    plan = acting.plan_at(journey_map, deed.place)
    if plan is None or journey_map.finished is None or journey_map.status is not Status.FINISHED:
        return False
    return journey_map.finished > plan.since


def _told(kept: KeepVersion) -> Key:
    return Key("lead.version_kept", {"number": kept.number})


def _waiting(session: Session, deed: Deed) -> Session:
    """Return the session at the question that waited: it couldn't where an earlier release opened the map."""
    if deed.step is None or session.step is deed.step:
        return session
    return replace(
        session, step=deed.step, stage=None, returns=None, pending=None, retraces=False, several=False
    )


def _closed(session: Session, journey_map: JourneyMap, option: str, present: Present) -> Outcome:
    """Send before and after if it is wanted, and go back to what waits."""
    shut = replace(session, side=None, reminder=None, picked=None, deed=None)
    own = versions.versions_of(journey_map, present.occasion.versions)
    if option != versions.COMPARE or len(own) <= 1:
        return Outcome(shut, journey_map)
    wanted = CompareVersions(journey_map.id, own[-2].number, own[-1].number)
    return Outcome(session, journey_map, lead=(Key("lead.drawing"),), requests=(wanted,))


def _complaints(session: Session, journey_map: JourneyMap, shelf: Shelf) -> tuple[Entry, ...]:
    """Return the complaints of the stage that the action was against; all of them when nobody knows."""
    stage, plan = acting.stage_of(session, journey_map), acting.plan_of(session, journey_map)
    if stage is None or plan is None:
        return ()
    if plan.topic is None or stage.id != plan.stage:
        return _distinct(stage)
    meant = (pain for pain in _distinct(stage) if plan.topic in shelf.topics_of(journey_map, pain, stage))
    return tuple(meant)


def _distinct(stage: Stage) -> tuple[Entry, ...]:
    return tuple({pain.text: pain for pain in stage.pains}.values())


def _offers(session: Session, journey_map: JourneyMap, shelf: Shelf) -> tuple[Offer, ...]:
    return shelf.offers(journey_map, Cell(Element.FEELINGS, session.deed.stage if session.deed else None))


def _face(offer: Offer, session: Session, shelf: Shelf) -> Option:
    label, face = offer.label.say(session.language), shelf.face(offer.id)
    return Option(offer.id, Said(f"{face.emoji} {label}") if face else shown(label))


def _not_now() -> Option:
    return Option(NOT_NOW, Key("button.act_later"))
